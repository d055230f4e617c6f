// SPDX-License-Identifier: EUPL-1.2
//! Reminders by mail: wished for by a person, put into a box in one transaction, sent from there by whoever carries
//! mail. Nothing of a case is read but how much is due.

use crate::access::{operator, own};
use crate::core::{App, Failure, Key, fresh_at, in_office};
use crate::deadlines::owners;
use domain::access::{Action, Actor, Email, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Day, Moment, UserId};
use domain::letters::{next_try, reminder};
use store::deadlines as due;
use store::letters::mails;
use store::{ReadTx, access};
use uuid::Uuid;

pub use store::letters::mails::OutMail;

/// A mail that was taken and of which nothing more was heard is sent again after this long: longer than any
/// conversation with a mail server may take.
const TAKEN_MINUTES: i64 = 15;
/// More than this is not counted: one thing due is enough for a reminder.
const ENOUGH: i64 = 20;

/// What somebody wished, and what became of it.
#[derive(Debug, Clone)]
pub struct MailPage {
    /// Where, and since when.
    pub wish: Option<(String, Moment)>,
    /// The last reminders: day, state, tries.
    pub recent: Vec<(Day, String, i64)>,
}

/// One's own reminders.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn mine(app: &App, actor: &Actor) -> Result<MailPage, Failure> {
    own(actor)?;
    let user = actor.user;
    app.read(move |tx| Ok(MailPage { wish: mails::of_user(tx, user)?, recent: mails::recent(tx, user)? })).await
}

/// Wishes to be reminded, at this address.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn wish(app: &App, actor: &Actor, key: Option<Key>, to: Email) -> Result<Uuid, Failure> {
    let (grant, id) = (own(actor)?, app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        mails::wish(&tx, to.as_str())?;
        Ok::<_, Failure>(tx.commit(Deed::new(DeedKind::MailWished, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Does not wish it any more; what waits is not sent.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn unwish(app: &App, actor: &Actor, key: Option<Key>) -> Result<Uuid, Failure> {
    let (grant, id) = (own(actor)?, app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        mails::unwish(&tx)?;
        Ok::<_, Failure>(tx.commit(Deed::new(DeedKind::MailUnwished, id), id)?)
    };
    app.change(actor, key, write).await
}

/// How much is due for somebody today, as far as their posts reach. The substitution counts too.
fn due_for(tx: &ReadTx<'_>, user: UserId, today: Day) -> Result<i64, Failure> {
    let Some(signed) = access::actor(tx, user, today)? else { return Ok(0) };
    let seen = |team| permit(&signed.actor, Action::SeeCase, Standing::Team(team)).is_ok();
    let owners = owners(tx, user, today)?;
    let mut all = due::prompt_of_owners(tx, &owners, ENOUGH)?;
    all.extend(due::of_owners(tx, &owners, (None, Uuid::nil()), ENOUGH)?);
    let now = |one: &due::DueView| one.due_on.is_none_or(|day| day <= today) && seen(one.team);
    Ok(i64::try_from(all.iter().filter(|one| now(one)).count()).unwrap_or(i64::MAX))
}

/// Puts the reminders of today into the box: who gets one, and that they got it, is one change. Answers how many.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn plan_today(app: &App) -> Result<usize, Failure> {
    let now = app.now();
    let today = now.day();
    let wanted = app
        .read(move |tx| {
            let mut wanted = Vec::new();
            for (user, to) in mails::wishes(tx)? {
                if reminder(due_for(tx, user, today)?, mails::last(tx, user)?, today) {
                    wanted.push((user, to));
                }
            }
            Ok(wanted)
        })
        .await?;
    if wanted.is_empty() {
        return Ok(0);
    }
    let (grant, count, id) = (in_office(&operator(), Action::ManagePeople)?, wanted.len(), app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        for (user, to) in &wanted {
            mails::plan(&tx, fresh_at(now), (*user, to), today)?;
        }
        Ok::<_, Failure>(tx.commit(Deed::new(DeedKind::MailsPlanned, id), id)?)
    };
    app.change(&operator(), None, write).await?;
    Ok(count)
}

/// What may be sent now.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn ready(app: &App) -> Result<Vec<OutMail>, Failure> {
    let now = app.now();
    app.read(move |tx| Ok(mails::ready(tx, now)?)).await
}

/// Takes a mail to send it. Of several programs one alone gets it.
///
/// # Errors
/// [`Failure::Stale`] when somebody else has it.
pub async fn take(app: &App, id: Uuid) -> Result<Uuid, Failure> {
    let (grant, until) = (in_office(&operator(), Action::ManagePeople)?, app.now().plus_minutes(TAKEN_MINUTES));
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        if !mails::take(&tx, id, until)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::new(DeedKind::MailTaken, id), id)?)
    };
    app.change(&operator(), None, write).await
}

/// Notes what became of a mail that was tried for the `tries`-th time.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn settle(app: &App, id: Uuid, tries: i64, sent: bool) -> Result<Uuid, Failure> {
    let (grant, again) = (in_office(&operator(), Action::ManagePeople)?, next_try(tries, app.now()));
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        let deed = if sent {
            mails::sent(&tx, id)?;
            DeedKind::MailSent
        } else {
            mails::failed(&tx, id, again)?;
            DeedKind::MailFailed
        };
        Ok::<_, Failure>(tx.commit(Deed::new(deed, id), id)?)
    };
    app.change(&operator(), None, write).await
}
