// SPDX-License-Identifier: EUPL-1.2
//! Beginning and end of a procedure. It begins with nothing but a child and a sign; only people end it.

use super::warning::ProtectionWarning;
use super::words::{DangerResult, Weighty};
use crate::access::{OfficeStaff, codes};
use crate::kernel::{Note, Refusal, Rule};

/// One procedure per minor: a second report joins it.
pub const ALREADY_OPEN: Rule = Rule::new("protection.already_open", "§ 8a(1), § 99(6) SGB VIII");
/// A procedure is of a minor.
pub const NO_MINOR: Rule = Rule::new("protection.no_minor", "§ 8a(1), § 7(1) SGB VIII");
/// What is closed gets no further step; new signs are a new procedure.
pub const CLOSED: Rule = Rule::new("protection.closed", "§ 101(2) Nr. 11 SGB VIII");
/// A procedure ends with an assessment, or with the answer that no signs are weighty.
pub const NOT_ASSESSED: Rule = Rule::new("protection.not_assessed", "§ 8a(1) S. 1 SGB VIII");
/// Whoever closes although something is missing says why.
pub const WARNINGS_REASON: Rule = Rule::new("protection.warnings_reason", "§ 8a SGB VIII, § 35 SGB X");

codes! {
    /// How the signs came to the office.
    #[doc(alias = "Bekanntwerden")]
    CameFrom {
        /// By a report.
        Report = "report",
        /// In an own contact, a visit, a help that runs.
        OwnContact = "own-contact",
        /// An agency under its agreement (§ 8a(4)).
        Agency = "agency",
        /// Court or prosecutor (§ 5 KKG).
        Court = "court",
        /// Another office (§ 8a(6)).
        OtherOffice = "other-office",
        /// The child itself (§ 8(2)).
        Child = "child",
    }
}

/// What a procedure holds when somebody closes it.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Abschluss des Schutzauftrags")]
pub struct CloseDraft {
    /// The answer of the first check, if there is one.
    pub weighty: Option<Weighty>,
    /// The result of the latest assessment, if there is one.
    pub result: Option<DangerResult>,
    /// What is still missing.
    pub warnings: Vec<ProtectionWarning>,
    /// Why it is closed all the same.
    pub reason: Option<Note>,
    /// Closing words.
    pub words: Note,
}

/// A procedure that people have closed. Only [`close`] makes one.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Abschluss")]
pub struct Closing {
    result: Option<DangerResult>,
    draft: CloseDraft,
}

impl Closing {
    /// The official result; none, where no signs were weighty.
    #[must_use]
    pub fn result(&self) -> Option<DangerResult> {
        self.result
    }
    /// What was known when it was closed.
    #[must_use]
    pub fn draft(&self) -> &CloseDraft {
        &self.draft
    }
}

/// Closes a procedure: by staff who may decide; the result is the one that several professionals chose.
///
/// # Errors
/// [`NOT_ASSESSED`], [`WARNINGS_REASON`].
pub fn close(_by: OfficeStaff, draft: CloseDraft) -> Result<Closing, Refusal> {
    let result = match (draft.result, draft.weighty) {
        (Some(result), _) => Some(result),
        (None, Some(Weighty::No)) => None,
        _ => return Err(NOT_ASSESSED.broken()),
    };
    if !draft.warnings.is_empty() && draft.reason.is_none() {
        return Err(WARNINGS_REASON.broken_at("reason"));
    }
    Ok(Closing { result, draft })
}
