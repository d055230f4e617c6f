// SPDX-License-Identifier: EUPL-1.2
//! The verbs of the workspace. `cargo xtask` lists them.

mod assets;
mod bench;
mod browser;
mod demo;
mod postgres;
mod run;
mod setup;
mod tally;
mod test;

use std::process::ExitCode;

const HELP: &str = "cargo xtask <verb>

  setup            installs what the tests need and the machine lacks (Debian: chromium, postgresql, strace)
  assets           fetches styles and fonts by the lock file and puts them into crates/web/assets/vendor
  demo [-- ARGS]   assets, then starts the demonstration town
  test             all lanes, quickest first; ends with the line 'N passed, M failed'
  bench [--quick]  measures a release build and writes docs/benchmarks.md; quick: the town alone, shown only
  screens          pictures of the pages (light, dark, phone) into target/screens";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (verb, rest) = match args.split_first() {
        Some((verb, rest)) => (verb.as_str(), rest),
        None => ("help", &[][..]),
    };
    let outcome = match verb {
        "setup" => setup::install_missing(),
        "assets" => assets::provide(),
        "demo" => demo::start(rest),
        "test" => test::all_lanes(),
        "bench" => bench::run(rest),
        "screens" => browser::screens(),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no verb '{other}'\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever already said it all hands up an empty message.
        Err(message) if message.is_empty() => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
