// SPDX-License-Identifier: EUPL-1.2
//! What a worker ended by mistake can be taken back for 30 days. What was said, decided, assessed, transmitted or
//! booked is no part of it: files say what was, and a new entry puts it right.

use super::people::UNDO_DAYS;
use crate::access::codes;
use crate::kernel::{Day, Moment, Refusal, Rule};

/// Taken back already, or too late.
pub const UNDO_OVER: Rule = Rule::new("undo.over", "30 Tage");

codes! {
    /// What can be taken back.
    #[doc(alias = "Rückgängig")]
    TakenAway {
        /// A condition was lifted.
        Condition = "condition",
        /// A role in law was ended.
        LegalRole = "legal-role",
        /// A way to reach somebody was ended.
        Contact = "contact",
        /// Something due was ticked off or dropped.
        Due = "due",
        /// A place of somebody's everyday life is no longer one.
        LivedPlace = "lived-place",
        /// A help of the support package ended.
        PackageHelp = "package-help",
    }
}

/// Can it still be taken back?
///
/// # Errors
/// [`UNDO_OVER`].
pub fn take_back(done_at: Moment, undone: bool, today: Day) -> Result<(), Refusal> {
    if undone || today.days_since(done_at.day()) > UNDO_DAYS { Err(UNDO_OVER.broken()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_are_thirty_days() {
        let at = Moment::parse_local("2026-11-01T23:59").unwrap();
        let check = |undone, day: &str, expected: Result<(), Refusal>| {
            assert_eq!(take_back(at, undone, Day::parse(day).unwrap()), expected);
        };
        check(false, "2026-11-01", Ok(()));
        check(false, "2026-12-01", Ok(()));
        check(false, "2026-12-02", Err(UNDO_OVER.broken()));
        check(true, "2026-11-01", Err(UNDO_OVER.broken()));
    }
}
