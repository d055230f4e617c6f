// SPDX-License-Identifier: EUPL-1.2
//! The forecast to the end of the year, out of what runs: a fold over commitments, without a clock and without chance.
//!
//! What is paid, plus what is still to come of each help: from the day after the last invoiced month until its likely
//! end. Nothing here ends a help or holds it up; the numbers are for those who must find the money in time (W36).

use super::cost::{Carry, Cost, Performance, Steps, Year};
use crate::agencies::half_up;
use crate::casework::HelpKind;
use crate::kernel::{AgencyId, Amount, Balance, CaseId, Day, RegionId, SpaceId};
use std::collections::{BTreeMap, HashMap};

/// An ended help for which no invoice came for so long is taken as settled.
pub const SETTLED_AFTER_DAYS: i32 = 90;
/// A help that begins within so many days of another's end, in the same case and of the same kind, prolongs it.
pub const FOLLOWS_WITHIN_DAYS: i32 = 30;
/// Fewer ended helps of a kind than this say nothing about how long the next ones will last.
pub const LEAST_ENDED: i64 = 8;
/// A commission without an end and without a plan is spread over a year.
pub const SPREAD_DAYS: i32 = 365;

/// A commission as the forecast sees it. Days are numbers.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Gebundene Hilfe")]
pub struct RunningHelp {
    /// The case; only to find helps that follow each other.
    pub case: CaseId,
    /// Who renders it.
    pub agency: AgencyId,
    /// Whose money.
    pub region: RegionId,
    /// Where, if the case has a place.
    pub space: Option<SpaceId>,
    /// Kind of help.
    pub help: HelpKind,
    /// First day.
    pub from: i32,
    /// Last day as granted.
    pub until: Option<i32>,
    /// Up to.
    pub ceiling: Amount,
    /// Its plan of performance, if one was noted.
    pub plan: Option<Performance>,
    /// Paid for this year.
    pub paid: i64,
    /// Last day of the last month that was paid for.
    pub paid_until: Option<i32>,
}

impl RunningHelp {
    /// How its cost runs.
    fn cost<'a>(&'a self, steps: &'a Steps) -> Cost<'a> {
        match &self.plan {
            Some(plan) => {
                let later = plan.rate.and_then(|rate| steps.get(&rate)).map_or(&[][..], Vec::as_slice);
                Cost::Planned { plan, steps: later }
            }
            None => {
                let days = self.until.map_or(SPREAD_DAYS, |until| until - self.from + 1);
                Cost::Spread { ceiling: self.ceiling.cents(), days }
            }
        }
    }
}

/// How helps of a kind went on after their granted end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Verlängerungserfahrung")]
pub struct Habit {
    /// Ended.
    pub ended: i64,
    /// Of them, prolonged by a next one.
    pub prolonged: i64,
    /// By so many days together.
    pub days: i64,
}

impl Habit {
    /// So many days longer than granted, on average over all that ended; nothing where too few did.
    #[must_use]
    pub fn likely_days(&self) -> i32 {
        if self.ended < LEAST_ENDED {
            return 0;
        }
        i32::try_from(half_up(i128::from(self.days), i128::from(self.ended))).unwrap_or_default()
    }
}

/// First and last days of helps, by case and kind.
type Starts = HashMap<(CaseId, HelpKind), Vec<(i32, Option<i32>)>>;

/// Where a help of the same case and kind takes over.
fn starts(all: &[RunningHelp]) -> Starts {
    let mut starts = Starts::with_capacity(all.len());
    for one in all {
        starts.entry((one.case, one.help)).or_default().push((one.from, one.until));
    }
    starts
}

fn follower(one: &RunningHelp, starts: &Starts) -> Option<(i32, Option<i32>)> {
    let until = one.until?;
    let next = starts.get(&(one.case, one.help))?;
    next.iter()
        .copied()
        .filter(|(from, _)| *from > one.from && (-7..=FOLLOWS_WITHIN_DAYS).contains(&(from - until)))
        .min()
}

/// How helps that ended before today went on, by kind.
#[must_use]
pub fn habits(all: &[RunningHelp], today: Day) -> BTreeMap<HelpKind, Habit> {
    let (starts, today) = (starts(all), today.number());
    let mut habits: BTreeMap<HelpKind, Habit> = BTreeMap::new();
    for one in all {
        let Some(until) = one.until.filter(|until| until + FOLLOWS_WITHIN_DAYS < today) else { continue };
        let habit = habits.entry(one.help).or_default();
        habit.ended += 1;
        if let Some((_, next_until)) = follower(one, &starts) {
            habit.prolonged += 1;
            habit.days += i64::from((next_until.unwrap_or(today) - until).max(0));
        }
    }
    habits
}

/// What if? Nothing of it is written down anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Was wäre wenn")]
pub struct WhatIf {
    /// Helps of this kind; none means all.
    pub help: Option<HelpKind>,
    /// So many average helps end today.
    pub end: i64,
    /// So many average helps are added from tomorrow on.
    pub open: i64,
    /// Every help that ends this year goes on for so many days more.
    pub prolong_days: i32,
    /// Prices rise by so many thousandths from tomorrow on.
    pub dearer_permille: i64,
}

/// Money of some commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Prognosesumme")]
pub struct Sum {
    /// Commitments that count in this year.
    pub count: usize,
    /// Of them, running today.
    pub running: usize,
    /// Paid.
    pub paid: Balance,
    /// Still to come.
    pub to_come: Balance,
}

impl Sum {
    /// Paid and to come.
    #[must_use]
    pub fn total(&self) -> Balance {
        self.paid + self.to_come
    }

    fn add(&mut self, part: &Self) {
        self.count += part.count;
        self.running += part.running;
        self.paid = self.paid + part.paid;
        self.to_come = self.to_come + part.to_come;
    }
}

/// The forecast to the end of the year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Prognose")]
pub struct Forecast {
    /// All of it.
    pub all: Sum,
    /// Still to come, by month of the year.
    pub months: [Balance; 12],
    /// By region.
    pub regions: BTreeMap<RegionId, Sum>,
    /// By space.
    pub spaces: BTreeMap<Option<SpaceId>, Sum>,
    /// By kind of help.
    pub kinds: BTreeMap<HelpKind, Sum>,
    /// By agency.
    pub agencies: BTreeMap<AgencyId, Sum>,
    /// How much more, or less, the question "what if" makes it.
    pub what_if: Balance,
    /// What each help that counts brings, by its place in the list; for those who ask who is behind a sum.
    pub helps: Vec<(usize, Sum)>,
    /// How many helps are behind what is to come in a month.
    pub month_helps: [usize; 12],
}

/// What the fold stands on.
struct Ground<'a> {
    year: &'a Year,
    today: i32,
    steps: &'a Steps,
    habits: BTreeMap<HelpKind, Habit>,
    starts: Starts,
}

impl Ground<'_> {
    /// Its likely last day, without the question "what if".
    fn end(&self, one: &RunningHelp) -> i32 {
        let Some(until) = one.until else { return self.year.last };
        // What has ended, ended; what is followed already, counts with its follower.
        if until < self.today || follower(one, &self.starts).is_some() {
            return until;
        }
        let said = one.plan.as_ref().and_then(|plan| plan.longer_days).and_then(|days| i32::try_from(days).ok());
        until.saturating_add(said.unwrap_or_else(|| self.habits.get(&one.help).map_or(0, Habit::likely_days)))
    }

    fn cost(&self, one: &RunningHelp, span: (i32, i32)) -> [i64; 12] {
        self.year.cost(&one.cost(self.steps), span, &mut Carry::default())
    }

    /// From which day on it is still to be paid; none when nothing is expected any more.
    fn open_from(&self, one: &RunningHelp, end: i32) -> Option<i32> {
        let from = one.paid_until.map_or(one.from, |paid| one.from.max(paid + 1));
        (end + SETTLED_AFTER_DAYS >= self.today && from <= end).then_some(from)
    }
}

/// What an average help brings to the question "what if".
#[derive(Default)]
struct Average {
    running: i64,
    rest: i64,
    through: i64,
    prolonged: i64,
}

/// Foresees the year. `all` may hold helps of the time before, which only tell how helps go on.
#[must_use]
pub fn foresee(all: &[RunningHelp], year: &Year, today: Day, steps: &Steps, what_if: &WhatIf) -> Forecast {
    foresee_some((all, &|_| true), year, today, steps, what_if)
}

/// Which helps count.
type Counts<'a> = &'a dyn Fn(&RunningHelp) -> bool;

/// Foresees a part of the office. How helps go on is asked of all, so that parts add up to the whole.
#[must_use]
pub fn foresee_some(
    (all, counts): (&[RunningHelp], Counts<'_>),
    year: &Year,
    today: Day,
    steps: &Steps,
    what_if: &WhatIf,
) -> Forecast {
    let ground = Ground { year, today: today.number(), steps, habits: habits(all, today), starts: starts(all) };
    let mut out = Forecast::default();
    let mut months = [0_i64; 12];
    let mut average = Average::default();
    for (at, one) in all.iter().enumerate() {
        let end = ground.end(one);
        if !counts(one) || ((one.from > year.last || end < year.first) && one.paid == 0) {
            continue;
        }
        let coming = ground.open_from(one, end).map_or([0; 12], |from| ground.cost(one, (from, end)));
        for ((sum, helps), month) in months.iter_mut().zip(&mut out.month_helps).zip(coming) {
            *sum += month;
            *helps += usize::from(month != 0);
        }
        let running = one.from <= ground.today && ground.today <= end;
        let (paid, to_come) = (Balance::from_cents(one.paid), Balance::from_cents(coming.iter().sum()));
        let part = Sum { count: 1, running: usize::from(running), paid, to_come };
        out.all.add(&part);
        out.helps.push((at, part));
        out.regions.entry(one.region).or_default().add(&part);
        out.spaces.entry(one.space).or_default().add(&part);
        out.kinds.entry(one.help).or_default().add(&part);
        out.agencies.entry(one.agency).or_default().add(&part);
        if *what_if != WhatIf::default() && running && what_if.help.is_none_or(|help| help == one.help) {
            weigh(&ground, one, end, (what_if, &mut average));
        }
    }
    out.months = months.map(Balance::from_cents);
    out.what_if = Balance::from_cents(answer(what_if, &average));
    out
}

fn weigh(ground: &Ground<'_>, one: &RunningHelp, end: i32, (what_if, average): (&WhatIf, &mut Average)) {
    let tomorrow = (ground.today + 1).max(one.from);
    let cost = |until: i32| ground.cost(one, (tomorrow, until)).iter().sum::<i64>();
    average.running += 1;
    average.rest += cost(end);
    average.through += cost(ground.year.last);
    if what_if.prolong_days > 0 && end < ground.year.last {
        average.prolonged += cost(end.saturating_add(what_if.prolong_days)) - cost(end);
    }
}

fn answer(what_if: &WhatIf, average: &Average) -> i64 {
    let of = |sum: i64, count: i64| half_up(i128::from(sum) * i128::from(count), i128::from(average.running));
    let ended = of(average.rest, what_if.end.clamp(0, average.running));
    let opened = of(average.through, what_if.open.max(0));
    let dearer = half_up(i128::from(average.rest) * i128::from(what_if.dearer_permille), 1000);
    opened - ended + average.prolonged + dearer
}

#[cfg(test)]
#[path = "forecast_tests.rs"]
mod tests;
