// SPDX-License-Identifier: EUPL-1.2
//! Goals and plan: what the plan will say, the decision, the versions as page and as paper.

use super::cases::CaseHead;
use super::plan_form::{GRANTED, REFUSED, knows_the_gaps, parse_decision};
use super::sheet::{sheet, with_commission};
use crate::kit::answer::{attempt, refused};
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, pressed, redirect,
};
use app::access::drafts;
use app::casework::cases::StatementView;
use app::casework::plan::{self, ApplicationView, PlanPage, Version};
use app::casework::plan_talks::{self, GuestView};
use app::{Failure, Key};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use documents::PlanSheet;
use domain::access::Action;
use domain::casework::{DecisionDraft, ExtentUnit, Field, Gap, HelpKind, PlanPart, Presence, StatementKind};
use domain::kernel::{CaseId, Day, PlanId, Refusals};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/hilfeplan", Asks::For(Action::SeeCase), plan_page)
        .post("/faelle/{id}/entscheidung", Asks::For(Action::DecideOnCase), decide)
        .get("/hilfeplaene/{id}", Asks::For(Action::SeeCase), version)
        .get("/hilfeplaene/{id}/pdf", Asks::For(Action::SeeCase), paper)
}

// Handlers --------------------------------------------------------------------------------------------

/// What was just done.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    entschieden: String,
    /// The form begins with what the last version says.
    #[serde(default)]
    fortschreiben: String,
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
    let mut form = FormView::new("decision", web.app.fresh());
    if let Some(last) = shown.versions.first().filter(|_| !done.fortschreiben.is_empty()) {
        form = write_on(form, &plan::version(&web.app, &who.actor, last.id).await?.1, web.app.today());
    }
    let there = plan_talks::last_held(&web.app, &who.actor, id).await?;
    let form = with_those_present(form.with_drafts(key, drafts), &there);
    let mut template = PlanTemplate::new(Frame::new(&web, &who, "nav-cases"), shown, form, web.app.today());
    template.decided = !done.entschieden.is_empty();
    Ok(page(&template))
}

/// Who was at the talk that was held is a fact on record, and begins the lists of those who took part.
fn with_those_present(form: FormView, there: &[GuestView]) -> FormView {
    let lists = [("present", Presence::Present), ("absent", Presence::Absent), ("not_invited", Presence::NotInvited)];
    lists.into_iter().fold(form, |form, (field, presence)| {
        let said = |one: &GuestView| one.why.as_ref().map_or(one.name.clone(), |why| format!("{}: {why}", one.name));
        let lines: Vec<String> = there.iter().filter(|one| one.presence == presence).map(said).collect();
        if lines.is_empty() { form } else { form.with(field, lines.join("\n")) }
    })
}

/// What the last version says and may still hold; reasons and dates of rights are said anew.
fn write_on(form: FormView, last: &Version, today: Day) -> FormView {
    let said = &last.content;
    let form = form
        .with("granted", GRANTED)
        .with("kind", &said.help)
        .with("from", today)
        .with("professionals", said.professionals.join("\n"))
        .with("services", &said.services);
    let form = match said.extent {
        Some(extent) => form.with("extent", extent.german()).with("extent_unit", extent.unit().code()),
        None => form,
    };
    said.parts.iter().fold(form, |form, (code, words)| match PlanPart::from_code(code) {
        Some(part) => form.with(part.field(), words),
        None => form,
    })
}

/// What became of a decision that was sent.
enum Outcome {
    Decided,
    /// Something is missing, and the worker has not seen it yet.
    Lacks(Vec<Gap>),
}

async fn decide(State(web): State<Web>, who: SignedIn, Id(id): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let seen = knows_the_gaps(&form);
    let outcome = attempt(parse_decision(&form), |draft| settle(&web, &who, (id, key), draft, seen)).await?;
    let shown = plan::page(&web.app, &who.actor, id).await?;
    let view = FormView::new("decision", key.id).with_drafts(plan::form(id), Vec::new());
    let (frame, today) = (Frame::new(&web, &who, "nav-cases"), web.app.today());
    match outcome {
        Ok(Outcome::Decided) => Ok(redirect(&format!("/faelle/{id}/hilfeplan?entschieden=1"))),
        Err(wrong) => Ok(refused(&PlanTemplate::new(frame, shown, view.refused(&form, &wrong), today))),
        Ok(Outcome::Lacks(gaps)) => {
            let view = view.refused(&form, &Refusals::default());
            Ok(page(&PlanTemplate { gaps, ..PlanTemplate::new(frame, shown, view, today) }))
        }
    }
}

/// Decides at once if nothing is missing or the worker has seen what is; else says what is missing. A second
/// press decides in any case, with a reason or without one.
async fn settle(
    web: &Web,
    who: &SignedIn,
    (id, key): (CaseId, Key),
    draft: DecisionDraft,
    seen: bool,
) -> Result<Outcome, Failure> {
    if !seen {
        let gaps = plan::look_for_gaps(&web.app, &who.actor, id, draft.clone()).await?;
        if !gaps.is_empty() {
            return Ok(Outcome::Lacks(gaps));
        }
    }
    plan::decide_on_help(&web.app, &who.actor, Some(key), id, draft).await.map(|_| Outcome::Decided)
}

async fn version(State(web): State<Web>, who: SignedIn, Id(id): Id<PlanId>) -> Result<Response, Oops> {
    let (case, version, placed) = plan::version(&web.app, &who.actor, id).await?;
    let sheet = with_commission(sheet(&version.content), placed.as_ref());
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
    let (_, version, placed) = plan::version(&web.app, &who.actor, id).await?;
    let (name, shown) = (file_name(&version), with_commission(sheet(&version.content), placed.as_ref()));
    pressed(&name, move || documents::help_plan(&shown)).await
}

/// `hilfeplan-2026-0402-v1.pdf`
fn file_name(version: &Version) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() { sign } else { '-' };
    let number: String = version.content.case_number.chars().map(plain).collect();
    let what = if version.content.granted { "hilfeplan" } else { "ablehnung" };
    format!("{what}-{number}-v{}.pdf", version.content.version)
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
    units: Vec<Choice>,
    /// Applications that wait for their decision.
    applications: Vec<Choice>,
    /// What the decision that was just sent lacks.
    gaps: Vec<Gap>,
}

impl PlanTemplate {
    fn new(frame: Frame, shown: PlanPage, form: FormView, today: Day) -> Self {
        let units: Vec<&str> = ExtentUnit::ALL.iter().map(|unit| unit.code()).collect();
        let name = |one: &ApplicationView| {
            format!("{}: {}", one.received_on.german(), super::integration_help::short(&one.words))
        };
        let applications = shown.applications.iter().map(|one| Choice::new(one.id, name(one))).collect();
        let codes: Vec<&str> = HelpKind::ALL.iter().map(|kind| kind.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "plan"),
            frame,
            shown,
            form,
            decided: false,
            verdicts: Choice::words("plan-verdict", &[GRANTED, REFUSED]),
            helps: Choice::words("help", &codes),
            units: Choice::words("extent-unit", &units),
            applications,
            gaps: Vec::new(),
        }
    }

    fn said(&self, kind: StatementKind) -> Vec<&StatementView> {
        self.shown.statements.iter().filter(|said| said.kind == kind).collect()
    }

    /// Kinds of statements with what was said.
    fn voices(&self) -> Vec<(&'static str, Vec<&StatementView>)> {
        StatementKind::ALL.iter().map(|kind| (kind.code(), self.said(*kind))).collect()
    }

    /// The people of the case, to be copied into the lists of those who took part.
    fn known(&self) -> String {
        self.shown.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(" · ")
    }

    /// Parts of the plan that stand in the form for every help.
    fn parts(&self) -> impl Iterator<Item = &'static str> {
        let outside = |part: &&PlanPart| PlanPart::OUTSIDE_HOME.contains(part);
        PlanPart::ALL.iter().filter(move |part| !outside(part)).map(|part| part.field())
    }

    /// Parts that a help outside the own family needs besides.
    fn parts_outside(&self) -> impl Iterator<Item = &'static str> {
        PlanPart::OUTSIDE_HOME.iter().map(|part| part.field())
    }

    /// A step of the form stays open where something was typed, is wrong, or is missing.
    fn is_open(&self, step: &str) -> bool {
        let fields: Vec<&str> = match step {
            "how" => vec!["professionals", "alternatives"],
            "what" => vec!["services", "extent", "extent_unit"],
            "who" => vec!["present", "absent", "not_invited"],
            _ => self.parts().collect(),
        };
        !self.gaps.is_empty() || fields.iter().any(|field| self.form.holds(field))
    }

    /// Was anything typed there? Then it stays open.
    fn outside_is_open(&self) -> bool {
        self.parts_outside().any(|field| self.form.holds(field))
            || self.gaps.iter().any(|gap| gap.source().contains("37c"))
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

impl VersionTemplate {
    /// A version of the office's own has all sections.
    #[expect(clippy::unused_self, reason = "the template asks both pages")]
    fn sends(&self, _section: &str) -> bool {
        true
    }
}
