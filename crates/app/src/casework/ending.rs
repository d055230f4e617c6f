// SPDX-License-Identifier: EUPL-1.2
//! A help ends: the money it does not need comes back, what was announced ahead takes effect on its day, and an ending is
//! taken back for thirty days.

use crate::access::operator;
use crate::casework::case_for;
use crate::casework::commission::{bind_again, release};
use crate::casework::plan::is_minor;
use crate::casework::review::runs;
use crate::casework::rhythms;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found};
use crate::deadlines;
use domain::access::{Action, Actor, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::planned_cost;
use domain::casework::{
    AskLater, ComingBack, EndingHint, HandoverCause, HelpKind, NewEnding, PersonRole, PlanPart, RunningCare,
    is_in_effect, reopen,
};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{Balance, CaseId, CommissionId, Day, EndingId, Line, Note, Period};
use store::casework::cases::{self, CaseView, PersonView, Stage};
use store::casework::endings::{self, Ended, Running};
use store::casework::{aftercare, goals, handovers, plans};
use store::deadlines::At;
use store::{ReadTx, WriteTx, access, budget};

pub use store::casework::aftercare::FollowUpView;
pub use store::casework::endings::EndingView;
pub use store::casework::goals::{RatingView, Rung};
pub use store::casework::plans::CommissionView;

/// In the book.
const REST: &str = "Rest nach Ende der Hilfe";
/// In the book.
const AGAIN: &str = "Mittelbindung nach Rücknahme der Beendigung";
/// What is due after an end without agreed after-care.
pub(super) const ASK: &str = "Nachschau: Hält es?";
/// What is due where after-care is owed and nothing is agreed: to offer it, not to ask unasked (§ 41a(1)).
const OFFER: &str = "Nachbetreuung anbieten und vereinbaren (§ 41a)";
/// What is due within agreed after-care (§ 41a(2) S. 3).
pub(super) const KEEP_IN_TOUCH: &str = "Nachbetreuung: Kontakt halten (§ 41a)";

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
        let (mut ended, mut follow_ups) = (endings::endings(tx, id)?, aftercare::follow_ups(tx, id)?);
        for one in &mut ended {
            quiet.text(&mut one.words);
            quiet.maybe(&mut one.remains);
            quiet.maybe(&mut one.no_talk_why);
            quiet.maybe(&mut one.heard);
            quiet.maybe(&mut one.gaps_reason);
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
            returns: aftercare::returns(tx, id)?,
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

/// Ends a help. Its commission gets that last day, its money comes back but for what may still be invoiced. An end that
/// is announced ahead takes effect on its day ([`take_effect`]): until then the help runs, and its reviews stay due.
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
        let runs = care(&tx, &case, commission, (&help, new.ended_on))?;
        new.check(&runs, now.day())?;
        keeps_quiet(&tx, case.id, &typed(&new))?;
        let tx = tx.allow(grant);
        endings::set_end(&tx, commission, Some(new.ended_on))?;
        let released = release(&tx, commission, new.still_due, REST)?;
        let gaps = new.hints(&runs);
        let ended = Ended { case: case.id, commission, granted_until: help.until, released, gaps };
        endings::insert_ending(&tx, id, &ended, &new)?;
        ask_later(&tx, &case, id, (&new, &runs))?;
        if help.help == HelpKind::FosterCare {
            super::plan_days::foster_ended(&tx, case.id)?;
        }
        if is_in_effect(new.ended_on, now.day()) {
            put_into_effect(&tx, &case, (id, new.ended_on))?;
        }
        Ok(tx.commit(Deed::in_case(DeedKind::HelpEnded, id, case.id), id)?)
    };
    app.book(actor, key, write).await
}

/// What an end lacks, before it is recorded: shown so that nobody overlooks it, never a barrier.
///
/// # Errors
/// As [`end`].
pub async fn look_for_hints(
    app: &App,
    actor: &Actor,
    commission: CommissionId,
    new: NewEnding,
) -> Result<Vec<EndingHint>, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let help = found(endings::running(tx, commission)?)?;
        let (case, _) = case_for(tx, &actor, Action::DecideOnCase, help.case)?;
        let runs = care(tx, &case, commission, (&help, new.ended_on))?;
        new.check(&runs, today)?;
        Ok(new.hints(&runs))
    })
    .await
}

/// The help as it stands before its end.
fn care(
    tx: &ReadTx<'_>,
    case: &CaseView,
    commission: CommissionId,
    (help, last): (&Running, Day),
) -> Result<RunningCare, Failure> {
    let before = endings::endings(tx, case.id)?;
    let taken = handovers::of_case(tx, case.id)?;
    let young = |person: &PersonView| matches!(person.role, PersonRole::Child | PersonRole::Youth);
    let mut people = cases::people(tx, case.id)?.into_iter().filter(young).peekable();
    let known = people.peek().is_some();
    let plan = plans::versions(tx, case.id)?.into_iter().find(|one| one.granted && one.help == help.help);
    let plan = plans::version(tx, plan.map_or(help.plan, |one| one.id))?;
    let cares = |(code, _): &(String, String)| PlanPart::from_code(code) == Some(PlanPart::Aftercare);
    Ok(RunningCare {
        help: help.help,
        from: help.from,
        until: help.until,
        is_ended: before.iter().any(|end| end.is_in_force() && end.commission == commission),
        is_taken_over: taken.iter().any(|one| one.cause == HandoverCause::Office && one.state == "held"),
        // Of several young people nobody is named in a commission: only where all are of age is it a young adult's help.
        is_of_age: known && people.all(|person| !is_minor(&person, last)),
        plan_has_aftercare: plan.is_some_and(|plan| plan.content.parts.iter().any(cares)),
    })
}

/// An end is in effect: its help is looked at no more; the case is closed, unless another help goes on.
fn put_into_effect(tx: &WriteTx<'_>, case: &CaseView, (id, last): (EndingId, Day)) -> Result<(), Failure> {
    endings::take_effect(tx, id)?;
    let goes_on = goes_on(tx, case.id, last)?;
    if !goes_on {
        cases::move_to(tx, case.id, Stage::Ended)?;
    }
    rhythms::over(tx, case.id, known(tx, id)?.commission, !goes_on)
}

/// Puts into effect what was announced ahead and whose last day is over; answers how many. The program asks once a day.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn take_effect(app: &App) -> Result<usize, Failure> {
    let (today, nobody) = (app.today(), operator());
    let all = app.read(move |tx| Ok(endings::announced(tx, today)?)).await?;
    for one in &all {
        let ((id, case, last), grant) = (*one, permit(&nobody, Action::ManagePeople, Standing::Office)?);
        let write = move |tx: ReadTx<'_>| {
            let case = found(cases::one(&tx, case)?)?;
            let tx = tx.allow(grant);
            put_into_effect(&tx, &case, (id, last))?;
            Ok(tx.commit(Deed::in_case(DeedKind::EndingInEffect, id, case.id), id)?)
        };
        app.change(&nobody, None, write).await?;
    }
    Ok(all.len())
}

fn typed(new: &NewEnding) -> Vec<(&str, &'static str)> {
    let mut typed = vec![(new.words.as_str(), "words")];
    typed.extend(new.remains.iter().map(|words| (words.as_str(), "remains")));
    typed.extend(new.heard.iter().map(|words| (words.as_str(), "heard")));
    typed.extend(new.talk.no_talk_why.iter().map(|words| (words.as_str(), "no_talk_why")));
    typed
}

/// Does any help of the case run beyond this day?
fn goes_on(tx: &ReadTx<'_>, case: CaseId, ended_on: Day) -> Result<bool, Failure> {
    Ok(plans::commissions(tx, case)?.iter().any(|one| one.until.is_none_or(|until| until > ended_on)))
}

/// Within agreed after-care the office is in touch by itself (§ 41a(2) S. 3). Where after-care is owed and nothing was
/// agreed, it is the office that has to offer it. Whoever is owed none is asked only if they said that they want to be:
/// a look without a wish would be collecting without a task (§ 62(1) SGB VIII).
fn ask_later(
    tx: &WriteTx<'_>,
    case: &CaseView,
    id: EndingId,
    (new, help): (&NewEnding, &RunningCare),
) -> Result<(), Failure> {
    match (&new.aftercare, new.asks) {
        (Some(care), _) => ask(tx, case, id, (KEEP_IN_TOUCH, new.ended_on.plus_months(care.every_months), true)),
        (None, _) if help.owes_aftercare() => ask(tx, case, id, (OFFER, new.ended_on, false)),
        (None, Some(AskLater::Wanted)) => {
            let months = i32::try_from(access::rules::value(tx, HouseRule::FollowUpMonths)?).unwrap_or(6);
            ask(tx, case, id, (ASK, new.ended_on.plus_months(months), false))
        }
        (None, _) => Ok(()),
    }
}

pub(super) fn ask(
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

pub(super) fn known(tx: &ReadTx<'_>, id: EndingId) -> Result<EndingView, Failure> {
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
        deadlines::meet_from(&tx, id.0, DueKind::Aftercare)?;
        // What was only announced changed nothing: the case still runs, and its review is still due on its day.
        if ended.in_effect_since.is_some() {
            cases::move_to(&tx, case.id, Stage::Running)?;
            let helps = rhythms::of_case(&tx, &case, now.day())?;
            if let Some(help) = helps.iter().find(|one| one.commission.id == ended.commission) {
                rhythms::due_again(&tx, &case, &help.commission, Some(now.day().plus_months(help.months)))?;
            }
        }
        Ok(tx.commit(Deed::in_case(DeedKind::EndingTakenBack, id, case.id), id)?)
    };
    app.book(actor, key, write).await
}
