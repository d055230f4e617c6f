// SPDX-License-Identifier: EUPL-1.2
//! The ladder of goals and what each side holds of them.

use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::casework::statements::known;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{NewRating, NewStep, Rater, rate};
use domain::kernel::{CaseId, GoalId, Rule};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::{family_links, goals};
use store::{ReadTx, access};

pub use store::casework::goals::{RatingView, Rung};

/// An action goal stands under a direction goal, not under another action goal.
pub const NOT_A_DIRECTION: Rule = Rule::new("goal.not_a_direction", "Fachkonzept: Zielleiter");

/// The key of the form of action goals, for its drafts.
#[must_use]
pub fn step_form(case: CaseId) -> String {
    format!("schritte/{case}")
}

/// The key of the form of ratings, for its drafts.
#[must_use]
pub fn rating_form(case: CaseId) -> String {
    format!("bewertung/{case}")
}

/// The ladder of a case.
#[derive(Debug, Clone)]
pub struct GoalsPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// All goals.
    pub ladder: Vec<Rung>,
    /// All ratings, oldest first.
    pub ratings: Vec<RatingView>,
    /// May the reader record?
    pub may_work: bool,
}

/// The ladder of a case, with the whole history.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<GoalsPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let (mut ladder, mut ratings) = (goals::ladder(tx, id)?, goals::ratings(tx, id)?);
        ratings.extend(over_link(tx, id, &ladder)?);
        ratings.sort_by_key(|rating| rating.said_on);
        ladder.iter_mut().for_each(|goal| quiet.text(&mut goal.words));
        ratings.iter_mut().for_each(|rating| quiet.maybe(&mut rating.words));
        Ok(GoalsPage {
            people: cases::people(tx, id)?,
            ladder,
            ratings,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// What the family rated over its link, on the ladder beside what everybody else holds. It is read from where the family
/// put it, so nobody can write it over.
fn over_link(tx: &ReadTx<'_>, case: CaseId, ladder: &[Rung]) -> Result<Vec<RatingView>, Failure> {
    let mut all = Vec::new();
    for answer in family_links::answers(tx, case)?.into_iter().rev() {
        let by = answer.who.clone().unwrap_or_else(|| answer.given_to.clone());
        for (words, level) in answer.ratings {
            // A plan writes the day behind an action goal.
            let bare = words.rsplit_once(" (bis ").map_or(words.as_str(), |(bare, _)| bare);
            let goal = ladder.iter().rev().find(|goal| goal.words == words || goal.words == bare);
            all.extend(goal.map(|goal| RatingView {
                goal: goal.id,
                rater: Rater::Family,
                level,
                said_on: answer.said_at.day(),
                words: None,
                recorded_by: by.clone(),
            }));
        }
    }
    Ok(all)
}

/// Records an action goal under a direction goal.
///
/// # Errors
/// [`NOT_A_DIRECTION`], those of [`NewStep::check`], [`crate::casework::statements::NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn record_step(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    under: GoalId,
    new: NewStep,
) -> Result<GoalId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<GoalId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, parent, _) = found(goals::one(&tx, under)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        if parent.is_some() {
            return Err(NOT_A_DIRECTION.broken().into());
        }
        known(&tx, case, Some(new.owner), "owner")?;
        new.check()?;
        crate::casework::seals::keeps_quiet(&tx, case, &[(new.words.as_str(), "words")])?;
        let tx = tx.allow(grant);
        goals::insert_step(&tx, id, (case, under), &new)?;
        access::drafts::drop_drafts(&tx, &step_form(case))?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::StepRecorded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records how far somebody holds a goal to be reached. Earlier ratings stay (N21).
///
/// # Errors
/// The rules of [`domain::casework::rate`], [`Failure::Denied`].
pub async fn record_rating(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    goal: GoalId,
    new: NewRating,
) -> Result<GoalId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, _, agreed_on) = found(goals::one(&tx, goal)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        rate(&new, agreed_on, now.day())?;
        let tx = tx.allow(grant);
        goals::insert_rating(&tx, fresh_at(now), (case, goal), &new)?;
        access::drafts::drop_drafts(&tx, &rating_form(case))?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::GoalRated, goal, case), goal)?)
    };
    app.change(actor, key, write).await
}
