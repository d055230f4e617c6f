// SPDX-License-Identifier: EUPL-1.2
//! What is due, for whom, and what becomes of it.

mod absences;
mod calendar;
mod feed;

pub(crate) use absences::teams_of;
pub use absences::{AbsencePage, NOT_OF_YOUR_TEAM, absences, keep_absence};
pub use calendar::{calendar, set_calendar};
pub use feed::{FeedEntry, feed, feed_since, make_feed, revoke_feed};
pub use store::deadlines::absences::AbsenceView;
pub use store::deadlines::{AfterDay, ChangeView, DueView};

use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{TakenAway, redact, tells_nothing};
use domain::deadlines::{
    Calendar, Change, Deadline, DeadlineRule, DueKind, Duty, NewDue, Outcome, change as may_change, compute,
};
use domain::kernel::{CaseId, Day, DueId, UserId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::seals;
use store::casework::undos::{self, Ended};
use store::deadlines::{self as due, At, NewChange, calendars};
use store::sight::RowSight;
use store::{ReadTx, WriteTx};
use uuid::Uuid;

/// Things with a day on one page.
const PAGE: i64 = 50;
/// Things to be done at once, shown with the first page.
const PROMPT: i64 = 50;
/// Things of a case on its page, open and settled.
const OF_CASE: i64 = 100;

/// Raises something due, inside of a change that a grant allows.
pub(crate) fn raise(tx: &WriteTx<'_>, at: At, new: &NewDue) -> Result<DueId, Failure> {
    let calendar = calendars::current(tx)?;
    let day = match &new.duty {
        Duty::Legal(rule, start) => Some(compute(*rule, *start, &calendar).due()),
        Duty::Prompt(_) => None,
        Duty::Own(target) => Some(target.due),
    };
    let id = DueId(fresh_at(tx.now()));
    due::insert(tx, id, at, new, (day, &calendar.code()))?;
    Ok(id)
}

/// What belongs to a thing and is of one of these kinds was met by what happened just now.
pub(crate) fn meet(tx: &WriteTx<'_>, subject: Uuid, kinds: &[&str]) -> Result<(), Failure> {
    for open in due::of_subject(tx, subject)?.into_iter().filter(|open| kinds.contains(&open.kind.as_str())) {
        answer(tx, &open)?;
    }
    Ok(())
}

/// What belongs to a thing and came out of this is answered.
pub(crate) fn meet_from(tx: &WriteTx<'_>, subject: Uuid, from: DueKind) -> Result<(), Failure> {
    for open in due::of_subject(tx, subject)?.into_iter().filter(|open| open.from == from) {
        answer(tx, &open)?;
    }
    Ok(())
}

/// What belongs to a thing and is of one of these kinds is not asked any more, as this says.
pub(crate) fn fall_away(tx: &WriteTx<'_>, subject: Uuid, kinds: &[&str], why: &str) -> Result<(), Failure> {
    for open in due::of_subject(tx, subject)?.into_iter().filter(|open| kinds.contains(&open.kind.as_str())) {
        let dropped = NewChange { outcome: Outcome::Dropped, reason: Some(why), from: open.day, to: None };
        due::change(tx, fresh_at(tx.now()), open.id, &dropped)?;
    }
    Ok(())
}

fn answer(tx: &WriteTx<'_>, open: &due::OpenDue) -> Result<(), Failure> {
    let done = NewChange { outcome: Outcome::Done, reason: None, from: open.day, to: None };
    due::change(tx, fresh_at(tx.now()), open.id, &done)?;
    Ok(())
}

/// Whose things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One's own, and of those for whom one stands in.
    Mine,
    /// Those of the teams in sight.
    Teams,
    /// Those of one person.
    Of(UserId),
}

/// A list of things due.
#[derive(Debug, Clone)]
pub struct DuePage {
    /// To be done at once: there is no day.
    pub prompt: Vec<DueView>,
    /// With a day, the earliest first.
    pub dated: Vec<DueView>,
    /// Where the next page begins, if there is one.
    pub next: Option<AfterDay>,
    /// The reader; things of others are there because the reader stands in.
    pub reader: UserId,
    /// Has the office said in which Land it is?
    pub land_known: bool,
}

/// What is due, the earliest first.
///
/// # Errors
/// Hidden for people without cases.
pub async fn page(app: &App, actor: &Actor, whose: Whose, after: Option<AfterDay>) -> Result<DuePage, Failure> {
    let teams = RowSight::teams(&reach(actor, Action::SeeCase)?);
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let from = after.unwrap_or((None, Uuid::nil()));
        let owners = match whose {
            Whose::Of(one) => RowSight::Only(vec![one.0]),
            Whose::Mine | Whose::Teams => owners(tx, actor.user, today)?,
        };
        let mut dated = match whose {
            Whose::Mine | Whose::Of(_) => due::of_owners(tx, &owners, from, PAGE + 1)?,
            Whose::Teams => due::of_teams(tx, &teams, from, PAGE + 1)?,
        };
        let more = dated.len() > PAGE as usize;
        dated.truncate(PAGE as usize);
        let next = dated.last().filter(|_| more).map(|last| (last.due_on, last.id.0));
        let mut prompt = match (after, whose) {
            (Some(_), _) => Vec::new(),
            (None, Whose::Mine | Whose::Of(_)) => due::prompt_of_owners(tx, &owners, PROMPT)?,
            (None, Whose::Teams) => due::prompt_of_teams(tx, &teams, PROMPT)?,
        };
        // A list shows nothing that a single look would refuse: a post may have ended.
        let seen = |one: &DueView| permit(&actor, Action::SeeCase, Standing::Team(one.team)).is_ok();
        dated.retain(seen);
        prompt.retain(seen);
        hush(tx, &mut dated)?;
        let land_known = calendars::current(tx)?.land().is_some();
        Ok(DuePage { prompt, dated, next, reader: actor.user, land_known })
    })
    .await
}

/// Takes protected addresses out of the words of things due; where nobody is protected, nothing is asked.
fn hush(tx: &ReadTx<'_>, all: &mut [DueView]) -> Result<(), Failure> {
    for one in all.iter_mut().filter(|one| one.is_sealed) {
        if let Some(words) = &mut one.words {
            *words = redact(words, &seals::streets(tx, one.case)?);
        }
    }
    Ok(())
}

/// Oneself, and those for whom one stands in today.
pub(crate) fn owners(tx: &ReadTx<'_>, user: UserId, today: Day) -> Result<RowSight, Failure> {
    let mut owners = due::absences::stands_in_for(tx, user, today)?;
    owners.push(user);
    Ok(RowSight::Only(owners.into_iter().map(|owner| owner.0).collect()))
}

/// What is due in a case.
#[derive(Debug, Clone)]
pub struct CaseDues {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Open things, at once first, then by day.
    pub open: Vec<DueView>,
    /// What was done or fell away.
    pub settled: Vec<DueView>,
    /// What became of them.
    pub changes: Vec<ChangeView>,
    /// Has the office said in which Land it is?
    pub land_known: bool,
    /// May the reader change anything?
    pub may_work: bool,
}

/// What is due in a case, and what was.
///
/// # Errors
/// Hidden for other teams.
pub async fn of_case(app: &App, actor: &Actor, id: CaseId) -> Result<CaseDues, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let mut open = due::of_case(tx, id, "open", OF_CASE)?;
        // The engines disagree about where nothing stands among days.
        open.sort_by_key(|one| (one.due_on, one.begins_on, one.id));
        let mut settled = due::of_case(tx, id, Outcome::Done.code(), OF_CASE)?;
        settled.extend(due::of_case(tx, id, Outcome::Dropped.code(), OF_CASE)?);
        settled.sort_by_key(|one| std::cmp::Reverse(one.id));
        hush(tx, &mut open)?;
        hush(tx, &mut settled)?;
        let mut changes = due::changes(tx, id)?;
        let streets = if case.is_sealed { seals::streets(tx, id)? } else { Vec::new() };
        for reason in changes.iter_mut().filter_map(|one| one.reason.as_mut()) {
            *reason = redact(reason, &streets);
        }
        Ok(CaseDues {
            people: cases::people(tx, id)?,
            open,
            settled,
            changes,
            land_known: calendars::current(tx)?.land().is_some(),
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

fn case_for(tx: &ReadTx<'_>, actor: &Actor, action: Action, id: CaseId) -> Result<(CaseView, Grant), Failure> {
    let case = found(cases::one(tx, id)?)?;
    let grant = permit(actor, action, Standing::Team(case.team))?;
    Ok((case, grant))
}

/// Adds something due to a case by hand: a period of a law from the day of its event, or an own day.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn add(app: &App, actor: &Actor, key: Option<Key>, case: CaseId, duty: Duty) -> Result<DueId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        if let Duty::Own(target) = &duty {
            tells_nothing(target.words.as_str(), &seals::streets(&tx, case.id)?, "words")?;
        }
        let tx = tx.allow(grant);
        let at = At { case: case.id, team: case.team, owner: case.worker };
        let id = raise(&tx, at, &NewDue { duty: duty.clone(), from: DueKind::ByHand, subject: None })?;
        Ok(tx.commit(Deed::in_case(DeedKind::DueRaised, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Says what became of something due: done, moved to another day, fell away.
///
/// # Errors
/// The rules of [`domain::deadlines::change`], [`Failure::Stale`] when somebody was quicker, hidden for other teams.
pub async fn change(app: &App, actor: &Actor, key: Option<Key>, id: DueId, asked: Change) -> Result<DueId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let one = found(due::one(&tx, id)?)?;
        let grant = permit(&who, Action::WorkOnCase, Standing::Team(one.team))?;
        let to = may_change(one.nature, &one.kind, &asked, now.day())?;
        if let Some(reason) = &asked.reason {
            tells_nothing(reason.as_str(), &seals::streets(&tx, one.case)?, "reason")?;
        }
        let tx = tx.allow(grant);
        let reason = asked.reason.as_ref().map(|reason| reason.as_str());
        let new = NewChange { outcome: asked.outcome, reason, from: one.due_on, to };
        if !due::change(&tx, fresh_at(now), id, &new)? {
            return Err(Failure::Stale);
        }
        if asked.outcome != Outcome::Moved {
            let (words, kind) = (one.words.as_deref().unwrap_or(&one.kind), TakenAway::Due);
            undos::remember(&tx, &Ended { id: fresh_at(now).into(), case: one.case, kind, object: id.0, words })?;
        }
        Ok(tx.commit(Deed::in_case(DeedKind::DueChanged, id, one.case), id)?)
    };
    app.change(actor, key, write).await
}

/// How a law's day came about, worked out again from what was kept; `None` for what has no law's number.
#[must_use]
pub fn explain(one: &DueView) -> Option<Deadline> {
    let rule = DeadlineRule::from_code(&one.kind)?;
    let calendar = Calendar::from_code(&one.calendar)?;
    Some(compute(rule, one.begins_on, &calendar))
}
