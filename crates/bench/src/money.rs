// SPDX-License-Identifier: EUPL-1.2
//! The book of money as a section of the page.

use crate::forecast::{COMMITMENTS, HISTORIES, History, MONTHS, Reading};
use crate::ledger::Postings;
use crate::load::Round;
use crate::table::millis;
use std::time::Duration;

/// What was measured.
#[derive(Default)]
pub struct Money {
    pub postings: Vec<Postings>,
    pub readings: Vec<Reading>,
}

/// The section.
pub fn page(money: &Money) -> String {
    let mut text = String::from(
        "\n## The book of money\n\nA posting is a payment out of a promise, with key, permission, rules, both chains, and \
         audit; every one is on disk before it is answered. Four pots, all hot. The bare engine writes the same rows \
         without rules and without computing a chain. The goals: half of the bare engine's batches with 64 clients on \
         SQLite, three times a function a transaction with 16 clients on PostgreSQL, where \
         both databases were used and analysed before: plans that the server made for empty tables serve neither.\n",
    );
    money.postings.iter().for_each(|of| text.push_str(&postings(of)));
    if !money.readings.is_empty() {
        text.push_str(&readings(&money.readings));
    }
    text
}

fn postings(of: &Postings) -> String {
    let mut text = format!("\n| {} | postings/s | p50 | p99 |", of.engine);
    of.peers.iter().for_each(|(name, _)| text.push_str(&format!(" of {name} |")));
    text.push_str("\n|---|--:|--:|--:|");
    of.peers.iter().for_each(|_| text.push_str("--:|"));
    let numbers = |round: &Round| format!(" {:.0} | {} | {} |", round.per_second, millis(round.p50), millis(round.p99));
    for (clients, round) in &of.ours {
        text.push_str(&format!("\n| Through the use case, {clients} waiting |{}", numbers(round)));
        for (_, peer) in &of.peers {
            text.push_str(&format!(" {:.2} × |", round.per_second / peer.per_second.max(1.0)));
        }
    }
    for (name, peer) in &of.peers {
        text.push_str(&format!("\n| {} |{}", capital(name), numbers(peer)));
        of.peers.iter().for_each(|_| text.push_str(" |"));
    }
    text + "\n"
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn readings(all: &[Reading]) -> String {
    let mut text = String::from(
        "\nBooked through the use case, 300 days, chain whole and proven at the end.\n\n| Reading, median |",
    );
    HISTORIES.iter().for_each(|count| text.push_str(&format!(" with {count} bookings |")));
    text.push_str(" longest to shortest |\n|---|--:|--:|--:|--:|");
    type Of = (&'static str, fn(&History) -> Duration);
    let lines: [Of; 4] = [
        ("a region's balances and newest lines", |of| of.balance),
        ("the year's page with all pots and the sums of its purposes", |of| of.year),
        ("the same page for a committee, which may see sums only (N10)", |of| of.body),
        ("the engine alone, adding up one pot's entries", |of| of.raw),
    ];
    for of in all {
        for (name, time) in lines {
            let times: Vec<Duration> = of.histories.iter().map(time).collect();
            let seconds = |at: Option<&Duration>| at.copied().unwrap_or_default().as_secs_f64().max(1e-9);
            let ratio = seconds(times.last()) / seconds(times.first());
            let times: Vec<String> = times.into_iter().map(millis).collect();
            text.push_str(&format!("\n| {}: {name} | {} | {ratio:.2} |", of.engine, times.join(" | ")));
        }
    }
    text.push_str("\n\n| The longest history | booked in | bookings/s | proven in |\n|---|--:|--:|--:|");
    for of in all {
        let (booked, proven) = (of.booked_in.as_secs_f64(), of.proven_in.as_secs_f64());
        let per_second = HISTORIES[2] as f64 / booked.max(1e-9);
        text.push_str(&format!("\n| {} | {booked:.0} s | {per_second:.0} | {proven:.1} s |", of.engine));
    }
    text.push_str(&format!(
        "\n\n| Forecast of a city, {COMMITMENTS} commitments, {} payments | median | the engine alone, reading its rows |\n|---|--:|--:|",
        COMMITMENTS * MONTHS
    ));
    for of in all {
        text.push_str(&format!("\n| {} | {} | {} |", of.engine, millis(of.forecast), millis(of.raw_forecast)));
    }
    text + "\n"
}
