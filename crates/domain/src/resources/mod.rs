// SPDX-License-Identifier: EUPL-1.2
//! What a social space has: the directory of resources. German words: Ressource, Ressourcenkarte.
//!
//! No case, no family, no person of a case is ever a parameter here: what a family tells about its neighbours stays
//! with the family (N2). A card of a private person exists by that person's own consent.

mod alike;
mod card;
mod consent;
mod erasure;
pub mod exchange;
mod fit;
mod freshness;
mod gathered;
mod joining;
mod marks;
mod matching;
mod met;
mod proposal;
pub mod search;
mod times;
mod tongue;
mod usage;
mod words;

pub use alike::{Likeness, address_key, doubles, likeness, place_key, sound};
pub use card::{
    CARD_AGES, CARD_CHOICE, CARD_NUMBER, CONSENT_MISSING, CONSENT_NARROWER, CardContent, EVENT_WITHOUT_DAY, Fields,
    ONLY_OF_PERSON, PERSON_WITHOUT_POINT, joined,
};
pub use consent::{CONSENT_BACKWARDS, CONSENT_TOO_LONG, Consent, Seen, Viewer};
pub use erasure::{CARD_ALIKE, CARD_IN_ANOTHER, ErasureGround, KEEPER_SAME, KEEPER_STAYS, KEEPER_UNFIT, erasable};
pub use fit::{Candidate, Fit, Match, Reach, Step, WantedTime, straight, walking_minutes};
pub use freshness::{
    CARD_REVIEW, CERTIFICATE_DAYS, Certificate, LINK_DAYS, LINK_OVER, LinkState, SAME_CARD, TOO_MANY_REPORTS, due_on,
    fresh_months, is_fresh,
};
pub use gathered::{Gathered, NAMED, OnMap, Window, gather};
pub use joining::{taken, with_taken, without_taken};
pub use marks::Mark;
pub use matching::{MATCH_ORDER, MATCH_WHY_MISSING, MATCH_WITHOUT_NAME, MATCHES_SHOWN, Want, telling_words};
pub use met::{MetCard, MetField, meet_cards};
pub use proposal::{PROPOSAL_OVERTAKEN, PROPOSAL_UNFIT, PROPOSED, Proposed, accepted};
pub use times::{Rhythm, Schedule, TIME_BACKWARDS, TIME_UNREADABLE, read_times};
pub use tongue::{CARD_TEXT_LANGUAGE, CardText};
pub use usage::{FEWEST_USES, USE_MONTHS, Uses, counted_months, shown_uses};
pub use words::{Barrier, Basis, CardKind, ConsentForm, CostKind, Finding, Language, Topic, Visibility};
