// SPDX-License-Identifier: EUPL-1.2
//! What in a text may still tell who somebody is, when the names of the case are out (§ 64(2a) SGB VIII, N11): words
//! after `Frau` and `Tante`, streets with a number, schools with a name, numbers of telephones, days of birth. It is a
//! hint to read once more, and never complete: only a human being knows which nickname everybody knows.

use crate::kernel::Rule;

/// Something in the text may be a name; whoever has read it over goes on.
pub const MAYBE_NAMES: Rule = Rule::new("consultation.maybe_names", "§ 64(2a) SGB VIII");

/// A large word after one of these is mostly a name.
const BEFORE_NAMES: [&str; 16] = [
    "Frau",
    "Herr",
    "Herrn",
    "Familie",
    "Dr",
    "Tante",
    "Onkel",
    "Oma",
    "Opa",
    "Cousin",
    "Cousine",
    "Nachbarin",
    "Nachbar",
    "Freundin",
    "Freund",
    "Lehrerin",
];
/// What pseudonyms begin with, and words that are large after those without being names.
const NO_NAMES: [&str; 12] = [
    "Kind",
    "Mutter",
    "Vater",
    "Person",
    "Junger",
    "Jugendliche",
    "Angehörige",
    "Familie",
    "Haus",
    "Team",
    "Amt",
    "Und",
];
/// Ends of streets.
const STREETS: [&str; 10] = ["straße", "strasse", "str", "weg", "platz", "allee", "gasse", "ring", "damm", "ufer"];
/// Ends of houses that carry names.
const HOUSES: [&str; 6] = ["schule", "kita", "gymnasium", "kindergarten", "klinik", "praxis"];

/// What may tell somebody, in the order of the text, each once.
#[must_use]
pub fn name_hints(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut hints: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let hint =
            named_after(word, next).or_else(|| street(word, next)).or_else(|| house(word)).or_else(|| digits(word));
        if let Some(hint) = hint.filter(|hint| !hints.contains(hint)) {
            hints.push(hint);
        }
    }
    hints
}

fn bare(word: &str) -> &str {
    word.trim_matches(|sign: char| !sign.is_alphanumeric())
}

fn large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1
}

fn named_after(word: &str, next: &str) -> Option<String> {
    let name = bare(next);
    // A full stop or a comma after the first word ends what it could introduce, but for `Dr.`.
    let goes_on = word.ends_with(char::is_alphanumeric) || word.ends_with("Dr.");
    let is_name = large(name) && !NO_NAMES.contains(&name) && !BEFORE_NAMES.contains(&name);
    (goes_on && BEFORE_NAMES.contains(&bare(word)) && is_name).then(|| format!("{} {name}", bare(word)))
}

fn street(word: &str, next: &str) -> Option<String> {
    let (name, number) = (bare(word), bare(next));
    let lower = name.to_lowercase();
    let ends = STREETS.iter().any(|end| lower.ends_with(end) && lower.len() > end.len());
    let numbered = number.chars().next().is_some_and(|sign| sign.is_ascii_digit());
    (large(name) && ends && numbered).then(|| format!("{name} {number}"))
}

fn house(word: &str) -> Option<String> {
    let name = bare(word);
    let lower = name.to_lowercase();
    let named = HOUSES.iter().any(|end| lower.ends_with(end)) && name.contains('-');
    (large(name) && named).then(|| name.to_owned())
}

/// A day with its year, or the number of a telephone.
fn digits(word: &str) -> Option<String> {
    let number = bare(word);
    let count = number.chars().filter(char::is_ascii_digit).count();
    let only = number.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '/' | '-'));
    let dated = number.split('.').count() == 3 && count >= 6;
    (only && (dated || count >= 7)).then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_tell_somebody_is_pointed_at() {
        let check = |text: &str, expected: &[&str]| assert_eq!(name_hints(text), expected, "{text}");
        check("Frau Behrens holt ab, Tante Elif auch.", &["Frau Behrens", "Tante Elif"]);
        check("Wohnt Lindenweg 12 und am Lindenweg.", &["Lindenweg 12"]);
        check("Geht in die Astrid-Lindgren-Schule, Tel. 0401234567.", &["Astrid-Lindgren-Schule", "0401234567"]);
        check("Geboren am 02.04.2017, seit 2024 hier.", &["02.04.2017"]);
        check("Dr. Yıldız rät zu, Frau Behrens auch, Frau Behrens noch einmal.", &["Dr Yıldız", "Frau Behrens"]);
    }

    #[test]
    fn everyday_sentences_have_no_names() {
        for text in [
            "Kind A (9). Mutter B will, dass Kind A gern zur Schule geht.",
            "Die Familie Kind A kennt das Team.",
            "Eine Nachbarin hilft dienstags. Die Oma, Mutter von Vater C, kommt um 17.30 Uhr.",
            "Malgruppe in der Grundschule, 7,5 Stunden, 1. Klasse, von 2024 bis 2026",
            "",
        ] {
            assert_eq!(name_hints(text), [""; 0], "{text}");
        }
    }
}
