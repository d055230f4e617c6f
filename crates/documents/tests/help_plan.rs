// SPDX-License-Identifier: EUPL-1.2
//! The finished file: its standards, its sameness, and what it withstands.
mod sample;

use documents::{PlanSheet, fingerprint, help_plan};
use sample::{day, hostile, sheet};

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn the_file_says_that_it_is_accessible_and_archivable() {
    let pdf = help_plan(&sheet()).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for mark in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "/Lang(de-DE)",
        "/StructTreeRoot",
        "/MarkInfo",
        "/DisplayDocTitle true",
        "/BlockQuote",
        "/TH",
        "D:20261123",
    ] {
        assert!(holds(&pdf, mark), "{mark}");
    }
    assert!(!holds(&pdf, "<pdfaid:part>3</pdfaid:part>"), "the search finds what is not there");
}

#[test]
fn the_names_of_the_family_do_not_stand_in_the_open_part_of_the_file() {
    assert!(!holds(&help_plan(&sheet()).unwrap(), "Krämer"));
}

#[test]
fn the_same_sheet_makes_the_same_bytes_even_side_by_side() {
    let alone = help_plan(&sheet()).unwrap();
    std::thread::scope(|scope| {
        let makers: Vec<_> = (0..4).map(|_| scope.spawn(|| help_plan(&sheet()).unwrap())).collect();
        for maker in makers {
            assert!(maker.join().unwrap() == alone);
        }
    });
}

#[test]
fn another_sheet_makes_other_bytes_and_another_sum() {
    let mut other = sheet();
    other.need.push('.');
    assert_ne!(fingerprint(&other), fingerprint(&sheet()));
    assert!(help_plan(&other).unwrap() != help_plan(&sheet()).unwrap());
}

#[test]
fn the_sum_notices_words_that_move_from_one_field_to_the_next() {
    let mut left = PlanSheet::blank("Amt", "1", 1, day("2026-11-23"));
    let mut right = left.clone();
    left.ideas = vec!["ab".into(), "c".into()];
    right.ideas = vec!["a".into(), "bc".into()];
    assert_ne!(fingerprint(&left), fingerprint(&right));
    assert_eq!(fingerprint(&left).len(), 64);
}

#[test]
fn an_empty_and_a_hostile_sheet_both_become_conforming_files() {
    for (name, sheet) in
        [("full", sheet()), ("empty", PlanSheet::blank("", "", 1, day("2026-11-23"))), ("hostile", hostile())]
    {
        let pdf = help_plan(&sheet).unwrap();
        assert!(holds(&pdf, "<pdfuaid:part>1</pdfuaid:part>"));
        // Kept for looking at.
        std::fs::write(format!("{}/plan-{name}.pdf", env!("CARGO_TARGET_TMPDIR")), &pdf).unwrap();
    }
}
