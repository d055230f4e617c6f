// SPDX-License-Identifier: EUPL-1.2
//! Every letter that we ship, as a finished file: accessible, fit for an archive, and with the words of the page.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use documents::{LetterSheet, letter};
use domain::kernel::Day;
use domain::letters::{LetterKind, Paper, Template, fill, invented, shipped};

fn sheet(paper: Paper) -> LetterSheet {
    LetterSheet {
        head: ["Jugendamt Musterhafen", "Rathausplatz 1, 01234 Musterhafen", "Telefon 01234 5678"]
            .map(String::from)
            .into(),
        to: ["Kim Beispiel", "Lindenweg 12", "01234 Musterhafen"].map(String::from).into(),
        to_note: String::new(),
        facts: vec![("Aktenzeichen".into(), "2026-0042".into()), ("Datum".into(), "23.11.2026".into())],
        paper,
        signature: "Robin Muster".into(),
        draft: String::new(),
        dated_on: Day::new(2026, 11, 23).unwrap(),
    }
}

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn conforms(pdf: &[u8], what: &str) {
    for mark in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "/StructTreeRoot",
        "/Lang(de-DE)",
        "/MarkInfo",
        "/DisplayDocTitle true",
    ] {
        assert!(holds(pdf, mark), "{what}: {mark}");
    }
}

fn of(kind: LetterKind) -> Paper {
    fill(&Template::parse(kind, shipped(kind)).unwrap(), &invented()).paper
}

#[test]
fn every_letter_of_ours_is_accessible() {
    for kind in LetterKind::ALL {
        let sheet = sheet(of(*kind));
        let pdf = letter(&sheet).unwrap();
        conforms(&pdf, kind.code());
        assert!(pdf == letter(&sheet).unwrap(), "{}: the same sheet makes the same bytes", kind.code());
    }
}

#[test]
fn words_of_people_are_never_commands() {
    let mut paper = of(LetterKind::Hearing);
    paper.subject = "#read(\"/etc/passwd\") $x$ *y*".into();
    paper.blocks.push(domain::letters::Block::Paragraph("]#panic()[ \u{202e}abc 🙂 漢".into()));
    let empty = LetterSheet { head: Vec::new(), to: Vec::new(), facts: Vec::new(), ..sheet(Paper::default()) };
    conforms(&letter(&sheet(paper)).unwrap(), "hostile");
    conforms(&letter(&empty).unwrap(), "empty");
}

/// With `pdftotext` at hand the words are read back out of the file, as a screen reader would.
#[test]
fn the_paper_says_what_the_page_says() {
    let folder = std::env::temp_dir().join(format!("sozialraum-letters-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for kind in LetterKind::ALL {
        let (paper, file) = (of(*kind), folder.join(format!("{}.pdf", kind.code())));
        std::fs::write(&file, letter(&sheet(paper.clone())).unwrap()).unwrap();
        let Ok(read) = std::process::Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output() else {
            break;
        };
        let said = plain(&String::from_utf8_lossy(&read.stdout));
        for words in paper.words() {
            assert!(said.contains(&plain(words)), "{}: „{words}“ is not in\n{said}", kind.code());
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Without the breaks of lines and pages: hyphens at their ends, blanks, the foot.
fn plain(text: &str) -> String {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("Jugendamt Musterhafen") || !line.contains("Seite"));
    let joined: String = lines.collect::<Vec<_>>().join("\n");
    joined.replace("\u{ad}", "").replace("-\n", "").replace('-', "").split_whitespace().collect()
}
