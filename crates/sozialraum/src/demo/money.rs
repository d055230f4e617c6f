// SPDX-License-Identifier: EUPL-1.2
//! The money of the regions: planned by finance each autumn for the next year. The last region goes over
//! plan this year, all others stay below.

use super::staff::Cast;
use super::story::{Deed, Story};
use app::budget::{Covering, NewMoney, NewTransfer, Payment, Plan, Step, TransferPlace};
use app::{App, Failure, budget};
use domain::budget::{Flow, Form, MoneyKind, Paragraph, Purpose, Side};
use domain::kernel::{Amount, Day, Line, Moment, RegionId};
use std::collections::BTreeMap;

/// Thousands of euros that are planned even where nothing is needed.
const LEAST: i64 = 60;

/// Plans all years up to this one.
pub async fn plan(house: &App, cast: &Cast, stories: &[Story], end: Moment) -> Result<(), Failure> {
    let Some(finance) = cast.finance.first() else { return Ok(()) };
    let needed = needed(cast, stories);
    let this_year = end.day().year();
    for year in house.today().year()..=this_year {
        for (number, region) in cast.regions.iter().enumerate() {
            let over = year == this_year && number + 1 == cast.regions.len();
            let sum = needed.get(&(number, year)).copied().unwrap_or_default();
            let thousands = (sum * if over { 96 } else { 112 } / 100_000).max(LEAST);
            let new = Plan {
                region: *region,
                year,
                kind: MoneyKind::IndividualClaim,
                planned: Amount::from_cents(thousands * 100_000)?,
                top_slice: Some(Amount::from_cents(thousands * 3_000)?),
                note: Line::parse(&format!("Haushaltsbeschluss {year}"))?,
            };
            let autumn = Day::new(year - 1, 11, 18).map(|day| Moment::on(day, 10 * 60 + 15))?;
            budget::plan(&house.at(autumn.max(house.now())), &finance.actor, None, new).await?;
        }
    }
    Ok(())
}

/// The oldest top-up of each region is covered by a resolution three weeks later; the others wait for theirs.
pub async fn cover(house: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let Some(finance) = cast.finance.first() else { return Ok(()) };
    for region in &cast.regions {
        let page = budget::page(&house.at(end), &finance.actor, Some(*region), Some(end.day().year()), None).await?;
        let lines = page.top_ups.iter().map(|(line, _)| line);
        let oldest = lines.min_by_key(|top_up| (top_up.opened_on, top_up.missing.cents()));
        let Some(oldest) = oldest.filter(|_| page.top_ups.len() > 2) else { continue };
        let on = Moment::on(oldest.opened_on.plus_days(21), 11 * 60).min(end);
        let resolution = Line::parse(&format!("Überplanmäßige Ausgabe, Beschluss vom {}", on.day().german()))?;
        let covering = covering(oldest.missing.cents(), resolution)?;
        budget::cover_top_up(&house.at(on), &finance.actor, None, oldest.id, covering).await?;
    }
    Ok(())
}

/// What each region does beside single cases: a project paid in instalments, and one proven and settled; and
/// a transfer that waits for a second person.
pub async fn projects(house: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let (Some(finance), Some((agency, _))) = (cast.finance.first(), cast.agencies.first()) else { return Ok(()) };
    let year = end.day().year();
    let at = |month: i8, day: i8| Day::new(year, month, day).map(|day| Moment::on(day, 9 * 60).min(end));
    let (start, spring, autumn) = (house.at(at(1, 12)?), house.at(at(4, 15)?), house.at(at(10, 6)?));
    let line = |text: &str| Line::parse(text);
    budget::open_year(&start, &finance.actor, None, year, line(&format!("Haushaltssatzung {year}, Rat vom 10.12."))?)
        .await?;
    for region in &cast.regions {
        let (kind, note, planned) = (MoneyKind::Grant, line(&format!("Haushaltsbeschluss {year}"))?, euros(40_000)?);
        let plan = Plan { region: *region, year, kind, planned, top_slice: None, note };
        budget::plan(&start, &finance.actor, None, plan).await?;
        for (subject, thousands, paragraph) in
            [("Elterncafé im Bürgerhaus", 12, Paragraph::FamilyEducation), ("Ferienwerkstatt", 8, Paragraph::YouthWork)]
        {
            let purpose = Purpose::new(paragraph, Form::Group, Side::Independent, Flow::Grants);
            let (subject, amount) = (line(subject)?, euros(thousands * 1_000)?);
            let new = NewMoney { region: *region, year, kind, agency: Some(*agency), subject, purpose, amount };
            let promise = budget::promise_money(&start, &finance.actor, None, new).await?;
            let pay = |step, thousands: i64, note: &str| -> Result<Payment, Failure> {
                Ok(Payment { step, amount: euros(thousands * 1_000)?, note: line(note)? })
            };
            budget::pay(&spring, &finance.actor, None, promise, pay(Step::Advance, thousands / 2, "1. Rate")?).await?;
            if paragraph == Paragraph::YouthWork {
                budget::pay(
                    &autumn,
                    &finance.actor,
                    None,
                    promise,
                    pay(Step::Prove, thousands / 2, "Nachweis vom September")?,
                )
                .await?;
                budget::settle(&autumn, &finance.actor, None, promise, line("Abgerechnet nach Nachweis")?).await?;
            }
        }
    }
    let [first, .., last] = cast.regions.as_slice() else { return Ok(()) };
    let place = |region: &RegionId| TransferPlace { region: *region, kind: MoneyKind::Grant };
    let (reason, resolution) = (line("Ferienwerkstatt endet früher")?, line("Steuerungsgruppe vom 05.10., TOP 4")?);
    let new = NewTransfer { year, from: place(first), to: place(last), amount: euros(5_000)?, reason, resolution };
    budget::propose_transfer(&autumn, &finance.actor, None, new).await?;
    Ok(())
}

fn euros(euros: i64) -> Result<Amount, Failure> {
    Ok(Amount::from_cents(euros * 100)?)
}

/// A third out of another budget line, the rest without cover by resolution.
fn covering(missing: i64, resolution: Line) -> Result<Covering, Failure> {
    let third = Amount::from_cents((missing / 3).max(1))?;
    Ok(Covering {
        own_lines: vec![(third, Line::parse("Personalmittel Jugendzentren")?)],
        extra_income: None,
        reserve: None,
        other_region: None,
        rest_is_decided: true,
        resolution,
    })
}

/// Euros that the stories order, by region and year.
pub fn needed(cast: &Cast, stories: &[Story]) -> BTreeMap<(usize, i16), i64> {
    let mut sums = BTreeMap::new();
    for story in stories {
        let region = cast.teams.get(story.team).map_or(0, |team| team.region);
        for step in &story.steps {
            if let Deed::Commission(ordered) = &step.deed {
                *sums.entry((region, ordered.period.from().year())).or_default() += ordered.euros;
            }
        }
    }
    sums
}
