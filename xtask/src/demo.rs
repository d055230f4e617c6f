// SPDX-License-Identifier: EUPL-1.2
//! The demonstration town, started from the sources.

use crate::run::{Outcome, cargo, succeed};

/// `cargo xtask demo -- --listen 127.0.0.1:8080`
pub fn start(args: &[String]) -> Outcome {
    crate::assets::provide()?;
    let args = args.iter().filter(|arg| *arg != "--");
    succeed(cargo().args(["run", "--package", "sozialraum", "--", "demo"]).args(args))
}
