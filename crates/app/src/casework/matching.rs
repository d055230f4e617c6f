// SPDX-License-Identifier: EUPL-1.2
//! What there is in the quarter for a goal, a gap, a resource of a family. The one place where casework and the directory
//! meet, and it is a way in one direction: words, an age and places go in to be compared in memory, cards come out.
//! Nothing of the question is kept, counted or logged; `taking` is what a family takes.

use super::around::Around;
use super::exploration::{Sheet, sheets};
use super::resource_check;
use super::seals::Quiet;
use crate::casework::case_for;
use crate::core::{App, Failure};
use crate::resources::{Fitting, fitting, warm};
use domain::access::{Action, Actor, Standing, permit};
use domain::casework::network::{Contact, Ego, NetworkMap, Symbol};
use domain::casework::{CheckEntry, Field, ResourceUse};
use domain::kernel::{CardId, CaseId, GoalId, Line, LivedPlaceId, PersonId};
use domain::resources::search::{stem, words};
use domain::resources::{Viewer, Want, telling_words};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::explorations::SheetAt;
use store::casework::goals::{self, Rung};
use store::casework::lived::LivedPlaceView;
use store::casework::refusals;
use store::resources as cards;

pub use super::around::{Origin, ReachView};
pub use store::casework::refusals::RefusalView;

/// Own resources shown at most.
const OWN: usize = 8;

/// What is asked: filters as the worker set them, and where in the case the question began.
#[derive(Debug, Clone, Default)]
pub struct MatchAsked {
    /// For this goal.
    pub goal: Option<GoalId>,
    /// For this entry of the resource check.
    pub entry: Option<u32>,
    /// For this person.
    pub person: Option<PersonId>,
    /// Distances start at this place of the lived space; else where the family lives.
    pub from: Option<LivedPlaceId>,
    /// Words and filters. Without words those of the goal or entry.
    pub want: Want,
    /// The words are as the worker left them, even if there are none.
    pub typed: bool,
}

/// Something of the family's own, before anything of the quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnResource {
    /// In the family's words.
    pub words: String,
    /// Whose, or who they are.
    pub about: Option<String>,
    /// From the network map; else from the resource check.
    pub of_network: bool,
    /// A word of the question stands there.
    pub fits: bool,
}

/// What there is.
#[derive(Debug, Clone)]
pub struct MatchPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// The goals one could ask for.
    pub goals: Vec<Rung>,
    /// What was asked, with the words that were looked for.
    pub want: Want,
    /// Where distances start.
    pub origin: Origin,
    /// Where the people of the case may go alone, in the order of the question's places.
    pub reaches: Vec<ReachView>,
    /// Places to start from.
    pub places: Vec<LivedPlaceView>,
    /// The family's own.
    pub own: Vec<OwnResource>,
    /// Cards.
    pub cards: Vec<Fitting>,
    /// What was turned down.
    pub refused: Vec<RefusalView>,
    /// May the reader take something over?
    pub may_work: bool,
}

/// What there is for a family. Nothing of the question is kept.
///
/// # Errors
/// Hidden for other teams.
pub async fn look(app: &App, actor: &Actor, id: CaseId, asked: MatchAsked) -> Result<MatchPage, Failure> {
    let (house, actor) = (app.clone(), actor.clone());
    warm(app).await?;
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let people = cases::people(tx, id)?;
        let around = Around::of(&house, tx, (&case, &people), &asked)?;
        let (ladder, own) = (goals_of(tx, &case)?, own(tx, &case, &people)?);
        let want = want(tx, (&case, &people), (&asked, &around, &ladder))?;
        let mut refused = refusals::of_case(tx, id)?;
        let viewer = Viewer::of(&actor);
        let not: Vec<CardId> = refused.iter().map(|one| one.card).collect();
        let all = if want.is_blank() { Vec::new() } else { fitting(&house, tx, &viewer, (&want, &not))? };
        // What a family turned down is told as long as the reader may see the card.
        let seen: Vec<CardId> = cards::some(tx, &not)?
            .into_iter()
            .filter(|card| card.seen.by(&viewer, house.today()))
            .map(|card| card.id)
            .collect();
        refused.retain(|one| seen.contains(&one.card));
        Ok(MatchPage {
            own: ordered(own, &want.words),
            goals: ladder,
            origin: around.origin,
            reaches: around.reaches.into_iter().map(|(view, _)| view).collect(),
            places: around.places,
            cards: all,
            refused,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            want,
            people,
            case,
        })
    })
    .await
}

fn goals_of(tx: &ReadTx<'_>, case: &CaseView) -> Result<Vec<Rung>, Failure> {
    let quiet = Quiet::of(tx, case)?;
    let mut ladder = goals::ladder(tx, case.id)?;
    ladder.iter_mut().for_each(|goal| quiet.text(&mut goal.words));
    Ok(ladder)
}

/// Words of the goal or entry unless the worker typed some; the age of the person; places.
fn want(
    tx: &ReadTx<'_>,
    (case, people): (&CaseView, &[PersonView]),
    (asked, around, ladder): (&MatchAsked, &Around, &[Rung]),
) -> Result<Want, Failure> {
    let mut want = asked.want.clone();
    if !asked.typed {
        let names: Vec<String> = people.iter().map(|person| person.name.clone()).chain([case.family.clone()]).collect();
        let goal = asked.goal.and_then(|goal| ladder.iter().find(|one| one.id == goal)).map(|one| one.words.clone());
        let entry = asked.entry.map(|entry| entry_words(tx, case.id, entry)).transpose()?.flatten();
        want.words = telling_words(&goal.or(entry).unwrap_or_default(), &names);
    }
    let born = asked.person.and_then(|id| people.iter().find(|one| one.id == id)).and_then(|one| one.born);
    want.age = want.age.or(born.map(|born| i64::from(around.today.age_of(born))));
    want.from = around.from;
    want.home = if case.is_sealed { None } else { case.space };
    want.metres = want.metres.filter(|_| around.from.is_some());
    want.reach = around.reaches.iter().map(|(_, reach)| *reach).collect();
    want.only_reach = want.only_reach && !want.reach.is_empty();
    Ok(want)
}

fn entry_words(tx: &ReadTx<'_>, case: CaseId, entry: u32) -> Result<Option<String>, Failure> {
    let check = resource_check::now(tx, case)?;
    Ok(check.entries.iter().find(|one| one.id == entry).map(|one| one.words.as_str().to_owned()))
}

/// The family's own: what stands in its resource check, and who stands on its network maps.
fn own(tx: &ReadTx<'_>, case: &CaseView, people: &[PersonView]) -> Result<Vec<OwnResource>, Failure> {
    let quiet = Quiet::of(tx, case)?;
    let check = resource_check::now(tx, case.id)?;
    let mine =
        |entry: &&CheckEntry| matches!(entry.field, Field::Personal | Field::Social) && entry.used != ResourceUse::Over;
    let mut all: Vec<OwnResource> = check.entries.iter().filter(mine).map(of_check).collect();
    for person in people {
        let at = SheetAt { case: case.id, kind: NetworkMap::KIND, about: person.id.into() };
        let ego = Ego { name: Line::parse(&person.name)?, age: None, symbol: Symbol::Unknown };
        let mut contacts = sheets(tx, at, || NetworkMap::blank(ego.clone()))?.now.contacts;
        contacts.retain(Contact::is_connected);
        contacts.sort_by_key(|contact| (contact.conflict, contact.spot.distance, contact.id));
        all.extend(contacts.into_iter().filter(|contact| !contact.conflict).map(|contact| OwnResource {
            words: contact.name.as_str().to_owned(),
            about: contact.role.map(|role| role.as_str().to_owned()),
            of_network: true,
            fits: false,
        }));
    }
    all.iter_mut().for_each(|one| quiet.text(&mut one.words));
    Ok(all)
}

fn of_check(entry: &CheckEntry) -> OwnResource {
    OwnResource {
        words: entry.words.as_str().to_owned(),
        about: entry.owner.as_ref().map(|owner| owner.as_str().to_owned()),
        of_network: false,
        fits: false,
    }
}

/// What has a word of the question comes first; else the order of the family.
fn ordered(mut own: Vec<OwnResource>, asked: &str) -> Vec<OwnResource> {
    let stems = |text: &str| words(text).iter().map(|word| stem(word)).collect::<Vec<_>>();
    let asked = stems(asked);
    for one in &mut own {
        let said = stems(&format!("{} {}", one.words, one.about.as_deref().unwrap_or_default()));
        one.fits = said.iter().any(|word| asked.contains(word));
    }
    own.sort_by_key(|one| !one.fits);
    own.truncate(OWN);
    own
}
