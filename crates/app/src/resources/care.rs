// SPDX-License-Identifier: EUPL-1.2
//! Keeping cards fresh: what waits for their keeper, where nobody looked for long, where something is missing; and what
//! may be remembered of certificates of conduct.

use super::owner::value;
use super::shelf::Shelf;
use super::{CardRow, OwnerTask, TaskRow, card_for, tend};
use crate::access::operator;
use crate::core::{App, Failure, Key, in_office};
use domain::access::{Action, Actor, Controller, Denied};
use domain::audit::{Deed, DeedKind};
use domain::deadlines::is_overdue;
use domain::kernel::{CardId, SpaceId};
use domain::resources::search::{Entry, bit};
use domain::resources::{Certificate, Topic, Viewer};
use std::collections::BTreeMap;
use store::ReadTx;
use store::resources::{self, joins, tasks};

/// Cards on the desk.
const SHOWN: i64 = 100;

/// What waits for a keeper.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Cards that ask to be confirmed, the oldest first.
    pub due: Vec<CardRow>,
    /// What was told about the keeper's cards.
    pub tasks: Vec<(TaskRow, OwnerTask)>,
}

/// What waits for the reader.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn desk(app: &App, actor: &Actor) -> Result<Desk, Failure> {
    in_office(actor, Action::TendResources)?;
    let (user, today) = (actor.user, app.today());
    app.read(move |tx| {
        let mut told = Vec::new();
        for task in tasks::tasks_of_keeper(tx, user)? {
            let proposed = tasks::proposal(tx, task.id)?;
            let now = if proposed.is_empty() { None } else { resources::one(tx, task.card)? };
            let now = now.map(|row| row.content.fields()).unwrap_or_default();
            let fields = proposed.into_iter().map(|one| (value(&now, &one.field), one)).map(|(now, one)| (one, now));
            told.push((task.clone(), OwnerTask { id: task.id, card: task.card, fields: fields.collect() }));
        }
        Ok(Desk { due: resources::due(tx, user, today, SHOWN)?, tasks: told })
    })
    .await
}

/// How one topic stands in one space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CareField {
    /// Cards.
    pub cards: usize,
    /// Of them, cards that ask to be confirmed.
    pub stale: usize,
}

/// How a space stands: by topic, and as a whole, as a card may have several topics.
pub type CareMap = BTreeMap<(SpaceId, Option<Topic>), CareField>;

/// Spaces and topics: how many cards, how many of them old. A space or topic without cards is a gap.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn care_map(app: &App, actor: &Actor) -> Result<CareMap, Failure> {
    in_office(actor, Action::SeeProfessionalCards)?;
    let (house, viewer, today) = (app.clone(), Viewer::of(actor), app.today());
    Shelf::ready(app).await?;
    app.read(move |tx| {
        house.shelf.with(tx, |cards| {
            let mut fields = CareMap::new();
            let counts = |entry: &&Entry| entry.seen.by(&viewer, today) && !entry.seen.is_closed(today);
            for entry in cards.index.entries().filter(counts) {
                let Some(space) = entry.space else { continue };
                let topics = Topic::ALL.iter().filter(|topic| entry.topics & bit(Topic::ALL, topic) != 0);
                for topic in topics.copied().map(Some).chain([None]) {
                    let field = fields.entry((space, topic)).or_default();
                    field.cards += 1;
                    field.stale += usize::from(is_overdue(Some(entry.due_on), today));
                }
            }
            fields
        })
    })
    .await
}

/// A card whose certificate is noted.
#[derive(Debug, Clone, Copy)]
pub struct Certified {
    /// Which card.
    pub card: CardId,
    /// What may be noted.
    pub certificate: Certificate,
}

/// Notes that a certificate of conduct was looked at: fact and day of inspection, its date, what it says (§ 72a(5)).
///
/// # Errors
/// [`domain::resources::CERTIFICATE_DAYS`], hidden, forbidden.
pub async fn note_certificate(app: &App, actor: &Actor, key: Option<Key>, new: Certified) -> Result<CardId, Failure> {
    let (who, today, card) = (actor.clone(), app.today(), new.card);
    let write = move |tx: ReadTx<'_>| {
        let row = card_for(&tx, &Viewer::of(&who), card, today)?;
        let grant = tend(&who, &row)?;
        if who.controller != Controller::Office {
            return Err(Failure::Denied(Denied::Forbidden));
        }
        new.certificate.check(today)?;
        let tx = tx.allow(grant);
        if new.certificate.is_kept(today) {
            joins::note_certificate(&tx, card, &new.certificate)?;
        } else {
            // Never taken up, or over for six months: it must not be kept at all.
            joins::forget_certificate(&tx, card)?;
            tx.also(Deed::new(DeedKind::CertificateForgotten, card));
        }
        Ok(tx.commit(Deed::new(DeedKind::CertificateNoted, card), card)?)
    };
    app.change(actor, key, write).await
}

/// What is noted of a certificate, for staff of the office who may change the card.
///
/// # Errors
/// Hidden, forbidden.
pub async fn certificate(app: &App, actor: &Actor, card: CardId) -> Result<Option<Certificate>, Failure> {
    let (who, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let row = card_for(tx, &Viewer::of(&who), card, today)?;
        tend(&who, &row)?;
        let office = who.controller == Controller::Office;
        Ok(if office { joins::certificate(tx, card, today)? } else { None })
    })
    .await
}

/// Forgets what must be forgotten by today; answers how many were forgotten. Shown they are no longer anyway.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn forget_certificates(app: &App) -> Result<usize, Failure> {
    let today = app.today();
    let all = app.read(move |tx| Ok(joins::forgettable(tx, today)?)).await?;
    for card in &all {
        let (card, grant) = (*card, in_office(&operator(), Action::ManagePeople)?);
        let write = move |tx: ReadTx<'_>| {
            let tx = tx.allow(grant);
            joins::forget_certificate(&tx, card)?;
            Ok(tx.commit(Deed::new(DeedKind::CertificateForgotten, card), card)?)
        };
        app.change(&operator(), None, write).await?;
    }
    Ok(all.len())
}
