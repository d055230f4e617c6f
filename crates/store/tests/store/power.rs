// SPDX-License-Identifier: EUPL-1.2
//! A kill -9 drill. A child, this very binary again, changes things and says which changes were acknowledged; it is
//! killed in the middle; whatever it had acknowledged must be there.
//!
//! A killed process is not a power cut: what the operating system has, it still writes. For that see
//! `drills::acknowledged_bookings_survive_a_power_cut`.

use crate::fresh::{Folder, attacker};
use crate::town::{add_agency, added_agencies, found, read};
use domain::kernel::AgencyId;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use store::Db;
use store::audit::{Chain, verify};
use uuid::Uuid;

/// The file and the number of the cycle; set, this process is the child.
const CHILD: &str = "SOZIALRAUM_TEST_POWER";
const CYCLES: u128 = 12;
const WRITERS: u128 = 4;

/// Changes for ever, four at once, and says so after each acknowledgement.
async fn child(file: &Path, cycle: u128) {
    let db = Db::open_sqlite(file).unwrap();
    let writer = |writer: u128| {
        let db = db.clone();
        async move {
            for n in 0_u128.. {
                let id = AgencyId(Uuid::from_u128(1 << 100 | cycle << 64 | writer << 32 | n));
                add_agency(&db, None, id).await.unwrap();
                let line = format!("acknowledged {id}\n");
                std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                std::io::stdout().lock().flush().unwrap();
            }
        }
    };
    let tasks: Vec<_> = (0..WRITERS).map(|n| tokio::spawn(writer(n))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Lets the child acknowledge so many changes, kills it, and answers all that it said.
fn kill_after(file: &Path, cycle: u128, changes: usize) -> BTreeSet<AgencyId> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "power::acknowledged_changes_survive_a_kill", "--nocapture"])
        .env(CHILD, format!("{cycle} {}", file.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let (mut acknowledged, mut line) = (BTreeSet::new(), String::new());
    while said.read_line(&mut line).unwrap() > 0 {
        // The last line may be cut off; what was not said in full was not acknowledged.
        let id = line.strip_prefix("acknowledged ").and_then(|rest| rest.strip_suffix('\n'));
        acknowledged.extend(id.map(|id| id.parse::<AgencyId>().unwrap()));
        if acknowledged.len() == changes {
            child.kill().unwrap();
        }
        line.clear();
    }
    assert!(!child.wait().unwrap().success(), "the child ended by itself");
    assert!(acknowledged.len() >= changes, "the child ended early");
    acknowledged
}

/// What was acknowledged and is not there, after opening the file anew.
async fn missing(file: &Path, acknowledged: &BTreeSet<AgencyId>) -> (Vec<AgencyId>, Chain, usize) {
    let db = Db::open_sqlite(file).unwrap();
    let there: BTreeSet<AgencyId> = added_agencies(&db).await.into_iter().collect();
    (acknowledged.difference(&there).copied().collect(), read(&db, verify).await, there.len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_changes_survive_a_kill() {
    if let Some(orders) = std::env::var_os(CHILD) {
        let orders = orders.into_string().unwrap();
        let (cycle, file) = orders.split_once(' ').unwrap();
        return child(Path::new(file), cycle.parse().unwrap()).await;
    }
    let folder = Folder::new();
    let file = folder.file("office.sqlite");
    found(&Db::open_sqlite(&file).unwrap()).await;
    let mut acknowledged = BTreeSet::new();
    for cycle in 0..CYCLES {
        acknowledged.extend(kill_after(&file, cycle, 20 + usize::try_from(cycle * 17).unwrap()));
        let (missing, chain, there) = missing(&file, &acknowledged).await;
        assert_eq!(missing, [], "acknowledged and lost in cycle {cycle}");
        // One entry a change, and the founding; a change whose answer was cut off may be there besides.
        assert_eq!(chain, Chain::Whole(1 + i64::try_from(there).unwrap()));
        let in_doubt = there - acknowledged.len();
        assert!(in_doubt <= usize::try_from(WRITERS * (cycle + 1)).unwrap(), "{in_doubt} that nobody waited for");
        if cycle == CYCLES - 2 {
            // The bare file alone would not do: what is in its log is part of it.
            let older = format!("VACUUM INTO '{}'", folder.file("older.sqlite").display());
            attacker(&file).execute_batch(&older).unwrap();
        }
    }
    assert!(acknowledged.len() > 1_000, "only {} changes", acknowledged.len());
    the_drill_can_fail(&folder, &acknowledged).await;
}

/// Negative controls: a change that never was is missed, and so is what an older copy of the file does not hold.
async fn the_drill_can_fail(folder: &Folder, acknowledged: &BTreeSet<AgencyId>) {
    let made_up = AgencyId(Uuid::from_u128(0xdead));
    let with_made_up = acknowledged.iter().copied().chain([made_up]).collect();
    let (found, _, _) = missing(&folder.file("office.sqlite"), &with_made_up).await;
    assert_eq!(found, [made_up]);
    let (found, chain, _) = missing(&folder.file("older.sqlite"), acknowledged).await;
    assert!(!found.is_empty(), "an older copy of the file held everything");
    assert!(matches!(chain, Chain::Whole(_)), "the chain of an older copy is whole in itself: {chain:?}");
}
