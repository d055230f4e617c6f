// SPDX-License-Identifier: EUPL-1.2
//! Deeds: what a change did.

use super::DeedKind;
use crate::kernel::CaseId;
use uuid::Uuid;

/// One deed: its kind, what it was done to, and the case it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Vorgang")]
pub struct Deed {
    /// What kind.
    pub kind: DeedKind,
    /// To what.
    pub object: Uuid,
    /// In which case, if in one.
    pub case: Option<CaseId>,
}

impl Deed {
    /// A deed outside of any case.
    pub fn new(kind: DeedKind, object: impl Into<Uuid>) -> Self {
        Self { kind, object: object.into(), case: None }
    }

    /// A deed in a case.
    pub fn in_case(kind: DeedKind, object: impl Into<Uuid>, case: CaseId) -> Self {
        Self { kind, object: object.into(), case: Some(case) }
    }
}
