// SPDX-License-Identifier: EUPL-1.2
//! Counselling as an experienced adviser. The log says that somebody counselled; what was counselled stands elsewhere,
//! under an id that is pure chance, and nothing leads from the one to the other.

use super::CounselView;
use crate::core::{App, Failure, Key, fresh_at, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::NewCounsel;
use domain::kernel::Day;
use store::ReadTx;
use store::casework::protection::counsels;
use uuid::Uuid;

/// Counsellings on the page.
const SHOWN: i64 = 50;

/// Counsellings without names, the newest day first.
///
/// # Errors
/// Hidden for people who do not counsel.
pub async fn counsels(app: &App, actor: &Actor, after: Option<(Day, Uuid)>) -> Result<Vec<CounselView>, Failure> {
    in_office(actor, Action::CounselNameless)?;
    app.read(move |tx| Ok(counsels::list(tx, after, SHOWN)?)).await
}

/// Keeps a counselling. The answer is the id of the log's entry, not of the counselling: whoever keeps the two side by
/// side has nothing in common between them.
///
/// # Errors
/// The rules of [`NewCounsel::check`], [`Failure::Denied`].
pub async fn counsel(app: &App, actor: &Actor, key: Option<Key>, new: NewCounsel) -> Result<Uuid, Failure> {
    let (grant, now) = (in_office(actor, Action::CounselNameless)?, app.now());
    let write = move |tx: ReadTx<'_>| {
        new.check(now.day())?;
        let (tx, told) = (tx.allow(grant), fresh_at(now));
        counsels::insert(&tx, pure_chance(), &new)?;
        Ok(tx.commit(Deed::new(DeedKind::CounselGiven, told), told)?)
    };
    app.change(actor, key, write).await
}

/// An id that carries no moment, unlike all others of the program.
fn pure_chance() -> Uuid {
    let mut chance = [0_u8; 16];
    if getrandom::fill(&mut chance).is_err() {
        std::process::abort();
    }
    uuid::Builder::from_random_bytes(chance).into_uuid()
}
