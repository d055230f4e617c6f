// SPDX-License-Identifier: EUPL-1.2
//! What some families explore with their worker, and what they say to their plan over a link.

use super::act::{Progress, Scene, there};
use app::casework::family_link::{self, NewFamilyLink};
use app::casework::{genogram, network, plan, resource_check};
use app::{App, Failure, access::Token};
use domain::casework::genogram::{ChildBond, Descent, GenogramEdit, NewKin, UnionKind};
use domain::casework::network::{Horizon, NetworkEdit, NewContact, Sector, Support, SupportWay, Symbol, TieKind};
use domain::casework::{FamilyVerdict, GoalLevel, NewFamilyAnswer, PersonRole};
use domain::kernel::{CaseId, Line, Note, PersonId};

/// Two versions of the young person's map, a genogram of three generations, a resource check.
pub async fn explore(house: &App, scene: &Scene<'_>, told: &[Vec<String>], so_far: &Progress) -> Result<(), Failure> {
    let (actor, today) = (&scene.worker.actor, house.today());
    let (case, person) = (there(so_far.case)?, there(so_far.people.first().copied())?);
    for (place, parts) in told.iter().enumerate() {
        let edit = NetworkEdit::Put(None, Box::new(contact(parts, place)?));
        network::edit(house, actor, None, (case, person), edit).await?;
    }
    for (a, b) in [(1, 2), (1, 3), (3, 4)] {
        // An animal or a place is drawn and cannot be linked.
        let link = network::edit(house, actor, None, (case, person), NetworkEdit::Link(a, b)).await;
        if let Err(failure) = link
            && !matches!(failure, Failure::Refused(_))
        {
            return Err(failure);
        }
    }
    network::fix(house, actor, None, (case, person), today).await?;
    moves_nearer(house, scene, (case, person), told).await?;
    draw(house, scene, case).await?;
    super::lived::draw(house, scene, so_far).await?;
    resource_check::fix(house, actor, None, case, today).await.map(|_| ())
}

fn contact(parts: &[String], place: usize) -> Result<NewContact, Failure> {
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    let mut support = [SupportWay::Neither; Support::ALL.len()];
    support[place % Support::ALL.len()] = SupportWay::ALL[place % SupportWay::ALL.len()];
    Ok(NewContact {
        name: Line::parse(part(0))?,
        role: Line::optional(part(1))?,
        symbol: Symbol::from_code(part(4)).unwrap_or(Symbol::Unknown),
        age: None,
        note: None,
        deceased: false,
        tie: TieKind::from_code(part(5)).unwrap_or(TieKind::Present),
        conflict: place == 2,
        support,
        sector: Sector::from_code(part(2)).unwrap_or(Sector::Friends),
        horizon: Horizon::from_code(part(3)).unwrap_or(Horizon::Far),
    })
}

/// The last one named comes nearer; so there are two versions to compare.
async fn moves_nearer(
    house: &App,
    scene: &Scene<'_>,
    at: (CaseId, PersonId),
    told: &[Vec<String>],
) -> Result<(), Failure> {
    let Some(parts) = told.last() else { return Ok(()) };
    let last = u32::try_from(told.len()).unwrap_or_default();
    let nearer = NewContact { horizon: Horizon::Near, ..contact(parts, told.len())? };
    let actor = &scene.worker.actor;
    network::edit(house, actor, None, at, NetworkEdit::Put(Some(last), Box::new(nearer))).await?;
    network::fix(house, actor, None, at, house.today()).await.map(|_| ())
}

/// Grandparents above the one grown-up of the family.
async fn draw(house: &App, scene: &Scene<'_>, case: CaseId) -> Result<(), Failure> {
    let actor = &scene.worker.actor;
    let drawn = genogram::page(house, actor, case).await?.sheets.now;
    let first = u32::try_from(drawn.people.len()).unwrap_or_default() + 1;
    let grown = scene.family.people.iter().position(|one| matches!(one.role, PersonRole::Mother | PersonRole::Father));
    let Some(parent) = grown.and_then(|place| u32::try_from(place + 1).ok()) else { return Ok(()) };
    let mut edits: Vec<GenogramEdit> = Vec::new();
    for (name, symbol, died) in [("Oma Hilde", Symbol::Female, None), ("Opa Karl", Symbol::Male, Some(2019))] {
        let kin = NewKin {
            person: None,
            name: Line::parse(name)?,
            symbol,
            born: Some(1951),
            died,
            deceased: died.is_some(),
            index: false,
            household: None,
        };
        edits.push(GenogramEdit::Put(None, Box::new(kin)));
    }
    edits.push(GenogramEdit::Join(first, first + 1, UnionKind::Marriage));
    let above = Descent { child: parent, parent: first, other: Some(first + 1), bond: ChildBond::Birth };
    edits.push(GenogramEdit::Descend(above));
    for edit in edits {
        genogram::edit(house, actor, None, case, edit).await?;
    }
    genogram::fix(house, actor, None, case, house.today()).await.map(|_| ())
}

/// The family opens its link and says what it holds of the plan.
pub async fn answer(house: &App, scene: &Scene<'_>, words: &str, so_far: &Progress) -> Result<(), Failure> {
    let (actor, case) = (&scene.worker.actor, there(so_far.case)?);
    let version = there(plan::page(house, actor, case).await?.versions.into_iter().next())?;
    let grown = scene.family.people.get(1).map_or(scene.family.name.as_str(), |one| one.name.as_str());
    let ends_on = house.today().plus_days(60);
    let new = NewFamilyLink { given_to: Line::parse(grown)?, language: "tr".to_owned(), ends_on };
    let made = family_link::make(house, actor, None, version.id, new).await?;
    let said = NewFamilyAnswer {
        verdict: Some(if words.is_empty() { FamilyVerdict::Agrees } else { FamilyVerdict::Disagrees }),
        who: Line::optional(grown)?,
        words: Note::optional(words)?,
        ratings: vec![(0, GoalLevel::Begun)],
    };
    family_link::answer(house, &Token::from_client(&there(made.token)?), None, said).await.map(|_| ())
}
