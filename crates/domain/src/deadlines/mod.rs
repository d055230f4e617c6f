// SPDX-License-Identifier: EUPL-1.2
//! Deadlines: until when something has to be done, and why until then.
//!
//! German words: Frist, Feiertag, Werktag, Bekanntgabe, unverzüglich, Vertretung. Only numbers that a law names are
//! worked out ([`DeadlineRule`]); "unverzüglich" ([`Promptly`]) has no day and never gets one; what an office sets
//! itself is shown as its own. Read `deadline.rs` first.

mod calendar;
mod deadline;
mod duty;
mod holiday;
mod overdue;
mod rule;
mod span;

pub use calendar::{Calendar, LOCAL_NOT_OF_LAND, Land, LocalHoliday};
pub use deadline::{Deadline, Step, announced, compute, count, end_of_day, end_of_hours};
pub use duty::{
    ABSENCE_BACKWARDS, Absence, Change, DEPUTY_IS_ABSENT, DUE_IN_PAST, DueKind, Duty, HARD_ALARM, InternalTarget,
    LAW_IS_NOT_MOVED, Nature, NewDue, Outcome, PROMPT_HAS_NO_DAY, PromptDuty, Promptly, REASON_MISSING, change,
};
pub use holiday::{Holiday, easter};
pub use overdue::is_overdue;
pub use rule::DeadlineRule;
pub use span::{AtEnd, Span};
