// SPDX-License-Identifier: EUPL-1.2
//! The table of bad input, its kinds "importe" and "adressen", through the door of imports: each row is answered as the
//! table says, or is named here with why it cannot come through this door.

use crate::client::Client;
use crate::town::{Engine, Town};
use crate::trade::{PATH, card_of, hand_in, taken};
use rust_xlsxwriter::{Format, Workbook};
use std::collections::BTreeSet;

/// How a row of the table is answered.
enum Answer {
    /// The file is refused with these words.
    Refused(&'static str),
    /// The row is left out with these words.
    LeftOut(&'static str),
    /// It is taken, and these words warn.
    Warned(&'static str),
    /// It is taken, and these words stand on the page of the cards.
    Taken(&'static str),
    /// It cannot come through this door.
    Elsewhere(&'static str),
}
use Answer::{Elsewhere, LeftOut, Refused, Taken, Warned};

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// One card with a cell.
fn cell(column: &str, value: &str) -> Vec<u8> {
    text(&format!("Name;Beschreibung;{column}\nProbe;Da;\"{}\"\n", value.replace('"', "\"\"")))
}

/// One card with an address in parts.
fn address(street: &str, number: &str, code: &str, town: &str, country: &str) -> Vec<u8> {
    let cells =
        [street, number, code, town, country].map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).join(";");
    text(&format!("Name;Beschreibung;Straße;Hausnummer;PLZ;Ort;Land\nProbe;Da;{cells}\n"))
}

fn workbook(fill: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

/// A sheet with heads and one row of texts and numbers.
fn sheet(book: &mut Workbook, name: &str, heads: &[&str], row: &[&str], numbers: &[(u16, f64)]) {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (at, head) in (0..).zip(heads) {
        sheet.write_string(0, at, *head).unwrap();
    }
    for (at, cell) in (0..).zip(row) {
        sheet.write_string(1, at, *cell).unwrap();
    }
    for (at, number) in numbers {
        sheet.write_number(1, *at, *number).unwrap();
    }
}

const HEADS: [&str; 5] = ["Name", "Beschreibung", "Straße", "PLZ", "Ort"];

fn one_sheet(numbers: &[(u16, f64)], more: &[&str], row: &[&str]) -> Vec<u8> {
    let heads: Vec<&str> = HEADS.iter().chain(more).copied().collect();
    workbook(|book| sheet(book, "Karten", &heads, row, numbers))
}

fn merged() -> Vec<u8> {
    workbook(|book| {
        sheet(book, "Karten", &HEADS, &["Probe", "Da"], &[]);
        let sheet = book.worksheet_from_index(0).unwrap();
        sheet.merge_range(3, 0, 3, 1, "Zwei", &Format::new()).unwrap();
    })
}

fn hidden() -> Vec<u8> {
    workbook(|book| {
        sheet(book, "Karten", &HEADS, &["Probe", "Da"], &[]);
        let sheet = book.worksheet_from_index(0).unwrap();
        for line in 2..5 {
            sheet.write_string(line, 0, format!("Versteckt {line}")).unwrap();
            sheet.set_row_hidden(line).unwrap();
        }
    })
}

fn three_sheets() -> Vec<u8> {
    workbook(|book| ["Eins", "Zwei", "Drei"].iter().for_each(|name| sheet(book, name, &HEADS, &["Probe", "Da"], &[])))
}

fn wide() -> Vec<u8> {
    workbook(|book| {
        sheet(book, "Karten", &HEADS, &["Probe", "Da"], &[]);
        book.worksheet_from_index(0).unwrap().write_string(1, 16_383, "weit").unwrap();
    })
}

fn many(rows: usize, row: &str) -> Vec<u8> {
    text(&format!("Name;Beschreibung\n{}", row.repeat(rows)))
}

fn hsds(version: &str, services: &str) -> Vec<u8> {
    text(&format!("{{\"version\":\"{version}\",\"services\":[{services}]}}"))
}

const SERVICE: &str =
    r#"{"id":"ac148810-d857-441c-9679-408f346de14b","name":"Probe","status":"active","description":"Da"}"#;

/// Row of the table, name of the file, its content, the answer.
type File = (&'static str, &'static str, Vec<u8>, Answer);

fn tables() -> Vec<File> {
    let odd = "Name;Beschreibung\n";
    vec![
        ("IMP-001", "a.csv", Vec::from(" \n"), Refused("Die Datei ist leer.")),
        ("IMP-002", "a.csv", text(odd), Warned("Keine Zeilen – nichts importiert.")),
        ("IMP-003", "a.csv", text("Müller;12345\nMeier;23456\n"), Refused("Gefunden: Müller, 12345.")),
        ("IMP-006", "a.csv", text("Name;name\na;b\n"), Refused("Spalte „name“ kommt zweimal vor.")),
        ("IMP-008", "a.csv", text("Name\tBeschreibung\nProbe\tDa\n"), Taken("Probe")),
        ("IMP-009", "a.csv", text("Name|Beschreibung\nProbe|Da\n"), Refused("Bitte ; oder ,")),
        ("IMP-012", "a.csv", text("\u{feff}Name;Beschreibung\nProbe;Da\n"), Taken("Probe")),
        ("IMP-015", "a.csv", text("Name;Beschreibung\rProbe;Da\r"), Taken("Probe")),
        (
            "IMP-017",
            "a.csv",
            text("Name;Beschreibung\na;b\nc;d\ne;f\ng;\"h\n"),
            Refused("Zeile 5: Ein Anführungszeichen"),
        ),
        ("IMP-018", "a.csv", cell("Kontakt", "am\nTor"), Taken("am Tor")),
        (
            "IMP-020",
            "a.csv",
            text("Name;Beschreibung\na;b\nc;d\0\n"),
            Refused("Zeile 3: Die Zeile enthält ein unzulässiges Zeichen"),
        ),
        ("IMP-022", "a.csv", many(100_001, "a;b\n"), Refused("Höchstens 100.000 Zeilen")),
        ("IMP-024", "a.csv", vec![b'a'; 50 * 1024 * 1024 + 1], Refused("größer als 50 MB")),
        (
            "IMP-025",
            "a.csv",
            [many(500, "Gut;b\n"), text(";fehlt\n")].concat(),
            LeftOut("Bitte füllen Sie dieses Feld aus"),
        ),
        ("IMP-026", "a.csv", many(500, ";fehlt\n"), LeftOut("weitere Befunde stehen in der vollständigen Liste")),
    ]
}

fn cells_and_books() -> Vec<File> {
    vec![
        ("IMP-034", "a.csv", cell("Kosten genauer", "-5"), Taken("-5")),
        ("IMP-035", "a.csv", cell("Kontakt", "\t=cmd"), Taken("=cmd")),
        ("IMP-036", "a.csv", cell("Kontakt", "=cmd|'/C calc'!A0"), Taken("=cmd|&#39;/C calc&#39;!A0")),
        ("IMP-037", "a.csv", cell("Kontakt", "<script>"), Taken("&#60;script&#62;")),
        ("IMP-043", "a.xlsx", text("PK\u{3}\u{4}kaputt"), Refused("Die Datei ist beschädigt.")),
        (
            "IMP-050",
            "a.xlsx",
            one_sheet(&[], &["Bestätigt am"], &["Probe", "Da", "", "", "", "01.11.2026"]),
            Taken("Probe"),
        ),
        (
            "IMP-051",
            "a.xlsx",
            one_sheet(&[(3, 1067.0)], &[], &["Probe", "Da", "Weg 1", "", "Dresden"]),
            Warned("führende Null der PLZ wurde ergänzt"),
        ),
        ("IMP-052", "a.xlsx", one_sheet(&[(5, 0.1 + 0.2)], &["Kosten genauer"], &["Probe", "Da"]), Taken("0,3")),
        ("IMP-053", "a.xlsx", merged(), Warned("Verbundene Zellen")),
        ("IMP-054", "a.xlsx", hidden(), Warned("3 ausgeblendete Zeilen")),
        ("IMP-055", "a.xlsx", three_sheets(), Warned("Welches Blatt?")),
        (
            "IMP-056",
            "a.xlsx",
            workbook(|book| {
                book.add_worksheet();
            }),
            Refused("leer"),
        ),
        ("IMP-057", "a.xlsx", wide(), Refused("Zu viele Spalten")),
        ("IMP-059", "a.csv", text("MZ\u{1}\u{2}"), Refused("keine CSV-Datei")),
        ("IMP-060", "a.csv.pdf", text("%PDF-1.7"), Refused("PDF wird nicht importiert")),
    ]
}

fn names_and_data() -> Vec<File> {
    let organizations = r#"{"organizations":[{"id":"ac148810-d857-441c-9679-408f346de14b","name":"A","description":"a"},
        {"id":"ac148810-d857-441c-9679-408f346de14c","name":"B","description":"b"},{"name":"C","description":"c"}]}"#;
    let inner = r#"{"id":"ac148810-d857-441c-9679-408f346de14b","name":"Probe","status":"active","description":"Da","url":"http://169.254.169.254/"}"#;
    let calendar =
        format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n".repeat(10_000));
    vec![
        ("IMP-061", "../../x.csv", text("Name;Beschreibung\nProbe;Da\n"), Taken("Probe")),
        ("IMP-063", "a\u{1}b.csv", text("Name;Beschreibung\nProbe;Da\n"), Taken("Probe")),
        ("IMP-064", "AUX.csv", text("Name;Beschreibung\nProbe;Da\n"), Taken("Probe")),
        ("IMP-065", "h.json", text(organizations), Refused("organizations[2].id fehlt.")),
        ("IMP-066", "h.json", hsds("3.1", &format!("{SERVICE},{SERVICE}")), Refused("services[1].id ist doppelt")),
        ("IMP-069", "h.json", hsds("9.9", SERVICE), Refused("Version 9.9 unbekannt.")),
        ("IMP-071", "h.json", hsds("3.1", inner), LeftOut("Interne Adresse nicht erlaubt")),
        ("IMP-073", "k.ics", text(&calendar), Refused("Höchstens 2.000")),
        ("IMP-077", "p.pdf", text("%PDF-1.7"), Refused("PDF wird nicht importiert")),
        (
            "IMP-028",
            "",
            Vec::new(),
            Elsewhere("one transaction: nothing is written before the end; trade.rs takes and refuses"),
        ),
        (
            "IMP-029",
            "",
            Vec::new(),
            Elsewhere("one transaction: store/drills.rs kills the process in the middle of one"),
        ),
        ("IMP-078", "", Vec::new(), Elsewhere("cards have no pictures")),
        ("IMP-080", "", Vec::new(), Elsewhere("no scanner is connected; files are read as text and kept as rows")),
        (
            "IMP-081",
            "",
            Vec::new(),
            Elsewhere("no import is compared with families (N2); a person out of a file waits for a consent"),
        ),
    ]
}

/// Row of the table, the cells of an address, the answer.
fn addresses() -> Vec<(&'static str, Vec<u8>, Answer)> {
    let long = "S".repeat(300);
    let family = "an address of a family; cards have none (casework/residences, web/sealed.rs)";
    let mut all = vec![
        ("ADR-001", address("", "", "", "", ""), Warned("Straße oder Adresse fehlt")),
        (
            "ADR-005",
            address("Musterstraße1", "", "22844", "Ort", ""),
            Warned("Vor der Hausnummer wurde ein Leerzeichen ergänzt"),
        ),
        ("ADR-008", address("Musterstraße 1a", "", "22844", "Ort", ""), Taken("Musterstraße 1a, 22844 Ort")),
        ("ADR-015", address("Am Alten Markt", "o.Nr.", "22844", "Ort", ""), Taken("Am Alten Markt o.Nr.")),
        ("ADR-017", address("Q7, 24", "", "68161", "Mannheim", ""), Taken("Q7, 24")),
        ("ADR-019", address("Haus Nr. 5, Warft Hilligenlei", "", "25863", "Langeneß", ""), Taken("Warft Hilligenlei")),
        ("ADR-020", cell("Adresse", "Postfach 1234"), Warned("Postfach ist kein Ort")),
        ("ADR-021", cell("Adresse", "Packstation 101"), LeftOut("Packstation ist kein Ort")),
        ("ADR-022", cell("Adresse", "c/o Müller, Weg 1"), Taken("c/o Müller")),
        ("ADR-023", cell("Adresse", "bei Schmidt, 3. OG links"), Taken("3. OG links")),
        ("ADR-041", address("Weg 1", "", "", "Ort", ""), LeftOut("Bitte PLZ angeben.")),
        ("ADR-042", address("Weg 1", "", "1234", "Ort", ""), LeftOut("Die PLZ hat fünf Ziffern")),
        ("ADR-044", address("Weg 1", "", "01234", "Ort", ""), Taken("01234")),
        ("ADR-047", address("Weg 1", "", "2284O", "Ort", ""), LeftOut("nur Ziffern")),
        ("ADR-050", address("Weg 1", "", "22844", "Norderstedt", ""), Taken("22844 Norderstedt")),
        ("ADR-052", text("Name;Beschreibung;Straße;Ort\nProbe;Da;Weg 1;Halle\n"), Warned("Mehrere Orte heißen so")),
        ("ADR-054", text("Name;Beschreibung;Straße;Ort\nProbe;Da;Weg 1;Neustadt\n"), Warned("Mehrere Orte heißen so")),
        ("ADR-055", address("Weg 1", "", "8000", "Zürich", "CH"), Taken("8000 Zürich")),
        ("ADR-056", address("Main Street 1", "", "", "Ballina", "Irland"), Taken("Ballina, Irland")),
        ("ADR-057", address("ул. Ленина 1", "", "", "Київ", "UA"), Taken("Київ")),
        ("ADR-058", address("Weg 1", "", "22844", "Ort", ""), Taken("Weg 1, 22844 Ort")),
        ("ADR-060", address(&long, "", "22844", "Ort", ""), LeftOut("Der Text ist zu lang")),
        ("ADR-062", address("Weg", "0", "22844", "Ort", ""), Warned("Hausnummer 0?")),
        ("ADR-064", address("Weg", "1e3", "22844", "Ort", ""), LeftOut("Bitte Straße und Hausnummer angeben.")),
        ("ADR-065", address("<b>x</b>", "1", "22844", "Ort", ""), LeftOut("spitzen Klammern")),
        ("ADR-066", address("=cmd|'/c calc'!A1", "1", "22844", "Ort", ""), LeftOut("darf nicht mit = beginnen")),
        ("ADR-067", address("Lange\nReihe", "1", "22844", "Ort", ""), Taken("Lange Reihe 1")),
        ("ADR-069", address("Weg 😀", "1", "22844", "Ort", ""), LeftOut("Bildzeichen")),
        ("ADR-079", cell("Telefon", "0049 40 12345"), Taken("+49 40 12345")),
        ("ADR-080", cell("Telefon", "110"), LeftOut("Notruf ist keine Erreichbarkeit.")),
        ("ADR-081", cell("E-Mail", "a@b"), LeftOut("Das ist keine E-Mail-Adresse")),
        ("ADR-082", cell("E-Mail", "ä@müller.de"), Taken("ä@müller.de")),
        ("ADR-083", cell("E-Mail", "a@b.de\nBcc: c@d.de"), LeftOut("E-Mail")),
        ("ADR-051", address("Weg 1", "", "22844", "München", ""), Warned("PLZ und Ort passen nicht zusammen.")),
    ];
    let of_families = [
        "ADR-002", "ADR-026", "ADR-029", "ADR-031", "ADR-032", "ADR-035", "ADR-036", "ADR-038", "ADR-039", "ADR-040",
        "ADR-070", "ADR-073", "ADR-075", "ADR-076",
    ];
    all.extend(of_families.map(|row| (row, Vec::new(), Elsewhere(family))));
    all
}

async fn answers(konrad: &Client, row: &str, (name, bytes): (&str, &[u8]), answer: &Answer) {
    if let Elsewhere(why) = answer {
        assert!(!why.is_empty(), "{row}");
        return;
    }
    let sent = hand_in(konrad, name, bytes, "").await;
    if let Refused(words) = answer {
        assert!(matches!(sent.status.as_u16(), 413 | 422), "{row}: {}", sent.status);
        assert!(sent.text().contains(words), "{row}: no „{words}“ on\n{}", sent.text());
        return;
    }
    assert_eq!(sent.status.as_u16(), 303, "{row}: {}", sent.text());
    let import = format!("{PATH}/{}", sent.id());
    let page = konrad.get(&import).await;
    let said = |words: &str| assert!(page.text().contains(words), "{row}: no „{words}“ on\n{}", page.text());
    match answer {
        LeftOut(words) => {
            said(words);
            // All or nothing: without a word to the contrary nothing is taken, if there is anything to take at all.
            if page.text().contains("/uebernehmen") {
                let refused = taken(konrad, &import, &[]).await;
                assert_eq!(refused.status.as_u16(), 422, "{row}");
            }
            konrad.fill(&import, &format!("{import}/verwerfen"), &[]).await.is(303);
        }
        Warned(words) => {
            said(words);
            konrad.fill(&import, &format!("{import}/verwerfen"), &[]).await.is(303);
        }
        Taken(words) => {
            let done = taken(konrad, &import, &[]).await;
            assert_eq!(done.status.as_u16(), 303, "{row}: {}", done.text());
            let card = konrad.get(&format!("/ressourcen/{}", card_of(konrad, "Probe").await)).await;
            assert!(card.text().contains(words), "{row}: no „{words}“ on\n{}", card.text());
            konrad.fill(&import, &format!("{import}/zuruecknehmen"), &[]).await.is(303);
        }
        Refused(_) | Elsewhere(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_files_are_answered_as_the_table_says() {
    let town = Town::new(Engine::Sqlite).await;
    let konrad = town.as_("konrad").await;
    let mut rows = BTreeSet::new();
    for (row, name, bytes, answer) in tables().into_iter().chain(cells_and_books()).chain(names_and_data()) {
        assert!(rows.insert(row), "{row} twice");
        answers(&konrad, row, (name, &bytes), &answer).await;
    }
    assert_eq!(rows.len(), 44, "every row of the kind has an answer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_addresses_are_answered_as_the_table_says() {
    let town = Town::new(Engine::Sqlite).await;
    let konrad = town.as_("konrad").await;
    let mut rows = BTreeSet::new();
    for (row, bytes, answer) in addresses() {
        assert!(rows.insert(row), "{row} twice");
        answers(&konrad, row, ("a.csv", &bytes), &answer).await;
    }
    assert_eq!(rows.len(), 48, "every row of the kind has an answer");
}
