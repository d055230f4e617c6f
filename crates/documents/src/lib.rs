// SPDX-License-Identifier: EUPL-1.2
//! Beside the floors: papers that leave the house.
//!
//! A sheet of plain values goes in, the bytes of a tagged PDF come out. Every paper is PDF/UA-1 (a screen reader can
//! read it) and PDF/A-2a (an archive can keep it) at once; the typesetter refuses to hand out anything less.
//!
//! This crate never reads a file, never asks the network or the clock, and never treats what people wrote as
//! commands: their words reach the template as values. The same sheet always makes the same bytes.
//!
//! ```
//! use documents::{PlanSheet, help_plan};
//! use domain::kernel::Day;
//!
//! let sheet = PlanSheet::blank("Jugendamt Musterstadt", "J-2026-0815", 1, Day::new(2026, 11, 30).unwrap());
//! let pdf = help_plan(&sheet)?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), documents::DocumentError>(())
//! ```
//!
//! Read [`PlanSheet`] first, then `help_plan.typ`, which holds the layout and every German word of the paper.
#![deny(missing_docs)]

mod court_extract;
mod family_plan;
mod help_plan;
mod letter;
mod payment_advice;
mod press;
mod printable;
mod record;
mod sheet;
#[cfg(test)]
mod tests;
mod values;

pub use court_extract::{ExtractSheet, court_extract};
pub use family_plan::{FamilySection, FamilySheet, family_plan};
pub use help_plan::{fingerprint, help_plan};
pub use letter::{LetterSheet, letter};
pub use payment_advice::{AdviceLine, AdviceSheet, payment_advice};
pub use record::{RecordSection, RecordSheet, record};
pub use sheet::{Commission, Decision, Note, Participant, PlanSheet, Resources, Voice, Will};

/// Why a paper could not be made.
///
/// It carries no detail on purpose: the typesetter's messages can quote the family's words, and those belong in no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentError {
    /// The template could not be laid out with these values.
    NotTypeset,
    /// The result would not have been PDF/UA-1 and PDF/A-2a, so it was thrown away.
    NotConforming,
}

impl std::fmt::Display for DocumentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotTypeset => "the document could not be typeset",
            Self::NotConforming => "the document would not conform to PDF/UA-1 and PDF/A-2a",
        })
    }
}

impl std::error::Error for DocumentError {}
