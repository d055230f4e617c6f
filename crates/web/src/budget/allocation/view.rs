// SPDX-License-Identifier: EUPL-1.2
//! A result on its way to the page.

use super::bars::Bars;
use super::say;
use crate::kit::messages::rule_key;
use crate::kit::{filters, t, t_with};
use app::allocation::{Paper, ShareLine, StepLine};
use askama::Template;
use askama::filters::HtmlSafe;

/// A step with all below it, as nested lists.
#[derive(Debug, Clone, Template)]
#[template(path = "budget/allocation_step.html")]
pub struct Tree {
    label: String,
    value: String,
    reason: String,
    parts: Vec<Tree>,
}

impl HtmlSafe for Tree {}

impl Tree {
    fn of(step: &StepLine) -> Self {
        let parts = say::told(step).into_iter().map(Self::of).collect();
        Self { label: say::label(step), value: say::value(step), reason: say::reason(step), parts }
    }
}

/// One area.
#[derive(Debug, Clone)]
pub struct Row {
    /// Name.
    pub area: String,
    /// What it gets.
    pub cents: i64,
    /// The same, written.
    pub amount: String,
    /// In percent of what is distributed.
    pub percent: String,
    /// What it has now, and the difference, written and in cents.
    pub before: Option<(String, String, i64)>,
    /// Why.
    pub why: Tree,
    /// What methods say besides money.
    pub figures: Vec<Tree>,
    /// Purposes, agencies: name and amount.
    pub parts: Vec<(String, String)>,
    /// Instalments, if there are several.
    pub instalments: Vec<String>,
}

impl Row {
    fn of(share: &ShareLine, of: i64, before: Option<i64>) -> Self {
        let parts = share.purposes.iter().chain(&share.agencies);
        let instalments = share.instalments.iter().map(|cents| say::euros(*cents));
        Self {
            area: share.area.clone(),
            cents: share.cents,
            amount: say::euros(share.cents),
            percent: say::percent(share.cents, of),
            before: before.map(|before| (say::euros(before), signed(share.cents - before), share.cents - before)),
            why: Tree::of(&share.why),
            figures: share.figures.iter().map(Tree::of).collect(),
            parts: parts.map(|part| (part.name.clone(), say::euros(part.cents))).collect(),
            instalments: instalments.filter(|_| share.instalments.len() > 1).collect(),
        }
    }
}

/// With its sign.
pub fn signed(cents: i64) -> String {
    format!("{}{}", if cents > 0 { "+" } else { "" }, say::euros(cents))
}

/// The shares of a proposal beside what is now.
#[derive(Debug, Clone, Template)]
#[template(path = "budget/allocation_shares.html")]
pub struct Shares {
    /// The areas.
    pub rows: Vec<Row>,
    /// From the whole to what is distributed: message key and amount.
    pub steps: Vec<(&'static str, String)>,
    /// Winners and losers, if there is something to compare with.
    pub bars: Option<Bars>,
    /// All shares together.
    sum: String,
    whole: Tree,
    sums: Vec<Tree>,
    said: Vec<String>,
    /// Is it compared with a decided proposal, not with the column "bisher"?
    decided: bool,
    /// Do any areas have purposes or agencies?
    has_parts: bool,
    /// Heads of the instalments, if there are several.
    rates: Vec<String>,
    open: bool,
}

impl HtmlSafe for Shares {}

impl Shares {
    /// Shows a result; `beside` are the shares of the decided proposal, if there is one. Without it the column
    /// "bisher" is what a share is compared with.
    #[must_use]
    pub fn new(paper: &Paper, beside: &[ShareLine], open: bool) -> Self {
        let known = |area: &str| beside.iter().find(|share| share.area == area).map(|share| share.cents);
        let decided = paper.shares.iter().any(|share| known(&share.area).is_some());
        let before = |share: &ShareLine| if decided { known(&share.area) } else { share.previous };
        let rows: Vec<Row> =
            paper.shares.iter().map(|share| Row::of(share, paper.distributed, before(share))).collect();
        let always = |key| matches!(key, "allocation-total" | "allocation-top-slice" | "allocation-distributed");
        let steps = [
            ("allocation-total", paper.total),
            ("allocation-left-out", paper.left_out),
            ("allocation-top-slice", paper.top_slice),
            ("allocation-extra", paper.extra),
            ("allocation-distributed", paper.distributed),
            ("allocation-rest", paper.rest),
        ];
        Self {
            bars: Bars::new(&rows),
            has_parts: rows.iter().any(|row| !row.parts.is_empty()),
            rates: rates(&rows),
            steps: steps
                .into_iter()
                .filter(|(key, cents)| always(*key) || *cents != 0)
                .map(|(key, cents)| (key, say::euros(cents)))
                .collect(),
            sum: say::euros(rows.iter().map(|row| row.cents).sum()),
            whole: Tree::of(&paper.whole),
            // What is distributed has its own place above.
            sums: paper.sums.iter().filter(|sum| **sum != paper.whole).map(Tree::of).collect(),
            said: paper.said.iter().map(|code| t(&rule_key(code))).collect(),
            rows,
            decided,
            open,
        }
    }
}

fn rates(rows: &[Row]) -> Vec<String> {
    let count = rows.iter().map(|row| row.instalments.len()).max().unwrap_or_default();
    (1..=count).map(|number| t_with("allocation-instalment", &[("x", &number.to_string())])).collect()
}
