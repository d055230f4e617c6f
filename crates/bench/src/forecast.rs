// SPDX-License-Identifier: EUPL-1.2
//! What a long history and a whole city cost a reader: a region's page, the year's page, the forecast.
//!
//! The tables are filled with few large statements, not through the use cases: what is measured is reading. Sums of
//! days are computed from the filled book; its hashes are not, so such a book is never proven.

use crate::Outcome;
use crate::book::{Book, said, sqlite};
use crate::ledger::{connect, database};
use app::Db;
use app::budget::{page, year_page};
use app::forecast::Asked;
use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

/// Bookings of the short and of the long history.
pub const SHORT: u64 = 10_000;
/// See [`SHORT`].
pub const LONG: u64 = 1_000_000;
/// Commitments of the forecast.
pub const COMMITMENTS: u64 = 50_000;
/// Months paid for each.
pub const MONTHS: u64 = 8;
const LOOKS: usize = 15;

/// Medians of one engine.
pub struct Reading {
    pub engine: &'static str,
    /// A region's page with balances and newest lines: short history, long history.
    pub balance: [Duration; 2],
    /// The page of the year with all pots.
    pub year: [Duration; 2],
    pub forecast: Duration,
}

/// How an engine writes an id of a number, a day so many after the first of January, a month of the year.
struct Words {
    id: fn(&str) -> String,
    day: fn(&str) -> String,
    month: fn(&str) -> String,
}

const LITE: Words = Words {
    id: |n| format!("unhex(printf('%032x', {n}))"),
    day: |n| format!("date(strftime('%Y', 'now') || '-01-01', '+' || ({n}) || ' days')"),
    month: |n| format!("strftime('%Y', 'now') || printf('-%02d-01', {n})"),
};
const PG: Words = Words {
    id: |n| format!("lpad(to_hex({n}), 32, '0')::uuid"),
    day: |n| format!("(date_trunc('year', now())::date + ({n})::int)::text"),
    month: |n| format!("to_char(now(), 'YYYY') || '-' || lpad(({n})::text, 2, '0') || '-01'"),
};

/// So many bookings, by turns over the promises, 300 days and seven kinds of lines; and the sums of their days.
fn history(words: &Words, count: u64) -> Vec<String> {
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})");
    let (id, day) = ((words.id)("n.i + 16777216"), (words.day)("n.i % 300"));
    let of = "ROW_NUMBER() OVER (ORDER BY id) - 1 AS place, COUNT(*) OVER () AS all_of FROM promise";
    vec![
        format!(
            "INSERT INTO booking (office_id, id, seq, kind, cents, note, promise_id, paragraph, form, side, product, flow,
               booked_on, booked_at, booked_by, hash)
             {numbers} SELECT p.office_id, {id}, n.i + 1000, 'drawn', 1 + n.i % 97, 'Abschlag', p.id, '11', 'group', 'independent',
               '362', 'grants', {day}, 0, (SELECT id FROM account LIMIT 1), '' FROM n JOIN (SELECT office_id, id, {of}) p ON p.place = n.i % p.all_of"
        ),
        format!(
            "INSERT INTO ledger_entry (office_id, booking_id, line, seq, pot_id, source, target, cents)
             SELECT b.office_id, b.id, 1, b.seq, p.pot_id, 'committed', 'drawn', b.cents FROM booking b
             JOIN promise p ON p.office_id = b.office_id AND p.id = b.promise_id WHERE b.seq > 1000"
        ),
        "INSERT INTO account_day (office_id, pot_id, account, booked_on, cents)
         SELECT e.office_id, e.pot_id, 'committed', b.booked_on, -SUM(e.cents) FROM ledger_entry e
         JOIN booking b ON b.office_id = e.office_id AND b.id = e.booking_id WHERE e.seq > 1000
         GROUP BY e.office_id, e.pot_id, b.booked_on
         ON CONFLICT (office_id, pot_id, account, booked_on) DO UPDATE SET cents = account_day.cents + excluded.cents"
            .into(),
        "INSERT INTO account_day (office_id, pot_id, account, booked_on, cents)
         SELECT e.office_id, e.pot_id, 'drawn', b.booked_on, SUM(e.cents) FROM ledger_entry e
         JOIN booking b ON b.office_id = e.office_id AND b.id = e.booking_id WHERE e.seq > 1000
         GROUP BY e.office_id, e.pot_id, b.booked_on
         ON CONFLICT (office_id, pot_id, account, booked_on) DO UPDATE SET cents = account_day.cents + excluded.cents"
            .into(),
        "ANALYZE".into(),
    ]
}

/// A city of running helps with their plans of performance, and what was paid for them this year.
fn city(words: &Words) -> Vec<String> {
    let numbers = |count| format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})");
    let (id, day) = ((words.id)("n.i + 16777216"), (words.day)("n.i % 300"));
    let other = |n: &str| (words.id)(n);
    let (agency, until) = (other("1 + n.i % 40"), (words.day)("340 + n.i % 200"));
    let team = "(SELECT office_id, id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM team WHERE duty_desk_since IS NULL) t \
                ON t.place = n.i % (SELECT COUNT(*) FROM team WHERE duty_desk_since IS NULL)";
    let paid = other("1 + (n.i - 1) % 50000 + 16777216");
    let month = (words.month)("1 + (n.i - 1) / 50000");
    vec![
        format!(
            "INSERT INTO agency (office_id, id, name, name_key, kind) {} SELECT o.office_id, {}, 'Träger ' || n.i, 'traeger ' || n.i, 'independent' FROM n, office o",
            numbers(40),
            other("n.i")
        ),
        format!(
            "INSERT INTO case_file (office_id, id, number, family, family_key, family_sound, team_id, worker_id, opened_on, moved_at, stage)
             {} SELECT t.office_id, {id}, 'P-' || n.i, '', '', '', t.id, t.office_id, {day}, 0, 'open' FROM n JOIN {team}",
            numbers(COMMITMENTS)
        ),
        format!(
            "INSERT INTO commission (office_id, id, case_id, decision_id, plan_id, agency_id, help, valid_from, valid_until, ceiling, wish,
               placed_by, placed_on)
             {} SELECT o.office_id, {id}, {id}, {id}, {id}, {agency}, '31', {day}, {until}, 1000000, '', o.office_id, {day} FROM n, office o",
            numbers(COMMITMENTS)
        ),
        format!(
            "INSERT INTO commission_plan (office_id, commission_id, unit, hour, travel, qualification, cents, quantity, weeks_off, pause)
             {} SELECT o.office_id, {id}, 'hour', 'direct', 'included', 'professional', 6347, 500, 6, 'school-holidays' FROM n, office o",
            numbers(COMMITMENTS)
        ),
        format!(
            "INSERT INTO payment (office_id, invoice_id, seq, commission_id, region_id, month, cents, findings)
             {} SELECT t.office_id, {id}, 1, {paid}, t.region_id, {month}, 40000 + n.i % 1000, '' FROM n
             JOIN (SELECT office_id, region_id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM team WHERE duty_desk_since IS NULL) t
             ON t.place = ((n.i - 1) % 50000 + 1) % (SELECT COUNT(*) FROM team WHERE duty_desk_since IS NULL)",
            numbers(COMMITMENTS * MONTHS)
        ),
        "ANALYZE".into(),
    ]
}

/// The median of some looks, after one to warm up.
async fn median<F: Future<Output = Outcome>>(look: impl Fn() -> F) -> Outcome<Duration> {
    look().await?;
    let mut times = Vec::new();
    for _ in 0..LOOKS {
        let begin = Instant::now();
        look().await?;
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

async fn pages(book: &Book) -> Outcome<[Duration; 2]> {
    let year = book.app.today().year();
    let filter = app::budget::Filter { kind: Some(domain::budget::MoneyKind::Grant), ..Default::default() };
    let region = book.regions[0];
    let balance = median(|| async move {
        let page = page(&book.app, &book.finance, Some(region), Some(year), Some(filter)).await.map_err(said)?;
        if page.entries.is_empty() { Err("no entries".into()) } else { Ok(()) }
    });
    let balance = balance.await?;
    let year =
        median(|| async move { year_page(&book.app, &book.finance, year).await.map_err(said).map(|_| ()) }).await?;
    Ok([balance, year])
}

async fn foresee(book: &Book) -> Outcome<Duration> {
    median(|| async {
        let page = app::forecast::page(&book.app, &book.finance, Asked::default()).await.map_err(said)?;
        let seen = page.all.count as u64;
        if seen * 10 < COMMITMENTS * 9 { Err(format!("only {seen} commitments in the forecast")) } else { Ok(()) }
    })
    .await
}

/// SQLite: three files, filled beside the program.
pub async fn on_sqlite(dir: &Path) -> Outcome<Reading> {
    let mut seen = Vec::new();
    for (name, sql) in [("short", history(&LITE, SHORT)), ("long", history(&LITE, LONG)), ("city", city(&LITE))] {
        let file = dir.join(format!("{name}.sqlite"));
        let book = Book::make(&sqlite(&file)?).await?;
        let shown = |e: rusqlite::Error| format!("{name}: {e}");
        let conn = rusqlite::Connection::open(&file).map_err(shown)?;
        conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; BEGIN; {}; COMMIT", sql.join(";"))).map_err(shown)?;
        seen.push(if name == "city" { [foresee(&book).await?; 2] } else { pages(&book).await? });
    }
    Ok(reading("SQLite", &seen))
}

/// PostgreSQL: three databases of the server. Foreign keys are not checked while they are filled.
pub async fn on_postgres(server: &str) -> Outcome<Reading> {
    let mut seen = Vec::new();
    for (name, sql) in [("short", history(&PG, SHORT)), ("long", history(&PG, LONG)), ("city", city(&PG))] {
        let url = database(server, &format!("history_{name}")).await?;
        let book = Book::make(&Db::open_postgres(&url).await.map_err(|e| e.to_string())?).await?;
        let client = connect(&url).await?;
        for sql in std::iter::once("SET session_replication_role = replica".to_owned()).chain(sql) {
            client.batch_execute(&sql).await.map_err(|e| format!("{name}: {e:?}"))?;
        }
        seen.push(if name == "city" { [foresee(&book).await?; 2] } else { pages(&book).await? });
    }
    Ok(reading("PostgreSQL", &seen))
}

fn reading(engine: &'static str, seen: &[[Duration; 2]]) -> Reading {
    let of = |at: usize, which: usize| seen.get(at).map(|pair| pair[which]).unwrap_or_default();
    Reading { engine, balance: [of(0, 0), of(1, 0)], year: [of(0, 1), of(1, 1)], forecast: of(2, 0) }
}
