// SPDX-License-Identifier: EUPL-1.2
//! A help ends, and what comes after: the money it does not need comes back, somebody asks after a while whether it
//! lasts, an ending is taken back for thirty days, and after it there is the way back (§ 41(1) S. 3 SGB VIII).

use crate::casework::case_for;
use crate::casework::commission::{bind_again, release};
use crate::casework::review::{due, runs};
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::planned_cost;
use domain::casework::{
    ComingBack, HandoverCause, HelpKind, NewEnding, NewFollowUp, RETURN_NOT_ENDED, RunningCare, cadence, reopen,
};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{Balance, CaseId, CommissionId, Day, EndingId, FollowUpId, Line, Note, Period};
use store::casework::cases::{self, CaseView, PersonView, Stage};
use store::casework::endings::{self, Ended};
use store::casework::{goals, handovers, plans};
use store::deadlines::At;
use store::{ReadTx, WriteTx, access, budget};

pub use store::casework::endings::{EndingView, FollowUpView};
pub use store::casework::goals::{RatingView, Rung};
pub use store::casework::plans::CommissionView;

/// In the book.
const REST: &str = "Rest nach Ende der Hilfe";
/// In the book.
const AGAIN: &str = "Mittelbindung nach Rücknahme der Beendigung";
/// What is due after an end without agreed after-care.
const ASK: &str = "Nachschau: Hält es?";
/// What is due within agreed after-care (§ 41a(2) S. 3).
const KEEP_IN_TOUCH: &str = "Nachbetreuung: Kontakt halten (§ 41a)";
/// What is due when somebody comes back.
const WELCOME: &str = "Rückkehr: miteinander sprechen";
/// Days in which the office means to talk to somebody who came back; its own target, no law's.
const WELCOME_DAYS: i32 = 7;

/// A help that runs, with what is known of its money.
#[derive(Debug, Clone)]
pub struct RunningHelp {
    /// The commission.
    pub commission: CommissionView,
    /// Promised and neither paid nor come back.
    pub open: Balance,
    /// By plan rendered until today and not invoiced yet; proposed as what may still be due.
    pub proposed: Balance,
}

/// The page of ends.
#[derive(Debug, Clone)]
pub struct EndingPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Helps that can end.
    pub running: Vec<RunningHelp>,
    /// Goals.
    pub goals: Vec<Rung>,
    /// All ratings, oldest first.
    pub ratings: Vec<RatingView>,
    /// Helps that ended, newest first.
    pub endings: Vec<EndingView>,
    /// What was asked since.
    pub follow_ups: Vec<FollowUpView>,
    /// Who came back.
    pub returns: Vec<(ComingBack, Day, String)>,
    /// May the reader decide?
    pub may_decide: bool,
    /// Today.
    pub today: Day,
}

/// The page of ends.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<EndingPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let (mut ladder, mut ratings) = (goals::ladder(tx, id)?, goals::ratings(tx, id)?);
        ladder.iter_mut().for_each(|goal| quiet.text(&mut goal.words));
        ratings.iter_mut().for_each(|rating| quiet.maybe(&mut rating.words));
        let (mut ended, mut follow_ups) = (endings::endings(tx, id)?, endings::follow_ups(tx, id)?);
        for one in &mut ended {
            quiet.text(&mut one.words);
            quiet.maybe(&mut one.remains);
            quiet.maybe(&mut one.no_talk_why);
        }
        follow_ups.iter_mut().for_each(|one| quiet.maybe(&mut one.carries));
        let mut running = Vec::new();
        for one in plans::commissions(tx, id)?.into_iter().filter(|one| runs(one, today)) {
            if !ended.iter().any(|end| end.is_in_force() && end.commission == one.id) {
                running.push(money_of(tx, id, one, today)?);
            }
        }
        Ok(EndingPage {
            people: cases::people(tx, id)?,
            running,
            goals: ladder,
            ratings,
            endings: ended,
            follow_ups,
            returns: endings::returns(tx, id)?,
            may_decide: permit(&actor, Action::DecideOnCase, Standing::Team(case.team)).is_ok(),
            today,
            case,
        })
    })
    .await
}

fn money_of(tx: &ReadTx<'_>, case: CaseId, commission: CommissionView, today: Day) -> Result<RunningHelp, Failure> {
    let (mut open, mut drawn) = (0, 0);
    for id in budget::promises::of_commission(tx, commission.id)? {
        let promise = found(budget::promises::one(tx, id)?)?;
        open += promise.state.open().cents();
        drawn += promise.state.drawn.cents();
    }
    let plan = store::agreements::plans(tx, case)?.into_iter().find(|(of, _)| *of == commission.id);
    let holidays: Vec<Period> = store::forecast::holidays(tx)?.into_iter().map(|(span, _)| span).collect();
    let so_far = Period::new(commission.from, Some(today)).ok();
    let rendered = plan.zip(so_far).and_then(|((_, plan), period)| planned_cost(&plan, period, &holidays));
    let proposed = rendered.map_or(0, |amount| (amount.cents() - drawn).clamp(0, open.max(0)));
    Ok(RunningHelp { commission, open: Balance::from_cents(open), proposed: Balance::from_cents(proposed) })
}

/// Ends a help. Its commission gets that last day, its money comes back but for what may still be invoiced, and somebody
/// asks after a while whether it lasts.
///
/// # Errors
/// The rules of [`NewEnding::check`], [`Failure::Denied`].
pub async fn end(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    commission: CommissionId,
    new: NewEnding,
) -> Result<EndingId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<EndingId>());
    let write = move |tx: ReadTx<'_>| {
        let help = found(endings::running(&tx, commission)?)?;
        let (case, grant) = case_for(&tx, &who, Action::DecideOnCase, help.case)?;
        let before = endings::endings(&tx, case.id)?;
        let taken = handovers::of_case(&tx, case.id)?;
        let runs = RunningCare {
            help: help.help,
            from: help.from,
            until: help.until,
            is_ended: before.iter().any(|end| end.is_in_force() && end.commission == commission),
            is_taken_over: taken.iter().any(|one| one.cause == HandoverCause::Office && one.state == "held"),
        };
        new.check(&runs, now.day())?;
        keeps_quiet(&tx, case.id, &typed(&new))?;
        let tx = tx.allow(grant);
        endings::set_end(&tx, commission, Some(new.ended_on))?;
        let released = release(&tx, commission, new.still_due, REST)?;
        let ended = Ended { case: case.id, commission, granted_until: help.until, released };
        endings::insert_ending(&tx, id, ended, &new)?;
        ask_later(&tx, &case, id, &new)?;
        if !goes_on(&tx, case.id, new.ended_on)? {
            cases::move_to(&tx, case.id, Stage::Ended)?;
            due(&tx, &case, None)?;
        }
        Ok(tx.commit(Deed::in_case(DeedKind::HelpEnded, id, case.id), id)?)
    };
    app.book(actor, key, write).await
}

fn typed(new: &NewEnding) -> Vec<(&str, &'static str)> {
    let mut typed = vec![(new.words.as_str(), "words")];
    typed.extend(new.remains.iter().map(|words| (words.as_str(), "remains")));
    typed.extend(new.talk.no_talk_why.iter().map(|words| (words.as_str(), "no_talk_why")));
    typed
}

/// Does any help of the case run beyond this day?
fn goes_on(tx: &ReadTx<'_>, case: CaseId, ended_on: Day) -> Result<bool, Failure> {
    Ok(plans::commissions(tx, case)?.iter().any(|one| one.until.is_none_or(|until| until > ended_on)))
}

fn ask_later(tx: &WriteTx<'_>, case: &CaseView, id: EndingId, new: &NewEnding) -> Result<(), Failure> {
    let months = i32::try_from(access::rules::value(tx, HouseRule::FollowUpMonths)?).unwrap_or(6);
    match &new.aftercare {
        Some(care) => ask(tx, case, id, (KEEP_IN_TOUCH, new.ended_on.plus_months(care.every_months), true)),
        None => ask(tx, case, id, (ASK, new.ended_on.plus_months(months), false)),
    }
}

fn ask(
    tx: &WriteTx<'_>,
    case: &CaseView,
    id: EndingId,
    (words, due, is_agreed): (&str, Day, bool),
) -> Result<(), Failure> {
    let at = At { case: case.id, team: case.team, owner: case.worker };
    let duty = Duty::Own(InternalTarget { words: Line::parse(words)?, due, is_agreed });
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Aftercare, subject: Some(id.0) })?;
    Ok(())
}

fn known(tx: &ReadTx<'_>, id: EndingId) -> Result<EndingView, Failure> {
    let case = found(endings::case_of(tx, id)?)?;
    found(endings::endings(tx, case)?.into_iter().find(|one| one.id == id))
}

/// Takes an ending back within thirty days: the help runs on as it was granted, and its money is bound again.
///
/// # Errors
/// The rules of [`reopen`], [`Failure::Denied`].
pub async fn take_back(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: EndingId,
    why: Note,
) -> Result<EndingId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let case = found(endings::case_of(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::DecideOnCase, case)?;
        let ended = known(&tx, id)?;
        reopen(ended.ended_on, !ended.is_in_force(), now.day())?;
        let tx = tx.allow(grant);
        if !endings::take_back(&tx, id, &why)? {
            return Err(Failure::Stale);
        }
        bind_again(&tx, case.id, ended.commission, ended.released, AGAIN)?;
        endings::set_end(&tx, ended.commission, ended.granted_until)?;
        cases::move_to(&tx, case.id, Stage::Running)?;
        deadlines::meet_from(&tx, id.0, DueKind::Aftercare)?;
        let reviews = endings::reviews(&tx, case.id)?.len();
        let months = i32::try_from(access::rules::value(&tx, cadence(reviews))?).unwrap_or(6);
        due(&tx, &case, Some(now.day().plus_months(months)))?;
        Ok(tx.commit(Deed::in_case(DeedKind::EndingTakenBack, id, case.id), id)?)
    };
    app.book(actor, key, write).await
}

/// Records a look after the end; within agreed after-care the next one is due by itself.
///
/// # Errors
/// The rules of [`NewFollowUp::check`], [`Failure::Denied`].
pub async fn follow_up(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: EndingId,
    new: NewFollowUp,
) -> Result<FollowUpId, Failure> {
    let (who, now, seen) = (actor.clone(), app.now(), app.fresh::<FollowUpId>());
    let write = move |tx: ReadTx<'_>| {
        let case = found(endings::case_of(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        new.check(now.day())?;
        let typed: Vec<_> = new.carries.iter().map(|words| (words.as_str(), "carries")).collect();
        keeps_quiet(&tx, case.id, &typed)?;
        let ended = known(&tx, id)?;
        let tx = tx.allow(grant);
        endings::insert_follow_up(&tx, seen, (case.id, id), &new)?;
        deadlines::meet_from(&tx, id.0, DueKind::Aftercare)?;
        let agreed = ended.aftercare.as_ref().map(|(until, _, months)| (*until, i32::try_from(*months).unwrap_or(6)));
        let by_plan = agreed.map(|(until, months)| (new.held_on.plus_months(months), until));
        let by_plan = by_plan.filter(|(next, until)| next <= until).map(|(next, _)| next);
        if let Some(next) = new.next_on.or(by_plan) {
            let words = if agreed.is_some() { KEEP_IN_TOUCH } else { ASK };
            ask(&tx, &case, id, (words, next, agreed.is_some()))?;
        }
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::FollowedUp, seen, case.id), seen)?)
    };
    app.change(actor, key, write).await
}

/// Somebody whose help had ended comes back: one click, and the case is open again with everything that is in it. A young
/// adult does so by right (§ 41(1) S. 3).
///
/// # Errors
/// [`RETURN_NOT_ENDED`], [`Failure::Denied`].
pub async fn come_back(app: &App, actor: &Actor, key: Option<Key>, id: CaseId) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        if case.stage != Stage::Ended {
            return Err(RETURN_NOT_ENDED.broken().into());
        }
        let last = endings::endings(&tx, id)?.into_iter().find(EndingView::is_in_force);
        let young = last.is_some_and(|one| one.help == HelpKind::YoungAdults);
        let kind = if young { ComingBack::YoungAdult } else { ComingBack::Family };
        let tx = tx.allow(grant);
        let back = fresh_at(now);
        endings::insert_return(&tx, back, id, kind)?;
        cases::move_to(&tx, id, Stage::Opened)?;
        let target =
            InternalTarget { words: Line::parse(WELCOME)?, due: now.day().plus_days(WELCOME_DAYS), is_agreed: false };
        let at = At { case: id, team: case.team, owner: case.worker };
        let new = NewDue { duty: Duty::Own(target), from: DueKind::Aftercare, subject: Some(back) };
        deadlines::raise(&tx, at, &new)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CameBack, back, id), id)?)
    };
    app.change(actor, key, write).await
}
