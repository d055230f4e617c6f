// SPDX-License-Identifier: EUPL-1.2
//! What stands on a card in another language.

use super::words::Language;
use crate::kernel::{Line, Note, Refusal, Rule};

/// German is what the card itself says; signs are no text.
pub const CARD_TEXT_LANGUAGE: Rule = Rule::new("card.text_language", "§ 13 SGB X; § 19 SGB X");

/// A card's words in one other language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Text in anderer Sprache")]
pub struct CardText {
    /// In which.
    pub language: Language,
    /// The name.
    pub name: Line,
    /// What there is.
    pub about: Note,
    /// For whom, how to sign up, what to bring.
    pub conditions: Option<Line>,
}

impl CardText {
    /// Can it be such?
    ///
    /// # Errors
    /// [`CARD_TEXT_LANGUAGE`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.language.is_foreign_text() { Ok(()) } else { Err(CARD_TEXT_LANGUAGE.broken_at("language")) }
    }
}

impl Language {
    /// Can a text beside the German one be written in it?
    #[must_use]
    pub const fn is_foreign_text(self) -> bool {
        !matches!(self, Self::German | Self::Signs)
    }

    /// As pages name it (BCP 47): plain German is German, simplified.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Plain => "de-simple",
            Self::Signs => "gsg",
            other => other.code(),
        }
    }

    /// In which direction it is written: `rtl` or `ltr`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        if matches!(self, Self::Arabic | Self::Persian) { "rtl" } else { "ltr" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_written_languages_have_texts() {
        let text = |language| CardText {
            language,
            name: Line::parse("Yüzme").unwrap(),
            about: Note::parse("Çocuklar için").unwrap(),
            conditions: None,
        };
        for (language, fine) in
            [(Language::German, false), (Language::Signs, false), (Language::Plain, true), (Language::Turkish, true)]
        {
            assert_eq!(text(language).check().is_ok(), fine, "{language:?}");
        }
        assert_eq!((Language::Arabic.direction(), Language::Ukrainian.direction()), ("rtl", "ltr"));
        assert_eq!((Language::Plain.tag(), Language::Arabic.tag()), ("de-simple", "ar"));
    }
}
