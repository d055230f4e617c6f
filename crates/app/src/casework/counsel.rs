// SPDX-License-Identifier: EUPL-1.2
//! Counselling of a child without its parents' knowledge (§ 8(3) SGB VIII): its worker's alone, in no case (N18).

use crate::access::operator;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Grant, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{NewCounsel, NewTalk, counsel, delete_on};
use domain::kernel::{CounselId, Day};
use store::ReadTx;
use store::access::rules;
use store::casework::counsels;

pub use store::casework::counsels::CounselView;

/// Counsellings on the page.
const SHOWN: i64 = 100;

fn own(actor: &Actor) -> Result<Grant, Failure> {
    Ok(permit(actor, Action::CounselChild, Standing::Person(actor.user))?)
}

/// One's own counsellings, newest first.
///
/// # Errors
/// Hidden for people outside of the ASD.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<CounselView>, Failure> {
    own(actor)?;
    let user = actor.user;
    app.read(move |tx| Ok(counsels::of_worker(tx, user, SHOWN)?)).await
}

/// One of one's own, with its talks.
///
/// # Errors
/// Hidden for everybody else, however high their post.
pub async fn one(app: &App, actor: &Actor, id: CounselId) -> Result<(CounselView, Vec<(Day, String)>), Failure> {
    own(actor)?;
    let user = actor.user;
    app.read(move |tx| Ok((found(counsels::one(tx, id, user)?)?, counsels::entries(tx, id, user)?))).await
}

/// Begins counselling, with its first talk.
///
/// # Errors
/// The rules of [`domain::casework::counsel`], [`Failure::Denied`].
pub async fn begin(app: &App, actor: &Actor, key: Option<Key>, new: NewCounsel) -> Result<CounselId, Failure> {
    let (grant, now, id) = (own(actor)?, app.now(), app.fresh::<CounselId>());
    let write = move |tx: ReadTx<'_>| {
        counsel(new.begun_on, false, "begun_on", now.day())?;
        let tx = tx.allow(grant);
        counsels::insert(&tx, id, &new)?;
        counsels::insert_entry(&tx, fresh_at(now), id, new.begun_on, &new.words)?;
        Ok(tx.commit(Deed::new(DeedKind::Counselled, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Keeps another talk.
///
/// # Errors
/// The rules of [`domain::casework::counsel`], hidden for everybody else.
pub async fn talk(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CounselId,
    new: NewTalk,
) -> Result<CounselId, Failure> {
    let (grant, user, now) = (own(actor)?, actor.user, app.now());
    let write = move |tx: ReadTx<'_>| {
        let known = found(counsels::one(&tx, id, user)?)?;
        counsel(new.on, known.ended_on.is_some(), "on", now.day())?;
        let tx = tx.allow(grant);
        counsels::insert_entry(&tx, fresh_at(now), id, new.on, &new.words)?;
        Ok(tx.commit(Deed::new(DeedKind::Counselled, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Ends counselling.
///
/// # Errors
/// [`domain::casework::COUNSEL_ENDED`], hidden for everybody else.
pub async fn end(app: &App, actor: &Actor, key: Option<Key>, id: CounselId) -> Result<CounselId, Failure> {
    let (grant, user, today) = (own(actor)?, actor.user, app.today());
    let write = move |tx: ReadTx<'_>| {
        let known = found(counsels::one(&tx, id, user)?)?;
        counsel(today, known.ended_on.is_some(), "on", today)?;
        let days = rules::value(&tx, HouseRule::CounselDays)?;
        let tx = tx.allow(grant);
        counsels::end(&tx, id, today, delete_on(today, days))?;
        Ok(tx.commit(Deed::new(DeedKind::Counselled, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Takes back within 30 days that counselling was ended: it goes on, and nothing of it is deleted.
///
/// # Errors
/// [`domain::casework::UNDO_OVER`], hidden for everybody else.
pub async fn resume(app: &App, actor: &Actor, key: Option<Key>, id: CounselId) -> Result<CounselId, Failure> {
    let (grant, user, today) = (own(actor)?, actor.user, app.today());
    let write = move |tx: ReadTx<'_>| {
        let known = found(counsels::one(&tx, id, user)?)?;
        domain::casework::resume(known.ended_on, today)?;
        let tx = tx.allow(grant);
        if !counsels::resume(&tx, id)? {
            return Err(domain::casework::UNDO_OVER.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::Counselled, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Deletes counselling whose day has come, with all its talks (N14); answers how many. What the log keeps of it are
/// ids.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn forget_ended(app: &App) -> Result<usize, Failure> {
    let (today, nobody) = (app.today(), operator());
    let all = app.read(move |tx| Ok(counsels::over(tx, today)?)).await?;
    for id in &all {
        let (id, grant) = (*id, permit(&nobody, Action::ManagePeople, Standing::Office)?);
        let write = move |tx: ReadTx<'_>| {
            let tx = tx.allow(grant);
            counsels::forget(&tx, id, today)?;
            Ok(tx.commit(Deed::new(DeedKind::CounselsDeleted, id), id)?)
        };
        app.change(&nobody, None, write).await?;
    }
    Ok(all.len())
}
