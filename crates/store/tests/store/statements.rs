// SPDX-License-Identifier: EUPL-1.2
//! Every statement of the program is prepared on both engines; the register is complete; each statement stays in
//! its office; what may only grow is only added to.

use crate::fresh::{Fresh, Raw};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use store::db::{Sql, Value};
use store::sight::RowSight;
use tokio_postgres::types::Type;
use uuid::Uuid;

on_both_engines!(every_statement_is_prepared, a_planted_dialect_error_is_found);

/// Tables whose rows are never changed or removed once they are written.
const ONLY_ADDED_TO: &[&str] = &[
    "allocation",
    "application",
    "application_step",
    "case_return",
    "follow_up",
    "review",
    "allocation_booked",
    "allocation_decision",
    "absence",
    "agency_assessment",
    "agreement",
    "agreement_help",
    "agreement_member",
    "agreement_space",
    "agreement_term",
    "audit_entry",
    "booking",
    "boundary",
    "case_area",
    "case_brief",
    "care",
    "care_fact",
    "commission_plan",
    "condition_check",
    "contingent",
    "contingent_use",
    "contact",
    "contract_settlement",
    "court_extract",
    "decision",
    "delivery",
    "decision_part",
    "exploration",
    "family_answer",
    "family_answer_look",
    "family_rating",
    "due_change",
    "goal_rating",
    "instalment_plan",
    "invoice_line",
    "kept_forecast",
    "ledger_entry",
    "letter_dispatch",
    "letter_house",
    "letter_release",
    "letter_template",
    "nameless_counsel",
    "note_passing",
    "office_calendar",
    "payment",
    "person_join_row",
    "plan_version",
    "project_cost",
    "project_money",
    "project_step",
    "project_version",
    "protection_step",
    "rate",
    "report_feedback",
    "report_step",
    "recut_edition",
    "recut_file",
    "reporter_look",
    "sealed_look",
    "service_proof",
    "statement",
    "street_range",
    "territory_edition",
    "top_up_cover",
    "transmission",
    "year_act",
];
/// Except for these columns, which only `ACKNOWLEDGE` sets.
const ACKNOWLEDGING: &str = "UPDATE transmission SET acknowledged_by = $3, acknowledged_at = $4 WHERE office_id = $1";
/// And for words about people of the quarter, which may be put right and go, while day, kind and hours of the work stay.
const WORDS: [&str; 2] = [
    "UPDATE contact SET person = $3, result = $4, next_on = $5, corrected_on = $6 WHERE office_id = $1",
    "UPDATE contact SET person = NULL, result = '', next_on = NULL, erased_on = $3 WHERE office_id = $1",
];

pub fn place(sql: &Sql) -> String {
    format!("{}:{} {}", sql.place.0, sql.place.1, sql.name)
}

/// The text with single blanks, and with marks of punctuation set apart from words.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The numbers of all parameters of a text.
fn numbers(text: &str) -> BTreeSet<usize> {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    text.split('$').skip(1).map(|rest| digits(rest).parse().unwrap()).collect()
}

fn highest(text: &str) -> usize {
    numbers(text).last().copied().unwrap_or_default()
}

/// The statement as it is run: for a reader of everything, nothing, and of 1, 5 and 200 places.
pub fn as_run(sql: &Sql) -> Vec<String> {
    if !sql.text().contains("{sight}") {
        return vec![sql.text().to_owned()];
    }
    let widths = [0, 1, 5, 200].map(|n| RowSight::Only((0..n).map(Uuid::from_u128).collect()));
    let sights = std::iter::once(RowSight::Everything).chain(widths);
    sights
        .map(|sight| {
            let mut params = vec![Value::Null; highest(sql.text())];
            let text = sight.put_into(sql.text(), &mut params);
            assert_eq!(numbers(&text), (1..=params.len()).collect(), "{}: gaps in the numbers: {text}", place(sql));
            text
        })
        .collect()
}

async fn faults(fresh: &Fresh, statements: &[&Sql]) -> Vec<String> {
    let db = fresh.db().await;
    let raw = fresh.raw().await;
    let mut faults = Vec::new();
    for sql in statements {
        for text in as_run(sql) {
            match db.prepare(&text).await {
                Err(error) => faults.push(format!("{}: {error}", place(sql))),
                Ok(()) => {
                    faults.extend(foreign_types(&raw, &text).await.map(|fault| format!("{}: {fault}", place(sql))))
                }
            }
        }
    }
    faults
}

/// PostgreSQL says of which types parameters and columns are; others than the five kinds of value fail when they are
/// read, as `SUM` of whole numbers does without its `CAST`.
async fn foreign_types(raw: &Raw, text: &str) -> Option<String> {
    let Raw::Postgres(client) = raw else { return None };
    let statement = client.prepare(text).await.unwrap();
    let ours = [Type::INT4, Type::INT8, Type::TEXT, Type::UUID];
    let columns = statement.columns().iter().map(|column| column.type_().clone());
    let foreign = statement.params().iter().cloned().chain(columns).find(|ty| !ours.contains(ty))?;
    Some(format!("type {foreign} is not one of ours"))
}

async fn every_statement_is_prepared(fresh: &Fresh) {
    let statements = store::statements();
    assert!(statements.len() > 100, "only {} statements registered", statements.len());
    assert_eq!(faults(fresh, &statements).await, Vec::<String>::new());
}

async fn a_planted_dialect_error_is_found(fresh: &Fresh) {
    static ONLY_SQLITE: Sql = Sql::new("ONLY_SQLITE", "SELECT rowid FROM office WHERE office_id = $1", "here.rs", 1);
    static ONLY_POSTGRES: Sql =
        Sql::new("ONLY_POSTGRES", "SELECT name FROM office WHERE office_id = $1 FOR UPDATE", "here.rs", 2);
    static NUMERIC: Sql = Sql::new(
        "NUMERIC",
        "SELECT SUM(cents) FROM ledger_entry WHERE office_id = $1 AND pot_id {sight}",
        "here.rs",
        3,
    );
    let found = faults(fresh, &[&ONLY_SQLITE, &ONLY_POSTGRES, &NUMERIC]).await;
    let places: BTreeSet<&str> = found.iter().map(|fault| fault.split(':').nth(1).unwrap()).collect();
    let expected: &[&str] = if fresh.is_sqlite() { &["2 ONLY_POSTGRES"] } else { &["1 ONLY_SQLITE", "3 NUMERIC"] };
    assert_eq!(places, expected.iter().copied().collect(), "{found:?}");
}

/// Statements that may look across offices, and why.
const ACROSS_OFFICES: &[(&str, &str)] =
    &[("crates/store/src/offices.rs OFFICES", "asks which offices there are, before one is known; reads names alone")];

fn is_excepted(sql: &Sql) -> bool {
    ACROSS_OFFICES.iter().any(|(excepted, _)| *excepted == format!("{} {}", sql.place.0, sql.name))
}

/// Does every table of the statement keep to the office of `$1`?
fn stays_in_office(text: &str) -> bool {
    let text = plain(text);
    if text.starts_with("INSERT INTO") {
        return text.split_once('(').is_some_and(|(_, rest)| rest.starts_with("office_id,"))
            && text.contains("VALUES ($1,");
    }
    let words: Vec<&str> = text.split([' ', '(']).collect();
    // What follows in brackets is a part of the statement, whose own tables are counted.
    let tables = words.windows(2).filter(|at| matches!(at[0], "FROM" | "JOIN" | "UPDATE") && !at[1].is_empty()).count();
    // A condition on the office is never an alternative.
    let loose = text.contains("office_id <>") || text.contains(" OR office_id") || text.contains("office_id = $1 OR ");
    tables > 0 && !loose && text.contains("office_id = $1") && text.matches("office_id = ").count() >= tables
}

#[test]
fn every_statement_stays_in_its_office() {
    let strays = store::statements().into_iter().filter(|sql| !stays_in_office(sql.text()));
    let (excepted, strays): (Vec<_>, Vec<_>) = strays.partition(|sql| is_excepted(sql));
    assert_eq!(strays.into_iter().map(place).collect::<Vec<_>>(), Vec::<String>::new(), "reach across offices");
    assert_eq!(excepted.len(), ACROSS_OFFICES.len(), "an exception that is no longer needed");
    for stray in [
        "SELECT name FROM team WHERE id = $1",
        "SELECT t.name FROM team t JOIN region r ON r.id = t.region_id WHERE t.office_id = $1",
        "INSERT INTO team (id, office_id) VALUES ($1, $2)",
        "DELETE FROM session WHERE token_hash = $2 AND ends_at < $1",
        "SELECT name FROM office WHERE office_id = $1 OR office_id <> $1",
    ] {
        assert!(!stays_in_office(stray), "not found: {stray}");
    }
}

/// Does the statement change or remove rows of a table that is only added to?
fn rewrites_history(text: &str) -> bool {
    let text = plain(text);
    ONLY_ADDED_TO.iter().any(|table| {
        let removes = text.contains(&format!("DELETE FROM {table} "));
        let excepted = text.starts_with(ACKNOWLEDGING) || WORDS.iter().any(|words| text.starts_with(words));
        let changes = text.contains(&format!("UPDATE {table} ")) && !excepted;
        let replaces = text.contains(&format!("INTO {table} ")) && text.contains("DO UPDATE");
        removes || changes || replaces
    })
}

#[test]
fn what_may_only_grow_is_only_added_to() {
    let rewriting: Vec<String> =
        store::statements().into_iter().filter(|sql| rewrites_history(sql.text())).map(place).collect();
    assert_eq!(rewriting, Vec::<String>::new());
    for planted in [
        "DELETE FROM audit_entry WHERE office_id = $1",
        "UPDATE transmission SET content = $3, acknowledged_at = $4 WHERE office_id = $1",
        "UPDATE plan_version\n SET content = $2 WHERE office_id = $1",
        "INSERT INTO ledger_entry (office_id, id) VALUES ($1, $2) ON CONFLICT (office_id, id) DO UPDATE SET cents = 1",
    ] {
        assert!(rewrites_history(planted), "not found: {planted}");
    }
    for table in ONLY_ADDED_TO {
        let inserted = store::statements().iter().any(|sql| sql.text().contains(&format!("INTO {table} ")));
        assert!(inserted, "{table} is never written: the list above is out of date");
    }
}

/// Does the statement read notes without asking whose they are?
fn reads_others_notes(text: &str) -> bool {
    let text = plain(text);
    let reads = text.contains("FROM case_note ") || text.contains("JOIN case_note ");
    let guarded =
        text.contains("n.confidence = 'file'") || text.contains("n.confidence = 'entrusted' AND (n.written_by = $3");
    reads && !guarded
}

/// N2: nothing entrusted comes out of the store but to its writer and to whom it was passed on.
#[test]
fn every_reader_of_notes_leaves_out_what_was_entrusted_to_others() {
    let open: Vec<String> =
        store::statements().into_iter().filter(|sql| reads_others_notes(sql.text())).map(place).collect();
    assert_eq!(open, Vec::<String>::new());
    assert!(reads_others_notes("SELECT COUNT(*) FROM case_note n WHERE n.office_id = $1"));
    let readers = store::statements().into_iter().filter(|sql| plain(sql.text()).contains(" case_note n "));
    assert!(readers.count() >= 4);
}

/// The store's own sources.
pub fn all_sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Names declared in a source's `statement!`, in their order.
fn declared(source: &str) -> Vec<String> {
    let Some((_, block)) = source.split_once("\ncrate::statement! {\n") else { return Vec::new() };
    let block = block.split("\n}\n").next().unwrap_or_default();
    let name = |line: &str| {
        let plain =
            ["pub ", "pub(super) ", "pub(crate) "].iter().fold(line.trim(), |line, word| line.trim_start_matches(word));
        let (name, text) = plain.split_once(" = ")?;
        let begins = text.starts_with('"') || text.contains("!(");
        begins.then_some(())?;
        name.chars().all(|c| c.is_ascii_uppercase() || c == '_').then(|| name.to_owned())
    };
    block.lines().filter_map(name).collect()
}

#[test]
fn every_declared_statement_is_in_the_register() {
    let registered: BTreeSet<String> =
        store::statements().iter().map(|sql| format!("{} {}", sql.place.0, sql.name)).collect();
    let mut in_sources = BTreeSet::new();
    for path in all_sources() {
        let source = std::fs::read_to_string(&path).unwrap();
        let short = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display();
        let names = declared(&source);
        assert_eq!(source.contains("\ncrate::statement! {"), !names.is_empty(), "{short}");
        in_sources.extend(names.into_iter().map(|name| format!("crates/store/{short} {name}")));
    }
    assert_eq!(in_sources, registered);
    assert_eq!(registered.len(), store::statements().len(), "two statements of one file share a name");
}
