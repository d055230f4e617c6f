// SPDX-License-Identifier: EUPL-1.2
//! The measurements, of a release build. The whole run writes `docs/benchmarks.md`; a quick one only shows.

use crate::run::{Outcome, cargo, root, succeed, target};
use std::process::Command;

/// `cargo xtask bench [--quick] [--size town|city]`
pub fn run(args: &[String]) -> Outcome {
    crate::assets::provide()?;
    // One after the other: together they would share features, and the program measured would not be the one shipped.
    // Tantivy is a peer of the cards and no part of anything else.
    for package in [&["sozialraum"][..], &["bench", "--features", "tantivy"]] {
        succeed(cargo().args(["build", "--release", "--package"]).args(package))?;
    }
    let release = target().join("release");
    let mut bench = Command::new(release.join("bench"));
    bench.arg("--program").arg(release.join("sozialraum")).arg("--dir").arg(target().join("bench"));
    bench.arg("--compiler").arg(compiler()).args(args.iter().filter(|arg| *arg != "--"));
    let server = crate::postgres::programs().map(|_| crate::postgres::Server::start_durable()).transpose()?;
    if let Some(server) = &server {
        bench.arg("--postgres").arg(server.address());
    }
    if !args.iter().any(|arg| arg == "--quick" || arg == "--size") {
        bench.arg("--out").arg(root().join("docs/benchmarks.md"));
    }
    succeed(&mut bench)
}

/// `rustc 1.92.0`, without commit and date.
fn compiler() -> String {
    let said = Command::new("rustc").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}
