// SPDX-License-Identifier: EUPL-1.2
//! From German text to terms: folded, without little words, stemmed, compounds with their parts.

use super::script::lightened;
use crate::kernel::fold;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words that say nothing about what is looked for.
const LITTLE: &str = "aber alle als am an auch auf aus bei beim bin bis brauche braucht bitte da damit dann das dass dem den der des \
    die dies doch durch ein eine einem einen einer eines er es etwas finde finden fuer gibt gibts hat haben hier hinter ich ihr ihre im in ins ist \
    ja jede jeden jeder kann kein keine koennen man mehr mein meine meinem meinen meiner mich mir mit moechte muss nach naehe neben nicht noch nur ob oder ohne per \
    sehr sein seine sgb abs absatz satz sich sie sind so suche ueber um und uns unser unsere unter viii vom von vor was macht machen wenn wer werden wie will wir wird wo zu zum zur \
    the for and with paragraph paragraf jahr jahre";
/// The same in the other languages of the cards; nothing that is a word of its own in German.
const LITTLE_ELSEWHERE: &str = "to of is are my me need looking where how can does have has near our your from there any some please \
    icin bir nerede istiyorum ariyorum ile ve nasil dla jak gdzie szukam potrzebuje jest si pentru unde cum caut le la les une pour avec je \
    cherche el los las para por con donde busco для і та в на з де як мені мого моєї шукаю потрібно хочу и с где мне нужно ищу моего моей \
    في من على الى عن مع اين هل اريد ابحث عندي لي از به با برای که کجا";
/// Last parts of compounds that say only what kind of thing it is.
const GENERIC: &str = "kurs gruppe treff treffen treffpunkt hilfe verein angebot beratung haus zentrum platz stelle raum club klub projekt \
    kreis dienst cafe buero laden tag zeit arbeit tisch nachmittag abend forum ort betreuung unterricht training werkstatt";

static LITTLE_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let elsewhere = LITTLE_ELSEWHERE.split_whitespace().map(|word| fold(&lightened(word)));
    LITTLE.split_whitespace().map(str::to_owned).chain(elsewhere).collect()
});
static GENERIC_STEMS: LazyLock<HashSet<String>> = LazyLock::new(|| GENERIC.split_whitespace().map(stem).collect());
static PARTS: LazyLock<HashSet<String>> =
    LazyLock::new(|| include_str!("parts.txt").split_whitespace().map(stem).collect());
static SYNONYMS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for line in include_str!("synonyms.txt").lines().filter(|line| !line.starts_with('#')) {
        let group: Vec<String> = line.split_whitespace().map(|word| stem(&fold(word).replace(' ', ""))).collect();
        for word in &group {
            all.entry(word.clone()).or_default().extend(group.iter().filter(|other| *other != word).cloned());
        }
    }
    all
});
/// Words for codes: (list, code) → folded words.
static CODES: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let lines = include_str!("codes.txt").lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &'static str| {
        let (list, rest) = line.split_once(' ')?;
        let (code, words) = rest.split_once(' ')?;
        Some(((list, code), words))
    };
    lines.filter_map(entry).collect()
});

/// The words people type for a code of a closed list.
#[must_use]
pub fn words_for(list: &str, code: &str) -> &'static str {
    CODES.get(&(list, code)).copied().unwrap_or_default()
}

/// Other stems that mean the same.
#[must_use]
pub fn synonyms(stem: &str) -> &'static [String] {
    SYNONYMS.get(stem).map(Vec::as_slice).unwrap_or_default()
}

/// Does this part of a compound say only what kind of thing it is?
#[must_use]
pub fn is_generic(stem: &str) -> bool {
    GENERIC_STEMS.contains(stem)
}

/// Is this a known part of compounds?
#[must_use]
pub fn is_part(stem: &str) -> bool {
    PARTS.contains(stem)
}

/// The folded words of a text, paragraphs as `§28`, without little words.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let text = &*lightened(text);
    if !(text.contains('§') || text.contains("aragra")) {
        let folded = fold(text);
        let of_the_code = folded.contains("sgb");
        return marked(folded_words(&folded), of_the_code);
    }
    let all_marked = text
        .replace("§§", "§")
        .replace("Paragraph", "§")
        .replace("Paragraf", "§")
        .replace("paragraph", "§")
        .replace("paragraf", "§");
    let mut pieces = all_marked.split('§');
    let mut all: Vec<String> = folded_words(&fold(pieces.next().unwrap_or_default()));
    for piece in pieces {
        let piece = piece.trim_start();
        let digits = piece.chars().take_while(char::is_ascii_digit).count();
        let letter = piece[digits..].chars().next().filter(|c| c.is_ascii_lowercase());
        let alone = piece[digits..].chars().nth(1).is_none_or(|c| !c.is_alphanumeric());
        let end = digits + usize::from(digits > 0 && alone && letter.is_some());
        if digits > 0 {
            all.push(format!("§{}", &piece[..end]));
        }
        all.extend(folded_words(&fold(&piece[end..])));
    }
    marked(all, fold(text).contains("sgb"))
}

/// `16 SGB VIII` without its sign.
fn marked(mut all: Vec<String>, of_the_code: bool) -> Vec<String> {
    if of_the_code {
        for word in &mut all {
            if word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit()) {
                *word = format!("§{word}");
            }
        }
    }
    all
}

fn folded_words(folded: &str) -> Vec<String> {
    folded.split(' ').filter(|word| !word.is_empty() && !LITTLE_WORDS.contains(*word)).map(str::to_owned).collect()
}

/// The stem of a folded word: umlauts and plain vowels joined, endings of number, case and doing cut.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.starts_with('§') {
        return word.to_owned();
    }
    let mut stem = joined_vowels(word);
    for _ in 0..2 {
        let Some(cut) = ending(&stem) else { break };
        stem.truncate(stem.len() - cut);
    }
    stem
}

/// `sozialraeume` → `sozialraume`, but `bauer`, `neue`, `quelle` stay.
pub(super) fn joined_vowels(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        out.push(c);
        let umlaut = matches!(c, 'a' | 'o' | 'u')
            && chars.peek() == Some(&'e')
            && !(c == 'u' && matches!(before, 'a' | 'e' | 'q'));
        if umlaut {
            chars.next();
        }
        before = c;
    }
    out
}

/// How many letters of the ending to cut.
fn ending(stem: &str) -> Option<usize> {
    const ENDINGS: [(&str, usize); 13] = [
        ("innen", 4),
        ("ungen", 4),
        ("erin", 4),
        ("chen", 4),
        ("ung", 4),
        ("ern", 3),
        ("em", 3),
        ("er", 3),
        ("en", 3),
        ("es", 3),
        ("e", 3),
        ("s", 4),
        ("n", 4),
    ];
    if !stem.is_ascii() {
        return None;
    }
    let fits = |(end, least): &&(&str, usize)| stem.len() >= end.len() + least && stem.ends_with(end);
    ENDINGS.iter().find(fits).map(|(end, _)| end.len())
}

/// The parts of a compound, each as a stem; nothing if it is none. `known` says which stems are words.
#[must_use]
pub fn parts(word: &str, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let word = joined_vowels(word);
    let mut found = Vec::new();
    if word.is_ascii() && word.len() >= 7 && split(&word, known, &mut found, 0) { found } else { Vec::new() }
}

/// Splits from the left, the longest first part that leaves something known.
fn split(word: &str, known: &dyn Fn(&str) -> bool, found: &mut Vec<String>, depth: usize) -> bool {
    if depth > 0 && known(&stem(word)) {
        found.push(stem(word));
        return true;
    }
    if depth > 2 || word.len() < 6 {
        return false;
    }
    for end in (3..=word.len() - 3).rev() {
        let (left, right) = word.split_at(end);
        // Between the parts may stand an s, n, en, er or es.
        let cut = ["", "s", "n", "en", "er", "es"].iter().filter_map(|joint| left.strip_suffix(joint));
        let Some(left) = cut.map(stem).find(|left| left.len() > 2 && known(left)) else { continue };
        found.push(left);
        if split(right, known, found, depth + 1) {
            return true;
        }
        found.pop();
    }
    false
}

/// Longer words are not compared letter by letter.
const LONGEST: usize = 64;

/// May these be the same word, mistyped? At most one slip in short words, two in long ones; two neighbours swapped
/// are one slip.
#[must_use]
pub fn is_slip(typed: &str, word: &str) -> bool {
    if typed.is_ascii() && word.is_ascii() {
        return are_near(typed.as_bytes(), word.as_bytes());
    }
    let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
    are_near(&a, &b)
}

fn are_near<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let most = match a.len() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    most > 0 && a.len().abs_diff(b.len()) <= most && b.len() < LONGEST && distance(a, b, most) <= most
}

/// The distance, or something above `most`. Only three rows of the table are kept, on the stack: a search compares
/// hundreds of words.
fn distance<T: PartialEq>(a: &[T], b: &[T], most: usize) -> usize {
    let (mut before, mut last, mut row) = ([0_u8; LONGEST], [0_u8; LONGEST], [0_u8; LONGEST]);
    (0..).zip(&mut last[..=b.len()]).for_each(|(j, cell)| *cell = j);
    for i in 1..=a.len() {
        row[0] = last[0] + 1;
        let mut least = row[0];
        for j in 1..=b.len() {
            let same = u8::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
            least = least.min(row[j]);
        }
        // A swap looks back two rows, and costs one.
        if usize::from(least) > most + 1 {
            return usize::from(least);
        }
        (before, last) = (last, row);
    }
    usize::from(last[b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).iter().map(|word| stem(word)).collect()
    }

    #[test]
    fn spellings_and_numbers_of_a_word_meet() {
        for group in [
            &["Sozialräume", "Sozialraum", "sozialraeume"][..],
            &["Kurse", "Kurs", "Kursen"],
            &["Bäder", "Bad", "baeder"],
            &["Schwimmen", "schwimmer"],
            &["Kinder", "Kind", "Kindern"],
            &["Beratungen", "Beratung", "beraten"],
            &["Gruppen", "Gruppe"],
            &["Häuser", "Haus", "Hauses"],
        ] {
            let first = stems(group[0]);
            assert!(group.iter().all(|word| stems(word) == first), "{group:?} {first:?}");
        }
    }

    #[test]
    fn paragraphs_are_words() {
        for text in ["§ 35a SGB VIII", "§35a", "Paragraf 35a", "35a SGB VIII"] {
            assert_eq!(words(text), ["§35a"], "{text}");
        }
        assert_eq!(words("Hilfe nach §§ 16 und 28"), ["hilfe", "§16", "28"]);
        assert_eq!(words("§ 16 Beratung"), ["§16", "beratung"]);
    }

    #[test]
    fn compounds_come_apart() {
        for (word, expected) in [
            ("schwimmkurs", &["schwimm", "kurs"][..]),
            ("kinderschwimmen", &["kind", "schwimm"]),
            ("hausaufgabenhilfe", &["hausaufgab", "hilf"]),
            ("familienzentrum", &["famili", "zentrum"]),
            ("kursbuch", &["kurs", "buch"]),
            ("zebra", &[]),
            ("quatschmurks", &[]),
        ] {
            assert_eq!(parts(word, &is_part), expected, "{word}");
        }
    }

    #[test]
    fn slips() {
        assert!(
            is_slip("schwimkurs", "schwimmkurs") && is_slip("fusball", "fussball") && is_slip("tehater", "theater")
        );
        assert!(!is_slip("chor", "rohr") && !is_slip("bad", "rad"));
    }
}
