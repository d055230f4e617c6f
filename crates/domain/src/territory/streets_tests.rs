// SPDX-License-Identifier: EUPL-1.2
use super::super::directory::{StreetAddress, StreetDirectory, StreetFound, street_key};
use super::super::{HouseNumber, is_importable};
use super::*;

const ZU: &str = "12345678;100100100;Hafen;1500\n12345678;100100200;Markt;2100\n12345678;100100000;Mitte;3600";

fn table(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

/// A row of the second table: street; odd from–to; even from–to; key.
fn row(street: &str, odd: &str, even: &str, key: &str) -> String {
    let side = |text: &str| {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let cut = |end: &str| {
            let digits = end.bytes().take_while(u8::is_ascii_digit).count();
            format!("{};{}", &end[..digits], &end[digits..])
        };
        format!("{};{}", cut(from), cut(to))
    };
    format!("12345678;12345;Musterhafen;{street};{};{};{key}", side(odd), side(even))
}

fn codes(read: &StreetsRead) -> Vec<&str> {
    read.findings.iter().map(|finding| finding.code.trim_start_matches("territory.")).collect()
}

fn check_row(text: &str, expected: &[&str]) {
    let whole = format!("{}\n{text}", row("Marktweg", "1-997", "2-998", "100100200"));
    let whole = format!("{}\n{whole}", row("Hafenweg", "1-997", "2-998", "100100100"));
    let read = read_streets(&table(ZU), &table(&whole));
    assert_eq!(codes(&read), expected, "{text}: {:?}", read.findings);
}

fn find(rows: &[String], street: &str, number: &str) -> String {
    let read = read_streets(&table(ZU), &table(&rows.join("\n")));
    assert!(is_importable(&read.findings), "{:?}", read.findings);
    let address = StreetAddress {
        street: Line::parse(street).unwrap(),
        number: HouseNumber::parse(number).ok(),
        postcode: None,
        place: None,
    };
    match StreetDirectory::build(&read.ranges).find(&address) {
        StreetFound::In(key) => key.to_string(),
        other => format!("{other:?}").chars().take_while(|c| c.is_alphabetic()).collect(),
    }
}

#[test]
fn both_tables_are_read_by_position_and_by_header() {
    let ra = [row("Hafenstr.", "1-997", "2-998", "100100100"), row("Markt", "1-9", "", "100100200")].join("\n");
    let plain = read_streets(&table(ZU), &table(&ra));
    assert!(plain.findings.is_empty(), "{:?}", plain.findings);
    assert_eq!((plain.districts.len(), plain.ranges.len()), (3, 2));
    assert_eq!(plain.districts[0].inhabitants, Some(1500));
    let zu = format!("\u{feff}GKZ;Schlüssel;Bezeichnung;Einwohner\n{ZU}");
    let ra = "Schlüssel;Straße;PLZ;ungerade von;ungerade bis;gerade von;gerade bis\n\
              100100100;Hafenstr.;12345;1;997;2;998\n100100200;Markt;12345;1;9;;";
    let headed = read_streets(&table(&zu), &table(ra));
    assert!(headed.findings.is_empty(), "{:?}", headed.findings);
    assert_eq!(headed.ranges[1].odd, plain.ranges[1].odd);
    assert_eq!(headed.ranges[0].row, 2);
}

#[test]
fn faulty_tables_are_refused() {
    let good = table(&row("Hafenstr.", "1-997", "2-998", "100100100"));
    assert_eq!(codes(&read_streets(&[], &good)), ["table_empty"]);
    assert_eq!(codes(&read_streets(&table("a;b"), &good)), ["columns_missing"]);
    assert_eq!(codes(&read_streets(&table(ZU), &table("Schlüssel;Straße\n1;2"))), ["columns_missing"]);
    assert_eq!(codes(&read_streets(&table(ZU), &vec![vec![]; 100_002])), ["table_too_long"]);
}

#[test]
fn faulty_rows_are_named() {
    check_row("", &[]);
    check_row(&row("Weg", "1-9", "2-8", "100100100"), &[]);
    check_row(&row("Weg", "", "", "100100100"), &["range_empty"]);
    check_row(&row("Weg", "2-9", "", "100100100"), &["range_wrong_side"]);
    check_row(&row("Weg", "9-1", "", "100100100"), &["range_reversed"]);
    check_row(&row("Weg", "x-9", "", "100100100"), &["range_unreadable"]);
    check_row(&row("", "1-9", "", "100100100"), &["street_missing"]);
    check_row(&row("Weg", "1-9", "", "12"), &["district_key"]);
    check_row(&row("Weg", "1-9", "", "100100900"), &["district_unknown"]);
    check_row(&row("Weg", "1-9", "", "100100100").replace("12345;Mus", "1234O;Mus"), &["postcode_wrong"]);
    check_row(&row("Weg", "1-9", "", "100100100").replace("12345;Mus", "1234;Mus"), &["postcode_zero"]);
    let both = [row("Weg", "1-9", "", "100100100"), row("Weg", "9-17", "", "100100200")].join("\n");
    check_row(&both, &["ranges_overlap"]);
    let handed_over = [row("Weg", "1-9", "", "100100100"), row("Weg", "9b-17", "", "100100200")].join("\n");
    check_row(&handed_over, &[]);
    let elsewhere = both.replacen("12345;Mus", "54321;Mus", 1);
    check_row(&elsewhere, &[]);
}

#[test]
fn sentences_tell_file_and_row() {
    let text = [row("Weg", "1-9", "", "100100100"), row("Weg", "9-17", "", "100100200")].join("\n");
    let read = read_streets(&table(ZU), &table(&text));
    assert_eq!(
        read.findings[0].german(),
        "Datei -ra, Zeile 2: Weg: Hausnummern stehen auch in Zeile 1, dort mit Schlüssel 100100100 statt \
         100100200. Bitte berichtigen; bis dahin wird nachgefragt."
    );
}

#[test]
fn numbers_find_their_side_and_range() {
    let rows = [
        row("Müllerstraße", "1-17", "2-20", "100100100"),
        row("Müllerstraße", "17b-997", "22-998", "100100200"),
        row("Am Markt", "1-997", "2-998", "100100200"),
    ];
    for (number, expected) in [
        ("1", "100100100"),
        ("17", "100100100"),
        ("17a", "100100100"),
        ("17b", "100100200"),
        ("17c", "100100200"),
        ("20z", "100100100"),
        ("21", "100100200"),
        ("4711", "100100200"),
        ("15-17", "100100100"),
        ("17-19", "Ambiguous"),
        ("0", "NumberUnknown"),
        ("", "Ambiguous"),
    ] {
        assert_eq!(find(&rows, "Mueller-Str.", number), expected, "{number}");
    }
    assert_eq!(find(&rows, "am markt", ""), "100100200");
    assert_eq!(find(&rows, "Anderswo", "1"), "StreetUnknown");
}

#[test]
fn equal_streets_are_told_apart_by_place() {
    let elsewhere = row("Schulweg", "1-9", "", "100100200").replace("12345;Musterhafen", "54321;Nebenan");
    let read = read_streets(&table(ZU), &table(&[row("Schulweg", "1-9", "", "100100100"), elsewhere].join("\n")));
    let streets = StreetDirectory::build(&read.ranges);
    let ask = |postcode: Option<&str>, place: Option<&str>| {
        streets.find(&StreetAddress {
            street: Line::parse("Schulweg").unwrap(),
            number: HouseNumber::parse("3").ok(),
            postcode: postcode.map(|text| Postcode::parse(text).unwrap()),
            place: place.map(|text| Line::parse(text).unwrap()),
        })
    };
    let key = |text: &str| StreetFound::In(SpaceKey::parse(text).unwrap());
    assert!(matches!(ask(None, None), StreetFound::Ambiguous(keys) if keys.len() == 2));
    assert_eq!(ask(Some("54321"), None), key("100100200"));
    assert_eq!(ask(None, Some("musterhafen")), key("100100100"));
    assert_eq!(ask(Some("54321"), Some("Nebenan bei Musterhafen")), key("100100200"));
    assert_eq!(ask(Some("99999"), None), StreetFound::StreetUnknown);
    assert_eq!(ask(None, Some("Anderswo")), StreetFound::StreetUnknown);
}

#[test]
fn spellings_of_a_street_are_one() {
    for (a, b) in [
        ("Müllerstraße", "Mueller Str."),
        ("Karl-Marx-Straße", "Karl Marx Strasse"),
        ("St. Georg-Platz", "Sankt Georg Pl."),
        ("STRASSE DES 17. JUNI", "Str. des 17. Juni"),
        ("Große Bergstr", "grosse bergstraße"),
    ] {
        assert_eq!(street_key(a), street_key(b), "{a} / {b}");
    }
    assert_ne!(street_key("Lindenweg"), street_key("Lindenallee"));
}
