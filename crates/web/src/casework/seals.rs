// SPDX-License-Identifier: EUPL-1.2
//! Protected addresses. No page shows one, except in answer to somebody who says why they must know it.

use super::people::PeopleTemplate;
use crate::kit::answer::{attempt, refused};
use crate::kit::forms::{ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, Id, Oops, Routes, SignedIn, Web, page};
use app::casework::seals;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{NewSeal, SealReason};
use domain::kernel::{CaseId, PersonId, Refusals, SealId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let sealed = Asks::For(Action::SeeSealedAddress);
    Routes::default()
        .post("/faelle/{id}/schutzadressen", sealed, seal)
        .post("/faelle/{id}/schutzadressen/ansehen", sealed, look)
        .post("/faelle/{id}/schutzadressen/aufheben", sealed, lift)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_seal(form: &FormData) -> Result<(PersonId, NewSeal), Refusals> {
    let mut read = Parser::new(form);
    let (person, place) = (read.id("person"), read.line("place"));
    let (reason, why) = (read.code("reason", SealReason::from_code), read.note("why"));
    let review_on = read.day("review_on");
    let value = (|| Some((person?, NewSeal { place: place?, reason: reason?, why: why?, review_on: review_on? })))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

fn at(case: CaseId) -> String {
    format!("/faelle/{case}/menschen#schutz")
}

async fn seal(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_seal(&form), |(person, new)| seals::seal(&web.app, &who.actor, key, person, new));
    back(done.await?, &at(case), ("seal", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn look(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let (id, reason) = (read.id::<SealId>("seal"), read.maybe_note("seal_reason"));
    let asked = read.finish(id.zip(reason));
    let seen = asked.as_ref().ok().map(|(id, _)| *id);
    let told = attempt(asked, |(id, reason)| seals::look(&web.app, &who.actor, key, id, reason)).await?;
    // The page is loaded after the look, so that it shows it.
    let mut shown = PeopleTemplate::load(&web, &who, case).await?;
    match told {
        Ok(places) => {
            shown.told = seen.map(|id| (id, places));
            Ok(page(&shown))
        }
        Err(wrong) => {
            shown.forms().refuse("seal-look", &form, &wrong)?;
            Ok(refused(&shown))
        }
    }
}

async fn lift(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let (id, why) = (read.id::<SealId>("seal"), read.line("lift_why"));
    let done = attempt(read.finish(id.zip(why)), |(id, why)| seals::lift(&web.app, &who.actor, key, id, why));
    back(done.await?, &at(case), ("seal-lift", &form), || PeopleTemplate::load(&web, &who, case)).await
}
