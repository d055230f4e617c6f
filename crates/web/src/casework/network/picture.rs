// SPDX-License-Identifier: EUPL-1.2
//! A network map as SVG. It says what the list beside it says; each contact leads to its form.

use crate::kit::{t, t_with};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::casework::network::{Contact, NetworkMap, Sector, Spot, Symbol, TieKind};

/// The middle of the drawing, and the way to the outer horizon.
const MIDDLE: f64 = 340.0;
const OUTER: f64 = 260.0;
/// Letters of a name that fit.
const LETTERS: usize = 18;

/// A line between two places.
struct Stroke {
    d: String,
    class: &'static str,
}

/// A contact as drawn.
struct Node {
    path: String,
    label: String,
    name: String,
    shape: String,
    class: &'static str,
    /// A cross over somebody who died.
    cross: Option<String>,
    x: String,
    y: String,
}

/// The name of a sector, in its corner.
struct Corner {
    name: String,
    x: i32,
    y: i32,
    anchor: &'static str,
}

/// The picture.
#[derive(Template)]
#[template(path = "casework/network_picture.html")]
pub struct NetworkPicture {
    title: String,
    ego: String,
    corners: Vec<Corner>,
    links: Vec<Stroke>,
    ties: Vec<Stroke>,
    nodes: Vec<Node>,
}

impl HtmlSafe for NetworkPicture {}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

fn place(spot: Spot) -> (f64, f64) {
    let angle = (f64::from(spot.angle) / 100.0).to_radians();
    let way = f64::from(spot.distance.clamp(800, 12_200)) / 10_000.0 * OUTER;
    (way.mul_add(angle.cos(), MIDDLE), way.mul_add(-angle.sin(), MIDDLE))
}

/// A regular shape of so many corners, every second one drawn in for a star.
fn polygon((x, y): (f64, f64), corners: i32, radius: f64, inner: f64) -> String {
    let corner = |n: i32| {
        let angle = (f64::from(n) * 360.0 / f64::from(corners) - 90.0).to_radians();
        let radius = if n % 2 == 0 { radius } else { inner };
        format!("{} {}", number(radius.mul_add(angle.cos(), x)), number(radius.mul_add(angle.sin(), y)))
    };
    format!("M{}Z", (0..corners).map(corner).collect::<Vec<_>>().join("L"))
}

/// The outline of a symbol.
pub fn outline(symbol: Symbol, (x, y): (f64, f64)) -> String {
    match symbol {
        Symbol::Female => {
            format!("M{} {}a9 9 0 1 0 18 0a9 9 0 1 0 -18 0Z", number(x - 9.0), number(y))
        }
        Symbol::Male => format!("M{} {}h17v17h-17Z", number(x - 8.5), number(y - 8.5)),
        Symbol::Diverse => polygon((x, y), 3, 11.0, 11.0),
        Symbol::Unknown => polygon((x, y), 5, 10.0, 10.0),
        Symbol::NotHuman => polygon((x, y), 10, 12.0, 5.0),
    }
}

/// A tie: straight, or a zigzag where it is full of conflict.
fn tie(contact: &Contact) -> Stroke {
    let (x, y) = place(contact.spot);
    let (dx, dy) = (x - MIDDLE, y - MIDDLE);
    let length = dx.hypot(dy).max(1.0);
    let class = match (contact.conflict, contact.tie) {
        (true, _) => "line-red",
        (false, TieKind::Dormant) => "line-grey line-dashed",
        (false, TieKind::Present) => "line-blue",
        (false, TieKind::Manifold) => "line-blue line-bold",
    };
    if !contact.conflict {
        return Stroke { d: format!("M{MIDDLE} {MIDDLE}L{} {}", number(x), number(y)), class };
    }
    let steps = 12;
    let bend = |n: i32| {
        let along = f64::from(n) / f64::from(steps);
        let aside = if n % steps == 0 { 0.0 } else { f64::from(n % 2 * 2 - 1) * 5.0 };
        let (px, py) =
            (dx.mul_add(along, MIDDLE) - dy / length * aside, dy.mul_add(along, MIDDLE) + dx / length * aside);
        format!("{} {}", number(px), number(py))
    };
    Stroke { d: format!("M{}", (0..=steps).map(bend).collect::<Vec<_>>().join("L")), class }
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    name.chars().take(LETTERS - 1).chain(['…']).collect()
}

/// "Oma Elif, Familie, nah, Beziehung besteht": what the drawing shows.
pub fn label(contact: &Contact) -> String {
    let word = |kind: &str, code: &str| t(&format!("{kind}-{code}"));
    let mut parts = vec![
        contact.name.as_str().to_owned(),
        word("sector", contact.spot.sector().code()),
        word("horizon", contact.spot.horizon().code()),
        word("tie", contact.tie.code()),
    ];
    let flags = [("conflict", contact.conflict), ("deceased", contact.deceased)];
    parts.extend(flags.iter().filter(|(_, is_so)| *is_so).map(|(flag, _)| word("contact-flag", flag)));
    parts.join(", ")
}

impl NetworkPicture {
    /// Draws a map; `path` is the address to which a contact's number is put.
    pub fn new(map: &NetworkMap, path: &str) -> Self {
        let (near, far) = (24, 656);
        let corner = |sector: Sector| {
            let (x, anchor) = match sector {
                Sector::Family | Sector::Professionals => (far, "end"),
                _ => (near, "start"),
            };
            let y = if matches!(sector, Sector::Family | Sector::Friends) { near } else { far + 8 };
            Corner { name: t(&format!("sector-{}", sector.code())), x, y, anchor }
        };
        let stroke = |(a, b): &(u32, u32)| {
            let ((x, y), (u, v)) = (place(map.contact(*a)?.spot), place(map.contact(*b)?.spot));
            let d = format!("M{} {}L{} {}", number(x), number(y), number(u), number(v));
            Some(Stroke { d, class: "line-grey" })
        };
        let tied = map.contacts.iter().filter(|contact| contact.is_connectable());
        Self {
            title: t_with("network-picture", &[("x", map.ego.name.as_str())]),
            ego: short(map.ego.name.as_str()),
            corners: Sector::ALL.iter().map(|sector| corner(*sector)).collect(),
            links: map.links.iter().filter_map(stroke).collect(),
            ties: tied.map(tie).collect(),
            nodes: map.contacts.iter().map(|contact| node(contact, path)).collect(),
        }
    }
}

fn node(contact: &Contact, path: &str) -> Node {
    let (x, y) = place(contact.spot);
    let cross = || {
        let (left, right, up, down) = (number(x - 11.0), number(x + 11.0), number(y - 11.0), number(y + 11.0));
        format!("M{left} {up}L{right} {down}M{right} {up}L{left} {down}")
    };
    Node {
        path: format!("{path}&kontakt={}#kontakt", contact.id),
        label: label(contact),
        name: short(contact.name.as_str()),
        shape: outline(contact.symbol, (x, y)),
        class: if contact.is_connected() { "fill-surface line-blue" } else { "fill-paper line-grey" },
        cross: contact.deceased.then(cross),
        x: number(x),
        y: number(y + 25.0),
    }
}
