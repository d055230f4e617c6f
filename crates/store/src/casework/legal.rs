// SPDX-License-Identifier: EUPL-1.2
//! Roles in law towards a child. An end is added; nothing is overwritten.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{Holder, LegalKind, LegalRole, NewLegalRole, Proof};
use domain::kernel::{CaseId, Day, LegalRoleId, Line, PersonId};

crate::statement! {
    INSERT = "INSERT INTO legal_role (office_id, id, case_id, child_id, holder_id, holder_name, kind, scope, valid_from, valid_until,
                                      proof, proof_of, proof_words, recorded_by, recorded_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    OF_CASE = "SELECT l.id, l.child_id, COALESCE(h.name, l.holder_name), l.kind, l.scope, l.valid_from,
                 COALESCE(l.ended_on, l.valid_until), l.proof, l.proof_of, l.proof_words, l.ended_why, a.name, l.holder_id
               FROM legal_role l JOIN account a ON a.office_id = l.office_id AND a.id = l.recorded_by
               LEFT JOIN person h ON h.office_id = l.office_id AND h.id = l.holder_id
               WHERE l.office_id = $1 AND l.case_id = $2 ORDER BY l.id LIMIT 200";
    CASE_OF = "SELECT case_id, valid_from, ended_on FROM legal_role WHERE office_id = $1 AND id = $2";
    END = "UPDATE legal_role SET ended_on = $3, ended_by = $4, ended_why = $5 WHERE office_id = $1 AND id = $2 AND ended_on IS NULL";
}

/// Records a role.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: LegalRoleId, case: CaseId, new: &NewLegalRole) -> Result<(), StoreError> {
    let (holder, name): (Option<PersonId>, Option<&str>) = match &new.holder {
        Holder::Person(person) => (Some(*person), None),
        Holder::Named(name) => (None, Some(name.as_str())),
    };
    let params: [Value; 14] = [
        id.into(),
        case.into(),
        new.child.into(),
        holder.into(),
        name.into(),
        new.kind.code().into(),
        new.scope.as_ref().map(Line::as_str).into(),
        new.from.into(),
        new.until.into(),
        new.proof.code().into(),
        new.proof_of.into(),
        new.proof_words.as_ref().map(Line::as_str).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A role as shown.
#[derive(Debug, Clone)]
pub struct RoleView {
    /// As the rules see it.
    pub role: LegalRole,
    /// Who holds it.
    pub holder: String,
    /// For which matters.
    pub scope: Option<String>,
    /// The day of the document.
    pub proof_of: Option<Day>,
    /// Which document.
    pub proof_words: Option<String>,
    /// Why it ended.
    pub ended_why: Option<String>,
    /// Who recorded it.
    pub recorded_by: String,
    /// The holder, if somebody of the case.
    pub holder_id: Option<PersonId>,
}

/// The roles in a case, as they were recorded.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<RoleView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("legal_role");
            let (id, child, holder) = (row.id()?, row.id()?, row.text()?);
            let (kind, scope) = (row.code(LegalKind::from_code)?, row.maybe_text()?);
            let (from, until, proof) = (row.maybe_day()?, row.maybe_day()?, row.code(Proof::from_code)?);
            let role = LegalRole { id, child, kind, from, until, proof };
            let (proof_of, proof_words, ended_why) = (row.maybe_day()?, row.maybe_text()?, row.maybe_text()?);
            let (recorded_by, holder_id) = (row.text()?, row.maybe_id()?);
            Ok(RoleView { role, holder, scope, proof_of, proof_words, ended_why, recorded_by, holder_id })
        })
        .collect()
}

/// The case of a role, since when it holds, and when it ended.
pub type Held = (CaseId, Option<Day>, Option<Day>);

/// The case of a role, since when it holds, and when it ended.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: LegalRoleId) -> Result<Option<Held>, StoreError> {
    let Some(row) = tx.one(&CASE_OF, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("legal_role");
    Ok(Some((row.id()?, row.maybe_day()?, row.maybe_day()?)))
}

/// Ends a role; answers whether it was still running.
///
/// # Errors
/// When the engine fails.
pub fn end(tx: &WriteTx<'_>, id: LegalRoleId, on: Day, why: &Line) -> Result<bool, StoreError> {
    let params = [id.into(), on.into(), tx.grant().user().into(), why.as_str().into()];
    Ok(tx.run(&END, &params)? == 1)
}
