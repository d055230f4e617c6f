// SPDX-License-Identifier: EUPL-1.2
//! Ours: cards made and searched through the use cases of an office on SQLite; and the index by itself.

use super::deck::{Card, Question, SPACES, space_name};
use super::{Answer, Engine, PAGE, Spread, deck};
use crate::Outcome;
use crate::book::{options, said, sqlite, square};
use crate::child::anonymous;
use app::access::{found, operator};
use app::resources::{add, complete, public_spaces, search};
use app::territory::{Progress, SpacesImport, import_spaces};
use app::{App, Clock, Db};
use domain::access::{Actor, Controller, Place, Post, Role};
use domain::kernel::{CardId, Day, Line, SpaceId, TeamId, UserId};
use domain::resources::search::{Asked, Entry, Filter, Index};
use domain::resources::{Seen, Viewer};
use domain::territory::Point;
use std::path::Path;
use std::time::Instant;
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Clients that fill the office.
const CLIENTS: usize = 64;
/// Looks at what is not asked by the engines.
const LOOKS: usize = 200;

/// An office with its cards.
pub struct Made {
    db: Db,
    app: App,
    spaces: Vec<SpaceId>,
    team: TeamId,
    keeper: Actor,
    /// Cards a second.
    pub per_second: f64,
}

fn wrong(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}

fn squares() -> String {
    let one = |space: usize| square((space % 8, space / 8), space, &space_name(space));
    let all: Vec<String> = (0..SPACES).map(one).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","))
}

impl Made {
    /// Founds an office and adds every card as people do.
    pub fn through_use_cases(runtime: &Runtime, dir: &Path, deck: &[Card]) -> Outcome<Self> {
        let db = runtime.block_on(async { sqlite(&dir.join("office.sqlite")) })?;
        runtime.block_on(async {
            let line = |text: &str| Line::parse(text).map_err(wrong);
            let app = found(&db, line("Jugendamt Probe")?, Clock::System).await.map_err(said)?;
            let valid_from = Day::parse("2020-01-01").map_err(wrong)?;
            let import = SpacesImport { options: options(), valid_from, dry_run: false, progress: Progress::default() };
            import_spaces(&app, &operator(), &squares(), import).await.map_err(wrong)?;
            let known = public_spaces(&app).await.map_err(said)?;
            let place = |space| known.iter().find(|(_, name)| *name == space_name(space)).map(|(id, _)| *id);
            let spaces = (0..SPACES).map(place).collect::<Option<Vec<_>>>().ok_or("a space is missing")?;
            let posts = vec![Post { role: Role::Coordinator, place: Place::Office }];
            let keeper = Actor { user: operator().user, controller: Controller::Office, posts };
            let team = app::territory::teams(&app, &operator()).await.map_err(said)?.first().ok_or("no team")?.id;
            let made = Self { db: db.clone(), app, spaces, team, keeper, per_second: 0.0 };
            let start = Instant::now();
            made.fill(deck).await?;
            let per_second = deck.len() as f64 / start.elapsed().as_secs_f64();
            Ok(Self { per_second, ..made })
        })
    }

    async fn fill(&self, deck: &[Card]) -> Outcome {
        let mut running = JoinSet::new();
        for client in 0..CLIENTS {
            let mine: Vec<_> = deck.iter().skip(client).step_by(CLIENTS).collect();
            let mine: Vec<_> = mine.into_iter().map(|card| (card.content.clone(), self.spaces[card.space])).collect();
            let (app, keeper) = (self.app.clone(), self.keeper.clone());
            running.spawn(async move {
                for (content, space) in mine {
                    add(&app, &keeper, None, (content, Some(space))).await.map_err(said)?;
                }
                Ok::<_, String>(())
            });
        }
        while let Some(ended) = running.join_next().await {
            ended.map_err(|e| e.to_string())??;
        }
        Ok(())
    }

    /// The office as after a start: the first search makes the index.
    pub fn open(self, runtime: &Runtime) -> Outcome<(super::Made, Ours)> {
        let app = App::new(self.db.clone(), self.app.office(), Clock::System);
        let user = Some(UserId(Uuid::from_u128(5)));
        let viewer = Viewer { user, professional: true, all_teams: false, teams: vec![self.team] };
        let (spaces, keeper) = (self.spaces, self.keeper);
        let mut ours = Ours { runtime: runtime.handle().clone(), app, viewer, spaces, keeper };
        let question = deck::texts()?.into_iter().next().ok_or("no question")?;
        let (before, begin) = (anonymous(std::process::id()), Instant::now());
        ours.ask(&question)?;
        let (ready_in, after) = (begin.elapsed(), anonymous(std::process::id()));
        Ok(((Box::new(ours.clone()), ready_in, after.saturating_sub(before)), ours))
    }
}

/// Through the use case, as the page asks.
#[derive(Clone)]
pub struct Ours {
    runtime: Handle,
    app: App,
    viewer: Viewer,
    spaces: Vec<SpaceId>,
    keeper: Actor,
}

impl Ours {
    fn asked(&self, text: &str, space: Option<usize>, filter: Filter) -> Asked {
        let space = space.and_then(|space| self.spaces.get(space)).copied();
        let filter = Filter { space, ..filter };
        Asked { text: text.to_owned(), filter, today: self.app.today(), after: None, limit: PAGE, places: false }
    }

    fn search(&self, asked: Asked) -> Outcome<app::resources::CardsFound> {
        self.runtime.block_on(search(&self.app, self.viewer.clone(), asked)).map_err(said)
    }

    fn timed(&self, mut look: impl FnMut(usize) -> Outcome) -> Outcome<Spread> {
        let mut times = Vec::new();
        for number in 0..LOOKS {
            let begin = Instant::now();
            look(number)?;
            times.push(begin.elapsed());
        }
        Ok(Spread::of(times))
    }

    /// What no engine is asked.
    pub fn more(&self) -> Outcome<Vec<(&'static str, Spread)>> {
        let list = self.timed(|n| self.search(self.asked("", Some(n % SPACES), Filter::default())).map(drop))?;
        let all = self.timed(|_| self.search(self.asked("", None, Filter::default())).map(drop))?;
        let drawn =
            self.timed(|_| self.search(Asked { places: true, ..self.asked("", None, Filter::default()) }).map(drop))?;
        let window = self.timed(|n| {
            let point = Point::from_wgs84(53.61 + (n % 4) as f64 * 0.01, 9.92 + (n % 10) as f64 * 0.01);
            let near = Some((point.map_err(wrong)?, 1_000));
            let asked = self.asked("", None, Filter { near, ..Filter::default() });
            self.search(Asked { places: true, ..asked }).map(drop)
        })?;
        let names = deck::more(LOOKS)?;
        let typed = self.timed(|n| {
            let start: String = names[n].content.name.as_str().chars().take(4).collect();
            let asked = self.asked(&start, None, Filter::default());
            self.runtime.block_on(complete(&self.app, self.viewer.clone(), asked)).map(drop).map_err(said)
        })?;
        let mut found = Vec::new();
        for card in names.iter().take(super::ADDED) {
            let add = add(&self.app, &self.keeper, None, (card.content.clone(), Some(self.spaces[card.space])));
            self.runtime.block_on(add).map_err(said)?;
            let (asked, begin) = (self.asked(card.content.name.as_str(), None, Filter::default()), Instant::now());
            let keeper = Viewer::of(&self.keeper);
            let seen = self.runtime.block_on(search(&self.app, keeper, asked)).map_err(said)?;
            found.push(begin.elapsed());
            if !seen.cards.iter().any(|one| one.card.content.name == card.content.name) {
                return Err(format!("{} was added and is not found", card.content.name.as_str()));
            }
        }
        Ok(vec![
            ("List of a space, first page, no words", list),
            ("List of everything, first page, no words", all),
            ("List of everything with the places of all hits, for its map", drawn),
            ("Map window: all places within a kilometre", window),
            ("Suggestions after four letters", typed),
            ("First search after a card was added; it is found", Spread::of(found)),
        ])
    }
}

impl Engine for Ours {
    fn ask(&mut self, question: &Question) -> Outcome<Answer> {
        let found = self.search(self.asked(&question.text, question.space, question.filter.clone()))?;
        let names = found.cards.iter().map(|one| one.card.content.name.as_str().to_owned()).collect();
        Ok(Answer { total: found.total, names })
    }

    fn add(&mut self, card: &Card) -> Outcome {
        let add = add(&self.app, &self.keeper, None, (card.content.clone(), Some(self.spaces[card.space])));
        self.runtime.block_on(add).map(drop).map_err(said)
    }
}

/// The index by itself, without database and use case.
struct Alone {
    index: Index,
    names: Vec<String>,
    viewer: Viewer,
    today: Day,
}

fn space_id(space: usize) -> SpaceId {
    SpaceId(Uuid::from_u128(space as u128 + 1))
}

fn entry(number: usize, card: &Card, today: Day) -> Entry {
    let (visibility, consent) = (card.content.visibility, card.content.consent);
    let (keeper, team) = (UserId(Uuid::nil()), Some(TeamId(Uuid::from_u128(card.space as u128))));
    let seen = Seen { visibility, keeper, team, consent, of_person: false, ended_on: None };
    Entry::of(CardId(Uuid::from_u128(number as u128)), &card.content, seen, Some(space_id(card.space)), today)
}

/// Fills an index.
pub fn index(deck: &[Card]) -> Outcome<super::Made> {
    let today = Day::parse("2026-11-23").map_err(wrong)?;
    let (before, begin) = (anonymous(std::process::id()), Instant::now());
    let named: Vec<String> = (0..SPACES).map(space_name).collect();
    let cards = deck.iter().enumerate();
    let index = Index::built(
        cards.map(|(number, card)| (entry(number, card, today), &card.content, named[card.space].as_str())),
    );
    let (ready_in, after) = (begin.elapsed(), anonymous(std::process::id()));
    let names = deck.iter().map(|card| card.content.name.as_str().to_owned()).collect();
    let user = Some(UserId(Uuid::from_u128(5)));
    let viewer = Viewer { user, professional: true, all_teams: false, teams: vec![TeamId(Uuid::from_u128(0))] };
    Ok((Box::new(Alone { index, names, viewer, today }), ready_in, after.saturating_sub(before)))
}

impl Engine for Alone {
    fn ask(&mut self, question: &Question) -> Outcome<Answer> {
        let filter = Filter { space: question.space.map(space_id), ..question.filter.clone() };
        let text = question.text.clone();
        let asked = Asked { text, filter, today: self.today, after: None, limit: PAGE, places: false };
        let found = self.index.ask(&asked, &self.viewer);
        let name = |hit: &domain::resources::search::Hit| self.names.get(hit.id.0.as_u128() as usize).cloned();
        Ok(Answer { total: found.total, names: found.hits.iter().filter_map(name).collect() })
    }

    fn add(&mut self, card: &Card) -> Outcome {
        let entry = entry(self.names.len(), card, self.today);
        self.names.push(card.content.name.as_str().to_owned());
        self.index.put(entry, &card.content, &space_name(card.space));
        Ok(())
    }
}
