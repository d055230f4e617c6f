// SPDX-License-Identifier: EUPL-1.2
//! Where a case is.

/// Where a case is in the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Opened; will, goals, resources are being explored.
    Opened,
    /// On a team's agenda.
    Consultation,
    /// Help was decided, a plan stands.
    Decided,
    /// An agency is commissioned.
    Running,
    /// Every help has ended.
    Ended,
}

impl Stage {
    /// All, in the order of the process.
    pub const ALL: &[Self] = &[Self::Opened, Self::Consultation, Self::Decided, Self::Running, Self::Ended];

    /// As kept, and as message names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Consultation => "consultation",
            Self::Decided => "decided",
            Self::Running => "running",
            Self::Ended => "ended",
        }
    }

    /// By its code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.code() == code)
    }
}
