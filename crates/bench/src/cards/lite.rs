// SPDX-License-Identifier: EUPL-1.2
//! SQLite's FTS5 alone: the same cards, `bm25`, filters as conditions.

use super::deck::{Card, Question};
use super::{Answer, Engine, Made, PAGE, Row, conditions, words};
use crate::Outcome;
use rusqlite::{Connection, params};
use std::path::Path;
use std::time::Instant;

struct Lite {
    conn: Connection,
}

const TABLES: &str = "
    CREATE TABLE card (id INTEGER PRIMARY KEY, name TEXT, body TEXT, space INT, topics INT, languages INT, no_steps INT, age_from INT,
      age_to INT, free INT, visibility INT);
    CREATE INDEX card_by_space ON card (space);
    CREATE VIRTUAL TABLE card_words USING fts5(name, words, rest, content='', tokenize='unicode61 remove_diacritics 2', prefix='3 4');";

fn shown(error: rusqlite::Error) -> String {
    error.to_string()
}

fn insert(conn: &Connection, card: &Card) -> rusqlite::Result<()> {
    let row = Row::of(card);
    let mut insert = conn.prepare_cached(
        "INSERT INTO card (name, body, space, topics, languages, no_steps, age_from, age_to, free, visibility)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let Row { name, body, space, topics, languages, no_steps, age_from, age_to, free, visibility, .. } = &row;
    insert.execute(params![name, body, space, topics, languages, no_steps, age_from, age_to, free, visibility])?;
    let id = conn.last_insert_rowid();
    let mut insert =
        conn.prepare_cached("INSERT INTO card_words (rowid, name, words, rest) VALUES (?1, ?2, ?3, ?4)")?;
    insert.execute(params![id, name, row.words, row.rest]).map(drop)
}

/// Fills a file.
pub fn open(file: &Path, deck: &[Card]) -> Outcome<Made> {
    let begin = Instant::now();
    let mut conn = crate::engine::open(file).map_err(shown)?;
    conn.set_prepared_statement_cache_capacity(512);
    conn.execute_batch(TABLES).map_err(shown)?;
    let tx = conn.transaction().map_err(shown)?;
    deck.iter().try_for_each(|card| insert(&tx, card)).map_err(shown)?;
    tx.commit().map_err(shown)?;
    conn.execute_batch(
        "INSERT INTO card_words (card_words) VALUES ('optimize'); ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)",
    )
    .map_err(shown)?;
    let ready_in = begin.elapsed();
    let keeps = std::fs::metadata(file).map_or(0, |file| file.len() / 1_024);
    Ok((Box::new(Lite { conn }), ready_in, keeps))
}

impl Engine for Lite {
    fn ask(&mut self, question: &Question) -> Outcome<Answer> {
        let text: Vec<String> = words(&question.text).iter().map(|word| format!("\"{word}\"*")).collect();
        let sql = format!(
            "WITH h AS MATERIALIZED (SELECT card.id AS id, bm25(card_words, 2.0, 1.5, 1.0) AS rank FROM card_words JOIN card ON card.id = card_words.rowid
               WHERE card_words MATCH ?1 AND {}), f AS (SELECT id, rank FROM h ORDER BY rank LIMIT {PAGE})
             SELECT (SELECT COUNT(*) FROM h), c.name, c.body FROM f JOIN card c ON c.id = f.id ORDER BY f.rank",
            conditions(question)
        );
        let mut answer = Answer { total: 0, names: Vec::new() };
        let mut ask = self.conn.prepare_cached(&sql).map_err(shown)?;
        let mut rows = ask.query([text.join(" OR ")]).map_err(shown)?;
        while let Some(row) = rows.next().map_err(shown)? {
            let (total, name, body): (i64, String, String) =
                (row.get(0).map_err(shown)?, row.get(1).map_err(shown)?, row.get(2).map_err(shown)?);
            answer.total = usize::try_from(total).unwrap_or_default();
            answer.names.push(if body.is_empty() { String::new() } else { name });
        }
        Ok(answer)
    }

    fn add(&mut self, card: &Card) -> Outcome {
        let tx = self.conn.transaction().map_err(shown)?;
        insert(&tx, card).and_then(|()| tx.commit()).map_err(shown)
    }
}
