// SPDX-License-Identifier: EUPL-1.2
//! Degrees and metres: WGS 84 to ETRS89 / UTM 32 and back.
//!
//! WGS 84 is taken to be ETRS89. They differ by less than a metre (the drift of the continent), which
//! no address coordinate resolves and no official file corrects for.

use crate::kernel::{Refusal, Rule};
use proj4rs::proj::Proj;
use proj4rs::transform::transform;
use std::sync::LazyLock;

/// A coordinate that is no number.
pub const POINT_NOT_A_NUMBER: Rule = Rule::new("territory.point_not_a_number", "RFC 7946 Abschnitt 3.1.1");
/// A latitude beyond 90 or a longitude beyond 180 degrees.
pub const POINT_NO_SUCH_DEGREE: Rule = Rule::new("territory.point_no_such_degree", "RFC 7946 Abschnitt 4");
/// Latitude and longitude (or easting and northing) changed places.
pub const POINT_AXES_SWAPPED: Rule = Rule::new("territory.point_axes_swapped", "RFC 7946 Abschnitt 3.1.1");
/// A place far from Germany.
pub const POINT_OUTSIDE_GERMANY: Rule =
    Rule::new("territory.point_outside_germany", "Plausibilität: 46,5° bis 56° Nord, 5° bis 16° Ost");

const DEGREES: &str = "+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs";
const ZONE_32: &str = "+proj=utm +zone=32 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs";
const ZONE_33: &str = "+proj=utm +zone=33 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs";

/// The three systems; `None` only if the literals above were wrong, which a test excludes.
static SYSTEMS: LazyLock<Option<[Proj; 3]>> = LazyLock::new(|| {
    let read = |text| Proj::from_proj_string(text).ok();
    Some([read(DEGREES)?, read(ZONE_32)?, read(ZONE_33)?])
});

const LATITUDES: std::ops::RangeInclusive<f64> = 46.5..=56.0;
const LONGITUDES: std::ops::RangeInclusive<f64> = 5.0..=16.0;
/// The same box in metres of zone 32, a little wider.
const EASTINGS: std::ops::RangeInclusive<f64> = 150_000.0..=1_050_000.0;
const NORTHINGS: std::ops::RangeInclusive<f64> = 5_100_000.0..=6_250_000.0;

/// A place on a grid of whole millimetres in ETRS89 / UTM 32 (EPSG:25832), somewhere around Germany.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Punkt")]
pub struct Point {
    east_mm: i64,
    north_mm: i64,
}

impl Point {
    /// From degrees.
    ///
    /// # Errors
    /// [`POINT_NOT_A_NUMBER`], [`POINT_AXES_SWAPPED`], [`POINT_NO_SUCH_DEGREE`], [`POINT_OUTSIDE_GERMANY`].
    pub fn from_wgs84(latitude: f64, longitude: f64) -> Result<Self, Refusal> {
        if !latitude.is_finite() || !longitude.is_finite() {
            return Err(POINT_NOT_A_NUMBER.broken());
        }
        if LATITUDES.contains(&longitude) && LONGITUDES.contains(&latitude) {
            return Err(POINT_AXES_SWAPPED.broken());
        }
        if latitude.abs() > 90.0 || longitude.abs() > 180.0 {
            return Err(POINT_NO_SUCH_DEGREE.broken());
        }
        if !LATITUDES.contains(&latitude) || !LONGITUDES.contains(&longitude) {
            return Err(POINT_OUTSIDE_GERMANY.broken());
        }
        let (east, north) = convert(0, 1, (longitude.to_radians(), latitude.to_radians()))?;
        Self::on_grid(east, north)
    }

    /// From metres in zone 32. German offices often write the zone before the easting (`32565756.1`);
    /// such a prefix is cut. An easting with the prefix 33 (Berlin, Brandenburg, Sachsen,
    /// Mecklenburg-Vorpommern) is carried over from its own zone.
    ///
    /// # Errors
    /// [`POINT_NOT_A_NUMBER`], [`POINT_AXES_SWAPPED`], [`POINT_OUTSIDE_GERMANY`].
    pub fn from_utm32(east: f64, north: f64) -> Result<Self, Refusal> {
        if !east.is_finite() || !north.is_finite() {
            return Err(POINT_NOT_A_NUMBER.broken());
        }
        if (33_000_000.0..34_000_000.0).contains(&east) {
            return Self::from_utm33(east, north);
        }
        let prefixed = (32_000_000.0..33_000_000.0).contains(&east);
        Self::on_grid(if prefixed { east - 32_000_000.0 } else { east }, north)
    }

    /// From metres in zone 33 (EPSG:25833), with or without the zone before the easting.
    ///
    /// # Errors
    /// As [`Point::from_utm32`].
    pub fn from_utm33(east: f64, north: f64) -> Result<Self, Refusal> {
        if !east.is_finite() || !north.is_finite() {
            return Err(POINT_NOT_A_NUMBER.broken());
        }
        let prefixed = (33_000_000.0..34_000_000.0).contains(&east);
        let east = if prefixed { east - 33_000_000.0 } else { east };
        if NORTHINGS.contains(&east) {
            return Err(POINT_AXES_SWAPPED.broken());
        }
        // Zone 33 lies 6° further east, so its eastings in Germany are smaller, down to below zero.
        if !(-350_000.0..=650_000.0).contains(&east) || !NORTHINGS.contains(&north) {
            return Err(POINT_OUTSIDE_GERMANY.broken());
        }
        let (east, north) = convert(2, 1, (east, north))?;
        Self::on_grid(east, north)
    }

    /// From whole millimetres, as the store keeps them.
    ///
    /// # Errors
    /// [`POINT_OUTSIDE_GERMANY`], [`POINT_AXES_SWAPPED`].
    pub fn from_mm(east_mm: i64, north_mm: i64) -> Result<Self, Refusal> {
        #[expect(clippy::cast_precision_loss, reason = "only the box is tested with it")]
        Self::on_grid(east_mm as f64 / 1000.0, north_mm as f64 / 1000.0)?;
        Ok(Self { east_mm, north_mm })
    }

    fn on_grid(east: f64, north: f64) -> Result<Self, Refusal> {
        if EASTINGS.contains(&north) && NORTHINGS.contains(&east) {
            return Err(POINT_AXES_SWAPPED.broken());
        }
        if !EASTINGS.contains(&east) || !NORTHINGS.contains(&north) {
            return Err(POINT_OUTSIDE_GERMANY.broken());
        }
        #[expect(clippy::cast_possible_truncation, reason = "the box was tested just above")]
        Ok(Self { east_mm: (east * 1000.0).round() as i64, north_mm: (north * 1000.0).round() as i64 })
    }

    /// Easting in millimetres.
    #[must_use]
    pub const fn east_mm(self) -> i64 {
        self.east_mm
    }

    /// Northing in millimetres.
    #[must_use]
    pub const fn north_mm(self) -> i64 {
        self.north_mm
    }

    /// Latitude and longitude in degrees.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a million kilometres in millimetres is exact in f64")]
    pub fn to_wgs84(self) -> (f64, f64) {
        let metres = (self.east_mm as f64 / 1000.0, self.north_mm as f64 / 1000.0);
        // A point inside the box can always be carried back; the middle of Germany would show at once
        // on any map that this is wrong, and no page has to fail for it.
        let (longitude, latitude) = convert(1, 0, metres).unwrap_or((10.3_f64.to_radians(), 51.1_f64.to_radians()));
        (latitude.to_degrees(), longitude.to_degrees())
    }

    /// As people write it: `53,55030 / 9,99250`.
    #[must_use]
    pub fn german(self) -> String {
        let (latitude, longitude) = self.to_wgs84();
        format!("{latitude:.5} / {longitude:.5}").replace('.', ",")
    }
}

fn convert(from: usize, to: usize, place: (f64, f64)) -> Result<(f64, f64), Refusal> {
    let failed = || POINT_OUTSIDE_GERMANY.broken();
    let systems = SYSTEMS.as_ref().ok_or_else(failed)?;
    let (from, to) = (systems.get(from).ok_or_else(failed)?, systems.get(to).ok_or_else(failed)?);
    let mut place = (place.0, place.1, 0.0);
    transform(from, to, &mut place).or(Err(failed()))?;
    Ok((place.0, place.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Latitude, longitude, easting, northing: computed with PROJ (EPSG:4258 to EPSG:25832).
    const KNOWN: [(f64, f64, f64, f64); 6] = [
        (53.5503, 9.9925, 565_756.104_5, 5_933_947.844_7),
        (54.78, 9.43, 527_656.679_8, 6_070_395.270_1),
        (51.1506, 14.9687, 917_302.612_4, 5_683_527.788_5),
        (50.7753, 6.0839, 294_409.402_7, 5_628_892.411_0),
        (47.4921, 11.0955, 657_839.949_9, 5_261_980.000_6),
        (52.0, 9.0, 500_000.0, 5_761_038.212_5),
    ];

    #[test]
    fn known_places_are_met_within_a_millimetre() {
        for (latitude, longitude, east, north) in KNOWN {
            let point = Point::from_wgs84(latitude, longitude).unwrap();
            assert!((point.east_mm as f64 - east * 1000.0).abs() <= 1.0, "{point:?}");
            assert!((point.north_mm as f64 - north * 1000.0).abs() <= 1.0, "{point:?}");
            let (back_latitude, back_longitude) = point.to_wgs84();
            assert!((back_latitude - latitude).abs() < 1e-8 && (back_longitude - longitude).abs() < 1.5e-8);
            let (east, north) = (east.round(), north.round());
            assert_eq!(Point::from_utm32(east + 32_000_000.0, north), Point::from_utm32(east, north));
        }
    }

    #[test]
    fn zone_33_is_carried_over() {
        // Berlin, 52.52 N 13.405 E, in both zones (PROJ).
        let here = Point::from_wgs84(52.52, 13.405).unwrap();
        let there = Point::from_utm32(33_391_779.259_3, 5_820_072.159_1).unwrap();
        assert!((here.east_mm - there.east_mm).abs() <= 10, "{here:?} {there:?}");
        assert!((here.north_mm - there.north_mm).abs() <= 10, "{here:?} {there:?}");
    }

    #[test]
    fn wrong_places_are_named() {
        let wgs84 = |lat, lon| Point::from_wgs84(lat, lon).map(|_| ()).map_err(|refusal| refusal.rule);
        assert_eq!(wgs84(9.99, 53.55), Err(POINT_AXES_SWAPPED));
        assert_eq!(wgs84(53.55, 181.0), Err(POINT_NO_SUCH_DEGREE));
        assert_eq!(wgs84(-91.0, 10.0), Err(POINT_NO_SUCH_DEGREE));
        assert_eq!(wgs84(40.7, -74.0), Err(POINT_OUTSIDE_GERMANY));
        assert_eq!(wgs84(f64::NAN, 10.0), Err(POINT_NOT_A_NUMBER));
        assert_eq!(wgs84(53.0, f64::INFINITY), Err(POINT_NOT_A_NUMBER));
        let utm = |east, north| Point::from_utm32(east, north).map(|_| ()).map_err(|refusal| refusal.rule);
        assert_eq!(utm(5_933_947.0, 565_756.0), Err(POINT_AXES_SWAPPED));
        assert_eq!(utm(3_565_756.0, 5_933_947.0), Err(POINT_OUTSIDE_GERMANY));
        assert_eq!(utm(f64::NAN, 0.0), Err(POINT_NOT_A_NUMBER));
        assert_eq!(Point::from_mm(i64::MAX, i64::MIN), Err(POINT_OUTSIDE_GERMANY.broken()));
    }
}
