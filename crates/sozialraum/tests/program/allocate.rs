// SPDX-License-Identifier: EUPL-1.2
//! `budget allocate`: every example gives what it says it gives, the paper's numbers are the program's, and bad
//! files are answered in German with line and field.

use crate::bench::{Bench, Said, run};
use std::path::{Path, PathBuf};

const PROMISE: &str = "# Ergebnis: ";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs a file; each promise in it must be part of a line that the program prints.
fn keeps_its_promises(name: &str, said: &Said, text: &str) -> usize {
    assert_eq!(said.code, 0, "{name}: {said:?}");
    assert!(!said.out.contains('«'), "{name}: a text is missing");
    let lines: Vec<String> = said.out.lines().map(words).collect();
    let promises: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix(PROMISE)).collect();
    for promise in &promises {
        assert!(lines.iter().any(|line| line.contains(&words(promise))), "{name}: no „{promise}“ in\n{}", said.out);
    }
    promises.len()
}

#[test]
fn every_example_gives_what_it_promises() {
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("docs/examples")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let said = run(&root(), &["budget", "allocate", path.to_str().unwrap()]);
        let promises = keeps_its_promises(&path.display().to_string(), &said, &text);
        assert!(promises > 0, "{} promises nothing", path.display());
        count += 1;
    }
    assert!(count >= 13, "only {count} examples");
}

/// A control: a wrong promise is found.
#[test]
fn a_wrong_promise_is_found() {
    let said = run(&root(), &["budget", "allocate", "docs/examples/celle.toml", "--short"]);
    assert!(!said.out.contains("Warum?"), "{}", said.out);
    let wrong = std::panic::catch_unwind(|| keeps_its_promises("celle", &said, "# Ergebnis: Celle 1,00 €"));
    assert!(wrong.is_err());
}

/// Two pages of the paper, printed small: nobody at a council's table reads more.
const MOST_WORDS: usize = 1_420;

/// Every number that the paper shows as a link is in what the program prints for the file behind it.
#[test]
fn the_paper_says_what_the_program_says() {
    let paper = std::fs::read_to_string(root().join("docs/wie-gerechnet-wird.md")).unwrap();
    let mut count = 0;
    for rest in paper.split("](examples/").skip(1) {
        let before = paper.split_once(&format!("](examples/{rest}")).unwrap().0;
        let number = before.rsplit('[').next().unwrap();
        let path = format!("docs/examples/{}", rest.split(')').next().unwrap());
        let said = run(&root(), &["budget", "allocate", &path]);
        assert!(said.code == 0 && words(&said.out).contains(number), "{path}: no „{number}“ in\n{}", said.out);
        count += 1;
    }
    assert!(count >= 14, "only {count} numbers");
    let long = paper.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    assert!(long <= MOST_WORDS, "{long} words are more than two pages");
}

#[test]
fn bad_files_are_answered_in_german() {
    let bench = Bench::sqlite();
    let celle = std::fs::read_to_string(root().join("docs/examples/celle.toml")).unwrap();
    let with = |from: &str, to: &str| {
        assert!(celle.contains(from), "{from}");
        celle.replace(from, to)
    };
    let cases = [
        ("das ist kein TOML", "Zeile 1, Spalte 5: Das ist kein gültiges TOML."),
        (&with("gesamt = \"2.000.000\"", "gesammt = 1"), "Das Feld „gesammt“ gibt es hier nicht."),
        (&with("gesamt = \"2.000.000\"", "gesamt = 2.5"), "Spalte 10: Kommazahlen gehören in Anführungszeichen"),
        (&with("jahr = 2001", "jahr = []"), "Hier steht etwas anderes als erwartet."),
        (&with("jahr = 2001", "jahr = 2001\njahr = 2002"), "Dieses Feld steht zweimal da."),
        (&with("gesamt = \"2.000.000\"", "gesamt = \"2.000.000.00\""), "Gesamtansatz: Bitte geben Sie einen Betrag"),
        (&with("prozent = 10", "prozent = 9"), "Zwecke, „99“: Die Summe muss 100 % ergeben."),
        (&with("prozent = 10", "prozent = \"-1\""), "Zwecke, Zeile 3, „teilstationär“: Mindestens 0 %."),
        (&with("art = \"H\"", "art = \"Z\""), "Verfahren, Zeile 1, „Z“: Bitte wählen Sie ein Verfahren"),
        (&with("art = \"H\"", "art = \"G\""), "Indikatoren und Gewichte, „G“: Das Verfahren braucht hier eine Spalte"),
        (&with("Gebiet\nCelle\n", ""), "Tabelle: Bitte mindestens eine Region."),
        (&with("Gebiet\nCelle\n", "Gebiet;A\nCelle\n"), "Tabelle, Zeile 2: Diese Zeile hat mehr oder weniger Zellen"),
        (&with("jahr = 2001", "jahr = 1848"), "Haushaltsjahr: Bitte ein Haushaltsjahr von 1990 bis 2100"),
    ];
    for (text, sentence) in cases {
        let file = bench.file("schlecht.toml", text);
        let said = run(&bench.dir, &["budget", "allocate", file.to_str().unwrap()]);
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{text}");
        assert!(said.err.contains(sentence) && said.err.contains("schlecht.toml"), "{sentence}\n{}", said.err);
        assert!(!said.err.contains('«') && !said.err.contains('`'), "{}", said.err);
    }
}

#[test]
fn files_and_usage_end_like_everywhere() {
    let bench = Bench::sqlite();
    let said = run(&bench.dir, &["budget", "allocate", "fehlt.toml"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("fehlt.toml gibt es nicht"), "{said:?}");
    bench.file("latin.toml", [b't', 0xfc]);
    let said = run(&bench.dir, &["budget", "allocate", "latin.toml"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("UTF-8"), "{said:?}");
    assert_eq!(run(&bench.dir, &["budget", "allocate"]).code, 2);
    let help = run(&bench.dir, &["budget", "allocate", "--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("Nur die Anteile") && help.out.contains("Rückgabewerte"), "{}", help.out);
}

#[test]
fn json_is_for_programs() {
    let said = run(&root(), &["budget", "allocate", "docs/examples/nordfriesland.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["shares"][0]["cents"], 28_479_657);
    assert_eq!(json["shares"][0]["why"]["how"], "sum");
}
