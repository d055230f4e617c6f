// SPDX-License-Identifier: EUPL-1.2
//! What a new cut changes: areas, streets, addresses, families, agreements, regions. Families are counted, and small
//! numbers are not told (N10): who may not see cases must not learn of one here.

use super::locate::territory_on;
use super::points::PointsFile;
use super::recut::{Draft, Read, all_places, findings, read, unkept};
use crate::core::{App, Failure, found, in_office};
use domain::access::{Action, Actor, sight};
use domain::budget::{FEWEST_INSIDE, Secrecy};
use domain::kernel::{RecutId, RegionId, SpaceId, TeamId};
use domain::territory::{
    Address, AreaMove, Boundary, Finding, Locator, OfRegion, Prepared, Recut, RecutState, SocialSpace, SpaceFeature,
    StreetDirectory, StreetMove, Territory, Whereabouts, area_moves, beyond_regions, left_behind, street_moves,
};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Arc;
use store::casework::handovers;
use store::recut::{CasePlace, RecutView};
use store::territory::{self, EditionKind};
use store::{ReadTx, StoreError, recut};
use uuid::Uuid;

/// Spaces with their boundaries.
pub type SpaceShapes = Vec<(SpaceId, Boundary)>;

/// What a list of addresses says of a new cut.
#[derive(Debug, Clone)]
pub struct AddressesSeen {
    /// Name of the list.
    pub file: String,
    /// Addresses read.
    pub total: u64,
    /// Lines that could not be read.
    pub unread: usize,
    /// From one space to another.
    pub moved: u64,
    /// A person has to decide.
    pub unclear: u64,
    /// Had a space and have none.
    pub lost: u64,
    /// From where to where, those that do not stay, the most first.
    pub moves: Vec<(Whereabouts, Whereabouts, u64)>,
}

/// Families that live elsewhere by a new cut.
#[derive(Debug, Clone)]
pub struct Family {
    /// From which space.
    pub from: Option<SpaceId>,
    /// To where.
    pub to: Whereabouts,
    /// How many; nothing where it could be one family, or give one away.
    pub count: Option<usize>,
}

/// What a new cut does to a region.
#[derive(Debug, Clone)]
pub struct RegionSeen {
    /// Its name.
    pub name: String,
    /// Addresses before and after, where a list was handed in.
    pub addresses: Option<(u64, u64)>,
    /// Families that come and that go; nothing where small numbers would show.
    pub families: Option<(usize, usize)>,
}

/// What a new cut changes.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The new cut.
    pub recut: RecutView,
    /// Is it in force today?
    pub in_force: bool,
    /// Everything there is to say about its files, the gravest first.
    pub findings: Vec<Finding>,
    /// Names of spaces, before and after.
    pub names: BTreeMap<SpaceId, String>,
    /// Spaces that are new.
    pub new_spaces: Vec<String>,
    /// Spaces without an area in the new cut.
    pub gone: Vec<String>,
    /// Areas that change hands; `None` where it cannot be told.
    pub areas: Option<Vec<AreaMove>>,
    /// Stretches of streets that change hands.
    pub streets: Vec<StreetMove>,
    /// What the list of addresses says.
    pub addresses: Option<AddressesSeen>,
    /// Families that live elsewhere; `None` for readers who plan nothing and see no case.
    pub families: Option<Vec<Family>>,
    /// Agreements for spaces that change, with the spaces.
    pub agreements: Vec<(String, Vec<String>)>,
    /// Regions.
    pub regions: Vec<RegionSeen>,
    /// Conversations held, and all of them; nothing where small numbers would show.
    pub handovers: Option<(i64, i64)>,
    /// Boundaries before and after, for drawing.
    pub shapes: (SpaceShapes, SpaceShapes),
    /// May the reader plan, withdraw, list?
    pub may_manage: bool,
}

/// Both cuts ready to be asked, and all that is read from the database.
struct Ground {
    view: RecutView,
    read: Arc<Read>,
    findings: Vec<Finding>,
    before: Arc<Territory>,
    after: Territory,
    shapes: (SpaceShapes, SpaceShapes),
    places: Vec<CasePlace>,
    lines: Vec<territory::SpaceLine>,
    agreements: Vec<(String, Vec<String>)>,
    handovers: Vec<(TeamId, TeamId, String, i64)>,
}

/// The spaces of a file that the office does not have, under ids of their own.
pub(super) fn new_spaces(known: &[SocialSpace], features: &[SpaceFeature]) -> Vec<SocialSpace> {
    let is_new = |feature: &&SpaceFeature| known.iter().all(|space| space.key != feature.key);
    let nobody = Uuid::nil();
    (1_u128..)
        .zip(features.iter().filter(is_new))
        .map(|(number, feature)| SocialSpace {
            id: SpaceId(Uuid::from_u128(u128::MAX - number)),
            region: RegionId(nobody),
            team: TeamId(nobody),
            key: feature.key.clone(),
            name: feature.name.clone(),
        })
        .collect()
}

/// Where a family lives by both cuts, if the new one changes it.
pub(super) fn way(place: &CasePlace, before: &Territory, after: &Territory) -> Option<(Option<SpaceId>, Whereabouts)> {
    let address = Prepared::new(&Address::read(place.place.as_deref()?));
    let (was, will) = (Whereabouts::of(&address, before), Whereabouts::of(&address, after));
    (was != will && will.space() != place.space).then_some((place.space, will))
}

impl Ground {
    fn load(app: &App, tx: &ReadTx<'_>, id: RecutId, plans: bool) -> Result<Self, Failure> {
        let view = found(recut::one(tx, id)?)?;
        found((plans || view.state == RecutState::Planned).then_some(()))?;
        let read = read(app, tx, &view)?;
        Self::of(app, tx, view, read)
    }

    fn of(app: &App, tx: &ReadTx<'_>, view: RecutView, read: Arc<Read>) -> Result<Self, Failure> {
        let eve = view.valid_from.plus_days(-1);
        let before = territory_on(app, tx, eve)?;
        let edition = territory::edition_on(tx, EditionKind::Boundaries, eve)?;
        let old = edition.map_or(Ok(Vec::new()), |edition| territory::boundaries(tx, edition))?;
        let mut spaces = territory::spaces(tx)?;
        spaces.extend(new_spaces(&spaces, &read.features));
        let id_of = |feature: &SpaceFeature| spaces.iter().find(|space| space.key == feature.key).map(|space| space.id);
        let new: SpaceShapes =
            read.features.iter().filter_map(|feature| Some((id_of(feature)?, feature.boundary.clone()))).collect();
        let streets = match &read.ranges {
            Some(ranges) => StreetDirectory::build(ranges),
            None => {
                let edition = territory::edition_on(tx, EditionKind::Streets, eve)?;
                StreetDirectory::build(&edition.map_or(Ok(Vec::new()), |edition| territory::ranges(tx, edition))?)
            }
        };
        let after = Territory::new(spaces, Locator::build(&new), streets)?;
        let mut findings = findings(tx, &read)?;
        findings.extend(left_behind(&after, &new));
        let mut ground = Self {
            findings,
            before,
            after,
            shapes: (old, new),
            places: all_places(tx)?,
            lines: territory::overview(tx)?,
            agreements: Vec::new(),
            handovers: handovers::of_recut(tx, view.id)?,
            view,
            read,
        };
        ground.agreements = ground.agreements(tx)?;
        ground
            .findings
            .extend(beyond_regions(&ground.of_regions(&ground.shapes.0), &ground.of_regions(&ground.shapes.1)));
        Ok(ground)
    }

    fn of_regions(&self, shapes: &SpaceShapes) -> Vec<OfRegion> {
        let of = |(space, boundary): &(SpaceId, Boundary)| {
            let name = self.after.space(*space)?.name.as_str().to_owned();
            Some(OfRegion { region: self.region_of(*space)?, name, boundary: boundary.clone() })
        };
        shapes.iter().filter_map(of).collect()
    }

    /// Agreements for a space that loses or gains something.
    fn agreements(&self, tx: &ReadTx<'_>) -> Result<Vec<(String, Vec<String>)>, Failure> {
        let mut found: BTreeMap<(String, Uuid), Vec<String>> = BTreeMap::new();
        for line in &self.lines {
            let of = |all: &[(SpaceId, Boundary)]| all.iter().find(|(id, _)| *id == line.id).map(|(_, b)| b.clone());
            if of(&self.shapes.0) == of(&self.shapes.1) {
                continue;
            }
            for (id, title) in recut::agreements_for(tx, line.id, self.view.valid_from)? {
                found.entry((title, id)).or_default().push(line.name.clone());
            }
        }
        Ok(found.into_iter().map(|((title, _), spaces)| (title, spaces)).collect())
    }

    fn ways(&self) -> BTreeMap<(Option<SpaceId>, Whereabouts), usize> {
        let mut counts = BTreeMap::new();
        for way in self.places.iter().filter_map(|place| way(place, &self.before, &self.after)) {
            *counts.entry(way).or_default() += 1;
        }
        counts
    }

    fn region_of(&self, space: SpaceId) -> Option<String> {
        let known = self.lines.iter().find(|line| line.id == space).map(|line| line.region.clone());
        known.or_else(|| {
            let key = &self.after.space(space)?.key;
            let feature = self.read.features.iter().find(|feature| feature.key == *key)?;
            feature.region.as_ref().map(|region| region.as_str().to_owned())
        })
    }

    fn names(&self) -> BTreeMap<SpaceId, String> {
        self.after.spaces().iter().map(|space| (space.id, space.name.as_str().to_owned())).collect()
    }
}

/// Looks every address up in both cuts, on all cores of the machine.
#[must_use]
pub fn compare(before: &Territory, after: &Territory, addresses: &[Prepared]) -> Recut {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let part = addresses.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let running: Vec<_> =
            addresses.chunks(part).map(|chunk| scope.spawn(move || Recut::of(before, after, chunk))).collect();
        let mut done = 0;
        running.into_iter().zip(addresses.chunks(part)).fold(Recut::default(), |all, (thread, chunk)| {
            // A thread that fell over has said so; its part is looked up here once more.
            let seen = thread.join().unwrap_or_else(|_| Recut::of(before, after, chunk));
            let all = all.followed_by(seen, done);
            done += chunk.len();
            all
        })
    })
}

/// A list of addresses, ready to be looked up.
type Addresses = (String, Vec<String>, Vec<Prepared>, usize);

fn addresses(read: &Read) -> Option<Addresses> {
    let points = read.points.as_ref()?;
    let file = PointsFile::read(&points.name, points.content.as_bytes()).ok()?;
    let (all, unread) = file.prepare();
    let (ids, prepared) = all.into_iter().unzip();
    Some((points.name.clone(), ids, prepared, unread))
}

fn seen((file, _, prepared, unread): &Addresses, recut: &Recut) -> AddressesSeen {
    let moves = recut.moves.iter().filter(|((from, to), _)| from != to);
    let mut moves: Vec<_> = moves.map(|((from, to), count)| (*from, *to, *count)).collect();
    moves.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    AddressesSeen {
        file: file.clone(),
        total: prepared.len() as u64,
        unread: *unread,
        moved: recut.moved(),
        unclear: recut.unclear(),
        lost: recut.lost(),
        moves,
    }
}

/// What a new cut changes. Drafts and what was withdrawn are seen by those who plan.
///
/// # Errors
/// [`Failure::Denied`], hidden for drafts of others.
pub async fn preview(app: &App, actor: &Actor, id: RecutId) -> Result<Preview, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    let may_manage = in_office(actor, Action::ManageTerritory).is_ok();
    let counts = may_manage || !sight(actor, Action::SeeCase).is_nothing();
    let (house, today) = (app.clone(), app.today());
    let ground = app.read(move |tx| Ok(Arc::new(Ground::load(&house, tx, id, may_manage)?))).await?;
    blocking(move || tell(&ground, today, (may_manage, counts))).await
}

/// What files would change, without keeping anything of them.
///
/// # Errors
/// [`super::RECUT_FILE_MISSING`], [`super::RECUT_FILE_UNREADABLE`], [`Failure::Denied`] for people who plan nothing.
pub async fn preview_files(app: &App, actor: &Actor, draft: &Draft) -> Result<Preview, Failure> {
    in_office(actor, Action::ManageTerritory)?;
    let (view, read) = unkept(app, draft)?;
    let (house, today, read) = (app.clone(), app.today(), Arc::new(read));
    let load = move |tx: &ReadTx<'_>| Ok(Arc::new(Ground::of(&house, tx, view.clone(), Arc::clone(&read))?));
    let ground = app.read(load).await?;
    blocking(move || tell(&ground, today, (true, true))).await
}

/// Works out something long beside the requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Failure::Broken(StoreError::Engine(error.to_string())))
}

fn tell(ground: &Ground, today: domain::kernel::Day, (may_manage, counts): (bool, bool)) -> Preview {
    let names = ground.names();
    let known = |space: &SpaceId| ground.lines.iter().any(|line| line.id == *space);
    let name = |space: &SpaceId| names.get(space).cloned();
    let (old, new) = &ground.shapes;
    let gone = old.iter().filter(|(space, _)| new.iter().all(|(other, _)| other != space));
    let list = addresses(&ground.read);
    let compared = list.as_ref().map(|list| compare(&ground.before, &ground.after, &list.2));
    let ways = ground.ways();
    let shown = Secrecy { fewest: FEWEST_INSIDE }.shield_counts(&ways.values().copied().collect::<Vec<_>>());
    let families: Vec<Family> = ways
        .iter()
        .zip(shown)
        .map(|(((from, to), count), shown)| Family { from: *from, to: *to, count: shown.open().map(|()| *count) })
        .collect();
    let all: i64 = ground.handovers.iter().map(|(_, _, _, count)| count).sum();
    let open: i64 = ground.handovers.iter().filter(|one| one.2 == "open").map(|(_, _, _, count)| count).sum();
    Preview {
        in_force: ground.view.state.is_in_force(ground.view.valid_from, today),
        new_spaces: new.iter().filter(|(space, _)| !known(space)).filter_map(|(space, _)| name(space)).collect(),
        gone: gone.filter_map(|(space, _)| name(space)).collect(),
        areas: area_moves(old, new),
        streets: street_moves(&ground.before, &ground.after),
        addresses: list.as_ref().zip(compared.as_ref()).map(|(list, recut)| seen(list, recut)),
        regions: regions(ground, &families, compared.as_ref(), counts),
        families: counts.then_some(families),
        agreements: ground.agreements.clone(),
        handovers: (counts && all >= FEWEST_INSIDE as i64).then_some((all - open, all)),
        recut: ground.view.clone(),
        findings: ground.findings.clone(),
        shapes: ground.shapes.clone(),
        names,
        may_manage,
    }
}

/// Regions that win or lose something.
fn regions(ground: &Ground, families: &[Family], compared: Option<&Recut>, counts: bool) -> Vec<RegionSeen> {
    let of = |whereabouts: Whereabouts| whereabouts.space().and_then(|space| ground.region_of(space));
    let mut names: Vec<String> = ground.lines.iter().map(|line| line.region.clone()).collect();
    names.extend(ground.shapes.1.iter().filter_map(|(space, _)| ground.region_of(*space)));
    names.sort_unstable();
    names.dedup();
    let one = |name: String| {
        let is = |place: Option<String>| place.as_ref() == Some(&name);
        let addresses = compared.map(|recut| {
            let sum = |after: bool| {
                let mine = recut.moves.iter().filter(|((from, to), _)| is(of(if after { *to } else { *from })));
                mine.map(|(_, count)| count).sum()
            };
            (sum(false), sum(true))
        });
        let from = |family: &Family| family.from.and_then(|space| ground.region_of(space));
        let across = families.iter().filter(|family| is(from(family)) != is(of(family.to)));
        // A sum is told where each of its parts is: a hidden part must not follow from it.
        let told: Option<Vec<(bool, usize)>> = across.map(|family| Some((is(of(family.to)), family.count?))).collect();
        let sum = |told: &[(bool, usize)], comes: bool| told.iter().filter(|one| one.0 == comes).map(|one| one.1).sum();
        let families = told.filter(|_| counts).map(|told| (sum(&told, true), sum(&told, false)));
        RegionSeen { name: name.clone(), addresses, families }
    };
    names.into_iter().map(one).collect()
}

/// The addresses of the list that do not stay: id, from, to, as names of spaces or codes of why there is none.
///
/// # Errors
/// [`Failure::Denied`]; hidden for people who plan nothing, and without a list.
pub async fn changed_addresses(app: &App, actor: &Actor, id: RecutId) -> Result<Vec<[String; 3]>, Failure> {
    in_office(actor, Action::ManageTerritory)?;
    let house = app.clone();
    let ground = app.read(move |tx| Ok(Arc::new(Ground::load(&house, tx, id, true)?))).await?;
    let told = blocking(move || {
        let list = addresses(&ground.read)?;
        let names = ground.names();
        let word = |place: Whereabouts| match place {
            Whereabouts::In(space) => names.get(&space).cloned().unwrap_or_default(),
            Whereabouts::Ambiguous => "mehrdeutig".to_owned(),
            Whereabouts::Outside => "außerhalb".to_owned(),
            Whereabouts::Unknown => "unbekannt".to_owned(),
        };
        let changed = compare(&ground.before, &ground.after, &list.2).changed;
        let line = |at: usize| {
            let (id, address) = (list.1.get(at)?, list.2.get(at)?);
            let (was, will) = (Whereabouts::of(address, &ground.before), Whereabouts::of(address, &ground.after));
            Some([id.clone(), word(was), word(will)])
        };
        Some(changed.into_iter().filter_map(line).collect())
    });
    found(told.await?)
}
