// SPDX-License-Identifier: EUPL-1.2
//! The shapes of the spaces in force today, for drawing.

use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::kernel::{Day, EditionId, SpaceId};
use domain::territory::Boundary;
use std::sync::{Arc, Mutex, PoisonError};
use store::ReadTx;
use store::territory::{self, EditionKind};

/// The spaces of an edition with their boundaries.
pub type Shapes = Arc<Vec<(SpaceId, Boundary)>>;

/// The shapes looked at last. An edition never changes; which one is in force is asked every time.
#[derive(Default)]
pub(crate) struct LastShapes(Mutex<Option<(EditionId, Shapes)>>);

/// The shapes of the spaces in force today; none without an edition of boundaries.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn shapes(app: &App, actor: &Actor) -> Result<Shapes, Failure> {
    shapes_as_of(app, actor, app.today()).await
}

/// The shapes of the spaces in force on a day.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn shapes_as_of(app: &App, actor: &Actor, day: Day) -> Result<Shapes, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    let house = app.clone();
    app.read(move |tx| shapes_on(&house, tx, day)).await
}

/// The same for everybody: where a space begins is no secret.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn public_shapes(app: &App) -> Result<Shapes, Failure> {
    let (house, today) = (app.clone(), app.today());
    app.read(move |tx| shapes_on(&house, tx, today)).await
}

/// The shapes in force on a day.
pub(crate) fn shapes_on(app: &App, tx: &ReadTx<'_>, day: Day) -> Result<Shapes, Failure> {
    let Some(edition) = territory::edition_on(tx, EditionKind::Boundaries, day)? else {
        return Ok(Shapes::default());
    };
    let last = || app.territories.shapes.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, shapes)) = last().as_ref().filter(|(known, _)| *known == edition) {
        return Ok(Arc::clone(shapes));
    }
    let shapes = Arc::new(territory::boundaries(tx, edition)?);
    *last() = Some((edition, Arc::clone(&shapes)));
    Ok(shapes)
}
