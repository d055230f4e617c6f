// SPDX-License-Identifier: EUPL-1.2
//! Many cards at once: hand a file in, say what its columns mean, look at what would come of it, take it, take it back.
//! Each step is an address of its own; nothing is written before it is taken.

use super::ask::Offered;
use super::choices;
use super::import_view::{SaidView, column_name, defaults, fields_of, plan_of, sentence, whole, words};
use crate::kit::answer::{for_form, refused};
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, LARGE, Oops, Routes, SignedIn, Uploaded, Web, filters, page, redirect,
    t,
};
use app::resources::{self, ImportOrder, ImportRow, ImportSeen, Incoming, Say, Waiting};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CardImportId, Refusals};
use domain::resources::exchange::{Column, FILE_MISSING, FILE_UNREADABLE, Plan, Said};
use domain::resources::{CardKind, Topic, Visibility};
use domain::territory::Severity;
use std::sync::Arc;
use std::time::Duration;

/// Findings shown on the page; the file has all of them.
const SHOWN: usize = 100;
/// A small import is done before anybody could look; a large one tells how far it is.
const PATIENCE: Duration = Duration::from_millis(1_500);
const PATH: &str = "/ressourcen/importe";

/// The room's doors.
pub(super) fn routes() -> Routes {
    let bring = Asks::For(Action::ImportResources);
    Routes::default()
        .get(PATH, bring, list)
        .post(PATH, bring, hand_in)
        .get("/ressourcen/importe/{id}", bring, show)
        .post("/ressourcen/importe/{id}/uebernehmen", bring, take)
        .post("/ressourcen/importe/{id}/abbrechen", bring, stop)
        .post("/ressourcen/importe/{id}/verwerfen", bring, drop_it)
        .post("/ressourcen/importe/{id}/zuruecknehmen", bring, undo)
        .and(super::import_files::routes())
        .and(super::waiting::routes())
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let form = FormView::new("trade-in", web.app.fresh());
    Ok(page(&ListPage::load(&web, &who, form, Vec::new()).await?))
}

async fn hand_in(State(web): State<Web>, who: SignedIn, sent: Uploaded<LARGE>) -> Result<Response, Oops> {
    who.must(Action::ImportResources)?;
    let key = sent.form.key()?;
    let again = |rule: domain::kernel::Rule| {
        FormView::new("trade-in", key.id).refused(&sent.form, &Refusals::from(rule.broken_at("file")))
    };
    let Some(file) = sent.file("file") else {
        return Ok(refused(&ListPage::load(&web, &who, again(FILE_MISSING), Vec::new()).await?));
    };
    let sheet = sent.form.value("sheet").to_owned();
    let incoming = Incoming { name: file.name.clone(), bytes: file.bytes.clone(), sheet };
    match resources::hand_in(&web.app, &who.actor, Some(key), incoming).await? {
        Ok(id) => Ok(redirect(&format!("{PATH}/{id}"))),
        Err(said) => Ok(refused(&ListPage::load(&web, &who, again(FILE_UNREADABLE), said).await?)),
    }
}

async fn show(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardImportId>,
    RawQuery(query): RawQuery,
) -> Result<Response, Oops> {
    let asked = FormData::of_query(&query.unwrap_or_default())?;
    let form = FormView::new("trade-take", web.app.fresh());
    let shown = ImportPage::load(&web, &who, (id, plan_of(&asked)), form).await?;
    // It may have been written already when somebody stopped it: then it says so by its state.
    let stopped = !asked.value("abgebrochen").is_empty() && shown.seen.row.state == "draft";
    Ok(page(&ImportPage { stopped, ..shown }))
}

/// What was chosen, with the words and sentences that go with it.
pub(crate) fn order(form: &FormData) -> ImportOrder {
    ImportOrder {
        plan: plan_of(form).unwrap_or_else(defaults),
        words: words(),
        without_faulty: form.value("without_faulty") == "yes",
        say: Say(Arc::new(whole)),
    }
}

async fn take(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardImportId>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, order, plan) = (form.key()?, order(&form), plan_of(&form));
    let (app, actor) = (web.app.clone(), who.actor.clone());
    // It goes on when the browser goes away; it is written whole or not at all.
    let job = tokio::spawn(async move { resources::take_import(&app, &actor, Some(key), (id, order)).await });
    let Ok(Ok(done)) = tokio::time::timeout(PATIENCE, job).await else { return Ok(redirect(&format!("{PATH}/{id}"))) };
    match for_form(done)? {
        Ok(id) => Ok(redirect(&format!("{PATH}/{id}"))),
        Err(wrong) => {
            let view = FormView::new("trade-take", key.id).refused(&form, &wrong);
            Ok(refused(&ImportPage::load(&web, &who, (id, plan), view).await?))
        }
    }
}

async fn stop(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardImportId>,
    form: FormData,
) -> Result<Response, Oops> {
    form.key()?;
    resources::stop_import(&web.app, &who.actor, id).await?;
    Ok(redirect(&format!("{PATH}/{id}?abgebrochen=1")))
}

async fn drop_it(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardImportId>,
    form: FormData,
) -> Result<Response, Oops> {
    resources::drop_import(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(PATH))
}

async fn undo(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardImportId>,
    form: FormData,
) -> Result<Response, Oops> {
    resources::undo_import(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(&format!("{PATH}/{id}")))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "resources/imports.html")]
struct ListPage {
    frame: Frame,
    form: FormView,
    said: Vec<String>,
    imports: Vec<ImportRow>,
    waiting: Vec<Waiting>,
}

impl ListPage {
    async fn load(web: &Web, who: &SignedIn, form: FormView, said: Vec<Said>) -> Result<Self, Oops> {
        let imports = resources::list_imports(&web.app, &who.actor).await?;
        let waiting = resources::waiting(&web.app, &who.actor).await?;
        let said = said.iter().take(SHOWN).map(sentence).collect();
        Ok(Self { frame: Frame::new(web, who, "trade-nav"), form, said, imports, waiting })
    }
}

/// A column with what it can mean.
struct ColumnView {
    field: String,
    head: String,
    sample: String,
    choices: Vec<Offered>,
}

#[derive(Template)]
#[template(path = "resources/import.html")]
struct ImportPage {
    frame: Frame,
    form: FormView,
    seen: ImportSeen,
    columns: Vec<ColumnView>,
    kinds: Vec<Offered>,
    topics: Vec<Offered>,
    visibilities: Vec<Offered>,
    /// The choice as fields, for the form that takes it.
    fields: Vec<(String, String)>,
    /// The choice as a query, for the list of findings.
    query: String,
    said: Vec<SaidView>,
    more: usize,
    warnings: usize,
    wrong: Vec<String>,
    without: [Choice; 1],
    keys: [uuid::Uuid; 2],
    /// Somebody just stopped it.
    stopped: bool,
}

fn offered(choices: Vec<Choice>, chosen: &str) -> Vec<Offered> {
    let one = |choice: Choice| Offered { chosen: choice.value == chosen, value: choice.value, label: choice.label };
    choices.into_iter().map(one).collect()
}

fn columns(seen: &ImportSeen, plan: &Plan) -> Vec<ColumnView> {
    let mut all: Vec<Choice> = Column::ALL.iter().map(|one| Choice::new(one.code(), column_name(*one))).collect();
    all.insert(0, Choice::new("", t("trade-column-none")));
    let view = |(at, head): (usize, &String)| {
        let chosen = plan.columns.get(at).copied().flatten().map(Column::code).unwrap_or_default();
        let sample = seen.samples.iter().filter_map(|cells| cells.get(at)).find(|cell| !cell.trim().is_empty());
        let sample = sample.map(|cell| cell.chars().take(60).collect()).unwrap_or_default();
        ColumnView { field: format!("s{at}"), head: head.clone(), sample, choices: offered(all.clone(), chosen) }
    };
    seen.head.iter().enumerate().map(view).collect()
}

impl ImportPage {
    async fn load(
        web: &Web,
        who: &SignedIn,
        (id, plan): (CardImportId, Option<Plan>),
        form: FormView,
    ) -> Result<Self, Oops> {
        let seen = resources::look_at_import(&web.app, &who.actor, id, (plan, defaults(), words())).await?;
        let plan = seen.plan.clone().unwrap_or_else(defaults);
        let fields = fields_of(&plan);
        let mut shown: Vec<&Said> = seen.outcome.said.iter().collect();
        // What must be mended first; a long list would hide it.
        shown.sort_by_key(|said| std::cmp::Reverse(said.severity));
        let count = |severity| seen.outcome.said.iter().filter(|said| said.severity == severity).count();
        Ok(Self {
            frame: Frame::new(web, who, "trade-nav"),
            columns: columns(&seen, &plan),
            kinds: offered(choices!("card-kind", CardKind), plan.kind.code()),
            topics: offered(choices!("topic", Topic), plan.topic.code()),
            visibilities: offered(choices!("visibility", Visibility), plan.visibility.code()),
            query: serde_html_form::to_string(&fields).unwrap_or_default(),
            fields,
            said: shown.into_iter().take(SHOWN).map(SaidView::of).collect(),
            more: seen.outcome.said.len().saturating_sub(SHOWN),
            warnings: count(Severity::Warning),
            wrong: seen.wrong.list().iter().map(crate::kit::messages::sentence).collect(),
            without: [Choice::new("yes", t("trade-take-without"))],
            keys: std::array::from_fn(|_| web.app.fresh()),
            stopped: false,
            form,
            seen,
        })
    }

    fn is_draft(&self) -> bool {
        self.seen.row.state == "draft"
    }

    fn may_take(&self) -> bool {
        self.wrong.is_empty() && !self.seen.outcome.taken.is_empty()
    }

    fn rejected(&self) -> usize {
        self.seen.outcome.rejected.len()
    }

    /// Cards that were changed since they were imported.
    fn changed(&self) -> Vec<&resources::ImportedCard> {
        self.seen.cards.iter().filter(|card| card.changed).collect()
    }
}
