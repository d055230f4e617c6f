// SPDX-License-Identifier: EUPL-1.2
//! A meeting of the social-space team: when and where, who was there, which cases in which order, how the time of one
//! case is shared out among its phases, and what the family said to the ideas afterwards (process.md 1.6).
//!
//! The team advises. Nothing of a meeting is a decision, nor can one be made of it: a decision needs the proof that an
//! ASD worker of the office decides, which only a grant to decide yields (§ 36a(1) SGB VIII; N3).
//!
//! ```compile_fail,E0308
//! use domain::casework::{AgendaItem, CaseFacts, DecisionDraft, decide};
//! use domain::kernel::Day;
//! fn the_team_decides(held: AgendaItem, draft: DecisionDraft, facts: &CaseFacts, today: Day) {
//!     let _ = decide(&held, draft, facts, today);
//! }
//! ```
//!
//! ```
//! use domain::access::Grant;
//! use domain::casework::{AgendaItem, CaseFacts, DecisionDraft, decide};
//! use domain::kernel::Day;
//! fn the_asd_decides(grant: &Grant, draft: DecisionDraft, facts: &CaseFacts, today: Day) {
//!     let _ = decide(grant, draft, facts, today);
//! }
//! ```

use super::consultation::{AgendaItem, IdeaKind};
use super::name_hints::name_hints;
use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// A time of day that cannot be read.
pub const TIME_UNREADABLE: Rule = Rule::new("meeting.time_unreadable", "Geschäftsordnung des Sozialraumteams");
/// A meeting or an item shorter or longer than people can talk.
pub const TIME_OUTSIDE: Rule = Rule::new("meeting.time_outside", "Geschäftsordnung des Sozialraumteams");
/// The team meets once a day.
pub const MEETING_KNOWN: Rule = Rule::new("meeting.known", "Eindeutigkeit");
/// Nobody was there tomorrow.
pub const PRESENT_IN_FUTURE: Rule = Rule::new("meeting.present_in_future", "Aktenwahrheit");
/// The minutes name roles and organisations.
pub const PRESENT_NAMED: Rule = Rule::new("meeting.present_named", "§ 64(2a) SGB VIII");
/// A dissent is not an idea that a family could choose.
pub const ANSWER_TO_DISSENT: Rule = Rule::new("idea.answer_to_dissent", "Protokoll der kollegialen Beratung");
/// The family answers ideas after the team has met.
pub const ANSWER_BEFORE_MEETING: Rule = Rule::new("idea.answer_before_meeting", "Aktenwahrheit");
/// Nobody answered tomorrow.
pub const ANSWER_IN_FUTURE: Rule = Rule::new("idea.answer_in_future", "Aktenwahrheit");

/// Minutes of an item until somebody plans otherwise.
pub const ITEM_MINUTES: i64 = 45;
/// The least and the most minutes of an item.
const ITEM: (i64, i64) = (10, 120);
/// The least and the most minutes of a meeting.
const MEETING: (i64, i64) = (15, 480);
/// Minutes of a day.
const DAY: i64 = 24 * 60;

codes! {
    /// What a meeting is for. None of them assesses danger (§ 8a has its own procedure and waits for no meeting).
    #[doc(alias = "Art der Sitzung")]
    MeetingKind {
        /// Collegial consultation of cases.
        Consultation = "consultation",
        /// What the quarter has and lacks, projects.
        Quarter = "quarter",
        /// Both.
        Both = "both",
        /// Called besides the usual days.
        Special = "special",
    }
}

codes! {
    /// As what somebody sits in a meeting; the minutes name roles and organisations, no people.
    #[doc(alias = "Rolle in der Sitzung")]
    SeatRole {
        /// Moderation.
        Moderation = "moderation",
        /// Who writes.
        Writer = "writer",
        /// Allgemeiner Sozialer Dienst.
        Asd = "asd",
        /// Wirtschaftliche Jugendhilfe.
        Finance = "finance",
        /// Coordination of the social space.
        Coordination = "coordination",
        /// An agency.
        Agency = "agency",
        /// A school or day-care centre.
        School = "school",
        /// Health: doctor, clinic, early help.
        Health = "health",
        /// Somebody else.
        Guest = "guest",
    }
}

/// A time of day, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Uhrzeit")]
pub struct TimeOfDay(i64);

impl TimeOfDay {
    /// From minutes after midnight.
    ///
    /// # Errors
    /// [`TIME_UNREADABLE`].
    pub fn new(minutes: i64) -> Result<Self, Refusal> {
        if (0..DAY).contains(&minutes) { Ok(Self(minutes)) } else { Err(TIME_UNREADABLE.broken()) }
    }

    /// From `9`, `9:30`, `09.30` or `9:30 Uhr`.
    ///
    /// # Errors
    /// [`TIME_UNREADABLE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim().trim_end_matches("Uhr").trim();
        let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "00"));
        let digits = |part: &str, most: usize| {
            let right = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if right { part.parse::<i64>().ok() } else { None }
        };
        let read = digits(hour, 2).zip(digits(minute, 2).filter(|_| minute.len() == 2));
        let (hour, minute) = read.ok_or(TIME_UNREADABLE.broken())?;
        if hour < 24 && minute < 60 { Self::new(hour * 60 + minute) } else { Err(TIME_UNREADABLE.broken()) }
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        self.0
    }

    /// So many minutes later; the end of the day is the latest.
    #[must_use]
    pub fn plus(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes).clamp(0, DAY - 1))
    }

    /// `9:05`.
    #[must_use]
    pub fn german(self) -> String {
        format!("{}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// A meeting as it is called.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Sitzung des Sozialraumteams")]
pub struct NewMeeting {
    /// On which day.
    pub meets_on: Day,
    /// When it begins.
    pub starts_at: TimeOfDay,
    /// How many minutes it is meant to last.
    pub minutes: i64,
    /// Where.
    pub place: Line,
    /// What for.
    pub kind: MeetingKind,
}

impl NewMeeting {
    /// Checks what can only be a slip.
    ///
    /// # Errors
    /// [`TIME_OUTSIDE`].
    pub fn check(&self) -> Result<(), Refusal> {
        within(self.minutes, MEETING)
    }
}

fn within(minutes: i64, (least, most): (i64, i64)) -> Result<(), Refusal> {
    if (least..=most).contains(&minutes) { Ok(()) } else { Err(TIME_OUTSIDE.broken_at("minutes")) }
}

/// Who was there: a role and an organisation, never a name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Anwesende")]
pub struct Present {
    /// As what.
    pub role: SeatRole,
    /// From where.
    pub organisation: Line,
}

impl Present {
    /// An organisation as typed.
    ///
    /// # Errors
    /// [`PRESENT_NAMED`] for what looks like the name of somebody, and those of [`Line::parse`].
    pub fn read(role: SeatRole, text: &str) -> Result<Self, Refusal> {
        let organisation = Line::parse(text)?;
        if !name_hints(organisation.as_str()).is_empty() {
            return Err(PRESENT_NAMED.broken());
        }
        Ok(Self { role, organisation })
    }
}

/// May it be written down who is there?
///
/// # Errors
/// [`PRESENT_IN_FUTURE`].
pub fn note_present(meets_on: Day, today: Day) -> Result<(), Refusal> {
    if meets_on > today { Err(PRESENT_IN_FUTURE.broken()) } else { Ok(()) }
}

/// The time and place of a case on the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zeitplatz auf der Tagesordnung")]
pub struct Slot {
    /// Its time, in minutes.
    pub minutes: i64,
    /// Why it cannot wait; none: it is not urgent. There are no degrees of it: urgency is a reason, no score.
    pub urgent: Option<Line>,
    /// Its place among the others, from 1; given by people.
    pub place: i64,
}

impl Slot {
    /// Checks what can only be a slip.
    ///
    /// # Errors
    /// [`TIME_OUTSIDE`].
    pub fn check(&self) -> Result<(), Refusal> {
        within(self.minutes, ITEM)?;
        if (1..=99).contains(&self.place) { Ok(()) } else { Err(TIME_OUTSIDE.broken_at("place")) }
    }
}

/// Puts an agenda in order: what is urgent first, then the places that people gave, then as it came. Nothing else is
/// looked at.
pub fn agenda_order<T>(items: &mut [T], slot: impl Fn(&T) -> &Slot) {
    items.sort_by_key(|item| (slot(item).urgent.is_none(), slot(item).place));
}

codes! {
    /// The phases of a consultation.
    #[doc(alias = "Phase der kollegialen Beratung")]
    Phase {
        /// The worker tells: genogram, will, directions, resources, the question.
        Presentation = "presentation",
        /// Questions to understand.
        Questions = "questions",
        /// Will and goals are the family's and stay as they are; nobody in the room changes them.
        Frame = "frame",
        /// Ideas, without discussion; own and near ones first. The worker only listens.
        Ideas = "ideas",
        /// The worker says what goes to the family.
        Feedback = "feedback",
    }
}

impl Phase {
    /// Its part of an item's time, by the usual course (process.md 1.6: 10, 10, 2, 15, 8 of 45 minutes).
    const fn weight(self) -> i64 {
        match self {
            Self::Presentation | Self::Questions => 10,
            Self::Frame => 2,
            Self::Ideas => 15,
            Self::Feedback => 8,
        }
    }
}

/// How long each phase of an item lasts, in minutes: the parts add up to the whole, by largest remainder.
#[must_use]
pub fn phase_plan(minutes: i64) -> Vec<(Phase, i64)> {
    let all: i64 = Phase::ALL.iter().map(|phase| phase.weight()).sum();
    let minutes = minutes.max(0);
    let mut plan: Vec<(Phase, i64, i64)> = Phase::ALL
        .iter()
        .map(|phase| (*phase, minutes * phase.weight() / all, minutes * phase.weight() % all))
        .collect();
    let mut left = minutes - plan.iter().map(|(_, part, _)| part).sum::<i64>();
    let mut by_rest: Vec<usize> = (0..plan.len()).collect();
    by_rest.sort_by_key(|at| std::cmp::Reverse(plan[*at].2));
    for at in by_rest {
        if left > 0 {
            plan[at].1 += 1;
            left -= 1;
        }
    }
    plan.into_iter().map(|(phase, part, _)| (phase, part)).collect()
}

codes! {
    /// What the family said to an idea. It need not say why.
    #[doc(alias = "Antwort der Familie auf eine Idee")]
    IdeaAnswer {
        /// It takes it up.
        Chosen = "chosen",
        /// It makes something of its own out of it.
        Adapted = "adapted",
        /// Perhaps later.
        Later = "later",
        /// Not for it.
        Refused = "refused",
    }
}

/// What the family said, as typed. Earlier answers stay.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Rückkopplung mit der Familie")]
pub struct NewIdeaAnswer {
    /// What.
    pub answer: IdeaAnswer,
    /// Why, in its own words, if it wants to say.
    pub words: Option<Note>,
    /// When.
    pub said_on: Day,
}

/// May this be written down as the family's answer to an idea of this kind?
///
/// # Errors
/// [`ANSWER_TO_DISSENT`], [`ANSWER_IN_FUTURE`], [`ANSWER_BEFORE_MEETING`].
pub fn answer_idea(new: &NewIdeaAnswer, kind: IdeaKind, item: AgendaItem, today: Day) -> Result<(), Refusal> {
    let met = match item {
        AgendaItem::Open { meets_on } => meets_on,
        AgendaItem::Held { on } => on,
    };
    if kind == IdeaKind::Dissent {
        return Err(ANSWER_TO_DISSENT.broken_at("idea"));
    }
    if new.said_on > today {
        return Err(ANSWER_IN_FUTURE.broken_at("said_on"));
    }
    // A meeting that was held earlier than planned counts from the day on which it was held.
    if new.said_on < met { Err(ANSWER_BEFORE_MEETING.broken_at("said_on")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(TimeOfDay::parse(text).ok().map(TimeOfDay::german).as_deref(), expected, "{text}");
        };
        for (text, expected) in [("9", "9:00"), ("09:30", "9:30"), (" 9.05 Uhr", "9:05"), ("23:59", "23:59")] {
            check(text, Some(expected));
        }
        for text in ["", "24:00", "9:60", "9:5", "neun", "-1", "9:3x", "009:00", "9:30:00", "９:00"] {
            check(text, None);
        }
        assert_eq!(TimeOfDay::parse("23:50").unwrap().plus(45).german(), "23:59");
    }

    #[test]
    fn phases_share_out_the_whole_time() {
        assert_eq!(phase_plan(45).iter().map(|(_, part)| *part).collect::<Vec<_>>(), [10, 10, 2, 15, 8]);
        for minutes in 0..=120 {
            let plan = phase_plan(minutes);
            assert_eq!(plan.iter().map(|(_, part)| part).sum::<i64>(), minutes);
            assert!(plan.iter().all(|(_, part)| *part >= 0) && plan.len() == Phase::ALL.len());
        }
        assert!(phase_plan(-3).iter().all(|(_, part)| *part == 0));
    }

    #[test]
    fn what_is_urgent_comes_first_and_then_what_people_said() {
        let slot = |place, urgent: &str| Slot { minutes: 45, urgent: Line::optional(urgent).unwrap(), place };
        let mut items =
            [("a", slot(3, "")), ("b", slot(1, "")), ("c", slot(9, "Umzug am Freitag")), ("d", slot(1, ""))];
        agenda_order(&mut items, |item| &item.1);
        assert_eq!(items.map(|(name, _)| name), ["c", "b", "d", "a"]);
        assert!(slot(1, "").check().is_ok());
        let checks = [(9, 1, "minutes"), (121, 1, "minutes"), (45, 0, "place"), (45, 100, "place")];
        for (minutes, place, field) in checks {
            let outcome = Slot { minutes, urgent: None, place }.check();
            assert_eq!(outcome, Err(TIME_OUTSIDE.broken_at(field)), "{minutes} {place}");
        }
    }

    #[test]
    fn the_family_answers_ideas_after_the_meeting() {
        let held = AgendaItem::Held { on: day("2026-11-10") };
        let check = |kind, said: &str, expected: Result<(), Refusal>| {
            let new = NewIdeaAnswer { answer: IdeaAnswer::Refused, words: None, said_on: day(said) };
            assert_eq!(answer_idea(&new, kind, held, day("2026-11-20")), expected, "{said}");
        };
        check(IdeaKind::Own, "2026-11-10", Ok(()));
        check(IdeaKind::Social, "2026-11-09", Err(ANSWER_BEFORE_MEETING.broken_at("said_on")));
        check(IdeaKind::Social, "2026-11-21", Err(ANSWER_IN_FUTURE.broken_at("said_on")));
        check(IdeaKind::Dissent, "2026-11-12", Err(ANSWER_TO_DISSENT.broken_at("idea")));
    }

    #[test]
    fn who_is_there_is_written_down_on_the_day() {
        let today = day("2026-11-20");
        assert!(note_present(today, today).is_ok() && note_present(today.plus_days(1), today).is_err());
        assert!(Present::read(SeatRole::School, "Grundschule am Hafen").is_ok());
        assert_eq!(Present::read(SeatRole::School, "Frau Behrens, Schule"), Err(PRESENT_NAMED.broken()));
    }
}
