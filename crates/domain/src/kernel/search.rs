// SPDX-License-Identifier: EUPL-1.2
//! Search keys, computed here so that both engines compare plain bytes.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds a text for searching: lower case, umlauts spelled out, accents dropped, ß as ss, everything
/// else a single blank. `Müller-Lüdenscheidt` becomes `mueller luedenscheidt`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 8);
    // Nearly all German text has nothing to be composed.
    if text.chars().all(|c| c.is_ascii() || "äöüßÄÖÜ".contains(c)) {
        for c in text.chars() {
            match c {
                'ä' | 'Ä' => folded.push_str("ae"),
                'ö' | 'Ö' => folded.push_str("oe"),
                'ü' | 'Ü' => folded.push_str("ue"),
                'ß' => folded.push_str("ss"),
                c if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
                _ => folded.push(' '),
            }
        }
        return tidied(&folded);
    }
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'ø' => folded.push_str("oe"),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'đ' => folded.push('d'),
            'þ' => folded.push_str("th"),
            c => match latin(c) {
                Some(spelled) => folded.push_str(spelled),
                None => folded.extend(bare(c)),
            },
        }
    }
    tidied(&folded)
}

/// With a single blank between words, none around them.
fn tidied(folded: &str) -> String {
    let mut tidy = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// Without its accents; what is no letter is a blank.
fn bare(c: char) -> impl Iterator<Item = char> {
    c.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c.is_alphanumeric() { c } else { ' ' })
}

/// Cyrillic and Greek small letters as a German would spell them, so that a name is found as it was heard.
fn latin(letter: char) -> Option<&'static str> {
    const CYRILLIC: [&str; 32] = [
        "a", "b", "w", "g", "d", "e", "sch", "s", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
        "ch", "z", "tsch", "sch", "schtsch", "", "y", "", "e", "ju", "ja",
    ];
    const GREEK: [&str; 25] = [
        "a", "w", "g", "d", "e", "s", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f",
        "ch", "ps", "o",
    ];
    let place = |first: char, table: &'static [&'static str]| {
        let at = usize::try_from(u32::from(letter).checked_sub(u32::from(first))?).ok()?;
        table.get(at).copied()
    };
    match letter {
        'ё' => Some("jo"),
        'і' | 'ї' => Some("i"),
        'є' => Some("je"),
        'ґ' => Some("g"),
        'ά' => Some("a"),
        'έ' => Some("e"),
        'ή' | 'ί' => Some("i"),
        'ό' | 'ώ' => Some("o"),
        'ύ' => Some("y"),
        'а'..='я' => place('а', &CYRILLIC),
        'α'..='ω' => place('α', &GREEK),
        _ => None,
    }
}

/// The words of a name as search keys: folded, and umlauts brought down to their vowel, so that `Müller`, `Mueller`
/// and `Muller` begin alike.
///
/// ```
/// # use domain::kernel::name_words;
/// assert_eq!(name_words("Ayşe Müller-Öz"), ["ayse", "muller", "oz"]);
/// assert_eq!(name_words("Иван Петров"), ["iwan", "petrow"]);
/// ```
#[must_use]
#[doc(alias = "Suchwörter")]
pub fn name_words(text: &str) -> Vec<String> {
    let down = |word: &str| word.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    fold(text).split(' ').filter(|word| !word.is_empty()).map(down).collect()
}

/// The sounds of a name's words in a fixed order: `Yılmaz Ayşe` sounds like `Ayşe Yilmaz`.
#[must_use]
#[doc(alias = "Klangschlüssel")]
pub fn name_sound(text: &str) -> String {
    let sounds = phonetic(text);
    let mut sounds: Vec<&str> = sounds.split(' ').collect();
    sounds.sort_unstable();
    sounds.join(" ")
}

/// The Cologne phonetic code (Kölner Phonetik, Postel 1969) of each word, joined by blanks:
/// `Meyer` and `Maier` are both `67`, `Müller` and `Mueller` both `657`.
#[must_use]
#[doc(alias = "Kölner Phonetik")]
pub fn phonetic(text: &str) -> String {
    fold(text).split(' ').map(word_code).filter(|code| !code.is_empty()).collect::<Vec<_>>().join(" ")
}

fn word_code(word: &str) -> String {
    // Umlauts count as their vowel; spelling them out must not change the code, and vowels are dropped anyway.
    let letters: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
    let mut code = String::new();
    let mut last = ' ';
    for (i, &letter) in letters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| letters.get(i)).copied().unwrap_or(' ');
        let after = letters.get(i + 1).copied().unwrap_or(' ');
        for digit in letter_code(letter, before, after, i == 0).chars() {
            let silent_vowel = digit == '0' && !code.is_empty();
            if digit != last && !silent_vowel {
                code.push(digit);
            }
            last = digit;
        }
    }
    code
}

fn letter_code(letter: char, before: char, after: char, first: bool) -> &'static str {
    match letter {
        'a' | 'e' | 'i' | 'j' | 'o' | 'u' | 'y' => "0",
        'b' => "1",
        'p' if after != 'h' => "1",
        'd' | 't' if !matches!(after, 'c' | 's' | 'z') => "2",
        'f' | 'v' | 'w' | 'p' => "3",
        'g' | 'k' | 'q' => "4",
        'c' if c_is_hard(before, after, first) => "4",
        'x' if !matches!(before, 'c' | 'k' | 'q') => "48",
        'l' => "5",
        'm' | 'n' => "6",
        'r' => "7",
        's' | 'z' | 'c' | 'd' | 't' | 'x' => "8",
        _ => "",
    }
}

fn c_is_hard(before: char, after: char, first: bool) -> bool {
    if first {
        return matches!(after, 'a' | 'h' | 'k' | 'l' | 'o' | 'q' | 'r' | 'u' | 'x');
    }
    matches!(after, 'a' | 'h' | 'k' | 'o' | 'q' | 'u' | 'x') && !matches!(before, 's' | 'z')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_joins_spellings() {
        assert_eq!(fold("Müller-Lüdenscheidt"), "mueller luedenscheidt");
        assert_eq!(fold("STRAẞE"), "strasse");
        assert_eq!(fold("Şerife Işık"), "serife isik");
        assert_eq!(fold("Mu\u{308}ller"), fold("Mueller"));
    }

    #[test]
    fn scripts_and_spellings_are_found_as_they_are_heard() {
        assert_eq!(fold("Олександр"), "oleksandr");
        assert_eq!(fold("Αλέξης"), "alexis");
        assert_eq!(phonetic("Петров"), phonetic("Petrov"));
        assert_eq!(name_words("Mueller"), name_words("Müller"));
        assert_eq!(name_words("Schmidt - Meier"), ["schmidt", "meier"]);
        assert_eq!(name_sound("Yılmaz Ayşe"), name_sound("Ayse Yilmas"));
        assert_ne!(name_sound("Ayşe Yılmaz"), name_sound("Leyla Yılmaz"));
        for part in ["м", "му", "мул"] {
            assert!(name_words("Мулер")[0].starts_with(&name_words(part)[0]));
        }
    }

    #[test]
    fn cologne_codes() {
        for (names, code) in [
            (&["Müller", "Mueller", "Miller"][..], "657"),
            (&["Meyer", "Maier", "Mayr"], "67"),
            (&["Schmidt", "Schmitt"], "862"),
            (&["Wikipedia"], "3412"),
            (&["Breschnew"], "17863"),
        ] {
            for name in names {
                assert_eq!(phonetic(name), code, "{name}");
            }
        }
    }
}
