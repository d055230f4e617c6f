// SPDX-License-Identifier: EUPL-1.2
//! Names out of texts, before a text reaches people of another controller (§ 64(2a) SGB VIII, N11).

use super::person::PersonRole;
use crate::kernel::fold;

/// A name and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Pseudonym")]
pub struct NameCode {
    /// The real name.
    pub name: String,
    /// `Kind A`.
    pub code: String,
}

impl NameCode {
    /// Codes for the people of a case, in their order: `Kind A`, `Mutter B`, …
    #[must_use]
    pub fn for_people(people: &[(String, PersonRole)]) -> Vec<Self> {
        let letters = ('A'..='Z').cycle();
        people
            .iter()
            .zip(letters)
            .map(|((name, role), letter)| Self { name: name.clone(), code: format!("{} {letter}", word(*role)) })
            .collect()
    }
}

const fn word(role: PersonRole) -> &'static str {
    match role {
        PersonRole::Child => "Kind",
        PersonRole::Youth => "Jugendliche Person",
        PersonRole::YoungAdult => "Junger Mensch",
        PersonRole::Mother => "Mutter",
        PersonRole::Father => "Vater",
        PersonRole::Relative => "Angehörige Person",
        PersonRole::Other => "Person",
    }
}

/// Replaces every part of every name, whatever its case, spelling of umlauts or genitive s. A family name
/// that several people share becomes "die Familie". What it cannot know (streets, schools, nicknames) the
/// worker reads and changes: the sheet is always shown before it goes out.
#[must_use]
pub fn pseudonymise(text: &str, codes: &[NameCode]) -> String {
    let parts = name_parts(codes);
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        push_word(&mut out, &word, &parts);
        word.clear();
        out.push(c);
    }
    out.pop();
    join_repeated(&out, codes)
}

/// Parts of names that are words of every sentence; without the rest of the name they tell nobody anything.
const PARTICLES: [&str; 14] =
    ["von", "vom", "zu", "zum", "zur", "der", "den", "de", "da", "di", "del", "van", "el", "al"];

/// Folded name part → code.
fn name_parts(codes: &[NameCode]) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for code in codes {
        for part in fold(&code.name).split(' ').filter(|part| part.chars().count() > 1 && !PARTICLES.contains(part)) {
            match parts.iter_mut().find(|(known, _)| known == part) {
                Some((_, shared)) if *shared != code.code => "die Familie".clone_into(shared),
                Some(_) => {}
                None => parts.push((part.to_owned(), code.code.clone())),
            }
        }
    }
    parts
}

fn push_word(out: &mut String, word: &str, parts: &[(String, String)]) {
    let folded = fold(word);
    let bare = folded.strip_suffix('s').unwrap_or(&folded);
    // Names are written large; "ich will" is not Frau Will.
    let written_large = word.chars().next().is_some_and(|first| !first.is_lowercase());
    let hit = parts.iter().find(|(part, _)| written_large && (*part == folded || *part == bare));
    out.push_str(hit.map_or(word, |(_, code)| code));
}

/// "Leyla Demir" became "Kind A die Familie"; one mention is enough.
fn join_repeated(text: &str, codes: &[NameCode]) -> String {
    let mut text = text.to_owned();
    for code in codes {
        text = text.replace(&format!("{} die Familie", code.code), &code.code);
        text = text.replace(&format!("{0} {0}", code.code), &code.code);
    }
    text.replace("Familie die Familie", "die Familie")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Vec<NameCode> {
        let people = [
            ("Leyla Demir", PersonRole::Child),
            ("Ayşe Demir", PersonRole::Mother),
            ("Jörg Özil-Maß", PersonRole::Father),
        ];
        NameCode::for_people(&people.map(|(name, role)| (name.to_owned(), role)))
    }

    #[test]
    fn no_part_of_a_name_stays() {
        let text = "LEYLA geht mit Ayse zu Jörgs Mutter. Leyla Demir und Oezil; Familie Demir wohnt bei Mass.";
        let out = pseudonymise(text, &codes());
        for part in ["leyla", "ayse", "demir", "joerg", "oezil", "mass"] {
            assert!(!fold(&out).contains(part), "{part} in {out}");
        }
        assert!(out.starts_with("Kind A geht mit Mutter B zu Vater C Mutter. Kind A und Vater C;"), "{out}");
        assert!(out.contains("die Familie wohnt"), "{out}");
    }

    #[test]
    fn everyday_words_keep_their_meaning() {
        let people = [("Maria von der Heide", PersonRole::Mother), ("Lu Will", PersonRole::Child)];
        let codes = NameCode::for_people(&people.map(|(name, role)| (name.to_owned(), role)));
        let said = pseudonymise("Sie will nicht von der Schule reden. Lu Will und Frau von der Heide schon.", &codes);
        assert_eq!(said, "Sie will nicht von der Schule reden. Kind B und Frau von der Mutter A schon.");
    }

    #[test]
    fn other_words_stay_as_they_are() {
        assert_eq!(pseudonymise("Ein Satz, ganz ohne Namen!", &codes()), "Ein Satz, ganz ohne Namen!");
    }
}
