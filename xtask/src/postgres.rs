// SPDX-License-Identifier: EUPL-1.2
//! A PostgreSQL that lives for one run of the tests or the measurements: own folder, unix socket, no port, no password.

use crate::run::{Outcome, is_root, which};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A running server; it is stopped and its folder removed when this is dropped.
pub struct Server {
    home: PathBuf,
    programs: PathBuf,
}

/// The folder with `initdb` and `pg_ctl`: the newest of Debian's, else the one on `PATH`.
pub fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).or_else(|| which("initdb")?.parent().map(Path::to_path_buf))
}

impl Server {
    /// Makes a new cluster for tests, fast and not durable, and waits until it answers.
    pub fn start() -> Outcome<Self> {
        Self::start_with("-c fsync=off -c synchronous_commit=off -c full_page_writes=off")
    }

    /// Makes a new cluster that flushes every commit, as in an office.
    pub fn start_durable() -> Outcome<Self> {
        Self::start_with("-c fsync=on -c synchronous_commit=on -c full_page_writes=on")
    }

    fn start_with(durability: &str) -> Outcome<Self> {
        let programs = programs().ok_or("PostgreSQL is missing: cargo xtask setup")?;
        let home = std::env::temp_dir().join(format!("sozialraum-test-{}", std::process::id()));
        fs::create_dir_all(&home).map_err(|e| format!("{}: {e}", home.display()))?;
        let server = Self { home, programs };
        if is_root() {
            let mut chown = Command::new("chown");
            quiet(chown.arg("postgres").arg(&server.home))?;
        }
        let mut initdb = server.program("initdb");
        initdb.arg("-D").arg(server.data());
        quiet(initdb.args(["-U", "postgres", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]))?;
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200 {durability}",
            server.home.display()
        );
        let mut start = server.program("pg_ctl");
        start.arg("-D").arg(server.data()).arg("-l").arg(server.home.join("log"));
        quiet(start.args(["-w", "-t", "60", "-o", &options, "start"]))?;
        Ok(server)
    }

    /// What the tests get to reach it.
    pub fn address(&self) -> String {
        format!("host={} user=postgres dbname=postgres", self.home.display())
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// PostgreSQL refuses to run as root: then it runs as its own user.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if is_root() {
            let mut other = Command::new("runuser");
            other.args(["-u", "postgres", "--"]).arg(path);
            other
        } else {
            Command::new(path)
        };
        command.current_dir(&self.home);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.arg("-D").arg(self.data()).args(["-m", "immediate", "stop"]);
        if let Err(message) = quiet(&mut stop) {
            eprintln!("xtask: PostgreSQL did not stop: {message}");
        }
        if let Err(error) = fs::remove_dir_all(&self.home) {
            eprintln!("xtask: {}: {error}", self.home.display());
        }
    }
}

/// Runs a command and shows what it said only if it failed. A server it leaves behind must not hold our pipes:
/// only its error stream is read, and the server itself writes to its log.
fn quiet(command: &mut Command) -> Outcome {
    let name = format!("{command:?}");
    let said =
        command.stdin(Stdio::null()).stdout(Stdio::null()).output().map_err(|e| format!("cannot start {name}: {e}"))?;
    if said.status.success() {
        return Ok(());
    }
    Err(format!("{name}: {}", String::from_utf8_lossy(&said.stderr).trim()))
}
