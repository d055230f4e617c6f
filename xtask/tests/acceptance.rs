// SPDX-License-Identifier: EUPL-1.2
//! The table of what people can rely on names tests that exist.

use std::fs;
use std::path::{Path, PathBuf};

/// Items that must have a row.
const ITEMS: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// Does this test stand somewhere? `story_x.mjs`, `file::test` of the stories through HTTP, or `path.rs::test`.
fn stands(name: &str) -> bool {
    match name.split_once("::") {
        None => text(&format!("tests/browser/{name}")).contains("export default async function"),
        Some((file, test)) => {
            let path = if file.contains('/') { file.to_owned() } else { format!("crates/web/tests/web/{file}.rs") };
            text(&path).contains(&format!("fn {test}("))
        }
    }
}

/// Items without a row, and tests that are named and that nobody wrote.
fn faults(table: &str) -> Vec<String> {
    let row = |item: &&u8| table.lines().find(|line| line.starts_with(&format!("| {item} |")));
    let mut faults: Vec<String> = ITEMS
        .iter()
        .filter(|item| row(item).is_none_or(|row| !row.contains('`')))
        .map(|item| format!("docs/acceptance.md: no test for item {item}"))
        .collect();
    let rows = table.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let cells = rows.filter_map(|line| line.trim_end_matches(" |").rsplit_once("| ").map(|(_, cell)| cell));
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    faults
        .extend(names.filter(|name| !stands(name)).map(|name| format!("docs/acceptance.md: there is no test {name}")));
    faults
}

#[test]
fn every_item_has_its_test() {
    let table = text("docs/acceptance.md");
    let found = faults(&table);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    assert_eq!(faults(&table.replace("story_narrow.mjs", "story_broad.mjs")).len(), 1);
    assert_eq!(faults(&table.replace("\n| 7 |", "\n| 77 |")).len(), 1);
    assert_eq!(faults(&table.replace("together::two_editors_lose_nothing", "together::nobody")).len(), 1);
}
