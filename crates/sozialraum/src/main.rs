// SPDX-License-Identifier: EUPL-1.2
//! The program `sozialraum`: command line, and later the server.

mod cli;
mod config;
mod ending;
mod german;
mod import;
mod locate;
mod office;
mod progress;

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os())
}
