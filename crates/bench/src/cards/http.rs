// SPDX-License-Identifier: EUPL-1.2
//! The public list and map over HTTP, of the program itself, over an office full of cards. Nobody signs in.

use super::deck;
use crate::Outcome;
use crate::child::Server;
use crate::client::get;
use crate::load::{Effort, Round, Script, Target, round};
use crate::table::{mebibytes, millis};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long each page is asked for.
const TIME: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 8;

/// A page: over several connections, and for one visitor.
pub struct Line {
    name: String,
    together: Round,
    alone: Round,
}

/// `a b&c` as a part of an address.
fn coded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Starts the program over this directory and asks for its pages.
pub fn pages(program: &Path, data: &Path) -> Outcome<Vec<Line>> {
    let mut command = Command::new(program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    let server = Server::start(&mut command)?;
    let address = server.address;
    let texts: Vec<String> = deck::texts()?.iter().map(|question| coded(&question.text)).collect();
    let words: Script = Arc::new(move |n| get(&format!("/angebote?q={}", texts[n % texts.len()]), ""));
    let window: Script = Arc::new(|n| {
        let (west, south) = (9.90 + (n % 8) as f64 * 0.015, 53.60 + (n % 5) as f64 * 0.01);
        get(&format!("/angebote/karte.json?fenster={west:.4},{south:.4},{:.4},{:.4}", west + 0.015, south + 0.01), "")
    });
    let always = |path: &str| -> Script {
        let request = get(path, "");
        Arc::new(move |_| request.clone())
    };
    let target = |name, script| Target { name, address, script, status: 200 };
    let first = target("first", always("/angebote?q=Schwimmkurs"));
    let begin = Instant::now();
    round(&first, Effort { connections: 1, time: Duration::from_millis(1) })?;
    let (started, waited) = (server.started_in, begin.elapsed());
    let targets = [
        target("List with its map, judged words", words),
        target("List with its map, everything", always("/angebote")),
        target("Live map, all of it", always("/angebote/karte.json")),
        target("Live map, a window", window),
        target("Suggestions after four letters", always("/angebote/vorschlag?q=schw")),
    ];
    let mut lines = Vec::new();
    for target in targets {
        let together = round(&target, Effort { connections: CONNECTIONS, time: TIME })?;
        let alone = round(&target, Effort { connections: 1, time: TIME / 2 })?;
        lines.push(Line { name: target.name.to_owned(), together, alone });
    }
    let first = Round { per_second: 0.0, p50: waited, p99: waited };
    let name = format!("First search after the start (pages after {})", millis(started));
    lines.push(Line { name, together: Round::default(), alone: first });
    eprintln!("  the program keeps {}", mebibytes(server.memory()));
    Ok(lines)
}

/// The part of the section.
pub fn page(pages: &Result<Vec<Line>, String>) -> String {
    let lines = match pages {
        Ok(lines) => lines,
        Err(why) => return format!("\nPages over HTTP not measured: {why}.\n"),
    };
    let mut text = format!(
        "\n| Public pages over HTTP, {CONNECTIONS} connections | requests/s | p50 | p99 | p50, one visitor | p99 |\n|---|--:|--:|--:|--:|--:|\n"
    );
    for Line { name, together, alone } in lines {
        let many = if together.per_second > 0.0 {
            format!("{:.0} | {} | {}", together.per_second, millis(together.p50), millis(together.p99))
        } else {
            "– | – | –".to_owned()
        };
        text.push_str(&format!("| {name} | {many} | {} | {} |\n", millis(alone.p50), millis(alone.p99)));
    }
    text
}
