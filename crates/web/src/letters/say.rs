// SPDX-License-Identifier: EUPL-1.2
//! Letters in words: names of kinds and placeholders, what is said for codes, the sheet that is printed.

use crate::casework::head::family;
use crate::casework::sheet::help_name;
use crate::kit::{Choice, t, t_with};
use app::letters::LetterPaper;
use documents::LetterSheet;
use domain::letters::{Addressee, Fault, LetterField, LetterKind};

/// The words that a letter puts in for codes.
#[must_use]
pub fn say(key: &str, x: &str) -> String {
    match key {
        "letter-say-help" => help_name(x),
        "letter-say-family" => family(x),
        _ => t_with(key, &[("x", x)]),
    }
}

/// "D07 · Einladung zum Hilfeplangespräch"
#[must_use]
pub fn kind_name(kind: LetterKind) -> String {
    t(&format!("letter-kind-{}", kind.code()))
}

/// The kinds to choose from, as the catalogue orders them.
pub(super) fn kinds() -> Vec<Choice> {
    // What parents share of the costs is told by finance, on a page of its own.
    let mut kinds: Vec<_> = LetterKind::ALL.iter().copied().filter(|kind| *kind != LetterKind::Contribution).collect();
    kinds.sort_by_key(|kind| kind.catalogue());
    kinds.into_iter().map(|kind| Choice::new(kind.code(), kind_name(kind))).collect()
}

/// What a placeholder stands for.
#[must_use]
pub fn field_name(field: LetterField) -> String {
    t(&format!("letter-field-{}", field.code().replace(['.', '_'], "-")))
}

/// What is wrong with a template, and where.
pub(super) fn fault(fault: &Fault) -> String {
    let code = |field: &LetterField| format!("{{{}}}", field.code());
    match fault {
        Fault::Unknown(line, name, None) => {
            t_with("letter-fault-unknown", &[("line", &line.to_string()), ("name", &format!("{{{name}}}"))])
        }
        Fault::Unknown(line, name, Some(near)) => t_with(
            "letter-fault-near",
            &[("line", &line.to_string()), ("name", &format!("{{{name}}}")), ("near", &code(near))],
        ),
        Fault::NotAllowed(line, field) => {
            t_with("letter-fault-not-allowed", &[("line", &line.to_string()), ("name", &code(field))])
        }
        Fault::Missing(field, source) => {
            t_with("letter-fault-missing", &[("what", &field_name(*field)), ("name", &code(field)), ("source", source)])
        }
        Fault::NotAlone(line, field) => {
            t_with("letter-fault-not-alone", &[("line", &line.to_string()), ("name", &code(field))])
        }
        Fault::Open(line) => t_with("letter-fault-open", &[("line", &line.to_string())]),
        Fault::NoSubject => t("letter-fault-no-subject"),
    }
}

/// The letter as it is printed.
#[must_use]
pub fn sheet(printed: LetterPaper) -> LetterSheet {
    let LetterPaper { kind, paper, said, number, dated_on, is_draft, sent } = printed;
    let mut to: Vec<String> = said.to_name.into_iter().collect();
    to.extend(said.to_address.iter().flat_map(|address| address.lines().map(|line| line.trim().to_owned())));
    let note = match (kind.addressee(), said.to_address.is_some(), said.sealed.is_some()) {
        (_, true, _) => String::new(),
        (Addressee::Reporter, ..) => t("letter-paper-with-report"),
        (Addressee::File, ..) => t("letter-paper-file"),
        (_, _, true) => t("letter-paper-sealed"),
        _ => t("letter-paper-no-address"),
    };
    let fact = |key: &str, value: String| (t(key), value);
    let mut facts: Vec<(String, String)> =
        number.into_iter().map(|number| fact("letter-paper-number", number)).collect();
    facts.push(fact("letter-paper-worker", said.worker.clone()));
    facts.push(fact("letter-paper-date", sent.map_or(dated_on, |sent| sent.sent_on).german()));
    LetterSheet {
        head: said.head,
        to,
        to_note: note,
        facts,
        paper,
        // A form of consent is signed by whoever consents.
        signature: if kind == LetterKind::Consent { String::new() } else { said.worker },
        draft: if is_draft { t("letter-paper-draft") } else { String::new() },
        dated_on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_every_placeholder_has_a_name() {
        let names = LetterKind::ALL.iter().map(|kind| kind_name(*kind));
        let fields = LetterField::ALL.iter().map(|field| field_name(*field));
        let asked = LetterField::ALL.iter().filter(|field| field.ask().is_some());
        let labels = asked.map(|field| t(&format!("letter-text-{}", field.code().replace('_', "-"))));
        for name in names.chain(fields).chain(labels) {
            assert!(!name.starts_with('«'), "{name}");
        }
    }
}
