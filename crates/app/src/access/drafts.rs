// SPDX-License-Identifier: EUPL-1.2
//! Texts as they are being typed: a lost session loses no word.

use super::own;
use crate::core::{App, Failure};
use domain::access::{Actor, HouseRule};
use domain::kernel::{DraftId, Moment, Rule};
use store::ReadTx;
use store::access::{drafts as kept, rules};

/// More forms with unsent texts than one person can have.
pub const DRAFTS_TOO_MANY: Rule = Rule::new("draft.too_many", "Art. 5(1) lit. e DSGVO");
/// The text is longer than a draft can be.
pub const DRAFT_TOO_LONG: Rule = Rule::new("draft.too_long", "Feldlänge");

/// Since when drafts still count: what was never sent is not kept for ever.
fn since(tx: &ReadTx<'_>, now: Moment) -> Result<Moment, Failure> {
    Ok(now.plus_minutes(-rules::value(tx, HouseRule::DraftDays)? * 24 * 60))
}

/// Keeps a field of a form as it is being typed; a person's drafts that are too old go at the same time.
///
/// # Errors
/// [`DRAFT_TOO_LONG`], [`DRAFTS_TOO_MANY`].
pub async fn keep_draft(
    app: &App,
    actor: &Actor,
    form: String,
    field: String,
    words: String,
) -> Result<Moment, Failure> {
    let grant = own(actor)?;
    if form.len() > 120 || field.len() > 60 || words.len() > 100_000 {
        return Err(DRAFT_TOO_LONG.broken().into());
    }
    let (id, now) = (app.fresh::<DraftId>(), app.now());
    let write = move |tx: store::ReadTx<'_>| {
        let old = since(&tx, now)?;
        let tx = tx.allow(grant);
        kept::drop_old(&tx, old)?;
        if kept::count_other_forms(&tx, tx.grant().user(), &form)? >= rules::value(&tx, HouseRule::DraftForms)? {
            return Err(DRAFTS_TOO_MANY.broken().into());
        }
        kept::keep_draft(&tx, &form, &field, &words)?;
        Ok(tx.commit_own(id)?)
    };
    app.change(actor, None, write).await?;
    Ok(now)
}

/// What was typed into a form before: field and text, and when.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn drafts(app: &App, actor: &Actor, form: &str) -> Result<Vec<kept::DraftField>, Failure> {
    own(actor)?;
    let (user, form, now) = (actor.user, form.to_owned(), app.now());
    app.read(move |tx| Ok(kept::drafts(tx, user, &form, since(tx, now)?)?)).await
}

/// Forms with unsaved texts, newest first.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn open_drafts(app: &App, actor: &Actor) -> Result<Vec<(String, Moment)>, Failure> {
    own(actor)?;
    let (user, now) = (actor.user, app.now());
    app.read(move |tx| Ok(kept::open_drafts(tx, user, since(tx, now)?)?)).await
}
