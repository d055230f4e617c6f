// SPDX-License-Identifier: EUPL-1.2
//! Goals and plan: what the plan will say, the decision, the versions as page and as paper.

use super::cases::CaseHead;
use super::sheet::sheet;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::access::drafts;
use app::casework::cases::StatementView;
use app::casework::plan::{self, PlanPage, Version};
use app::{Failure, StoreError};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use documents::PlanSheet;
use domain::access::Action;
use domain::casework::{
    ALTERNATIVES_MISSING, DecisionDraft, Field, HelpKind, REASONS_MISSING, RIGHTS_HINT_MISSING, StatementKind,
};
use domain::kernel::{CaseId, Day, Note, Period, PlanId, Refusals};
use serde::Deserialize;
use tokio::sync::Semaphore;

/// Papers made at once; the others wait their turn.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/hilfeplan", Asks::For(Action::SeeCase), plan_page)
        .post("/faelle/{id}/entscheidung", Asks::For(Action::DecideOnCase), decide)
        .get("/hilfeplaene/{id}", Asks::For(Action::SeeCase), version)
        .get("/hilfeplaene/{id}/pdf", Asks::For(Action::SeeCase), paper)
}

// Forms -----------------------------------------------------------------------------------------------

const GRANTED: &str = "granted";
const REFUSED: &str = "refused";

fn parse_decision(form: &FormData) -> Result<DecisionDraft, Refusals> {
    let mut read = Parser::new(form);
    let granted = read.code("granted", |text| match text {
        GRANTED => Some(true),
        REFUSED => Some(false),
        _ => None,
    });
    let kind = read.code("kind", HelpKind::from_code);
    let (from, until) = (read.day("from"), read.maybe_day("until"));
    let period = from.zip(until).and_then(|(from, until)| read.with("until", |_| Period::new(from, until)));
    // What the law wants in every decision is asked for here too, so that all gaps are said at once.
    let reasons = read.with("reasons", |text| Note::optional(text)?.ok_or(REASONS_MISSING.broken()));
    let professionals = read.lines("professionals");
    let alternatives = read.lines("alternatives");
    let alternatives = alternatives.and_then(|all| {
        read.with("alternatives", |_| if all.is_empty() { Err(ALTERNATIVES_MISSING.broken()) } else { Ok(all.clone()) })
    });
    let rights_told_on =
        read.with(
            "rights_told_on",
            |text| if is_blank(text) { Err(RIGHTS_HINT_MISSING.broken()) } else { Day::parse(text) },
        );
    let review_on = read.day("review_on");
    let value = (|| {
        Some(DecisionDraft {
            granted: granted?,
            kind: kind?,
            period: period?,
            reasons: Some(reasons?),
            professionals: professionals?,
            alternatives: alternatives?,
            rights_told_on: Some(rights_told_on?),
            review_on: review_on?,
        })
    })();
    read.finish(value)
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

// Handlers --------------------------------------------------------------------------------------------

/// What was just done.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    entschieden: String,
}

async fn plan_page(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CaseId>,
    Query(done): Query<Done>,
) -> Result<Response, Oops> {
    let shown = plan::page(&web.app, &who.actor, id).await?;
    let key = plan::form(id);
    let drafts = drafts(&web.app, &who.actor, &key).await?;
    let form = FormView::new("decision", web.app.fresh()).with_drafts(key, drafts);
    let mut template = PlanTemplate::new(Frame::new(&web, &who, "nav-cases"), shown, form, web.app.today());
    template.decided = !done.entschieden.is_empty();
    Ok(page(&template))
}

async fn decide(State(web): State<Web>, who: SignedIn, Id(id): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let decided =
        attempt(parse_decision(&form), |draft| plan::decide_on_help(&web.app, &who.actor, Some(key), id, draft))
            .await?;
    match decided {
        Ok(_) => Ok(redirect(&format!("/faelle/{id}/hilfeplan?entschieden=1"))),
        Err(wrong) => {
            let shown = plan::page(&web.app, &who.actor, id).await?;
            let view = FormView::new("decision", key.id).with_drafts(plan::form(id), Vec::new());
            let frame = Frame::new(&web, &who, "nav-cases");
            Ok(refused(&PlanTemplate::new(frame, shown, view.refused(&form, &wrong), web.app.today())))
        }
    }
}

async fn version(State(web): State<Web>, who: SignedIn, Id(id): Id<PlanId>) -> Result<Response, Oops> {
    let (case, version) = plan::version(&web.app, &who.actor, id).await?;
    let sheet = sheet(&version.content);
    let printed = documents::fingerprint(&sheet);
    Ok(page(&VersionTemplate {
        frame: Frame::new(&web, &who, "nav-cases"),
        id,
        case: case.id,
        sheet,
        version,
        printed,
    }))
}

async fn paper(State(web): State<Web>, who: SignedIn, Id(id): Id<PlanId>) -> Result<Response, Oops> {
    let (_, version) = plan::version(&web.app, &who.actor, id).await?;
    let name = file_name(&version);
    let bytes = press(sheet(&version.content)).await?;
    let shown = format!("inline; filename=\"{name}\"");
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, shown)], bytes).into_response())
}

/// Typesetting keeps a core busy: it runs beside the requests, two at a time.
async fn press(sheet: PlanSheet) -> Result<Vec<u8>, Oops> {
    let broken = |words: String| Oops::from(Failure::Broken(StoreError::Inconsistent("plan_version", words)));
    let turn = PRESSES.acquire().await;
    let made = tokio::task::spawn_blocking(move || documents::help_plan(&sheet)).await;
    drop(turn);
    made.map_err(|error| broken(error.to_string()))?.map_err(|error| broken(error.to_string()))
}

/// `hilfeplan-2026-0402-v1.pdf`
fn file_name(version: &Version) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() { sign } else { '-' };
    let number: String = version.content.case_number.chars().map(plain).collect();
    format!("hilfeplan-{number}-v{}.pdf", version.content.version)
}

// Pages -----------------------------------------------------------------------------------------------

/// Something a good plan has. Information only: nothing here keeps anybody from deciding.
struct Task {
    key: &'static str,
    path: &'static str,
    is_there: bool,
}

#[derive(Template)]
#[template(path = "casework/plan.html")]
struct PlanTemplate {
    frame: Frame,
    head: CaseHead,
    shown: PlanPage,
    form: FormView,
    decided: bool,
    verdicts: Vec<Choice>,
    helps: Vec<Choice>,
}

impl PlanTemplate {
    fn new(frame: Frame, shown: PlanPage, form: FormView, today: Day) -> Self {
        let codes: Vec<&str> = HelpKind::ALL.iter().map(|kind| kind.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "plan"),
            frame,
            shown,
            form,
            decided: false,
            verdicts: Choice::words("plan-verdict", &[GRANTED, REFUSED]),
            helps: Choice::words("help", &codes),
        }
    }

    fn said(&self, kind: StatementKind) -> Vec<&StatementView> {
        self.shown.statements.iter().filter(|said| said.kind == kind).collect()
    }

    /// Kinds of statements with what was said.
    fn voices(&self) -> Vec<(&'static str, Vec<&StatementView>)> {
        StatementKind::ALL.iter().map(|kind| (kind.code(), self.said(*kind))).collect()
    }

    fn has_strength(&self, field: Field) -> bool {
        self.shown.strengths.iter().any(|strength| strength.field == field)
    }

    fn tasks(&self) -> [Task; 5] {
        let task = |key, path, is_there| Task { key, path, is_there };
        let own = self.has_strength(Field::Personal) || self.has_strength(Field::Social);
        [
            task("plan-task-will", "wille", !self.said(StatementKind::Will).is_empty()),
            task("plan-task-strengths", "wille", own),
            task("plan-task-goal", "wille", !self.shown.goals.is_empty()),
            task("plan-task-need", "wille", !self.said(StatementKind::Need).is_empty()),
            task("plan-task-team", "beratung", self.shown.consulted),
        ]
    }
}

#[derive(Template)]
#[template(path = "casework/plan_version.html")]
struct VersionTemplate {
    frame: Frame,
    id: PlanId,
    case: CaseId,
    sheet: PlanSheet,
    version: Version,
    /// The checksum that the paper carries.
    printed: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> FormData {
        FormData::of(pairs)
    }

    #[test]
    fn an_empty_form_names_every_gap() {
        let wrong = parse_decision(&form(&[])).unwrap_err();
        let fields: Vec<_> = wrong.list().iter().map(|refusal| refusal.field).collect();
        assert_eq!(fields, ["granted", "kind", "from", "reasons", "alternatives", "rights_told_on", "review_on"]);
    }

    #[test]
    fn a_reversed_period_is_said_at_its_end() {
        let typed = [("granted", GRANTED), ("kind", "31"), ("from", "2026-12-01"), ("until", "2026-11-01")];
        let wrong = parse_decision(&form(&[&typed[..], &[("review_on", "2027-03-01")]].concat())).unwrap_err();
        assert_eq!(wrong.list()[0].field, "until");
    }

    #[test]
    fn one_professional_a_line() {
        let typed = [
            ("granted", REFUSED),
            ("kind", "27-2"),
            ("from", "2026-12-01"),
            ("reasons", "Weil es anders geht."),
            ("alternatives", "Lernpaten"),
            ("rights_told_on", "2026-11-01"),
            ("professionals", "Mira Albers\r\n\r\nTim Roth\r\n"),
            ("review_on", "01.03.2027"),
        ];
        let draft = parse_decision(&form(&typed)).unwrap();
        assert!(!draft.granted);
        assert_eq!(draft.professionals.len(), 2);
    }
}
