// SPDX-License-Identifier: EUPL-1.2
//! Makes the town: office, territory, people, money, cards, and three years of stories.

use super::act::{Progress, Scene, act};
use super::agreements;
use super::allocation;
use super::cards;
use super::chance::Chance;
use super::map::{self, Quarter};
use super::money;
use super::pen::{Course, Pen, Setting};
use super::quarter;
use super::size::Size;
use super::staff::{Cast, Hiring};
use super::story::{Step, Story, Turn};
use super::words::Words;
use super::{closings, files, letters, protection};
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
const TOGETHER: usize = 48;
/// So many are looked through for one that may begin; about two weeks in a town.
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
    cards::collect(&house, &cast, &words, (size, end)).await?;
    protection::land(&house).await?;
    letters::house(&house).await?;
    live(&house, Arc::clone(&cast), Arc::new(stories), tell).await?;
    agreements::live(&house, &cast, size, end).await?;
    money::cover(&house, &cast, end).await?;
    allocation::distribute(&house, &cast, end).await?;
    closings::live(&house, &cast, end).await?;
    protection::live(&house, &cast, end).await?;
    files::live(&house, &cast, end).await?;
    letters::some(&house, &cast, end).await?;
    protection::keep_days(&house, &cast, end).await?;
    money::projects(&house, &cast, end).await?;
    quarter::tend(&house, &cast, (&quarters, &words), end).await?;
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

/// Lives through all stories side by side, nearly in the order of time.
async fn live(app: &App, cast: Arc<Cast>, stories: Arc<Vec<Story>>, tell: &Tell) -> Result<(), Failure> {
    let mut queue = Queue::new(&stories, &cast);
    let all = queue.waiting.len();
    let mut so_far: Vec<Option<Progress>> = vec![Some(Progress::default()); stories.len()];
    let mut running = JoinSet::new();
    loop {
        while running.len() < TOGETHER
            && let Some(next) = queue.take()
        {
            let progress = so_far.get_mut(next.story).and_then(Option::take).unwrap_or_default();
            let (app, cast, stories) = (app.clone(), Arc::clone(&cast), Arc::clone(&stories));
            running.spawn(async move { (next, one(&app, &cast, &stories, (next.story, next.step), progress).await) });
        }
        let Some(ended) = running.join_next().await else { return Ok(()) };
        let (next, progress) = ended.map_err(|error| broken(&error))?;
        queue.done(next);
        if let Some(place) = so_far.get_mut(next.story) {
            *place = Some(progress?);
        }
        let left = queue.waiting.len() + running.len();
        if left.is_multiple_of(TOGETHER) {
            tell.tell(all - left, all);
        }
    }
}

/// A task that fell over.
pub fn broken(error: &tokio::task::JoinError) -> Failure {
    Failure::Broken(app::StoreError::Engine(error.to_string()))
}

/// A step of a story that is to come, by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Next {
    at: Moment,
    story: usize,
    step: usize,
    turn: Option<Turn>,
}

/// What is to come, and who is busy: a story does one step at a time, and a turn is taken by one step, so that
/// the town is the same every time. What has to wait keeps its place.
struct Queue {
    waiting: VecDeque<Next>,
    busy: Vec<Next>,
}

impl Queue {
    fn new(stories: &[Story], cast: &Cast) -> Self {
        let mut waiting = Vec::new();
        for (story, told) in stories.iter().enumerate() {
            let region = cast.teams.get(told.team).map_or(0, |team| team.region);
            let next = |(step, it): (usize, &Step)| Next { at: it.at, story, step, turn: it.deed.turn(region) };
            waiting.extend(told.steps.iter().enumerate().map(next));
        }
        waiting.sort_unstable();
        Self { waiting: waiting.into(), busy: Vec::new() }
    }

    /// Takes out the first step that may begin now.
    fn take(&mut self) -> Option<Next> {
        let mut before = self.busy.clone();
        for place in 0..AHEAD.min(self.waiting.len()) {
            let next = *self.waiting.get(place)?;
            if before.iter().all(|other| other.story != next.story && (next.turn.is_none() || other.turn != next.turn))
            {
                self.busy.push(next);
                return self.waiting.remove(place);
            }
            before.push(next);
        }
        None
    }

    fn done(&mut self, next: Next) {
        self.busy.retain(|other| other.story != next.story);
    }
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
