// SPDX-License-Identifier: EUPL-1.2
//! Cases: one's own and the team's, search, the overview of a case.

use super::head;
pub use super::head::CaseHead;
use crate::kit::{Asks, Choice, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t, t_with};
use crate::resources::in_space;
use app::casework::cases::{self, After, AtStage, CaseLine, Event, GoalView, Overview, StatementView, Which, Whose};
use app::casework::cases::{Stage, StrengthView};
use app::resources;
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Area, Field, StatementKind};
use domain::kernel::{CardId, CaseId, Day, Moment, SpaceId};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle", Asks::For(Action::SeeCase), list)
        .get("/suche", Asks::For(Action::SeeCase), search)
        .get("/faelle/{id}", Asks::For(Action::SeeCase), overview)
}

// Forms -----------------------------------------------------------------------------------------------

/// Which part of the list.
#[derive(Deserialize)]
struct ListQuery {
    #[serde(default)]
    wessen: String,
    #[serde(default)]
    wer: String,
    #[serde(default)]
    stand: String,
    #[serde(default)]
    bereich: String,
    #[serde(default)]
    nach: String,
}

impl ListQuery {
    /// What runs, where nothing else is asked.
    fn which(&self) -> Which {
        let whose = match (self.wer.parse(), self.wessen.as_str()) {
            (Ok(worker), _) => Whose::Of(worker),
            (Err(_), "team") => Whose::Teams,
            (Err(_), _) => Whose::Mine,
        };
        let stage = AtStage::from_code(&self.stand).unwrap_or(AtStage::Open);
        Which { whose, stage, area: Area::from_code(&self.bereich) }
    }

    /// `<millis>.<uuid>`; anything else begins at the beginning.
    fn after(&self) -> Option<After> {
        let (millis, id) = self.nach.split_once('.')?;
        Some((Moment(millis.parse().ok()?), Uuid::parse_str(id).ok()?))
    }
}

/// What is looked for.
#[derive(Deserialize)]
struct SearchQuery {
    #[serde(default)]
    q: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<ListQuery>) -> Result<Response, Oops> {
    let which = asked.which();
    let found = cases::list(&web.app, &who.actor, which, asked.after()).await?;
    let begin = first_page(which);
    let more = found.next.map(|(at, id)| format!("{begin}&nach={}.{id}", at.0));
    Ok(page(&ListPage {
        frame: Frame::new(&web, &who, "nav-cases"),
        filter: Filter::new(which),
        begin,
        first: asked.nach.is_empty(),
        total: found.total,
        table: CaseTable { cases: found.cases },
        more,
    }))
}

async fn search(State(web): State<Web>, who: SignedIn, Query(asked): Query<SearchQuery>) -> Result<Response, Oops> {
    let words = asked.q.trim().to_owned();
    let found = cases::find(&web.app, &who.actor, words.clone()).await?;
    let frame = Frame::new(&web, &who, "nav-cases");
    Ok(page(&SearchPage { frame, words, table: CaseTable { cases: found } }))
}

async fn overview(State(web): State<Web>, who: SignedIn, Id(id): Id<CaseId>) -> Result<Response, Oops> {
    let seen = cases::overview(&web.app, &who.actor, id).await?;
    let head = CaseHead::new(&seen.case, &seen.people, web.app.today(), "overview");
    let nearby = nearby(&web, &who, seen.case.space).await?;
    Ok(page(&OverviewPage { frame: Frame::new(&web, &who, "nav-cases"), head, next: Next::of(&seen), seen, nearby }))
}

/// Cards of the space shown beside a case.
const NEARBY: usize = 5;

/// Id, name, address.
type NearbyCard = (CardId, String, Option<String>);

/// Some of what the case's space has. The directory is asked for the space alone and learns nothing of the case.
async fn nearby(web: &Web, who: &SignedIn, space: Option<SpaceId>) -> Result<Vec<NearbyCard>, Oops> {
    let Some(space) = space else { return Ok(Vec::new()) };
    let asked = in_space(space, web.app.today(), NEARBY);
    let found = resources::search(&web.app, resources::viewer_of(&who.actor)?, asked).await?;
    let line = |one: resources::Listed| {
        let card = &one.card.content;
        (one.card.id, card.name.as_str().to_owned(), card.place.as_ref().map(|place| place.as_str().to_owned()))
    };
    Ok(found.cards.into_iter().map(line).collect())
}

// Pages -----------------------------------------------------------------------------------------------

const fn code(whose: Whose) -> &'static str {
    match whose {
        Whose::Mine => "mine",
        Whose::Teams => "team",
        Whose::Of(_) => "one",
    }
}

/// The address of the list's first page.
fn first_page(which: Which) -> String {
    let (name, value) = of_whom(which.whose);
    let stage = if which.stage == AtStage::Open { "" } else { which.stage.code() };
    let asked = [("stand", stage), ("bereich", which.area.map_or("", Area::code))];
    let narrowed = asked.iter().filter(|(_, code)| !code.is_empty()).map(|(name, code)| format!("&{name}={code}"));
    format!("/faelle?{name}={value}{}", narrowed.collect::<String>())
}

/// Whose cases, as the address says it.
fn of_whom(whose: Whose) -> (&'static str, String) {
    match whose {
        Whose::Of(worker) => ("wer", worker.to_string()),
        Whose::Mine | Whose::Teams => ("wessen", code(whose).to_owned()),
    }
}

/// Which part of the list is shown, to be changed.
struct Filter {
    whose: &'static str,
    of_whom: (&'static str, String),
    form: FormView,
    stages: Vec<Choice>,
    areas: Vec<Choice>,
    is_narrow: bool,
}

impl Filter {
    fn new(which: Which) -> Self {
        let stages: Vec<_> = Stage::ALL.iter().map(|stage| stage.code()).chain(["all"]).collect();
        let areas: Vec<_> = Area::ALL.iter().map(|area| area.code()).collect();
        let form = FormView::new("case-filter", Uuid::nil()).with("stand", which.stage.code());
        Self {
            whose: code(which.whose),
            of_whom: of_whom(which.whose),
            form: form.with("bereich", which.area.map_or("", Area::code)),
            stages: Choice::words("stage", &stages),
            areas: Choice::words("area", &areas),
            is_narrow: which.stage != AtStage::Open || which.area.is_some(),
        }
    }
}

/// Cases as a table; on phones each becomes a small card.
#[derive(Template)]
#[template(path = "casework/case_table.html")]
struct CaseTable {
    cases: Vec<CaseLine>,
}

impl HtmlSafe for CaseTable {}

impl CaseTable {
    fn family(&self, case: &CaseLine) -> String {
        head::family(&case.family)
    }

    fn badge(&self, case: &CaseLine) -> &'static str {
        head::badge(case.stage)
    }
}

#[derive(Template)]
#[template(path = "casework/cases.html")]
struct ListPage {
    frame: Frame,
    filter: Filter,
    begin: String,
    first: bool,
    total: i64,
    table: CaseTable,
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "casework/search.html")]
struct SearchPage {
    frame: Frame,
    words: String,
    table: CaseTable,
}

impl SearchPage {
    /// Nothing was looked for, and nothing is to be told of that.
    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn is_short(&self) -> bool {
        !cases::finds_beginnings(&self.words)
    }

    fn is_cut(&self) -> bool {
        i64::try_from(self.table.cases.len()).is_ok_and(|found| found >= cases::FOUND)
    }
}

/// What to do next in a case: message, and page of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Next {
    key: &'static str,
    path: &'static str,
    /// What is not known yet; it hinders nothing.
    missing: Vec<&'static str>,
}

impl Next {
    fn of(seen: &Overview) -> Self {
        let no_will = !seen.statements.iter().any(|said| said.kind == StatementKind::Will);
        let exploring = matches!(seen.case.stage, Stage::Opened | Stage::Consultation);
        let (key, path) = match seen.case.stage {
            _ if exploring && seen.people.is_empty() => ("people", "/wille#personen"),
            _ if exploring && no_will => ("will", "/wille#aussage"),
            Stage::Opened => ("agenda", "/beratung"),
            Stage::Consultation => ("decide", "/hilfeplan"),
            Stage::Decided if was_refused(&seen.events) => ("refused", "/hilfeplan"),
            Stage::Decided => ("commission", "/leistungen"),
            Stage::Running => ("review", "/ueberpruefung"),
            Stage::Ended => ("ended", "/ende"),
        };
        let gaps = [
            ("will", no_will && key != "will"),
            ("goals", seen.goals.is_empty()),
            ("strengths", seen.strengths.is_empty()),
        ];
        let missing = gaps.iter().filter(|(_, is_missing)| *is_missing).map(|(gap, _)| *gap).collect();
        Self { key, path, missing }
    }

    fn missing(&self) -> String {
        self.missing.iter().map(|gap| t(&format!("missing-{gap}"))).collect::<Vec<_>>().join(", ")
    }
}

/// Was the last decision a refusal?
fn was_refused(events: &[Event]) -> bool {
    events.iter().find(|event| matches!(&*event.kind, "plan" | "refusal")).is_some_and(|event| event.kind == "refusal")
}

#[derive(Template)]
#[template(path = "casework/case.html")]
struct OverviewPage {
    frame: Frame,
    head: CaseHead,
    next: Next,
    seen: Overview,
    nearby: Vec<NearbyCard>,
}

impl OverviewPage {
    fn said(&self, kind: StatementKind) -> Vec<&StatementView> {
        self.seen.statements.iter().filter(|said| said.kind == kind).collect()
    }

    /// Wills first, then wishes, the newest first; the same words of the same person once.
    fn wants(&self) -> Vec<&StatementView> {
        let mut wants: Vec<&StatementView> = Vec::new();
        for kind in [StatementKind::Will, StatementKind::Wish] {
            for said in self.said(kind).into_iter().rev() {
                if !wants.iter().any(|kept| kept.words == said.words && kept.speaker == said.speaker) {
                    wants.push(said);
                }
            }
        }
        wants
    }

    /// What happened, the newest first, with the day the case was opened in its place.
    fn timeline(&self) -> Vec<(Day, String)> {
        let (events, opened) = (&self.seen.events, self.seen.case.opened_on);
        let before = |event: &Event| event.day < opened || (event.day == opened && event.kind == "report");
        let mut lines: Vec<_> = events.iter().map(|event| (event.day, happened(event))).collect();
        let place = events.iter().position(before).unwrap_or(lines.len());
        lines.insert(place, (opened, t("event-opened")));
        lines
    }

    /// Did the family say something that nobody took note of?
    fn family_waits(&self) -> bool {
        self.seen.events.iter().any(|event| event.kind == "family-answer-new")
    }

    fn goals(&self) -> &[GoalView] {
        &self.seen.goals
    }

    fn fields(&self) -> Vec<(&'static str, Vec<&StrengthView>)> {
        by_field(&self.seen.strengths)
    }
}

/// The four fields with what is in them.
pub(super) fn by_field(strengths: &[StrengthView]) -> Vec<(&'static str, Vec<&StrengthView>)> {
    let of = |field: Field| strengths.iter().filter(|strength| strength.field == field).collect();
    Field::ALL.iter().map(|field| (field.code(), of(*field))).collect()
}

/// The sentence of an event.
pub(super) fn happened(event: &Event) -> String {
    let key = format!("event-{}", event.kind);
    match &*event.kind {
        "report" => t_with(&key, &[("x", &t(&format!("channel-{}", event.about)))]),
        kind if kind.starts_with("letter-") => {
            let letter = domain::letters::LetterKind::from_code(&event.about).map(crate::letters::kind_name);
            t_with(&key, &[("x", &letter.unwrap_or_default())])
        }
        _ if event.about.is_empty() => t(&format!("{key}-unnamed")),
        _ => t_with(&key, &[("x", &event.about)]),
    }
}

#[cfg(test)]
#[path = "cases_tests.rs"]
mod tests;
