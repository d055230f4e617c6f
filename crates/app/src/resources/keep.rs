// SPDX-License-Identifier: EUPL-1.2
//! Writing cards.

use super::{CardRow, LinkRow, MergeRow, TaskRow, card_for, tend};
use crate::core::{App, Failure, Key, in_office};
use crate::territory::territory_on;
use domain::access::{Action, Actor, Place};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, Day, SpaceId, TeamId};
use domain::resources::{CardContent, Certificate, Viewer, due_on};
use domain::territory::{Address, Located, locate};
use store::resources::{self, NewStanding, joins, tasks};
use store::{ReadTx, territory};

/// A card with all that its keeper needs.
#[derive(Debug, Clone)]
pub struct CardPage {
    /// The card.
    pub card: CardRow,
    /// May the reader change it?
    pub may_tend: bool,
    /// May the reader confirm it?
    pub may_confirm: bool,
    /// What was told about it; only for those who may change it.
    pub tasks: Vec<TaskRow>,
    /// Links for its owner; only for those who may change it.
    pub links: Vec<LinkRow>,
    /// Cards joined into it; only for those who may change it.
    pub merges: Vec<MergeRow>,
    /// What is noted of a certificate of conduct; only for staff of the office who may change the card.
    pub certificate: Option<Certificate>,
    /// May the reader note one?
    pub may_certify: bool,
}

/// A card.
///
/// # Errors
/// Hidden for those who may not see it.
pub async fn page(app: &App, actor: &Actor, id: CardId) -> Result<CardPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    in_office(&actor, Action::SeeDirectory)?;
    app.read(move |tx| {
        let card = card_for(tx, &Viewer::of(&actor), id, today)?;
        let may_tend = tend(&actor, &card).is_ok();
        let may_certify = may_tend && actor.controller == domain::access::Controller::Office;
        let tended = |yes: bool| yes.then_some(());
        Ok(CardPage {
            may_confirm: in_office(&actor, Action::TendResources).is_ok(),
            tasks: tended(may_tend).map_or(Ok(Vec::new()), |()| tasks::tasks_of_card(tx, id))?,
            links: tended(may_tend).map_or(Ok(Vec::new()), |()| tasks::links(tx, id))?,
            merges: tended(may_tend).map_or(Ok(Vec::new()), |()| joins::merges(tx, id))?,
            certificate: tended(may_certify).map_or(Ok(None), |()| joins::certificate(tx, id, today))?,
            may_certify,
            may_tend,
            card,
        })
    })
    .await
}

/// The space of a card: as chosen, or as the address says today.
pub(super) fn space_of(
    app: &App,
    tx: &ReadTx<'_>,
    card: &CardContent,
    chosen: Option<SpaceId>,
    day: Day,
) -> Result<Option<SpaceId>, Failure> {
    if chosen.is_some() {
        return Ok(chosen);
    }
    let point = card.point.as_ref().and_then(|line| Address::read(line.as_str()).point);
    let place = card.place.as_ref().map(|line| Address::read(line.as_str())).unwrap_or_default();
    let address = Address { point: point.or(place.point), ..place };
    Ok(match locate(&address, &*territory_on(app, tx, day)?) {
        Located::In { space, .. } => Some(space),
        _ => None,
    })
}

/// The team for which a card is kept: the keeper's own, else that of the card's space.
pub(super) fn team_of(tx: &ReadTx<'_>, actor: &Actor, space: Option<SpaceId>) -> Result<Option<TeamId>, Failure> {
    let own = actor.posts.iter().find_map(|post| match post.place {
        Place::Team(team, _) => Some(team),
        _ => None,
    });
    match (own, space) {
        (None, Some(space)) => Ok(territory::team_of(tx, space)?),
        _ => Ok(own),
    }
}

/// Adds a card, confirmed today, kept by who adds it.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn add(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (new, space): (CardContent, Option<SpaceId>),
) -> Result<CardId, Failure> {
    let grant = in_office(actor, Action::TendResources)?;
    let (id, today, house, who) = (app.fresh::<CardId>(), app.today(), app.clone(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let space = space_of(&house, &tx, &new, space, today)?;
        let team = team_of(&tx, &who, space)?;
        let due_on = due_on(new.kind, today);
        let standing = NewStanding { keeper: who.user, team, space, confirmed_on: today, due_on };
        let tx = tx.allow(grant);
        resources::insert(&tx, id, &new, &standing)?;
        Ok(tx.commit(Deed::new(DeedKind::CardAdded, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Writes a card anew. What was seen when the form was shown must still be so.
///
/// # Errors
/// Hidden, forbidden, [`Failure::Stale`].
pub async fn change(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, seen): (CardId, Option<i64>),
    (new, space): (CardContent, Option<SpaceId>),
) -> Result<CardId, Failure> {
    let (today, house, who) = (app.today(), app.clone(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let card = card_for(&tx, &Viewer::of(&who), id, today)?;
        let grant = tend(&who, &card)?;
        if seen.is_some_and(|seen| seen != card.changed) {
            return Err(Failure::Stale);
        }
        let space = space_of(&house, &tx, &new, space, today)?;
        let tx = tx.allow(grant);
        resources::replace(&tx, id, &new, due_on(new.kind, card.confirmed_on))?;
        if space != card.space {
            resources::set_space(&tx, id, space)?;
        }
        Ok(tx.commit(Deed::new(DeedKind::CardChanged, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Confirms that a card is still true.
///
/// # Errors
/// Hidden, when there is no such card for the actor.
pub async fn confirm(app: &App, actor: &Actor, key: Option<Key>, id: CardId) -> Result<CardId, Failure> {
    let grant = in_office(actor, Action::TendResources)?;
    let (today, who) = (app.today(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let card = card_for(&tx, &Viewer::of(&who), id, today)?;
        let tx = tx.allow(grant);
        resources::confirm(&tx, id, (today, Some(who.user)), due_on(card.content.kind, today))?;
        Ok(tx.commit(Deed::new(DeedKind::CardConfirmed, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Closes a card: what it told of is no more.
///
/// # Errors
/// Hidden, forbidden.
pub async fn close(app: &App, actor: &Actor, key: Option<Key>, id: CardId) -> Result<CardId, Failure> {
    end(app, actor, key, (id, Some(app.today()), DeedKind::CardClosed)).await
}

/// Opens a closed card again.
///
/// # Errors
/// Hidden, forbidden.
pub async fn reopen(app: &App, actor: &Actor, key: Option<Key>, id: CardId) -> Result<CardId, Failure> {
    end(app, actor, key, (id, None, DeedKind::CardReopened)).await
}

async fn end(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, on, deed): (CardId, Option<Day>, DeedKind),
) -> Result<CardId, Failure> {
    let (today, who) = (app.today(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let card = card_for(&tx, &Viewer::of(&who), id, today)?;
        let tx = tx.allow(tend(&who, &card)?);
        resources::end(&tx, id, on, card.merged_into.filter(|_| on.is_some()))?;
        Ok(tx.commit(Deed::new(deed, id), id)?)
    };
    app.change(actor, key, write).await
}

/// The person took the consent back: from today on nobody but the keeper sees the card.
///
/// # Errors
/// Hidden, forbidden.
pub async fn revoke_consent(app: &App, actor: &Actor, key: Option<Key>, id: CardId) -> Result<CardId, Failure> {
    let (today, who) = (app.today(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let card = card_for(&tx, &Viewer::of(&who), id, today)?;
        let tx = tx.allow(tend(&who, &card)?);
        let mut content = card.content;
        if let Some(consent) = &mut content.consent {
            consent.revoked_on = Some(consent.revoked_on.map_or(today, |day| day.min(today)));
        }
        resources::replace(&tx, id, &content, card.due_on)?;
        Ok(tx.commit(Deed::new(DeedKind::CardChanged, id), id)?)
    };
    app.change(actor, key, write).await
}
