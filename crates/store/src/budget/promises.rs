// SPDX-License-Identifier: EUPL-1.2
//! Promises: how much of each is open, kept in the transaction of each booking and proven by `verify`.

use super::ledger::{codes, purpose};
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::budget::{Commitment, MoneyKind, Purpose, State};
use domain::kernel::{AgencyId, Amount, CommissionId, Day, Line, PotId, PromiseId, RegionId, TeamId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO promise (office_id, id, pot_id, commission_id, agency_id, subject, paragraph, form, side, product, flow,
                promised, drawn, advanced, returned, promised_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, $13)";
    KEEP = "UPDATE promise SET promised = $3, drawn = $4, advanced = $5, returned = $6, settled_on = $7 WHERE office_id = $1 AND id = $2";
    ONE = "SELECT r.id, r.pot_id, p.region_id, p.year, p.kind, r.commission_id, r.agency_id, r.subject, r.promised, r.drawn, r.advanced,
             r.returned, r.promised_on, r.settled_on, f.team_id, f.number, g.name, r.paragraph, r.form, r.side, r.product, r.flow
           FROM promise r JOIN pot p ON p.office_id = r.office_id AND p.id = r.pot_id
           LEFT JOIN commission c ON c.office_id = r.office_id AND c.id = r.commission_id
           LEFT JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
           LEFT JOIN agency g ON g.office_id = r.office_id AND g.id = r.agency_id
           WHERE r.office_id = $1 AND r.id = $2";
    OF_POT = "SELECT r.id, r.pot_id, p.region_id, p.year, p.kind, r.commission_id, r.agency_id, r.subject, r.promised, r.drawn, r.advanced,
                r.returned, r.promised_on, r.settled_on, f.team_id, f.number, g.name, r.paragraph, r.form, r.side, r.product, r.flow
              FROM promise r JOIN pot p ON p.office_id = r.office_id AND p.id = r.pot_id
              LEFT JOIN commission c ON c.office_id = r.office_id AND c.id = r.commission_id
              LEFT JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
              LEFT JOIN agency g ON g.office_id = r.office_id AND g.id = r.agency_id
              WHERE r.office_id = $1 AND r.pot_id = $2 AND r.id < $3 ORDER BY r.id DESC LIMIT $4";
    OF_COMMISSION = "SELECT id FROM promise WHERE office_id = $1 AND commission_id = $2 ORDER BY id";
}

/// Before every promise.
pub const FROM_NEWEST: PromiseId = PromiseId(Uuid::max());

/// A promise on its way into the store.
#[derive(Debug, Clone)]
pub struct NewPromise {
    /// Id.
    pub id: PromiseId,
    /// Out of which pot.
    pub pot: PotId,
    /// The commission behind it.
    pub commission: Option<CommissionId>,
    /// To which agency.
    pub agency: Option<AgencyId>,
    /// For what, in one line.
    pub subject: Line,
    /// What the money is for.
    pub purpose: Purpose,
    /// How much.
    pub amount: Amount,
    /// Since.
    pub on: Day,
}

/// A promise as kept.
#[derive(Debug, Clone)]
pub struct PromiseView {
    /// Id.
    pub id: PromiseId,
    /// Out of which pot.
    pub pot: PotId,
    /// Of which region.
    pub region: RegionId,
    /// Of which year.
    pub year: i16,
    /// Which kind of money.
    pub kind: MoneyKind,
    /// The commission behind it.
    pub commission: Option<CommissionId>,
    /// To which agency.
    pub agency: Option<AgencyId>,
    /// For what.
    pub subject: String,
    /// What it holds.
    pub state: State,
    /// Since.
    pub on: Day,
    /// Until.
    pub settled_on: Option<Day>,
    /// Team of the case behind it.
    pub team: Option<TeamId>,
    /// Case number behind it.
    pub case_number: Option<String>,
    /// Name of the agency.
    pub agency_name: Option<String>,
    /// What the money is for.
    pub purpose: Purpose,
}

impl PromiseView {
    /// The promise to work with.
    ///
    /// # Errors
    /// When it was settled.
    pub fn open(&self) -> Result<Commitment, domain::kernel::Refusal> {
        Commitment::open(self.id, self.pot, self.state, self.settled_on.is_some())
    }
}

/// Keeps a new promise. Its booking is written beside it.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, new: &NewPromise) -> Result<(), StoreError> {
    let [paragraph, form, side, product, flow] = codes(&new.purpose);
    let params: [Value; 12] = [
        new.id.into(),
        new.pot.into(),
        new.commission.into(),
        new.agency.into(),
        new.subject.as_str().into(),
        paragraph.into(),
        form.into(),
        side.into(),
        product.into(),
        flow.into(),
        new.amount.cents().into(),
        new.on.into(),
    ];
    tx.run_all(vec![(&INSERT, params.into())])
}

/// Keeps what a promise holds now, and when it was settled.
///
/// # Errors
/// When the engine fails.
pub fn keep(tx: &WriteTx<'_>, id: PromiseId, state: &State, settled_on: Option<Day>) -> Result<(), StoreError> {
    let params: [Value; 6] = [
        id.into(),
        state.promised.cents().into(),
        state.drawn.cents().into(),
        state.advanced.cents().into(),
        state.returned.cents().into(),
        settled_on.into(),
    ];
    tx.run_all(vec![(&KEEP, params.into())])
}

fn view(row: Row) -> Result<PromiseView, StoreError> {
    let mut row = row.read("promise");
    Ok(PromiseView {
        id: row.id()?,
        pot: row.id()?,
        region: row.id()?,
        year: i16::try_from(row.int()?).or(Err(StoreError::Inconsistent("pot", "year".into())))?,
        kind: row.code(MoneyKind::from_code)?,
        commission: row.maybe_id()?,
        agency: row.maybe_id()?,
        subject: row.text()?,
        state: State {
            promised: row.balance()?,
            drawn: row.balance()?,
            advanced: row.balance()?,
            returned: row.balance()?,
        },
        on: row.day()?,
        settled_on: row.maybe_day()?,
        team: row.maybe_id()?,
        case_number: row.maybe_text()?,
        agency_name: row.maybe_text()?,
        purpose: purpose(&mut row)?.ok_or(StoreError::Inconsistent("promise", "purpose".into()))?,
    })
}

/// One promise.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: PromiseId) -> Result<Option<PromiseView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Promises out of a pot, newest first, after a place in the list.
///
/// # Errors
/// When the engine fails.
pub fn of_pot(tx: &ReadTx<'_>, pot: PotId, before: PromiseId, limit: i64) -> Result<Vec<PromiseView>, StoreError> {
    tx.rows(&OF_POT, &[pot.into(), before.into(), limit.into()])?.into_iter().map(view).collect()
}

/// The promises of a commission, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn of_commission(tx: &ReadTx<'_>, commission: CommissionId) -> Result<Vec<PromiseId>, StoreError> {
    tx.rows(&OF_COMMISSION, &[commission.into()])?.into_iter().map(|row| row.read("promise").id()).collect()
}
