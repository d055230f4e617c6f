// SPDX-License-Identifier: EUPL-1.2
//! The genogram of a case.

use super::exploration::{self, Sheet, SheetPage, Step};
use crate::core::{App, Failure, Key};
use domain::access::Actor;
use domain::casework::PersonRole;
use domain::casework::genogram::{ChildBond, Descent, GENOGRAM_UNREADABLE, Genogram, GenogramEdit, Kin};
use domain::casework::network::Symbol;
use domain::kernel::{CaseId, Day, ExplorationId, Line};
use store::ReadTx;
use store::casework::cases::{self, PersonView};
use store::casework::explorations::SheetAt;
use store::casework::sheet_text::{genogram_from_text, genogram_to_text};

/// The genogram on its page.
pub type GenogramPage = SheetPage<Genogram>;

impl Sheet for Genogram {
    const KIND: &'static str = "genogram";

    fn text(&self) -> String {
        genogram_to_text(self)
    }

    fn from_text(text: &str) -> Option<Self> {
        genogram_from_text(text)
    }

    fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

fn at(case: CaseId) -> SheetAt {
    SheetAt { case, kind: Genogram::KIND, about: case.into() }
}

fn kin(id: u32, person: &PersonView, index: bool) -> Result<Kin, Failure> {
    let symbol = match person.role {
        PersonRole::Mother => Symbol::Female,
        PersonRole::Father => Symbol::Male,
        _ => Symbol::Unknown,
    };
    let born = person.born.map(Day::year);
    let (name, person) = (Line::parse(&person.name)?, Some(person.id));
    Ok(Kin { id, person, name, symbol, born, died: None, deceased: false, index, household: None })
}

/// What the case knows already: its people; children under the one mother and the one father, if there are such.
/// Whether these are a couple is told, not guessed.
fn blank(people: &[PersonView]) -> Result<Genogram, Failure> {
    let is_young =
        |one: &PersonView| matches!(one.role, PersonRole::Child | PersonRole::Youth | PersonRole::YoungAdult);
    let index = people.iter().position(is_young);
    let numbered =
        (1..).zip(people).map(|(id, person)| kin(id, person, index.is_some_and(|at| people[at].id == person.id)));
    let drawn = numbered.collect::<Result<Vec<_>, _>>()?;
    let only = |role: PersonRole| {
        let mut all = drawn.iter().zip(people).filter(|(_, person)| person.role == role).map(|(kin, _)| kin.id);
        let first = all.next();
        if all.next().is_none() { first } else { None }
    };
    let parents: Vec<u32> = [only(PersonRole::Mother), only(PersonRole::Father)].into_iter().flatten().collect();
    let children = drawn.iter().zip(people).filter(|(_, person)| is_young(person)).map(|(kin, _)| kin.id);
    let descents = match parents.first() {
        Some(parent) => {
            let of = |child| Descent { child, parent: *parent, other: parents.get(1).copied(), bond: ChildBond::Birth };
            children.map(of).collect()
        }
        None => Vec::new(),
    };
    Ok(Genogram { people: drawn, unions: Vec::new(), descents })
}

fn begin(case: CaseId) -> impl Fn(&ReadTx<'_>) -> Result<Genogram, Failure> {
    move |tx| blank(&cases::people(tx, case)?)
}

/// The genogram of a case with its versions.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, case: CaseId) -> Result<GenogramPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| exploration::page(tx, &actor, (at(case), today), blank)).await
}

/// Does one thing to the genogram.
///
/// # Errors
/// The rules of [`GenogramEdit::apply`], [`Failure::Denied`].
pub async fn edit(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    edit: GenogramEdit,
) -> Result<CaseId, Failure> {
    let step = Step { begin: begin(case), edit: move |drawn: Genogram| Ok(edit.clone().apply(drawn)?) };
    exploration::edit(app, actor, key, at(case), step).await
}

/// Takes back the last change of the genogram that is not fixed yet.
///
/// # Errors
/// [`domain::casework::UNDO_OVER`], [`Failure::Denied`].
pub async fn undo(app: &App, actor: &Actor, key: Option<Key>, case: CaseId) -> Result<CaseId, Failure> {
    exploration::undo(app, actor, key, at(case)).await
}

/// Fixes the genogram as the version of a day.
///
/// # Errors
/// The rules of [`domain::casework::fix_sheet`], [`Failure::Denied`].
pub async fn fix(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    dated_on: Day,
) -> Result<ExplorationId, Failure> {
    exploration::fix::<Genogram, _>(app, actor, key, at(case), (dated_on, begin(case))).await
}

/// A genogram from the JSON in which it is kept.
///
/// # Errors
/// [`GENOGRAM_UNREADABLE`].
pub fn read(json: &str) -> Result<Genogram, Failure> {
    genogram_from_text(json).ok_or_else(|| GENOGRAM_UNREADABLE.broken().into())
}

/// A genogram as the JSON in which it is kept.
#[must_use]
pub fn json(drawn: &Genogram) -> String {
    genogram_to_text(drawn)
}
