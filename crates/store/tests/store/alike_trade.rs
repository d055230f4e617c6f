// SPDX-License-Identifier: EUPL-1.2
//! Imports of cards, written and read on both engines.

use crate::alike::say_all;
use crate::town::{CLERK, Fault, NOW, id, today};
use domain::kernel::{CardId, CardImportId};
use domain::resources::exchange::Source;
use store::resources::imports::{self, NewImport, WaitingRow};
use store::{ReadTx, StoreError, WriteTx};

fn import(n: u128) -> CardImportId {
    id(0x8000 + n)
}

fn card(n: u128) -> CardId {
    id(0x7000 + n)
}

/// Imports in every state, cards of them, somebody who waits.
pub fn imports(tx: &WriteTx<'_>) -> Result<(), Fault> {
    for (n, source) in (1..).zip([Source::Text, Source::Workbook, Source::Data, Source::Data, Source::Text]) {
        let (content, notes) = ("0,Name\n2,\"Öl, \"\"Ä\"\"\"".to_owned(), "w\t0\tonly-head".to_owned());
        imports::insert(tx, import(n), &NewImport { name: format!("Übersicht {n}.csv"), content, notes, source })?;
    }
    imports::note_card(tx, import(2), card(1), 1)?;
    imports::note_card(tx, import(3), card(2), 7)?;
    let now = store::resources::one(tx, card(2))?.map_or(0, |row| row.changed);
    imports::renote_card(tx, import(3), card(2), now)?;
    assert!(imports::finish(tx, import(2), (1, 2), Some("0,Name\n5,,Grund"))?);
    assert!(!imports::finish(tx, import(2), (1, 2), None)?, "once only");
    assert!(
        imports::finish(tx, import(3), (1, 0), None)?
            && imports::undo(tx, import(3))?
            && !imports::undo(tx, import(3))?
    );
    assert!(imports::finish(tx, import(5), (0, 1), Some("0,Name\n2,,Grund"))?);
    assert!(imports::forget_rejects(tx, import(5))? && !imports::forget_rejects(tx, import(5))?);
    assert!(imports::drop_it(tx, import(4))? && !imports::drop_it(tx, import(4))?);
    for (n, days) in [(1, 30), (2, 0), (3, 30)] {
        let waiting = WaitingRow { id: id(0x9000 + n), import: import(2), gone_on: today().plus_days(days) };
        imports::insert_waiting(tx, &waiting, &[("name", "Ruth Öz".to_owned()), ("kind", "person".to_owned())])?;
    }
    assert!(imports::forget_waiting(tx, id(0x9003))? && !imports::forget_waiting(tx, id(0x9003))?);
    Ok(())
}

/// What was written is read.
pub fn imports_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    say_all!(
        out,
        imports::one(tx, import(1)),
        imports::list(tx, 10),
        imports::content(tx, import(1)),
        imports::rejects(tx, import(2)),
        imports::old(tx, NOW.plus_minutes(1)),
        imports::with_rejects(tx, NOW.plus_minutes(1)),
        imports::cards(tx, import(3)),
        imports::was_taken_back(tx, card(2)),
        imports::waiting(tx, CLERK, today()),
        imports::waiting_fields(tx, id(0x9001)),
        imports::waiting_of(tx, import(2)),
        imports::waiting_over(tx, today()),
    );
    assert!(!imports::was_taken_back(tx, card(1))?);
    assert_eq!(imports::content(tx, import(4))?, None, "what was dropped is not kept");
    Ok(())
}
