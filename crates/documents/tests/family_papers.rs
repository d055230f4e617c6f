// SPDX-License-Identifier: EUPL-1.2
//! The family's version and the court's extract as finished files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use documents::{ExtractSheet, FamilySection, FamilySheet, Voice, court_extract, family_plan};
use domain::kernel::Day;

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn conforms(pdf: &[u8]) {
    for mark in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "/StructTreeRoot", "/Lang(de-DE)"] {
        assert!(holds(pdf, mark), "{mark}");
    }
}

fn family() -> FamilySheet {
    let entry =
        Voice { owner: "Ayşe, am 20.11.2026".into(), words: "Ich will, dass Leyla gern hingeht.\n🙂".into() };
    FamilySheet {
        office: "Jugendamt Musterhafen".into(),
        case_number: "2026-0001".into(),
        version: 1,
        title: "Unser Hilfeplan".into(),
        family: "Familie Demir".into(),
        lead: "In einfachen Worten.".into(),
        decided_on: Day::new(2026, 11, 20).unwrap(),
        language: None,
        sections: vec![FamilySection { title: "Das wollen wir".into(), entries: vec![entry] }],
    }
}

#[test]
fn the_familys_version_is_accessible_in_every_language_it_greets_in() {
    conforms(&family_plan(&family()).unwrap());
    for (language, sentence) in [
        ("tr", "Çeviri ücretsizdir."),
        ("ar", "الترجمة مجانية."),
        ("fa", "ترجمه رایگان است."),
        ("uk", "Переклад безкоштовний."),
    ] {
        let sheet = FamilySheet { language: Some((language.into(), sentence.into())), ..family() };
        let pdf = family_plan(&sheet).unwrap();
        conforms(&pdf);
        assert!(pdf == family_plan(&sheet).unwrap(), "{language}");
    }
}

#[test]
fn the_courts_extract_is_accessible_also_where_nothing_is_said() {
    let sheet = ExtractSheet {
        office: "Jugendamt Musterhafen".into(),
        court: "Amtsgericht Musterhafen".into(),
        file_number: String::new(),
        case_number: "2026-0001".into(),
        family: "Familie Demir".into(),
        matter: "§ 1666 BGB".into(),
        made_on: Day::new(2026, 11, 20).unwrap(),
        need: vec!["Begleitung am Nachmittag.\n#read(\"/etc/passwd\")".into()],
        help: vec!["Sozialpädagogische Familienhilfe".into()],
        reviews: Vec::new(),
    };
    conforms(&court_extract(&sheet).unwrap());
}
