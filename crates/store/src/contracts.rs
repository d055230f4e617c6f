// SPDX-License-Identifier: EUPL-1.2
//! Contracts of kind B and C over time: instalments, settlements, contingents without names.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::sight::RowSight;
use domain::budget::{Contingent, ContingentUnit, Instalment, OverloadTerms};
use domain::kernel::{
    AgencyId, AgreementId, Amount, Balance, ContingentId, Day, InstalmentPlanId, Period, PromiseId, RegionId,
};
use uuid::Uuid;

crate::statement! {
    INSERT_PLAN = "INSERT INTO instalment_plan (office_id, id, agreement_id, region_id, year, cents, made_by, made_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_INSTALMENT = "INSERT INTO instalment (office_id, plan_id, agency_id, due_on, cents, promise_id) VALUES ($1, $2, $3, $4, $5, $6)";
    PLANS = "SELECT p.id, p.agreement_id, p.region_id, r.name, p.year, p.cents FROM instalment_plan p
             JOIN region r ON r.office_id = p.office_id AND r.id = p.region_id
             WHERE p.office_id = $1 AND p.agreement_id = $2 ORDER BY p.year DESC, p.id DESC";
    PLAN = "SELECT p.id, p.agreement_id, p.region_id, r.name, p.year, p.cents FROM instalment_plan p
            JOIN region r ON r.office_id = p.office_id AND r.id = p.region_id WHERE p.office_id = $1 AND p.id = $2";
    INSTALMENTS = "SELECT i.agency_id, g.name, i.due_on, i.cents, i.promise_id, i.paid_on FROM instalment i
                   JOIN agency g ON g.office_id = i.office_id AND g.id = i.agency_id
                   WHERE i.office_id = $1 AND i.plan_id = $2 ORDER BY i.due_on, g.name_key";
    PAY = "UPDATE instalment SET paid_on = $5 WHERE office_id = $1 AND plan_id = $2 AND agency_id = $3 AND due_on = $4 AND paid_on IS NULL";
    SETTLE = "INSERT INTO contract_settlement (office_id, plan_id, agency_id, proven, paid, bonus, note, settled_on, settled_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SETTLEMENTS = "SELECT s.agency_id, g.name, s.proven, s.paid, s.bonus, s.note, s.settled_on FROM contract_settlement s
                   JOIN agency g ON g.office_id = s.office_id AND g.id = s.agency_id
                   WHERE s.office_id = $1 AND s.plan_id = $2 ORDER BY g.name_key";
    INSERT_CONTINGENT = "INSERT INTO contingent (office_id, id, agreement_id, agency_id, unit, agreed, cents, valid_from, valid_until)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CONTINGENTS = "SELECT c.id, c.agreement_id, a.title, c.agency_id, g.name, c.unit, c.agreed, c.cents, c.valid_from, c.valid_until,
                     (SELECT CAST(COALESCE(SUM(u.count), 0) AS BIGINT) FROM contingent_use u WHERE u.office_id = $1 AND u.contingent_id = c.id)
                   FROM contingent c JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
                   JOIN agreement a ON a.office_id = c.office_id AND a.id = c.agreement_id
                   WHERE c.office_id = $1 AND c.agency_id {sight} ORDER BY c.valid_until DESC, g.name_key, c.id";
    INSERT_OVERLOAD = "INSERT INTO overload_quota (office_id, agreement_id, fund, contracted_percent, capacity, overload_percent, agreed_at, agreed_by)
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OVERLOAD = "SELECT fund, contracted_percent, capacity, overload_percent FROM overload_quota WHERE office_id = $1 AND agreement_id = $2";
    FOLLOW = "UPDATE instalment SET promise_id = $3 WHERE office_id = $1 AND promise_id = $2 AND paid_on IS NULL";
    INSERT_USE = "INSERT INTO contingent_use (office_id, id, contingent_id, used_on, count) VALUES ($1, $2, $3, $4, $5)";
}

/// A plan of instalments on its way in.
#[derive(Debug, Clone)]
pub struct NewPlan {
    /// Id.
    pub id: InstalmentPlanId,
    /// The contract.
    pub agreement: AgreementId,
    /// Whose money.
    pub region: RegionId,
    /// For which year.
    pub year: i16,
    /// All of it.
    pub total: Amount,
    /// Each agency's instalments, out of which promise.
    pub shares: Vec<(AgencyId, PromiseId, Vec<Instalment>)>,
}

/// Keeps a plan of instalments.
///
/// # Errors
/// [`StoreError::Duplicate`] when the contract has one for this region and year.
pub fn insert_plan(tx: &WriteTx<'_>, new: &NewPlan) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        new.id.into(),
        new.agreement.into(),
        new.region.into(),
        new.year.into(),
        new.total.cents().into(),
        tx.grant().user().into(),
        tx.now().day().into(),
    ];
    tx.run(&INSERT_PLAN, &params)?;
    for (agency, promise, instalments) in &new.shares {
        for one in instalments {
            let (due, cents) = (one.due.into(), one.amount.cents().into());
            let params: [Value; 5] = [new.id.into(), (*agency).into(), due, cents, (*promise).into()];
            tx.run(&INSERT_INSTALMENT, &params)?;
        }
    }
    Ok(())
}

/// A plan of instalments as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanView {
    /// Id.
    pub id: InstalmentPlanId,
    /// The contract.
    pub agreement: AgreementId,
    /// Whose money.
    pub region: RegionId,
    /// Its name.
    pub region_name: String,
    /// For which year.
    pub year: i16,
    /// All of it.
    pub total: Balance,
}

fn plan_view(row: crate::row::Row) -> Result<PlanView, StoreError> {
    let mut row = row.read("instalment_plan");
    Ok(PlanView {
        id: row.id()?,
        agreement: row.id()?,
        region: row.id()?,
        region_name: row.text()?,
        year: i16::try_from(row.int()?).or(Err(StoreError::Inconsistent("instalment_plan", "year".into())))?,
        total: row.balance()?,
    })
}

/// The plans of a contract, newest year first.
///
/// # Errors
/// When the engine fails.
pub fn plans(tx: &ReadTx<'_>, agreement: AgreementId) -> Result<Vec<PlanView>, StoreError> {
    tx.rows(&PLANS, &[agreement.into()])?.into_iter().map(plan_view).collect()
}

/// One plan.
///
/// # Errors
/// When the engine fails.
pub fn plan(tx: &ReadTx<'_>, id: InstalmentPlanId) -> Result<Option<PlanView>, StoreError> {
    tx.one(&PLAN, &[id.into()])?.map(plan_view).transpose()
}

/// An instalment as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct InstalmentView {
    /// To whom.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Due.
    pub due: Day,
    /// How much.
    pub amount: Amount,
    /// Out of which promise.
    pub promise: PromiseId,
    /// Paid.
    pub paid_on: Option<Day>,
}

/// The instalments of a plan, by day and name.
///
/// # Errors
/// When the engine fails.
pub fn instalments(tx: &ReadTx<'_>, plan: InstalmentPlanId) -> Result<Vec<InstalmentView>, StoreError> {
    let rows = tx.rows(&INSTALMENTS, &[plan.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("instalment");
        let (agency, name, due) = (row.id()?, row.text()?, row.day()?);
        Ok(InstalmentView { agency, name, due, amount: row.amount()?, promise: row.id()?, paid_on: row.maybe_day()? })
    })
    .collect()
}

/// Marks an instalment as paid; answers whether it was still open.
///
/// # Errors
/// When the engine fails.
pub fn pay(tx: &WriteTx<'_>, plan: InstalmentPlanId, agency: AgencyId, due: Day) -> Result<bool, StoreError> {
    Ok(tx.run(&PAY, &[plan.into(), agency.into(), due.into(), tx.now().day().into()])? == 1)
}

/// What an agency proved, what it was paid, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Proven.
    pub proven: Balance,
    /// Paid in instalments.
    pub paid: Balance,
    /// Bonus by contract.
    pub bonus: Balance,
    /// What the proof is.
    pub note: String,
    /// Settled on.
    pub on: Day,
}

impl Settlement {
    /// What is still owed to the agency; below nothing it comes back.
    #[must_use]
    pub fn due(&self) -> Balance {
        self.proven + self.bonus - self.paid
    }
}

/// Keeps a settlement.
///
/// # Errors
/// [`StoreError::Duplicate`] when the agency's part is settled.
pub fn insert_settlement(tx: &WriteTx<'_>, plan: InstalmentPlanId, new: &Settlement) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        plan.into(),
        new.agency.into(),
        new.proven.cents().into(),
        new.paid.cents().into(),
        new.bonus.cents().into(),
        (&new.note).into(),
        new.on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&SETTLE, &params).map(|_| ())
}

/// The settlements of a plan, by name.
///
/// # Errors
/// When the engine fails.
pub fn settlements(tx: &ReadTx<'_>, plan: InstalmentPlanId) -> Result<Vec<Settlement>, StoreError> {
    let rows = tx.rows(&SETTLEMENTS, &[plan.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("contract_settlement");
        Ok(Settlement {
            agency: row.id()?,
            name: row.text()?,
            proven: row.balance()?,
            paid: row.balance()?,
            bonus: row.balance()?,
            note: row.text()?,
            on: row.day()?,
        })
    })
    .collect()
}

/// A contingent on its way in.
#[derive(Debug, Clone, Copy)]
pub struct NewContingent {
    /// Id.
    pub id: ContingentId,
    /// The contract.
    pub agreement: AgreementId,
    /// With whom.
    pub agency: AgencyId,
    /// What is counted.
    pub unit: ContingentUnit,
    /// How many.
    pub agreed: i64,
    /// For how much.
    pub price: Amount,
    /// First and last day.
    pub span: (Day, Day),
}

/// Keeps a contingent.
///
/// # Errors
/// When the engine fails.
pub fn insert_contingent(tx: &WriteTx<'_>, new: &NewContingent) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        new.id.into(),
        new.agreement.into(),
        new.agency.into(),
        new.unit.code().into(),
        new.agreed.into(),
        new.price.cents().into(),
        new.span.0.into(),
        new.span.1.into(),
    ];
    tx.run(&INSERT_CONTINGENT, &params).map(|_| ())
}

/// Keeps the overload quota of an agreement.
///
/// # Errors
/// [`StoreError::Duplicate`] when it has one.
pub fn insert_overload(tx: &WriteTx<'_>, agreement: AgreementId, terms: &OverloadTerms) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        agreement.into(),
        terms.fund.cents().into(),
        terms.contracted_percent.into(),
        terms.capacity.into(),
        terms.overload_percent.into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_OVERLOAD, &params).map(|_| ())
}

/// The overload quota of an agreement, if it has one.
///
/// # Errors
/// When the engine fails.
pub fn overload(tx: &ReadTx<'_>, agreement: AgreementId) -> Result<Option<OverloadTerms>, StoreError> {
    let Some(row) = tx.one(&OVERLOAD, &[agreement.into()])? else { return Ok(None) };
    let mut row = row.read("overload_quota");
    let (fund, contracted_percent) = (row.amount()?, row.int()?);
    Ok(Some(OverloadTerms { fund, contracted_percent, capacity: row.int()?, overload_percent: row.int()? }))
}

/// What waits for a promise that went into the next year waits for the one that follows it.
///
/// # Errors
/// When the engine fails.
pub fn follow(tx: &WriteTx<'_>, before: PromiseId, after: PromiseId) -> Result<(), StoreError> {
    tx.run(&FOLLOW, &[before.into(), after.into()]).map(|_| ())
}

/// A contingent as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ContingentView {
    /// Id.
    pub id: ContingentId,
    /// The contract.
    pub agreement: AgreementId,
    /// Its title.
    pub title: String,
    /// With whom.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub contingent: Contingent,
}

/// Contingents of agencies in sight, latest end first.
///
/// # Errors
/// When the engine fails.
pub fn contingents(tx: &ReadTx<'_>, sight: &RowSight) -> Result<Vec<ContingentView>, StoreError> {
    let rows = tx.rows_in_sight(&CONTINGENTS, &[], sight)?.into_iter();
    rows.map(|row| {
        let mut row = row.read("contingent");
        let (id, agreement, title, agency, name) = (row.id()?, row.id()?, row.text()?, row.id()?, row.text()?);
        let (unit, agreed, price) = (row.code(ContingentUnit::from_code)?, row.int()?, row.balance()?);
        let (from, until, used) = (row.day()?, row.day()?, row.int()?);
        let wrong = StoreError::Inconsistent("contingent", "period".into());
        let period = Period::new(from, Some(until)).or(Err(wrong))?;
        let contingent = Contingent { unit, agreed, price, period, used };
        Ok(ContingentView { id, agreement, title, agency, name, contingent })
    })
    .collect()
}

/// Counts contacts or hours on a day: a number, nobody's name.
///
/// # Errors
/// When the engine fails.
pub fn insert_use(
    tx: &WriteTx<'_>,
    id: Uuid,
    contingent: ContingentId,
    (on, count): (Day, i64),
) -> Result<(), StoreError> {
    tx.run(&INSERT_USE, &[id.into(), contingent.into(), on.into(), count.into()]).map(|_| ())
}
