// SPDX-License-Identifier: EUPL-1.2
//! Cards in and out: what a table's columns can mean, how its rows become cards, what is said about each of them, and
//! what the Human Services Data Specification asks of data that carry its name.
//!
//! Whatever comes in – CSV, workbook, GeoJSON, HSDS, calendar – is a [`Table`] first; there is one reader of tables.
//! No consent comes out of a file: a private person is a draft for whoever imports, until the person agreed.

mod address;
mod budget;
mod column;
mod contact;
mod hsds;
mod place;
mod said;
mod take;
mod vocabulary;

pub use budget::{Budget, MOST_NOTICES, weigh_data, weigh_table};
pub use column::Column;
pub use hsds::{Entity, Fact, HSDS_VERSIONS, Need, Sort, entities, entity};
pub use said::{Because, Fault, Said};
pub use take::{Outcome, Plan, Taken, What, take};
pub use vocabulary::Words;

use crate::access::codes;
use crate::kernel::Rule;

/// Rows of one file (own rule: what a page can still tell about).
pub const MOST_ROWS: usize = 100_000;
/// Columns of one file.
pub const MOST_COLUMNS: usize = 200;
/// Entries of one calendar.
pub const MOST_EVENTS: usize = 2_000;
/// So many days a draft of a private person waits for its consent; then it is forgotten.
pub const DRAFT_DAYS: i32 = 30;
/// What waits is forgotten: without consent there is no ground to keep it.
pub const DRAFT_WAITS: Rule = Rule::new("trade.draft_waits", "Art. 5(1)(e), 6, 7 DSGVO");
/// Rows with errors, and nobody said that the others are to be taken without them.
pub const ROWS_FAULTY: Rule = Rule::new("trade.rows_faulty", "Import: ganz oder gar nicht");
/// No file was chosen.
pub const FILE_MISSING: Rule = Rule::new("trade.file_missing", "Pflichtangabe");
/// A file that cannot be read at all; what is wrong stands beside it.
pub const FILE_UNREADABLE: Rule = Rule::new("trade.file_unreadable", "RFC 4180, RFC 7946, RFC 5545, HSDS 3.1");
/// The same column was chosen twice.
pub const COLUMN_TWICE: Rule = Rule::new("trade.column_twice", "Eindeutigkeit");
/// No column has the names.
pub const NAME_COLUMN_MISSING: Rule = Rule::new("trade.name_column_missing", "Pflichtangabe");
/// Somebody stopped it while it was written.
pub const IMPORT_STOPPED: Rule = Rule::new("trade.import_stopped", "Import: ganz oder gar nicht");
/// There is nothing to take.
pub const NOTHING_TO_TAKE: Rule = Rule::new("trade.nothing_to_take", "Pflichtangabe");

codes! {
    /// What a table was before.
    #[doc(alias = "Herkunft einer Tabelle")]
    Source {
        /// Text with separators, perhaps our own export with what makes it safe.
        Text = "text",
        /// A workbook, where numbers have lost their zeros in front.
        Workbook = "workbook",
        /// Data whose cells stand as they are.
        Data = "data",
    }
}

/// A table out of a file: heads, rows with the lines they stand on, and what was noticed while reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Tabelle")]
pub struct Table {
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Lines, counted from 1 as people see them, with their cells.
    pub rows: Vec<(usize, Vec<String>)>,
    /// What it was.
    pub source: Source,
    /// What was noticed.
    pub said: Vec<Said>,
}

impl Default for Table {
    /// Nothing at all, as if out of a text.
    fn default() -> Self {
        Self { head: Vec::new(), rows: Vec::new(), source: Source::Text, said: Vec::new() }
    }
}

#[cfg(test)]
mod tests;
