// SPDX-License-Identifier: EUPL-1.2
//! Agencies and their seats in teams.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::agencies::{Agency, AgencyKind, neutral_key};
use domain::kernel::{AgencyId, Line, TeamId};

crate::statement! {
    ALL = "SELECT id, name, kind, contact FROM agency WHERE office_id = $1 ORDER BY name_key";
    ONE = "SELECT id, name, kind, contact FROM agency WHERE office_id = $1 AND id = $2";
    INSERT = "INSERT INTO agency (office_id, id, name, name_key, kind, contact) VALUES ($1, $2, $3, $4, $5, $6)";
    SEATS = "SELECT agency_id FROM team_seat WHERE office_id = $1 AND team_id = $2";
    ALL_SEATS = "SELECT s.agency_id, t.name FROM team_seat s JOIN team t ON t.office_id = s.office_id AND t.id = s.team_id
                 WHERE s.office_id = $1 ORDER BY t.name";
    GIVE_SEAT = "INSERT INTO team_seat (office_id, team_id, agency_id) VALUES ($1, $2, $3) ON CONFLICT (office_id, team_id, agency_id) DO NOTHING";
}

fn agency(row: Row) -> Result<Agency, StoreError> {
    let mut row = row.read("agency");
    Ok(Agency {
        id: row.id()?,
        name: row.parsed(Line::parse)?,
        kind: row.code(AgencyKind::from_code)?,
        contact: row.maybe_parsed(Line::parse)?,
    })
}

/// All agencies, in the neutral order of their names (N5).
///
/// # Errors
/// When the engine fails.
pub fn all(tx: &ReadTx<'_>) -> Result<Vec<Agency>, StoreError> {
    tx.rows(&ALL, &[])?.into_iter().map(agency).collect()
}

/// One agency.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: AgencyId) -> Result<Option<Agency>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(agency).transpose()
}

/// Adds an agency.
///
/// # Errors
/// [`StoreError::Duplicate`] when the name is taken.
pub fn insert(tx: &WriteTx<'_>, new: &Agency) -> Result<(), StoreError> {
    let contact = new.contact.as_ref().map(|line| line.as_str().to_owned());
    let params: [Value; 5] = [
        new.id.into(),
        new.name.as_str().into(),
        neutral_key(&new.name).into(),
        new.kind.code().into(),
        contact.into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Agencies with a seat in a team.
///
/// # Errors
/// When the engine fails.
pub fn seats(tx: &ReadTx<'_>, team: TeamId) -> Result<Vec<AgencyId>, StoreError> {
    tx.rows(&SEATS, &[team.into()])?.into_iter().map(|row| row.read("team_seat").id()).collect()
}

/// All seats: agency and the team's name.
///
/// # Errors
/// When the engine fails.
pub fn all_seats(tx: &ReadTx<'_>) -> Result<Vec<(AgencyId, String)>, StoreError> {
    tx.rows(&ALL_SEATS, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("team_seat");
            Ok((row.id()?, row.text()?))
        })
        .collect()
}

/// Gives an agency a seat in a team.
///
/// # Errors
/// When the engine fails.
pub fn give_seat(tx: &WriteTx<'_>, team: TeamId, agency: AgencyId) -> Result<(), StoreError> {
    tx.run(&GIVE_SEAT, &[team.into(), agency.into()]).map(|_| ())
}
