// SPDX-License-Identifier: EUPL-1.2
//! One page for whoever takes a case over: what the family wants, its goals, running helps, what comes next, what was
//! promised, what must not be forgotten. It reads no note at all, so that nothing entrusted (§ 65 SGB VIII) can stand
//! on it, and tells no protected address.

use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::core::{App, Failure};
use domain::access::{Action, Actor};
use domain::casework::StatementKind;
use domain::kernel::{CaseId, Day};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::handovers::{self, HandoverView};
use store::casework::{goals, plans, statements};

pub use store::casework::goals::{RatingView, Rung};
pub use store::casework::plans::CommissionView;
pub use store::casework::statements::StatementView;
pub use store::deadlines::DueView;

/// What comes next, at most.
const NEXT: i64 = 12;

/// The sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// What the family wills, newest first.
    pub wills: Vec<StatementView>,
    /// Its goals, with the latest rating of each.
    pub goals: Vec<(Rung, Option<RatingView>)>,
    /// Helps that run.
    pub helps: Vec<CommissionView>,
    /// What comes next.
    pub next: Vec<DueView>,
    /// The latest hand-over: promises, and what must not be forgotten.
    pub handover: Option<HandoverView>,
    /// As of.
    pub on: Day,
}

/// The hand-over sheet of a case as it stands.
///
/// # Errors
/// Hidden for other teams.
pub async fn sheet(app: &App, actor: &Actor, id: CaseId) -> Result<Sheet, Failure> {
    let (actor, on) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let mut wills = quiet.said(statements::of_case(tx, id)?);
        wills.retain(|one| one.kind == StatementKind::Will);
        let ratings = goals::ratings(tx, id)?;
        let rated = |goal: &Rung| ratings.iter().rfind(|one| one.goal == goal.id).cloned();
        let mut ladder: Vec<_> = goals::ladder(tx, id)?.into_iter().map(|goal| (rated(&goal), goal)).collect();
        ladder.iter_mut().for_each(|(_, goal)| quiet.text(&mut goal.words));
        let running = |one: &CommissionView| one.until.is_none_or(|until| until >= on);
        let mut next = store::deadlines::of_case(tx, id, "open", NEXT)?;
        next.iter_mut().for_each(|one| quiet.maybe(&mut one.words));
        let mut handover = handovers::of_case(tx, id)?.into_iter().next();
        if let Some(one) = &mut handover {
            super::handover::hushed(&quiet, one);
        }
        Ok(Sheet {
            people: cases::people(tx, id)?,
            wills,
            goals: ladder.into_iter().map(|(rated, goal)| (goal, rated)).collect(),
            helps: plans::commissions(tx, id)?.into_iter().filter(running).collect(),
            next,
            handover,
            on,
            case,
        })
    })
    .await
}
