// SPDX-License-Identifier: EUPL-1.2
//! What the live map asks for: the circles of a window, and the areas. It gets what the list beside it counts, by the
//! same question and for the same reader, and it gets it from here only.

use super::ask::{self, Question};
use super::public;
use crate::kit::{Oops, SignedIn, Web, t};
use crate::territory::map::coarse;
use app::resources::{self, MapSeen, Mark, viewer_of};
use app::territory::public_shapes;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::resources::{Viewer, Window};
use domain::territory::{Point, Ring};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the live map needs to begin, beside the question.
pub struct LiveMap {
    /// Where its circles come from.
    pub source: String,
    /// Where cards are shown.
    pub cards: &'static str,
    /// What stands behind a card's address, so that the page's language stays.
    pub query: String,
    /// In somebody else's page: cards open in a window of their own.
    pub framed: bool,
    /// Was a base map put there?
    pub basemap: bool,
    /// Its German words, as JSON.
    pub words: String,
}

impl LiveMap {
    /// The map beside the list on this path.
    pub fn new(web: &Web, asked: &Question, path: &str) -> Self {
        let inside = path == "/ressourcen";
        let cards = if inside { "/ressourcen" } else { "/angebote" };
        let source = asked.link(&format!("{cards}/karte.json"), None);
        let words: serde_json::Map<String, Value> =
            WORDS.iter().map(|word| ((*word).to_owned(), t(&format!("map-live-{word}")).into())).collect();
        let words = Value::Object(words).to_string();
        let query = crate::kit::link("", &[("lang", &asked.lang)]);
        Self { source, cards, query, framed: !inside && path != cards, basemap: web.site.basemap.is_some(), words }
    }
}

/// Messages `map-live-<word>` that the script shows.
const WORDS: &[&str] = &["title", "near", "far", "north", "several", "here", "none", "of", "middle", "close"];

/// The window, in degrees: west, south, east, north.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Framing {
    fenster: String,
}

impl Framing {
    /// What cannot be read is no window: then all of it is looked at.
    fn window(&self) -> Window {
        let sides: Vec<f64> = self.fenster.split(',').filter_map(|side| side.trim().parse().ok()).collect();
        match sides.as_slice() {
            [west, south, east, north] => Window::of_degrees(*west, *south, *east, *north),
            _ => None,
        }
        .unwrap_or(Window::EVERYWHERE)
    }
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn outside(
    State(web): State<Web>,
    Query(asked): Query<Question>,
    Query(framing): Query<Framing>,
) -> Result<Response, Oops> {
    answer(&web, Viewer::public(), (public::outside(asked), "/angebote"), &framing).await
}

pub async fn inside(
    State(web): State<Web>,
    who: SignedIn,
    Query(asked): Query<Question>,
    Query(framing): Query<Framing>,
) -> Result<Response, Oops> {
    answer(&web, viewer_of(&who.actor)?, (asked, "/ressourcen"), &framing).await
}

/// The areas of today; where a space begins is no secret.
pub async fn areas(State(web): State<Web>) -> Result<Response, Oops> {
    let (shapes, names) = (public_shapes(&web.app).await?, resources::public_spaces(&web.app).await?);
    let steps = coarse(&shapes);
    let area = |(space, boundary): &(domain::kernel::SpaceId, domain::territory::Boundary)| {
        let name = names.iter().find(|(id, _)| id == space).map_or("", |(_, name)| name.as_str());
        let rings = |polygon: &domain::territory::Polygon| -> Vec<Vec<Value>> {
            std::iter::once(polygon.outer()).chain(polygon.holes()).map(|ring| line(ring, steps)).collect()
        };
        let polygons: Vec<Vec<Vec<Value>>> = boundary.polygons().iter().map(rings).collect();
        let properties = json!({ "name": name, "id": space.to_string(), "middle": degrees(boundary.middle()) });
        json!({ "type": "Feature", "geometry": { "type": "MultiPolygon", "coordinates": polygons }, "properties": properties })
    };
    let features: Vec<Value> = shapes.iter().map(area).collect();
    let body = json!({ "type": "FeatureCollection", "features": features }).to_string();
    Ok(([(CONTENT_TYPE, "application/geo+json"), (CACHE_CONTROL, "public, max-age=600")], body).into_response())
}

// Answers ---------------------------------------------------------------------------------------------

async fn answer(
    web: &Web,
    viewer: Viewer,
    (asked, path): (Question, &'static str),
    framing: &Framing,
) -> Result<Response, Oops> {
    let (question, _) = ask::read(web, asked, (path, path == "/ressourcen")).await?;
    let seen = resources::on_map(&web.app, viewer, question, framing.window()).await?;
    Ok(([(CONTENT_TYPE, "application/geo+json")], collection(&seen).to_string()).into_response())
}

fn collection(seen: &MapSeen) -> Value {
    let mark = |mark: &Mark| {
        let cards: Vec<Value> =
            mark.cards.iter().map(|(id, name)| json!({ "id": id.to_string(), "name": name })).collect();
        let properties = json!({ "count": mark.count, "cards": cards, "middle": mark.space.is_some() });
        json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": degrees(mark.place) }, "properties": properties })
    };
    let features: Vec<Value> = seen.marks.iter().map(mark).collect();
    json!({ "type": "FeatureCollection", "features": features,
            "total": seen.total, "outside": seen.outside, "nowhere": seen.nowhere })
}

/// Longitude and latitude, to the centimetre.
fn degrees(point: Point) -> Value {
    let (latitude, longitude) = point.to_wgs84();
    let short = |degrees: f64| (degrees * 1e7).round() / 1e7;
    json!([short(longitude), short(latitude)])
}

/// A ring whose corners stand on a coarse grid, so that neighbours keep their common border; closed.
fn line(ring: &Ring, step: i64) -> Vec<Value> {
    let on_grid = |mm: i64| (mm + step / 2).div_euclid(step) * step;
    let mut corners: Vec<Point> = Vec::new();
    for corner in ring.corners() {
        let moved = Point::from_mm(on_grid(corner.east_mm()), on_grid(corner.north_mm())).unwrap_or(*corner);
        if corners.last() != Some(&moved) {
            corners.push(moved);
        }
    }
    let first = corners.first().copied();
    corners.into_iter().chain(first).map(degrees).collect()
}
