// SPDX-License-Identifier: EUPL-1.2
//! Drawing the border of a space anew: as a list of corners, which anybody can read and write, and with script by
//! moving corners in the picture. Both say the same; what is sent is the list.

use crate::kit::answer::refused;
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::territory::{self, Border, Drawn, NewBorder};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{Refusals, SpaceId};
use domain::territory::{BORDER_FAULTY, Boundary, Finding, Point, Ring};
use std::fmt::Write;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let manage = Asks::For(Action::ManageTerritory);
    Routes::default().get("/sozialraeume/{id}/grenze", manage, show).post("/sozialraeume/{id}/grenze", manage, draw)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData, space: SpaceId) -> Result<NewBorder, Refusals> {
    let mut read = Parser::new(form);
    let (title, valid_from) = (read.line("title"), read.day("valid_from"));
    // What is wrong with the corners is said line by line, not by a rule.
    let corners = form.value("corners").to_owned();
    let value = (|| Some(NewBorder { space, title: title?, valid_from: valid_from?, corners }))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<SpaceId>) -> Result<Response, Oops> {
    let border = territory::border(&web.app, &who.actor, id).await?;
    let form = FormView::new("map-border", web.app.fresh()).with("corners", &border.corners);
    Ok(page(&BorderPage::new(&web, &who, border, form, Vec::new())))
}

async fn draw(State(web): State<Web>, who: SignedIn, Id(id): Id<SpaceId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let drawn = crate::kit::answer::attempt(parse(&form, id), |new| {
        territory::draw_border(&web.app, &who.actor, Some(key), new)
    });
    let (wrong, findings) = match drawn.await? {
        Ok(Drawn::Draft(recut)) => return Ok(redirect(&format!("/sozialraeume/neuzuschnitt/{recut}"))),
        Ok(Drawn::Faulty(findings)) => (Refusals::from(BORDER_FAULTY.broken_at("corners")), findings),
        Err(wrong) => (wrong, Vec::new()),
    };
    let border = territory::border(&web.app, &who.actor, id).await?;
    let view = FormView::new("map-border", key.id).refused(&form, &wrong);
    Ok(refused(&BorderPage::new(&web, &who, border, view, findings)))
}

// Pages -----------------------------------------------------------------------------------------------

/// Width of the picture in its own units.
const WIDTH: f64 = 960.0;

/// From degrees to the picture: flat enough for a quarter, and the same for the script.
struct Flat {
    west: f64,
    north: f64,
    wide: f64,
    tall: f64,
    height: f64,
}

impl Flat {
    fn over(boundary: &Boundary) -> Self {
        let (low, high) = boundary.bounds();
        let ((south, west), (north, east)) = (low.to_wgs84(), high.to_wgs84());
        // Some of the neighbours is seen around it.
        let (aside, above) = ((east - west) * 0.2, (north - south) * 0.2);
        let (west, east, south, north) = (west - aside, east + aside, south - above, north + above);
        let wide = WIDTH / (east - west).max(1e-6);
        let tall = wide / f64::midpoint(south, north).to_radians().cos();
        Self { west, north, wide, tall, height: (north - south) * tall }
    }

    fn path(&self, boundary: &Boundary) -> String {
        let mut path = String::new();
        let rings = boundary.polygons().iter().flat_map(|one| std::iter::once(one.outer()).chain(one.holes()));
        rings.for_each(|ring| self.ring(&mut path, ring));
        path
    }

    fn ring(&self, path: &mut String, ring: &Ring) {
        for (number, corner) in ring.corners().iter().enumerate() {
            let (x, y) = self.place(*corner);
            // Writing into a string cannot fail.
            write!(path, "{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' }).unwrap_or_default();
        }
        path.push('Z');
    }

    fn place(&self, point: Point) -> (f64, f64) {
        let (latitude, longitude) = point.to_wgs84();
        ((longitude - self.west) * self.wide, (self.north - latitude) * self.tall)
    }
}

/// A space around the one that is drawn.
struct Neighbour {
    name: String,
    path: String,
    x: f64,
    y: f64,
}

#[derive(Template)]
#[template(path = "territory/border.html")]
struct BorderPage {
    frame: Frame,
    space: territory::SpaceLine,
    form: FormView,
    findings: Vec<Finding>,
    flat: Flat,
    own: String,
    neighbours: Vec<Neighbour>,
}

impl BorderPage {
    fn new(web: &Web, who: &SignedIn, border: Border, form: FormView, findings: Vec<Finding>) -> Self {
        let Border { space, spaces, .. } = border;
        let own = spaces.iter().find(|(id, ..)| *id == space.id).map(|(.., boundary)| boundary);
        let flat = own.map_or(Flat { west: 0.0, north: 0.0, wide: 1.0, tall: 1.0, height: 1.0 }, Flat::over);
        let drawn = own.map(|own| flat.path(own)).unwrap_or_default();
        let neighbour = |(_, name, boundary): &(SpaceId, String, Boundary)| {
            let (x, y) = flat.place(boundary.middle());
            Neighbour { name: name.clone(), path: flat.path(boundary), x, y }
        };
        let neighbours = spaces.iter().filter(|(id, ..)| *id != space.id).map(neighbour).collect();
        Self { frame: Frame::new(web, who, "nav-spaces"), space, form, findings, flat, own: drawn, neighbours }
    }
}
