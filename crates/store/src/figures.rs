// SPDX-License-Identifier: EUPL-1.2
//! Figures of spaces, each with source and day; a later import of the same day replaces it.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::kernel::{Day, SpaceId, fold};
use domain::territory::{Figure, FigureKind, FigureValue};

crate::statement! {
    KEEP = "INSERT INTO space_figure (office_id, space_id, name_key, as_of, name, value, unit, source, kind, part_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (office_id, space_id, name_key, as_of) DO UPDATE SET name = excluded.name, value = excluded.value, unit = excluded.unit, source = excluded.source,
              kind = excluded.kind, part_of = excluded.part_of";
    OF_SPACE = "SELECT name, value, unit, source, as_of, kind, part_of FROM space_figure WHERE office_id = $1 AND space_id = $2 ORDER BY name_key, as_of DESC";
}

/// A figure as shown.
#[derive(Debug, Clone)]
pub struct FigureView {
    /// What is counted.
    pub name: String,
    /// How many.
    pub value: FigureValue,
    /// Of what.
    pub unit: Option<String>,
    /// Who says so.
    pub source: String,
    /// As of which day.
    pub as_of: Day,
    /// What is counted.
    pub kind: FigureKind,
    /// Name of the figure that this is a part of.
    pub part_of: Option<String>,
}

/// Keeps a figure of a space.
///
/// # Errors
/// When the engine fails.
pub fn keep(tx: &WriteTx<'_>, space: SpaceId, figure: &Figure) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        space.into(),
        fold(figure.name.as_str()).into(),
        figure.as_of.into(),
        figure.name.as_str().into(),
        figure.value.hundredths().into(),
        figure.unit.as_ref().map(|unit| unit.as_str().to_owned()).into(),
        figure.source.as_str().into(),
        figure.kind.code().into(),
        figure.part_of.as_ref().map(|whole| whole.as_str().to_owned()).into(),
    ];
    tx.run(&KEEP, &params).map(|_| ())
}

/// The figures of a space by name, the latest day of each first.
///
/// # Errors
/// When the engine fails.
pub fn of_space(tx: &ReadTx<'_>, space: SpaceId) -> Result<Vec<FigureView>, StoreError> {
    tx.rows(&OF_SPACE, &[space.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("space_figure");
            let (name, value) = (row.text()?, FigureValue::from_hundredths(row.int()?));
            let (unit, source, as_of) = (row.maybe_text()?, row.text()?, row.day()?);
            // What was imported before kinds were told may be people.
            let kind = row.maybe_text()?.and_then(|code| FigureKind::from_code(&code)).unwrap_or(FigureKind::People);
            Ok(FigureView { name, value, unit, source, as_of, kind, part_of: row.maybe_text()? })
        })
        .collect()
}
