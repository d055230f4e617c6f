// SPDX-License-Identifier: EUPL-1.2
//! The house rules. Each fault says what to do instead; each rule has a control that shows it can fail.

use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 400;
const LONGEST_HANDLER: usize = 25;

/// From a room of the domain, only these may be imported; all stand on the kernel.
const DOMAIN_MAY_USE: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("access", &["kernel"]),
    ("territory", &["kernel"]),
    ("agencies", &["kernel", "access", "casework"]),
    ("network", &["kernel", "access"]),
    ("resources", &["kernel", "access", "territory"]),
    ("budget", &["kernel", "access", "agencies", "casework"]),
    ("exchange", &["kernel", "access"]),
    ("audit", &["kernel", "access"]),
    ("casework", &["kernel", "access", "territory", "deadlines"]),
    ("deadlines", &["kernel", "access"]),
    ("letters", &["kernel", "access", "casework", "deadlines"]),
];

/// Rooms of the app import none of their neighbours, except these.
const APP_MAY_USE: &[(&str, &[&str])] = &[
    ("access", &["core"]),
    ("allocation", &["core"]),
    ("agencies", &["core", "access"]),
    ("agreements", &["core", "access", "budget"]),
    ("audit", &["core"]),
    ("budget", &["core"]),
    ("casework", &["core", "casework", "territory", "access", "budget", "deadlines", "resources"]),
    ("deadlines", &["core", "access"]),
    ("core", &["access", "resources", "territory"]),
    ("exchange", &["core"]),
    ("forecast", &["core", "access"]),
    ("letters", &["core", "access", "casework", "deadlines"]),
    ("network", &["core", "access", "budget"]),
    ("resources", &["core", "access", "territory"]),
    ("territory", &["core", "territory"]),
];

struct Source {
    path: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn collect(dir: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

fn sources(dir: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(dir), ending, &mut found);
    let shown = |path: &Path| path.strip_prefix(root()).unwrap_or(path).display().to_string();
    let all: Vec<Source> = found
        .iter()
        .map(|path| Source { path: shown(path), text: fs::read_to_string(path).unwrap_or_default() })
        .collect();
    assert!(!all.is_empty(), "no sources below {dir}");
    all
}

fn planted(path: &str, text: &str) -> Vec<Source> {
    vec![Source { path: path.to_owned(), text: text.to_owned() }]
}

#[track_caller]
fn clean(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The code of a file without its tests, which may import what they like.
fn code(source: &Source) -> &str {
    source.text.split("#[cfg(test)]").next().unwrap_or_default()
}

fn room<'a>(source: &'a Source, base: &str) -> &'a str {
    let rest = source.path.strip_prefix(base).unwrap_or_default();
    rest.split(['/', '.']).next().unwrap_or_default()
}

fn wrong_imports(sources: &[Source], base: &str, may_use: &[(&str, &[&str])]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources.iter().filter(|source| !source.path.ends_with("lib.rs")) {
        let room = room(source, base);
        let Some((_, allowed)) = may_use.iter().find(|(name, _)| *name == room) else {
            faults.push(format!(
                "{}: room {room} is not in the list of this test; add it with what it may use",
                source.path
            ));
            continue;
        };
        for used in code(source).split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let known = may_use.iter().any(|(name, _)| *name == used);
            if known && used != room && !allowed.contains(&used.as_str()) {
                faults.push(format!(
                    "{}: {room} must not use {used}; let a use case join them, or move the piece down",
                    source.path
                ));
            }
        }
    }
    faults
}

#[test]
fn rooms_import_only_what_they_may() {
    clean(&wrong_imports(&sources("crates/domain/src", "rs"), "crates/domain/src/", DOMAIN_MAY_USE));
    clean(&wrong_imports(&sources("crates/app/src", "rs"), "crates/app/src/", APP_MAY_USE));
    // Case work and money meet in one place.
    let meets =
        sources("crates/app/src/casework", "rs").into_iter().filter(|source| code(source).contains("crate::budget"));
    assert_eq!(meets.map(|source| source.path).collect::<Vec<_>>(), ["crates/app/src/casework/commission.rs"]);
    // Case work and the directory, too; and only in one direction (N2).
    let meets =
        sources("crates/app/src/casework", "rs").into_iter().filter(|source| code(source).contains("crate::resources"));
    assert_eq!(meets.map(|source| source.path).collect::<Vec<_>>(), ["crates/app/src/casework/matching.rs"]);
    let control = planted("crates/domain/src/casework/intake.rs", "use crate::budget::Pot;");
    assert_eq!(wrong_imports(&control, "crates/domain/src/", DOMAIN_MAY_USE).len(), 1);
}

fn sql_outside(sources: &[Source]) -> Vec<String> {
    let words = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE "];
    let hits = sources.iter().filter(|source| words.iter().any(|word| code(source).contains(word)));
    hits.map(|source| format!("{}: SQL stands only in crates/store", source.path)).collect()
}

#[test]
fn sql_stands_only_in_the_store() {
    for dir in
        ["crates/domain/src", "crates/app/src", "crates/web/src", "crates/documents/src", "crates/sozialraum/src"]
    {
        clean(&sql_outside(&sources(dir, "rs")));
    }
    assert_eq!(sql_outside(&planted("x.rs", "\"SELECT 1\"")).len(), 1);
}

fn without_alias(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources.iter().filter(|source| !source.path.contains("/kernel/id.rs")) {
        let lines: Vec<&str> = code(source).lines().collect();
        for (n, line) in lines.iter().enumerate() {
            if !(line.starts_with("pub struct ") || line.starts_with("pub enum ")) {
                continue;
            }
            let above = lines[..n].iter().rev().take_while(|line| line.starts_with("#[") || line.starts_with("///"));
            if !above.into_iter().any(|line| line.contains("doc(alias")) {
                faults.push(format!("{}:{}: {line} has no doc(alias = \"German term\")", source.path, n + 1));
            }
        }
    }
    faults
}

#[test]
fn types_of_the_domain_have_their_german_name() {
    let spoken = |source: &Source| !source.path.contains("/kernel/");
    let all: Vec<Source> = sources("crates/domain/src", "rs").into_iter().filter(spoken).collect();
    clean(&without_alias(&all));
    assert_eq!(without_alias(&planted("x.rs", "/// A plan.\npub struct Plan {")).len(), 1);
}

fn too_long(sources: &[Source]) -> Vec<String> {
    let long =
        sources.iter().map(|source| (source, source.text.lines().count())).filter(|(_, lines)| *lines > LONGEST_FILE);
    long.map(|(source, lines)| format!("{}: {lines} lines; two files would be calmer", source.path)).collect()
}

#[test]
fn files_stay_short() {
    for dir in ["crates", "xtask"] {
        let own = |source: &Source| !source.path.contains("/target/");
        clean(&too_long(&sources(dir, "rs").into_iter().filter(own).collect::<Vec<_>>()));
    }
    assert_eq!(too_long(&planted("x.rs", &"\n".repeat(LONGEST_FILE + 1))).len(), 1);
}

fn fat_handlers(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for piece in source.text.split("\nasync fn ").skip(1) {
            let body = piece.split("\n}").next().unwrap_or_default();
            let (name, lines) = (body.split('(').next().unwrap_or_default(), body.lines().count());
            if body.contains("State(") && lines > LONGEST_HANDLER {
                faults.push(format!(
                    "{}: handler {name} has {lines} lines; it should translate, nothing else",
                    source.path
                ));
            }
        }
    }
    faults
}

#[test]
fn handlers_translate_and_nothing_else() {
    clean(&fat_handlers(&sources("crates/web/src", "rs")));
    let control = format!("\nasync fn fat(State(web): State<Web>) {{{}\n}}", "\n    x;".repeat(LONGEST_HANDLER));
    assert_eq!(fat_handlers(&planted("x.rs", &control)).len(), 1);
}

fn without_header(sources: &[Source]) -> Vec<String> {
    let bare = sources
        .iter()
        .filter(|source| !source.text.lines().take(3).any(|line| line.contains("SPDX-License-Identifier")));
    bare.map(|source| format!("{}: begin with // SPDX-License-Identifier: EUPL-1.2", source.path)).collect()
}

#[test]
fn sources_name_their_licence() {
    for (dir, ending) in
        [("crates", "rs"), ("xtask", "rs"), ("migrations", "sql"), ("crates/web/messages", "ftl"), ("tests", "mjs")]
    {
        clean(&without_header(&sources(dir, ending)));
    }
    assert_eq!(without_header(&planted("x.rs", "fn main() {}")).len(), 1);
}

fn drawers(sources: &[Source]) -> Vec<String> {
    let names = ["utils", "util", "helpers", "helper", "common", "misc"];
    let stem = |source: &Source| {
        Path::new(&source.path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let hits = sources.iter().filter(|source| names.contains(&stem(source).as_str()));
    hits.map(|source| format!("{}: a drawer for everything; give it the name of what it is for", source.path)).collect()
}

#[test]
fn there_are_no_drawers() {
    clean(&drawers(&sources("crates", "rs")));
    assert_eq!(drawers(&planted("crates/web/src/utils.rs", "")).len(), 1);
}

fn incomplete_records(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut numbers = Vec::new();
    for source in sources {
        let number = Path::new(&source.path)
            .file_name()
            .map(|name| name.to_string_lossy().chars().take(4).collect::<String>())
            .unwrap_or_default();
        if numbers.contains(&number) {
            faults.push(format!("{}: number {number} is taken", source.path));
        }
        numbers.push(number);
        for part in ["**Context.**", "**Decision.**", "**Guard.**", "**Revisit when**"] {
            if !source.text.contains(part) {
                faults.push(format!("{}: has no {part}", source.path));
            }
        }
    }
    faults
}

#[test]
fn decisions_are_recorded_whole() {
    clean(&incomplete_records(&sources("docs/adr", "md")));
    assert_eq!(incomplete_records(&planted("docs/adr/0099-x.md", "")).len(), 4);
}

fn physical_styles(sources: &[Source]) -> Vec<String> {
    let words = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
    ];
    let hits = sources
        .iter()
        .flat_map(|source| words.iter().filter(|word| source.text.contains(**word)).map(move |word| (source, word)));
    hits.map(|(source, word)| format!("{}: {word}; use the logical property", source.path)).collect()
}

#[test]
fn styles_are_logical_and_pages_have_no_inline_style_or_script() {
    let own: Vec<Source> =
        sources("crates/web/assets", "css").into_iter().filter(|source| !source.path.contains("vendor")).collect();
    clean(&physical_styles(&own));
    assert_eq!(physical_styles(&planted("x.css", "a { margin-left: 0 }")).len(), 1);
    for source in sources("crates/web/templates", "html") {
        assert!(
            !source.text.contains(" style=\"") && !source.text.contains("onclick="),
            "{}: inline style or script",
            source.path
        );
        for script in source.text.split("<script").skip(1) {
            assert!(script.split('>').next().unwrap_or_default().contains("src="), "{}: inline script", source.path);
        }
    }
}

/// Where money is read, kept, split, summed and foreseen.
const MONEY: &[&str] = &[
    "crates/domain/src/budget",
    "crates/domain/src/agencies",
    "crates/domain/src/kernel/money",
    "crates/store/src/budget",
    "crates/store/src/agreements",
    "crates/store/src/contracts",
    "crates/store/src/forecast",
    "crates/store/src/invoices",
    "crates/app/src/agreements",
    "crates/app/src/allocation",
    "crates/app/src/budget",
    "crates/app/src/forecast",
];

/// The code without what stands in quotes or behind `//`.
fn without_words(text: &str) -> String {
    let (mut bare, mut quoted, mut rest) = (String::new(), false, text.chars().peekable());
    let mut before = ' ';
    while let Some(c) = rest.next() {
        match (quoted, c) {
            (true, '\\') => drop(rest.next()),
            (_, '"') if quoted || before != '\'' => quoted = !quoted,
            (false, '/') if rest.peek() == Some(&'/') => while rest.next_if(|next| *next != '\n').is_some() {},
            (true, '\n') | (false, _) => bare.push(c),
            _ => {}
        }
        before = c;
    }
    bare
}

fn is_float(word: &str) -> bool {
    let number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let literal = word.split_once('.').is_some_and(|(whole, part)| number(whole) && number(part));
    let kind = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    literal || matches!(kind, "f32" | "f64" | "f16" | "f128")
}

fn floats(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources.iter().filter(|source| MONEY.iter().any(|room| source.path.contains(room))) {
        for (n, line) in without_words(&source.text).lines().enumerate() {
            let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
            if words.flat_map(|word| std::iter::once(word).chain(word.split('.'))).any(is_float) {
                faults.push(format!("{}:{}: money is whole cents; a float loses them: {line}", source.path, n + 1));
            }
        }
    }
    faults
}

#[test]
fn no_float_comes_near_money() {
    let all: Vec<Source> =
        ["crates/domain/src", "crates/store/src", "crates/app/src"].iter().flat_map(|dir| sources(dir, "rs")).collect();
    let near = |room: &&&str| all.iter().any(|source| source.path.contains(**room));
    assert_eq!(MONEY.iter().filter(near).count(), MONEY.len(), "a room of money has moved; its place is in this list");
    clean(&floats(&all));
    let bad = ["let x = cents as f64;", "fn half(x: f32) {", "let tax = 0.19;", "let x = 2f64;", "x.map(f64::from)"];
    for text in bad {
        assert_eq!(floats(&planted("crates/domain/src/budget/split.rs", text)).len(), 1, "{text}");
    }
    for text in ["let x = pair.0.1;", "// 0.5 of f64", "let x = \"1.5\";", "for n in 0..5 {", "let c = '\"'; a.b"] {
        assert_eq!(floats(&planted("crates/domain/src/budget/split.rs", text)), Vec::<String>::new(), "{text}");
    }
    assert_eq!(floats(&planted("crates/domain/src/territory/point.rs", "let x: f64 = 0.5;")).len(), 0);
}
