// SPDX-License-Identifier: EUPL-1.2
//! Children in care, an agency's own procedure, counselling without names.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, lines, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, Made};
use crate::kit::{Asks, Web};
use app::casework::protection;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::protection::{
    AgencyDecision, CareGround, FactKind, Institution, NewAgencyAssessment, NewCare, NewCounsel, NewFact, NewNotice,
    NoticeTold, Placement,
};
use domain::kernel::{CareId, CaseId, Day, Line, Moment, Note, PersonName, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeProtection), Asks::For(Action::WorkOnProtection));
    let (agency, counsels) = (Asks::For(Action::GuardAsAgency), Asks::For(Action::CounselNameless));
    Doors::default()
        .get("/api/v1/cases/{id}/cares", see, "Children in care, with what is missing", list)
        .post("/api/v1/cases/{id}/cares", work, "Keeps that a child was taken into care", take)
        .post("/api/v1/cares/{id}/facts", work, "Keeps a fact about a child in care", keep)
        .post("/api/v1/agency-assessments", agency, "Keeps an agency's own assessment", assess)
        .post("/api/v1/agency-notices", agency, "Informs the office: a report and a case at once", inform)
        .get("/api/v1/counsels", counsels, "Counselling without names", counselled)
        .post("/api/v1/counsels", counsels, "Keeps a counselling without names", counsel)
}

/// A child as it is taken into care.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CareIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    child: String,
    #[serde(default)]
    #[schema(required = true, value_type = Instant)]
    began: String,
    #[serde(default)]
    #[schema(required = true)]
    ground: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    #[serde(default)]
    #[schema(required = true)]
    place: String,
    #[serde(default)]
    #[schema(required = true)]
    placement: String,
}

impl CareIn {
    fn read(&self) -> Result<NewCare, Refusals> {
        let mut wrong = Refusals::default();
        let child = wrong.take("child", id(&self.child));
        let began = wrong.take("began", Moment::parse(&self.began));
        let ground = wrong.take("ground", code(&self.ground, CareGround::from_code));
        let words = wrong.take("words", Note::parse(&self.words));
        let place = wrong.take("place", Line::optional(&self.place));
        let placement = wrong.take("placement", code(&self.placement, Placement::from_code));
        let value = (|| {
            Some(NewCare {
                child: child?,
                began: began?,
                ground: ground?,
                words: words?,
                place: place?,
                placement: placement?,
            })
        })();
        wrong.finish(value)
    }
}

/// A fact about a child in care.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FactIn {
    #[serde(default)]
    #[schema(required = true)]
    kind: String,
    #[serde(default)]
    #[schema(required = true, value_type = Instant)]
    at: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
}

impl FactIn {
    fn read(&self) -> Result<NewFact, Refusals> {
        let mut wrong = Refusals::default();
        let kind = wrong.take("kind", code(&self.kind, FactKind::from_code));
        let at = wrong.take("at", Moment::parse(&self.at));
        let words = wrong.take("words", Note::optional(&self.words));
        let value = (|| Some(NewFact { kind: kind?, at: at?, words: words? }))();
        wrong.finish(value)
    }
}

/// An agency's own assessment; the office never sees it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssessmentIn {
    /// The agency's own sign for the child; no name.
    #[serde(default)]
    #[schema(required = true)]
    sign: String,
    #[serde(default)]
    #[schema(required = true)]
    occasion: String,
    #[serde(default)]
    #[schema(required = true)]
    professionals: Vec<String>,
    #[serde(default)]
    #[schema(required = true)]
    adviser: String,
    #[serde(default)]
    #[schema(required = true)]
    inclusion: String,
    #[serde(default)]
    #[schema(required = true)]
    help: String,
    #[serde(default)]
    #[schema(required = true)]
    decision: String,
}

impl AssessmentIn {
    fn read(&self) -> Result<NewAgencyAssessment, Refusals> {
        let mut wrong = Refusals::default();
        let sign = wrong.take("sign", Line::parse(&self.sign));
        let occasion = wrong.take("occasion", Note::parse(&self.occasion));
        let professionals = wrong.take("professionals", lines(&self.professionals));
        let adviser = wrong.take("adviser", Line::parse(&self.adviser));
        let inclusion = wrong.take("inclusion", Note::parse(&self.inclusion));
        let help = wrong.take("help", Note::parse(&self.help));
        let decision = wrong.take("decision", code(&self.decision, AgencyDecision::from_code));
        let value = (|| {
            Some(NewAgencyAssessment {
                sign: sign?,
                occasion: occasion?,
                professionals: professionals?,
                adviser: adviser?,
                inclusion: inclusion?,
                help: help?,
                decision: decision?,
            })
        })();
        wrong.finish(value)
    }
}

/// What an agency tells the office.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoticeIn {
    family: Option<String>,
    #[serde(default)]
    #[schema(required = true)]
    place: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    /// `told` or `would-endanger`.
    #[serde(default)]
    #[schema(required = true)]
    told: String,
}

impl NoticeIn {
    fn read(&self) -> Result<NewNotice, Refusals> {
        let mut wrong = Refusals::default();
        let family = wrong.take("family", maybe(self.family.as_deref(), PersonName::parse));
        let place = wrong.take("place", Line::parse(&self.place));
        let words = wrong.take("words", Note::parse(&self.words));
        let told = wrong.take("told", code(&self.told, NoticeTold::from_code));
        let value = (|| Some(NewNotice { family: family?, place: place?, words: words?, told: told? }))();
        wrong.finish(value)
    }
}

/// A counselling: no case, no person, no writer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CounselIn {
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    counselled_on: String,
    #[serde(default)]
    #[schema(required = true)]
    institution: String,
    #[serde(default)]
    #[schema(required = true)]
    question: String,
    #[serde(default)]
    #[schema(required = true)]
    advice: String,
    #[serde(default)]
    #[schema(required = true)]
    minutes: i64,
}

impl CounselIn {
    fn read(&self) -> Result<NewCounsel, Refusals> {
        let mut wrong = Refusals::default();
        let counselled_on = wrong.take("counselled_on", Day::parse(&self.counselled_on));
        let institution = wrong.take("institution", code(&self.institution, Institution::from_code));
        let question = wrong.take("question", Note::parse(&self.question));
        let advice = wrong.take("advice", Note::parse(&self.advice));
        let minutes = self.minutes;
        let value = (|| {
            Some(NewCounsel {
                counselled_on: counselled_on?,
                institution: institution?,
                question: question?,
                advice: advice?,
                minutes,
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
) -> Result<Json<Cares>, ApiOops> {
    let shown = protection::case_page(&web.app, &who.actor, case).await?;
    Ok(Json(Cares { cares: shown.cares.into_iter().map(CareOut::from).collect() }))
}

async fn take(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<CareIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(protection::take_into_care(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn keep(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(care): ApiId<CareId>,
    sent: ApiJson<FactIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(protection::keep_fact(&web.app, &who.actor, Some(sent.key), care, new).await?))
}

async fn assess(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<AssessmentIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(protection::assess_as_agency(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn inform(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<NoticeIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(protection::inform_office(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn counselled(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Counsels>, ApiOops> {
    let shown = protection::counsels(&web.app, &who.actor, None).await?;
    Ok(Json(Counsels { counsels: shown.into_iter().map(CounselOut::from).collect() }))
}

async fn counsel(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<CounselIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(protection::counsel(&web.app, &who.actor, Some(sent.key), new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Children in care.
#[derive(Serialize, ToSchema)]
struct Cares {
    cares: Vec<CareOut>,
}

/// A child in care.
#[derive(Serialize, ToSchema)]
struct CareOut {
    id: Ident,
    child: Ident,
    child_name: String,
    ground: &'static str,
    began: Instant,
    place: String,
    placement: &'static str,
    facts: Vec<FactOut>,
    warnings: Vec<&'static str>,
}

/// A fact about a child in care.
#[derive(Serialize, ToSchema)]
struct FactOut {
    kind: &'static str,
    at: Instant,
    words: String,
    writer: String,
}

impl From<protection::CarePage> for CareOut {
    fn from(one: protection::CarePage) -> Self {
        let fact = |fact: protection::FactView| FactOut {
            kind: fact.kind.code(),
            at: fact.at.into(),
            words: fact.words,
            writer: fact.writer,
        };
        Self {
            id: one.care.id.into(),
            child: one.care.child.into(),
            child_name: one.care.child_name,
            ground: one.care.ground.code(),
            began: one.care.began.into(),
            place: one.care.place,
            placement: one.care.placement.code(),
            facts: one.facts.into_iter().map(fact).collect(),
            warnings: one.warnings.iter().map(|warning| warning.code()).collect(),
        }
    }
}

/// Counselling without names, the newest day first.
#[derive(Serialize, ToSchema)]
struct Counsels {
    counsels: Vec<CounselOut>,
}

/// A counselling: everything there is about it.
#[derive(Serialize, ToSchema)]
struct CounselOut {
    id: Ident,
    counselled_on: Date,
    institution: &'static str,
    question: String,
    advice: String,
    minutes: i64,
}

impl From<protection::CounselView> for CounselOut {
    fn from(one: protection::CounselView) -> Self {
        Self {
            id: one.id.into(),
            counselled_on: one.counselled_on.into(),
            institution: one.institution.code(),
            question: one.question,
            advice: one.advice,
            minutes: one.minutes,
        }
    }
}
