// SPDX-License-Identifier: EUPL-1.2
//! The form of a decision: what was typed becomes a draft, with every mistake at its field.

use crate::kit::FormData;
use crate::kit::parse::{CHOICE_MISSING, Parser};
use domain::casework::{
    Attendance, DecisionDraft, Extent, ExtentUnit, HelpKind, Occasion, PlanDetails, PlanPart, Presence,
    REASONS_MISSING, read_cadence,
};
use domain::kernel::{Note, Period, Refusal, Refusals};

/// Help is granted.
pub const GRANTED: &str = "granted";
/// Help is refused.
pub const REFUSED: &str = "refused";

/// The worker has seen what is missing: the second button was pressed, or a reason stands there.
#[must_use]
pub fn knows_the_gaps(form: &FormData) -> bool {
    !form.value("despite").is_empty() || !form.value("gaps_reason").trim().is_empty()
}

/// The draft of a decision. Only what can be misread is refused here; what is missing is a gap.
///
/// # Errors
/// All mistakes of the form.
pub fn parse_decision(form: &FormData) -> Result<DecisionDraft, Refusals> {
    let mut read = Parser::new(form);
    let granted = read.code("granted", |text| match text {
        GRANTED => Some(true),
        REFUSED => Some(false),
        _ => None,
    });
    let kind = read.code("kind", HelpKind::from_code);
    let (from, until) = (read.day("from"), read.maybe_day("until"));
    let period = from.zip(until).and_then(|(from, until)| read.with("until", |_| Period::new(from, until)));
    let reasons = read.with("reasons", |text| Note::optional(text)?.ok_or(REASONS_MISSING.broken()));
    let (professionals, alternatives) = (read.lines("professionals"), read.lines("alternatives"));
    let (rights_told_on, review_on) = (read.maybe_day("rights_told_on"), read.day("review_on"));
    let (details, gaps_reason) = (details(&mut read, form), read.maybe_note("gaps_reason"));
    let application = read.maybe_id("application");
    let value = (|| {
        Some(DecisionDraft {
            granted: granted?,
            kind: kind?,
            period: period?,
            reasons: Some(reasons?),
            professionals: professionals?,
            alternatives: alternatives?,
            rights_told_on: rights_told_on?,
            review_on: review_on?,
            details: details?,
            gaps_reason: gaps_reason?,
            occasion: Occasion { application: application?, burdens: false },
        })
    })();
    read.finish(value)
}

fn details(read: &mut Parser<'_>, form: &FormData) -> Option<PlanDetails> {
    let services = read.maybe_note("services");
    let unit = read.maybe("extent_unit", |code| ExtentUnit::from_code(code).ok_or(CHOICE_MISSING.broken()));
    let extent = unit.and_then(|unit| read.with("extent", |_| Extent::read(form.value("extent"), unit)));
    let lists = [("present", Presence::Present), ("absent", Presence::Absent), ("not_invited", Presence::NotInvited)];
    let lists = lists.map(|(field, presence)| read.with(field, |text| people(text, presence)));
    let parts: Vec<_> = PlanPart::ALL.iter().map(|part| (*part, read.maybe_note(part.field()))).collect();
    let review_months = read.maybe("review_months", read_cadence)?;
    let mut details = PlanDetails { services: services?, extent: extent?, review_months, ..PlanDetails::default() };
    for list in lists {
        details.attendance.extend(list?);
    }
    for (part, words) in parts {
        details.parts.extend(words?.map(|words| (part, words)));
    }
    Some(details)
}

/// One person a line.
pub(super) fn people(text: &str, presence: Presence) -> Result<Vec<Attendance>, Refusal> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Attendance::read(line, presence)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> FormData {
        FormData::of(pairs)
    }

    const LEAST: [(&str, &str); 5] = [
        ("granted", REFUSED),
        ("kind", "27-2"),
        ("from", "2026-12-01"),
        ("reasons", "Weil es anders geht."),
        ("review_on", "01.03.2027"),
    ];

    #[test]
    fn an_empty_form_names_what_the_act_cannot_do_without() {
        let wrong = parse_decision(&form(&[])).unwrap_err();
        let fields: Vec<_> = wrong.list().iter().map(|refusal| refusal.field).collect();
        assert_eq!(fields, ["granted", "kind", "from", "reasons", "review_on"]);
    }

    #[test]
    fn a_reversed_period_is_said_at_its_end() {
        let typed = [("granted", GRANTED), ("kind", "31"), ("from", "2026-12-01"), ("until", "2026-11-01")];
        let wrong = parse_decision(&form(&[&typed[..], &[("review_on", "2027-03-01")]].concat())).unwrap_err();
        assert_eq!(wrong.list()[0].field, "until");
    }

    #[test]
    fn one_person_a_line_with_the_reason_behind_a_colon() {
        let typed = [
            ("professionals", "Mira Albers\r\n\r\nTim Roth\r\n"),
            ("present", "Ayşe Demir, Mutter\nLeyla"),
            ("absent", "Jan Krämer, Vater: Schicht"),
            ("not_invited", "Schule: auf Wunsch von Leyla"),
            ("extent", "7,5"),
            ("extent_unit", "hours-a-week"),
            ("siblings", "Can, 4 Jahre"),
        ];
        let draft = parse_decision(&form(&[&LEAST[..], &typed[..]].concat())).unwrap();
        assert!(!draft.granted);
        assert_eq!((draft.professionals.len(), draft.details.attendance.len()), (2, 4));
        assert_eq!(draft.details.attendance[2].why.as_ref().unwrap().as_str(), "Schicht");
        assert_eq!(draft.details.extent.unwrap().hundredths(), 750);
        assert!(draft.details.has(PlanPart::Siblings) && !draft.details.has(PlanPart::Perspective));
    }

    #[test]
    fn half_an_extent_is_said_at_its_field() {
        let wrong = parse_decision(&form(&[&LEAST[..], &[("extent", "8")]].concat())).unwrap_err();
        assert_eq!((wrong.list()[0].field, wrong.list()[0].rule.code()), ("extent", "extent.half"));
    }

    #[test]
    fn only_a_second_press_or_a_reason_passes_the_warning() {
        assert!(!knows_the_gaps(&form(&LEAST)));
        assert!(!knows_the_gaps(&form(&[("gaps_reason", "  ")])));
        assert!(knows_the_gaps(&form(&[("despite", "1")])));
        assert!(knows_the_gaps(&form(&[("gaps_reason", "Eilt.")])));
    }
}
