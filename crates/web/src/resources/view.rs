// SPDX-License-Identifier: EUPL-1.2
//! A card in German, as much of it as the reader may see.

use super::times;
use crate::kit::{t, t_with};
use app::resources::{CardRow, Listed, Shown};
use domain::kernel::{CardId, Day, Line};
use domain::resources::search::How;
use domain::resources::{CardContent, CardText, Visibility};

/// Whether professionals read: they see key persons and who keeps the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Everybody.
    Public,
    /// Professionals.
    Inside,
}

/// A card as it is shown.
pub struct CardView {
    pub id: CardId,
    pub name: String,
    pub kind: &'static str,
    pub topics: Vec<String>,
    pub about: String,
    pub space: Option<String>,
    pub web: Option<String>,
    /// Label and text.
    pub facts: Vec<(String, String)>,
    pub times: Vec<String>,
    pub fresh: bool,
    pub confirmed: String,
    pub closed: bool,
    /// Code of who sees it, if not everybody.
    pub narrow: Option<&'static str>,
    /// Sentences on why it was found.
    pub why: Vec<String>,
    pub distance: Option<String>,
    /// Language and direction of name and text, where they are not the page's own.
    pub tongue: Option<(&'static str, &'static str)>,
}

fn text(line: &Option<Line>) -> Option<String> {
    line.as_ref().map(|line| line.as_str().to_owned())
}

fn words<T: Copy>(kind: &str, all: &[T], code: impl Fn(T) -> &'static str) -> Option<String> {
    let words: Vec<String> = all.iter().map(|one| t(&format!("{kind}-{}", code(*one)))).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn cost(card: &CardContent) -> Option<String> {
    let kind = card.cost.map(|cost| t(&format!("cost-{}", cost.code())));
    let all: Vec<String> = kind.into_iter().chain(text(&card.cost_note)).collect();
    (!all.is_empty()).then(|| all.join(": "))
}

fn ages(card: &CardContent) -> Option<String> {
    let number = |key: &str, x: i64| t_with(key, &[("x", &x.to_string())]);
    match (card.age_from, card.age_to) {
        (Some(from), Some(to)) => Some(t_with("ages-between", &[("x", &from.to_string()), ("y", &to.to_string())])),
        (Some(from), None) => Some(number("ages-from", from)),
        (None, Some(to)) => Some(number("ages-to", to)),
        (None, None) => None,
    }
}

/// Only an address that a browser may follow.
fn link(card: &CardContent) -> Option<String> {
    text(&card.web).filter(|web| web.starts_with("https://") || web.starts_with("http://"))
}

impl CardView {
    /// A card for a reader.
    pub fn of(row: &CardRow, view: View, today: Day) -> Self {
        let card = &row.content;
        let fresh = row.due_on >= today;
        Self {
            id: row.id,
            name: card.name.as_str().to_owned(),
            kind: card.kind.code(),
            topics: card.topics.iter().map(|topic| t(&format!("topic-{}", topic.code()))).collect(),
            about: card.about.as_str().to_owned(),
            space: row.space_name.clone(),
            web: link(card),
            facts: facts(row, view),
            times: card.times.iter().map(times::said).collect(),
            fresh,
            confirmed: t_with(
                if fresh { "card-confirmed" } else { "card-stale" },
                &[("x", &row.confirmed_on.german())],
            ),
            closed: row.seen.is_closed(today) || card.is_over(today),
            narrow: Some(card.visibility).filter(|seen| *seen != Visibility::Public).map(Visibility::code),
            why: Vec::new(),
            distance: None,
            tongue: None,
        }
    }

    /// Says name and text in another language; without such a text they stay German, and say that they are.
    pub fn speak(&mut self, text: Option<&CardText>) {
        let Some(text) = text else {
            self.tongue = Some(("de", "ltr"));
            return;
        };
        self.tongue = Some((text.language.tag(), text.language.direction()));
        self.name = text.name.as_str().to_owned();
        self.about = text.about.as_str().to_owned();
        if let Some(conditions) = &text.conditions {
            let label = t("card-conditions");
            self.facts.retain(|(other, _)| *other != label);
            self.facts.push((label, conditions.as_str().to_owned()));
        }
    }

    /// A hit for a reader.
    pub fn hit(listed: &Listed, view: View, today: Day) -> Self {
        let distance = listed.metres.map(|metres| match metres {
            0..1_000 => format!("{} m", metres / 10 * 10),
            _ => format!("{},{} km", metres / 1_000, metres % 1_000 / 100),
        });
        Self { why: listed.why.iter().map(why).collect(), distance, ..Self::of(&listed.card, view, today) }
    }
}

fn facts(row: &CardRow, view: View) -> Vec<(String, String)> {
    let card = &row.content;
    let number = |number: Option<i64>| number.map(|number| number.to_string());
    let basis: Vec<String> = card.basis.iter().map(|basis| format!("§ {} SGB VIII", basis.code())).collect();
    let mut all = vec![
        ("card-place", text(&card.place)),
        ("card-contact", text(&card.contact)),
        ("card-conditions", text(&card.conditions)),
        ("card-skills", text(&card.skills)),
        ("card-cost", cost(card)),
        ("card-ages", ages(card)),
        ("card-free-places", number(card.free_places)),
        ("card-waiting", number(card.waiting)),
        ("card-languages", words("lang", &card.languages, |one| one.code())),
        ("card-barriers", words("barrier", &card.barriers, |one| one.code())),
        ("card-basis", Some(basis.join(", ")).filter(|text| !text.is_empty())),
    ];
    if view == View::Inside {
        all.push(("card-likes", text(&card.likes)));
        all.push(("card-key-person", text(&card.key_person)));
        all.push(("card-second-person", text(&card.second_person)));
        all.push(("card-keeper", Some(row.keeper_name.clone())));
    }
    all.into_iter().filter_map(|(key, text)| Some((t(key), text?))).collect()
}

/// Why a card was found: the word asked for, the word on the card, where it stands.
fn why(shown: &Shown) -> String {
    let place = t(&format!("found-in-{}", shown.place.code()));
    let word = shown.word.clone().unwrap_or_default();
    let key = match (shown.how, word.is_empty()) {
        (_, true) => "why-place".to_owned(),
        (How::Word, _) => "why-word".to_owned(),
        (how, _) => format!("why-{}", how.code()),
    };
    t_with(&key, &[("x", &shown.asked), ("y", &word), ("z", &place)])
}
