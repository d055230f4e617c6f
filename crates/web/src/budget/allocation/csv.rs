// SPDX-License-Identifier: EUPL-1.2
//! Shares as CSV for a spreadsheet: semicolons, German numbers, nothing that could be taken for a formula.

use super::say;
use crate::kit::t;
use app::allocation::Paper;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Signs with which a spreadsheet begins a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn cell(text: &str) -> String {
    let safe = if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() };
    if safe.contains([';', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// Euros without sign of currency and without dots, so that every spreadsheet takes them for numbers. A minus is
/// one here, not text.
fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{},{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// The table.
fn table(paper: &Paper) -> String {
    let head = ["area", "share", "percent", "before", "change"].map(|key| cell(&t(&format!("allocation-{key}"))));
    let mut lines = vec![head.join(";")];
    for share in &paper.shares {
        let before = share.previous.map(euros).unwrap_or_default();
        let change = share.previous.map(|before| euros(share.cents - before)).unwrap_or_default();
        let percent = say::percent(share.cents, paper.distributed);
        lines.push([cell(&share.area), euros(share.cents), percent.replace(" %", ""), before, change].join(";"));
    }
    // Excel needs the mark to know that the text is UTF-8.
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// As a file.
pub fn file(paper: &Paper) -> Response {
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"verteilung.csv\"")];
    (headers, table(paper)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::allocation::{MethodLine, Sheet, work_out};

    #[test]
    fn formulas_are_text_and_amounts_are_numbers() {
        let sheet = Sheet {
            title: "Probe".into(),
            year: "2027".into(),
            total: "3.000".into(),
            methods: vec![MethodLine { method: "H".into(), ..MethodLine::default() }],
            table: "G;bisher\n=1+1;2.000\nB \"x\"\t;500,50".into(),
            ..Sheet::default()
        };
        let table = table(&work_out(&sheet).unwrap());
        let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(
            lines,
            [
                "Gebiet;Anteil;in Prozent;bisher;Änderung",
                "'=1+1;1500,00;50,00;2000,00;-500,00",
                "\"B \"\"x\";1500,00;50,00;500,50;999,50"
            ]
        );
    }
}
