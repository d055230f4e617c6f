// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources. Most cards were confirmed lately; some ask to be looked at, one stands there twice, the
//! consent of one helper is over, and somebody told an error.

use super::chance::Chance;
use super::map::{Quarter, quarters};
use super::pen::working_day;
use super::size::Size;
use super::staff::Cast;
use super::town::broken;
use super::words::{Words, nth};
use app::territory::{self, Shapes, SpaceLine};
use app::{App, Failure, resources};
use domain::kernel::{CardId, Moment, Note};
use domain::resources::{CardContent, Viewer};
use domain::territory::Point;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Cards added side by side.
const TOGETHER: usize = 32;

/// What a card is made of.
struct Shelf {
    house: App,
    cast: Arc<Cast>,
    words: Words,
    spaces: Vec<SpaceLine>,
    quarters: Vec<Quarter>,
    shapes: Shapes,
    end: Moment,
}

/// Adds the cards of a town up to the present.
pub async fn collect(house: &App, cast: &Arc<Cast>, words: &Words, (size, end): (Size, Moment)) -> Result<(), Failure> {
    let Some(reader) = cast.leads.first() else { return Ok(()) };
    let spaces = territory::spaces(house, &reader.actor).await?;
    let shapes = territory::shapes(house, &reader.actor).await?;
    let (cast, quarters) = (Arc::clone(cast), quarters(size, words));
    let shelf = Arc::new(Shelf { house: house.clone(), cast, words: words.clone(), spaces, quarters, shapes, end });
    let mut running = JoinSet::new();
    for number in 0..size.cards {
        let shelf = Arc::clone(&shelf);
        running.spawn(async move { shelf.card(number).await.map(|_| ()) });
        if running.len() >= TOGETHER
            && let Some(ended) = running.join_next().await
        {
            ended.map_err(|error| broken(&error))??;
        }
    }
    while let Some(ended) = running.join_next().await {
        ended.map_err(|error| broken(&error))??;
    }
    shelf.twice_and_wrong().await
}

/// `times=Mi 9–12 Uhr; cost=free`.
fn named(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split(';').filter_map(|pair| pair.trim().split_once('='))
}

impl Shelf {
    async fn card(&self, number: usize) -> Result<Option<CardId>, Failure> {
        let count = self.words.cards.len().max(1);
        let Some(parts) = self.words.cards.get(number % count) else { return Ok(None) };
        let Some(space) = self.spaces.get((number / count) % self.spaces.len().max(1)) else { return Ok(None) };
        let Some(tender) = self.cast.coordinators.get(number % self.cast.coordinators.len().max(1)) else {
            return Ok(None);
        };
        let mut chance = Chance::of(2_000_000 + number);
        let added = self.ago(&mut chance, 250, 1_000);
        let part = |at: usize| parts.get(at).copied().unwrap_or_default();
        let event = self.end.day().plus_days(chance.between(10, 120)).german();
        let mut fields: Vec<(&str, String)> =
            vec![("kind", part(1).to_owned()), ("topics", part(2).to_owned()), ("visibility", "public".to_owned())];
        fields.extend(named(part(4)).map(|(name, value)| (name, value.replace("{E}", &event))));
        if part(1) == "person" {
            self.helper(number / count, added, &mut fields);
        } else {
            fields.push(("name", part(0).replace("{Q}", &space.name)));
            fields.push(("about", part(3).to_owned()));
            fields.extend(self.place(space, &mut chance));
            fields.push(("contact", format!("karte-{}@musterhafen.example", number + 1)));
        }
        // The last word on a field counts: a template may narrow who sees a card.
        fields.reverse();
        let new = CardContent::read(fields.as_slice())?;
        let id = resources::add(&self.house.at(added), &tender.actor, None, (new, Some(space.id))).await?;
        if chance.percent(78) {
            let confirmed = self.ago(&mut chance, 3, 150);
            resources::confirm(&self.house.at(confirmed), &tender.actor, None, id).await?;
        }
        Ok(Some(id))
    }

    /// A neighbour who wanted a card; the consent of the first one is over since a week.
    fn helper(&self, number: usize, added: Moment, fields: &mut Vec<(&'static str, String)>) {
        let mut parts = nth(&self.words.helpers, number).split(" | ");
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let (name, about, likes) = (part(), part(), part());
        let until = if number == 0 { self.end.day().plus_days(-7) } else { self.end.day().plus_months(9) };
        let given = added.day().max(until.plus_months(-34));
        let scope = if number.is_multiple_of(2) { "public" } else { "professionals" };
        fields.extend([
            ("name", name),
            ("about", format!("{about} {likes}")),
            ("visibility", scope.to_owned()),
            ("consent_on", given.to_string()),
            ("consent_until", until.to_string()),
            ("consent_scope", scope.to_owned()),
            ("consent_form", "written".to_owned()),
        ]);
    }

    /// An address in the space, and a point well inside of it.
    fn place(&self, space: &SpaceLine, chance: &mut Chance) -> Vec<(&'static str, String)> {
        let address =
            self.quarters.iter().find(|quarter| quarter.name == space.name).map(|quarter| quarter.address(chance));
        let point = self.shapes.iter().find(|(id, _)| *id == space.id).and_then(|(_, boundary)| {
            let (low, high) = boundary.bounds();
            let mut between = |low: i64, high: i64| low + (high - low) * i64::from(chance.between(25, 75)) / 100;
            Point::from_mm(between(low.east_mm(), high.east_mm()), between(low.north_mm(), high.north_mm())).ok()
        });
        let degrees = point.map(Point::to_wgs84).map(|(latitude, longitude)| format!("{latitude:.5}, {longitude:.5}"));
        address.map(|text| ("place", text)).into_iter().chain(degrees.map(|text| ("point", text))).collect()
    }

    /// The first card once more in another spelling, and an error that somebody told.
    async fn twice_and_wrong(&self) -> Result<(), Failure> {
        let Some(tender) = self.cast.coordinators.first() else { return Ok(()) };
        let due = resources::desk(&self.house.at(self.end), &tender.actor).await?.due;
        let Some(card) = due.into_iter().find(|card| card.seen.by(&Viewer::public(), self.end.day())) else {
            return Ok(());
        };
        let words = Note::parse("Da war heute zu. An der Tür steht: neue Zeiten ab Montag.")?;
        resources::report(&self.house.at(self.end), Viewer::public(), None, (card.id, words)).await?;
        let mut twin = card.content;
        twin.name = domain::kernel::Line::parse(&twin.name.as_str().replace('c', "k").replace("ie", "i"))?;
        resources::add(&self.house.at(self.end), &tender.actor, None, (twin, card.space)).await.map(|_| ())
    }

    /// A working hour so many days ago.
    fn ago(&self, chance: &mut Chance, least: i32, most: i32) -> Moment {
        let day = working_day(self.end.day().plus_days(-chance.between(least, most)));
        Moment::on(day, chance.between(9 * 60, 15 * 60)).min(self.end)
    }
}
