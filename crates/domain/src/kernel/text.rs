// SPDX-License-Identifier: EUPL-1.2
//! Text that was checked once, at the door.

use super::refusal::{Refusal, Rule};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Nothing was typed where something is needed.
pub const TEXT_EMPTY: Rule = Rule::new("text.empty", "Pflichtangabe");
/// More than the field can hold.
pub const TEXT_TOO_LONG: Rule = Rule::new("text.too_long", "Feldlänge");
/// Control characters or such that turn the direction of reading.
pub const TEXT_HIDDEN_CHARACTERS: Rule = Rule::new("text.hidden_characters", "DIN 91379");
/// More marks on one letter than any language uses.
pub const TEXT_TOO_MANY_MARKS: Rule = Rule::new("text.too_many_marks", "DIN 91379");
/// A name with digits, brackets, pictures or a formula.
pub const NAME_UNLIKELY: Rule = Rule::new("name.unlikely", "DIN 91379");

const TURNS_DIRECTION: [char; 11] = [
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
    '\u{2068}', '\u{2069}',
];

/// NFC, without soft hyphens and byte-order marks, line ends as `\n`.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .nfc()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{2060}'))
        .collect()
}

fn check(text: &str, most: usize) -> Result<(), Refusal> {
    if text.is_empty() {
        return Err(TEXT_EMPTY.broken());
    }
    if text.chars().count() > most {
        return Err(TEXT_TOO_LONG.broken());
    }
    if text.chars().any(|c| (c.is_control() && c != '\n') || TURNS_DIRECTION.contains(&c)) {
        return Err(TEXT_HIDDEN_CHARACTERS.broken());
    }
    let mut marks = 0;
    for c in text.chars() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > 4 {
            return Err(TEXT_TOO_MANY_MARKS.broken());
        }
    }
    Ok(())
}

/// One line of text, 1–200 characters, blanks joined.
///
/// ```
/// # use domain::kernel::Line;
/// assert_eq!(Line::parse("  Anna\t Berta ")?.as_str(), "Anna Berta");
/// # Ok::<(), domain::kernel::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Zeile")]
pub struct Line(String);

impl Line {
    /// # Errors
    /// [`TEXT_EMPTY`], [`TEXT_TOO_LONG`], [`TEXT_HIDDEN_CHARACTERS`], [`TEXT_TOO_MANY_MARKS`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = tidy(text).split_whitespace().collect::<Vec<_>>().join(" ");
        check(&text, 200)?;
        Ok(Self(text))
    }

    /// An empty field is `None`.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn optional(text: &str) -> Result<Option<Self>, Refusal> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A longer text as somebody typed it, 1–20,000 characters; only blanks at the ends are cut.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Text")]
pub struct Note(String);

impl Note {
    /// # Errors
    /// As [`Line::parse`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = tidy(text).replace('\t', " ");
        let text = text.trim();
        check(text, 20_000)?;
        Ok(Self(text.to_owned()))
    }

    /// An empty field is `None`.
    ///
    /// # Errors
    /// As [`Line::parse`].
    pub fn optional(text: &str) -> Result<Option<Self>, Refusal> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What families say never reaches a log line.
impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Note({} characters)", self.0.chars().count())
    }
}

/// The name of a person or family, 1–200 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Name")]
pub struct PersonName(String);

impl PersonName {
    /// # Errors
    /// As [`Line::parse`], and [`NAME_UNLIKELY`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let line = Line::parse(text)?.0;
        let unlikely = |c: char| {
            c.is_ascii_digit()
                || matches!(c, '<' | '>' | '\u{200d}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1ffff}')
        };
        if line.chars().any(unlikely) || line.starts_with(['=', '+', '-', '@']) {
            return Err(NAME_UNLIKELY.broken());
        }
        Ok(Self(line))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names never reach a log line.
impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonName(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Result<String, &'static str> {
        PersonName::parse(text).map(|n| n.0).map_err(|refusal| refusal.rule.code())
    }

    #[test]
    fn real_names_pass() {
        for text in [
            "Ng",
            "Ó",
            "von der Leyen",
            "Müller-Lüdenscheidt",
            "Işık",
            "Łukasz Żółć",
            "王小明",
            "Иван Петров",
            "O'Brien",
            "NaN",
        ] {
            assert_eq!(name(text).as_deref(), Ok(text));
        }
        assert_eq!(name("Mu\u{308}ller\u{ad}").as_deref(), Ok("Müller"));
    }

    #[test]
    fn slips_and_attacks_are_named() {
        assert_eq!(name("\t\n"), Err("text.empty"));
        assert_eq!(name("\u{202e}slrigtest"), Err("text.hidden_characters"));
        assert_eq!(name(&"A".repeat(201)), Err("text.too_long"));
        assert_eq!(name(&format!("Z{}", "\u{351}".repeat(9))), Err("text.too_many_marks"));
        for text in ["<script>", "Anna123", "=HYPERLINK(1)", "-Anna", "👨‍👩‍👧"] {
            assert_eq!(name(text), Err("name.unlikely"), "{text}");
        }
    }

    #[test]
    fn names_do_not_reach_logs() {
        let shown = format!("{:?} {:?}", PersonName::parse("Demir").unwrap(), Note::parse("Geheimes").unwrap());
        assert!(!shown.contains("Demir") && !shown.contains("Geheimes"), "{shown}");
    }
}
