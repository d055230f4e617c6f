// SPDX-License-Identifier: EUPL-1.2
//! The talk about the help plan (§ 36(2), (3), (5) SGB VIII): when and where, who is asked to come, and what has to be
//! done before it. The law names no number for any of that: the days are the office's own targets.

use super::decision::HelpKind;
use super::details::{Attendance, Presence};
use super::team_meeting::TimeOfDay;
use crate::access::codes;
use crate::kernel::{Day, Line, Refusal, Rule};

/// A talk that is over before it is set.
pub const PLAN_TALK_IN_PAST: Rule = Rule::new("plan_talk.in_past", "Kalender");
/// A talk that was held, or does not take place.
pub const PLAN_TALK_CLOSED: Rule = Rule::new("plan_talk.closed", "Aktenwahrheit");
/// Nobody was at a talk of tomorrow.
pub const PLAN_TALK_NOT_YET: Rule = Rule::new("plan_talk.not_yet", "Aktenwahrheit");
/// Nobody at all was there.
pub const PLAN_TALK_EMPTY: Rule = Rule::new("plan_talk.empty", "§ 36(2) S. 2 SGB VIII");
/// A task that is due after the talk that it prepares, or before today.
pub const TALK_TASK_OUTSIDE: Rule = Rule::new("talk_task.outside", "Kalender");
/// A line of a template without its days.
pub const TALK_TASKS_UNREADABLE: Rule = Rule::new("talk_task.unreadable", "Dienstanweisung");
/// More than anybody does before one talk, or nothing at all.
pub const TALK_TASKS_NUMBER: Rule = Rule::new("talk_task.number", "Dienstanweisung");

/// Tasks of one template.
const MOST_TASKS: usize = 30;
/// Days before a talk.
const EARLIEST: i32 = 180;

codes! {
    /// How a talk stands.
    #[doc(alias = "Stand des Hilfeplangesprächs")]
    TalkState {
        /// Its day is set.
        Planned = "planned",
        /// It was held.
        Held = "held",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

impl TalkState {
    /// May anything be done with it yet?
    ///
    /// # Errors
    /// [`PLAN_TALK_CLOSED`].
    pub fn still_planned(self) -> Result<(), Refusal> {
        if self == Self::Planned { Ok(()) } else { Err(PLAN_TALK_CLOSED.broken()) }
    }
}

/// A talk as it is set.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Hilfeplangespräch")]
pub struct NewPlanTalk {
    /// About which kind of help; it chooses the tasks.
    pub help: HelpKind,
    /// On which day.
    pub meets_on: Day,
    /// When it begins.
    pub starts_at: TimeOfDay,
    /// Where.
    pub place: Line,
    /// Who is asked to come, one person each.
    pub invited: Vec<Line>,
}

impl NewPlanTalk {
    /// # Errors
    /// [`PLAN_TALK_IN_PAST`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.meets_on < today { Err(PLAN_TALK_IN_PAST.broken_at("meets_on")) } else { Ok(()) }
    }
}

/// May it be written down that a talk was held with these people?
///
/// # Errors
/// [`PLAN_TALK_CLOSED`], [`PLAN_TALK_NOT_YET`], [`PLAN_TALK_EMPTY`].
pub fn hold_talk(state: TalkState, meets_on: Day, there: &[Attendance], today: Day) -> Result<(), Refusal> {
    state.still_planned()?;
    if meets_on > today {
        return Err(PLAN_TALK_NOT_YET.broken_at("present"));
    }
    let somebody = there.iter().any(|one| one.presence == Presence::Present);
    if somebody { Ok(()) } else { Err(PLAN_TALK_EMPTY.broken_at("present")) }
}

/// A task of a template: what, and so many days before the talk.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Vorbereitung des Hilfeplangesprächs")]
pub struct TalkTask {
    /// Days before the talk.
    pub days_before: i32,
    /// What.
    pub words: Line,
}

/// The tasks of a template as typed: one a line, the days before the talk, a colon, what is to be done.
///
/// # Errors
/// [`TALK_TASKS_UNREADABLE`], [`TALK_TASKS_NUMBER`], those of [`Line::parse`].
pub fn read_talk_tasks(text: &str) -> Result<Vec<TalkTask>, Refusal> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let tasks = lines.map(read_task).collect::<Result<Vec<_>, _>>()?;
    if (1..=MOST_TASKS).contains(&tasks.len()) { Ok(tasks) } else { Err(TALK_TASKS_NUMBER.broken()) }
}

fn read_task(line: &str) -> Result<TalkTask, Refusal> {
    let unreadable = || TALK_TASKS_UNREADABLE.broken();
    let (days, words) = line.split_once(':').ok_or_else(unreadable)?;
    let days_before = days.trim().parse().ok().filter(|days| (0..=EARLIEST).contains(days)).ok_or_else(unreadable)?;
    Ok(TalkTask { days_before, words: Line::parse(words)? })
}

/// Our own tasks for a kind of help, until an office writes others. A young adult has no custodians; outside the own
/// family § 37c asks for more.
#[must_use]
pub fn shipped_talk_tasks(help: HelpKind) -> String {
    let usual = include_str!("../../talks/usual.txt");
    let more = match help {
        HelpKind::YoungAdults => return include_str!("../../talks/young-adults.txt").to_owned(),
        HelpKind::Inclusion => include_str!("../../talks/inclusion.txt"),
        help if help.is_outside_home() => include_str!("../../talks/outside-home.txt"),
        _ => "",
    };
    format!("{usual}{more}")
}

/// The office's own target for a task: so many days before the talk, and never a day that is over already.
#[must_use]
pub fn talk_task_due(meets_on: Day, days_before: i32, today: Day) -> Day {
    meets_on.plus_days(-days_before).max(today)
}

/// May a task that somebody adds be due on this day?
///
/// # Errors
/// [`TALK_TASK_OUTSIDE`].
pub fn check_talk_task(due: Day, meets_on: Day, today: Day) -> Result<(), Refusal> {
    if (today..=meets_on).contains(&due) { Ok(()) } else { Err(TALK_TASK_OUTSIDE.broken_at("due")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn every_help_has_its_tasks() {
        for help in HelpKind::ALL {
            let tasks = read_talk_tasks(&shipped_talk_tasks(*help)).unwrap();
            let has = |words: &str| tasks.iter().any(|task| task.words.as_str().contains(words));
            assert!(has("Bericht des Trägers") && has("gedolmetscht") && has("Raum"), "{}", help.code());
            assert_eq!(has("§ 37c"), help.is_outside_home(), "{}", help.code());
            // A young adult is nobody's child any more: no custodian is told, no sibling is asked about.
            assert_eq!(has("ohne Sorge"), *help != HelpKind::YoungAdults, "{}", help.code());
        }
    }

    #[test]
    fn a_template_says_days_and_words() {
        let read = read_talk_tasks("\n 14 : Raum buchen: groß\n0: Kaffee").unwrap();
        let said: Vec<_> = read.iter().map(|task| (task.days_before, task.words.as_str())).collect();
        assert_eq!(said, [(14, "Raum buchen: groß"), (0, "Kaffee")]);
        for odd in ["Raum buchen", "drei: Raum", "-1: Raum", "181: Raum"] {
            assert_eq!(read_talk_tasks(odd), Err(TALK_TASKS_UNREADABLE.broken()), "{odd}");
        }
        assert_eq!(read_talk_tasks(" \n"), Err(TALK_TASKS_NUMBER.broken()));
        assert_eq!(read_talk_tasks(&"1: x\n".repeat(31)), Err(TALK_TASKS_NUMBER.broken()));
        assert!(read_talk_tasks("3: ").is_err());
    }

    #[test]
    fn targets_lie_between_today_and_the_talk() {
        let (meets, today) = (day("2026-12-10"), day("2026-11-23"));
        assert_eq!(talk_task_due(meets, 7, today), day("2026-12-03"));
        assert_eq!(talk_task_due(meets, 21, today), today);
        assert_eq!(check_talk_task(meets, meets, today), Ok(()));
        assert_eq!(check_talk_task(today, meets, today), Ok(()));
        for outside in ["2026-12-11", "2026-11-22"] {
            assert_eq!(check_talk_task(day(outside), meets, today), Err(TALK_TASK_OUTSIDE.broken_at("due")));
        }
    }

    #[test]
    fn a_talk_is_held_once_by_somebody_and_not_before_its_day() {
        let there = [Attendance::read("Ayşe", Presence::Present).unwrap()];
        let away = [Attendance::read("Lehrerin: krank", Presence::Absent).unwrap()];
        let today = day("2026-11-23");
        let check = |state, meets: &str, who: &[Attendance], expected: Result<(), Refusal>| {
            assert_eq!(hold_talk(state, day(meets), who, today), expected);
        };
        check(TalkState::Planned, "2026-11-23", &there, Ok(()));
        check(TalkState::Planned, "2026-11-24", &there, Err(PLAN_TALK_NOT_YET.broken_at("present")));
        check(TalkState::Planned, "2026-11-20", &away, Err(PLAN_TALK_EMPTY.broken_at("present")));
        check(TalkState::Held, "2026-11-20", &there, Err(PLAN_TALK_CLOSED.broken()));
        check(TalkState::Cancelled, "2026-11-20", &there, Err(PLAN_TALK_CLOSED.broken()));
    }
}
