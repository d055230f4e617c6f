// SPDX-License-Identifier: EUPL-1.2
//! Tables as files: CSV and XLSX, the one place that writes them. Amounts go from whole cents to decimal text; only the
//! workbook, which knows no other number, takes that text as its own. Nothing that people typed can become a formula.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::kernel::Balance;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// By this at the beginning spreadsheets know UTF-8.
const MARK: &str = "\u{feff}";
/// The number format of the workbook with dots between thousands and two places.
const AMOUNT: u8 = 4;
/// From so many cents on a spreadsheet would lose some.
const EXACT: u64 = 1_000_000_000_000_000;

/// Signs with which a spreadsheet begins a formula, also as wide letters.
const FORMULA: [char; 13] = ['=', '+', '-', '−', '@', '|', '%', '\t', '\r', '\n', '＝', '＋', '＠'];

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, never a formula.
    Text(String),
    /// An amount in cents.
    Cents(i64),
    /// Not for this reader.
    Hidden,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Balance> for Cell {
    fn from(sum: Balance) -> Self {
        Self::Cents(sum.cents())
    }
}

impl From<Option<Balance>> for Cell {
    fn from(sum: Option<Balance>) -> Self {
        sum.map_or(Self::Hidden, Self::from)
    }
}

/// Euros with two places: `-1234,56`.
fn euros(cents: i64, point: char) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}{point}{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// A text as a cell of a CSV: nothing that a spreadsheet would take for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// A table on its way to a file.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Lines.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// As CSV: semicolons, German numbers, a mark at the beginning by which spreadsheets know UTF-8.
    ///
    /// # Errors
    /// Never in memory; the writer has the possibility.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => guarded(text),
            Cell::Cents(cents) => euros(*cents, ','),
            Cell::Hidden => "–".to_owned(),
        };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(MARK.as_bytes().to_vec());
        writer.write_record(self.head.iter().map(|head| guarded(head)))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(cell))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }

    /// As XLSX. Texts are texts there and never formulas; amounts are written with two places.
    ///
    /// # Errors
    /// When the table is larger than a workbook can be.
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // The same table is always the same file.
        book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
        let sheet = book.add_worksheet().set_name("Tabelle")?.set_freeze_panes(1, 0)?;
        let (bold, money) = (Format::new().set_bold(), Format::new().set_num_format_index(AMOUNT));
        for (column, head) in (0..).zip(&self.head) {
            sheet.write_string_with_format(0, column, head, &bold)?;
        }
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(line, column, text)?,
                    Cell::Hidden => sheet.write_string(line, column, "–")?,
                    // A spreadsheet holds fifteen digits; what is longer stays whole as text.
                    Cell::Cents(cents) if cents.unsigned_abs() < EXACT => {
                        let decimal: f64 = euros(*cents, '.').parse().unwrap_or_default();
                        sheet.write_number_with_format(line, column, decimal, &money)?
                    }
                    Cell::Cents(cents) => sheet.write_string(line, column, euros(*cents, ','))?,
                };
            }
        }
        sheet.autofit();
        book.save_to_buffer()
    }

    /// As a file of this name: XLSX if asked for, else CSV.
    #[must_use]
    pub fn file(&self, name: &str, wanted: &str) -> Response {
        let (bytes, ending, kind) = if wanted == "xlsx" {
            (self.xlsx().ok(), "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        } else {
            (self.csv().ok(), "csv", "text/csv; charset=utf-8")
        };
        let Some(bytes) = bytes else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{ending}\""));
        let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
        ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    fn sheet(cells: Vec<Cell>) -> Sheet {
        Sheet { head: vec!["A".into()], rows: vec![cells] }
    }

    fn csv_of(cells: Vec<Cell>) -> String {
        String::from_utf8(sheet(cells).csv().unwrap()).unwrap()
    }

    fn xml_of(cells: Vec<Cell>, part: &str) -> String {
        let mut book = zip::ZipArchive::new(Cursor::new(sheet(cells).xlsx().unwrap())).unwrap();
        let mut xml = String::new();
        book.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
        xml
    }

    #[test]
    fn no_cell_is_a_formula_and_amounts_are_numbers() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+49 40", "'+49 40"),
            ("-cmd", "'-cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("\t=1", "'\t=1"),
            ("|calc", "'|calc"),
            ("a;\"b\"", "\"a;\"\"b\"\"\""),
            ("2026-0001", "2026-0001"),
        ] {
            assert_eq!(csv_of(vec![text.into()]), format!("\u{feff}A\r\n{cell}\r\n"), "{text}");
        }
        let row = vec![Cell::Cents(-5), Cell::Cents(123_456), Cell::Hidden];
        assert_eq!(csv_of(row), "\u{feff}A\r\n-0,05;1234,56;–\r\n");
    }

    #[test]
    fn amounts_are_written_exactly() {
        for (cents, text) in [
            (10, "<v>0.1</v>"),
            (-1, "<v>-0.01</v>"),
            (1_501_907_407, "<v>15019074.07</v>"),
            (999_999_999_999_999, "<v>9999999999999.99</v>"),
            (-999_999_999_999_999, "<v>-9999999999999.99</v>"),
        ] {
            let xml = xml_of(vec![Cell::Cents(cents)], "xl/worksheets/sheet1.xml");
            assert!(xml.contains(text), "{cents}: {xml}");
        }
        assert!(xml_of(vec![Cell::Cents(i64::MAX)], "xl/sharedStrings.xml").contains("92233720368547758,07"));
    }

    #[test]
    fn texts_stay_texts_in_a_workbook() {
        let cells = || vec!["=1+1 <b> & \u{1}".into(), Cell::Hidden];
        let strings = xml_of(cells(), "xl/sharedStrings.xml");
        assert!(strings.contains("=1+1 &lt;b&gt; &amp; ") && strings.contains(">–<") && !strings.contains('\u{1}'));
        assert!(!xml_of(cells(), "xl/worksheets/sheet1.xml").contains("<f>"));
        assert_eq!(sheet(cells()).xlsx().unwrap(), sheet(cells()).xlsx().unwrap(), "the same table is the same file");
    }
}
