// SPDX-License-Identifier: EUPL-1.2
//! Bookings a second through the use case, beside what the engine does with the same rows and the same durability.

use crate::Outcome;
use crate::book::{Book, CLIENTS, said, sqlite};
use crate::load::{Round, spread};
use app::Db;
use rusqlite::{Connection, params};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Transfers in one transaction of the bare engine.
const BATCH: i64 = 64;
/// Clients on PostgreSQL's hot pots.
pub const ABREAST: usize = 16;

/// What came of one engine.
pub struct Postings {
    pub engine: &'static str,
    /// Through the use case: clients, and what they reached.
    pub ours: Vec<(usize, Round)>,
    /// The bare engine, by name.
    pub peers: Vec<(&'static str, Round)>,
}

/// Clients that book as fast as they are answered.
async fn clients(book: &Book, count: usize, time: Duration) -> Outcome<Round> {
    let start = Instant::now();
    let mut running = JoinSet::new();
    for client in 0..count {
        let book = book.clone();
        running.spawn(async move {
            let mut times = Vec::new();
            while start.elapsed() < time {
                let begin = Instant::now();
                book.post(client).await.map_err(said)?;
                times.push(begin.elapsed());
            }
            Ok::<_, String>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(ended) = running.join_next().await {
        times.extend(ended.map_err(|e| e.to_string())??);
    }
    Ok(Round { per_second: times.len() as f64 / start.elapsed().as_secs_f64(), ..spread(times) })
}

/// SQLite: 1, 16 and 64 clients; beside it the engine alone, before and after, of which the better counts.
pub async fn on_sqlite(dir: &Path, time: Duration) -> Outcome<Postings> {
    let (file, raw) = (dir.join("book.sqlite"), dir.join("book-raw.sqlite"));
    let book = Book::make(&sqlite(&file)?).await?;
    let shown = |e: rusqlite::Error| e.to_string();
    let copy = Connection::open(&file).map_err(shown)?;
    copy.execute("VACUUM INTO ?1", [raw.to_string_lossy()]).map_err(shown)?;
    let mut conn = crate::engine::open(&raw).map_err(shown)?;
    conn.pragma_update(None, "foreign_keys", "ON").map_err(shown)?;
    let name = "the engine alone, same rows, 64 in a transaction";
    let before = batches(&mut conn, time).map_err(shown)?;
    let mut ours = Vec::new();
    for count in [1, 16, CLIENTS] {
        ours.push((count, clients(&book, count, time).await?));
    }
    let after = batches(&mut conn, time).map_err(shown)?;
    let best = if before.per_second > after.per_second { before } else { after };
    Ok(Postings { engine: "SQLite", ours, peers: vec![(name, best)] })
}

const RAW: [&str; 10] = [
    "INSERT INTO idempotency (office_id, user_id, key, fingerprint, outcome, at) VALUES (?1, ?1, ?2, ?2, ?2, ?3)",
    "UPDATE promise SET drawn = drawn + 1 WHERE office_id = ?1 AND id = ?2 AND promised > drawn",
    "INSERT INTO booking (office_id, id, seq, kind, cents, note, promise_id, paragraph, form, side, product, flow, booked_on,
       booked_at, booked_by, hash)
     VALUES (?1, ?2, ?3, 'drawn', 1, 'Abschlag, laufende Nummer', ?4, '11', 'group', 'independent', '362', 'grants', ?5, ?6, ?1, ?7)",
    "INSERT INTO ledger_entry (office_id, booking_id, line, seq, pot_id, source, target, cents)
     VALUES (?1, ?2, 1, ?3, ?4, 'committed', 'drawn', 1)",
    "INSERT INTO account_day (office_id, pot_id, booked_on, account, cents) VALUES (?1, ?2, ?3, 'committed', -1), (?1, ?2, ?3, 'drawn', 1)
     ON CONFLICT (office_id, pot_id, account, booked_on) DO UPDATE SET cents = account_day.cents + excluded.cents",
    "INSERT INTO purpose_sum (office_id, pot_id, paragraph, form, side, product, flow, cents)
     VALUES (?1, ?2, '11', 'group', 'independent', '362', 'grants', 1)
     ON CONFLICT (office_id, pot_id, paragraph, form, side, product, flow) DO UPDATE SET cents = purpose_sum.cents + excluded.cents",
    "UPDATE ledger_head SET seq = ?2, hash = ?3 WHERE office_id = ?1",
    "INSERT INTO audit_entry (office_id, seq, at, user_id, action, deed, object_id, hash)
     VALUES (?1, ?2, ?3, ?1, 'book-budget', 'money-paid', ?4, ?5)",
    "UPDATE audit_head SET seq = ?2, hash = ?3 WHERE office_id = ?1",
    "INSERT INTO pot_quarter (office_id, pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id, cents)
     VALUES (?1, ?2, '2026-12-31', 'committed', 'drawn', ?3, zeroblob(16), zeroblob(16), zeroblob(16), 1)
     ON CONFLICT (office_id, pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id)
     DO UPDATE SET cents = pot_quarter.cents + excluded.cents",
];

/// The same rows without us, 64 transfers a transaction: no rule, no permission, no chain computed.
fn batches(conn: &mut Connection, time: Duration) -> rusqlite::Result<Round> {
    conn.set_prepared_statement_cache_capacity(64);
    let office: Vec<u8> = conn.query_row("SELECT office_id FROM office", [], |row| row.get(0))?;
    let promises: Vec<(Vec<u8>, Vec<u8>)> = conn
        .prepare("SELECT id, pot_id FROM promise")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut seq: i64 =
        conn.query_row("SELECT MAX(l.seq, a.seq) FROM ledger_head l, audit_head a", [], |row| row.get(0))?;
    let (hash, day) = ("f".repeat(64), "2026-11-23");
    let mut each = Vec::new();
    let start = Instant::now();
    while start.elapsed() < time {
        let begin = Instant::now();
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for _ in 0..BATCH {
            seq += 1;
            let (promise, pot) = &promises[seq as usize % promises.len()];
            let id = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + seq as u128);
            let id = id.as_bytes().as_slice();
            let run = |n: usize, params: &[&dyn rusqlite::ToSql]| tx.prepare_cached(RAW[n])?.execute(params);
            run(0, params![office, id, seq])?;
            run(1, params![office, promise])?;
            run(2, params![office, id, seq, promise, day, seq, hash])?;
            run(3, params![office, id, seq, pot])?;
            run(4, params![office, pot, day])?;
            run(5, params![office, pot])?;
            run(6, params![office, seq, hash])?;
            run(7, params![office, seq, seq, promise, hash])?;
            run(8, params![office, seq, hash])?;
            run(9, params![office, pot, promise])?;
        }
        tx.commit()?;
        each.push(begin.elapsed());
    }
    let per_second = (each.len() as i64 * BATCH) as f64 / start.elapsed().as_secs_f64();
    Ok(Round { per_second, ..spread(each) })
}

/// A transfer as a function of the server: the pot is locked, its balance checked, two entries, a key.
const LEAN: &str = "
CREATE TABLE lean_pot (id BIGINT PRIMARY KEY, free BIGINT NOT NULL, drawn BIGINT NOT NULL);
CREATE TABLE lean_transfer (id UUID PRIMARY KEY, pot BIGINT NOT NULL, cents BIGINT NOT NULL, at TIMESTAMPTZ NOT NULL);
CREATE TABLE lean_entry (transfer UUID NOT NULL, account TEXT NOT NULL, cents BIGINT NOT NULL, PRIMARY KEY (transfer, account));
INSERT INTO lean_pot SELECT n, 1000000000000, 0 FROM generate_series(0, 3) n;
CREATE FUNCTION lean_post(client BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE this UUID := gen_random_uuid();
BEGIN
  PERFORM 1 FROM lean_pot WHERE id = client % 4 AND free >= 1 FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'empty'; END IF;
  INSERT INTO lean_transfer VALUES (this, client % 4, 1, now()) ON CONFLICT DO NOTHING;
  INSERT INTO lean_entry VALUES (this, 'free', -1), (this, 'drawn', 1);
  UPDATE lean_pot SET free = free - 1, drawn = drawn + 1 WHERE id = client % 4;
END $$;";

/// The same as ours, as a function of the server: every row that the use case writes, both chains' heads with them.
const FULL: &str = "
CREATE TABLE full_client (client BIGINT PRIMARY KEY, office UUID NOT NULL, promise UUID NOT NULL, pot UUID NOT NULL);
INSERT INTO full_client SELECT ROW_NUMBER() OVER (ORDER BY id) - 1, office_id, id, pot_id FROM promise;
CREATE FUNCTION full_post(this_client BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE o UUID; p UUID; r UUID; this UUID := gen_random_uuid(); n BIGINT; h TEXT := repeat('f', 64);
  day TEXT := to_char(now(), 'YYYY-MM-DD'); nobody UUID := '00000000-0000-0000-0000-000000000000';
BEGIN
  SELECT office, promise, pot INTO o, r, p FROM full_client WHERE client = this_client;
  INSERT INTO idempotency VALUES (o, o, this, this, this, 0) ON CONFLICT DO NOTHING;
  UPDATE promise SET drawn = drawn + 1 WHERE office_id = o AND id = r AND promised > drawn;
  UPDATE ledger_head SET seq = seq + 1, hash = h WHERE office_id = o RETURNING seq INTO n;
  INSERT INTO booking (office_id, id, seq, kind, cents, note, promise_id, paragraph, form, side, product, flow, booked_on,
    booked_at, booked_by, hash) VALUES (o, this, n, 'drawn', 1, 'Abschlag, laufende Nummer', r, '11', 'group', 'independent',
    '362', 'grants', day, 0, o, h);
  INSERT INTO ledger_entry VALUES (o, this, 1, n, p, 'committed', 'drawn', 1);
  INSERT INTO account_day (office_id, pot_id, booked_on, account, cents) VALUES (o, p, day, 'committed', -1), (o, p, day, 'drawn', 1)
  ON CONFLICT (office_id, pot_id, account, booked_on) DO UPDATE SET cents = account_day.cents + excluded.cents;
  INSERT INTO purpose_sum VALUES (o, p, '11', 'group', 'independent', '362', 'grants', 1)
  ON CONFLICT (office_id, pot_id, paragraph, form, side, product, flow) DO UPDATE SET cents = purpose_sum.cents + excluded.cents;
  INSERT INTO pot_quarter VALUES (o, p, to_char(date_trunc('quarter', now()) + interval '3 months -1 day', 'YYYY-MM-DD'), 'committed', 'drawn',
    r, nobody, nobody, nobody, 1)
  ON CONFLICT (office_id, pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id)
  DO UPDATE SET cents = pot_quarter.cents + excluded.cents;
  UPDATE audit_head SET seq = seq + 1, hash = h WHERE office_id = o RETURNING seq INTO n;
  INSERT INTO audit_entry (office_id, seq, at, user_id, action, deed, object_id, hash) VALUES (o, n, 0, o, 'book-budget', 'money-paid', r, h);
END $$;";

/// A new database of the server.
pub async fn database(server: &str, name: &str) -> Outcome<String> {
    connect(server).await?.batch_execute(&format!("CREATE DATABASE {name}")).await.map_err(|e| e.to_string())?;
    Ok(format!("{server} dbname={name}"))
}

/// A connection of its own.
pub async fn connect(url: &str) -> Outcome<tokio_postgres::Client> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.map_err(|e| e.to_string())?;
    tokio::spawn(connection);
    Ok(client)
}

/// PostgreSQL: 16 clients on four hot pots; beside it one function a transaction, from 1 and 16 connections.
pub async fn on_postgres(server: &str, time: Duration) -> Outcome<Postings> {
    let (ours_at, peer_at) = (database(server, "book").await?, database(server, "book_raw").await?);
    let book = Book::make(&Db::open_postgres(&ours_at).await.map_err(|e| e.to_string())?).await?;
    Book::make(&Db::open_postgres(&peer_at).await.map_err(|e| e.to_string())?).await?;
    let client = connect(&peer_at).await?;
    client.batch_execute(&format!("{LEAN}{FULL}")).await.map_err(|e| e.to_string())?;
    let named = [
        ("a function that only moves money, one a transaction, 16 connections", "SELECT lean_post($1)", ABREAST),
        ("a function with the same rows, one a transaction, 16 connections", "SELECT full_post($1)", ABREAST),
        ("a function with the same rows, one a transaction, 1 connection", "SELECT full_post($1)", 1),
    ];
    // PostgreSQL keeps the plans that it made for tables as it found them: none of both shall run on those for empty ones.
    for (_, call, _) in &named[..2] {
        calls(&peer_at, call, ABREAST, time).await?;
    }
    clients(&book, CLIENTS, time).await?;
    for url in [&ours_at, &peer_at] {
        connect(url).await?.batch_execute("ANALYZE").await.map_err(|e| e.to_string())?;
    }
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for (name, call, count) in named {
        peers.push((name, calls(&peer_at, call, count, time).await?));
    }
    for count in [1, ABREAST, CLIENTS] {
        ours.push((count, clients(&book, count, time).await?));
    }
    Ok(Postings { engine: "PostgreSQL", ours, peers })
}

async fn calls(url: &str, call: &'static str, count: usize, time: Duration) -> Outcome<Round> {
    let mut ready = Vec::new();
    for _ in 0..count {
        let client = connect(url).await?;
        let statement = client.prepare(call).await.map_err(|e| e.to_string())?;
        ready.push((client, statement));
    }
    let start = Instant::now();
    let mut running = JoinSet::new();
    for (number, (client, statement)) in (0_i64..).zip(ready) {
        running.spawn(async move {
            let mut times = Vec::new();
            while start.elapsed() < time {
                let begin = Instant::now();
                client.query(&statement, &[&number]).await.map_err(|e| e.to_string())?;
                times.push(begin.elapsed());
            }
            Ok::<_, String>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(ended) = running.join_next().await {
        times.extend(ended.map_err(|e| e.to_string())??);
    }
    Ok(Round { per_second: times.len() as f64 / start.elapsed().as_secs_f64(), ..spread(times) })
}
