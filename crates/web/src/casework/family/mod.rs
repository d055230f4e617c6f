// SPDX-License-Identifier: EUPL-1.2
//! The family's side of a plan: its own version, a link to it, and what came back over the link.

mod link;
mod qr;
pub mod sheet;

use self::qr::Qr;
use self::sheet::{LANGUAGES, direction, language, sheet};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, pressed, redirect, t_with,
};
use app::App;
use app::casework::family_link::{self, AnswerView, FamilySide, NewFamilyLink};
use app::casework::plan::{self, Version};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::Response;
use documents::FamilySheet;
use domain::access::Action;
use domain::kernel::{CaseId, FamilyAnswerId, FamilyLinkId, Moment, PlanId, Refusals};
use serde::Deserialize;
use uuid::Uuid;

/// Days for which a link is proposed to hold.
const PROPOSED: i32 = 30;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/hilfeplaene/{id}/familie", see, family_version)
        .get("/hilfeplaene/{id}/familie/pdf", see, paper)
        .get("/faelle/{id}/familienantworten", see, waiting)
        .post("/hilfeplaene/{id}/familie/links", work, make_link)
        .post("/familienlinks/{id}/zurueck", work, revoke)
        .post("/familienantworten/{id}/gesehen", work, take_note)
        .and(link::routes())
}

/// In which language.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    sprache: String,
}

fn parse_link(form: &FormData) -> Result<NewFamilyLink, Refusals> {
    let mut read = Parser::new(form);
    let (given_to, ends_on) = (read.line("given_to"), read.day("ends_on"));
    let spoken = read.code("language", |code| LANGUAGES.into_iter().find(|known| *known == code));
    let value = (|| Some(NewFamilyLink { given_to: given_to?, language: spoken?.to_owned(), ends_on: ends_on? }))();
    read.finish(value)
}

fn blank(web: &Web) -> FormView {
    let ends_on = web.app.today().plus_days(PROPOSED);
    FormView::new("family-link", web.app.fresh()).with("ends_on", ends_on).with("language", "de")
}

// Handlers --------------------------------------------------------------------------------------------

async fn family_version(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PlanId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let form = blank(&web);
    Ok(page(&FamilyPage::load(&web, &who, (id, language(&asked.sprache)), form).await?))
}

async fn paper(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PlanId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let (_, version, _) = plan::version(&web.app, &who.actor, id).await?;
    let shown = sheet(&version.content.for_family(), language(&asked.sprache));
    let name = format!("familie-{}-v{}.pdf", shown.case_number, shown.version);
    pressed(&name, move || documents::family_plan(&shown)).await
}

async fn make_link(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PlanId>,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_link(&form), |new| family_link::make(&web.app, &who.actor, Some(key), id, new)).await?;
    match done {
        Ok(made) => {
            let (_, version, _) = plan::version(&web.app, &who.actor, id).await?;
            let address = made.token.map(|token| address(&headers, &token));
            Ok(page(&MadePage::new(Frame::new(&web, &who, "nav-cases"), (id, &version), (&form, address))))
        }
        Err(wrong) => {
            let view = FormView::new("family-link", key.id).refused(&form, &wrong);
            Ok(refused(&FamilyPage::load(&web, &who, (id, "de"), view).await?))
        }
    }
}

/// The address to be handed over: of the host by which the worker reached this page.
fn address(headers: &HeaderMap, token: &str) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let here = host.starts_with("localhost") || host.starts_with("127.0.0.1") || host.starts_with("[::1]");
    format!("{}://{host}/familie/{token}", if here { "http" } else { "https" })
}

/// To the version whose answer waits longest, else to the one answered last, else to the plan.
async fn waiting(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let answers = family_link::of_case(&web.app, &who.actor, case).await?.answers;
    let unseen = answers.iter().rev().find(|answer| answer.seen.is_none());
    let plan = unseen.or(answers.first()).map(|answer| answer.plan);
    let path =
        plan.map_or(format!("/faelle/{case}/hilfeplan"), |plan| format!("/hilfeplaene/{plan}/familie#antworten"));
    Ok(redirect(&path))
}

async fn revoke(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<FamilyLinkId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let case = family_link::revoke(&web.app, &who.actor, Some(key), id).await?;
    Ok(back(case, &form))
}

async fn take_note(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<FamilyAnswerId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let case = family_link::take_note(&web.app, &who.actor, Some(key), id).await?;
    Ok(back(case, &form))
}

/// To the plan that the form names, else to the case.
fn back(case: CaseId, form: &FormData) -> Response {
    match Uuid::parse_str(form.value("plan")) {
        Ok(plan) => redirect(&format!("/hilfeplaene/{plan}/familie#antworten")),
        Err(_) => redirect(&format!("/faelle/{case}")),
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/family.html")]
struct FamilyPage {
    frame: Frame,
    app: App,
    id: PlanId,
    case: CaseId,
    sheet: FamilySheet,
    language: &'static str,
    languages: Vec<Choice>,
    side: FamilySide,
    form: FormView,
    now: Moment,
}

impl FamilyPage {
    async fn load(
        web: &Web,
        who: &SignedIn,
        (id, language): (PlanId, &'static str),
        form: FormView,
    ) -> Result<Self, Oops> {
        let (case, version, _) = plan::version(&web.app, &who.actor, id).await?;
        Ok(Self {
            frame: Frame::new(web, who, "nav-cases"),
            app: web.app.clone(),
            id,
            case: case.id,
            sheet: sheet(&version.content.for_family(), language),
            language,
            languages: Choice::words("family-language", &LANGUAGES),
            side: family_link::of_case(&web.app, &who.actor, case.id).await?,
            form,
            now: web.app.now(),
        })
    }

    fn key(&self) -> Uuid {
        self.app.fresh()
    }

    fn direction(&self) -> &'static str {
        direction(self.language)
    }

    /// `gilt`, `abgelaufen`, `zurückgenommen`.
    fn state(&self, link: &family_link::LinkView) -> &'static str {
        match link.revoked_at {
            Some(_) => "revoked",
            None if link.ends_at <= self.now => "over",
            None => "holds",
        }
    }

    fn answers(&self) -> Vec<&AnswerView> {
        self.side.answers.iter().filter(|answer| answer.plan == self.id).collect()
    }
}

/// The page that shows a link once.
#[derive(Template)]
#[template(path = "casework/family_link_made.html")]
struct MadePage {
    frame: Frame,
    id: PlanId,
    case_number: String,
    version: i64,
    given_to: String,
    ends_on: String,
    note: Option<(&'static str, &'static str, String)>,
    address: Option<(String, Option<Qr>)>,
}

impl MadePage {
    fn new(frame: Frame, (id, version): (PlanId, &Version), (form, address): (&FormData, Option<String>)) -> Self {
        let spoken = language(form.value("language"));
        let note = format!("family-invite-{spoken}");
        Self {
            frame,
            id,
            case_number: version.content.case_number.clone(),
            version: version.content.version,
            given_to: form.value("given_to").to_owned(),
            ends_on: domain::kernel::Day::parse(form.value("ends_on"))
                .map(domain::kernel::Day::german)
                .unwrap_or_default(),
            note: crate::kit::messages::has(&note).then(|| (spoken, direction(spoken), t_with(&note, &[]))),
            address: address.map(|address| {
                let qr = Qr::of(&address);
                (address, qr)
            }),
        }
    }
}
