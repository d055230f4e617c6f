// SPDX-License-Identifier: EUPL-1.2
//! The rhythm in which each help is looked at, what the office sets for a kind of help, transitions to other carriers, and
//! the line of a support package that an agency is sent.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, lines, maybe};
use super::openapi::Doors;
use super::words::{Date, HelpCode, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::casework::help_settings::{self, HelpSetting};
use app::casework::own_line;
use app::casework::rhythms::{self, HelpRhythm};
use app::casework::transition::{self, TransitionView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{CarrierKind, HelpKind, NewRhythm, NewTransition};
use domain::kernel::{CaseId, CommissionId, Day, Line, Note, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    let (decide, keep) = (Asks::For(Action::DecideOnCase), Asks::For(Action::KeepTemplates));
    Doors::default()
        .get("/api/v1/cases/{id}/review-rhythms", see, "How often each running help is looked at", list)
        .post("/api/v1/commissions/{id}/review-rhythm", decide, "Sets the rhythm of one help", set)
        .get("/api/v1/help-settings", keep, "What the office sets for each kind of help", settings)
        .post("/api/v1/help-settings", keep, "Sets tasks before a talk and the rhythm of a kind of help", set_kind)
        .get("/api/v1/cases/{id}/transitions", see, "Agreements on a transition, the newest first", transitions)
        .post("/api/v1/cases/{id}/transitions", work, "Keeps a version of the agreement on a transition", agree)
        .post("/api/v1/commissions/{id}/package-line", decide, "Sends an agency its own line of the package", send)
}

// In --------------------------------------------------------------------------------------------------

/// A rhythm.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RhythmIn {
    /// Every so many months.
    months: i32,
    why: String,
}

/// What the office sets for a kind of help.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettingIn {
    #[schema(value_type = HelpCode)]
    help: String,
    /// One task a line: days before the talk, a colon, what is to be done. Without it ours hold.
    tasks: Option<String>,
    /// Every so many months; without it the rule for every help.
    review_months: Option<i32>,
}

/// An agreement on a transition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TransitionIn {
    /// `integration`, `employment`, `health`, `assistance`, `other`.
    #[serde(default)]
    #[schema(required = true)]
    kind: String,
    #[serde(default)]
    #[schema(required = true)]
    carrier: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    changes_on: String,
    #[schema(value_type = Option<Date>)]
    talk_on: Option<String>,
    #[serde(default)]
    participants: Vec<String>,
    #[serde(default)]
    #[schema(required = true)]
    goals: String,
    #[serde(default)]
    #[schema(required = true)]
    goes_on: String,
    #[serde(default)]
    #[schema(required = true)]
    steps: String,
    family_says: Option<String>,
    /// What the other carrier is told; only with a consent that holds.
    told: Option<String>,
}

impl TransitionIn {
    fn read(&self) -> Result<NewTransition, Refusals> {
        let mut wrong = Refusals::default();
        let kind = wrong.take("kind", code(&self.kind, CarrierKind::from_code));
        let carrier = wrong.take("carrier", Line::parse(&self.carrier));
        let changes_on = wrong.take("changes_on", Day::parse(&self.changes_on));
        let talk_on = wrong.take("talk_on", maybe(self.talk_on.as_deref(), Day::parse));
        let participants = wrong.take("participants", lines(&self.participants));
        let goals = wrong.take("goals", Note::parse(&self.goals));
        let goes_on = wrong.take("goes_on", Note::parse(&self.goes_on));
        let steps = wrong.take("steps", Note::parse(&self.steps));
        let family_says = wrong.take("family_says", maybe(self.family_says.as_deref(), Note::parse));
        let told = wrong.take("told", maybe(self.told.as_deref(), Note::parse));
        let value = (|| {
            Some(NewTransition {
                kind: kind?,
                carrier: carrier?,
                changes_on: changes_on?,
                talk_on: talk_on?,
                participants: participants?,
                goals: goals?,
                goes_on: goes_on?,
                steps: steps?,
                family_says: family_says?,
                told: told?,
            })
        })();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<RhythmsOut>, ApiOops> {
    let (helps, most_months) = rhythms::list(&web.app, &who.actor, case).await?;
    Ok(Json(RhythmsOut { helps: helps.into_iter().map(RhythmOut::from).collect(), most_months }))
}

async fn set(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(help): ApiId<CommissionId>,
    sent: ApiJson<RhythmIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let new = NewRhythm { months: sent.body.months, why: wrong.finish(why)? };
    Ok(done(rhythms::set(&web.app, &who.actor, Some(sent.key), help, new).await?))
}

async fn settings(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<SettingsOut>, ApiOops> {
    let (all, most_months) = help_settings::list(&web.app, &who.actor).await?;
    Ok(Json(SettingsOut { settings: all.into_iter().map(SettingOut::from).collect(), most_months }))
}

async fn set_kind(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<SettingIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let help = wrong.take("help", code(&sent.body.help, HelpKind::from_code));
    let tasks = wrong.take("tasks", maybe(sent.body.tasks.as_deref(), Note::parse));
    let (help, tasks) = wrong.finish(help.zip(tasks))?;
    let new = (tasks, sent.body.review_months);
    Ok(done(help_settings::set(&web.app, &who.actor, Some(sent.key), help, new).await?))
}

async fn transitions(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<TransitionsOut>, ApiOops> {
    let shown = transition::page(&web.app, &who.actor, case).await?;
    Ok(Json(TransitionsOut { versions: shown.versions.into_iter().map(TransitionOut::from).collect() }))
}

async fn agree(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<TransitionIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(transition::agree(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn send(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(help): ApiId<CommissionId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(own_line::send(&web.app, &who.actor, Some(sent.key), help).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The running helps of a case.
#[derive(Serialize, ToSchema)]
struct RhythmsOut {
    helps: Vec<RhythmOut>,
    /// The most months between two reviews that the office allows.
    most_months: i32,
}

/// A help with its rhythm.
#[derive(Serialize, ToSchema)]
struct RhythmOut {
    commission: Ident,
    #[schema(value_type = HelpCode)]
    help: &'static str,
    agency: String,
    /// Every so many months.
    months: i32,
    /// Why, where it was set for this help alone.
    why: Option<String>,
    looked_on: Option<Date>,
    next_on: Option<Date>,
}

impl From<HelpRhythm> for RhythmOut {
    fn from(one: HelpRhythm) -> Self {
        Self {
            commission: one.commission.id.into(),
            help: one.commission.help.code(),
            agency: one.commission.agency,
            months: one.months,
            why: one.set.map(|set| set.why),
            looked_on: one.looked_on.map(Date::from),
            next_on: one.next_on.map(Date::from),
        }
    }
}

/// What holds for every kind of help.
#[derive(Serialize, ToSchema)]
struct SettingsOut {
    settings: Vec<SettingOut>,
    /// The most months between two reviews that the office allows.
    most_months: i32,
}

/// What holds for a kind of help.
#[derive(Serialize, ToSchema)]
struct SettingOut {
    #[schema(value_type = HelpCode)]
    help: &'static str,
    /// One task a line: days before the talk, a colon, what is to be done.
    tasks: String,
    /// Are they ours?
    ours: bool,
    review_months: Option<i32>,
}

impl From<HelpSetting> for SettingOut {
    fn from(one: HelpSetting) -> Self {
        Self { help: one.help.code(), tasks: one.tasks, ours: one.ours, review_months: one.review_months }
    }
}

/// Versions of the agreement, the newest first.
#[derive(Serialize, ToSchema)]
struct TransitionsOut {
    versions: Vec<TransitionOut>,
}

/// A version of the agreement.
#[derive(Serialize, ToSchema)]
struct TransitionOut {
    id: Ident,
    kind: &'static str,
    carrier: String,
    changes_on: Date,
    talk_on: Option<Date>,
    participants: Vec<String>,
    goals: String,
    goes_on: String,
    steps: String,
    family_says: Option<String>,
    told: Option<String>,
    agreed_on: Date,
    by: String,
}

impl From<TransitionView> for TransitionOut {
    fn from(one: TransitionView) -> Self {
        Self {
            id: one.id.into(),
            kind: one.kind.code(),
            carrier: one.carrier,
            changes_on: one.changes_on.into(),
            talk_on: one.talk_on.map(Date::from),
            participants: one.participants.lines().map(str::to_owned).collect(),
            goals: one.goals,
            goes_on: one.goes_on,
            steps: one.steps,
            family_says: one.family_says,
            told: one.told,
            agreed_on: one.on.into(),
            by: one.by,
        }
    }
}
