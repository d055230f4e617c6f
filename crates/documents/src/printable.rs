// SPDX-License-Identifier: EUPL-1.2
//! What people wrote, made printable without losing a word.
//!
//! An archive file may hold no character without a shape and none whose meaning is private. Such a character is not
//! dropped in silence: its Unicode number stands in its place, so that a reader sees that something was there.

use crate::press::has_shape;
use unicode_normalization::UnicodeNormalization;

/// A run of letters longer than this gets places where a line may end.
const LONGEST_RUN: usize = 40;
/// So many letters of an overlong run stay together.
const RUN_PIECE: usize = 20;
/// Lets a line end here without a mark.
const MAY_BREAK: char = '\u{200b}';

/// The text as it can be printed with the fonts of the press.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' | ' ' => shown.push(c),
            '\t' | '\r' => shown.push(' '),
            // No shape of their own: line-break hints, joiners of letters, and the choice between two looks of a sign.
            '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
            '\u{200c}' | '\u{200d}' if has_shape(c) => shown.push(c),
            c if is_forbidden(c) || !has_shape(c) => shown.push_str(&format!("[U+{:04X}]", u32::from(c))),
            c => shown.push(c),
        }
    }
    loosen(&shown)
}

/// Control characters, characters that turn the direction of reading, private and unassigned ones.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

/// Lets overlong runs of letters break, so that nothing runs off the paper.
fn loosen(text: &str) -> String {
    let mut loose = String::with_capacity(text.len());
    for piece in text.split_inclusive([' ', '\n']) {
        let overlong = piece.chars().count() > LONGEST_RUN;
        for (place, c) in piece.chars().enumerate() {
            if overlong && place > 0 && place % RUN_PIECE == 0 {
                loose.push(MAY_BREAK);
            }
            loose.push(c);
        }
    }
    loose
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn ordinary_words_of_many_languages_stay_as_they_are() {
        for text in
            ["Ich will, dass Zoë & Đặng bleiben – „zu Hause“.", "Хочу, щоб було тихо.", "أريد الهدوء", "‹Ş› ß ẞ €"]
        {
            assert_eq!(printable(text), text);
        }
    }

    #[test]
    fn what_has_no_shape_is_named_by_its_number() {
        assert_eq!(printable("Danke 🪿!"), "Danke [U+1FABF]!");
        assert_eq!(printable("a\u{202e}b\u{0}c\u{e000}d\u{ffff}"), "a[U+202E]b[U+0000]c[U+E000]d[U+FFFF]");
    }

    #[test]
    fn joined_and_split_letters_become_one_form() {
        assert_eq!(printable("u\u{308}ber"), "über");
    }

    #[test]
    fn an_overlong_run_may_break_but_a_german_word_is_left_to_hyphenation() {
        assert_eq!(printable(&"x".repeat(41)).matches('\u{200b}').count(), 2);
        assert_eq!(printable("Kinder- und Jugendhilfeausführungsgesetz"), "Kinder- und Jugendhilfeausführungsgesetz");
    }
}
