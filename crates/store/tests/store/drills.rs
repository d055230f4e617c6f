// SPDX-License-Identifier: EUPL-1.2
//! Drills on the book: two processes race for one pot, a process is killed while it books, the power is cut.
//!
//! A child is this very binary again. The power cut is made out of what the child asked of the operating system
//! (`strace`): at any moment only what was flushed before is on the disk, and of the rest whatever chance wants.

use crate::fresh::{Folder, Fresh, attacker};
use crate::town::{CLERK, Fault, change, found, frame, grant, id, read, regions, today};
use crate::trace::{Disk, Event, events};
use domain::access::Action;
use domain::audit::{Deed, DeedKind};
use domain::budget::{Booking, MoneyKind, promise};
use domain::kernel::Amount;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use store::audit::{Chain, verify as verify_log};
use store::budget::lists::{FROM_NEWEST, Wanted, entries};
use store::budget::{self, Slip, verify};
use store::{Db, WriteTx};
use uuid::Uuid;

/// Role, number, and place of the child; set, this process is one.
const CHILD: &str = "SOZIALRAUM_TEST_DRILL";
const YEAR: i16 = 2026;
const KIND: MoneyKind = MoneyKind::Grant;
/// As many promises fit into the pot.
const FIT: i64 = 1_000;

fn cent(cents: i64) -> Amount {
    Amount::from_cents(cents).unwrap()
}

async fn open(place: &str) -> Db {
    match place.strip_prefix("postgres ") {
        Some(url) => Db::open_postgres(url).await.unwrap(),
        None => Db::open_sqlite(Path::new(place)).unwrap(),
    }
}

/// An office with a planned pot.
async fn town(db: &Db) {
    found(db).await;
    change(db, None, (DeedKind::MoneyPlanned, Uuid::nil()), |tx| {
        let pot = budget::pot(tx, id(0x907), regions()[0], YEAR, KIND)?;
        Ok(budget::post(tx, &Slip::new(id(1), &Booking::planned(pot, cent(FIT)), today(), "Plan"))?)
    })
    .await
    .unwrap();
}

/// Books as the program does: with all others who wait.
async fn book(
    db: &Db,
    (deed, object): (DeedKind, Uuid),
    write: impl Fn(&WriteTx<'_>) -> Result<(), Fault> + Send + 'static,
) -> Result<Uuid, Fault> {
    db.change_together(frame(None), Vec::new(), move |tx| {
        let tx = tx.allow(grant(CLERK, Action::WorkOnCase));
        write(&tx)?;
        Ok(tx.commit(Deed::new(deed, object), object)?)
    })
    .await
}

/// Promises one cent, if there is one left.
async fn promise_one(db: &Db, n: u128) -> Result<Uuid, Fault> {
    book(db, (DeedKind::MoneyPromised, Uuid::from_u128(n)), move |tx| {
        let pot = budget::pot(tx, id(0x907), regions()[0], YEAR, KIND)?;
        let promised = promise((KIND, pot), &budget::book(tx, pot)?, cent(1), None)?;
        Ok(budget::post(tx, &Slip::new(id(n), &promised.booking, today(), "Zusage"))?)
    })
    .await
}

/// Books a plan of one cent, which always goes.
async fn plan_one(db: &Db, n: u128) {
    book(db, (DeedKind::MoneyPlanned, Uuid::from_u128(n)), move |tx| {
        let pot = budget::pot(tx, id(0x907), regions()[0], YEAR, KIND)?;
        Ok(budget::post(tx, &Slip::new(id(n), &Booking::planned(pot, cent(1)), today(), "Plan"))?)
    })
    .await
    .unwrap();
}

fn say(id: Uuid) {
    let line = format!("acknowledged {id}\n");
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes()).unwrap();
    out.flush().unwrap();
}

/// One turn of a child: whether something was acknowledged.
async fn turn(db: &Db, role: &str, id: u128) -> bool {
    if role == "race" {
        return promise_one(db, id).await.is_ok();
    }
    plan_one(db, id).await;
    true
}

/// `race`: promises until nothing is left. `brief`: books so many. `book`: books for ever.
async fn child(role: &str, number: u128, place: &str) {
    let db = open(place).await;
    let turns = match role {
        "race" => 300,
        "brief" => 25,
        _ => u128::MAX,
    };
    let task = |writer: u128| {
        let (db, role) = (db.clone(), role.to_owned());
        async move {
            for id in (0..turns).map(|n| 1 << 100 | number << 64 | writer << 32 | n) {
                if turn(&db, &role, id).await {
                    say(Uuid::from_u128(id));
                }
            }
        }
    };
    let writers = if role == "brief" { 2 } else { 8 };
    let tasks: Vec<_> = (0..writers).map(|writer| tokio::spawn(task(writer))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Does nothing unless this process is a child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn this_process_may_be_a_child() {
    let Some(orders) = std::env::var_os(CHILD) else { return };
    let orders = orders.into_string().unwrap();
    let mut orders = orders.splitn(3, ' ');
    let mut next = || orders.next().unwrap();
    let (role, number) = (next(), next().parse().unwrap());
    child(role, number, next()).await;
}

fn start(mut command: Command, role: &str, number: u128, place: &str) -> Child {
    let args = ["--exact", "drills::this_process_may_be_a_child", "--nocapture"];
    let command = command.args(args).env(CHILD, format!("{role} {number} {place}"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

fn this_program() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

/// What a child said in full; killed after so many, if so many are named.
fn said(child: &mut Child, kill_after: Option<usize>) -> BTreeSet<Uuid> {
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let (mut all, mut line) = (BTreeSet::new(), String::new());
    while said.read_line(&mut line).unwrap() > 0 {
        all.extend(acknowledged(&line));
        if Some(all.len()) == kill_after {
            child.kill().unwrap();
        }
        line.clear();
    }
    child.wait().unwrap();
    all
}

fn acknowledged(line: &str) -> Option<Uuid> {
    line.strip_prefix("acknowledged ")?.strip_suffix('\n')?.parse().ok()
}

/// The bookings that are there, after proving them.
async fn there(db: &Db) -> BTreeSet<Uuid> {
    let proof = read(db, verify::verify).await;
    assert_eq!(proof.faults, [], "after {} bookings", proof.bookings);
    assert!(matches!(read(db, verify_log).await, Chain::Whole(_)));
    let wanted = Wanted { before: FROM_NEWEST, until: None, account: None, limit: i64::MAX };
    let lines = read(db, move |tx| {
        let pot = budget::find_pot(tx, regions()[0], YEAR, KIND)?.unwrap();
        entries(tx, pot, &wanted)
    });
    lines.await.into_iter().map(|line| line.id.0).collect()
}

on_both_engines!(two_processes_never_overdraw_a_pot);

async fn two_processes_never_overdraw_a_pot(fresh: &Fresh) {
    let db = fresh.db().await;
    town(&db).await;
    let place =
        if fresh.is_sqlite() { fresh.file().display().to_string() } else { format!("postgres {}", fresh.url()) };
    let mut children: Vec<Child> = (1..=2).map(|number| start(this_program(), "race", number, &place)).collect();
    let mut accepted: Vec<Uuid> = Vec::new();
    let mut shares = Vec::new();
    for child in &mut children {
        let said = said(child, None);
        shares.push(said.len());
        accepted.extend(said);
    }
    assert_eq!(i64::try_from(accepted.len()).unwrap(), FIT, "exactly as many as fit, of {shares:?}");
    let there = there(&db).await;
    assert!(accepted.iter().all(|id| there.contains(id)));
    let free = read(&db, |tx| {
        let pot = budget::find_pot(tx, regions()[0], YEAR, KIND)?.unwrap();
        Ok(budget::book(tx, pot)?.free())
    });
    assert_eq!(free.await.cents(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_bookings_survive_a_kill() {
    let folder = Folder::new();
    let file = folder.file("office.sqlite");
    town(&Db::open_sqlite(&file).unwrap()).await;
    let mut all = BTreeSet::new();
    for cycle in 1..=6 {
        let mut child = start(this_program(), "book", cycle, &file.display().to_string());
        all.extend(said(&mut child, Some(15 + usize::try_from(cycle).unwrap() * 9)));
        let there = there(&Db::open_sqlite(&file).unwrap()).await;
        assert_eq!(all.difference(&there).collect::<Vec<_>>(), Vec::<&Uuid>::new(), "lost in cycle {cycle}");
    }
    assert!(all.len() >= 250, "{}", all.len());
}

/// What was acknowledged before the cut and is not there after it.
async fn lost(base: &[u8], trace: &[Event], cut: usize, folder: &Folder, flushes: bool) -> usize {
    let mut disk = Disk::new(base, flushes);
    let mut acknowledged_before = BTreeSet::new();
    for event in &trace[..cut] {
        match event {
            Event::Said(line) => acknowledged_before.extend(acknowledged(line)),
            other => disk.apply(other),
        }
    }
    let file = folder.file(&format!("after-{cut}-{flushes}.sqlite"));
    let (main, log) = disk.after_the_cut(cut as u64);
    std::fs::write(&file, main).unwrap();
    std::fs::write(file.with_extension("sqlite-wal"), log).unwrap();
    let there = there(&Db::open_sqlite(&file).unwrap()).await;
    acknowledged_before.difference(&there).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_bookings_survive_a_power_cut() {
    let folder = Folder::new();
    town(&Db::open_sqlite(&folder.file("first.sqlite")).unwrap()).await;
    let file = folder.file("office.sqlite");
    attacker(&folder.file("first.sqlite")).execute_batch(&format!("VACUUM INTO '{}'", file.display())).unwrap();
    let base = std::fs::read(&file).unwrap();
    let log = folder.file("calls.trace");
    let mut strace = Command::new("strace");
    let calls = "trace=pwrite64,write,fdatasync,fsync,ftruncate";
    strace.args(["-f", "-y", "-qq", "-xx", "-s", "70000", "-e", "signal=none", "-e", calls, "-o"]).arg(&log);
    strace.arg(std::env::current_exe().unwrap());
    let said = said(&mut start(strace, "brief", 1, &file.display().to_string()), None);
    assert_eq!(said.len(), 50);
    let trace = events(&std::fs::read_to_string(&log).unwrap(), "office.sqlite");
    let spoken =
        trace.iter().filter(|event| matches!(event, Event::Said(line) if acknowledged(line).is_some())).count();
    assert_eq!(spoken, 50, "the trace holds every acknowledgement");
    let cuts = || (1..=30).map(|n| trace.len() * n / 30);
    for cut in cuts() {
        assert_eq!(lost(&base, &trace, cut, &folder, true).await, 0, "acknowledged and lost at call {cut}");
    }
    // The drill can fail: on a disk that never flushes the same cuts lose what was acknowledged.
    let mut red = 0;
    for cut in cuts() {
        red += usize::from(lost(&base, &trace, cut, &folder, false).await > 0);
    }
    assert!(red > 10, "only {red} of 30 cuts lost anything on a disk that never flushes");
}
