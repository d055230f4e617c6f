// SPDX-License-Identifier: EUPL-1.2
//! Less of a help from a day on. Nothing is ticked or written beforehand (N24); what is missing is said once.

use super::commission::read_wish_parts;
use super::plan_form::{knows_the_gaps, people};
use super::review::load;
use crate::kit::answer::attempt;
use crate::kit::forms::{ManyForms, back};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, FormData, Id, Oops, Routes, SignedIn, Web, page};
use app::Failure;
use app::Key;
use app::casework::step_down;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::agencies::Quantity;
use domain::casework::{FamilyStand, Gap, PlanSection, Presence, StepDown};
use domain::kernel::{Balance, CaseId, CommissionId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().post("/faelle/{id}/weniger", Asks::For(Action::DecideOnCase), less)
}

fn parse(form: &FormData) -> Result<(CommissionId, StepDown), Refusals> {
    let mut read = Parser::new(form);
    let (commission, from) = (read.id("commission"), read.day("from"));
    let (quantity, reasons) = (read.with("quantity", Quantity::parse), read.note("reasons"));
    let (professionals, alternatives) = (read.lines("professionals"), read.lines("alternatives"));
    let stand = read.maybe("stand", |code| FamilyStand::from_code(code).ok_or(CHOICE_MISSING.broken()));
    let (hearing, child_heard) = (read.maybe_note("hearing"), read.maybe_note("child_heard"));
    let lists = [("present", Presence::Present), ("absent", Presence::Absent), ("not_invited", Presence::NotInvited)];
    let lists = lists.map(|(field, presence)| read.with(field, |text| people(text, presence)));
    let wish = read_wish_parts(&mut read);
    let (rights_told_on, review_on) = (read.maybe_day("rights_told_on"), read.day("review_on"));
    let sections = form.values("sections").map(PlanSection::from_code).collect::<Option<Vec<_>>>();
    let sections = sections.and_then(|all| read.with("sections", |_| Ok(all.clone())));
    let (still_due, gaps_reason) = (read.maybe_euro("still_due"), read.maybe_note("gaps_reason"));
    let value = (|| {
        let (wish_answer, wish, wish_why) = wish?;
        let attendance = lists.into_iter().collect::<Option<Vec<_>>>()?.concat();
        let new = StepDown {
            from: from?,
            quantity: quantity?,
            reasons: reasons?,
            professionals: professionals?,
            alternatives: alternatives?,
            rights_told_on: rights_told_on?,
            attendance,
            child_heard: child_heard?,
            stand: stand?,
            hearing: hearing?,
            wish_answer,
            wish,
            wish_why,
            review_on: review_on?,
            still_due: still_due?.map_or(Balance::from_cents(0), |amount| amount.balance()),
            sections: sections?,
            gaps_reason: gaps_reason?,
        };
        Some((commission?, new))
    })();
    read.finish(value)
}

async fn less(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let (key, seen) = (form.key()?, knows_the_gaps(&form));
    let done = attempt(parse(&form), |(id, new)| settle(&web, &who, (id, key), new, seen)).await?;
    if let Ok(gaps) = &done
        && !gaps.is_empty()
    {
        let mut shown = load(&web, &who, case).await?;
        shown.forms().refuse("ending-less", &form, &Refusals::default())?;
        shown.lacks(gaps.clone());
        return Ok(page(&shown));
    }
    back(done, &format!("/faelle/{case}/leistungen"), ("ending-less", &form), || load(&web, &who, case)).await
}

/// Decides at once if nothing is missing or the worker has seen what is; else says what is missing.
async fn settle(
    web: &Web,
    who: &SignedIn,
    (id, key): (CommissionId, Key),
    new: StepDown,
    seen: bool,
) -> Result<Vec<Gap>, Failure> {
    if !seen {
        let gaps = step_down::look_for_gaps(&web.app, &who.actor, id, new.clone()).await?;
        if !gaps.is_empty() {
            return Ok(gaps);
        }
    }
    step_down::step_down(&web.app, &who.actor, Some(key), id, new).await.map(|_| Vec::new())
}
