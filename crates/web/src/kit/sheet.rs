// SPDX-License-Identifier: EUPL-1.2
//! Tables as files: CSV and XLSX. Amounts go from whole cents to text and never through a floating point; nothing that
//! people typed can become a formula.

use super::zip::stored;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::kernel::Balance;

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

/// A text as a cell of a CSV.
fn quoted(text: &str) -> String {
    let safe = if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() };
    if safe.contains([';', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// A text inside XML; signs that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n'))
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '\u{fffe}' | '\u{ffff}' => String::new(),
            c => c.to_string(),
        })
        .collect()
}

/// A table on its way to a file.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Lines.
    pub rows: Vec<Vec<Cell>>,
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Tabelle" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// Plain, bold for the head, amounts with dots and two places (format 4).
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>"#;

impl Sheet {
    /// As CSV: semicolons, German numbers, a mark at the beginning by which spreadsheets know UTF-8.
    #[must_use]
    pub fn csv(&self) -> String {
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => quoted(text),
            Cell::Cents(cents) => euros(*cents, ','),
            Cell::Hidden => "–".to_owned(),
        };
        let head = self.head.iter().map(|head| quoted(head)).collect::<Vec<_>>().join(";");
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(";"));
        std::iter::once(head).chain(rows).fold("\u{feff}".to_owned(), |text, line| text + &line + "\r\n")
    }

    fn xml(&self) -> String {
        let text = |style: &str, text: &str| {
            format!(r#"<c{style} t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, escaped(text))
        };
        let cell = |cell: &Cell| match cell {
            Cell::Text(words) => text("", words),
            Cell::Cents(cents) => format!(r#"<c s="2"><v>{}</v></c>"#, euros(*cents, '.')),
            Cell::Hidden => text("", "–"),
        };
        let head: String = self.head.iter().map(|words| text(r#" s="1""#, words)).collect();
        let rows: String =
            self.rows.iter().map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<String>())).collect();
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>{head}</row>{rows}</sheetData></worksheet>"#
        )
    }

    /// As XLSX. Texts are texts there and never formulas; amounts are decimals written from whole cents.
    #[must_use]
    pub fn xlsx(&self) -> Vec<u8> {
        let sheet = self.xml();
        stored(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", RELS.as_bytes()),
            ("xl/workbook.xml", BOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
            ("xl/styles.xml", STYLES.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    }

    /// As a file of this name: XLSX if asked for, else CSV.
    #[must_use]
    pub fn file(&self, name: &str, wanted: &str) -> Response {
        let (bytes, ending, kind) = if wanted == "xlsx" {
            (self.xlsx(), "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        } else {
            (self.csv().into_bytes(), "csv", "text/csv; charset=utf-8")
        };
        let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{ending}\""));
        let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
        ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: Vec<Cell>) -> Sheet {
        Sheet { head: vec!["A".into()], rows: vec![cells] }
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
            ("a;\"b\"", "\"a;\"\"b\"\"\""),
            ("2026-0001", "2026-0001"),
        ] {
            assert_eq!(sheet(vec![text.into()]).csv(), format!("\u{feff}A\r\n{cell}\r\n"), "{text}");
        }
        let row = vec![Cell::Cents(-5), Cell::Cents(123_456), Cell::Hidden];
        assert_eq!(sheet(row).csv(), "\u{feff}A\r\n-0,05;1234,56;–\r\n");
    }

    #[test]
    fn amounts_are_written_exactly() {
        for (cents, text) in
            [(10, "0.10"), (-1, "-0.01"), (i64::MAX, "92233720368547758.07"), (i64::MIN, "-92233720368547758.08")]
        {
            assert!(sheet(vec![Cell::Cents(cents)]).xml().contains(&format!("<v>{text}</v>")), "{cents}");
        }
    }

    #[test]
    fn texts_stay_texts_in_a_workbook() {
        let xml = sheet(vec!["=1+1 <b> & \u{1}".into(), Cell::Hidden]).xml();
        assert!(xml.contains(r#"<t xml:space="preserve">=1+1 &lt;b&gt; &amp; </t>"#) && xml.contains(">–<"));
        assert!(!xml.contains("<f>"));
        assert!(sheet(Vec::new()).xlsx().starts_with(b"PK\x03\x04"));
    }
}
