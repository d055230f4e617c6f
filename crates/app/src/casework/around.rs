// SPDX-License-Identifier: EUPL-1.2
//! Where a search for a family begins, and where its young people may go alone: worked out in the office, told to nobody.

use super::lived_space;
use super::matching::MatchAsked;
use crate::core::{App, Failure};
use crate::territory::{shapes_on, territory_on};
use domain::casework::{Company, PersonRole, lived_point};
use domain::kernel::{CaseId, Day, PersonId, SpaceId};
use domain::resources::Reach;
use domain::territory::{Address, Located, Point, locate};
use store::ReadTx;
use store::casework::cases::{CaseView, PersonView};
use store::casework::lived::{self, LivedPlaceView};
use store::casework::persons;

/// Where distances start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere: an address in the case is protected.
    Sealed,
    /// Nowhere: no address is known.
    Unknown,
    /// At the point of the address.
    Address,
    /// In the middle of this space, because the address has no point.
    Middle(String),
    /// At this place of the lived space.
    Place(String),
}

/// Somewhere within which somebody may go alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachView {
    /// Who.
    pub person: String,
    /// Around which place; nothing: around home.
    pub place: Option<String>,
    /// How far.
    pub metres: i64,
}

/// Where the question begins, and where somebody may go alone.
pub(super) struct Around {
    pub(super) origin: Origin,
    pub(super) from: Option<Point>,
    pub(super) reaches: Vec<(ReachView, Reach)>,
    pub(super) places: Vec<LivedPlaceView>,
    pub(super) today: Day,
}

impl Around {
    pub(super) fn of(
        app: &App,
        tx: &ReadTx<'_>,
        (case, people): (&CaseView, &[PersonView]),
        asked: &MatchAsked,
    ) -> Result<Self, Failure> {
        // A protected address gives neither distance nor space: both would narrow down where it is.
        let today = app.today();
        if case.is_sealed {
            return Ok(Self { origin: Origin::Sealed, from: None, reaches: Vec::new(), places: Vec::new(), today });
        }
        let mut places = lived_space::places(tx, case)?;
        places.retain(|place| place.ended_on.is_none_or(|day| today < day) && place.point.is_some());
        let home = home(app, tx, case, (people, asked.person))?;
        let start = asked.from.and_then(|from| places.iter().find(|place| place.id == from));
        let start = start.and_then(|place| Some((point_of(place)?, Origin::Place(place.name.clone()))));
        let reaches = reaches(tx, case.id, (people, asked.person), (&places, home.as_ref()))?;
        let (from, origin) = start.or(home).map_or((None, Origin::Unknown), |(point, origin)| (Some(point), origin));
        Ok(Self { origin, from, reaches, places, today })
    }
}

fn point_of(place: &LivedPlaceView) -> Option<Point> {
    place.point.as_deref().and_then(|text| lived_point(text).ok())
}

/// Is this one of the young people of the case, or the one asked about?
fn about(person: &PersonView, asked: Option<PersonId>) -> bool {
    let young = matches!(person.role, PersonRole::Child | PersonRole::Youth | PersonRole::YoungAdult);
    asked.map_or(young, |asked| asked == person.id)
}

/// Where the family lives: the point of an address, else the middle of the space.
fn home(
    app: &App,
    tx: &ReadTx<'_>,
    case: &CaseView,
    (people, asked): (&[PersonView], Option<PersonId>),
) -> Result<Option<(Point, Origin)>, Failure> {
    let today = app.today();
    let mut stays = persons::residences(tx, case.id)?;
    stays.retain(|stay| stay.from <= today && stay.until.is_none_or(|until| today <= until));
    let own = |id: PersonId| people.iter().any(|person| person.id == id && about(person, asked));
    stays.sort_by_key(|stay| !own(stay.person));
    let stay = stays.into_iter().next().map(|stay| Address::read(&stay.place));
    if let Some(point) = stay.as_ref().and_then(|stay| stay.point) {
        return Ok(Some((point, Origin::Address)));
    }
    let located = stay.map(|stay| Ok::<_, Failure>(locate(&stay, &*territory_on(app, tx, today)?))).transpose()?;
    let space = match located {
        Some(Located::In { space, .. }) => Some(space),
        _ => case.space,
    };
    let Some(space) = space else { return Ok(None) };
    let Some(point) = middle(app, tx, space, today)? else { return Ok(None) };
    let name = store::territory::overview(tx)?.into_iter().find(|one| one.id == space).map(|one| one.name);
    Ok(Some((point, Origin::Middle(name.unwrap_or_default()))))
}

fn middle(app: &App, tx: &ReadTx<'_>, space: SpaceId, today: Day) -> Result<Option<Point>, Failure> {
    let shapes = shapes_on(app, tx, today)?;
    let bounds = shapes.iter().find(|(id, _)| *id == space).map(|(_, boundary)| boundary.bounds());
    let between = |low: i64, high: i64| low + (high - low) / 2;
    Ok(bounds.and_then(|(low, high)| {
        Point::from_mm(between(low.east_mm(), high.east_mm()), between(low.north_mm(), high.north_mm())).ok()
    }))
}

/// Around home, if its point is known, and around the places they go to alone.
fn reaches(
    tx: &ReadTx<'_>,
    case: CaseId,
    (people, asked): (&[PersonView], Option<PersonId>),
    (places, home): (&[LivedPlaceView], Option<&(Point, Origin)>),
) -> Result<Vec<(ReachView, Reach)>, Failure> {
    let mut all = Vec::new();
    for (id, said) in lived::reaches(tx, case)? {
        let Some(person) = people.iter().find(|person| person.id == id && about(person, asked)) else { continue };
        let view = |place: Option<String>| ReachView { person: person.name.clone(), place, metres: said.metres };
        let home = home.filter(|(_, origin)| *origin == Origin::Address);
        all.extend(home.map(|(point, _)| (view(None), Reach { around: *point, metres: said.metres })));
        let alone = places.iter().filter(|place| place.person == id && place.company == Company::Alone);
        all.extend(alone.filter_map(|place| {
            Some((view(Some(place.name.clone())), Reach { around: point_of(place)?, metres: said.metres }))
        }));
    }
    all.retain(|(view, _)| view.metres > 0);
    Ok(all)
}
