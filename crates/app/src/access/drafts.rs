// SPDX-License-Identifier: EUPL-1.2
//! Texts as they are being typed: a lost session loses no word.

use super::own;
use crate::core::{App, Failure};
use domain::access::Actor;
use domain::kernel::{DraftId, Moment, Rule};
use store::access::drafts as kept;

/// The text is longer than a draft can be.
pub const DRAFT_TOO_LONG: Rule = Rule::new("draft.too_long", "Feldlänge");

/// Keeps a field of a form as it is being typed.
///
/// # Errors
/// [`DRAFT_TOO_LONG`].
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
        let tx = tx.allow(grant);
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
    let (user, form) = (actor.user, form.to_owned());
    app.read(move |tx| Ok(kept::drafts(tx, user, &form)?)).await
}

/// Forms with unsaved texts, newest first.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn open_drafts(app: &App, actor: &Actor) -> Result<Vec<(String, Moment)>, Failure> {
    own(actor)?;
    let user = actor.user;
    app.read(move |tx| Ok(kept::open_drafts(tx, user)?)).await
}
