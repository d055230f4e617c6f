// SPDX-License-Identifier: EUPL-1.2
//! Counselling of a child without its parents' knowledge (§ 8(3) SGB VIII). It needs no emergency; why telling them
//! would defeat it is recorded. It belongs to no case and to nobody but the one who counsels (N18).

use super::people::UNDO_DAYS;
use super::undo::UNDO_OVER;
use crate::kernel::{Day, Note, PersonName, Refusal, Rule};

/// Counselled tomorrow.
pub const COUNSELLED_IN_FUTURE: Rule = Rule::new("counsel.in_the_future", "Aktenwahrheit");
/// It ended; what is new begins anew.
pub const COUNSEL_ENDED: Rule = Rule::new("counsel.ended", "§ 8(3) SGB VIII");

/// A child that is counselled.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Beratung ohne Kenntnis der Sorgeberechtigten")]
pub struct NewCounsel {
    /// As the child wants to be called.
    pub child: PersonName,
    /// Since.
    pub begun_on: Day,
    /// Why the parents are not told.
    pub why_silent: Note,
    /// What was talked about first.
    pub words: Note,
}

/// Another talk.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Beratungsgespräch")]
pub struct NewTalk {
    /// When.
    pub on: Day,
    /// What was talked about.
    pub words: Note,
}

/// Checks a talk.
///
/// # Errors
/// [`COUNSELLED_IN_FUTURE`], [`COUNSEL_ENDED`].
pub fn counsel(on: Day, ended: bool, field: &'static str, today: Day) -> Result<(), Refusal> {
    if ended {
        return Err(COUNSEL_ENDED.broken());
    }
    if on > today { Err(COUNSELLED_IN_FUTURE.broken_at(field)) } else { Ok(()) }
}

/// Can an end still be taken back? As long as everything else that was ended by mistake, and only by whoever counsels.
///
/// # Errors
/// [`UNDO_OVER`].
pub fn resume(ended_on: Option<Day>, today: Day) -> Result<(), Refusal> {
    let in_time = |ended: Day| today.days_since(ended) <= UNDO_DAYS;
    if ended_on.is_some_and(in_time) { Ok(()) } else { Err(UNDO_OVER.broken()) }
}

/// When what was counselled is deleted: so many days after the end. It is no file of help or care, so § 9b SGB VIII
/// does not keep it (N14); the law names no number, the office does.
///
/// No archive is asked before (N13 speaks of files): these words are entrusted (§ 65 SGB VIII), so they could go to an
/// archive only with the child's yes, and they belong to no case whose file could be offered. What became of it for a case
/// stands in that case, and goes the way of its file.
#[must_use]
pub fn delete_on(ended_on: Day, days: i64) -> Day {
    ended_on.plus_days(i32::try_from(days).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talks_are_not_tomorrow_and_not_after_the_end() {
        let today = Day::parse("2026-11-20").unwrap();
        assert_eq!(counsel(today, false, "on", today), Ok(()));
        assert_eq!(counsel(today.plus_days(1), false, "on", today), Err(COUNSELLED_IN_FUTURE.broken_at("on")));
        assert_eq!(counsel(today, true, "on", today), Err(COUNSEL_ENDED.broken()));
        assert_eq!(resume(Some(today), today.plus_days(30)), Ok(()));
        assert_eq!(resume(Some(today), today.plus_days(31)), Err(UNDO_OVER.broken()));
        assert_eq!(resume(None, today), Err(UNDO_OVER.broken()));
    }
}
