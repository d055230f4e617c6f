// SPDX-License-Identifier: EUPL-1.2
//! The agreement on a transition to another carrier (§ 36b SGB VIII), and its paper (D13).

use super::head::CaseHead;
use super::record_page::RecordPage;
use crate::deadlines::DueLine;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, pressed, t};
use app::access::office_name;
use app::casework::transition::{self, TransitionPage, TransitionView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use documents::{RecordSection, RecordSheet, record};
use domain::access::Action;
use domain::casework::{CarrierKind, NewTransition};
use domain::kernel::{CaseId, Refusals, TransitionId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/uebergang", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/uebergang", Asks::For(Action::WorkOnCase), agree)
        .get("/uebergaenge/{id}", Asks::For(Action::SeeCase), version)
        .get("/uebergaenge/{id}/pdf", Asks::For(Action::SeeCase), version_pdf)
}

fn parse(form: &FormData) -> Result<NewTransition, Refusals> {
    let mut read = Parser::new(form);
    let (kind, carrier) = (read.code("kind", CarrierKind::from_code), read.line("carrier"));
    let (changes_on, talk_on) = (read.day("changes_on"), read.maybe_day("talk_on"));
    let participants = read.lines("participants");
    let (goals, goes_on, steps) = (read.note("goals"), read.note("goes_on"), read.note("steps"));
    let (family_says, told) = (read.maybe_note("family_says"), read.maybe_note("told"));
    let value = (|| {
        let (kind, carrier, changes_on, talk_on) = (kind?, carrier?, changes_on?, talk_on?);
        let (participants, goals, goes_on, steps) = (participants?, goals?, goes_on?, steps?);
        let (family_says, told) = (family_says?, told?);
        Some(NewTransition {
            kind,
            carrier,
            changes_on,
            talk_on,
            participants,
            goals,
            goes_on,
            steps,
            family_says,
            told,
        })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<TransitionTemplate, Oops> {
    Ok(TransitionTemplate::new(web, who, transition::page(&web.app, &who.actor, case).await?))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, case).await?))
}

async fn agree(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse(&form), |new| transition::agree(&web.app, &who.actor, key, case, new)).await?;
    back(done, &format!("/faelle/{case}/uebergang"), ("transition", &form), || load(&web, &who, case)).await
}

async fn version(State(web): State<Web>, who: SignedIn, Id(id): Id<TransitionId>) -> Result<Response, Oops> {
    let (case, one) = transition::version(&web.app, &who.actor, id).await?;
    let file = format!("/faelle/{}", case.id);
    let way = vec![(file.clone(), case.number.clone()), (format!("{file}/uebergang"), t("transition-title"))];
    let sheet = sheet(office_name(&web.app).await?, case.number, &one);
    Ok(page(&RecordPage::new(&web, &who, ("nav-cases", &format!("/uebergaenge/{id}")), sheet).under(way)))
}

async fn version_pdf(State(web): State<Web>, who: SignedIn, Id(id): Id<TransitionId>) -> Result<Response, Oops> {
    let (case, one) = transition::version(&web.app, &who.actor, id).await?;
    let (office, today) = (office_name(&web.app).await?, web.app.today());
    let sheet = sheet(office, case.number, &one);
    pressed("uebergangsvereinbarung.pdf", move || record(&sheet, today)).await
}

/// The paper says what the page says.
fn sheet(office: String, number: String, one: &TransitionView) -> RecordSheet {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let section = |key: &str, text: &str| RecordSection { heading: t(key), lines: lines(text) };
    let mut facts = vec![
        (t("plan-number"), number),
        (t("transition-carrier"), one.carrier.clone()),
        (t("transition-changes-on"), one.changes_on.german()),
    ];
    facts.extend(one.talk_on.map(|day| (t("transition-talk-on"), day.german())));
    let mut sections = vec![section("transition-participants", &one.participants)];
    sections.extend([
        section("transition-goals", &one.goals),
        section("transition-goes-on", &one.goes_on),
        section("transition-steps", &one.steps),
    ]);
    sections.extend(one.family_says.as_ref().map(|words| section("transition-family-says", words)));
    sections.extend(one.told.as_ref().map(|words| section("transition-told", words)));
    RecordSheet {
        office,
        title: t("transition-title"),
        about: t("transition-about"),
        dated_on: one.on,
        facts,
        sections: sections.into_iter().filter(|one| !one.lines.is_empty()).collect(),
        signatures: vec![t("transition-sign-person"), t("transition-sign-office"), t("transition-sign-carrier")],
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/transition.html")]
struct TransitionTemplate {
    frame: Frame,
    head: CaseHead,
    shown: TransitionPage,
    due: Vec<DueLine>,
    kinds: Vec<Choice>,
    carriers: Vec<String>,
    forms: Forms,
}

impl ManyForms for TransitionTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl TransitionTemplate {
    fn new(web: &Web, who: &SignedIn, mut shown: TransitionPage) -> Self {
        let (today, worker) = (web.app.today(), shown.case.worker);
        let kinds: Vec<&str> = CarrierKind::ALL.iter().map(|kind| kind.code()).collect();
        let due = std::mem::take(&mut shown.due).into_iter().map(|one| DueLine::new(one, today, worker)).collect();
        Self {
            frame: Frame::new(web, who, "nav-cases"),
            head: CaseHead::new(&shown.case, &shown.people, today, "review"),
            kinds: Choice::words("carrier-kind", &kinds),
            carriers: shown.consents.iter().map(|one| one.consent.towards.clone()).collect(),
            forms: forms(web, &shown),
            due,
            shown,
        }
    }

    fn is_late(&self) -> bool {
        self.due.iter().any(|one| one.is_late)
    }
}

/// The next version begins with what the last one says; what is told to the other carrier is written anew each time.
fn forms(web: &Web, shown: &TransitionPage) -> Forms {
    let mut forms = Forms::blank(web, &["transition"]);
    let new = FormView::new("transition", web.app.fresh());
    let day = |day: Option<domain::kernel::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let form = match shown.versions.first() {
        Some(last) => new
            .with("kind", last.kind.code())
            .with("carrier", &last.carrier)
            .with("changes_on", last.changes_on)
            .with("talk_on", day(last.talk_on))
            .with("participants", &last.participants)
            .with("goals", &last.goals)
            .with("goes_on", &last.goes_on)
            .with("steps", &last.steps)
            .with("family_says", last.family_says.as_deref().unwrap_or_default()),
        None => new.with("changes_on", day(shown.help_until.map(|until| until.plus_days(1)))),
    };
    forms.put("transition", form);
    forms
}
