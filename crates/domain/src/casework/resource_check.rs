// SPDX-License-Identifier: EUPL-1.2
//! The resource check: the four fields gone through with the family, in its own words, half-yearly anew
//! (process.md 1.4). What is written is a strength; the order of search is own, social, social space, office.

use super::statement::Field;
use crate::access::codes;
use crate::kernel::{Day, Line, Refusal, Rule};

/// Somebody else has taken this entry out.
pub const ENTRY_GONE: Rule = Rule::new("exploration.entry_gone", "Gleichzeitige Bearbeitung");
/// A sheet with nothing on it cannot be kept as a version.
pub const SHEET_EMPTY: Rule = Rule::new("exploration.sheet_empty", "Aktenwahrheit");
/// Nobody explored tomorrow.
pub const EXPLORED_IN_FUTURE: Rule = Rule::new("exploration.in_the_future", "Aktenwahrheit");
/// More than a talk can hold.
pub const CHECK_FULL: Rule = Rule::new("exploration.check_full", "Plausibilität");

/// Entries of a check at most.
const MOST: usize = 200;

codes! {
    /// Was it already used?
    #[doc(alias = "Nutzung einer Ressource")]
    ResourceUse {
        /// Not yet.
        Untouched = "untouched",
        /// It is meant to be.
        Planned = "planned",
        /// It is.
        InUse = "in-use",
        /// It was, and no longer is.
        Over = "over",
    }
}

codes! {
    /// If the entry names somebody outside of the family: do they know? Their word is theirs (§ 62 SGB VIII).
    #[doc(alias = "Einwilligung Dritter")]
    ThirdParty {
        /// Nobody is named.
        Nobody = "nobody",
        /// They agreed.
        Agreed = "agreed",
        /// Not asked yet.
        NotAsked = "not-asked",
    }
}

/// A resource as the family tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Eintrag im Ressourcencheck")]
pub struct CheckEntry {
    /// Number within the check, kept through its versions.
    pub id: u32,
    /// In which field.
    pub field: Field,
    /// In the family's words.
    pub words: Line,
    /// Whose, by name; nothing if the whole family's.
    pub owner: Option<Line>,
    /// Was it already used?
    pub used: ResourceUse,
    /// Do those named outside of the family know?
    pub third: ThirdParty,
}

/// A check at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Ressourcencheck")]
pub struct ResourceCheck {
    /// What was found, in the order it was told.
    pub entries: Vec<CheckEntry>,
}

/// One thing to be done to a check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Änderung am Ressourcencheck")]
pub enum CheckEdit {
    /// A new entry, or new words for a known one; the number inside it is not read.
    Put(Option<u32>, CheckEntry),
    /// Out of it.
    Remove(u32),
    /// Another check in its place.
    Whole(ResourceCheck),
}

impl CheckEdit {
    /// The check after it.
    ///
    /// # Errors
    /// [`ENTRY_GONE`], [`CHECK_FULL`].
    pub fn apply(self, mut check: ResourceCheck) -> Result<ResourceCheck, Refusal> {
        match self {
            Self::Put(None, _) if check.entries.len() >= MOST => return Err(CHECK_FULL.broken()),
            Self::Put(None, entry) => {
                let id = check.entries.iter().map(|one| one.id).max().unwrap_or_default().saturating_add(1);
                check.entries.push(CheckEntry { id, ..entry });
            }
            Self::Put(Some(id), entry) => {
                let place = check.entries.iter_mut().find(|one| one.id == id);
                *place.ok_or(ENTRY_GONE.broken())? = CheckEntry { id, ..entry };
            }
            Self::Remove(id) => {
                let before = check.entries.len();
                check.entries.retain(|one| one.id != id);
                if check.entries.len() == before {
                    return Err(ENTRY_GONE.broken());
                }
            }
            Self::Whole(other) if other.entries.len() > MOST => return Err(CHECK_FULL.broken()),
            Self::Whole(other) => {
                check.entries = (1..).zip(other.entries).map(|(id, entry)| CheckEntry { id, ..entry }).collect();
            }
        }
        Ok(check)
    }
}

/// Checks the day of a sheet before it becomes a version.
///
/// # Errors
/// [`EXPLORED_IN_FUTURE`], [`SHEET_EMPTY`].
pub fn fix_sheet(dated_on: Day, today: Day, is_empty: bool) -> Result<(), Refusal> {
    if dated_on > today {
        return Err(EXPLORED_IN_FUTURE.broken_at("dated_on"));
    }
    if is_empty { Err(SHEET_EMPTY.broken()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(words: &str) -> CheckEntry {
        CheckEntry {
            id: 0,
            field: Field::Social,
            words: Line::parse(words).unwrap(),
            owner: None,
            used: ResourceUse::Untouched,
            third: ThirdParty::NotAsked,
        }
    }

    #[test]
    fn entries_keep_their_numbers() {
        let edits = [
            CheckEdit::Put(None, entry("Oma")),
            CheckEdit::Put(None, entry("Tante Elif")),
            CheckEdit::Remove(1),
            CheckEdit::Put(None, entry("Nachbarin")),
            CheckEdit::Put(Some(2), CheckEntry { used: ResourceUse::InUse, ..entry("Tante Elif holt ab") }),
        ];
        let check = edits.into_iter().try_fold(ResourceCheck::default(), |check, edit| edit.apply(check)).unwrap();
        let told: Vec<_> = check.entries.iter().map(|one| (one.id, one.words.as_str(), one.used)).collect();
        let in_use = (2, "Tante Elif holt ab", ResourceUse::InUse);
        assert_eq!(told, [in_use, (3, "Nachbarin", ResourceUse::Untouched)]);
        assert_eq!(CheckEdit::Remove(1).apply(check.clone()), Err(ENTRY_GONE.broken()));
        assert_eq!(CheckEdit::Put(Some(1), entry("x")).apply(check), Err(ENTRY_GONE.broken()));
    }

    #[test]
    fn a_version_has_a_day_that_was_and_something_on_it() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(fix_sheet(day("2026-11-20"), day("2026-11-20"), false), Ok(()));
        let future = fix_sheet(day("2026-11-21"), day("2026-11-20"), false);
        assert_eq!(future, Err(EXPLORED_IN_FUTURE.broken_at("dated_on")));
        assert_eq!(fix_sheet(day("2026-11-20"), day("2026-11-20"), true), Err(SHEET_EMPTY.broken()));
    }
}
