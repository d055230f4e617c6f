// SPDX-License-Identifier: EUPL-1.2
//! Winners and losers: bars to both sides of what is now, drawn on the server as SVG.

use super::view::{Row, signed};
use askama::Template;
use askama::filters::HtmlSafe;

/// Width of a bar's picture in its own units. Names and amounts are text above it, so that they can be read on
/// a phone.
const WIDTH: i128 = 640;
/// The middle, and how far a bar goes to one side of it.
const MIDDLE: i128 = WIDTH / 2;
/// A change is never so small that it cannot be seen.
const THINNEST: i128 = 2;

/// One area's bar.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bar {
    area: String,
    change: String,
    class: &'static str,
    x: i128,
    width: i128,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "budget/allocation_bars.html")]
pub struct Bars {
    bars: Vec<Bar>,
}

impl HtmlSafe for Bars {}

impl Bars {
    /// Draws what changes; nothing if there is nothing to compare with.
    #[must_use]
    pub fn new(rows: &[Row]) -> Option<Self> {
        let changes: Vec<(&Row, i64)> = rows.iter().filter_map(|row| Some((row, row.before.as_ref()?.2))).collect();
        let most = changes.iter().map(|(_, change)| i128::from(change.abs())).max()?.max(1);
        let bars = changes.iter().map(|(row, change)| {
            let length = i128::from(change.abs()) * MIDDLE / most;
            let width = if *change == 0 { 0 } else { length.max(THINNEST) };
            Bar {
                area: row.area.clone(),
                change: signed(*change),
                class: if *change < 0 { "fill-red" } else { "fill-green" },
                x: if *change < 0 { MIDDLE - width } else { MIDDLE },
                width,
            }
        });
        Some(Self { bars: bars.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::Shares;
    use app::allocation::{MethodLine, Sheet, work_out};

    fn draw(table: &str) -> Option<super::Bars> {
        let sheet = Sheet {
            title: "Probe".into(),
            year: "2027".into(),
            total: "300".into(),
            methods: vec![MethodLine { method: "H".into(), ..MethodLine::default() }],
            table: table.into(),
            ..Sheet::default()
        };
        Shares::new(&work_out(&sheet).unwrap(), &[], false).bars
    }

    #[test]
    fn losses_go_one_way_and_gains_the_other() {
        let bars = draw("G;bisher\nA;200\nB;50\nC;100").unwrap().bars;
        let shown: Vec<_> = bars.iter().map(|bar| (bar.class, bar.x, bar.width, bar.change.as_str())).collect();
        assert_eq!(
            shown,
            [("fill-red", 0, 320, "−100,00 €"), ("fill-green", 320, 160, "+50,00 €"), ("fill-green", 320, 0, "0,00 €")]
        );
    }

    #[test]
    fn without_a_before_there_is_no_picture() {
        assert!(draw("G\nA\nB").is_none());
    }
}
