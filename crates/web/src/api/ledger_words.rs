// SPDX-License-Identifier: EUPL-1.2
//! What the ledger's doors give: bookings, promises, transfers, years.

use super::budget::BookOut;
use super::words::{
    AccountCode, Date, EntryCode, FlowCode, FormCode, Ident, Instant, MoneyCode, ParagraphCode, ProductCode, SideCode,
    YearActCode, YearStateCode,
};
use app::budget::{
    BookingPage, PromiseLine, PromisePage, PromiseView, PromisesPage, TransferView, TransfersPage, YearActLine,
    YearPage,
};
use domain::budget::Purpose;
use domain::kernel::Balance;
use serde::Serialize;
use utoipa::ToSchema;

/// What money is for, as the expenditure statistics ask.
#[derive(Serialize, ToSchema)]
pub struct PurposeOut {
    #[schema(value_type = ParagraphCode)]
    paragraph: &'static str,
    #[schema(value_type = FormCode)]
    form: &'static str,
    #[schema(value_type = SideCode)]
    side: &'static str,
    #[schema(value_type = ProductCode)]
    product: &'static str,
    #[schema(value_type = FlowCode)]
    flow: &'static str,
    /// The line of the statistics.
    line: &'static str,
}

impl From<Purpose> for PurposeOut {
    fn from(of: Purpose) -> Self {
        let (paragraph, form, side) = (of.paragraph.code(), of.form.code(), of.side.code());
        Self { paragraph, form, side, product: of.product.code(), flow: of.flow.code(), line: of.line() }
    }
}

/// A booking with everything about it.
#[derive(Serialize, ToSchema)]
pub struct BookingOut {
    id: Ident,
    seq: i64,
    #[schema(value_type = EntryCode)]
    kind: &'static str,
    amount_cents: i64,
    note: String,
    resolution: Option<String>,
    promise: Option<Ident>,
    /// The booking that it takes back.
    counters: Option<Ident>,
    on: Date,
    at: Instant,
    by: String,
    case_number: Option<String>,
    agency: Option<String>,
    purpose: Option<PurposeOut>,
    /// Each move is two postings: minus at the source, plus at the target.
    moves: Vec<MoveOut>,
    taken_back_cents: i64,
    /// Covers this booking and the one before.
    seal: String,
    may_counter: bool,
}

/// One way of a booking.
#[derive(Serialize, ToSchema)]
pub struct MoveOut {
    pot: Ident,
    #[schema(value_type = AccountCode)]
    source: &'static str,
    #[schema(value_type = AccountCode)]
    target: &'static str,
}

impl From<BookingPage> for BookingOut {
    fn from(shown: BookingPage) -> Self {
        let (may_counter, view) = (shown.may_counter, shown.view);
        let moves = view.booking.moves().iter().map(|one| MoveOut {
            pot: one.pot().into(),
            source: one.source().code(),
            target: one.target().code(),
        });
        Self {
            id: view.id.into(),
            seq: view.seq,
            kind: view.booking.kind().code(),
            amount_cents: view.booking.amount().cents(),
            resolution: view.resolution.clone(),
            promise: view.promise.map(Ident::from),
            counters: view.counters.map(Ident::from),
            on: view.on.into(),
            at: view.at.into(),
            purpose: view.purpose.map(PurposeOut::from),
            moves: moves.collect(),
            taken_back_cents: view.taken_back().cents(),
            may_counter,
            note: view.note,
            by: view.by,
            case_number: view.case_number,
            agency: view.agency,
            seal: view.hash,
        }
    }
}

/// Promises of a region.
#[derive(Serialize, ToSchema)]
pub struct PromisesOut {
    region: Ident,
    year: i16,
    #[schema(value_type = MoneyCode)]
    kind: &'static str,
    /// Newest first.
    promises: Vec<PromiseOut>,
    may_book: bool,
    /// To be sent as `after` for older ones, if there are any.
    next: Option<Ident>,
}

impl From<PromisesPage> for PromisesOut {
    fn from(shown: PromisesPage) -> Self {
        Self {
            region: shown.region.into(),
            year: shown.year,
            kind: shown.kind.code(),
            promises: shown.promises.into_iter().map(|of| PromiseOut::new(of, Vec::new())).collect(),
            may_book: shown.may_book,
            next: shown.next.map(Ident::from),
        }
    }
}

/// A promise.
#[derive(Serialize, ToSchema)]
pub struct PromiseOut {
    id: Ident,
    region: Ident,
    year: i16,
    #[schema(value_type = MoneyCode)]
    kind: &'static str,
    subject: String,
    agency: Option<String>,
    case_number: Option<String>,
    purpose: PurposeOut,
    promised_cents: i64,
    drawn_cents: i64,
    /// Paid in advance, not proven.
    advanced_cents: i64,
    returned_cents: i64,
    open_cents: i64,
    on: Date,
    settled_on: Option<Date>,
    /// Its bookings, oldest first; only where one promise is asked for.
    bookings: Vec<PromiseBookingOut>,
}

/// A booking of a promise.
#[derive(Serialize, ToSchema)]
pub struct PromiseBookingOut {
    id: Ident,
    #[schema(value_type = EntryCode)]
    kind: String,
    amount_cents: i64,
    note: String,
    on: Date,
}

impl PromiseOut {
    fn new(of: PromiseView, lines: Vec<PromiseLine>) -> Self {
        let booking = |line: PromiseLine| PromiseBookingOut {
            id: line.id.into(),
            kind: line.kind,
            amount_cents: line.amount.cents(),
            note: line.note,
            on: line.on.into(),
        };
        Self {
            id: of.id.into(),
            region: of.region.into(),
            year: of.year,
            kind: of.kind.code(),
            purpose: of.purpose.into(),
            promised_cents: of.state.promised.cents(),
            drawn_cents: of.state.drawn.cents(),
            advanced_cents: of.state.advanced.cents(),
            returned_cents: of.state.returned.cents(),
            open_cents: of.state.open().cents(),
            on: of.on.into(),
            settled_on: of.settled_on.map(Date::from),
            bookings: lines.into_iter().map(booking).collect(),
            subject: of.subject,
            agency: of.agency_name,
            case_number: of.case_number,
        }
    }
}

impl From<PromisePage> for PromiseOut {
    fn from(shown: PromisePage) -> Self {
        Self::new(shown.promise, shown.lines)
    }
}

/// Transfers of the office.
#[derive(Serialize, ToSchema)]
pub struct TransfersOut {
    /// Waiting for the second person.
    waiting: Vec<TransferOut>,
    /// Approved and withdrawn, newest first.
    done: Vec<TransferOut>,
    may_propose: bool,
    may_approve: bool,
}

impl From<TransfersPage> for TransfersOut {
    fn from(shown: TransfersPage) -> Self {
        let waiting = shown.waiting.into_iter().map(|(of, free)| TransferOut::new(of, free));
        Self {
            waiting: waiting.collect(),
            done: shown.done.into_iter().map(|of| TransferOut::new(of, None)).collect(),
            may_propose: shown.may_propose,
            may_approve: shown.may_approve,
        }
    }
}

/// A transfer.
#[derive(Serialize, ToSchema)]
pub struct TransferOut {
    id: Ident,
    year: i16,
    from_region: Ident,
    #[schema(value_type = MoneyCode)]
    from_kind: &'static str,
    to_region: Ident,
    #[schema(value_type = MoneyCode)]
    to_kind: &'static str,
    amount_cents: i64,
    reason: String,
    resolution: String,
    proposed_by: String,
    proposed_at: Instant,
    /// `waiting`, `approved`, `withdrawn`.
    state: String,
    decided_by: String,
    decided_at: Option<Instant>,
    /// An approval names this number and the amount.
    version: i64,
    /// Free in the pot that gives, while it waits.
    free_cents: Option<i64>,
}

impl TransferOut {
    fn new(of: TransferView, free: Option<Balance>) -> Self {
        Self {
            id: of.id.into(),
            year: of.from.year,
            from_region: of.from.region.into(),
            from_kind: of.from.kind.code(),
            to_region: of.to.region.into(),
            to_kind: of.to.kind.code(),
            amount_cents: of.amount.cents(),
            reason: of.reason,
            resolution: of.resolution,
            proposed_by: of.proposer,
            proposed_at: of.proposed_at.into(),
            state: of.state,
            decided_by: of.decider,
            decided_at: of.decided_at.map(Instant::from),
            version: of.from.version,
            free_cents: free.map(Balance::cents),
        }
    }
}

/// A fiscal year.
#[derive(Serialize, ToSchema)]
pub struct YearOut {
    year: i16,
    #[schema(value_type = YearStateCode)]
    state: &'static str,
    pots: Vec<YearPotOut>,
    acts: Vec<YearActOut>,
    open_promises: usize,
    waiting_transfers: i64,
    /// Paid and received by purpose, as the statistics ask.
    expenditure: Vec<ExpenditureOut>,
}

/// A pot of a year.
#[derive(Serialize, ToSchema)]
pub struct YearPotOut {
    region: Ident,
    #[schema(value_type = MoneyCode)]
    kind: &'static str,
    book: BookOut,
}

/// What was decided about a year.
#[derive(Serialize, ToSchema)]
pub struct YearActOut {
    id: Ident,
    #[schema(value_type = YearActCode)]
    act: &'static str,
    resolution: String,
    /// The pots as they stood, in cents, separated by semicolons.
    record: String,
    sha256: String,
    by: String,
    at: Instant,
}

/// A sum of the statistics.
#[derive(Serialize, ToSchema)]
pub struct ExpenditureOut {
    purpose: PurposeOut,
    cents: i64,
}

impl From<YearActLine> for YearActOut {
    fn from(of: YearActLine) -> Self {
        let (id, act, at) = (of.id.into(), of.act.code(), of.at.into());
        Self { id, act, resolution: of.resolution, record: of.record, sha256: of.sha256, by: of.by, at }
    }
}

impl From<YearPage> for YearOut {
    fn from(shown: YearPage) -> Self {
        let pots = shown.pots.iter().map(|pot| YearPotOut {
            region: pot.region.into(),
            kind: pot.kind.code(),
            book: BookOut::of(pot),
        });
        let sum = |(purpose, sum): (Purpose, Balance)| ExpenditureOut { purpose: purpose.into(), cents: sum.cents() };
        Self {
            year: shown.year,
            state: shown.state.code(),
            pots: pots.collect(),
            open_promises: shown.open_promises,
            waiting_transfers: shown.waiting,
            acts: shown.acts.into_iter().map(YearActOut::from).collect(),
            expenditure: shown.expenditure.into_iter().map(sum).collect(),
        }
    }
}
