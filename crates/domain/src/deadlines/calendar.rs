// SPDX-License-Identifier: EUPL-1.2
//! Which days count as working days in an office.

use super::holiday::{Holiday, holiday_on};
use crate::access::codes;
use crate::kernel::{Day, Refusal, Rule};

/// A holiday of single communes belongs to its Land.
pub const LOCAL_NOT_OF_LAND: Rule = Rule::new("calendar.local_not_of_land", "Feiertagsgesetze der Länder");

codes! {
    /// One of the 16 Länder, by the letters of the standard (ISO 3166-2:DE).
    #[doc(alias = "Bundesland")]
    Land {
        /// Baden-Württemberg.
        BadenWuerttemberg = "BW",
        /// Bayern.
        Bayern = "BY",
        /// Berlin.
        Berlin = "BE",
        /// Brandenburg.
        Brandenburg = "BB",
        /// Bremen.
        Bremen = "HB",
        /// Hamburg.
        Hamburg = "HH",
        /// Hessen.
        Hessen = "HE",
        /// Mecklenburg-Vorpommern.
        MecklenburgVorpommern = "MV",
        /// Niedersachsen.
        Niedersachsen = "NI",
        /// Nordrhein-Westfalen.
        NordrheinWestfalen = "NW",
        /// Rheinland-Pfalz.
        RheinlandPfalz = "RP",
        /// Saarland.
        Saarland = "SL",
        /// Sachsen.
        Sachsen = "SN",
        /// Sachsen-Anhalt.
        SachsenAnhalt = "ST",
        /// Schleswig-Holstein.
        SchleswigHolstein = "SH",
        /// Thüringen.
        Thueringen = "TH",
    }
}

codes! {
    /// Holidays that only single communes of a Land keep.
    #[doc(alias = "Örtlicher Feiertag")]
    LocalHoliday {
        /// Friedensfest, city of Augsburg.
        Augsburg = "augsburg",
        /// Mariä Himmelfahrt, communes of Bavaria with a Catholic majority.
        Assumption = "assumption",
        /// Fronleichnam, some communes of Saxony and Thuringia.
        CorpusChristi = "corpus-christi",
    }
}

impl LocalHoliday {
    const fn is_of(self, land: Land) -> bool {
        match self {
            Self::Augsburg | Self::Assumption => matches!(land, Land::Bayern),
            Self::CorpusChristi => matches!(land, Land::Sachsen | Land::Thueringen),
        }
    }
}

/// The working days of an office. Without a Land only what all Länder keep counts, and pages say so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Feiertagskalender")]
pub struct Calendar {
    land: Option<Land>,
    local: Vec<LocalHoliday>,
}

impl Calendar {
    /// The calendar of a Land with holidays of the office's commune.
    ///
    /// # Errors
    /// [`LOCAL_NOT_OF_LAND`].
    pub fn new(land: Land, mut local: Vec<LocalHoliday>) -> Result<Self, Refusal> {
        if local.iter().any(|holiday| !holiday.is_of(land)) {
            return Err(LOCAL_NOT_OF_LAND.broken_at("local"));
        }
        local.sort_unstable();
        local.dedup();
        Ok(Self { land: Some(land), local })
    }

    /// The Land, if the office has said it.
    #[must_use]
    pub fn land(&self) -> Option<Land> {
        self.land
    }

    /// Holidays of the commune.
    #[must_use]
    pub fn local(&self) -> &[LocalHoliday] {
        &self.local
    }

    /// As kept with each deadline, so that it explains itself alike forever: `BY+augsburg`, or nothing.
    #[must_use]
    pub fn code(&self) -> String {
        let land = self.land.map(Land::code).unwrap_or_default();
        std::iter::once(land).chain(self.local.iter().map(|local| local.code())).collect::<Vec<_>>().join("+")
    }

    /// From the store.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split('+');
        let land = parts.next().unwrap_or_default();
        if land.is_empty() {
            return parts.next().is_none().then(Self::default);
        }
        let local = parts.map(LocalHoliday::from_code).collect::<Option<Vec<_>>>()?;
        Self::new(Land::from_code(land)?, local).ok()
    }

    /// The public holiday of a day.
    #[must_use]
    pub fn holiday(&self, day: Day) -> Option<Holiday> {
        holiday_on(self, day)
    }

    /// Neither Saturday nor Sunday nor public holiday (§ 193 BGB, § 26(3) SGB X, § 7(4) SGB VIII).
    #[must_use]
    pub fn is_workday(&self, day: Day) -> bool {
        day.weekday() < 6 && self.holiday(day).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_come_back_as_they_were_kept() {
        for code in ["", "NI", "BY+augsburg+assumption", "SN+corpus-christi"] {
            assert_eq!(Calendar::from_code(code).map(|calendar| calendar.code()).as_deref(), Some(code));
        }
        for code in ["XX", "NI+augsburg", "+augsburg", "BY+x"] {
            assert_eq!(Calendar::from_code(code), None, "{code}");
        }
    }

    #[test]
    fn holidays_differ_by_land_and_year() {
        let check = |code: &str, day: &str, expected: bool| {
            let calendar = Calendar::from_code(code).unwrap();
            assert_eq!(calendar.holiday(Day::parse(day).unwrap()).is_some(), expected, "{code} {day}");
        };
        check("NI", "2018-10-31", true);
        check("NI", "2016-10-31", false);
        check("HE", "2017-10-31", true);
        check("HE", "2018-10-31", false);
        check("BE", "2019-03-08", true);
        check("MV", "2022-03-08", false);
        check("TH", "2019-09-20", true);
        check("SN", "2026-11-18", true);
        check("BY+assumption", "2026-08-15", true);
        check("BY", "2026-08-15", false);
        check("", "2026-06-04", false);
        check("", "2026-10-03", true);
    }
}
