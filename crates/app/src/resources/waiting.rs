// SPDX-License-Identifier: EUPL-1.2
//! Private persons out of a file. No file says what a person agreed to: they wait, seen by who handed the file in alone, until
//! somebody records the consent, and are forgotten when nobody does (§ 67b SGB X; Art. 5(1)(e), 6, 7 DSGVO).

use super::keep::{space_of, team_of};
use crate::access::operator;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, CardWaitingId, Day};
use domain::resources::exchange::DRAFT_DAYS;
use domain::resources::{CardContent, due_on};
use store::ReadTx;
use store::resources::imports::{self, WaitingRow};
use store::resources::{self, NewStanding};

/// A private person out of a file, with what is known.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Who.
    pub row: WaitingRow,
    /// What the file said, without any consent.
    pub fields: Vec<(String, String)>,
}

impl Waiting {
    /// A field.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

fn waiting_for(tx: &ReadTx<'_>, actor: &Actor, today: Day) -> Result<Vec<Waiting>, Failure> {
    let all = imports::waiting(tx, actor.user, today)?;
    let waiting = |row: WaitingRow| Ok(Waiting { fields: imports::waiting_fields(tx, row.id)?, row });
    all.into_iter().map(waiting).collect()
}

fn one_waiting(tx: &ReadTx<'_>, actor: &Actor, today: Day, id: CardWaitingId) -> Result<Waiting, Failure> {
    found(waiting_for(tx, actor, today)?.into_iter().find(|one| one.row.id == id))
}

/// Who waits for the actor.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<Waiting>, Failure> {
    in_office(actor, Action::ImportResources)?;
    let (who, today) = (actor.clone(), app.today());
    app.read(move |tx| waiting_for(tx, &who, today)).await
}

/// The person agreed: what was in the file becomes a card, no wider seen than was agreed.
///
/// # Errors
/// Hidden, refused where a consent is not whole.
pub async fn agree(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, consent): (CardWaitingId, Vec<(&'static str, String)>),
) -> Result<CardId, Failure> {
    let grant = in_office(actor, Action::ImportResources)?;
    let (card, today, house, who) = (app.fresh::<CardId>(), app.today(), app.clone(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let known = one_waiting(&tx, &who, today, id)?;
        let kept = known.fields.iter().filter(|(field, _)| consent.iter().all(|(other, _)| other != field));
        let fields: Vec<(&str, &str)> = kept
            .map(|(field, value)| (field.as_str(), value.as_str()))
            .chain(consent.iter().map(|(field, value)| (*field, value.as_str())))
            .collect();
        let content = CardContent::read(fields.as_slice())?;
        let space = space_of(&house, &tx, &content, None, today)?;
        let (team, due_on) = (team_of(&tx, &who, space)?, due_on(content.kind, today));
        let standing = NewStanding { keeper: who.user, team, space, confirmed_on: today, due_on };
        let tx = tx.allow(grant);
        resources::insert(&tx, card, &content, &standing)?;
        imports::forget_waiting(&tx, id)?;
        Ok(tx.commit(Deed::new(DeedKind::WaitingAgreed, card), card)?)
    };
    app.change(actor, key, write).await
}

/// The person did not agree.
///
/// # Errors
/// Hidden.
pub async fn forget(app: &App, actor: &Actor, key: Option<Key>, id: CardWaitingId) -> Result<CardWaitingId, Failure> {
    let grant = in_office(actor, Action::ImportResources)?;
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        one_waiting(&tx, &who, today, id)?;
        let tx = tx.allow(grant);
        imports::forget_waiting(&tx, id)?;
        Ok(tx.commit(Deed::new(DeedKind::WaitingForgotten, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Forgets who has waited too long, drops tables that nobody took, and forgets the rows that imports left out: persons may
/// stand in them, too. Answers how many.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn forget_imports(app: &App) -> Result<usize, Failure> {
    let (today, before) = (app.today(), app.now().plus_minutes(-i64::from(DRAFT_DAYS) * 24 * 60));
    let over = move |tx: &ReadTx<'_>| {
        Ok((imports::waiting_over(tx, today)?, imports::old(tx, before)?, imports::with_rejects(tx, before)?))
    };
    let (people, tables, left_out) = app.read(over).await?;
    for id in &people {
        let (id, grant) = (*id, in_office(&operator(), Action::ManagePeople)?);
        let write = move |tx: ReadTx<'_>| {
            let tx = tx.allow(grant);
            imports::forget_waiting(&tx, id)?;
            Ok(tx.commit(Deed::new(DeedKind::WaitingForgotten, id), id)?)
        };
        app.change(&operator(), None, write).await?;
    }
    for id in &tables {
        let (id, grant) = (*id, in_office(&operator(), Action::ManagePeople)?);
        let write = move |tx: ReadTx<'_>| {
            let tx = tx.allow(grant);
            imports::drop_it(&tx, id)?;
            Ok(tx.commit(Deed::new(DeedKind::ImportDropped, id), id)?)
        };
        app.change(&operator(), None, write).await?;
    }
    for id in &left_out {
        let (id, grant) = (*id, in_office(&operator(), Action::ManagePeople)?);
        let write = move |tx: ReadTx<'_>| {
            let tx = tx.allow(grant);
            imports::forget_rejects(&tx, id)?;
            Ok(tx.commit(Deed::new(DeedKind::LeftOutForgotten, id), id)?)
        };
        app.change(&operator(), None, write).await?;
    }
    Ok(people.len() + tables.len() + left_out.len())
}
