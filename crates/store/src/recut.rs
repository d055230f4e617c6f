// SPDX-License-Identifier: EUPL-1.2
//! New cuts of the spaces: drafts with their files, plans with the editions they wrote, and what was withdrawn.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::kernel::{CaseId, Day, EditionId, Line, Moment, Note, RecutId, SpaceId, TeamId};
use domain::territory::RecutState;
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO recut (office_id, id, title, valid_from, key_field, name_field, region_field, state, drafted_by, drafted_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9)";
    INSERT_FILE = "INSERT INTO recut_file (office_id, recut_id, kind, name, content) VALUES ($1, $2, $3, $4, $5)";
    PLAN = "UPDATE recut SET state = 'planned', planned_by = $3, planned_at = $4 WHERE office_id = $1 AND id = $2 AND state = 'draft'";
    WITHDRAW = "UPDATE recut SET state = 'withdrawn', withdrawn_by = $3, withdrawn_at = $4, withdrawn_why = $5
                WHERE office_id = $1 AND id = $2 AND state <> 'withdrawn'";
    INSERT_EDITION = "INSERT INTO recut_edition (office_id, recut_id, edition_id) VALUES ($1, $2, $3)";
    EDITIONS = "SELECT edition_id FROM recut_edition WHERE office_id = $1 AND recut_id = $2 ORDER BY edition_id";
    HOLD = "INSERT INTO edition_hold (office_id, edition_id, held_at) VALUES ($1, $2, $3)";
    LIST = "SELECT id, title, valid_from, key_field, name_field, region_field, state, drafted_at, withdrawn_why FROM recut
            WHERE office_id = $1 ORDER BY valid_from DESC, id DESC";
    ONE = "SELECT id, title, valid_from, key_field, name_field, region_field, state, drafted_at, withdrawn_why FROM recut
           WHERE office_id = $1 AND id = $2";
    FILES = "SELECT kind, name, content FROM recut_file WHERE office_id = $1 AND recut_id = $2 ORDER BY kind";
    CASE_PLACES = "SELECT c.id, c.team_id, c.space_id, c.moved_at,
                     (SELECT r.place FROM report r WHERE r.office_id = c.office_id AND r.case_id = c.id ORDER BY r.received_at DESC, r.id DESC LIMIT 1)
                   FROM case_file c WHERE c.office_id = $1 AND (c.moved_at, c.id) < ($2, $3) ORDER BY c.moved_at DESC, c.id DESC LIMIT $4";
    SPACES_OF_AGREEMENTS = "SELECT a.id, a.title, s.space_id FROM agreement_space s JOIN agreement a ON a.office_id = s.office_id AND a.id = s.agreement_id
                            WHERE s.office_id = $1 AND s.space_id = $2 AND a.valid_from <= $3 AND (a.valid_until IS NULL OR a.valid_until >= $3)
                            ORDER BY a.title, a.id";
    DAYS = "SELECT DISTINCT e.valid_from FROM territory_edition e WHERE e.office_id = $1 AND e.kind = $2
              AND NOT EXISTS (SELECT 1 FROM edition_hold h WHERE h.office_id = e.office_id AND h.edition_id = e.id) ORDER BY e.valid_from";
}

/// A new cut as kept.
#[derive(Debug, Clone)]
pub struct RecutView {
    /// Id.
    pub id: RecutId,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub valid_from: Day,
    /// Field of the key in the file of boundaries.
    pub key_field: String,
    /// Field of the name.
    pub name_field: String,
    /// Field of the region.
    pub region_field: Option<String>,
    /// Where it stands.
    pub state: RecutState,
    /// When it was handed in.
    pub drafted_at: Moment,
    /// Why it was withdrawn.
    pub withdrawn_why: Option<String>,
}

/// A new cut on its way in.
#[derive(Debug, Clone)]
pub struct NewRecut {
    /// What it is called.
    pub title: Line,
    /// Its day.
    pub valid_from: Day,
    /// Field of the key.
    pub key_field: String,
    /// Field of the name.
    pub name_field: String,
    /// Field of the region.
    pub region_field: Option<String>,
}

/// A file as it was handed in.
#[derive(Debug, Clone)]
pub struct RecutFile {
    /// `spaces`, `zu`, `ra` or `points`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its text.
    pub content: String,
}

/// Keeps a draft with its files.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: RecutId, new: &NewRecut, files: &[RecutFile]) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        new.title.as_str().into(),
        new.valid_from.into(),
        (&new.key_field).into(),
        (&new.name_field).into(),
        new.region_field.clone().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params)?;
    for file in files {
        tx.run(&INSERT_FILE, &[id.into(), (&file.kind).into(), (&file.name).into(), (&file.content).into()])?;
    }
    Ok(())
}

/// Plans a draft; `false` if it is none any more.
///
/// # Errors
/// When the engine fails.
pub fn plan(tx: &WriteTx<'_>, id: RecutId, editions: &[EditionId]) -> Result<bool, StoreError> {
    for edition in editions {
        tx.run(&INSERT_EDITION, &[id.into(), (*edition).into()])?;
    }
    Ok(tx.run(&PLAN, &[id.into(), tx.grant().user().into(), tx.now().into()])? == 1)
}

/// Withdraws a draft or a plan: its editions will never count. `false` if it was withdrawn before.
///
/// # Errors
/// When the engine fails.
pub fn withdraw(tx: &WriteTx<'_>, id: RecutId, why: &Note) -> Result<bool, StoreError> {
    let params = [id.into(), tx.grant().user().into(), tx.now().into(), why.as_str().into()];
    if tx.run(&WITHDRAW, &params)? == 0 {
        return Ok(false);
    }
    for edition in editions(tx, id)? {
        tx.run(&HOLD, &[edition.into(), tx.now().into()])?;
    }
    Ok(true)
}

/// The editions that a plan wrote.
///
/// # Errors
/// When the engine fails.
pub fn editions(tx: &ReadTx<'_>, id: RecutId) -> Result<Vec<EditionId>, StoreError> {
    tx.rows(&EDITIONS, &[id.into()])?.into_iter().map(|row| row.read("recut_edition").id()).collect()
}

fn view(row: Row) -> Result<RecutView, StoreError> {
    let mut row = row.read("recut");
    Ok(RecutView {
        id: row.id()?,
        title: row.text()?,
        valid_from: row.day()?,
        key_field: row.text()?,
        name_field: row.text()?,
        region_field: row.maybe_text()?,
        state: row.code(RecutState::from_code)?,
        drafted_at: row.moment()?,
        withdrawn_why: row.maybe_text()?,
    })
}

/// All new cuts, the latest day first.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<RecutView>, StoreError> {
    tx.rows(&LIST, &[])?.into_iter().map(view).collect()
}

/// One.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: RecutId) -> Result<Option<RecutView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Its files.
///
/// # Errors
/// When the engine fails.
pub fn files(tx: &ReadTx<'_>, id: RecutId) -> Result<Vec<RecutFile>, StoreError> {
    tx.rows(&FILES, &[id.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("recut_file");
            Ok(RecutFile { kind: row.text()?, name: row.text()?, content: row.text()? })
        })
        .collect()
}

/// Where a family lives, as its latest report says, and who works with it.
#[derive(Clone)]
pub struct CasePlace {
    /// The case.
    pub case: CaseId,
    /// Its team.
    pub team: TeamId,
    /// Its space so far.
    pub space: Option<SpaceId>,
    /// For the next page of the list.
    pub mark: (Moment, Uuid),
    /// The address as reported.
    pub place: Option<String>,
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for CasePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CasePlace({}, {:?})", self.case, self.space)
    }
}

/// Cases with their addresses, latest moved first, without names: to be counted.
///
/// # Errors
/// When the engine fails.
pub fn case_places(tx: &ReadTx<'_>, after: (Moment, Uuid), limit: i64) -> Result<Vec<CasePlace>, StoreError> {
    tx.rows(&CASE_PLACES, &[after.0.into(), after.1.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("case_file");
            let (case, team, space, moved) = (row.id::<CaseId>()?, row.id()?, row.maybe_id()?, row.moment()?);
            Ok(CasePlace { case, team, space, mark: (moved, case.0), place: row.maybe_text()? })
        })
        .collect()
}

/// Titles of the agreements for a space that are in force on a day.
///
/// # Errors
/// When the engine fails.
pub fn agreements_for(tx: &ReadTx<'_>, space: SpaceId, on: Day) -> Result<Vec<(Uuid, String)>, StoreError> {
    tx.rows(&SPACES_OF_AGREEMENTS, &[space.into(), on.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("agreement");
            Ok((row.uuid()?, row.text()?))
        })
        .collect()
}

/// The days from which editions of boundaries count, in order.
///
/// # Errors
/// When the engine fails.
pub fn days(tx: &ReadTx<'_>) -> Result<Vec<Day>, StoreError> {
    tx.rows(&DAYS, &["boundaries".into()])?.into_iter().map(|row| row.read("territory_edition").day()).collect()
}
