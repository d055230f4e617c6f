// SPDX-License-Identifier: EUPL-1.2
//! What a help plan says beside kind and period: services with their extent, who took part, what each side
//! holds, siblings, perspective (§ 36(2), (3), (5), § 37c SGB VIII).

use crate::access::codes;
use crate::kernel::{Line, Note, Refusal, Rule};

/// An extent that is not a number above zero.
pub const EXTENT_UNREADABLE: Rule = Rule::new("extent.unreadable", "§ 36(2) Satz 2 SGB VIII");
/// A number without its unit, or a unit without a number.
pub const EXTENT_HALF: Rule = Rule::new("extent.half", "§ 36(2) Satz 2 SGB VIII");
/// More than the span of time has.
pub const EXTENT_TOO_MUCH: Rule = Rule::new("extent.too_much", "Plausibilität");

codes! {
    /// What an extent counts.
    #[doc(alias = "Einheit des Umfangs")]
    ExtentUnit {
        /// Hours a week.
        HoursAWeek = "hours-a-week",
        /// Hours a month.
        HoursAMonth = "hours-a-month",
        /// Days a week.
        DaysAWeek = "days-a-week",
        /// Hours over the whole period.
        HoursInAll = "hours-in-all",
    }
}

impl ExtentUnit {
    /// The most that can be, in hundredths: a week has 168 hours, a month at most 744, ten years 87,672.
    const fn most(self) -> i64 {
        match self {
            Self::HoursAWeek => 16_800,
            Self::HoursAMonth => 74_400,
            Self::DaysAWeek => 700,
            Self::HoursInAll => 8_767_200,
        }
    }
}

/// How much of a service: hundredths of a unit, so that 7.5 hours need no float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Umfang der Leistung")]
pub struct Extent {
    hundredths: i64,
    unit: ExtentUnit,
}

impl Extent {
    /// From hundredths of a unit.
    ///
    /// # Errors
    /// [`EXTENT_UNREADABLE`] for nothing or less, [`EXTENT_TOO_MUCH`].
    pub fn new(hundredths: i64, unit: ExtentUnit) -> Result<Self, Refusal> {
        if hundredths <= 0 {
            return Err(EXTENT_UNREADABLE.broken());
        }
        if hundredths > unit.most() { Err(EXTENT_TOO_MUCH.broken()) } else { Ok(Self { hundredths, unit }) }
    }

    /// From `8`, `7,5` or `7.25` as typed.
    ///
    /// # Errors
    /// [`EXTENT_UNREADABLE`], [`EXTENT_TOO_MUCH`].
    pub fn parse(amount: &str, unit: ExtentUnit) -> Result<Self, Refusal> {
        let text = amount.trim().replace(',', ".");
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |text: &str| text.chars().all(|sign| sign.is_ascii_digit());
        if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !digits(whole) || !digits(part) {
            return Err(EXTENT_UNREADABLE.broken());
        }
        let hundredths = format!("{whole}{part:0<2}").parse().or(Err(EXTENT_UNREADABLE.broken()))?;
        Self::new(hundredths, unit)
    }

    /// Number and unit as typed; nothing if both are blank.
    ///
    /// # Errors
    /// [`EXTENT_HALF`] for one without the other, and those of [`Extent::parse`].
    pub fn read(amount: &str, unit: Option<ExtentUnit>) -> Result<Option<Self>, Refusal> {
        match (amount.trim().is_empty(), unit) {
            (true, None) => Ok(None),
            (false, Some(unit)) => Self::parse(amount, unit).map(Some),
            _ => Err(EXTENT_HALF.broken()),
        }
    }

    /// Hundredths of the unit.
    #[must_use]
    pub fn hundredths(self) -> i64 {
        self.hundredths
    }

    /// What is counted.
    #[must_use]
    pub fn unit(self) -> ExtentUnit {
        self.unit
    }

    /// `8`, `7,5`, `7,25`.
    #[must_use]
    pub fn german(self) -> String {
        let (whole, part) = (self.hundredths / 100, self.hundredths % 100);
        match part {
            0 => whole.to_string(),
            tenths if tenths % 10 == 0 => format!("{whole},{}", tenths / 10),
            part => format!("{whole},{part:02}"),
        }
    }
}

codes! {
    /// How somebody took part in the talk about the plan.
    #[doc(alias = "Teilnahme am Hilfeplangespräch")]
    Presence {
        /// Was there.
        Present = "present",
        /// Was invited and did not come.
        Absent = "absent",
        /// Was not invited.
        NotInvited = "not-invited",
    }
}

/// Somebody at the talk about the plan, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Beteiligte am Hilfeplangespräch")]
pub struct Attendance {
    /// Who, with what they are.
    pub name: Line,
    /// How.
    pub presence: Presence,
    /// Why they were not there; `None` for those who were, or when nobody wrote it down.
    pub why: Option<Line>,
}

impl Attendance {
    /// `Name` or, for those who were not there, `Name: Grund`, as typed on one line.
    ///
    /// # Errors
    /// Those of [`Line::parse`].
    pub fn read(line: &str, presence: Presence) -> Result<Self, Refusal> {
        let (name, why) = match line.split_once(':') {
            Some((name, why)) if presence != Presence::Present => (name, why),
            _ => (line, ""),
        };
        Ok(Self { name: Line::parse(name)?, presence, why: Line::optional(why)? })
    }
}

codes! {
    /// A part of the plan with a title of its own.
    #[doc(alias = "Abschnitt des Hilfeplans")]
    PlanPart {
        /// How the child or young person was heard (§§ 8, 36).
        ChildHeard = "child-heard",
        /// What the child or young person holds.
        ViewChild = "view-child",
        /// What the parents hold.
        ViewParents = "view-parents",
        /// What the office holds.
        ViewOffice = "view-office",
        /// What the agency that carries the help out holds (§ 36(3)).
        ViewAgency = "view-agency",
        /// Siblings and their relations (§ 36(2) Satz 3).
        Siblings = "siblings",
        /// Whether and how a parent without custody takes part, and why so (§ 36(5)).
        OtherParent = "other-parent",
        /// Return or a lasting home: how far it is cleared (§ 37c(1), (2)).
        Perspective = "perspective",
        /// Whether adoption was considered (§ 37c(2)).
        Adoption = "adoption",
        /// Cooperation of parents with those who care, and the support of both (§ 37c(4)).
        Cooperation = "cooperation",
        /// The benefits of § 39, in words and number (§ 37c(4)).
        Maintenance = "maintenance",
        /// How the child is protected there, and to whom it can complain (§ 37b(1), (2)).
        Guard = "guard",
        /// How the family was heard before help is refused or made less (§ 24(1) SGB X).
        Hearing = "hearing",
        /// Period and extent of after-care (§ 41a(2)).
        Aftercare = "aftercare",
    }
}

impl PlanPart {
    /// The parts that a help outside the own family needs besides (§§ 37b, 37c SGB VIII).
    pub const OUTSIDE_HOME: [Self; 5] =
        [Self::Perspective, Self::Adoption, Self::Cooperation, Self::Maintenance, Self::Guard];

    /// The name of the field in forms and in the API.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::ChildHeard => "child_heard",
            Self::ViewChild => "view_child",
            Self::ViewParents => "view_parents",
            Self::ViewOffice => "view_office",
            Self::ViewAgency => "view_agency",
            Self::Siblings => "siblings",
            Self::OtherParent => "other_parent",
            Self::Perspective => "perspective",
            Self::Adoption => "adoption",
            Self::Cooperation => "cooperation",
            Self::Maintenance => "maintenance",
            Self::Guard => "guard",
            Self::Hearing => "hearing",
            Self::Aftercare => "aftercare",
        }
    }
}

/// What the plan says beside kind and period. All of it may be missing: a gap is a warning, never a barrier.
#[derive(Debug, Clone, Default, PartialEq)]
#[doc(alias = "Inhalt des Hilfeplans")]
pub struct PlanDetails {
    /// The necessary services, in words.
    pub services: Option<Note>,
    /// Their extent, as a number.
    pub extent: Option<Extent>,
    /// Who took part, and who did not.
    pub attendance: Vec<Attendance>,
    /// Every how many months this help wants to be looked at; none where the rule of the office is enough.
    pub review_months: Option<i32>,
    /// Parts with a title of their own, each at most once.
    pub parts: Vec<(PlanPart, Note)>,
}

impl PlanDetails {
    /// Is there something under this title?
    #[must_use]
    pub fn has(&self, part: PlanPart) -> bool {
        self.parts.iter().any(|(known, _)| *known == part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extent_is_a_number_with_a_unit() {
        let check = |text: &str, unit, expected: Result<&str, &str>| {
            let read = Extent::read(text, unit).map(|extent| extent.map_or(String::new(), Extent::german));
            assert_eq!(read.map_err(|refusal| refusal.rule.code()), expected.map(str::to_owned), "{text}");
        };
        let week = Some(ExtentUnit::HoursAWeek);
        check("8", week, Ok("8"));
        check(" 7,5 ", week, Ok("7,5"));
        check("7.25", week, Ok("7,25"));
        check("0,05", week, Ok("0,05"));
        check("168", week, Ok("168"));
        check("168,01", week, Err("extent.too_much"));
        check("7,01", Some(ExtentUnit::DaysAWeek), Err("extent.too_much"));
        check("", None, Ok(""));
        check("8", None, Err("extent.half"));
        check("", week, Err("extent.half"));
        for text in ["0", "0,00", "-3", "acht", "1.000,5", "8,", "1e3", "٣", "9999999"] {
            let expected = if text == "8," { Ok("8") } else { Err("extent.unreadable") };
            check(text, week, expected);
        }
    }

    #[test]
    fn a_line_names_who_was_missing_and_why() {
        let absent = Attendance::read("Jan Krämer, Vater: Schicht, rief vorher an", Presence::Absent).unwrap();
        assert_eq!(absent.name.as_str(), "Jan Krämer, Vater");
        assert_eq!(absent.why.unwrap().as_str(), "Schicht, rief vorher an");
        let there = Attendance::read("Schule: Frau Behrens", Presence::Present).unwrap();
        assert_eq!((there.name.as_str(), there.why), ("Schule: Frau Behrens", None));
        assert!(Attendance::read(": kein Name", Presence::Absent).is_err());
    }

    #[test]
    fn every_part_has_a_field_of_its_own() {
        let mut fields: Vec<_> = PlanPart::ALL.iter().map(|part| part.field()).collect();
        fields.dedup();
        assert_eq!(fields.len(), PlanPart::ALL.len());
        assert!(PlanPart::ALL.iter().all(|part| part.code().replace('-', "_") == part.field()));
    }
}
