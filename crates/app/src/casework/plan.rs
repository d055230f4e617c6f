// SPDX-License-Identifier: EUPL-1.2
//! Decision and help plan: the ASD decides, and the plan becomes a version for good.

use crate::casework::case_for;
use crate::casework::consultation::later;
use crate::casework::seals::{Quiet, keeps_quiet, without_addresses};
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    Attendance, CaseFacts, DecisionDraft, Gap, HelpDecision, PersonRole, PlanAttendance, PlanContent, PlanParty,
    PlanStatement, REVIEW_CADENCE_PART, StatementKind, decide, gaps,
};
use domain::kernel::{CaseId, Day, DecisionId, Line, PlanId};
use store::casework::cases::{self, CaseView, Stage};
use store::casework::{applications, consultations, goals, plans, statements};
use store::{ReadTx, WriteTx, access};

pub use store::casework::applications::ApplicationView;
pub use store::casework::plans::{CommissionView, Version, VersionLine};

/// The key of the form for a decision.
#[must_use]
pub fn form(case: CaseId) -> String {
    format!("entscheidung/{case}")
}

/// The page of goals and plan.
#[derive(Debug, Clone)]
pub struct PlanPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<cases::PersonView>,
    /// What was said.
    pub statements: Vec<statements::StatementView>,
    /// Goals.
    pub goals: Vec<statements::GoalView>,
    /// Resources.
    pub strengths: Vec<statements::StrengthView>,
    /// Was the team asked? Information only, never a gate (N3).
    pub consulted: bool,
    /// Versions, newest first.
    pub versions: Vec<VersionLine>,
    /// Staff of the team, to be named as professionals.
    pub colleagues: Vec<String>,
    /// Applications for participation that wait for their decision.
    pub applications: Vec<ApplicationView>,
    /// May the reader decide?
    pub may_decide: bool,
}

/// The page of goals and plan.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<PlanPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let may_decide = permit(&actor, Action::DecideOnCase, Standing::Team(case.team)).is_ok();
        Ok(PlanPage {
            people: cases::people(tx, id)?,
            statements: quiet.said(statements::of_case(tx, id)?),
            goals: quiet.goals(statements::goals(tx, id)?),
            strengths: quiet.strengths(statements::strengths(tx, id)?),
            consulted: consultations::of_case(tx, id)?.iter().any(|item| item.held_on.is_some()),
            versions: plans::versions(tx, id)?,
            applications: applications::of_case(tx, id)?.into_iter().filter(ApplicationView::is_open).collect(),
            colleagues: access::colleagues(tx, case.team, today)?.into_iter().map(|(_, name)| name).collect(),
            may_decide,
            case,
        })
    })
    .await
}

/// Decides on help and fixes the plan's next version, in one transaction.
///
/// # Errors
/// The rules of [`domain::casework::decide`], [`Failure::Denied`]; [`Failure::Stale`] when somebody
/// decided at the same moment.
pub async fn decide_on_help(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CaseId,
    draft: DecisionDraft,
) -> Result<DecisionId, Failure> {
    let (who, now, decision_id) = (actor.clone(), app.now(), app.fresh::<DecisionId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::DecideOnCase, id)?;
        let decision = decided(&tx, &grant, id, draft.clone(), now.day())?;
        let tx = tx.allow(grant);
        let plan = fix(&tx, &case, decision_id, &decision)?;
        cases::move_to(&tx, id, later(case.stage, Stage::Decided))?;
        access::drafts::drop_drafts(&tx, &form(id))?;
        tx.also(Deed::in_case(DeedKind::HelpDecided, decision_id, id));
        Ok(tx.commit(Deed::in_case(DeedKind::PlanFixed, plan, id), decision_id)?)
    };
    app.change(actor, key, write).await
}

/// Decides inside a change.
pub(super) fn decided(
    tx: &ReadTx<'_>,
    grant: &Grant,
    id: CaseId,
    draft: DecisionDraft,
    today: Day,
) -> Result<HelpDecision, Failure> {
    keeps_quiet(tx, id, &typed(&draft))?;
    let facts = facts(tx, id, &draft, today)?;
    Ok(decide(grant, draft, &facts, today)?)
}

/// Keeps a decision and fixes the plan's next version inside a change; the days that it sets are due.
pub(super) fn fix(
    tx: &WriteTx<'_>,
    case: &CaseView,
    id: DecisionId,
    decision: &HelpDecision,
) -> Result<PlanId, Failure> {
    let content = without_addresses(tx, case.id, content(tx, case, tx.grant(), decision)?)?;
    let plan = PlanId(fresh_at(tx.now()));
    plans::insert_decision(tx, id, case.id, decision)?;
    plans::insert_version(tx, plan, case.id, id, &content).map_err(stale)?;
    super::plan_days::raise(tx, case, plan, decision)?;
    Ok(plan)
}

/// What was just typed; what tells a protected address is said at its field.
fn typed(draft: &DecisionDraft) -> Vec<(&str, &'static str)> {
    let mut typed: Vec<(&str, &'static str)> = Vec::new();
    typed.extend(draft.reasons.iter().map(|words| (words.as_str(), "reasons")));
    typed.extend(draft.details.services.iter().map(|words| (words.as_str(), "services")));
    typed.extend(draft.details.parts.iter().map(|(part, words)| (words.as_str(), part.field())));
    typed.extend(draft.alternatives.iter().map(|words| (words.as_str(), "alternatives")));
    typed.extend(draft.details.attendance.iter().map(|one| (one.name.as_str(), "present")));
    typed
}

/// What the draft lacks, before it is decided: shown so that nobody overlooks it, never a barrier.
///
/// # Errors
/// Hidden for other teams, [`Failure::Denied`] for those who may not decide.
pub async fn look_for_gaps(app: &App, actor: &Actor, id: CaseId, draft: DecisionDraft) -> Result<Vec<Gap>, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        case_for(tx, &actor, Action::DecideOnCase, id)?;
        Ok(gaps(&draft, &facts(tx, id, &draft, today)?))
    })
    .await
}

/// By the birthday if it is known, else by what somebody is in the family.
pub(super) fn is_minor(person: &cases::PersonView, today: Day) -> bool {
    let by_role = matches!(person.role, PersonRole::Child | PersonRole::Youth);
    person.born.map_or(by_role, |born| today.age_of(born) < 18)
}

/// What the case holds already.
pub(super) fn facts(tx: &ReadTx<'_>, id: CaseId, draft: &DecisionDraft, today: Day) -> Result<CaseFacts, Failure> {
    let (application_open, assessor_missing) = super::integration_help::facts(tx, id, draft)?;
    let said = statements::of_case(tx, id)?;
    let has = |kind| said.iter().any(|one| one.kind == kind);
    Ok(CaseFacts {
        minor: cases::people(tx, id)?.iter().any(|person| is_minor(person, today)),
        need: has(StatementKind::Need),
        will: has(StatementKind::Will),
        goal: !statements::goals(tx, id)?.is_empty(),
        strength: !statements::strengths(tx, id)?.is_empty(),
        application_open,
        assessor_missing,
    })
}

fn stale(error: store::StoreError) -> Failure {
    match error {
        store::StoreError::Duplicate(_) => Failure::Stale,
        other => other.into(),
    }
}

/// Everything the version says, frozen from the case as it stands in this transaction.
fn content(tx: &ReadTx<'_>, case: &CaseView, grant: &Grant, decision: &HelpDecision) -> Result<PlanContent, Failure> {
    let draft = decision.draft();
    let decider = found(access::actor(tx, grant.user(), decision.on())?)?;
    let words = |lines: &[Line]| lines.iter().map(|line| line.as_str().to_owned()).collect();
    let mut ideas = Vec::new();
    for item in consultations::of_case(tx, case.id)? {
        ideas.extend(
            consultations::ideas(tx, item.id)?.into_iter().map(|idea| (idea.kind.code().to_owned(), idea.words)),
        );
    }
    let people = cases::people(tx, case.id)?.into_iter();
    let said = statements::of_case(tx, case.id)?.into_iter();
    let strengths = statements::strengths(tx, case.id)?.into_iter();
    let parts = draft.details.parts.iter();
    Ok(PlanContent {
        office: access::office_name(tx)?.unwrap_or_default(),
        case_number: case.number.clone(),
        family: case.family.clone(),
        version: plans::next_version(tx, case.id)?,
        decided_on: decision.on(),
        decided_by: decider.name,
        granted: draft.granted,
        help: draft.kind.code().to_owned(),
        from: draft.period.from(),
        until: draft.period.until(),
        review_on: draft.review_on,
        reasons: decision.reasons().as_str().to_owned(),
        professionals: words(&draft.professionals),
        alternatives: words(&draft.alternatives),
        people: people.map(|person| PlanParty { name: person.name, role: person.role.code().to_owned() }).collect(),
        statements: said.map(frozen).collect(),
        goals: statements::goals(tx, case.id)?.into_iter().map(|goal| (goal.owner, goal.words)).collect(),
        steps: steps(tx, case.id)?,
        strengths: strengths.map(|strength| (strength.field.code().to_owned(), strength.words)).collect(),
        ideas,
        rights_told_on: draft.rights_told_on,
        services: draft.details.services.as_ref().map_or(String::new(), |words| words.as_str().to_owned()),
        extent: draft.details.extent,
        attendance: draft.details.attendance.iter().map(present).collect(),
        parts: parts
            .map(|(part, words)| (part.code().to_owned(), words.as_str().to_owned()))
            .chain(super::package::frozen(tx, case, decision.on())?)
            .chain(draft.details.review_months.map(cadence_in_words))
            .collect(),
        gaps: decision.gaps().iter().map(|gap| gap.code().to_owned()).collect(),
        gaps_reason: draft.gaps_reason.as_ref().map_or(String::new(), |words| words.as_str().to_owned()),
    })
}

/// The cadence stands in the plan in words, beside the day of the next review.
fn cadence_in_words(months: i32) -> (String, String) {
    let words = if months == 1 { "Jeden Monat".to_owned() } else { format!("Alle {months} Monate") };
    (REVIEW_CADENCE_PART.to_owned(), words)
}

/// Action goals with the direction goals above them.
fn steps(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<(String, String)>, Failure> {
    let ladder = goals::ladder(tx, case)?;
    let above = |parent| ladder.iter().find(|goal| Some(goal.id) == parent);
    let steps = ladder.iter().filter_map(|step| {
        let until = step.due_on.map(|day| format!(" (bis {})", day.german())).unwrap_or_default();
        Some((above(step.parent)?.words.clone(), format!("{}{until}", step.words)))
    });
    Ok(steps.collect())
}

fn present(one: &Attendance) -> PlanAttendance {
    PlanAttendance {
        name: one.name.as_str().to_owned(),
        presence: one.presence.code().to_owned(),
        why: one.why.as_ref().map_or(String::new(), |why| why.as_str().to_owned()),
    }
}

fn frozen(said: statements::StatementView) -> PlanStatement {
    PlanStatement {
        kind: said.kind.code().to_owned(),
        speaker: said.speaker.unwrap_or_default(),
        said_on: said.said_on,
        words: said.words,
        own_part: said.own_part.unwrap_or_default(),
    }
}

/// A version as it was fixed, with the commission that rests on it, if one was placed.
///
/// # Errors
/// Hidden for other teams.
pub async fn version(
    app: &App,
    actor: &Actor,
    id: PlanId,
) -> Result<(CaseView, Version, Option<CommissionView>), Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let version = found(plans::version(tx, id)?)?;
        let (case, _) = case_for(tx, &actor, Action::SeeCase, version.case)?;
        let content = without_addresses(tx, version.case, version.content)?;
        let commission = plans::commissions(tx, version.case)?.into_iter().find(|placed| placed.plan == id);
        Ok((case, Version { content, ..version }, commission))
    })
    .await
}
