// SPDX-License-Identifier: EUPL-1.2
//! Decisions, versions of the plan, commissions.

use super::agreements::WorkIn;
use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, given, id, lines, maybe};
use super::openapi::Doors;
use super::words::{Date, HelpCode, Ident, Instant, Made};
use crate::kit::{Asks, Web};
use app::casework::commission::{self, Order};
use app::casework::plan::{self, CommissionView, VersionLine};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{CommissionOrder, DecisionDraft, HelpKind, PlanContent};
use domain::kernel::{Amount, CaseId, Day, Note, Period, PlanId, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, decide) = (Asks::For(Action::SeeCase), Asks::For(Action::DecideOnCase));
    Doors::default()
        .post("/api/v1/cases/{id}/decisions", decide, "Decides on help and fixes the plan's next version", decisions)
        .get("/api/v1/cases/{id}/plans", see, "The plan's versions, newest first", versions)
        .get("/api/v1/plans/{id}", see, "A version as it was fixed", version)
        .post("/api/v1/cases/{id}/commissions", decide, "Commissions any agency and binds the money", place)
        .get("/api/v1/cases/{id}/commissions", see, "Commissions of a case", commissions)
}

// In --------------------------------------------------------------------------------------------------

/// What is to be decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecisionIn {
    /// There is no default.
    #[serde(default)]
    #[schema(required = true, value_type = bool)]
    granted: Option<bool>,
    #[serde(default)]
    #[schema(required = true, value_type = HelpCode)]
    help: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
    #[serde(default)]
    #[schema(required = true)]
    reasons: String,
    /// At least two for longer help (§ 36(2) SGB VIII).
    #[serde(default)]
    professionals: Vec<String>,
    /// What was weighed; at least one.
    #[serde(default)]
    #[schema(required = true)]
    alternatives: Vec<String>,
    /// When the family was told of its rights.
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    rights_told_on: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    review_on: String,
}

fn period(wrong: &mut Refusals, from: &str, until: Option<&str>) -> Option<Period> {
    let from = wrong.take("from", Day::parse(from));
    let until = wrong.take("until", maybe(until, Day::parse));
    let (from, until) = from.zip(until)?;
    wrong.take("until", Period::new(from, until))
}

impl DecisionIn {
    fn read(&self) -> Result<DecisionDraft, Refusals> {
        let mut wrong = Refusals::default();
        let granted = wrong.take("granted", given(self.granted));
        let kind = wrong.take("help", code(&self.help, HelpKind::from_code));
        let period = period(&mut wrong, &self.from, self.until.as_deref());
        let reasons = wrong.take("reasons", Note::optional(&self.reasons));
        let professionals = wrong.take("professionals", lines(&self.professionals));
        let alternatives = wrong.take("alternatives", lines(&self.alternatives));
        let rights_told_on = wrong.take("rights_told_on", maybe(self.rights_told_on.as_deref(), Day::parse));
        let review_on = wrong.take("review_on", Day::parse(&self.review_on));
        let value = (|| {
            Some(DecisionDraft {
                granted: granted?,
                kind: kind?,
                period: period?,
                reasons: reasons?,
                professionals: professionals?,
                alternatives: alternatives?,
                rights_told_on: rights_told_on?,
                review_on: review_on?,
            })
        })();
        wrong.finish(value)
    }
}

/// What is ordered of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CommissionIn {
    /// A decision of this case.
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    decision: String,
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    agency: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
    /// In cents.
    #[serde(default)]
    #[schema(required = true)]
    ceiling_cents: i64,
    /// What the family wished (§ 5 SGB VIII).
    #[serde(default)]
    #[schema(required = true)]
    wish: String,
    /// How much at which price of the rate table, if that is known.
    plan: Option<WorkIn>,
    /// Why it goes over plan, if it does.
    over_plan_reason: Option<String>,
}

impl CommissionIn {
    fn read(&self, case: CaseId) -> Result<Order, Refusals> {
        let mut wrong = Refusals::default();
        let decision = wrong.take("decision", id(&self.decision));
        let agency = wrong.take("agency", id(&self.agency));
        let period = period(&mut wrong, &self.from, self.until.as_deref());
        let ceiling = wrong.take("ceiling_cents", Amount::from_cents(self.ceiling_cents));
        let wish = wrong.take("wish", Note::optional(&self.wish));
        let reason = wrong.take("over_plan_reason", maybe(self.over_plan_reason.as_deref(), Note::parse));
        let plan = self.plan.as_ref().map_or(Some(None), |plan| plan.read(&mut wrong).map(Some));
        let value = (|| {
            let plan = plan?;
            let order = CommissionOrder { period: period?, ceiling: ceiling?, wish: wish? };
            Some(Order { case, decision: decision?, agency: agency?, order, plan, over_plan_reason: reason? })
        })();
        wrong.finish(value)
    }
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
    let (case, version) = plan::version(&web.app, &who.actor, id).await?;
    let (sha256, fixed_at) = (version.sha256, version.fixed_at.into());
    Ok(Json(VersionOut { case: case.id.into(), sha256, fixed_at, content: version.content.into() }))
}

async fn place(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<CommissionIn>,
) -> Result<Made, ApiOops> {
    let order = sent.body.read(case)?;
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
    strengths: Vec<CodedWords>,
    ideas: Vec<CodedWords>,
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
            strengths: coded(plan.strengths),
            ideas: coded(plan.ideas),
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
    wish: String,
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
            wish: placed.wish,
            placed_on: placed.placed_on.into(),
            placed_by: placed.placed_by,
        }
    }
}
