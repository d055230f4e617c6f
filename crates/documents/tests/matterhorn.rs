// SPDX-License-Identifier: EUPL-1.2
//! Every kind of paper against the rules of PDF/UA-1 that a file can be read for, and a control for each rule.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod rules;
#[allow(dead_code, reason = "shared by tests that need more of it")]
mod sample;

use documents::{
    AdviceLine, AdviceSheet, ExtractSheet, FamilySection, FamilySheet, LetterSheet, RecordSection, RecordSheet, Voice,
    court_extract, family_plan, help_plan, letter, payment_advice, record,
};
use domain::kernel::Day;
use domain::letters::{LetterKind, Template, fill, invented, shipped};
use rules::{faults, spoilt};

fn day() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

fn of_letter(kind: LetterKind) -> Vec<u8> {
    let sheet = LetterSheet {
        head: vec!["Jugendamt Musterhafen".into(), "Rathausplatz 1".into()],
        to: vec!["Kim Beispiel".into()],
        to_note: String::new(),
        facts: vec![("Datum".into(), "23.11.2026".into())],
        paper: fill(&Template::parse(kind, shipped(kind)).unwrap(), &invented()).paper,
        signature: "Robin Muster".into(),
        draft: String::new(),
        dated_on: day(),
    };
    letter(&sheet).unwrap()
}

fn of_record() -> Vec<u8> {
    let section = RecordSection { heading: "Ziele".into(), lines: vec!["Eins".into(), "Zwei\nmit Zeile".into()] };
    let sheet = RecordSheet {
        office: "Jugendamt Musterhafen".into(),
        title: "Übergabeblatt".into(),
        about: "Stand heute".into(),
        dated_on: day(),
        facts: vec![("Fall".into(), "2026-0001".into())],
        sections: vec![section.clone(), section],
        signatures: vec!["Robin Muster".into()],
    };
    record(&sheet, day()).unwrap()
}

fn of_family() -> Vec<u8> {
    let entry = Voice { owner: "Ayşe".into(), words: "Ich will, dass Leyla gern hingeht.".into() };
    let sheet = FamilySheet {
        office: "Jugendamt Musterhafen".into(),
        case_number: "2026-0001".into(),
        version: 1,
        title: "Unser Hilfeplan".into(),
        family: "Familie Demir".into(),
        lead: "In einfachen Worten.".into(),
        decided_on: day(),
        language: Some(("tr".into(), "Çeviri ücretsizdir.".into())),
        sections: vec![FamilySection { title: "Das wollen wir".into(), entries: vec![entry] }],
    };
    family_plan(&sheet).unwrap()
}

fn of_court() -> Vec<u8> {
    let sheet = ExtractSheet {
        office: "Jugendamt Musterhafen".into(),
        court: "Amtsgericht Musterhafen".into(),
        file_number: "12 F 3/26".into(),
        case_number: "2026-0001".into(),
        family: "Familie Demir".into(),
        matter: "§ 1666 BGB".into(),
        made_on: day(),
        need: vec!["Begleitung am Nachmittag.".into()],
        help: vec!["Sozialpädagogische Familienhilfe".into()],
        reviews: vec!["Es geht voran.".into()],
    };
    court_extract(&sheet).unwrap()
}

fn of_payment() -> Vec<u8> {
    let line = AdviceLine {
        case_number: "2026-0417".into(),
        month: "11/2026".into(),
        quantity: "21,5".into(),
        price: "66,00 €".into(),
        asked: "1.419,00 €".into(),
        paid: "1.320,00 €".into(),
        findings: vec!["Ein Monat fehlt".into()],
    };
    let sheet = AdviceSheet {
        office: "Jugendamt Musterhafen".into(),
        agency: "Lotse".into(),
        number: "7".into(),
        dated_on: day(),
        paid_on: Some(day()),
        lines: vec![line; 3],
        asked: "1.419,00 €".into(),
        paid: "1.320,00 €".into(),
    };
    payment_advice(&sheet).unwrap()
}

#[test]
fn every_kind_of_paper_keeps_the_rules() {
    let mut papers = vec![
        ("help plan", help_plan(&sample::sheet()).unwrap()),
        ("family's version", of_family()),
        ("court extract", of_court()),
        ("record", of_record()),
        ("payment advice", of_payment()),
    ];
    papers.extend(LetterKind::ALL.iter().map(|kind| (kind.code(), of_letter(*kind))));
    for (what, pdf) in papers {
        assert!(faults(&pdf).is_empty(), "{what}: {:?}", faults(&pdf));
    }
}

#[test]
fn control_each_rule_notices_its_breach() {
    let pdf = of_letter(LetterKind::Grant);
    for (rule, what, by) in [
        ("06-002", "<pdfuaid:part>1<", "<pdfuaid:part>2<"),
        ("07-001", "/DisplayDocTitle true", "/DisplayDocTitle fals"),
        ("01-001", "/Marked true", "/Marked nope"),
        ("01-004", "/StructParents 0", "/StructPareNts 0"),
        ("09-001", "/Tabs/S", "/Tabs/R"),
        ("11-006", "/Lang(de", "/Lang(xx"),
        ("31-009", "/FontFile", "/FontFilx"),
        ("31-027", "/ToUnicode", "/ToUnicodx"),
        ("14-002", "/S/H1", "/S/H2"),
        ("02-001", "/S/H1", "/S/Hz"),
        ("09-004", "/S/LBody", "/S/TBody"),
    ] {
        let found = faults(&spoilt(&pdf, what, by));
        assert!(found.iter().any(|fault| fault.starts_with(rule)), "{rule}: {found:?}");
    }
}
