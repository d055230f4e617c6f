// SPDX-License-Identifier: EUPL-1.2
//! What the forecast is made of: commitments, what was paid, holidays, and forecasts that were kept. A fixed number of
//! statements, however many helps are running.

use crate::agreements::performance;
use crate::db::{ReadTx, StoreError, WriteTx};
use crate::sight::RowSight;
use domain::budget::{Performance, RunningHelp};
use domain::casework::HelpKind;
use domain::kernel::{Balance, CommissionId, Day, Line, Period, RegionId};
use std::collections::HashMap;

crate::statement! {
    COMMITMENTS = "SELECT c.id, c.case_id, c.agency_id, t.region_id, f.space_id, c.help, c.valid_from, c.valid_until, c.ceiling,
                     p.rate_id, p.unit, p.cents, p.quantity, p.weeks_off, p.pause, p.longer_days
                   FROM commission c JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
                   JOIN team t ON t.office_id = f.office_id AND t.id = f.team_id
                   LEFT JOIN commission_plan p ON p.office_id = c.office_id AND p.commission_id = c.id
                   WHERE c.office_id = $1 AND c.valid_from <= $2 AND c.placed_on <= $4 AND t.region_id {sight} AND c.id IN (
                     SELECT id FROM commission WHERE office_id = $1 AND valid_until IS NULL
                     UNION ALL SELECT id FROM commission WHERE office_id = $1 AND valid_until >= $3)
                   ORDER BY c.id";
    PAID = "SELECT commission_id, cents, last_month FROM commission_paid WHERE office_id = $1 AND year = $2 ORDER BY commission_id";
    PAID_BY_MONTH = "SELECT month, CAST(SUM(cents) AS BIGINT) FROM payment_sum
                     WHERE office_id = $1 AND month >= $2 AND month <= $3 AND region_id {sight} GROUP BY month ORDER BY month";
    // Of a day gone by: what was paid after it is not known yet.
    PAID_THEN = "SELECT p.commission_id, CAST(SUM(p.cents) AS BIGINT), MAX(p.month) FROM payment p
                 JOIN invoice i ON i.office_id = p.office_id AND i.id = p.invoice_id
                 WHERE p.office_id = $1 AND p.month >= $2 AND p.month <= $3 AND i.paid_on <= $4 AND p.commission_id IS NOT NULL
                 GROUP BY p.commission_id ORDER BY p.commission_id";
    PAID_BY_MONTH_THEN = "SELECT p.month, CAST(SUM(p.cents) AS BIGINT), COUNT(DISTINCT c.case_id) FROM payment p
                          JOIN invoice i ON i.office_id = p.office_id AND i.id = p.invoice_id
                          LEFT JOIN commission c ON c.office_id = p.office_id AND c.id = p.commission_id
                          WHERE p.office_id = $1 AND p.month >= $2 AND p.month <= $3 AND i.paid_on <= $4 AND p.region_id {sight}
                          GROUP BY p.month ORDER BY p.month";
    PAID_BY_YEAR = "SELECT region_id, SUBSTR(month, 1, 4), CAST(SUM(cents) AS BIGINT) FROM payment_sum
                    WHERE office_id = $1 AND month >= $2 AND region_id {sight} GROUP BY region_id, SUBSTR(month, 1, 4) ORDER BY region_id, SUBSTR(month, 1, 4)";
    KEEP = "INSERT INTO kept_forecast (office_id, region_id, as_of, cents) VALUES ($1, $2, $3, $4) ON CONFLICT (office_id, region_id, as_of) DO NOTHING";
    KEPT = "SELECT region_id, as_of, cents FROM kept_forecast WHERE office_id = $1 AND region_id {sight} ORDER BY as_of, region_id";
    INSERT_HOLIDAY = "INSERT INTO school_holiday (office_id, valid_from, valid_until, name) VALUES ($1, $2, $3, $4)";
    HOLIDAYS = "SELECT valid_from, valid_until, name FROM school_holiday WHERE office_id = $1 ORDER BY valid_from";
}

/// What was paid for commissions in the year of a day: sum and last month.
fn paid(tx: &ReadTx<'_>, on: Day, gone_by: bool) -> Result<HashMap<CommissionId, (i64, Day)>, StoreError> {
    let (first, last) = (on.year_start().into(), on.year_end().into());
    let rows = if gone_by {
        tx.rows(&PAID_THEN, &[first, last, on.into()])?
    } else {
        tx.rows(&PAID, &[i64::from(on.year()).into()])?
    };
    rows.into_iter()
        .map(|row| {
            let mut row = row.read("payment");
            Ok((row.id()?, (row.int()?, row.day()?)))
        })
        .collect()
}

/// Commitments of regions in sight, placed until a day, that touch its year or ended in the one before, with what was
/// paid for its year; of a day gone by, until then. Ends are those known now.
///
/// # Errors
/// When the engine fails.
pub fn commitments(tx: &ReadTx<'_>, sight: &RowSight, on: Day, gone_by: bool) -> Result<Vec<RunningHelp>, StoreError> {
    let (first, last) = (on.year_start(), on.year_end());
    let paid = paid(tx, on, gone_by)?;
    // Two queries, joined here: an engine would join fifty thousand groups one by one.
    let params = [last.into(), first.plus_months(-12).into(), on.into()];
    let rows = tx.rows_in_sight(&COMMITMENTS, &params, sight)?;
    rows.into_iter().map(|row| commitment(row, &paid)).collect()
}

fn commitment(row: crate::row::Row, paid: &HashMap<CommissionId, (i64, Day)>) -> Result<RunningHelp, StoreError> {
    let mut row = row.read("commission");
    let id: CommissionId = row.id()?;
    let (case, agency, region, space) = (row.id()?, row.id()?, row.id()?, row.maybe_id()?);
    let (help, from, until) = (row.code(HelpKind::from_code)?, row.day()?, row.maybe_day()?);
    let (ceiling, rate) = (row.amount()?, row.maybe_id()?);
    let plan = planned(&mut row, rate)?;
    let paid = paid.get(&id);
    Ok(RunningHelp {
        case,
        agency,
        region,
        space,
        help,
        from: from.number(),
        until: until.map(Day::number),
        ceiling,
        plan,
        paid: paid.map_or(0, |(cents, _)| *cents),
        paid_until: paid.map(|(_, month)| month.month_end().number()),
    })
}

/// The plan of performance, where there is one: all of its columns are filled or none.
fn planned(
    row: &mut crate::row::Reading,
    rate: Option<domain::kernel::RateId>,
) -> Result<Option<Performance>, StoreError> {
    if row.next_is_null() { Ok(None) } else { performance(row, rate).map(Some) }
}

/// What was paid for each month of a year, in regions in sight.
///
/// # Errors
/// When the engine fails.
pub fn paid_by_month(tx: &ReadTx<'_>, sight: &RowSight, in_year: Day) -> Result<Vec<(Day, Balance)>, StoreError> {
    let params = [in_year.year_start().into(), in_year.year_end().into()];
    let rows = tx.rows_in_sight(&PAID_BY_MONTH, &params, sight)?.into_iter();
    rows.map(|row| {
        let mut row = row.read("payment");
        Ok((row.day()?, row.balance()?))
    })
    .collect()
}

/// What had been paid until a day for each month of its year, in regions in sight, and for how many cases.
///
/// # Errors
/// When the engine fails.
pub fn paid_by_month_then(
    tx: &ReadTx<'_>,
    sight: &RowSight,
    on: Day,
) -> Result<Vec<(Day, Balance, usize)>, StoreError> {
    let params = [on.year_start().into(), on.year_end().into(), on.into()];
    let rows = tx.rows_in_sight(&PAID_BY_MONTH_THEN, &params, sight)?.into_iter();
    rows.map(|row| {
        let mut row = row.read("payment");
        Ok((row.day()?, row.balance()?, usize::try_from(row.int()?).unwrap_or_default()))
    })
    .collect()
}

/// What each region in sight paid for each year from this day on.
///
/// # Errors
/// When the engine fails.
pub fn paid_by_year(
    tx: &ReadTx<'_>,
    sight: &RowSight,
    since: Day,
) -> Result<Vec<(RegionId, i16, Balance)>, StoreError> {
    let rows = tx.rows_in_sight(&PAID_BY_YEAR, &[since.into()], sight)?.into_iter();
    rows.map(|row| {
        let mut row = row.read("payment");
        let (region, year) = (row.id()?, row.text()?);
        let year = year.parse().or(Err(StoreError::Inconsistent("payment", "month".into())))?;
        Ok((region, year, row.balance()?))
    })
    .collect()
}

/// Keeps what is foreseen for a region today; once a day, the first counts.
///
/// # Errors
/// When the engine fails.
pub fn keep(tx: &WriteTx<'_>, region: RegionId, forecast: Balance) -> Result<(), StoreError> {
    tx.run(&KEEP, &[region.into(), tx.now().day().into(), forecast.cents().into()]).map(|_| ())
}

/// Forecasts that were kept for regions in sight, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn kept(tx: &ReadTx<'_>, sight: &RowSight) -> Result<Vec<(RegionId, Day, Balance)>, StoreError> {
    let rows = tx.rows_in_sight(&KEPT, &[], sight)?.into_iter();
    rows.map(|row| {
        let mut row = row.read("kept_forecast");
        Ok((row.id()?, row.day()?, row.balance()?))
    })
    .collect()
}

/// Keeps school holidays.
///
/// # Errors
/// [`StoreError::Duplicate`] when some begin on that day already.
pub fn insert_holiday(tx: &WriteTx<'_>, span: (Day, Day), name: &Line) -> Result<(), StoreError> {
    tx.run(&INSERT_HOLIDAY, &[span.0.into(), span.1.into(), name.as_str().into()]).map(|_| ())
}

/// School holidays, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn holidays(tx: &ReadTx<'_>) -> Result<Vec<(Period, String)>, StoreError> {
    let rows = tx.rows(&HOLIDAYS, &[])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("school_holiday");
        let (from, until) = (row.day()?, row.day()?);
        let period = Period::new(from, Some(until));
        Ok((period.or(Err(StoreError::Inconsistent("school_holiday", "period".into())))?, row.text()?))
    })
    .collect()
}
