// SPDX-License-Identifier: EUPL-1.2
//! Shares as CSV for a spreadsheet: semicolons, German numbers, nothing that could be taken for a formula.

use super::say;
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::t;
use app::allocation::{Paper, ShareLine};
use axum::response::Response;

/// The table.
fn table(paper: &Paper) -> Sheet {
    let row = |share: &ShareLine| {
        let before = |cents: Option<i64>| cents.map_or(Cell::from(""), Cell::Cents);
        let percent = say::percent(share.cents, paper.distributed).replace(" %", "");
        let change = share.previous.map(|before| share.cents - before);
        vec![
            Cell::from(share.area.as_str()),
            Cell::Cents(share.cents),
            percent.into(),
            before(share.previous),
            before(change),
        ]
    };
    let head = ["area", "share", "percent", "before", "change"].map(|key| t(&format!("allocation-{key}")));
    Sheet { head: head.to_vec(), rows: paper.shares.iter().map(row).collect() }
}

/// As a file.
pub fn file(paper: &Paper) -> Response {
    table(paper).file("verteilung", "csv")
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
        let table = String::from_utf8(table(&work_out(&sheet).unwrap()).csv().unwrap()).unwrap();
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
