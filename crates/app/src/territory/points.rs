// SPDX-License-Identifier: EUPL-1.2
//! Locating a whole file of points or addresses. Every line in is a line out: with its space, or with
//! the reason why there is none.

use super::import::Progress;
use super::locate::territory_on;
use super::table::{safe_cell, separator, text_of_table};
use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::kernel::{Day, Line, Refusal, SpaceId, fold};
use domain::territory::{
    Address, FileFault, Finding, HouseNumber, Located, Point, Postcode, Prepared, SpaceKey, Territory, locate,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use store::territory::{EditionKind, edition_on};

/// So many lines are answered before progress is told.
const BATCH: usize = 10_000;

/// What the columns mean, with the German and English words for them, folded.
const COLUMNS: [(&str, &[&str]); COUNT] = [
    ("id", &["id", "nr", "kennung"]),
    ("lat", &["lat", "latitude", "breite", "breitengrad"]),
    ("lon", &["lon", "lng", "long", "longitude", "laenge", "laengengrad"]),
    ("street", &["street", "strasse", "strassenname"]),
    ("number", &["number", "hausnummer", "hausnr"]),
    ("place", &["place", "ort"]),
    ("postcode", &["postcode", "plz", "postleitzahl"]),
];
const COUNT: usize = 7;
const ID: usize = 0;
const LAT: usize = 1;
const LON: usize = 2;
const STREET: usize = 3;
const NUMBER: usize = 4;
const PLACE: usize = 5;
const POSTCODE: usize = 6;

/// A table of points whose columns were understood.
#[derive(Debug)]
pub struct PointsFile {
    text: String,
    separator: u8,
    columns: [Option<usize>; COUNT],
}

/// As of which day, and whom to tell.
#[derive(Clone)]
pub struct Asking {
    /// The day whose boundaries and streets count.
    pub day: Day,
    /// Whom to tell.
    pub progress: Progress,
}

/// How many lines were answered how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PointsReport {
    /// Lines in, and lines out.
    pub lines: usize,
    /// Of these, with exactly one space.
    pub located: usize,
    /// With several.
    pub ambiguous: usize,
    /// Outside of the district.
    pub outside: usize,
    /// Without an answer, with a reason.
    pub unanswered: usize,
}

/// Why there is no answer at all.
#[derive(Debug)]
pub enum PointsFailure {
    /// The use case failed.
    House(Failure),
    /// Neither boundaries nor streets are in force on this day.
    NoEdition(Day),
    /// The answers could not be written.
    Output(std::io::Error),
}

impl From<std::io::Error> for PointsFailure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

impl PointsFile {
    /// Understands a table: what separates its cells, and which column is what.
    ///
    /// # Errors
    /// Findings that say why it cannot be understood.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let Some(mut text) = text_of_table(name, bytes, &mut findings) else { return Err(findings) };
        if !text.contains('\n') {
            text = text.replace('\r', "\n");
        }
        let Some(separator) = separator(&text) else { return Err(vec![FileFault::Separator.finding(name)]) };
        let header = text.lines().next().unwrap_or_default();
        let names: Vec<Cow<'_, str>> = cells(header, separator).unwrap_or_default();
        let mut columns = [None; COUNT];
        for (at, cell) in names.iter().enumerate() {
            let folded = fold(cell);
            let Some(column) = COLUMNS.iter().position(|(_, words)| words.contains(&folded.as_str())) else { continue };
            if columns[column].replace(at).is_some() {
                return Err(vec![FileFault::ColumnTwice(cell.trim().to_owned()).finding(name)]);
            }
        }
        let point = columns[LAT].is_some() && columns[LON].is_some();
        if columns[ID].is_none() || !(point || columns[STREET].is_some()) {
            let found = names.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join(", ");
            let found: String = found.chars().filter(|c| !c.is_control()).take(200).collect();
            return Err(vec![FileFault::PointColumns(found).finding(name)]);
        }
        Ok(Self { text, separator, columns })
    }

    /// Every line as an address that can be looked up many times, under its id; and how many cannot be read.
    #[must_use]
    pub fn prepare(&self) -> (Vec<(String, Prepared)>, usize) {
        let (mut all, mut unread) = (Vec::new(), 0);
        for line in self.lines().filter(|line| !line.trim().is_empty()) {
            let Some(cells) = cells(line, self.separator) else {
                unread += 1;
                continue;
            };
            let cell = |column: usize| self.columns[column].and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
            match address(cell) {
                Ok(address) => all.push((cell(ID).to_owned(), Prepared::new(&address))),
                Err(_) => unread += 1,
            }
        }
        (all, unread)
    }

    /// The lines after the header.
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().skip(1)
    }
}

/// Locates every line of a file as of a day, and writes `id,space,found,reason` for each.
///
/// # Errors
/// [`PointsFailure`].
pub async fn locate_points(
    app: &App,
    actor: &Actor,
    file: &PointsFile,
    asking: &Asking,
    out: impl Write,
) -> Result<PointsReport, PointsFailure> {
    in_office(actor, Action::SeeDirectory).map_err(PointsFailure::House)?;
    let (house, day) = (app.clone(), asking.day);
    let load = app.read(move |tx| {
        let in_force = |kind| Ok::<_, Failure>(edition_on(tx, kind, day)?.is_some());
        Ok((territory_on(&house, tx, day)?, in_force(EditionKind::Boundaries)?, in_force(EditionKind::Streets)?))
    });
    let (territory, boundaries, streets) = load.await.map_err(PointsFailure::House)?;
    if !boundaries && !streets {
        return Err(PointsFailure::NoEdition(day));
    }
    let keys = territory.spaces().iter().map(|space| (space.id, &space.key)).collect();
    let clerk = Clerk { territory: &territory, keys, boundaries };
    let (mut report, all) = (PointsReport::default(), file.lines().count());
    let mut out = csv::Writer::from_writer(out);
    let written = |outcome: csv::Result<()>| outcome.map_err(|error| PointsFailure::Output(error.into()));
    written(out.write_record(["id", "space", "found", "reason"]))?;
    for line in file.lines() {
        let (id, answer) = clerk.answer(file, line);
        report.count(&answer);
        let (space, found) = (answer.space.as_deref().unwrap_or_default(), answer.found);
        written(out.write_record([&*safe_cell(&id), space, found, &*answer.reason]))?;
        if report.lines.is_multiple_of(BATCH) || report.lines == all {
            asking.progress.tell(report.lines, all);
            tokio::task::yield_now().await;
        }
    }
    out.flush()?;
    Ok(report)
}

impl PointsReport {
    fn count(&mut self, answer: &Answer) {
        self.lines += 1;
        match (answer.found, &answer.space) {
            (_, Some(_)) => self.located += 1,
            ("ambiguous", _) => self.ambiguous += 1,
            ("outside", _) => self.outside += 1,
            _ => self.unanswered += 1,
        }
    }
}

/// One line out.
struct Answer {
    space: Option<String>,
    found: &'static str,
    reason: Cow<'static, str>,
}

/// No answer, and why.
type Unread = Cow<'static, str>;

struct Clerk<'a> {
    territory: &'a Territory,
    keys: BTreeMap<SpaceId, &'a SpaceKey>,
    boundaries: bool,
}

impl Clerk<'_> {
    fn answer(&self, file: &PointsFile, line: &str) -> (String, Answer) {
        let unread = |reason: Unread| Answer { space: None, found: "", reason };
        if line.trim().is_empty() {
            return (String::new(), unread("Die Zeile ist leer.".into()));
        }
        let Some(cells) = cells(line, file.separator) else {
            return (String::new(), unread("Ein Anführungszeichen wird nicht geschlossen.".into()));
        };
        let cell = |column: usize| file.columns[column].and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
        (cell(ID).to_owned(), address(cell).map_or_else(unread, |address| self.locate(address)))
    }

    fn locate(&self, mut address: Address) -> Answer {
        let without_boundaries = !self.boundaries && address.point.take().is_some();
        let key = |space: &SpaceId| self.keys.get(space).map_or("?", |key| key.as_str());
        let none = |found, reason: Unread| Answer { space: None, found, reason };
        match locate(&address, self.territory) {
            Located::In { space, how } => {
                Answer { space: Some(safe_cell(key(&space))), found: how_code(how), reason: "".into() }
            }
            Located::Ambiguous(spaces) => {
                let listed = spaces.iter().map(key).collect::<Vec<_>>().join(", ");
                none("ambiguous", format!("Mehrere Sozialräume sind möglich: {listed}.").into())
            }
            Located::OutsideDistrict => none("outside", "Die Stelle liegt in keinem Sozialraum.".into()),
            Located::Unknown if without_boundaries => none("", "An diesem Tag gelten keine Grenzen.".into()),
            Located::Unknown => none("", "Straße oder Hausnummer steht nicht im Straßenverzeichnis.".into()),
        }
    }
}

const fn how_code(how: domain::territory::How) -> &'static str {
    match how {
        domain::territory::How::Inside => "inside",
        domain::territory::How::Border => "border",
        domain::territory::How::Street => "street",
    }
}

/// What a line says of a place. A cell that cannot be read is never passed over: the rest of the line
/// might then lead somewhere else.
fn address<'a>(cell: impl Fn(usize) -> &'a str) -> Result<Address, Unread> {
    let wrong = |what: &'static str| move |_: Refusal| Unread::from(format!("{what} ist nicht lesbar."));
    let number = Some(cell(NUMBER)).filter(|text| !text.is_empty());
    let postcode = Some(cell(POSTCODE)).filter(|text| !text.is_empty());
    let address = Address {
        street: Line::optional(cell(STREET)).map_err(wrong("Die Straße"))?,
        number: number.map(HouseNumber::parse).transpose().map_err(wrong("Die Hausnummer"))?,
        postcode: postcode.map(Postcode::parse).transpose().map_err(wrong("Die Postleitzahl"))?,
        place: Line::optional(cell(PLACE)).map_err(wrong("Der Ort"))?,
        point: point(cell(LAT), cell(LON))?,
    };
    if address.street.is_none() && address.point.is_none() {
        return Err("Es fehlen Koordinaten oder eine Straße.".into());
    }
    Ok(address)
}

fn point(lat: &str, lon: &str) -> Result<Option<Point>, Unread> {
    match (lat.is_empty(), lon.is_empty()) {
        (true, true) => return Ok(None),
        (false, false) => {}
        _ => return Err("Es ist nur eine von zwei Koordinaten angegeben.".into()),
    }
    let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
    let (Some(lat), Some(lon)) = (number(lat), number(lon)) else {
        return Err("Die Koordinaten sind keine Zahlen.".into());
    };
    let reason = |refusal: Refusal| match refusal.rule.code() {
        "territory.point_not_a_number" => "Die Koordinaten sind keine Zahlen.",
        "territory.point_axes_swapped" => "Länge und Breite sind vertauscht.",
        "territory.point_outside_germany" => "Die Stelle liegt außerhalb Deutschlands.",
        _ => "Diese Stelle gibt es nicht: Breite und Länge sind in Grad anzugeben.",
    };
    Point::from_wgs84(lat, lon).map(Some).map_err(|refusal| reason(refusal).into())
}

/// The cells of a line; `None` if a quote stays open. Cells never reach over a line's end here, so that
/// one stray quote costs one line and not the rest of the file.
fn cells(line: &str, separator: u8) -> Option<Vec<Cow<'_, str>>> {
    let separator = char::from(separator);
    if !line.contains('"') {
        return Some(line.split(separator).map(Cow::Borrowed).collect());
    }
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let Some(quoted) = rest.strip_prefix('"') else {
            let (cell, after) = rest.split_once(separator).map_or((rest, None), |(cell, after)| (cell, Some(after)));
            cells.push(Cow::Borrowed(cell));
            let Some(after) = after else { return Some(cells) };
            rest = after;
            continue;
        };
        let (cell, after) = quoted_cell(quoted)?;
        cells.push(Cow::Owned(cell));
        let Some(after) = after.trim_start_matches(|c| c != separator).strip_prefix(separator) else {
            return Some(cells);
        };
        rest = after;
    }
}

/// A cell after its opening quote, and what follows its closing quote. Two quotes stand for one.
fn quoted_cell(mut rest: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => return Some((cell, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_into_cells() {
        for (line, expected) in [
            ("a;b;c", Some("a|b|c")),
            ("\"a;b\";c", Some("a;b|c")),
            ("a;\"b \"\"x\"\"\";", Some("a|b \"x\"|")),
            ("a;b\"c;d", Some("a|b\"c|d")),
            ("a;\"b;c", None),
            ("\"\"", Some("")),
        ] {
            assert_eq!(cells(line, b';').map(|cells| cells.join("|")).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn columns_are_known_by_their_words() {
        for header in ["lon,id,lat", "\u{feff}ID;Breite;Länge", "id\tStraße\tHausnummer\tPLZ", "\"id\",\"lat\",\"lng\""]
        {
            assert!(PointsFile::read("x", header.as_bytes()).is_ok(), "{header}");
        }
        let failed = |text: &str| PointsFile::read("x", text.as_bytes()).unwrap_err()[0].german();
        assert!(failed("id;lat\n1;2").contains("Gefunden: id, lat."));
        assert!(failed("id;lat;lon;breite\n1;2;3;4").contains("„breite“ zweimal"));
        assert!(failed("1|2|3").contains("Trennzeichen"));
        assert!(failed("").contains("keine Zeilen"));
    }

    #[test]
    fn what_cannot_be_read_has_a_reason() {
        let read = |cells: [&'static str; COUNT]| address(move |column| cells[column]).map_err(Cow::into_owned);
        assert!(read(["1", "53,55", "9.99", "", "", "", ""]).unwrap().point.is_some());
        assert!(read(["1", "", "", "Weg", "12a", "Ort", "01234"]).unwrap().point.is_none());
        for (cells, expected) in [
            (["1", "", "", "", "", "", ""], "Es fehlen"),
            (["1", "53.5", "", "", "", "", ""], "nur eine"),
            (["1", "x", "9", "", "", "", ""], "keine Zahlen"),
            (["1", "nan", "9", "", "", "", ""], "keine Zahlen"),
            (["1", "9.99", "53.5", "", "", "", ""], "vertauscht"),
            (["1", "40", "-74", "", "", "", ""], "außerhalb Deutschlands"),
            (["1", "5933947", "565756", "", "", "", ""], "in Grad"),
            (["1", "", "", "Weg", "x", "", ""], "Hausnummer"),
            (["1", "", "", "Weg", "1", "", "123"], "Postleitzahl"),
        ] {
            let reason = read(cells).unwrap_err();
            assert!(reason.contains(expected), "{reason}");
        }
    }
}
