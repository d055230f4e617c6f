// SPDX-License-Identifier: EUPL-1.2
//! What stands on the pages, read back from the laid-out frames, and what the closed world refuses.

use crate::DocumentError;
use crate::help_plan::pages;
use crate::press::{self, Template, lay_out, write};
use crate::printable::printable;
use crate::{Note, PlanSheet, Resources, Voice};
use domain::kernel::Day;
use typst::foundations::{Dict, IntoValue};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use unicode_normalization::char::is_combining_mark;

const COMMANDS: &str =
    "#read(\"/etc/passwd\") $ x^2 $ *fett* _schräg_ \\u{41} // weg /* weg */ = Titel `code` <marke> @x";
const PROBE: &str = "#set document(title: \"Probe\")\n#set text(lang: \"de\", font: \"Libertinus Serif\")\n";

fn day() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

fn collect(frame: &Frame, found: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, found),
            FrameItem::Text(text) => found.push_str(&text.text),
            _ => {}
        }
    }
}

/// All letters on the pages in the order they were set, without blanks and marks that have no width.
fn letters(document: &PagedDocument) -> String {
    let mut found = String::new();
    document.pages().iter().for_each(|page| collect(&page.frame, &mut found));
    close_up(&found)
}

fn close_up(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn probe(code: &str, words: &str) -> Result<PagedDocument, DocumentError> {
    let mut inputs = Dict::new();
    inputs.insert("words".into(), words.into_value());
    lay_out(&Template::new("probe.typ", &format!("{PROBE}{code}")).unwrap(), inputs)
}

fn with_words(words: &str) -> PlanSheet {
    let voice = Voice { owner: words.into(), words: words.into() };
    PlanSheet {
        wishes: vec![voice.clone()],
        goals: vec![voice.clone()],
        mandates: vec![voice],
        resources: vec![Resources { field: words.into(), entries: vec![words.into()] }],
        ideas: vec![words.into()],
        need: words.into(),
        notes: vec![Note { title: words.into(), words: words.into() }],
        signatures: vec![words.into()],
        family: words.into(),
        ..PlanSheet::blank(words, words, 1, day())
    }
}

#[test]
fn commands_in_peoples_words_are_printed_and_not_obeyed() {
    let found = letters(&pages(&with_words(COMMANDS)).unwrap());
    // Office, case number, family, three voices of two texts, field, entry, idea, need, note of two, signature.
    assert_eq!(found.matches(&close_up(COMMANDS)).count(), 16);
}

#[test]
fn control_a_template_that_obeyed_them_would_be_noticed() {
    let placed = letters(&probe("#sys.inputs.words", "*fett* $x$").unwrap());
    let obeyed = letters(&probe("#eval(sys.inputs.words, mode: \"markup\")", "*fett* $x$").unwrap());
    assert!(placed.contains("*fett*$x$"), "{placed}");
    assert!(!obeyed.contains("*fett*$x$"), "{obeyed}");
}

#[test]
fn the_world_has_no_files_no_packages_and_no_clock() {
    assert!(probe("Ja", "").is_ok());
    for code in [
        "#read(\"/etc/passwd\")",
        "#read(\"probe.typ\")",
        "#image(\"/bild.png\")",
        "#include \"anderes.typ\"",
        "#import \"@preview/paket:1.0.0\": *",
        "#datetime.today()",
    ] {
        assert_eq!(probe(code, "").err(), Some(DocumentError::NotTypeset), "{code}");
    }
}

#[test]
fn control_a_letter_without_a_shape_is_refused_unless_it_was_named() {
    let raw = probe("#sys.inputs.words", "Danke 🪿").unwrap();
    assert_eq!(write(&raw, "probe".into(), day()), Err(DocumentError::NotConforming));
    let named = probe("#sys.inputs.words", &printable("Danke 🪿")).unwrap();
    assert!(write(&named, "probe".into(), day()).is_ok());
}

#[test]
fn control_a_document_without_a_title_is_refused() {
    let template = Template::new("probe.typ", "#set text(lang: \"de\")\nOhne Titel").unwrap();
    let untitled = lay_out(&template, Dict::new()).unwrap();
    assert_eq!(write(&untitled, "probe".into(), day()), Err(DocumentError::NotConforming));
}

fn becomes_a_plan(words: &[String]) -> bool {
    let lines: Vec<String> = words.chunks(40).map(|chunk| chunk.join(" ")).collect();
    let sheet = PlanSheet { need: lines.join("\n"), ..PlanSheet::blank("Jugendamt", "1", 1, day()) };
    crate::help_plan(&sheet).is_ok()
}

#[test]
fn marks_of_one_script_on_letters_of_another_do_not_stop_the_plan() {
    let marks: Vec<char> = press::letters().into_iter().filter(|c| is_combining_mark(*c)).collect();
    let joined = ['a', 'ע'].into_iter().flat_map(|letter| marks.iter().map(move |mark| [letter, *mark]));
    assert!(marks.len() > 100, "{}", marks.len());
    assert!(becomes_a_plan(&joined.map(String::from_iter).collect::<Vec<_>>()));
}

#[test]
fn every_letter_of_the_fonts_can_stand_in_a_plan() {
    let covered = press::letters();
    assert!(covered.len() > 3_000, "{}", covered.len());
    assert!(becomes_a_plan(&covered.into_iter().map(String::from).collect::<Vec<_>>()));
}

#[test]
fn the_words_of_the_family_stand_before_those_of_the_office() {
    let mut sheet = PlanSheet::blank("Jugendamt", "1", 1, day());
    sheet.wishes = vec![Voice { owner: "Emre".into(), words: "Familienwort".into() }];
    sheet.need = "Amtswort".into();
    let found = letters(&pages(&sheet).unwrap());
    assert!(found.find("Familienwort").unwrap() < found.find("Amtswort").unwrap());
}

#[test]
fn gaps_are_said() {
    let found = letters(&pages(&PlanSheet::blank("", "", 1, day())).unwrap());
    assert_eq!(found.matches("Hierzuistnichtsfestgehalten.").count(), 9);
}

#[test]
fn twenty_thousand_letters_in_one_word_stay_on_the_paper() {
    let count = |need: &str| {
        let sheet = PlanSheet { need: need.into(), ..PlanSheet::blank("Jugendamt", "1", 1, day()) };
        let document = pages(&sheet).unwrap();
        (letters(&document).matches('W').count(), document.pages().len())
    };
    let (before, few) = count("x");
    let (after, many) = count(&"W".repeat(20_000));
    assert_eq!(after - before, 20_000);
    assert!(many > few + 5, "{few} {many}");
}
