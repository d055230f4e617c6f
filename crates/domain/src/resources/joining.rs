// SPDX-License-Identifier: EUPL-1.2
//! Joining double cards: what the kept one takes from the one that goes, and what goes back when they are parted.

use super::card::CardContent;
use super::words::{CardKind, Visibility};
use crate::kernel::Refusals;

/// Fields that say something only together: halves of two cards would say what neither of them says.
const TOGETHER: [&[&str]; 3] = [&["age_from", "age_to"], &["cost", "cost_note"], &["free_places", "waiting"]];

/// Never taken: who sees a card and by whose consent, and a point, which a private person's card must not have.
fn is_own(field: &str) -> bool {
    matches!(field, "visibility" | "point") || field.starts_with("consent")
}

/// Fields with their values that the kept card takes: what it lacks, of a card that everybody sees. What everybody sees
/// cannot be seen more widely, whatever becomes of the kept card. A private person's words are never taken: they end
/// with that person's consent.
#[must_use]
pub fn taken(kept: &CardContent, gone: &CardContent) -> Vec<(&'static str, String)> {
    if gone.visibility != Visibility::Public || gone.kind == CardKind::Person || gone.consent.is_some() {
        return Vec::new();
    }
    let own = kept.fields();
    let has = |field: &str| own.iter().any(|(name, _)| *name == field);
    let lacks = |field: &str| {
        let group = TOGETHER.iter().find(|group| group.contains(&field));
        !group.map_or(has(field), |group| group.iter().any(|one| has(one)))
    };
    gone.fields().into_iter().filter(|(field, _)| !is_own(field) && lacks(field)).collect()
}

/// The kept card with what it takes.
///
/// # Errors
/// What does not go together.
pub fn with_taken(kept: &CardContent, taken: &[(&'static str, String)]) -> Result<CardContent, Refusals> {
    let all: Vec<(&str, String)> = kept.fields().into_iter().chain(taken.iter().cloned()).collect();
    CardContent::read(all.as_slice())
}

/// The card as it stands now without what it took. What somebody wrote since then stays, and so does all else: who sees
/// it, what was agreed to, what was taken back. What the card can no longer be without stays too.
#[must_use]
pub fn without_taken(now: &CardContent, taken: &[(String, String)]) -> CardContent {
    let untouched = |field: &str, value: &str| taken.iter().any(|(name, was)| name == field && was == value);
    let left: Vec<(&str, String)> =
        now.fields().into_iter().filter(|(field, value)| is_own(field) || !untouched(field, value)).collect();
    CardContent::read(left.as_slice()).unwrap_or_else(|_| now.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(more: &[(&'static str, &str)]) -> CardContent {
        let base =
            [("name", "Chor"), ("kind", "group"), ("topics", "sport"), ("about", "Singen"), ("visibility", "public")];
        let named = |field: &str| more.iter().any(|(other, _)| *other == field);
        let all: Vec<_> = base.iter().filter(|(field, _)| !named(field)).chain(more).copied().collect();
        CardContent::read(all.as_slice()).unwrap()
    }

    #[test]
    fn only_what_everybody_sees_is_taken() {
        let secrets = [("contact", "Tor 1"), ("key_person", "Frau Kant"), ("conditions", "ab 6")];
        let consent = [("consent_on", "2026-01-01"), ("consent_until", "2027-01-01"), ("consent_form", "written")];
        assert_eq!(taken(&card(&[]), &card(&secrets)).len(), 3);
        for seen in ["owner", "team", "professionals"] {
            assert_eq!(taken(&card(&[]), &card(&[&secrets[..], &[("visibility", seen)]].concat())), []);
        }
        let agreed = [&secrets[..], &consent[..], &[("consent_scope", "public")]].concat();
        assert_eq!(taken(&card(&[]), &card(&agreed)), []);
        assert_eq!(taken(&card(&[]), &card(&[&agreed[..], &[("kind", "person")]].concat())), []);
    }

    #[test]
    fn what_belongs_together_comes_together() {
        assert_eq!(taken(&card(&[("age_to", "5")]), &card(&[("age_from", "8")])), []);
        assert_eq!(taken(&card(&[]), &card(&[("age_from", "8"), ("age_to", "9")])).len(), 2);
        assert_eq!(taken(&card(&[("contact", "da")]), &card(&[("contact", "dort")])), []);
    }

    #[test]
    fn parting_takes_back_what_was_left_alone() {
        let (kept, gone) =
            (card(&[]), card(&[("contact", "Tor 1"), ("web", "https://a.example"), ("languages", "de ar")]));
        let took = taken(&kept, &gone);
        let joined = with_taken(&kept, &took).unwrap();
        let took: Vec<(String, String)> = took.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
        assert_eq!(without_taken(&joined, &took), kept);
        let later =
            card(&[("contact", "Tor 2"), ("web", "https://a.example"), ("visibility", "team"), ("about", "Jodeln")]);
        let expected = card(&[("contact", "Tor 2"), ("visibility", "team"), ("about", "Jodeln")]);
        assert_eq!(without_taken(&later, &took), expected);
        // An event keeps its day, wherever it came from.
        let day = vec![(
            "times".to_owned(),
            card(&[("times", "12.12.2026 10–12 Uhr")]).fields().into_iter().find(|(f, _)| *f == "times").unwrap().1,
        )];
        let event = card(&[("kind", "event"), ("times", "12.12.2026 10–12 Uhr")]);
        assert_eq!(without_taken(&event, &day), event);
    }
}
