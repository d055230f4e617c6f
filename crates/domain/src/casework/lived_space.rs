// SPDX-License-Identifier: EUPL-1.2
//! The lived space: where somebody's days take place, how they get there, and how far they may go alone. It is drawn
//! beside the administrative area and never mixed with it (process.md 0.2): a border of the office is none for a child.
//!
//! Places belong to the file of the case. They never become cards, and in a case with a protected address they have
//! neither address nor point: three ways on foot would tell where the fourth begins.

use crate::access::codes;
use crate::kernel::{Day, Line, PersonId, Refusal, Refusals, Rule};
use crate::territory::{POINT_NOT_A_NUMBER, Point};

/// In a case with a protected address a place is known by its name only.
pub const LIVED_SEALED: Rule = Rule::new("lived.sealed", "§ 51 BMG; § 64 SGB VIII: geschützte Anschrift");
/// Nobody told about a place tomorrow.
pub const LIVED_IN_FUTURE: Rule = Rule::new("lived.in_the_future", "Aktenwahrheit");
/// A way is at most so long.
pub const LIVED_TOO_FAR: Rule = Rule::new("lived.too_far", "Plausibilität");
/// Whoever is accompanied is accompanied by somebody.
pub const LIVED_BY_WHOM: Rule = Rule::new("lived.by_whom", "Vollständigkeit");
/// More places than a life has.
pub const LIVED_FULL: Rule = Rule::new("lived.full", "Plausibilität");

/// Nobody's way alone is longer, in metres.
pub const FURTHEST_METRES: i64 = 50_000;
/// A way takes at most so many minutes.
pub const LONGEST_MINUTES: i64 = 300;
/// Places of a case at most.
pub const MOST_PLACES: usize = 60;

codes! {
    /// What kind of place.
    #[doc(alias = "Art des Lebensorts")]
    LivedKind {
        /// School.
        School = "school",
        /// Day care.
        DayCare = "day-care",
        /// Friends.
        Friends = "friends",
        /// Grandparents, relatives, the other parent.
        Kin = "kin",
        /// Club, group, lessons.
        Club = "club",
        /// Playground, park, where one meets.
        Outdoors = "outdoors",
        /// Doctor, therapy.
        Health = "health",
        /// Work, training.
        Work = "work",
        /// Faith, community.
        Faith = "faith",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// How one gets there.
    #[doc(alias = "Weg")]
    Way {
        /// On foot.
        Foot = "foot",
        /// By bicycle or scooter.
        Bike = "bike",
        /// By bus or train.
        Transit = "transit",
        /// By car.
        Car = "car",
    }
}

codes! {
    /// With whom.
    #[doc(alias = "Begleitung")]
    Company {
        /// Alone.
        Alone = "alone",
        /// Somebody comes along.
        With = "with",
        /// They would like to, and cannot get there yet.
        NotYet = "not-yet",
    }
}

/// A place of everyday life, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Lebensort")]
pub struct NewLivedPlace {
    /// Whose.
    pub person: PersonId,
    /// Kind.
    pub kind: LivedKind,
    /// What they call it.
    pub name: Line,
    /// The address, if there is one.
    pub place: Option<Line>,
    /// Latitude and longitude, `53.6051, 9.9123`.
    pub point: Option<Line>,
    /// How they get there.
    pub way: Way,
    /// With whom.
    pub company: Company,
    /// By whom they are accompanied.
    pub by_whom: Option<Line>,
    /// How long it takes, in minutes.
    pub minutes: Option<i64>,
    /// Told on this day.
    pub told_on: Day,
}

/// The point of a text, as maps on telephones share it.
///
/// # Errors
/// [`POINT_NOT_A_NUMBER`] and the other rules of [`Point::from_wgs84`].
pub fn lived_point(text: &str) -> Result<Point, Refusal> {
    let degrees = text.split([',', ';']).map(|part| part.trim().parse::<f64>().ok()).collect::<Option<Vec<f64>>>();
    match degrees.as_deref() {
        Some([latitude, longitude]) => Point::from_wgs84(*latitude, *longitude),
        _ => Err(POINT_NOT_A_NUMBER.broken()),
    }
}

impl NewLivedPlace {
    /// Can it be so? `sealed`: somebody of the case has a protected address.
    ///
    /// # Errors
    /// [`LIVED_SEALED`], [`LIVED_IN_FUTURE`], [`LIVED_TOO_FAR`], [`LIVED_BY_WHOM`], those of [`lived_point`].
    pub fn check(&self, today: Day, sealed: bool) -> Result<(), Refusals> {
        let mut wrong = Refusals::default();
        let point = self.point.as_ref().map_or(Ok(()), |point| lived_point(point.as_str()).map(|_| ()));
        let faults = [
            (sealed && self.place.is_some(), LIVED_SEALED.broken_at("place")),
            (sealed && self.point.is_some(), LIVED_SEALED.broken_at("point")),
            (self.told_on > today, LIVED_IN_FUTURE.broken_at("told_on")),
            (self.minutes.is_some_and(|minutes| minutes > LONGEST_MINUTES), LIVED_TOO_FAR.broken_at("minutes")),
            (self.company == Company::With && self.by_whom.is_none(), LIVED_BY_WHOM.broken_at("by_whom")),
        ];
        faults.into_iter().filter(|(broken, _)| *broken).for_each(|(_, refusal)| wrong.note(refusal));
        wrong.take("point", point);
        wrong.finish(Some(()))
    }
}

/// How far somebody may go alone, as those who have custody say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Mobilität")]
pub struct Mobility {
    /// So many metres around home and around the places they go to alone; 0: nowhere alone.
    pub metres: i64,
    /// What else was said: not over the main road, with the brother, with the bus pass.
    pub words: Option<Line>,
    /// Said on this day.
    pub said_on: Day,
}

impl Mobility {
    /// Can it be so?
    ///
    /// # Errors
    /// [`LIVED_TOO_FAR`], [`LIVED_IN_FUTURE`].
    pub fn check(&self, today: Day) -> Result<(), Refusals> {
        let mut wrong = Refusals::default();
        if !(0..=FURTHEST_METRES).contains(&self.metres) {
            wrong.note(LIVED_TOO_FAR.broken_at("metres"));
        }
        if self.said_on > today {
            wrong.note(LIVED_IN_FUTURE.broken_at("said_on"));
        }
        wrong.finish(Some(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn place() -> NewLivedPlace {
        NewLivedPlace {
            person: PersonId(Uuid::from_u128(1)),
            kind: LivedKind::School,
            name: Line::parse("Grundschule").unwrap(),
            place: None,
            point: None,
            way: Way::Foot,
            company: Company::Alone,
            by_whom: None,
            minutes: Some(8),
            told_on: day("2026-11-20"),
        }
    }

    fn wrong(new: &NewLivedPlace, sealed: bool) -> Vec<(&'static str, &'static str)> {
        let refusals =
            new.check(day("2026-11-20"), sealed).err().map(|wrong| wrong.list().to_vec()).unwrap_or_default();
        refusals.iter().map(|refusal| (refusal.field, refusal.rule.code())).collect()
    }

    #[test]
    fn every_mistake_at_its_field() {
        assert_eq!(wrong(&place(), true), []);
        let bad = NewLivedPlace {
            point: Line::optional("irgendwo").unwrap(),
            company: Company::With,
            minutes: Some(301),
            told_on: day("2026-11-21"),
            ..place()
        };
        let expected = [
            ("told_on", "lived.in_the_future"),
            ("minutes", "lived.too_far"),
            ("by_whom", "lived.by_whom"),
            ("point", "territory.point_not_a_number"),
        ];
        assert_eq!(wrong(&bad, false), expected);
    }

    #[test]
    fn beside_a_protected_address_a_place_has_only_a_name() {
        let told = NewLivedPlace {
            place: Line::optional("Deichweg 1").unwrap(),
            point: Line::optional("53.6, 9.9").unwrap(),
            ..place()
        };
        assert_eq!(wrong(&told, false), []);
        assert_eq!(wrong(&told, true), [("place", "lived.sealed"), ("point", "lived.sealed")]);
    }

    #[test]
    fn how_far_alone() {
        let metres = |metres| Mobility { metres, words: None, said_on: day("2026-11-20") }.check(day("2026-11-20"));
        assert!(metres(0).is_ok() && metres(50_000).is_ok() && metres(-1).is_err() && metres(50_001).is_err());
    }
}
