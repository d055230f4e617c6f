// SPDX-License-Identifier: EUPL-1.2
//! Locating one address as of a day; looking at spaces and teams.

use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::kernel::{Day, EditionId, SpaceId};
use domain::territory::{Address, Located, Locator, StreetDirectory, Territory, locate};
use std::sync::{Arc, Mutex};
use store::ReadTx;
use store::territory::{self, EditionKind, SpaceLine, TeamLine};

/// Which editions are in force together.
type Editions = (Option<EditionId>, Option<EditionId>, Option<SpaceId>);

/// The last few territories built from editions. Editions never change, so neither does what is built
/// from them; which edition is in force is asked of the database every time.
#[derive(Default)]
pub(crate) struct Territories {
    built: Mutex<Vec<(Editions, Arc<Territory>)>>,
    pub(super) shapes: super::map::LastShapes,
    pub(super) recut: super::recut::LastRead,
}

/// So many editions are kept built: today's, and one or two of the past.
const KEPT: usize = 4;

/// The territory in force on a day.
pub(crate) fn territory_on(app: &App, tx: &ReadTx<'_>, day: Day) -> Result<Arc<Territory>, Failure> {
    let boundaries = territory::edition_on(tx, EditionKind::Boundaries, day)?;
    let streets = territory::edition_on(tx, EditionKind::Streets, day)?;
    // A space that an import adds ahead of its edition may already be named by the streets.
    let editions = (boundaries, streets, territory::newest_space(tx)?);
    let kept = || app.territories.built.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((_, built)) = kept().iter().find(|(known, _)| *known == editions) {
        return Ok(Arc::clone(built));
    }
    let shapes = boundaries.map_or(Ok(Vec::new()), |edition| territory::boundaries(tx, edition))?;
    let ranges = streets.map_or(Ok(Vec::new()), |edition| territory::ranges(tx, edition))?;
    let built = Territory::new(territory::spaces(tx)?, Locator::build(&shapes), StreetDirectory::build(&ranges))?;
    let built = Arc::new(built);
    let mut all = kept();
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push((editions, Arc::clone(&built)));
    Ok(built)
}

/// Finds the space of an address as of a day.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn find_space(app: &App, actor: &Actor, address: Address, day: Day) -> Result<Located, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    let house = app.clone();
    app.read(move |tx| Ok(locate(&address, &*territory_on(&house, tx, day)?))).await
}

/// All spaces with their regions and teams.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn spaces(app: &App, actor: &Actor) -> Result<Vec<SpaceLine>, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    app.read(|tx| Ok(territory::overview(tx)?)).await
}

/// All teams.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn teams(app: &App, actor: &Actor) -> Result<Vec<TeamLine>, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    app.read(|tx| Ok(territory::teams(tx)?)).await
}
