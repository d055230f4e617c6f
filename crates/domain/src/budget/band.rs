// SPDX-License-Identifier: EUPL-1.2
//! How far off the office's own forecasts were, and the band that follows from it.

use crate::agencies::half_up;
use crate::kernel::{Balance, Day};

/// Fewer past forecasts than this make no band: it would only look like knowledge.
pub const LEAST_PAST: usize = 4;

/// Which errors the band leaves out at each end, in hundredths.
const OUTER_PERCENT: usize = 10;
/// A forecast of another time of the year may serve if it was made this many months earlier or later.
const NEAR_MONTHS: i8 = 1;

/// What was said then, and what it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Frühere Prognose")]
pub struct Past {
    /// When it was said.
    pub as_of: Day,
    /// What was said about the end of that year.
    pub forecast: Balance,
    /// What it came to.
    pub actual: Balance,
}

impl Past {
    /// How far off, in thousandths of what was said; above nothing when more was needed.
    #[must_use]
    pub fn error_permille(&self) -> i64 {
        let missed = i128::from((self.actual - self.forecast).cents());
        half_up(missed * 1000, i128::from(self.forecast.cents()))
    }
}

/// A band around a forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Prognosebereich")]
pub struct Band {
    /// Lower end.
    pub low: Balance,
    /// Upper end.
    pub high: Balance,
    /// Out of how many past forecasts.
    pub from: usize,
    /// The error in the middle, without its sign, in thousandths.
    pub typical_permille: i64,
}

/// The value below which so many hundredths of a sorted list lie, by nearest rank.
fn quantile(sorted: &[i64], percent: usize) -> i64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// The band around a forecast made on a day: the errors of past forecasts of the same time of the year, without the
/// outermost tenth at each end. It never lies below what is paid already. None without enough past.
#[must_use]
pub fn band(forecast: Balance, paid: Balance, on: Day, past: &[Past]) -> Option<Band> {
    let near = |one: &&Past| (one.as_of.month() - on.month()).abs() <= NEAR_MONTHS;
    let mut errors: Vec<i64> = past.iter().filter(near).map(Past::error_permille).collect();
    if errors.len() < LEAST_PAST {
        return None;
    }
    errors.sort_unstable();
    let off = |permille: i64| half_up(i128::from(forecast.cents()) * i128::from(1000 + permille), 1000);
    let low = Balance::from_cents(off(quantile(&errors, OUTER_PERCENT))).min(forecast).max(paid.min(forecast));
    let high = Balance::from_cents(off(quantile(&errors, 100 - OUTER_PERCENT))).max(forecast);
    let mut sizes: Vec<i64> = errors.iter().map(|error| error.abs()).collect();
    sizes.sort_unstable();
    Some(Band { low, high, from: errors.len(), typical_permille: quantile(&sizes, 50) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn past(as_of: &str, forecast: i64, actual: i64) -> Past {
        let (forecast, actual) = (Balance::from_cents(forecast), Balance::from_cents(actual));
        Past { as_of: Day::parse(as_of).unwrap(), forecast, actual }
    }

    #[test]
    fn the_band_is_the_offices_own_error() {
        let history: Vec<Past> = [1_000, 1_020, 980, 1_050, 1_010]
            .into_iter()
            .zip(["2025-10-31", "2024-10-31", "2023-10-31", "2025-11-30", "2024-11-30"])
            .map(|(actual, day)| past(day, 1_000, actual))
            .collect();
        let on = Day::parse("2026-11-20").unwrap();
        let found = band(Balance::from_cents(2_000_000), Balance::ZERO, on, &history).unwrap();
        assert_eq!((found.low.cents(), found.high.cents(), found.from), (1_960_000, 2_100_000, 5));
        assert_eq!(found.typical_permille, 20);
        assert_eq!(band(Balance::from_cents(1), Balance::ZERO, on, &history[..3]), None);
        assert_eq!(band(Balance::from_cents(1), Balance::ZERO, Day::parse("2026-05-20").unwrap(), &history), None);
        let paid = band(Balance::from_cents(2_000_000), Balance::from_cents(1_990_000), on, &history).unwrap();
        assert_eq!(paid.low.cents(), 1_990_000);
    }

    proptest! {
        #[test]
        fn the_forecast_lies_in_its_band(forecast in 0..1_000_000_000i64, errors in prop::collection::vec(-900..900i64, 4..30)) {
            let on = Day::parse("2026-06-20").unwrap();
            let history: Vec<Past> = errors.iter().map(|error| past("2025-06-30", 1_000, 1_000 + error)).collect();
            let found = band(Balance::from_cents(forecast), Balance::ZERO, on, &history).unwrap();
            prop_assert!(found.low.cents() <= forecast && forecast <= found.high.cents());
        }
    }
}
