// SPDX-License-Identifier: EUPL-1.2
//! Cards that a family turned down.

use crate::db::{ReadTx, StoreError, WriteTx};
use crate::row::Row;
use domain::kernel::{CardId, CaseId, Day, Line};

crate::statement! {
    INSERT = "INSERT INTO match_refusal (office_id, case_id, card_id, why, refused_on, refused_by) VALUES ($1, $2, $3, $4, $5, $6)
              ON CONFLICT (office_id, case_id, card_id) DO UPDATE SET why = $4, refused_on = $5, refused_by = $6";
    OF_CASE = "SELECT r.card_id, c.name, c.kind, r.why, r.refused_on FROM match_refusal r
               JOIN card c ON c.office_id = r.office_id AND c.id = r.card_id
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.refused_on, r.card_id";
    DROP = "DELETE FROM match_refusal WHERE office_id = $1 AND case_id = $2 AND card_id = $3";
}

/// A card that was turned down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalView {
    /// Which.
    pub card: CardId,
    /// Its name.
    pub card_name: String,
    /// It is about a private person.
    pub of_person: bool,
    /// Why.
    pub why: String,
    /// When.
    pub on: Day,
}

/// Keeps that a family turned a card down.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, case: CaseId, card: CardId, why: &Line) -> Result<(), StoreError> {
    let (on, by) = (tx.now().day(), tx.grant().user());
    tx.run(&INSERT, &[case.into(), card.into(), why.as_str().into(), on.into(), by.into()]).map(|_| ())
}

/// What a family turned down.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<RefusalView>, StoreError> {
    let refusal = |row: Row| {
        let mut row = row.read("match_refusal");
        let (card, card_name, kind) = (row.id()?, row.text()?, row.text()?);
        Ok(RefusalView { card, card_name, of_person: kind == "person", why: row.text()?, on: row.day()? })
    };
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(refusal).collect()
}

/// The family thinks again; answers whether it had turned the card down.
///
/// # Errors
/// When the engine fails.
pub fn forget(tx: &WriteTx<'_>, case: CaseId, card: CardId) -> Result<bool, StoreError> {
    Ok(tx.run(&DROP, &[case.into(), card.into()])? == 1)
}
