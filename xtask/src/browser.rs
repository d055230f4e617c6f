// SPDX-License-Identifier: EUPL-1.2
//! The pages in a real browser: accessibility, stories, pictures.

use crate::run::{Outcome, Said, cargo, root, succeed, target, watch, which};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The time a debug build may take to fill the demonstration town.
const PATIENCE: Duration = Duration::from_secs(120);

/// The browser, if the machine has one.
pub fn chromium() -> Option<PathBuf> {
    which("chromium").or_else(|| which("chromium-browser")).or_else(|| which("google-chrome"))
}

/// Accessibility of every page, then the stories, against a fresh demonstration town.
pub fn tests() -> Outcome<Said> {
    let demo = Demo::start()?;
    watch(demo.node("tests/browser/run.mjs")?.arg(&demo.address))
}

/// Pictures of the pages into `target/screens`.
pub fn screens() -> Outcome {
    crate::assets::provide()?;
    succeed(cargo().args(["build", "--package", "sozialraum"]))?;
    let demo = Demo::start()?;
    succeed(demo.node("tests/browser/screens.mjs")?.arg(&demo.address).arg(target().join("screens")))
}

/// A demonstration town in a folder of its own; both go when this is dropped.
struct Demo {
    child: Child,
    data: PathBuf,
    address: String,
}

impl Demo {
    /// Starts the program and waits for the line that names its address.
    fn start() -> Outcome<Self> {
        let program = target().join("debug/sozialraum");
        let data = std::env::temp_dir().join(format!("sozialraum-demo-{}", std::process::id()));
        fs::create_dir_all(&data).map_err(|e| format!("{}: {e}", data.display()))?;
        let child = Command::new(&program)
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .current_dir(root())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
        let mut demo = Self { child, data, address: String::new() };
        demo.address = demo.wait_for_address()?;
        Ok(demo)
    }

    fn wait_for_address(&mut self) -> Outcome<String> {
        let stdout = self.child.stdout.take().ok_or("the demonstration has no output")?;
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Nobody listens once the address is known; reading goes on, so that the program never waits for us.
                sender.send(line).ok();
            }
        });
        while let Ok(line) = receiver.recv_timeout(PATIENCE) {
            if line.starts_with("http://") {
                return Ok(line.trim().to_owned());
            }
        }
        Err("the demonstration ended, or did not print its address (a line that begins with http://) in time".into())
    }

    fn node(&self, script: &str) -> Outcome<Command> {
        let chromium = chromium().ok_or("Chromium is missing: cargo xtask setup")?;
        let mut command = Command::new("node");
        command.arg(script).current_dir(root()).env("CHROMIUM", chromium);
        Ok(command)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let ended = self.child.kill().and_then(|()| self.child.wait());
        if let Err(error) = ended.and_then(|_| fs::remove_dir_all(&self.data)) {
            eprintln!("xtask: the demonstration did not end cleanly: {error}");
        }
    }
}
