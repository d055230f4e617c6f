// SPDX-License-Identifier: EUPL-1.2
//! Sheets of exploration: what the three of them share. A sheet is worked on in small steps, each of its own
//! transaction upon the newest state; a version is fixed for good and never changed.

use crate::casework::case_for;
use crate::core::{App, Failure, Key, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{UNDO_DAYS, UNDO_OVER, fix_sheet, take_back};
use domain::kernel::{CaseId, Day, ExplorationId, Moment};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::explorations::{self, SheetAt};
use store::casework::sheet_past;
use store::{ReadTx, StoreError, WriteTx};

/// A kind of sheet: how it is kept, and how it begins.
pub(crate) trait Sheet: Clone + Send + Sized + 'static {
    /// As the store knows it.
    const KIND: &'static str;
    /// For keeping.
    fn text(&self) -> String;
    /// From what was kept.
    fn from_text(text: &str) -> Option<Self>;
    /// Is nothing on it?
    fn is_empty(&self) -> bool;
}

/// A version of a sheet.
#[derive(Debug, Clone)]
pub struct Version<S> {
    /// Number.
    pub number: i64,
    /// Of which day.
    pub dated_on: Day,
    /// Fixed by.
    pub fixed_by: String,
    /// What stands on it.
    pub sheet: S,
}

/// A sheet with its past.
#[derive(Debug, Clone)]
pub struct Sheets<S> {
    /// As it is being worked on, or as the newest version left it.
    pub now: S,
    /// Who wrote on it last and when, if it is not fixed yet.
    pub open: Option<(String, Moment)>,
    /// Versions, newest first.
    pub versions: Vec<Version<S>>,
}

/// A sheet on its page.
#[derive(Debug, Clone)]
pub struct SheetPage<S> {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// The sheet.
    pub sheets: Sheets<S>,
    /// May the reader write on it?
    pub may_work: bool,
    /// Who changed it last and when, where that can be taken back.
    pub undoable: Option<(String, Moment)>,
}

fn read_sheet<S: Sheet>(text: &str) -> Result<S, Failure> {
    let broken = || StoreError::Inconsistent("exploration", S::KIND.to_owned());
    S::from_text(text).ok_or_else(|| broken().into())
}

/// The sheet with its versions; a blank one is made by `begin`.
pub(crate) fn sheets<S: Sheet>(tx: &ReadTx<'_>, at: SheetAt, begin: impl Fn() -> S) -> Result<Sheets<S>, Failure> {
    let kept = explorations::versions(tx, at)?.into_iter().map(|kept| {
        let (number, dated_on) = (kept.number, kept.dated_on);
        Ok(Version { number, dated_on, fixed_by: kept.fixed_by, sheet: read_sheet(&kept.content)? })
    });
    let versions = kept.collect::<Result<Vec<Version<S>>, Failure>>()?;
    let draft = explorations::draft(tx, at)?;
    let newest = versions.first().map(|version| version.sheet.clone());
    let now = match &draft {
        Some(draft) => read_sheet(&draft.content)?,
        None => newest.unwrap_or_else(begin),
    };
    Ok(Sheets { now, open: draft.map(|draft| (draft.written_by, draft.written_at)), versions })
}

/// The page of a sheet.
pub(crate) fn page<S: Sheet>(
    tx: &ReadTx<'_>,
    actor: &Actor,
    (at, today): (SheetAt, Day),
    begin: impl Fn(&[PersonView]) -> Result<S, Failure>,
) -> Result<SheetPage<S>, Failure> {
    let (case, _) = case_for(tx, actor, Action::SeeCase, at.case)?;
    let people = cases::people(tx, at.case)?;
    let blank = begin(&people)?;
    let may_work = permit(actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok();
    let last = sheet_past::last(tx, at)?.filter(|last| take_back(last.at, false, today).is_ok());
    let undoable = last.map(|last| (last.by, last.at));
    Ok(SheetPage { sheets: sheets(tx, at, || blank.clone())?, case, people, may_work, undoable })
}

/// How a sheet begins and what is done to it.
pub(crate) struct Step<B, E> {
    /// A blank sheet out of the case.
    pub begin: B,
    /// What is done.
    pub edit: E,
}

/// Does one thing to a sheet as it is now.
pub(crate) async fn edit<S, B, E>(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    at: SheetAt,
    step: Step<B, E>,
) -> Result<CaseId, Failure>
where
    S: Sheet,
    B: Fn(&ReadTx<'_>) -> Result<S, Failure> + Send + 'static,
    E: Fn(S) -> Result<S, Failure> + Send + 'static,
{
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, at.case)?;
        let blank = (step.begin)(&tx)?;
        let next = (step.edit)(sheets::<S>(&tx, at, || blank.clone())?.now)?;
        let tx = tx.allow(grant);
        replace(&tx, at, &next.text())?;
        cases::touch(&tx, at.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::SheetWritten, at.about, at.case), at.case)?)
    };
    app.change(actor, key, write).await
}

/// Puts the next state of a sheet in the place of the one before, which is remembered for [`UNDO_DAYS`].
pub(crate) fn replace(tx: &WriteTx<'_>, at: SheetAt, next: &str) -> Result<(), Failure> {
    let before = explorations::draft(tx, at)?.map(|draft| draft.content);
    sheet_past::forget(tx, at, tx.now().plus_minutes(-i64::from(UNDO_DAYS + 1) * 24 * 60))?;
    sheet_past::remember(tx, fresh_at(tx.now()), at, before.as_deref())?;
    Ok(explorations::keep_draft(tx, at, next)?)
}

/// Takes back the last change of a sheet that is not fixed yet; again and again, as far as 30 days reach.
pub(crate) async fn undo(app: &App, actor: &Actor, key: Option<Key>, at: SheetAt) -> Result<CaseId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, at.case)?;
        let last = sheet_past::last(&tx, at)?.ok_or(UNDO_OVER.broken())?;
        take_back(last.at, false, today)?;
        let tx = tx.allow(grant);
        if !sheet_past::drop_last(&tx, last.id)? {
            return Err(UNDO_OVER.broken().into());
        }
        match &last.before {
            Some(before) => explorations::keep_draft(&tx, at, before)?,
            None => explorations::drop_draft(&tx, at)?,
        }
        cases::touch(&tx, at.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::TakenBack, at.about, at.case), at.case)?)
    };
    app.change(actor, key, write).await
}

/// Fixes the sheet as it is now as the version of a day.
pub(crate) async fn fix<S, B>(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    at: SheetAt,
    (dated_on, begin): (Day, B),
) -> Result<ExplorationId, Failure>
where
    S: Sheet,
    B: Fn(&ReadTx<'_>) -> Result<S, Failure> + Send + 'static,
{
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, at.case)?;
        let blank = begin(&tx)?;
        let sheet = sheets::<S>(&tx, at, || blank.clone())?.now;
        fix_sheet(dated_on, now.day(), sheet.is_empty())?;
        let (id, number) = (ExplorationId(fresh_at(now)), explorations::next_number(&tx, at)?);
        let tx = tx.allow(grant);
        explorations::insert(&tx, id, at, (number, dated_on), &sheet.text()).map_err(stale)?;
        explorations::drop_draft(&tx, at)?;
        // A version says what was: what led to it is not taken back any more.
        sheet_past::forget(&tx, at, now.plus_minutes(1))?;
        cases::touch(&tx, at.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::SheetFixed, id, at.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Two fixed the same number at the same moment: the later one looks again.
pub(crate) fn stale(error: StoreError) -> Failure {
    match error {
        StoreError::Duplicate(_) => Failure::Stale,
        other => other.into(),
    }
}
