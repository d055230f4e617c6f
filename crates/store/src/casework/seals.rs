// SPDX-License-Identifier: EUPL-1.2
//! Protected addresses. The words of an address are read by two functions only: the one that shows it to somebody
//! whose look is on record, and the one that keeps it out of other texts.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{NewSeal, SealReason, street_key};
use domain::kernel::{CaseId, Day, HumanId, Line, Moment, Note, PersonId, SealId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO sealed_address (office_id, id, case_id, person_id, reason, why, sealed_on, review_on, sealed_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    INSERT_PLACE = "INSERT INTO sealed_place (office_id, id, seal_id, place, street_key, origin, valid_from, valid_until, recorded_by, recorded_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT s.case_id, s.person_id, p.human_id, s.lifted_on FROM sealed_address s
           JOIN person p ON p.office_id = s.office_id AND p.id = s.person_id WHERE s.office_id = $1 AND s.id = $2";
    OF_CASE = "SELECT s.id, p.id, p.name, s.reason, s.why, s.sealed_on, s.review_on, a.name, s.lifted_on, s.lifted_why FROM person p
               CROSS JOIN person q CROSS JOIN sealed_address s JOIN account a ON a.office_id = s.office_id AND a.id = s.sealed_by
               WHERE p.office_id = $1 AND p.case_id = $2 AND p.merged_into IS NULL AND q.office_id = p.office_id AND q.human_id = p.human_id
                 AND s.office_id = q.office_id AND s.person_id = q.id ORDER BY s.sealed_on DESC, s.id DESC LIMIT 50";
    OF_HUMAN = "SELECT s.id FROM person q CROSS JOIN sealed_address s
                WHERE q.office_id = $1 AND q.human_id = $2 AND s.office_id = q.office_id AND s.person_id = q.id AND s.lifted_on IS NULL LIMIT 1";
    PLACES = "SELECT place, origin, valid_from, valid_until FROM sealed_place WHERE office_id = $1 AND seal_id = $2 ORDER BY id DESC LIMIT 50";
    STREETS = "SELECT DISTINCT x.street_key FROM person p CROSS JOIN person q CROSS JOIN sealed_address s CROSS JOIN sealed_place x
               WHERE p.office_id = $1 AND p.case_id = $2 AND q.office_id = p.office_id AND q.human_id = p.human_id
                 AND s.office_id = q.office_id AND s.person_id = q.id AND x.office_id = s.office_id AND x.seal_id = s.id AND s.lifted_on IS NULL LIMIT 100";
    RESIDENCES_OF = "SELECT r.id, r.place, r.valid_from, r.valid_until FROM residence r WHERE r.office_id = $1 AND r.person_id = $2 LIMIT 100";
    DROP_RESIDENCE = "DELETE FROM residence WHERE office_id = $1 AND id = $2";
    REPORTS_OF = "SELECT id, place FROM report WHERE office_id = $1 AND case_id = $2 AND place <> '' LIMIT 100";
    CLEAR_REPORT = "UPDATE report SET place = '' WHERE office_id = $1 AND id = $2";
    KEEP_LOOK = "INSERT INTO sealed_look (office_id, id, seal_id, seen_by, seen_at, reason) VALUES ($1, $2, $3, $4, $5, $6)";
    LOOKS = "SELECT a.name, l.seen_at, l.reason FROM sealed_look l JOIN account a ON a.office_id = l.office_id AND a.id = l.seen_by
             WHERE l.office_id = $1 AND l.seal_id = $2 ORDER BY l.id DESC LIMIT 20";
    LIFT = "UPDATE sealed_address SET lifted_on = $3, lifted_by = $4, lifted_why = $5 WHERE office_id = $1 AND id = $2 AND lifted_on IS NULL";
    SEALED_OF_CASE = "SELECT s.id FROM person p CROSS JOIN person q CROSS JOIN sealed_address s
                      WHERE p.office_id = $1 AND p.case_id = $2 AND q.office_id = p.office_id AND q.human_id = p.human_id
                        AND s.office_id = q.office_id AND s.person_id = q.id AND s.lifted_on IS NULL LIMIT 1";
}

/// Who a protected address belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Sealed {
    /// The case in which it was recorded.
    pub case: CaseId,
    /// The entry.
    pub person: PersonId,
    /// The human being.
    pub human: HumanId,
}

/// Keeps a protected address.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: SealId, of: Sealed, new: &NewSeal) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        of.case.into(),
        of.person.into(),
        new.reason.code().into(),
        new.why.as_str().into(),
        tx.now().day().into(),
        new.review_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A place of a protected address: where it comes from, and from – until.
#[derive(Clone)]
pub struct SealedPlace {
    /// The words.
    pub place: String,
    /// `typed`, `residence` or `report`.
    pub origin: String,
    /// Since.
    pub from: Option<Day>,
    /// Until.
    pub until: Option<Day>,
}

/// A protected address never reaches a log line.
impl std::fmt::Debug for SealedPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedPlace(…)")
    }
}

/// Keeps the words of a protected address.
///
/// # Errors
/// When the engine fails.
pub fn insert_place(tx: &WriteTx<'_>, id: Uuid, seal: SealId, new: &SealedPlace) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        id.into(),
        seal.into(),
        (&new.place).into(),
        street_key(&new.place).into(),
        (&new.origin).into(),
        new.from.into(),
        new.until.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_PLACE, &params).map(|_| ())
}

/// Takes the open addresses of an entry away, to be kept under the seal.
///
/// # Errors
/// When the engine fails.
pub fn take_residences(tx: &WriteTx<'_>, person: PersonId) -> Result<Vec<SealedPlace>, StoreError> {
    let mut taken = Vec::new();
    for row in tx.rows(&RESIDENCES_OF, &[person.into()])? {
        let mut row = row.read("residence");
        let id: Uuid = row.uuid()?;
        let (place, from, until) = (row.text()?, row.maybe_day()?, row.maybe_day()?);
        taken.push(SealedPlace { place, origin: "residence".to_owned(), from, until });
        tx.run(&DROP_RESIDENCE, &[id.into()])?;
    }
    Ok(taken)
}

/// Takes the places out of the reports of a case, to be kept under the seal.
///
/// # Errors
/// When the engine fails.
pub fn take_reports(tx: &WriteTx<'_>, case: CaseId) -> Result<Vec<SealedPlace>, StoreError> {
    let mut taken = Vec::new();
    for row in tx.rows(&REPORTS_OF, &[case.into()])? {
        let mut row = row.read("report");
        let (id, place) = (row.uuid()?, row.text()?);
        taken.push(SealedPlace { place, origin: "report".to_owned(), from: None, until: None });
        tx.run(&CLEAR_REPORT, &[id.into()])?;
    }
    Ok(taken)
}

/// Who a protected address belongs to, and whether it was lifted.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: SealId) -> Result<Option<(Sealed, bool)>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("sealed_address");
    let of = Sealed { case: row.id()?, person: row.id()?, human: row.id()? };
    Ok(Some((of, row.maybe_day()?.is_some())))
}

/// That an address is protected, without its words.
#[derive(Debug, Clone)]
pub struct SealView {
    /// Id.
    pub id: SealId,
    /// Whose entry in this case.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: SealReason,
    /// In words.
    pub why: String,
    /// Since.
    pub sealed_on: Day,
    /// When somebody looks whether it is still needed.
    pub review_on: Day,
    /// Who protected it.
    pub by: String,
    /// When it was lifted.
    pub lifted_on: Option<Day>,
    /// Why.
    pub lifted_why: Option<String>,
}

/// The protected addresses of the people of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<SealView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("sealed_address");
            Ok(SealView {
                id: row.id()?,
                person: row.id()?,
                name: row.text()?,
                reason: row.code(SealReason::from_code)?,
                why: row.text()?,
                sealed_on: row.day()?,
                review_on: row.day()?,
                by: row.text()?,
                lifted_on: row.maybe_day()?,
                lifted_why: row.maybe_text()?,
            })
        })
        .collect()
}

/// Is an address of this human being protected?
///
/// # Errors
/// When the engine fails.
pub fn is_sealed(tx: &ReadTx<'_>, human: HumanId) -> Result<bool, StoreError> {
    Ok(tx.one(&OF_HUMAN, &[human.into()])?.is_some())
}

/// Has anybody of a case a protected address?
///
/// # Errors
/// When the engine fails.
pub fn any_in_case(tx: &ReadTx<'_>, case: CaseId) -> Result<bool, StoreError> {
    Ok(tx.one(&SEALED_OF_CASE, &[case.into()])?.is_some())
}

/// The words of a protected address, newest first: for somebody whose look is on record.
///
/// # Errors
/// When the engine fails.
pub fn places(tx: &ReadTx<'_>, seal: SealId) -> Result<Vec<SealedPlace>, StoreError> {
    tx.rows(&PLACES, &[seal.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("sealed_place");
            let (place, origin) = (row.text()?, row.text()?);
            Ok(SealedPlace { place, origin, from: row.maybe_day()?, until: row.maybe_day()? })
        })
        .collect()
}

/// The streets that no text out of a case may tell.
///
/// # Errors
/// When the engine fails.
pub fn streets(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<String>, StoreError> {
    tx.rows(&STREETS, &[case.into()])?.into_iter().map(|row| row.read("sealed_place").text()).collect()
}

/// Keeps a look.
///
/// # Errors
/// When the engine fails.
pub fn keep_look(tx: &WriteTx<'_>, id: Uuid, seal: SealId, reason: &Note) -> Result<(), StoreError> {
    let params = [id.into(), seal.into(), tx.grant().user().into(), tx.now().into(), reason.as_str().into()];
    tx.run(&KEEP_LOOK, &params).map(|_| ())
}

/// The newest looks at a protected address: who, when, why.
///
/// # Errors
/// When the engine fails.
pub fn looks(tx: &ReadTx<'_>, seal: SealId) -> Result<Vec<(String, Moment, String)>, StoreError> {
    tx.rows(&LOOKS, &[seal.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("sealed_look");
            Ok((row.text()?, row.moment()?, row.text()?))
        })
        .collect()
}

/// Lifts the protection; answers whether it was in force.
///
/// # Errors
/// When the engine fails.
pub fn lift(tx: &WriteTx<'_>, id: SealId, why: &Line) -> Result<bool, StoreError> {
    let params = [id.into(), tx.now().day().into(), tx.grant().user().into(), why.as_str().into()];
    Ok(tx.run(&LIFT, &params)? == 1)
}
