// SPDX-License-Identifier: EUPL-1.2
//! Deliveries to municipal finance: the list, the next one with its columns, and each as a file.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t};
use app::Failure;
use app::budget::{self, Delivery, DeliveryLine};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::budget::DeliveryColumn;
use domain::kernel::Refusals;
use serde::Deserialize;

/// Columns of the first delivery, until somebody chooses others.
const FIRST: &str = "delivery,number,day,product,account-text,amount";

/// The room's doors.
pub(super) fn routes() -> Routes {
    let book = Asks::For(Action::BookBudget);
    Routes::default().get("/budget/uebergaben", book, list).post("/budget/uebergaben", book, deliver).get(
        "/budget/uebergaben/{id}",
        book,
        file,
    )
}

#[derive(Template)]
#[template(path = "budget/deliveries.html")]
struct DeliveriesPage {
    frame: Frame,
    all: Vec<Delivery>,
    waiting: usize,
    form: FormView,
}

impl DeliveriesPage {
    async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<Self, Oops> {
        let (all, waiting) = budget::deliveries(&web.app, &who.actor).await?;
        // What was chosen last is kept with that delivery and proposed again.
        let columns = all.first().map_or(FIRST, |newest| newest.columns.as_str());
        let form = if form.is_refused() { form } else { form.with("columns", columns) };
        Ok(Self { frame: Frame::new(web, who, "nav-budget"), all, waiting, form })
    }

    /// Each column with its code.
    fn columns(&self) -> Vec<(&'static str, String)> {
        let of = |column: &DeliveryColumn| (column.code(), t(&format!("delivery-{}", column.code())));
        DeliveryColumn::ALL.iter().map(of).collect()
    }
}

fn parse(form: &FormData) -> Result<Vec<DeliveryColumn>, Refusals> {
    let mut read = Parser::new(form);
    let columns = read.with("columns", DeliveryColumn::list);
    read.finish(columns)
}

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let form = FormView::new("delivery", web.app.fresh());
    Ok(page(&DeliveriesPage::load(&web, &who, form).await?))
}

async fn deliver(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::BookBudget)?;
    let key = form.key()?;
    let made = attempt(parse(&form), |columns| budget::deliver(&web.app, &who.actor, Some(key), columns)).await?;
    match made {
        Ok(_) => Ok(redirect("/budget/uebergaben")),
        Err(wrong) => {
            let form = FormView::new("delivery", key.id).refused(&form, &wrong);
            Ok(refused(&DeliveriesPage::load(&web, &who, form).await?))
        }
    }
}

/// Which kind of file.
#[derive(Deserialize)]
struct Format {
    #[serde(default)]
    als: String,
}

async fn file(
    State(web): State<Web>,
    who: SignedIn,
    Id(number): Id<String>,
    Query(format): Query<Format>,
) -> Result<Response, Oops> {
    let number = number.parse().or(Err(Failure::Denied(Denied::Hidden)))?;
    let (delivery, lines) = budget::delivery(&web.app, &who.actor, number).await?;
    Ok(sheet(&delivery, &lines)?.file(&format!("uebergabe-{number}"), &format.als))
}

fn sheet(delivery: &Delivery, lines: &[DeliveryLine]) -> Result<Sheet, Failure> {
    let columns = DeliveryColumn::list(&delivery.columns)?;
    let head = columns.iter().map(|column| t(&format!("delivery-{}", column.code()))).collect();
    let row = |line: &DeliveryLine| columns.iter().map(|column| cell(*column, delivery, line)).collect();
    Ok(Sheet { head, rows: lines.iter().map(row).collect() })
}

fn cell(column: DeliveryColumn, delivery: &Delivery, line: &DeliveryLine) -> Cell {
    let purpose = &line.purpose;
    match column {
        DeliveryColumn::Product => purpose.product.code().into(),
        DeliveryColumn::AccountText => {
            let words =
                (t(&format!("flow-{}", purpose.flow.code())), t(&format!("paragraph-{}", purpose.paragraph.code())));
            format!("{}, {}", words.0, words.1).into()
        }
        DeliveryColumn::Amount => line.amount.into(),
        DeliveryColumn::Day => line.on.german().into(),
        DeliveryColumn::Number => line.seq.to_string().into(),
        DeliveryColumn::Delivery => delivery.number.to_string().into(),
    }
}
