// SPDX-License-Identifier: EUPL-1.2
//! What letters tell of: a decision or an ending, and the children whom they concern.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Reading;
use domain::kernel::{EndingId, LetterId, PersonId, PlanId};
use domain::letters::About;

crate::statement! {
    UNTELL = "DELETE FROM letter_about WHERE office_id = $1 AND letter_id = $2
              AND EXISTS (SELECT 1 FROM letter l WHERE l.office_id = $1 AND l.id = $2 AND l.state IN ('draft', 'offered'))";
    TELL = "INSERT INTO letter_about (office_id, letter_id, plan_id, ending_id) VALUES ($1, $2, $3, $4)";
    UNCONCERN = "DELETE FROM letter_child WHERE office_id = $1 AND letter_id = $2
                 AND EXISTS (SELECT 1 FROM letter l WHERE l.office_id = $1 AND l.id = $2 AND l.state IN ('draft', 'offered'))";
    CONCERN = "INSERT INTO letter_child (office_id, letter_id, person_id) VALUES ($1, $2, $3)";
    CHILDREN = "SELECT person_id FROM letter_child WHERE office_id = $1 AND letter_id = $2 ORDER BY person_id";
}

/// Sets what a draft tells of and whom it concerns.
///
/// # Errors
/// When the engine fails.
pub fn set(tx: &WriteTx<'_>, id: LetterId, about: Option<About>, children: &[PersonId]) -> Result<(), StoreError> {
    forget(tx, id)?;
    if let Some(about) = about {
        let [plan, ending]: [Value; 2] = match about {
            About::Plan(plan) => [plan.into(), Value::Null],
            About::Ending(ending) => [Value::Null, ending.into()],
        };
        tx.run(&TELL, &[id.into(), plan, ending])?;
    }
    for child in children {
        tx.run(&CONCERN, &[id.into(), (*child).into()])?;
    }
    Ok(())
}

/// Forgets what a draft tells of; of a released letter it stays.
///
/// # Errors
/// When the engine fails.
pub fn forget(tx: &WriteTx<'_>, id: LetterId) -> Result<(), StoreError> {
    tx.run(&UNTELL, &[id.into()])?;
    tx.run(&UNCONCERN, &[id.into()]).map(|_| ())
}

/// The children whom a letter concerns, as somebody chose.
///
/// # Errors
/// When the engine fails.
pub fn children(tx: &ReadTx<'_>, id: LetterId) -> Result<Vec<PersonId>, StoreError> {
    tx.rows(&CHILDREN, &[id.into()])?.into_iter().map(|row| row.read("letter_child").id()).collect()
}

/// The decision or the ending in the last two columns of a row.
pub(super) fn read(row: &mut Reading) -> Result<Option<About>, StoreError> {
    let (plan, ending): (Option<PlanId>, _) = (row.maybe_id()?, row.maybe_id::<EndingId>()?);
    Ok(plan.map(About::Plan).or(ending.map(About::Ending)))
}
