// SPDX-License-Identifier: EUPL-1.2
//! What an office set for itself.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::access::HouseRule;

crate::statement! {
    ONE = "SELECT value FROM house_rule WHERE office_id = $1 AND code = $2";
    SET = "INSERT INTO house_rule (office_id, code, value, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (office_id, code) DO UPDATE SET value = $3, set_by = $4, set_at = $5";
}

/// What holds in the office: what it set, else the preset.
///
/// # Errors
/// When the engine fails.
pub fn value(tx: &ReadTx<'_>, rule: HouseRule) -> Result<i64, StoreError> {
    tx.one(&ONE, &[rule.code().into()])?.map_or(Ok(rule.preset()), |row| row.read("house_rule").int())
}

/// Sets a number.
///
/// # Errors
/// When the engine fails.
pub fn set(tx: &WriteTx<'_>, rule: HouseRule, value: i64) -> Result<(), StoreError> {
    let params = [rule.code().into(), value.into(), tx.grant().user().into(), tx.now().into()];
    tx.run(&SET, &params).map(|_| ())
}
