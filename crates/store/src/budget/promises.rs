// SPDX-License-Identifier: EUPL-1.2
//! Promises: how much of each is open, kept in the transaction of each booking and proven by `verify`.

use super::ledger::{self, codes, purpose};
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::budget::{Commitment, MoneyKind, Purpose, State};
use domain::kernel::{AgencyId, Amount, CommissionId, Day, Line, PotId, PromiseId, RegionId, TeamId};
use uuid::Uuid;

crate::statement! {
    pub(super) KEEP = "INSERT INTO promise (office_id, id, pot_id, commission_id, agency_id, subject, paragraph, form, side, product, flow,
              promised, drawn, advanced, returned, promised_on, settled_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (office_id, id) DO UPDATE SET promised = excluded.promised, drawn = excluded.drawn,
              advanced = excluded.advanced, returned = excluded.returned, settled_on = excluded.settled_on";
    pub(crate) ONE = "SELECT r.id, r.pot_id, p.region_id, p.year, p.kind, r.commission_id, r.agency_id, r.subject, r.promised, r.drawn, r.advanced,
             r.returned, r.promised_on, r.settled_on, f.team_id, f.number, g.name, r.paragraph, r.form, r.side, r.product, r.flow
           FROM promise r JOIN pot p ON p.office_id = r.office_id AND p.id = r.pot_id
           LEFT JOIN commission c ON c.office_id = r.office_id AND c.id = r.commission_id
           LEFT JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
           LEFT JOIN agency g ON g.office_id = r.office_id AND g.id = r.agency_id
           WHERE r.office_id = $1 AND r.id IN ($2)";
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
    let state = State { promised: new.amount.balance(), ..State::default() };
    let row = row((new.pot, new.commission, new.agency), new.subject.as_str(), &new.purpose, (&state, new.on, None));
    put(tx, new.id, row);
    Ok(())
}

/// Keeps what a promise holds now, and when it was settled.
///
/// # Errors
/// When the engine fails.
pub fn keep(tx: &WriteTx<'_>, of: &PromiseView, state: &State, settled_on: Option<Day>) -> Result<(), StoreError> {
    let row = row((of.pot, of.commission, of.agency), &of.subject, &of.purpose, (state, of.on, settled_on));
    put(tx, of.id, row);
    if ledger::is_locked(tx) {
        let now = PromiseView { state: *state, settled_on, ..of.clone() };
        tx.desk().own.borrow_mut().book.known.insert(of.id, now);
    }
    Ok(())
}

fn put(tx: &WriteTx<'_>, id: PromiseId, row: Vec<Value>) {
    let row = std::iter::once(id.into()).chain(row).collect();
    tx.desk().own.borrow_mut().book.promises.insert(id, row);
}

fn row(
    (pot, commission, agency): (PotId, Option<CommissionId>, Option<AgencyId>),
    subject: &str,
    purpose: &Purpose,
    (state, on, settled_on): (&State, Day, Option<Day>),
) -> Vec<Value> {
    let [paragraph, form, side, product, flow] = codes(purpose);
    vec![
        pot.into(),
        commission.into(),
        agency.into(),
        subject.into(),
        paragraph.into(),
        form.into(),
        side.into(),
        product.into(),
        flow.into(),
        state.promised.cents().into(),
        state.drawn.cents().into(),
        state.advanced.cents().into(),
        state.returned.cents().into(),
        on.into(),
        settled_on.into(),
    ]
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

/// Promises read for a whole group of changes, after the book was locked.
pub(crate) fn looked_ahead(tx: &ReadTx<'_>, rows: Vec<Row>) -> Result<(), StoreError> {
    for row in rows {
        looked_up(tx, &view(row)?);
    }
    Ok(())
}

/// One promise.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: PromiseId) -> Result<Option<PromiseView>, StoreError> {
    let (known, unwritten) = {
        let (own, base) = (tx.desk().own.borrow(), tx.desk().base.borrow());
        let before = base.book.known.get(&id).filter(|_| own.book.trusts_base());
        let unwritten = own.book.promises.contains_key(&id) || base.book.promises.contains_key(&id);
        (own.book.known.get(&id).or(before).cloned(), unwritten)
    };
    if known.is_some() {
        return Ok(known);
    }
    // Other promises' unwritten rows may stay so.
    let row = if unwritten { tx.one(&ONE, &[id.into()])? } else { tx.aside(&ONE, &[id.into()])?.pop() };
    let Some(view) = row.map(view).transpose()? else { return Ok(None) };
    looked_up(tx, &view);
    Ok(Some(view))
}

/// While the book is locked nobody else changes it.
fn looked_up(tx: &ReadTx<'_>, view: &PromiseView) {
    if ledger::is_locked(tx) {
        tx.desk().own.borrow_mut().book.known.insert(view.id, view.clone());
    }
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
