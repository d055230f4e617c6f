// SPDX-License-Identifier: EUPL-1.2
//! A program of its own that serves: ours, or the bare peer.

use crate::Outcome;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A program that serves; it ends with this.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start to the line that names the address.
    pub started_in: Duration,
}

impl Server {
    /// Starts it and waits for the line that names its address.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let start = Instant::now();
        let name = command.get_program().to_string_lossy().into_owned();
        let spawned = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = spawned.map_err(|e| format!("cannot start {name}: {e}"))?;
        let out = child.stdout.take().ok_or("no output")?;
        let line = BufReader::new(out).lines().map_while(Result::ok).find(|line| line.starts_with("http://"));
        let address = line.as_deref().and_then(|line| line.trim().strip_prefix("http://")?.parse().ok());
        let server = |address| Self { child, address, started_in: start.elapsed() };
        address.map(server).ok_or(format!("{name} ended before it named its address"))
    }

    /// Anonymous memory in KiB, shared pages by share. Files that are mapped can be dropped and are not counted.
    pub fn memory(&self) -> u64 {
        anonymous(self.child.id())
    }

    /// Looks at the memory until told to stop; answers the most it saw.
    pub fn watch(&self) -> Watch {
        let (done, most) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (id, stop, seen) = (self.child.id(), Arc::clone(&done), Arc::clone(&most));
        let thread = thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                seen.fetch_max(anonymous(id), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(200));
            }
        });
        Watch { done, most, thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("bench: a server did not end: {error}");
        }
    }
}

/// Anonymous memory of a process in KiB.
pub fn anonymous(id: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss_Anon:"));
    line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}

/// Somebody who looks at the memory.
pub struct Watch {
    done: Arc<AtomicBool>,
    most: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// The most that was seen, in KiB.
    pub fn most(mut self) -> u64 {
        self.done.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
        self.most.load(Ordering::Relaxed)
    }
}
