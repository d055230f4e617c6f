// SPDX-License-Identifier: EUPL-1.2
//! Network maps of the people of a case; files of easyNWK come and go.

use super::exploration::{self, Sheet, SheetPage, Step, stale};
use crate::casework::case_for;
use crate::casework::statements::NOT_OF_THIS_CASE;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::PersonRole;
use domain::casework::network::{Ego, NETWORK_TOO_LARGE, NetworkEdit, NetworkMap, Symbol};
use domain::kernel::{CaseId, Day, ExplorationId, Line, PersonId};
use store::ReadTx;
use store::casework::cases::{self, PersonView};
use store::casework::easynwk;
use store::casework::explorations::{self, SheetAt};

pub use super::exploration::Version;

/// A file is no larger than this, in bytes: more than all versions of one person's map.
const LARGEST: usize = 1024 * 1024;

impl Sheet for NetworkMap {
    const KIND: &'static str = "network";

    fn text(&self) -> String {
        easynwk::to_text(self)
    }

    fn from_text(text: &str) -> Option<Self> {
        easynwk::from_text(text)
    }

    fn is_empty(&self) -> bool {
        self.contacts.is_empty()
    }
}

/// The map of a person of a case.
#[derive(Debug, Clone)]
pub struct NetworkPage {
    /// The sheet.
    pub page: SheetPage<NetworkMap>,
    /// Who stands in the middle.
    pub ego: PersonView,
}

fn at(case: CaseId, person: PersonId) -> SheetAt {
    SheetAt { case, kind: NetworkMap::KIND, about: person.into() }
}

/// The person, if of this case.
fn middle(people: &[PersonView], person: PersonId) -> Result<&PersonView, Failure> {
    people.iter().find(|known| known.id == person).ok_or_else(|| NOT_OF_THIS_CASE.broken_at("person").into())
}

/// A blank map around a person; the age is that of the day on which it is begun.
fn blank(person: &PersonView, today: Day) -> Result<NetworkMap, Failure> {
    let symbol = match person.role {
        PersonRole::Mother => Symbol::Female,
        PersonRole::Father => Symbol::Male,
        _ => Symbol::Unknown,
    };
    let age = person.born.map(|born| Line::parse(&today.age_of(born).to_string())).transpose()?;
    Ok(NetworkMap::blank(Ego { name: Line::parse(&person.name)?, age, symbol }))
}

fn begin(case: CaseId, person: PersonId, today: Day) -> impl Fn(&ReadTx<'_>) -> Result<NetworkMap, Failure> {
    move |tx| blank(middle(&cases::people(tx, case)?, person)?, today)
}

/// The map of a person; without one, that of the first person of the case, the child before others.
///
/// # Errors
/// Hidden for other teams and where nobody is in the case; [`NOT_OF_THIS_CASE`].
pub async fn page(app: &App, actor: &Actor, case: CaseId, person: Option<PersonId>) -> Result<NetworkPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        case_for(tx, &actor, Action::SeeCase, case)?;
        let people = cases::people(tx, case)?;
        let young =
            |one: &&PersonView| matches!(one.role, PersonRole::Child | PersonRole::Youth | PersonRole::YoungAdult);
        let first = people.iter().find(young).or(people.first()).map(|one| one.id);
        let person = found(person.or(first))?;
        let ego = middle(&people, person)?.clone();
        let page = exploration::page(tx, &actor, (at(case, person), today), |_| blank(&ego, today))?;
        Ok(NetworkPage { page, ego })
    })
    .await
}

/// Does one thing to a person's map.
///
/// # Errors
/// The rules of [`NetworkEdit::apply`], [`NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn edit(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, person): (CaseId, PersonId),
    edit: NetworkEdit,
) -> Result<CaseId, Failure> {
    let step =
        Step { begin: begin(case, person, app.today()), edit: move |map: NetworkMap| Ok(edit.clone().apply(map)?) };
    exploration::edit(app, actor, key, at(case, person), step).await
}

/// Takes back the last change of a person's map that is not fixed yet.
///
/// # Errors
/// [`domain::casework::UNDO_OVER`], [`Failure::Denied`].
pub async fn undo(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, person): (CaseId, PersonId),
) -> Result<CaseId, Failure> {
    exploration::undo(app, actor, key, at(case, person)).await
}

/// Fixes a person's map as the version of a day.
///
/// # Errors
/// The rules of [`domain::casework::fix_sheet`], [`Failure::Denied`].
pub async fn fix(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, person): (CaseId, PersonId),
    dated_on: Day,
) -> Result<ExplorationId, Failure> {
    let begin = begin(case, person, app.today());
    exploration::fix::<NetworkMap, _>(app, actor, key, at(case, person), (dated_on, begin)).await
}

/// Brings in a file of easyNWK: its current map becomes the one worked on, its other maps with a day in the past
/// become versions in the order of the file. The person in the middle stays the one of the case.
///
/// # Errors
/// [`NETWORK_TOO_LARGE`], [`domain::casework::network::NETWORK_UNREADABLE`] and the rules of [`NetworkEdit::apply`], [`Failure::Denied`].
pub async fn bring_in(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, person): (CaseId, PersonId),
    file: &str,
) -> Result<CaseId, Failure> {
    if file.len() > LARGEST {
        return Err(NETWORK_TOO_LARGE.broken_at("file").into());
    }
    let mut versions = easynwk::from_file(file).map_err(|refusal| refusal.at("file"))?;
    let (_, current) = found(versions.pop())?;
    let (who, now, at) = (actor.clone(), app.now(), at(case, person));
    let begin = begin(case, person, app.today());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let blank = begin(&tx)?;
        let put = |map: &NetworkMap| {
            let own = NetworkMap { ego: blank.ego.clone(), ..map.clone() };
            NetworkEdit::Whole(Box::new(own)).apply(blank.clone())
        };
        let past = versions.iter().filter_map(|(day, map)| Some((day.filter(|day| *day <= now.day())?, map)));
        let past = past.map(|(day, map)| Ok((day, put(map)?))).collect::<Result<Vec<_>, Failure>>()?;
        let (next, first) = (put(&current)?, explorations::next_number(&tx, at)?);
        let tx = tx.allow(grant);
        for (number, (day, map)) in (first..).zip(past.iter().filter(|(_, map)| !map.is_empty())) {
            let id = ExplorationId(fresh_at(now));
            explorations::insert(&tx, id, at, (number, *day), &map.text()).map_err(stale)?;
            tx.also(Deed::in_case(DeedKind::SheetFixed, id, case));
        }
        exploration::replace(&tx, at, &next.text())?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::SheetWritten, at.about, case), case)?)
    };
    app.change(actor, key, write).await
}

/// All versions of a person's map as a file of easyNWK, with the state worked on as the newest.
///
/// # Errors
/// As [`page`].
pub async fn file(app: &App, actor: &Actor, case: CaseId, person: Option<PersonId>) -> Result<String, Failure> {
    let shown = page(app, actor, case, person).await?.page.sheets;
    let mut all: Vec<(Day, NetworkMap)> =
        shown.versions.into_iter().rev().map(|version| (version.dated_on, version.sheet)).collect();
    if shown.open.is_some() || all.is_empty() {
        all.push((app.today(), shown.now));
    }
    Ok(easynwk::to_file(&all))
}

/// A map from the JSON of easyNWK.
///
/// # Errors
/// [`domain::casework::network::NETWORK_UNREADABLE`].
pub fn read(json: &str) -> Result<NetworkMap, Failure> {
    let mut versions = easynwk::from_file(json)?;
    found(versions.pop()).map(|(_, map)| map)
}

/// A map as the JSON of easyNWK.
#[must_use]
pub fn json(map: &NetworkMap) -> String {
    easynwk::to_text(map)
}
