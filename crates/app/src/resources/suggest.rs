// SPDX-License-Identifier: EUPL-1.2
//! What may be meant by what is being typed: words and names of cards that the viewer may see, and of no others.

use super::find::search;
use crate::core::{App, Failure};
use domain::kernel::fold;
use domain::resources::Viewer;
use domain::resources::search::{Asked, Place, Said, texts};
use std::collections::BTreeMap;

/// Most suggestions.
const SUGGESTED: usize = 8;
/// Most words among them; the rest are names of cards.
const WORDS: usize = 5;
/// Fewer letters say too little.
const LETTERS: usize = 3;

/// Words and names that continue what is being typed. They stand on cards which this viewer may see today: the search
/// asks so for every card, and once more of its row. Key persons are never suggested.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn complete(app: &App, viewer: Viewer, asked: Asked) -> Result<Vec<String>, Failure> {
    let typed = asked.text.trim().to_owned();
    let (before, begun) = typed.rsplit_once(char::is_whitespace).unwrap_or(("", &typed));
    let begun = fold(begun);
    if begun.chars().count() < LETTERS {
        return Ok(Vec::new());
    }
    let cards = search(app, viewer, Asked { after: None, ..asked }).await?.cards;
    let mut words: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for one in &cards {
        let stands = texts(&one.card.content, Said { space: "", texts: &one.texts });
        let told = [Place::Name, Place::Keywords, Place::About, Place::Called, Place::Told];
        for (_, text) in stands.iter().filter(|(place, _)| told.contains(place)) {
            let words_of = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > LETTERS);
            for (folded, word) in
                words_of.map(|word| (fold(word), word)).filter(|(folded, _)| folded.starts_with(&begun))
            {
                words.entry(folded).or_insert_with(|| (0, word.to_owned())).0 += 1;
            }
        }
    }
    let mut words: Vec<(usize, String)> = words.into_values().collect();
    words.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut all: Vec<String> =
        words.into_iter().take(WORDS).map(|(_, word)| format!("{before} {word}").trim_start().to_owned()).collect();
    let names = cards.iter().map(|one| one.card.content.name.as_str().to_owned());
    all.extend(names);
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert(fold(one)));
    all.truncate(SUGGESTED);
    Ok(all)
}
