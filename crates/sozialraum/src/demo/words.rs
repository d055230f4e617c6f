// SPDX-License-Identifier: EUPL-1.2
//! The German words of the invented town. They stand in data files, one a line.

use std::collections::BTreeMap;

/// All lists.
#[derive(Debug, Clone)]
pub struct Words {
    pub regions: Vec<&'static str>,
    pub quarter_beginnings: Vec<&'static str>,
    pub quarter_ends: Vec<&'static str>,
    pub street_beginnings: Vec<&'static str>,
    pub street_ends: Vec<&'static str>,
    pub first_names: Vec<&'static str>,
    pub adult_names: Vec<&'static str>,
    pub surnames: Vec<&'static str>,
    pub agencies: Vec<&'static str>,
    /// Neighbours who wanted a card: `name | about | what they like to get`.
    pub helpers: Vec<&'static str>,
    /// `name | kind | topics | about | field=value; …`.
    pub cards: Vec<Vec<&'static str>>,
    /// What families live through.
    pub themes: Vec<Theme>,
    /// What is said whatever the theme, by code.
    pub common: Theme,
}

/// Sentences by their code, such as `report` or `goal`; parts of a sentence are set apart by `|`.
#[derive(Debug, Clone, Default)]
pub struct Theme(BTreeMap<&'static str, Vec<Vec<&'static str>>>);

impl Theme {
    /// All sentences of a code.
    pub fn of(&self, code: &str) -> &[Vec<&'static str>] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }

    /// All codes with their sentences.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = (&&'static str, &Vec<Vec<&'static str>>)> {
        self.0.iter()
    }

    fn add(&mut self, line: &'static str) {
        if let Some((code, sentence)) = line.split_once(':') {
            self.0.entry(code.trim()).or_default().push(parts(sentence));
        }
    }
}

impl Words {
    /// Reads the lists.
    pub fn new() -> Self {
        Self {
            regions: lines(include_str!("words/regions.txt")),
            quarter_beginnings: lines(include_str!("words/quarter_beginnings.txt")),
            quarter_ends: lines(include_str!("words/quarter_ends.txt")),
            street_beginnings: lines(include_str!("words/street_beginnings.txt")),
            street_ends: lines(include_str!("words/street_ends.txt")),
            first_names: lines(include_str!("words/first_names.txt")),
            adult_names: lines(include_str!("words/adult_names.txt")),
            surnames: lines(include_str!("words/surnames.txt")),
            agencies: lines(include_str!("words/agencies.txt")),
            helpers: lines(include_str!("words/helpers.txt")),
            cards: lines(include_str!("words/cards.txt")).into_iter().map(parts).collect(),
            themes: themes(include_str!("words/themes.txt")),
            common: themes(include_str!("words/common.txt")).pop().unwrap_or_default(),
        }
    }
}

fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn parts(line: &'static str) -> Vec<&'static str> {
    line.split('|').map(str::trim).collect()
}

/// A line `# name` begins a theme.
fn themes(text: &'static str) -> Vec<Theme> {
    let mut all: Vec<Theme> = Vec::new();
    for line in lines(text) {
        match (line.starts_with('#'), all.last_mut()) {
            (true, _) => all.push(Theme::default()),
            (false, Some(theme)) => theme.add(line),
            (false, None) => {}
        }
    }
    all
}

/// The n-th word, from the start again after the last.
pub fn nth(list: &[&'static str], number: usize) -> &'static str {
    list.get(number % list.len().max(1)).copied().unwrap_or_default()
}
