// SPDX-License-Identifier: EUPL-1.2
//! Consents of a case, and what was asked of others.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id as read_id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::letters::consents::{self, CollectionView, ConsentView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CaseConsentId, CaseId, CollectionId, Day, Line, Note, PersonId, Refusals};
use domain::letters::{CollectGround, ConsentForm, ConsentState, NewCaseConsent, NewCollection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/consents", see, "Consents of a case, and what was asked of others", of_case)
        .post("/api/v1/cases/{id}/consents", work, "Records a consent (§ 67b(2) SGB X)", record)
        .post("/api/v1/case-consents/{id}/revocation", work, "Records that a consent was taken back", revoke)
        .post("/api/v1/cases/{id}/collections", work, "Records what was asked of others (§ 62(3) SGB VIII)", collect)
        .post("/api/v1/collections/{id}/information", work, "Records that the person was told, or why not", tell)
}

/// A consent to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentIn {
    /// A person of the case.
    #[serde(default)]
    #[schema(required = true)]
    giver: String,
    #[serde(default)]
    #[schema(required = true)]
    released: String,
    #[serde(default)]
    #[schema(required = true)]
    towards: String,
    #[serde(default)]
    #[schema(required = true)]
    data: String,
    #[serde(default)]
    #[schema(required = true)]
    purpose: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    given_on: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    until: String,
    /// `written`, `electronic`, `oral`.
    #[serde(default)]
    #[schema(required = true)]
    form: String,
    oral_why: Option<String>,
}

impl ConsentIn {
    fn read(&self) -> Result<NewCaseConsent, Refusals> {
        let mut wrong = Refusals::default();
        let giver = wrong.take("giver", read_id::<PersonId>(&self.giver));
        let released = wrong.take("released", Line::parse(&self.released));
        let towards = wrong.take("towards", Line::parse(&self.towards));
        let data = wrong.take("data", Note::parse(&self.data));
        let purpose = wrong.take("purpose", Line::parse(&self.purpose));
        let given_on = wrong.take("given_on", Day::parse(&self.given_on));
        let until = wrong.take("until", Day::parse(&self.until));
        let how = wrong.take("form", code(&self.form, ConsentForm::from_code));
        let oral_why = wrong.take("oral_why", maybe(self.oral_why.as_deref(), Note::parse));
        let value = (|| {
            let (giver, released, towards, data, purpose) = (giver?, released?, towards?, data?, purpose?);
            let (given_on, until, form, oral_why) = (given_on?, until?, how?, oral_why?);
            Some(NewCaseConsent { giver, released, towards, data, purpose, given_on, until, form, oral_why })
        })();
        wrong.finish(value)
    }
}

/// When a consent was taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RevocationIn {
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    revoked_on: String,
    revoked_words: Option<String>,
}

/// What was asked of others.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CollectionIn {
    /// A person of the case.
    #[serde(default)]
    #[schema(required = true)]
    person: String,
    #[serde(default)]
    #[schema(required = true)]
    source: String,
    #[serde(default)]
    #[schema(required = true)]
    data: String,
    #[serde(default)]
    #[schema(required = true)]
    purpose: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    collected_on: String,
    /// `law`, `benefit`, `reclaim`, `other-task`, `danger`, `effort`, `access`.
    ground: Option<String>,
    no_ground_why: Option<String>,
}

impl CollectionIn {
    fn read(&self) -> Result<NewCollection, Refusals> {
        let mut wrong = Refusals::default();
        let person = wrong.take("person", read_id::<PersonId>(&self.person));
        let source = wrong.take("source", Line::parse(&self.source));
        let data = wrong.take("data", Note::parse(&self.data));
        let purpose = wrong.take("purpose", Line::parse(&self.purpose));
        let collected_on = wrong.take("collected_on", Day::parse(&self.collected_on));
        let ground = match &self.ground {
            Some(text) => wrong.take("ground", code(text, CollectGround::from_code)).map(Some),
            None => Some(None),
        };
        let why = wrong.take("no_ground_why", maybe(self.no_ground_why.as_deref(), Note::parse));
        let value = (|| {
            let (person, source, data, purpose) = (person?, source?, data?, purpose?);
            let (collected_on, ground, no_ground_why) = (collected_on?, ground?, why?);
            Some(NewCollection { person, source, data, purpose, collected_on, ground, no_ground_why })
        })();
        wrong.finish(value)
    }
}

/// When the person was told, or why not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToldIn {
    #[schema(value_type = Option<Date>)]
    told_on: Option<String>,
    not_told_why: Option<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn of_case(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<ConsentsOut>, ApiOops> {
    let shown = consents::page(&web.app, &who.actor, case).await?;
    Ok(Json(ConsentsOut {
        consents: shown.consents.into_iter().map(consent).collect(),
        collected: shown.collected.into_iter().map(collection).collect(),
    }))
}

async fn record(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<ConsentIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(consents::record(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn revoke(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CaseConsentId>,
    sent: ApiJson<RevocationIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let on = wrong.take("revoked_on", Day::parse(&sent.body.revoked_on));
    let words = wrong.take("revoked_words", maybe(sent.body.revoked_words.as_deref(), Note::parse));
    let new = wrong.finish(on.zip(words))?;
    Ok(done(consents::revoke(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

async fn collect(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<CollectionIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(consents::collect(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn tell(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CollectionId>,
    sent: ApiJson<ToldIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let on = wrong.take("told_on", maybe(sent.body.told_on.as_deref(), Day::parse));
    let why = wrong.take("not_told_why", maybe(sent.body.not_told_why.as_deref(), Note::parse));
    let new = wrong.finish(on.zip(why))?;
    Ok(done(consents::tell(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

// Out -------------------------------------------------------------------------------------------------

fn consent((one, state): (ConsentView, ConsentState)) -> ConsentOut {
    ConsentOut {
        id: one.id.into(),
        giver: one.giver,
        released: one.consent.released,
        towards: one.consent.towards,
        data: one.data,
        purpose: one.purpose,
        given_on: one.consent.given_on.into(),
        until: one.consent.until.into(),
        revoked_on: one.consent.revoked_on.map(Into::into),
        state: state.code(),
    }
}

fn collection(one: CollectionView) -> CollectionOut {
    CollectionOut {
        untold: one.is_untold(),
        id: one.id.into(),
        person: one.person,
        source: one.source,
        data: one.data,
        purpose: one.purpose,
        collected_on: one.collected_on.into(),
        ground: one.ground.map(CollectGround::code),
        told_on: one.told_on.map(Into::into),
    }
}

/// Consents, and what was asked of others.
#[derive(Serialize, ToSchema)]
struct ConsentsOut {
    /// Newest first.
    consents: Vec<ConsentOut>,
    /// Newest first.
    collected: Vec<CollectionOut>,
}

/// A consent.
#[derive(Serialize, ToSchema)]
struct ConsentOut {
    id: Ident,
    giver: String,
    released: String,
    towards: String,
    data: String,
    purpose: String,
    given_on: Date,
    until: Date,
    revoked_on: Option<Date>,
    /// `holds`, `ended`, `revoked`.
    state: &'static str,
}

/// Something asked of others.
#[derive(Serialize, ToSchema)]
struct CollectionOut {
    id: Ident,
    person: String,
    source: String,
    data: String,
    purpose: String,
    collected_on: Date,
    /// Nothing where there is none (W32).
    ground: Option<&'static str>,
    told_on: Option<Date>,
    /// Does the person still have to be told?
    untold: bool,
}
