// SPDX-License-Identifier: EUPL-1.2
//! Instalments, settlements and contingents of an agreement; counting contacts without names.

use super::{answered, saved};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::agreements::contracts::{self, Agreed, ContingentView, Plan, Proven};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::{QUANTITY_UNREADABLE, exact_quotient};
use domain::budget::{ContingentUnit, Paragraph, contingent_state};
use domain::kernel::{AgreementId, Amount, Balance, ContingentId, Day, InstalmentPlanId, Refusal, Refusals};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let manage = Asks::For(Action::ManageAgreements);
    Routes::default()
        .post("/vereinbarungen/{id}/raten", manage, plan)
        .post("/vereinbarungen/{id}/kontingente", manage, agree)
        .post("/raten/{id}/auszahlungen", manage, pay)
        .post("/raten/{id}/abrechnungen", manage, settle)
        .get("/kontingente", Asks::For(Action::CountContacts), list)
        .post("/kontingente/{id}/zaehlungen", Asks::For(Action::CountContacts), count)
}

// Forms -----------------------------------------------------------------------------------------------

/// A whole number of contacts, hours, or hundredths.
fn whole(text: &str) -> Result<i64, Refusal> {
    let text = text.trim().replace('.', "");
    text.parse().or(Err(QUANTITY_UNREADABLE.broken()))
}

/// Euros that may be nothing at all.
fn nothing_or_euro(text: &str) -> Result<Balance, Refusal> {
    if matches!(text.trim(), "0" | "0,00") { Ok(Balance::ZERO) } else { Amount::parse_euro(text).map(Amount::balance) }
}

fn parse_plan(agreement: AgreementId, form: &FormData) -> Result<Plan, Refusals> {
    let mut read = Parser::new(form);
    let region = read.id("region");
    let year = read.with("year", |text| Day::parse(&format!("{}-01-01", text.trim())).map(Day::year));
    let total = read.euro("total");
    let paragraph = read.code("paragraph", Paragraph::from_code);
    let value = (|| Some(Plan { agreement, region: region?, year: year?, total: total?, paragraph: paragraph? }))();
    read.finish(value)
}

fn parse_proven(form: &FormData) -> Result<Proven, Refusals> {
    let mut read = Parser::new(form);
    let agency = read.id("agency");
    let proven = read.with("proven", nothing_or_euro);
    let bonus_percent = read.maybe("bonus_percent", whole);
    let note = read.line("note");
    let value = (|| {
        let bonus_percent = bonus_percent?.unwrap_or_default();
        Some(Proven { agency: agency?, proven: proven?, bonus_percent, note: note? })
    })();
    read.finish(value)
}

fn parse_agreed(agreement: AgreementId, form: &FormData) -> Result<Agreed, Refusals> {
    let mut read = Parser::new(form);
    let (agency, unit) = (read.id("agency"), read.code("unit", ContingentUnit::from_code));
    let (agreed, price) = (read.with("agreed", whole), read.euro("price"));
    let (from, until) = (read.day("from"), read.day("until"));
    let value = (|| {
        let span = (from?, until?);
        Some(Agreed { agreement, agency: agency?, unit: unit?, agreed: agreed?, price: price?, span })
    })();
    read.finish(value)
}

fn parse_count(form: &FormData) -> Result<(Day, i64), Refusals> {
    let mut read = Parser::new(form);
    let (on, count) = (read.day("used_on"), read.with("count", whole));
    read.finish(on.zip(count))
}

// Handlers --------------------------------------------------------------------------------------------

async fn plan(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgreementId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let key = form.key()?;
    let made = attempt(parse_plan(id, &form), |new| contracts::plan(&web.app, &who.actor, Some(key), new)).await?;
    let again = |wrong: &Refusals| FormView::new("instalment", key.id).refused(&form, wrong);
    answered(&web, &who, id, made, |page, wrong| page.plan = again(wrong)).await
}

async fn agree(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgreementId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let key = form.key()?;
    let read = parse_agreed(id, &form);
    let made = attempt(read, |new| contracts::agree_on_contingent(&web.app, &who.actor, Some(key), new)).await?;
    let again = |wrong: &Refusals| FormView::new("contingent", key.id).refused(&form, wrong);
    answered(&web, &who, id, made, |page, wrong| page.contingent = again(wrong)).await
}

async fn pay(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<InstalmentPlanId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let (agency, due) = (read.id("agency"), read.day("due"));
    let which = read.finish(agency.zip(due)).map_err(app::Failure::from)?;
    contracts::pay(&web.app, &who.actor, Some(key), id, which).await?;
    Ok(saved(form.value("agreement")))
}

async fn settle(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<InstalmentPlanId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let key = form.key()?;
    let read = parse_proven(&form);
    let settled = attempt(read, |new| contracts::settle_year(&web.app, &who.actor, Some(key), id, new)).await?;
    match (settled, form.value("agreement").parse()) {
        (settled, Ok(agreement)) => {
            let again = |wrong: &Refusals| FormView::new("settlement", key.id).refused(&form, wrong);
            answered(&web, &who, agreement, settled, |page, wrong| page.settlement = again(wrong)).await
        }
        (Ok(_), Err(_)) => Ok(redirect("/vereinbarungen")),
        (Err(wrong), Err(_)) => Err(app::Failure::from(wrong).into()),
    }
}

/// Where something was just counted.
#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    gezaehlt: String,
}

async fn list(State(web): State<Web>, who: SignedIn, Query(counted): Query<Counted>) -> Result<Response, Oops> {
    let mut template = ContingentsTemplate::load(&web, &who).await?;
    template.counted = !counted.gezaehlt.is_empty();
    Ok(page(&template))
}

async fn count(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ContingentId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let read = parse_count(&form);
    match attempt(read, |what| contracts::count(&web.app, &who.actor, Some(key), id, what)).await? {
        Ok(_) => Ok(redirect("/kontingente?gezaehlt=1")),
        Err(wrong) => {
            let mut template = ContingentsTemplate::load(&web, &who).await?;
            template.wrong = Some((id, FormView::new("count", key.id).refused(&form, &wrong)));
            Ok(refused(&template))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "agreements/contingents.html")]
struct ContingentsTemplate {
    frame: Frame,
    contingents: Vec<ContingentView>,
    today: Day,
    form: FormView,
    wrong: Option<(ContingentId, FormView)>,
    counted: bool,
}

impl ContingentsTemplate {
    async fn load(web: &Web, who: &SignedIn) -> Result<Self, Oops> {
        let today = web.app.today();
        Ok(Self {
            frame: Frame::new(web, who, "nav-contingents"),
            contingents: contracts::contingents(&web.app, &who.actor).await?,
            today,
            form: FormView::new("count", web.app.fresh()).with("used_on", today),
            wrong: None,
            counted: false,
        })
    }

    /// Those that can still be counted, or just ended.
    fn open(&self) -> Vec<&ContingentView> {
        let recent = |one: &&ContingentView| {
            one.contingent.period.until().is_none_or(|until| until >= self.today.plus_days(-31))
        };
        self.contingents.iter().filter(recent).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proven_may_be_nothing_at_all() {
        assert_eq!(nothing_or_euro("0"), Ok(Balance::ZERO));
        assert_eq!(nothing_or_euro("1.200,50"), Ok(Balance::from_cents(120_050)));
        assert!(nothing_or_euro("").is_err());
    }
}
