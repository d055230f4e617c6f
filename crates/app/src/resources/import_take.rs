// SPDX-License-Identifier: EUPL-1.2
//! Taking an import: all its cards in one transaction, so that there is no half an import, whatever breaks in between and
//! whoever stops it. Everything that can be found out before is found out before, while others write.

use super::import::own;
use super::import_text::{table_of, written};
use super::judge::{Judged, judge, wrong_with};
use super::keep::{space_of, team_of};
use crate::core::{App, Failure, Key, found, in_office};
use crate::territory::territory_on;
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, CardImportId, Day, Moment};
use domain::resources::due_on;
use domain::resources::exchange::{
    DRAFT_DAYS, IMPORT_STOPPED, NOTHING_TO_TAKE, Outcome, Plan, ROWS_FAULTY, Said, Table, Taken, What, Words,
};
use domain::territory::Severity;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::resources::imports::{self, WaitingRow};
use store::resources::{self, NewStanding};
use store::{ReadTx, WriteTx};

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

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Cards written, not yet for good.
    pub done: usize,
    /// Of so many.
    pub all: usize,
    /// Seconds it will still take if it goes on like this; nothing before anybody could say.
    pub rest: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
struct Job {
    done: usize,
    all: usize,
    since: Moment,
    stop: bool,
}

/// How far imports are that run at this moment. In memory: what a dead process did not finish was never written.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<BTreeMap<CardImportId, Job>>);

impl Jobs {
    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<CardImportId, Job>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn begin(&self, id: CardImportId, all: usize, since: Moment) {
        self.with(|jobs| {
            // A closure may be run again; who stopped it meant it.
            let stop = jobs.get(&id).is_some_and(|job| job.stop);
            jobs.insert(id, Job { done: 0, all, since, stop });
        });
    }

    /// Goes on, unless somebody stopped it.
    fn reach(&self, id: CardImportId, done: usize) -> Result<(), Failure> {
        self.with(|jobs| match jobs.get_mut(&id) {
            Some(job) if job.stop => Err(IMPORT_STOPPED.broken().into()),
            Some(job) => {
                job.done = done;
                Ok(())
            }
            None => Ok(()),
        })
    }

    fn stop(&self, id: CardImportId) -> bool {
        self.with(|jobs| jobs.get_mut(&id).map(|job| job.stop = true).is_some())
    }

    fn end(&self, id: CardImportId) {
        self.with(|jobs| jobs.remove(&id));
    }

    pub(super) fn of(&self, id: CardImportId, now: Moment) -> Option<Run> {
        let job = self.with(|jobs| jobs.get(&id).copied())?;
        Some(Run { done: job.done, all: job.all, rest: rest(job, now) })
    }
}

/// As long as the others took, for those that are left; in whole seconds, rounded up.
fn rest(job: Job, now: Moment) -> Option<i64> {
    let (done, left) = (i64::try_from(job.done).ok()?, i64::try_from(job.all.saturating_sub(job.done)).ok()?);
    let took = now.0.saturating_sub(job.since.0);
    (done > 0 && took > 0).then(|| took.saturating_mul(left).div_euclid(done).saturating_add(999) / 1_000)
}

/// What is known before anything is written, and up to which change of the cards it is true.
struct Ready {
    head: i64,
    judged: Judged,
    standings: Vec<Option<NewStanding>>,
    rejects: Option<String>,
}

fn ready(house: &App, tx: &ReadTx<'_>, who: &Actor, (id, order): (CardImportId, &Order)) -> Result<Ready, Failure> {
    let row = own(tx, who, id)?;
    let Some(table) = table_of(tx, &row)? else { return Err(Failure::Stale) };
    let wrong = wrong_with(&order.plan);
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    // Whoever looks sees from here on that it runs, though how many of its rows are cards is not known yet.
    house.shelf.jobs.begin(id, table.rows.len(), house.now());
    let (today, territory) = (house.today(), territory_on(house, tx, house.today())?);
    let judged = judge(tx, who, (today, territory.streets()), (&table, (&order.plan, &order.words)))?;
    if !judged.outcome.rejected.is_empty() && !order.without_faulty {
        return Err(ROWS_FAULTY.broken().into());
    }
    if judged.outcome.taken.is_empty() {
        return Err(NOTHING_TO_TAKE.broken().into());
    }
    let standings = standings(house, tx, who, (id, &judged))?;
    let rejects = rejects(&table, &judged.outcome, &order.say);
    Ok(Ready { head: resources::head(tx)?, judged, standings, rejects })
}

/// Takes an import: all of it, or – if that was said – what is right of it. In one transaction.
///
/// # Errors
/// [`ROWS_FAULTY`], [`NOTHING_TO_TAKE`], [`IMPORT_STOPPED`], what is wrong with the columns, [`Failure::Stale`] if it was
/// taken already.
pub async fn take_import(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, order): (CardImportId, Order),
) -> Result<CardImportId, Failure> {
    in_office(actor, Action::ImportResources)?;
    let done = take(app, actor, key, (id, Arc::new(order))).await;
    app.shelf.jobs.end(id);
    done
}

async fn take(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, order): (CardImportId, Arc<Order>),
) -> Result<CardImportId, Failure> {
    let grant = in_office(actor, Action::ImportResources)?;
    let (house, who, early) = (app.clone(), actor.clone(), Arc::clone(&order));
    // Only what it says is of use; whether it still may be taken, the transaction asks again.
    let look = app.read(move |tx| Ok(ready(&house, tx, &who, (id, &early)).ok())).await?.map(Arc::new);
    let (house, who) = (app.clone(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let is_draft = own(&tx, &who, id)?.state == "draft";
        let known = look.clone().filter(|ready| is_draft && resources::head(&tx).is_ok_and(|head| head == ready.head));
        let ready = known.map_or_else(|| ready(&house, &tx, &who, (id, &order)).map(Arc::new), Ok)?;
        let tx = tx.allow(grant);
        write_all(&house, &tx, id, &ready)?;
        let outcome = &ready.judged.outcome;
        let counts = (number(outcome.taken.len()), number(outcome.rejected.len()));
        found(imports::finish(&tx, id, counts, ready.rejects.as_deref())?.then_some(()))?;
        Ok(tx.commit(Deed::new(DeedKind::CardsImported, id), id)?)
    };
    app.change(actor, key, write).await
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Where each card will stand: by the space the file names, or by its address.
fn standings(
    app: &App,
    tx: &ReadTx<'_>,
    actor: &Actor,
    (id, judged): (CardImportId, &Judged),
) -> Result<Vec<Option<NewStanding>>, Failure> {
    let today = app.today();
    app.shelf.jobs.begin(id, judged.outcome.taken.len(), app.now());
    let standing = |taken: &Taken| {
        app.shelf.jobs.reach(id, 0)?;
        let What::Card(card) = &taken.what else { return Ok(None) };
        let space = space_of(app, tx, card, judged.spaces.get(&taken.line).copied(), today)?;
        let confirmed_on = taken.confirmed_on.map_or(today, |day| day.min(today));
        let (team, due_on) = (team_of(tx, actor, space)?, due_on(card.kind, confirmed_on));
        Ok(Some(NewStanding { keeper: actor.user, team, space, confirmed_on, due_on }))
    };
    judged.outcome.taken.iter().map(standing).collect()
}

fn write_all(app: &App, tx: &WriteTx<'_>, id: CardImportId, ready: &Ready) -> Result<(), Failure> {
    let (judged, today) = (&ready.judged, app.today());
    let all = judged.outcome.taken.len();
    app.shelf.jobs.begin(id, all, app.now());
    for (number, (taken, standing)) in (1..).zip(judged.outcome.taken.iter().zip(&ready.standings)) {
        write_one(app, tx, (id, today), (taken, standing.as_ref(), judged.again.contains(&taken.line)))?;
        if number % BATCH == 0 || number == all {
            app.shelf.jobs.reach(id, number)?;
        }
    }
    Ok(())
}

fn write_one(
    app: &App,
    tx: &WriteTx<'_>,
    (id, today): (CardImportId, Day),
    (taken, standing, again): (&Taken, Option<&NewStanding>, bool),
) -> Result<(), Failure> {
    match (&taken.what, standing) {
        (What::Card(content), Some(standing)) => {
            let card = taken.id.map_or_else(|| app.fresh(), CardId);
            if again {
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
    Ok(())
}

/// The rows that were left out, as they were, with their line and why.
fn rejects(table: &Table, outcome: &Outcome, say: &Say) -> Option<String> {
    if outcome.rejected.is_empty() {
        return None;
    }
    let mut errors: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for said in outcome.said.iter().filter(|said| said.severity == Severity::Error) {
        errors.entry(said.line).or_default().push((say.0)(said));
    }
    let row = |(line, cells): &(usize, Vec<String>)| {
        let mut cells = cells.clone();
        cells.resize(table.head.len(), String::new());
        cells.push(errors.get(line).map(|all| all.join(" ")).unwrap_or_default());
        (*line, cells)
    };
    let rows: Vec<_> = table.rows.iter().filter(|(line, _)| outcome.rejected.contains(line)).map(row).collect();
    Some(written(&table.head, &rows))
}

/// How far it is.
#[must_use]
pub fn import_progress(app: &App, id: CardImportId) -> Option<Run> {
    app.shelf.jobs.of(id, app.now())
}

/// Stops an import that is being written: nothing of it is kept, and its table waits as before.
///
/// # Errors
/// Hidden, [`Failure::Denied`], [`Failure::Stale`] if it does not run.
pub async fn stop_import(app: &App, actor: &Actor, id: CardImportId) -> Result<CardImportId, Failure> {
    in_office(actor, Action::ImportResources)?;
    let who = actor.clone();
    app.read(move |tx| own(tx, &who, id)).await?;
    if app.shelf.jobs.stop(id) { Ok(id) } else { Err(Failure::Stale) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_stops_it_stops_it_also_when_it_is_tried_again() {
        let (jobs, id) = (Jobs::default(), CardImportId(uuid::Uuid::from_u128(1)));
        let stopped = |done| matches!(jobs.reach(id, done), Err(Failure::Refused(_)));
        assert!(!jobs.stop(id), "nothing runs");
        jobs.begin(id, 10, Moment(0));
        assert!(!stopped(5) && jobs.stop(id) && stopped(6));
        jobs.begin(id, 10, Moment(0));
        assert!(stopped(0));
        jobs.end(id);
        assert!(!jobs.stop(id));
    }

    #[test]
    fn the_rest_is_told_once_it_can_be() {
        let job = |done| Job { done, all: 1_000, since: Moment(10_000), stop: false };
        for (done, now, expected) in [
            (0, 20_000, None),
            (100, 10_000, None),
            (100, 11_000, Some(9)),
            (999, 20_000, Some(1)),
            (1_000, 20_000, Some(0)),
        ] {
            assert_eq!(rest(job(done), Moment(now)), expected, "{done} at {now}");
        }
    }

    #[test]
    fn who_stopped_it_meant_it() {
        let (jobs, id) = (Jobs::default(), CardImportId(uuid::Uuid::from_u128(1)));
        assert!(!jobs.stop(id), "nothing runs");
        jobs.begin(id, 10, Moment(0));
        assert!(jobs.reach(id, 3).is_ok());
        assert_eq!(jobs.of(id, Moment(0)), Some(Run { done: 3, all: 10, rest: None }));
        assert!(jobs.stop(id) && jobs.reach(id, 4).is_err());
        jobs.begin(id, 10, Moment(0));
        assert!(jobs.reach(id, 1).is_err(), "a closure that is run again");
        jobs.end(id);
        assert_eq!(jobs.of(id, Moment(0)), None);
    }
}
