// SPDX-License-Identifier: EUPL-1.2
//! Collegial consultation: the team gives ideas; nothing here approves anything (N3).

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet, redacted};
use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor, Controller, Grant, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    MAYBE_NAMES, NAME_NOT_KNOWN, NameCode, NewIdea, Question, advise, close_consultation, members_may_read, name_hints,
    pseudonymise,
};
use domain::exchange::TransmissionKind;
use domain::kernel::{AgencyId, AgendaItemId, CaseId, Day, IdeaId, Line, Note, TransmissionId};
use store::access::rules;
use store::casework::cases::{self, Stage};
use store::casework::{consultations, statements};
use store::exchange::{self, NewTransmission};
use store::sight::RowSight;
use store::{ReadTx, access, agencies};

pub use store::casework::consultations::{IdeaView, ItemView};

/// Items on the agenda page.
const PAGE: i64 = 60;
/// Held items stay on the agenda page for so many days.
const HELD_DAYS: i32 = 28;

/// The key of the form that puts a case on an agenda.
#[must_use]
pub fn form(case: CaseId) -> String {
    format!("beratung/{case}")
}

/// The key of an item's form of minutes, for its drafts.
#[must_use]
pub fn minutes_form(item: AgendaItemId) -> String {
    format!("protokoll/{item}")
}

fn codes(tx: &ReadTx<'_>, case: &cases::CaseView) -> Result<Vec<NameCode>, Failure> {
    let people: Vec<_> = cases::people(tx, case.id)?.into_iter().map(|person| (person.name, person.role)).collect();
    let mut codes = NameCode::for_people(&people);
    // The family's name may be on no person of the case yet.
    if case.family != NAME_NOT_KNOWN {
        codes.push(NameCode { name: case.family.clone(), code: "die Familie".to_owned() });
    }
    Ok(codes)
}

/// One line of a proposed sheet: code of its heading, and words without names.
pub type SheetLine = (&'static str, String);

/// What the page for putting a case on an agenda needs.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The case.
    pub case: cases::CaseView,
    /// Its people.
    pub people: Vec<cases::PersonView>,
    /// Will, goals and resources without names, as a first text of the sheet.
    pub sheet: Vec<SheetLine>,
    /// Consultations so far, with their ideas.
    pub items: Vec<(ItemView, Vec<IdeaView>)>,
}

/// Proposes a pseudonymised sheet from what is known.
///
/// # Errors
/// Hidden for other teams.
pub async fn propose(app: &App, actor: &Actor, id: CaseId) -> Result<Proposal, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let codes = codes(tx, &case)?;
        let mut sheet: Vec<SheetLine> = Vec::new();
        let people = cases::people(tx, id)?;
        for person in &people {
            let age = person.born.map(|born| format!(" ({})", today.age_of(born))).unwrap_or_default();
            sheet.push(("person", format!("{}{age}", pseudonymise(&person.name, &codes))));
        }
        let quiet = Quiet::of(tx, &case)?;
        for said in quiet.said(statements::of_case(tx, id)?) {
            sheet.push((said.kind.code(), pseudonymise(&said.words, &codes)));
        }
        for goal in quiet.goals(statements::goals(tx, id)?) {
            sheet.push(("goal", pseudonymise(&goal.words, &codes)));
        }
        for strength in quiet.strengths(statements::strengths(tx, id)?) {
            sheet.push(("strength", pseudonymise(&strength.words, &codes)));
        }
        let items =
            consultations::of_case(tx, id)?.into_iter().map(|item| Ok((consultations::ideas(tx, item.id)?, item)));
        let items =
            items.map(|pair: Result<_, Failure>| pair.map(|(ideas, item)| (item, ideas))).collect::<Result<_, _>>()?;
        Ok(Proposal { case, people, sheet, items })
    })
    .await
}

/// Puts a case on its team's agenda. Names are taken out of question and sheet whatever was typed; the
/// sheet is transmitted to every agency with a seat in the team, each with a record.
///
/// # Errors
/// [`MAYBE_NAMES`] until the worker has read over what may still be a name; [`Failure::Denied`].
pub async fn put_on_agenda(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CaseId,
    new: Question,
) -> Result<AgendaItemId, Failure> {
    let (who, now, item) = (actor.clone(), app.now(), app.fresh::<AgendaItemId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        let codes = codes(&tx, &case)?;
        keeps_quiet(&tx, id, &[(new.question.as_str(), "question"), (new.sheet.as_str(), "sheet")])?;
        let without_names = |note: &Note| Note::parse(&pseudonymise(note.as_str(), &codes));
        let question = Question {
            question: without_names(&new.question)?,
            sheet: without_names(&new.sheet)?,
            meets_on: new.meets_on,
            read_over: new.read_over,
        };
        if !new.read_over && !maybe_names(&question).is_empty() {
            return Err(MAYBE_NAMES.broken_at("read_over").into());
        }
        let seats = agencies::seats(&tx, case.team)?;
        let tx = tx.allow(grant);
        let label = consultations::insert(&tx, item, id, case.team, &question)?;
        for agency in seats {
            let new = NewTransmission {
                id: TransmissionId(fresh_at(now)),
                agency,
                case: id,
                kind: TransmissionKind::ConsultationSheet,
                object: item.0,
                subject: format!("{label}, {}", question.meets_on.german()),
                content: format!("{}\n\n{}", question.question.as_str(), question.sheet.as_str()),
                sections: Vec::new(),
            };
            exchange::send(&tx, &new)?;
            tx.also(Deed::in_case(DeedKind::Transmitted, new.id, id));
        }
        cases::move_to(&tx, id, later(case.stage, Stage::Consultation))?;
        access::drafts::drop_drafts(&tx, &form(id))?;
        Ok(tx.commit(Deed::in_case(DeedKind::PutOnAgenda, item, id), item)?)
    };
    app.change(actor, key, write).await
}

fn maybe_names(new: &Question) -> Vec<String> {
    let mut all = name_hints(new.question.as_str());
    all.extend(name_hints(new.sheet.as_str()));
    all.dedup();
    all
}

/// What in a question and its sheet may still tell somebody, once the names of the case are out.
///
/// # Errors
/// Hidden for other teams.
pub async fn look_for_names(app: &App, actor: &Actor, id: CaseId, texts: [String; 2]) -> Result<Vec<String>, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::WorkOnCase, id)?;
        let codes = codes(tx, &case)?;
        let mut all: Vec<String> = texts.iter().flat_map(|text| name_hints(&pseudonymise(text, &codes))).collect();
        all.dedup();
        Ok(all)
    })
    .await
}

/// A case that has help running and is consulted again stays running.
pub(crate) const fn later(now: Stage, next: Stage) -> Stage {
    match (now, next) {
        (Stage::Running, _) => Stage::Running,
        (Stage::Decided, Stage::Consultation) => Stage::Decided,
        (_, next) => next,
    }
}

/// The agenda of the teams in sight.
///
/// # Errors
/// Hidden for people without a team.
pub async fn agenda(app: &App, actor: &Actor) -> Result<Vec<ItemView>, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeConsultation)?);
    let today = app.today();
    let since = today.plus_days(-HELD_DAYS);
    let agency = agency_of(actor);
    app.read(move |tx| match agency {
        Some(agency) => {
            let days = rules::value(tx, HouseRule::SheetDays)?;
            let mut items = consultations::agenda_sent_to(tx, &sight, agency, (since, PAGE))?;
            items.retain(|item| members_may_read(item.state(), days, today));
            Ok(items)
        }
        None => Ok(consultations::agenda(tx, &sight, since, PAGE)?),
    })
    .await
}

/// An item with its ideas.
#[derive(Debug, Clone)]
pub struct ItemPage {
    /// The item.
    pub item: ItemView,
    /// The ideas.
    pub ideas: Vec<IdeaView>,
    /// May the reader add ideas?
    pub may_advise: bool,
    /// May the reader close the minutes?
    pub may_hold: bool,
    /// The case behind it, for those who may see it.
    pub case: Option<CaseId>,
}

/// One item.
///
/// # Errors
/// Hidden for other teams.
pub async fn item(app: &App, actor: &Actor, id: AgendaItemId) -> Result<ItemPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let item = found(consultations::one(tx, id)?)?;
        still_open(tx, &actor, &item, today)?;
        let standing = Standing::Team(item.team);
        permit(&actor, Action::SeeConsultation, standing)?;
        was_sent(tx, &actor, id)?;
        let open = item.held_on.is_none();
        let may = |action| permit(&actor, action, standing).is_ok();
        Ok(ItemPage {
            ideas: consultations::ideas(tx, id)?,
            may_advise: open && may(Action::AdviseInTeam),
            may_hold: open && may(Action::HoldConsultation),
            case: may(Action::SeeCase).then_some(item.case),
            item,
        })
    })
    .await
}

/// The names of a case, for texts of people who do not see it: what they heard may still have slipped in.
pub(super) fn codes_of(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<NameCode>, Failure> {
    codes(tx, &found(cases::one(tx, case)?)?)
}

pub(super) fn agency_of(actor: &Actor) -> Option<AgencyId> {
    match actor.controller {
        Controller::Agency(agency) => Some(agency),
        Controller::Office => None,
    }
}

/// An agency's people see what was transmitted to their agency, also in the team (N1).
fn was_sent(tx: &ReadTx<'_>, actor: &Actor, id: AgendaItemId) -> Result<(), Failure> {
    let Some(agency) = agency_of(actor) else { return Ok(()) };
    found(exchange::was_sent(tx, id.0, agency)?.then_some(()))
}

/// Some days after the meeting a sheet is closed for people of other houses: it was for that meeting.
fn still_open(tx: &ReadTx<'_>, actor: &Actor, item: &ItemView, today: Day) -> Result<(), Failure> {
    let days = rules::value(tx, HouseRule::SheetDays)?;
    found((agency_of(actor).is_none() || members_may_read(item.state(), days, today)).then_some(()))
}

pub(super) fn item_for(
    tx: &ReadTx<'_>,
    actor: &Actor,
    action: Action,
    (id, today): (AgendaItemId, Day),
) -> Result<(ItemView, Grant), Failure> {
    let item = found(consultations::one(tx, id)?)?;
    still_open(tx, actor, &item, today)?;
    let grant = permit(actor, action, Standing::Team(item.team))?;
    was_sent(tx, actor, id)?;
    Ok((item, grant))
}

/// Notes an idea or a dissent.
///
/// # Errors
/// [`domain::casework::CONSULTATION_CLOSED`], [`Failure::Denied`].
pub async fn note_idea(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: AgendaItemId,
    new: NewIdea,
) -> Result<IdeaId, Failure> {
    let (who, idea, today) = (actor.clone(), app.fresh::<IdeaId>(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (item, grant) = item_for(&tx, &who, Action::AdviseInTeam, (id, today))?;
        advise(item.state())?;
        let words = pseudonymise(new.words.as_str(), &codes_of(&tx, item.case)?);
        let words = Line::parse(&redacted(&tx, item.case, &words)?)?;
        let tx = tx.allow(grant);
        consultations::insert_idea(&tx, idea, id, &NewIdea { kind: new.kind, words })?;
        Ok(tx.commit(Deed::in_case(DeedKind::IdeaNoted, idea, item.case), idea)?)
    };
    app.change(actor, key, write).await
}

/// Closes the minutes of an item.
///
/// # Errors
/// [`domain::casework::CONSULTATION_CLOSED`], [`Failure::Denied`].
pub async fn hold(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: AgendaItemId,
    minutes: Option<Note>,
) -> Result<AgendaItemId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (item, grant) = item_for(&tx, &who, Action::HoldConsultation, (id, today))?;
        close_consultation(item.state(), today)?;
        let minutes = minutes.as_ref().map_or("", Note::as_str);
        let minutes = redacted(&tx, item.case, &pseudonymise(minutes, &codes_of(&tx, item.case)?))?;
        let tx = tx.allow(grant);
        if !consultations::hold(&tx, id, today, &minutes)? {
            return Err(Failure::Stale);
        }
        access::drafts::drop_drafts(&tx, &minutes_form(id))?;
        Ok(tx.commit(Deed::in_case(DeedKind::ConsultationHeld, id, item.case), id)?)
    };
    app.change(actor, key, write).await
}
