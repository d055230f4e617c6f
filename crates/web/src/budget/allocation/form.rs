// SPDX-License-Identifier: EUPL-1.2
//! Between the form and the sheet. Lists are typed line by line, cells apart by semicolons; the table can be
//! pasted, or filled in field by field.

use super::keys;
use crate::kit::FormData;
use app::allocation::{
    AgencyLine, DampingLine, Paper, PurposeLine, ScopeLine, ShareLine, Sheet, SourceLine, Typed, work_out,
};
use domain::budget::allocation::Fault;

/// Lines and columns of the table that is filled in field by field.
const ROWS: usize = 8;
const COLUMNS: usize = 5;
/// Name of its fields.
const CELL: &str = "cell";

/// The cells of each line that has any.
pub(super) fn lines(text: &str) -> Vec<Vec<&str>> {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    filled.map(|line| line.split(';').map(str::trim).collect()).collect()
}

pub(super) fn cell(line: &[&str], at: usize) -> String {
    line.get(at).copied().unwrap_or_default().to_owned()
}

pub(super) fn typed(line: &[&str], at: usize) -> Typed {
    Typed(cell(line, at))
}

/// Works the form out: its sheet, and what comes out.
///
/// # Errors
/// Everything that is wrong, not only the first of it.
pub fn worked_out(form: &FormData) -> Result<(Sheet, Paper), Vec<Fault>> {
    let (sheet, mut faults) = sheet_of(form);
    match work_out(&sheet) {
        Ok(paper) if faults.is_empty() => Ok((sheet, paper)),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.extend(more);
            Err(faults)
        }
    }
}

/// Reads the form; beside the sheet what the sheet cannot say about it.
fn sheet_of(form: &FormData) -> (Sheet, Vec<Fault>) {
    let (methods, faults) = keys::read(form);
    let value = |field: &str| form.value(field).trim().to_owned();
    let rows = |field: &str| lines(form.value(field));
    let scope = |field: &'static str, inside| {
        let line = move |line: &Vec<&str>| ScopeLine {
            paragraph: cell(line, 0),
            inside: Some(inside),
            amount: typed(line, 1),
        };
        rows(field).iter().map(line).collect::<Vec<_>>()
    };
    let table = form.value("table");
    let sheet = Sheet {
        title: value("title"),
        year: value("year").into(),
        total: value("total").into(),
        scope: [scope("scope_in", true), scope("scope", false)].concat(),
        top_slice: value("top_slice").into(),
        methods,
        sources: rows("sources")
            .iter()
            .map(|line| SourceLine { column: cell(line, 0), source: cell(line, 1), as_of: cell(line, 2) })
            .collect(),
        table: if table.trim().is_empty() { Grid::of(form).text() } else { table.to_owned() },
        minimum: value("minimum").into(),
        damping: rows("damping")
            .iter()
            .map(|line| DampingLine { year: typed(line, 0), percent: typed(line, 1) })
            .collect(),
        damping_borne: value("damping_borne"),
        purposes: rows("purposes")
            .iter()
            .map(|line| PurposeLine { name: cell(line, 0), percent: typed(line, 1) })
            .collect(),
        agencies: rows("agencies")
            .iter()
            .map(|line| AgencyLine { area: cell(line, 0), agency: cell(line, 1), weight: typed(line, 2) })
            .collect(),
        instalments: value("instalments").into(),
    };
    (sheet, faults)
}

/// What a form would hold to say the same; none if it cannot, because the key mixes more than the form has room for.
pub fn fields_of(sheet: &Sheet) -> Option<Vec<(&'static str, String)>> {
    let joined = |lines: Vec<Vec<&str>>| lines.iter().map(|cells| cells.join("; ")).collect::<Vec<_>>().join("\n");
    let scope = |inside: bool| {
        let of = sheet.scope.iter().filter(|line| line.inside == Some(inside));
        joined(of.map(|line| vec![line.paragraph.as_str(), line.amount.0.as_str()]).collect())
    };
    let of = |text: &str| text.to_owned();
    let mut all = vec![
        ("title", of(&sheet.title)),
        ("year", of(&sheet.year.0)),
        ("total", of(&sheet.total.0)),
        ("scope_in", scope(true)),
        ("scope", scope(false)),
        ("top_slice", of(&sheet.top_slice.0)),
        (
            "sources",
            joined(sheet.sources.iter().map(|line| vec![&*line.column, &*line.source, &*line.as_of]).collect()),
        ),
        ("table", of(&sheet.table)),
        ("minimum", of(&sheet.minimum.0)),
        ("damping", joined(sheet.damping.iter().map(|line| vec![&*line.year.0, &*line.percent.0]).collect())),
        ("damping_borne", of(&sheet.damping_borne)),
        ("purposes", joined(sheet.purposes.iter().map(|line| vec![&*line.name, &*line.percent.0]).collect())),
        (
            "agencies",
            joined(sheet.agencies.iter().map(|line| vec![&*line.area, &*line.agency, &*line.weight.0]).collect()),
        ),
        ("instalments", of(&sheet.instalments.0)),
    ];
    all.extend(keys::fields(sheet)?);
    Some(all)
}

/// The head of the column with what there was before.
const PREVIOUS: &str = "bisher";

/// The same table with a column of what its areas were given, in place of an older one.
pub fn with_previous(table: &str, shares: &[ShareLine]) -> String {
    let mark = if table.lines().next().is_some_and(|head| head.contains('\t')) { '\t' } else { ';' };
    let mut rows = table.lines().filter(|line| !line.trim().is_empty()).map(|line| line.split(mark));
    let Some(mut head) = rows.next().map(|row| row.map(str::to_owned).collect::<Vec<_>>()) else {
        return table.to_owned();
    };
    let at = head.iter().position(|name| name.trim().eq_ignore_ascii_case(PREVIOUS)).unwrap_or_else(|| {
        head.push(PREVIOUS.to_owned());
        head.len() - 1
    });
    let with = |row: std::str::Split<'_, char>| {
        let mut row: Vec<String> = row.map(str::to_owned).collect();
        let area = row.first().map(|name| name.trim().to_owned()).unwrap_or_default();
        let given = shares.iter().find(|share| share.area == area);
        let given = given.map(|share| super::say::euros(share.cents).replace(" €", "")).unwrap_or_default();
        row.resize(head.len(), String::new());
        row[at] = given;
        row.join(&mark.to_string())
    };
    let rows: Vec<String> = rows.map(with).collect();
    std::iter::once(head.join(&mark.to_string())).chain(rows).collect::<Vec<_>>().join("\n")
}

/// The table that is filled in field by field: the first line is its head.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Lines of cells.
    pub rows: Vec<Vec<String>>,
}

impl Default for Grid {
    fn default() -> Self {
        Self { rows: vec![vec![String::new(); COLUMNS]; ROWS] }
    }
}

impl Grid {
    /// As it was sent.
    pub fn of(form: &FormData) -> Self {
        let mut cells = form.values(CELL);
        let mut grid = Self::default();
        for cell in grid.rows.iter_mut().flatten() {
            *cell = cells.next().unwrap_or_default().to_owned();
        }
        grid
    }

    /// Was anything filled in?
    pub fn is_used(&self) -> bool {
        self.rows.iter().flatten().any(|cell| !cell.trim().is_empty())
    }

    /// The same as pasted text, without empty lines and without empty columns at the end.
    fn text(&self) -> String {
        let filled = |row: &Vec<String>| row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
        let width = self.rows.iter().map(filled).max().unwrap_or_default();
        let rows = self.rows.iter().filter(|row| filled(row) > 0);
        rows.map(|row| row[..width].join(";")).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> FormData {
        FormData::of(&[
            ("title", "Probe"),
            ("year", "2027"),
            ("total", "1.000"),
            ("scope", "§ 34; 100"),
            ("method", "cases"),
            ("base", "12,5 %"),
            ("indicators", "Fälle; hoch"),
            ("sources", "Fälle; Fachverfahren; 30.06.2026"),
            ("cell", "Gebiet"),
            ("cell", "Fälle"),
            ("cell", ""),
            ("cell", ""),
            ("cell", ""),
            ("cell", "Nord"),
            ("cell", "3"),
        ])
    }

    #[test]
    fn fields_become_a_table() {
        let (sheet, paper) = worked_out(&form()).unwrap();
        assert_eq!(sheet.table, "Gebiet;Fälle\nNord;3");
        assert_eq!((&*sheet.methods[0].percent.0, &*sheet.methods[1].percent.0), ("87,5", "12,5 %"));
        assert_eq!(paper.shares[0].cents, 90_000);
    }

    #[test]
    fn what_was_decided_becomes_the_year_before() {
        let shares = worked_out(&form()).unwrap().1.shares;
        assert_eq!(
            with_previous("Gebiet;Fälle\n\nNord;3\nWest;1", &shares),
            "Gebiet;Fälle;bisher\nNord;3;900,00\nWest;1;"
        );
        assert_eq!(
            with_previous("Gebiet\tBisher\tFälle\nNord\t1\t3", &shares),
            "Gebiet\tBisher\tFälle\nNord\t900,00\t3"
        );
        assert_eq!(with_previous("", &shares), "");
    }

    #[test]
    fn what_was_kept_fills_the_form_again() {
        let (sheet, _) = sheet_of(&form());
        let fields = fields_of(&sheet).unwrap();
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(sheet_of(&FormData::of(&pairs)).0, sheet);
        let mut mixed = sheet;
        mixed.methods.extend(vec![mixed.methods[0].clone(); 3]);
        assert!(fields_of(&mixed).is_none());
    }
}
