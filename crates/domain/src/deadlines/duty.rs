// SPDX-License-Identifier: EUPL-1.2
//! Things that are due: by law, at once, as agreed, or as the office wants it; and what may become of them.

use super::rule::DeadlineRule;
use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule, UserId};

/// A day that a law sets is not moved by the office.
pub const LAW_IS_NOT_MOVED: Rule = Rule::new("deadline.law_is_not_moved", "§ 26(7) SGB X");
/// "Unverzüglich" has no day that could be moved.
pub const PROMPT_HAS_NO_DAY: Rule = Rule::new("deadline.prompt_has_no_day", "§ 121(1) BGB");
/// The alarm of § 42(5) ends with the liberty taken or with the court's order, by nothing else (N25).
pub const HARD_ALARM: Rule = Rule::new("deadline.hard_alarm", "§ 42(5) SGB VIII");
/// Whoever moves something, or lets it go, says why.
pub const REASON_MISSING: Rule = Rule::new("deadline.reason_missing", "§ 35 SGB X");
/// A new day that is over already.
pub const DUE_IN_PAST: Rule = Rule::new("deadline.due_in_past", "Aktenwahrheit");
/// An absence that ends before it begins.
pub const ABSENCE_BACKWARDS: Rule = Rule::new("absence.backwards", "Kalender");
/// Nobody stands in for themselves.
pub const DEPUTY_IS_ABSENT: Rule = Rule::new("absence.deputy_is_absent", "§ 8a SGB VIII: nie ohne Zuständige");

codes! {
    /// Where the day comes from, or that there is none.
    #[doc(alias = "Art der Frist")]
    Nature {
        /// A law names the number.
        Legal = "legal",
        /// A law says "unverzüglich": there is no day.
        Prompt = "prompt",
        /// Agreed with the family, in a plan.
        Agreed = "agreed",
        /// The office's own target.
        Internal = "internal",
    }
}

codes! {
    /// What a law wants "unverzüglich", which is never turned into a number.
    #[doc(alias = "Unverzügliche Pflicht")]
    PromptDuty {
        /// Tell the child, so that it understands.
        InformChild = "inform-child",
        /// Let it notify somebody it trusts.
        TrustedPerson = "trusted-person",
        /// Tell custodians.
        InformParents = "inform-parents",
        /// They object: hand over, or bring about the court's decision.
        HandOverOrCourt = "hand-over-or-court",
        /// They do not object: begin with help planning.
        BeginHelpPlan = "begin-help-plan",
        /// Have asylum applied for, if it is indicated.
        AsylumApplication = "asylum-application",
        /// Have a guardian appointed for a child that came unaccompanied.
        AppointGuardian = "appoint-guardian",
        /// Pass an application on.
        PassOn = "pass-on",
        /// Report help abroad.
        ReportAbroad = "report-abroad",
        /// Tell and hand over when competence changes.
        CompetenceChange = "competence-change",
        /// An agency reported danger: look at it.
        AgencyNotice = "agency-notice",
    }
}

impl PromptDuty {
    /// The paragraph.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::InformChild => "§ 42 Abs. 2 S. 1 SGB VIII",
            Self::TrustedPerson => "§ 42 Abs. 2 S. 2 SGB VIII",
            Self::InformParents => "§ 42 Abs. 3 S. 1 SGB VIII",
            Self::HandOverOrCourt => "§ 42 Abs. 3 S. 2 SGB VIII",
            Self::BeginHelpPlan => "§ 42 Abs. 3 S. 5 SGB VIII",
            Self::AsylumApplication => "§ 42 Abs. 2 S. 5 SGB VIII",
            Self::AppointGuardian => "§ 42 Abs. 3 S. 4 SGB VIII",
            Self::PassOn => "§ 14 Abs. 1 S. 2 SGB IX",
            Self::ReportAbroad => "§ 38 Abs. 5 SGB VIII",
            Self::CompetenceChange => "§ 86c Abs. 2 SGB VIII",
            Self::AgencyNotice => "§ 8a Abs. 4 SGB VIII",
        }
    }
}

/// Something due "unverzüglich", without culpable delay (§ 121(1) BGB). It knows since when, and nothing asks it until
/// when:
///
/// ```compile_fail,E0599
/// use domain::deadlines::{Promptly, PromptDuty};
/// use domain::kernel::Day;
/// let duty = Promptly::new(PromptDuty::InformParents, Day::new(2026, 11, 23)?);
/// duty.due();
/// # Ok::<(), domain::kernel::Refusal>(())
/// ```
///
/// ```
/// use domain::deadlines::{Promptly, PromptDuty};
/// use domain::kernel::Day;
/// let duty = Promptly::new(PromptDuty::InformParents, Day::new(2026, 11, 23)?);
/// duty.since();
/// # Ok::<(), domain::kernel::Refusal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Unverzüglich")]
pub struct Promptly {
    duty: PromptDuty,
    since: Day,
}

impl Promptly {
    /// A duty, and since when it stands.
    #[must_use]
    pub const fn new(duty: PromptDuty, since: Day) -> Self {
        Self { duty, since }
    }
    /// Which.
    #[must_use]
    pub const fn duty(self) -> PromptDuty {
        self.duty
    }
    /// Since when.
    #[must_use]
    pub const fn since(self) -> Day {
        self.since
    }
}

/// A day that the office or a plan sets. It is no law, and pages say so.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Internes Ziel")]
pub struct InternalTarget {
    /// What.
    pub words: Line,
    /// Until when.
    pub due: Day,
    /// Agreed with the family in a plan?
    pub is_agreed: bool,
}

/// What is due, of one of the kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fällige Aufgabe")]
pub enum Duty {
    /// A period with a number, from the day of its event.
    Legal(DeadlineRule, Day),
    /// At once.
    Prompt(Promptly),
    /// A day of the office or of a plan.
    Own(InternalTarget),
}

impl Duty {
    /// Where its day comes from.
    #[must_use]
    pub const fn nature(&self) -> Nature {
        match self {
            Self::Legal(..) => Nature::Legal,
            Self::Prompt(_) => Nature::Prompt,
            Self::Own(target) if target.is_agreed => Nature::Agreed,
            Self::Own(_) => Nature::Internal,
        }
    }

    /// Its name in messages and in the store: the rule's code, the duty's, or what it came out of.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Legal(rule, _) => rule.code(),
            Self::Prompt(promptly) => promptly.duty.code(),
            Self::Own(_) => "own",
        }
    }
}

codes! {
    /// What a thing that is due belongs to.
    #[doc(alias = "Herkunft der Frist")]
    DueKind {
        /// A person typed it.
        ByHand = "by-hand",
        /// The review of a help plan.
        PlanReview = "plan-review",
        /// Something to be done before the talk about a help plan.
        PlanTalk = "plan-talk",
        /// A transition out of a decision.
        Transition = "transition",
        /// A step of a protection plan.
        Protection = "protection",
        /// A condition (Auflage).
        Condition = "condition",
        /// A child taken into care.
        Care = "care",
        /// A child that lives with a foster family.
        Foster = "foster",
        /// An agency's notice.
        Notice = "notice",
        /// Feedback to a professional reporter.
        Feedback = "feedback",
        /// A letter that left.
        Letter = "letter",
        /// A case changes hands.
        Handover = "handover",
        /// Looking after a family once its help has ended.
        Aftercare = "aftercare",
        /// An application for participation (SGB IX).
        Application = "application",
    }
}

/// Something due, as it is raised.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Neue Frist")]
pub struct NewDue {
    /// What.
    pub duty: Duty,
    /// Out of what.
    pub from: DueKind,
    /// The thing it belongs to, if there is one.
    pub subject: Option<uuid::Uuid>,
}

codes! {
    /// What became of something due.
    #[doc(alias = "Erledigung")]
    Outcome {
        /// It was done.
        Done = "done",
        /// It got another day.
        Moved = "moved",
        /// It fell away.
        Dropped = "dropped",
    }
}

/// A change as somebody asks for it.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Änderung einer Frist")]
pub struct Change {
    /// What became of it.
    pub outcome: Outcome,
    /// Why; needed unless it was done.
    pub reason: Option<Note>,
    /// The new day, when it was moved.
    pub to: Option<Day>,
}

/// May this be changed so? Answers the new day, if it gets one.
///
/// A law's day cannot be moved, only met or shown to fall away; "unverzüglich" has no day; the alarm of § 42(5) is
/// answered where liberty is taken, never clicked away.
///
/// # Errors
/// [`HARD_ALARM`], [`LAW_IS_NOT_MOVED`], [`PROMPT_HAS_NO_DAY`], [`REASON_MISSING`], [`DUE_IN_PAST`].
pub fn change(nature: Nature, kind: &str, change: &Change, today: Day) -> Result<Option<Day>, Refusal> {
    if nature == Nature::Legal && kind == DeadlineRule::Liberty.code() {
        return Err(HARD_ALARM.broken());
    }
    if change.outcome != Outcome::Done && change.reason.is_none() {
        return Err(REASON_MISSING.broken_at("reason"));
    }
    if change.outcome != Outcome::Moved {
        return Ok(None);
    }
    match nature {
        Nature::Legal => Err(LAW_IS_NOT_MOVED.broken_at("outcome")),
        Nature::Prompt => Err(PROMPT_HAS_NO_DAY.broken_at("outcome")),
        Nature::Agreed | Nature::Internal => match change.to {
            Some(to) if to >= today => Ok(Some(to)),
            _ => Err(DUE_IN_PAST.broken_at("to")),
        },
    }
}

/// Somebody is away, and who stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Abwesenheit")]
#[doc(alias = "Vertretung")]
pub struct Absence {
    /// Who is away.
    pub absent: UserId,
    /// Who stands in; nobody is allowed, and warned about.
    pub deputy: Option<UserId>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

impl Absence {
    /// # Errors
    /// [`ABSENCE_BACKWARDS`], [`DEPUTY_IS_ABSENT`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.until < self.from {
            return Err(ABSENCE_BACKWARDS.broken_at("until"));
        }
        if self.deputy == Some(self.absent) { Err(DEPUTY_IS_ABSENT.broken_at("deputy")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ones_own_days_are_moved() {
        let today = Day::parse("2026-11-23").unwrap();
        let ask = |outcome, reason: bool, to: Option<&str>| Change {
            outcome,
            reason: reason.then(|| Note::parse("Weil").unwrap()),
            to: to.map(|day| Day::parse(day).unwrap()),
        };
        let check = |nature, kind, asked: Change, expected: Result<bool, Rule>| {
            let answer = change(nature, kind, &asked, today).map(|to| to.is_some()).map_err(|refusal| refusal.rule);
            assert_eq!(answer, expected);
        };
        let later = Some("2026-12-01");
        check(Nature::Internal, "own", ask(Outcome::Moved, true, later), Ok(true));
        check(Nature::Agreed, "own", ask(Outcome::Moved, true, Some("2026-11-22")), Err(DUE_IN_PAST));
        check(Nature::Internal, "own", ask(Outcome::Moved, false, later), Err(REASON_MISSING));
        check(Nature::Legal, "competence", ask(Outcome::Moved, true, later), Err(LAW_IS_NOT_MOVED));
        check(Nature::Prompt, "inform-child", ask(Outcome::Moved, true, later), Err(PROMPT_HAS_NO_DAY));
        check(Nature::Legal, "competence", ask(Outcome::Done, false, None), Ok(false));
        check(Nature::Legal, "competence", ask(Outcome::Dropped, false, None), Err(REASON_MISSING));
    }

    #[test]
    fn the_alarm_of_liberty_cannot_be_clicked_away() {
        let today = Day::parse("2026-11-23").unwrap();
        for outcome in Outcome::ALL {
            let asked = Change { outcome: *outcome, reason: Note::parse("Weil").ok(), to: Some(today.plus_days(9)) };
            let refused = change(Nature::Legal, DeadlineRule::Liberty.code(), &asked, today);
            assert_eq!(refused, Err(HARD_ALARM.broken()));
        }
    }

    #[test]
    fn at_once_is_never_a_number() {
        // Neither a duty nor its source holds a digit that could be read as a period.
        for duty in PromptDuty::ALL {
            assert!(!duty.code().chars().any(|c| c.is_ascii_digit()));
        }
    }
}
