// SPDX-License-Identifier: EUPL-1.2
//! Every text that a template or a rule asks for is there, in German, once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use web::kit::messages::{has, rule_key};

fn files(dir: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

fn all(dir: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(dir), ending, &mut found);
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The words in quotes right before `end`.
fn quoted_before<'a>(text: &'a str, end: &str) -> Vec<&'a str> {
    let pieces = text.split(end);
    let count = pieces.clone().count();
    pieces.take(count - 1).filter_map(|piece| piece.strip_suffix('"')?.rsplit_once('"').map(|(_, key)| key)).collect()
}

#[test]
fn templates_ask_for_texts_that_are_there() {
    for (path, text) in all("templates", "html") {
        for end in ["|t }}", "|tx("] {
            for key in quoted_before(&text, end) {
                assert!(has(key), "{}: no message {key}", path.display());
            }
        }
    }
}

#[test]
fn what_is_said_in_english_is_said_in_german_too() {
    for key in web::kit::messages::english_keys() {
        assert!(has(key), "no German message {key}");
    }
}

#[test]
fn every_rule_has_a_german_sentence() {
    for dir in ["../domain/src", "../app/src", "src"] {
        for (path, text) in all(dir, "rs") {
            for piece in text.split("Rule::new(").skip(1) {
                let Some(code) = piece.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                if code.contains('…') || code.is_empty() {
                    continue;
                }
                assert!(has(&rule_key(code)), "{}: rule {code} has no sentence ({})", path.display(), rule_key(code));
            }
        }
    }
}

#[test]
fn no_message_is_said_twice() {
    let mut seen = BTreeMap::new();
    for (path, text) in all("messages/de", "ftl") {
        for key in text
            .lines()
            .filter(|line| !line.starts_with([' ', '#', '}']))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if let Some(other) = seen.insert(key.to_owned(), name.clone()) {
                panic!("message {key} in {other} and {name}");
            }
        }
    }
}

#[test]
fn a_missing_message_shows() {
    assert_eq!(web::kit::t("gibt-es-nicht"), "«gibt-es-nicht»");
}
