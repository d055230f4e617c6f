// SPDX-License-Identifier: EUPL-1.2
//! Tables of imports as they are kept: rows with commas between, what was noticed one a line.

use crate::core::Failure;
use domain::resources::exchange::{Because, Fault, Said, Table};
use domain::territory::Severity;
use store::ReadTx;
use store::resources::imports::{self, ImportRow};

pub(super) fn written(head: &[String], rows: &[(usize, Vec<String>)]) -> String {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let first = std::iter::once((0, head));
    for (line, cells) in first.chain(rows.iter().map(|(line, cells)| (*line, cells.as_slice()))) {
        let record = std::iter::once(line.to_string()).chain(cells.iter().cloned());
        // Into memory, and rows may be of any length: there is nothing that could fail.
        out.write_record(record).unwrap_or_default();
    }
    out.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

pub(super) fn rows_of(text: &str) -> (Vec<String>, Vec<(usize, Vec<String>)>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = reader.records().filter_map(Result::ok).map(|record| {
        let line = record.get(0).and_then(|line| line.parse().ok()).unwrap_or_default();
        (line, record.iter().skip(1).map(str::to_owned).collect::<Vec<_>>())
    });
    let head = rows.next().map(|(_, cells)| cells).unwrap_or_default();
    (head, rows.collect())
}

/// What was noticed while reading: grave, line, fault, what it names; or a sentence of its own.
pub(super) fn notes_of(said: &[Said]) -> String {
    let line = |said: &Said| {
        let grave = if said.severity == Severity::Warning { "w" } else { "n" };
        let rest = match &said.because {
            Because::Fault(fault, params) => format!("{}\t{}", fault.code(), params.join("\t")),
            Because::File(sentence) => format!("-\t{sentence}"),
            Because::Rule(_) => return None,
        };
        Some(format!("{grave}\t{}\t{}", said.line, rest.replace('\n', " ")))
    };
    said.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn said_of(notes: &str) -> Vec<Said> {
    let said = |text: &str| {
        let mut parts = text.split('\t');
        let severity = if parts.next()? == "w" { Severity::Warning } else { Severity::Notice };
        let (line, code) = (parts.next()?.parse().ok()?, parts.next()?);
        let params: Vec<&str> = parts.collect();
        let plain = Said::file(severity, Fault::from_code(code).unwrap_or(Fault::Empty), &params).on(line);
        Some(if code == "-" { Said { because: Because::File(params.join(" ")), ..plain } } else { plain })
    };
    notes.lines().filter_map(said).collect()
}

pub(super) fn table_of(tx: &ReadTx<'_>, row: &ImportRow) -> Result<Option<Table>, Failure> {
    let Some(content) = imports::content(tx, row.id)? else { return Ok(None) };
    let (head, rows) = rows_of(&content);
    Ok(Some(Table { head, rows, source: row.source, said: said_of(&row.notes) }))
}
