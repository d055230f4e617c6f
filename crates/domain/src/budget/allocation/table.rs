// SPDX-License-Identifier: EUPL-1.2
//! The table of areas and indicators, as it is pasted out of a spreadsheet.

use super::plan::Fault;
use super::ratio::Ratio;
use super::rules::{CELLS_UNEVEN, COLUMN_UNKNOWN, NAME_TWICE, NAME_UNFIT, NO_AREA, NUMBER_UNREADABLE, TABLE_TOO_LARGE};
use super::step::Origin;
use crate::kernel::{Amount, Line};

const MOST_AREAS: usize = 150;
const MOST_COLUMNS: usize = 20;
/// Field of the form.
const FIELD: &str = "table";
/// Heads of the columns that are no indicators.
const PREVIOUS: [&str; 2] = ["bisher", "previous"];
const MINIMUM: [&str; 2] = ["mindestens", "minimum"];

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Indikator")]
pub struct Column {
    /// Head of the column.
    pub name: String,
    /// Where its values come from.
    pub origin: Origin,
    /// Values by area; nothing where the cell is empty.
    pub values: Vec<Option<Ratio>>,
}

/// An area, or whoever else gets a share.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Gebiet")]
pub struct Area {
    /// Name.
    pub name: String,
    /// Its line in the pasted text, from 1.
    pub line: usize,
    /// What it had the year before, in cents.
    pub previous: Option<i64>,
    /// What it gets at least, in cents.
    pub minimum: i64,
}

/// Areas and indicators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Indikatorentabelle")]
pub struct Table {
    /// The areas.
    pub areas: Vec<Area>,
    /// The indicators.
    pub columns: Vec<Column>,
}

impl Table {
    /// Reads a pasted table: a head, then a line for each area; cells apart by tabs or semicolons.
    ///
    /// # Errors
    /// Every fault with its line and column.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let Some((_, head)) = lines.next() else { return Err(vec![Fault::at(NO_AREA, FIELD)]) };
        let mark = if head.contains('\t') { '\t' } else { ';' };
        let heads = cells(head, mark);
        let rows: Vec<(usize, Vec<String>)> = lines.map(|(n, line)| (n + 1, cells(line, mark))).collect();
        let mut faults = shape_faults(&heads, &rows);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut table = Self::default();
        table.areas.extend(rows.iter().map(|(line, row)| Area {
            name: row[0].clone(),
            line: *line,
            previous: None,
            minimum: 0,
        }));
        for (at, head) in heads.iter().enumerate().skip(1) {
            let cells = rows.iter().map(|(line, row)| (*line, row[at].as_str())).collect::<Vec<_>>();
            table.take(head, &cells, &mut faults);
        }
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }

    fn take(&mut self, head: &str, cells: &[(usize, &str)], faults: &mut Vec<Fault>) {
        let is = |names: [&str; 2]| names.contains(&head.to_lowercase().as_str());
        if !is(PREVIOUS) && !is(MINIMUM) {
            let values = cells.iter().map(|(line, cell)| number(cell, *line, head, faults)).collect();
            self.columns.push(Column { name: head.to_owned(), origin: Origin::default(), values });
            return;
        }
        for (area, (line, cell)) in self.areas.iter_mut().zip(cells) {
            let cents = cents(cell, *line, head, faults);
            match is(PREVIOUS) {
                true => area.previous = cents,
                false => area.minimum = cents.unwrap_or_default(),
            }
        }
    }

    /// The place of a column.
    ///
    /// # Errors
    /// [`COLUMN_UNKNOWN`] at a field.
    pub fn column(&self, name: &str, field: &'static str) -> Result<usize, Fault> {
        let found = self.columns.iter().position(|column| column.name == name.trim());
        found.ok_or_else(|| Fault::at(COLUMN_UNKNOWN, field).about(name))
    }

    /// The place of an area.
    #[must_use]
    pub fn area(&self, name: &str) -> Option<usize> {
        self.areas.iter().position(|area| area.name == name.trim())
    }
}

fn cells(line: &str, mark: char) -> Vec<String> {
    let bare = |cell: &str| cell.trim().trim_matches('"').split_whitespace().collect::<Vec<_>>().join(" ");
    line.split(mark).map(bare).collect()
}

fn shape_faults(heads: &[String], rows: &[(usize, Vec<String>)]) -> Vec<Fault> {
    let fault = |rule| Fault::at(rule, FIELD);
    if rows.is_empty() {
        return vec![fault(NO_AREA)];
    }
    if rows.len() > MOST_AREAS || heads.len() > MOST_COLUMNS + 1 {
        return vec![fault(TABLE_TOO_LARGE)];
    }
    let mut faults = Vec::new();
    let named = |name: &str| Line::parse(name).is_ok();
    for (at, head) in heads.iter().enumerate().skip(1) {
        if !named(head) {
            faults.push(fault(NAME_UNFIT).line(1));
        } else if heads[1..at].contains(head) {
            faults.push(fault(NAME_TWICE).line(1).about(head));
        }
    }
    for (at, (line, row)) in rows.iter().enumerate() {
        if row.len() != heads.len() {
            faults.push(fault(CELLS_UNEVEN).line(*line));
        } else if !named(&row[0]) {
            faults.push(fault(NAME_UNFIT).line(*line));
        } else if rows[..at].iter().any(|(_, other)| other[0] == row[0]) {
            faults.push(fault(NAME_TWICE).line(*line).about(&row[0]));
        }
    }
    faults
}

fn number(cell: &str, line: usize, head: &str, faults: &mut Vec<Fault>) -> Option<Ratio> {
    if cell.is_empty() || cell == "–" || cell == "-" {
        return None;
    }
    match Ratio::parse(cell.trim_end_matches('%')) {
        Ok(value) => Some(value),
        Err(refusal) => {
            faults.push(Fault::at(refusal.rule, FIELD).line(line).about(head));
            None
        }
    }
}

fn cents(cell: &str, line: usize, head: &str, faults: &mut Vec<Fault>) -> Option<i64> {
    let euros = number(cell.trim_end_matches('€'), line, head, faults)?;
    let cents = (&euros * &Ratio::whole(100)).to_whole().filter(|cents| Amount::from_cents((*cents).max(1)).is_ok());
    if cents.is_none() {
        faults.push(Fault::at(NUMBER_UNREADABLE, FIELD).line(line).about(head));
    }
    cents
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<(&'static str, Option<usize>, String)> {
        let faults = Table::parse(text).unwrap_err();
        faults.into_iter().map(|fault| (fault.rule.code(), fault.line, fault.about)).collect()
    }

    #[test]
    fn a_pasted_table_is_read() {
        for text in [
            "Gebiet;Kinder;bisher\nNord;1.000;12,50\nSüd;;0",
            "Gebiet\tKinder\tbisher\r\nNord\t1000\t12,50 €\r\n\r\nSüd\t–\t0\r\n",
        ] {
            let table = Table::parse(text).unwrap();
            assert_eq!(table.areas.iter().map(|area| area.previous).collect::<Vec<_>>(), [Some(1250), Some(0)]);
            assert_eq!(table.columns[0].values, [Some(Ratio::whole(1000)), None]);
            assert_eq!((table.column("Kinder", "x"), table.area("Süd")), (Ok(0), Some(1)));
        }
    }

    #[test]
    fn faults_name_line_and_column() {
        assert_eq!(rules(""), [("allocation.no_area", None, String::new())]);
        assert_eq!(rules("Gebiet;A"), [("allocation.no_area", None, String::new())]);
        let of = |code, line, about: &str| (code, Some(line), about.to_owned());
        assert_eq!(rules("G;A\nNord;1\n\nSüd;2;3"), [of("allocation.cells_uneven", 4, "")]);
        assert_eq!(rules("G;A\nNord;1\nNord;2"), [of("allocation.name_twice", 3, "Nord")]);
        assert_eq!(rules("G;A;A\nNord;1;2"), [of("allocation.name_twice", 1, "A")]);
        assert_eq!(rules("G;A\nNord;12.50"), [of("allocation.number_unreadable", 2, "A")]);
        assert_eq!(rules("G;bisher\nNord;0,001"), [of("allocation.number_unreadable", 2, "bisher")]);
        assert_eq!(rules("G;A\n;1"), [of("allocation.name_unfit", 2, "")]);
    }
}
