// SPDX-License-Identifier: EUPL-1.2
//! The rules of PDF/UA-1 that can be read from a finished file, by the numbers of the Matterhorn Protocol 1.02. It reads
//! the bytes alone and knows nothing of the typesetter that made them.

use std::collections::BTreeMap;

/// Structure types of ISO 32000-1, 14.8.4.
const STANDARD: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "Warichu",
    "Figure",
    "Formula",
    "Form",
    "RB",
    "RT",
    "RP",
    "WT",
    "WP",
];

/// What may stand inside of what, where the protocol says so (09-004 ff.).
const INSIDE: &[(&str, &[&str])] = &[
    ("LI", &["L"]),
    ("Lbl", &["LI", "Note", "Reference"]),
    ("LBody", &["LI"]),
    ("TR", &["Table", "THead", "TBody", "TFoot"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
    ("THead", &["Table"]),
    ("TBody", &["Table"]),
    ("TFoot", &["Table"]),
    ("TOCI", &["TOC"]),
];

type Objects = BTreeMap<u32, String>;

/// All objects by number; of streams the dictionary alone.
fn objects(pdf: &[u8]) -> Objects {
    let text: String = pdf.iter().map(|byte| char::from(*byte)).collect();
    let mut all = Objects::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(" 0 obj") {
        let digits: String = rest[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let number = digits.chars().rev().collect::<String>().parse();
        rest = &rest[at + " 0 obj".len()..];
        let end = rest.find("endobj").unwrap_or(rest.len());
        let body = rest[..end].split("\nstream").next().unwrap_or_default();
        if let Ok(number) = number {
            all.insert(number, body.trim().to_owned());
        }
        rest = &rest[end..];
    }
    all
}

/// What follows a key of a dictionary, up to the end of the object.
fn after<'a>(body: &'a str, key: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = body[from..].find(key) {
        let rest = &body[from + at + key.len()..];
        // `/S` is not the beginning of `/StructElem`.
        if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) || key.ends_with(' ') {
            return Some(rest);
        }
        from += at + key.len();
    }
    None
}

/// The name that follows a key.
fn name<'a>(body: &'a str, key: &str) -> Option<&'a str> {
    let rest = after(body, key)?.trim_start().strip_prefix('/')?;
    Some(rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default())
}

/// The object that a key refers to.
fn reference(body: &str, key: &str) -> Option<u32> {
    after(body, key)?.trim_start().split(' ').next()?.parse().ok()
}

/// The objects that the children of a structure element refer to, in their order.
fn children(body: &str) -> Vec<u32> {
    let Some(rest) = after(body, "/K") else { return Vec::new() };
    let inside = match rest.trim_start().strip_prefix('[') {
        Some(list) => list.split(']').next().unwrap_or_default().to_owned(),
        None => rest.split('/').next().unwrap_or_default().trim_end_matches('>').to_owned(),
    };
    let words: Vec<&str> = inside.split_whitespace().collect();
    words
        .windows(3)
        .filter(|three| three[1] == "0" && three[2] == "R")
        .filter_map(|three| three[0].parse().ok())
        .collect()
}

/// An element of the structure: its standard type, its object, the type around it.
struct Element {
    kind: String,
    body: String,
    parent: String,
}

fn standard(kind: &str, roles: &str) -> String {
    if STANDARD.contains(&kind) { kind.to_owned() } else { name(roles, &format!("/{kind}")).unwrap_or(kind).to_owned() }
}

fn walk(all: &Objects, (of, parent): (&[u32], &str), roles: &str, found: &mut Vec<Element>) {
    for number in of {
        let Some(body) = all.get(number).filter(|body| body.contains("/StructElem")) else { continue };
        let kind = standard(name(body, "/S").unwrap_or_default(), roles);
        found.push(Element { kind: kind.clone(), body: body.clone(), parent: parent.to_owned() });
        // Grouping without meaning of its own does not stand between a row and its table.
        let around = if matches!(kind.as_str(), "Div" | "NonStruct") { parent } else { kind.as_str() };
        walk(all, (&children(body), around), roles, found);
    }
}

/// Everything that breaks a rule, with its number; nothing if the file keeps them.
#[must_use]
pub fn faults(pdf: &[u8]) -> Vec<String> {
    let all = objects(pdf);
    let text: String = pdf.iter().map(|byte| char::from(*byte)).collect();
    let mut faults = Vec::new();
    let mut rule = |number: &str, holds: bool, what: &str| {
        if !holds {
            faults.push(format!("{number}: {what}"));
        }
    };
    let catalog = all.values().find(|body| body.contains("/Type/Catalog")).cloned().unwrap_or_default();
    rule("06-001", catalog.contains("/Metadata"), "no XMP metadata");
    rule("06-002", text.contains("<pdfuaid:part>1</pdfuaid:part>"), "the metadata do not say PDF/UA-1");
    rule("06-003", text.contains("<dc:title>"), "the metadata have no title");
    rule("07-001", catalog.contains("/DisplayDocTitle true"), "the title is not what a window shows");
    rule("01-001", catalog.contains("/Marked true"), "not marked as tagged");
    rule("01-007", !catalog.contains("/Suspects true"), "the tags are suspect");
    rule("11-006", after(&catalog, "/Lang").is_some_and(|rest| rest.starts_with("(de")), "no language");
    rule("26-001", !text.contains("/Encrypt"), "the file is locked");
    rule("20-001", !catalog.contains("/OCProperties") || catalog.contains("/Name"), "layers without a name");
    let root = reference(&catalog, "/StructTreeRoot").and_then(|number| all.get(&number)).cloned().unwrap_or_default();
    rule("01-005", root.contains("/ParentTree"), "no way from content to structure");
    pages(&all, &mut rule);
    fonts(&all, &mut rule);
    let mut elements = Vec::new();
    walk(&all, (&children(&root), "StructTreeRoot"), &root, &mut elements);
    rule("01-006", elements.len() > 2, "no structure");
    structure(&elements, &mut rule);
    headings(&elements, &mut rule);
    faults
}

fn pages(all: &Objects, rule: &mut impl FnMut(&str, bool, &str)) {
    for page in all.values().filter(|body| body.contains("/Type/Page/")) {
        rule("01-004", page.contains("/StructParents"), "a page outside of the structure");
        rule("28-002", !page.contains("/Annots") || page.contains("/Tabs/S"), "links in no order");
        rule("09-001", page.contains("/Tabs/S"), "the order of reading is not that of the structure");
    }
    for link in all.values().filter(|body| body.contains("/Subtype/Link")) {
        rule("28-012", link.contains("/Contents") || link.contains("/StructParent"), "a link without words");
    }
}

fn fonts(all: &Objects, rule: &mut impl FnMut(&str, bool, &str)) {
    for font in all.values().filter(|body| body.contains("/Type/FontDescriptor")) {
        rule("31-009", font.contains("/FontFile"), "a font that is not in the file");
    }
    for font in all.values().filter(|body| body.contains("/Subtype/Type0")) {
        rule("31-027", font.contains("/ToUnicode"), "a font whose signs cannot be read");
    }
}

fn structure(elements: &[Element], rule: &mut impl FnMut(&str, bool, &str)) {
    for one in elements {
        rule("02-001", STANDARD.contains(&one.kind.as_str()), &format!("{} means nothing", one.kind));
        let wrong = INSIDE.iter().any(|(kind, around)| *kind == one.kind && !around.contains(&one.parent.as_str()));
        rule("09-004", !wrong, &format!("{} stands in {}", one.kind, one.parent));
        rule("13-004", one.kind != "Figure" || one.body.contains("/Alt"), "a picture without words");
        rule("15-003", one.kind != "TH" || one.body.contains("/Scope"), "a head of a table that says not of what");
        rule("19-003", one.kind != "Note" || one.body.contains("/ID"), "a note without a name");
    }
}

/// Headings begin at the top and leave no level out; numbered and unnumbered ones do not mix.
fn headings(elements: &[Element], rule: &mut impl FnMut(&str, bool, &str)) {
    let level = |one: &Element| one.kind.strip_prefix('H').and_then(|level| level.parse::<u8>().ok());
    let levels: Vec<u8> = elements.iter().filter_map(level).collect();
    rule("14-002", levels.first().is_none_or(|first| *first == 1), "the first heading is not the highest");
    let jumps = levels.windows(2).any(|two| two[1] > two[0] + 1);
    rule("14-003", !jumps, "a level of headings is left out");
    rule("14-007", levels.is_empty() || !elements.iter().any(|one| one.kind == "H"), "two kinds of headings");
}

/// Spoils a file in one place: the rules have to notice.
#[must_use]
pub fn spoilt(pdf: &[u8], what: &str, by: &str) -> Vec<u8> {
    assert_eq!(what.len(), by.len(), "the file keeps its length");
    let mut spoilt = pdf.to_vec();
    let at = spoilt.windows(what.len()).position(|window| window == what.as_bytes());
    if let Some(at) = at {
        spoilt[at..at + by.len()].copy_from_slice(by.as_bytes());
    }
    spoilt
}
