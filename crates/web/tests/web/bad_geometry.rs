// SPDX-License-Identifier: EUPL-1.2
//! Bad boundaries, as offices hand them in: each file is answered with one German sentence that says what is wrong.
//! The numbers are those of the office's list of bad input, kind „geometrie“.

use crate::client::Client;
use crate::town::{Engine, Town};
use std::fmt::Write;

const NEW: &str = "/sozialraeume/neuzuschnitt";
const WEST: &str = "[[10.00,53.70],[10.01,53.70],[10.01,53.71],[10.00,53.71],[10.00,53.70]]";
const EAST: &str = "[[10.01,53.70],[10.02,53.70],[10.02,53.71],[10.01,53.71],[10.01,53.70]]";

/// Refused, warned about, put right with a word or without one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    Refused,
    Warned,
    PutRight,
    Accepted,
}
use Verdict::{Accepted, PutRight, Refused, Warned};

fn polygon(rings: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#)
}

fn named(key: &str, name: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{"schluessel":"{key}","name":"{name}"}},"geometry":{geometry}}}"#)
}

fn file(features: &[String]) -> Vec<u8> {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes()
}

fn one(geometry: &str) -> Vec<u8> {
    file(&[named("0101", "Nord 1", geometry)])
}

fn two(first: &str, second: &str) -> Vec<u8> {
    file(&[named("0101", "Nord 1", &polygon(first)), named("0102", "Nord 2", &polygon(second))])
}

fn in_system(code: &str, ring: &str) -> Vec<u8> {
    let crs = format!(r#""crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::{code}"}}}}"#);
    let feature = named("0101", "Nord 1", &polygon(ring));
    format!(r#"{{"type":"FeatureCollection",{crs},"features":[{feature}]}}"#).into_bytes()
}

fn many(corners: usize) -> Vec<u8> {
    let mut ring = String::from("[");
    for n in 0..corners {
        let turn = n as f64 / corners as f64 * std::f64::consts::TAU;
        write!(ring, "[{:.9},{:.9}],", 10.0 + turn.cos() * 0.1, 53.7 + turn.sin() * 0.06).unwrap();
    }
    write!(ring, "[10.1,53.7]]").unwrap();
    one(&polygon(&ring))
}

fn utf16(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// Number, file, verdict, words of the answer.
type Row = (&'static str, Vec<u8>, Verdict, &'static str);

fn ring(corners: &str) -> Vec<u8> {
    one(&polygon(corners))
}

fn holed(hole: &str) -> Vec<u8> {
    ring(&format!("{WEST},{hole}"))
}

/// The rows that a file can show.
fn rows() -> Vec<Row> {
    [of_files(), of_positions(), of_rings(), of_names(), of_sizes()].concat()
}

/// How the file is written.
fn of_files() -> Vec<Row> {
    let whole = one(&polygon(WEST));
    let text = String::from_utf8(whole.clone()).unwrap();
    let utm = "[[565756,5933947],[566756,5933947],[566756,5934947],[565756,5934947],[565756,5933947]]";
    let gauss = "[[3565756,5935947],[3566756,5935947],[3566756,5936947],[3565756,5935947]]";
    vec![
        ("GEO-003", whole[..whole.len() - 9].to_vec(), Refused, "Die Datei endet unerwartet (Zeile 1)"),
        ("GEO-004", utf16(&whole), Accepted, ""),
        ("GEO-005", [b"\xef\xbb\xbf".as_slice(), &whole].concat(), Accepted, ""),
        ("GEO-006", latin1(&text.replace("Nord 1", "Süd 1")), Warned, "Bitte Umlaute prüfen"),
        ("GEO-010", in_system("25832", utm), PutRight, "wurden umgerechnet"),
        ("GEO-011", in_system("31467", gauss), Refused, "Die Koordinaten liegen nicht in Grad"),
    ]
}

/// Where the corners stand.
fn of_positions() -> Vec<Row> {
    vec![
        // The list would let them pass with a warning; the grid of millimetres ends with Germany.
        ("GEO-013", ring("[[2.3,48.8],[2.4,48.8],[2.4,48.9],[2.3,48.8]]"), Refused, "außerhalb Deutschlands. Bitte"),
        ("GEO-014", ring("[[181,53.7],[10,53.7],[10,53.8],[181,53.7]]"), Refused, "Längengrad 181 gibt es nicht"),
        ("GEO-015", ring("[[10,-91],[10.1,53.7],[10,53.8],[10,-91]]"), Refused, "Breitengrad -91 gibt es nicht"),
        ("GEO-017", ring("[[1e400,53.7],[10,53.7],[10,53.8],[10,53.7]]"), Refused, "Zahl ist zu groß"),
        ("GEO-018", ring("[[\"9.9\",53.7],[10,53.7],[10,53.8],[10,53.7]]"), Refused, "wird eine Zahl erwartet"),
        ("GEO-019", ring("[[null,53.7],[10,53.7],[10,53.8],[10,53.7]]"), Refused, "wird eine Zahl erwartet"),
        ("GEO-020", ring(&WEST.replace("53.70]", "53.70,12]")), PutRight, "Höhenangaben wurden nicht übernommen"),
        ("GEO-021", ring(&WEST.replace("53.70]", "53.70,1,2,3]")), PutRight, "nicht übernommen"),
        ("GEO-022", ring("[[10.0],[10.1,53.7],[10,53.8],[10.0]]"), Refused, "Ein Punkt braucht zwei Werte"),
    ]
}

/// What the corners enclose.
fn of_rings() -> Vec<Row> {
    vec![
        ("GEO-024", ring("[[10.0,53.7],[10.1,53.7]]"), Refused, "mindestens 3"),
        ("GEO-025", ring("[[10.0,53.7],[10.0,53.7],[10.0,53.7]]"), Refused, "Fläche 0"),
        ("GEO-026", ring("[[10.0,53.7],[10.1,53.7],[10.2,53.7],[10.0,53.7]]"), Refused, "Fläche 0"),
        (
            "GEO-027",
            ring("[[9.99,53.69],[10.01,53.71],[10.01,53.69],[9.99,53.712],[9.99,53.69]]"),
            Refused,
            "Die Grenze schneidet sich bei 53,70",
        ),
        (
            "GEO-028",
            holed("[[10.02,53.702],[10.02,53.704],[10.03,53.704],[10.02,53.702]]"),
            Refused,
            "Loch liegt außerhalb",
        ),
        ("GEO-029", holed(WEST), Refused, "Fläche 0"),
        (
            "GEO-031",
            ring("[[10.00,53.70],[10.00,53.71],[10.01,53.71],[10.01,53.70],[10.00,53.70]]"),
            PutRight,
            "Laufrichtung berichtigt",
        ),
        ("GEO-032", one(&format!(r#"{{"type":"MultiPolygon","coordinates":[[{WEST}],[{EAST}]]}}"#)), Accepted, ""),
        ("GEO-035", one(r#"{"type":"LineString","coordinates":[[10,53.7],[10.1,53.7]]}"#), Refused, "keine Fläche"),
        ("GEO-036", one(r#"{"type":"Point","coordinates":[10,53.7]}"#), Refused, "keine Fläche"),
        ("GEO-037", one("null"), Warned, "Bitte prüfen, ob die Grenze fehlt"),
    ]
}

/// Who is meant, and between two spaces.
fn of_names() -> Vec<Row> {
    vec![
        (
            "GEO-039",
            format!(r#"{{"type":"Feature","geometry":{}}}"#, polygon(WEST)).into_bytes(),
            Refused,
            "Der Name (Feld „name“) fehlt",
        ),
        (
            "GEO-040",
            file(&[
                named("0101", "Nord 1", &polygon(WEST)),
                named("0102", "Nord 2", &polygon(EAST)),
                named("0103", "", &polygon(EAST)),
            ]),
            Refused,
            "Objekt 3: Der Name (Feld „name“) fehlt",
        ),
        (
            "GEO-041",
            file(&[named("0101", "Nord 1", &polygon(WEST)), named("0102", "Nord 1", &polygon(EAST))]),
            Refused,
            "Der Name „Nord 1“ kommt auch bei Schlüssel",
        ),
        (
            "GEO-042",
            file(&[named("0101", "Nord 1", &polygon(WEST)), named("0101", "Nord 2", &polygon(EAST))]),
            Refused,
            "Schlüssel 0101: Der Schlüssel kommt zweimal vor",
        ),
        (
            "GEO-043",
            two(WEST, "[[10.007,53.70],[10.02,53.70],[10.02,53.71],[10.007,53.71],[10.007,53.70]]"),
            Refused,
            "„Nord 1“ und „Nord 2“ überlappen um",
        ),
        (
            "GEO-044",
            two(WEST, "[[10.00999998,53.70],[10.02,53.70],[10.02,53.71],[10.01,53.71],[10.00999998,53.70]]"),
            PutRight,
            "(Rundung)",
        ),
        (
            "GEO-048",
            ring("[[10.0,53.7],[10.0000001,53.7],[10.0000001,53.7000001],[10.0,53.7]]"),
            Warned,
            "ob es ein Splitter ist",
        ),
    ]
}

/// Too much of it, or not it at all.
fn of_sizes() -> Vec<Row> {
    vec![
        ("GEO-049", many(250_000), Refused, "höchstens 200000"),
        ("GEO-050", many(20_000), Accepted, ""),
        ("GEO-051", vec![b'1'; 21 * 1024 * 1024], Refused, "größer als 20 MB"),
        ("GEO-053", "[".repeat(10_000).into_bytes(), Refused, "zu tief verschachtelt"),
        (
            "GEO-054",
            ring(&WEST.replacen("10.00", &format!("10.{}", "0".repeat(1_000_000)), 1)),
            Refused,
            "Eine Zahl ist zu lang",
        ),
        (
            "GEO-055",
            file(&[
                named("0101", "Nord 1", &polygon(WEST)),
                named("0102", "Nord 2", &polygon(EAST)).replace("\"name\"", "\"name\":\"x\",\"name\""),
            ]),
            Refused,
            "Objekt 2: Das Feld „name“ kommt doppelt vor",
        ),
        ("GEO-056", file(&[named("0101", &"N".repeat(10_000), &polygon(WEST))]), Refused, "ist zu lang"),
        ("GEO-060", ring("[[179,53.7],[-179,53.7],[-179,53.8],[179,53.7]]"), Refused, "außerhalb Deutschlands"),
        ("GEO-061", ring("[[0,90],[10,90],[10,89],[0,90]]"), Refused, "außerhalb Deutschlands"),
        (
            "GEO-079",
            b"POLYGON((10 53.7, 10.1 53.7, 10 53.8, 10 53.7))".to_vec(),
            Refused,
            "Bitte die Grenzen als GeoJSON ausgeben",
        ),
    ]
}

/// A file of one space leaves out all others of the town: such warnings are not about what is wrong with it.
fn of_town(line: &str) -> bool {
    line.contains("fehlt in der Datei") || line.contains("Das Straßenverzeichnis führt")
}

async fn hands_in(paul: &Client, bytes: &[u8]) -> String {
    let fields = [
        ("title", "Versuch"),
        ("valid_from", "2027-01-01"),
        ("key_field", "schluessel"),
        ("name_field", "name"),
        ("region_field", ""),
    ];
    let answer = paul.upload_bytes(NEW, &fields, &[("spaces", "grenzen.geojson", bytes)]).await;
    if answer.status.as_u16() == 422 {
        return answer.text();
    }
    paul.get(&answer.location).await.is(200).text()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_bad_boundary_gets_its_answer() {
    let town = Town::new(Engine::Sqlite).await;
    let paul = town.as_("paul").await;
    let mut wrong = String::new();
    for (number, bytes, verdict, words) in rows() {
        let page = hands_in(&paul, &bytes).await;
        let said =
            page.split("id=\"befunde\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap_or_default();
        let refused = said.contains("badge--alarm");
        let warned = said.split("<li>").any(|line| line.contains("badge--warn") && !of_town(line));
        let fits = match verdict {
            Refused => refused && !page.contains("/planen\""),
            Warned => !refused && warned,
            PutRight => !refused && said.contains("badge--plain"),
            Accepted => !refused && !warned,
        };
        if !fits || !said.replace("&#34;", "\"").contains(words) {
            writeln!(wrong, "{number} {verdict:?} „{words}“: {}", said.chars().take(700).collect::<String>()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Rows that no file of boundaries can show.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_rows_of_the_list() {
    let town = Town::new(Engine::Sqlite).await;
    let paul = town.as_("paul").await;
    // GEO-046: a space that grows out of what its region covered.
    let grown = "[[9.9,53.6],[9.915,53.6],[9.915,53.6113636],[9.9,53.6113636],[9.9,53.6]]";
    let page = hands_in(&paul, &file(&[named("100100000", "Hafen", &polygon(grown))])).await;
    assert!(page.contains("„Hafen“ liegt zu 12 % außerhalb"), "{page}");
    let whole = grown.replace("53.6113636", "53.61");
    let page = hands_in(&paul, &file(&[named("100100000", "Hafen", &polygon(&whole))])).await;
    assert!(!page.contains("% außerhalb"), "{page}");
    // GEO-069: never backwards.
    let fields =
        [("title", "Rückwirkend"), ("valid_from", "2026-11-20"), ("key_field", "schluessel"), ("name_field", "name")];
    let bytes = one(&polygon(WEST));
    let answer = paul.upload_bytes(NEW, &fields, &[("spaces", "x.geojson", &bytes)]).await;
    answer.is(422).shows("gilt ab einem Tag in der Zukunft");
    // GEO-070: there is no door that deletes a space.
    let deletes =
        |route: &web::kit::routes::Route| route.path.starts_with("/sozialraeume/{id}") && route.path.contains("loesch");
    assert!(!web::listing().iter().any(deletes));
    // GEO-074, GEO-075: however near one looks, the map has cards and never a case.
    let marta = town.as_("marta").await;
    crate::main_job::opens(&marta).await;
    for window in ["", "?fenster=9.9,53.6,9.9001,53.6001", "?fenster=9,53,10,54"] {
        assert_eq!(marta.get(&format!("/ressourcen/karte.json{window}")).await.is(200).json()["total"], 0);
    }
    // GEO-077: a private person has no point on the map, whatever is typed.
    let person = [
        ("kind", "person"),
        ("point", "53.6051, 9.9123"),
        ("consent_on", "2026-11-01"),
        ("consent_until", "2027-11-01"),
        ("consent_scope", "public"),
        ("consent_form", "written"),
    ];
    marta.post("/ressourcen/neu", &crate::cards::card("Frau Wind", &person)).await.is(422).shows("Punkt");
    // GEO-080: a table with decimal commas is read.
    let csv = "id;lat;lon\n1;53,605;9,99\n";
    assert!(app::territory::PointsFile::read("punkte.csv", csv.as_bytes()).is_ok());
}
