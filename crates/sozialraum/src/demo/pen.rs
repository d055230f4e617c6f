// SPDX-License-Identifier: EUPL-1.2
//! Writes stories down: one step after another on working days, until the present is reached.

use super::chance::Chance;
use super::family::{ADULT, Family, YOUNG};
use super::size::Size;
use super::story::{Decided, Deed, Detailed, Ordered, Said, Step, Story, TakenIn};
use super::words::{Theme, Words};
use domain::casework::{
    Channel, Confidence, Danger, Field, GoalLevel, HelpKind, IdeaKind, PlanPart, Rater, ReporterKind, StatementKind,
};
use domain::kernel::{Day, Moment, Period, Refusal};

/// Writes one story.
pub struct Pen<'a> {
    words: &'a Words,
    theme: &'a Theme,
    chance: Chance,
    family: Family,
    day: Day,
    minute: i32,
    end: Moment,
    agencies: usize,
    steps: Vec<Step>,
}

/// Where and when a story plays.
pub struct Setting<'a> {
    pub words: &'a Words,
    pub size: Size,
    pub number: usize,
    pub start: Day,
    pub end: Moment,
}

/// How a story begins and how far it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// As far as time allows.
    Whole,
    /// Signs of danger just now.
    Danger,
    /// On the board; nobody opened it yet.
    New,
    /// Nobody knows where.
    Lost,
}

impl<'a> Pen<'a> {
    pub fn new(setting: &Setting<'a>) -> Self {
        let mut chance = Chance::of(setting.number);
        let words = setting.words;
        let theme = chance.pick(&words.themes).unwrap_or(&words.common);
        let family = Family::invent(&mut chance, words, theme, setting.start);
        let minute = chance.between(8 * 60, 11 * 60);
        let (day, end, agencies) = (working_day(setting.start), setting.end, setting.size.agencies);
        Self { words, theme, chance, family, day, minute, end, agencies, steps: Vec::new() }
    }

    /// The story of a family in a team.
    pub fn write(mut self, course: Course, team: usize, worker: usize, place: String) -> Result<Story, Refusal> {
        let dangerous = course == Course::Danger || (course == Course::Whole && self.chance.percent(8));
        self.report(course, dangerous, place);
        if course == Course::Whole {
            if !dangerous {
                self.later(1, 3);
                self.step(Deed::Open);
            }
            self.clarify();
            self.consult();
            self.decide_again_and_again()?;
        }
        Ok(Story { team, worker, family: self.family, steps: self.steps })
    }

    fn report(&mut self, course: Course, dangerous: bool, place: String) {
        let code = match (course, dangerous) {
            (Course::Lost, _) => "lost",
            (_, true) => "danger",
            _ => "report",
        };
        let said = self.sentence(code);
        let part = |at: usize| said.get(at).map_or("", String::as_str);
        let lost = course == Course::Lost;
        let taken = TakenIn {
            channel: Channel::from_code(part(2)).unwrap_or(Channel::Phone),
            reporter: ReporterKind::from_code(part(1)).unwrap_or(ReporterKind::Anonymous),
            said: part(0).to_owned(),
            place: if lost { part(1).to_owned() } else { place },
            danger: if dangerous { Danger::SignsOrUnsure } else { Danger::NoSigns },
            by_duty: lost || (!dangerous && self.chance.percent(20)),
        };
        self.step(Deed::TakeIn(taken));
    }

    /// Visits: who belongs to the family, what they say, what they can.
    fn clarify(&mut self) {
        self.later(3, 9);
        for number in 0..self.family.people.len() {
            self.step(Deed::Person(number));
        }
        self.notes();
        self.later(0, 3);
        self.adult_says("adult-will", StatementKind::Will);
        if self.speaks() {
            self.young_says();
        }
        self.later(2, 10);
        if self.chance.percent(60) {
            self.adult_says("adult-wish", StatementKind::Wish);
        }
        self.office_says("need", StatementKind::Need);
        if self.chance.percent(50) {
            self.office_says("mandate", StatementKind::Mandate);
        }
        for field in Field::ALL {
            let sentence = self.sentence(&format!("strength-{}", field.code()));
            self.step(Deed::Strength { field: *field, words: first(sentence) });
        }
        self.explore();
        self.later(0, 6);
        self.goals();
    }

    /// Some families draw their maps with the worker; drawn aside.
    fn explore(&mut self) {
        let (kept, minute) = (self.chance.clone(), self.minute);
        if self.chance.percent(40) {
            let all = self.words.common.of("network").to_vec();
            let told = self
                .chance
                .some(&all, 5)
                .into_iter()
                .map(|parts| parts.iter().map(|part| (*part).to_owned()).collect());
            let told = told.collect();
            self.step(Deed::Explore { told });
        }
        (self.chance, self.minute) = (kept, minute);
    }

    /// Some families answer their plan over a link; drawn aside.
    fn family_answers(&mut self) {
        let (kept, minute) = (self.chance.clone(), self.minute);
        if self.chance.percent(5) {
            let words = if self.chance.percent(50) { first(self.sentence("family-answer")) } else { String::new() };
            self.step(Deed::FamilyAnswers { words });
        }
        (self.chance, self.minute) = (kept, minute);
    }

    /// What the worker writes down after a visit; drawn aside. Now and then somebody entrusts something.
    fn notes(&mut self) {
        let (kept, minute) = (self.chance.clone(), self.minute);
        let words = first(self.sentence("note"));
        self.step(Deed::Note { words, confidence: Confidence::File });
        if self.chance.percent(20) {
            let words = first(self.sentence("entrusted"));
            self.step(Deed::Note { words, confidence: Confidence::Entrusted });
        }
        (self.chance, self.minute) = (kept, minute);
    }

    /// Old enough to be asked, and heard with own words.
    fn speaks(&self) -> bool {
        let born = self.family.people.get(YOUNG).map_or(self.day, |young| young.born);
        self.day.age_of(born) >= 4
    }

    fn young_says(&mut self) {
        let grown = self.family.people.get(YOUNG).is_some_and(|young| self.day.age_of(young.born) >= 8);
        let wills = grown && !self.theme.of("child-will").is_empty() && self.chance.percent(75);
        let (code, kind) =
            if wills { ("child-will", StatementKind::Will) } else { ("child-wish", StatementKind::Wish) };
        self.say(code, kind, Some(YOUNG));
    }

    fn adult_says(&mut self, code: &str, kind: StatementKind) {
        self.say(code, kind, Some(ADULT));
    }

    fn office_says(&mut self, code: &str, kind: StatementKind) {
        self.say(code, kind, None);
    }

    fn say(&mut self, code: &str, kind: StatementKind, speaker: Option<usize>) {
        let mut sentence = self.sentence(code).into_iter();
        let (Some(words), own_part) = (sentence.next(), sentence.next().unwrap_or_default()) else { return };
        self.step(Deed::Say(Said { kind, speaker, words, own_part }));
    }

    fn goals(&mut self) {
        for (code, owner) in [("goal", ADULT), ("child-goal", YOUNG)] {
            let words = first(self.sentence(code));
            if !words.is_empty() && (owner == ADULT || self.speaks()) {
                self.step(Deed::Goal { owner, words });
            }
        }
    }

    /// The team is asked on its next Tuesday.
    fn consult(&mut self) {
        if !self.chance.percent(88) {
            return;
        }
        self.later(2, 12);
        let meets_on = tuesday_after(self.day);
        let question = first(self.sentence("question"));
        self.step(Deed::PutOnAgenda { question, meets_on });
        self.day = meets_on;
        self.minute = 9 * 60 + self.chance.between(0, 90);
        let kinds = [IdeaKind::Own, IdeaKind::Social, IdeaKind::SocialSpace, IdeaKind::Professional];
        for kind in kinds {
            if self.chance.percent(75) {
                self.idea(kind);
            }
        }
        if self.chance.percent(30) {
            self.idea(IdeaKind::Dissent);
        }
        let minutes = first(self.sentence("minutes"));
        self.step(Deed::Hold { minutes });
    }

    fn idea(&mut self, kind: IdeaKind) {
        let code = if kind == IdeaKind::Dissent { "dissent".to_owned() } else { format!("idea-{}", kind.code()) };
        let words = first(self.sentence(&code));
        let adviser = self.chance.below(64);
        self.step(Deed::Idea { adviser, kind, words });
    }

    fn decide_again_and_again(&mut self) -> Result<(), Refusal> {
        for round in 0..4 {
            if round == 0 {
                self.later(6, 20);
            } else {
                self.young_says();
            }
            let granted = round > 0 || !self.chance.percent(7);
            let Some(until) = self.decide(granted, round > 0)? else { return Ok(()) };
            if !self.chance.percent(60) {
                return Ok(());
            }
            // Two weeks before it ends they look at it together.
            self.day = self.day.max(working_day(until.plus_days(-14)));
            self.rate();
        }
        Ok(())
    }

    /// A decision and, if help is granted, its commission. The last day of the help.
    fn decide(&mut self, granted: bool, again: bool) -> Result<Option<Day>, Refusal> {
        let help = self.theme.of("help").to_vec();
        let help = self.chance.pick(&help).cloned().unwrap_or_default();
        let part = |at: usize| help.get(at).copied().unwrap_or_default();
        let kind = HelpKind::from_code(part(0)).unwrap_or(HelpKind::FamilySupport);
        let number = |at: usize, or: i32| part(at).parse().unwrap_or(or) / 60;
        let from = self.day.plus_days(self.chance.between(5, 16)).min(self.day.year_end());
        let until = from.plus_months(self.chance.between(5, 12)).plus_days(-1);
        let period = Period::new(from, Some(until))?;
        let euros = i64::from(self.chance.between(number(1, 1_200), number(2, 9_600))) * 60;
        let reasons = self.words.common.of(if granted { "reason-granted" } else { "reason-refused" });
        // The last of the reasons is the one for going on.
        let known = if granted && !again { &reasons[..reasons.len().saturating_sub(1)] } else { reasons };
        let reason = if again { reasons.last() } else { self.chance.pick(known) };
        let reasons = reason.and_then(|parts| parts.first()).copied().unwrap_or_default().to_owned();
        let alternatives = self.words.common.of("alternative").to_vec();
        let alternatives = self.chance.some(&alternatives, 2).into_iter().map(|parts| parts.concat()).collect();
        let details = self.details(granted, kind);
        let decided = Decided { granted, kind, period, reasons, alternatives, details };
        self.step(Deed::Decide(decided));
        if !granted {
            return Ok(None);
        }
        self.later(0, 2);
        let agency = self.chance.below(self.agencies);
        let (choice, over_plan) = (self.sentence("choice"), first(self.sentence("over-plan")));
        let from = from.max(self.day.min(until));
        let period = Period::new(from, Some(until))?;
        self.step(Deed::Commission(Ordered { agency, kind, period, euros, choice, over_plan }));
        self.later(1, 5);
        if self.chance.percent(90) {
            self.step(Deed::Acknowledge { agency });
        }
        self.first_step(until);
        self.family_answers();
        Ok(Some(until))
    }

    /// The family and the agency agree on a step; drawn aside like what a plan says besides.
    fn first_step(&mut self, until: Day) {
        let (kept, minute) = (self.chance.clone(), self.minute);
        let words = first(self.sentence("step"));
        let due_on = until.min(self.day.plus_months(3)).max(self.day);
        self.step(Deed::Step { owner: ADULT, words, due_on });
        (self.chance, self.minute) = (kept, minute);
    }

    /// Each side says how far it is; they need not agree.
    fn rate(&mut self) {
        let (kept, minute) = (self.chance.clone(), self.minute);
        for rater in [Rater::Child, Rater::Family, Rater::Agency, Rater::Office] {
            let said = self.sentence(&format!("rating-{}", rater.code()));
            let mut said = said.into_iter();
            let level = said.next().and_then(|code| GoalLevel::from_code(&code)).unwrap_or(GoalLevel::Half);
            if rater != Rater::Child || self.speaks() {
                self.step(Deed::Rate { rater, level, words: said.next().unwrap_or_default() });
            }
        }
        (self.chance, self.minute) = (kept, minute);
    }

    /// What the plan says besides; now and then something is missing, and somebody says why.
    fn details(&mut self, granted: bool, kind: HelpKind) -> Detailed {
        // Drawn aside, so that what a plan says besides changes nothing of the stories' course.
        let kept = self.chance.clone();
        let hurried = granted && self.chance.percent(15);
        let parts = PlanPart::ALL.iter().copied();
        let parts = parts.filter(|part| match part {
            PlanPart::ChildHeard => true,
            PlanPart::Hearing => !granted,
            PlanPart::Aftercare => granted && kind == HelpKind::YoungAdults,
            _ => granted,
        });
        let parts = parts.filter(|part| kind.is_outside_home() || !PlanPart::OUTSIDE_HOME.contains(part));
        let parts: Vec<PlanPart> = parts.filter(|part| !hurried || *part != PlanPart::Siblings).collect();
        let parts = parts.into_iter().map(|part| (part, first(self.sentence(&format!("part-{}", part.code())))));
        let parts = parts.collect();
        let services = if granted { self.sentence("services") } else { Vec::new() };
        let gaps_reason = if hurried { first(self.sentence("gaps-reason")) } else { String::new() };
        self.chance = kept;
        Detailed { services, parts, gaps_reason }
    }

    /// A sentence of the theme, or one that fits all themes, with the family's names in it.
    fn sentence(&mut self, code: &str) -> Vec<String> {
        let own = self.theme.of(code);
        let all = if own.is_empty() { self.words.common.of(code) } else { own };
        let parts = self.chance.pick(all).map_or(&[][..], Vec::as_slice);
        parts.iter().map(|part| self.family.fill(part)).collect()
    }

    fn later(&mut self, least: i32, most: i32) {
        let days = self.chance.between(least, most);
        if days > 0 {
            self.day = working_day(self.day.plus_days(days));
            self.minute = self.chance.between(8 * 60, 14 * 60);
        }
    }

    /// What lies in the future is not told.
    fn step(&mut self, deed: Deed) {
        self.minute += self.chance.between(2, 8);
        let at = Moment::on(self.day, self.minute);
        if at <= self.end {
            self.steps.push(Step { at, deed });
        }
    }
}

fn first(sentence: Vec<String>) -> String {
    sentence.into_iter().next().unwrap_or_default()
}

/// Days since some Monday, by which days of the week are told.
fn weekday(day: Day) -> i32 {
    // 5 January 1970 was a Monday, four days after the clock's beginning.
    day.days_since(Moment(0).day().plus_days(4)).rem_euclid(7)
}

/// This day, or the Monday after it.
pub fn working_day(day: Day) -> Day {
    match weekday(day) {
        5 => day.plus_days(2),
        6 => day.plus_days(1),
        _ => day,
    }
}

fn tuesday_after(day: Day) -> Day {
    day.plus_days((8 - weekday(day)) % 7 + if weekday(day) == 1 { 7 } else { 0 })
}
