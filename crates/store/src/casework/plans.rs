// SPDX-License-Identifier: EUPL-1.2
//! Decisions, plan versions, commissions. A version is only ever inserted (N21).

use super::plan_text::{from_text, to_text};
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{Commission, Decided, HelpDecision, HelpKind, PlanContent, WishAnswer};
use domain::kernel::{Balance, CaseId, CommissionId, Day, DecisionId, Moment, Note, Period, PlanId};
use sha2::{Digest, Sha256};

crate::statement! {
    INSERT_DECISION = "INSERT INTO decision (office_id, id, case_id, granted, help, valid_from, valid_until, reasons, rights_told_on, review_on,
                                             services, extent, extent_unit, gaps_reason, decided_by, decided_on, review_months)
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    CADENCE = "SELECT d.review_months FROM plan_version v JOIN decision d ON d.office_id = v.office_id AND d.id = v.decision_id
               WHERE v.office_id = $1 AND v.id = $2";
    INSERT_PART = "INSERT INTO decision_part (office_id, decision_id, kind, seq, words) VALUES ($1, $2, $3, $4, $5)";
    NEXT_VERSION = "SELECT COALESCE(MAX(number), 0) + 1 FROM plan_version WHERE office_id = $1 AND case_id = $2";
    INSERT_VERSION = "INSERT INTO plan_version (office_id, id, case_id, number, decision_id, content, sha256, fixed_at, fixed_by)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    VERSION = "SELECT v.case_id, v.content, v.sha256, v.fixed_at FROM plan_version v WHERE v.office_id = $1 AND v.id = $2";
    VERSIONS = "SELECT v.id, v.number, v.decision_id, v.fixed_at, a.name, d.granted, d.help, d.valid_from, d.valid_until, d.review_on, v.sha256
                FROM plan_version v JOIN decision d ON d.office_id = v.office_id AND d.id = v.decision_id
                JOIN account a ON a.office_id = v.office_id AND a.id = v.fixed_by
                WHERE v.office_id = $1 AND v.case_id = $2 ORDER BY v.number DESC";
    DECIDED = "SELECT d.case_id, d.granted, d.help, d.valid_from, d.valid_until, v.id FROM decision d
               JOIN plan_version v ON v.office_id = d.office_id AND v.decision_id = d.id
               WHERE d.office_id = $1 AND d.id = $2";
    INSERT_COMMISSION = "INSERT INTO commission (office_id, id, case_id, decision_id, plan_id, agency_id, help, valid_from, valid_until, ceiling,
                                                 wish_told_on, wish_answer, wish, wish_why, placed_by, placed_on)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    COMMISSIONS = "SELECT c.id, g.name, c.help, c.valid_from, c.valid_until, c.ceiling, c.wish_told_on, c.wish_answer, c.wish, c.wish_why, c.placed_on, a.name, c.plan_id
                   FROM commission c JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
                   JOIN account a ON a.office_id = c.office_id AND a.id = c.placed_by
                   WHERE c.office_id = $1 AND c.case_id = $2 ORDER BY c.id DESC LIMIT 50";
}

/// Keeps a decision.
///
/// # Errors
/// When the engine fails.
pub fn insert_decision(
    tx: &WriteTx<'_>,
    id: DecisionId,
    case: CaseId,
    decision: &HelpDecision,
) -> Result<(), StoreError> {
    let draft = decision.draft();
    let granted = if draft.granted { "granted" } else { "refused" };
    let params: [Value; 16] = [
        id.into(),
        case.into(),
        granted.into(),
        draft.kind.code().into(),
        draft.period.from().into(),
        draft.period.until().into(),
        decision.reasons().as_str().into(),
        draft.rights_told_on.into(),
        draft.review_on.into(),
        draft.details.services.as_ref().map(Note::as_str).into(),
        draft.details.extent.map(|extent| extent.hundredths()).into(),
        draft.details.extent.map(|extent| extent.unit().code()).into(),
        draft.gaps_reason.as_ref().map(Note::as_str).into(),
        decision.by().user().into(),
        decision.on().into(),
        draft.details.review_months.map(i64::from).into(),
    ];
    tx.run(&INSERT_DECISION, &params)?;
    for (kind, parts) in [("professional", &draft.professionals), ("alternative", &draft.alternatives)] {
        for (seq, words) in (1_i64..).zip(parts) {
            tx.run(&INSERT_PART, &[id.into(), kind.into(), seq.into(), words.as_str().into()])?;
        }
    }
    for (seq, gap) in (1_i64..).zip(decision.gaps()) {
        tx.run(&INSERT_PART, &[id.into(), "gap".into(), seq.into(), gap.code().into()])?;
    }
    Ok(())
}

/// Every how many months a version wants its help to be looked at, if it says so.
///
/// # Errors
/// When the engine fails.
pub fn review_months(tx: &ReadTx<'_>, id: PlanId) -> Result<Option<i32>, StoreError> {
    let Some(row) = tx.one(&CADENCE, &[id.into()])? else { return Ok(None) };
    Ok(row.read("decision").maybe_int()?.and_then(|months| i32::try_from(months).ok()))
}

/// The number of the next version of a case's plan.
///
/// # Errors
/// When the engine fails.
pub fn next_version(tx: &ReadTx<'_>, case: CaseId) -> Result<i64, StoreError> {
    tx.one(&NEXT_VERSION, &[case.into()])?.map_or(Ok(1), |row| row.read("plan_version").int())
}

/// Fixes a version for good.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody else fixed this number first.
pub fn insert_version(
    tx: &WriteTx<'_>,
    id: PlanId,
    case: CaseId,
    decision: DecisionId,
    content: &PlanContent,
) -> Result<(), StoreError> {
    let text = to_text(content);
    let params: [Value; 8] = [
        id.into(),
        case.into(),
        content.version.into(),
        decision.into(),
        (&text).into(),
        digest(&text).into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_VERSION, &params).map(|_| ())
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A version as it was fixed.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its case.
    pub case: CaseId,
    /// What it says.
    pub content: PlanContent,
    /// The digest of what it says.
    pub sha256: String,
    /// When it was fixed.
    pub fixed_at: Moment,
}

/// One version; a content that does not fit its digest is an error, not a plan.
///
/// # Errors
/// When the row was altered or the engine fails.
pub fn version(tx: &ReadTx<'_>, id: PlanId) -> Result<Option<Version>, StoreError> {
    let Some(row) = tx.one(&VERSION, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("plan_version");
    let (case, text, sha256, fixed_at) = (row.id()?, row.text()?, row.text()?, row.moment()?);
    let altered = || StoreError::Inconsistent("plan_version", "content does not fit its digest".into());
    if digest(&text) != sha256 {
        return Err(altered());
    }
    let content = from_text(&text).ok_or_else(altered)?;
    Ok(Some(Version { case, content, sha256, fixed_at }))
}

/// A version in the list of a case.
#[derive(Debug, Clone)]
pub struct VersionLine {
    /// Id.
    pub id: PlanId,
    /// Number.
    pub number: i64,
    /// Its decision.
    pub decision: DecisionId,
    /// Fixed at.
    pub fixed_at: Moment,
    /// By.
    pub fixed_by: String,
    /// Granted?
    pub granted: bool,
    /// Help.
    pub help: HelpKind,
    /// From.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// Next review.
    pub review_on: Day,
    /// Digest.
    pub sha256: String,
}

/// The versions of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn versions(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<VersionLine>, StoreError> {
    tx.rows(&VERSIONS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("plan_version");
            Ok(VersionLine {
                id: row.id()?,
                number: row.int()?,
                decision: row.id()?,
                fixed_at: row.moment()?,
                fixed_by: row.text()?,
                granted: row.text()? == "granted",
                help: row.code(HelpKind::from_code)?,
                from: row.day()?,
                until: row.maybe_day()?,
                review_on: row.day()?,
                sha256: row.text()?,
            })
        })
        .collect()
}

/// What was decided, with its case and plan.
///
/// # Errors
/// When the engine fails.
pub fn decided(tx: &ReadTx<'_>, id: DecisionId) -> Result<Option<(CaseId, Decided, PlanId)>, StoreError> {
    let Some(row) = tx.one(&DECIDED, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("decision");
    let case = row.id()?;
    let granted = row.text()? == "granted";
    let kind = row.code(HelpKind::from_code)?;
    let (from, until) = (row.day()?, row.maybe_day()?);
    let period = Period::new(from, until).or(Err(StoreError::Inconsistent("decision", "period".into())))?;
    Ok(Some((case, Decided { granted, kind, period }, row.id()?)))
}

/// A commission with what it hangs on.
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    /// Id.
    pub id: CommissionId,
    /// Case.
    pub case: CaseId,
    /// Decision.
    pub decision: DecisionId,
    /// Plan version.
    pub plan: PlanId,
    /// The commission.
    pub commission: &'a Commission,
}

/// Keeps a commission.
///
/// # Errors
/// When the engine fails.
pub fn insert_commission(tx: &WriteTx<'_>, placed: &Placed<'_>) -> Result<(), StoreError> {
    let commission = placed.commission;
    let wish = commission.wish();
    let params: [Value; 15] = [
        placed.id.into(),
        placed.case.into(),
        placed.decision.into(),
        placed.plan.into(),
        commission.agency().into(),
        commission.kind().code().into(),
        commission.period().from().into(),
        commission.period().until().into(),
        commission.ceiling().cents().into(),
        wish.told_on().into(),
        wish.answer().code().into(),
        wish.words().map(Note::as_str).into(),
        wish.why().map(Note::as_str).into(),
        tx.grant().user().into(),
        tx.now().day().into(),
    ];
    tx.run(&INSERT_COMMISSION, &params).map(|_| ())
}

/// A commission as shown.
#[derive(Debug, Clone)]
pub struct CommissionView {
    /// Id.
    pub id: CommissionId,
    /// Agency.
    pub agency: String,
    /// Help.
    pub help: HelpKind,
    /// From.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// Up to.
    pub ceiling: Balance,
    /// When the family was told that it may choose.
    pub wish_told_on: Option<Day>,
    /// What became of its wish.
    pub wish_answer: WishAnswer,
    /// The wish.
    pub wish: Option<String>,
    /// Why it was not followed.
    pub wish_why: Option<String>,
    /// Placed on.
    pub placed_on: Day,
    /// By.
    pub placed_by: String,
    /// The version of the plan it rests on.
    pub plan: PlanId,
}

/// The commissions of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn commissions(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<CommissionView>, StoreError> {
    tx.rows(&COMMISSIONS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("commission");
            Ok(CommissionView {
                id: row.id()?,
                agency: row.text()?,
                help: row.code(HelpKind::from_code)?,
                from: row.day()?,
                until: row.maybe_day()?,
                ceiling: row.balance()?,
                wish_told_on: row.maybe_day()?,
                wish_answer: row.code(WishAnswer::from_code)?,
                wish: row.maybe_text()?,
                wish_why: row.maybe_text()?,
                placed_on: row.day()?,
                placed_by: row.text()?,
                plan: row.id()?,
            })
        })
        .collect()
}
