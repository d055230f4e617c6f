// SPDX-License-Identifier: EUPL-1.2
//! A new cut of the spaces (*Neuzuschnitt*): what it changes, and when it counts.
//!
//! [`Recut::of`] compares two territories address by address, [`street_moves`] street by street, [`area_moves`] by
//! what they cover. Comparing decides nothing: help, payment and responsibility run on until a hand-over
//! conversation is held (§ 86c SGB VIII by analogy).

use super::address::{Located, Prepared, Territory, locate_prepared};
use super::boundary::Boundary;
use super::coverage;
use super::findings::{Finding, SPACE_BEYOND_REGION, STREETS_LEFT_BEHIND};
use super::house::{HouseNumber, Postcode};
use crate::kernel::{Day, Line, Refusal, Rule, SpaceId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A re-cut is planned for a day to come: what was true yesterday is never made anew.
pub const DAY_NOT_AHEAD: Rule = Rule::new("recut.day_not_ahead", "Verwaltungsverfahren: keine Rückwirkung");
/// Only a draft is planned.
pub const RECUT_NOT_DRAFT: Rule = Rule::new("recut.not_draft", "Planungsstand");
/// What is in force is not taken back; another re-cut follows it.
pub const RECUT_IN_FORCE: Rule = Rule::new("recut.in_force", "Verwaltungsverfahren: keine Rückwirkung");
/// The re-cut was withdrawn; nothing is handed over for it.
pub const RECUT_WITHDRAWN: Rule = Rule::new("recut.withdrawn", "Planungsstand");
/// The conversation is recorded once the new cut is in force: until then the old team is responsible.
pub const HANDOVER_TOO_EARLY: Rule = Rule::new("recut.handover_too_early", "§ 86c(2) SGB VIII entsprechend");

/// Where a re-cut stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Stand des Neuzuschnitts")]
pub enum RecutState {
    /// Uploaded and looked at; nothing follows from it.
    Draft,
    /// In force from its day on, unless it is withdrawn before.
    Planned,
    /// Taken back before its day.
    Withdrawn,
}

impl RecutState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Planned, Self::Withdrawn];

    /// As kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Planned => "planned",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From the store.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Is the new cut in force on this day?
    #[must_use]
    pub fn is_in_force(self, valid_from: Day, on: Day) -> bool {
        self == Self::Planned && valid_from <= on
    }

    /// Plans a draft for its day.
    ///
    /// # Errors
    /// [`RECUT_NOT_DRAFT`], [`DAY_NOT_AHEAD`].
    pub fn plan(self, valid_from: Day, today: Day) -> Result<Self, Refusal> {
        if self != Self::Draft {
            return Err(RECUT_NOT_DRAFT.broken());
        }
        if valid_from <= today { Err(DAY_NOT_AHEAD.broken_at("valid_from")) } else { Ok(Self::Planned) }
    }

    /// Takes a draft or a plan back.
    ///
    /// # Errors
    /// [`RECUT_WITHDRAWN`], [`RECUT_IN_FORCE`].
    pub fn withdraw(self, valid_from: Day, today: Day) -> Result<Self, Refusal> {
        match self {
            Self::Withdrawn => Err(RECUT_WITHDRAWN.broken()),
            Self::Planned if valid_from <= today => Err(RECUT_IN_FORCE.broken()),
            Self::Draft | Self::Planned => Ok(Self::Withdrawn),
        }
    }
}

/// Where an address is by one cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Verbleib")]
pub enum Whereabouts {
    /// In this space.
    In(SpaceId),
    /// In one of several; a person has to decide.
    Ambiguous,
    /// Outside of the district.
    Outside,
    /// Nothing can be said.
    Unknown,
}

impl Whereabouts {
    /// Where an address is.
    #[must_use]
    pub fn of(address: &Prepared, territory: &Territory) -> Self {
        match locate_prepared(address, territory) {
            Located::In { space, .. } => Self::In(space),
            Located::Ambiguous(_) => Self::Ambiguous,
            Located::OutsideDistrict => Self::Outside,
            Located::Unknown => Self::Unknown,
        }
    }

    /// The space, if it is clear.
    #[must_use]
    pub const fn space(self) -> Option<SpaceId> {
        match self {
            Self::In(space) => Some(space),
            _ => None,
        }
    }
}

/// What happens to a list of addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Neuzuschnitt")]
pub struct Recut {
    /// From where to where, and how many; also those that stay.
    pub moves: BTreeMap<(Whereabouts, Whereabouts), u64>,
    /// Places in the list of those that do not stay, in order.
    pub changed: Vec<usize>,
}

impl Recut {
    /// Compares two cuts over a list of addresses. Each is looked up once in each.
    #[must_use]
    pub fn of(before: &Territory, after: &Territory, addresses: &[Prepared]) -> Self {
        let mut counts: HashMap<(Whereabouts, Whereabouts), u64> = HashMap::new();
        let mut changed = Vec::new();
        for (at, address) in addresses.iter().enumerate() {
            let way = (Whereabouts::of(address, before), Whereabouts::of(address, after));
            *counts.entry(way).or_default() += 1;
            if way.0 != way.1 {
                changed.push(at);
            }
        }
        Self { moves: counts.into_iter().collect(), changed }
    }

    /// Both as one; the other's list follows this one's, which has so many addresses.
    #[must_use]
    pub fn followed_by(mut self, other: Self, length: usize) -> Self {
        for (way, count) in other.moves {
            *self.moves.entry(way).or_default() += count;
        }
        self.changed.extend(other.changed.into_iter().map(|at| at + length));
        self
    }

    /// How many addresses there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.moves.values().sum()
    }

    /// How many go from one space to another.
    #[must_use]
    pub fn moved(&self) -> u64 {
        self.count(|from, to| from != to && to.space().is_some())
    }

    /// How many had a space, or may get one, and now ask for a person to decide.
    #[must_use]
    pub fn unclear(&self) -> u64 {
        self.count(|from, to| from != to && to == Whereabouts::Ambiguous)
    }

    /// How many had a space and have none any more.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.count(|from, to| from.space().is_some() && matches!(to, Whereabouts::Outside | Whereabouts::Unknown))
    }

    fn count(&self, counts: impl Fn(Whereabouts, Whereabouts) -> bool) -> u64 {
        self.moves.iter().filter(|((from, to), _)| counts(*from, *to)).map(|(_, count)| count).sum()
    }
}

/// An area that changes hands.
#[derive(Debug, Clone, Copy, PartialEq)]
#[doc(alias = "Flächenübergang")]
pub struct AreaMove {
    /// Whose it was; nobody's if it is new to the district.
    pub from: Option<SpaceId>,
    /// Whose it will be; nobody's if it falls out.
    pub to: Option<SpaceId>,
    /// How large, in square metres.
    pub square_metres: f64,
}

impl AreaMove {
    /// How large, as people say it.
    #[must_use]
    pub fn german(&self) -> String {
        super::findings::area_in_german(self.square_metres)
    }
}

/// Smaller pieces are slivers and are not told, in square metres: a straight border in degrees is none in metres, so
/// that a new corner in it moves it by a hand's breadth.
const LEAST_M2: f64 = 100.0;

/// Which areas change hands, the largest first; `None` where the borders are too tangled to tell.
#[must_use]
pub fn area_moves(before: &[(SpaceId, Boundary)], after: &[(SpaceId, Boundary)]) -> Option<Vec<AreaMove>> {
    let shapes = |all: &'_ [(SpaceId, Boundary)]| all.iter().map(|(_, boundary)| boundary.clone()).collect::<Vec<_>>();
    let (one, other) = (shapes(before), shapes(after));
    let common = coverage::common(&one.iter().collect::<Vec<_>>(), &other.iter().collect::<Vec<_>>())?;
    let mut by_way: BTreeMap<(Option<SpaceId>, Option<SpaceId>), f64> = BTreeMap::new();
    for (space, boundary) in before {
        *by_way.entry((Some(*space), None)).or_default() += boundary.area_m2();
    }
    for (space, boundary) in after {
        *by_way.entry((None, Some(*space))).or_default() += boundary.area_m2();
    }
    for ((from, to), area) in common {
        let (Some((from, _)), Some((to, _))) = (before.get(from), after.get(to)) else { continue };
        *by_way.entry((Some(*from), Some(*to))).or_default() += area;
        *by_way.entry((Some(*from), None)).or_default() -= area;
        *by_way.entry((None, Some(*to))).or_default() -= area;
    }
    let told = by_way.into_iter().filter(|((from, to), area)| from != to && *area >= LEAST_M2);
    let mut moves: Vec<AreaMove> =
        told.map(|((from, to), square_metres)| AreaMove { from, to, square_metres }).collect();
    moves.sort_by(|a, b| b.square_metres.total_cmp(&a.square_metres));
    Some(moves)
}

/// A space of a region that there was before.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Sozialraum einer Region")]
pub struct OfRegion {
    /// The region's name.
    pub region: String,
    /// The space's name.
    pub name: String,
    /// Its boundary.
    pub boundary: Boundary,
}

/// Spaces that reach beyond what their region covered before, with their share that does: a slip in the file gives a
/// family to another team and another budget. A region that is new has covered nothing and is not asked about.
#[must_use]
pub fn beyond_regions(before: &[OfRegion], after: &[OfRegion]) -> Vec<Finding> {
    let shapes = |all: &'_ [OfRegion]| all.iter().map(|one| one.boundary.clone()).collect::<Vec<_>>();
    let (one, other) = (shapes(before), shapes(after));
    let Some(common) = coverage::common(&one.iter().collect::<Vec<_>>(), &other.iter().collect::<Vec<_>>()) else {
        return Vec::new();
    };
    let beyond = |(at, space): (usize, &OfRegion)| {
        let is_mine = |from: usize| before.get(from).is_some_and(|old| old.region == space.region);
        if !before.iter().any(|old| old.region == space.region) {
            return None;
        }
        let inside: f64 =
            common.iter().filter(|((from, to), _)| *to == at && is_mine(*from)).map(|(_, area)| area).sum();
        let whole = space.boundary.area_m2();
        let percent = (100.0 * (whole - inside) / whole.max(1.0)).round();
        let told = whole - inside >= LEAST_M2 && percent >= 1.0;
        told.then(|| SPACE_BEYOND_REGION.whole(&[&space.name, &percent, &space.region]))
    };
    after.iter().enumerate().filter_map(beyond).collect()
}

/// Spaces that the street directory still leads to although they have no area in the new cut: the directory is asked
/// first, so its addresses would stay where they are.
#[must_use]
pub fn left_behind(after: &Territory, shapes: &[(SpaceId, Boundary)]) -> Option<Finding> {
    let drawn: BTreeSet<SpaceId> = shapes.iter().map(|(space, _)| *space).collect();
    let keys = after.streets().keys();
    let led: BTreeSet<SpaceId> = keys.iter().filter_map(|key| after.space_of_key(key)).collect();
    let names = led.iter().filter(|space| !drawn.contains(space)).filter_map(|space| after.space(*space));
    let names: Vec<&str> = names.map(|space| space.name.as_str()).collect();
    (!names.is_empty() && !drawn.is_empty()).then(|| STREETS_LEFT_BEHIND.whole(&[&names.join(", ")]))
}

/// Numbers of one side of a street that change hands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Straßenwechsel")]
pub struct StreetMove {
    /// The street as written.
    pub street: Line,
    /// Its postcode, if the directory tells.
    pub postcode: Option<Postcode>,
    /// The side of odd numbers?
    pub odd: bool,
    /// The first number.
    pub first: u32,
    /// The last number; `None` is the end of the street.
    pub last: Option<u32>,
    /// By the cut before.
    pub from: Whereabouts,
    /// By the new cut.
    pub to: Whereabouts,
}

/// Which stretches of streets change hands by the street directories alone, in order of the streets. Additions to
/// numbers follow their number here; a list of addresses decides each for itself.
#[must_use]
pub fn street_moves(before: &Territory, after: &Territory) -> Vec<StreetMove> {
    let streets: BTreeSet<&String> = before.streets().street_keys().chain(after.streets().street_keys()).collect();
    let sides = streets.into_iter().flat_map(|street| [(street, true), (street, false)]);
    let mut moves: Vec<StreetMove> = sides.flat_map(|(street, odd)| side_moves(street, odd, (before, after))).collect();
    moves.retain(|one| one.from != one.to);
    moves
}

/// The stretches of one side of a street, by postcode and place, with where they are by both cuts.
fn side_moves(street: &str, odd: bool, cuts: (&Territory, &Territory)) -> Vec<StreetMove> {
    let mut stretches = cuts.0.streets().stretches(street, odd);
    stretches.extend(cuts.1.streets().stretches(street, odd));
    let places: BTreeSet<_> = stretches.iter().map(|one| (one.postcode, one.place)).collect();
    let mut moves = Vec::new();
    for (postcode, place) in places {
        let mine = || stretches.iter().filter(|one| (one.postcode, one.place) == (postcode, place));
        let Some(name) = mine().map(|one| one.name).next() else { continue };
        // Between two such numbers nothing can change.
        let firsts = mine().filter_map(|one| one.span.from.number);
        let behind = mine().filter_map(|one| one.span.to.number.map(|last| last + 2));
        let steps: BTreeSet<u32> = firsts.chain(behind).collect();
        let steps: Vec<u32> = steps.into_iter().collect();
        let whereabouts = |number, territory| at_number(street, number, (postcode, place), territory);
        for (at, first) in steps.iter().enumerate() {
            let last = steps.get(at + 1).map(|next| next - 2);
            let (from, to) = (whereabouts(*first, cuts.0), whereabouts(*first, cuts.1));
            let (street, postcode) = (name.clone(), postcode.cloned());
            let next = StreetMove { street, postcode, odd, first: *first, last, from, to };
            match moves.last_mut() {
                Some(known) if next.goes_on(known) => known.last = last,
                _ => moves.push(next),
            }
        }
    }
    moves
}

impl StreetMove {
    /// Does this stretch follow an earlier one without any difference?
    fn goes_on(&self, earlier: &Self) -> bool {
        earlier.last == Some(self.first.wrapping_sub(2))
            && (&earlier.postcode, earlier.from, earlier.to) == (&self.postcode, self.from, self.to)
    }
}

fn at_number(
    street: &str,
    number: u32,
    (postcode, place): (Option<&Postcode>, Option<&str>),
    territory: &Territory,
) -> Whereabouts {
    let Ok(number) = HouseNumber::parse(&number.to_string()) else { return Whereabouts::Unknown };
    let Some(keys) = territory.streets().keys_of(street, Some(&number), postcode, place) else {
        return Whereabouts::Unknown;
    };
    let spaces: BTreeSet<Option<SpaceId>> = keys.into_iter().map(|key| territory.space_of_key(key)).collect();
    match spaces.into_iter().collect::<Vec<_>>()[..] {
        [Some(space)] => Whereabouts::In(space),
        [] | [None] => Whereabouts::Unknown,
        _ => Whereabouts::Ambiguous,
    }
}

#[cfg(test)]
#[path = "recut_tests.rs"]
mod tests;
