// SPDX-License-Identifier: EUPL-1.2
//! Public holidays of the 16 Länder, with the years in which they came or went. Federal law knows one (3 October,
//! Art. 2 Einigungsvertrag); all others are law of the Länder.

use super::calendar::{Calendar, Land, LocalHoliday};
use crate::access::codes;
use crate::kernel::Day;

codes! {
    /// A public holiday.
    #[doc(alias = "Gesetzlicher Feiertag")]
    Holiday {
        /// 1 January.
        NewYear = "new-year",
        /// 6 January.
        Epiphany = "epiphany",
        /// 8 March.
        WomensDay = "womens-day",
        /// Two days before Easter.
        GoodFriday = "good-friday",
        /// Easter Sunday, a holiday of its own in Brandenburg.
        EasterSunday = "easter-sunday",
        /// The day after Easter.
        EasterMonday = "easter-monday",
        /// 1 May.
        LabourDay = "labour-day",
        /// 8 May, once in 2020 and once in 2025, Berlin.
        Liberation = "liberation",
        /// 39 days after Easter.
        Ascension = "ascension",
        /// 49 days after Easter, a holiday of its own in Brandenburg.
        WhitSunday = "whit-sunday",
        /// 50 days after Easter.
        WhitMonday = "whit-monday",
        /// 60 days after Easter.
        CorpusChristi = "corpus-christi",
        /// 17 June 2028, Berlin.
        Uprising = "uprising",
        /// 8 August, city of Augsburg.
        PeaceFestival = "peace-festival",
        /// 15 August.
        Assumption = "assumption",
        /// 20 September.
        ChildrensDay = "childrens-day",
        /// 3 October.
        Unity = "unity",
        /// 31 October.
        Reformation = "reformation",
        /// 1 November.
        AllSaints = "all-saints",
        /// The Wednesday before 23 November.
        Repentance = "repentance",
        /// 25 December.
        Christmas = "christmas",
        /// 26 December.
        BoxingDay = "boxing-day",
    }
}

/// Easter Sunday of a year between 1900 and 2199, as month and day, by the Gregorian computus (Gauß, with
/// Lichtenberg's correction of its two exceptions).
#[must_use]
pub fn easter(year: i16) -> (i8, i8) {
    let y = i32::from(year);
    let century = y / 100;
    let moon = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25;
    let sun = 2 - (3 * century + 3) / 4;
    let a = y % 19;
    let seed = (19 * a + moon) % 30;
    let fix = (seed + a / 11) / 29;
    let full = 21 + seed - fix;
    let first_sunday = 7 - (y + y / 4 + sun).rem_euclid(7);
    let distance = 7 - (full - first_sunday).rem_euclid(7);
    let march = full + distance;
    let (month, day) = if march > 31 { (4, march - 31) } else { (3, march) };
    (month, i8::try_from(day).unwrap_or(1))
}

/// The public holiday of this day in this calendar, if it is one.
pub(super) fn holiday_on(calendar: &Calendar, day: Day) -> Option<Holiday> {
    Holiday::ALL.iter().copied().find(|holiday| falls_on(*holiday, day) && is_kept(*holiday, calendar, day.year()))
}

fn after_easter(day: Day, days: i32) -> bool {
    let (month, of_month) = easter(day.year());
    Day::new(day.year(), month, of_month).is_ok_and(|sunday| sunday.plus_days(days) == day)
}

fn falls_on(holiday: Holiday, day: Day) -> bool {
    use Holiday as H;
    let fixed = |month, of_month| day.month() == month && day.of_month() == of_month;
    match holiday {
        H::NewYear => fixed(1, 1),
        H::Epiphany => fixed(1, 6),
        H::WomensDay => fixed(3, 8),
        H::GoodFriday => after_easter(day, -2),
        H::EasterSunday => after_easter(day, 0),
        H::EasterMonday => after_easter(day, 1),
        H::LabourDay => fixed(5, 1),
        H::Liberation => fixed(5, 8),
        H::Ascension => after_easter(day, 39),
        H::WhitSunday => after_easter(day, 49),
        H::WhitMonday => after_easter(day, 50),
        H::CorpusChristi => after_easter(day, 60),
        H::Uprising => fixed(6, 17),
        H::PeaceFestival => fixed(8, 8),
        H::Assumption => fixed(8, 15),
        H::ChildrensDay => fixed(9, 20),
        H::Unity => fixed(10, 3),
        H::Reformation => fixed(10, 31),
        H::AllSaints => fixed(11, 1),
        // The Wednesday between 16 and 22 November.
        H::Repentance => day.month() == 11 && (16..=22).contains(&day.of_month()) && day.weekday() == 3,
        H::Christmas => fixed(12, 25),
        H::BoxingDay => fixed(12, 26),
    }
}

/// Is this holiday kept there, in that year?
fn is_kept(holiday: Holiday, calendar: &Calendar, year: i16) -> bool {
    use Holiday as H;
    use Land as L;
    let Some(land) = calendar.land() else { return is_federal(holiday) };
    let local = |which| calendar.local().contains(&which);
    match holiday {
        H::Epiphany => matches!(land, L::BadenWuerttemberg | L::Bayern | L::SachsenAnhalt),
        // Berlin since 2019, Mecklenburg-Vorpommern since 2023.
        H::WomensDay => (land == L::Berlin && year >= 2019) || (land == L::MecklenburgVorpommern && year >= 2023),
        H::EasterSunday | H::WhitSunday => land == L::Brandenburg,
        H::Liberation => land == L::Berlin && matches!(year, 2020 | 2025),
        H::Uprising => land == L::Berlin && year == 2028,
        H::CorpusChristi => {
            let everywhere = matches!(
                land,
                L::BadenWuerttemberg | L::Bayern | L::Hessen | L::NordrheinWestfalen | L::RheinlandPfalz | L::Saarland
            );
            everywhere || local(LocalHoliday::CorpusChristi)
        }
        H::PeaceFestival => local(LocalHoliday::Augsburg),
        // Augsburg is one of the communes with more Catholics than Protestants.
        H::Assumption => land == L::Saarland || local(LocalHoliday::Assumption),
        H::ChildrensDay => land == L::Thueringen && year >= 2019,
        H::Reformation => reformation(land, year),
        H::AllSaints => {
            matches!(land, L::BadenWuerttemberg | L::Bayern | L::NordrheinWestfalen | L::RheinlandPfalz | L::Saarland)
        }
        H::Repentance => land == L::Sachsen,
        _ => is_federal(holiday),
    }
}

/// Kept in all Länder.
const fn is_federal(holiday: Holiday) -> bool {
    use Holiday as H;
    matches!(
        holiday,
        H::NewYear
            | H::GoodFriday
            | H::EasterMonday
            | H::LabourDay
            | H::Ascension
            | H::WhitMonday
            | H::Unity
            | H::Christmas
            | H::BoxingDay
    )
}

/// Five Länder always, all of them once in 2017, four more since 2018.
fn reformation(land: Land, year: i16) -> bool {
    use Land as L;
    let always =
        matches!(land, L::Brandenburg | L::MecklenburgVorpommern | L::Sachsen | L::SachsenAnhalt | L::Thueringen);
    let north = matches!(land, L::Bremen | L::Hamburg | L::Niedersachsen | L::SchleswigHolstein);
    always || year == 2017 || (north && year >= 2018)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_it_falls() {
        let expected =
            [(1954, (4, 18)), (1981, (4, 19)), (2000, (4, 23)), (2008, (3, 23)), (2026, (4, 5)), (2038, (4, 25))];
        for (year, day) in expected {
            assert_eq!(easter(year), day, "{year}");
        }
    }
}
