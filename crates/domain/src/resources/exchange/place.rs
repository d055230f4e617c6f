// SPDX-License-Identifier: EUPL-1.2
//! Places on the map as public tables have them: degrees or metres, commas or points, axes the wrong way round. What can
//! only mean one thing is put right and said; what could mean two is refused.

use super::{Column, Fault, Said};
use crate::kernel::Refusal;
use crate::territory::{POINT_AXES_SWAPPED, POINT_NOT_A_NUMBER, Point, Severity};

/// A point as a card keeps it, and what was put right.
pub(super) type Placed = (Option<String>, Option<Said>);

/// Coordinates as people write them: decimal comma, a blank or a dot between thousands of metres.
fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = match (plain.contains(','), plain.matches('.').count()) {
        (true, _) => plain.replace('.', "").replace(',', "."),
        (false, 0 | 1) => plain,
        (false, _) => plain.replace('.', ""),
    };
    plain.trim_end_matches('°').parse::<f64>().ok().filter(|number| number.is_finite())
}

/// One cell with both: `53.6, 9.9`; `53,6; 9,9`; `53,6 9,9`.
pub(super) fn halves(cell: &str) -> Option<(String, String)> {
    let by = |sign: char| cell.split_once(sign).map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    if cell.contains(';') {
        return by(';');
    }
    if cell.matches(',').count() == 1 {
        return by(',');
    }
    cell.trim().split_once(char::is_whitespace).map(|(a, b)| (a.trim_end_matches(',').to_owned(), b.trim().to_owned()))
}

/// Latitude and longitude, or north and east, in this order or the other.
///
/// # Errors
/// What cannot be a place in Germany.
pub(super) fn point(first: &str, second: &str, line: usize) -> Result<Placed, Refusal> {
    let (Some(a), Some(b)) = (number(first), number(second)) else { return Err(POINT_NOT_A_NUMBER.broken()) };
    let note =
        |fault| Said::file(Severity::Warning, fault, &[]).on(line).at(Column::Point, &format!("{first} / {second}"));
    if a == 0.0 && b == 0.0 {
        return Ok((None, Some(note(Fault::PointZero))));
    }
    if a.abs() > 1_000.0 || b.abs() > 1_000.0 {
        let point = Point::from_utm32(b, a).or_else(|_| Point::from_utm32(a, b))?;
        let (latitude, longitude) = point.to_wgs84();
        let said = Said { severity: Severity::Notice, ..note(Fault::FromMetres) };
        return Ok((Some(format!("{latitude:.6}, {longitude:.6}")), Some(said)));
    }
    match Point::from_wgs84(a, b) {
        Ok(_) => Ok((Some(format!("{a}, {b}")), None)),
        Err(refusal) if refusal.rule == POINT_AXES_SWAPPED => {
            Ok((Some(format!("{b}, {a}")), Some(note(Fault::AxesTurned))))
        }
        Err(refusal) => Err(refusal),
    }
}
