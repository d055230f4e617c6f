// SPDX-License-Identifier: EUPL-1.2
//! Asks as fast as answers come, over a few connections, and says how long the answers took.

use crate::Outcome;
use crate::client::Visitor;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// Makes the n-th request.
pub type Script = Arc<dyn Fn(usize) -> Vec<u8> + Send + Sync>;

/// What is asked of whom.
#[derive(Clone)]
pub struct Target {
    pub name: &'static str,
    pub address: SocketAddr,
    pub script: Script,
    /// Any other status is a fault of the bench or of the program.
    pub status: u16,
}

/// How long, over how many connections.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    pub connections: usize,
    pub time: Duration,
}

/// What a round came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Round {
    pub per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
}

/// One round.
pub fn round(target: &Target, effort: Effort) -> Outcome<Round> {
    let start = Instant::now();
    let end = start + effort.time;
    let visitors: Vec<_> = (0..effort.connections)
        .map(|number| {
            let target = target.clone();
            thread::spawn(move || visit(&target, number, effort.connections, end))
        })
        .collect();
    let mut times = Vec::new();
    for visitor in visitors {
        times.extend(visitor.join().or(Err("a visitor panicked"))??);
    }
    let seconds = start.elapsed().as_secs_f64();
    Ok(Round { per_second: times.len() as f64 / seconds, ..spread(times) })
}

fn visit(target: &Target, first: usize, step: usize, end: Instant) -> Outcome<Vec<Duration>> {
    let mut visitor = Visitor::connect(target.address)?;
    let mut times = Vec::with_capacity(16 * 1024);
    let mut number = first;
    while Instant::now() < end {
        let request = (target.script)(number);
        let start = Instant::now();
        let answer = visitor.ask(&request)?;
        times.push(start.elapsed());
        if answer.status != target.status {
            let body = String::from_utf8_lossy(answer.body).chars().take(2_000).collect::<String>();
            return Err(format!("{}: status {} instead of {}\n{body}", target.name, answer.status, target.status));
        }
        number += step;
    }
    Ok(times)
}

/// Middle and last hundredth.
pub fn spread(mut times: Vec<Duration>) -> Round {
    times.sort_unstable();
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
    Round { per_second: 0.0, p50: at(50).copied().unwrap_or_default(), p99: at(99).copied().unwrap_or_default() }
}

/// The round in the middle.
pub fn median(mut rounds: Vec<Round>) -> Round {
    rounds.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    rounds.get(rounds.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_middle() {
        let times = (1..=200).rev().map(Duration::from_millis).collect();
        let round = spread(times);
        assert_eq!((round.p50, round.p99), (Duration::from_millis(101), Duration::from_millis(199)));
        let rounds = [3.0, 9.0, 1.0].map(|per_second| Round { per_second, ..Round::default() });
        assert!((median(rounds.to_vec()).per_second - 3.0).abs() < f64::EPSILON);
    }
}
