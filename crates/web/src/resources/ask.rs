// SPDX-License-Identifier: EUPL-1.2
//! The question in an address: words, filters, where the page begins.

use super::choices;
use crate::kit::{Choice, Oops, Web, link, t_with};
use app::resources::{self, Near, NearHow, PAGE};
use domain::kernel::{CardId, Moment};
use domain::resources::search::{Asked, Cursor, Filter};
use domain::resources::{Basis, CardKind, Language, Topic};
use serde::Deserialize;

/// How far "near" is, in metres, if nothing else is said.
const NEAR: i64 = 2_000;

/// The question as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Question {
    pub q: String,
    pub thema: String,
    pub grundlage: String,
    pub art: String,
    pub alter: String,
    pub sprache: String,
    pub barrierefrei: String,
    pub frei: String,
    pub offen: String,
    pub raum: String,
    pub nahe: String,
    pub umkreis: String,
    pub alt: String,
    pub beendet: String,
    pub nach: String,
    /// In which language cards are told.
    pub lang: String,
}

/// A choice with the mark whether it was made.
pub struct Offered {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The question with all that its form needs.
pub struct AskForm {
    pub asked: Question,
    pub path: &'static str,
    pub topics: Vec<Offered>,
    pub bases: Vec<Offered>,
    pub kinds: Vec<Offered>,
    pub languages: Vec<Offered>,
    pub spaces: Vec<Offered>,
    pub distances: Vec<Offered>,
    /// What is said about the place to start from.
    pub near: Option<String>,
    /// For staff.
    pub inside: bool,
}

fn marked(choices: Vec<Choice>, chosen: &str) -> Vec<Offered> {
    let mark = |choice: Choice| Offered { chosen: choice.value == chosen, value: choice.value, label: choice.label };
    choices.into_iter().map(mark).collect()
}

fn yes(text: &str) -> bool {
    !text.is_empty()
}

/// `<rank>_<id>_<name>`.
fn cursor(text: &str) -> Option<Cursor> {
    let mut parts = text.splitn(3, '_');
    let (rank, id) = (parts.next()?.parse().ok()?, parts.next()?.parse::<CardId>().ok()?);
    Some(Cursor { rank, name_key: parts.next()?.to_owned(), id })
}

impl Question {
    /// What the search is asked; what cannot be read narrows nothing.
    pub fn asked(&self, now: Moment, near: Option<Near>) -> Asked {
        let minute = || {
            let clock = now.clock();
            let (hour, minute) = clock.split_once(':')?;
            Some(hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()?)
        };
        let radius = self.umkreis.parse().ok().filter(|metres| (100..=50_000).contains(metres)).unwrap_or(NEAR);
        let filter = Filter {
            topic: Topic::from_code(&self.thema),
            basis: Basis::from_code(&self.grundlage),
            kind: CardKind::from_code(&self.art),
            age: self.alter.trim().parse().ok(),
            language: Language::from_code(&self.sprache),
            no_steps: yes(&self.barrierefrei),
            free_places: yes(&self.frei),
            open_at: yes(&self.offen).then(minute).flatten(),
            space: self.raum.parse().ok(),
            near: near.map(|near| (near.point, radius)),
            stale: yes(&self.alt),
            closed: yes(&self.beendet),
            newest: false,
        };
        Asked {
            text: self.q.chars().take(200).collect(),
            filter,
            today: now.day(),
            after: cursor(&self.nach),
            limit: PAGE,
            places: false,
        }
    }

    /// The address of this question on another path, beginning elsewhere.
    pub fn link(&self, path: &str, after: Option<&Cursor>) -> String {
        let after = after.map(|after| format!("{}_{}_{}", after.rank, after.id, after.name_key)).unwrap_or_default();
        link(
            path,
            &[
                ("q", &self.q),
                ("thema", &self.thema),
                ("grundlage", &self.grundlage),
                ("art", &self.art),
                ("alter", &self.alter),
                ("sprache", &self.sprache),
                ("barrierefrei", &self.barrierefrei),
                ("frei", &self.frei),
                ("offen", &self.offen),
                ("raum", &self.raum),
                ("nahe", &self.nahe),
                ("umkreis", if self.nahe.is_empty() { "" } else { &self.umkreis }),
                ("alt", &self.alt),
                ("beendet", &self.beendet),
                ("nach", &after),
                ("lang", &self.lang),
            ],
        )
    }

    /// The same in another language.
    pub fn in_language(&self, code: &str) -> Self {
        Self { lang: code.to_owned(), nach: String::new(), ..self.clone() }
    }

    /// Is anything but words narrowing?
    pub fn narrows(&self) -> bool {
        [
            &self.grundlage,
            &self.art,
            &self.alter,
            &self.sprache,
            &self.barrierefrei,
            &self.frei,
            &self.offen,
            &self.nahe,
            &self.alt,
            &self.beendet,
        ]
        .iter()
        .any(|text| !text.is_empty())
    }
}

/// The question as the search takes it, and its form.
///
/// # Errors
/// When the house fails.
pub async fn read(web: &Web, asked: Question, (path, inside): (&'static str, bool)) -> Result<(Asked, AskForm), Oops> {
    let place = asked.nahe.trim();
    let near = if place.is_empty() { None } else { resources::near(&web.app, place.to_owned()).await? };
    let spaces = super::spaces(web).await?;
    let said = (!place.is_empty()).then(|| match near {
        Some(Near { how: NearHow::Point, .. }) => t_with("cards-near-point", &[]),
        Some(Near { how: NearHow::Middle(space), .. }) => {
            let space = spaces.iter().find(|one| one.value == space.to_string()).map_or("", |one| &one.label);
            t_with("cards-near-middle", &[("x", space)])
        }
        None => t_with("cards-near-unknown", &[("x", place)]),
    });
    let question = asked.asked(web.app.now(), near);
    let bases = Basis::ALL.iter().map(|basis| Choice::new(basis.code(), format!("§ {}", basis.code()))).collect();
    let form = AskForm {
        topics: marked(choices!("topic", Topic), &asked.thema),
        bases: marked(bases, &asked.grundlage),
        kinds: marked(choices!("card-kind", CardKind), &asked.art),
        languages: marked(choices!("lang", Language), &asked.sprache),
        spaces: marked(spaces, &asked.raum),
        distances: marked(distances(), if asked.umkreis.is_empty() { "2000" } else { &asked.umkreis }),
        near: said,
        asked,
        path,
        inside,
    };
    Ok((question, form))
}

fn distances() -> Vec<Choice> {
    let metres = [("500", "500 m"), ("1000", "1 km"), ("2000", "2 km"), ("5000", "5 km"), ("10000", "10 km")];
    metres.into_iter().map(|(value, label)| Choice::new(value, label)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_comes_back() {
        let id = CardId(uuid::Uuid::from_u128(7));
        let after = Cursor { rank: -12, name_key: "chor_am see".into(), id };
        let link = Question { q: "Chor & Co".into(), ..Question::default() }.link("/angebote", Some(&after));
        let query = link.split_once('?').unwrap().1;
        let back: Question = serde_html_form::from_str(query).unwrap();
        assert_eq!((back.q.as_str(), cursor(&back.nach)), ("Chor & Co", Some(after)));
        assert_eq!(cursor("unsinn"), None);
    }
}
