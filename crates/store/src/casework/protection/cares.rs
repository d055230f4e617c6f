// SPDX-License-Identifier: EUPL-1.2
//! Children in care, and the facts about it; only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::protection::{CareGround, FactKind, NewCare, NewFact, Placement};
use domain::kernel::{CareId, CaseId, Moment, PersonId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO care (office_id, id, case_id, child_id, ground, began_at, words, place, placement, begun_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT k.id, k.case_id, k.child_id, n.name, k.ground, k.began_at, k.words, k.place, k.placement, a.name
           FROM care k JOIN person n ON n.office_id = k.office_id AND n.id = k.child_id
           JOIN account a ON a.office_id = k.office_id AND a.id = k.begun_by
           WHERE k.office_id = $1 AND k.id = $2";
    OF_CASE = "SELECT k.id, k.case_id, k.child_id, n.name, k.ground, k.began_at, k.words, k.place, k.placement, a.name
               FROM care k JOIN person n ON n.office_id = k.office_id AND n.id = k.child_id
               JOIN account a ON a.office_id = k.office_id AND a.id = k.begun_by
               WHERE k.office_id = $1 AND k.case_id = $2 ORDER BY k.id";
    INSERT_FACT = "INSERT INTO care_fact (office_id, id, care_id, kind, at, words, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FACTS = "SELECT f.kind, f.at, f.words, a.name FROM care_fact f JOIN account a ON a.office_id = f.office_id AND a.id = f.written_by
             WHERE f.office_id = $1 AND f.care_id = $2 ORDER BY f.id";
}

/// Keeps that a child was taken into care.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: CareId, case: CaseId, new: &NewCare) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        id.into(),
        case.into(),
        new.child.into(),
        new.ground.code().into(),
        new.began.into(),
        new.words.as_str().into(),
        new.place.as_ref().map(|place| place.as_str()).unwrap_or_default().into(),
        new.placement.code().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A child in care.
#[derive(Debug, Clone)]
pub struct CareView {
    /// Id.
    pub id: CareId,
    /// The case.
    pub case: CaseId,
    /// The child.
    pub child: PersonId,
    /// Its name.
    pub child_name: String,
    /// Why.
    pub ground: CareGround,
    /// Since when.
    pub began: Moment,
    /// What happened.
    pub words: String,
    /// Where.
    pub place: String,
    /// With whom.
    pub placement: Placement,
    /// Who took it.
    pub by: String,
}

fn view(row: crate::row::Row) -> Result<CareView, StoreError> {
    let mut row = row.read("care");
    Ok(CareView {
        id: row.id()?,
        case: row.id()?,
        child: row.id()?,
        child_name: row.text()?,
        ground: row.code(CareGround::from_code)?,
        began: row.moment()?,
        words: row.text()?,
        place: row.text()?,
        placement: row.code(Placement::from_code)?,
        by: row.text()?,
    })
}

/// One.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CareId) -> Result<Option<CareView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Those of a case.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<CareView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(view).collect()
}

/// Keeps a fact.
///
/// # Errors
/// When the engine fails.
pub fn insert_fact(tx: &WriteTx<'_>, id: Uuid, care: CareId, new: &NewFact) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        care.into(),
        new.kind.code().into(),
        new.at.into(),
        new.words.as_ref().map(|words| words.as_str()).unwrap_or_default().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_FACT, &params).map(|_| ())
}

/// A fact.
#[derive(Debug, Clone)]
pub struct FactView {
    /// What.
    pub kind: FactKind,
    /// When.
    pub at: Moment,
    /// Who, how.
    pub words: String,
    /// Who wrote it.
    pub writer: String,
}

/// The facts about a child in care, in the order in which they were written.
///
/// # Errors
/// When the engine fails.
pub fn facts(tx: &ReadTx<'_>, care: CareId) -> Result<Vec<FactView>, StoreError> {
    tx.rows(&FACTS, &[care.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("care_fact");
            Ok(FactView {
                kind: row.code(FactKind::from_code)?,
                at: row.moment()?,
                words: row.text()?,
                writer: row.text()?,
            })
        })
        .collect()
}
