// SPDX-License-Identifier: EUPL-1.2
//! The invented map: social spaces with jagged borders that fit each other exactly, and their streets. The
//! coordinates (ETRS89/UTM 32) lie in the open sea, where nobody lives.

use super::chance::Chance;
use super::size::Size;
use super::words::{self, Words};

/// West and south edge of the town, in metres.
const CORNER: (f64, f64) = (398_000.0, 5_998_000.0);
/// Sides of a space, in metres.
const CELL: f64 = 1_600.0;
/// Corners on each side of a space.
const JAGS: usize = 9;
/// No postcode begins with 43.
pub const POSTCODE: &str = "43017";
/// No municipality has this key.
const MUNICIPALITY: &str = "99043017";
pub const TOWN: &str = "Musterhafen";

/// A space on the map.
#[derive(Debug, Clone)]
pub struct Quarter {
    pub key: String,
    pub name: String,
    pub region: usize,
    /// Its streets, each with the house numbers that belong to it.
    pub streets: Vec<Street>,
}

/// A street or the part of it that lies in one space.
#[derive(Debug, Clone)]
pub struct Street {
    pub name: String,
    first: u32,
    last: u32,
}

impl Quarter {
    /// Some address in it.
    pub fn address(&self, chance: &mut Chance) -> String {
        let Some(street) = chance.pick(&self.streets) else { return TOWN.to_owned() };
        let reach = usize::try_from(street.last.min(60) - street.first).unwrap_or_default();
        let number = street.first as usize + chance.below(reach + 1);
        format!("{} {number}, {POSTCODE} {TOWN}", street.name)
    }
}

/// The name of a region.
pub fn region_name(words: &Words, region: usize) -> String {
    format!("Region {}", words::nth(&words.regions, region))
}

/// All spaces, region by region.
pub fn quarters(size: Size, words: &Words) -> Vec<Quarter> {
    let names: Vec<String> = words
        .quarter_ends
        .iter()
        .flat_map(|end| words.quarter_beginnings.iter().map(move |begin| format!("{begin}{end}")))
        .collect();
    let mut all: Vec<Quarter> = (0..size.regions * size.quarters)
        .map(|at| Quarter {
            key: (100_100_100 + 100 * at).to_string(),
            name: names.get(at * 7 % names.len().max(1)).cloned().unwrap_or_default(),
            region: at / size.quarters,
            streets: Vec::new(),
        })
        .collect();
    pave(&mut all, words);
    all
}

/// Fifteen streets a space; every fifth goes on in the next space.
fn pave(all: &mut [Quarter], words: &Words) {
    let count = all.len();
    for number in 0..count * 15 {
        let name = street_name(words, number);
        let (here, next) = (number % count, (number + 1) % count);
        if number % 5 == 4 && count > 1 {
            all[here].streets.push(Street { name: name.clone(), first: 1, last: 40 });
            all[next].streets.push(Street { name, first: 41, last: 999 });
        } else {
            all[here].streets.push(Street { name, first: 1, last: 999 });
        }
    }
}

/// The n-th street; when all pairs of words are used up, `Lindenweg Nord` and so on.
fn street_name(words: &Words, number: usize) -> String {
    let ends = words.street_ends.len().max(1);
    let name =
        format!("{}{}", words::nth(&words.street_beginnings, number / ends), words::nth(&words.street_ends, number));
    match (number / ends / words.street_beginnings.len().max(1)).checked_sub(1) {
        Some(round) => format!("{name} {}", words::nth(&words.regions, round)),
        None => name,
    }
}

/// The tables `-zu` and `-ra` of the street directory.
pub fn streets(quarters: &[Quarter]) -> (String, String) {
    let (mut zu, mut ra) = (String::new(), String::new());
    for (number, quarter) in quarters.iter().enumerate() {
        zu.push_str(&format!("{MUNICIPALITY};{};{};{}\r\n", quarter.key, quarter.name, 6_200 + 310 * (number % 9)));
        for street in &quarter.streets {
            let Street { name, first, last } = street;
            let odd = (first | 1, if last % 2 == 1 { *last } else { last - 1 });
            let even = (first + first % 2, last - last % 2);
            let sides = format!("{};;{};;{};;{};", odd.0, odd.1, even.0, even.1);
            ra.push_str(&format!("{MUNICIPALITY};{POSTCODE};{TOWN};{name};{sides};{}\r\n", quarter.key));
        }
    }
    (zu, ra)
}

/// The boundaries as GeoJSON. Spaces stand on a board; a border is made once and used from both sides.
pub fn geojson(quarters: &[Quarter], words: &Words) -> String {
    let columns = (1..).find(|side| side * side >= quarters.len()).unwrap_or(1);
    let mut text = String::from(
        r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}},"features":["#,
    );
    for (at, quarter) in quarters.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let region = region_name(words, quarter.region);
        text.push_str(&format!(
            r#"{comma}{{"type":"Feature","properties":{{"schluessel":"{}","name":"{}","region":"{region}"}},"geometry":{{"type":"Polygon","coordinates":[["#,
            quarter.key, quarter.name
        ));
        // The first region lies in the north.
        let ring = ring(at % columns, columns - 1 - at / columns);
        for (number, (east, north)) in ring.iter().enumerate() {
            text.push_str(&format!("{}[{east:.2},{north:.2}]", if number == 0 { "" } else { "," }));
        }
        text.push_str("]]}}");
    }
    text.push_str("]}");
    text
}

type Place = (f64, f64);

fn ring(column: usize, row: usize) -> Vec<Place> {
    let backwards = |mut side: Vec<Place>| {
        side.reverse();
        side
    };
    let sides = [
        side(column, row, true),
        side(column + 1, row, false),
        backwards(side(column, row + 1, true)),
        backwards(side(column, row, false)),
    ];
    let mut ring: Vec<Place> = sides.iter().flat_map(|side| &side[..JAGS]).copied().collect();
    ring.extend(ring.first().copied());
    ring
}

/// The border that begins at a crossing and runs east or north.
fn side(column: usize, row: usize, east: bool) -> Vec<Place> {
    let start = (CORNER.0 + column as f64 * CELL, CORNER.1 + row as f64 * CELL);
    let mut chance = Chance::of(900_000 + column * 1_000 + row * 2 + usize::from(east));
    (0..=JAGS)
        .map(|step| {
            let along = step as f64 * CELL / JAGS as f64;
            let inner = step > 0 && step < JAGS;
            let aside = if inner { f64::from(chance.between(-70, 70)) } else { 0.0 };
            if east { (start.0 + along, start.1 + aside) } else { (start.0 + aside, start.1 + along) }
        })
        .collect()
}
