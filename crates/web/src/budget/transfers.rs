// SPDX-License-Identifier: EUPL-1.2
//! Transfers between pots: proposed by one, approved by another.

use super::{kinds, read_year, years};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::budget::{self, NewTransfer, TransferPlace, TransferView, TransfersPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::budget::MoneyKind;
use domain::kernel::{Amount, Refusals, TransferId, UserId};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let plan = Asks::For(Action::PlanBudget);
    Routes::default()
        .get("/budget/umbuchungen", Asks::For(Action::SeeBudget), list)
        .post("/budget/umbuchungen", plan, propose)
        .post("/budget/umbuchungen/{id}/freigabe", Asks::For(Action::ReleaseBudget), approve)
        .post("/budget/umbuchungen/{id}/ruecknahme", plan, withdraw)
}

fn parse(form: &FormData) -> Result<NewTransfer, Refusals> {
    let mut read = Parser::new(form);
    let year = read.with("year", read_year);
    let (from, from_kind) = (read.id("from_region"), read.code("from_kind", MoneyKind::from_code));
    let (to, to_kind) = (read.id("to_region"), read.code("to_kind", MoneyKind::from_code));
    let (amount, reason, resolution) = (read.euro("amount"), read.line("reason"), read.line("resolution"));
    let value = (|| {
        let from = TransferPlace { region: from?, kind: from_kind? };
        let to = TransferPlace { region: to?, kind: to_kind? };
        Some(NewTransfer { year: year?, from, to, amount: amount?, reason: reason?, resolution: resolution? })
    })();
    read.finish(value)
}

/// What the approving person saw: sent along with the button.
fn seen(form: &FormData) -> Result<(Amount, i64), Refusals> {
    let mut read = Parser::new(form);
    let amount = read.code("cents", |text| Amount::from_cents(text.parse().ok()?).ok());
    let version = read.code("version", |text| text.parse().ok());
    read.finish(amount.zip(version))
}

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&TransfersTemplate::load(&web, &who).await?))
}

async fn propose(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let made = attempt(parse(&form), |new| budget::propose_transfer(&web.app, &who.actor, Some(key), new)).await?;
    match made {
        Ok(id) => Ok(redirect(&format!("/budget/umbuchungen#u-{id}"))),
        Err(wrong) => {
            let mut template = TransfersTemplate::load(&web, &who).await?;
            template.propose = FormView::new("budget-transfer", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

async fn approve(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<TransferId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(seen(&form), |seen| budget::approve_transfer(&web.app, &who.actor, Some(key), id, seen)).await?;
    match done {
        Ok(entry) => Ok(redirect(&format!("/budget/buchungen/{entry}"))),
        // The page as it is now, with what changed and a fresh question.
        Err(wrong) => {
            let mut template = TransfersTemplate::load(&web, &who).await?;
            template.decide = template.decide.refused(&FormData::default(), &wrong);
            Ok(refused(&template))
        }
    }
}

async fn withdraw(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<TransferId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    budget::withdraw_transfer(&web.app, &who.actor, Some(key), id).await?;
    Ok(redirect("/budget/umbuchungen"))
}

#[derive(Template)]
#[template(path = "budget/transfers.html")]
struct TransfersTemplate {
    frame: Frame,
    shown: TransfersPage,
    me: UserId,
    regions: Vec<Choice>,
    years: Vec<Choice>,
    kinds: Vec<Choice>,
    propose: FormView,
    decide: FormView,
    withdraw: FormView,
}

impl TransfersTemplate {
    async fn load(web: &Web, who: &SignedIn) -> Result<Self, Oops> {
        let shown = budget::transfers(&web.app, &who.actor).await?;
        let year = web.app.today().year();
        Ok(Self {
            frame: Frame::new(web, who, "nav-budget"),
            me: who.actor.user,
            regions: shown.regions.iter().map(|(id, name)| Choice::new(id, name)).collect(),
            years: years(year, year),
            kinds: kinds(),
            propose: FormView::new("budget-transfer", web.app.fresh()).with("year", year),
            decide: FormView::new("budget-approve", web.app.fresh()),
            withdraw: FormView::new("budget-withdraw", web.app.fresh()),
            shown,
        })
    }

    /// May the reader approve this one? Not what they proposed themselves (GEL-081).
    fn may_approve(&self, transfer: &TransferView) -> bool {
        self.shown.may_approve && transfer.proposed_by != self.me
    }
}
