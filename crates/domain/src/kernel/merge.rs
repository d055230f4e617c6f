// SPDX-License-Identifier: EUPL-1.2
//! Two people wrote on the same text: what each of them changed, sentence by sentence, and one text out of both.
//!
//! The unit is the sentence, because people read sentences. Nothing either of them wrote is ever dropped: where both
//! changed the same place, both wordings stand one after the other until somebody decides.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Beyond so many pairs of sentences at one place, nobody looks which was reworded: the place is shown whole.
const MOST_PAIRS: usize = 10_000;
/// Half of the words, in hundredths.
const HALF: usize = 50;

/// Who changed a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Herkunft eines Textstücks")]
pub enum Side {
    /// Nobody, or both alike.
    Both,
    /// The one who is saving now.
    Mine,
    /// The one who saved in the meantime.
    Theirs,
    /// Each of them in another way.
    Clash,
}

/// A piece of text: as it was, and what each of the two made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Stelle")]
pub struct MergePiece {
    /// Who changed it.
    pub side: Side,
    /// As it was.
    pub base: String,
    /// Mine.
    pub mine: String,
    /// Theirs.
    pub theirs: String,
}

/// Two texts put together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zusammenführung zweier Texte")]
pub struct Merge {
    /// From the beginning to the end.
    pub pieces: Vec<MergePiece>,
}

impl Merge {
    /// Puts two texts together that both grew out of `base`.
    #[must_use]
    pub fn of(base: &str, mine: &str, theirs: &str) -> Self {
        let (old, left, right) = (sentences(base), sentences(mine), sentences(theirs));
        let (to_left, to_right) = (kept(&old, &left), kept(&old, &right));
        let (mut pieces, mut at) = (Vec::new(), (0, 0, 0));
        for (place, sentence) in old.iter().enumerate() {
            let (Some(l), Some(r)) = (to_left[place], to_right[place]) else { continue };
            pieces.extend(between(&old[at.0..place], &left[at.1..l], &right[at.2..r]));
            let same = (*sentence).to_owned();
            pieces.push(MergePiece { side: Side::Both, base: same.clone(), mine: same.clone(), theirs: same });
            at = (place + 1, l + 1, r + 1);
        }
        pieces.extend(between(&old[at.0..], &left[at.1..], &right[at.2..]));
        Self { pieces }
    }

    /// Did nobody change what the other changed?
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.pieces.iter().all(|piece| piece.side != Side::Clash)
    }

    /// One text. Where both changed the same place, both wordings stand, theirs first.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece.side {
                Side::Both | Side::Mine => add(&mut text, &piece.mine),
                Side::Theirs => add(&mut text, &piece.theirs),
                Side::Clash => {
                    add(&mut text, &piece.theirs);
                    add(&mut text, &piece.mine);
                }
            }
        }
        text.trim_end().to_owned()
    }
}

/// Adds a piece; a sentence never sticks to the one before.
fn add(text: &mut String, piece: &str) {
    if !text.is_empty() && !piece.is_empty() && !text.ends_with(char::is_whitespace) {
        text.push(' ');
    }
    text.push_str(piece);
}

/// What became of a place. A sentence that both still have, reworded or not, is looked at by itself: neighbours who
/// reworded neighbouring sentences did not meet, and what one of them put in between is no clash.
fn between(base: &[&str], mine: &[&str], theirs: &[&str]) -> Vec<MergePiece> {
    let (to_mine, to_theirs) = (reworded(base, mine), reworded(base, theirs));
    let (mut pieces, mut at) = (Vec::new(), (0, 0, 0));
    for place in 0..base.len() {
        let (Some(m), Some(t)) = (to_mine[place], to_theirs[place]) else { continue };
        pieces.extend(piece(&base[at.0..place], &mine[at.1..m], &theirs[at.2..t]));
        pieces.extend(piece(&base[place..=place], &mine[m..=m], &theirs[t..=t]));
        at = (place + 1, m + 1, t + 1);
    }
    pieces.extend(piece(&base[at.0..], &mine[at.1..], &theirs[at.2..]));
    pieces
}

/// Where each sentence went if it was reworded: the pairs in order that have most in common altogether.
fn reworded(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let mut places = vec![None; old.len()];
    if old.len() * new.len() > MOST_PAIRS {
        return places;
    }
    // best[i][j]: the most that can be in common from the i-th old and the j-th new sentence on.
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let together = in_common(old[i], new[j]).map_or(0, |common| common + best[i + 1][j + 1]);
            best[i][j] = together.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        match in_common(old[i], new[j]) {
            Some(common) if best[i][j] == common + best[i + 1][j + 1] => {
                places[i] = Some(j);
                (i, j) = (i + 1, j + 1);
            }
            _ if best[i][j] == best[i + 1][j] => i += 1,
            _ => j += 1,
        }
    }
    places
}

/// How much two sentences have in common, in hundredths of their words; nothing below half.
fn in_common(one: &str, other: &str) -> Option<usize> {
    let (mut left, right): (Vec<&str>, Vec<&str>) =
        (one.split_whitespace().collect(), other.split_whitespace().collect());
    let (words, mut shared) = (left.len() + right.len(), 0);
    for word in right {
        if let Some(place) = left.iter().position(|known| *known == word) {
            left.swap_remove(place);
            shared += 2;
        }
    }
    let common = shared * 100 / words.max(1);
    (common >= HALF).then_some(common)
}

/// What became of a place between two sentences that all have.
fn piece(base: &[&str], mine: &[&str], theirs: &[&str]) -> Option<MergePiece> {
    if base.is_empty() && mine.is_empty() && theirs.is_empty() {
        return None;
    }
    let same = |one: &[&str], other: &[&str]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.trim() == other.trim())
    };
    let side = match (same(base, mine), same(base, theirs), same(mine, theirs)) {
        (_, _, true) => Side::Both,
        (true, ..) => Side::Theirs,
        (_, true, _) => Side::Mine,
        _ => Side::Clash,
    };
    Some(MergePiece { side, base: base.concat(), mine: mine.concat(), theirs: theirs.concat() })
}

/// Where each sentence of the old text stands in the new one, if it still does.
fn kept(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let bare = |all: &[&str]| all.iter().map(|one| one.trim().to_owned()).collect::<Vec<_>>();
    let mut places = vec![None; old.len()];
    for step in capture_diff_slices(Algorithm::Myers, &bare(old), &bare(new)) {
        if let DiffOp::Equal { old_index, new_index, len } = step {
            for n in 0..len {
                places[old_index + n] = Some(new_index + n);
            }
        }
    }
    places
}

/// The sentences of a text, each with the blanks after it. A line is a sentence too: people write in points.
fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut begin, mut ended) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        if ended && !letter.is_whitespace() {
            found.push(&text[begin..at]);
            (begin, ended) = (at, false);
        }
        let closes =
            matches!(letter, '.' | '!' | '?' | '…') && text[at + letter.len_utf8()..].starts_with(char::is_whitespace);
        ended |= closes || letter == '\n';
    }
    found.push(&text[begin..]);
    found.retain(|sentence| !sentence.trim().is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BASE: &str = "Leyla malt gern. Emil schläft schlecht.\nDie Oma hilft.";

    #[test]
    fn who_changed_other_sentences_loses_nothing() {
        let mine = "Leyla malt sehr gern. Emil schläft schlecht.\nDie Oma hilft.";
        let theirs = "Leyla malt gern. Emil schläft schlecht.\nDie Oma hilft. Der Onkel kommt am Freitag.";
        let merge = Merge::of(BASE, mine, theirs);
        assert!(merge.is_clean());
        let whole = "Leyla malt sehr gern. Emil schläft schlecht.\nDie Oma hilft. Der Onkel kommt am Freitag.";
        assert_eq!(merge.text(), whole);
    }

    #[test]
    fn neighbouring_sentences_are_two_sentences() {
        let mine = "Leyla malt gern. Emil schläft gut.";
        let theirs = "Leyla singt gern. Emil schläft schlecht.";
        let merge = Merge::of("Leyla malt gern. Emil schläft schlecht.", mine, theirs);
        assert!(merge.is_clean());
        assert_eq!(merge.text(), "Leyla singt gern. Emil schläft gut.");
    }

    #[test]
    fn what_one_put_in_between_is_no_clash() {
        let base = "Leyla malt gern und geht in die Malgruppe. Emil schläft schlecht. Die Oma hilft.";
        let mine = "Leyla malt gern und geht in die Malgruppe am Hafen. Emil schläft kaum noch. Die Oma hilft.";
        let theirs = "Leyla malt gern und geht in die Malgruppe. Emil schläft wieder durch. Dienstags kommt Elif. Die Oma hilft.";
        let merge = Merge::of(base, mine, theirs);
        let clashes: Vec<_> = merge.pieces.iter().filter(|piece| piece.side == Side::Clash).collect();
        assert_eq!(clashes.len(), 1, "{:?}", merge.pieces);
        assert!(!clashes[0].mine.contains("Leyla") && merge.text().matches("Leyla").count() == 1, "{}", merge.text());
    }

    #[test]
    fn the_same_sentence_in_two_ways_shows_both() {
        let mine = BASE.replace("schläft schlecht", "schläft wieder gut");
        let theirs = BASE.replace("schläft schlecht", "schläft gar nicht");
        let merge = Merge::of(BASE, &mine, &theirs);
        assert!(!merge.is_clean());
        let clash: Vec<_> = merge.pieces.iter().filter(|piece| piece.side == Side::Clash).collect();
        assert_eq!((clash.len(), clash[0].mine.trim()), (1, "Emil schläft wieder gut."));
        let both = "Leyla malt gern. Emil schläft gar nicht.\nEmil schläft wieder gut.\nDie Oma hilft.";
        assert_eq!(merge.text(), both);
    }

    #[test]
    fn abbreviations_and_days_cut_no_sentence_wrongly_twice() {
        assert_eq!(sentences("Am 3.12. kommt Frau B. Dann\nPunkt eins\n\nPunkt zwei").len(), 5);
        assert_eq!(sentences(" \n "), Vec::<&str>::new());
        // A sentence that one took away and the other left is gone; both can see it on the page.
        let merge = Merge::of("Eins. Zwei. Drei.", "Eins. Drei.", "Eins. Zwei. Drei.");
        assert!(merge.is_clean());
        assert_eq!(merge.text(), "Eins. Drei.");
    }

    fn text() -> impl Strategy<Value = String> {
        let sentence = prop::sample::select(vec!["Eins. ", "Zwei! ", "Drei?\n", "Vier\n", "Fünf. ", "Sechs. "]);
        prop::collection::vec(sentence, 0..7).prop_map(|all| all.concat())
    }

    fn bare(text: &str) -> Vec<String> {
        sentences(text).into_iter().map(|one| one.trim().to_owned()).collect()
    }

    proptest! {
        #[test]
        fn one_sided_changes_are_taken_as_they_are(base in text(), other in text()) {
            prop_assert_eq!(bare(&Merge::of(&base, &other, &base).text()), bare(&other));
            prop_assert_eq!(bare(&Merge::of(&base, &base, &other).text()), bare(&other));
            prop_assert_eq!(bare(&Merge::of(&base, &other, &other).text()), bare(&other));
        }

        #[test]
        fn nothing_new_is_lost(base in text(), mine in text(), theirs in text()) {
            let (whole, old) = (bare(&Merge::of(&base, &mine, &theirs).text()), bare(&base));
            for sentence in bare(&mine).iter().chain(&bare(&theirs)) {
                prop_assert!(whole.contains(sentence) || old.contains(sentence), "{} is lost in {:?}", sentence, whole);
            }
        }

        #[test]
        fn each_text_can_be_read_out_of_the_pieces(base in text(), mine in text(), theirs in text()) {
            let merge = Merge::of(&base, &mine, &theirs);
            let read = |side: fn(&MergePiece) -> &String| bare(&merge.pieces.iter().map(side).cloned().collect::<Vec<_>>().join(" "));
            prop_assert_eq!(read(|piece| &piece.mine), bare(&mine));
            prop_assert_eq!(read(|piece| &piece.theirs), bare(&theirs));
        }
    }
}
