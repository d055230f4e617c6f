// SPDX-License-Identifier: EUPL-1.2
//! How Musterhafen distributes its money: this year's key was decided, next year's is a draft beside it.

use super::staff::Cast;
use app::allocation::{
    self, DampingLine, Decision, IndicatorLine, MethodLine, ScopeLine, Sheet, SourceLine, decide, draft,
};
use app::territory::SpaceLine;
use app::{App, Failure, territory};
use domain::budget::allocation::{Majority, Votes};
use domain::kernel::{Day, Line, Moment};

/// With more spaces than this, the table has regions instead.
const SPACES: usize = 40;
const SOURCE: &str = "Musterhafen, erfundene Zahlen";

/// One area of the table, with made-up numbers that follow its place in the list.
struct Area {
    name: String,
    youth: i64,
    /// Hundredths of a percent.
    quote: i64,
    cases: i64,
    previous: i64,
}

/// Drafts both, and records the decision about the first.
pub async fn distribute(house: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let Some(finance) = cast.finance.first() else { return Ok(()) };
    let year = end.day().year();
    let mut areas = areas(&territory::spaces(house, &finance.actor).await?);
    let autumn = Day::new(year - 1, 11, 5).map(|day| Moment::on(day, 9 * 60))?;
    let house_then = house.at(autumn);
    let first = draft(&house_then, &finance.actor, None, &by_cases(year, &areas)).await?;
    let decision = Decision {
        body: Line::parse("Jugendhilfeausschuss")?,
        on: autumn.day(),
        resolution: Line::parse(&format!("Vorlage {}/47", year - 1))?,
        majority: Majority::TwoThirds,
        votes: Votes { yes: 11, no: 3, abstained: 1 },
    };
    decide(&house.at(Moment(autumn.0 + 3_600_000)), &finance.actor, None, first, decision).await?;
    let decided = allocation::page(house, &finance.actor, first).await?;
    for (area, share) in areas.iter_mut().zip(decided.paper.shares) {
        area.previous = share.cents / 100;
    }
    let next = Moment(end.0 - 26 * 3_600_000);
    draft(&house.at(next), &finance.actor, None, &by_youth(year + 1, &areas)).await?;
    Ok(())
}

fn areas(spaces: &[SpaceLine]) -> Vec<Area> {
    let name = |space: &SpaceLine| if spaces.len() > SPACES { space.region.clone() } else { space.name.clone() };
    let mut names: Vec<String> = spaces.iter().map(name).collect();
    names.sort();
    names.dedup();
    let area = |(name, n): (String, i64)| Area {
        name,
        youth: 1_150 + n * 317 % 900,
        quote: 640 + n * 271 % 1_100,
        cases: 24 + n * 29 % 47,
        previous: 0,
    };
    names.into_iter().zip(1..).map(area).collect()
}

fn table(head: &str, areas: &[Area], line: impl Fn(&Area) -> String) -> String {
    areas.iter().fold(head.to_owned(), |text, area| format!("{text}\n{};{}", area.name, line(area)))
}

fn sheet(year: i16, total: &str, columns: &[&str]) -> Sheet {
    let source = |column: &&str| SourceLine {
        column: (*column).to_owned(),
        source: SOURCE.to_owned(),
        as_of: format!("30.06.{}", year - 1),
    };
    Sheet {
        year: year.to_string().into(),
        total: total.into(),
        scope: vec![
            ScopeLine { paragraph: "§§ 27 Abs. 2, 29 bis 32, 35".into(), inside: Some(true), ..ScopeLine::default() },
            ScopeLine { paragraph: "§ 34 Heimerziehung".into(), inside: Some(false), amount: "1.350.000".into() },
        ],
        top_slice: "4 %".into(),
        sources: columns.iter().map(source).collect(),
        instalments: "4".into(),
        ..Sheet::default()
    }
}

fn indicator(column: &str) -> Vec<IndicatorLine> {
    vec![IndicatorLine { column: column.to_owned(), ..IndicatorLine::default() }]
}

fn by_cases(year: i16, areas: &[Area]) -> Sheet {
    let method = MethodLine { method: "cases".into(), indicators: indicator("Fälle"), ..MethodLine::default() };
    Sheet {
        title: "Sozialraumbudget nach Fallzahlen".into(),
        methods: vec![method],
        table: table("Sozialraum;Fälle", areas, |area| area.cases.to_string()),
        ..sheet(year, "3.950.000", &["Fälle"])
    }
}

fn by_youth(year: i16, areas: &[Area]) -> Sheet {
    let method = MethodLine {
        method: "youth-value".into(),
        population: "Unter 18".into(),
        indicators: indicator("Quote"),
        ..MethodLine::default()
    };
    let line = |area: &Area| format!("{};{},{:02};{}", area.youth, area.quote / 100, area.quote % 100, area.previous);
    let years = [(0, "60"), (1, "40"), (2, "20")];
    let damping =
        years.map(|(later, percent)| DampingLine { year: (year + later).to_string().into(), percent: percent.into() });
    Sheet {
        title: "Sozialraumbudget nach Jugendeinwohnerwert".into(),
        methods: vec![method],
        table: table("Sozialraum;Unter 18;Quote;bisher", areas, line),
        damping: damping.to_vec(),
        damping_borne: "gainers".into(),
        ..sheet(year, "4.100.000", &["Unter 18", "Quote"])
    }
}
