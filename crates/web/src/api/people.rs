// SPDX-License-Identifier: EUPL-1.2
//! People of a case: language, contacts, roles in law, where they lived, joining, protected addresses.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, id, maybe};
use super::openapi::Doors;
use super::words::{
    Date, Ident, InterpreterCode, LegalKindCode, Made, PersonRoleCode, ProofCode, Reference, SealReasonCode, done,
};
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Asks, Web};
use app::casework::people::{self, PeoplePage, RoleView, SealView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{
    Contact, Holder, Home, Interpreter, LegalKind, NewJoin, NewLegalRole, NewResidence, Proof, Speech,
};
use domain::kernel::{CaseId, Day, JoinId, LegalRoleId, Line, Note, PersonId, PersonName, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/people", see, "The people of a case, without protected addresses", show)
        .post("/api/v1/people/{id}/speech", work, "Records language and interpreter", describe)
        .post("/api/v1/people/{id}/contacts", work, "Records a telephone number or mail address", contact)
        .post("/api/v1/people/{id}/residences", work, "Records where somebody lived", residence)
        .post("/api/v1/people/{id}/legal-roles", work, "Records a role in law towards this child", role)
        .post("/api/v1/legal-roles/{id}/end", work, "Ends a role in law", end_role)
        .post("/api/v1/people/{id}/joinings", work, "Joins another entry as the same human being", join)
        .post("/api/v1/joinings/{id}/undo", work, "Undoes a joining within 30 days", undo)
}

// In --------------------------------------------------------------------------------------------------

/// Language at home and interpreter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SpeechIn {
    language: Option<String>,
    #[schema(value_type = Option<InterpreterCode>)]
    interpreter: Option<String>,
}

/// A telephone number or a mail address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContactIn {
    contact: String,
}

/// Where somebody lived.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResidenceIn {
    place: String,
    /// `fixed` (if nothing is said) or `without`: found there, without a home.
    home: Option<String>,
    with_whom: Option<String>,
    #[schema(value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
}

/// A role in law towards a child.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LegalRoleIn {
    /// A person of the case; or `holder_name`.
    #[schema(value_type = Option<Ident>)]
    holder: Option<String>,
    holder_name: Option<String>,
    #[schema(value_type = LegalKindCode)]
    kind: String,
    scope: Option<String>,
    #[schema(value_type = Option<Date>)]
    from: Option<String>,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
    #[schema(value_type = ProofCode)]
    proof: String,
    #[schema(value_type = Option<Date>)]
    proof_of: Option<String>,
    proof_words: Option<String>,
}

impl LegalRoleIn {
    fn read(&self, child: PersonId) -> Result<NewLegalRole, Refusals> {
        let mut wrong = Refusals::default();
        let person = wrong.take("holder", maybe(self.holder.as_deref(), id));
        let name = wrong.take("holder_name", maybe(self.holder_name.as_deref(), PersonName::parse));
        let holder = person.zip(name).and_then(|(person, name)| wrong.take("holder", Holder::read(person, name)));
        let kind = wrong.take("kind", code(&self.kind, LegalKind::from_code));
        let scope = wrong.take("scope", maybe(self.scope.as_deref(), Line::parse));
        let from = wrong.take("from", maybe(self.from.as_deref(), Day::parse));
        let until = wrong.take("until", maybe(self.until.as_deref(), Day::parse));
        let proof = wrong.take("proof", code(&self.proof, Proof::from_code));
        let proof_of = wrong.take("proof_of", maybe(self.proof_of.as_deref(), Day::parse));
        let proof_words = wrong.take("proof_words", maybe(self.proof_words.as_deref(), Line::parse));
        let value = (|| {
            let (holder, kind, scope, from, until) = (holder?, kind?, scope?, from?, until?);
            let (proof, proof_of, proof_words) = (proof?, proof_of?, proof_words?);
            Some(NewLegalRole { child, holder, kind, scope, from, until, proof, proof_of, proof_words })
        })();
        wrong.finish(value)
    }
}

/// The end of a role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndIn {
    #[schema(value_type = Date)]
    ended_on: String,
    ended_why: String,
}

/// The other entry, and how one knows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinIn {
    #[schema(value_type = Ident)]
    joined: String,
    why: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<PeopleOut>, ApiOops> {
    Ok(Json(people::page(&web.app, &who.actor, case).await?.into()))
}

async fn describe(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(person): ApiId<PersonId>,
    sent: ApiJson<SpeechIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let language = wrong.take("language", maybe(sent.body.language.as_deref(), Line::parse));
    let need = |text: &str| code(text, Interpreter::from_code);
    let interpreter = wrong.take("interpreter", maybe(sent.body.interpreter.as_deref(), need));
    let speech = wrong.finish(language.zip(interpreter))?;
    let speech = Speech { language: speech.0, interpreter: speech.1 };
    Ok(done(people::describe(&web.app, &who.actor, Some(sent.key), person, speech).await?))
}

async fn contact(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(person): ApiId<PersonId>,
    sent: ApiJson<ContactIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let contact = wrong.take("contact", Contact::read(&sent.body.contact));
    let contact = wrong.finish(contact)?;
    Ok(Made::new(people::add_contact(&web.app, &who.actor, Some(sent.key), person, contact).await?))
}

async fn residence(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(person): ApiId<PersonId>,
    sent: ApiJson<ResidenceIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let place = wrong.take("place", Line::parse(&sent.body.place));
    let home = |code: &str| Home::from_code(code).ok_or(CHOICE_MISSING.broken());
    let home = wrong.take("home", maybe(sent.body.home.as_deref(), home));
    let with_whom = wrong.take("with_whom", maybe(sent.body.with_whom.as_deref(), Line::parse));
    let from = wrong.take("from", Day::parse(&sent.body.from));
    let until = wrong.take("until", maybe(sent.body.until.as_deref(), Day::parse));
    let new = (|| {
        let home = home?.unwrap_or(Home::Fixed);
        Some(NewResidence { person, place: place?, home, with_whom: with_whom?, from: from?, until: until? })
    })();
    let new = wrong.finish(new)?;
    Ok(Made::new(people::add_residence(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn role(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(child): ApiId<PersonId>,
    sent: ApiJson<LegalRoleIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read(child)?;
    Ok(Made::new(people::add_role(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn end_role(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(role): ApiId<LegalRoleId>,
    sent: ApiJson<EndIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let on = wrong.take("ended_on", Day::parse(&sent.body.ended_on));
    let why = wrong.take("ended_why", Line::parse(&sent.body.ended_why));
    let end = wrong.finish(on.zip(why))?;
    Ok(done(people::end_role(&web.app, &who.actor, Some(sent.key), role, end).await?))
}

async fn join(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(kept): ApiId<PersonId>,
    sent: ApiJson<JoinIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let joined = wrong.take("joined", id(&sent.body.joined));
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let (joined, why) = wrong.finish(joined.zip(why))?;
    let new = NewJoin { kept, joined, why };
    Ok(Made::new(people::join_people(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn undo(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(join): ApiId<JoinId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(people::undo_join(&web.app, &who.actor, Some(sent.key), join).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The people of a case.
#[derive(Serialize, ToSchema)]
struct PeopleOut {
    people: Vec<PersonOut>,
    legal_roles: Vec<LegalRoleOut>,
    residences: Vec<ResidenceOut>,
    sealed_addresses: Vec<SealOut>,
    /// Other entries that may be the same human being: the entry here, the number of the case there.
    alike: Vec<AlikeOut>,
}

/// A person.
#[derive(Serialize, ToSchema)]
struct PersonOut {
    id: Ident,
    name: String,
    #[schema(value_type = PersonRoleCode)]
    role: &'static str,
    born: Option<Date>,
    language: Option<String>,
    #[schema(value_type = Option<InterpreterCode>)]
    interpreter: Option<&'static str>,
    contacts: Vec<String>,
    /// Numbers of other cases of the same human being.
    also_in: Vec<String>,
}

/// A role in law.
#[derive(Serialize, ToSchema)]
struct LegalRoleOut {
    id: Ident,
    child: Ident,
    holder: String,
    #[schema(value_type = LegalKindCode)]
    kind: &'static str,
    scope: Option<String>,
    from: Option<Date>,
    until: Option<Date>,
    #[schema(value_type = ProofCode)]
    proof: &'static str,
    proof_of: Option<Date>,
}

impl From<RoleView> for LegalRoleOut {
    fn from(view: RoleView) -> Self {
        let role = view.role;
        Self {
            id: role.id.into(),
            child: role.child.into(),
            holder: view.holder,
            kind: role.kind.code(),
            scope: view.scope,
            from: role.from.map(Date::from),
            until: role.until.map(Date::from),
            proof: role.proof.code(),
            proof_of: view.proof_of.map(Date::from),
        }
    }
}

/// Where somebody lived.
#[derive(Serialize, ToSchema)]
struct ResidenceOut {
    person: Ident,
    place: String,
    home: &'static str,
    from: Date,
    until: Option<Date>,
}

/// That an address is protected; not the address.
#[derive(Serialize, ToSchema)]
struct SealOut {
    id: Ident,
    person: Ident,
    #[schema(value_type = SealReasonCode)]
    reason: &'static str,
    review_on: Date,
    lifted_on: Option<Date>,
}

impl From<SealView> for SealOut {
    fn from(seal: SealView) -> Self {
        Self {
            id: seal.id.into(),
            person: seal.person.into(),
            reason: seal.reason.code(),
            review_on: seal.review_on.into(),
            lifted_on: seal.lifted_on.map(Date::from),
        }
    }
}

/// An entry that may be the same human being.
#[derive(Serialize, ToSchema)]
struct AlikeOut {
    person: Ident,
    other: Ident,
    case_number: String,
    team: String,
    /// `probable` or `possible`.
    likeness: &'static str,
}

impl From<PeoplePage> for PeopleOut {
    fn from(page: PeoplePage) -> Self {
        let person = |person: &app::casework::cases::PersonView| PersonOut {
            id: person.id.into(),
            name: person.name.clone(),
            role: person.role.code(),
            born: person.born.map(Date::from),
            language: person.language.clone(),
            interpreter: person.interpreter.map(|need| need.code()),
            contacts: page.contacts.iter().filter(|one| one.person == person.id).map(|one| one.shown.clone()).collect(),
            also_in: page
                .elsewhere
                .iter()
                .filter(|(name, _)| *name == person.name)
                .map(|(_, other)| other.number.clone())
                .collect(),
        };
        let alike = page.alike.iter().map(|alike| AlikeOut {
            person: alike.person.into(),
            other: alike.other.id.into(),
            case_number: alike.other.number.clone(),
            team: alike.other.team_name.clone(),
            likeness: alike.likeness.code(),
        });
        let residence = |one: &people::ResidenceView| ResidenceOut {
            person: one.person.into(),
            place: one.place.clone(),
            home: one.home.code(),
            from: one.from.into(),
            until: one.until.map(Date::from),
        };
        Self {
            people: page.people.iter().map(person).collect(),
            alike: alike.collect(),
            residences: page.residences.iter().map(residence).collect(),
            legal_roles: page.roles.into_iter().map(LegalRoleOut::from).collect(),
            sealed_addresses: page.seals.into_iter().map(SealOut::from).collect(),
        }
    }
}
