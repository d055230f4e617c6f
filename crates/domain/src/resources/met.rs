// SPDX-License-Identifier: EUPL-1.2
//! Two people wrote on the same card: what each of them changed, field by field, and what the card would say with both.

use super::card::CardContent;
use crate::kernel::{Merge, MergePiece, Side};
use std::collections::BTreeSet;

/// The long text, which is put together sentence by sentence.
const LONG: &str = "about";
/// Fields with several codes: both people's choices go together.
const SEVERAL: [&str; 4] = ["topics", "languages", "barriers", "basis"];

/// A field that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Feld, das zwei geändert haben")]
pub struct MetField {
    /// Which.
    pub field: &'static str,
    /// By whom, from what to what.
    pub merge: Merge,
}

/// A card that two people changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zusammenführung zweier Karten")]
pub struct MetCard {
    /// Fields that differ, in the order of the card.
    pub fields: Vec<MetField>,
    /// What the card says with both, for whoever decides to read and to mend.
    pub values: Vec<(&'static str, String)>,
}

/// Puts two states of a card together that both grew out of `base`. Where both changed the same field in different ways,
/// long text keeps both wordings, choices go together, and in a short field stands what whoever is saving typed.
#[must_use]
pub fn meet_cards(base: &[(String, String)], mine: &CardContent, theirs: &CardContent) -> MetCard {
    let (mine, theirs) = (mine.fields(), theirs.fields());
    let mut names: Vec<&'static str> = theirs.iter().map(|(name, _)| *name).collect();
    names.extend(mine.iter().map(|(name, _)| *name).filter(|name| !theirs.iter().any(|(known, _)| known == name)));
    let mut met = MetCard { fields: Vec::new(), values: Vec::new() };
    for name in names {
        let before = base.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default();
        let (my, their) = (of(&mine, name), of(&theirs, name));
        let merge = if name == LONG { Merge::of(before, my, their) } else { whole(before, my, their) };
        met.values.push((name, value(name, &merge, before)));
        if my != their {
            met.fields.push(MetField { field: name, merge });
        }
    }
    met
}

fn of<'a>(fields: &'a [(&'static str, String)], name: &str) -> &'a str {
    fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// A short field is changed as a whole.
fn whole(base: &str, mine: &str, theirs: &str) -> Merge {
    let side = match () {
        () if mine == theirs => Side::Both,
        () if mine == base => Side::Theirs,
        () if theirs == base => Side::Mine,
        () => Side::Clash,
    };
    Merge { pieces: vec![MergePiece { side, base: base.to_owned(), mine: mine.to_owned(), theirs: theirs.to_owned() }] }
}

fn value(name: &str, merge: &Merge, base: &str) -> String {
    match merge.pieces.as_slice() {
        [piece] if name != LONG && piece.side == Side::Clash && SEVERAL.contains(&name) => {
            together(base, &piece.mine, &piece.theirs)
        }
        [piece] if name != LONG && piece.side != Side::Theirs => piece.mine.clone(),
        [piece] if name != LONG => piece.theirs.clone(),
        _ => merge.text(),
    }
}

/// What both keep, and what either added.
fn together(base: &str, mine: &str, theirs: &str) -> String {
    let set = |text: &'_ str| text.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect();
    let (base, mine, theirs): (BTreeSet<String>, BTreeSet<String>, BTreeSet<String>) =
        (set(base), set(mine), set(theirs));
    let stays = |code: &&String| (mine.contains(*code) && theirs.contains(*code)) || !base.contains(*code);
    mine.union(&theirs).filter(stays).cloned().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(more: &[(&str, &str)]) -> CardContent {
        let mut all = vec![
            ("name", "Malgruppe"),
            ("kind", "offer"),
            ("topics", "sport"),
            ("about", "Montags malen. Eintritt frei."),
            ("visibility", "public"),
        ];
        all.retain(|(field, _)| more.iter().all(|(other, _)| other != field));
        all.extend_from_slice(more);
        CardContent::read(&all[..]).unwrap()
    }

    fn base() -> Vec<(String, String)> {
        card(&[]).fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn value_of(met: &MetCard, name: &str) -> String {
        met.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    #[test]
    fn different_fields_and_sentences_go_together() {
        let mine = card(&[("contact", "040 1"), ("about", "Montags malen. Eintritt 1 Euro.")]);
        let theirs = card(&[("place", "Marktplatz 1"), ("about", "Dienstags malen. Eintritt frei.")]);
        let met = meet_cards(&base(), &mine, &theirs);
        assert_eq!(value_of(&met, "contact"), "040 1");
        assert_eq!(value_of(&met, "place"), "Marktplatz 1");
        assert_eq!(value_of(&met, "about"), "Dienstags malen. Eintritt 1 Euro.");
        assert_eq!(value_of(&met, "name"), "Malgruppe");
        assert!(met.fields.iter().all(|one| one.merge.is_clean()), "{met:?}");
        assert_eq!(met.fields.len(), 3);
    }

    #[test]
    fn where_both_changed_the_same_nothing_is_lost() {
        let mine = card(&[("name", "Malkreis"), ("about", "Mittwochs malen. Eintritt frei.")]);
        let theirs = card(&[("name", "Malclub"), ("about", "Dienstags malen. Eintritt frei.")]);
        let met = meet_cards(&base(), &mine, &theirs);
        assert_eq!(value_of(&met, "name"), "Malkreis");
        let name = &met.fields.iter().find(|one| one.field == "name").unwrap().merge.pieces[0];
        assert_eq!((name.side, name.theirs.as_str()), (Side::Clash, "Malclub"));
        for words in ["Mittwochs malen.", "Dienstags malen.", "Eintritt frei."] {
            assert!(value_of(&met, "about").contains(words));
        }
    }

    #[test]
    fn choices_of_both_go_together() {
        assert_eq!(together("a b", "a c", "a b d"), "a c d");
        assert_eq!(together("a", "a", "a"), "a");
        assert_eq!(together("", "b", "a"), "a b");
    }

    #[test]
    fn alike_is_no_difference_and_what_one_took_out_is_out() {
        let full = card(&[("contact", "040 1")]);
        let before: Vec<_> = full.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert!(meet_cards(&before, &full, &full).fields.is_empty());
        let met = meet_cards(&before, &card(&[]), &full);
        assert_eq!(value_of(&met, "contact"), "");
        assert_eq!(met.fields.len(), 1);
    }
}
