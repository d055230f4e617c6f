// SPDX-License-Identifier: EUPL-1.2
//! Drawing a border by hand. What is drawn becomes a new cut like one that was handed in as a file: a draft with its
//! preview, and nothing changes before somebody plans it.

use super::map::shapes_on;
use super::recut::{Draft, Upload, draft};
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::kernel::{Day, Line, RecutId, SpaceId};
use domain::territory::{Boundary, Finding, SpaceKey, corner_list, is_importable, redraw, write_spaces};
use store::ReadTx;
use store::recut::NewRecut;
use store::territory::{self, SpaceLine};

/// A border as it can be drawn anew.
#[derive(Debug, Clone)]
pub struct Border {
    /// The space.
    pub space: SpaceLine,
    /// Its corners as text.
    pub corners: String,
    /// All spaces that have a border, with their names.
    pub spaces: Vec<(SpaceId, String, Boundary)>,
}

/// A border drawn anew.
#[derive(Debug, Clone)]
pub struct NewBorder {
    /// Of this space.
    pub space: SpaceId,
    /// What the new cut is called.
    pub title: Line,
    /// From this day on.
    pub valid_from: Day,
    /// Its corners, as typed.
    pub corners: String,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Drawn {
    /// A draft.
    Draft(RecutId),
    /// Nothing: this is wrong with it.
    Faulty(Vec<Finding>),
}

/// The borders in force on a day, by space.
fn borders(app: &App, tx: &ReadTx<'_>, day: Day) -> Result<Vec<(SpaceLine, Boundary)>, Failure> {
    let shapes = shapes_on(app, tx, day)?;
    let lines = territory::overview(tx)?.into_iter();
    let drawn = |line: SpaceLine| {
        let own = shapes.iter().filter(|(id, _)| *id == line.id).map(|(_, boundary)| boundary.clone());
        own.reduce(Boundary::joined).map(|boundary| (line, boundary))
    };
    Ok(lines.filter_map(drawn).collect())
}

/// The border of a space as it is in force today.
///
/// # Errors
/// Hidden for spaces without a border, [`Failure::Denied`] without the right to manage the territory.
pub async fn border(app: &App, actor: &Actor, id: SpaceId) -> Result<Border, Failure> {
    in_office(actor, Action::ManageTerritory)?;
    let (house, today) = (app.clone(), app.today());
    app.read(move |tx| {
        let all = borders(&house, tx, today)?;
        let (space, own) = found(all.iter().find(|(line, _)| line.id == id))?.clone();
        let spaces = all.into_iter().map(|(line, boundary)| (line.id, line.name, boundary)).collect();
        Ok(Border { space, corners: corner_list(&own), spaces })
    })
    .await
}

/// Draws a border anew: the neighbours are fitted to it, and all of it becomes a draft.
///
/// # Errors
/// [`domain::territory::DAY_NOT_AHEAD`], [`Failure::Denied`]. What is wrong with the corners comes back as [`Drawn::Faulty`].
pub async fn draw_border(app: &App, actor: &Actor, key: Option<Key>, new: NewBorder) -> Result<Drawn, Failure> {
    in_office(actor, Action::ManageTerritory)?;
    domain::territory::RecutState::Draft.plan(new.valid_from, app.today())?;
    let NewBorder { space, title, valid_from, corners } = new;
    let house = app.clone();
    // Drawn over what will be in force then: another new cut may come before it.
    let all = app.read(move |tx| borders(&house, tx, valid_from)).await?;
    found(all.iter().find(|(line, _)| line.id == space))?;
    let named: Vec<(SpaceId, &str, &Boundary)> =
        all.iter().map(|(line, boundary)| (line.id, line.name.as_str(), boundary)).collect();
    let redrawn = redraw(&named, space, &corners);
    if !is_importable(&redrawn.findings) {
        return Ok(Drawn::Faulty(redrawn.findings));
    }
    let written = all.iter().zip(redrawn.spaces).filter_map(|((line, _), (_, boundary))| {
        let key = SpaceKey::parse(&line.key).ok()?;
        Some((key, line.name.clone(), line.region.clone(), boundary))
    });
    let text = write_spaces(&written.collect::<Vec<_>>());
    let named = |field: &str| field.to_owned();
    let (key_field, name_field, region_field) = (named("schluessel"), named("name"), Some(named("region")));
    let new = NewRecut { title, valid_from, key_field, name_field, region_field };
    let spaces = Upload { name: "grenzen.geojson".to_owned(), bytes: text.into_bytes() };
    draft(app, actor, key, Draft { new, spaces, streets: None, points: None }).await.map(Drawn::Draft)
}
