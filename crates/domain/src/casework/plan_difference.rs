// SPDX-License-Identifier: EUPL-1.2
//! What is different between two versions of a plan, word by word and section by section, for reading.

use crate::access::codes;
use similar::{ChangeTag, TextDiff};

codes! {
    /// Where a piece of text stands.
    #[doc(alias = "Abschnitt eines Unterschieds")]
    PieceKind {
        /// In both versions.
        Both = "both",
        /// Only in the earlier one.
        Gone = "gone",
        /// Only in the later one.
        New = "new",
    }
}

/// A piece of text with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Textstück")]
pub struct Piece {
    /// Where.
    pub kind: PieceKind,
    /// The words, with the blanks between them.
    pub words: String,
}

/// A section that stands in at least one of the versions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Unterschied eines Abschnitts")]
pub struct SectionDifference {
    /// Its title.
    pub title: String,
    /// Its text, in pieces.
    pub pieces: Vec<Piece>,
}

impl SectionDifference {
    /// Is anything different?
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.pieces.iter().any(|piece| piece.kind != PieceKind::Both)
    }
}

/// A section: title and text.
pub type SectionText = (String, String);

/// The differences, in the order of the later version; what only the earlier one has stands at the end.
#[must_use]
pub fn differences(old: &[SectionText], new: &[SectionText]) -> Vec<SectionDifference> {
    let text = |all: &[SectionText], title: &str| {
        all.iter().find(|(known, _)| known == title).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let only_old = old.iter().filter(|(title, _)| !new.iter().any(|(known, _)| known == title));
    let titles = new.iter().chain(only_old).map(|(title, _)| title);
    titles
        .map(|title| SectionDifference { title: title.clone(), pieces: pieces(&text(old, title), &text(new, title)) })
        .filter(|section| !section.pieces.is_empty())
        .collect()
}

/// The words of two texts, neighbours of a kind joined. A change is read better whole than word by word: a blank
/// between two changed words belongs to the change, and what went stands before what came.
fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let difference = TextDiff::from_words(old, new);
    let changes: Vec<_> = difference.iter_all_changes().collect();
    let mut found: Vec<Piece> = Vec::new();
    let (mut gone, mut come) = (String::new(), String::new());
    for (place, change) in changes.iter().enumerate() {
        let goes_on = changes.get(place + 1).is_some_and(|next| next.tag() != ChangeTag::Equal);
        let is_blank = change.value().chars().all(|c| c == ' ');
        match change.tag() {
            ChangeTag::Delete => gone.push_str(change.value()),
            ChangeTag::Insert => come.push_str(change.value()),
            ChangeTag::Equal if is_blank && goes_on && !(gone.is_empty() || come.is_empty()) => {
                gone.push_str(change.value());
                come.push_str(change.value());
            }
            ChangeTag::Equal => {
                put(&mut found, PieceKind::Gone, &mut gone);
                put(&mut found, PieceKind::New, &mut come);
                put(&mut found, PieceKind::Both, &mut change.value().to_owned());
            }
        }
    }
    put(&mut found, PieceKind::Gone, &mut gone);
    put(&mut found, PieceKind::New, &mut come);
    found
}

/// Moves words to the end, joined with what stands there already.
fn put(found: &mut Vec<Piece>, kind: PieceKind, words: &mut String) {
    let words = std::mem::take(words);
    match found.last_mut() {
        _ if words.is_empty() => {}
        Some(last) if last.kind == kind => last.words.push_str(&words),
        _ => found.push(Piece { kind, words }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(old: &str, new: &str) -> String {
        let told = pieces(old, new).into_iter().map(|piece| match piece.kind {
            PieceKind::Both => piece.words,
            PieceKind::Gone => format!("[-{}-]", piece.words),
            PieceKind::New => format!("[+{}+]", piece.words),
        });
        told.collect()
    }

    #[test]
    fn words_are_compared_and_not_letters() {
        for (old, new, expected) in [
            ("Leyla malt gern.", "Leyla malt gern.", "Leyla malt gern."),
            ("Leyla malt gern.", "Leyla singt gern.", "Leyla [-malt-][+singt+] gern."),
            ("", "Neu.", "[+Neu.+]"),
            ("Alt.", "", "[-Alt.-]"),
            ("Wir gehen oft hin.", "Wir bleiben gern hier.", "Wir [-gehen oft hin.-][+bleiben gern hier.+]"),
            ("Jeden Tag.", "Jeden zweiten Tag.", "Jeden [+zweiten +]Tag."),
            ("Äpfel und Öl", "Äpfel und Oel", "Äpfel und [-Öl-][+Oel+]"),
        ] {
            assert_eq!(said(old, new), expected);
        }
    }

    #[test]
    fn both_versions_can_be_read_out_of_the_pieces() {
        let (old, new) = ("eins zwei drei\nvier", "eins drei vier\nfünf sechs");
        let all = pieces(old, new);
        let of = |wanted: PieceKind| {
            let has = |piece: &&Piece| piece.kind == wanted || piece.kind == PieceKind::Both;
            all.iter().filter(has).map(|piece| piece.words.as_str()).collect::<String>()
        };
        assert_eq!((of(PieceKind::Gone).as_str(), of(PieceKind::New).as_str()), (old, new));
    }

    #[test]
    fn sections_come_and_go_whole() {
        let section = |title: &str, text: &str| (title.to_owned(), text.to_owned());
        let old = [section("Ziel", "A"), section("Weg", "B"), section("Leer", "")];
        let new = [section("Neu", "C"), section("Ziel", "A")];
        let found = differences(&old, &new);
        let told: Vec<_> = found.iter().map(|one| (one.title.as_str(), one.is_changed())).collect();
        assert_eq!(told, [("Neu", true), ("Ziel", false), ("Weg", true)]);
        assert_eq!(found[2].pieces, [Piece { kind: PieceKind::Gone, words: "B".to_owned() }]);
    }
}
