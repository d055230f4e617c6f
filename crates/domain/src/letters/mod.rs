// SPDX-License-Identifier: EUPL-1.2
//! Letters: papers to people, made of templates that an office may change and parts that a law demands.
//!
//! German words: Vorlage, Platzhalter, Pflichtteil, Rechtsbehelfsbelehrung, Bekanntgabe. A template is plain text
//! with `{placeholders}` ([`LetterField`]); which of them a letter may not do without stands in
//! [`LetterKind::demands`], each with its paragraph. Nothing here knows a person: values are handed in. What a letter
//! says is worked out in one place, [`fill`], for the page and for the paper.
//! This room must never let a reporter's letter name more than the facts of § 64(4) SGB VIII (N7).

mod about;
mod consent;
mod demands;
mod field;
mod fill;
mod invented;
mod kind;
mod mail;
mod markup;
mod occasion;
mod paper;
mod release;
mod shipped;

pub use about::{
    About, Held, LETTER_ABOUT_OTHER, LETTER_ABOUT_UNCLEAR, LETTER_CHILDREN_UNCLEAR, LETTER_HOLDER_UNKNOWN,
    LETTER_NO_CONTRIBUTION, LETTER_NOT_HOLDER, Receiver, Told, Young, can_tell, choices, chosen, may_receive,
    shares_costs,
};
pub use consent::{
    COLLECTED_TOLD_TWICE, COLLECTED_WITHOUT_GROUND, CONSENT_BACKWARDS, CONSENT_FUTURE, CONSENT_GIVER, CONSENT_ORAL_WHY,
    CONSENT_REVOKED, CaseConsent, CollectGround, ConsentForm, ConsentState, LetterWarning, NewCaseConsent,
    NewCollection, consent_towards, consent_warning, notice_warning,
};
pub use demands::Demand;
pub use field::{Ask, LetterField, Origin};
pub use fill::{Filled, Values, fill};
pub use invented::invented;
pub use kind::{Addressee, LetterKind};
pub use mail::{MAIL_TRIES, next_try, reminder};
pub use markup::{
    Fault, PART_MISSING, PART_NOT_ALONE, TEMPLATE_FIELD_NOT_ALLOWED, TEMPLATE_FIELD_UNKNOWN, TEMPLATE_OPEN_BLOCK,
    TEMPLATE_SUBJECT_MISSING, Template, faults,
};
pub use occasion::Occasion;
pub use paper::{Block, Paper};
pub use release::{
    Dispatch, FourEyes, House, LETTER_ANSWER_MISSING, LETTER_ANYWAY_MISSING, LETTER_DISPATCH_EARLY,
    LETTER_DISPATCH_FUTURE, LETTER_EYES_SAME, LETTER_FACTS_MISSING, LETTER_FIXED, LETTER_NO_PLAN, LETTER_NO_REMEDY,
    LETTER_RECALLED, LETTER_RECIPIENT_MISSING, LETTER_STAYS, LETTER_WORDS_FIXED, Remedy, TEMPLATE_BACKDATED, Way,
    may_release, parse_answer,
};
pub use shipped::{part, shipped};
