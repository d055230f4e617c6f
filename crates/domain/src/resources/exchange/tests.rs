// SPDX-License-Identifier: EUPL-1.2

use super::*;
use crate::kernel::Day;
use crate::resources::{CardKind, Topic, Visibility};

fn words() -> Words {
    Words::new([
        ("card-kind", "person", "Privatperson".to_owned()),
        ("card-kind", "place", "Ort".to_owned()),
        ("card-kind", "offer", "Angebot".to_owned()),
        ("topic", "sport", "Sport und Bewegung".to_owned()),
        ("topic", "supplies", "Kleidung, Essen, Dinge".to_owned()),
        ("topic", "meeting", "Treffpunkt".to_owned()),
        ("lang", "fa", "Persisch, Dari".to_owned()),
        ("lang", "ar", "Arabisch".to_owned()),
        ("visibility", "public", "für alle".to_owned()),
        ("basis", "16", "§ 16 SGB VIII".to_owned()),
    ])
}

fn read(head: &str, rows: &[&str]) -> Outcome {
    read_from(head, rows, Source::Text)
}

fn read_from(head: &str, rows: &[&str], source: Source) -> Outcome {
    let cells = |row: &str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
    let head = cells(head);
    let columns = head.iter().map(|head| Column::of_head(head)).collect();
    let plan = Plan { columns, kind: CardKind::Offer, topic: Topic::Meeting, visibility: Visibility::Professionals };
    let rows = rows.iter().zip(2..).map(|(row, line)| (line, cells(row))).collect();
    take(&Table { head, rows, source, said: Vec::new() }, &plan, &words())
}

fn card(out: &Outcome, at: usize) -> &crate::resources::CardContent {
    match &out.taken[at].what {
        What::Card(card) => card,
        What::Person(_) => panic!("a person"),
    }
}

fn faults(out: &Outcome, line: usize) -> Vec<&'static str> {
    let of = |said: &Said| match &said.because {
        Because::Fault(fault, _) => fault.code(),
        Because::Rule(rule) => rule.code(),
        Because::File(_) => "file",
    };
    out.said.iter().filter(|said| said.line == line).map(of).collect()
}

#[test]
fn heads_are_known_by_their_words() {
    for (head, column) in [
        ("Name", Some(Column::Name)),
        ("\u{feff}Bezeichnung", Some(Column::Name)),
        ("Straße", Some(Column::Street)),
        ("PLZ", Some(Column::Postcode)),
        ("Breite", Some(Column::Latitude)),
        ("E-Mail", Some(Column::Email)),
        ("cost_note", Some(Column::CostNote)),
        ("Zeile", None),
        ("Lieblingsfarbe", None),
    ] {
        assert_eq!(Column::of_head(head), column, "{head}");
    }
    let mut heads = std::collections::BTreeMap::new();
    for column in Column::ALL {
        assert_eq!(Column::of_head(column.code()), Some(*column));
        assert!(heads.insert(column.code(), column).is_none());
    }
}

#[test]
fn a_row_becomes_a_card() {
    let out = read(
        "Name|Thema|Straße|Hausnummer|PLZ|Ort|Breite|Länge|Sprache|Zeiten|Alter von|Rechtsgrundlage|Bestätigt am|Telefon",
        &[
            "Turnen|Sport und Bewegung; Kleidung, Essen, Dinge|Hafenstraße|12a|22844|Norderstedt|53,6051|9,9123|Persisch, Dari|Mo 15–17 Uhr|6|§ 16 SGB VIII|1.11.2026|0049 40 12345",
        ],
    );
    assert_eq!(faults(&out, 2), ["about-from-name"]);
    let card = card(&out, 0);
    assert_eq!(card.place.as_ref().unwrap().as_str(), "Hafenstraße 12a, 22844 Norderstedt");
    assert_eq!(card.point.as_ref().unwrap().as_str(), "53.6051, 9.9123");
    assert_eq!(card.contact.as_ref().unwrap().as_str(), "+49 40 12345");
    assert_eq!((card.topics.len(), card.languages.len(), card.basis.len(), card.age_from), (2, 1, 1, Some(6)));
    assert_eq!(card.visibility, Visibility::Professionals);
    assert_eq!(out.taken[0].confirmed_on, Some(Day::parse("2026-11-01").unwrap()));
}

#[test]
fn dirty_points_have_a_complete_list_of_findings() {
    let out = read(
        "id|name|straße|lat|lon",
        &[
            "1|Spielplatz Nord|Weg 1|53,6|9,9",
            "2||Weg 2|53,6|9,9",
            "1|Spielplatz Ost|Weg 3|53,6|9,9",
            "0|Spielplatz West||53.6|9.9",
            "3|Turnhalle|Weg 5|9,9|53,6",
            "4|Bolzplatz|Weg 6|5940000,5|560000,25",
            "5|Anleger|Weg 7|32560000|5940000",
            "6|Ferne|Weg 8|40,7|-74",
            "7|Halbe|Weg 9|53,6|",
            "8|Keine Zahl|Weg 10|nord|ost",
            "9|Ohne Ort||0|0",
        ],
    );
    let expected: [&[&str]; 11] = [
        &["about-from-name"],
        &["text.empty", "text.empty"],
        &["id-twice", "about-from-name"],
        &["id-zero", "place-missing", "about-from-name"],
        &["axes-turned", "about-from-name"],
        &["about-from-name", "from-metres"],
        &["about-from-name", "from-metres"],
        &["territory.point_outside_germany", "about-from-name"],
        &["point-half", "about-from-name"],
        &["territory.point_not_a_number", "about-from-name"],
        &["place-missing", "point-zero", "about-from-name"],
    ];
    for (line, expected) in (2..).zip(expected) {
        let mut found = faults(&out, line);
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        if line != 3 {
            assert_eq!(found, expected, "line {line}");
        } else {
            assert!(found.contains(&"text.empty"), "{found:?}");
        }
    }
    assert_eq!(out.rejected.into_iter().collect::<Vec<_>>(), [3, 4, 9, 10, 11]);
    let points: Vec<_> = out
        .taken
        .iter()
        .map(|taken| match &taken.what {
            What::Card(card) => card.point.as_ref().map(|point| point.as_str().to_owned()),
            What::Person(_) => None,
        })
        .collect();
    assert_eq!(points[2].as_deref(), Some("53.6, 9.9"), "turned");
    assert!(points[3].as_deref().unwrap().starts_with("53.") && points[4].as_deref().unwrap().starts_with("53."));
}

#[test]
fn a_private_person_waits_whatever_the_file_says() {
    let out = read(
        "Name|Art|Sichtbarkeit|Adresse|Punkt|consent_on|consent_until",
        &["Ruth Blume|Privatperson|für alle|Weg 1|53.6, 9.9|2026-01-01|2027-01-01"],
    );
    assert_eq!(faults(&out, 2), ["person-without-point", "person-waits", "about-from-name"]);
    let What::Person(fields) = &out.taken[0].what else { panic!("no person") };
    assert!(fields.iter().all(|(field, _)| !field.starts_with("consent") && *field != "point"));
}

#[test]
fn addresses_are_looked_at() {
    for (row, expected, address) in [
        ("Musterstraße1|||", "blank-before-number", Some("Musterstraße 1")),
        ("Q7, 24|||", "", Some("Q7, 24")),
        ("Am Alten Markt|o.Nr.||", "", Some("Am Alten Markt o.Nr.")),
        ("Weg|0||", "house-zero", Some("Weg 0")),
        ("Weg|1e3||", "house-unreadable", None),
        ("<b>x</b>|1||", "brackets", None),
        ("=cmd|1||", "formula", None),
        ("Weg 😀|1||", "pictures", None),
        ("Packstation 101|||", "parcel-machine", None),
        ("Postfach 1234|||", "post-box", Some("Postfach 1234")),
        ("Weg\nhinten|1||", "line-end-in-cell", Some("Weg hinten 1")),
    ] {
        let out = read("name|straße|hausnummer|ort|x1", &[&format!("A|{row}")]);
        let found: Vec<_> = faults(&out, 2).into_iter().filter(|fault| *fault != "about-from-name").collect();
        assert_eq!(found.join(" "), expected, "{row}");
        let shown = (!out.taken.is_empty()).then(|| card(&out, 0).place.as_ref().unwrap().as_str().to_owned());
        assert_eq!(shown.as_deref(), address, "{row}");
    }
    for (code, town, expected) in [
        ("", "Ort", "postcode-missing"),
        ("1234", "Ort", "postcode-digits"),
        ("2284O", "Ort", "postcode-digits"),
        ("01234", "Ort", ""),
    ] {
        let out = read("name|about|straße|plz|ort", &[&format!("A|b|Weg 1|{code}|{town}")]);
        assert_eq!(faults(&out, 2).join(" "), expected, "{code}");
    }
    let out = read_from("name|about|straße|plz|ort", &["A|b|Weg 1|1067|Dresden"], Source::Workbook);
    assert_eq!(
        (faults(&out, 2).join(" "), card(&out, 0).place.as_ref().unwrap().as_str()),
        ("postcode-zero".into(), "Weg 1, 01067 Dresden")
    );
    assert_eq!(faults(&read("name|about|straße|ort", &["A|b|Weg 1|Halle"]), 2), ["town-unsure"]);
    assert!(faults(&read("name|about|straße|plz|ort|land", &["A|b|Weg 1|8000|Zürich|CH"]), 2).is_empty());
}

#[test]
fn what_exports_made_safe_is_read_as_it_was() {
    let out = read("name|about|telefon|web", &["A|'=1+1|'+49 40 12345|https://a.example"]);
    assert_eq!(
        (card(&out, 0).about.as_str(), card(&out, 0).contact.as_ref().unwrap().as_str()),
        ("=1+1", "+49 40 12345")
    );
    for (web, fine) in [
        ("http://127.0.0.1/x", false),
        ("http://169.254.169.254", false),
        ("https://localhost:80", false),
        ("http://[::1]/", false),
        ("https://10.example.org", true),
    ] {
        assert_eq!(faults(&read("name|about|web", &[&format!("A|b|{web}")]), 2).is_empty(), fine, "{web}");
    }
}

#[test]
fn rows_of_the_same_thing_are_told() {
    let out = read(
        "name|about|adresse",
        &["Café Anker e. V.|b|Hafenstr. 12", "Cafe Ancker|b|Hafenstraße 12", "Chor|b|Weg 1"],
    );
    assert_eq!((faults(&out, 3), faults(&out, 4)), (vec!["like-above"], vec![]));
}

#[test]
fn facts_are_whole() {
    for entity in entities() {
        assert_eq!(entity.facts[0].field, "id", "{}", entity.name);
        for fact in &entity.facts {
            match fact.sort {
                Sort::Many(other) => assert!(super::entity(other).is_some(), "{other}"),
                Sort::One(other, by) => {
                    assert!(super::entity(other).is_some() && entity.fact(by).is_some(), "{other} {by}")
                }
                _ => {}
            }
        }
    }
    let status = entity("service").unwrap().fact("status").unwrap();
    assert!(status.sort.fits("temporarily closed") && !status.sort.fits("open") && status.need == Need::Always);
    for (sort, text, fits) in [
        (Sort::Uri, "https://a.example/ä", false),
        (Sort::Uri, "a.example", false),
        (Sort::Day, "2026-02-30", false),
        (Sort::Time, "24:00:00", false),
        (Sort::Time, "16:00", true),
        (Sort::Moment, "2026-11-23T00:00:00Z", true),
        (Sort::Uuid, "7", false),
    ] {
        assert_eq!(sort.fits(text), fits, "{text}");
    }
}
