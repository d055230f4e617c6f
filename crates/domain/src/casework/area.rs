// SPDX-License-Identifier: EUPL-1.2
//! The area of a case: service, clarification, danger. Each change has its facts and its reading apart; clarification
//! has questions and a date; nobody leaves the area of danger alone.

use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// A change of area tomorrow.
pub const AREA_IN_FUTURE: Rule = Rule::new("area.in_the_future", "Aktenwahrheit");
/// An area that holds already.
pub const AREA_UNCHANGED: Rule = Rule::new("area.unchanged", "Aktenwahrheit");
/// Clarification without a question.
pub const QUESTION_MISSING: Rule = Rule::new("area.question_missing", "Klärungsauftrag: Fragen und Termin");
/// Clarification without a date.
pub const DUE_MISSING: Rule = Rule::new("area.due_missing", "Klärungsauftrag: Fragen und Termin");
/// To be clear yesterday.
pub const DUE_IN_PAST: Rule = Rule::new("area.due_in_past", "Kalender");
/// One person says that danger is over.
pub const SEVERAL_NEEDED: Rule = Rule::new("area.several_needed", "§ 8a(1) SGB VIII: mehrere Fachkräfte");
/// A condition where the family works by its own will.
pub const CONDITION_WITHOUT_GROUND: Rule = Rule::new("condition.without_ground", "§ 8a, § 1666 BGB; Fachkonzept");
/// Looked at before it was set, or tomorrow.
pub const CHECKED_IN_FUTURE: Rule = Rule::new("condition.checked_in_future", "Aktenwahrheit");
/// To be looked at before it is set.
pub const CHECK_BEFORE_SET: Rule = Rule::new("condition.check_before_set", "Kalender");
/// Lifted already.
pub const LIFTED_ALREADY: Rule = Rule::new("condition.lifted_already", "Aktenwahrheit");

/// "Mehrere Fachkräfte": at least two.
const SEVERAL: usize = 2;

codes! {
    /// Where a case stands between will and protection.
    #[doc(alias = "Leistungsbereich")]
    #[doc(alias = "Klärungsbereich")]
    #[doc(alias = "Gefährdungsbereich")]
    Area {
        /// The family wants something; its will is the base.
        Service = "service",
        /// Signs that are not enough: what must be clear by when.
        Clarification = "clarification",
        /// Weighty signs or a court's order: the office says what must be assured.
        Danger = "danger",
    }
}

/// A change of area.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Bereichsklärung")]
pub struct NewArea {
    /// To which.
    pub area: Area,
    /// From.
    pub since: Day,
    /// What was seen and heard.
    pub facts: Note,
    /// How the professionals read it; apart from the facts.
    pub reading: Option<Note>,
    /// Who looked at it together.
    pub professionals: Vec<Line>,
    /// What must become clear.
    pub questions: Vec<Line>,
    /// By when.
    pub due_on: Option<Day>,
}

/// Decides on a change of area.
///
/// # Errors
/// [`AREA_IN_FUTURE`], [`AREA_UNCHANGED`], [`SEVERAL_NEEDED`], [`QUESTION_MISSING`], [`DUE_MISSING`], [`DUE_IN_PAST`].
pub fn change_area(now: Option<Area>, new: &NewArea, today: Day) -> Result<(), Refusal> {
    if new.since > today {
        return Err(AREA_IN_FUTURE.broken_at("since"));
    }
    if now == Some(new.area) && new.area != Area::Clarification {
        return Err(AREA_UNCHANGED.broken_at("area"));
    }
    // Into danger anybody goes at once and alone; out of it nobody does.
    if now == Some(Area::Danger) && new.professionals.len() < SEVERAL {
        return Err(SEVERAL_NEEDED.broken_at("professionals"));
    }
    if new.area != Area::Clarification {
        return Ok(());
    }
    if new.questions.is_empty() {
        return Err(QUESTION_MISSING.broken_at("questions"));
    }
    match new.due_on {
        None => Err(DUE_MISSING.broken_at("due_on")),
        Some(due) if due < today => Err(DUE_IN_PAST.broken_at("due_on")),
        Some(_) => Ok(()),
    }
}

codes! {
    /// Who demands a condition.
    #[doc(alias = "Grundlage der Auflage")]
    ConditionGround {
        /// The office, in the area of danger.
        Office = "office",
        /// A court (§ 1666(3) BGB).
        Court = "court",
    }
}

/// A condition: what must be assured, and by what one sees it.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Auflage")]
pub struct NewCondition {
    /// What must be assured.
    pub words: Note,
    /// By what one sees it.
    pub evidence: Line,
    /// Who demands it.
    pub ground: ConditionGround,
    /// Since.
    pub set_on: Day,
    /// When somebody looks.
    pub check_on: Day,
}

/// Decides on a condition. In the other areas a family works by its own will; there a court alone can demand.
///
/// # Errors
/// [`CONDITION_WITHOUT_GROUND`], [`CHECKED_IN_FUTURE`], [`CHECK_BEFORE_SET`].
pub fn set_condition(area: Option<Area>, new: &NewCondition, today: Day) -> Result<(), Refusal> {
    if new.ground == ConditionGround::Office && area != Some(Area::Danger) {
        return Err(CONDITION_WITHOUT_GROUND.broken_at("ground"));
    }
    if new.set_on > today {
        return Err(CHECKED_IN_FUTURE.broken_at("set_on"));
    }
    if new.check_on < new.set_on { Err(CHECK_BEFORE_SET.broken_at("check_on")) } else { Ok(()) }
}

codes! {
    /// Was a condition met? By evidence; a goal has other words.
    #[doc(alias = "Erfüllung der Auflage")]
    ConditionResult {
        /// Met.
        Met = "met",
        /// In part.
        Partly = "partly",
        /// Not met.
        NotMet = "not-met",
    }
}

/// Somebody looked whether a condition is met.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Überprüfung der Auflage")]
pub struct NewCheck {
    /// Was it?
    pub result: ConditionResult,
    /// What was seen.
    pub seen: Note,
    /// When.
    pub checked_on: Day,
    /// When somebody looks again.
    pub next_on: Option<Day>,
}

/// Decides on a look at a condition.
///
/// # Errors
/// [`LIFTED_ALREADY`], [`CHECKED_IN_FUTURE`], [`CHECK_BEFORE_SET`].
pub fn check_condition(set_on: Day, lifted: bool, new: &NewCheck, today: Day) -> Result<(), Refusal> {
    if lifted {
        return Err(LIFTED_ALREADY.broken());
    }
    if new.checked_on > today || new.checked_on < set_on {
        return Err(CHECKED_IN_FUTURE.broken_at("checked_on"));
    }
    if new.next_on.is_some_and(|next| next < new.checked_on) {
        return Err(CHECK_BEFORE_SET.broken_at("next_on"));
    }
    Ok(())
}

/// Does a case keep the mark of danger? It does as long as a procedure of protection is open, whatever its area, and
/// while it stands in the area of danger; a case whose area nobody recorded keeps what its report said.
#[must_use]
pub fn keeps_danger_mark(area: Option<Area>, procedure_is_open: bool) -> bool {
    procedure_is_open || area.is_none_or(|area| area == Area::Danger)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn new(area: Area) -> NewArea {
        NewArea {
            area,
            since: day("2026-11-20"),
            facts: Note::parse("Dreimal am Abend allein gesehen.").unwrap(),
            reading: None,
            professionals: Vec::new(),
            questions: Vec::new(),
            due_on: None,
        }
    }

    fn check(now: Option<Area>, new: &NewArea, expected: Result<(), Refusal>) {
        assert_eq!(change_area(now, new, day("2026-11-20")), expected);
    }

    #[test]
    fn into_danger_one_goes_at_once_and_out_of_it_not_alone() {
        check(None, &new(Area::Danger), Ok(()));
        check(Some(Area::Danger), &new(Area::Service), Err(SEVERAL_NEEDED.broken_at("professionals")));
        let two = vec![Line::parse("A").unwrap(), Line::parse("B").unwrap()];
        check(Some(Area::Danger), &NewArea { professionals: two, ..new(Area::Service) }, Ok(()));
        check(Some(Area::Service), &new(Area::Service), Err(AREA_UNCHANGED.broken_at("area")));
        let early = NewArea { since: day("2026-11-21"), ..new(Area::Danger) };
        check(None, &early, Err(AREA_IN_FUTURE.broken_at("since")));
    }

    #[test]
    fn clarification_has_questions_and_a_date() {
        check(None, &new(Area::Clarification), Err(QUESTION_MISSING.broken_at("questions")));
        let asked = NewArea { questions: vec![Line::parse("Wer ist abends da?").unwrap()], ..new(Area::Clarification) };
        check(None, &asked, Err(DUE_MISSING.broken_at("due_on")));
        check(
            None,
            &NewArea { due_on: Some(day("2026-11-19")), ..asked.clone() },
            Err(DUE_IN_PAST.broken_at("due_on")),
        );
        check(Some(Area::Clarification), &NewArea { due_on: Some(day("2026-12-11")), ..asked }, Ok(()));
    }

    #[test]
    fn conditions_need_danger_or_a_court_and_are_met_by_evidence() {
        let condition = |ground| NewCondition {
            words: Note::parse("Leyla ist abends nicht allein.").unwrap(),
            evidence: Line::parse("Besuch um 19 Uhr").unwrap(),
            ground,
            set_on: day("2026-11-20"),
            check_on: day("2026-11-27"),
        };
        let set = |area, new: &NewCondition| set_condition(area, new, day("2026-11-20"));
        let office = condition(ConditionGround::Office);
        for area in [None, Some(Area::Service), Some(Area::Clarification)] {
            assert_eq!(set(area, &office), Err(CONDITION_WITHOUT_GROUND.broken_at("ground")));
            assert_eq!(set(area, &condition(ConditionGround::Court)), Ok(()));
        }
        assert_eq!(set(Some(Area::Danger), &office), Ok(()));
        let late = NewCondition { check_on: day("2026-11-19"), ..office };
        assert_eq!(set(Some(Area::Danger), &late), Err(CHECK_BEFORE_SET.broken_at("check_on")));
        let look = NewCheck {
            result: ConditionResult::Met,
            seen: Note::parse("Tante war da.").unwrap(),
            checked_on: day("2026-11-27"),
            next_on: None,
        };
        assert_eq!(check_condition(day("2026-11-20"), false, &look, day("2026-11-27")), Ok(()));
        assert_eq!(check_condition(day("2026-11-20"), true, &look, day("2026-11-27")), Err(LIFTED_ALREADY.broken()));
        assert!(check_condition(day("2026-11-20"), false, &look, day("2026-11-26")).is_err());
    }

    #[test]
    fn an_open_procedure_keeps_the_mark() {
        for area in [None, Some(Area::Service), Some(Area::Clarification), Some(Area::Danger)] {
            assert!(keeps_danger_mark(area, true));
        }
        assert!(keeps_danger_mark(Some(Area::Danger), false) && keeps_danger_mark(None, false));
        assert!(!keeps_danger_mark(Some(Area::Service), false) && !keeps_danger_mark(Some(Area::Clarification), false));
    }
}
