// SPDX-License-Identifier: EUPL-1.2
//! What was ended and may be taken back. The row stays when it is: who ended what, and who took it back.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::{Contact, TakenAway};
use domain::kernel::{CaseId, Day, Moment, TakenAwayId};
use uuid::Uuid;

crate::statement! {
    REMEMBER = "INSERT INTO taken_away (office_id, id, case_id, kind, object_id, words, done_by, done_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_CASE = "SELECT t.id, t.case_id, t.kind, t.object_id, t.words, a.name, t.done_at, t.undone_at FROM taken_away t
               JOIN account a ON a.office_id = t.office_id AND a.id = t.done_by
               WHERE t.office_id = $1 AND t.case_id = $2 AND t.done_at >= $3 ORDER BY t.done_at DESC, t.id DESC LIMIT 100";
    ONE = "SELECT t.id, t.case_id, t.kind, t.object_id, t.words, a.name, t.done_at, t.undone_at FROM taken_away t
           JOIN account a ON a.office_id = t.office_id AND a.id = t.done_by
           WHERE t.office_id = $1 AND t.id = $2";
    UNDONE = "UPDATE taken_away SET undone_by = $3, undone_at = $4 WHERE office_id = $1 AND id = $2 AND undone_at IS NULL";
    CONDITION = "UPDATE case_condition SET lifted_on = NULL, lifted_why = NULL WHERE office_id = $1 AND id = $2 AND lifted_on IS NOT NULL";
    LEGAL_ROLE = "UPDATE legal_role SET ended_on = NULL, ended_by = NULL, ended_why = NULL WHERE office_id = $1 AND id = $2 AND ended_on IS NOT NULL";
    CONTACT = "UPDATE person_contact SET ended_on = NULL, digits = $3, digits_back = $4 WHERE office_id = $1 AND id = $2 AND ended_on IS NOT NULL";
    DUE = "UPDATE due SET state = 'open',
                  team_id = (SELECT c.team_id FROM case_file c WHERE c.office_id = due.office_id AND c.id = due.case_id),
                  owner_id = (SELECT c.worker_id FROM case_file c WHERE c.office_id = due.office_id AND c.id = due.case_id)
           WHERE office_id = $1 AND id = $2 AND state <> 'open'";
    LIVED = "UPDATE lived_place SET ended_on = NULL WHERE office_id = $1 AND id = $2 AND ended_on IS NOT NULL";
    HELP = "UPDATE package_help SET valid_until = (SELECT t.was_until FROM taken_away t WHERE t.office_id = package_help.office_id AND t.id = $3)
            WHERE office_id = $1 AND id = $2";
    REMEMBER_UNTIL = "UPDATE taken_away SET was_until = $3 WHERE office_id = $1 AND id = $2";
    LIVED_NAME = "SELECT name FROM lived_place WHERE office_id = $1 AND id = $2";
    HELP_WORDS = "SELECT who, what, valid_until FROM package_help WHERE office_id = $1 AND id = $2";
    CONTACT_SHOWN = "SELECT shown FROM person_contact WHERE office_id = $1 AND id = $2";
    CONDITION_WORDS = "SELECT words FROM case_condition WHERE office_id = $1 AND id = $2";
}

/// Something ended.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// Id.
    pub id: TakenAwayId,
    /// In which case.
    pub case: CaseId,
    /// What.
    pub kind: TakenAway,
    /// Which.
    pub object: Uuid,
    /// What it said, for the list.
    pub words: &'a str,
}

/// Remembers that something was ended.
///
/// # Errors
/// When the engine fails.
pub fn remember(tx: &WriteTx<'_>, ended: &Ended<'_>) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        ended.id.into(),
        ended.case.into(),
        ended.kind.code().into(),
        ended.object.into(),
        ended.words.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&REMEMBER, &params).map(|_| ())
}

/// Something ended, as its list shows it.
#[derive(Debug, Clone)]
pub struct EndedView {
    /// Id.
    pub id: TakenAwayId,
    /// In which case.
    pub case: CaseId,
    /// What.
    pub kind: TakenAway,
    /// Which.
    pub object: Uuid,
    /// What it said.
    pub words: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Taken back when.
    pub undone_at: Option<Moment>,
}

fn view(row: Row) -> Result<EndedView, StoreError> {
    let mut row = row.read("taken_away");
    Ok(EndedView {
        id: row.id()?,
        case: row.id()?,
        kind: row.code(TakenAway::from_code)?,
        object: row.uuid()?,
        words: row.text()?,
        by: row.text()?,
        at: row.moment()?,
        undone_at: row.maybe_moment()?,
    })
}

/// What was ended in a case since a moment, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId, since: Moment) -> Result<Vec<EndedView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into(), since.into()])?.into_iter().map(view).collect()
}

/// One of them.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: TakenAwayId) -> Result<Option<EndedView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// What a contact says, also of one that ended.
///
/// # Errors
/// When the engine fails.
pub fn contact_words(tx: &ReadTx<'_>, id: Uuid) -> Result<Option<String>, StoreError> {
    tx.one(&CONTACT_SHOWN, &[id.into()])?.map(|row| row.read("person_contact").text()).transpose()
}

/// Remembers the last day that something had before it was ended.
///
/// # Errors
/// When the engine fails.
pub fn remember_until(tx: &WriteTx<'_>, id: TakenAwayId, until: Option<Day>) -> Result<(), StoreError> {
    tx.run(&REMEMBER_UNTIL, &[id.into(), until.into()]).map(|_| ())
}

/// The name of a place of everyday life.
///
/// # Errors
/// When the engine fails.
pub fn lived_name(tx: &ReadTx<'_>, id: Uuid) -> Result<Option<String>, StoreError> {
    tx.one(&LIVED_NAME, &[id.into()])?.map(|row| row.read("lived_place").text()).transpose()
}

/// What a help of a support package says, and its last day so far.
///
/// # Errors
/// When the engine fails.
pub fn help_words(tx: &ReadTx<'_>, id: Uuid) -> Result<Option<(String, Option<Day>)>, StoreError> {
    let Some(row) = tx.one(&HELP_WORDS, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("package_help");
    Ok(Some((format!("{}: {}", row.text()?, row.text()?), row.maybe_day()?)))
}

/// What a condition says.
///
/// # Errors
/// When the engine fails.
pub fn condition_words(tx: &ReadTx<'_>, id: Uuid) -> Result<Option<String>, StoreError> {
    tx.one(&CONDITION_WORDS, &[id.into()])?.map(|row| row.read("case_condition").text()).transpose()
}

/// Takes it back: it holds again as before. `false` where it was taken back already, or goes on by other means.
///
/// # Errors
/// When the engine fails.
pub fn take_back(tx: &WriteTx<'_>, ended: &EndedView) -> Result<bool, StoreError> {
    let object: Value = ended.object.into();
    let again = match ended.kind {
        TakenAway::Condition => tx.run(&CONDITION, &[object])?,
        TakenAway::LegalRole => tx.run(&LEGAL_ROLE, &[object])?,
        TakenAway::Due => tx.run(&DUE, &[object])?,
        TakenAway::LivedPlace => tx.run(&LIVED, &[object])?,
        TakenAway::PackageHelp => tx.run(&HELP, &[object, ended.id.into()])?,
        TakenAway::Contact => {
            let shown = contact_words(tx, ended.object)?.unwrap_or_default();
            let (digits, back) = match Contact::read(&shown) {
                Ok(Contact::Phone(phone)) => (phone.digits().to_owned(), phone.digits_back()),
                _ => Default::default(),
            };
            tx.run(&CONTACT, &[object, digits.into(), back.into()])?
        }
    };
    let undone = tx.run(&UNDONE, &[ended.id.into(), tx.grant().user().into(), tx.now().into()])?;
    Ok(again > 0 && undone > 0)
}
