// SPDX-License-Identifier: EUPL-1.2
//! Invented cards of a city, as many as wanted, always the same; and what people ask.
//!
//! The cards vary those of the judged set (`domain/tests/search`), so that the judged queries are what is asked here as
//! well: slips, compounds, paragraphs. Names of streets, houses and people are made of syllables: the more cards, the
//! more words.

use crate::Outcome;
use crate::quarter::Dice;
use domain::resources::search::Filter;
use domain::resources::{CardContent, Language, Topic};

const CARDS: &str = include_str!("../../../domain/tests/search/cards.txt");
const QUERIES: &str = include_str!("../../../domain/tests/search/queries.txt");

/// Social spaces of the city.
pub const SPACES: usize = 40;

/// A card as every engine gets it.
pub struct Card {
    pub content: CardContent,
    /// Its space, from 0.
    pub space: usize,
}

/// What is asked: words, a space, and one thing more.
#[derive(Clone)]
pub struct Question {
    pub text: String,
    pub space: Option<usize>,
    pub filter: Filter,
    /// The judged cards that answer it, by their place in [`judged`].
    pub right: Vec<usize>,
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// The fields of a line of the judged set.
fn template(line: &'static str) -> (&'static str, Vec<(&'static str, String)>) {
    let mut parts = line.split('|').map(str::trim);
    let mut next = || parts.next().unwrap_or_default();
    let id = next();
    let mut fields: Vec<(&str, String)> =
        ["name", "kind", "topics", "about"].into_iter().map(|name| (name, next().to_owned())).collect();
    let more = next().split(';').filter_map(|pair| pair.trim().split_once('='));
    fields.extend(more.map(|(name, value)| (name, value.to_owned())));
    (id, fields)
}

fn read(fields: &[(&str, String)]) -> Outcome<CardContent> {
    CardContent::read(fields).map_err(|wrong| format!("an invented card: {wrong:?}"))
}

/// The judged cards as they are.
pub fn judged() -> Outcome<Vec<Card>> {
    let card = |line| {
        let (_, mut fields) = template(line);
        fields.push(("visibility", "public".to_owned()));
        Ok(Card { content: read(&fields)?, space: 0 })
    };
    lines(CARDS).map(card).collect()
}

const BEGINNINGS: [&str; 24] = [
    "Linden",
    "Buchen",
    "Ahorn",
    "Mühlen",
    "Kirchen",
    "Schleusen",
    "Brücken",
    "Garten",
    "Weiden",
    "Erlen",
    "Birken",
    "Kastanien",
    "Holunder",
    "Amsel",
    "Finken",
    "Lerchen",
    "Falken",
    "Reiher",
    "Ziegel",
    "Töpfer",
    "Weber",
    "Gerber",
    "Schmiede",
    "Fähr",
];
const MIDDLES: [&str; 14] =
    ["", "", "hof", "berg", "feld", "tal", "moor", "ried", "born", "beck", "stein", "busch", "kamp", "see"];
const ENDS: [&str; 8] = ["straße", "weg", "allee", "gasse", "ufer", "platz", "stieg", "ring"];
const SYLLABLES: [&str; 32] = [
    "ba", "be", "bo", "da", "do", "fa", "fi", "ga", "ha", "he", "ho", "ja", "ka", "ki", "ko", "la", "le", "lo", "ma",
    "mi", "mo", "na", "ni", "no", "pa", "ra", "ri", "sa", "so", "ta", "ti", "wo",
];
const FOR_WHOM: [&str; 12] = [
    "Mädchen",
    "Jungen",
    "Väter",
    "Mütter",
    "Familien",
    "Senioren",
    "Nachbarn",
    "Geschwister",
    "Alleinerziehende",
    "Jugendliche",
    "Großeltern",
    "Kinder",
];
const WHAT: [&str; 16] = [
    "gruppe",
    "treff",
    "beratung",
    "frühstück",
    "werkstatt",
    "kurs",
    "abend",
    "chor",
    "garten",
    "ausflug",
    "theater",
    "sport",
    "kochen",
    "turnen",
    "patenschaft",
    "sprechstunde",
];

fn pick<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
    all[usize::try_from(dice.below(all.len() as i64)).unwrap_or_default() % all.len()]
}

/// A name that nobody has: two to four syllables.
fn name(dice: &mut Dice) -> String {
    let length = 2 + dice.below(3);
    let mut name: String = (0..length).map(|_| pick(dice, &SYLLABLES)).collect();
    name[..1].make_ascii_uppercase();
    name.push_str(pick(dice, &["", "n", "r", "l", "ck", "st"]));
    name
}

fn street(dice: &mut Dice) -> String {
    [pick(dice, &BEGINNINGS), pick(dice, &MIDDLES), pick(dice, &ENDS)].concat()
}

/// The cards of a city.
pub fn city(count: usize) -> Outcome<Vec<Card>> {
    let templates: Vec<_> = lines(CARDS).map(|line| template(line).1).collect();
    let mut dice = Dice(2_026);
    (0..count).map(|_| varied(&templates, &mut dice)).collect()
}

/// A judged card, somewhere else, by somebody else, for somebody else. The first templates are the more frequent.
fn varied(templates: &[Vec<(&'static str, String)>], dice: &mut Dice) -> Outcome<Card> {
    let wide = dice.below(templates.len() as i64);
    let which = usize::try_from(dice.below(wide + 1)).unwrap_or_default();
    let mut fields = templates[which].clone();
    let other = pick(dice, &FOR_WHOM).to_owned() + pick(dice, &WHAT);
    let also = &templates[usize::try_from(dice.below(templates.len() as i64)).unwrap_or_default()];
    let also = also.iter().find(|(name, _)| *name == "about").map_or("", |(_, about)| about);
    let (house, road) = (name(dice), street(dice));
    for (field, value) in &mut fields {
        match *field {
            "name" => *value = format!("{value} {house}"),
            "about" => *value = format!("{value}. {other} im Haus {house}, {also}. Träger: {} e. V.", name(dice)),
            _ => {}
        }
    }
    let space = usize::try_from(dice.below(SPACES as i64)).unwrap_or_default();
    fields.push(("place", format!("{road} {}, 43017 Probstadt", 1 + dice.below(180))));
    fields.push(("contact", format!("{}@{}.example", house.to_lowercase(), road.len())));
    fields.push(("key_person", format!("{} {}", name(dice), name(dice))));
    let (column, row) = (space % 8, space / 8);
    let (north, east) = (dice.below(9_000), dice.below(14_000));
    let north = 53.6 + row as f64 * 0.01 + north as f64 / 1e6;
    fields.push(("point", format!("{north:.6}, {:.6}", 9.90 + column as f64 * 0.015 + east as f64 / 1e6)));
    varied_facts(&mut fields, dice);
    Ok(Card { content: read(&fields)?, space })
}

fn varied_facts(fields: &mut Vec<(&'static str, String)>, dice: &mut Dice) {
    let has = |fields: &[(&str, String)], name: &str| fields.iter().any(|(field, _)| *field == name);
    if !has(fields, "languages") {
        let languages: Vec<&str> =
            Language::ALL.iter().filter(|_| dice.below(6) == 0).map(|language| language.code()).collect();
        fields.push(("languages", languages.join(" ")));
    }
    if !has(fields, "barriers") && dice.below(3) == 0 {
        fields.push(("barriers", "no-steps".into()));
    }
    if !has(fields, "age_from") && !has(fields, "age_to") && dice.below(2) == 0 {
        let from = dice.below(14);
        fields.push(("age_from", from.to_string()));
        fields.push(("age_to", (from + 3 + dice.below(12)).to_string()));
    }
    if !has(fields, "times") && dice.below(3) > 0 {
        let (day, hour) = (pick(dice, &["Mo", "Di", "Mi", "Do", "Fr", "Sa"]), 9 + dice.below(9));
        let until = pick(dice, &["", "", "", " bis 31.12.2031"]);
        fields.push(("times", format!("{day} {hour}-{} Uhr{until}", hour + 2)));
    }
    fields.push(("free_places", dice.below(4).to_string()));
    if !has(fields, "visibility") {
        let visibility = match dice.below(100) {
            0..80 => "public",
            80..94 => "professionals",
            94..98 => "team",
            _ => "owner",
        };
        fields.push(("visibility", visibility.into()));
    }
}

/// The judged texts, without anything that narrows.
pub fn texts() -> Outcome<Vec<Question>> {
    let ids: Vec<&str> = lines(CARDS).map(|line| template(line).0).collect();
    let question = |line: &str| {
        let (text, right) = line.split_once(" = ").ok_or("a query without its cards")?;
        let place = |id: &str| ids.iter().position(|other| *other == id);
        let right = right.split(' ').filter_map(place).collect();
        Ok(Question { text: text.to_owned(), space: None, filter: Filter::default(), right })
    };
    lines(QUERIES).map(question).collect()
}

/// The judged texts, each in a space and with one filter more.
pub fn narrowed() -> Outcome<Vec<Question>> {
    let narrow = |(number, question): (usize, Question)| {
        let mut filter = Filter::default();
        match number % 5 {
            0 => filter.language = Some(Language::ALL[number % Language::ALL.len()]),
            1 => filter.age = Some((number % 17) as i64),
            2 => filter.no_steps = true,
            3 => filter.free_places = true,
            _ => filter.topic = Some(Topic::ALL[number % Topic::ALL.len()]),
        }
        Question { space: Some(number % SPACES), filter, ..question }
    };
    Ok(texts()?.into_iter().enumerate().map(narrow).collect())
}

/// The name of a space.
pub fn space_name(space: usize) -> String {
    format!("Raum {space}")
}

/// Cards that come later.
pub fn more(count: usize) -> Outcome<Vec<Card>> {
    let templates: Vec<_> = lines(CARDS).map(|line| template(line).1).collect();
    let mut dice = Dice(9_999);
    (0..count).map(|_| varied(&templates, &mut dice)).collect()
}
