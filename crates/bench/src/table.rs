// SPDX-License-Identifier: EUPL-1.2
//! What was measured, as a page of Markdown.

use crate::load::Round;
use std::time::Duration;

/// A page beside the bare one.
pub struct PageLine {
    pub name: &'static str,
    pub ours: Round,
    pub alone: Round,
    pub bare: Round,
}

/// One size of town.
pub struct Town {
    pub name: &'static str,
    pub made_in: Duration,
    pub started_in: Duration,
    /// KiB: just started, after every page was asked for once, the most under load, a while after it.
    pub memory: [u64; 4],
    pub pages: Vec<PageLine>,
    pub flow: Round,
    pub flows: Round,
    pub located: (f64, f64),
}

/// Disk and engine.
pub struct Ground {
    pub flushes: Round,
    pub commits: Round,
    pub bare_memory: u64,
}

/// What ran, and how.
pub struct Setting {
    pub compiler: String,
    /// Without what takes minutes to fill.
    pub quick: bool,
    /// What else is to be said about this run.
    pub note: Option<String>,
    pub rounds: usize,
    pub seconds: u64,
    pub connections: usize,
    pub abreast: usize,
    pub points: usize,
}

pub fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

pub fn mebibytes(kib: u64) -> String {
    format!("{:.1} MiB", kib as f64 / 1_024.0)
}

/// The whole page.
pub fn page(setting: &Setting, ground: &Ground, towns: &[Town]) -> String {
    let mut text = head(setting);
    if let Some(note) = &setting.note {
        text.push_str(&format!("\n{note}\n"));
    }
    text.push_str(&below(ground));
    for town in towns {
        text.push_str(&of_town(town, ground, setting));
    }
    text
}

fn head(setting: &Setting) -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!(
        "<!-- SPDX-License-Identifier: CC-BY-4.0 -->\n# Benchmarks\n\n\
         Written by `cargo xtask bench`; change the program, not this page.\n\n\
         {cores} shared cores, on which the load is made as well; Sozialraum {}, {}, SQLite {}. \
         Other work runs on the machine, so **compare only ratios, and only within one run**.\n\n\
         Pages are asked for over {} connections, sign-in, permission and audit on, without compression unless said. \
         Each number is of the median of rounds, {} of {} s each; rounds of the program and of its peer alternate. \
         The peer is the same axum and SQLite with nothing around them, 100,000 cases: a list of 100 rows, a case with \
         50 contacts, a durable insert; it has no search, so the searches stand beside its list. Other systems, measured elsewhere and so good for the order of \
         magnitude only: DHIS2 allows itself 174 ms at p95 for a search by name and 121 ms to open one person (its own tests, 4 cores), \
         openfairdb takes 21 to 44 ms at p95 for a search among 10,003 places (2 cores). The goal is a third of the peer, and less than 40 MiB of anonymous memory at rest.\n",
        env!("CARGO_PKG_VERSION"),
        setting.compiler,
        rusqlite::version(),
        setting.connections,
        setting.rounds,
        setting.seconds,
    )
}

fn below(ground: &Ground) -> String {
    let line = |name: &str, round: &Round| {
        format!("| {name} | {:.0} | {} | {} |\n", round.per_second, millis(round.p50), millis(round.p99))
    };
    format!(
        "\n## What disk and engine do without us\n\n| | per second | p50 | p99 |\n|---|--:|--:|--:|\n{}{}\n\
         The peer takes {} of anonymous memory.\n",
        line("4 KiB written and flushed (fdatasync)", &ground.flushes),
        line("One row a commit (WAL, synchronous=FULL)", &ground.commits),
        mebibytes(ground.bare_memory),
    )
}

fn of_town(town: &Town, ground: &Ground, setting: &Setting) -> String {
    let mut text = format!(
        "\n## {}\n\n| Page | requests/s | p50 | p99 | p50, one visitor | peer, requests/s | of the peer |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
        town.name
    );
    for line in &town.pages {
        let share = 100.0 * line.ours.per_second / line.bare.per_second.max(1.0);
        text.push_str(&format!(
            "| {} | {:.0} | {} | {} | {} | {:.0} | {share:.0} % |\n",
            line.name,
            line.ours.per_second,
            millis(line.ours.p50),
            millis(line.ours.p99),
            millis(line.alone.p50),
            line.bare.per_second,
        ));
    }
    let changes = crate::flows::CHANGES as f64;
    let share = |round: &Round| round.per_second * changes / ground.commits.per_second.max(1.0);
    text.push_str(&format!(
        "\n| Intake to commission ({changes} durable changes) | flows/s | changes/s | p50 | p99 | changes per raw commit |\n\
         |---|--:|--:|--:|--:|--:|\n"
    ));
    for (name, round) in
        [("One after another".to_owned(), &town.flow), (format!("{} abreast", setting.abreast), &town.flows)]
    {
        text.push_str(&format!(
            "| {name} | {:.0} | {:.0} | {} | {} | {:.2} |\n",
            round.per_second,
            round.per_second * changes,
            millis(round.p50),
            millis(round.p99),
            share(round),
        ));
    }
    let [rest, seen, load, after] = town.memory.map(mebibytes);
    text.push_str(&format!(
        "\n| | |\n|---|--:|\n| Points located per second (file of {}, {:.0} % in a space) | {:.0} |\n\
         | Town made through the use cases in | {:.1} s |\n| Program started, with data, in | {} |\n\
         | Anonymous memory, just started | {rest} |\n| … every page asked for once | {seen} |\n\
         | … most under load | {load} |\n| … at rest after it | {after} |\n",
        setting.points,
        town.located.1 * 100.0,
        town.located.0,
        town.made_in.as_secs_f64(),
        millis(town.started_in),
    ));
    text
}
