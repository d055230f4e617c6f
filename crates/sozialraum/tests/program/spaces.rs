// SPDX-License-Identifier: EUPL-1.2
//! `import spaces`: whole or not at all.

use crate::bench::{Bench, Said};
use crate::shapes::{District, Fault, System};
use store::audit::Chain;
use store::territory;

/// The rows of a list of findings: place, severity, rule, sentence.
fn findings(bench: &Bench, name: &str) -> Vec<[String; 4]> {
    let bytes = std::fs::read(bench.dir.join(name)).unwrap();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte-order mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    assert_eq!(reader.headers().unwrap(), &["Zeile/Ort", "Schwere", "Regel", "Meldung"][..]);
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            [0, 1, 2, 3].map(|at| row[at].to_owned())
        })
        .collect()
}

fn check(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    for word in words {
        assert!(said.out.contains(word) || said.err.contains(word), "{word}: {said:?}");
    }
}

#[test]
fn a_district_of_four_hundred_is_imported_and_again() {
    for bench in Bench::both() {
        let district = District::new(20, 20);
        let file = bench.file("grenzen.geojson", district.geojson());
        let said = bench.import(&file, &["--office", "Jugendamt Musterhafen", "--errors", "befunde.csv"]);
        check(&said, 0, &["400 Sozialräume, davon 400 neu, 2 neue Regionen", "Sozialräume: 400 von 400"]);
        let rules: Vec<String> = findings(&bench, "befunde.csv").into_iter().map(|[_, _, rule, _]| rule).collect();
        assert!(rules.contains(&"territory.zero_restored".to_owned()), "{rules:?}");
        assert!(!rules.iter().any(|rule| rule.contains("gap") || rule.contains("overlap")), "{rules:?}");
        let first = bench.spaces();
        assert_eq!(first.len(), 400);
        assert!(first.iter().all(|space| space.key.as_str().len() == 8 && space.key.as_str().starts_with("01")));
        let teams = bench.read(territory::teams);
        assert_eq!(teams.len(), 401);
        assert!(teams.iter().any(|team| team.name == "Team Viertel 1"));
        let duty = bench.read(territory::duty_desk).unwrap();
        assert!(teams.iter().any(|team| team.id == duty && team.name == "Bereitschaft"));

        let renamed = District { prefix: "Quartier", system: System::Utm32, ..district };
        let file = bench.file("neu.geojson", renamed.geojson());
        check(&bench.import(&file, &[]), 0, &["400 Sozialräume, davon 0 neu, 0 neue Regionen", "ETRS89/UTM 32"]);
        let second = bench.spaces();
        let same = |(a, b): (&_, &_)| {
            let (a, b): (&domain::territory::SocialSpace, &domain::territory::SocialSpace) = (a, b);
            (a.id, a.team, a.region, &a.key) == (b.id, b.team, b.region, &b.key)
        };
        assert!(first.iter().zip(&second).all(same));
        assert!(second.iter().all(|space| space.name.as_str().starts_with("Quartier ")));
        assert_eq!(bench.read(territory::teams).len(), 401);

        let log = bench.read(|tx| store::audit::latest(tx, i64::MAX, 10));
        let deeds: Vec<&str> = log.iter().map(|line| line.deed.as_str()).collect();
        assert_eq!(deeds, ["spaces-imported", "spaces-imported", "office-founded"]);
        assert!(log.iter().all(|line| line.who == "Betrieb (Kommandozeile)"), "{log:?}");
        assert_eq!(bench.read(store::audit::verify), Chain::Whole(3));
    }
}

#[test]
fn planted_faults_are_all_found_and_nothing_is_imported() {
    for bench in Bench::both() {
        let faults = vec![(22, Fault::Gap), (45, Fault::Overlap), (73, Fault::BowTie), (16, Fault::SwappedAxes)];
        let file = bench.file("fehler.geojson", District { faults, ..District::new(10, 10) }.geojson());
        let said = bench.import(&file, &["--errors", "befunde.csv"]);
        check(&said, 1, &["Es wurde nichts übernommen."]);
        let found = findings(&bench, "befunde.csv");
        for (rule, severity) in
            [("gap", "Warnung"), ("overlap", "Fehler"), ("crosses_itself", "Fehler"), ("axes_swapped", "Fehler")]
        {
            let rule = format!("territory.{rule}");
            assert!(found.iter().any(|row| row[2] == rule && row[1] == severity), "{rule}: {found:?}");
        }
        assert!(found.iter().any(|row| row[3].contains("Viertel 46")), "{found:?}");
        assert!(bench.is_empty());
    }
}

#[test]
fn every_fault_is_found_alone() {
    for (fault, code, words) in [
        (Fault::Gap, 0, "Lücke"),
        (Fault::Overlap, 1, "überlappen um"),
        (Fault::BowTie, 1, "schneidet sich"),
        (Fault::SwappedAxes, 1, "vertauscht"),
    ] {
        let bench = Bench::sqlite();
        let district = District { faults: vec![(12, fault)], ..District::new(5, 5) };
        let said = bench.import(&bench.file("f.geojson", district.geojson()), &[]);
        check(&said, code, &[]);
        assert!(said.err.contains(words) || (fault == Fault::Gap && said.err.contains("Loch")), "{said:?}");
        assert_eq!(bench.is_empty(), code != 0);
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    for bench in Bench::both() {
        let file = bench.file("g.geojson", District::new(4, 4).geojson());
        check(&bench.import(&file, &["--dry-run"]), 0, &["Probelauf ohne Jugendamt", "16 Sozialräume"]);
        assert!(bench.is_empty());
        check(&bench.import(&file, &[]), 0, &["16 Sozialräume, davon 16 neu"]);
        let before = (bench.spaces(), bench.read(store::audit::verify));
        let other = District { prefix: "Neu", ..District::new(5, 4) };
        let file = bench.file("h.geojson", other.geojson());
        let said = bench.import(&file, &["--dry-run"]);
        check(&said, 0, &["Probelauf, nichts geschrieben: 20 Sozialräume, davon 4 neu", "heißt künftig"]);
        assert_eq!((bench.spaces(), bench.read(store::audit::verify)), before);
    }
}

#[test]
fn spaces_that_a_file_lacks_stay_and_are_named() {
    let bench = Bench::sqlite();
    check(&bench.import(&bench.file("a.geojson", District::new(4, 4).geojson()), &[]), 0, &[]);
    let said = bench.import(&bench.file("b.geojson", District::new(4, 2).geojson()), &[]);
    check(&said, 0, &["Schlüssel 01053016: Der Sozialraum „Viertel 16“ fehlt in der Datei."]);
    assert_eq!(bench.spaces().len(), 16);
}

#[test]
fn old_character_sets_are_read_with_a_warning() {
    let bench = Bench::sqlite();
    let text = District { prefix: "Übersee", ..District::new(2, 2) }.geojson();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    check(&bench.import(&bench.file("l.geojson", latin), &[]), 0, &["Warnung", "Bitte Umlaute prüfen."]);
    assert!(bench.spaces().iter().all(|space| space.name.as_str().starts_with("Übersee")));
}

#[test]
fn an_import_that_is_killed_leaves_nothing_half_done() {
    for bench in Bench::both() {
        let file = bench.file("g.geojson", District::new(20, 20).geojson());
        let name = file.to_str().unwrap();
        let args = ["import", "spaces", name, "--key", "gebiet", "--name", "name", "--region", "region"];
        bench.kill_at(&args, "Sozialräume: 1 von 400");
        // The kill comes in the middle of the writing; on a very quick machine it may come after the end.
        let left = bench.spaces().len();
        assert!(left == 0 || left == 400, "{left}");
        assert_eq!(bench.import(&file, &[]).code, 0);
        assert_eq!(bench.spaces().len(), 400);
        assert!(matches!(bench.read(store::audit::verify), Chain::Whole(2 | 3)));
    }
}
