// SPDX-License-Identifier: EUPL-1.2
//! Regions, teams, spaces, and the dated editions of boundaries and streets. An edition is never changed;
//! the one in force on a day is the latest that had begun by then.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::kernel::{Day, EditionId, Line, RegionId, SpaceId, TeamId};
use domain::territory::{Bound, Boundary, Point, Polygon, Postcode, Ring, SocialSpace, SpaceKey, Span, StreetRange};

crate::statement! {
    SPACES = "SELECT id, region_id, team_id, key, name FROM social_space WHERE office_id = $1 ORDER BY key";
    NEWEST_SPACE = "SELECT id FROM social_space WHERE office_id = $1 ORDER BY id DESC LIMIT 1";
    SPACE_TEAM = "SELECT team_id FROM social_space WHERE office_id = $1 AND id = $2";
    OVERVIEW = "SELECT s.id, s.key, s.name, r.name, t.id, t.name FROM social_space s
                JOIN region r ON r.office_id = s.office_id AND r.id = s.region_id
                JOIN team t ON t.office_id = s.office_id AND t.id = s.team_id
                WHERE s.office_id = $1 ORDER BY r.name, s.name";
    TEAMS = "SELECT t.id, t.name, t.region_id, r.name FROM team t JOIN region r ON r.office_id = t.office_id AND r.id = t.region_id
             WHERE t.office_id = $1 ORDER BY t.name";
    DUTY_DESK = "SELECT id FROM team WHERE office_id = $1 AND duty_desk_since IS NOT NULL ORDER BY duty_desk_since DESC, id LIMIT 1";
    REGION_BY_NAME = "SELECT id FROM region WHERE office_id = $1 AND name = $2";
    INSERT_REGION = "INSERT INTO region (office_id, id, name) VALUES ($1, $2, $3)";
    INSERT_TEAM = "INSERT INTO team (office_id, id, region_id, name, duty_desk_since) VALUES ($1, $2, $3, $4, $5)";
    INSERT_SPACE = "INSERT INTO social_space (office_id, id, region_id, team_id, key, name) VALUES ($1, $2, $3, $4, $5, $6)";
    RENAME_SPACE = "UPDATE social_space SET name = $3 WHERE office_id = $1 AND id = $2";
    EDITION = "SELECT e.id FROM territory_edition e WHERE e.office_id = $1 AND e.kind = $2 AND e.valid_from <= $3
               AND NOT EXISTS (SELECT 1 FROM edition_hold h WHERE h.office_id = e.office_id AND h.edition_id = e.id)
               ORDER BY e.valid_from DESC, e.imported_at DESC, e.id DESC LIMIT 1";
    INSERT_EDITION = "INSERT INTO territory_edition (office_id, id, kind, valid_from, imported_at) VALUES ($1, $2, $3, $4, $5)";
    BOUNDARIES = "SELECT space_id, shape FROM boundary WHERE office_id = $1 AND edition_id = $2 ORDER BY space_id";
    INSERT_BOUNDARY = "INSERT INTO boundary (office_id, edition_id, space_id, shape) VALUES ($1, $2, $3, $4)";
    RANGES = "SELECT seq, street, postcode, place, odd_from, odd_to, even_from, even_to, key FROM street_range
              WHERE office_id = $1 AND edition_id = $2 ORDER BY seq";
    INSERT_RANGE = "INSERT INTO street_range (office_id, edition_id, seq, street, postcode, place, odd_from, odd_to, even_from, even_to, key)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
}

/// What an edition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionKind {
    /// Boundaries of spaces.
    Boundaries,
    /// The street directory.
    Streets,
}

impl EditionKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Boundaries => "boundaries",
            Self::Streets => "streets",
        }
    }
}

/// All spaces, by key.
///
/// # Errors
/// When the engine fails.
pub fn spaces(tx: &ReadTx<'_>) -> Result<Vec<SocialSpace>, StoreError> {
    tx.rows(&SPACES, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("social_space");
            Ok(SocialSpace {
                id: row.id()?,
                region: row.id()?,
                team: row.id()?,
                key: row.parsed(SpaceKey::parse)?,
                name: row.parsed(Line::parse)?,
            })
        })
        .collect()
}

/// The space that was added last.
///
/// # Errors
/// When the engine fails.
pub fn newest_space(tx: &ReadTx<'_>) -> Result<Option<SpaceId>, StoreError> {
    tx.one(&NEWEST_SPACE, &[])?.map(|row| row.read("social_space").id()).transpose()
}

/// The team that works in a space now.
///
/// # Errors
/// When the engine fails.
pub fn team_of(tx: &ReadTx<'_>, space: SpaceId) -> Result<Option<TeamId>, StoreError> {
    tx.one(&SPACE_TEAM, &[space.into()])?.map(|row| row.read("social_space").id()).transpose()
}

/// A space as shown.
#[derive(Debug, Clone)]
pub struct SpaceLine {
    /// Id.
    pub id: SpaceId,
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// Region.
    pub region: String,
    /// Team.
    pub team: TeamId,
    /// Its name.
    pub team_name: String,
}

/// All spaces with region and team, by name.
///
/// # Errors
/// When the engine fails.
pub fn overview(tx: &ReadTx<'_>) -> Result<Vec<SpaceLine>, StoreError> {
    tx.rows(&OVERVIEW, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("social_space");
            Ok(SpaceLine {
                id: row.id()?,
                key: row.text()?,
                name: row.text()?,
                region: row.text()?,
                team: row.id()?,
                team_name: row.text()?,
            })
        })
        .collect()
}

/// A team as shown.
#[derive(Debug, Clone)]
pub struct TeamLine {
    /// Id.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// Region.
    pub region: RegionId,
    /// Its name.
    pub region_name: String,
}

/// All teams, by name.
///
/// # Errors
/// When the engine fails.
pub fn teams(tx: &ReadTx<'_>) -> Result<Vec<TeamLine>, StoreError> {
    tx.rows(&TEAMS, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("team");
            Ok(TeamLine { id: row.id()?, name: row.text()?, region: row.id()?, region_name: row.text()? })
        })
        .collect()
}

/// The team that holds the duty desk (Bereitschaft). There always is one once spaces are imported.
///
/// # Errors
/// When the engine fails.
pub fn duty_desk(tx: &ReadTx<'_>) -> Result<Option<TeamId>, StoreError> {
    tx.one(&DUTY_DESK, &[])?.map(|row| row.read("team").id()).transpose()
}

/// The region of this name.
///
/// # Errors
/// When the engine fails.
pub fn region_by_name(tx: &ReadTx<'_>, name: &Line) -> Result<Option<RegionId>, StoreError> {
    tx.one(&REGION_BY_NAME, &[name.as_str().into()])?.map(|row| row.read("region").id()).transpose()
}

/// Adds a region.
///
/// # Errors
/// When the engine fails.
pub fn insert_region(tx: &WriteTx<'_>, id: RegionId, name: &Line) -> Result<(), StoreError> {
    tx.run(&INSERT_REGION, &[id.into(), name.as_str().into()]).map(|_| ())
}

/// Adds a team; with a day, it holds the duty desk from then on.
///
/// # Errors
/// [`StoreError::Duplicate`] when the name is taken.
pub fn insert_team(
    tx: &WriteTx<'_>,
    id: TeamId,
    region: RegionId,
    name: &str,
    duty_since: Option<Day>,
) -> Result<(), StoreError> {
    tx.run(&INSERT_TEAM, &[id.into(), region.into(), name.into(), duty_since.into()]).map(|_| ())
}

/// Adds a space.
///
/// # Errors
/// [`StoreError::Duplicate`] when the key is taken.
pub fn insert_space(tx: &WriteTx<'_>, space: &SocialSpace) -> Result<(), StoreError> {
    let params = [
        space.id.into(),
        space.region.into(),
        space.team.into(),
        space.key.as_str().into(),
        space.name.as_str().into(),
    ];
    tx.run(&INSERT_SPACE, &params).map(|_| ())
}

/// Gives a space another name.
///
/// # Errors
/// When the engine fails.
pub fn rename_space(tx: &WriteTx<'_>, id: SpaceId, name: &Line) -> Result<(), StoreError> {
    tx.run(&RENAME_SPACE, &[id.into(), name.as_str().into()]).map(|_| ())
}

/// The edition in force on a day.
///
/// # Errors
/// When the engine fails.
pub fn edition_on(tx: &ReadTx<'_>, kind: EditionKind, day: Day) -> Result<Option<EditionId>, StoreError> {
    tx.one(&EDITION, &[kind.code().into(), day.into()])?.map(|row| row.read("territory_edition").id()).transpose()
}

/// Begins an edition.
///
/// # Errors
/// When the engine fails.
pub fn insert_edition(tx: &WriteTx<'_>, id: EditionId, kind: EditionKind, valid_from: Day) -> Result<(), StoreError> {
    tx.run(&INSERT_EDITION, &[id.into(), kind.code().into(), valid_from.into(), tx.now().into()]).map(|_| ())
}

/// Adds a boundary to an edition.
///
/// # Errors
/// When the engine fails.
pub fn insert_boundary(
    tx: &WriteTx<'_>,
    edition: EditionId,
    space: SpaceId,
    boundary: &Boundary,
) -> Result<(), StoreError> {
    tx.run(&INSERT_BOUNDARY, &[edition.into(), space.into(), shape(boundary).into()]).map(|_| ())
}

/// The boundaries of an edition.
///
/// # Errors
/// When the engine fails or a shape cannot be read.
pub fn boundaries(tx: &ReadTx<'_>, edition: EditionId) -> Result<Vec<(SpaceId, Boundary)>, StoreError> {
    tx.rows(&BOUNDARIES, &[edition.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("boundary");
            let space = row.id()?;
            let boundary = boundary(&row.text()?).ok_or(StoreError::Inconsistent("boundary", "shape".into()))?;
            Ok((space, boundary))
        })
        .collect()
}

/// `east,north east,north;hole|next polygon`, in millimetres.
fn shape(boundary: &Boundary) -> String {
    let ring = |ring: &Ring| {
        let corner = |point: &Point| format!("{},{}", point.east_mm(), point.north_mm());
        ring.corners().iter().map(corner).collect::<Vec<_>>().join(" ")
    };
    let polygon = |polygon: &Polygon| {
        std::iter::once(polygon.outer()).chain(polygon.holes()).map(ring).collect::<Vec<_>>().join(";")
    };
    boundary.polygons().iter().map(polygon).collect::<Vec<_>>().join("|")
}

fn boundary(shape: &str) -> Option<Boundary> {
    let corner = |text: &str| {
        let (east, north) = text.split_once(',')?;
        Point::from_mm(east.parse().ok()?, north.parse().ok()?).ok()
    };
    let ring = |text: &str| Ring::new(text.split(' ').map(corner).collect::<Option<Vec<_>>>()?).ok();
    let polygon = |text: &str| {
        let mut rings = text.split(';').map(ring).collect::<Option<Vec<_>>>()?.into_iter();
        Some(Polygon::new(rings.next()?, rings.collect()))
    };
    Boundary::new(shape.split('|').map(polygon).collect::<Option<Vec<_>>>()?).ok()
}

/// Adds a row to an edition of the street directory.
///
/// # Errors
/// When the engine fails.
pub fn insert_range(tx: &WriteTx<'_>, edition: EditionId, seq: i64, range: &StreetRange) -> Result<(), StoreError> {
    let end = |span: &Option<Span>, pick: fn(&Span) -> &Bound| span.as_ref().map(|span| bound_text(pick(span)));
    let params: [Value; 10] = [
        edition.into(),
        seq.into(),
        range.street.as_str().into(),
        range.postcode.as_ref().map(|postcode| postcode.as_str().to_owned()).into(),
        range.place.as_ref().map(|place| place.as_str().to_owned()).into(),
        end(&range.odd, |span| &span.from).into(),
        end(&range.odd, |span| &span.to).into(),
        end(&range.even, |span| &span.from).into(),
        end(&range.even, |span| &span.to).into(),
        range.key.as_str().into(),
    ];
    tx.run(&INSERT_RANGE, &params).map(|_| ())
}

/// The rows of an edition of the street directory.
///
/// # Errors
/// When the engine fails or a row cannot be read.
pub fn ranges(tx: &ReadTx<'_>, edition: EditionId) -> Result<Vec<StreetRange>, StoreError> {
    tx.rows(&RANGES, &[edition.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("street_range");
            let seq = row.int()?;
            Ok(StreetRange {
                row: usize::try_from(seq).unwrap_or_default(),
                street: row.parsed(Line::parse)?,
                postcode: row.maybe_parsed(Postcode::parse)?,
                place: row.maybe_parsed(Line::parse)?,
                odd: span(row.maybe_text()?, row.maybe_text()?)?,
                even: span(row.maybe_text()?, row.maybe_text()?)?,
                key: row.parsed(SpaceKey::parse)?,
            })
        })
        .collect()
}

/// `12a`, or `*` for the end of the street.
fn bound_text(bound: &Bound) -> String {
    bound.number.map_or_else(|| "*".to_owned(), |number| format!("{number}{}", bound.addition))
}

fn span(from: Option<String>, to: Option<String>) -> Result<Option<Span>, StoreError> {
    let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
    let wrong = || StoreError::Inconsistent("street_range", "bound".into());
    let bound = |text: &str| {
        if text == "*" {
            return Some(Bound { number: None, addition: String::new() });
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, addition) = text.split_at(digits);
        Some(Bound { number: Some(number.parse().ok()?), addition: addition.to_owned() })
    };
    Ok(Some(Span { from: bound(&from).ok_or_else(wrong)?, to: bound(&to).ok_or_else(wrong)? }))
}
