// SPDX-License-Identifier: EUPL-1.2
//! `import streets`, and addresses found by it.

use crate::bench::{Bench, Said};
use crate::shapes::District;

const ZU: &str = "12345678;100100100;Hafen;1500\r\n12345678;100100200;Markt;2100\r\n12345678;100100300;Höfe;900\r\n";
const RA: &str = "12345678;22844;Musterhafen;Müllerstraße;1;;17;;2;;20;;100100100\r\n\
                  12345678;22844;Musterhafen;Müllerstraße;19;;997;;22;;998;;100100200\r\n\
                  12345678;22844;Musterhafen;Höfeweg;1;;997;;2;;998;;100100300\r\n";

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// A bench with four spaces whose keys the directory names.
fn with_spaces(bench: &Bench, key: fn(i64) -> String) {
    let district = District { key, ..District::new(2, 2) };
    let said = bench.import(&bench.file("g.geojson", district.geojson()), &["--valid-from", "2024-01-01"]);
    assert_eq!(said.code, 0, "{said:?}");
}

fn import(bench: &Bench, ra: &[u8], more: &[&str]) -> Said {
    bench.file("zu.csv", latin(ZU));
    bench.file("ra.csv", ra);
    bench.run(&[&["import", "streets", "zu.csv", "ra.csv"], more].concat())
}

#[test]
fn addresses_are_found_by_the_street_directory() {
    for bench in Bench::both() {
        with_spaces(&bench, |number| format!("{}", 100_100_100 + 100 * number));
        let said = import(&bench, &latin(RA), &["--valid-from", "2024-01-01", "--errors", "b.csv"]);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains("Übernommen: 3 Straßenabschnitte in 3 Gebietseinheiten"), "{said:?}");
        assert!(said.err.contains("Datei -ra ist nicht in UTF-8 gespeichert"), "{said:?}");
        bench.file(
            "punkte.csv",
            "\u{feff}Hausnummer;Straße;id;PLZ;lat;lon\n12a;Mueller-Str.;a;22844;;\n21;Müllerstraße;b;;;\n\
             ;Müllerstraße;c;;;\n5;Nirgendwo;d;;;\n7;Höfeweg;e;99999;;\n;;\"f;1\";;53,5;10,0\n1e3;Höfeweg;g;;;\n",
        );
        let said = bench.run(&["locate", "punkte.csv", "--day", "2024-06-01"]);
        let lines: Vec<&str> = said.out.lines().collect();
        assert_eq!(lines.len(), 8, "{said:?}");
        assert_eq!(lines[1], "a,100100100,street,");
        assert_eq!(lines[2], "b,100100200,street,");
        assert_eq!(lines[3], "c,,ambiguous,\"Mehrere Sozialräume sind möglich: 100100100, 100100200.\"");
        assert_eq!(lines[4], "d,,,Straße oder Hausnummer steht nicht im Straßenverzeichnis.");
        assert_eq!(lines[5], lines[4].replace("d,", "e,"));
        assert!(lines[6].starts_with("f;1,"), "{said:?}");
        assert_eq!(lines[7], "g,,,Die Hausnummer ist nicht lesbar.");
    }
}

#[test]
fn one_faulty_row_refuses_the_whole_directory() {
    for bench in Bench::both() {
        with_spaces(&bench, |number| format!("{}", 100_100_100 + 100 * number));
        let faulty = RA.replace("19;;997", "18;;997");
        let said = import(&bench, faulty.as_bytes(), &["--errors", "b.csv"]);
        assert_eq!(said.code, 1, "{said:?}");
        let list = std::fs::read_to_string(bench.dir.join("b.csv")).unwrap();
        assert!(list.contains("Datei -ra, Zeile 2;Fehler;territory.range_wrong_side;"), "{list}");
        bench.file("punkte.csv", "id,street,number\na,Höfeweg,1\n");
        let said = bench.run(&["locate", "punkte.csv"]);
        assert!(said.out.contains("a,,,Straße"), "{said:?}");
    }
}

#[test]
fn keys_without_a_space_are_listed() {
    let bench = Bench::sqlite();
    let said = import(&bench, RA.as_bytes(), &[]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("noch keine Sozialräume") && bench.is_empty(), "{said:?}");
    with_spaces(&bench, |number| format!("{}", 900_100_100 + 100 * number));
    let said = import(&bench, RA.as_bytes(), &[]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("100100100, 100100200, 100100300"), "{said:?}");

    let bench = Bench::sqlite();
    with_spaces(&bench, |number| if number == 0 { "100100100".into() } else { format!("{}", 900_100_100 + number) });
    let said = import(&bench, RA.as_bytes(), &["--dry-run"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("Warnung: Zu 2 Schlüsseln") && said.out.contains("Probelauf"), "{said:?}");
}
