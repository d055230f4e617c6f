// SPDX-License-Identifier: EUPL-1.2
//! Two cases of one family: the one that was opened by a second report goes to the one that runs already. People say
//! so, never the program (N9); it can be undone for 30 days.

use crate::kernel::{CaseId, Line, Refusal, Rule};

/// A case with itself.
pub const CASE_JOIN_SELF: Rule = Rule::new("case_join.with_itself", "Eindeutigkeit");
/// One of them was joined already.
pub const CASE_JOIN_ALREADY: Rule = Rule::new("case_join.already", "Eindeutigkeit");
/// In the one that is to go, something runs: a plan, a help, a procedure.
pub const CASE_JOIN_RUNNING: Rule = Rule::new("case_join.running", "§ 63(2) SGB VIII; § 84(1) SGB X: Richtigkeit");
/// It goes on in another case.
pub const CASE_IS_JOINED: Rule = Rule::new("case_join.goes_on_elsewhere", "Aktenwahrheit");

/// What has to be known of each of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Seite einer Fallzusammenführung")]
pub struct JoinSide {
    /// Which case.
    pub id: CaseId,
    /// It was joined before.
    pub is_joined: bool,
    /// A plan was fixed, help decided or commissioned, a procedure of protection is open, somebody is in care.
    pub runs: bool,
}

/// Two cases as they are to be joined.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fallzusammenführung")]
pub struct NewCaseJoin {
    /// Which stays.
    pub kept: CaseId,
    /// Which goes.
    pub joined: CaseId,
    /// How it is known that it is the same family.
    pub why: Line,
}

/// May these two be joined?
///
/// # Errors
/// [`CASE_JOIN_SELF`], [`CASE_JOIN_ALREADY`], [`CASE_JOIN_RUNNING`].
pub fn join_cases(kept: JoinSide, joined: JoinSide) -> Result<(), Refusal> {
    if kept.id == joined.id {
        return Err(CASE_JOIN_SELF.broken_at("joined"));
    }
    if kept.is_joined || joined.is_joined {
        return Err(CASE_JOIN_ALREADY.broken_at("joined"));
    }
    if joined.runs { Err(CASE_JOIN_RUNNING.broken_at("joined")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_stays_where_it_runs() {
        let side = |n, is_joined, runs| JoinSide { id: CaseId(uuid::Uuid::from_u128(n)), is_joined, runs };
        assert_eq!(join_cases(side(1, false, true), side(2, false, false)), Ok(()));
        assert_eq!(join_cases(side(1, false, false), side(2, false, true)), Err(CASE_JOIN_RUNNING.broken_at("joined")));
        assert_eq!(join_cases(side(1, false, false), side(1, false, false)), Err(CASE_JOIN_SELF.broken_at("joined")));
        for (kept, joined) in [(true, false), (false, true)] {
            let told = join_cases(side(1, kept, false), side(2, joined, false));
            assert_eq!(told, Err(CASE_JOIN_ALREADY.broken_at("joined")));
        }
    }
}
