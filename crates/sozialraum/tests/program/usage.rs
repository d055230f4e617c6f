// SPDX-License-Identifier: EUPL-1.2
//! Help, wrong usage, and what the exit code tells scripts.

use crate::bench::{Bench, run};
use crate::shapes::District;

#[test]
fn every_help_is_german() {
    let bench = Bench::sqlite();
    for command in [
        &[][..],
        &["import"],
        &["import", "spaces"],
        &["import", "streets"],
        &["locate"],
        &["budget"],
        &["budget", "allocate"],
        &["verify"],
    ] {
        for flag in ["--help", "-h"] {
            let said = run(&bench.dir, &[command, &[flag]].concat());
            assert_eq!(said.code, 0, "{command:?}");
            assert!(said.out.contains("Aufruf: sozialraum") && said.out.contains("Rückgabewerte:"), "{}", said.out);
            for word in ["Usage", "Options", "Commands", "Arguments", "Print", "error:", "default", "[OPTIONS]"] {
                assert!(!said.out.contains(word), "{word}: {}", said.out);
            }
        }
    }
}

#[test]
fn wrong_usage_is_answered_in_german() {
    let bench = Bench::sqlite();
    for args in [
        &[][..],
        &["unsinn"],
        &["import"],
        &["import", "spaces"],
        &["import", "spaces", "x.geojson", "--key", "k"],
        &["import", "spaces", "x.geojson", "--key"],
        &["import", "streets", "zu.csv", "--data", "d"],
        &["locate", "p.csv", "--day", "31.02.2026", "--data", "d"],
        &["locate", "p.csv", "--unsinn"],
        &["locate", "p.csv", "q.csv"],
        &["locate", "p.csv", "--data", "a", "--data", "b"],
        &["locate", "p.csv", "--dry-run=1"],
        &["locate", "p.csv"],
        &["locate", "p.csv", "--data", "d", "--database", "postgres://x"],
    ] {
        let said = run(&bench.dir, args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?} {said:?}");
        for word in ["error", "Usage", "unexpected", "invalid", "required", "For more"] {
            assert!(!said.err.contains(word), "{args:?} {word}: {}", said.err);
        }
    }
}

#[test]
fn files_that_cannot_be_read_end_with_three() {
    let bench = Bench::sqlite();
    let said = bench.run(&["locate", "fehlt.csv"]);
    assert_eq!((said.code, said.err.as_str()), (3, "Die Datei fehlt.csv gibt es nicht.\n"));
    assert_eq!(bench.run(&["import", "spaces", ".", "--key", "k", "--name", "n"]).code, 3);
    bench.file("g.geojson", District::new(2, 2).geojson());
    let args = ["import", "spaces", "g.geojson", "--key", "gebiet", "--name", "name", "--errors", "weg/b.csv"];
    assert_eq!(bench.run(&args).code, 3);
    assert!(bench.spaces().len() <= 4);
}

#[test]
fn databases_that_cannot_be_used_end_with_four() {
    let bench = Bench::sqlite();
    let file = bench.file("g.geojson", District::new(2, 2).geojson());
    bench.file("p.csv", "id,lat,lon\n");
    assert_eq!(bench.run(&["locate", "p.csv"]).code, 4, "no office yet");
    let nobody = "postgres://nobody@127.0.0.1:1/none?connect_timeout=2";
    let said = run(&bench.dir, &["locate", "p.csv", "--database", nobody]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(!said.err.contains(nobody), "an address may hold a password: {said:?}");

    std::fs::create_dir_all(bench.data()).unwrap();
    std::fs::write(bench.data().join("office.sqlite"), "Das ist keine Datenbank, sondern ein Brief.".repeat(50))
        .unwrap();
    assert_eq!(bench.import(&file, &[]).code, 4);

    std::fs::remove_file(bench.data().join("office.sqlite")).unwrap();
    assert_eq!(bench.import(&file, &[]).code, 0);
    let foreign = rusqlite::Connection::open(bench.data().join("office.sqlite")).unwrap();
    foreign.execute("UPDATE applied_migration SET checksum = 'other'", []).unwrap();
    drop(foreign);
    let said = bench.import(&file, &[]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("anderen Programmversion"), "{said:?}");
}

#[test]
fn an_office_has_one_name() {
    let bench = Bench::sqlite();
    let file = bench.file("g.geojson", District::new(2, 2).geojson());
    assert_eq!(bench.import(&file, &["--office", "Musterhafen"]).code, 0);
    let said = bench.import(&file, &["--office", "Anderswo"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("wohl aber „Musterhafen“"), "{said:?}");
    assert_eq!(bench.import(&file, &[]).code, 0);
}
