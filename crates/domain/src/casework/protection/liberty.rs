// SPDX-License-Identifier: EUPL-1.2
//! How it stands with a child's liberty (§ 42(5) SGB VIII): only a court that orders it lets it be taken past the end
//! of the next day (N25).

use super::care::FactKind;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Freiheitsentziehung")]
pub enum Liberty {
    /// It is not taken.
    Free,
    /// It is taken, and no court has said anything.
    Taken,
    /// It is taken although a court has refused it: it ends at once.
    Refused,
    /// It is taken because a court has ordered it.
    Ordered,
}

impl Liberty {
    /// Is it taken without a court's order? Then it ends, and nothing else ends before it.
    #[must_use]
    pub const fn is_alarm(self) -> bool {
        matches!(self, Self::Taken | Self::Refused)
    }
}

/// How it stands after these facts, in the order in which they happened.
#[must_use]
pub fn liberty(facts: &[FactKind]) -> Liberty {
    let after = |so_far, kind: &FactKind| match kind {
        FactKind::LibertyTaken => Liberty::Taken,
        FactKind::LibertyEnded => Liberty::Free,
        FactKind::CourtOrder => Liberty::Ordered,
        FactKind::CourtRefused => Liberty::Refused,
        _ => so_far,
    };
    facts.iter().fold(Liberty::Free, after)
}
