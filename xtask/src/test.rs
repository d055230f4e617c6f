// SPDX-License-Identifier: EUPL-1.2
//! All lanes, quickest first, and one line at the end that says how many tests passed.

use crate::postgres::Server;
use crate::run::{Outcome, Said, cargo, watch, which};
use crate::tally::Tally;
use crate::{assets, browser, setup};
use std::time::Instant;

/// Where the store's tests find a PostgreSQL.
const POSTGRES: &str = "SOZIALRAUM_TEST_POSTGRES";

struct Lane {
    name: &'static str,
    tally: Tally,
    fault: Option<String>,
    seconds: f32,
}

/// Runs every lane. Later lanes run even if an earlier one failed, unless they could not.
pub fn all_lanes() -> Outcome {
    let mut lanes = vec![quiet_lane("setup", || setup::install_missing().map(|()| done()))];
    lanes.push(quiet_lane("format", || cargo_says(&["fmt", "--all", "--check"])));
    let assets = quiet_lane("assets", || assets::provide().map(|()| done()));
    let ready = assets.fault.is_none();
    lanes.push(assets);
    if ready {
        lanes.push(quiet_lane("clippy", || {
            cargo_says(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
        }));
        let build = quiet_lane("build", || cargo_says(&["build", "--workspace"]));
        let built = build.fault.is_none();
        lanes.push(build);
        if built {
            test_lanes(&mut lanes);
        }
    }
    report(&lanes)
}

fn test_lanes(lanes: &mut Vec<Lane>) {
    let mut server = None;
    let mut address = std::env::var_os(POSTGRES);
    if address.is_none() {
        lanes.push(quiet_lane("postgres", || {
            let started = Server::start()?;
            address = Some(started.address().into());
            server = Some(started);
            Ok(done())
        }));
    }
    let tests: &[&str] = if which("cargo-nextest").is_some() {
        &["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"]
    } else {
        &["test", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"]
    };
    for (name, args) in [("tests", tests), ("doc tests", &["test", "--workspace", "--doc", "--no-fail-fast"])] {
        lanes.push(lane(name, || {
            let mut command = cargo();
            command.args(args);
            if let Some(address) = &address {
                command.env(POSTGRES, address);
            }
            watch(&mut command)
        }));
    }
    drop(server);
    lanes.push(lane("browser", browser::tests));
}

/// A lane that holds no tests of its own.
fn quiet_lane(name: &'static str, work: impl FnOnce() -> Outcome<Said>) -> Lane {
    Lane { tally: Tally::default(), ..lane(name, work) }
}

fn lane(name: &'static str, work: impl FnOnce() -> Outcome<Said>) -> Lane {
    println!("== {name}");
    let start = Instant::now();
    let (tally, fault) = match work() {
        Ok(said) => (Tally::of(&said.lines), (!said.success).then(|| "see above".to_owned())),
        Err(message) => (Tally::default(), Some(message)),
    };
    Lane { name, tally, fault, seconds: start.elapsed().as_secs_f32() }
}

fn cargo_says(args: &[&str]) -> Outcome<Said> {
    watch(cargo().args(args))
}

fn done() -> Said {
    Said { lines: Vec::new(), success: true }
}

/// One line a lane, then the sum as the very last line. A lane that failed without a failed test counts as one failure.
fn report(lanes: &[Lane]) -> Outcome {
    println!();
    let mut sum = Tally::default();
    for lane in lanes {
        let mut tally = lane.tally;
        if lane.fault.is_some() && tally.failed == 0 {
            tally.failed = 1;
        }
        let word = if tally.failed == 0 { "ok" } else { "FAILED" };
        let fault = lane.fault.as_deref().unwrap_or_default();
        let Lane { name, seconds, .. } = lane;
        println!("{name:<10} {word:<6} {seconds:>6.1} s  {:>5} passed, {} failed  {fault}", tally.passed, tally.failed);
        sum = sum.plus(tally);
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 { Ok(()) } else { Err(String::new()) }
}
