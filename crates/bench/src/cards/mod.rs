// SPDX-License-Identifier: EUPL-1.2
//! Ten thousand and a hundred thousand cards: getting ready, searching, listing, adding, beside engines alone that hold
//! the same cards and are asked the same.

mod deck;
mod http;
mod lite;
mod ours;
mod page;
mod postgres;
#[cfg(feature = "tantivy")]
mod tantivy;

use crate::Outcome;
use deck::{Card, Question};
use std::path::Path;
use std::time::{Duration, Instant};

pub use page::page;

/// How many cards, if nothing else is said.
pub const SIZES: [usize; 2] = [10_000, 100_000];
/// Cards on a page.
const PAGE: usize = 20;
/// How often every question is asked.
const ROUNDS: usize = 3;
/// Cards added one after the other.
const ADDED: usize = 60;

/// Middle, last twentieth and last hundredth.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread {
    pub p50: Duration,
    pub p95: Duration,
    pub p99: Duration,
}

impl Spread {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
        let at = |part| at(part).copied().unwrap_or_default();
        Self { p50: at(50), p95: at(95), p99: at(99) }
    }
}

/// How many there are, and the names of the first page.
pub struct Answer {
    pub total: usize,
    pub names: Vec<String>,
}

/// Something that holds cards and finds them: for a professional of one team, with the number of all hits.
trait Engine {
    fn ask(&mut self, question: &Question) -> Outcome<Answer>;
    /// Adds a card for good; after this it must be found.
    fn add(&mut self, card: &Card) -> Outcome;
}

/// One engine at one size.
pub struct Engined {
    pub name: String,
    /// From nothing to the first answer.
    pub ready_in: Duration,
    /// What it keeps, in KiB: memory, or a file.
    pub keeps: u64,
    /// Words, a space and one filter.
    pub narrowed: Spread,
    /// Words alone.
    pub plain: Spread,
    /// The same two, of the questions to which every engine has an answer.
    pub common: [Spread; 2],
    /// Of a thousand narrowed questions so many get an answer.
    pub answered: usize,
    /// Adding one card.
    pub added: Spread,
    /// Recall among ten and mean reciprocal rank of the judged set, in thousandths.
    pub quality: (usize, usize),
}

/// One size.
pub struct Sized {
    pub cards: usize,
    /// Made through the use case, cards a second.
    pub made: f64,
    pub engines: Vec<Engined>,
    /// Why an engine is missing.
    pub missing: Vec<String>,
    /// What else was asked of ours.
    pub more: Vec<(&'static str, Spread)>,
    /// Pages of the program over this office; why not, if there are none.
    pub pages: Result<Vec<http::Line>, String>,
}

type Made = (Box<dyn Engine>, Duration, u64);

/// All sizes.
pub fn measure(dir: &Path, sizes: &[usize], with: (Option<&str>, Option<&Path>)) -> Outcome<Vec<Sized>> {
    sizes.iter().map(|count| size(dir, *count, with)).collect()
}

fn size(dir: &Path, count: usize, (server, program): (Option<&str>, Option<&Path>)) -> Outcome<Sized> {
    eprintln!("{count} cards …");
    let deck = deck::city(count)?;
    let runtime = crate::runtime()?;
    let at = dir.join(format!("cards-{count}"));
    std::fs::create_dir_all(&at).map_err(|e| format!("{}: {e}", at.display()))?;
    let made = ours::Made::through_use_cases(&runtime, &at, &deck)?;
    let per_second = made.per_second;
    let mut engines: Vec<(String, Made, (usize, usize))> = Vec::new();
    let mut missing = Vec::new();
    let (ours, rest) = made.open(&runtime)?;
    engines.push(("**Ours, through the use case**".into(), ours, judge(&mut *ours::index(&deck::judged()?)?.0)?));
    engines.push(("Ours, the index alone".into(), ours::index(&deck)?, (0, 0)));
    let lite = |name: &str, deck: &[Card]| lite::open(&at.join(name), deck);
    engines.push((
        "SQLite FTS5".into(),
        lite("fts.sqlite", &deck)?,
        judge(&mut *lite("judged.sqlite", &deck::judged()?)?.0)?,
    ));
    match server {
        None => missing.push("PostgreSQL: no server".to_owned()),
        Some(server) => {
            let open = |name: String, deck: &[Card]| postgres::open(&runtime, (server, &name), deck);
            let judged = judge(&mut *open(format!("judged_{count}"), &deck::judged()?)?.0)?;
            engines.push(("PostgreSQL, `german`, GIN".into(), open(format!("cards_{count}"), &deck)?, judged));
        }
    }
    #[cfg(feature = "tantivy")]
    {
        let open = |name: &str, deck: &[Card]| tantivy::open(&at.join(name), deck);
        let judged = judge(&mut *open("judged", &deck::judged()?)?.0)?;
        engines.push(("Tantivy, German stems".into(), open("tantivy", &deck)?, judged));
    }
    #[cfg(not(feature = "tantivy"))]
    missing.push("Tantivy: built without the feature `tantivy`".to_owned());
    let engines = race(engines)?;
    let more = rest.more()?;
    drop(rest);
    let pages = program.ok_or_else(|| "no program".to_owned()).and_then(|program| http::pages(program, &at));
    Ok(Sized { cards: count, made: per_second, engines, missing, more, pages })
}

/// Times of each question of a kind, and whether there was an answer.
type Times = Vec<(Vec<Duration>, bool)>;

/// Asks all engines the same in turn, so that all meet the same weather.
fn race(mut engines: Vec<(String, Made, (usize, usize))>) -> Outcome<Vec<Engined>> {
    let kinds = [deck::narrowed()?, deck::texts()?];
    let empty = || kinds.each_ref().map(|all| vec![(Vec::new(), false); all.len()]);
    let mut times: Vec<[Times; 2]> = engines.iter().map(|_| empty()).collect();
    for (at, questions) in kinds.iter().enumerate() {
        for round in 0..=ROUNDS {
            for ((_, (engine, ..), _), times) in engines.iter_mut().zip(&mut times) {
                for (question, (times, answered)) in questions.iter().zip(&mut times[at]) {
                    let begin = Instant::now();
                    let answer = engine.ask(question)?;
                    times.extend((round > 0).then(|| begin.elapsed()));
                    *answered = !answer.names.is_empty() && answer.total >= answer.names.len();
                }
            }
        }
    }
    let common: Vec<Vec<bool>> = kinds
        .iter()
        .enumerate()
        .map(|(at, all)| (0..all.len()).map(|n| times.iter().all(|times| times[at][n].1)).collect())
        .collect();
    let mut lines = Vec::new();
    for ((name, (mut engine, ready_in, keeps), quality), times) in engines.into_iter().zip(times) {
        let mut adding = Vec::new();
        for card in deck::more(ADDED)? {
            let begin = Instant::now();
            engine.add(&card)?;
            adding.push(begin.elapsed());
        }
        let of = |at: usize, some: &dyn Fn(usize) -> bool| {
            let all = times[at].iter().enumerate().filter(|(n, _)| some(*n));
            Spread::of(all.flat_map(|(_, (times, _))| times.iter().copied()).collect())
        };
        let answered = times[0].iter().filter(|(_, answered)| *answered).count() * 1_000 / times[0].len().max(1);
        lines.push(Engined {
            narrowed: of(0, &|_| true),
            plain: of(1, &|_| true),
            common: [of(0, &|n| common[0][n]), of(1, &|n| common[1][n])],
            added: Spread::of(adding),
            name,
            ready_in,
            keeps,
            answered,
            quality,
        });
    }
    Ok(lines)
}

/// Recall among ten and mean reciprocal rank, in thousandths.
fn judge(engine: &mut dyn Engine) -> Outcome<(usize, usize)> {
    let names: Vec<String> = deck::judged()?.iter().map(|card| card.content.name.as_str().to_owned()).collect();
    let questions = deck::texts()?;
    let (mut recall, mut rank) = (0, 0);
    for question in &questions {
        let answer = engine.ask(question)?;
        let ten: Vec<&String> = answer.names.iter().take(10).collect();
        let right: Vec<&String> = question.right.iter().filter_map(|at| names.get(*at)).collect();
        recall += right.iter().filter(|name| ten.contains(name)).count() * 1_000 / right.len().max(1);
        rank += ten.iter().position(|name| right.contains(name)).map_or(0, |at| 1_000 / (at + 1));
    }
    Ok((recall / questions.len().max(1), rank / questions.len().max(1)))
}

/// A card as engines without our rules keep it: words in three weights, the rest as numbers.
struct Row {
    name: String,
    words: String,
    rest: String,
    /// All that stands on it, as it is shown.
    body: String,
    space: i64,
    topics: i64,
    languages: i64,
    no_steps: i64,
    age_from: i64,
    age_to: i64,
    free: i64,
    /// 0 public, 1 professionals, 2 team, 3 owner.
    visibility: i64,
}

impl Row {
    fn of(card: &Card) -> Self {
        use domain::resources::search::{Place, bit, texts};
        use domain::resources::{Barrier, Language, Topic, Visibility};
        let content = &card.content;
        let (mut words, mut rest) = (Vec::new(), Vec::new());
        for (place, text) in texts(content, &deck::space_name(card.space)) {
            match place {
                Place::Name => {}
                Place::Keywords | Place::Topic | Place::Basis => words.push(text),
                _ => rest.push(text),
            }
        }
        let body: Vec<String> = content.fields().into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        Self {
            name: content.name.as_str().to_owned(),
            words: words.join(" "),
            rest: rest.join(" "),
            body: body.join("\n"),
            space: i64::try_from(card.space).unwrap_or_default(),
            topics: content.topics.iter().map(|one| i64::from(bit(Topic::ALL, one))).sum(),
            languages: content.languages.iter().map(|one| i64::from(bit(Language::ALL, one))).sum(),
            no_steps: content.barriers.contains(&Barrier::NoSteps).into(),
            age_from: content.age_from.unwrap_or(0),
            age_to: content.age_to.unwrap_or(200),
            free: content.free_places.unwrap_or(0),
            visibility: match content.visibility {
                Visibility::Public => 0,
                Visibility::Professionals => 1,
                Visibility::Team => 2,
                Visibility::Owner => 3,
            },
        }
    }
}

/// What narrows a question, as conditions on the columns of [`Row`]; numbers only.
fn conditions(question: &Question) -> String {
    use domain::resources::search::bit;
    use domain::resources::{Language, Topic};
    let filter = &question.filter;
    let mut all = vec!["(visibility < 2 OR visibility = 2 AND space = 0)".to_owned()];
    all.extend(question.space.map(|space| format!("space = {space}")));
    all.extend(filter.topic.map(|topic| format!("topics & {} <> 0", bit(Topic::ALL, &topic))));
    all.extend(filter.language.map(|language| format!("languages & {} <> 0", bit(Language::ALL, &language))));
    all.extend(filter.age.map(|age| format!("age_from <= {age} AND age_to >= {age}")));
    all.extend(filter.no_steps.then(|| "no_steps = 1".to_owned()));
    all.extend(filter.free_places.then(|| "free > 0".to_owned()));
    all.join(" AND ")
}

/// The words of a question, without signs.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
