// SPDX-License-Identifier: EUPL-1.2
//! Every statement finds its rows by an index: none reads an office through, whatever a city has collected.

use crate::fresh::{Fresh, attacker};
use crate::statements::{as_run, place};
use std::collections::BTreeMap;
use store::db::Sql;

/// Tables whose size an office decides once, or which gain a few rows a year; all others grow with its work.
const SMALL: &[&str] = &[
    "account",
    "agency",
    "agreement",
    "agreement_help",
    "agreement_member",
    "allocation",
    "audit_head",
    "card_head",
    "card_import",
    "card_mark",
    "card_mark_salt",
    "contingent",
    "delivery",
    "house_rule",
    "edition_hold",
    "kept_forecast",
    "ledger_head",
    "letter_house",
    "mail_wish",
    "office",
    "partner",
    "office_calendar",
    "post",
    "pot",
    "rate",
    "recut",
    "region",
    "school_holiday",
    "social_space",
    "team",
    "team_seat",
];

/// Statements that nobody runs with the whole office in sight (the policy's table carries these actions to teams and
/// agencies only), or that then count a covering index.
const NEVER_OFFICE_WIDE: &[&str] = &[
    "casework/case_list.rs COUNT",
    "casework/cases.rs DANGER",
    "casework/search.rs FIND",
    "casework/protection/agencies.rs ASSESSMENTS",
    "casework/protection/agencies.rs SENT",
    "casework/reports.rs COUNT",
    "casework/workload.rs CASES",
    "casework/workload.rs DUES",
    "casework/workload.rs PROCEDURES",
    "deadlines/absences.rs COMING",
    "exchange.rs FOR_AGENCIES",
];

/// Statements that prove the whole book read all of it.
const WHOLE_BOOK: &str = "budget/verify";

/// What each name in the text stands for: a table by its own name, or by the one given after it.
fn tables(text: &str) -> BTreeMap<&str, &str> {
    let words: Vec<&str> = text.split([' ', '\n', '(', ')', ',']).filter(|word| !word.is_empty()).collect();
    let mut tables = BTreeMap::new();
    for at in words.windows(3).filter(|at| matches!(at[0], "FROM" | "JOIN" | "UPDATE" | "INTO")) {
        tables.extend([(at[1], at[1]), (at[2], at[1])]);
    }
    tables
}

/// Steps of the plan that look at all rows of a growing table, or at all of an office.
fn faults(conn: &rusqlite::Connection, text: &str) -> Vec<String> {
    let tables = tables(text);
    let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
    let mut rows = explain.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>(3).unwrap());
    }
    let reads_all = |step: &String| {
        let mut words = step.split(' ');
        let (verb, name) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        // A name that stands for no table is a part of the statement itself.
        let Some(table) = tables.get(name) else { return false };
        let whole = verb == "SCAN" || step.ends_with("(office_id=?)");
        matches!(verb, "SCAN" | "SEARCH") && whole && !SMALL.contains(table)
    };
    steps.into_iter().filter(reads_all).collect()
}

#[tokio::test]
async fn every_statement_finds_its_rows_by_an_index() {
    let fresh = Fresh::sqlite();
    drop(fresh.db().await);
    let conn = attacker(&fresh.file());
    let mut found = BTreeMap::new();
    for sql in store::statements() {
        let name = format!("{} {}", sql.place.0, sql.name);
        let narrow = NEVER_OFFICE_WIDE.iter().any(|narrow| name.ends_with(narrow));
        let texts = as_run(sql).into_iter().filter(|text| !(narrow && text.contains("_id IS N")));
        let faults: Vec<String> = texts.flat_map(|text| faults(&conn, &text)).collect();
        if !faults.is_empty() && !name.contains(WHOLE_BOOK) {
            found.insert(place(sql), faults);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    static PLANTED: Sql =
        Sql::new("PLANTED", "SELECT v.id FROM plan_version v WHERE v.office_id = $1 AND v.sha256 = $2", "here.rs", 1);
    assert_eq!(faults(&conn, PLANTED.text()).len(), 1);
}
