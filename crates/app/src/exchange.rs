// SPDX-License-Identifier: EUPL-1.2
//! An agency's side: what was transmitted to it. There is no way from here into the office's cases (N1).

use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{GoalLevel, NewRating, OwnLine, PlanContent, Rater, rate};
use domain::exchange::TransmissionKind;
use domain::kernel::{CaseId, Day, GoalId, Moment, Note, Rule, TransmissionId};
use store::casework::{cases, goals};
use store::exchange;
use store::sight::RowSight;
use uuid::Uuid;

pub use store::exchange::Received;

/// Somebody of the agency acknowledged it already.
pub const ALREADY_ACKNOWLEDGED: Rule = Rule::new("mandate.already_acknowledged", "Eingangsbestätigung");

/// The goal is not one of those that were sent.
pub const GOAL_NOT_SENT: Rule = Rule::new("mandate.goal_not_sent", "§ 67d SGB X: nur Übermitteltes");
/// Ratings come after the mandate was taken on.
pub const NOT_ACKNOWLEDGED: Rule = Rule::new("mandate.not_acknowledged", "Eingangsbestätigung");

/// Mandates on one page.
pub const PAGE: i64 = 50;

/// A mandate in the agency's list.
#[derive(Debug, Clone)]
pub struct Mandate {
    /// What was received.
    pub received: Received,
    /// The copy of the plan in it, if it can be read.
    pub plan: Option<PlanContent>,
    /// The agency's own line of the support package, as it was last sent, and when.
    pub line: Option<(OwnLine, Moment)>,
}

fn mandate(received: Received) -> Mandate {
    Mandate { plan: store::casework::plan_text::from_text(&received.content), line: None, received }
}

/// Commissions that the own agency received, newest first.
///
/// # Errors
/// Hidden for people outside of agencies.
pub async fn mandates(app: &App, actor: &Actor, after: Option<(Moment, Uuid)>) -> Result<Vec<Mandate>, Failure> {
    let sight = RowSight::agencies(&reach(actor, Action::SeeMandate)?);
    let (at, id) = after.unwrap_or(store::casework::cases::FROM_NEWEST);
    app.read(move |tx| {
        let kind = TransmissionKind::Commission;
        let all = exchange::for_agencies(tx, &sight, kind, (at, TransmissionId(id)), PAGE)?;
        Ok(all.into_iter().map(mandate).collect())
    })
    .await
}

/// One mandate.
///
/// # Errors
/// Hidden, unless it was sent to the own agency.
pub async fn one(app: &App, actor: &Actor, id: TransmissionId) -> Result<Mandate, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let received = found(exchange::one(tx, id)?)?;
        permit(&actor, Action::SeeMandate, Standing::Agency(received.agency))?;
        found((received.kind == TransmissionKind::Commission).then_some(()))?;
        let sent = exchange::package_line(tx, id)?;
        let line = sent.and_then(|sent| Some((OwnLine::from_text(&sent.content)?, sent.sent_at)));
        Ok(Mandate { line, ..mandate(received) })
    })
    .await
}

/// Acknowledges a mandate.
///
/// # Errors
/// [`ALREADY_ACKNOWLEDGED`], hidden unless it was sent to the own agency.
pub async fn acknowledge(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: TransmissionId,
) -> Result<TransmissionId, Failure> {
    let who = actor.clone();
    let write = move |tx: store::ReadTx<'_>| {
        let received = found(exchange::one(&tx, id)?)?;
        let grant = permit(&who, Action::AnswerMandate, Standing::Agency(received.agency))?;
        found((received.kind == TransmissionKind::Commission).then_some(()))?;
        let tx = tx.allow(grant);
        if !exchange::acknowledge(&tx, id)? {
            return Err(ALREADY_ACKNOWLEDGED.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::Acknowledged, id), id)?)
    };
    app.change(actor, key, write).await
}

/// How far an agency holds a goal to be reached that was sent to it.
#[derive(Debug, Clone)]
pub struct NewAgencyRating {
    /// Which of the goals in the copy, from 0.
    pub goal: usize,
    /// How far.
    pub level: GoalLevel,
    /// When.
    pub said_on: Day,
    /// In words.
    pub words: Option<Note>,
}

/// The goals and action goals of a copy, in the order in which an agency sees and rates them.
#[must_use]
pub fn goals_sent(plan: &PlanContent) -> Vec<&str> {
    let steps = |goal: &str| {
        let below = plan.steps.iter().filter(move |(above, _)| above.as_str() == goal);
        below.map(|(_, step)| step.as_str()).collect::<Vec<_>>()
    };
    plan.goals.iter().flat_map(|(_, words)| std::iter::once(words.as_str()).chain(steps(words))).collect()
}

/// The day behind an action goal is the plan's, not the goal's own.
fn without_day(words: &str) -> &str {
    words.rsplit_once(" (bis ").filter(|(_, day)| day.ends_with(')')).map_or(words, |(words, _)| words)
}

/// An agency rates a goal itself: what it says comes to the office and stands beside the others' ratings. It reads
/// nothing of the case by that (N1).
///
/// # Errors
/// [`GOAL_NOT_SENT`], [`NOT_ACKNOWLEDGED`], the rules of [`domain::casework::rate`], hidden unless it was sent to
/// the own agency.
pub async fn rate_goal(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: TransmissionId,
    new: NewAgencyRating,
) -> Result<TransmissionId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: store::ReadTx<'_>| {
        let received = found(exchange::one(&tx, id)?)?;
        let grant = permit(&who, Action::AnswerMandate, Standing::Agency(received.agency))?;
        found((received.kind == TransmissionKind::Commission).then_some(()))?;
        if received.acknowledged_at.is_none() {
            return Err(NOT_ACKNOWLEDGED.broken_at("goal").into());
        }
        let (case, goal, agreed_on) = goal_sent(&tx, &received, new.goal)?;
        let (level, said_on, words) = (new.level, new.said_on, new.words.clone());
        let rating = NewRating { rater: Rater::Agency, level, said_on, words };
        rate(&rating, agreed_on, now.day())?;
        let tx = tx.allow(grant);
        goals::insert_rating(&tx, fresh_at(now), (case, goal), &rating)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::GoalRated, goal, case), id)?)
    };
    app.change(actor, key, write).await
}

fn goal_sent(tx: &store::ReadTx<'_>, received: &Received, number: usize) -> Result<(CaseId, GoalId, Day), Failure> {
    let not_sent = || Failure::from(GOAL_NOT_SENT.broken_at("goal"));
    let plan = store::casework::plan_text::from_text(&received.content).ok_or_else(not_sent)?;
    let words = *goals_sent(&plan).get(number).ok_or_else(not_sent)?;
    let case = found(exchange::case_of(tx, received.id)?)?;
    let (goal, agreed_on) = goals::of_words(tx, case, without_day(words))?.ok_or_else(not_sent)?;
    Ok((case, goal, agreed_on))
}
