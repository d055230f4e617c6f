// SPDX-License-Identifier: EUPL-1.2
//! PostgreSQL's full text alone: the same cards, the configuration `german`, a GIN index, filters as conditions.

use super::deck::{Card, Question};
use super::{Answer, Engine, Made, PAGE, Row, conditions, words};
use crate::Outcome;
use crate::ledger::{connect, database};
use std::collections::HashMap;
use std::time::Instant;
use tokio::runtime::{Handle, Runtime};
use tokio_postgres::{Client, Statement};

struct Postgres {
    runtime: Handle,
    client: Client,
    statements: HashMap<String, Statement>,
}

const TABLES: &str = "
    CREATE TABLE card (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT, body TEXT, words TSVECTOR, space BIGINT, topics BIGINT,
      languages BIGINT, no_steps BIGINT, age_from BIGINT, age_to BIGINT, free BIGINT, visibility BIGINT);
    CREATE INDEX card_by_space ON card (space);
    CREATE INDEX card_by_words ON card USING GIN (words);";
const INSERT: &str = "INSERT INTO card (name, body, words, space, topics, languages, no_steps, age_from, age_to, free, visibility)
    VALUES ($1, $2, setweight(to_tsvector('german', $1), 'A') || setweight(to_tsvector('german', $3), 'B') || to_tsvector('german', $4),
      $5, $6, $7, $8, $9, $10, $11, $12)";

fn shown(error: tokio_postgres::Error) -> String {
    error.to_string()
}

async fn insert(client: &Client, statement: &Statement, card: &Card) -> Outcome {
    let row = Row::of(card);
    let Row { name, words, rest, body, space, topics, languages, no_steps, age_from, age_to, free, visibility } = &row;
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 12] =
        [name, body, words, rest, space, topics, languages, no_steps, age_from, age_to, free, visibility];
    client.execute(statement, &values).await.map(drop).map_err(shown)
}

/// Fills a database.
pub fn open(runtime: &Runtime, (server, name): (&str, &str), deck: &[Card]) -> Outcome<Made> {
    runtime.block_on(async {
        let client = connect(&database(server, name).await?).await?;
        let begin = Instant::now();
        client.batch_execute(&format!("{TABLES} BEGIN")).await.map_err(shown)?;
        let statement = client.prepare(INSERT).await.map_err(shown)?;
        for card in deck {
            insert(&client, &statement, card).await?;
        }
        client.batch_execute("COMMIT").await.map_err(shown)?;
        client.batch_execute("VACUUM ANALYZE card").await.map_err(shown)?;
        let ready_in = begin.elapsed();
        let row = client.query_one("SELECT pg_total_relation_size('card') / 1024", &[]).await.map_err(shown)?;
        let keeps = u64::try_from(row.get::<_, i64>(0)).unwrap_or_default();
        let made = Postgres { runtime: runtime.handle().clone(), client, statements: HashMap::new() };
        Ok((Box::new(made) as Box<dyn Engine>, ready_in, keeps))
    })
}

impl Postgres {
    /// Prepared once for each kind of question.
    async fn prepared(&mut self, sql: String) -> Outcome<Statement> {
        if let Some(statement) = self.statements.get(&sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&sql).await.map_err(shown)?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

impl Engine for Postgres {
    fn ask(&mut self, question: &Question) -> Outcome<Answer> {
        let text: Vec<String> = words(&question.text).iter().map(|word| format!("{word}:*")).collect();
        let sql = format!(
            "SELECT f.n, c.name, c.body FROM (
               SELECT id, ts_rank(words, q) AS rank, COUNT(*) OVER () AS n FROM card, to_tsquery('german', $1) q
               WHERE words @@ q AND {} ORDER BY rank DESC LIMIT {PAGE}) f JOIN card c ON c.id = f.id ORDER BY f.rank DESC",
            conditions(question)
        );
        self.runtime.clone().block_on(async {
            let statement = self.prepared(sql).await?;
            let rows = self.client.query(&statement, &[&text.join(" | ")]).await.map_err(shown)?;
            let total = rows.first().map_or(0, |row| row.get::<_, i64>(0));
            let names = rows.iter().filter(|row| !row.get::<_, &str>(2).is_empty()).map(|row| row.get(1)).collect();
            Ok(Answer { total: usize::try_from(total).unwrap_or_default(), names })
        })
    }

    fn add(&mut self, card: &Card) -> Outcome {
        self.runtime.clone().block_on(async {
            let statement = self.prepared(INSERT.to_owned()).await?;
            insert(&self.client, &statement, card).await
        })
    }
}
