// SPDX-License-Identifier: EUPL-1.2
//! Lived space, what was turned down, uses, keepers and erased cards, for the comparison of the engines.

use crate::alike::{CASE, say_all};
use crate::fresh::{Fresh, Raw};
use crate::town::{CLERK, Fault, id, line, space_of, teams, today};
use domain::casework::{Company, LivedKind, Mobility, NewLivedPlace, Way};
use domain::kernel::{CardId, CaseId, PersonId};
use domain::resources::{ErasureGround, counted_months};
use store::casework::{lived, refusals};
use store::resources::{cards, erasures, keepers, marks, uses};
use store::{ReadTx, StoreError, WriteTx};

on_both_engines!(no_table_about_cards_is_forgotten, uses_lead_to_no_case);

fn card(n: u128) -> CardId {
    id(0x7000 + n)
}

/// Two places, one of them over; how far alone, said twice; cards turned down; uses; cards that go.
pub fn matched(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (case, person): (CaseId, PersonId) = (id(CASE), id(1));
    for (n, company) in [(1, Company::Alone), (2, Company::With)] {
        let new = NewLivedPlace {
            person,
            kind: LivedKind::School,
            name: line("Grundschule am Deich"),
            place: Some(line("Deichweg 1")),
            point: Some(line("53.6051, 9.9123")),
            way: Way::Foot,
            company,
            by_whom: Some(line("Oma")),
            minutes: Some(8),
            told_on: today(),
        };
        lived::insert(tx, id(n), case, &new)?;
    }
    assert!(lived::end(tx, id(2), case)? && !lived::end(tx, id(2), case)?);
    for metres in [300, 800] {
        let said = Mobility { metres, words: Some(line("nicht über die Hauptstraße")), said_on: today() };
        lived::say_reach(tx, (case, person), &said)?;
    }
    for (n, why) in [(1, "zu laut"), (1, "zu weit"), (2, "schon versucht"), (6, "kennt dort niemanden")] {
        refusals::insert(tx, case, card(n), &line(why))?;
    }
    assert!(refusals::forget(tx, case, card(2))? && !refusals::forget(tx, case, card(2))?);
    for space in [None, Some(space_of(teams()[0].0)), Some(space_of(teams()[0].0))] {
        uses::count(tx, card(1), space)?;
        uses::count(tx, card(6), space)?;
    }
    for known in keepers::cards_of(tx, CLERK)?.into_iter().filter(|known| *known == card(4)) {
        keepers::hand(tx, known, id(0x4001))?;
    }
    marks::keep_salt(tx, "salz")?;
    for digest in ["aa", "bb", "aa"] {
        marks::keep(tx, digest)?;
    }
    erasures::erase(tx, card(8), ErasureGround::Request)?;
    Ok(erasures::erase(tx, card(6), ErasureGround::Withdrawal)?)
}

/// What was written is read.
pub fn matched_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (_, before) = counted_months(today().plus_months(1));
    say_all!(
        out,
        lived::places(tx, id(CASE)),
        lived::reaches(tx, id(CASE)),
        lived::case_of(tx, id(1)),
        refusals::of_case(tx, id(CASE)),
        uses::uses(tx, card(1), (today().year_start(), before)),
        keepers::kept_by(tx, CLERK),
        keepers::cards_of(tx, id(0x4001)),
        erasures::joined_into(tx, card(2)),
        erasures::erased_since(tx, 0),
        erasures::tombstone(tx, card(6)),
        marks::salt(tx),
        marks::marks(tx),
        keepers::lasting_roles(tx, id(0x4002), today()),
    );
    assert_eq!(cards::one(tx, card(6))?, None);
    assert_eq!(erasures::erased_since(tx, 0)?, [card(8), card(6)]);
    assert_eq!(refusals::of_case(tx, id(CASE))?.len(), 1, "what tells of an erased card is gone");
    Ok(())
}

/// Every table that points at cards is emptied when one is erased.
async fn no_table_about_cards_is_forgotten(fresh: &Fresh) {
    fresh.db().await;
    let raw = fresh.raw().await;
    let pointing = match raw {
        Raw::Sqlite(_) => {
            "SELECT DISTINCT m.name FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
             WHERE m.type = 'table' AND f.\"table\" IN ('card', 'card_task', 'card_merge') ORDER BY 1"
        }
        Raw::Postgres(_) => {
            "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint
             WHERE contype = 'f' AND confrelid IN ('card'::regclass, 'card_task'::regclass, 'card_merge'::regclass) ORDER BY 1"
        }
    };
    let found = raw.rows(pointing).await.concat();
    assert!(found.len() > 5, "{found:?}");
    for table in found {
        assert!(erasures::TABLES.contains(&table.as_str()), "erasing a card leaves rows in {table}");
    }
}

/// What is counted has no column from which one could get back to a case, a person or a moment.
async fn uses_lead_to_no_case(fresh: &Fresh) {
    fresh.db().await;
    let raw = fresh.raw().await;
    let columns = match raw {
        Raw::Sqlite(_) => "SELECT name FROM pragma_table_info('card_use') ORDER BY name",
        Raw::Postgres(_) => {
            "SELECT attname FROM pg_attribute WHERE attrelid = 'card_use'::regclass AND attnum > 0 ORDER BY attname"
        }
    };
    assert_eq!(raw.rows(columns).await.concat(), ["card_id", "month", "office_id", "space_id", "uses"]);
}
