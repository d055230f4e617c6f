// SPDX-License-Identifier: EUPL-1.2
//! A case in short: what whoever stands in has to know today. The one text of a case that several people write on.

use crate::kernel::{Merge, Note, Refusal, Rule};

/// A writer had a version before their eyes that there never was.
pub const BRIEF_BASE_UNKNOWN: Rule = Rule::new("brief.base_unknown", "Gleichzeitige Bearbeitung");
/// The same text once more is no new version.
pub const BRIEF_UNCHANGED: Rule = Rule::new("brief.unchanged", "Aktenwahrheit");

/// A text as it was typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Kurzüberblick")]
pub struct NewBrief {
    /// The version that the writer had before their eyes; 0 when there was none.
    pub based_on: i64,
    /// The text.
    pub words: Note,
}

/// What is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Ausgang einer gleichzeitigen Bearbeitung")]
pub enum Saving {
    /// The text as it was typed.
    AsTyped,
    /// The text put together with what somebody saved in the meantime.
    Together(String),
    /// Both changed the same place: people decide.
    Ask(Merge),
}

/// What becomes of a text, given the newest version and the one the writer had before their eyes.
///
/// # Errors
/// [`BRIEF_UNCHANGED`].
pub fn save_brief(new: &NewBrief, (newest, latest): (i64, &str), base: &str) -> Result<Saving, Refusal> {
    if new.words.as_str() == latest {
        return Err(BRIEF_UNCHANGED.broken_at("words"));
    }
    if new.based_on == newest {
        return Ok(Saving::AsTyped);
    }
    let merge = Merge::of(base, new.words.as_str(), latest);
    Ok(if merge.is_clean() { Saving::Together(merge.text()) } else { Saving::Ask(merge) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(based_on: i64, words: &str) -> NewBrief {
        NewBrief { based_on, words: Note::parse(words).unwrap() }
    }

    #[test]
    fn nobody_writes_over_somebody_else() {
        let saved = |new: &NewBrief, latest: &str| save_brief(new, (2, latest), "Eins. Zwei.");
        assert_eq!(saved(&new(2, "Drei."), "Eins."), Ok(Saving::AsTyped));
        assert_eq!(saved(&new(2, "Eins."), "Eins."), Err(BRIEF_UNCHANGED.broken_at("words")));
        let together = saved(&new(1, "Null. Eins. Zwei."), "Eins. Zwei. Drei.");
        assert_eq!(together, Ok(Saving::Together("Null. Eins. Zwei. Drei.".into())));
        assert!(matches!(saved(&new(1, "Eins. Zwo."), "Eins. Zwei!"), Ok(Saving::Ask(_))));
    }
}
