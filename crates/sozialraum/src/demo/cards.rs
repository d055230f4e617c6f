// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources. Most cards were confirmed lately; some ask to be looked at.

use super::chance::Chance;
use super::pen::working_day;
use super::staff::Cast;
use super::town::broken;
use super::words::{Words, nth};
use app::territory::SpaceLine;
use app::{App, Failure, resources, territory};
use domain::kernel::{Line, Moment, Note};
use domain::resources::{CardKind, NewCard};
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
    end: Moment,
}

/// Adds so many cards up to the present.
pub async fn collect(house: &App, cast: &Arc<Cast>, words: &Words, all: (usize, Moment)) -> Result<(), Failure> {
    let (count, end) = all;
    let Some(reader) = cast.leads.first() else { return Ok(()) };
    let spaces = territory::spaces(house, &reader.actor).await?;
    let shelf = Shelf { house: house.clone(), cast: Arc::clone(cast), words: words.clone(), spaces, end };
    let shelf = Arc::new(shelf);
    let mut running = JoinSet::new();
    for number in 0..count {
        let shelf = Arc::clone(&shelf);
        running.spawn(async move { shelf.card(number).await });
        if running.len() >= TOGETHER
            && let Some(ended) = running.join_next().await
        {
            ended.map_err(|error| broken(&error))??;
        }
    }
    while let Some(ended) = running.join_next().await {
        ended.map_err(|error| broken(&error))??;
    }
    Ok(())
}

impl Shelf {
    async fn card(&self, number: usize) -> Result<(), Failure> {
        let Self { house, cast, words, spaces, .. } = self;
        let Some(parts) = words.cards.get(number % words.cards.len().max(1)) else { return Ok(()) };
        let Some(space) = spaces.get((number / words.cards.len().max(1)) % spaces.len().max(1)) else { return Ok(()) };
        let Some(tender) = cast.coordinators.get(number % cast.coordinators.len().max(1)) else { return Ok(()) };
        let mut chance = Chance::of(2_000_000 + number);
        let part = |at: usize| parts.get(at).copied().unwrap_or_default();
        let street = format!("{}{}", nth(&words.street_beginnings, number * 3), nth(&words.street_ends, number));
        let new = NewCard {
            name: Line::parse(&part(0).replace("{Q}", &space.name))?,
            kind: CardKind::from_code(part(1)).unwrap_or(CardKind::Offer),
            topic: Line::parse(part(2))?,
            about: Note::parse(part(3))?,
            space: Some(space.id),
            place: Some(Line::parse(&format!("{street} {}", chance.between(1, 38)))?),
            contact: Some(Line::parse(&format!("karte-{}@musterhafen.example", number + 1))?),
        };
        let added = self.ago(&mut chance, 250, 1_000);
        let id = resources::add(&house.at(added), &tender.actor, None, new).await?;
        if chance.percent(78) {
            let confirmed = self.ago(&mut chance, 3, 170);
            resources::confirm(&house.at(confirmed), &tender.actor, None, id).await?;
        }
        Ok(())
    }

    /// A working hour so many days ago.
    fn ago(&self, chance: &mut Chance, least: i32, most: i32) -> Moment {
        let day = working_day(self.end.day().plus_days(-chance.between(least, most)));
        Moment::on(day, chance.between(9 * 60, 15 * 60)).min(self.end)
    }
}
