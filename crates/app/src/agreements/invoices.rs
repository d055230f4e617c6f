// SPDX-License-Identifier: EUPL-1.2
//! Invoices: entered as they came, checked against grant, price, time and proof, paid with a draw in the region's book.

use super::posting::{Claimed, draw_claim};
use crate::access::taken;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::agencies::Agency;
use domain::audit::{Deed, DeedKind};
use domain::budget::{Checked, Claim, Granted, check};
use domain::kernel::{AgencyId, Amount, Balance, CommissionId, Day, InvoiceId, Line, Moment, Note, RegionId, Rule};
use store::invoices::{self, NewInvoice, Unpaid};
use store::{ReadTx, agencies, budget};
use uuid::Uuid;

pub use store::invoices::InvoiceView;

/// An invoice of this number came before.
pub const INVOICE_KNOWN: Rule = Rule::new("invoice.known", "keine Doppelzahlung");
/// An invoice without a line, or with more than fit on one.
pub const INVOICE_LINES: Rule = Rule::new("invoice.lines", "1 bis 500 Zeilen");
/// It is paid already.
pub const INVOICE_PAID: Rule = Rule::new("invoice.paid", "keine Doppelzahlung");
/// More than the ceiling is due, and nobody said why. The claim is not cut: the sentence asks for the reason.
pub const OVER_CEILING_REASON: Rule = Rule::new("invoice.over_ceiling_reason", "§ 36a(1) SGB VIII; § 83 GO");

/// Invoices on one page.
const PAGE: i64 = 50;
/// Most lines of an invoice, and most open proofs that are proposed.
const MOST_LINES: usize = 500;

/// Invoices, newest first.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn latest(app: &App, actor: &Actor, after: Option<(Moment, Uuid)>) -> Result<Vec<InvoiceView>, Failure> {
    in_office(actor, Action::CheckInvoice)?;
    let after = after.unwrap_or(store::casework::cases::FROM_NEWEST);
    app.read(move |tx| Ok(invoices::latest(tx, after, PAGE)?)).await
}

/// Agencies by name, and what the chosen one has proven and was not paid for.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn unpaid(app: &App, actor: &Actor, agency: Option<AgencyId>) -> Result<(Vec<Agency>, Vec<Unpaid>), Failure> {
    in_office(actor, Action::CheckInvoice)?;
    app.read(move |tx| {
        let most = i64::try_from(MOST_LINES).unwrap_or(i64::MAX);
        let open = agency.map_or(Ok(Vec::new()), |agency| invoices::unpaid(tx, agency, most))?;
        Ok((agencies::all(tx)?, open))
    })
    .await
}

/// An invoice as it came.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Whose.
    pub agency: AgencyId,
    /// The agency's number.
    pub number: Line,
    /// Its day.
    pub dated_on: Day,
    /// Why months without a decision are paid (§ 36a(3), order of a court), if any are.
    pub exception: Option<Note>,
    /// Its lines.
    pub lines: Vec<Claim>,
}

/// Enters an invoice; nothing is paid yet.
///
/// # Errors
/// [`INVOICE_KNOWN`], [`INVOICE_LINES`], [`Failure::Denied`].
pub async fn enter(app: &App, actor: &Actor, key: Option<Key>, new: Entered) -> Result<InvoiceId, Failure> {
    let grant = in_office(actor, Action::CheckInvoice)?;
    if new.lines.is_empty() || new.lines.len() > MOST_LINES {
        return Err(INVOICE_LINES.broken_at("lines").into());
    }
    let invoice = NewInvoice {
        id: app.fresh(),
        agency: new.agency,
        number: new.number.as_str().to_owned(),
        dated_on: new.dated_on,
        exception: new.exception.map(|note| note.as_str().to_owned()),
        lines: new.lines,
    };
    let write = move |tx: ReadTx<'_>| {
        found(agencies::one(&tx, invoice.agency)?)?;
        let tx = tx.allow(grant);
        invoices::insert(&tx, &invoice).map_err(|error| taken(error, INVOICE_KNOWN.broken_at("number")))?;
        Ok(tx.commit(Deed::new(DeedKind::InvoiceEntered, invoice.id), invoice.id)?)
    };
    app.change(actor, key, write).await
}

/// An invoice with its check.
#[derive(Debug, Clone)]
pub struct InvoicePage {
    /// The invoice.
    pub invoice: InvoiceView,
    /// Its lines: as checked now, or as they were paid.
    pub lines: Vec<(Claim, Checked)>,
}

impl InvoicePage {
    /// What the agency asks for.
    #[must_use]
    pub fn asked(&self) -> Balance {
        self.lines.iter().map(|(claim, _)| claim.asked()).sum()
    }

    /// What is paid.
    #[must_use]
    pub fn payable(&self) -> Balance {
        self.lines.iter().map(|(_, checked)| checked.payable).sum()
    }

    /// Is a line over its commission's ceiling?
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.lines.iter().any(|(_, checked)| checked.over_ceiling > Balance::ZERO)
    }
}

/// One invoice with its check.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn one(app: &App, actor: &Actor, id: InvoiceId) -> Result<InvoicePage, Failure> {
    in_office(actor, Action::CheckInvoice)?;
    app.read(move |tx| {
        let invoice = found(invoices::one(tx, id)?)?;
        let claims = invoices::lines(tx, id)?;
        let lines = if invoice.paid_on.is_some() {
            let paid = invoices::payments(tx, id)?.into_iter();
            let as_paid = |(payable, findings)| Checked { payable, over_ceiling: Balance::ZERO, findings };
            claims.into_iter().zip(paid.map(as_paid)).collect()
        } else {
            let checked = checked(tx, &invoice, &claims)?;
            claims.into_iter().zip(checked.into_iter().map(|line| line.checked)).collect()
        };
        Ok(InvoicePage { invoice, lines })
    })
    .await
}

/// A line after its check, with the grant it was checked against.
struct CheckedLine {
    granted: Option<(RegionId, Granted)>,
    checked: Checked,
}

/// Checks all lines one after the other: what one pays, the next one finds paid.
fn checked(tx: &ReadTx<'_>, invoice: &InvoiceView, claims: &[Claim]) -> Result<Vec<CheckedLine>, Failure> {
    let mut done: Vec<CheckedLine> = Vec::with_capacity(claims.len());
    for (at, claim) in claims.iter().enumerate() {
        let used = |id: CommissionId| {
            let before = done.iter().zip(&claims[..at]).filter(|(_, other)| other.month == claim.month);
            before.filter_map(|(line, _)| line.granted.as_ref()).any(|(_, other)| other.commission == id)
        };
        let mut granted = best(invoices::granted(tx, invoice.agency, claim)?, claim, used);
        if let Some((_, granted)) = &mut granted {
            for (line, before) in done.iter().zip(&claims[..at]) {
                let same = line.granted.as_ref().is_some_and(|(_, other)| other.commission == granted.commission);
                let paid = if same { line.checked.payable } else { Balance::ZERO };
                granted.paid = granted.paid + paid;
                if before.month.month_start() == claim.month.month_start() {
                    granted.paid_for_month = granted.paid_for_month + paid;
                }
            }
        }
        let checked = check(claim, granted.as_ref().map(|(_, granted)| granted), invoice.exception.is_some());
        done.push(CheckedLine { granted, checked });
    }
    Ok(done)
}

/// Of a case's commissions, one that runs in this month, that no line before stands for, at this price, with a proof;
/// where one help follows another in the middle of a month, each line finds its own.
fn best(
    all: Vec<(RegionId, Granted)>,
    claim: &Claim,
    used: impl Fn(CommissionId) -> bool,
) -> Option<(RegionId, Granted)> {
    let month = claim.month;
    let runs = |one: &Granted| {
        one.period.from() <= month.month_end() && one.period.until().is_none_or(|until| until >= month.month_start())
    };
    let other_price = |one: &Granted| one.price.is_some_and(|price| price != claim.price);
    let rank =
        |(_, one): &(RegionId, Granted)| (!runs(one), one.proven.is_none(), used(one.commission), other_price(one));
    // The list is newest first, and the first of the best is taken.
    all.into_iter().min_by_key(rank)
}

/// Pays an invoice as checked: one draw a line. Over the ceiling it asks why, and pays.
///
/// # Errors
/// [`INVOICE_PAID`], [`OVER_CEILING_REASON`], [`Failure::Denied`].
pub async fn pay(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: InvoiceId,
    over_reason: Option<Note>,
) -> Result<InvoiceId, Failure> {
    let grant = in_office(actor, Action::CheckInvoice)?;
    let write = move |tx: ReadTx<'_>| {
        let invoice = found(invoices::one(&tx, id)?)?;
        let claims = invoices::lines(&tx, id)?;
        let tx = tx.allow(grant);
        // Everything is checked once the book is locked.
        budget::lock(&tx)?;
        if !invoices::pay(&tx, id, over_reason.as_ref().map(Note::as_str))? {
            return Err(INVOICE_PAID.broken().into());
        }
        let lines = checked(&tx, &invoice, &claims)?;
        let over = lines.iter().any(|line| line.checked.over_ceiling > Balance::ZERO);
        if over && over_reason.is_none() {
            return Err(OVER_CEILING_REASON.broken_at("over_reason").into());
        }
        for ((seq, claim), line) in (1..).zip(&claims).zip(&lines) {
            post(&tx, (&invoice, claim), line, over_reason.as_ref())?;
            let of = line.granted.as_ref().map(|(region, granted)| (granted.commission, *region));
            invoices::insert_payment(&tx, (id, seq), of, (claim.month, &line.checked))?;
        }
        Ok(tx.commit(Deed::new(DeedKind::InvoicePaid, id), id)?)
    };
    app.book(actor, key, write).await
}

fn post(
    tx: &store::WriteTx<'_>,
    (invoice, claim): (&InvoiceView, &Claim),
    line: &CheckedLine,
    reason: Option<&Note>,
) -> Result<(), Failure> {
    let (Some((_, granted)), Ok(amount)) = (&line.granted, Amount::from_cents(line.checked.payable.cents())) else {
        return Ok(());
    };
    let note = Line::parse(&format!("Rechnung {}, {}", invoice.number, claim.month.german_month()))?;
    let (commission, note) = (granted.commission, &note);
    draw_claim(tx, &Claimed { commission, amount, note, beyond: reason, ask: OVER_CEILING_REASON })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::agencies::Quantity;
    use domain::kernel::Period;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn granted(n: u128, from: &str, until: &str) -> (RegionId, Granted) {
        let granted = Granted {
            commission: CommissionId(Uuid::from_u128(n)),
            period: Period::new(day(from), Some(day(until))).unwrap(),
            ceiling: Balance::from_cents(100_000),
            price: Amount::from_cents(6_600 + i64::try_from(n).unwrap()).ok(),
            proven: Quantity::parse("5").ok(),
            paid_for_month: Balance::ZERO,
            paid: Balance::ZERO,
        };
        (RegionId(Uuid::nil()), granted)
    }

    fn found(month: &str, cents: i64, used: &[u128]) -> u128 {
        let all = vec![granted(2, "2026-10-16", "2027-03-31"), granted(1, "2026-01-01", "2026-10-15")];
        let (quantity, price) = (Quantity::parse("5").unwrap(), Amount::from_cents(cents).unwrap());
        let claim = Claim { case_number: "2026-0001".into(), month: day(month), quantity, price };
        best(all, &claim, |id| used.contains(&id.0.as_u128())).unwrap().1.commission.0.as_u128()
    }

    #[test]
    fn where_one_help_follows_another_each_line_finds_its_own() {
        assert_eq!(found("2026-09-01", 6_602, &[]), 1, "only the earlier one runs");
        assert_eq!(found("2026-12-01", 6_601, &[]), 2);
        assert_eq!(found("2026-10-01", 6_601, &[]), 1, "both run; the price tells");
        assert_eq!(found("2026-10-01", 6_601, &[1]), 2, "the other one is left");
        assert_eq!(found("2026-10-01", 1, &[]), 2, "the newest, where nothing tells");
    }
}
