// SPDX-License-Identifier: EUPL-1.2
//! Bringing many cards in at once: hand in, look, take (`import_take`), take back. Until it is taken nothing is written
//! but the table itself.

use super::import_take::Run;
use super::import_text::{notes_of, rows_of, said_of, table_of, written};
use super::intake::{self, Incoming, clean_name};
use super::judge::{guessed, judge, wrong_with};
use super::tend;
use crate::core::{App, Failure, Key, found, in_office};
use crate::territory::territory_on;
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, CardImportId, Refusals};
use domain::resources::exchange::{Outcome, Plan, Said, Words};
use domain::resources::{CardContent, Visibility};
use store::ReadTx;
use store::resources;
use store::resources::imports::{self, ImportRow, ImportedCard, NewImport};

/// Imports shown at once.
const SHOWN: i64 = 50;
/// Rows shown as they stand in the file.
const SAMPLES: usize = 5;

/// An import with all that its page needs.
#[derive(Debug, Clone)]
pub struct ImportSeen {
    /// The import.
    pub row: ImportRow,
    /// How far it is, while it is written.
    pub running: Option<Run>,
    /// Heads of the columns.
    pub head: Vec<String>,
    /// The first rows as they stand in the file.
    pub samples: Vec<Vec<String>>,
    /// How many rows there are.
    pub rows: usize,
    /// How it would be read.
    pub plan: Option<Plan>,
    /// What would come of it.
    pub outcome: Outcome,
    /// What is wrong with the choice of columns.
    pub wrong: Refusals,
    /// Cards that came of it.
    pub cards: Vec<ImportedCard>,
}

/// What stands in a file, private persons among it, is read, taken and dropped by whoever handed it in.
pub(super) fn own(tx: &ReadTx<'_>, actor: &Actor, id: CardImportId) -> Result<ImportRow, Failure> {
    found(imports::one(tx, id)?.filter(|row| row.by == actor.user))
}

// Use cases -------------------------------------------------------------------------------------------

/// Hands a file in. What cannot be read is said and not kept.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn hand_in(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    file: Incoming,
) -> Result<Result<CardImportId, Vec<Said>>, Failure> {
    let grant = in_office(actor, Action::ImportResources)?;
    let today = app.today();
    let read = move || {
        intake::read(&file, today).map(|table| NewImport {
            name: clean_name(&file.name),
            content: written(&table.head, &table.rows),
            notes: notes_of(&table.said),
            source: table.source,
        })
    };
    let new = match app.shelf.turns.take(read).await? {
        Ok(new) => new,
        Err(said) => return Ok(Err(said)),
    };
    let id = app.fresh::<CardImportId>();
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        imports::insert(&tx, id, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::ImportHandedIn, id), id)?)
    };
    app.change(actor, key, write).await.map(Ok)
}

/// The last imports of the office.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn list_imports(app: &App, actor: &Actor) -> Result<Vec<ImportRow>, Failure> {
    in_office(actor, Action::ImportResources)?;
    app.read(|tx| Ok(imports::list(tx, SHOWN)?)).await
}

/// An import: what would come of it, or what came. Without a plan its columns are guessed.
///
/// # Errors
/// Hidden, [`Failure::Denied`].
pub async fn look_at_import(
    app: &App,
    actor: &Actor,
    id: CardImportId,
    (plan, defaults, words): (Option<Plan>, Plan, Words),
) -> Result<ImportSeen, Failure> {
    in_office(actor, Action::ImportResources)?;
    let (who, today, running) = (actor.clone(), app.today(), app.shelf.jobs.of(id, app.now()));
    let house = app.clone();
    app.read(move |tx| {
        let row = own(tx, &who, id)?;
        let empty = Outcome { said: said_of(&row.notes), ..Outcome::default() };
        let cards = imports::cards(tx, id)?;
        let Some(table) = table_of(tx, &row)? else {
            let (head, samples, wrong) = (Vec::new(), Vec::new(), Refusals::default());
            return Ok(ImportSeen { row, running, head, samples, rows: 0, plan: None, outcome: empty, wrong, cards });
        };
        let mut plan = plan.clone().unwrap_or_else(|| guessed(&table.head, &defaults));
        plan.columns.resize(table.head.len(), None);
        let wrong = wrong_with(&plan);
        let outcome = if wrong.is_empty() {
            let territory = territory_on(&house, tx, today)?;
            judge(tx, &who, (today, territory.streets()), (&table, (&plan, &words)))?.outcome
        } else {
            empty
        };
        let samples = table.rows.iter().take(SAMPLES).map(|(_, cells)| cells.clone()).collect();
        Ok(ImportSeen {
            row,
            running,
            samples,
            rows: table.rows.len(),
            head: table.head,
            plan: Some(plan),
            outcome,
            wrong,
            cards,
        })
    })
    .await
}

/// Rows with the lines they stand on.
pub type Lines = Vec<(usize, Vec<String>)>;

/// The rows of an import that were left out: heads, then lines with their cells and, last, the reason.
///
/// # Errors
/// Hidden, [`Failure::Denied`].
pub async fn left_out(app: &App, actor: &Actor, id: CardImportId) -> Result<(Vec<String>, Lines), Failure> {
    in_office(actor, Action::ImportResources)?;
    let who = actor.clone();
    app.read(move |tx| {
        own(tx, &who, id)?;
        Ok(rows_of(&found(imports::rejects(tx, id)?)?))
    })
    .await
}

/// Drops a table that was not taken.
///
/// # Errors
/// [`Failure::Stale`] if there is nothing to drop.
pub async fn drop_import(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CardImportId,
) -> Result<CardImportId, Failure> {
    let (grant, who) = (in_office(actor, Action::ImportResources)?, actor.clone());
    let write = move |tx: ReadTx<'_>| {
        own(&tx, &who, id)?;
        let tx = tx.allow(grant);
        if !imports::drop_it(&tx, id)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::new(DeedKind::ImportDropped, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Takes a whole import back: its cards are closed and seen by their keeper alone, its waiting persons forgotten. Cards
/// that somebody changed since stay as they are.
///
/// # Errors
/// [`Failure::Stale`] if it was not taken or is taken back already.
pub async fn undo_import(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CardImportId,
) -> Result<CardImportId, Failure> {
    let grant = in_office(actor, Action::ImportResources)?;
    let (today, who) = (app.today(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        own(&tx, &who, id)?;
        let untouched: Vec<CardId> =
            imports::cards(&tx, id)?.into_iter().filter(|card| !card.changed).map(|card| card.id).collect();
        let mut rows = resources::some(&tx, &untouched)?;
        // Who imported a card and may not tend it any more does not close it either.
        rows.retain(|row| tend(&who, row).is_ok());
        let waiting = imports::waiting_of(&tx, id)?;
        let tx = tx.allow(grant);
        if !imports::undo(&tx, id)? {
            return Err(Failure::Stale);
        }
        for row in rows {
            let content = CardContent { visibility: Visibility::Owner, ..row.content };
            resources::replace(&tx, row.id, &content, row.due_on)?;
            resources::end(&tx, row.id, Some(today), None)?;
            imports::renote_card(&tx, id, row.id, resources::head(&tx)?)?;
        }
        for person in waiting {
            imports::forget_waiting(&tx, person)?;
        }
        Ok(tx.commit(Deed::new(DeedKind::ImportUndone, id), id)?)
    };
    app.change(actor, key, write).await
}
