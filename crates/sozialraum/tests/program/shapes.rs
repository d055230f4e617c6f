// SPDX-License-Identifier: EUPL-1.2
//! Invented districts as GeoJSON, shaped like real ones: jagged borders shared to the millimetre, lakes,
//! exclaves, collections in collections, keys that lost a zero; and the faults that real files have.

use domain::territory::Point;
use std::collections::BTreeSet;

/// A repeatable stream of numbers (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % u64::try_from(high - low + 1).unwrap()) as i64
    }
}

pub type Place = (i64, i64);

/// So many millimetres from a corner near 53.5° North, 9.99° East.
pub fn at((x, y): Place) -> Point {
    Point::from_mm(565_000_000 + x, 5_930_000_000 + y).unwrap()
}

/// In which system a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum System {
    Degrees,
    Utm32,
}

/// A fault planted at one tile.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Gap,
    Overlap,
    BowTie,
    SwappedAxes,
}

/// A district of columns × rows tiles.
pub struct District {
    pub columns: i64,
    pub rows: i64,
    pub system: System,
    pub faults: Vec<(i64, Fault)>,
    /// The key of a tile.
    pub key: fn(i64) -> String,
    /// What is put before every name.
    pub prefix: &'static str,
}

pub const SIDE: i64 = 1_500_000;
const STEPS: i64 = 6;
const SEED: u64 = 20_260_801;

impl District {
    pub fn new(columns: i64, rows: i64) -> Self {
        let key = |number| format!("{:08}", 1_053_001 + number);
        Self { columns, rows, system: System::Degrees, faults: Vec::new(), key, prefix: "Viertel" }
    }

    pub fn count(&self) -> i64 {
        self.columns * self.rows
    }

    fn node(column: i64, row: i64) -> Place {
        let mut dice = Dice(SEED ^ (column as u64 * 7919 + row as u64 * 104_729 + 1));
        let jitter = SIDE / 8;
        (column * SIDE + dice.between(-jitter, jitter), row * SIDE + dice.between(-jitter, jitter))
    }

    /// A corner where tiles meet, and so a point exactly on a border.
    pub fn corner(column: i64, row: i64) -> Place {
        Self::node(column, row)
    }

    /// The jagged way from one node to the next without its end; the same from both sides.
    fn way(from: Place, to: Place) -> Vec<Place> {
        let turned = from > to;
        let (a, b) = if turned { (to, from) } else { (from, to) };
        let mut dice = Dice(SEED ^ (a.0 as u64).rotate_left(17) ^ (a.1 as u64) ^ (b.0 as u64).rotate_left(31));
        let (run, rise) = (b.0 - a.0, b.1 - a.1);
        let place = |step: i64| {
            // Flat towards the nodes, so that ways never cross each other.
            let most = (step.min(STEPS - step) * SIDE / (8 * STEPS)).min(SIDE / 12);
            let jag = if most > 0 { dice.between(-most, most) } else { 0 };
            let flat = (a.0 + run * step / STEPS, a.1 + rise * step / STEPS);
            if run.abs() > rise.abs() { (flat.0, flat.1 + jag) } else { (flat.0 + jag, flat.1) }
        };
        let mut places: Vec<Place> = (0..=STEPS).map(place).collect();
        if turned {
            places.reverse();
        }
        places.pop();
        places
    }

    fn tile(&self, number: i64) -> Vec<Place> {
        let (column, row) = (number % self.columns, number / self.columns);
        let nodes = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        let node = |i: usize| Self::node(nodes[i % 4].0, nodes[i % 4].1);
        (0..4).flat_map(|i| Self::way(node(i), node(i + 1))).collect()
    }

    fn lake(&self, number: i64) -> Vec<Place> {
        let middle = |n: i64| n * SIDE + SIDE / 2;
        let (x, y, r) = (middle(number % self.columns), middle(number / self.columns), SIDE / 9);
        vec![(x - r, y), (x, y - r), (x + r, y + r / 3), (x, y + r)]
    }

    fn position(&self, place: Place, swapped: bool) -> String {
        let point = at(place);
        let (x, y) = match self.system {
            System::Utm32 => {
                let metres = |mm: i64| format!("{}.{:03}", mm / 1000, mm % 1000);
                (metres(point.east_mm()), metres(point.north_mm()))
            }
            System::Degrees => {
                let (latitude, longitude) = point.to_wgs84();
                (format!("{longitude:.9}"), format!("{latitude:.9}"))
            }
        };
        if swapped { format!("[{y},{x}]") } else { format!("[{x},{y}]") }
    }

    fn ring(&self, mut places: Vec<Place>, swapped: bool) -> String {
        places.push(places[0]);
        let positions: Vec<String> = places.into_iter().map(|place| self.position(place, swapped)).collect();
        format!("[{}]", positions.join(","))
    }

    /// One object; every seventh tile has a lake, which is an exclave of the next tile.
    fn feature(&self, number: i64) -> Option<String> {
        let has = |fault| self.faults.contains(&(number, fault));
        if has(Fault::Gap) {
            return None;
        }
        let mut outer = self.tile(number);
        if has(Fault::Overlap) {
            outer.iter_mut().for_each(|(x, _)| *x += SIDE / 5);
        }
        if has(Fault::BowTie) {
            let half = outer.len() / 2;
            outer.swap(1, half);
        }
        let swapped = has(Fault::SwappedAxes);
        let mut rings = vec![self.ring(outer, swapped)];
        if number % 7 == 0 && number + 1 < self.count() {
            rings.push(self.ring(self.lake(number), swapped));
        }
        let tile = format!("[{}]", rings.join(","));
        let geometry = if number % 7 == 1 {
            let exclave = self.ring(self.lake(number - 1), swapped);
            format!(r#"{{"type":"MultiPolygon","coordinates":[{tile},[{exclave}]]}}"#)
        } else {
            format!(r#"{{"type":"Polygon","coordinates":{tile}}}"#)
        };
        let key = (self.key)(number);
        // A spreadsheet took every third key for a number.
        let key = if number % 3 == 0 { key.trim_start_matches('0').to_owned() } else { format!("\"{key}\"") };
        let (name, region) = (format!("{} {}", self.prefix, number + 1), self.region(number));
        let properties = format!(r#"{{"gebiet":{key},"name":"{name}","region":"{region}"}}"#);
        Some(format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#))
    }

    fn region(&self, number: i64) -> &'static str {
        if number / self.columns < self.rows / 2 { "Süd" } else { "Nord" }
    }

    /// The file: one collection a region inside of the whole.
    pub fn geojson(&self) -> String {
        let regions: BTreeSet<&str> = (0..self.count()).map(|number| self.region(number)).collect();
        let collection = |region: &&str| {
            let inside = (0..self.count()).filter(|number| self.region(*number) == *region);
            let features: Vec<String> = inside.filter_map(|number| self.feature(number)).collect();
            format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
        };
        let collections: Vec<String> = regions.iter().map(collection).collect();
        let crs = match self.system {
            System::Degrees => "",
            System::Utm32 => r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}},"#,
        };
        format!(r#"{{"type":"FeatureCollection",{crs}"features":[{}]}}"#, collections.join(","))
    }
}
