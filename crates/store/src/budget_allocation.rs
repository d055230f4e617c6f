// SPDX-License-Identifier: EUPL-1.2
//! How money is distributed: drafts and decisions. Both are only added to; a later decision supersedes an
//! earlier one of the same year without touching it.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::{Reading, Row};
use domain::budget::allocation::{Majority, Votes};
use domain::kernel::{AllocationId, Balance, Day, Line, Moment};

crate::statement! {
    INSERT = "INSERT INTO allocation (office_id, id, title, year, distributed, inputs, result, sha256, made_at, made_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    DECIDE = "INSERT INTO allocation_decision (office_id, allocation_id, body, decided_on, resolution, majority,
                votes_yes, votes_no, votes_abstained, recorded_at, recorded_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (office_id, allocation_id) DO NOTHING";
    LIST = "SELECT a.id, a.title, a.year, a.distributed, a.made_at, p.name, d.body, d.decided_on, d.resolution, d.majority,
              d.votes_yes, d.votes_no, d.votes_abstained, d.recorded_at
            FROM allocation a LEFT JOIN account p ON p.office_id = a.office_id AND p.id = a.made_by
            LEFT JOIN allocation_decision d ON d.office_id = a.office_id AND d.allocation_id = a.id
            WHERE a.office_id = $1 AND (d.decided_on IS NOT NULL OR $2 = 1)
            ORDER BY a.made_at DESC, a.id DESC LIMIT 200";
    ONE = "SELECT a.id, a.title, a.year, a.distributed, a.made_at, p.name, d.body, d.decided_on, d.resolution, d.majority,
             d.votes_yes, d.votes_no, d.votes_abstained, d.recorded_at
           FROM allocation a LEFT JOIN account p ON p.office_id = a.office_id AND p.id = a.made_by
           LEFT JOIN allocation_decision d ON d.office_id = a.office_id AND d.allocation_id = a.id
           WHERE a.office_id = $1 AND a.id = $2";
    SNAPSHOT = "SELECT inputs, result, sha256 FROM allocation WHERE office_id = $1 AND id = $2";
    IN_FORCE = "SELECT a.id FROM allocation a
                JOIN allocation_decision d ON d.office_id = a.office_id AND d.allocation_id = a.id
                WHERE a.office_id = $1 AND a.year <= $2 AND a.id <> $3
                ORDER BY a.year DESC, d.decided_on DESC, d.recorded_at DESC, a.id DESC LIMIT 1";
    COUNTING = "SELECT a.id FROM allocation a
                     JOIN allocation_decision d ON d.office_id = a.office_id AND d.allocation_id = a.id
                     WHERE a.office_id = $1 AND a.year = $2
                     ORDER BY d.decided_on DESC, d.recorded_at DESC, a.id DESC LIMIT 1";
    BOOK = "INSERT INTO allocation_booked (office_id, year, allocation_id, booked_at, booked_by) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (office_id, year) DO NOTHING";
    BOOKED = "SELECT allocation_id, booked_at FROM allocation_booked WHERE office_id = $1 AND year = $2";
}

/// A proposal on its way into the store, with everything needed to work it out again.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The inputs, as JSON.
    pub inputs: String,
    /// The result, as JSON.
    pub result: String,
    /// A digest of both.
    pub sha256: String,
}

/// What a body decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Which body.
    pub body: Line,
    /// On which day.
    pub on: Day,
    /// Number of the resolution.
    pub resolution: Line,
    /// Which majority was needed.
    pub majority: Majority,
    /// How they voted.
    pub votes: Votes,
}

/// A proposal in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationLine {
    /// Id.
    pub id: AllocationId,
    /// Title.
    pub title: String,
    /// Budget year.
    pub year: i16,
    /// What it distributes.
    pub distributed: Balance,
    /// When it was drafted.
    pub made_at: Moment,
    /// By whom.
    pub made_by: Option<String>,
    /// What was decided about it, and when that was recorded.
    pub decision: Option<(Decision, Moment)>,
}

/// Adds a draft.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: AllocationId,
    (title, year, distributed): (&Line, i16, Balance),
    snapshot: &Snapshot,
) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        id.into(),
        title.as_str().into(),
        year.into(),
        distributed.cents().into(),
        snapshot.inputs.as_str().into(),
        snapshot.result.as_str().into(),
        snapshot.sha256.as_str().into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Records a decision; answers whether there was none before.
///
/// # Errors
/// When the engine fails.
pub fn decide(tx: &WriteTx<'_>, id: AllocationId, decision: &Decision) -> Result<bool, StoreError> {
    let votes = decision.votes;
    let params: [Value; 10] = [
        id.into(),
        decision.body.as_str().into(),
        decision.on.into(),
        decision.resolution.as_str().into(),
        decision.majority.code().into(),
        i64::from(votes.yes).into(),
        i64::from(votes.no).into(),
        i64::from(votes.abstained).into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    Ok(tx.run(&DECIDE, &params)? == 1)
}

fn wrong(what: &str) -> StoreError {
    StoreError::Inconsistent("allocation_decision", what.to_owned())
}

fn decision(row: &mut Reading) -> Result<Option<(Decision, Moment)>, StoreError> {
    let (body, on, resolution) = (row.maybe_text()?, row.maybe_day()?, row.maybe_text()?);
    let (Some(body), Some(on), Some(resolution)) = (body, on, resolution) else { return Ok(None) };
    let line = |text: &str| Line::parse(text).or(Err(wrong("text")));
    let majority = row.code(Majority::from_code)?;
    let vote = |count: i64| u32::try_from(count).or(Err(wrong("votes")));
    let votes = Votes { yes: vote(row.int()?)?, no: vote(row.int()?)?, abstained: vote(row.int()?)? };
    let decided = Decision { body: line(&body)?, on, resolution: line(&resolution)?, majority, votes };
    Ok(Some((decided, row.moment()?)))
}

fn line(row: Row) -> Result<AllocationLine, StoreError> {
    let mut row = row.read("allocation");
    Ok(AllocationLine {
        id: row.id()?,
        title: row.text()?,
        year: i16::try_from(row.int()?).or(Err(wrong("year")))?,
        distributed: row.balance()?,
        made_at: row.moment()?,
        made_by: row.maybe_text()?,
        decision: decision(&mut row)?,
    })
}

/// Proposals, newest first; `drafts` says whether undecided ones are among them.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>, drafts: bool) -> Result<Vec<AllocationLine>, StoreError> {
    tx.rows(&LIST, &[i64::from(drafts).into()])?.into_iter().map(line).collect()
}

/// One proposal.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: AllocationId) -> Result<Option<AllocationLine>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(line).transpose()
}

/// What was kept with it.
///
/// # Errors
/// When the engine fails.
pub fn snapshot(tx: &ReadTx<'_>, id: AllocationId) -> Result<Option<Snapshot>, StoreError> {
    let Some(row) = tx.one(&SNAPSHOT, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("allocation");
    Ok(Some(Snapshot { inputs: row.text()?, result: row.text()?, sha256: row.text()? }))
}

/// The decided proposal beside which another of this year is looked at: the newest of the year or before.
///
/// # Errors
/// When the engine fails.
pub fn in_force(tx: &ReadTx<'_>, year: i16, beside: AllocationId) -> Result<Option<AllocationId>, StoreError> {
    tx.one(&IN_FORCE, &[year.into(), beside.into()])?.map(|row| row.read("allocation").id()).transpose()
}

/// The proposal decided last for a year: it is the one that counts.
///
/// # Errors
/// When the engine fails.
pub fn counting(tx: &ReadTx<'_>, year: i16) -> Result<Option<AllocationId>, StoreError> {
    tx.one(&COUNTING, &[year.into()])?.map(|row| row.read("allocation").id()).transpose()
}

/// Marks a proposal as the plan of its year; answers whether the year had none before.
///
/// # Errors
/// When the engine fails.
pub fn book(tx: &WriteTx<'_>, id: AllocationId, year: i16) -> Result<bool, StoreError> {
    Ok(tx.run(&BOOK, &[year.into(), id.into(), tx.now().into(), tx.grant().user().into()])? == 1)
}

/// The proposal that became the plan of a year, and when.
///
/// # Errors
/// When the engine fails.
pub fn booked(tx: &ReadTx<'_>, year: i16) -> Result<Option<(AllocationId, Moment)>, StoreError> {
    let Some(row) = tx.one(&BOOKED, &[year.into()])? else { return Ok(None) };
    let mut row = row.read("allocation_booked");
    Ok(Some((row.id()?, row.moment()?)))
}
