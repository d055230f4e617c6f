// SPDX-License-Identifier: EUPL-1.2
//! The way of an owner without an account, what everybody may tell, and what its keeper makes of it.

use super::{CardRow, card_for, tend};
use crate::access::Token;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, permit_visitor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, CardLinkId, CardTaskId, Moment, Note};
use domain::resources::{
    CardContent, LINK_DAYS, LINK_OVER, PROPOSED, Proposed, TOO_MANY_REPORTS, Viewer, accepted, due_on,
};
use store::ReadTx;
use store::resources::{self, tasks};

/// So many reports about a card may be open, and so many proposals; more would only bury it. Counted by card and kind, in
/// the store: nobody who tells much of one card makes others silent, and no restart forgives.
const MOST_OPEN: i64 = 5;

/// A link that was made just now. Its token is told this once.
#[derive(Clone)]
pub struct MadeLink {
    /// Which.
    pub id: CardLinkId,
    /// The token; nothing if the link was made by an earlier click on the same form.
    pub token: Option<Token>,
    /// Open until then.
    pub ends_at: Moment,
}

/// What the owner of a card sees by the link.
#[derive(Debug, Clone)]
pub struct OwnerCard {
    /// The card.
    pub card: CardRow,
    /// The link is open until then.
    pub ends_at: Moment,
}

/// What was told, with the fields that were proposed.
#[derive(Debug, Clone)]
pub struct OwnerTask {
    /// The id.
    pub id: CardTaskId,
    /// The card.
    pub card: CardId,
    /// Fields that were proposed, each with what stands there now.
    pub fields: Vec<(Proposed, String)>,
}

/// Makes a link by which the owner of a card can tend it without an account.
///
/// # Errors
/// Hidden, forbidden.
pub async fn make_link(app: &App, actor: &Actor, key: Option<Key>, card: CardId) -> Result<MadeLink, Failure> {
    let (who, today, id) = (actor.clone(), app.today(), app.fresh::<CardLinkId>());
    let token = Token::fresh();
    let (digest, ends_at) = (token.digest(), app.now().plus_minutes(i64::from(LINK_DAYS) * 24 * 60));
    let write = move |tx: ReadTx<'_>| {
        let row = card_for(&tx, &Viewer::of(&who), card, today)?;
        let tx = tx.allow(tend(&who, &row)?);
        tasks::insert_link(&tx, id, card, &digest, ends_at)?;
        Ok(tx.commit(Deed::new(DeedKind::CardLinkMade, card), id)?)
    };
    let made: CardLinkId = app.change(actor, key, write).await?;
    Ok(MadeLink { id: made, token: (made == id).then_some(token), ends_at })
}

/// Takes a link back.
///
/// # Errors
/// Hidden, forbidden.
pub async fn revoke_link(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (card, link): (CardId, CardLinkId),
) -> Result<CardId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let row = card_for(&tx, &Viewer::of(&who), card, today)?;
        let tx = tx.allow(tend(&who, &row)?);
        found(tasks::revoke(&tx, link, card)?.then_some(()))?;
        Ok(tx.commit(Deed::new(DeedKind::CardLinkRevoked, card), card)?)
    };
    app.change(actor, key, write).await
}

/// The one card of a link.
fn by_link(tx: &ReadTx<'_>, token: &Token, now: Moment) -> Result<OwnerCard, Failure> {
    let link = found(tasks::link_of(tx, &token.digest())?)?;
    link.state.check(now)?;
    let card = found(resources::one(tx, link.card)?)?;
    // Without a valid consent the card is its keeper's alone, whoever holds a link.
    let agreed = card.seen.consent.map_or(!card.seen.of_person, |consent| consent.holds(now.day()));
    if !agreed || card.seen.is_closed(now.day()) {
        return Err(LINK_OVER.broken().into());
    }
    Ok(OwnerCard { card, ends_at: link.state.ends_at })
}

/// The card of a link, for its owner.
///
/// # Errors
/// Hidden for a token that never was, [`domain::resources::LINK_OVER`].
pub async fn owner_card(app: &App, token: Token) -> Result<OwnerCard, Failure> {
    let now = app.now();
    app.read(move |tx| by_link(tx, &token, now)).await
}

/// The owner says: this is still true.
///
/// # Errors
/// As [`owner_card`].
pub async fn confirm_by_owner(app: &App, key: Option<Key>, token: Token) -> Result<CardId, Failure> {
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let card = by_link(&tx, &token, now)?.card;
        let tx = tx.allow(permit_visitor(Action::TendByLink)?);
        resources::confirm(&tx, card.id, (now.day(), None), due_on(card.content.kind, now.day()))?;
        Ok(tx.commit(Deed::new(DeedKind::CardConfirmed, card.id), card.id)?)
    };
    app.change_as_visitor(key, write).await
}

/// The owner says: this is no more. The keeper is told and can open the card again.
///
/// # Errors
/// As [`owner_card`].
pub async fn close_by_owner(app: &App, key: Option<Key>, token: Token) -> Result<CardId, Failure> {
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let card = by_link(&tx, &token, now)?.card.id;
        let tx = tx.allow(permit_visitor(Action::TendByLink)?);
        resources::end(&tx, card, Some(now.day()), None)?;
        let id = fresh_at(now).into();
        tasks::insert_task(&tx, &tasks::NewTask { id, card, kind: "closing", words: None, fields: Vec::new() })?;
        Ok(tx.commit(Deed::new(DeedKind::CardClosed, card), card)?)
    };
    app.change_as_visitor(key, write).await
}

/// The owner proposes what should stand on the card. Only what differs is kept.
///
/// # Errors
/// As [`owner_card`], and what is wrong with the card as proposed.
pub async fn propose_by_owner(
    app: &App,
    key: Option<Key>,
    token: Token,
    (fields, words): (Vec<(String, String)>, Option<Note>),
) -> Result<CardId, Failure> {
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let row = by_link(&tx, &token, now)?.card;
        few_open(&tx, row.id, "proposal")?;
        let proposed = overlaid(&row.content, &fields)?;
        let before = row.content.fields();
        let after = proposed.fields();
        let field =
            |name: &str| Proposed { field: name.to_owned(), value: value(&after, name), stood: value(&before, name) };
        let fields = PROPOSED.iter().map(|name| field(name)).filter(|one| one.value != one.stood).collect();
        let tx = tx.allow(permit_visitor(Action::TendByLink)?);
        let (id, words) = (fresh_at(now).into(), words.as_ref().map(|words| words.as_str().to_owned()));
        tasks::insert_task(&tx, &tasks::NewTask { id, card: row.id, kind: "proposal", words, fields })?;
        Ok(tx.commit(Deed::new(DeedKind::CardTold, row.id), row.id)?)
    };
    app.change_as_visitor(key, write).await
}

/// What stands in a field; nothing if it is empty.
pub(super) fn value(all: &[(&'static str, String)], name: &str) -> String {
    all.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Is there room for one more?
fn few_open(tx: &ReadTx<'_>, card: CardId, kind: &str) -> Result<(), Failure> {
    let full = tasks::open_tasks(tx, card, kind)? >= MOST_OPEN;
    if full { Err(TOO_MANY_REPORTS.broken_at("words").into()) } else { Ok(()) }
}

/// The card with proposed fields in place of its own.
fn overlaid(content: &CardContent, fields: &[(String, String)]) -> Result<CardContent, Failure> {
    let named = |name: &str| PROPOSED.contains(&name) && fields.iter().any(|(field, _)| field == name);
    let kept =
        content.fields().into_iter().filter(|(name, _)| !named(name)).map(|(name, value)| (name.to_owned(), value));
    let new = fields.iter().filter(|(name, _)| named(name)).cloned();
    Ok(CardContent::read(kept.chain(new).collect::<Vec<_>>().as_slice())?)
}

/// Everybody may tell an error of a card that everybody sees.
///
/// # Errors
/// Hidden, [`TOO_MANY_REPORTS`].
pub async fn report(
    app: &App,
    viewer: Viewer,
    key: Option<Key>,
    (card, words): (CardId, Note),
) -> Result<CardId, Failure> {
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let row = card_for(&tx, &viewer, card, now.day())?;
        few_open(&tx, row.id, "error")?;
        let tx = tx.allow(permit_visitor(Action::ReportCard)?);
        let (id, words) = (fresh_at(now).into(), Some(words.as_str().to_owned()));
        tasks::insert_task(&tx, &tasks::NewTask { id, card, kind: "error", words, fields: Vec::new() })?;
        Ok(tx.commit(Deed::new(DeedKind::CardTold, card), card)?)
    };
    app.change_as_visitor(key, write).await
}

/// Ends what was told: with `take`, what was proposed is written on the card, and the card counts as confirmed. To drop
/// it, it need not fit.
///
/// # Errors
/// Hidden, forbidden, and with `take` what is wrong with the card as proposed, or was written in the meantime.
pub async fn settle(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, take): (CardTaskId, bool),
) -> Result<CardId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let task = found(tasks::task_of(&tx, id)?)?;
        let row = card_for(&tx, &Viewer::of(&who), task.card, today)?;
        let grant = tend(&who, &row)?;
        let fields = tasks::proposal(&tx, id)?;
        let content = if take && !fields.is_empty() { Some(accepted(&row.content, &fields)?) } else { None };
        let tx = tx.allow(grant);
        if let Some(content) = content {
            resources::replace(&tx, row.id, &content, row.due_on)?;
            resources::confirm(&tx, row.id, (today, None), due_on(content.kind, today))?;
            tx.also(Deed::new(DeedKind::CardChanged, row.id));
        }
        found(tasks::finish(&tx, id, who.user, if take { "taken" } else { "dropped" })?.then_some(()))?;
        Ok(tx.commit(Deed::new(DeedKind::CardTaskDone, row.id), row.id)?)
    };
    app.change(actor, key, write).await
}
