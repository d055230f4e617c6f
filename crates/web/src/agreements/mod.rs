// SPDX-License-Identifier: EUPL-1.2
//! Agreements and the rate table: the list, a new agreement, one with all that belongs to it.

pub mod advice;
pub mod contracts;
pub mod fls;
mod form;
pub mod invoices;
pub mod overload;
pub mod proofs;

use crate::kit::answer::{attempt, refused};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::agreements::{self, AgreementLine, AgreementPage, PlanOfYear};
use app::territory;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::{
    AgreementKind, Caution, HourBasis, Qualification, RateTerms, Travel, Unit, cautions, exact_quotient,
};
use domain::budget::{Paragraph, contingent_state, proof_of_use_due};
use domain::casework::HelpKind;
use domain::deadlines::is_overdue;
use domain::kernel::{AgreementId, Day, Refusals};
use form::{parse_agreement, parse_rate};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let manage = Asks::For(Action::ManageAgreements);
    Routes::default()
        .get("/vereinbarungen", Asks::For(Action::SeeAgreement), list)
        .post("/vereinbarungen", manage, make)
        .get("/vereinbarungen/neu", manage, new)
        .get("/vereinbarungen/{id}", Asks::For(Action::SeeAgreement), one)
        .post("/vereinbarungen/{id}/preise", manage, agree_on_rate)
        .and(contracts::routes())
        .and(fls::routes())
        .and(overload::routes())
        .and(proofs::routes())
        .and(invoices::routes())
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let lines = agreements::all(&web.app, &who.actor).await?;
    let (may_manage, today) = (who.may(Action::ManageAgreements), web.app.today());
    Ok(page(&ListTemplate { frame: Frame::new(&web, &who, "nav-agreements"), lines, may_manage, today }))
}

async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let form = FormView::new("agreement", web.app.fresh()).with("agreed_on", web.app.today());
    Ok(page(&NewTemplate::load(&web, &who, form).await?))
}

async fn make(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let key = form.key()?;
    let made =
        attempt(parse_agreement(&form), |draft| agreements::make(&web.app, &who.actor, Some(key), draft)).await?;
    match made {
        Ok(id) => Ok(redirect(&format!("/vereinbarungen/{id}?gespeichert=1"))),
        Err(wrong) => {
            let view = FormView::new("agreement", key.id).refused(&form, &wrong);
            Ok(refused(&NewTemplate::load(&web, &who, view).await?))
        }
    }
}

/// What was just done.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    gespeichert: String,
}

async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgreementId>,
    Query(done): Query<Done>,
) -> Result<Response, Oops> {
    let mut template = AgreementTemplate::load(&web, &who, id).await?;
    template.saved = !done.gespeichert.is_empty();
    Ok(page(&template))
}

async fn agree_on_rate(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgreementId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let key = form.key()?;
    let read = parse_rate(&form);
    let agreed = attempt(read, |draft| agreements::agree_on_rate(&web.app, &who.actor, Some(key), id, draft)).await?;
    let again = |wrong: &Refusals| FormView::new("rate", key.id).refused(&form, wrong);
    answered(&web, &who, id, agreed, |page, wrong| page.rate = again(wrong)).await
}

/// Back to an agreement after something was changed.
fn saved(id: impl std::fmt::Display) -> Response {
    redirect(&format!("/vereinbarungen/{id}?gespeichert=1"))
}

/// What came of a change: back to the agreement, or its page with the form again and what is wrong.
async fn answered<T>(
    web: &Web,
    who: &SignedIn,
    id: AgreementId,
    made: Result<T, Refusals>,
    again: impl FnOnce(&mut AgreementTemplate, &Refusals),
) -> Result<Response, Oops> {
    let Err(wrong) = made else { return Ok(saved(id)) };
    let mut template = AgreementTemplate::load(web, who, id).await?;
    again(&mut template, &wrong);
    Ok(refused(&template))
}

// Pages -----------------------------------------------------------------------------------------------

/// All codes of a kind of help.
pub(crate) fn help_choices() -> Vec<Choice> {
    Choice::words("help", &HelpKind::ALL.iter().map(|help| help.code()).collect::<Vec<_>>())
}

macro_rules! choices {
    ($kind:literal, $of:ident) => {
        Choice::words($kind, &$of::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    };
}

#[derive(Template)]
#[template(path = "agreements/list.html")]
struct ListTemplate {
    frame: Frame,
    lines: Vec<AgreementLine>,
    may_manage: bool,
    today: Day,
}

/// Agencies of an agreement in one line.
fn names(line: &AgreementLine) -> String {
    line.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What to know about one agreement (W23).
fn remarks(line: &AgreementLine, today: Day) -> Vec<Caution> {
    let held = domain::agencies::Held {
        helps: Vec::new(),
        from: line.view.from.min(today),
        until: line.view.holds_until().filter(|_| line.view.followed_from.is_none()),
        child_protection: line.view.child_protection,
        record_checks: line.view.record_checks,
    };
    let mut all = cautions(&[held], None, today);
    all.retain(|one| *one != Caution::NoAgreement);
    all
}

#[derive(Template)]
#[template(path = "agreements/new.html")]
struct NewTemplate {
    frame: Frame,
    form: FormView,
    kinds: Vec<Choice>,
    agencies: Vec<Choice>,
    helps: Vec<Choice>,
    spaces: Vec<Choice>,
    before: Vec<Choice>,
    yes_no: Vec<Choice>,
}

impl NewTemplate {
    async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<Self, Oops> {
        let agencies = app::agencies::all(&web.app, &who.actor).await?;
        let spaces = territory::spaces(&web.app, &who.actor).await?;
        let before = agreements::all(&web.app, &who.actor).await?;
        let open = before.iter().filter(|line| line.view.followed_from.is_none());
        Ok(Self {
            frame: Frame::new(web, who, "nav-agreements"),
            form,
            kinds: choices!("agreement-kind", AgreementKind),
            agencies: agencies.iter().map(|line| Choice::new(line.agency.id, line.agency.name.as_str())).collect(),
            helps: help_choices(),
            spaces: spaces.into_iter().map(|space| Choice::new(space.id, space.name)).collect(),
            before: open
                .map(|line| Choice::new(line.view.id, format!("{} ({})", line.view.title, names(line))))
                .collect(),
            yes_no: Choice::words("answer", &["yes", "no"]),
        })
    }
}

/// One agreement.
#[derive(Template)]
#[template(path = "agreements/agreement.html")]
pub(super) struct AgreementTemplate {
    frame: Frame,
    shown: AgreementPage,
    today: Day,
    rate: FormView,
    pub(super) plan: FormView,
    pub(super) settlement: FormView,
    pub(super) contingent: FormView,
    payment: FormView,
    overload: FormView,
    helps: Vec<Choice>,
    units: Vec<Choice>,
    hours: Vec<Choice>,
    travels: Vec<Choice>,
    qualifications: Vec<Choice>,
    regions: Vec<Choice>,
    paragraphs: Vec<Choice>,
    members: Vec<Choice>,
    counted: Vec<Choice>,
    saved: bool,
}

impl AgreementTemplate {
    pub(super) async fn load(web: &Web, who: &SignedIn, id: AgreementId) -> Result<Self, Oops> {
        let shown = agreements::one(&web.app, &who.actor, id).await?;
        let (fresh, today) = (|prefix| FormView::new(prefix, web.app.fresh()), web.app.today());
        Ok(Self {
            frame: Frame::new(web, who, "nav-agreements"),
            today,
            rate: fresh("rate").with("agreed_on", today),
            plan: fresh("instalment").with("year", today.year()),
            settlement: fresh("settlement"),
            contingent: fresh("contingent"),
            payment: fresh("instalment-pay"),
            overload: fresh("overload").with("vertrag", 90).with("mehrlast", 10),
            helps: help_choices(),
            units: choices!("unit", Unit),
            hours: choices!("hour", HourBasis),
            travels: choices!("travel", Travel),
            qualifications: choices!("qualification", Qualification),
            regions: shown.regions.iter().map(|(id, name)| Choice::new(id, name)).collect(),
            paragraphs: choices!("paragraph", Paragraph),
            members: shown.line.members.iter().map(|one| Choice::new(one.agency, &one.name)).collect(),
            counted: choices!("counted", ContingentUnit),
            saved: false,
            shown,
        })
    }

    /// May this contract be paid ahead and settled afterwards?
    fn settles(&self) -> bool {
        matches!(self.shown.line.view.kind, AgreementKind::DirectAccess | AgreementKind::Grant)
    }

    /// May an overload quota be agreed here?
    fn overloads(&self) -> bool {
        let kind = self.shown.line.view.kind;
        self.shown.may_manage && matches!(kind, AgreementKind::Services | AgreementKind::DirectAccess)
    }

    /// When the use of a grant is to be proven.
    fn use_due(&self) -> Option<Day> {
        let grant = self.shown.line.view.kind == AgreementKind::Grant;
        self.shown.line.view.holds_until().filter(|_| grant).map(proof_of_use_due)
    }

    fn use_overdue(&self) -> bool {
        is_overdue(self.use_due(), self.today)
    }

    /// The oldest year that is not settled with everybody.
    fn to_settle(&self) -> Option<&PlanOfYear> {
        let open = |year: &&PlanOfYear| year.settlements.len() < self.shown.line.members.len();
        self.shown.plans.iter().rfind(open).filter(|_| self.shown.may_manage)
    }

    fn all_shares(&self) -> i64 {
        self.shown.line.members.iter().map(|member| member.share).sum()
    }
}

use domain::budget::ContingentUnit;

/// `Std., direkt, Fahrzeit enthalten, Fachkraft`.
pub(crate) fn definition(terms: &RateTerms) -> String {
    let word = |kind: &str, code: &str| crate::kit::t(&format!("{kind}-{code}"));
    let mut parts = vec![word("unit", terms.unit.code())];
    if terms.unit == Unit::Hour {
        parts.extend([word("hour", terms.hour.code()), word("travel", terms.travel.code())]);
    }
    parts.push(word("qualification", terms.qualification.code()));
    parts.join(", ")
}
