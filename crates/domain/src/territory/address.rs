// SPDX-License-Identifier: EUPL-1.2
//! From an address to the social space it belongs to.

use super::directory::{StreetAddress, StreetDirectory, street_key};
use super::house::{HouseNumber, Postcode};
use super::locate::{Found, Locator};
use super::projection::Point;
use super::space::{SocialSpace, SpaceKey};
use crate::kernel::{Line, Refusal, Rule, SpaceId, fold};
use std::collections::BTreeMap;

/// Two spaces of one edition with the same key.
pub const SPACE_KEY_TWICE: Rule = Rule::new("territory.space_key_twice", "Eindeutigkeit");

/// Where somebody lives, as far as it is known.
#[derive(Clone, PartialEq, Eq, Default)]
#[doc(alias = "Anschrift")]
pub struct Address {
    /// The street.
    pub street: Option<Line>,
    /// The house number.
    pub number: Option<HouseNumber>,
    /// The postcode.
    pub postcode: Option<Postcode>,
    /// The place.
    pub place: Option<Line>,
    /// The place on the map, if somebody marked it or a register told it.
    pub point: Option<Point>,
}

impl Address {
    /// Reads an address as somebody told it: `Lindenweg 12`, `Lindenweg 12 a, 22844 Musterhafen`, or a point
    /// of a telephone's map: `53.6051, 9.9123`. What cannot be read is left out, never refused: a report
    /// counts more than its address.
    #[must_use]
    pub fn read(text: &str) -> Self {
        if let Some(point) = degrees(text) {
            return Self { point: Some(point), ..Self::default() };
        }
        let (first, rest) = text.split_once(',').unwrap_or((text, ""));
        let (street, number) = street_and_number(first.trim());
        let (postcode, place) = match rest.trim().split_once(' ') {
            Some((code, place)) if Postcode::parse(code).is_ok() => {
                (Postcode::parse(code).ok(), Line::parse(place).ok())
            }
            _ => (Postcode::parse(rest).ok(), Line::parse(rest).ok().filter(|_| Postcode::parse(rest).is_err())),
        };
        Self { street: Line::parse(street).ok(), number, postcode, place, point: None }
    }
}

/// Latitude and longitude as maps on telephones share them.
fn degrees(text: &str) -> Option<Point> {
    let (latitude, longitude) = text.split_once([',', ';'])?;
    let degree = |text: &str| Some(text.trim()).filter(|text| text.contains('.'))?.parse::<f64>().ok();
    Point::from_wgs84(degree(latitude)?, degree(longitude)?).ok()
}

/// The number begins at the first digit after a blank from which on the rest is a house number; `Straße
/// des 17. Juni 100` keeps its date.
fn street_and_number(text: &str) -> (&str, Option<HouseNumber>) {
    let starts = text.char_indices().filter(|(i, c)| c.is_ascii_digit() && text[..*i].ends_with(' '));
    for (start, _) in starts {
        if let Ok(number) = HouseNumber::parse(&text[start..]) {
            return (text[..start].trim_end(), Some(number));
        }
    }
    (text, None)
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for StreetAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StreetAddress(…)")
    }
}

/// An address whose spelling was settled once, for look-ups in several territories.
#[derive(Clone, PartialEq, Eq, Default)]
#[doc(alias = "Vorbereitete Anschrift")]
pub struct Prepared {
    street: Option<String>,
    number: Option<HouseNumber>,
    postcode: Option<Postcode>,
    place: Option<String>,
    point: Option<Point>,
}

impl Prepared {
    /// Settles the spelling of an address.
    #[must_use]
    pub fn new(address: &Address) -> Self {
        Self {
            street: address.street.as_ref().map(|street| street_key(street.as_str())),
            number: address.number.clone(),
            postcode: address.postcode.clone(),
            place: address.place.as_ref().map(|place| fold(place.as_str())),
            point: address.point,
        }
    }

    /// A bare place on the map.
    #[must_use]
    pub fn at(point: Point) -> Self {
        Self { point: Some(point), ..Self::default() }
    }
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prepared(…)")
    }
}

/// How the space of an address was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "Fundweg")]
pub enum How {
    /// By the street directory.
    Street,
    /// The point lies inside of the space.
    Inside,
    /// The point lies exactly on a border; the rule for borders gave it to this space.
    Border,
}

/// Which social space an address belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zuordnung")]
pub enum Located {
    /// To this one.
    In {
        /// Which space.
        space: SpaceId,
        /// How it was found.
        how: How,
    },
    /// To one of several; a person has to decide.
    Ambiguous(Vec<SpaceId>),
    /// To none of the district.
    OutsideDistrict,
    /// Nothing can be said: no address, or an unknown street and no point.
    Unknown,
}

/// Spaces, boundaries and street directory as they are in force together.
#[derive(Debug)]
#[doc(alias = "Gebietsstand")]
pub struct Territory {
    spaces: Vec<SocialSpace>,
    by_key: BTreeMap<SpaceKey, SpaceId>,
    locator: Locator,
    streets: StreetDirectory,
}

impl Territory {
    /// Joins what is in force on one day.
    ///
    /// # Errors
    /// [`SPACE_KEY_TWICE`].
    pub fn new(spaces: Vec<SocialSpace>, locator: Locator, streets: StreetDirectory) -> Result<Self, Refusal> {
        let by_key: BTreeMap<SpaceKey, SpaceId> = spaces.iter().map(|space| (space.key.clone(), space.id)).collect();
        if by_key.len() != spaces.len() {
            return Err(SPACE_KEY_TWICE.broken());
        }
        Ok(Self { spaces, by_key, locator, streets })
    }

    /// The spaces.
    #[must_use]
    pub fn spaces(&self) -> &[SocialSpace] {
        &self.spaces
    }

    /// The space of this id.
    #[must_use]
    pub fn space(&self, id: SpaceId) -> Option<&SocialSpace> {
        self.spaces.iter().find(|space| space.id == id)
    }

    /// The space that a key of the street directory belongs to: of the same key, or of the borough or
    /// district that the key names with its first six or three digits.
    #[must_use]
    pub fn space_of_key(&self, key: &SpaceKey) -> Option<SpaceId> {
        let exactly = self.by_key.get(key).copied();
        exactly.or_else(|| key.with_coarser().iter().find_map(|key| self.by_key.get(key)).copied())
    }

    /// Keys of the street directory that no space answers to; such streets cannot be assigned.
    #[must_use]
    pub fn keys_without_space(&self) -> Vec<SpaceKey> {
        self.streets.keys().into_iter().filter(|key| self.space_of_key(key).is_none()).collect()
    }

    /// Which space does this point lie in?
    #[must_use]
    pub fn locate_point(&self, point: Point) -> Located {
        match self.locator.locate(point) {
            Found::Inside(space) => Located::In { space, how: How::Inside },
            Found::Border(space) => Located::In { space, how: How::Border },
            Found::Ambiguous(spaces) => Located::Ambiguous(spaces),
            Found::Outside => Located::OutsideDistrict,
        }
    }

    /// The street directory in force.
    #[must_use]
    pub fn streets(&self) -> &StreetDirectory {
        &self.streets
    }

    /// What the street directory says: nothing, one space, or several.
    fn by_street(&self, address: &Prepared) -> Vec<SpaceId> {
        let Some(street) = &address.street else { return Vec::new() };
        let (postcode, place) = (address.postcode.as_ref(), address.place.as_deref());
        let keys = self.streets.keys_of(street, address.number.as_ref(), postcode, place).unwrap_or_default();
        let spaces: Vec<Option<SpaceId>> = keys.into_iter().map(|key| self.space_of_key(key)).collect();
        // A key without a space may be the right one; then the others must not win by that.
        let mut spaces = spaces.into_iter().collect::<Option<Vec<SpaceId>>>().unwrap_or_default();
        spaces.sort_unstable();
        spaces.dedup();
        spaces
    }
}

/// Assigns an address to a social space. The street directory is asked first, because the office itself
/// decided there; the point only where the directory has no clear answer.
#[must_use]
pub fn locate(address: &Address, territory: &Territory) -> Located {
    locate_prepared(&Prepared::new(address), territory)
}

/// Like [`locate`], for an address that is asked about more than once.
#[must_use]
pub fn locate_prepared(address: &Prepared, territory: &Territory) -> Located {
    let candidates = territory.by_street(address);
    if let [space] = candidates[..] {
        return Located::In { space, how: How::Street };
    }
    let by_point = address.point.map(|point| territory.locate_point(point));
    match by_point {
        // The directory named several; the point may choose among them, but not against them.
        Some(Located::In { space, how }) if candidates.is_empty() || candidates.contains(&space) => {
            Located::In { space, how }
        }
        _ if !candidates.is_empty() => Located::Ambiguous(candidates),
        Some(located) => located,
        None => Located::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::streets::read_streets;
    use super::super::testing::{area, at, space};
    use super::*;
    use crate::kernel::{RegionId, TeamId};
    use uuid::Uuid;

    #[test]
    fn addresses_are_read_as_told() {
        let read = |text: &str| {
            let address = Address::read(text);
            let street = address.street.as_ref().map(|street| street.as_str().to_owned());
            (street, address.number.is_some(), address.postcode.is_some(), address.place.is_some())
        };
        assert_eq!(read("Lindenweg 12"), (Some("Lindenweg".into()), true, false, false));
        assert_eq!(read("Lindenweg 12 a, 22844 Musterhafen"), (Some("Lindenweg".into()), true, true, true));
        assert_eq!(read("Straße des 17. Juni 100"), (Some("Straße des 17. Juni".into()), true, false, false));
        assert!(Address::read(" 53.6051, 9.9123 ").point.is_some());
        assert!(Address::read("Lindenweg 12, 9.5").point.is_none());
        assert_eq!(read("unbekannt"), (Some("unbekannt".into()), false, false, false));
        assert_eq!(read("Am Markt 3, Musterhafen"), (Some("Am Markt".into()), true, false, true));
    }

    fn territory() -> Territory {
        let table = |text: &str| text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
        let zu: Vec<Vec<String>> = table("1;100100100;West;1000\n1;100200000;Ost;1000\n1;100300100;Alt;1000");
        let ra: Vec<Vec<String>> = table(
            "1;22844;Musterhafen;Lindenweg;1;;997;;2;;998;;100100100\n\
             1;22844;Musterhafen;Hafenstr.;1;;19;;;;;;100100100\n\
             1;22844;Musterhafen;Hafenstr.;21;;997;;;;;;100200300\n\
             1;22844;Musterhafen;Altstraße;1;;997;;;;;;100300100",
        );
        let read = read_streets(&zu, &ra);
        let named = |number: u128, key: &str| SocialSpace {
            id: space(number),
            region: RegionId(Uuid::from_u128(1)),
            team: TeamId(Uuid::from_u128(1)),
            key: SpaceKey::parse(key).unwrap(),
            name: Line::parse(key).unwrap(),
        };
        let square = |x: i64| area(&[(x, 0), (x + 1000, 0), (x + 1000, 1000), (x, 1000)]);
        let locator = Locator::build(&[(space(1), square(0)), (space(2), square(1000))]);
        let spaces = vec![named(1, "100100100"), named(2, "100200000")];
        Territory::new(spaces, locator, StreetDirectory::build(&read.ranges)).unwrap()
    }

    fn check(street: &str, number: &str, point: Option<(i64, i64)>, expected: &Located) {
        let address = Address {
            street: Line::optional(street).unwrap(),
            number: HouseNumber::parse(number).ok(),
            point: point.map(|(x, y)| at(x, y)),
            ..Address::default()
        };
        assert_eq!(locate(&address, &territory()), *expected, "{street} {number} {point:?}");
    }

    #[test]
    fn the_street_is_asked_first_and_the_point_then() {
        let found = |number, how| Located::In { space: space(number), how };
        check("Lindenweg", "12", None, &found(1, How::Street));
        check("Lindenweg", "12", Some((1500, 500)), &found(1, How::Street));
        check("Hafenstraße", "23", None, &found(2, How::Street));
        check("Hafenstraße", "", None, &Located::Ambiguous(vec![space(1), space(2)]));
        check("Hafenstraße", "19-21", Some((1500, 500)), &found(2, How::Inside));
        check("Hafenstraße", "19-21", Some((5000, 500)), &Located::Ambiguous(vec![space(1), space(2)]));
        check("Nirgends", "1", Some((1000, 500)), &found(2, How::Border));
        check("Nirgends", "1", Some((9000, 500)), &Located::OutsideDistrict);
        check("Nirgends", "1", None, &Located::Unknown);
        check("", "", None, &Located::Unknown);
        // A key that no space answers to is no answer.
        check("Altstr", "1", None, &Located::Unknown);
        assert_eq!(territory().keys_without_space()[0].as_str(), "100300100");
    }

    #[test]
    fn keys_are_unique_and_addresses_stay_out_of_logs() {
        let both = territory();
        let spaces = vec![both.spaces()[0].clone(), both.spaces()[0].clone()];
        let refused = Territory::new(spaces, Locator::build(&[]), StreetDirectory::default());
        assert_eq!(refused.err(), Some(SPACE_KEY_TWICE.broken()));
        let address = Address { street: Line::optional("Lindenweg").unwrap(), ..Address::default() };
        assert!(!format!("{address:?}").contains("Linden"));
    }
}
