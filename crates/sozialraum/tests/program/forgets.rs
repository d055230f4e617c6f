// SPDX-License-Identifier: EUPL-1.2
//! What § 72a(5) SGB VIII lets nobody keep is gone from the database when the program has started.

use crate::bench::Bench;
use crate::shapes::District;
use app::access::operator;
use app::resources::{Certified, add, note_certificate};
use app::{App, Clock};
use domain::access::{Actor, Controller, Place, Post, Role};
use domain::kernel::{CardId, Moment};
use domain::resources::{CardContent, Certificate, Finding};
use std::io::{BufRead, BufReader};
use std::process::Command;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Three cards with a certificate each, noted ten months ago: of an activity that ended then, of one that ended two
/// months ago, of one that goes on.
async fn noted(app: App) {
    let posts = vec![Post { role: Role::Coordinator, place: Place::Office }];
    let keeper = Actor { user: operator().user, controller: Controller::Office, posts };
    for (name, ended) in [("Damals", Some(300)), ("Neulich", Some(60)), ("Immer noch", None)] {
        let then = app.at(Moment(app.now().0 - ended.unwrap_or(300) * DAY));
        let fields = [("name", name), ("kind", "offer"), ("topics", "sport"), ("about", "x"), ("visibility", "public")];
        let card: CardId = add(&then, &keeper, None, (CardContent::read(&fields[..]).unwrap(), None)).await.unwrap();
        let (today, finding) = (then.today(), Finding::Nothing);
        let activity_ended_on = ended.map(|_| today);
        // Looked at before: an activity that ended on that very day was never taken up, and nothing may be kept.
        let before = today.plus_days(-30);
        let certificate = Certificate { inspected_on: before, dated_on: before, finding, activity_ended_on };
        note_certificate(&then, &keeper, None, Certified { card, certificate }).await.unwrap();
    }
}

fn kept(bench: &Bench) -> i64 {
    let counted = bench.numbers("SELECT COUNT(*) FROM card_certificate");
    counted[0]
}

#[test]
fn certificates_past_their_day_are_gone_when_the_program_runs() {
    for bench in Bench::both() {
        let file = bench.file("spaces.geojson", District::new(2, 2).geojson());
        assert_eq!(bench.import(&file, &[]).code, 0);
        bench.with_office(|db, office| noted(App::new(db, office, Clock::System)));
        assert_eq!(kept(&bench), 3);
        let mut child = bench.start(&["serve", "--listen", "127.0.0.1:0"]);
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        // It names its address when it has deleted: nobody is served before.
        assert_eq!((address.starts_with("http://"), kept(&bench)), (true, 2));
        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
        assert!(child.wait().unwrap().success());
        let forgotten = bench.numbers("SELECT COUNT(*) FROM audit_entry WHERE deed = 'certificate-forgotten'");
        assert_eq!(forgotten, [1], "and the log says so");
    }
}
