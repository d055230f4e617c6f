// SPDX-License-Identifier: EUPL-1.2
//! Covering a top-up: several sources, and a rest without cover by resolution.

use super::{Asked, BudgetTemplate, booked, planned_by};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, FormData, FormView, Id, Oops, Routes, SignedIn, Web};
use app::budget::{self, Covering};
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{Amount, Line, Refusal, Refusals, Rule};
use uuid::Uuid;

/// A line of own budget lines that is not `amount; name`.
const COVER_LINE_UNREADABLE: Rule = Rule::new("budget.cover_line_unreadable", "§ 83 GO: Deckung benennen");

/// The room's doors.
pub(super) fn routes() -> Routes {
    Routes::default().post("/budget/nachsteuerungen/{id}", Asks::For(Action::PlanBudget), cover)
}

/// One budget line a line: `1.000.000; Jugendzentren`.
fn own_lines(text: &str) -> Result<Vec<(Amount, Line)>, Refusal> {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    filled
        .map(|line| {
            let (amount, name) = line.split_once(';').ok_or(COVER_LINE_UNREADABLE.broken())?;
            Ok((Amount::parse_euro(amount)?, Line::parse(name).or(Err(COVER_LINE_UNREADABLE.broken()))?))
        })
        .collect()
}

fn parse(form: &FormData) -> Result<Covering, Refusals> {
    let mut read = Parser::new(form);
    let own_lines = read.with("own_lines", own_lines);
    let (extra_income, reserve) = (read.maybe_euro("extra_income"), read.maybe_euro("reserve"));
    let (other_region, region_amount) = (read.maybe_id("other_region"), read.maybe_euro("region_amount"));
    let other_region = match (other_region, region_amount) {
        (Some(Some(region)), Some(Some(amount))) => Some(Some((region, amount))),
        (Some(None), Some(None)) => Some(None),
        (Some(None), Some(Some(_))) => read.with("other_region", |_| Err(CHOICE_MISSING.broken())),
        (Some(Some(_)), Some(None)) => read.euro("region_amount").map(|_| None),
        _ => None,
    };
    let rest_is_decided = form.value("rest") == "uncovered";
    let resolution = read.line("resolution");
    let value = (|| {
        Some(Covering {
            own_lines: own_lines?,
            extra_income: extra_income?,
            reserve: reserve?,
            other_region: other_region?,
            rest_is_decided,
            resolution: resolution?,
        })
    })();
    read.finish(value)
}

async fn cover(State(web): State<Web>, who: SignedIn, Id(id): Id<Uuid>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let covered =
        attempt(parse(&form), |covering| budget::cover_top_up(&web.app, &who.actor, Some(key), id, covering)).await?;
    match covered {
        Ok(_) => Ok(booked(&form)),
        Err(wrong) => {
            let asked = Asked::of_form(&form);
            let shown = planned_by(asked.page(&web, &who).await?)?;
            let mut template = BudgetTemplate::new(&web, &who, shown, &asked);
            template.cover = FormView::new("budget-cover", key.id).refused(&form, &wrong);
            template.covering = Some(id);
            Ok(refused(&template))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budget_lines_are_read_one_a_line() {
        let read = own_lines("1.000.000; Jugendzentren\n\n 350.000,50 € ;Kita Süd\n").unwrap();
        let read: Vec<_> = read.iter().map(|(amount, line)| (amount.cents(), line.as_str())).collect();
        assert_eq!(read, [(100_000_000, "Jugendzentren"), (35_000_050, "Kita Süd")]);
        assert_eq!(own_lines("1.000.000 Jugendzentren"), Err(COVER_LINE_UNREADABLE.broken()));
        assert_eq!(own_lines("5;"), Err(COVER_LINE_UNREADABLE.broken()));
        assert_eq!(own_lines("").unwrap(), []);
    }

    #[test]
    fn a_region_needs_its_amount_and_the_other_way_round() {
        let typed = |fields: &[(&str, &str)]| {
            let form = FormData::of(&[&[("resolution", "Rat")], fields].concat());
            parse(&form).map(|covering| covering.other_region).map_err(|wrong| wrong.list()[0].field)
        };
        let region = Uuid::from_u128(3).to_string();
        assert!(typed(&[("other_region", &region), ("region_amount", "5")]).unwrap().is_some());
        assert_eq!(typed(&[("other_region", &region)]), Err("region_amount"));
        assert_eq!(typed(&[("region_amount", "5")]), Err("other_region"));
        assert_eq!(typed(&[]), Ok(None));
    }
}
