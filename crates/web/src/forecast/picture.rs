// SPDX-License-Identifier: EUPL-1.2
//! How the year goes: the plan as a dashed line, what is paid, what is to come, and the band at the end. Drawn on the
//! server as SVG, in whole numbers.

use crate::kit::{filters, t, t_with};
use app::forecast::ForecastPage;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::kernel::Balance;

const WIDTH: i128 = 660;
const LEFT: i128 = 84;
const RIGHT: i128 = 640;
const TOP: i128 = 24;
const BOTTOM: i128 = 240;

/// One month of the picture and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its name.
    pub name: String,
    /// Paid for it.
    pub paid: String,
    /// Still to come for it.
    pub to_come: String,
    /// Together, from January on.
    pub sum: String,
    letter: String,
    x: i128,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "forecast/burndown.html")]
pub struct BurnDown {
    /// The months.
    pub months: Vec<Month>,
    title: String,
    description: String,
    /// Points of the lines.
    paid: String,
    foreseen: String,
    plan: String,
    /// Corners of the band; empty without one.
    band: String,
    /// Height and label of grid lines.
    grid: Vec<(i128, String)>,
    plan_y: i128,
    /// Heights and name of the forecast's end: its own, and that of the band above it.
    end: (i128, i128, String),
}

impl HtmlSafe for BurnDown {}

struct Scale {
    highest: i128,
}

impl Scale {
    fn x(month: usize) -> i128 {
        LEFT + i128::try_from(month).unwrap_or_default() * (RIGHT - LEFT) / 12
    }

    fn y(&self, sum: Balance) -> i128 {
        BOTTOM - i128::from(sum.cents().max(0)) * (BOTTOM - TOP) / self.highest
    }
}

/// The next round number above: 1, 2, 5 times a power of ten.
fn round_up(cents: i128) -> i128 {
    let mut step = 100;
    loop {
        for times in [1, 2, 5] {
            if step * times >= cents {
                return step * times;
            }
        }
        step *= 10;
    }
}

impl BurnDown {
    /// Draws a forecast.
    #[must_use]
    pub fn new(shown: &ForecastPage, title: String) -> Self {
        let mut sums = vec![Balance::ZERO];
        for (paid, to_come) in shown.paid.iter().zip(&shown.to_come) {
            sums.push(sums.last().copied().unwrap_or_default() + *paid + *to_come);
        }
        let total = sums.last().copied().unwrap_or_default();
        let high = shown.band.map_or(total, |band| band.high);
        let most = i128::from(high.max(shown.plan).max(total).cents().max(100));
        let step = round_up(most.div_euclid(4) + 1);
        let scale = Scale { highest: step * (most / step + 1) };
        let point = |(month, sum): (usize, &Balance)| format!("{},{}", Scale::x(month), scale.y(*sum));
        // Up to the month of today it is mostly paid, from then on it is foreseen.
        let now = usize::try_from(shown.on.month()).unwrap_or_default().saturating_sub(1);
        let line = |from: usize, until: usize| {
            let points = sums.iter().enumerate().skip(from).take(until + 1 - from);
            points.map(point).collect::<Vec<_>>().join(" ")
        };
        let band = shown.band.map_or(String::new(), |band| {
            let start = format!("{},{}", Scale::x(now), scale.y(sums.get(now).copied().unwrap_or_default()));
            format!("{start} {RIGHT},{} {RIGHT},{}", scale.y(band.high), scale.y(band.low))
        });
        let grid = (0..).map(|n| n * step).take_while(|level| *level < scale.highest);
        let grid = grid.map(|level| {
            let sum = Balance::from_cents(i64::try_from(level).unwrap_or(i64::MAX));
            (scale.y(sum), short(sum))
        });
        let said = [("total", total.german()), ("plan", shown.plan.german())];
        let said: Vec<(&str, &str)> = said.iter().map(|(key, text)| (*key, text.as_str())).collect();
        Self {
            months: months(shown, &sums),
            title,
            description: t_with("forecast-picture-text", &said),
            paid: line(0, now),
            foreseen: line(now, 12),
            plan: format!("{LEFT},{BOTTOM} {RIGHT},{}", scale.y(shown.plan)),
            band,
            grid: grid.collect(),
            plan_y: scale.y(shown.plan),
            end: (scale.y(total), scale.y(high), short(total)),
        }
    }

    /// Where the name of the forecast stands: beyond its band, on the side away from the plan.
    fn end_label_y(&self) -> i128 {
        if self.plan_y >= self.end.0 { self.end.1 - 8 } else { self.end.0 + 22 }
    }

    /// Where the name of the plan stands: on the other side.
    fn plan_label_y(&self) -> i128 {
        if self.plan_y >= self.end.0 { self.plan_y + 22 } else { self.plan_y - 8 }
    }
}

/// Thousands of euros.
fn short(sum: Balance) -> String {
    let thousands = domain::agencies::half_up(i128::from(sum.cents()), 100_000);
    let digits = Balance::from_cents(thousands.saturating_mul(100)).german();
    t_with("forecast-thousand", &[("x", digits.split(',').next().unwrap_or_default())])
}

fn months(shown: &ForecastPage, sums: &[Balance]) -> Vec<Month> {
    let each = shown.paid.iter().zip(&shown.to_come).zip(sums.iter().skip(1)).enumerate();
    each.map(|(at, ((paid, to_come), sum))| {
        let name = t(&format!("month-{}", at + 1));
        Month {
            letter: name.chars().take(1).collect(),
            name,
            paid: paid.german(),
            to_come: to_come.german(),
            sum: sum.german(),
            x: Scale::x(at) + (RIGHT - LEFT) / 24,
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_round() {
        assert_eq!([round_up(1), round_up(101), round_up(2_001), round_up(4_500)], [100, 200, 5_000, 5_000]);
    }
}
