// SPDX-License-Identifier: EUPL-1.2
//! Agreements on transitions to another carrier; each saving is a version, only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::{CarrierKind, NewTransition};
use domain::kernel::{CaseConsentId, CaseId, Day, Line, Note, TransitionId};

crate::statement! {
    INSERT = "INSERT INTO transition (office_id, id, case_id, carrier_kind, carrier, changes_on, talk_on, participants, goals, goes_on, steps,
                                      family_says, told, consent_id, agreed_by, agreed_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    OF_CASE = "SELECT t.id, t.case_id, t.carrier_kind, t.carrier, t.changes_on, t.talk_on, t.participants, t.goals, t.goes_on, t.steps, t.family_says,
                      t.told, t.consent_id, a.name, t.agreed_on
               FROM transition t JOIN account a ON a.office_id = t.office_id AND a.id = t.agreed_by
               WHERE t.office_id = $1 AND t.case_id = $2 ORDER BY t.id DESC LIMIT 50";
    ONE = "SELECT t.id, t.case_id, t.carrier_kind, t.carrier, t.changes_on, t.talk_on, t.participants, t.goals, t.goes_on, t.steps, t.family_says,
                  t.told, t.consent_id, a.name, t.agreed_on
           FROM transition t JOIN account a ON a.office_id = t.office_id AND a.id = t.agreed_by
           WHERE t.office_id = $1 AND t.id = $2";
}

/// An agreement as shown.
#[derive(Debug, Clone)]
pub struct TransitionView {
    /// Id of the version.
    pub id: TransitionId,
    /// In which case.
    pub case: CaseId,
    /// Who follows.
    pub kind: CarrierKind,
    /// Its name.
    pub carrier: String,
    /// Its first day.
    pub changes_on: Day,
    /// When it was talked about, or will be.
    pub talk_on: Option<Day>,
    /// Who takes part, one person a line.
    pub participants: String,
    /// What is to be reached.
    pub goals: String,
    /// What goes on.
    pub goes_on: String,
    /// Who does what until when.
    pub steps: String,
    /// What the young person and the family say.
    pub family_says: Option<String>,
    /// What the other carrier is told.
    pub told: Option<String>,
    /// By which consent.
    pub consent: Option<CaseConsentId>,
    /// Who agreed on it for the office.
    pub by: String,
    /// When.
    pub on: Day,
}

fn view(row: Row) -> Result<TransitionView, StoreError> {
    let mut row = row.read("transition");
    Ok(TransitionView {
        id: row.id()?,
        case: row.id()?,
        kind: row.code(CarrierKind::from_code)?,
        carrier: row.text()?,
        changes_on: row.day()?,
        talk_on: row.maybe_day()?,
        participants: row.text()?,
        goals: row.text()?,
        goes_on: row.text()?,
        steps: row.text()?,
        family_says: row.maybe_text()?,
        told: row.maybe_text()?,
        consent: row.maybe_id()?,
        by: row.text()?,
        on: row.day()?,
    })
}

/// Keeps a version of an agreement, with the consent by which something is told.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    (id, case): (TransitionId, CaseId),
    consent: Option<CaseConsentId>,
    new: &NewTransition,
) -> Result<(), StoreError> {
    let people: Vec<&str> = new.participants.iter().map(Line::as_str).collect();
    let params: [Value; 15] = [
        id.into(),
        case.into(),
        new.kind.code().into(),
        new.carrier.as_str().into(),
        new.changes_on.into(),
        new.talk_on.into(),
        people.join("\n").into(),
        new.goals.as_str().into(),
        new.goes_on.as_str().into(),
        new.steps.as_str().into(),
        new.family_says.as_ref().map(Note::as_str).into(),
        new.told.as_ref().map(Note::as_str).into(),
        consent.into(),
        tx.grant().user().into(),
        tx.now().day().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// The agreements of a case, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<TransitionView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(view).collect()
}

/// One version.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: TransitionId) -> Result<Option<TransitionView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}
