// SPDX-License-Identifier: EUPL-1.2
//! The register of red lines and warnings names tests that exist.

use std::fs;
use std::path::{Path, PathBuf};

struct Source {
    path: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn stories() -> Vec<Source> {
    let files = fs::read_dir(root().join("crates/web/tests/web")).into_iter().flatten().flatten();
    let read = |entry: fs::DirEntry| {
        let path = entry.path();
        Some(Source { text: fs::read_to_string(&path).ok()?, path: path.display().to_string() })
    };
    files.filter_map(read).collect()
}

/// Red lines and warnings that must have a test, by number.
const RED_LINES: &[u8] = &[1, 2, 3, 6, 7, 8, 9, 11, 17, 18, 21, 24, 25];
const WARNINGS: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 26, 29, 30, 31, 32];

/// Lines of the register without a row, tests that it names and nobody wrote.
fn register_faults(register: &str, tests: &[Source]) -> Vec<String> {
    let wanted = RED_LINES.iter().map(|n| format!("N{n}")).chain(WARNINGS.iter().map(|n| format!("W{n}")));
    let row = |line: &String| register.contains(&format!("\n| {line} |"));
    let mut faults: Vec<String> =
        wanted.filter(|line| !row(line)).map(|line| format!("docs/red-lines.md: no row for {line}")).collect();
    // In every row of tests the last cell names them.
    let cells = register.lines().filter_map(|line| line.trim_end_matches('|').rsplit_once("| ")).map(|(_, cell)| cell);
    for name in cells.flat_map(|cell| cell.split('`')).filter(|name| name.contains("::") && !name.contains(' ')) {
        let Some((file, test)) = name.split_once("::") else { continue };
        // A story of both engines is named where a macro makes two tests of it.
        let stands = |source: &Source| {
            source.path.ends_with(&format!("/{file}.rs"))
                && ["fn {}()", " {},", " {};"].iter().any(|form| source.text.contains(&form.replace("{}", test)))
        };
        if !tests.iter().any(stands) {
            faults.push(format!("docs/red-lines.md: there is no test {name}; write it, or say what is missing"));
        }
    }
    faults
}

#[test]
fn every_red_line_has_its_test() {
    let register = fs::read_to_string(root().join("docs/red-lines.md")).unwrap_or_default();
    let tests = stories();
    let faults = register_faults(&register, &tests);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let planted = register.replace("n3_only_the_asd_decides", "n3_everybody_decides");
    assert_eq!(register_faults(&planted, &tests).len(), 1);
    assert_eq!(register_faults(&register.replace("\n| W5 |", "\n| W55 |"), &tests).len(), 1);
}
