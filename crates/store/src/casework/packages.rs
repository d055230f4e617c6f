// SPDX-License-Identifier: EUPL-1.2
//! Support packages: helps taken up or weighed, and what was said about their use, which is only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::{HelpSource, NewHelp, NewUse, Rater, Really, Weighing};
use domain::kernel::{CaseId, CommissionId, Day, HelpId, Line, Note, SpaceId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO package_help (office_id, id, case_id, source, weighing, who, what, extent, valid_from, valid_until, why, recorded_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    OF_CASE = "SELECT h.id, h.source, h.weighing, h.who, h.what, h.extent, h.valid_from, h.valid_until, h.why, a.name
               FROM package_help h JOIN account a ON a.office_id = h.office_id AND a.id = h.recorded_by
               WHERE h.office_id = $1 AND h.case_id = $2 ORDER BY h.id";
    ONE = "SELECT case_id, weighing, valid_from FROM package_help WHERE office_id = $1 AND id = $2";
    PAID = "SELECT case_id, valid_from FROM commission WHERE office_id = $1 AND id = $2";
    END = "UPDATE package_help SET valid_until = $3 WHERE office_id = $1 AND id = $2";
    INSERT_USE = "INSERT INTO package_use (office_id, id, case_id, help_id, commission_id, used, said_on, rater, words, recorded_by)
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    USES = "SELECT COALESCE(u.help_id, u.commission_id), u.used, u.said_on, u.rater, u.words, a.name
            FROM package_use u JOIN account a ON a.office_id = u.office_id AND a.id = u.recorded_by
            WHERE u.office_id = $1 AND u.case_id = $2 ORDER BY u.said_on, u.id";
    // The last row of each help is the last word on it; it leaves the house above as a share of several cases only.
    BY_SPACE = "SELECT c.space_id, s.name, u.case_id, COALESCE(u.help_id, u.commission_id), COALESCE(h.source, 'paid'), u.used
                FROM package_use u
                JOIN case_file c ON c.office_id = u.office_id AND c.id = u.case_id
                JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
                LEFT JOIN package_help h ON h.office_id = u.office_id AND h.id = u.help_id
                WHERE u.office_id = $1 AND u.said_on >= $2
                ORDER BY s.name, c.space_id, u.said_on, u.id";
}

/// A help as shown.
#[derive(Debug, Clone)]
pub struct HelpView {
    /// Id.
    pub id: HelpId,
    /// Where it comes from.
    pub source: HelpSource,
    /// Taken up, or weighed.
    pub weighing: Weighing,
    /// Who helps.
    pub who: String,
    /// What they do.
    pub what: String,
    /// How much.
    pub extent: Option<String>,
    /// From.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// Why it was not taken up.
    pub why: Option<String>,
    /// Who wrote it down.
    pub recorded_by: String,
}

/// Keeps a help.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: HelpId, case: CaseId, new: &NewHelp) -> Result<(), StoreError> {
    let params: [Value; 11] = [
        id.into(),
        case.into(),
        new.source.code().into(),
        new.weighing.code().into(),
        new.who.as_str().into(),
        new.what.as_str().into(),
        new.extent.as_ref().map(Line::as_str).into(),
        new.period.from().into(),
        new.period.until().into(),
        new.why.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// The helps of a case, in the order they were written down.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<HelpView>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("package_help");
        Ok(HelpView {
            id: row.id()?,
            source: row.code(HelpSource::from_code)?,
            weighing: row.code(Weighing::from_code)?,
            who: row.text()?,
            what: row.text()?,
            extent: row.maybe_text()?,
            from: row.day()?,
            until: row.maybe_day()?,
            why: row.maybe_text()?,
            recorded_by: row.text()?,
        })
    };
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(read).collect()
}

/// A help's case, whether it was taken up, and since when.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: HelpId) -> Result<Option<(CaseId, Weighing, Day)>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("package_help");
        Ok((row.id()?, row.code(Weighing::from_code)?, row.day()?))
    };
    tx.one(&ONE, &[id.into()])?.map(read).transpose()
}

/// A commission's case, and since when it runs.
///
/// # Errors
/// When the engine fails.
pub fn paid(tx: &ReadTx<'_>, id: CommissionId) -> Result<Option<(CaseId, Day)>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("commission");
        Ok((row.id()?, row.day()?))
    };
    tx.one(&PAID, &[id.into()])?.map(read).transpose()
}

/// A help ends.
///
/// # Errors
/// When the engine fails.
pub fn end(tx: &WriteTx<'_>, id: HelpId, until: Day) -> Result<(), StoreError> {
    tx.run(&END, &[id.into(), until.into()]).map(|_| ())
}

/// Which help a word on use is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsedHelp {
    /// One of the package's own.
    Help(HelpId),
    /// A commissioned one.
    Paid(CommissionId),
}

/// Keeps what was said about the use of a help.
///
/// # Errors
/// When the engine fails.
pub fn insert_use(tx: &WriteTx<'_>, id: Uuid, of: (CaseId, UsedHelp), new: &NewUse) -> Result<(), StoreError> {
    let (help, commission): (Option<HelpId>, Option<CommissionId>) = match of.1 {
        UsedHelp::Help(help) => (Some(help), None),
        UsedHelp::Paid(commission) => (None, Some(commission)),
    };
    let params: [Value; 9] = [
        id.into(),
        of.0.into(),
        help.into(),
        commission.into(),
        new.used.code().into(),
        new.said_on.into(),
        new.rater.code().into(),
        new.words.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_USE, &params).map(|_| ())
}

/// What was said about the use of a help.
#[derive(Debug, Clone)]
pub struct UseView {
    /// Of which help or commission.
    pub help: Uuid,
    /// Was it used?
    pub used: Really,
    /// When that was said.
    pub said_on: Day,
    /// By whom.
    pub rater: Rater,
    /// In their words.
    pub words: Option<String>,
    /// Who wrote it down.
    pub recorded_by: String,
}

/// All that was said about the use of a case's helps, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn uses(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<UseView>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("package_use");
        Ok(UseView {
            help: row.uuid()?,
            used: row.code(Really::from_code)?,
            said_on: row.day()?,
            rater: row.code(Rater::from_code)?,
            words: row.maybe_text()?,
            recorded_by: row.text()?,
        })
    };
    tx.rows(&USES, &[case.into()])?.into_iter().map(read).collect()
}

/// A word on the use of one help, with the place of its case.
#[derive(Debug, Clone)]
pub struct SpaceUse {
    /// Where the case is.
    pub space: SpaceId,
    /// Its name.
    pub name: String,
    /// Which case.
    pub case: CaseId,
    /// Which help or commission.
    pub help: Uuid,
    /// Where the help comes from.
    pub source: HelpSource,
    /// Was it used?
    pub used: Really,
}

/// What was said about use since a day, oldest first in each space.
///
/// # Errors
/// When the engine fails.
pub fn by_space(tx: &ReadTx<'_>, since: Day) -> Result<Vec<SpaceUse>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("package_use");
        Ok(SpaceUse {
            space: row.id()?,
            name: row.text()?,
            case: row.id()?,
            help: row.uuid()?,
            source: row.code(HelpSource::from_code)?,
            used: row.code(Really::from_code)?,
        })
    };
    tx.rows(&BY_SPACE, &[since.into()])?.into_iter().map(read).collect()
}
