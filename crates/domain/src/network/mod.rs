// SPDX-License-Identifier: EUPL-1.2
//! Work without a case, and for several at once (*fallunspezifische, fallübergreifende Arbeit*, *Netzwerkarbeit*):
//! partners, contacts, projects, and patterns in what teams say.
//!
//! No client stands here, ever: a contact is with people of the quarter, a project has a need and no family. What a
//! team said about cases comes in pseudonymised and goes out as words that several families share ([`patterns`]).

mod contact;
mod partner;
mod pattern;
mod project;
mod revision;
mod words;

pub use contact::{
    CONTACT_IN_FUTURE, HOURS_TOO_MANY, HOURS_UNREADABLE, Minutes, NEXT_BEFORE_CONTACT, NewContact, WorkColumn,
    WorkField,
};
pub use partner::{
    AGREEMENT_REVERSED, NewPartner, PARTNER_ENDED, PartnerKind, RHYTHM_UNREADABLE, Rhythm, Tie, USUAL_WEEKS,
    days_silent,
};
pub use pattern::{LEAST_CASES, Pattern, Said, patterns, patterns_of};
pub use project::{
    COST_LINE_UNREADABLE, COUNT_UNREADABLE, CostLine, Count, Decider, Evaluation, NewProject, Opinion,
    PROJECT_ABOVE_LIMIT, PROJECT_CLOSED, PROJECT_NOT_ADVISED, PROJECT_NOT_APPROVED, PROJECT_NOT_EVALUATED,
    PROJECT_NOT_RUNNING, PROJECT_RESOLUTION_MISSING, PROJECT_TOO_DEAR, Project, ProjectEnd, TEAM_LEAD_LIMIT, UseKind,
};
pub use revision::{PROJECT_CHANGED, PROJECT_HAS_MONEY, Revision, Version};
pub use words::{Correction, WORDS_GONE, WORDS_YEARS, reads_words, tends_words, words_since, words_until};
