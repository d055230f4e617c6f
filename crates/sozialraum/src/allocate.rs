// SPDX-License-Identifier: EUPL-1.2
//! `budget allocate`: shares out of a file, each with its explanation, so that anybody can check a printed table.

use crate::ending::Ending;
use crate::german;
use app::allocation::{Paper, ShareLine, Sheet, StepLine, work_out};
use clap::Args;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use web::budget::allocation::say;
use web::kit::messages::rule_key;
use web::kit::{t, t_with};

#[derive(Args)]
#[command(next_help_heading = german::OPTIONS)]
pub struct AllocateArgs {
    /// Die Verteilung: Beträge, Schlüssel, Tabelle (Beispiele unter docs/examples).
    #[arg(value_name = "DATEI.toml", help_heading = german::ARGUMENTS)]
    file: PathBuf,
    /// Nur die Anteile, ohne ihre Begründung.
    #[arg(long)]
    short: bool,
    /// Alles als JSON.
    #[arg(long, conflicts_with = "short")]
    json: bool,
}

/// Works a file out and prints it.
pub fn allocate(args: &AllocateArgs) -> Result<(), Ending> {
    let text = std::fs::read_to_string(&args.file).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => Ending::faulty(t("allocation-file-not-text")),
        _ => Ending::file(&args.file, &error),
    })?;
    let sheet: Sheet = toml::from_str(&text).map_err(|error| unreadable(&args.file, &text, &error))?;
    let paper = work_out(&sheet).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(say::fault).collect();
        Ending::faulty(format!("{}\n{}", in_file(&args.file, "allocation-file-faulty"), lines.join("\n")))
    })?;
    let out = if args.json { json(&paper)? } else { printed(&sheet, &paper, args.short) };
    write_out(&out)
}

/// A reader that closes early, like `head`, is no fault.
fn write_out(text: &str) -> Result<(), Ending> {
    use std::io::Write;
    let written = std::io::stdout().write_all(text.as_bytes());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Ending::file(Path::new("Standardausgabe"), &error))
        }
        _ => Ok(()),
    }
}

fn in_file(file: &Path, key: &str) -> String {
    t_with(key, &[("file", &file.display().to_string())])
}

fn json(paper: &Paper) -> Result<String, Ending> {
    let text = serde_json::to_string_pretty(paper);
    text.map(|text| text + "\n").map_err(|error| Ending::faulty(error.to_string()))
}

/// The reader of TOML speaks English; what can go wrong is said in German, with line and column.
fn unreadable(file: &Path, text: &str, error: &toml::de::Error) -> Ending {
    let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or_default());
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let said = error.message();
    let name = said.split('`').nth(1).unwrap_or_default();
    let key = match said {
        _ if said.starts_with("unknown field") => "allocation-file-unknown-field",
        _ if said.starts_with("missing field") => "allocation-file-missing-field",
        _ if said.starts_with("duplicate") => "allocation-file-twice",
        _ if said.starts_with("invalid type: floating point") => "allocation-file-decimal",
        _ if said.starts_with("invalid type") => "allocation-file-kind",
        _ => "allocation-file-not-toml",
    };
    let sentence = t_with(key, &[("x", name)]);
    let place = [("line", &*line.to_string()), ("column", &*column.to_string()), ("sentence", &*sentence)];
    Ending::faulty(format!("{}\n{}", in_file(file, "allocation-file-faulty"), t_with("allocation-file-place", &place)))
}

fn printed(sheet: &Sheet, paper: &Paper, short: bool) -> String {
    let mut out = format!("{} · {}\n\n", sheet.title, sheet.year.0);
    totals(&mut out, paper);
    table(&mut out, paper);
    for share in &paper.shares {
        beside(&mut out, share);
    }
    if !short {
        line(&mut out, &format!("\n{}", t("allocation-why")));
        for share in &paper.shares {
            line(&mut out, &format!("\n{}", share.area));
            tree(&mut out, &share.why, 1);
            share.figures.iter().for_each(|figure| tree(&mut out, figure, 1));
        }
        line(&mut out, &format!("\n{}", t("allocation-sums")));
        paper.sums.iter().for_each(|sum| tree(&mut out, sum, 1));
    }
    line(&mut out, &format!("\n{}", t("allocation-said")));
    paper.said.iter().for_each(|code| line(&mut out, &t(&rule_key(code))));
    out
}

/// Writing into a string cannot fail.
fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").unwrap_or_default();
}

fn totals(out: &mut String, paper: &Paper) {
    let rows = [
        ("total", paper.total, true),
        ("left-out", paper.left_out, false),
        ("top-slice", paper.top_slice, false),
        ("extra", paper.extra, false),
        ("distributed", paper.distributed, true),
        ("rest", paper.rest, false),
    ];
    for (key, cents, always) in rows {
        if always || cents != 0 {
            line(out, &format!("{:<32}{:>20}", t(&format!("allocation-{key}")), say::euros(cents)));
        }
    }
    out.push('\n');
}

fn table(out: &mut String, paper: &Paper) {
    let width = paper.shares.iter().map(|share| share.area.chars().count()).max().unwrap_or_default().max(8);
    for share in &paper.shares {
        let change = share.previous.map(|before| {
            let change = share.cents - before;
            format!("{:>20}", format!("{}{}", if change > 0 { "+" } else { "" }, say::euros(change)))
        });
        let (money, part) = (say::euros(share.cents), say::percent(share.cents, paper.distributed));
        line(out, &format!("{:<width$}{money:>20}{part:>12}{}", share.area, change.unwrap_or_default()));
    }
}

/// Purposes, agencies, instalments, what methods say besides money.
fn beside(out: &mut String, share: &ShareLine) {
    let named = share.purposes.iter().chain(&share.agencies);
    let named = named.map(|part| format!("{} = {}", part.name, say::euros(part.cents)));
    let mut parts: Vec<String> = named.collect();
    if share.instalments.len() > 1 {
        let sums: Vec<String> = share.instalments.iter().map(|cents| say::euros(*cents)).collect();
        parts.push(format!("{}: {}", t("allocation-instalments"), sums.join(", ")));
    }
    parts.extend(share.figures.iter().map(|figure| format!("{} = {}", say::label(figure), say::value(figure))));
    parts.iter().for_each(|part| line(out, &format!("  {}: {part}", share.area)));
}

fn tree(out: &mut String, step: &StepLine, depth: usize) {
    let indent = "  ".repeat(depth);
    line(out, &format!("{indent}{} = {}  [{}]", say::label(step), say::value(step), say::reason(step)));
    say::told(step).into_iter().for_each(|part| tree(out, part, depth + 1));
}
