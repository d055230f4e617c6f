// SPDX-License-Identifier: EUPL-1.2
//! Search keys, computed here so that both engines compare plain bytes.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds a text for searching: lower case, umlauts spelled out, accents dropped, ß as ss, everything
/// else a single blank. `Müller-Lüdenscheidt` becomes `mueller luedenscheidt`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 8);
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
            c => folded
                .extend(c.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c.is_alphanumeric() { c } else { ' ' })),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
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
