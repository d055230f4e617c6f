// SPDX-License-Identifier: EUPL-1.2
//! Visits: a worker takes what a visit needs of a few of their own cases along on a device without a line. Whatever
//! leaves the house leaves it for one day, sealed on the device, and only where the office allows it at all.

use super::note::NewNote;
use crate::access::codes;
use crate::kernel::{CaseId, Moment, Refusal, Rule};

/// Hours after which what was taken along is deleted on the device.
pub const VISIT_HOURS: i64 = 24;
/// Cases that can be taken along at once: a day of visits, not a file room.
pub const VISIT_CASES: usize = 5;

/// Days that the record of a visit is kept once it has ended: who had what with them, if a device turns up; and a note
/// that comes late still finds its visit. Art. 5(1)(e) DSGVO.
pub const VISIT_KEPT_DAYS: i64 = 365;

/// The office has not switched visits on (data protection by default).
pub const VISIT_OFF: Rule = Rule::new("visit.off", "Art. 25(2) DSGVO");
/// Nothing was chosen.
pub const VISIT_NOTHING_CHOSEN: Rule = Rule::new("visit.nothing_chosen", "Pflichtangabe");
/// More than a day of visits needs.
pub const VISIT_TOO_MUCH: Rule = Rule::new("visit.too_much", "Art. 5(1)(c) DSGVO");
/// Only the one who works on a case takes it along.
pub const VISIT_NOT_YOURS: Rule = Rule::new("visit.not_yours", "§ 35(1) SGB I, § 78b SGB X");
/// What was taken along is over, or was called back.
pub const VISIT_OVER: Rule = Rule::new("visit.over", "Art. 5(1)(e) DSGVO");
/// A note that is in a file already.
pub const VISIT_NOTE_HANDED_IN: Rule = Rule::new("visit.note_handed_in", "Aktenwahrheit");

/// What is to be taken along.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Besuch vorbereiten")]
pub struct NewVisit {
    /// Which cases; each once.
    pub cases: Vec<CaseId>,
}

impl NewVisit {
    /// # Errors
    /// [`VISIT_OFF`], [`VISIT_NOTHING_CHOSEN`], [`VISIT_TOO_MUCH`].
    pub fn check(&self, is_on: bool) -> Result<(), Refusal> {
        match self.cases.len() {
            _ if !is_on => Err(VISIT_OFF.broken()),
            0 => Err(VISIT_NOTHING_CHOSEN.broken_at("cases")),
            some if some > VISIT_CASES => Err(VISIT_TOO_MUCH.broken_at("cases")),
            _ => Ok(()),
        }
    }
}

/// Until when something taken along at this moment may be read.
#[must_use]
pub fn visit_ends(prepared_at: Moment) -> Moment {
    prepared_at.plus_minutes(VISIT_HOURS * 60)
}

codes! {
    /// How it stands with what was taken along.
    #[doc(alias = "Stand eines Besuchs")]
    VisitState {
        /// It may be read.
        Open = "open",
        /// Its day is over.
        Over = "over",
        /// Its worker or the administration called it back.
        CalledBack = "called-back",
        /// The office has switched visits off since.
        Off = "off",
    }
}

/// How it stands with what was taken along.
#[must_use]
pub fn visit_state(is_on: bool, ends_at: Moment, called_back: bool, now: Moment) -> VisitState {
    match () {
        () if called_back => VisitState::CalledBack,
        () if !is_on => VisitState::Off,
        () if now >= ends_at => VisitState::Over,
        () => VisitState::Open,
    }
}

/// A note out of a visit.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Besuchsnotiz")]
pub struct NewVisitNote {
    /// The case it was written for.
    pub case: CaseId,
    /// The note.
    pub note: NewNote,
}

codes! {
    /// Why a note out of a visit waits for its writer instead of standing in the file.
    #[doc(alias = "Grund des Wartens")]
    WaitReason {
        /// Somebody worked on the case since: the writer looks first.
        CaseChanged = "case-changed",
        /// The writer may no longer work on the case.
        RightGone = "right-gone",
        /// The case goes on in another one.
        CaseJoined = "case-joined",
    }
}

/// Does a note go into its file at once? `may_work` is the policy's answer about the case, `joined` says that it goes on
/// elsewhere, the moments are those of the last change: as the device knew it, and now.
#[must_use]
pub fn receive_note(may_work: bool, joined: bool, known: Moment, moved: Moment) -> Option<WaitReason> {
    match () {
        () if !may_work => Some(WaitReason::RightGone),
        () if joined => Some(WaitReason::CaseJoined),
        () if moved > known => Some(WaitReason::CaseChanged),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse_local(text).unwrap()
    }

    #[test]
    fn a_few_cases_and_only_where_the_office_allows_it() {
        let of = |n: u128| NewVisit { cases: (0..n).map(|n| CaseId(uuid::Uuid::from_u128(n))).collect() };
        assert_eq!(of(1).check(true), Ok(()));
        assert_eq!(of(5).check(true), Ok(()));
        assert_eq!(of(6).check(true), Err(VISIT_TOO_MUCH.broken_at("cases")));
        assert_eq!(of(0).check(true), Err(VISIT_NOTHING_CHOSEN.broken_at("cases")));
        assert_eq!(of(1).check(false), Err(VISIT_OFF.broken()));
    }

    #[test]
    fn a_day_has_24_hours_also_when_the_clocks_change() {
        // 2026-10-25 has 25 hours in Germany: what is prepared at noon before ends at eleven.
        assert_eq!(visit_ends(at("2026-10-24T12:00")), at("2026-10-25T11:00"));
        assert_eq!(visit_ends(at("2026-11-20T12:00")), at("2026-11-21T12:00"));
    }

    #[test]
    fn it_ends_by_its_hour_by_hand_and_with_the_switch() {
        let check = |is_on, called_back, now: &str, expected| {
            assert_eq!(visit_state(is_on, at("2026-11-21T10:00"), called_back, at(now)), expected);
        };
        check(true, false, "2026-11-21T09:59", VisitState::Open);
        check(true, false, "2026-11-21T10:00", VisitState::Over);
        check(true, true, "2026-11-21T09:00", VisitState::CalledBack);
        check(false, false, "2026-11-21T09:00", VisitState::Off);
        check(false, true, "2026-11-22T09:00", VisitState::CalledBack);
    }

    #[test]
    fn a_note_waits_where_somebody_has_to_look() {
        let (early, late) = (Moment(1), Moment(2));
        assert_eq!(receive_note(true, false, early, early), None);
        assert_eq!(receive_note(true, false, early, late), Some(WaitReason::CaseChanged));
        assert_eq!(receive_note(true, true, early, early), Some(WaitReason::CaseJoined));
        assert_eq!(receive_note(false, true, early, late), Some(WaitReason::RightGone));
    }
}
