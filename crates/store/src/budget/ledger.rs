// SPDX-License-Identifier: EUPL-1.2
//! Writing the book: one booking, its moves, the sums of its day and of its purpose, and the chain, in the change's own
//! transaction. Whoever books locks the book as a whole: its chain has one order anyway.

use super::behind::of_quarter;
use super::statistics::paid;
use crate::db::{Head, ReadTx, StoreError, Value, WriteTx};
use crate::row::{Reading, Row};
use domain::budget::{Account, Booking, EntryKind, Flow, Form, Paragraph, Product, Purpose, Side};
use domain::kernel::{AgencyId, Amount, CommissionId, Day, EntryId, Moment, PotId, PromiseId, UserId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

crate::statement! {
    // Touching the head first makes all who book wait for each other, in one order, on both engines.
    pub(crate) LOCK = "UPDATE ledger_head SET seq = seq WHERE office_id = $1 RETURNING seq, hash";
    BEGIN_CHAIN = "INSERT INTO ledger_head (office_id, seq, hash) VALUES ($1, 0, '') ON CONFLICT (office_id) DO NOTHING";
    pub(super) SEAL = "UPDATE ledger_head SET seq = $2, hash = $3 WHERE office_id = $1";
    pub(super) APPEND = "INSERT INTO booking (office_id, id, seq, kind, cents, note, resolution, promise_id, commission_id, agency_id,
                counters, paragraph, form, side, product, flow, booked_on, booked_at, booked_by, hash)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    pub(super) APPEND_MOVE = "INSERT INTO ledger_entry (office_id, booking_id, line, seq, pot_id, source, target, cents)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    pub(super) ADD_TO_DAY = "INSERT INTO account_day (office_id, pot_id, account, booked_on, cents) VALUES ($1, $2, $3, $4, $5)
                  ON CONFLICT (office_id, pot_id, account, booked_on) DO UPDATE SET cents = account_day.cents + excluded.cents";
    // What may be spent was changed by decision; whoever approves something next must look again.
    NEW_FRAME = "UPDATE pot SET version = version + 1 WHERE office_id = $1 AND id = $2";
}

/// A booking with all that is written beside it.
#[derive(Debug, Clone)]
pub struct Slip<'a> {
    /// Id.
    pub id: EntryId,
    /// What is moved.
    pub booking: &'a Booking,
    /// Booked for this day.
    pub on: Day,
    /// In one line.
    pub note: &'a str,
    /// Who decided it.
    pub resolution: Option<&'a str>,
    /// The promise behind it.
    pub promise: Option<PromiseId>,
    /// The commission behind it.
    pub commission: Option<CommissionId>,
    /// The agency behind it.
    pub agency: Option<AgencyId>,
    /// The booking that it takes back.
    pub counters: Option<EntryId>,
    /// What the money is for.
    pub purpose: Option<Purpose>,
}

impl<'a> Slip<'a> {
    /// A booking with a note.
    #[must_use]
    pub fn new(id: EntryId, booking: &'a Booking, on: Day, note: &'a str) -> Self {
        let (resolution, promise, commission, agency, counters, purpose) = (None, None, None, None, None, None);
        Self { id, booking, on, note, resolution, promise, commission, agency, counters, purpose }
    }
}

/// What a booking's seal covers: everything that is written.
pub(super) struct Sealed {
    pub seq: i64,
    pub id: EntryId,
    pub kind: EntryKind,
    pub amount: Amount,
    pub note: String,
    pub resolution: Option<String>,
    pub promise: Option<PromiseId>,
    pub commission: Option<CommissionId>,
    pub agency: Option<AgencyId>,
    pub counters: Option<EntryId>,
    pub purpose: Option<Purpose>,
    pub on: Day,
    pub at: Moment,
    pub by: UserId,
    /// Pot, source, target, cents.
    pub moves: Vec<(PotId, Account, Account, i64)>,
}

impl Sealed {
    /// Every part with its length in front, so that no two bookings are written alike.
    pub(super) fn hash(&self, previous: &str) -> String {
        let mut text = String::with_capacity(512);
        let mut put = |part: &str| {
            text.push_str(&part.len().to_string());
            text.push(':');
            text.push_str(part);
        };
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        put(previous);
        put(&self.seq.to_string());
        put(&self.id.to_string());
        put(self.kind.code());
        put(&self.amount.cents().to_string());
        put(&self.note);
        put(self.resolution.as_deref().unwrap_or_default());
        put(&id(self.promise.map(Uuid::from)));
        put(&id(self.commission.map(Uuid::from)));
        put(&id(self.agency.map(Uuid::from)));
        put(&id(self.counters.map(Uuid::from)));
        put(&self.purpose.map(|purpose| codes(&purpose).join("/")).unwrap_or_default());
        put(&self.on.to_string());
        put(&self.at.0.to_string());
        put(&self.by.to_string());
        for (pot, source, target, cents) in &self.moves {
            put(&format!("{pot}/{}/{}/{cents}", source.code(), target.code()));
        }
        Sha256::digest(text).iter().fold(String::with_capacity(64), |mut hash, byte| {
            hash.push_str(&format!("{byte:02x}"));
            hash
        })
    }
}

pub(super) fn codes(purpose: &Purpose) -> [&'static str; 5] {
    let Purpose { paragraph, form, side, product, flow } = purpose;
    [paragraph.code(), form.code(), side.code(), product.code(), flow.code()]
}

/// The five codes of a purpose, out of five columns.
pub(super) fn purpose(row: &mut Reading) -> Result<Option<Purpose>, StoreError> {
    let wrong = || StoreError::Inconsistent("booking", "purpose".into());
    let [paragraph, form, side, product, flow] =
        [row.maybe_text()?, row.maybe_text()?, row.maybe_text()?, row.maybe_text()?, row.maybe_text()?];
    let Some(paragraph) = paragraph else { return Ok(None) };
    let read = || {
        Some(Purpose {
            paragraph: Paragraph::from_code(&paragraph)?,
            form: Form::from_code(&form?)?,
            side: Side::from_code(&side?)?,
            product: Product::from_code(&product?)?,
            flow: Flow::from_code(&flow?)?,
        })
    };
    read().map(Some).ok_or_else(wrong)
}

/// The head as the engine answered it when it was locked.
pub(crate) fn locked(tx: &ReadTx<'_>, rows: Vec<Row>) -> Result<(), StoreError> {
    for row in rows {
        let mut row = row.read("ledger_head");
        tx.desk().own.borrow_mut().book.head = Some((row.int()?, row.text()?));
    }
    Ok(())
}

/// The last booking, while the book is locked.
fn known_head(tx: &ReadTx<'_>) -> Option<Head> {
    let (own, base) = (tx.desk().own.borrow(), tx.desk().base.borrow());
    own.book.head.clone().or_else(|| base.book.head.clone())
}

pub(super) fn is_locked(tx: &ReadTx<'_>) -> bool {
    known_head(tx).is_some()
}

/// Makes all others who book wait, here and in other programs; answers the last booking.
///
/// # Errors
/// When the engine fails.
pub(super) fn lock(tx: &WriteTx<'_>) -> Result<Head, StoreError> {
    if let Some(head) = known_head(tx) {
        return Ok(head);
    }
    locked(tx, tx.aside(&LOCK, &[])?)?;
    if !is_locked(tx) {
        tx.execute_aside(&BEGIN_CHAIN, &[])?;
        locked(tx, tx.aside(&LOCK, &[])?)?;
    }
    known_head(tx).ok_or(StoreError::Inconsistent("ledger_head", "missing".into()))
}

/// Adds a booking to the book, which was locked before, by [`super::pot`] or [`super::lock`]. It is written with those
/// of other changes, at the latest when this change ends.
///
/// # Errors
/// When the engine fails.
pub fn post(tx: &WriteTx<'_>, slip: &Slip<'_>) -> Result<(), StoreError> {
    let (last, previous) = lock(tx)?;
    let (booking, cents, seq) = (slip.booking, slip.booking.amount().cents(), last + 1);
    if booking.kind().changes_frame() {
        for one in booking.moves() {
            tx.run(&NEW_FRAME, &[one.pot().into()])?;
        }
    }
    let sealed = Sealed {
        seq,
        id: slip.id,
        kind: booking.kind(),
        amount: booking.amount(),
        note: slip.note.to_owned(),
        resolution: slip.resolution.map(str::to_owned),
        promise: slip.promise,
        commission: slip.commission,
        agency: slip.agency,
        counters: slip.counters,
        purpose: slip.purpose,
        on: slip.on,
        at: tx.now(),
        by: tx.grant().user(),
        moves: booking.moves().iter().map(|one| (one.pot(), one.source(), one.target(), cents)).collect(),
    };
    let hash = sealed.hash(&previous);
    let mut own = tx.desk().own.borrow_mut();
    let book = &mut own.book;
    book.bookings.push(head(&sealed, &hash));
    for (line, (pot, source, target, cents)) in (1_i64..).zip(sealed.moves.iter().copied()) {
        *book.quarters.entry(of_quarter(&sealed, (pot, source, target))).or_default() += cents;
        let (from, to) = (source.code(), target.code());
        let of = [slip.id.into(), line.into(), seq.into(), pot.into(), from.into(), to.into(), cents.into()];
        book.moves.push(of.into());
        *book.days.entry((pot, from, slip.on)).or_default() -= cents;
        *book.days.entry((pot, to, slip.on)).or_default() += cents;
        if let Some(purpose) = &slip.purpose {
            *book.purposes.entry((pot, codes(purpose))).or_default() += paid(source, target, cents);
        }
    }
    book.head = Some((seq, hash));
    Ok(())
}

fn head(sealed: &Sealed, hash: &str) -> Vec<Value> {
    let purpose = sealed.purpose.as_ref().map(codes);
    let code = |n: usize| purpose.map(|codes| codes[n]).into();
    vec![
        sealed.id.into(),
        sealed.seq.into(),
        sealed.kind.code().into(),
        sealed.amount.cents().into(),
        sealed.note.as_str().into(),
        sealed.resolution.as_deref().into(),
        sealed.promise.into(),
        sealed.commission.into(),
        sealed.agency.into(),
        sealed.counters.into(),
        code(0),
        code(1),
        code(2),
        code(3),
        code(4),
        sealed.on.into(),
        sealed.at.into(),
        sealed.by.into(),
        hash.into(),
    ]
}
