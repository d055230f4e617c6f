// SPDX-License-Identifier: EUPL-1.2
//! A keeper goes: the cards go to another one, and with them what was told about them.

use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor, Controller, Place, Post, Role, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Day, UserId};
use domain::resources::{KEEPER_SAME, KEEPER_STAYS, KEEPER_UNFIT};
use std::collections::BTreeMap;
use store::resources::keepers as kept;
use store::{ReadTx, access};

/// People to choose from.
const PEOPLE: i64 = 2_000;

/// Somebody who keeps cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeeperView {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// How many cards.
    pub cards: i64,
    /// What was told about them and waits.
    pub tasks: i64,
    /// May still keep cards.
    pub fit: bool,
    /// Tends the cards and has no end: nobody else gives them away.
    pub stays: bool,
}

/// Who keeps cards, and who may take some over.
#[derive(Debug, Clone)]
pub struct KeepersPage {
    /// Who keeps cards, by name; those who may no longer do so come first.
    pub keepers: Vec<KeeperView>,
    /// Who may keep cards, by name.
    pub people: Vec<(UserId, String)>,
}

/// Who keeps cards.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn keepers(app: &App, actor: &Actor) -> Result<KeepersPage, Failure> {
    in_office(actor, Action::CurateResources)?;
    let today = app.today();
    app.read(move |tx| {
        let mut keepers = Vec::new();
        let mut people = Vec::new();
        for (id, (name, fit)) in accounts(tx, today)? {
            if fit {
                people.push((id, name.clone()));
            }
            let (cards, tasks) = kept::kept_by(tx, id)?;
            if cards > 0 {
                let (fit, stays) = tends(tx, id, today)?;
                keepers.push(KeeperView { id, name, cards, tasks, fit, stays });
            }
        }
        people.sort_by(|a, b| a.1.cmp(&b.1));
        keepers.sort_by(|a, b| (a.fit, &a.name).cmp(&(b.fit, &b.name)));
        Ok(KeepersPage { keepers, people })
    })
    .await
}

/// All accounts; has it a post today that carries the keeping of cards?
fn accounts(tx: &ReadTx<'_>, today: Day) -> Result<BTreeMap<UserId, (String, bool)>, Failure> {
    let today = today.to_string();
    let mut all: BTreeMap<UserId, (String, bool)> = BTreeMap::new();
    for line in access::people(tx, "", PEOPLE)? {
        let account = all.entry(line.user).or_insert((line.name, false));
        let Some((_, role, _, from, until)) = line.post else { continue };
        let holds = from <= today && until.is_none_or(|until| today < until);
        account.1 |= holds && Role::from_code(&role).is_some_and(|role| may_keep(line.user, role));
    }
    Ok(all)
}

fn may_keep(user: UserId, role: Role) -> bool {
    let posts = vec![Post { role, place: Place::Office }];
    let actor = Actor { user, controller: Controller::Office, posts };
    permit(&actor, Action::TendResources, domain::access::Standing::Office).is_ok()
}

/// May somebody keep cards today, in whatever house, and does that go on? Whoever is going has an end on every such post.
fn tends(tx: &ReadTx<'_>, user: UserId, today: Day) -> Result<(bool, bool), Failure> {
    let Some(known) = access::actor(tx, user, today)? else { return Ok((false, false)) };
    let lasting = kept::lasting_roles(tx, user, today)?;
    let mut goes_on = known.actor.clone();
    goes_on.posts.retain(|post| lasting.contains(&post.role));
    let tends = |actor: &Actor| in_office(actor, Action::TendResources).is_ok();
    Ok((tends(&known.actor), tends(&goes_on)))
}

/// Gives all cards of a keeper to another one. Keepers do it themselves, curators for those who are gone or going: a card
/// for its keeper alone would else be read by whoever takes it.
///
/// # Errors
/// [`KEEPER_SAME`], [`KEEPER_STAYS`], [`KEEPER_UNFIT`], hidden, forbidden.
pub async fn hand_over(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (from, to): (UserId, UserId),
) -> Result<UserId, Failure> {
    let grant = if from == actor.user {
        in_office(actor, Action::TendResources)?
    } else {
        in_office(actor, Action::CurateResources)?
    };
    if from == to {
        return Err(KEEPER_SAME.broken_at("to").into());
    }
    let (today, user) = (app.today(), actor.user);
    let write = move |tx: ReadTx<'_>| {
        if from != user && tends(&tx, from, today)?.1 {
            return Err(KEEPER_STAYS.broken_at("from").into());
        }
        let next = found(access::actor(&tx, to, today)?)?;
        if in_office(&next.actor, Action::TendResources).is_err() {
            return Err(KEEPER_UNFIT.broken_at("to").into());
        }
        // Cards of one house do not go to another one.
        if let Some(giver) = access::actor(&tx, from, today)?
            && giver.actor.controller != next.actor.controller
        {
            return Err(KEEPER_UNFIT.broken_at("to").into());
        }
        let cards = kept::cards_of(&tx, from)?;
        let tx = tx.allow(grant);
        for card in &cards {
            kept::hand(&tx, *card, to)?;
        }
        Ok(tx.commit(Deed::new(DeedKind::CardsHandedOver, to), to)?)
    };
    app.change(actor, key, write).await
}
