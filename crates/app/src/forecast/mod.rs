// SPDX-License-Identifier: EUPL-1.2
//! The forecast to the end of the year, with the office's own error beside it. It informs; nothing waits for it (N4).

mod guard;
mod parts;

use crate::access::taken;
use crate::core::{App, Failure, Key, found, in_office, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::{
    Band, Forecast, MoneyKind, Past, RunningHelp, Secrecy, Shown, Steps, Sum, WhatIf, Year, band, closed_quarter,
    contingent_state, foresee, foresee_some, secrecy,
};
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, Balance, Day, Line, OfficeId, Period, RegionId, Rule, SpaceId};
use guard::Guard;
use parts::Names;
use std::collections::BTreeMap;
use store::agreements::RateView;
use store::contracts::ContingentView;
use store::sight::RowSight;
use store::{ReadTx, budget, forecast};

/// Holidays beginning on this day are known.
pub const HOLIDAYS_KNOWN: Rule = Rule::new("forecast.holidays_known", "Eindeutigkeit");

/// How far back forecasts are held against what came.
const YEARS_BACK: i32 = 10;

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// One region, or all in sight.
    pub region: Option<RegionId>,
    /// As of the end of this day; left out: today. A day to come is today.
    pub on: Option<Day>,
    /// What if?
    pub what_if: WhatIf,
}

/// One cell of a table; hidden where it could be one family.
#[derive(Debug, Clone)]
pub struct Part<K> {
    /// What it is about.
    pub of: K,
    /// Its name.
    pub name: String,
    /// The numbers.
    pub sum: Shown<Sum>,
}

/// The page of the forecast.
#[derive(Debug, Clone)]
pub struct ForecastPage {
    /// Regions to choose from.
    pub regions: Vec<(RegionId, String)>,
    /// The one shown, if not all.
    pub region: Option<RegionId>,
    /// As of the end of this day.
    pub on: Day,
    /// Is it a day gone by?
    pub gone_by: bool,
    /// All of it.
    pub all: Sum,
    /// What the question "what if" makes of it.
    pub what_if: Balance,
    /// Planned and added, less what was taken off in advance.
    pub plan: Balance,
    /// Paid by month of the service.
    pub paid: [Balance; 12],
    /// Still to come by month.
    pub to_come: [Balance; 12],
    /// The band, if there is enough past.
    pub band: Option<Band>,
    /// What was said in past years, and what came, newest first.
    pub past: Vec<Past>,
    /// By space.
    pub spaces: Vec<Part<Option<SpaceId>>>,
    /// By kind of help.
    pub kinds: Vec<Part<HelpKind>>,
    /// By agency, in the neutral order of names.
    pub agencies: Vec<Part<AgencyId>>,
    /// Contingents that are running out.
    pub contingents: Vec<ContingentView>,
    /// School holidays of this year.
    pub holidays: Vec<(Period, String)>,
    /// How numbers are kept from the reader, if they are.
    pub secrecy: Option<Secrecy>,
    /// Are all sums hidden, because few are behind them?
    pub hidden: bool,
    /// Are the months hidden, because few are behind one of them?
    pub months_hidden: bool,
    /// May the reader keep forecasts and enter holidays?
    pub may_keep: bool,
}

impl ForecastPage {
    /// The first month, 1 to 12, in which what is paid and what is to come go beyond the plan.
    #[must_use]
    pub fn over_in(&self) -> Option<usize> {
        let mut sum = Balance::ZERO;
        let mut months = self.paid.iter().zip(&self.to_come);
        months
            .position(|(paid, to_come)| {
                sum = sum + *paid + *to_come;
                sum > self.plan
            })
            .map(|at| at + 1)
    }

    /// Forecast less plan.
    #[must_use]
    pub fn beyond(&self) -> Balance {
        self.all.total() - self.plan
    }

    /// Does the upper end of the band go beyond the plan, though the forecast does not?
    #[must_use]
    pub fn may_go_over(&self) -> bool {
        self.beyond() <= Balance::ZERO && self.band.is_some_and(|band| band.high > self.plan)
    }
}

/// Everything the forecast stands on, read with a fixed number of statements.
struct Ground {
    commitments: Vec<RunningHelp>,
    year: Year,
    steps: Steps,
}

fn ground(tx: &ReadTx<'_>, rows: &RowSight, (on, gone_by): (Day, bool)) -> Result<Ground, Failure> {
    let holidays: Vec<Period> = forecast::holidays(tx)?.into_iter().map(|(span, _)| span).collect();
    Ok(Ground {
        commitments: forecast::commitments(tx, rows, on, gone_by)?,
        year: Year::new(on, &holidays),
        steps: steps(&store::agreements::all_rates(tx)?),
    })
}

/// Prices agreed for later, by the line they follow. The list stands in the order of agreement, help and day.
fn steps(rates: &[RateView]) -> Steps {
    let mut steps: Steps = Steps::new();
    for (at, rate) in rates.iter().enumerate() {
        let same = |other: &&RateView| {
            let terms = domain::agencies::RateTerms { price: rate.terms.price, ..other.terms };
            terms == rate.terms && other.from > rate.from
        };
        let block = rates[at..].iter().take_while(|one| one.agreement == rate.agreement && one.help == rate.help);
        let later: Vec<(i32, i64)> =
            block.filter(same).map(|one| (one.from.number(), one.terms.price.cents())).collect();
        if !later.is_empty() {
            steps.insert(rate.id, later);
        }
    }
    steps
}

/// The forecast of a region, or of all in sight.
///
/// # Errors
/// Hidden for people without sight of any region, or of this one.
pub async fn page(app: &App, actor: &Actor, asked: Asked) -> Result<ForecastPage, Failure> {
    let reached = reach(actor, Action::SeeBudget)?;
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let regions = budget::regions(tx, &RowSight::regions(&reached))?;
        let scope: Vec<RegionId> = match asked.region {
            None => regions.iter().map(|(id, _)| *id).collect(),
            Some(region) => {
                permit(&actor, Action::SeeBudget, Standing::Region(region))?;
                vec![found(regions.iter().find(|(id, _)| *id == region))?.0]
            }
        };
        let secrecy = secrecy(&actor, asked.region);
        let on = if secrecy.is_some() { closed_quarter(today) } else { asked.on.unwrap_or(today).min(today) };
        let whole = reached.office && asked.region.is_none();
        let view = View { asked, scope, whole, secrecy, on, gone_by: on < today };
        let page = view.page(tx, regions)?;
        let may_keep = permit(&actor, Action::PlanBudget, Standing::Office).is_ok();
        Ok(ForecastPage { may_keep, ..page })
    })
    .await
}

/// What is looked at, and by whose eyes.
struct View {
    asked: Asked,
    scope: Vec<RegionId>,
    whole: bool,
    secrecy: Option<Secrecy>,
    on: Day,
    gone_by: bool,
}

impl View {
    fn page(self, tx: &ReadTx<'_>, regions: Vec<(RegionId, String)>) -> Result<ForecastPage, Failure> {
        let rows = RowSight::Only(self.scope.iter().map(|region| region.0).collect());
        // How helps go on is the whole office's experience, also for one region: parts add up to the whole.
        let ground = ground(tx, &RowSight::Everything, (self.on, self.gone_by))?;
        let guard = self.guard(&ground);
        let what_if = self.what_if(guard.as_ref());
        let counts = |help: &RunningHelp| self.scope.contains(&help.region);
        let foreseen = foresee_some((&ground.commitments, &counts), &ground.year, self.on, &ground.steps, &what_if);
        let hidden = guard.as_ref().is_some_and(|guard| self.is_hidden(guard));
        let foreseen = if hidden { Forecast::default() } else { foreseen };
        let (paid, months_hidden) = self.paid(tx, (&rows, hidden), (&foreseen, guard.as_ref()))?;
        let past = if hidden { Vec::new() } else { past(tx, &rows, self.on)? };
        let (all, names) = (foreseen.all, Names::read(tx)?);
        let asked_of = what_if.help.map_or(all, |help| foreseen.kinds.get(&help).copied().unwrap_or_default());
        let enough = self.secrecy.is_none_or(|secrecy| asked_of.running >= secrecy.fewest);
        let holidays = forecast::holidays(tx)?;
        let in_year = |span: &Period| span.from().year() == self.on.year();
        Ok(ForecastPage {
            region: self.asked.region,
            on: self.on,
            gone_by: self.gone_by,
            all,
            what_if: if enough { foreseen.what_if } else { Balance::ZERO },
            plan: self.plan(tx)?,
            paid,
            to_come: if months_hidden { Default::default() } else { foreseen.months },
            band: (!hidden).then(|| band(all.total(), all.paid, self.on, &past)).flatten(),
            past,
            spaces: names.spaces(&foreseen, guard.as_ref()),
            kinds: if guard.is_none() || self.whole { names.kinds(&foreseen, guard.as_ref()) } else { Vec::new() },
            agencies: if guard.is_none() { names.agencies(&foreseen) } else { Vec::new() },
            contingents: if guard.is_none() && !self.gone_by { running_out(tx, self.on)? } else { Vec::new() },
            holidays: holidays.into_iter().filter(|(span, _)| in_year(span)).collect(),
            secrecy: self.secrecy,
            hidden,
            months_hidden,
            may_keep: false,
            regions,
        })
    }

    /// For those who do not see everything: what tells of somebody, looked for in the whole office.
    fn guard(&self, ground: &Ground) -> Option<Guard> {
        let secrecy = self.secrecy?;
        let foreseen = foresee(&ground.commitments, &ground.year, self.on, &ground.steps, &WhatIf::default());
        Some(Guard::new(secrecy, &ground.commitments, &foreseen))
    }

    fn is_hidden(&self, guard: &Guard) -> bool {
        if self.whole { guard.office } else { self.scope.iter().any(|region| guard.regions.contains(region)) }
    }

    /// The question, as far as its answer is not one family's money: kinds are not crossed with regions, and which helps
    /// end this year may be known.
    fn what_if(&self, guard: Option<&Guard>) -> WhatIf {
        let Some(guard) = guard else { return self.asked.what_if };
        match self.asked.what_if.help {
            Some(help) if !self.whole || guard.kinds.contains(&help) => WhatIf::default(),
            _ => WhatIf { prolong_days: 0, ..self.asked.what_if },
        }
    }

    fn paid(
        &self,
        tx: &ReadTx<'_>,
        (rows, hidden): (&RowSight, bool),
        (foreseen, guard): (&Forecast, Option<&Guard>),
    ) -> Result<([Balance; 12], bool), Failure> {
        if !self.gone_by && guard.is_none() {
            return Ok((by_month(forecast::paid_by_month(tx, rows, self.on)?), false));
        }
        let paid = forecast::paid_by_month_then(tx, rows, self.on)?;
        let cells: Vec<(Balance, usize)> = paid.iter().map(|(_, sum, cases)| (*sum, *cases)).collect();
        if hidden || guard.is_some_and(|guard| !guard.shows_months(&cells, foreseen)) {
            return Ok(([Balance::ZERO; 12], true));
        }
        Ok((by_month(paid.into_iter().map(|(day, sum, _)| (day, sum)).collect()), false))
    }

    /// What the regions may use for individual claims. What was found for claims over plan is as telling as they are.
    fn plan(&self, tx: &ReadTx<'_>) -> Result<Balance, Failure> {
        let mut plan = Balance::ZERO;
        for region in &self.scope {
            let pot = budget::find_pot(tx, *region, self.on.year(), MoneyKind::IndividualClaim)?;
            let book = match pot {
                None => continue,
                Some(pot) if self.gone_by => budget::book_on(tx, pot, self.on)?,
                Some(pot) => budget::book(tx, pot)?,
            };
            plan = plan + if self.secrecy.is_some() { book.planned - book.top_sliced } else { book.available() };
        }
        Ok(plan)
    }
}

fn by_month(paid: Vec<(Day, Balance)>) -> [Balance; 12] {
    let mut months = [Balance::ZERO; 12];
    for (day, sum) in paid {
        if let Some(month) = usize::try_from(day.month() - 1).ok().and_then(|at| months.get_mut(at)) {
            *month = *month + sum;
        }
    }
    months
}

fn running_out(tx: &ReadTx<'_>, today: Day) -> Result<Vec<ContingentView>, Failure> {
    let all = store::contracts::contingents(tx, &RowSight::Everything)?;
    Ok(all.into_iter().filter(|one| contingent_state(&one.contingent, today).warn).collect())
}

/// What was foreseen in years that are over, and what came, newest first.
fn past(tx: &ReadTx<'_>, rows: &RowSight, today: Day) -> Result<Vec<Past>, Failure> {
    let mut actual: BTreeMap<i16, Balance> = BTreeMap::new();
    for (_, year, sum) in forecast::paid_by_year(tx, rows, today.plus_months(-12 * YEARS_BACK))? {
        let all = actual.entry(year).or_default();
        *all = *all + sum;
    }
    let mut said: BTreeMap<Day, Balance> = BTreeMap::new();
    for (_, as_of, sum) in forecast::kept(tx, rows)?.into_iter().filter(|(_, day, _)| day.year() < today.year()) {
        let all = said.entry(as_of).or_default();
        *all = *all + sum;
    }
    let past = said.into_iter().rev().filter(|(_, forecast)| *forecast > Balance::ZERO);
    let with_actual =
        past.filter_map(|(as_of, forecast)| Some(Past { as_of, forecast, actual: *actual.get(&as_of.year())? }));
    Ok(with_actual.collect())
}

/// Keeps today's forecast of every region, so that it can be compared with what comes.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn keep(app: &App, actor: &Actor, key: Option<Key>) -> Result<OfficeId, Failure> {
    let grant = in_office(actor, Action::PlanBudget)?;
    let today = app.today();
    let write = move |tx: ReadTx<'_>| {
        let office = tx.office();
        let ground = ground(&tx, &RowSight::Everything, (today, false))?;
        let foreseen = foresee(&ground.commitments, &ground.year, today, &ground.steps, &WhatIf::default());
        let tx = tx.allow(grant);
        for (region, sum) in &foreseen.regions {
            forecast::keep(&tx, *region, sum.total())?;
        }
        Ok(tx.commit(Deed::new(DeedKind::ForecastKept, office), office)?)
    };
    app.change(actor, key, write).await
}

/// Enters school holidays, in which helps with such a plan rest.
///
/// # Errors
/// [`HOLIDAYS_KNOWN`], [`Failure::Denied`].
pub async fn enter_holidays(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (span, name): (Period, Line),
) -> Result<OfficeId, Failure> {
    let grant = in_office(actor, Action::PlanBudget)?;
    let write = move |tx: ReadTx<'_>| {
        let (office, until) = (tx.office(), span.until().unwrap_or(span.from()));
        let tx = tx.allow(grant);
        forecast::insert_holiday(&tx, (span.from(), until), &name)
            .map_err(|error| taken(error, HOLIDAYS_KNOWN.broken_at("from")))?;
        Ok(tx.commit(Deed::new(DeedKind::HolidaysEntered, office), office)?)
    };
    app.change(actor, key, write).await
}
