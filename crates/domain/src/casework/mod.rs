// SPDX-License-Identifier: EUPL-1.2
//! What is done with a family: from the report to the commission.
//!
//! German words: Meldung, Fall, Wille, Ziel, Ressource, kollegiale Beratung, Entscheidung, Hilfeplan,
//! Auftrag. The team only advises; the office alone decides; a will has a speaker and a day; nobody is
//! scored. Read `intake.rs` first.

mod commission;
mod consultation;
mod decision;
mod intake;
mod person;
mod plan;
mod pseudonym;
mod statement;

pub use commission::{
    COMMISSION_NOT_GRANTED, COMMISSION_OUTSIDE_DECISION, Commission, CommissionOrder, Decided, WISH_MISSING, commission,
};
pub use consultation::{AgendaItem, CONSULTATION_CLOSED, IdeaKind, NewIdea, Question, advise, close_consultation};
pub use decision::{
    ALTERNATIVES_MISSING, DecisionDraft, HelpDecision, HelpKind, NOT_BY_ASD, PROFESSIONALS_MISSING, REASONS_MISSING,
    REVIEW_TOO_EARLY, RIGHTS_HINT_MISSING, decide,
};
pub use intake::{
    Channel, Danger, FROM_THE_FUTURE, Intake, NAME_NOT_KNOWN, NewReport, REASON_NEEDED, Reporter, ReporterKind, Route,
    take_in,
};
pub use person::{CaseNumber, NewPerson, PersonRole};
pub use plan::{PlanContent, PlanParty, PlanStatement};
pub use pseudonym::{NameCode, pseudonymise};
pub use statement::{
    Field, NewGoal, NewStatement, NewStrength, SPEAKER_MISSING, STATED_IN_FUTURE, Statement, StatementKind, state,
};
