// SPDX-License-Identifier: EUPL-1.2
//! A help ends: why, by whom, where the young person lives then, and what remains. The codes are those of the official
//! statistics (Kinder- und Jugendhilfestatistik, Teil I.1). Nothing is deleted: an ending is taken back for a while, and
//! after it there is the way back.

use super::decision::HelpKind;
use super::handover::Conversation;
use super::step_down::FamilyStand;
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
/// To another office without the day on which it went on: until then this office pays.
pub const ENDING_NOT_CONTINUED: Rule = Rule::new("ending.not_continued", "§ 86c(1) S. 1 SGB VIII");
/// A promise to go on is no going on.
pub const CONTINUED_IN_FUTURE: Rule = Rule::new("ending.continued_in_future", "§ 86c(1) S. 1 SGB VIII");
/// A gap between the last day here and the first day there.
pub const ENDING_BEFORE_CONTINUED: Rule = Rule::new("ending.before_continued", "§ 86c(1) S. 1, 2 SGB VIII");
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

codes! {
    /// May the office ask after a while whether it lasts? Nobody is asked by whom that was not said (N24).
    #[doc(alias = "Nachschau gewünscht")]
    AskLater {
        /// They want to be asked.
        Wanted = "wanted",
        /// They do not.
        NotWanted = "not-wanted",
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
    /// Since when the other office goes on with the help.
    pub continued_on: Option<Day>,
    /// How the family stands to it.
    pub stand: Option<FamilyStand>,
    /// How it was heard before (§ 24(1) SGB X).
    pub heard: Option<Note>,
    /// May the office ask later?
    pub asks: Option<AskLater>,
    /// Why something that should be there is missing.
    pub gaps_reason: Option<Note>,
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
    /// Is the young person of age?
    pub is_of_age: bool,
    /// Does the last plan say how after-care is meant?
    pub plan_has_aftercare: bool,
}

impl RunningCare {
    /// Does § 41a SGB VIII owe after-care? It speaks of young adults, not of a paragraph of help: § 41(2) gives them also
    /// the helps of §§ 27 to 35a, so whoever is of age counts beside § 41. Minors and their families are owed none; they
    /// may come back, and are asked only if they want to be.
    #[must_use]
    pub fn owes_aftercare(&self) -> bool {
        self.help == HelpKind::YoungAdults || self.is_of_age
    }
}

codes! {
    /// Something that should be there and is not; said with its reason, never a barrier.
    #[doc(alias = "Hinweis zur Beendigung")]
    EndingHint {
        /// A young adult's help ends without agreed after-care (W11).
        NoAftercare = "no-aftercare",
        /// After-care was agreed, and the last plan says nothing of it (W11).
        AftercareNotInPlan = "aftercare-not-in-plan",
        /// It ends sooner than granted, the family did not agree, and nobody noted that it was heard (W29).
        NoHearing = "no-hearing",
        /// Nobody said what remains.
        NothingRemains = "nothing-remains",
    }
}

impl EndingHint {
    /// The paragraph it comes from.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::NoAftercare | Self::AftercareNotInPlan => "§ 41a Abs. 2 SGB VIII",
            Self::NoHearing => "§ 24 Abs. 1 SGB X",
            Self::NothingRemains => "Fachkonzept Sozialraumorientierung",
        }
    }
}

impl NewEnding {
    /// Checks an ending.
    ///
    /// # Errors
    /// [`ENDING_TWICE`], [`ENDING_BEFORE_BEGIN`], [`ENDING_AFTER_END`], [`ENDING_NOT_TAKEN_OVER`],
    /// [`ENDING_NOT_CONTINUED`], [`CONTINUED_IN_FUTURE`], [`ENDING_BEFORE_CONTINUED`], [`AFTERCARE_BACKWARDS`], those of
    /// [`Conversation::check`].
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
        if self.reason == EndReason::OtherOffice {
            self.check_taken_over(help, today)?;
        }
        if self.aftercare.as_ref().is_some_and(|care| care.until <= self.ended_on) {
            return Err(AFTERCARE_BACKWARDS.broken_at("aftercare_until"));
        }
        self.talk.check(today, Conversation::BESIDE)
    }

    /// The office that was competent pays until the other one goes on: a talk alone ends nothing (§ 86c(1) SGB VIII).
    fn check_taken_over(&self, help: &RunningCare, today: Day) -> Result<(), Refusal> {
        if !help.is_taken_over {
            return Err(ENDING_NOT_TAKEN_OVER.broken_at("reason"));
        }
        match self.continued_on {
            None => Err(ENDING_NOT_CONTINUED.broken_at("continued_on")),
            Some(on) if on > today => Err(CONTINUED_IN_FUTURE.broken_at("continued_on")),
            Some(on) if self.ended_on < on.plus_days(-1) => Err(ENDING_BEFORE_CONTINUED.broken_at("ended_on")),
            Some(_) => Ok(()),
        }
    }

    /// Does it take from the family what was granted, without the family wanting it so? What the family ends itself takes
    /// nothing; with another office the help goes on.
    fn burdens(&self, help: &RunningCare) -> bool {
        let sooner = help.until.is_none_or(|until| self.ended_on < until);
        let own = matches!(self.reason, EndReason::ByFamily | EndReason::ByMinor | EndReason::OtherOffice);
        sooner && !own && self.stand != Some(FamilyStand::Agrees)
    }

    /// What should be there.
    #[must_use]
    pub fn hints(&self, help: &RunningCare) -> Vec<EndingHint> {
        let hints = [
            (EndingHint::NoAftercare, help.owes_aftercare() && self.aftercare.is_none()),
            (EndingHint::AftercareNotInPlan, self.aftercare.is_some() && !help.plan_has_aftercare),
            (EndingHint::NoHearing, self.burdens(help) && self.heard.is_none()),
            (EndingHint::NothingRemains, self.remains.is_none()),
        ];
        hints.into_iter().filter(|(_, is_so)| *is_so).map(|(hint, _)| hint).collect()
    }
}

/// Is an end in effect? What was announced ahead leaves the help running until its last day.
#[must_use]
pub fn is_in_effect(ended_on: Day, today: Day) -> bool {
    ended_on <= today
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
#[path = "ending_tests.rs"]
mod tests;
