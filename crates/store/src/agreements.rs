// SPDX-License-Identifier: EUPL-1.2
//! Agreements, the rate table, and the plan of performance beside a commission. All of it is only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::agencies::{
    Agreement, AgreementKind, HourBasis, Qualification, Quantity, Rate, RateTerms, TermKind, Travel, Unit,
};
use domain::budget::{Pause, Performance};
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, AgreementId, CommissionId, Day, RateId, SpaceId};

crate::statement! {
    INSERT = "INSERT INTO agreement (office_id, id, kind, title, valid_from, valid_until, agreed_on, child_protection, record_checks, supersedes_id, made_by, made_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    INSERT_MEMBER = "INSERT INTO agreement_member (office_id, agreement_id, agency_id, share) VALUES ($1, $2, $3, $4)";
    INSERT_HELP = "INSERT INTO agreement_help (office_id, agreement_id, help) VALUES ($1, $2, $3)";
    INSERT_SPACE = "INSERT INTO agreement_space (office_id, agreement_id, space_id) VALUES ($1, $2, $3)";
    INSERT_TERM = "INSERT INTO agreement_term (office_id, agreement_id, kind, words) VALUES ($1, $2, $3, $4)";
    INSERT_RATE = "INSERT INTO rate (office_id, id, agreement_id, help, unit, hour, travel, qualification, cents, valid_from, valid_until, agreed_on, made_by, made_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    ALL = "SELECT a.id, a.kind, a.title, a.valid_from, a.valid_until, a.agreed_on, a.child_protection, a.record_checks, a.supersedes_id,
             (SELECT MIN(n.valid_from) FROM agreement n WHERE n.office_id = $1 AND n.supersedes_id = a.id)
           FROM agreement a
           WHERE a.office_id = $1 AND EXISTS (SELECT 1 FROM agreement_member m WHERE m.office_id = a.office_id AND m.agreement_id = a.id AND m.agency_id {sight})
           ORDER BY a.valid_from DESC, a.id DESC";
    ONE = "SELECT a.id, a.kind, a.title, a.valid_from, a.valid_until, a.agreed_on, a.child_protection, a.record_checks, a.supersedes_id,
             (SELECT MIN(n.valid_from) FROM agreement n WHERE n.office_id = $1 AND n.supersedes_id = a.id)
           FROM agreement a WHERE a.office_id = $1 AND a.id = $2";
    MEMBERS = "SELECT m.agreement_id, m.agency_id, g.name, m.share FROM agreement_member m
               JOIN agency g ON g.office_id = m.office_id AND g.id = m.agency_id
               WHERE m.office_id = $1 ORDER BY g.name_key, m.agreement_id";
    HELPS = "SELECT agreement_id, help FROM agreement_help WHERE office_id = $1 ORDER BY agreement_id, help";
    SPACES = "SELECT p.space_id, s.name FROM agreement_space p JOIN social_space s ON s.office_id = p.office_id AND s.id = p.space_id
              WHERE p.office_id = $1 AND p.agreement_id = $2 ORDER BY s.name";
    TERMS = "SELECT kind, words FROM agreement_term WHERE office_id = $1 AND agreement_id = $2 ORDER BY kind";
    RATES = "SELECT id, agreement_id, help, unit, hour, travel, qualification, cents, valid_from, valid_until, agreed_on FROM rate
             WHERE office_id = $1 AND agreement_id = $2 ORDER BY help, valid_from DESC, id DESC";
    ALL_RATES = "SELECT id, agreement_id, help, unit, hour, travel, qualification, cents, valid_from, valid_until, agreed_on FROM rate
                 WHERE office_id = $1 ORDER BY agreement_id, help, valid_from, id";
    RATE = "SELECT id, agreement_id, help, unit, hour, travel, qualification, cents, valid_from, valid_until, agreed_on FROM rate
            WHERE office_id = $1 AND id = $2";
    INSERT_PLAN = "INSERT INTO commission_plan (office_id, commission_id, rate_id, unit, hour, travel, qualification, cents, quantity, weeks_off, pause, longer_days)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    PLANS = "SELECT p.commission_id, p.rate_id, p.unit, p.cents, p.quantity, p.weeks_off, p.pause, p.longer_days FROM commission_plan p
             JOIN commission c ON c.office_id = p.office_id AND c.id = p.commission_id
             WHERE p.office_id = $1 AND c.case_id = $2 ORDER BY p.commission_id";
}

/// Yes and no as the store keeps them.
fn told(yes: bool) -> Value {
    (if yes { "yes" } else { "no" }).into()
}

/// Keeps an agreement with all that belongs to it.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: AgreementId, agreement: &Agreement) -> Result<(), StoreError> {
    let new = agreement.content();
    let params: [Value; 11] = [
        id.into(),
        new.kind.code().into(),
        new.title.as_str().into(),
        new.period.from().into(),
        new.period.until().into(),
        new.agreed_on.into(),
        told(new.child_protection),
        told(new.record_checks),
        new.supersedes.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params)?;
    for (agency, share) in &new.members {
        tx.run(&INSERT_MEMBER, &[id.into(), (*agency).into(), (*share).into()])?;
    }
    for help in &new.helps {
        tx.run(&INSERT_HELP, &[id.into(), help.code().into()])?;
    }
    for space in &new.spaces {
        tx.run(&INSERT_SPACE, &[id.into(), (*space).into()])?;
    }
    for (kind, words) in &new.terms {
        tx.run(&INSERT_TERM, &[id.into(), kind.code().into(), words.as_str().into()])?;
    }
    Ok(())
}

/// An agreement as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementView {
    /// Id.
    pub id: AgreementId,
    /// On which paragraph.
    pub kind: AgreementKind,
    /// Title.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Last day as agreed.
    pub until: Option<Day>,
    /// Agreed on.
    pub agreed_on: Day,
    /// Clause of § 8a(4)?
    pub child_protection: bool,
    /// Clause of § 72a?
    pub record_checks: bool,
    /// The one before.
    pub supersedes: Option<AgreementId>,
    /// From this day on another one follows.
    pub followed_from: Option<Day>,
}

impl AgreementView {
    /// Last day on which it holds: as agreed, or the day before the next one takes over.
    #[must_use]
    pub fn holds_until(&self) -> Option<Day> {
        let followed = self.followed_from.map(|day| day.plus_days(-1));
        self.until.into_iter().chain(followed).min()
    }
}

fn view(row: Row) -> Result<AgreementView, StoreError> {
    let mut row = row.read("agreement");
    Ok(AgreementView {
        id: row.id()?,
        kind: row.code(AgreementKind::from_code)?,
        title: row.text()?,
        from: row.day()?,
        until: row.maybe_day()?,
        agreed_on: row.day()?,
        child_protection: row.text()? == "yes",
        record_checks: row.text()? == "yes",
        supersedes: row.maybe_id()?,
        followed_from: row.maybe_day()?,
    })
}

/// Agreements with an agency in sight, newest first.
///
/// # Errors
/// When the engine fails.
pub fn all(tx: &ReadTx<'_>, sight: &RowSight) -> Result<Vec<AgreementView>, StoreError> {
    tx.rows_in_sight(&ALL, &[], sight)?.into_iter().map(view).collect()
}

/// One agreement.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: AgreementId) -> Result<Option<AgreementView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// An agency in an agreement with its share.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The agreement.
    pub agreement: AgreementId,
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Its share, as a weight.
    pub share: i64,
}

/// Who is in which agreement, in the neutral order of names.
///
/// # Errors
/// When the engine fails.
pub fn members(tx: &ReadTx<'_>) -> Result<Vec<Member>, StoreError> {
    let rows = tx.rows(&MEMBERS, &[])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("agreement_member");
        Ok(Member { agreement: row.id()?, agency: row.id()?, name: row.text()?, share: row.int()? })
    })
    .collect()
}

/// Which agreement is for which helps; one without any is for all.
///
/// # Errors
/// When the engine fails.
pub fn helps(tx: &ReadTx<'_>) -> Result<Vec<(AgreementId, HelpKind)>, StoreError> {
    let rows = tx.rows(&HELPS, &[])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("agreement_help");
        Ok((row.id()?, row.code(HelpKind::from_code)?))
    })
    .collect()
}

/// For which spaces an agreement is; none means all.
///
/// # Errors
/// When the engine fails.
pub fn spaces(tx: &ReadTx<'_>, id: AgreementId) -> Result<Vec<(SpaceId, String)>, StoreError> {
    let rows = tx.rows(&SPACES, &[id.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("agreement_space");
        Ok((row.id()?, row.text()?))
    })
    .collect()
}

/// What an agreement says.
///
/// # Errors
/// When the engine fails.
pub fn terms(tx: &ReadTx<'_>, id: AgreementId) -> Result<Vec<(TermKind, String)>, StoreError> {
    let rows = tx.rows(&TERMS, &[id.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("agreement_term");
        Ok((row.code(TermKind::from_code)?, row.text()?))
    })
    .collect()
}

/// Keeps a line of the rate table.
///
/// # Errors
/// When the engine fails.
pub fn insert_rate(tx: &WriteTx<'_>, id: RateId, agreement: AgreementId, rate: &Rate) -> Result<(), StoreError> {
    let new = rate.content();
    let params: [Value; 13] = [
        id.into(),
        agreement.into(),
        new.help.code().into(),
        new.terms.unit.code().into(),
        new.terms.hour.code().into(),
        new.terms.travel.code().into(),
        new.terms.qualification.code().into(),
        new.terms.price.cents().into(),
        new.period.from().into(),
        new.period.until().into(),
        new.agreed_on.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_RATE, &params).map(|_| ())
}

/// A line of the rate table as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct RateView {
    /// Id.
    pub id: RateId,
    /// The agreement.
    pub agreement: AgreementId,
    /// For which help.
    pub help: HelpKind,
    /// The price with its definition.
    pub terms: RateTerms,
    /// First day.
    pub from: Day,
    /// Last day, if one was agreed.
    pub until: Option<Day>,
    /// Agreed on.
    pub agreed_on: Day,
}

fn rate_view(row: Row) -> Result<RateView, StoreError> {
    let mut row = row.read("rate");
    Ok(RateView {
        id: row.id()?,
        agreement: row.id()?,
        help: row.code(HelpKind::from_code)?,
        terms: RateTerms {
            unit: row.code(Unit::from_code)?,
            hour: row.code(HourBasis::from_code)?,
            travel: row.code(Travel::from_code)?,
            qualification: row.code(Qualification::from_code)?,
            price: row.amount()?,
        },
        from: row.day()?,
        until: row.maybe_day()?,
        agreed_on: row.day()?,
    })
}

/// The prices of an agreement, newest first by help.
///
/// # Errors
/// When the engine fails.
pub fn rates(tx: &ReadTx<'_>, agreement: AgreementId) -> Result<Vec<RateView>, StoreError> {
    tx.rows(&RATES, &[agreement.into()])?.into_iter().map(rate_view).collect()
}

/// All prices, so that those which follow each other stand together, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn all_rates(tx: &ReadTx<'_>) -> Result<Vec<RateView>, StoreError> {
    tx.rows(&ALL_RATES, &[])?.into_iter().map(rate_view).collect()
}

/// One price.
///
/// # Errors
/// When the engine fails.
pub fn rate(tx: &ReadTx<'_>, id: RateId) -> Result<Option<RateView>, StoreError> {
    tx.one(&RATE, &[id.into()])?.map(rate_view).transpose()
}

/// Keeps the plan of performance beside a commission, with the price as it is today.
///
/// # Errors
/// When the engine fails.
pub fn insert_plan(
    tx: &WriteTx<'_>,
    commission: CommissionId,
    plan: &Performance,
    terms: &RateTerms,
) -> Result<(), StoreError> {
    let params: [Value; 11] = [
        commission.into(),
        plan.rate.into(),
        plan.unit.code().into(),
        terms.hour.code().into(),
        terms.travel.code().into(),
        terms.qualification.code().into(),
        plan.price.cents().into(),
        plan.quantity.hundredths().into(),
        plan.weeks_off.into(),
        plan.pause.code().into(),
        plan.longer_days.into(),
    ];
    tx.run(&INSERT_PLAN, &params).map(|_| ())
}

/// The plans of performance of a case's commissions.
///
/// # Errors
/// When the engine fails.
pub fn plans(tx: &ReadTx<'_>, case: domain::kernel::CaseId) -> Result<Vec<(CommissionId, Performance)>, StoreError> {
    let rows = tx.rows(&PLANS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("commission_plan");
        let (commission, rate) = (row.id()?, row.maybe_id()?);
        Ok((commission, performance(&mut row, rate)?))
    })
    .collect()
}

/// Reads a plan of performance from unit on.
pub(crate) fn performance(row: &mut crate::row::Reading, rate: Option<RateId>) -> Result<Performance, StoreError> {
    Ok(Performance {
        unit: row.code(Unit::from_code)?,
        price: row.amount()?,
        quantity: quantity(row)?,
        weeks_off: row.int()?,
        pause: row.code(Pause::from_code)?,
        longer_days: row.maybe_int()?,
        rate,
    })
}

/// Reads hundredths.
pub(crate) fn quantity(row: &mut crate::row::Reading) -> Result<Quantity, StoreError> {
    let hundredths = row.int()?;
    Quantity::from_hundredths(hundredths).or(Err(StoreError::Inconsistent("quantity", "out of range".into())))
}
