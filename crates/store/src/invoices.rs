// SPDX-License-Identifier: EUPL-1.2
//! Proofs of service from the agencies' side, invoices, and what was paid.

use crate::agreements::quantity;
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::agencies::Quantity;
use domain::budget::{Checked, Claim, Finding, FindingKind, Granted};
use domain::kernel::{
    AgencyId, Amount, Balance, CommissionId, Day, InvoiceId, Moment, Period, RegionId, TransmissionId,
};
use uuid::Uuid;

crate::statement! {
    INSERT_PROOF = "INSERT INTO service_proof (office_id, id, transmission_id, month, quantity, entered_by, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    // What an agency sees joins no table of the office's cases (N1).
    PROOFS = "SELECT s.month, s.quantity, s.entered_at, a.name FROM service_proof s
              JOIN account a ON a.office_id = s.office_id AND a.id = s.entered_by
              WHERE s.office_id = $1 AND s.transmission_id = $2 ORDER BY s.month DESC, s.entered_at DESC, s.id DESC";
    // Proofs of which the payment is still owed, however many were ever entered.
    OWED_BY = "SELECT x.agency_id, (SELECT COUNT(*) FROM payment y WHERE y.office_id = $1 AND y.commission_id = x.object_id AND y.month = $3)
               FROM transmission x WHERE x.office_id = $1 AND x.id = $2";
    OWE = "INSERT INTO unpaid_proof (office_id, transmission_id, month, agency_id) VALUES ($1, $2, $3, $4)
           ON CONFLICT (office_id, transmission_id, month) DO NOTHING";
    OWE_NO_MORE = "DELETE FROM unpaid_proof WHERE office_id = $1 AND month = $3
                   AND transmission_id IN (SELECT x.id FROM transmission x WHERE x.office_id = $1 AND x.object_id = $2)";
    UNPAID = "SELECT f.number, s.month, s.quantity, p.cents FROM service_proof s
              JOIN transmission x ON x.office_id = s.office_id AND x.id = s.transmission_id
              JOIN commission c ON c.office_id = x.office_id AND c.id = x.object_id
              JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
              LEFT JOIN commission_plan p ON p.office_id = c.office_id AND p.commission_id = c.id
              WHERE s.office_id = $1 AND (s.transmission_id, s.month) IN (
                  SELECT transmission_id, month FROM unpaid_proof WHERE office_id = $1 AND agency_id = $2)
                AND NOT EXISTS (SELECT 1 FROM service_proof l WHERE l.office_id = s.office_id AND l.transmission_id = s.transmission_id
                  AND l.month = s.month AND (l.entered_at, l.id) > (s.entered_at, s.id))
              ORDER BY s.month, f.number, s.id LIMIT $3";
    GRANTED = "SELECT c.id, t.region_id, c.valid_from, c.valid_until, c.ceiling, p.cents,
                 (SELECT s.quantity FROM service_proof s
                  WHERE s.office_id = $1 AND s.month = $4
                    AND s.transmission_id IN (SELECT x.id FROM transmission x WHERE x.office_id = $1 AND x.object_id = c.id AND x.agency_id = $2)
                  ORDER BY s.entered_at DESC, s.id DESC LIMIT 1),
                 (SELECT CAST(COALESCE(SUM(y.cents), 0) AS BIGINT) FROM payment y WHERE y.office_id = $1 AND y.commission_id = c.id AND y.month = $4),
                 (SELECT CAST(COALESCE(SUM(z.cents), 0) AS BIGINT) FROM payment z WHERE z.office_id = $1 AND z.commission_id = c.id)
               FROM commission c JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
               JOIN team t ON t.office_id = f.office_id AND t.id = f.team_id
               LEFT JOIN commission_plan p ON p.office_id = c.office_id AND p.commission_id = c.id
               WHERE c.office_id = $1 AND c.agency_id = $2 AND f.number = $3 ORDER BY c.valid_from DESC, c.id DESC";
    INSERT = "INSERT INTO invoice (office_id, id, agency_id, number, dated_on, entered_by, entered_at, exception) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_LINE = "INSERT INTO invoice_line (office_id, invoice_id, seq, case_number, month, quantity, cents) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INVOICES = "SELECT i.id, i.agency_id, g.name, i.number, i.dated_on, i.exception, i.over_reason, i.paid_on, i.entered_at,
                  (SELECT CAST(COALESCE(SUM(y.cents), 0) AS BIGINT) FROM payment y WHERE y.office_id = $1 AND y.invoice_id = i.id)
                FROM invoice i JOIN agency g ON g.office_id = i.office_id AND g.id = i.agency_id
                WHERE i.office_id = $1 AND (i.entered_at, i.id) < ($2, $3) ORDER BY i.entered_at DESC, i.id DESC LIMIT $4";
    INVOICE = "SELECT i.id, i.agency_id, g.name, i.number, i.dated_on, i.exception, i.over_reason, i.paid_on, i.entered_at,
                 (SELECT CAST(COALESCE(SUM(y.cents), 0) AS BIGINT) FROM payment y WHERE y.office_id = $1 AND y.invoice_id = i.id)
               FROM invoice i JOIN agency g ON g.office_id = i.office_id AND g.id = i.agency_id WHERE i.office_id = $1 AND i.id = $2";
    LINES = "SELECT case_number, month, quantity, cents FROM invoice_line WHERE office_id = $1 AND invoice_id = $2 ORDER BY seq";
    PAYMENTS = "SELECT cents, findings FROM payment WHERE office_id = $1 AND invoice_id = $2 ORDER BY seq";
    PAY = "UPDATE invoice SET paid_on = $3, paid_by = $4, over_reason = $5 WHERE office_id = $1 AND id = $2 AND paid_on IS NULL";
    INSERT_PAYMENT = "INSERT INTO payment (office_id, invoice_id, seq, commission_id, region_id, month, cents, findings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_TO_MONTH = "INSERT INTO payment_sum (office_id, month, region_id, cents) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (office_id, month, region_id) DO UPDATE SET cents = payment_sum.cents + excluded.cents";
    ADD_TO_HELP = "INSERT INTO commission_paid (office_id, year, commission_id, cents, last_month) VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (office_id, year, commission_id) DO UPDATE SET cents = commission_paid.cents + excluded.cents,
                     last_month = CASE WHEN excluded.last_month > commission_paid.last_month THEN excluded.last_month
                       ELSE commission_paid.last_month END";
}

/// Keeps what an agency proved for a month; the newest counts.
///
/// # Errors
/// When the engine fails.
pub fn insert_proof(
    tx: &WriteTx<'_>,
    id: Uuid,
    transmission: TransmissionId,
    (month, quantity): (Day, Quantity),
) -> Result<(), StoreError> {
    let month = month.month_start();
    let params: [Value; 6] = [
        id.into(),
        transmission.into(),
        month.into(),
        quantity.hundredths().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_PROOF, &params)?;
    let Some(row) = tx.one(&OWED_BY, &[transmission.into(), month.into()])? else { return Ok(()) };
    let mut row = row.read("transmission");
    let (agency, payments): (AgencyId, _) = (row.id()?, row.int()?);
    // What was paid is not owed again when its proof is corrected.
    if payments == 0 {
        tx.run(&OWE, &[transmission.into(), month.into(), agency.into()])?;
    }
    Ok(())
}

/// A proof as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// First day of the month.
    pub month: Day,
    /// How many.
    pub quantity: Quantity,
    /// When it was entered.
    pub at: Moment,
    /// By whom.
    pub by: String,
}

/// What was proven on a mandate, newest month first; corrections stand above what they correct.
///
/// # Errors
/// When the engine fails.
pub fn proofs(tx: &ReadTx<'_>, transmission: TransmissionId) -> Result<Vec<Proof>, StoreError> {
    let rows = tx.rows(&PROOFS, &[transmission.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("service_proof");
        Ok(Proof { month: row.day()?, quantity: quantity(&mut row)?, at: row.moment()?, by: row.text()? })
    })
    .collect()
}

/// A proven month that was not paid yet, with the granted price.
#[derive(Debug, Clone, PartialEq)]
pub struct Unpaid {
    /// Case number.
    pub case_number: String,
    /// First day of the month.
    pub month: Day,
    /// How many.
    pub quantity: Quantity,
    /// As granted.
    pub price: Option<i64>,
}

/// What an agency has proven and was not paid for, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn unpaid(tx: &ReadTx<'_>, agency: AgencyId, limit: i64) -> Result<Vec<Unpaid>, StoreError> {
    let rows = tx.rows(&UNPAID, &[agency.into(), limit.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("service_proof");
        let (case_number, month) = (row.text()?, row.day()?);
        Ok(Unpaid { case_number, month, quantity: quantity(&mut row)?, price: row.maybe_int()? })
    })
    .collect()
}

/// What was granted for a line, newest commission first, with the region whose money it is.
///
/// # Errors
/// When the engine fails.
pub fn granted(tx: &ReadTx<'_>, agency: AgencyId, claim: &Claim) -> Result<Vec<(RegionId, Granted)>, StoreError> {
    let month = claim.month.month_start();
    let rows = tx.rows(&GRANTED, &[agency.into(), (&claim.case_number).into(), month.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("commission");
        let (commission, region, from, until) = (row.id()?, row.id()?, row.day()?, row.maybe_day()?);
        let wrong = || StoreError::Inconsistent("commission", "period, price or proof".into());
        let granted = Granted {
            commission,
            period: Period::new(from, until).or(Err(wrong()))?,
            ceiling: row.balance()?,
            price: row.maybe_int()?.map(Amount::from_cents).transpose().or(Err(wrong()))?,
            proven: row.maybe_int()?.map(Quantity::from_hundredths).transpose().or(Err(wrong()))?,
            paid_for_month: row.balance()?,
            paid: row.balance()?,
        };
        Ok((region, granted))
    })
    .collect()
}

/// An invoice on its way in.
#[derive(Debug, Clone, PartialEq)]
pub struct NewInvoice {
    /// Id.
    pub id: InvoiceId,
    /// Whose.
    pub agency: AgencyId,
    /// The agency's number.
    pub number: String,
    /// Its day.
    pub dated_on: Day,
    /// Why months without a decision are paid, if any are.
    pub exception: Option<String>,
    /// Its lines.
    pub lines: Vec<Claim>,
}

/// Keeps an invoice as it came.
///
/// # Errors
/// [`StoreError::Duplicate`] when the agency has sent one of this number.
pub fn insert(tx: &WriteTx<'_>, new: &NewInvoice) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        new.id.into(),
        new.agency.into(),
        (&new.number).into(),
        new.dated_on.into(),
        tx.grant().user().into(),
        tx.now().into(),
        new.exception.clone().into(),
    ];
    tx.run(&INSERT, &params)?;
    for (seq, line) in (1_i64..).zip(&new.lines) {
        let params: [Value; 6] = [
            new.id.into(),
            seq.into(),
            (&line.case_number).into(),
            line.month.month_start().into(),
            line.quantity.hundredths().into(),
            line.price.cents().into(),
        ];
        tx.run(&INSERT_LINE, &params)?;
    }
    Ok(())
}

/// An invoice as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceView {
    /// Id.
    pub id: InvoiceId,
    /// Whose.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// The agency's number.
    pub number: String,
    /// Its day.
    pub dated_on: Day,
    /// Why months without a decision are paid.
    pub exception: Option<String>,
    /// Why more than the ceiling was paid.
    pub over_reason: Option<String>,
    /// Paid on.
    pub paid_on: Option<Day>,
    /// Entered at.
    pub entered_at: Moment,
    /// What was paid.
    pub paid: Balance,
}

fn invoice_view(row: Row) -> Result<InvoiceView, StoreError> {
    let mut row = row.read("invoice");
    Ok(InvoiceView {
        id: row.id()?,
        agency: row.id()?,
        agency_name: row.text()?,
        number: row.text()?,
        dated_on: row.day()?,
        exception: row.maybe_text()?,
        over_reason: row.maybe_text()?,
        paid_on: row.maybe_day()?,
        entered_at: row.moment()?,
        paid: row.balance()?,
    })
}

/// Invoices, newest first, after a place in the list.
///
/// # Errors
/// When the engine fails.
pub fn latest(tx: &ReadTx<'_>, after: (Moment, Uuid), limit: i64) -> Result<Vec<InvoiceView>, StoreError> {
    tx.rows(&INVOICES, &[after.0.into(), after.1.into(), limit.into()])?.into_iter().map(invoice_view).collect()
}

/// One invoice.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: InvoiceId) -> Result<Option<InvoiceView>, StoreError> {
    tx.one(&INVOICE, &[id.into()])?.map(invoice_view).transpose()
}

/// The lines of an invoice as they came.
///
/// # Errors
/// When the engine fails.
pub fn lines(tx: &ReadTx<'_>, id: InvoiceId) -> Result<Vec<Claim>, StoreError> {
    let rows = tx.rows(&LINES, &[id.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("invoice_line");
        let (case_number, month) = (row.text()?, row.day()?);
        Ok(Claim { case_number, month, quantity: quantity(&mut row)?, price: row.amount()? })
    })
    .collect()
}

/// What was paid for each line, and what the check had found.
///
/// # Errors
/// When the engine fails.
pub fn payments(tx: &ReadTx<'_>, id: InvoiceId) -> Result<Vec<(Balance, Vec<Finding>)>, StoreError> {
    let rows = tx.rows(&PAYMENTS, &[id.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("payment");
        let (cents, text) = (row.balance()?, row.text()?);
        let found = findings(&text).ok_or(StoreError::Inconsistent("payment", "findings".into()))?;
        Ok((cents, found))
    })
    .collect()
}

fn findings(text: &str) -> Option<Vec<Finding>> {
    let one = |part: &str| {
        let (kind, cents) = part.split_once(':')?;
        Some(Finding { kind: FindingKind::from_code(kind)?, amount: Balance::from_cents(cents.parse().ok()?) })
    };
    text.split(' ').filter(|part| !part.is_empty()).map(one).collect()
}

/// Marks an invoice as paid; answers whether it was still open.
///
/// # Errors
/// When the engine fails.
pub fn pay(tx: &WriteTx<'_>, id: InvoiceId, over_reason: Option<&str>) -> Result<bool, StoreError> {
    let reason = over_reason.map(str::to_owned);
    Ok(tx.run(&PAY, &[id.into(), tx.now().day().into(), tx.grant().user().into(), reason.into()])? == 1)
}

/// Keeps what was paid for a line.
///
/// # Errors
/// When the engine fails.
pub fn insert_payment(
    tx: &WriteTx<'_>,
    (invoice, seq): (InvoiceId, i64),
    granted: Option<(CommissionId, RegionId)>,
    (month, checked): (Day, &Checked),
) -> Result<(), StoreError> {
    let month = month.month_start();
    let found: Vec<String> =
        checked.findings.iter().map(|one| format!("{}:{}", one.kind.code(), one.amount.cents())).collect();
    let params: [Value; 7] = [
        invoice.into(),
        seq.into(),
        granted.map(|(commission, _)| commission).into(),
        granted.map(|(_, region)| region).into(),
        month.into(),
        checked.payable.cents().into(),
        found.join(" ").into(),
    ];
    let mut all = vec![(&INSERT_PAYMENT, params.into())];
    if let Some((commission, region)) = granted {
        let cents = checked.payable.cents();
        all.push((&ADD_TO_MONTH, vec![month.into(), region.into(), cents.into()]));
        all.push((&ADD_TO_HELP, vec![i64::from(month.year()).into(), commission.into(), cents.into(), month.into()]));
        all.push((&OWE_NO_MORE, vec![commission.into(), month.into()]));
    }
    tx.run_all(all)
}
