// SPDX-License-Identifier: EUPL-1.2
//! The catalogue of papers names letters and pages that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Documents that the law asks for.
const PAPERS: usize = 45;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn kinds() -> BTreeSet<String> {
    let files = fs::read_dir(root().join("crates/domain/letters")).into_iter().flatten().flatten();
    let name = |entry: fs::DirEntry| entry.file_name().to_str()?.strip_suffix(".txt").map(str::to_owned);
    files.filter_map(name).filter(|name| !name.starts_with("part-")).collect()
}

fn routes() -> BTreeSet<String> {
    let text = read("docs/routes.txt");
    let line = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect()
}

/// Rows that are missing, and places that do not exist; kinds of letters without a row.
fn faults(table: &str, kinds: &BTreeSet<String>, routes: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut named = BTreeSet::new();
    for number in 1..=PAPERS {
        let Some(row) = table.lines().find(|line| line.starts_with(&format!("| D{number:02} |"))) else {
            faults.push(format!("docs/papers.md: no row for D{number:02}"));
            continue;
        };
        let place = row.trim_end_matches('|').rsplit_once("| ").map_or("", |(_, cell)| cell);
        let places: Vec<&str> = place.split('`').skip(1).step_by(2).collect();
        if places.is_empty() && !place.starts_with("not here") {
            faults.push(format!("docs/papers.md: D{number:02} says neither where it is nor why not"));
        }
        for place in places {
            let stands = match place.strip_prefix("letter:") {
                Some(kind) => {
                    named.insert(kind.to_owned());
                    kinds.contains(kind)
                }
                None => routes.contains(place),
            };
            if !stands {
                faults.push(format!("docs/papers.md: D{number:02} names {place}, which does not exist"));
            }
        }
    }
    faults.extend(kinds.difference(&named).map(|kind| format!("docs/papers.md: no row names the letter {kind}")));
    faults
}

#[test]
fn every_paper_of_the_law_has_its_place() {
    let (table, kinds, routes) = (read("docs/papers.md"), kinds(), routes());
    let found = faults(&table, &kinds, &routes);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    assert_eq!(faults(&table.replace("| D07 |", "| D77 |"), &kinds, &routes).len(), 2 + 1);
    assert_eq!(faults(&table.replace("letter:hearing", "letter:hearsay"), &kinds, &routes).len(), 2);
    assert_eq!(faults(&table.replace("/teilhabe`", "/teilnahme`"), &kinds, &routes).len(), 1);
}
