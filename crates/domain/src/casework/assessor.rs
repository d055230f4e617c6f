// SPDX-License-Identifier: EUPL-1.2
//! Whoever gives the opinion of § 35a(1a) SGB VIII takes part in the plan (§ 36(4)) and does not deliver the help
//! (§ 35a(1a) S. 4): the law wants a second pair of eyes, and nobody who orders from itself. Names are typed by people,
//! so both are looked up by the words that tell one name from another. This warns (W7) and never refuses: "soll".

use super::details::Attendance;
use crate::kernel::fold;

/// Words that many names have and that tell nobody from anybody.
const COMMON: [&str; 24] = [
    "praxis",
    "klinik",
    "klinikum",
    "institut",
    "frau",
    "herr",
    "prof",
    "doktor",
    "dipl",
    "psych",
    "med",
    "jugendhilfe",
    "verein",
    "ggmbh",
    "gmbh",
    "stiftung",
    "ambulanz",
    "facharzt",
    "fachaerztin",
    "kinder",
    "jugend",
    "jugendpsychiatrie",
    "psychiatrie",
    "therapie",
];

/// Words of a name that tell it from others.
fn telling(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.filter(|word| !COMMON.contains(word)).map(str::to_owned).collect()
}

/// Is whoever gave the opinion named at the talk about the plan? Whoever was not invited counts as named: that has a gap
/// and a reason of its own.
#[must_use]
pub fn assessor_named(assessor: &str, attendance: &[Attendance]) -> bool {
    let wanted = telling(assessor);
    attendance.iter().any(|one| {
        let there = telling(one.name.as_str());
        wanted.iter().any(|word| there.contains(word))
    })
}

/// Does the agency seem to be the service that gave the opinion?
#[must_use]
pub fn assessor_delivers(assessor: &str, agency: &str) -> bool {
    let (wanted, there) = (telling(assessor), telling(agency));
    let within = |some: &[String], all: &[String]| !some.is_empty() && some.iter().all(|word| all.contains(word));
    within(&wanted, &there) || within(&there, &wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::details::Presence;

    fn at(names: &[&str]) -> Vec<Attendance> {
        names.iter().map(|name| Attendance::read(name, Presence::Present).unwrap()).collect()
    }

    #[test]
    fn an_assessor_is_found_however_it_was_typed() {
        let talk = at(&["Ayşe Demir, Mutter", "Dr. Sonne, Kinderärztin"]);
        assert!(assessor_named("Praxis Dr. Sonne", &talk));
        assert!(assessor_named("SONNE", &talk));
        assert!(!assessor_named("Praxis Dr. Mond", &talk));
        assert!(!assessor_named("Praxis", &talk) && !assessor_named("Praxis Dr. Sonne", &[]));
    }

    #[test]
    fn an_agency_that_assessed_is_recognised_and_no_other() {
        assert!(assessor_delivers("Lotse", "Lotse Jugendhilfe gGmbH"));
        assert!(assessor_delivers("Dr. Kern, Lotse Jugendhilfe", "Lotse Jugendhilfe gGmbH"));
        assert!(!assessor_delivers("Praxis Dr. Sonne", "Lotse Jugendhilfe gGmbH"));
        assert!(!assessor_delivers("Jugendhilfe", "Lotse Jugendhilfe gGmbH"));
    }
}
