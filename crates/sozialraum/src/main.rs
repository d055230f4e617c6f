// SPDX-License-Identifier: EUPL-1.2
//! The program `sozialraum`: command line, server, demo.

mod allocate;
mod cli;
mod config;
mod demo;
mod ending;
mod german;
mod import;
mod locate;
mod mail;
mod office;
mod people;
mod preview;
mod progress;
mod serve;
mod verify;

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os())
}
