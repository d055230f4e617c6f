// SPDX-License-Identifier: EUPL-1.2
//! What the tests need and a fresh Debian machine lacks.

use crate::run::{Outcome, is_root, succeed, which};
use crate::{browser, postgres};
use std::process::Command;

/// Installs the missing Debian packages, or says which ones to install.
pub fn install_missing() -> Outcome {
    let mut packages = Vec::new();
    if browser::chromium().is_none() {
        packages.push("chromium");
    }
    if postgres::programs().is_none() {
        packages.push("postgresql");
    }
    // The power-cut drill reads what the program asked of the operating system.
    if which("strace").is_none() {
        packages.push("strace");
    }
    if which("npm").is_none() {
        packages.extend(["nodejs", "npm"]);
    }
    if packages.is_empty() {
        println!("setup: nothing is missing");
        return Ok(());
    }
    let by_hand = format!("please install by hand: apt-get install {}", packages.join(" "));
    if which("apt-get").is_none() {
        return Err(format!("this is no Debian; {by_hand}"));
    }
    if !is_root() && which("sudo").is_none() {
        return Err(format!("neither root nor sudo; {by_hand}"));
    }
    succeed(apt().arg("update"))
        .and_then(|()| succeed(apt().arg("install").args(&packages)))
        .map_err(|e| format!("{e}; {by_hand}"))
}

fn apt() -> Command {
    let mut command = if is_root() {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("apt-get");
        sudo
    };
    command.args(["-y", "-qq", "--no-install-recommends"]).env("DEBIAN_FRONTEND", "noninteractive");
    command
}
