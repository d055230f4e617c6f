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

/// The families whose whole story must be told, on both engines.
const FAMILIES: &[&str] = &[
    "voluntary help",
    "unclear area that ends in a service",
    "§ 8a latent with conditions",
    "§ 8a acute with care and court",
    "young adult with transition and after-care",
    "§ 35a with its SGB IX clock",
    "child counselled without its parents' knowledge",
    "moves to another social space mid-help",
];

/// The body of a test, up to the next one.
fn body<'a>(tests: &'a [Source], name: &str) -> Option<&'a str> {
    let (file, test) = name.split_once("::")?;
    let source = tests.iter().find(|source| source.path.ends_with(&format!("/{file}.rs")))?;
    let rest = source.text.split_once(&format!("fn {test}()"))?.1;
    Some(rest.split_once("#[tokio::test").map_or(rest, |(body, _)| body))
}

/// Families without a row, or told on one engine alone.
fn family_faults(register: &str, tests: &[Source]) -> Vec<String> {
    let on_both = |cell: &str| {
        let names: Vec<&str> = cell.split('`').filter(|name| name.contains("::")).collect();
        let by_name = |ends: &[&str]| names.iter().any(|name| ends.iter().any(|end| name.ends_with(end)));
        let named = by_name(&["_on_sqlite"]) && by_name(&["_on_postgresql", "_on_postgres"]);
        let through = |name: &&str| {
            body(tests, name).is_some_and(|body| body.contains("both(") || body.contains("Engine::Postgres"))
        };
        named || names.iter().any(through)
    };
    let told = |family: &&&str| {
        let row = register.lines().find_map(|line| line.strip_prefix(&format!("| {family} |")));
        row.is_some_and(on_both)
    };
    let missing = FAMILIES.iter().filter(|family| !told(family));
    missing.map(|family| format!("docs/red-lines.md: no story on both engines of: {family}")).collect()
}

#[test]
fn every_family_has_its_story() {
    let register = fs::read_to_string(root().join("docs/red-lines.md")).unwrap_or_default();
    let tests = stories();
    let faults = family_faults(&register, &tests);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert_eq!(family_faults(&register.replace("\n| § 35a with", "\n| § 35b with"), &tests).len(), 1);
    let half = register.replace("`main_job::from_a_worried_neighbour_to_bound_money_on_postgresql`", "–");
    assert_eq!(family_faults(&half, &tests).len(), 1);
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
