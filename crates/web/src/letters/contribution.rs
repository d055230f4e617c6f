// SPDX-License-Identifier: EUPL-1.2
//! "Kostenbeitrag": finance tells parents that they may have a share in the costs (§ 92(3) SGB VIII).

use super::letter_page::{self, LetterTemplate, Side};
use crate::casework::sheet::help_name;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, onward};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::letters::contribution::{self, ContributionPage};
use askama::Template as Page;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CommissionId, LetterId, PersonId, Refusals};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let asks = Asks::For(Action::WriteContribution);
    Routes::default()
        .get("/kostenbeitraege/{id}", asks, list)
        .post("/kostenbeitraege/{id}", asks, begin)
        .get("/kostenbriefe/{id}", asks, show)
        .post("/kostenbriefe/{id}", asks, change)
        .post("/kostenbriefe/{id}/freigeben", asks, release)
        .post("/kostenbriefe/{id}/versand", asks, dispatch)
        .get("/kostenbriefe/{id}/pdf", asks, paper)
}

fn parse_new(form: &FormData) -> Result<(PersonId, Vec<PersonId>), Refusals> {
    let mut read = Parser::new(form);
    let (parent, children) = (read.id::<PersonId>("to"), read.ids::<PersonId>("children"));
    read.finish(parent.zip(children))
}

async fn list(State(web): State<Web>, who: SignedIn, Id(id): Id<CommissionId>) -> Result<Response, Oops> {
    Ok(page(&ListTemplate::load(&web, &who, id).await?))
}

async fn begin(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CommissionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |new| contribution::begin(&web.app, &who.actor, key, id, new);
    let done = attempt(parse_new(&form), act).await?;
    onward(done, |made| Side::Finance.at(made), ("contribution", &form), || ListTemplate::load(&web, &who, id)).await
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>) -> Result<Response, Oops> {
    Ok(page(&LetterTemplate::load(&web, &who, (Side::Finance, id)).await?))
}

async fn change(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    letter_page::change(&web, &who, (Side::Finance, id), &form).await
}

async fn release(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    letter_page::release(&web, &who, (Side::Finance, id), &form).await
}

async fn dispatch(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    letter_page::dispatch(&web, &who, (Side::Finance, id), &form).await
}

async fn paper(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>) -> Result<Response, Oops> {
    letter_page::paper(&web, &who, id).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Page)]
#[template(path = "letters/contributions.html")]
struct ListTemplate {
    frame: Frame,
    shown: ContributionPage,
    help: String,
    adults: Vec<Choice>,
    young: Vec<Choice>,
    forms: Forms,
}

impl ManyForms for ListTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ListTemplate {
    async fn load(web: &Web, who: &SignedIn, id: CommissionId) -> Result<Self, Oops> {
        let shown = contribution::page(&web.app, &who.actor, id).await?;
        let choices =
            |all: &[(PersonId, String)]| all.iter().map(|(id, name)| Choice::new(id, name.clone())).collect::<Vec<_>>();
        Ok(Self {
            frame: Frame::new(web, who, "nav-budget"),
            help: help_name(shown.help.code()),
            adults: choices(&shown.adults),
            young: choices(&shown.young),
            forms: Forms::blank(web, &["contribution"]),
            shown,
        })
    }
}
