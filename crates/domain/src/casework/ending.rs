// SPDX-License-Identifier: EUPL-1.2
//! A help ends: why, by whom, where the young person lives then, and what remains. The codes are those of the official
//! statistics (Kinder- und Jugendhilfestatistik, Teil I.1). Nothing is deleted: an ending is taken back for a while, and
//! after it there is the way back.

use super::decision::HelpKind;
use super::handover::Conversation;
use crate::access::codes;
use crate::kernel::{Balance, Day, Note, Refusal, Rule};

/// Ended before it began.
pub const ENDING_BEFORE_BEGIN: Rule = Rule::new("ending.before_begin", "Aktenwahrheit");
/// Ended before.
pub const ENDING_TWICE: Rule = Rule::new("ending.twice", "Eindeutigkeit");
/// After the day on which it ends anyway.
pub const ENDING_AFTER_END: Rule = Rule::new("ending.after_end", "§ 36a(1) SGB VIII");
/// To another office only once that office has taken over in a conversation: until then help goes on.
pub const ENDING_NOT_TAKEN_OVER: Rule = Rule::new("ending.not_taken_over", "§ 86c(1) SGB VIII");
/// After-care without an end, or without its form.
pub const AFTERCARE_HALF: Rule = Rule::new("ending.aftercare_half", "§ 41a(2) SGB VIII");
/// After-care that ends before it begins.
pub const AFTERCARE_BACKWARDS: Rule = Rule::new("ending.aftercare_backwards", "§ 41a(2) SGB VIII");
/// Too late to take an ending back; there is the way back instead.
pub const REOPEN_TOO_LATE: Rule = Rule::new("ending.reopen_too_late", "30 Tage");
/// Taken back before.
pub const REOPENED_ALREADY: Rule = Rule::new("ending.reopened_already", "Eindeutigkeit");
/// Whoever is still helped does not have to come back.
pub const RETURN_NOT_ENDED: Rule = Rule::new("ending.return_not_ended", "§ 41(1) S. 3 SGB VIII");

/// Days in which an ending is taken back.
pub const REOPEN_DAYS: i32 = 30;

codes! {
    /// "Grund für die Beendigung", with the key of the statistics.
    #[doc(alias = "Beendigungsgrund")]
    EndReason {
        /// According to help plan or goals.
        AsPlanned = "10",
        /// Otherwise: by those with custody, or the young adult.
        ByFamily = "20",
        /// Otherwise: by the agency, the foster family.
        ByProvider = "21",
        /// Otherwise: by the minor.
        ByMinor = "22",
        /// Adoption or adoptive care.
        Adoption = "30",
        /// Another office continues, as competence changed.
        OtherOffice = "40",
        /// Something else.
        Other = "50",
    }
}

impl EndReason {
    /// Broken off, against the plan?
    #[must_use]
    pub const fn is_broken_off(self) -> bool {
        matches!(self, Self::ByFamily | Self::ByProvider | Self::ByMinor)
    }
}

codes! {
    /// "Anschließender Aufenthalt", with the key of the statistics.
    #[doc(alias = "Anschließender Aufenthalt")]
    StayAfter {
        /// With parents, a parent, custodians.
        Parents = "01",
        /// With relatives.
        Relatives = "02",
        /// In a family that is not related.
        OtherFamily = "03",
        /// In an own home.
        OwnHome = "04",
        /// In foster care.
        FosterFamily = "05",
        /// In a residential home.
        Residential = "06",
        /// In psychiatry.
        Psychiatry = "07",
        /// In an institution with care.
        Institution = "08",
        /// Elsewhere.
        Elsewhere = "09",
        /// Nowhere firm.
        Nowhere = "10",
        /// Unknown.
        Unknown = "11",
    }
}

codes! {
    /// "Unmittelbar nachfolgende Hilfe", with the key of the statistics.
    #[doc(alias = "Nachfolgende Hilfe")]
    HelpAfter {
        /// Continued in the same family or institution by another office.
        SamePlace = "1",
        /// Passed on to others.
        PassedOn = "2",
        /// Counselling in the ASD.
        Counselling = "3",
        /// Another help.
        OtherHelp = "4",
        /// Integration help, § 35a.
        Inclusion = "5",
        /// None known.
        None = "6",
    }
}

/// After-care as agreed in the last plan (§ 41a(2) SGB VIII: its period and extent stand there).
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Nachbetreuung")]
pub struct Aftercare {
    /// Until when.
    pub until: Day,
    /// In which form and extent.
    pub form: Note,
    /// The office is in touch every so many months.
    pub every_months: i32,
}

/// The end of a help as recorded.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Beendigung")]
pub struct NewEnding {
    /// Last day.
    pub ended_on: Day,
    /// Why.
    pub reason: EndReason,
    /// Where the young person lives then.
    pub stay: StayAfter,
    /// What follows.
    pub next: HelpAfter,
    /// The closing conversation, or why there was none.
    pub talk: Conversation,
    /// What was reached, and what the letter that ends the help says.
    pub words: Note,
    /// What remains: people and places that go on carrying.
    pub remains: Option<Note>,
    /// What may still be invoiced; the rest of the money comes back.
    pub still_due: Balance,
    /// After-care, where it was agreed.
    pub aftercare: Option<Aftercare>,
}

/// What runs and could end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Laufende Hilfe")]
pub struct RunningCare {
    /// What.
    pub help: HelpKind,
    /// Since.
    pub from: Day,
    /// Granted until.
    pub until: Option<Day>,
    /// Was it ended before?
    pub is_ended: bool,
    /// Has another office taken over in a conversation?
    pub is_taken_over: bool,
}

/// Something that should be there and is not; said, never a barrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Hinweis zur Beendigung")]
pub enum EndingHint {
    /// A young adult's help ends without agreed after-care (W11).
    NoAftercare,
    /// Nobody said what remains.
    NothingRemains,
}

impl NewEnding {
    /// Checks an ending.
    ///
    /// # Errors
    /// [`ENDING_TWICE`], [`ENDING_BEFORE_BEGIN`], [`ENDING_AFTER_END`], [`ENDING_NOT_TAKEN_OVER`],
    /// [`AFTERCARE_BACKWARDS`], those of [`Conversation::check`].
    pub fn check(&self, help: &RunningCare, today: Day) -> Result<(), Refusal> {
        if help.is_ended {
            return Err(ENDING_TWICE.broken());
        }
        if self.ended_on < help.from {
            return Err(ENDING_BEFORE_BEGIN.broken_at("ended_on"));
        }
        if help.until.is_some_and(|until| self.ended_on > until) {
            return Err(ENDING_AFTER_END.broken_at("ended_on"));
        }
        if self.reason == EndReason::OtherOffice && !help.is_taken_over {
            return Err(ENDING_NOT_TAKEN_OVER.broken_at("reason"));
        }
        if self.aftercare.as_ref().is_some_and(|care| care.until <= self.ended_on) {
            return Err(AFTERCARE_BACKWARDS.broken_at("aftercare_until"));
        }
        self.talk.check(today, Conversation::BESIDE)
    }

    /// What should be there.
    #[must_use]
    pub fn hints(&self, help: HelpKind) -> Vec<EndingHint> {
        let young = help == HelpKind::YoungAdults && self.aftercare.is_none();
        let bare = self.remains.is_none();
        let hints = [(young, EndingHint::NoAftercare), (bare, EndingHint::NothingRemains)];
        hints.into_iter().filter(|(is_so, _)| *is_so).map(|(_, hint)| hint).collect()
    }
}

/// May an ending be taken back on this day?
///
/// # Errors
/// [`REOPENED_ALREADY`], [`REOPEN_TOO_LATE`].
pub fn reopen(ended_on: Day, is_reopened: bool, today: Day) -> Result<(), Refusal> {
    if is_reopened {
        return Err(REOPENED_ALREADY.broken());
    }
    if today > ended_on.plus_days(REOPEN_DAYS) { Err(REOPEN_TOO_LATE.broken()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Line;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn ending(reason: EndReason, on: &str) -> NewEnding {
        NewEnding {
            ended_on: day(on),
            reason,
            stay: StayAfter::Parents,
            next: HelpAfter::None,
            talk: Conversation {
                held_on: Some(day("2026-11-20")),
                with_whom: Line::parse("Alle").ok(),
                ..Conversation::default()
            },
            words: Note::parse("Die Ziele sind erreicht.").unwrap(),
            remains: Note::parse("Oma holt ab").ok(),
            still_due: Balance::from_cents(0),
            aftercare: None,
        }
    }

    fn help(kind: HelpKind) -> RunningCare {
        let (from, until) = (day("2026-06-01"), Some(day("2027-05-31")));
        RunningCare { help: kind, from, until, is_ended: false, is_taken_over: false }
    }

    fn check(ending: &NewEnding, help: RunningCare, expected: Result<(), Refusal>) {
        assert_eq!(ending.check(&help, day("2026-11-20")), expected);
    }

    #[test]
    fn a_help_ends_once_within_its_time() {
        let run = help(HelpKind::FamilySupport);
        let planned = ending(EndReason::AsPlanned, "2026-11-30");
        check(&planned, run, Ok(()));
        check(&planned, RunningCare { is_ended: true, ..run }, Err(ENDING_TWICE.broken()));
        check(&ending(EndReason::Other, "2026-05-31"), run, Err(ENDING_BEFORE_BEGIN.broken_at("ended_on")));
        check(&ending(EndReason::Other, "2027-06-01"), run, Err(ENDING_AFTER_END.broken_at("ended_on")));
        let silent = NewEnding { talk: Conversation::default(), ..planned };
        assert!(silent.check(&run, day("2026-11-20")).is_err());
    }

    #[test]
    fn to_another_office_only_when_it_has_taken_over() {
        let run = help(HelpKind::FamilySupport);
        let away = ending(EndReason::OtherOffice, "2026-11-30");
        check(&away, run, Err(ENDING_NOT_TAKEN_OVER.broken_at("reason")));
        check(&away, RunningCare { is_taken_over: true, ..run }, Ok(()));
    }

    #[test]
    fn a_young_adult_without_aftercare_is_a_hint_and_no_barrier() {
        let run = help(HelpKind::YoungAdults);
        let bare = ending(EndReason::AsPlanned, "2026-11-30");
        check(&bare, run, Ok(()));
        assert_eq!(bare.hints(run.help), [EndingHint::NoAftercare]);
        let form = Note::parse("Ein Anruf im Monat").unwrap();
        let care = |until: &str| Some(Aftercare { until: day(until), form: form.clone(), every_months: 2 });
        let cared = NewEnding { aftercare: care("2027-11-30"), ..bare.clone() };
        assert_eq!(cared.hints(run.help), []);
        let back = NewEnding { aftercare: care("2026-11-30"), remains: None, ..bare };
        check(&back, run, Err(AFTERCARE_BACKWARDS.broken_at("aftercare_until")));
        assert_eq!(back.hints(HelpKind::FamilySupport), [EndingHint::NothingRemains]);
    }

    #[test]
    fn an_ending_is_taken_back_for_thirty_days() {
        let on = day("2026-11-30");
        assert_eq!(reopen(on, false, on.plus_days(30)), Ok(()));
        assert_eq!(reopen(on, false, on.plus_days(31)), Err(REOPEN_TOO_LATE.broken()));
        assert_eq!(reopen(on, true, on), Err(REOPENED_ALREADY.broken()));
        assert!(EndReason::ByMinor.is_broken_off() && !EndReason::AsPlanned.is_broken_off());
    }
}
