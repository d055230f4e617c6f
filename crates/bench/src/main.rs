// SPDX-License-Identifier: EUPL-1.2
//! Measures a built program: `cargo xtask bench`. Not a test: a table, in which only ratios are compared.

mod bare;
mod book;
mod cards;
mod child;
mod client;
mod engine;
mod flows;
mod forecast;
mod ledger;
mod load;
mod money;
mod pages;
mod postgis;
mod quarter;
mod table;

use child::Server;
use load::{Effort, Round, Target, median, round};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;
use table::{Ground, PageLine, Setting, Town};

/// What went wrong, as a sentence for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

const USAGE: &str = "bench --program FILE --dir DIRECTORY [--quick] [--size town|city|both|none] [--out FILE]
      [--postgres ADDRESS] [--compiler VERSION] [--note TEXT]";

/// Connections of the load, and flows side by side.
const CONNECTIONS: usize = 8;
const ABREAST: usize = 16;

/// What was asked on the command line.
struct Args {
    program: PathBuf,
    dir: PathBuf,
    quick: bool,
    size: String,
    out: Option<PathBuf>,
    compiler: String,
    /// A durable PostgreSQL server made for this run.
    postgres: Option<String>,
    /// What else is to be said about this run.
    note: Option<String>,
}

impl Args {
    fn read(args: &[String]) -> Outcome<Self> {
        let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1)).cloned();
        let quick = args.iter().any(|arg| arg == "--quick");
        Ok(Self {
            program: value("--program").ok_or(USAGE)?.into(),
            dir: value("--dir").ok_or(USAGE)?.into(),
            quick,
            size: value("--size").unwrap_or_else(|| if quick { "town".into() } else { "both".into() }),
            out: value("--out").map(PathBuf::from),
            compiler: value("--compiler").unwrap_or_else(|| "rustc".into()),
            postgres: value("--postgres"),
            note: value("--note"),
        })
    }

    fn setting(&self) -> Setting {
        let (rounds, seconds, points) = if self.quick { (1, 1, 50_000) } else { (3, 2, 500_000) };
        let (connections, abreast) = (CONNECTIONS, ABREAST);
        Setting {
            compiler: self.compiler.clone(),
            quick: self.quick,
            note: self.note.clone(),
            rounds,
            seconds,
            connections,
            abreast,
            points,
        }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.as_slice() {
        [verb, file] if verb == "bare" => runtime().and_then(|runtime| runtime.block_on(bare::serve(Path::new(file)))),
        [verb, dir, points] if verb == "quarter" => only_quarter(Path::new(dir), points, None),
        [verb, dir, points, flag, server] if verb == "quarter" && flag == "--postgres" => {
            only_quarter(Path::new(dir), points, Some(server))
        }
        [verb, dir, rest @ ..] if verb == "forecast" => only_forecast(Path::new(dir), rest),
        [verb, dir, rest @ ..] if verb == "cards" => only_cards(Path::new(dir), rest),
        [verb, dir, size, program] if verb == "pages" => only_pages(dir, size, program),
        _ => Args::read(&args).and_then(|args| measure(&args)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Points and a new cut alone: `bench quarter DIRECTORY POINTS [--postgres ADDRESS]`.
fn only_quarter(dir: &Path, points: &str, server: Option<&str>) -> Outcome {
    fs::create_dir_all(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    println!("{}", quarter::page(&quarter::measure(dir, points.parse().or(Err(USAGE))?, server)?));
    Ok(())
}

/// The forecast of a city alone: `bench forecast DIRECTORY [--postgres ADDRESS]`.
fn only_forecast(dir: &Path, rest: &[String]) -> Outcome {
    fs::create_dir_all(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let runtime = runtime()?;
    let line = |engine: &str, (ours, raw): (Duration, Duration)| {
        println!("| {engine} | {} | {} |", table::millis(ours), table::millis(raw));
    };
    line("SQLite", runtime.block_on(forecast::city_on_sqlite(dir))?);
    if let [flag, server] = rest
        && flag == "--postgres"
    {
        line("PostgreSQL", runtime.block_on(forecast::city_on_postgres(server))?);
    }
    Ok(())
}

/// Pages and flows of one town alone: `bench pages DIRECTORY town|city PROGRAM`.
fn only_pages(dir: &str, size: &str, program: &str) -> Outcome {
    let args: Vec<String> = ["--program", program, "--dir", dir, "--size", size].map(str::to_owned).into();
    let args = Args::read(&args)?;
    let (setting, peer) = (args.setting(), bare_peer(&args)?);
    println!("{}", table::page(&setting, &ground(&args, &setting, &peer)?, &towns(&args, &setting, &peer)?));
    Ok(())
}

/// Cards alone: `bench cards DIRECTORY [COUNT]… [--postgres ADDRESS] [--program FILE]`.
fn only_cards(dir: &Path, rest: &[String]) -> Outcome {
    fs::create_dir_all(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let value = |name: &str| rest.iter().position(|arg| arg == name).and_then(|at| rest.get(at + 1));
    let (server, program) = (value("--postgres").map(String::as_str), value("--program").map(Path::new));
    let counts = rest.iter().take_while(|arg| !arg.starts_with("--"));
    let sizes = counts.map(|count| count.parse().or(Err(USAGE.to_owned()))).collect::<Outcome<Vec<usize>>>()?;
    let sizes = if sizes.is_empty() { cards::SIZES.to_vec() } else { sizes };
    println!("{}", cards::page(&cards::measure(dir, &sizes, (server, program))?));
    Ok(())
}

fn runtime() -> Outcome<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| e.to_string())
}

fn measure(args: &Args) -> Outcome {
    let setting = args.setting();
    let peer = bare_peer(args)?;
    let ground = ground(args, &setting, &peer)?;
    let towns = towns(args, &setting, &peer)?;
    eprintln!("the book of money …");
    let money = money(args, &setting)?;
    eprintln!("points and a new cut …");
    let quarter =
        quarter::measure(&args.dir, if setting.quick { 100_000 } else { 1_000_000 }, args.postgres.as_deref())?;
    eprintln!("cards …");
    let sizes = if setting.quick { &cards::SIZES[..1] } else { &cards::SIZES[..] };
    let cards = cards::measure(&args.dir, sizes, (args.postgres.as_deref(), Some(&args.program)))?;
    let text =
        [table::page(&setting, &ground, &towns), money::page(&money), quarter::page(&quarter), cards::page(&cards)]
            .concat();
    println!("{text}");
    match &args.out {
        Some(out) => fs::write(out, text).map_err(|e| format!("{}: {e}", out.display())),
        None => Ok(()),
    }
}

/// An empty directory, and the peer that serves from it.
fn bare_peer(args: &Args) -> Outcome<Server> {
    if args.dir.exists() {
        fs::remove_dir_all(&args.dir).map_err(|e| format!("{}: {e}", args.dir.display()))?;
    }
    fs::create_dir_all(&args.dir).map_err(|e| format!("{}: {e}", args.dir.display()))?;
    let myself = std::env::current_exe().map_err(|e| e.to_string())?;
    Server::start(Command::new(myself).arg("bare").arg(args.dir.join("bare.sqlite")))
}

/// What disk and engine do without us.
fn ground(args: &Args, setting: &Setting, peer: &Server) -> Outcome<Ground> {
    eprintln!("disk and engine …");
    let time = Duration::from_secs(setting.seconds);
    let (flushes, commits) = (engine::flushes(&args.dir, time)?, engine::commits(&args.dir, time)?);
    Ok(Ground { flushes, commits, bare_memory: peer.memory() })
}

fn towns(args: &Args, setting: &Setting, peer: &Server) -> Outcome<Vec<Town>> {
    let sizes = [("town", "Town (400 cases)"), ("city", "City (10,000 cases)")];
    let asked = sizes.into_iter().filter(|(size, _)| args.size == *size || args.size == "both");
    asked.map(|one| town(args, setting, one, peer)).collect()
}

/// Postings, histories and the forecast, on the engines at hand.
fn money(args: &Args, setting: &Setting) -> Outcome<money::Money> {
    let (runtime, dir) = (runtime()?, args.dir.join("money"));
    fs::create_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let time = Duration::from_secs(setting.seconds * 2);
    let mut money = money::Money::default();
    money.postings.push(runtime.block_on(ledger::on_sqlite(&dir, time))?);
    if let Some(server) = &args.postgres {
        money.postings.push(runtime.block_on(ledger::on_postgres(server, time))?);
    }
    if !setting.quick {
        money.readings.push(runtime.block_on(forecast::on_sqlite(&dir))?);
        if let Some(server) = &args.postgres {
            money.readings.push(runtime.block_on(forecast::on_postgres(server))?);
        }
    }
    Ok(money)
}

fn town(args: &Args, setting: &Setting, (size, name): (&str, &'static str), peer: &Server) -> Outcome<Town> {
    let data = args.dir.join(size);
    let demo = || {
        let mut command = Command::new(&args.program);
        command.args(["demo", "--listen", "127.0.0.1:0", "--size", size, "--data"]).arg(&data);
        command
    };
    eprintln!("{name} is being made …");
    let made_in = Server::start(&mut demo())?.started_in;
    let runtime = runtime()?;
    let stage = runtime.block_on(flows::Stage::open(&data))?;
    let server = Server::start(&mut demo())?;
    std::thread::sleep(Duration::from_secs(1));
    let rest = server.memory();
    let cookie = pages::sign_in(server.address)?;
    let targets = pages::of_program(server.address, &cookie, &stage)?;
    let once = Effort { connections: 1, time: Duration::from_millis(20) };
    targets.iter().try_for_each(|target| round(target, once).map(|_| ()))?;
    let seen = server.memory();
    let watch = server.watch();
    let pages = compare(setting, &targets, &pages::of_bare(peer.address))?;
    let most = watch.most();
    std::thread::sleep(Duration::from_secs(2));
    let (after, started_in) = (server.memory(), server.started_in);
    drop(server);
    eprintln!("  flows …");
    let time = Duration::from_secs(setting.seconds * 2);
    let flow = runtime.block_on(stage.flows(1, time))?;
    let flows = runtime.block_on(stage.flows(setting.abreast, time))?;
    eprintln!("  points …");
    let located = runtime.block_on(stage.locate(setting.points))?;
    Ok(Town { name, made_in, started_in, memory: [rest, seen, most, after], pages, flow, flows, located })
}

/// Ours and theirs in turn, so that both meet the same weather.
fn compare(setting: &Setting, ours: &[Target], theirs: &[Target]) -> Outcome<Vec<PageLine>> {
    let effort = Effort { connections: setting.connections, time: Duration::from_secs(setting.seconds) };
    let one = Effort { connections: 1, time: Duration::from_secs(1) };
    let mut lines = Vec::new();
    for (page, peer) in ours.iter().zip(theirs) {
        eprintln!("  {} …", page.name);
        let mut rounds: (Vec<Round>, Vec<Round>) = Default::default();
        for _ in 0..setting.rounds {
            rounds.0.push(round(page, effort)?);
            rounds.1.push(round(peer, effort)?);
        }
        lines.push(PageLine {
            name: page.name,
            ours: median(rounds.0),
            alone: round(page, one)?,
            bare: median(rounds.1),
        });
    }
    Ok(lines)
}
