// SPDX-License-Identifier: EUPL-1.2
//! Which offices a database holds. The one question that is asked before an office is known; on SQLite
//! the answer is always one office or none.

use crate::db::{ReadTx, StoreError};
use domain::kernel::OfficeId;

crate::statement! {
    OFFICES = "SELECT office_id, name FROM office WHERE office_id = $1 OR office_id <> $1 ORDER BY founded_at, name";
}

/// All offices with their names, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn all(tx: &ReadTx<'_>) -> Result<Vec<(OfficeId, String)>, StoreError> {
    tx.rows(&OFFICES, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("office");
            Ok((row.id()?, row.text()?))
        })
        .collect()
}
