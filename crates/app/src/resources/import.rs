// SPDX-License-Identifier: EUPL-1.2
//! Bringing many cards in at once: hand in, look, take, take back. Until it is taken nothing is written but the table
//! itself; it is taken in one transaction, so that there is no half an import, whatever breaks in between.

use super::import_text::{notes_of, rows_of, said_of, table_of, written};
use super::intake::{self, Incoming, clean_name};
use super::judge::{Judged, guessed, judge, wrong_with};
use super::keep::{space_of, team_of};
use super::tend;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, CardImportId, Day, Refusals};
use domain::resources::exchange::{
    DRAFT_DAYS, NOTHING_TO_TAKE, Outcome, Plan, ROWS_FAULTY, Said, Table, Taken, What, Words,
};
use domain::resources::{CardContent, Visibility, due_on};
use domain::territory::Severity;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::resources::imports::{self, ImportRow, ImportedCard, NewImport, WaitingRow};
use store::resources::{self, NewStanding};
use store::{ReadTx, WriteTx};

/// Imports shown at once.
const SHOWN: i64 = 50;
/// Rows shown as they stand in the file.
const SAMPLES: usize = 5;
/// So many cards are written before progress is told.
const BATCH: usize = 100;

/// Says in German what is said about a row.
#[derive(Clone)]
pub struct Say(pub Arc<dyn Fn(&Said) -> String + Send + Sync>);

impl std::fmt::Debug for Say {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Say")
    }
}

/// How far imports are that run at this moment. In memory: what a dead process did not finish was never written.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<BTreeMap<CardImportId, (usize, usize)>>);

impl Jobs {
    fn tell(&self, id: CardImportId, at: Option<(usize, usize)>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match at {
            Some(at) => all.insert(id, at),
            None => all.remove(&id),
        };
    }

    fn of(&self, id: CardImportId) -> Option<(usize, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }
}

/// An import with all that its page needs.
#[derive(Debug, Clone)]
pub struct ImportSeen {
    /// The import.
    pub row: ImportRow,
    /// So many of so many are written at this moment.
    pub running: Option<(usize, usize)>,
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

/// What is chosen about a table.
#[derive(Debug, Clone)]
pub struct Order {
    /// How to read it.
    pub plan: Plan,
    /// Words of lists.
    pub words: Words,
    /// Take what is right, though other rows are not.
    pub without_faulty: bool,
    /// The sentences for rows that are left out.
    pub say: Say,
}

/// What stands in a file, private persons among it, is read, taken and dropped by whoever handed it in.
fn own(tx: &ReadTx<'_>, actor: &Actor, id: CardImportId) -> Result<ImportRow, Failure> {
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
    let (who, today, running) = (actor.clone(), app.today(), app.shelf.jobs.of(id));
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
        let outcome =
            if wrong.is_empty() { judge(tx, &who, today, (&table, (&plan, &words)))?.outcome } else { empty };
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

/// Takes an import: all of it, or – if that was said – what is right of it. In one transaction.
///
/// # Errors
/// [`ROWS_FAULTY`], [`NOTHING_TO_TAKE`], what is wrong with the columns, [`Failure::Stale`] if it was taken already.
pub async fn take_import(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, order): (CardImportId, Order),
) -> Result<CardImportId, Failure> {
    let grant = in_office(actor, Action::ImportResources)?;
    let (house, who) = (app.clone(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let (today, row) = (house.today(), own(&tx, &who, id)?);
        let Some(table) = table_of(&tx, &row)? else { return Err(Failure::Stale) };
        let wrong = wrong_with(&order.plan);
        if !wrong.is_empty() {
            return Err(wrong.into());
        }
        let judged = judge(&tx, &who, today, (&table, (&order.plan, &order.words)))?;
        if !judged.outcome.rejected.is_empty() && !order.without_faulty {
            return Err(ROWS_FAULTY.broken().into());
        }
        if judged.outcome.taken.is_empty() {
            return Err(NOTHING_TO_TAKE.broken().into());
        }
        let standings = standings(&house, &tx, &who, &judged)?;
        let tx = tx.allow(grant);
        write_all(&house, &tx, (id, today), (&judged, &standings))?;
        let counts = (number(judged.outcome.taken.len()), number(judged.outcome.rejected.len()));
        let rejects = rejects(&table, &judged.outcome, &order.say);
        found(imports::finish(&tx, id, counts, rejects.as_deref())?.then_some(()))?;
        Ok(tx.commit(Deed::new(DeedKind::CardsImported, id), id)?)
    };
    let done = app.change(actor, key, write).await;
    app.shelf.jobs.tell(id, None);
    done
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Where each card will stand: by the space the file names, or by its address.
fn standings(app: &App, tx: &ReadTx<'_>, actor: &Actor, judged: &Judged) -> Result<Vec<Option<NewStanding>>, Failure> {
    let today = app.today();
    let standing = |taken: &Taken| {
        let What::Card(card) = &taken.what else { return Ok(None) };
        let space = space_of(app, tx, card, judged.spaces.get(&taken.line).copied(), today)?;
        let confirmed_on = taken.confirmed_on.map_or(today, |day| day.min(today));
        let (team, due_on) = (team_of(tx, actor, space)?, due_on(card.kind, confirmed_on));
        Ok(Some(NewStanding { keeper: actor.user, team, space, confirmed_on, due_on }))
    };
    judged.outcome.taken.iter().map(standing).collect()
}

fn write_all(
    app: &App,
    tx: &WriteTx<'_>,
    (id, today): (CardImportId, Day),
    (judged, standings): (&Judged, &[Option<NewStanding>]),
) -> Result<(), Failure> {
    let all = judged.outcome.taken.len();
    for (number, (taken, standing)) in (1..).zip(judged.outcome.taken.iter().zip(standings)) {
        match (&taken.what, standing) {
            (What::Card(content), Some(standing)) => {
                let card = taken.id.map_or_else(|| app.fresh(), CardId);
                if judged.again.contains(&taken.line) {
                    resources::replace(tx, card, content, standing.due_on)?;
                    resources::set_space(tx, card, standing.space)?;
                    resources::end(tx, card, None, None)?;
                } else {
                    resources::insert(tx, card, content, standing)?;
                }
                imports::note_card(tx, id, card, resources::head(tx)?)?;
            }
            (What::Person(fields), _) => {
                let waiting = WaitingRow { id: app.fresh(), import: id, gone_on: today.plus_days(DRAFT_DAYS) };
                imports::insert_waiting(tx, &waiting, fields)?;
            }
            (What::Card(_), None) => {}
        }
        if number % BATCH == 0 || number == all {
            app.shelf.jobs.tell(id, Some((number, all)));
        }
    }
    Ok(())
}

/// The rows that were left out, as they were, with their line and why.
fn rejects(table: &Table, outcome: &Outcome, say: &Say) -> Option<String> {
    if outcome.rejected.is_empty() {
        return None;
    }
    let row = |(line, cells): &(usize, Vec<String>)| {
        let errors = outcome.said.iter().filter(|said| said.line == *line && said.severity == Severity::Error);
        let mut cells = cells.clone();
        cells.resize(table.head.len(), String::new());
        cells.push(errors.map(|said| (say.0)(said)).collect::<Vec<_>>().join(" "));
        (*line, cells)
    };
    let rows: Vec<_> = table.rows.iter().filter(|(line, _)| outcome.rejected.contains(line)).map(row).collect();
    Some(written(&table.head, &rows))
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

/// How far it is.
#[must_use]
pub fn import_progress(app: &App, id: CardImportId) -> Option<(usize, usize)> {
    app.shelf.jobs.of(id)
}
