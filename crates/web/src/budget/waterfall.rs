// SPDX-License-Identifier: EUPL-1.2
//! The waterfall of a pot: from the plan to what is free, drawn on the server as SVG.
//!
//! Plan − top-slice + top-ups ± moved − committed − drawn = free. Whole numbers throughout: the same book always
//! gives the same picture.

use crate::kit::{t, t_with};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::budget::Book;
use domain::kernel::Balance;

/// Size of the picture.
const WIDTH: i128 = 660;
const TOP: i128 = 24;
const BOTTOM: i128 = 232;
/// A column, and the bar in it.
const COLUMN: i128 = 94;
const BAR: i128 = 64;
/// A bar is never so thin that it cannot be seen.
const THINNEST: i128 = 2;
/// From here on, amounts above bars are rounded.
const MILLION: u64 = 1_000_000;

/// One step of the waterfall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Stands on the ground.
    Stands,
    /// Goes up from where the last one ended.
    Adds,
    /// Goes down from there.
    Takes,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Name.
    pub label: String,
    /// Exact amount with its sign, for the table.
    pub amount: String,
    short: String,
    class: &'static str,
    x: i128,
    y: i128,
    height: i128,
    /// Where the line to the next bar runs.
    level: i128,
}

impl Bar {
    const fn middle(&self) -> i128 {
        self.x + BAR / 2
    }

    const fn text_y(&self) -> i128 {
        self.y - 6
    }

    /// Where the line to the next bar begins: behind the bar, or at once if there is none to see.
    const fn line_from(&self) -> i128 {
        if self.height == 0 { self.x } else { self.x + BAR }
    }

    const fn next(&self) -> i128 {
        self.x + COLUMN
    }
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "budget/waterfall.html")]
pub struct Waterfall {
    /// The bars, from left to right.
    pub bars: Vec<Bar>,
    title: String,
    description: String,
    ground: i128,
}

impl HtmlSafe for Waterfall {}

/// Values to heights.
struct Scale {
    highest: i128,
    span: i128,
}

impl Scale {
    fn new(levels: &[i128]) -> Self {
        let highest = levels.iter().copied().max().unwrap_or_default().max(0);
        let lowest = levels.iter().copied().min().unwrap_or_default().min(0);
        Self { highest, span: (highest - lowest).max(1) }
    }

    fn y(&self, value: i128) -> i128 {
        TOP + (self.highest - value) * (BOTTOM - TOP) / self.span
    }
}

impl Waterfall {
    /// Draws a book.
    #[must_use]
    pub fn new(book: &Book, title: String) -> Self {
        let steps = steps(book);
        let levels = levels(&steps);
        let scale = Scale::new(&levels.iter().flat_map(|(from, to)| [*from, *to]).collect::<Vec<_>>());
        let bars: Vec<Bar> = steps
            .iter()
            .zip(&levels)
            .zip(0..)
            .map(|((step, (from, to)), column)| bar(step, (scale.y(*from), scale.y(*to)), column))
            .collect();
        let said: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.label, bar.amount)).collect();
        Self { bars, title, description: said.join("; "), ground: scale.y(0) }
    }

    /// The bars that a line joins to the next one.
    fn joined(&self) -> &[Bar] {
        self.bars.split_last().map_or(&[], |(_, joined)| joined)
    }
}

type Named = (&'static str, Step, Balance);

fn steps(book: &Book) -> [Named; 7] {
    [
        ("budget-planned", Step::Stands, book.planned),
        ("budget-top-sliced", Step::Takes, book.top_sliced),
        ("budget-topped-up", Step::Adds, book.topped_up),
        ("budget-moved", Step::Adds, book.transferred + book.carried_over + book.income_used),
        ("budget-committed", Step::Takes, book.bound + book.advanced),
        ("budget-drawn", Step::Takes, book.drawn),
        ("budget-free", Step::Stands, book.free()),
    ]
}

/// Where each bar begins and ends.
fn levels(steps: &[Named]) -> Vec<(i128, i128)> {
    let mut level = 0_i128;
    let mut place = |(_, step, amount): &Named| {
        let cents = i128::from(amount.cents());
        let from = if *step == Step::Stands { 0 } else { level };
        level = if *step == Step::Takes { from - cents } else { from + cents };
        (from, level)
    };
    steps.iter().map(&mut place).collect()
}

fn bar((key, step, amount): &Named, (from, to): (i128, i128), column: i128) -> Bar {
    // What comes out of another pot is below zero where it is taken off: it adds.
    let moved = if *step == Step::Takes { Balance::ZERO - *amount } else { *amount };
    let sign = match step {
        Step::Stands => {
            if moved.is_negative() {
                "−"
            } else {
                ""
            }
        }
        _ if moved.cents() == 0 => "",
        _ => {
            if moved.is_negative() {
                "−"
            } else {
                "+"
            }
        }
    };
    let bare = if moved.is_negative() { Balance::ZERO - moved } else { moved };
    let class = match (step, *key) {
        (Step::Stands, _) if amount.is_negative() => "fill-red",
        (Step::Stands, _) => "fill-blue",
        (Step::Adds, _) if moved.is_negative() => "fill-amber",
        (Step::Adds, _) => "fill-green",
        (Step::Takes, "budget-committed") => "fill-grey",
        (Step::Takes, _) => "fill-amber",
    };
    let height = if amount.cents() == 0 { 0 } else { (to - from).abs().max(THINNEST) };
    Bar {
        label: t(key),
        amount: format!("{sign}{}", bare.german()),
        short: format!("{sign}{}", short(bare)),
        class,
        x: column * COLUMN + (COLUMN - BAR) / 2,
        y: from.min(to),
        height,
        level: to,
    }
}

/// `2,4 Mio. €`, `14.700 €`: what fits above a bar. The exact amount stands in the table.
fn short(amount: Balance) -> String {
    let euros = amount.cents().unsigned_abs().saturating_add(50) / 100;
    let sign = if amount.is_negative() { "−" } else { "" };
    if euros < MILLION {
        let whole = Balance::from_cents(i64::try_from(euros * 100).unwrap_or_default());
        return format!("{sign}{}", whole.german().replace(",00", ""));
    }
    let tenths = euros.saturating_add(50_000) / 100_000;
    let number = format!("{},{}", tenths / 10, tenths % 10);
    format!("{sign}{}", t_with("budget-short-million", &[("x", &number)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }

    fn draw(book: &Book) -> Waterfall {
        Waterfall::new(book, "Budget Süd 2026".to_owned())
    }

    fn inside(picture: &Waterfall) {
        for bar in &picture.bars {
            assert!(bar.y >= TOP && bar.y + bar.height <= BOTTOM + THINNEST, "{bar:?}");
            assert!(bar.x >= 0 && bar.x + BAR <= WIDTH, "{bar:?}");
        }
        assert!((TOP..=BOTTOM).contains(&picture.ground));
    }

    #[test]
    fn the_steps_end_at_what_is_free() {
        let book = Book {
            planned: euros(1000),
            top_sliced: euros(100),
            bound: euros(400),
            drawn: euros(200),
            ..Book::default()
        };
        let levels = levels(&steps(&book));
        assert_eq!(levels[5].1, levels[6].1);
        assert_eq!(levels[6], (0, 30_000));
        let picture = draw(&book);
        inside(&picture);
        assert_eq!(picture.bars[4].amount, "−400,00 €");
        assert_eq!(picture.bars[6].class, "fill-blue");
    }

    #[test]
    fn over_plan_goes_below_the_ground_and_is_red() {
        let picture = draw(&Book { planned: euros(100), bound: euros(250), ..Book::default() });
        inside(&picture);
        let free = &picture.bars[6];
        assert_eq!((free.class, free.y), ("fill-red", picture.ground));
        assert_eq!(free.y + free.height, BOTTOM);
        assert_eq!(free.amount, "−150,00 €");
    }

    #[test]
    fn the_reserve_gains_what_was_taken_off() {
        let picture = draw(&Book { top_sliced: euros(-100), transferred: euros(-40), ..Book::default() });
        inside(&picture);
        assert_eq!((picture.bars[1].amount.as_str(), picture.bars[3].amount.as_str()), ("+100,00 €", "−40,00 €"));
        assert_eq!(picture.bars[6].amount, "60,00 €");
    }

    #[test]
    fn nothing_planned_is_an_empty_picture() {
        let picture = draw(&Book::default());
        inside(&picture);
        assert!(picture.bars.iter().all(|bar| bar.height == 0));
    }

    #[test]
    fn huge_sums_stay_inside() {
        let huge = Balance::from_cents(i64::MAX / 4);
        let picture = draw(&Book { planned: huge, bound: huge, drawn: huge, topped_up: huge, ..Book::default() });
        inside(&picture);
    }

    #[test]
    fn short_amounts_round_to_the_nearest() {
        assert_eq!(short(euros(480)), "480 €");
        assert_eq!(short(euros(120_400)), "120.400 €");
        assert_eq!(short(Balance::from_cents(-1_470_050)), "−14.701 €");
        assert_eq!(short(euros(-2_449_000)), "−2,4 Mio. €");
        assert_eq!(short(euros(1_000_000)), "1,0 Mio. €");
    }

    #[test]
    fn the_picture_says_what_it_shows_and_has_no_styles() {
        let html = draw(&Book { planned: euros(100), ..Book::default() }).render().unwrap();
        assert!(html.contains("<title id=\"wasserfall-titel\">Budget Süd 2026</title>"));
        assert!(html.contains("Frei: 100,00 €"));
        assert!(!html.contains("style"));
    }
}
