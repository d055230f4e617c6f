// SPDX-License-Identifier: EUPL-1.2
//! The forecast to the end of the year, with the office's own error beside it. It informs; nothing waits for it (N4).

use crate::access::taken;
use crate::core::{App, Failure, Key, found, in_office, reach};
use domain::access::{Action, Actor, Standing, permit, sight};
use domain::audit::{Deed, DeedKind};
use domain::budget::{
    Band, FEWEST, Forecast, MoneyKind, Past, Shown, Steps, Sum, WhatIf, Year, band, contingent_state, foresee, protect,
};
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, Balance, Day, Line, OfficeId, Period, RegionId, Rule, SpaceId};
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
    /// As of.
    pub today: Day,
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
    /// Are small numbers hidden from the reader?
    pub protected: bool,
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
    commitments: Vec<domain::budget::RunningHelp>,
    year: Year,
    steps: Steps,
}

fn ground(tx: &ReadTx<'_>, rows: &RowSight, today: Day) -> Result<Ground, Failure> {
    let holidays: Vec<Period> = forecast::holidays(tx)?.into_iter().map(|(span, _)| span).collect();
    Ok(Ground {
        commitments: forecast::commitments(tx, rows, today)?,
        year: Year::new(today, &holidays),
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
    let seen = RowSight::regions(&reach(actor, Action::SeeBudget)?);
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let regions = budget::regions(tx, &seen)?;
        if let Some(region) = asked.region {
            permit(&actor, Action::SeeBudget, Standing::Region(region))?;
            found(regions.iter().find(|(id, _)| *id == region))?;
        }
        let rows = asked.region.map_or(seen.clone(), |region| RowSight::Only(vec![region.0]));
        let ground = ground(tx, &rows, today)?;
        let foreseen = foresee(&ground.commitments, &ground.year, today, &ground.steps, &asked.what_if);
        let protected = sight(&actor, Action::SeeCommission).is_nothing();
        // The average of one or two helps is a family's money, too.
        let asked_of =
            asked.what_if.help.map_or(foreseen.all, |help| foreseen.kinds.get(&help).copied().unwrap_or_default());
        let what_if = if protected && asked_of.running < FEWEST { Balance::ZERO } else { foreseen.what_if };
        let names = Names::read(tx)?;
        let past = past(tx, &rows, today)?;
        let all = foreseen.all;
        let chosen = |id: &RegionId| asked.region.is_none_or(|region| region == *id);
        let mut plan = Balance::ZERO;
        for (region, _) in regions.iter().filter(|(id, _)| chosen(id)) {
            plan = plan + planned(tx, *region, today.year())?;
        }
        let holidays = forecast::holidays(tx)?;
        Ok(ForecastPage {
            region: asked.region,
            today,
            all,
            what_if,
            plan,
            paid: by_month(&forecast::paid_by_month(tx, &rows, today)?),
            to_come: foreseen.months,
            band: band(all.total(), all.paid, today, &past),
            past,
            spaces: names.spaces(&foreseen, protected),
            kinds: names.kinds(&foreseen, protected),
            agencies: names.agencies(&foreseen, protected),
            contingents: running_out(tx, today)?,
            holidays: holidays.into_iter().filter(|(span, _)| span.from().year() == today.year()).collect(),
            protected,
            may_keep: permit(&actor, Action::PlanBudget, Standing::Office).is_ok(),
            regions,
        })
    })
    .await
}

/// What the region may use this year for individual claims.
fn planned(tx: &ReadTx<'_>, region: RegionId, year: i16) -> Result<Balance, Failure> {
    let pot = budget::find_pot(tx, region, year, MoneyKind::IndividualClaim)?;
    Ok(pot.map_or(Ok(domain::budget::Book::default()), |pot| budget::book(tx, pot))?.available())
}

fn by_month(paid: &[(Day, Balance)]) -> [Balance; 12] {
    let mut months = [Balance::ZERO; 12];
    for (day, sum) in paid {
        if let Some(month) = usize::try_from(day.month() - 1).ok().and_then(|at| months.get_mut(at)) {
            *month = *month + *sum;
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

/// Names of what the tables are about.
struct Names {
    spaces: BTreeMap<SpaceId, String>,
    agencies: Vec<(AgencyId, String)>,
}

impl Names {
    fn read(tx: &ReadTx<'_>) -> Result<Self, Failure> {
        let spaces = store::territory::spaces(tx)?.into_iter().map(|line| (line.id, line.name.as_str().to_owned()));
        let agencies = store::agencies::all(tx)?.into_iter();
        let agencies = agencies.map(|agency| (agency.id, agency.name.as_str().to_owned()));
        Ok(Self { spaces: spaces.collect(), agencies: agencies.collect() })
    }

    fn spaces(&self, foreseen: &Forecast, protected: bool) -> Vec<Part<Option<SpaceId>>> {
        let name = |id: &Option<SpaceId>| id.and_then(|id| self.spaces.get(&id)).cloned().unwrap_or_default();
        let mut parts: Vec<_> = foreseen.spaces.iter().map(|(id, sum)| (*id, name(id), *sum)).collect();
        // Without a place last, all others by name.
        parts.sort_by(|one, other| (one.0.is_none(), &one.1).cmp(&(other.0.is_none(), &other.1)));
        parts_of(parts, protected)
    }

    fn kinds(&self, foreseen: &Forecast, protected: bool) -> Vec<Part<HelpKind>> {
        let parts = foreseen.kinds.iter().map(|(kind, sum)| (*kind, kind.paragraph().to_owned(), *sum));
        parts_of(parts.collect(), protected)
    }

    fn agencies(&self, foreseen: &Forecast, protected: bool) -> Vec<Part<AgencyId>> {
        let sum = |id: &AgencyId| foreseen.agencies.get(id).copied();
        let parts = self.agencies.iter().filter_map(|(id, name)| Some((*id, name.clone(), sum(id)?)));
        parts_of(parts.collect(), protected)
    }
}

/// Small numbers are hidden from those who see no commissions (N10).
fn parts_of<K>(parts: Vec<(K, String, Sum)>, protected: bool) -> Vec<Part<K>> {
    let counts: Vec<usize> = parts.iter().map(|(_, _, sum)| if protected { sum.count } else { 0 }).collect();
    let shown = protect(&counts);
    let part = |((of, name, sum), shown): ((K, String, Sum), Shown<()>)| {
        let sum = if shown == Shown::Hidden { Shown::Hidden } else { Shown::Open(sum) };
        Part { of, name, sum }
    };
    parts.into_iter().zip(shown).map(part).collect()
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
        let ground = ground(&tx, &RowSight::Everything, today)?;
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
