// SPDX-License-Identifier: EUPL-1.2
//! The money of the regions: planned by finance each autumn for the next year. The last region goes over
//! plan this year, all others stay below.

use super::staff::Cast;
use super::story::{Deed, Story};
use app::budget::{Covering, Plan};
use app::{App, Failure, budget};
use domain::budget::MoneyKind;
use domain::kernel::{Amount, Day, Line, Moment};
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
