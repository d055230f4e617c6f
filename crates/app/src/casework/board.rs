// SPDX-License-Identifier: EUPL-1.2
//! The intake board: what waits where, who answers for it, what is called out; and the feedback that professional
//! reporters are owed.

use super::intake::report_for;
use super::protection::feedback::answer;
use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    Escalation, Feedback, NewMove, OWNER_MISSING, OnBoard, Step, Urgency, escalation, move_report, tell_reporter,
};
use domain::deadlines::is_overdue;
use domain::kernel::{CaseId, Day, Moment, ReportId, UserId};
use store::access::rules;
use store::casework::reports::ReportView;
use store::casework::{areas, cases, desk};
use store::sight::RowSight;
use store::{ReadTx, access};

pub use store::casework::desk::{BoardCard, StepView, Waiting};

/// Reports in one column of the board.
const COLUMN: i64 = 50;

/// A report on the board, and why it is called out.
#[derive(Debug, Clone)]
pub struct Card {
    /// The report.
    pub card: BoardCard,
    /// Why it is called out.
    pub escalation: Option<Escalation>,
    /// Hours since it came.
    pub hours: i64,
}

/// The board of the teams in sight.
#[derive(Debug, Clone)]
pub struct Board {
    /// The columns: signs of danger first, then by urgency, then what waits longest.
    pub columns: Vec<(Step, Vec<Card>)>,
    /// Cases opened with signs of danger that are still at their beginning.
    pub danger: Vec<cases::CaseLine>,
    /// Professional reporters who wait for feedback (§ 4(4) KKG).
    pub feedback: Vec<Waiting>,
    /// Mandates to clarify that are overdue.
    pub overdue: Vec<(CaseId, String, Day)>,
    /// The office's own targets: urgency and hours.
    pub targets: Vec<(Urgency, i64)>,
}

impl Board {
    /// All cards.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.columns.iter().flat_map(|(_, cards)| cards)
    }
}

fn targets(tx: &ReadTx<'_>) -> Result<Vec<(Urgency, i64)>, Failure> {
    Urgency::ALL.iter().map(|urgency| Ok((*urgency, rules::value(tx, urgency.target())?))).collect()
}

fn called_out(card: BoardCard, targets: &[(Urgency, i64)], now: Moment) -> Card {
    let hours = targets.iter().find(|(urgency, _)| *urgency == card.at.urgency).map_or(0, |(_, hours)| *hours);
    let escalation = escalation(&card.at, card.owner_works, hours, now);
    let hours = (now.0 - card.received.0) / (60 * 60 * 1000);
    Card { card, escalation, hours }
}

/// The board of the teams in sight.
///
/// # Errors
/// Hidden for people without a team.
pub async fn board(app: &App, actor: &Actor) -> Result<Board, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeReport)?);
    let cases_sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    let now = app.now();
    app.read(move |tx| {
        let targets = targets(tx)?;
        let column = |step: &Step| {
            let cards = desk::board(tx, *step, &sight, now.day(), COLUMN)?.into_iter();
            Ok::<_, Failure>((*step, cards.map(|card| called_out(card, &targets, now)).collect()))
        };
        let mut overdue = areas::unclear(tx, &cases_sight, COLUMN)?;
        overdue.retain(|(_, _, due)| is_overdue(Some(*due), now.day()));
        Ok(Board {
            columns: Step::OPEN.iter().map(column).collect::<Result<_, _>>()?,
            danger: cases::in_danger(tx, &cases_sight, COLUMN)?,
            feedback: desk::feedback_due(tx, &sight, COLUMN)?,
            overdue,
            targets,
        })
    })
    .await
}

/// Where a report stands on the board.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Where.
    pub at: OnBoard,
    /// `none`, `due` or `given`.
    pub feedback: String,
    /// What was told so far.
    pub told: Vec<(Feedback, String)>,
    /// How it went over the board, newest first.
    pub steps: Vec<StepView>,
    /// Who may answer for it.
    pub colleagues: Vec<(UserId, String)>,
}

pub(super) fn desk_of(tx: &ReadTx<'_>, report: &ReportView, today: Day) -> Result<Desk, Failure> {
    let (at, feedback) = found(desk::one(tx, report.id)?)?;
    Ok(Desk {
        at,
        feedback,
        told: desk::feedback(tx, report.id)?,
        steps: desk::steps(tx, report.id)?,
        colleagues: access::colleagues(tx, report.team, today)?,
    })
}

/// Moves a report over the board; it stays on record how.
///
/// # Errors
/// The rules of [`domain::casework::move_report`], [`OWNER_MISSING`] for somebody outside of the team,
/// [`Failure::Denied`].
pub async fn move_on(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ReportId,
    new: NewMove,
) -> Result<ReportId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (report, grant) = report_for(&tx, &who, Action::MoveReport, id)?;
        let (at, _) = found(desk::one(&tx, id)?)?;
        let owner = move_report(&at, &new, who.user)?;
        let staff = access::colleagues(&tx, report.team, now.day())?;
        let works_here = |user: UserId| staff.iter().any(|(colleague, _)| *colleague == user);
        // Whoever leads a region moves reports of its teams without sitting in them.
        if owner.is_some_and(|owner| owner != who.user && !works_here(owner)) {
            return Err(OWNER_MISSING.broken_at("owner").into());
        }
        let since = if new.step == at.step { at.since } else { now };
        let tx = tx.allow(grant);
        desk::move_to(&tx, fresh_at(now), id, (&new, owner, since))?;
        Ok(tx.commit(Deed { kind: DeedKind::ReportMoved, object: id.into(), case: report.case }, id)?)
    };
    app.change(actor, key, write).await
}

/// Keeps what a professional reporter was told: the facts of § 64(4) SGB VIII and nothing else (N7).
///
/// # Errors
/// The rules of [`domain::casework::tell_reporter`], [`Failure::Denied`].
pub async fn tell(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ReportId,
    facts: Feedback,
) -> Result<ReportId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (report, grant) = report_for(&tx, &who, Action::MoveReport, id)?;
        let (_, feedback) = found(desk::one(&tx, id)?)?;
        tell_reporter(feedback != "none", &facts, now.day())?;
        let tx = tx.allow(grant);
        answer(&tx, id, &facts)?;
        Ok(tx.commit(Deed { kind: DeedKind::ReporterTold, object: id.into(), case: report.case }, id)?)
    };
    app.change(actor, key, write).await
}
