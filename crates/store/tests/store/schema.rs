// SPDX-License-Identifier: EUPL-1.2
//! The schema as each engine says it is, not as the migration says it should be.

use crate::fresh::{Fresh, Raw};
use std::collections::BTreeSet;

on_both_engines!(the_schema_keeps_the_house_rules, planted_faults_are_found);

/// The one table without an office: which migrations were applied.
const CATALOGUE: &str = "applied_migration";

/// A table; lists are sorted, so that both engines say the same.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Table {
    name: String,
    /// Name, type, must it be filled.
    columns: Vec<(String, String, bool)>,
    primary: Vec<String>,
    /// Other keys and indexes: unique or not, and the columns in order.
    indexes: BTreeSet<(bool, Vec<String>)>,
    /// The other table, and columns here with columns there.
    foreign: BTreeSet<(String, Vec<(String, String)>)>,
    /// What must not be there: triggers, sequences, other ways to compare, lax types.
    oddities: Vec<String>,
}

async fn tables(raw: &Raw) -> Vec<Table> {
    let names = match raw {
        Raw::Sqlite(_) => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
        Raw::Postgres(_) => {
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = 'public'::regnamespace
             ORDER BY relname COLLATE \"C\""
        }
    };
    let mut tables = Vec::new();
    for name in raw.rows(names).await.concat() {
        tables.push(match raw {
            Raw::Sqlite(_) => sqlite_table(raw, name).await,
            Raw::Postgres(_) => postgres_table(raw, name).await,
        });
    }
    tables
}

/// Rows of (group, a, b), in order, as groups.
fn grouped(rows: Vec<Vec<String>>) -> Vec<(String, Vec<(String, String)>)> {
    let mut groups: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for row in rows {
        let [group, a, b] = <[String; 3]>::try_from(row).unwrap();
        match groups.last_mut() {
            Some((last, pairs)) if *last == group => pairs.push((a, b)),
            _ => groups.push((group, vec![(a, b)])),
        }
    }
    groups
}

fn columns(rows: Vec<Vec<String>>) -> Vec<(String, String, bool)> {
    let mut columns: Vec<_> = rows.into_iter().map(|row| (row[0].clone(), row[1].clone(), row[2] == "1")).collect();
    columns.sort();
    columns
}

/// Groups of (index, unique, column): the keys without their names.
fn indexes(rows: Vec<Vec<String>>) -> BTreeSet<(bool, Vec<String>)> {
    let key = |(_, pairs): (String, Vec<(String, String)>)| {
        (pairs[0].0 == "1", pairs.into_iter().map(|(_, column)| column).collect())
    };
    grouped(rows).into_iter().map(key).collect()
}

/// Groups of (table and constraint, column here, column there).
fn foreign(rows: Vec<Vec<String>>) -> BTreeSet<(String, Vec<(String, String)>)> {
    let key = |(group, pairs): (String, Vec<_>)| (group.split(' ').next().unwrap().to_owned(), pairs);
    grouped(rows).into_iter().map(key).collect()
}

async fn sqlite_table(raw: &Raw, name: String) -> Table {
    let columns_of = format!(
        "SELECT name, CASE type WHEN 'BLOB' THEN 'uuid' WHEN 'INTEGER' THEN 'bigint' WHEN 'TEXT' THEN 'text' ELSE type END,
           \"notnull\" FROM pragma_table_info('{name}')"
    );
    let primary = format!("SELECT name FROM pragma_table_info('{name}') WHERE pk > 0 ORDER BY pk");
    let indexes_of = format!(
        "SELECT l.name, l.\"unique\", i.name FROM pragma_index_list('{name}') l, pragma_index_info(l.name) i
         WHERE l.origin <> 'pk' ORDER BY l.name, i.seqno"
    );
    let foreign_of = format!(
        "SELECT \"table\" || ' ' || id, \"from\", \"to\" FROM pragma_foreign_key_list('{name}') ORDER BY id, seq"
    );
    let oddities = format!(
        "SELECT 'trigger ' || name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{name}'
         UNION ALL SELECT 'not strict' FROM pragma_table_list('{name}') WHERE strict = 0
         UNION ALL SELECT 'default of ' || name FROM pragma_table_info('{name}') WHERE dflt_value IS NOT NULL"
    );
    Table {
        columns: columns(raw.rows(&columns_of).await),
        primary: raw.rows(&primary).await.concat(),
        indexes: indexes(raw.rows(&indexes_of).await),
        foreign: foreign(raw.rows(&foreign_of).await),
        oddities: raw.rows(&oddities).await.concat(),
        name,
    }
}

async fn postgres_table(raw: &Raw, name: String) -> Table {
    let columns_of = format!(
        "SELECT attname, format_type(atttypid, atttypmod), attnotnull::int FROM pg_attribute
         WHERE attrelid = '{name}'::regclass AND attnum > 0 AND NOT attisdropped"
    );
    let primary = format!(
        "SELECT a.attname FROM pg_index i CROSS JOIN unnest(i.indkey::int[]) WITH ORDINALITY k(n, seq)
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
         WHERE i.indrelid = '{name}'::regclass AND i.indisprimary ORDER BY k.seq"
    );
    let indexes_of = format!(
        "SELECT i.indexrelid, i.indisunique::int, COALESCE(a.attname, 'an expression') FROM pg_index i
         CROSS JOIN unnest(i.indkey::int[]) WITH ORDINALITY k(n, seq)
         LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
         WHERE i.indrelid = '{name}'::regclass AND NOT i.indisprimary ORDER BY i.indexrelid, k.seq"
    );
    let foreign_of = format!(
        "SELECT c.confrelid::regclass || ' ' || c.oid, h.attname, t.attname FROM pg_constraint c
         CROSS JOIN unnest(c.conkey::int[], c.confkey::int[]) WITH ORDINALITY k(here, there, seq)
         JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = k.here
         JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = k.there
         WHERE c.conrelid = '{name}'::regclass AND c.contype = 'f' ORDER BY c.oid, k.seq"
    );
    let oddities = format!(
        "SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgrelid = '{name}'::regclass AND NOT tgisinternal
         UNION ALL SELECT 'sequence ' || d.objid::regclass FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
           WHERE d.refobjid = '{name}'::regclass
         UNION ALL SELECT 'default of ' || attname FROM pg_attribute WHERE attrelid = '{name}'::regclass AND atthasdef
         UNION ALL SELECT 'not compared bytewise: ' || a.attname FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
           WHERE a.attrelid = '{name}'::regclass AND c.collname <> 'C'"
    );
    Table {
        columns: columns(raw.rows(&columns_of).await),
        primary: raw.rows(&primary).await.concat(),
        indexes: indexes(raw.rows(&indexes_of).await),
        foreign: foreign(raw.rows(&foreign_of).await),
        oddities: raw.rows(&oddities).await.concat(),
        name,
    }
}

fn faults(tables: &[Table]) -> Vec<String> {
    tables.iter().filter(|table| table.name != CATALOGUE).flat_map(table_faults).collect()
}

fn table_faults(table: &Table) -> Vec<String> {
    let first = |columns: &[String]| columns.first().is_some_and(|column| column == "office_id");
    let mut faults = table.oddities.clone();
    if table.primary.is_empty() {
        faults.push("no primary key".into());
    }
    let keys = table.indexes.iter().map(|(_, columns)| columns).chain(std::iter::once(&table.primary));
    faults.extend(keys.filter(|key| !first(key)).map(|key| format!("key {key:?} does not begin with office_id")));
    for (other, pairs) in &table.foreign {
        if pairs.first().is_none_or(|(here, there)| here != "office_id" || there != "office_id") {
            faults.push(format!("foreign key to {other} does not stay in the office"));
        }
    }
    for (name, ty, _) in &table.columns {
        if !matches!(ty.as_str(), "uuid" | "bigint" | "text") {
            faults.push(format!("column {name} is of type {ty}"));
        }
    }
    if !table.columns.contains(&("office_id".into(), "uuid".into(), true)) {
        faults.push("no office_id that must be filled".into());
    }
    faults.into_iter().map(|fault| format!("{}: {fault}", table.name)).collect()
}

async fn the_schema_keeps_the_house_rules(fresh: &Fresh) {
    fresh.db().await;
    let tables = tables(&fresh.raw().await).await;
    assert!(tables.len() > 30, "only {} tables were read", tables.len());
    assert!(tables.iter().map(|table| table.foreign.len()).sum::<usize>() > 30, "the foreign keys were not read");
    assert!(tables.iter().map(|table| table.indexes.len()).sum::<usize>() > 30, "the indexes were not read");
    assert_eq!(faults(&tables), Vec::<String>::new());
}

async fn planted_faults_are_found(fresh: &Fresh) {
    fresh.db().await;
    let raw = fresh.raw().await;
    let (uuid, trigger) = if fresh.is_sqlite() {
        ("BLOB", "CREATE TRIGGER planted BEFORE DELETE ON team BEGIN SELECT 1; END")
    } else {
        raw.run("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'").await;
        ("UUID", "CREATE TRIGGER planted BEFORE DELETE ON team FOR EACH ROW EXECUTE FUNCTION f()")
    };
    raw.run(&format!(
        "CREATE TABLE planted_bare (name TEXT, really BOOLEAN DEFAULT FALSE);
         CREATE TABLE planted_link (office_id {uuid} NOT NULL, other_office {uuid}, region_id {uuid}, PRIMARY KEY (region_id, office_id),
           FOREIGN KEY (other_office, region_id) REFERENCES region (office_id, id));
         CREATE INDEX planted_index ON team (region_id, office_id)"
    ))
    .await;
    raw.run(trigger).await;
    let found = faults(&tables(&raw).await).join("\n");
    for fault in [
        "planted_bare: no primary key",
        "planted_bare: no office_id",
        "planted_bare: column really is of type",
        "planted_bare: default of really",
        "planted_link: key [\"region_id\", \"office_id\"]",
        "planted_link: foreign key to region",
        "team: key [\"region_id\", \"office_id\"]",
        "team: trigger planted",
    ] {
        assert!(found.to_lowercase().contains(&fault.to_lowercase()), "not found: {fault} in\n{found}");
    }
    if !fresh.is_sqlite() {
        raw.run("CREATE TABLE planted_serial (office_id UUID PRIMARY KEY, n BIGSERIAL, name TEXT)").await;
        let found = faults(&tables(&raw).await).join("\n");
        assert!(found.contains("planted_serial: sequence"), "{found}");
        assert!(found.contains("planted_serial: not compared bytewise: name"), "{found}");
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let (lite, postgres) = (Fresh::sqlite(), Fresh::postgres().await);
    lite.db().await;
    postgres.db().await;
    let without = |tables: Vec<Table>| tables.into_iter().filter(|t| t.name != CATALOGUE).collect::<Vec<_>>();
    let (ours, theirs) = (tables(&lite.raw().await).await, tables(&postgres.raw().await).await);
    assert_eq!(without(ours), without(theirs));
    postgres.remove().await;
}
