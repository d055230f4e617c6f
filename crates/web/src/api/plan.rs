// SPDX-License-Identifier: EUPL-1.2
//! Decisions, versions of the plan, commissions.

use super::decision::{CommissionIn, DecisionIn};
use super::kit::{ApiId, ApiJson, ApiOops, ApiUser};
use super::openapi::Doors;
use super::words::{
    Date, ExtentUnitCode, GapCode, HelpCode, Ident, Instant, Made, PlanPartCode, PresenceCode, WishAnswerCode,
};
use crate::kit::{Asks, Web};
use app::casework::commission;
use app::casework::plan::{self, CommissionView, VersionLine};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::PlanContent;
use domain::kernel::{CaseId, PlanId};
use serde::Serialize;
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, decide) = (Asks::For(Action::SeeCase), Asks::For(Action::DecideOnCase));
    Doors::default()
        .post("/api/v1/cases/{id}/decisions/gaps", decide, "Says what a decision would lack; decides nothing", ask_gaps)
        .post("/api/v1/cases/{id}/decisions", decide, "Decides on help and fixes the plan's next version", decisions)
        .get("/api/v1/cases/{id}/plans", see, "The plan's versions, newest first", versions)
        .get("/api/v1/plans/{id}", see, "A version as it was fixed", version)
        .post("/api/v1/cases/{id}/commissions", decide, "Commissions any agency and binds the money", place)
        .get("/api/v1/cases/{id}/commissions", see, "Commissions of a case", commissions)
}

// Handlers --------------------------------------------------------------------------------------------

async fn decisions(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<DecisionIn>,
) -> Result<Made, ApiOops> {
    let draft = sent.body.read()?;
    Ok(Made::new(plan::decide_on_help(&web.app, &who.actor, Some(sent.key), case, draft).await?))
}

async fn ask_gaps(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<DecisionIn>,
) -> Result<Json<Gaps>, ApiOops> {
    let gaps = plan::look_for_gaps(&web.app, &who.actor, case, sent.body.read()?).await?;
    Ok(Json(Gaps { gaps: gaps.iter().map(|gap| gap.code()).collect() }))
}

async fn versions(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Versions>, ApiOops> {
    let shown = plan::page(&web.app, &who.actor, case).await?;
    Ok(Json(Versions { plans: shown.versions.into_iter().map(VersionShort::from).collect() }))
}

async fn version(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PlanId>,
) -> Result<Json<VersionOut>, ApiOops> {
    let (case, version, _) = plan::version(&web.app, &who.actor, id).await?;
    let (sha256, fixed_at) = (version.sha256, version.fixed_at.into());
    Ok(Json(VersionOut { case: case.id.into(), sha256, fixed_at, content: version.content.into() }))
}

async fn place(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<CommissionIn>,
) -> Result<Made, ApiOops> {
    let order = sent.body.read(case, web.app.today())?;
    Ok(Made::new(commission::place(&web.app, &who.actor, Some(sent.key), order).await?))
}

async fn commissions(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Commissions>, ApiOops> {
    let shown = commission::page(&web.app, &who.actor, case).await?;
    Ok(Json(Commissions { commissions: shown.commissions.into_iter().map(CommissionOut::from).collect() }))
}

// Out -------------------------------------------------------------------------------------------------

/// Versions of a plan.
#[derive(Serialize, ToSchema)]
struct Versions {
    plans: Vec<VersionShort>,
}

/// A version in a list.
#[derive(Serialize, ToSchema)]
struct VersionShort {
    id: Ident,
    number: i64,
    decision: Ident,
    fixed_at: Instant,
    fixed_by: String,
    granted: bool,
    #[schema(value_type = HelpCode)]
    help: &'static str,
    from: Date,
    until: Option<Date>,
    review_on: Date,
    sha256: String,
}

impl From<VersionLine> for VersionShort {
    fn from(version: VersionLine) -> Self {
        Self {
            id: version.id.into(),
            number: version.number,
            decision: version.decision.into(),
            fixed_at: version.fixed_at.into(),
            fixed_by: version.fixed_by,
            granted: version.granted,
            help: version.help.code(),
            from: version.from.into(),
            until: version.until.map(Date::from),
            review_on: version.review_on.into(),
            sha256: version.sha256,
        }
    }
}

/// A version as it was fixed; it never changes (N21).
#[derive(Serialize, ToSchema)]
struct VersionOut {
    case: Ident,
    sha256: String,
    fixed_at: Instant,
    content: PlanOut,
}

/// What a version of a plan says.
#[derive(Serialize, ToSchema)]
pub struct PlanOut {
    office: String,
    case_number: String,
    family: String,
    version: i64,
    decided_on: Date,
    decided_by: String,
    granted: bool,
    #[schema(value_type = HelpCode)]
    help: String,
    from: Date,
    until: Option<Date>,
    review_on: Date,
    reasons: String,
    professionals: Vec<String>,
    alternatives: Vec<String>,
    people: Vec<PartyOut>,
    statements: Vec<PlanStatementOut>,
    goals: Vec<PlanGoalOut>,
    /// Action goals under their direction goals.
    steps: Vec<PlanStepOut>,
    strengths: Vec<CodedWords>,
    ideas: Vec<CodedWords>,
    rights_told_on: Option<Date>,
    services: String,
    extent: Option<ExtentOut>,
    attendance: Vec<AttendanceOut>,
    parts: Vec<PartOut>,
    /// What was missing; always empty in what an agency receives.
    #[schema(value_type = Vec<GapCode>)]
    gaps: Vec<String>,
    gaps_reason: String,
}

/// How much of a service.
#[derive(Serialize, ToSchema)]
struct ExtentOut {
    /// In hundredths of the unit.
    hundredths: i64,
    #[schema(value_type = ExtentUnitCode)]
    unit: &'static str,
}

/// Somebody at the talk about the plan, or why not.
#[derive(Serialize, ToSchema)]
struct AttendanceOut {
    name: String,
    #[schema(value_type = PresenceCode)]
    presence: String,
    why: String,
}

/// A part of the plan with a title of its own.
#[derive(Serialize, ToSchema)]
struct PartOut {
    #[schema(value_type = PlanPartCode)]
    part: String,
    words: String,
}

/// Somebody who takes part, and as what.
#[derive(Serialize, ToSchema)]
struct PartyOut {
    name: String,
    role: String,
}

/// Something said, as it stands in a plan.
#[derive(Serialize, ToSchema)]
struct PlanStatementOut {
    kind: String,
    speaker: String,
    said_on: Date,
    words: String,
    own_part: String,
}

/// A goal, as it stands in a plan.
#[derive(Serialize, ToSchema)]
struct PlanGoalOut {
    owner: String,
    words: String,
}

/// An action goal, as it stands in a plan.
#[derive(Serialize, ToSchema)]
struct PlanStepOut {
    /// The words of the direction goal.
    under: String,
    words: String,
}

/// Words under a code.
#[derive(Serialize, ToSchema)]
struct CodedWords {
    kind: String,
    words: String,
}

fn coded(list: Vec<(String, String)>) -> Vec<CodedWords> {
    list.into_iter().map(|(kind, words)| CodedWords { kind, words }).collect()
}

impl From<PlanContent> for PlanOut {
    fn from(plan: PlanContent) -> Self {
        let statements = plan.statements.into_iter().map(|said| PlanStatementOut {
            kind: said.kind,
            speaker: said.speaker,
            said_on: said.said_on.into(),
            words: said.words,
            own_part: said.own_part,
        });
        let attendance = plan.attendance.into_iter();
        let attendance = attendance.map(|one| AttendanceOut { name: one.name, presence: one.presence, why: one.why });
        let people = plan.people.into_iter().map(|party| PartyOut { name: party.name, role: party.role });
        Self {
            office: plan.office,
            case_number: plan.case_number,
            family: plan.family,
            version: plan.version,
            decided_on: plan.decided_on.into(),
            decided_by: plan.decided_by,
            granted: plan.granted,
            help: plan.help,
            from: plan.from.into(),
            until: plan.until.map(Date::from),
            review_on: plan.review_on.into(),
            reasons: plan.reasons,
            professionals: plan.professionals,
            alternatives: plan.alternatives,
            people: people.collect(),
            statements: statements.collect(),
            goals: plan.goals.into_iter().map(|(owner, words)| PlanGoalOut { owner, words }).collect(),
            steps: plan.steps.into_iter().map(|(under, words)| PlanStepOut { under, words }).collect(),
            strengths: coded(plan.strengths),
            ideas: coded(plan.ideas),
            rights_told_on: plan.rights_told_on.map(Date::from),
            services: plan.services,
            extent: plan.extent.map(|one| ExtentOut { hundredths: one.hundredths(), unit: one.unit().code() }),
            attendance: attendance.collect(),
            parts: plan.parts.into_iter().map(|(part, words)| PartOut { part, words }).collect(),
            gaps: plan.gaps,
            gaps_reason: plan.gaps_reason,
        }
    }
}

/// Commissions of a case.
#[derive(Serialize, ToSchema)]
struct Commissions {
    commissions: Vec<CommissionOut>,
}

/// A commission.
#[derive(Serialize, ToSchema)]
struct CommissionOut {
    id: Ident,
    agency: String,
    #[schema(value_type = HelpCode)]
    help: &'static str,
    from: Date,
    until: Option<Date>,
    ceiling_cents: i64,
    wish_told_on: Option<Date>,
    #[schema(value_type = WishAnswerCode)]
    wish_answer: &'static str,
    wish: Option<String>,
    wish_why: Option<String>,
    placed_on: Date,
    placed_by: String,
}

impl From<CommissionView> for CommissionOut {
    fn from(placed: CommissionView) -> Self {
        Self {
            id: placed.id.into(),
            agency: placed.agency,
            help: placed.help.code(),
            from: placed.from.into(),
            until: placed.until.map(Date::from),
            ceiling_cents: placed.ceiling.cents(),
            wish_told_on: placed.wish_told_on.map(Date::from),
            wish_answer: placed.wish_answer.code(),
            wish: placed.wish,
            wish_why: placed.wish_why,
            placed_on: placed.placed_on.into(),
            placed_by: placed.placed_by,
        }
    }
}

/// What a decision would lack.
#[derive(Serialize, ToSchema)]
struct Gaps {
    #[schema(value_type = Vec<GapCode>)]
    gaps: Vec<&'static str>,
}
