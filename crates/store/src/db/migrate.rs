// SPDX-License-Identifier: EUPL-1.2
//! Applies `migrations/`, forward only, and refuses a database that knows others.
//!
//! The files are written once with the types `UUID`, `BIGINT` and `TEXT`. SQLite gets `BLOB`, `INTEGER`
//! and strict tables; PostgreSQL gets bytewise comparison, so that both sort and compare alike.

use super::StoreError;
use sha2::{Digest, Sha256};

/// One step of the schema.
pub struct Migration {
    /// Its place in the order.
    pub number: i64,
    /// Its text, for both engines.
    pub text: &'static str,
}

/// All steps.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, text: include_str!("../../../../migrations/0001_ground.sql") },
    Migration { number: 2, text: include_str!("../../../../migrations/0002_allocation.sql") },
    Migration { number: 3, text: include_str!("../../../../migrations/0003_agreements.sql") },
    Migration { number: 4, text: include_str!("../../../../migrations/0004_casework.sql") },
    Migration { number: 5, text: include_str!("../../../../migrations/0005_pictures.sql") },
    Migration { number: 6, text: include_str!("../../../../migrations/0006_resources.sql") },
    Migration { number: 7, text: include_str!("../../../../migrations/0007_protection.sql") },
    Migration { number: 9, text: include_str!("../../../../migrations/0009_people.sql") },
    Migration { number: 10, text: include_str!("../../../../migrations/0010_quarter.sql") },
    Migration { number: 11, text: include_str!("../../../../migrations/0011_network.sql") },
    Migration { number: 12, text: include_str!("../../../../migrations/0012_overload.sql") },
    Migration { number: 13, text: include_str!("../../../../migrations/0013_find.sql") },
    Migration { number: 14, text: include_str!("../../../../migrations/0014_trade.sql") },
    Migration { number: 15, text: include_str!("../../../../migrations/0015_map.sql") },
    Migration { number: 16, text: include_str!("../../../../migrations/0016_match.sql") },
    Migration { number: 17, text: include_str!("../../../../migrations/0017_team.sql") },
    Migration { number: 18, text: include_str!("../../../../migrations/0018_ending.sql") },
    Migration { number: 19, text: include_str!("../../../../migrations/0019_letters.sql") },
    Migration { number: 20, text: include_str!("../../../../migrations/0020_proof.sql") },
    Migration { number: 21, text: include_str!("../../../../migrations/0021_reviewed.sql") },
    Migration { number: 22, text: include_str!("../../../../migrations/0022_guard.sql") },
    Migration { number: 23, text: include_str!("../../../../migrations/0023_papers.sql") },
    Migration { number: 24, text: include_str!("../../../../migrations/0024_visit.sql") },
    Migration { number: 25, text: include_str!("../../../../migrations/0025_speed.sql") },
    Migration { number: 27, text: include_str!("../../../../migrations/0027_load.sql") },
    Migration { number: 28, text: include_str!("../../../../migrations/0028_talks.sql") },
    Migration { number: 29, text: include_str!("../../../../migrations/0029_care.sql") },
    Migration { number: 32, text: include_str!("../../../../migrations/0032_cards.sql") },
    Migration { number: 33, text: include_str!("../../../../migrations/0033_network.sql") },
    Migration { number: 34, text: include_str!("../../../../migrations/0034_residence.sql") },
];

/// The catalogue of applied steps; the one table without an office.
const CATALOGUE: &str =
    "CREATE TABLE IF NOT EXISTS applied_migration (number BIGINT PRIMARY KEY, checksum TEXT NOT NULL);";

impl Migration {
    fn checksum(&self) -> String {
        Sha256::digest(self.text).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The text with SQLite's types.
#[must_use]
pub fn for_sqlite(text: &str) -> String {
    words(text, |word| match word {
        "UUID" => Some("BLOB"),
        "BIGINT" => Some("INTEGER"),
        _ => None,
    })
    .replace("\n);", "\n) STRICT;")
}

/// The text with PostgreSQL's types.
#[must_use]
pub fn for_postgres(text: &str) -> String {
    words(text, |word| (word == "TEXT").then_some("TEXT COLLATE \"C\""))
}

fn words(text: &str, swap: impl Fn(&str) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len() + 512);
    for line in text.lines().filter(|line| !line.trim_start().starts_with("--")) {
        for piece in line.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            match swap(word) {
                Some(other) => {
                    out.push_str(other);
                    out.push_str(&piece[word.len()..]);
                }
                None => out.push_str(piece),
            }
        }
        out.push('\n');
    }
    out
}

fn foreign(number: i64) -> StoreError {
    StoreError::Engine(format!("migration {number} in the database is not this program's; use a newer program"))
}

/// What is still to do, given what was applied.
fn pending(applied: &[(i64, String)]) -> Result<Vec<&'static Migration>, StoreError> {
    for (number, checksum) in applied {
        let known = MIGRATIONS.iter().find(|migration| migration.number == *number);
        if known.is_none_or(|migration| migration.checksum() != *checksum) {
            return Err(foreign(*number));
        }
    }
    Ok(MIGRATIONS.iter().filter(|migration| applied.iter().all(|(number, _)| *number != migration.number)).collect())
}

pub(super) fn sqlite(conn: &mut rusqlite::Connection) -> Result<(), StoreError> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    tx.execute_batch(CATALOGUE)?;
    let applied = tx
        .prepare("SELECT number, checksum FROM applied_migration")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    for migration in pending(&applied)? {
        tx.execute_batch(&for_sqlite(migration.text))?;
        tx.execute("INSERT INTO applied_migration VALUES (?1, ?2)", (migration.number, migration.checksum()))?;
    }
    tx.commit()?;
    Ok(())
}

pub(super) async fn postgres(client: &tokio_postgres::Client) -> Result<(), StoreError> {
    // Two programs starting at once: the slower may be told that the catalogue came into being meanwhile …
    if client.batch_execute(CATALOGUE).await.is_err() {
        client.batch_execute(CATALOGUE).await?;
    }
    // … and waits here, and finds the work done.
    client.batch_execute("BEGIN; LOCK TABLE applied_migration IN EXCLUSIVE MODE").await?;
    let rows = client.query("SELECT number, checksum FROM applied_migration", &[]).await?;
    let applied: Vec<(i64, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for migration in pending(&applied)? {
        client.batch_execute(&for_postgres(migration.text)).await?;
        let insert = "INSERT INTO applied_migration VALUES ($1, $2)";
        client.execute(insert, &[&migration.number, &migration.checksum()]).await?;
    }
    client.batch_execute("COMMIT").await?;
    Ok(())
}
