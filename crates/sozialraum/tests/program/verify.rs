// SPDX-License-Identifier: EUPL-1.2
//! `verify` proves a book, and finds a tampered cent.

use crate::bench::{Bench, run};
use crate::shapes::District;
use app::access::operator;
use app::budget::{Plan, plan};
use app::{App, Clock};
use domain::access::{Actor, Controller, Place, Post, Role};
use domain::budget::MoneyKind;
use domain::kernel::{Amount, Line, RegionId};
use store::sight::RowSight;

fn finance() -> Actor {
    let posts = vec![Post { role: Role::Finance, place: Place::Office }];
    Actor { user: operator().user, controller: Controller::Office, posts }
}

/// An office with one region and a plan of a thousand euros, ten of a hundred taken off in advance.
fn planned(bench: &Bench) {
    let file = bench.file("spaces.geojson", District::new(2, 2).geojson());
    let imported = bench.import(&file, &[]);
    assert_eq!(imported.code, 0, "{imported:?}");
    let regions = bench.read(|tx| store::budget::regions(tx, &RowSight::Everything));
    let region: RegionId = regions[0].0;
    bench.with_office(|db, office| async move {
        let app = App::new(db, office, Clock::System);
        let amount = |cents| Amount::from_cents(cents).unwrap();
        let (kind, note) = (MoneyKind::IndividualClaim, Line::parse("Haushaltsbeschluss").unwrap());
        let new = Plan { region, year: 2026, kind, planned: amount(100_000), top_slice: Some(amount(1_000)), note };
        plan(&app, &finance(), None, new).await.unwrap();
    });
}

#[test]
fn a_whole_book_is_proven_and_a_cent_is_found() {
    for bench in Bench::both() {
        planned(&bench);
        let good = bench.run(&["verify"]);
        assert_eq!(good.code, 0, "{good:?}");
        assert!(good.out.contains("2 Buchungen geprüft") && good.out.contains("Kontostände stimmen"), "{good:?}");
        bench.tamper("UPDATE account_day SET cents = cents + 1 WHERE account = 'available'");
        let bad = bench.run(&["verify"]);
        assert_eq!(bad.code, 1, "{bad:?}");
        assert!(bad.out.contains("gebucht sind") && bad.err.contains("Befunde"), "{bad:?}");
        bench.tamper("UPDATE account_day SET cents = cents - 1 WHERE account = 'available'");
        assert_eq!(bench.run(&["verify"]).code, 0);
        bench.tamper("UPDATE booking SET note = 'x' WHERE seq = 1");
        let altered = bench.run(&["verify"]);
        assert!(altered.code == 1 && altered.out.contains("Buchung 1: Das Siegel passt nicht"), "{altered:?}");
    }
}

#[test]
fn nothing_there_is_said() {
    let bench = Bench::sqlite();
    let nothing = run(&bench.dir, &["verify", "--data", "nirgends"]);
    assert_eq!(nothing.code, 3, "{nothing:?}");
}
