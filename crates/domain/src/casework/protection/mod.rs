// SPDX-License-Identifier: EUPL-1.2
//! The protection mandate (§ 8a SGB VIII): one procedure per minor, made of steps that are only added to.
//!
//! German words: Schutzauftrag, gewichtige Anhaltspunkte, Gefährdungseinschätzung, Schutzplan, Auflage, Inobhutnahme,
//! insoweit erfahrene Fachkraft. People assess, several of them; nothing here counts, weighs or colours (N6). What is
//! missing is said, and never keeps anybody from protecting a child. Read `step.rs` first.

mod agency;
mod answer;
mod care;
mod counsel;
mod liberty;
mod open;
mod step;
mod warning;
mod words;

pub use agency::{AgencyDecision, NewAgencyAssessment, NewNotice, NoticeTold};
pub use answer::{NO_REPORTER, WHICH_REPORTER, told};
pub use care::{
    CARE_ENDED, CareFacts, CareGround, CareWarning, FACT_BEFORE_CARE, FactKind, LIBERTY_NOT_TAKEN, LIBERTY_STILL_TAKEN,
    NOT_UNACCOMPANIED, NewCare, NewFact, PLACE_MISSING, Placement, care_warnings, fact,
};
pub use counsel::{COUNSEL_MINUTES, Institution, NewCounsel};
pub use liberty::{Liberty, liberty};
pub use open::{ALREADY_OPEN, CLOSED, CameFrom, CloseDraft, Closing, NO_MINOR, NOT_ASSESSED, WARNINGS_REASON, close};
pub use step::{
    ASSESSED_ALONE, DANGER_WITHOUT_KIND, KIND_WITHOUT_DANGER, NEVER_AUTOMATIC, ONLY_THREE_FACTS, STEP_DUE_MISSING,
    STEP_IN_FUTURE, STEP_NAMES_MISSING, STEP_PERSON_MISSING, STEP_REASON_MISSING, STEP_SOURCE_MISSING,
    STEP_WORDS_MISSING, Step, StepParts,
};
pub use warning::{ProtectionFacts, ProtectionWarning, warnings};
pub use words::{
    ContactState, CourtGround, DangerKind, DangerResult, FeedbackFact, HelpAnswer, ImpressionWay, Included,
    ObservationKind, OtherBody, Seen, StepKind, Weighty,
};
