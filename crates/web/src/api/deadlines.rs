// SPDX-License-Identifier: EUPL-1.2
//! What is due, for oneself and in a case, and how each day came about.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, code, maybe};
use super::openapi::Doors;
use super::words::{Date, DueOutcomeCode, Ident, Made, NatureCode, Reference, done};
use crate::deadlines::DueLine;
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Asks, Web};
use app::deadlines::{self, DueView, Whose};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::deadlines::{Change, DeadlineRule, Duty, InternalTarget, Outcome, PromptDuty, Promptly};
use domain::kernel::{CaseId, Day, DueId, Line, Note, Refusals, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/deadlines", see, "What is due for oneself, or for the teams in sight", list)
        .get("/api/v1/cases/{id}/deadlines", see, "What is due in a case", of_case)
        .post("/api/v1/cases/{id}/deadlines", work, "Adds a period of a law, a duty at once, or an own day", add)
        .post("/api/v1/deadlines/{id}/changes", work, "Says what became of it", change)
}

/// Which list, and where it begins.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// `team` for those of the teams in sight, somebody's id for those of one person; else one's own.
    #[serde(default)]
    whose: String,
    /// What the page before said under `next`.
    after: Option<String>,
}

/// A period of a law, a duty at once, or an own day.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DueIn {
    /// A rule's or duty's code, or `own`.
    #[serde(default)]
    #[schema(required = true)]
    kind: String,
    /// The day of the event; for an own target the day until which it is to be done.
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    start: String,
    /// For an own target: what.
    words: Option<String>,
}

impl DueIn {
    fn read(&self) -> Result<Duty, Refusals> {
        let mut wrong = Refusals::default();
        let start = wrong.take("start", Day::parse(&self.start));
        if self.kind == "own" {
            let words = wrong.take("words", Line::parse(self.words.as_deref().unwrap_or_default()));
            let value = (|| Some(Duty::Own(InternalTarget { words: words?, due: start?, is_agreed: false })))();
            return wrong.finish(value);
        }
        let duty = match (DeadlineRule::from_code(&self.kind), PromptDuty::from_code(&self.kind), start) {
            (Some(rule), _, Some(start)) if rule != DeadlineRule::Liberty => Some(Duty::Legal(rule, start)),
            (None, Some(duty), Some(start)) => Some(Duty::Prompt(Promptly::new(duty, start))),
            (_, _, None) => None,
            _ => {
                wrong.note(CHOICE_MISSING.broken_at("kind"));
                None
            }
        };
        wrong.finish(duty)
    }
}

/// What became of something due.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeIn {
    #[serde(default)]
    #[schema(required = true, value_type = DueOutcomeCode)]
    outcome: String,
    reason: Option<String>,
    /// The new day of an own target.
    #[schema(value_type = Option<Date>)]
    to: Option<String>,
}

impl ChangeIn {
    fn read(&self) -> Result<Change, Refusals> {
        let mut wrong = Refusals::default();
        let outcome = wrong.take("outcome", code(&self.outcome, Outcome::from_code));
        let reason = wrong.take("reason", maybe(self.reason.as_deref(), Note::parse));
        let to = wrong.take("to", maybe(self.to.as_deref(), Day::parse));
        let value = (|| Some(Change { outcome: outcome?, reason: reason?, to: to? }))();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, ApiUser(who): ApiUser, asked: ApiQuery<Asked>) -> Result<Json<Dues>, ApiOops> {
    let whose = match (asked.0.whose.parse(), asked.0.whose.as_str()) {
        (Ok(one), _) => Whose::Of(one),
        (Err(_), "team") => Whose::Teams,
        (Err(_), _) => Whose::Mine,
    };
    let after = asked.0.after.as_deref().and_then(|mark| mark.split_once('_'));
    let after = after.and_then(|(day, id)| Some((Day::parse(day).ok(), Uuid::parse_str(id).ok()?)));
    let shown = deadlines::page(&web.app, &who.actor, whose, after).await?;
    let (today, reader) = (web.app.today(), shown.reader);
    let next = shown.next.and_then(|(day, id)| day.map(|day| format!("{day}_{id}")));
    let all = shown.prompt.into_iter().chain(shown.dated);
    Ok(Json(Dues { open: all.map(|one| DueOut::new(one, today, reader)).collect(), next }))
}

async fn of_case(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Dues>, ApiOops> {
    let shown = deadlines::of_case(&web.app, &who.actor, case).await?;
    let (today, worker) = (web.app.today(), shown.case.worker);
    Ok(Json(Dues { open: shown.open.into_iter().map(|one| DueOut::new(one, today, worker)).collect(), next: None }))
}

async fn add(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<DueIn>,
) -> Result<Made, ApiOops> {
    let duty = sent.body.read()?;
    Ok(Made::new(deadlines::add(&web.app, &who.actor, Some(sent.key), case, duty).await?))
}

async fn change(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<DueId>,
    sent: ApiJson<ChangeIn>,
) -> Result<Json<Reference>, ApiOops> {
    let asked = sent.body.read()?;
    Ok(done(deadlines::change(&web.app, &who.actor, Some(sent.key), id, asked).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// What is due: at once first, then by day.
#[derive(Serialize, ToSchema)]
struct Dues {
    open: Vec<DueOut>,
    /// Where the next page begins.
    next: Option<String>,
}

/// Something due.
#[derive(Serialize, ToSchema)]
struct DueOut {
    id: Ident,
    case: Ident,
    case_number: String,
    #[schema(value_type = NatureCode)]
    nature: &'static str,
    /// A rule's or duty's code, or `own`.
    kind: String,
    what: String,
    source: Option<&'static str>,
    /// The last day; nothing, where the law says "unverzüglich".
    due: Option<Date>,
    since: Date,
    late: bool,
    owner: String,
    /// How the day came about, in German, each with its source.
    steps: Vec<StepOut>,
}

/// A step of the calculation.
#[derive(Serialize, ToSchema)]
struct StepOut {
    sentence: String,
    source: &'static str,
}

impl DueOut {
    fn new(one: DueView, today: Day, reader: UserId) -> Self {
        let kind = one.kind.clone();
        let line = DueLine::new(one, today, reader);
        let steps = line.steps.into_iter().map(|step| StepOut { sentence: step.sentence, source: step.source });
        Self {
            id: line.id.into(),
            case: line.case.into(),
            case_number: line.number,
            nature: line.nature,
            kind,
            what: line.what,
            source: line.source,
            due: line.due.map(Date::from),
            since: line.since.into(),
            late: line.is_late,
            owner: line.owner,
            steps: steps.collect(),
        }
    }
}
