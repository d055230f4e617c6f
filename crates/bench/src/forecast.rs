// SPDX-License-Identifier: EUPL-1.2
//! What a long history and a whole city cost a reader: a region's page, the year's page, the forecast.
//!
//! The history is booked through the use case, so its chain is whole and is proven at the end. The city's helps are
//! filled in by few large statements: what is measured there is reading.

use crate::Outcome;
use crate::book::{Book, CLIENTS, said, sqlite};
use crate::ledger::{connect, database};
use app::Db;
use app::access::operator;
use app::budget::{page, year_page};
use app::forecast::Asked;
use domain::access::{Actor, Controller, Place, Post, Role};
use domain::kernel::{Day, Moment, PotId};
use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Bookings of the histories that are read side by side.
pub const HISTORIES: [u64; 3] = [10_000, 100_000, 1_000_000];
/// Days over which each is spread.
const DAYS: u64 = 300;
/// Its milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Commitments of the forecast.
pub const COMMITMENTS: u64 = 50_000;
/// Months paid for each.
pub const MONTHS: u64 = 8;
const LOOKS: usize = 15;

/// Medians over one history.
#[derive(Default)]
pub struct History {
    /// A region's page with balances and newest lines.
    pub balance: Duration,
    /// The page of the year with all pots and the sums of its purposes.
    pub year: Duration,
    /// The same for somebody who may see sums only, and not those that tell of one.
    pub body: Duration,
    /// The engine alone, adding up the entries of one pot.
    pub raw: Duration,
}

/// Medians of one engine.
pub struct Reading {
    pub engine: &'static str,
    /// By length, as in [`HISTORIES`].
    pub histories: Vec<History>,
    /// How long it took to book the longest, through the use case.
    pub booked_in: Duration,
    /// How long it took to prove it.
    pub proven_in: Duration,
    pub forecast: Duration,
    /// The engine alone, reading the rows of the forecast.
    pub raw_forecast: Duration,
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

/// Books until there are so many, each day after the other, by as many clients as the writer takes at once.
async fn grow(book: &Book, from: u64, until: u64) -> Outcome {
    let new_year = Day::new(book.app.today().year(), 1, 1).map_err(|refusal| format!("{refusal:?}"))?;
    let since = i64::from(new_year.number() - book.app.today().number()) * DAY;
    let mut running = JoinSet::new();
    for client in 0..CLIENTS as u64 {
        let book = book.clone();
        running.spawn(async move {
            for n in (from + client..until).step_by(CLIENTS) {
                let day = i64::try_from((n - from) * DAYS / (until - from)).unwrap_or_default();
                let app = book.app.at(Moment(book.app.now().0 + since + day * DAY));
                book.post_in(&app, client as usize).await.map_err(said)?;
            }
            Ok::<_, String>(())
        });
    }
    while let Some(ended) = running.join_next().await {
        ended.map_err(|e| e.to_string())??;
    }
    Ok(())
}

/// The sums of a pot's accounts, out of its entries.
const ADD_UP: &str = "SELECT source, target, CAST(SUM(cents) AS BIGINT) FROM ledger_entry WHERE office_id = $1 AND pot_id = $2 GROUP BY source, target";
/// The rows that a forecast reads, as one number, so that the way to the program costs nothing.
const FORESEE: [&str; 2] = [
    "SELECT COUNT(*), CAST(SUM(c.ceiling + p.cents + p.quantity) AS BIGINT) FROM commission c
     JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id JOIN team t ON t.office_id = f.office_id AND t.id = f.team_id
     LEFT JOIN commission_plan p ON p.office_id = c.office_id AND p.commission_id = c.id WHERE c.office_id = $1",
    "SELECT COUNT(*), CAST(SUM(cents) AS BIGINT) FROM commission_paid WHERE office_id = $1",
];

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
            "INSERT INTO commission (office_id, id, case_id, decision_id, plan_id, agency_id, help, valid_from, valid_until, ceiling, wish_answer,
               placed_by, placed_on)
             {} SELECT o.office_id, {id}, {id}, {id}, {id}, {agency}, '31', {day}, {until}, 1000000, 'not-voiced', o.office_id, {day} FROM n, office o",
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
        "INSERT INTO payment_sum (office_id, month, region_id, cents)
         SELECT office_id, month, region_id, SUM(cents) FROM payment GROUP BY office_id, month, region_id"
            .into(),
        "INSERT INTO commission_paid (office_id, year, commission_id, cents, last_month)
         SELECT office_id, CAST(SUBSTR(month, 1, 4) AS BIGINT), commission_id, SUM(cents), MAX(month) FROM payment
         GROUP BY office_id, CAST(SUBSTR(month, 1, 4) AS BIGINT), commission_id"
            .into(),
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

async fn pages(book: &Book) -> Outcome<History> {
    let year = book.app.today().year();
    let filter = app::budget::Filter { kind: Some(domain::budget::MoneyKind::Grant), ..Default::default() };
    let region = book.regions[0];
    let balance = median(|| async move {
        let page = page(&book.app, &book.finance, Some(region), Some(year), Some(filter)).await.map_err(said)?;
        if page.entries.is_empty() { Err("no entries".into()) } else { Ok(()) }
    });
    let balance = balance.await?;
    let posts = vec![Post { role: Role::CommitteeMember, place: Place::Office }];
    let (finance, body) = (&book.finance, &Actor { user: operator().user, controller: Controller::Office, posts });
    let seen = |actor| median(move || async move { year_page(&book.app, actor, year).await.map_err(said).map(|_| ()) });
    let (year, body) = (seen(finance).await?, seen(body).await?);
    Ok(History { balance, year, body, raw: Duration::ZERO })
}

/// Books the histories and reads each; `raw` is how the engine alone adds up a pot.
async fn histories<F: Future<Output = Outcome>>(
    book: &Book,
    raw: impl Fn(Uuid, PotId) -> F,
) -> Outcome<(Vec<History>, Duration, Duration)> {
    let (mut all, mut from, mut booked_in) = (Vec::new(), 0, Duration::ZERO);
    let (office, pot) = (book.app.office().0, book.pot().await?);
    for until in HISTORIES {
        eprintln!("  {until} bookings …");
        let start = Instant::now();
        grow(book, from, until).await?;
        booked_in += start.elapsed();
        from = until;
        all.push(History { raw: median(|| raw(office, pot)).await?, ..pages(book).await? });
    }
    eprintln!("  proof …");
    let start = Instant::now();
    let (_, proof) = app::audit::prove(&book.app, &operator()).await.map_err(said)?;
    if proof.faults.is_empty() { Ok((all, booked_in, start.elapsed())) } else { Err(format!("{:?}", proof.faults)) }
}

async fn foresee(book: &Book) -> Outcome<Duration> {
    median(|| async {
        let page = app::forecast::page(&book.app, &book.finance, Asked::default()).await.map_err(said)?;
        let seen = page.all.count as u64;
        if seen * 10 < COMMITMENTS * 9 { Err(format!("only {seen} commitments in the forecast")) } else { Ok(()) }
    })
    .await
}

fn shown(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// SQLite: a file with the history, another with the city.
pub async fn on_sqlite(dir: &Path) -> Outcome<Reading> {
    let long = dir.join("long.sqlite");
    let book = Book::make(&sqlite(&long)?).await?;
    let conn = crate::engine::open(&long).map_err(shown)?;
    let ask = |sql: &str, params: &[&dyn rusqlite::ToSql]| -> rusqlite::Result<usize> {
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        Ok(count)
    };
    let raw = |office: Uuid, pot: PotId| {
        let answer = ask(ADD_UP, &[&office.as_bytes().as_slice(), &pot.0.as_bytes().as_slice()]);
        async move { answer.map(drop).map_err(shown) }
    };
    let (histories, booked_in, proven_in) = histories(&book, raw).await?;
    let (forecast, raw_forecast) = city_on_sqlite(dir).await?;
    Ok(Reading { engine: "SQLite", histories, booked_in, proven_in, forecast, raw_forecast })
}

/// The forecast of the city, and the engine alone with its rows.
pub async fn city_on_sqlite(dir: &Path) -> Outcome<(Duration, Duration)> {
    eprintln!("  city …");
    let city_at = dir.join("city.sqlite");
    let book = Book::make(&sqlite(&city_at)?).await?;
    let conn = rusqlite::Connection::open(&city_at).map_err(shown)?;
    conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; BEGIN; {}; COMMIT", city(&LITE).join(";")))
        .map_err(shown)?;
    let office = *book.app.office().0.as_bytes();
    let raw_forecast = median(|| {
        let ask = |sql| conn.prepare_cached(sql)?.query_row([office.as_slice()], |row| row.get::<_, i64>(0));
        let answer = FORESEE.into_iter().try_for_each(|sql| ask(sql).map(drop));
        async move { answer.map_err(shown) }
    });
    let raw_forecast = raw_forecast.await?;
    Ok((foresee(&book).await?, raw_forecast))
}

/// PostgreSQL: the same in two databases of the server. Foreign keys are not checked while the city is filled in.
pub async fn on_postgres(server: &str) -> Outcome<Reading> {
    let long = database(server, "history_long").await?;
    let book = Book::make(&Db::open_postgres(&long).await.map_err(shown)?).await?;
    let client = &connect(&long).await?;
    // Plans for empty tables would be kept for long.
    grow(&book, 0, 1_000).await?;
    client.batch_execute("ANALYZE").await.map_err(shown)?;
    let raw = |office: Uuid, pot: PotId| {
        let sql = ADD_UP.replace("$1", &format!("'{office}'")).replace("$2", &format!("'{pot}'"));
        async move { client.simple_query(&sql).await.map(drop).map_err(shown) }
    };
    let (histories, booked_in, proven_in) = histories(&book, raw).await?;
    let (forecast, raw_forecast) = city_on_postgres(server).await?;
    Ok(Reading { engine: "PostgreSQL", histories, booked_in, proven_in, forecast, raw_forecast })
}

/// The forecast of the city, and the engine alone with its rows.
pub async fn city_on_postgres(server: &str) -> Outcome<(Duration, Duration)> {
    eprintln!("  city …");
    let city_at = database(server, "history_city").await?;
    let book = Book::make(&Db::open_postgres(&city_at).await.map_err(shown)?).await?;
    let client = &connect(&city_at).await?;
    for sql in std::iter::once("SET session_replication_role = replica".to_owned()).chain(city(&PG)) {
        client.batch_execute(&sql).await.map_err(|e| format!("city: {e:?}"))?;
    }
    let office = book.app.office().0;
    let raw_forecast = median(|| async move {
        for sql in FORESEE {
            client.simple_query(&sql.replace("$1", &format!("'{office}'"))).await.map_err(shown)?;
        }
        Ok(())
    });
    let raw_forecast = raw_forecast.await?;
    Ok((foresee(&book).await?, raw_forecast))
}
