// SPDX-License-Identifier: EUPL-1.2
//! The allocation workbench: try out, draft, compare, decide, and work out again years later.

mod booking;
mod paper;
mod read;
mod sheet;
#[cfg(test)]
mod tests;

use crate::core::{App, Failure, Key, found, fresh_at, in_office, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::allocation::{Fault, allocate, refusals};
use domain::kernel::{AllocationId, Balance, Day, Refusal, Rule};
use sha2::{Digest, Sha256};
use store::budget_allocation::{self as kept, Snapshot};
use store::{ReadTx, StoreError};
use uuid::Uuid;

pub use booking::{PlanLine, RegionSum, ToPlan, book, decided_sums};
pub use paper::{Named, Paper, ShareLine, StepLine};
pub use read::read;
pub use sheet::{AgencyLine, DampingLine, IndicatorLine, MethodLine, PurposeLine, ScopeLine, Sheet, SourceLine, Typed};
pub use store::budget_allocation::{AllocationLine, Decision};

/// A body has decided about this proposal already.
pub const DECIDED_ALREADY: Rule = Rule::new("allocation.decided_already", "Beschluss; Nachvollziehbarkeit");
/// A decision of tomorrow.
pub const DECIDED_LATER: Rule = Rule::new("allocation.decided_later", "Beschlussdatum");

/// Works a sheet out; nothing is kept.
///
/// # Errors
/// Every fault with its place.
pub fn work_out(sheet: &Sheet) -> Result<Paper, Vec<Fault>> {
    Ok(Paper::from(&allocate(&read(sheet)?)?))
}

/// A proposal with everything about it.
#[derive(Debug, Clone)]
pub struct Page {
    /// The proposal.
    pub line: AllocationLine,
    /// Its inputs as they were kept.
    pub sheet: Sheet,
    /// Its result as it was kept.
    pub paper: Paper,
    /// The digest of both.
    pub sha256: String,
    /// Does working the inputs out again give the same result, and does the digest still fit?
    pub reproduced: bool,
    /// If it was decided: is it the one that counts for its year?
    pub counts: bool,
    /// The decided one to look at beside it.
    pub beside: Option<(AllocationLine, Paper)>,
    /// May the reader draft?
    pub may_draft: bool,
    /// May the reader record a decision?
    pub may_decide: bool,
    /// What it gives the plan of its year; only for those who plan, and only if it counts.
    pub to_plan: Option<ToPlan>,
}

fn broken(what: &str) -> Failure {
    StoreError::Inconsistent("allocation", what.to_owned()).into()
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).or(Err(broken("not written")))
}

fn digest(inputs: &str, result: &str) -> String {
    let hash = Sha256::new().chain_update(inputs).chain_update("\n").chain_update(result).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Do the stored inputs still give the stored result, and do both still have their digest?
fn reproduces(snapshot: &Snapshot, sheet: &Sheet) -> bool {
    let again = work_out(sheet).ok().and_then(|paper| serde_json::to_string(&paper).ok());
    again.as_ref() == Some(&snapshot.result) && digest(&snapshot.inputs, &snapshot.result) == snapshot.sha256
}

/// Keeps a proposal as a draft, with its inputs and result. A change of a draft is another draft.
///
/// # Errors
/// What is wrong with the sheet, as refusals of its fields; [`Failure::Denied`].
pub async fn draft(app: &App, actor: &Actor, key: Option<Key>, sheet: &Sheet) -> Result<AllocationId, Failure> {
    let grant = in_office(actor, Action::DraftAllocation)?;
    let wrong = |faults: Vec<Fault>| Failure::from(refusals(&faults));
    let plan = read(sheet).map_err(wrong)?;
    let paper = Paper::from(&allocate(&plan).map_err(wrong)?);
    let (inputs, result) = (json(sheet)?, json(&paper)?);
    let snapshot = Snapshot { sha256: digest(&inputs, &result), inputs, result };
    let distributed = Balance::from_cents(paper.distributed);
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        let id = AllocationId(fresh_at(now));
        kept::insert(&tx, id, (&plan.title, plan.year, distributed), &snapshot)?;
        Ok(tx.commit(Deed::new(DeedKind::AllocationDrafted, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Whoever sees the money of the whole office sees drafts, too; others what was decided.
fn sees_drafts(actor: &Actor) -> Result<bool, Failure> {
    Ok(reach(actor, Action::SeeBudget)?.office)
}

/// Proposals, newest first, with the ids of those that count for their year; and whether the reader may draft.
///
/// # Errors
/// Hidden for people without sight of any region's money.
pub async fn list(app: &App, actor: &Actor) -> Result<(Vec<(AllocationLine, bool)>, bool), Failure> {
    let drafts = sees_drafts(actor)?;
    let may_draft = permit(actor, Action::DraftAllocation, Standing::Office).is_ok();
    let lines = app.read(move |tx| {
        let counts = |line: AllocationLine| {
            let counts = line.decision.is_some() && kept::counting(tx, line.year)? == Some(line.id);
            Ok((line, counts))
        };
        kept::list(tx, drafts)?.into_iter().map(counts).collect()
    });
    Ok((lines.await?, may_draft))
}

/// A proposal, worked out again.
///
/// # Errors
/// Hidden for people without sight of any region's money, and drafts for those who see single regions only.
pub async fn page(app: &App, actor: &Actor, id: AllocationId) -> Result<Page, Failure> {
    let drafts = sees_drafts(actor)?;
    let may = |action| permit(actor, action, Standing::Office).is_ok();
    let (may_draft, may_decide) = (may(Action::DraftAllocation), may(Action::DecideAllocation));
    let may_plan = may(Action::PlanBudget);
    app.read(move |tx| {
        let line = found(kept::one(tx, id)?.filter(|line| drafts || line.decision.is_some()))?;
        let (snapshot, sheet, paper) = load(tx, id)?;
        let beside = beside(tx, line.year, id)?;
        let reproduced = reproduces(&snapshot, &sheet);
        let counts = line.decision.is_some() && kept::counting(tx, line.year)? == Some(id);
        let to_plan = if may_plan && counts { Some(booking::to_plan(tx, &line, &paper)?) } else { None };
        let sha256 = snapshot.sha256;
        let may_decide = may_decide && line.decision.is_none();
        Ok(Page { line, sheet, paper, sha256, reproduced, counts, beside, may_draft, may_decide, to_plan })
    })
    .await
}

/// The decided proposal that a new one of this year is looked at beside.
///
/// # Errors
/// Hidden for people without sight of any region's money.
pub async fn in_force(app: &App, actor: &Actor, year: i16) -> Result<Option<(AllocationLine, Paper)>, Failure> {
    reach(actor, Action::SeeBudget)?;
    app.read(move |tx| beside(tx, year, AllocationId(Uuid::nil()))).await
}

fn beside(tx: &ReadTx<'_>, year: i16, id: AllocationId) -> Result<Option<(AllocationLine, Paper)>, Failure> {
    let Some(other) = kept::in_force(tx, year, id)? else { return Ok(None) };
    Ok(Some((found(kept::one(tx, other)?)?, load(tx, other)?.2)))
}

fn load(tx: &ReadTx<'_>, id: AllocationId) -> Result<(Snapshot, Sheet, Paper), Failure> {
    let snapshot = found(kept::snapshot(tx, id)?)?;
    let sheet = serde_json::from_str(&snapshot.inputs).or(Err(broken("inputs")))?;
    let paper = serde_json::from_str(&snapshot.result).or(Err(broken("result")))?;
    Ok((snapshot, sheet, paper))
}

/// Records what a body decided about a draft. Only what was carried is recorded.
///
/// # Errors
/// `allocation.majority_missed`, `allocation.votes_unfit`, [`DECIDED_ALREADY`], [`DECIDED_LATER`],
/// [`Failure::Denied`].
pub async fn decide(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: AllocationId,
    decision: Decision,
) -> Result<AllocationId, Failure> {
    let grant = in_office(actor, Action::DecideAllocation)?;
    carried(&decision, app.today())?;
    let write = move |tx: ReadTx<'_>| {
        found(kept::one(&tx, id)?)?;
        let tx = tx.allow(grant);
        if !kept::decide(&tx, id, &decision)? {
            return Err(DECIDED_ALREADY.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::AllocationDecided, id), id)?)
    };
    app.change(actor, key, write).await
}

fn carried(decision: &Decision, today: Day) -> Result<(), Refusal> {
    if decision.on > today {
        return Err(DECIDED_LATER.broken_at("on"));
    }
    decision.votes.carry(decision.majority)
}
