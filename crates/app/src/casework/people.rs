// SPDX-License-Identifier: EUPL-1.2
//! The people of a case: language, how they are reached, roles in law, where they lived, protected addresses, and
//! which entries are one human being.

use crate::casework::case_for;
use crate::casework::seals::mark_cases;
use crate::casework::statements::known;
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::territory::territory_on;
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    ADDRESS_IS_SEALED, Contact, CustodyDoubt, ENDED_ALREADY, ENDED_BEFORE_BEGIN, Holder, JOIN_NOT_UNDOABLE, Likeness,
    NewJoin, NewLegalRole, NewResidence, PersonRole, Speech, Stay, StayDoubt, TakenAway, custody_doubt, join, likeness,
    stay_doubts, undo,
};
use domain::kernel::{CaseId, Day, JoinId, LegalRoleId, Line, Moment, PersonContactId, PersonId, ResidenceId, fold};
use domain::territory::{Address, StreetDirectory};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::persons::Placed;
use store::casework::undos::{self, Ended};
use store::casework::{legal, persons, seals};

pub use store::casework::legal::RoleView;
pub use store::casework::persons::{ContactView, Elsewhere, JoinView, ResidenceView};
pub use store::casework::seals::SealView;

/// Entries that sound alike, looked at for each person.
const ALIKE: i64 = 20;

/// Somebody else's entry that may be the same human being. The entry itself is offered only to those who see its case;
/// others are told whom to ask.
#[derive(Debug, Clone)]
pub struct Alike {
    /// Whose entry of this case.
    pub person: PersonId,
    /// Its name.
    pub name: String,
    /// How alike.
    pub likeness: Likeness,
    /// Where.
    pub other: Elsewhere,
    /// May the reader join the two?
    pub may_join: bool,
}

/// The people of a case.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// How they are reached.
    pub contacts: Vec<ContactView>,
    /// Roles in law.
    pub roles: Vec<RoleView>,
    /// What is open about custody of each minor.
    pub doubts: Vec<(String, CustodyDoubt)>,
    /// Where they lived.
    pub residences: Vec<ResidenceView>,
    /// What that makes one ask about who is responsible.
    pub stay_doubts: Vec<StayDoubt>,
    /// Protected addresses, without their words.
    pub seals: Vec<SealView>,
    /// Looks at them: seal, who, when, why.
    pub looks: Vec<(domain::kernel::SealId, String, Moment, String)>,
    /// Other cases of the same human beings: name, where.
    pub elsewhere: Vec<(String, Elsewhere)>,
    /// Entries that may be the same human being.
    pub alike: Vec<Alike>,
    /// Joinings done in this case.
    pub joins: Vec<JoinView>,
    /// May the reader record?
    pub may_work: bool,
}

/// The people of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<PeoplePage, Failure> {
    let (house, actor, today) = (app.clone(), actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let people = cases::people(tx, id)?;
        let residences = persons::residences(tx, id)?;
        let territory = territory_on(&house, tx, today)?;
        let roles = legal::of_case(tx, id)?;
        let seals = seals::of_case(tx, id)?;
        let mut looks = Vec::new();
        for seal in &seals {
            looks.extend(seals::looks(tx, seal.id)?.into_iter().map(|(who, at, why)| (seal.id, who, at, why)));
        }
        let (elsewhere, alike) = others(tx, &actor, id, &people)?;
        Ok(PeoplePage {
            contacts: persons::contacts(tx, id)?,
            doubts: doubts(&people, &roles, today),
            stay_doubts: asked_about(&people, &residences, territory.streets(), today),
            residences,
            joins: persons::joins(tx, id)?,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
            people,
            roles,
            seals,
            looks,
            elsewhere,
            alike,
        })
    })
    .await
}

fn doubts(people: &[PersonView], roles: &[RoleView], today: Day) -> Vec<(String, CustodyDoubt)> {
    let roles: Vec<_> = roles.iter().map(|view| view.role.clone()).collect();
    let children = people.iter().filter(|one| matches!(one.role, PersonRole::Child | PersonRole::Youth));
    children
        .filter_map(|child| Some((child.name.clone(), custody_doubt(child.id, child.born, &roles, today)?)))
        .collect()
}

/// What the places where they lived make one ask.
fn asked_about(
    people: &[PersonView],
    residences: &[ResidenceView],
    streets: &StreetDirectory,
    today: Day,
) -> Vec<StayDoubt> {
    let places: Vec<String> = residences.iter().map(|one| fold(&one.place)).collect();
    let stays = residences.iter().zip(&places).filter_map(|(one, place)| {
        let role = people.iter().find(|person| person.id == one.person)?.role;
        let address = Address::read(&one.place);
        let is_elsewhere = streets.is_elsewhere(address.postcode.as_ref(), address.place.as_ref().map(Line::as_str));
        Some(Stay { person: one.person, role, place, from: one.from, until: one.until, is_elsewhere })
    });
    stay_doubts(&stays.collect::<Vec<_>>(), today)
}

type Others = (Vec<(String, Elsewhere)>, Vec<Alike>);

/// Where else the same human beings are, and who may be one.
fn others(tx: &ReadTx<'_>, actor: &Actor, case: CaseId, people: &[PersonView]) -> Result<Others, Failure> {
    let (mut elsewhere, mut alike) = (Vec::new(), Vec::new());
    for person in people {
        let same = persons::of_human(tx, person.human)?.into_iter().filter(|other| other.case != case);
        elsewhere.extend(same.map(|other| (person.name.clone(), other)));
        let Some(placed) = persons::entry(tx, person.id)? else { continue };
        for (entry, other) in persons::sounding_like(tx, &person.name, ALIKE)? {
            let Some(likeness) = likeness(&placed.entry, &entry) else { continue };
            let may_join = permit(actor, Action::WorkOnCase, Standing::Team(other.team)).is_ok();
            // Of two entries of one case the older one offers the joining.
            if other.case != case || person.id < other.id {
                alike.push(Alike { person: person.id, name: person.name.clone(), likeness, other, may_join });
            }
        }
    }
    Ok((elsewhere, alike))
}

/// A person of a case that somebody may work on.
fn person_for(tx: &ReadTx<'_>, actor: &Actor, id: PersonId) -> Result<(Placed, domain::access::Grant), Failure> {
    let placed = found(persons::entry(tx, id)?)?;
    let (_, grant) = case_for(tx, actor, Action::WorkOnCase, placed.case)?;
    Ok((placed, grant))
}

/// Keeps language and interpreter of a person.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn describe(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    person: PersonId,
    speech: Speech,
) -> Result<PersonId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (placed, grant) = person_for(&tx, &who, person)?;
        let tx = tx.allow(grant);
        persons::describe(&tx, person, &speech)?;
        cases::touch(&tx, placed.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PersonDescribed, person, placed.case), person)?)
    };
    app.change(actor, key, write).await
}

/// Keeps how a person is reached.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn add_contact(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    person: PersonId,
    contact: Contact,
) -> Result<PersonContactId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<PersonContactId>());
    let write = move |tx: ReadTx<'_>| {
        let (placed, grant) = person_for(&tx, &who, person)?;
        let tx = tx.allow(grant);
        persons::insert_contact(&tx, id, (placed.case, person), &contact)?;
        cases::touch(&tx, placed.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PersonDescribed, id, placed.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Ends a way to reach somebody; it is not found by any more.
///
/// # Errors
/// [`Failure::Denied`], hidden where it ended.
pub async fn end_contact(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, id): (CaseId, PersonContactId),
) -> Result<PersonContactId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        found(persons::end_contact(&tx, id, case)?.then_some(()))?;
        let words = undos::contact_words(&tx, id.0)?.unwrap_or_default();
        undos::remember(
            &tx,
            &Ended { id: fresh_at(now).into(), case, kind: TakenAway::Contact, object: id.0, words: &words },
        )?;
        Ok(tx.commit(Deed::in_case(DeedKind::PersonDescribed, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records where somebody lived. Of a person with a protected address nothing is recorded openly.
///
/// # Errors
/// [`ADDRESS_IS_SEALED`], the rules of [`NewResidence::check`], [`Failure::Denied`].
pub async fn add_residence(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    new: NewResidence,
) -> Result<ResidenceId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<ResidenceId>());
    let write = move |tx: ReadTx<'_>| {
        let (placed, grant) = person_for(&tx, &who, new.person)?;
        new.check(now.day())?;
        // Also of those who live with somebody protected: the street alone tells.
        if seals::is_sealed(&tx, placed.entry.human)? {
            return Err(ADDRESS_IS_SEALED.broken_at("place").into());
        }
        let with = new.with_whom.as_ref().map_or("", Line::as_str);
        super::seals::keeps_quiet(&tx, placed.case, &[(new.place.as_str(), "place"), (with, "with_whom")])?;
        let tx = tx.allow(grant);
        persons::insert_residence(&tx, id, placed.case, &new)?;
        cases::touch(&tx, placed.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ResidenceRecorded, id, placed.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records a role in law towards a child.
///
/// # Errors
/// The rules of [`NewLegalRole::check`], [`crate::casework::statements::NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn add_role(app: &App, actor: &Actor, key: Option<Key>, new: NewLegalRole) -> Result<LegalRoleId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<LegalRoleId>());
    let write = move |tx: ReadTx<'_>| {
        let (placed, grant) = person_for(&tx, &who, new.child)?;
        new.check()?;
        if let Holder::Person(holder) = new.holder {
            known(&tx, placed.case, Some(holder), "holder")?;
        }
        let tx = tx.allow(grant);
        legal::insert(&tx, id, placed.case, &new)?;
        cases::touch(&tx, placed.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LegalRoleRecorded, id, placed.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Ends a role in law; that it held before stays on record.
///
/// # Errors
/// [`ENDED_ALREADY`], [`ENDED_BEFORE_BEGIN`], [`Failure::Denied`].
pub async fn end_role(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: LegalRoleId,
    (on, why): (Day, Line),
) -> Result<LegalRoleId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, from, ended) = found(legal::case_of(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        if ended.is_some() {
            return Err(ENDED_ALREADY.broken().into());
        }
        if from.is_some_and(|from| on < from) {
            return Err(ENDED_BEFORE_BEGIN.broken_at("ended_on").into());
        }
        let tx = tx.allow(grant);
        if !legal::end(&tx, id, on, &why)? {
            return Err(Failure::Stale);
        }
        let kind = TakenAway::LegalRole;
        undos::remember(&tx, &Ended { id: fresh_at(now).into(), case, kind, object: id.0, words: why.as_str() })?;
        Ok(tx.commit(Deed::in_case(DeedKind::LegalRoleEnded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Joins two entries as one human being. It takes the right to work on both cases; files stay apart (N9).
///
/// # Errors
/// The rules of [`domain::casework::join`], [`Failure::Denied`] for either case.
pub async fn join_people(app: &App, actor: &Actor, key: Option<Key>, new: NewJoin) -> Result<JoinId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<JoinId>());
    let write = move |tx: ReadTx<'_>| {
        let (kept, grant) = person_for(&tx, &who, new.kept)?;
        let (joined, _) = person_for(&tx, &who, new.joined)?;
        join(&kept.entry, &joined.entry)?;
        let tx = tx.allow(grant);
        persons::join(&tx, id, &new, (&kept, &joined))?;
        mark_cases(&tx, kept.entry.human)?;
        tx.also(Deed::in_case(DeedKind::PeopleJoined, id, joined.case));
        Ok(tx.commit(Deed::in_case(DeedKind::PeopleJoined, id, kept.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Undoes a joining within 30 days: everybody is who they were before.
///
/// # Errors
/// [`JOIN_NOT_UNDOABLE`], [`Failure::Denied`].
pub async fn undo_join(app: &App, actor: &Actor, key: Option<Key>, id: JoinId) -> Result<JoinId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let done = found(persons::joining(&tx, id)?)?;
        let (kept, grant) = person_for(&tx, &who, done.kept)?;
        undo(done.at, done.undone, now.day())?;
        let tx = tx.allow(grant);
        if !persons::undo_join(&tx, id, done.joined)? {
            return Err(JOIN_NOT_UNDOABLE.broken().into());
        }
        mark_cases(&tx, kept.entry.human)?;
        mark_cases(&tx, found(persons::entry(&tx, done.joined)?)?.entry.human)?;
        Ok(tx.commit(Deed::in_case(DeedKind::JoinUndone, id, done.case), id)?)
    };
    app.change(actor, key, write).await
}
