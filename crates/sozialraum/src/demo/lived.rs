// SPDX-License-Identifier: EUPL-1.2
//! Where the young person of some families spends the days: invented places around the middle of the space, one of them
//! behind its border.

use super::act::{Progress, Scene, there};
use app::casework::lived_space;
use app::{App, Failure, territory};
use domain::casework::{Company, LivedKind, Mobility, NewLivedPlace, Way};
use domain::kernel::Line;
use domain::territory::Point;

/// Kind, name, way, company, by whom, minutes, and where in hundredths of the space's width and height.
type Lived = (LivedKind, &'static str, Way, Company, &'static str, i64, (i64, i64));

const PLACES: [Lived; 5] = [
    (LivedKind::School, "Schule", Way::Foot, Company::Alone, "", 9, (42, 55)),
    (LivedKind::Kin, "Oma Hilde", Way::Transit, Company::With, "Mama oder Papa", 20, (70, 40)),
    (LivedKind::Friends, "Mika aus der Klasse", Way::Foot, Company::Alone, "", 5, (50, 48)),
    (LivedKind::Outdoors, "Bolzplatz hinter der Bahn", Way::Bike, Company::With, "dem großen Bruder", 12, (108, 52)),
    (LivedKind::Club, "Schwimmbad", Way::Transit, Company::NotYet, "", 25, (20, 30)),
];

/// Draws the lived space of a family, unless an address in the case is protected.
pub async fn draw(house: &App, scene: &Scene<'_>, so_far: &Progress) -> Result<(), Failure> {
    let (actor, today) = (&scene.worker.actor, house.today());
    let (case, person) = (there(so_far.case)?, there(so_far.people.first().copied())?);
    let shapes = territory::public_shapes(house).await?;
    let space = lived_space::page(house, actor, case).await?.case.space;
    let Some((_, boundary)) = shapes.iter().find(|(id, _)| Some(*id) == space) else { return Ok(()) };
    let (low, high) = boundary.bounds();
    let part = |low: i64, high: i64, hundredths: i64| low + (high - low) * hundredths / 100;
    for (kind, name, way, company, by, minutes, (east, north)) in PLACES {
        let point =
            Point::from_mm(part(low.east_mm(), high.east_mm(), east), part(low.north_mm(), high.north_mm(), north));
        let degrees = point.map(Point::to_wgs84).map(|(latitude, longitude)| format!("{latitude:.5}, {longitude:.5}"));
        let new = NewLivedPlace {
            person,
            kind,
            name: Line::parse(name)?,
            place: None,
            point: Line::optional(&degrees.unwrap_or_default())?,
            way,
            company,
            by_whom: Line::optional(by)?,
            minutes: Some(minutes),
            told_on: today,
        };
        lived_space::add_place(house, actor, None, (case, new)).await?;
    }
    let said = Mobility { metres: 700, words: Line::optional("nicht über die Bahn")?, said_on: today };
    lived_space::say_reach(house, actor, None, (case, person), said).await.map(|_| ())
}
