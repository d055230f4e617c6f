// SPDX-License-Identifier: EUPL-1.2
//! The payment advice: its standards, its sameness, and what it withstands.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use documents::{AdviceLine, AdviceSheet, payment_advice};
use domain::kernel::Day;

fn sheet(words: &str) -> AdviceSheet {
    let line = AdviceLine {
        case_number: "2026-0417".into(),
        month: "11/2026".into(),
        quantity: "21,5".into(),
        price: "66,00 €".into(),
        asked: "1.419,00 €".into(),
        paid: "1.320,00 €".into(),
        findings: vec![words.into()],
    };
    AdviceSheet {
        office: "Jugendamt Musterhafen".into(),
        agency: words.into(),
        number: words.into(),
        dated_on: Day::new(2026, 12, 1).unwrap(),
        paid_on: Day::new(2026, 12, 9).ok(),
        lines: vec![line; 60],
        asked: "1.419,00 €".into(),
        paid: "1.320,00 €".into(),
    }
}

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn the_file_is_accessible_archivable_and_always_the_same() {
    let pdf = payment_advice(&sheet("Rechnung 7")).unwrap();
    for mark in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "/Lang(de-DE)", "/TH", "D:20261209"]
    {
        assert!(holds(&pdf, mark), "{mark}");
    }
    assert!(pdf == payment_advice(&sheet("Rechnung 7")).unwrap());
    assert!(pdf != payment_advice(&sheet("Rechnung 8")).unwrap());
}

#[test]
fn an_empty_and_a_hostile_sheet_both_become_conforming_files() {
    for words in ["", "#panic() = $x$ \\ *a* `b` <c> @d", "🪿\u{202e}\u{0}"] {
        payment_advice(&sheet(words)).unwrap();
    }
    let bare = AdviceSheet { lines: Vec::new(), paid_on: None, ..sheet("") };
    payment_advice(&bare).unwrap();
}
