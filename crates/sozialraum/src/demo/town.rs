// SPDX-License-Identifier: EUPL-1.2
//! Makes the town: office, territory, people, money, cards, and three years of stories.

use super::act::{Progress, Scene, act};
use super::agreements;
use super::cards;
use super::chance::Chance;
use super::map::{self, Quarter};
use super::money;
use super::pen::{Course, Pen, Setting};
use super::size::Size;
use super::staff::{Cast, Hiring};
use super::story::{Story, Turn};
use super::words::Words;
use crate::ending::Ending;
use app::access::{found, operator};
use app::territory::{SpacesImport, StreetsImport, import_spaces, import_streets};
use app::{App, Clock, Db, Failure};
use domain::kernel::{Day, Line, Moment};
use domain::territory::ReadOptions;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::task::JoinSet;

/// The office's name.
pub const OFFICE: &str = "Jugendamt Musterhafen";
/// How far back the stories go.
const YEARS: i32 = 3;
/// Steps done side by side, so that the database can commit them together.
const TOGETHER: usize = 32;
/// So far is looked ahead for them; about two weeks in a town.
const AHEAD: usize = 120;

/// Told how many steps of how many are done.
pub type Tell = app::territory::Progress;

/// Makes a town that has reached this moment.
pub async fn make(db: &Db, size: Size, end: Moment, tell: &Tell) -> Result<App, Ending> {
    let start = end.day().plus_months(-12 * YEARS);
    let before = Moment::on(start.plus_days(-14), 9 * 60);
    let house = found(db, Line::parse(OFFICE).map_err(Failure::from)?, Clock::Fixed(before)).await?;
    let words = Words::new();
    let quarters = map::quarters(size, &words);
    draw(&house, &quarters, &words).await?;
    let mut hiring = Hiring::new(&house, &words);
    let mut cast = hiring.everybody(size).await?;
    agreements::agree(&house, &mut cast, end).await?;
    let cast = Arc::new(cast);
    let stories = stories(&words, size, &quarters, (start, end))?;
    money::plan(&house, &cast, &stories, end).await?;
    cards::collect(&house, &cast, &words, (size.cards, end)).await?;
    live(&house, Arc::clone(&cast), Arc::new(stories), tell).await?;
    agreements::live(&house, &cast, size, end).await?;
    money::cover(&house, &cast, end).await?;
    hiring.last().await?;
    Ok(App::new(db.clone(), house.office(), Clock::System))
}

async fn draw(house: &App, quarters: &[Quarter], words: &Words) -> Result<(), Ending> {
    let valid_from = house.today();
    let options = ReadOptions { region_prop: Some("region".to_owned()), ..ReadOptions::default() };
    let quiet = Tell::default();
    let spaces = SpacesImport { options, valid_from, dry_run: false, progress: quiet.clone() };
    let report = import_spaces(house, &operator(), &map::geojson(quarters, words), spaces).await?;
    let faulty = |findings: &[domain::territory::Finding]| {
        let sentences: Vec<String> = findings.iter().map(domain::territory::Finding::german).collect();
        Ending::faulty(sentences.join("\n"))
    };
    if report.edition.is_none() {
        return Err(faulty(&report.findings));
    }
    let (zu, ra) = map::streets(quarters);
    let streets =
        StreetsImport { zu: zu.into_bytes(), ra: ra.into_bytes(), valid_from, dry_run: false, progress: quiet };
    let report = import_streets(house, &operator(), streets).await?;
    if report.edition.is_none() { Err(faulty(&report.findings)) } else { Ok(()) }
}

/// How many reports are on the board, fresh, without a place, or with signs of danger just now.
const ON_BOARD: [(Course, usize); 3] = [(Course::Danger, 4), (Course::New, 9), (Course::Lost, 3)];

/// Writes all stories down.
fn stories(words: &Words, size: Size, quarters: &[Quarter], time: (Day, Moment)) -> Result<Vec<Story>, Failure> {
    let (start, end) = time;
    let days = end.day().days_since(start);
    let mut all = Vec::with_capacity(size.cases + 16);
    let mut write = |number: usize, start: Day, course: Course| {
        let mut chance = Chance::of(1_000_000 + number);
        let team = number % quarters.len().max(1);
        let worker = number / quarters.len().max(1) % size.workers.max(1);
        let place = quarters.get(team).map_or(String::new(), |quarter| quarter.address(&mut chance));
        let pen = Pen::new(&Setting { words, size, number, start, end });
        all.push(pen.write(course, team, worker, place)?);
        Ok::<_, Failure>(())
    };
    for number in 0..size.cases {
        let passed = i64::from(days - 5) * i64::try_from(number).unwrap_or_default();
        let passed = passed / i64::try_from(size.cases.max(1)).unwrap_or(1);
        write(number, start.plus_days(i32::try_from(passed).unwrap_or_default()), Course::Whole)?;
    }
    for (course, count) in ON_BOARD {
        for extra in 0..count {
            let ago = 3 + i32::try_from(extra % 4).unwrap_or_default();
            let number = size.cases + extra + 100 * usize::from(course == Course::New);
            write(number, end.day().plus_days(-ago), course)?;
        }
    }
    Ok(all)
}

/// Lives through all stories side by side, in the order of time.
async fn live(app: &App, cast: Arc<Cast>, stories: Arc<Vec<Story>>, tell: &Tell) -> Result<(), Failure> {
    let mut order: Vec<Next> = Vec::new();
    for (number, story) in stories.iter().enumerate() {
        order.extend(story.steps.iter().enumerate().map(|(at, step)| (step.at, number, at)));
    }
    order.sort_unstable();
    let mut order = VecDeque::from(order);
    let all = order.len();
    let mut so_far: Vec<Option<Progress>> = vec![Some(Progress::default()); stories.len()];
    while !order.is_empty() {
        let mut running = JoinSet::new();
        for (_, number, at) in together(&stories, &mut order) {
            let progress = so_far.get_mut(number).and_then(Option::take).unwrap_or_default();
            let (app, cast, stories) = (app.clone(), Arc::clone(&cast), Arc::clone(&stories));
            running.spawn(async move { (number, one(&app, &cast, &stories, (number, at), progress).await) });
        }
        while let Some(ended) = running.join_next().await {
            let (number, progress) = ended.map_err(|error| broken(&error))?;
            if let Some(place) = so_far.get_mut(number) {
                *place = Some(progress?);
            }
        }
        tell.tell(all - order.len(), all);
    }
    Ok(())
}

/// A task that fell over.
pub fn broken(error: &tokio::task::JoinError) -> Failure {
    Failure::Broken(app::StoreError::Engine(error.to_string()))
}

/// A step's moment, its story's number, and its place in it.
type Next = (Moment, usize, usize);

/// Takes out the next steps that may run side by side: each of another story, and one a turn, so that the
/// town is the same every time. What has to wait keeps its place.
fn together(stories: &[Story], order: &mut VecDeque<Next>) -> Vec<Next> {
    let (mut taken, mut waiting) = (Vec::with_capacity(TOGETHER), Vec::new());
    let (mut seen, mut turns): (Vec<usize>, Vec<Turn>) = (Vec::new(), Vec::new());
    for _ in 0..AHEAD {
        if taken.len() == TOGETHER {
            break;
        }
        let Some(next) = order.pop_front() else { break };
        let step = stories.get(next.1).and_then(|story| story.steps.get(next.2));
        let turn = step.and_then(|step| step.deed.turn());
        let free = !seen.contains(&next.1) && turn.is_none_or(|turn| !turns.contains(&turn));
        seen.push(next.1);
        turns.extend(turn);
        if free { taken.push(next) } else { waiting.push(next) }
    }
    waiting.into_iter().rev().for_each(|next| order.push_front(next));
    taken
}

async fn one(
    app: &App,
    cast: &Cast,
    stories: &[Story],
    place: (usize, usize),
    mut progress: Progress,
) -> Result<Progress, Failure> {
    let Some(story) = stories.get(place.0) else { return Ok(progress) };
    let (Some(team), Some(step)) = (cast.teams.get(story.team), story.steps.get(place.1)) else { return Ok(progress) };
    let Some(worker) = team.workers.get(story.worker) else { return Ok(progress) };
    let scene = Scene { cast, team, worker, family: &story.family };
    act(app, &scene, step, &mut progress).await?;
    Ok(progress)
}
