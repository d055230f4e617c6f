// SPDX-License-Identifier: EUPL-1.2
//! The intake board: Neu, Ersteinschätzung, Klärung, Entscheidung. People move every report; nothing is moved, closed
//! or rated by itself (N6), and one with signs of danger is never without somebody who answers for it.

use super::intake::Danger;
use crate::access::{HouseRule, codes};
use crate::kernel::{Moment, Note, Refusal, Rule, UserId};

/// Signs of danger wait for nobody.
pub const DANGER_IS_AT_ONCE: Rule = Rule::new("board.danger_is_at_once", "§ 8a(1) SGB VIII");
/// Nobody answers for it.
pub const OWNER_MISSING: Rule = Rule::new("board.owner_missing", "§ 8a SGB VIII: keine Meldung ohne Zuständige");
/// Going back, closing and calling something less urgent are explained.
pub const WHY_MISSING: Rule = Rule::new("board.why_missing", "Aktenwahrheit");
/// Only what was decided is closed.
pub const NOT_DECIDED: Rule = Rule::new("board.not_decided", "Dienstanweisung Falleingang");
/// A report that was closed stays closed; what is new is a new report.
pub const CLOSED_FOR_GOOD: Rule = Rule::new("board.closed_for_good", "Aktenwahrheit");
/// Closing says what became of it.
pub const OUTCOME_MISSING: Rule = Rule::new("board.outcome_missing", "Aktenwahrheit");
/// Signs of danger end in a case, whatever is found there.
pub const DANGER_NEEDS_CASE: Rule = Rule::new("board.danger_needs_case", "§ 8a(1) SGB VIII");

codes! {
    /// A column of the board.
    #[doc(alias = "Spalte der Eingangstafel")]
    Step {
        /// Neu.
        New = "new",
        /// Ersteinschätzung.
        Assessment = "assessment",
        /// Klärung.
        Clarification = "clarification",
        /// Entscheidung.
        Decision = "decision",
        /// No longer on the board.
        Closed = "closed",
    }
}

impl Step {
    /// The columns that are shown.
    pub const OPEN: [Self; 4] = [Self::New, Self::Assessment, Self::Clarification, Self::Decision];
}

codes! {
    /// How soon somebody looks at it; the order is that of the board. A human answer (N6).
    #[doc(alias = "Dringlichkeit")]
    Urgency {
        /// At once.
        AtOnce = "at-once",
        /// Today.
        Today = "today",
        /// This week.
        Week = "week",
        /// In its turn.
        Normal = "normal",
    }
}

impl Urgency {
    /// What a report begins with.
    #[must_use]
    pub const fn at_intake(danger: Danger) -> Self {
        match danger {
            Danger::SignsOrUnsure => Self::AtOnce,
            Danger::NoSigns => Self::Normal,
        }
    }

    /// By which rule of the house it is looked at: the office's own target, never a period of law.
    #[must_use]
    pub const fn target(self) -> HouseRule {
        match self {
            Self::AtOnce => HouseRule::BoardAtOnceHours,
            Self::Today => HouseRule::BoardTodayHours,
            Self::Week => HouseRule::BoardWeekHours,
            Self::Normal => HouseRule::BoardNormalHours,
        }
    }
}

codes! {
    /// What became of a report.
    #[doc(alias = "Ergebnis des Falleingangs")]
    Outcome {
        /// A case was opened or goes on.
        Case = "case",
        /// Counselled (§§ 10a, 16 to 18 SGB VIII).
        Counselled = "counselled",
        /// Handed on to who is competent.
        HandedOn = "handed-on",
        /// Nothing was needed.
        NothingNeeded = "nothing-needed",
    }
}

/// A report on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Meldung auf der Eingangstafel")]
pub struct OnBoard {
    /// In which column.
    pub step: Step,
    /// How soon.
    pub urgency: Urgency,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Signs of danger.
    pub danger: Danger,
    /// A case stands.
    pub has_case: bool,
    /// In this column since.
    pub since: Moment,
}

/// What somebody wants to do with a report.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Schritt auf der Eingangstafel")]
pub struct NewMove {
    /// To which column.
    pub step: Step,
    /// How soon.
    pub urgency: Urgency,
    /// Who answers for it; nobody named is the one who answered before, else the mover.
    pub owner: Option<UserId>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Why.
    pub why: Option<Note>,
}

/// Decides on a move; answers who owns the report then.
///
/// # Errors
/// [`CLOSED_FOR_GOOD`], [`DANGER_IS_AT_ONCE`], [`WHY_MISSING`], [`NOT_DECIDED`], [`OUTCOME_MISSING`],
/// [`DANGER_NEEDS_CASE`].
pub fn move_report(now: &OnBoard, new: &NewMove, mover: UserId) -> Result<Option<UserId>, Refusal> {
    if now.step == Step::Closed {
        return Err(CLOSED_FOR_GOOD.broken());
    }
    if now.danger == Danger::SignsOrUnsure && new.urgency != Urgency::AtOnce {
        return Err(DANGER_IS_AT_ONCE.broken_at("urgency"));
    }
    let explained = new.why.is_some();
    if (new.step < now.step || new.urgency > now.urgency) && !explained {
        return Err(WHY_MISSING.broken_at("why"));
    }
    if new.step == Step::Closed {
        close(now, new)?;
    }
    let owner = new.owner.or(now.owner);
    Ok(if new.step == Step::New && now.danger == Danger::NoSigns { owner } else { owner.or(Some(mover)) })
}

fn close(now: &OnBoard, new: &NewMove) -> Result<(), Refusal> {
    if now.step != Step::Decision {
        return Err(NOT_DECIDED.broken_at("step"));
    }
    let Some(outcome) = new.outcome else { return Err(OUTCOME_MISSING.broken_at("outcome")) };
    if now.danger == Danger::SignsOrUnsure && outcome != Outcome::Case || outcome == Outcome::Case && !now.has_case {
        return Err(DANGER_NEEDS_CASE.broken_at("outcome"));
    }
    if new.why.is_none() { Err(WHY_MISSING.broken_at("why")) } else { Ok(()) }
}

codes! {
    /// Why a report is called out to those who lead.
    #[doc(alias = "Eskalation")]
    Escalation {
        /// Who answered for it holds no post in the team any more.
        Orphaned = "orphaned",
        /// Nobody answers for it yet and the office's own target passed.
        Unowned = "unowned",
        /// It stays in its column longer than the office set for itself.
        Overdue = "overdue",
    }
}

/// Is a report to be called out? A comparison of two moments, no rating.
#[must_use]
pub fn escalation(now: &OnBoard, owner_works_here: bool, target_hours: i64, at: Moment) -> Option<Escalation> {
    if now.step == Step::Closed {
        return None;
    }
    if now.owner.is_some() && !owner_works_here {
        return Some(Escalation::Orphaned);
    }
    let late = at.0 > now.since.plus_minutes(target_hours * 60).0;
    match now.owner {
        _ if !late => None,
        None => Some(Escalation::Unowned),
        Some(_) => Some(Escalation::Overdue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const AT: Moment = Moment(1_800_000_000_000);

    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    fn calm() -> OnBoard {
        let (step, urgency, danger) = (Step::New, Urgency::Normal, Danger::NoSigns);
        OnBoard { step, urgency, owner: None, danger, has_case: false, since: AT }
    }

    fn alarm() -> OnBoard {
        let danger = Danger::SignsOrUnsure;
        OnBoard { urgency: Urgency::AtOnce, owner: Some(user(1)), danger, has_case: true, ..calm() }
    }

    fn to(step: Step, urgency: Urgency) -> NewMove {
        NewMove { step, urgency, owner: None, outcome: None, why: None }
    }

    fn why() -> Option<Note> {
        Note::parse("Weil.").ok()
    }

    #[test]
    fn whoever_moves_a_report_answers_for_it() {
        assert_eq!(move_report(&calm(), &to(Step::Assessment, Urgency::Week), user(7)), Ok(Some(user(7))));
        assert_eq!(move_report(&calm(), &to(Step::New, Urgency::Today), user(7)), Ok(None));
        let given = NewMove { owner: Some(user(3)), ..to(Step::New, Urgency::Normal) };
        assert_eq!(move_report(&calm(), &given, user(7)), Ok(Some(user(3))));
        assert_eq!(move_report(&alarm(), &to(Step::New, Urgency::AtOnce), user(7)), Ok(Some(user(1))));
    }

    #[test]
    fn danger_stays_at_once_and_ends_in_a_case() {
        for urgency in [Urgency::Today, Urgency::Week, Urgency::Normal] {
            let moved = NewMove { why: why(), ..to(Step::Decision, urgency) };
            assert_eq!(move_report(&alarm(), &moved, user(1)), Err(DANGER_IS_AT_ONCE.broken_at("urgency")));
        }
        let decided = OnBoard { step: Step::Decision, ..alarm() };
        for outcome in Outcome::ALL {
            let moved = NewMove { outcome: Some(*outcome), why: why(), ..to(Step::Closed, Urgency::AtOnce) };
            assert_eq!(move_report(&decided, &moved, user(1)).is_ok(), *outcome == Outcome::Case, "{outcome:?}");
            let bare = OnBoard { has_case: false, ..decided };
            assert_eq!(move_report(&bare, &moved, user(1)), Err(DANGER_NEEDS_CASE.broken_at("outcome")));
        }
    }

    #[test]
    fn closing_is_decided_and_explained_and_for_good() {
        let close = NewMove { outcome: Some(Outcome::Counselled), why: why(), ..to(Step::Closed, Urgency::Normal) };
        assert_eq!(move_report(&calm(), &close, user(1)), Err(NOT_DECIDED.broken_at("step")));
        let decided = OnBoard { step: Step::Decision, ..calm() };
        assert!(move_report(&decided, &close, user(1)).is_ok());
        let open = NewMove { outcome: None, ..close.clone() };
        assert_eq!(move_report(&decided, &open, user(1)), Err(OUTCOME_MISSING.broken_at("outcome")));
        let silent = NewMove { why: None, ..close };
        assert_eq!(move_report(&decided, &silent, user(1)), Err(WHY_MISSING.broken_at("why")));
        let closed = OnBoard { step: Step::Closed, ..calm() };
        assert_eq!(move_report(&closed, &to(Step::New, Urgency::AtOnce), user(1)), Err(CLOSED_FOR_GOOD.broken()));
        let back = to(Step::New, Urgency::Normal);
        assert_eq!(move_report(&decided, &back, user(1)), Err(WHY_MISSING.broken_at("why")));
    }

    #[test]
    fn what_waits_too_long_or_lost_its_owner_is_called_out() {
        let hours = |n: i64| AT.plus_minutes(n * 60);
        assert_eq!(escalation(&calm(), true, 48, hours(48)), None);
        assert_eq!(escalation(&calm(), true, 48, hours(49)), Some(Escalation::Unowned));
        assert_eq!(escalation(&alarm(), true, 1, hours(2)), Some(Escalation::Overdue));
        assert_eq!(escalation(&alarm(), false, 1, AT), Some(Escalation::Orphaned));
        assert_eq!(escalation(&OnBoard { step: Step::Closed, ..alarm() }, false, 1, hours(9)), None);
    }
}
