// SPDX-License-Identifier: EUPL-1.2
//! The support package: everything that helps a family side by side, own steps first, then people near, then the
//! quarter, then paid help; what was weighed besides; and whether each help was really used (process.md 1, step 11,
//! and section 4; § 27(2) SGB VIII: several helps at once, the closer environment included).
//!
//! It names third people, and so it is no agency's: an agency sees the commission it was sent (§ 64(2) SGB VIII).

use super::goal::Rater;
use super::informal::Share;
use crate::access::codes;
use crate::kernel::{Day, Line, Note, Period, Refusal, Rule};

/// What was weighed and not taken up has a reason.
pub const WEIGHED_WHY_MISSING: Rule = Rule::new("package.weighed_why_missing", "§ 36(2) SGB VIII; § 35 SGB X");
/// A help ends before it begins.
pub const HELP_ENDS_BEFORE: Rule = Rule::new("package.ends_before", "Aktenwahrheit");
/// What was only weighed cannot have been used.
pub const HELP_NOT_TAKEN: Rule = Rule::new("package.not_taken", "Aktenwahrheit");
/// Nobody used a help tomorrow.
pub const USED_IN_FUTURE: Rule = Rule::new("package.used_in_future", "Aktenwahrheit");
/// Nobody used a help before it began.
pub const USED_BEFORE_BEGIN: Rule = Rule::new("package.used_before_begin", "Aktenwahrheit");

/// With this a plan's version begins the codes of the parts that hold the package, one for each [`Layer`].
pub const PACKAGE_PART: &str = "package-";
/// So many alternatives are weighed beside what is taken up, at least.
const ALTERNATIVES: usize = 2;
/// A help that has run for so many days without a word about its use is asked about.
const ASKED_AFTER: i32 = 90;

codes! {
    /// Where a help comes from, in the order of looking.
    #[doc(alias = "Ebene der Hilfe")]
    Layer {
        /// The family itself.
        Own = "own",
        /// People it knows.
        Social = "social",
        /// The quarter.
        SocialSpace = "social-space",
        /// Paid or official help.
        Professional = "professional",
    }
}

impl Layer {
    /// The code of its part in a plan's version.
    #[must_use]
    pub fn part(self) -> String {
        format!("{PACKAGE_PART}{}", self.code())
    }
}

codes! {
    /// Who helps.
    #[doc(alias = "Herkunft der Hilfe")]
    HelpSource {
        /// A step of the family's own.
        OwnStep = "own-step",
        /// Relatives.
        Relative = "relative",
        /// Friends and neighbours.
        Neighbour = "neighbour",
        /// Volunteers.
        Volunteer = "volunteer",
        /// A place, group or offer of the quarter.
        Offer = "offer",
        /// A service everybody may use: school, doctor, counselling.
        Service = "service",
        /// A commissioned help; it comes from its commission and is not typed here.
        Paid = "paid",
    }
}

impl HelpSource {
    /// Its place in the order.
    #[must_use]
    pub const fn layer(self) -> Layer {
        match self {
            Self::OwnStep => Layer::Own,
            Self::Relative | Self::Neighbour => Layer::Social,
            Self::Volunteer | Self::Offer => Layer::SocialSpace,
            Self::Service | Self::Paid => Layer::Professional,
        }
    }

    /// Is it there without paid or official help?
    #[must_use]
    pub const fn informal(self) -> bool {
        !matches!(self.layer(), Layer::Professional)
    }
}

codes! {
    /// Is it part of the package, or was it weighed beside it?
    #[doc(alias = "Abwägung")]
    Weighing {
        /// Part of the package.
        Taken = "taken",
        /// Weighed, and not taken up.
        Weighed = "weighed",
    }
}

codes! {
    /// Was it really used?
    #[doc(alias = "Wirklich genutzt")]
    Really {
        /// Yes.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// No.
        No = "no",
    }
}

/// A help as typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Hilfe im Hilfepaket")]
pub struct NewHelp {
    /// Where it comes from.
    pub source: HelpSource,
    /// Taken up, or weighed.
    pub weighing: Weighing,
    /// Who helps, as the family calls them.
    pub who: Line,
    /// What they do.
    pub what: Line,
    /// How much, in words: `dienstags zwei Stunden`.
    pub extent: Option<Line>,
    /// From, and until if it ends.
    pub period: Period,
    /// Why it was not taken up.
    pub why: Option<Note>,
}

impl NewHelp {
    /// Checks what belongs together.
    ///
    /// # Errors
    /// [`WEIGHED_WHY_MISSING`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.weighing == Weighing::Weighed && self.why.is_none() {
            return Err(WEIGHED_WHY_MISSING.broken_at("why"));
        }
        Ok(())
    }
}

/// What somebody says about the use of a help; earlier words stay.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Angabe zur Nutzung")]
pub struct NewUse {
    /// Was it used?
    pub used: Really,
    /// When that was said.
    pub said_on: Day,
    /// Who says so.
    pub rater: Rater,
    /// In their words.
    pub words: Option<Note>,
}

/// May this be kept about a help?
///
/// # Errors
/// [`HELP_NOT_TAKEN`], [`USED_IN_FUTURE`], [`USED_BEFORE_BEGIN`].
pub fn note_use(new: &NewUse, weighing: Weighing, from: Day, today: Day) -> Result<(), Refusal> {
    if weighing == Weighing::Weighed {
        return Err(HELP_NOT_TAKEN.broken_at("help"));
    }
    if new.said_on > today {
        return Err(USED_IN_FUTURE.broken_at("said_on"));
    }
    if new.said_on < from { Err(USED_BEFORE_BEGIN.broken_at("said_on")) } else { Ok(()) }
}

/// May a help that began then end on this day?
///
/// # Errors
/// [`HELP_ENDS_BEFORE`].
pub fn end_help(from: Day, until: Day) -> Result<(), Refusal> {
    if until < from { Err(HELP_ENDS_BEFORE.broken_at("until")) } else { Ok(()) }
}

/// The last that was said about the use of a help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Letzte Angabe zur Nutzung")]
pub struct UseSaid {
    /// What.
    pub used: Really,
    /// When.
    pub on: Day,
}

/// As much of a help as the rules of the package look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Zeile des Hilfepakets")]
pub struct PackageLine {
    /// Where it comes from.
    pub source: HelpSource,
    /// Taken up, or weighed.
    pub weighing: Weighing,
    /// From.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// The last word on its use.
    pub used: Option<UseSaid>,
}

impl PackageLine {
    /// Did it begin, and does it still run?
    fn runs(&self, today: Day) -> bool {
        self.weighing == Weighing::Taken && self.from <= today && self.until.is_none_or(|until| until >= today)
    }
}

/// Used helps that are informal, out of all used helps: really used, wholly or in part, by the last word on each. What
/// was planned and not used counts nowhere (process.md 4).
#[must_use]
pub fn really_used(lines: &[PackageLine]) -> Share {
    let mut share = Share::default();
    for line in lines.iter().filter(|line| line.weighing == Weighing::Taken) {
        if line.used.is_some_and(|said| said.used != Really::No) {
            share.count(line.source.informal());
        }
    }
    share
}

codes! {
    /// What a package may lack. It is shown, and stops nobody.
    #[doc(alias = "Hinweis zum Hilfepaket")]
    PackageHint {
        /// Fewer than two alternatives were weighed.
        FewAlternatives = "few-alternatives",
        /// Nothing that the family does itself.
        NothingOwn = "nothing-own",
        /// Nothing but paid and official help.
        OnlyProfessional = "only-professional",
        /// A help has run for three months, and nobody said whether it is used.
        UseUnknown = "use-unknown",
    }
}

/// What a package may lack; `elsewhere` alternatives were weighed in the decision itself.
#[must_use]
pub fn hints(lines: &[PackageLine], elsewhere: usize, today: Day) -> Vec<PackageHint> {
    let taken: Vec<&PackageLine> = lines.iter().filter(|line| line.weighing == Weighing::Taken).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let weighed = lines.len() - taken.len() + elsewhere;
    let silent = |line: &&PackageLine| {
        let since = line.used.map_or(line.from, |said| said.on);
        line.runs(today) && today.days_since(since) > ASKED_AFTER
    };
    let all = [
        (PackageHint::FewAlternatives, weighed < ALTERNATIVES),
        (PackageHint::NothingOwn, !taken.iter().any(|line| line.source.layer() == Layer::Own)),
        (PackageHint::OnlyProfessional, !taken.is_empty() && !taken.iter().any(|line| line.source.informal())),
        (PackageHint::UseUnknown, taken.iter().any(silent)),
    ];
    all.into_iter().filter(|(_, missing)| *missing).map(|(hint, _)| hint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn line(source: HelpSource, used: Option<Really>) -> PackageLine {
        let used = used.map(|used| UseSaid { used, on: day("2026-11-01") });
        PackageLine { source, weighing: Weighing::Taken, from: day("2026-10-01"), until: None, used }
    }

    #[test]
    fn only_what_was_really_used_counts() {
        let lines = [
            line(HelpSource::OwnStep, Some(Really::Yes)),
            line(HelpSource::Relative, Some(Really::Partly)),
            line(HelpSource::Volunteer, Some(Really::No)),
            line(HelpSource::Offer, None),
            line(HelpSource::Paid, Some(Really::Yes)),
            PackageLine { weighing: Weighing::Weighed, ..line(HelpSource::Neighbour, Some(Really::Yes)) },
        ];
        assert_eq!(really_used(&lines), Share { informal: 2, all: 3 });
        assert_eq!(really_used(&[]), Share::default());
    }

    #[test]
    fn the_order_is_own_then_near_then_quarter_then_paid() {
        let layers: Vec<&str> = HelpSource::ALL.iter().map(|source| source.layer().code()).collect();
        let order: Vec<&str> = Layer::ALL.iter().map(|layer| layer.code()).collect();
        let mut seen = layers.clone();
        seen.dedup();
        assert_eq!(seen, order, "sources stand in the order of their layers");
        assert!(HelpSource::ALL.iter().all(|source| source.informal() == (source.layer() != Layer::Professional)));
    }

    #[test]
    fn hints_say_what_a_package_may_lack() {
        let check = |lines: &[PackageLine], elsewhere, today: &str, expected: &[PackageHint]| {
            assert_eq!(hints(lines, elsewhere, day(today)), expected);
        };
        let weighed = PackageLine { weighing: Weighing::Weighed, ..line(HelpSource::Offer, None) };
        check(&[], 0, "2026-11-20", &[]);
        check(&[line(HelpSource::OwnStep, None), weighed, weighed], 0, "2026-11-20", &[]);
        check(&[line(HelpSource::OwnStep, None), weighed], 1, "2026-11-20", &[]);
        check(&[line(HelpSource::OwnStep, None), weighed], 0, "2026-11-20", &[PackageHint::FewAlternatives]);
        let paid = [line(HelpSource::Paid, None), weighed, weighed];
        check(&paid, 0, "2026-11-20", &[PackageHint::NothingOwn, PackageHint::OnlyProfessional]);
        let asked = [line(HelpSource::OwnStep, None), weighed, weighed];
        check(&asked, 0, "2026-12-30", &[]);
        check(&asked, 0, "2026-12-31", &[PackageHint::UseUnknown]);
        check(&[line(HelpSource::OwnStep, Some(Really::No)), weighed, weighed], 0, "2026-12-31", &[]);
    }

    #[test]
    fn use_is_told_between_begin_and_today() {
        let check = |said: &str, weighing, expected: Result<(), Refusal>| {
            let new = NewUse { used: Really::Yes, said_on: day(said), rater: Rater::Family, words: None };
            assert_eq!(note_use(&new, weighing, day("2026-10-01"), day("2026-11-20")), expected, "{said}");
        };
        check("2026-10-01", Weighing::Taken, Ok(()));
        check("2026-11-20", Weighing::Taken, Ok(()));
        check("2026-11-21", Weighing::Taken, Err(USED_IN_FUTURE.broken_at("said_on")));
        check("2026-09-30", Weighing::Taken, Err(USED_BEFORE_BEGIN.broken_at("said_on")));
        check("2026-11-01", Weighing::Weighed, Err(HELP_NOT_TAKEN.broken_at("help")));
    }

    #[test]
    fn what_was_weighed_has_a_reason() {
        let help = |weighing, why: &str| NewHelp {
            source: HelpSource::Offer,
            weighing,
            who: Line::parse("Malgruppe").unwrap(),
            what: Line::parse("Malen").unwrap(),
            extent: None,
            period: Period::new(day("2026-10-01"), None).unwrap(),
            why: Note::optional(why).unwrap(),
        };
        assert!(help(Weighing::Taken, "").check().is_ok() && help(Weighing::Weighed, "Zu weit.").check().is_ok());
        assert_eq!(help(Weighing::Weighed, "").check(), Err(WEIGHED_WHY_MISSING.broken_at("why")));
    }
}
