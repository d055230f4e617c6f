// SPDX-License-Identifier: EUPL-1.2
//! Points to spaces beside geopandas in the same run, and the preview of a new cut for a list of addresses.

use crate::Outcome;
use app::territory::compare;
use domain::kernel::{Line, RegionId, SpaceId, TeamId};
use domain::territory::{
    Address, Boundary, Locator, Point, Polygon, Prepared, Recut, Ring, SocialSpace, SpaceKey, StreetDirectory,
    Territory, read_streets,
};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Corners of one side of a tile: four sides make about a thousand.
const JAGS: i64 = 250;
/// Side of a tile in millimetres.
const SIDE: i64 = 1_000_000;
/// Streets of the invented directory, each cut in two in the new one.
const STREETS: usize = 4_000;

/// Points against so many polygons.
pub struct Points {
    pub polygons: usize,
    pub corners: usize,
    pub points: usize,
    pub built_in: Duration,
    /// Points a second on one core.
    pub ours: f64,
    /// Points a second of geopandas with its version; why not, if there is none.
    pub geopandas: Result<(f64, String), String>,
    /// The same of PostGIS.
    pub postgis: Result<(f64, String), String>,
}

/// The preview of a new cut.
pub struct Cut {
    pub addresses: usize,
    pub moved: u64,
    /// Time to settle the spelling of all addresses, once.
    pub prepared_in: Duration,
    /// Time to compare both cuts on one core, and on all.
    pub compared_in: [Duration; 2],
}

/// What was measured.
#[derive(Default)]
pub struct Quarter {
    pub points: Vec<Points>,
    pub cut: Option<Cut>,
}

/// A repeatable stream of numbers.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    pub fn below(&mut self, limit: i64) -> i64 {
        i64::try_from(self.next() >> 33).unwrap_or_default() % limit.max(1)
    }
}

type Place = (i64, i64);

/// A district of square tiles with jagged borders that neighbours share.
#[derive(Clone, Copy)]
struct Tiles {
    columns: i64,
    rows: i64,
    /// Moves every upright border inside of the district so far east.
    shift: i64,
}

impl Tiles {
    /// The border that begins at a crossing and runs east or north, without its end.
    fn side(self, column: i64, row: i64, east: bool) -> Vec<Place> {
        let number = (column * 7_919 + row * 2 + i64::from(east)).unsigned_abs();
        let mut dice = Dice(number);
        let start = (column * SIDE, row * SIDE);
        let inside = !east && column > 0 && column < self.columns;
        let moved = |step: i64| if inside { self.shift * (step.min(JAGS - step) * 2) / JAGS } else { 0 };
        (0..JAGS)
            .map(|step| {
                let (along, jag) = (step * SIDE / JAGS, if step == 0 { 0 } else { dice.below(SIDE / 400) });
                if east { (start.0 + along, start.1 + jag) } else { (start.0 + jag + moved(step), start.1 + along) }
            })
            .collect()
    }

    fn ring(self, column: i64, row: i64) -> Vec<Place> {
        let mut ring = self.side(column, row, true);
        ring.extend(self.side(column + 1, row, false));
        let back = |mut side: Vec<Place>, end: Place| {
            side.push(end);
            side.reverse();
            side.pop();
            side
        };
        ring.extend(back(self.side(column, row + 1, true), ((column + 1) * SIDE, (row + 1) * SIDE)));
        ring.extend(back(self.side(column, row, false), (column * SIDE, (row + 1) * SIDE)));
        ring
    }

    fn rings(self) -> Vec<Vec<Place>> {
        (0..self.rows).flat_map(|row| (0..self.columns).map(move |column| self.ring(column, row))).collect()
    }
}

fn point((x, y): Place) -> Outcome<Point> {
    Point::from_mm(400_000_000 + x, 5_700_000_000 + y).map_err(|refusal| refusal.rule.code().to_owned())
}

fn boundaries(rings: &[Vec<Place>]) -> Outcome<Vec<(SpaceId, Boundary)>> {
    let one = |(number, ring): (u128, &Vec<Place>)| {
        let corners = ring.iter().map(|place| point(*place)).collect::<Outcome<Vec<_>>>()?;
        let wrong = |refusal: domain::kernel::Refusal| refusal.rule.code().to_owned();
        let ring = Ring::new(corners).map_err(wrong)?;
        let boundary = Boundary::new(vec![Polygon::new(ring, Vec::new())]).map_err(wrong)?;
        Ok((SpaceId(Uuid::from_u128(number)), boundary))
    };
    (1..).zip(rings).map(one).collect()
}

fn places(tiles: Tiles, count: usize) -> Vec<Place> {
    let mut dice = Dice(7);
    (0..count).map(|_| (dice.below(tiles.columns * SIDE), dice.below(tiles.rows * SIDE))).collect()
}

/// Points against 100 and 5,000 polygons, and the preview of a new cut.
pub fn measure(dir: &Path, points: usize, server: Option<&str>) -> Outcome<Quarter> {
    let mut quarter = Quarter::default();
    for (columns, rows) in [(10, 10), (100, 50)] {
        quarter.points.push(against((dir, server), Tiles { columns, rows, shift: 0 }, points)?);
    }
    quarter.cut = Some(cut(points)?);
    Ok(quarter)
}

fn against((dir, server): (&Path, Option<&str>), tiles: Tiles, count: usize) -> Outcome<Points> {
    let rings = tiles.rings();
    let boundaries = boundaries(&rings)?;
    let places = places(tiles, count);
    let points = places.iter().map(|place| point(*place)).collect::<Outcome<Vec<_>>>()?;
    let begin = Instant::now();
    let locator = Locator::build(&boundaries);
    let built_in = begin.elapsed();
    let begin = Instant::now();
    let inside = points.iter().filter(|point| !matches!(locator.locate(**point), domain::territory::Found::Outside));
    let inside = inside.count();
    let ours = count as f64 / begin.elapsed().as_secs_f64().max(1e-9);
    if inside * 10 < count * 9 {
        return Err(format!("only {inside} of {count} points lie in a space"));
    }
    let geopandas = geopandas(dir, &rings, &places);
    let postgis = crate::postgis::rate(server, &rings, &places);
    let corners = rings.iter().map(Vec::len).sum();
    Ok(Points { polygons: rings.len(), corners, points: count, built_in, ours, geopandas, postgis })
}

/// Hands the same polygons and points to geopandas, if Python has it.
fn geopandas(dir: &Path, rings: &[Vec<Place>], places: &[Place]) -> Result<(f64, String), String> {
    let metres = |mm: i64| (mm as f64 / 1000.0).to_le_bytes();
    let mut shapes = Vec::new();
    shapes.extend((rings.len() as u64).to_le_bytes());
    for ring in rings {
        shapes.extend((ring.len() as u64).to_le_bytes());
        ring.iter().for_each(|(x, y)| shapes.extend(metres(*x).into_iter().chain(metres(*y))));
    }
    let points: Vec<u8> = places.iter().flat_map(|(x, y)| metres(*x).into_iter().chain(metres(*y))).collect();
    let files = [dir.join("polygons.bin"), dir.join("points.bin")];
    for (file, bytes) in files.iter().zip([shapes, points]) {
        let written = fs::File::create(file).and_then(|mut out| out.write_all(&bytes));
        written.map_err(|e| format!("{}: {e}", file.display()))?;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/points.py");
    let said = Command::new("python3").arg(script).args(&files).output().or(Err("not installed".to_owned()))?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let mut words = text.split_whitespace();
    let rate = words.next().and_then(|word| word.parse().ok()).ok_or("not installed")?;
    Ok((rate, words.nth(1).unwrap_or("?").to_owned()))
}

/// The street directory: each street one stretch before, two after.
fn streets(halved: bool, keys: &[SpaceKey]) -> StreetDirectory {
    let table = |text: &str| text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect::<Vec<_>>();
    let zu: String = keys.iter().map(|key| format!("1;{key};{key};1\n")).collect();
    let mut ra = String::new();
    for number in 0..STREETS {
        let (key, next) = (&keys[number % keys.len()], &keys[(number + 1) % keys.len()]);
        if halved {
            ra.push_str(&format!("1;43017;Ort;Straße {number};1;;49;;2;;50;;{key}\n"));
            ra.push_str(&format!("1;43017;Ort;Straße {number};51;;997;;52;;998;;{next}\n"));
        } else {
            ra.push_str(&format!("1;43017;Ort;Straße {number};1;;997;;2;;998;;{key}\n"));
        }
    }
    StreetDirectory::build(&read_streets(&table(&zu), &table(&ra)).ranges)
}

/// Half of the addresses by street and number, half by their place.
fn cut(count: usize) -> Outcome<Cut> {
    let tiles = Tiles { columns: 10, rows: 10, shift: 0 };
    let keys: Vec<SpaceKey> =
        (0..100).filter_map(|number| SpaceKey::parse(&format!("{:09}", 100_100_100 + number)).ok()).collect();
    let name = Line::parse("Sozialraum").map_err(|refusal| refusal.rule.code().to_owned())?;
    let spaces = |(number, key): (u128, &SpaceKey)| SocialSpace {
        id: SpaceId(Uuid::from_u128(number)),
        region: RegionId(Uuid::nil()),
        team: TeamId(Uuid::nil()),
        key: key.clone(),
        name: name.clone(),
    };
    let territory = |shift: i64, halved: bool| {
        let rings = Tiles { shift, ..tiles }.rings();
        let locator = Locator::build(&boundaries(&rings)?);
        let all = (1..).zip(&keys).map(spaces).collect();
        Territory::new(all, locator, streets(halved, &keys)).map_err(|refusal| refusal.rule.code().to_owned())
    };
    let (before, after) = (territory(0, false)?, territory(SIDE / 4, true)?);
    let mut dice = Dice(11);
    let street = |dice: &mut Dice| {
        Address::read(&format!("Straße {} {}, 43017 Ort", dice.below(STREETS as i64), 1 + dice.below(120)))
    };
    let mut all = Vec::with_capacity(count);
    for (number, place) in places(tiles, count).into_iter().enumerate() {
        let by_place = Address { point: Some(point(place)?), ..Address::default() };
        all.push(if number % 2 == 0 { street(&mut dice) } else { by_place });
    }
    let begin = Instant::now();
    let prepared: Vec<Prepared> = all.iter().map(Prepared::new).collect();
    let prepared_in = begin.elapsed();
    let begin = Instant::now();
    let seen = Recut::of(&before, &after, &prepared);
    let alone = begin.elapsed();
    let begin = Instant::now();
    let again = compare(&before, &after, &prepared);
    let together = begin.elapsed();
    if seen != again {
        return Err("the preview differs between one core and all".into());
    }
    Ok(Cut { addresses: count, moved: seen.moved(), prepared_in, compared_in: [alone, together] })
}

/// The section of the page.
pub fn page(quarter: &Quarter) -> String {
    let mut text = String::from(
        "\n## Points to spaces, and a new cut\n\nThe same polygons and points for both, one core each; borders are decided \
         exactly (a property test compares each with the slow exact rule). The goal: ten times geopandas.\n\n\
         PostGIS joins with a spatial index, its first 200,000 points.\n\n\
         | Polygons | corners | points | made ready in | points/s | geopandas, points/s | of the peer | PostGIS, points/s | of the peer |\n\
         |--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    );
    for one in &quarter.points {
        let beside = |peer: &Result<(f64, String), String>| match peer {
            Ok((rate, version)) => format!("{rate:.0} ({version}) | {:.1} ×", one.ours / rate.max(1.0)),
            Err(why) => format!("not measured: {why} | –"),
        };
        let (peer, other) = (beside(&one.geopandas), beside(&one.postgis));
        text.push_str(&format!(
            "\n| {} | {} | {} | {:.2} s | {:.0} | {peer} | {other} |",
            one.polygons,
            one.corners,
            one.points,
            one.built_in.as_secs_f64(),
            one.ours
        ));
    }
    if let Some(cut) = &quarter.cut {
        text.push_str(&format!(
            "\n\n| Preview of a new cut, {} addresses, {} change their space | |\n|---|--:|\n| Spelling settled, once | {:.2} s |\n\
             | Both cuts compared, one core | {:.2} s |\n| … all cores | {:.2} s |\n",
            cut.addresses,
            cut.moved,
            cut.prepared_in.as_secs_f64(),
            cut.compared_in[0].as_secs_f64(),
            cut.compared_in[1].as_secs_f64()
        ));
    }
    text
}
