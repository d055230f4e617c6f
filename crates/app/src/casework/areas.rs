// SPDX-License-Identifier: EUPL-1.2
//! Area of a case, what is to be clarified, conditions. Conditions are the office's or a court's; goals are the
//! family's, and live elsewhere.

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    Area, LIFTED_ALREADY, NewArea, NewCheck, NewCondition, TakenAway, change_area, check_condition, keeps_danger_mark,
    set_condition,
};
use domain::kernel::{AreaId, CaseId, ClarificationId, ConditionId, Line, Note, QuestionId, Rule};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::undos::{self, Ended};
use store::casework::{areas, protection};
use store::{ReadTx, WriteTx, access};

pub use store::casework::areas::{AreaView, CheckView, ConditionView, QuestionView};

/// Answered already; another answer is a new question.
pub const ANSWERED_ALREADY: Rule = Rule::new("area.answered_already", "Aktenwahrheit");

/// The key of the form for a change of area.
#[must_use]
pub fn form(case: CaseId) -> String {
    format!("bereich/{case}")
}

/// Area, clarification, conditions of a case.
#[derive(Debug, Clone)]
pub struct AreaPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Areas, newest first.
    pub areas: Vec<AreaView>,
    /// What is or was to be clarified.
    pub questions: Vec<QuestionView>,
    /// Conditions.
    pub conditions: Vec<ConditionView>,
    /// Staff of the team, to be named as professionals.
    pub colleagues: Vec<String>,
    /// May the reader record?
    pub may_work: bool,
}

/// Area, clarification, conditions of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<AreaPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let mut known = areas::of_case(tx, id)?;
        for one in &mut known {
            quiet.text(&mut one.facts);
            quiet.maybe(&mut one.reading);
        }
        // An address that was sealed later is in no older text: questions and conditions are texts like all others.
        let (mut questions, mut conditions) = (areas::questions(tx, id)?, areas::conditions(tx, id)?);
        for one in &mut questions {
            quiet.text(&mut one.words);
            quiet.maybe(&mut one.answer);
        }
        for one in &mut conditions {
            quiet.text(&mut one.words);
            quiet.text(&mut one.evidence);
            quiet.maybe(&mut one.lifted_why);
            one.checks.iter_mut().for_each(|look| quiet.text(&mut look.seen));
        }
        Ok(AreaPage {
            people: cases::people(tx, id)?,
            areas: known,
            questions,
            conditions,
            colleagues: access::colleagues(tx, case.team, today)?.into_iter().map(|(_, name)| name).collect(),
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

pub(crate) fn area_now(tx: &ReadTx<'_>, case: CaseId) -> Result<Option<Area>, Failure> {
    Ok(areas::of_case(tx, case)?.first().map(|newest| newest.area))
}

/// Changes the area of a case. Into danger it marks the case at once; out of it several professionals take the mark.
///
/// # Errors
/// The rules of [`domain::casework::change_area`], [`Failure::Denied`].
pub async fn change(app: &App, actor: &Actor, key: Option<Key>, id: CaseId, new: NewArea) -> Result<AreaId, Failure> {
    let (who, now, area) = (actor.clone(), app.now(), app.fresh::<AreaId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        let before = area_now(&tx, id)?;
        change_area(before, &new, now.day())?;
        let reading = new.reading.as_ref().map_or("", Note::as_str);
        keeps_quiet(&tx, id, &[(new.facts.as_str(), "facts"), (reading, "reading")])?;
        let tx = tx.allow(grant);
        areas::insert(&tx, area, id, &new)?;
        if let (Area::Clarification, Some(due)) = (new.area, new.due_on) {
            let questions: Vec<(QuestionId, Line)> =
                new.questions.iter().map(|words| (QuestionId(fresh_at(now)), words.clone())).collect();
            areas::open_clarification(&tx, ClarificationId(fresh_at(now)), (id, area), (due, &questions))?;
        }
        match (before, new.area) {
            (_, Area::Danger) => areas::danger_since(&tx, id, Some(case.danger_since.unwrap_or(new.since)))?,
            (Some(Area::Danger), _) => settle_danger_mark(&tx, id, Some(new.area))?,
            _ => {}
        }
        cases::touch(&tx, id)?;
        access::drafts::drop_drafts(&tx, &form(id))?;
        Ok(tx.commit(Deed::in_case(DeedKind::AreaChanged, area, id), area)?)
    };
    app.change(actor, key, write).await
}

/// Takes the mark of danger from a case whose danger is over in every respect.
pub(crate) fn settle_danger_mark(tx: &WriteTx<'_>, id: CaseId, area: Option<Area>) -> Result<(), Failure> {
    let is_open = protection::of_case(tx, id)?.iter().any(|procedure| procedure.closed_at.is_none());
    if keeps_danger_mark(area, is_open) { Ok(()) } else { Ok(areas::danger_since(tx, id, None)?) }
}

/// Answers a question to be clarified.
///
/// # Errors
/// [`ANSWERED_ALREADY`], [`Failure::Denied`].
pub async fn answer(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: QuestionId,
    words: Note,
) -> Result<QuestionId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let case = found(areas::case_of_question(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        keeps_quiet(&tx, case, &[(words.as_str(), "answer")])?;
        let tx = tx.allow(grant);
        if !areas::answer(&tx, id, &words)? {
            return Err(ANSWERED_ALREADY.broken_at("answer").into());
        }
        Ok(tx.commit(Deed::in_case(DeedKind::QuestionAnswered, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Sets a condition.
///
/// # Errors
/// The rules of [`domain::casework::set_condition`], [`Failure::Denied`].
pub async fn set(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewCondition,
) -> Result<ConditionId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<ConditionId>());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        set_condition(area_now(&tx, case)?, &new, now.day())?;
        keeps_quiet(&tx, case, &[(new.words.as_str(), "words"), (new.evidence.as_str(), "evidence")])?;
        let tx = tx.allow(grant);
        areas::insert_condition(&tx, id, case, &new)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ConditionSet, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records a look at a condition: by evidence, not by a rating.
///
/// # Errors
/// The rules of [`domain::casework::check_condition`], [`Failure::Denied`].
pub async fn check(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ConditionId,
    new: NewCheck,
) -> Result<ConditionId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, set_on, lifted) = found(areas::case_of_condition(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        check_condition(set_on, lifted.is_some(), &new, now.day())?;
        keeps_quiet(&tx, case, &[(new.seen.as_str(), "seen")])?;
        let tx = tx.allow(grant);
        areas::insert_check(&tx, fresh_at(now), id, &new)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ConditionChecked, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Lifts a condition.
///
/// # Errors
/// [`LIFTED_ALREADY`], [`Failure::Denied`].
pub async fn lift(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ConditionId,
    why: Line,
) -> Result<ConditionId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, _, _) = found(areas::case_of_condition(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        if !areas::lift(&tx, id, &why)? {
            return Err(LIFTED_ALREADY.broken().into());
        }
        let words = undos::condition_words(&tx, id.0)?.unwrap_or_default();
        undos::remember(
            &tx,
            &Ended { id: fresh_at(now).into(), case, kind: TakenAway::Condition, object: id.0, words: &words },
        )?;
        Ok(tx.commit(Deed::in_case(DeedKind::ConditionLifted, id, case), id)?)
    };
    app.change(actor, key, write).await
}
