// SPDX-License-Identifier: EUPL-1.2
//! Words that are not written with Latin letters: articles and endings are cut while the script still tells which they
//! are. Latin words of other languages go the way of German ones: card and question lose the same letters.

use std::borrow::Cow;

/// Articles and what is written together with them, the longest first.
const ARABIC_BEFORE: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];
/// Numbers, genders and possession, also Persian.
const ARABIC_BEHIND: [&str; 10] = ["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"];
/// Endings of case and number in Ukrainian, Russian and Bulgarian, the longest first.
const CYRILLIC_BEHIND: [&str; 47] = [
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ими", "ыми", "іми", "иях", "иям", "ій", "ий", "ый", "ої", "ая",
    "яя", "ое", "ые", "ие", "ів", "ов", "ев", "ам", "ям", "ах", "ях", "ою", "ею", "ой", "ей", "ия", "ию", "ии", "ія",
    "ію", "ії", "а", "я", "о", "е", "є", "и", "і", "у", "ю",
];
/// Letters that always stay.
const LEAST: usize = 3;

/// The text with every such word cut; Latin text as it is.
pub(super) fn lightened(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c < '\u{400}') {
        return Cow::Borrowed(text);
    }
    let words = text.split(|c: char| c.is_whitespace() || c == '\u{200c}');
    Cow::Owned(words.map(cut).collect::<Vec<_>>().join(" "))
}

fn cut(word: &str) -> Cow<'_, str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    match word.chars().next() {
        Some('\u{400}'..='\u{4ff}') => {
            let small = word.to_lowercase();
            let small = small.trim_end_matches(['ь', 'ъ', 'ы', 'ї', 'й']);
            Cow::Owned(behind(small, &CYRILLIC_BEHIND).to_owned())
        }
        Some('\u{600}'..='\u{6ff}') => Cow::Owned(arabic(word)),
        _ => Cow::Borrowed(word),
    }
}

/// Without vowel signs and stretching, with one letter for those that Arabic and Persian write in two ways.
fn arabic(word: &str) -> String {
    let plain: String = word
        .chars()
        .filter(|c| !matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'))
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' | 'ی' => 'ي',
            'ک' => 'ك',
            c => c,
        })
        .collect();
    let begins = ARABIC_BEFORE.iter().filter_map(|begin| plain.strip_prefix(begin));
    let bare = begins.clone().find(|rest| rest.chars().count() >= LEAST).unwrap_or(&plain);
    behind(bare, &ARABIC_BEHIND).to_owned()
}

/// Without the longest of the endings that leaves enough.
fn behind<'a>(word: &'a str, endings: &[&str]) -> &'a str {
    let cut = endings.iter().filter_map(|end| word.strip_suffix(end)).find(|rest| rest.chars().count() >= LEAST);
    cut.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::lightened;

    #[test]
    fn forms_of_a_word_meet() {
        for group in [
            &["سباحة", "السباحة", "للسباحة", "سِباحة", "بالسباحة"][..],
            &["دورات", "الدورات", "دورة"],
            &["كودك", "کودک", "کودک‌ها"],
            &["плавання", "плаванню", "Плавання,"],
            &["діти", "дітей", "дітям"],
            &["плавание", "плавания", "плаванию"],
            &["помощь", "помощи"],
            &["курси", "курсів", "курс"],
        ] {
            let first = lightened(group[0]).trim().to_owned();
            for word in group {
                assert_eq!(lightened(word).split(' ').next(), Some(first.as_str()), "{word}");
            }
        }
        assert_eq!(lightened("Kinderschwimmen, yüzme"), "Kinderschwimmen, yüzme");
    }
}
