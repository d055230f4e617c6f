// SPDX-License-Identifier: EUPL-1.2
//! The peer: the same libraries with nothing around them. No sign-in, no permission, no audit, no template;
//! a list of 100 rows, a case with 50 contacts, a durable create.

use crate::{Outcome, engine};
use axum::Router;
use axum::extract::{Path as At, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::{get, post};
use rusqlite::Connection;
use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

/// Cases of the peer, in a hundred teams.
const CASES: i64 = 100_000;
/// Cases with contacts.
pub const WITH_CONTACTS: usize = 1_000;

struct Bare {
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
}

type Wrong = (StatusCode, String);

/// Serves until killed.
pub async fn serve(file: &Path) -> Outcome {
    let bare = open(file).map_err(|e| e.to_string())?;
    let router = Router::new()
        .route("/cases", get(list))
        .route("/cases/{id}", get(case))
        .route("/cases", post(create))
        .with_state(Arc::new(bare));
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|e| e.to_string())?;
    println!("http://{}", listener.local_addr().map_err(|e| e.to_string())?);
    axum::serve(listener, router).await.map_err(|e| e.to_string())
}

fn open(file: &Path) -> rusqlite::Result<Bare> {
    let writer = engine::open(file)?;
    writer.execute_batch(&format!(
        "BEGIN;
         CREATE TABLE cases (id INTEGER PRIMARY KEY, number TEXT, family TEXT, team INTEGER, moved INTEGER);
         CREATE INDEX by_team ON cases (team, moved);
         CREATE TABLE contacts (id INTEGER PRIMARY KEY, of_case INTEGER, words TEXT);
         CREATE INDEX by_case ON contacts (of_case);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {CASES})
         INSERT INTO cases SELECT i, '2026-' || i, 'Familie ' || i, i % 100, i * 7919 % 1000003 FROM n;
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {WITH_CONTACTS} * 50 - 1)
         INSERT INTO contacts SELECT NULL, i / 50 + 1, 'Hausbesuch, alle waren da, nächster Termin vereinbart.' FROM n;
         COMMIT;"
    ))?;
    let readers = (0..16).map(|_| engine::open(file)).collect::<rusqlite::Result<_>>()?;
    Ok(Bare { readers: Mutex::new(readers), writer: Mutex::new(writer) })
}

fn wrong(error: impl std::fmt::Display) -> Wrong {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

async fn read(
    bare: Arc<Bare>,
    read: fn(&Connection, i64) -> rusqlite::Result<String>,
    id: i64,
) -> Result<Html<String>, Wrong> {
    let task = tokio::task::spawn_blocking(move || {
        let free = || bare.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(conn) = free().pop() else { return Ok("all readers are busy".to_owned()) };
        let page = read(&conn, id);
        free().push(conn);
        page
    });
    task.await.map_err(wrong)?.map(Html).map_err(wrong)
}

async fn list(State(bare): State<Arc<Bare>>) -> Result<Html<String>, Wrong> {
    read(bare, list_page, 7).await
}

async fn case(State(bare): State<Arc<Bare>>, At(id): At<i64>) -> Result<Html<String>, Wrong> {
    read(bare, case_page, id).await
}

async fn create(State(bare): State<Arc<Bare>>, words: String) -> Result<StatusCode, Wrong> {
    let task = tokio::task::spawn_blocking(move || {
        let conn = bare.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut insert = conn.prepare_cached("INSERT INTO contacts (of_case, words) VALUES (2000, ?1)")?;
        insert.execute([words])
    });
    task.await.map_err(wrong)?.map_err(wrong)?;
    Ok(StatusCode::CREATED)
}

fn list_page(conn: &Connection, team: i64) -> rusqlite::Result<String> {
    let mut page = String::from("<!doctype html><title>Cases</title><table>");
    let text = "SELECT id, number, family, moved FROM cases WHERE team = ?1 ORDER BY moved DESC LIMIT 100";
    let mut statement = conn.prepare_cached(text)?;
    let mut rows = statement.query([team])?;
    while let Some(row) = rows.next()? {
        let (id, moved): (i64, i64) = (row.get(0)?, row.get(3)?);
        let (number, family): (String, String) = (row.get(1)?, row.get(2)?);
        let line = format_args!("<tr><td>{number}<td><a href=\"/cases/{id}\">{family}</a><td>{moved}</tr>");
        page.write_fmt(line).unwrap_or_default();
    }
    page.push_str("</table>");
    Ok(page)
}

fn case_page(conn: &Connection, id: i64) -> rusqlite::Result<String> {
    let mut case = conn.prepare_cached("SELECT number || ' ' || family FROM cases WHERE id = ?1")?;
    let title: String = case.query_row([id], |row| row.get(0))?;
    let mut page = format!("<!doctype html><title>{title}</title><h1>{title}</h1><ol>");
    let mut statement = conn.prepare_cached("SELECT words FROM contacts WHERE of_case = ?1 ORDER BY id")?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let words: String = row.get(0)?;
        page.write_fmt(format_args!("<li>{words}</li>")).unwrap_or_default();
    }
    page.push_str("</ol>");
    Ok(page)
}
