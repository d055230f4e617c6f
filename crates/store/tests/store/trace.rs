// SPDX-License-Identifier: EUPL-1.2
//! What a program asked of the operating system, and the disk that follows from it when the power is cut.

/// One call that matters.
#[derive(Debug)]
pub enum Event {
    /// Said on the standard output.
    Said(String),
    /// Bytes at a place, of the file or of its log.
    Write { log: bool, at: usize, bytes: Vec<u8> },
    /// Cut to a length.
    Cut { log: bool, length: usize },
    /// Everything written so far is on the disk.
    Flushed { log: bool },
}

/// Reads the output of `strace -f -y -xx`. A write counts from its beginning, a flush only at its end.
pub fn events(trace: &str, file: &str) -> Vec<Event> {
    let mut waiting: Vec<(&str, bool)> = Vec::new();
    let mut events = Vec::new();
    for line in trace.lines() {
        let (pid, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if let Some(rest) = call.strip_prefix("<... ") {
            let flush = rest.starts_with("fdatasync") || rest.starts_with("fsync");
            if flush && let Some(n) = waiting.iter().position(|(of, _)| *of == pid) {
                events.push(Event::Flushed { log: waiting.swap_remove(n).1 });
            }
            continue;
        }
        let Some((name, rest)) = call.split_once('(') else { continue };
        let Some((fd, rest)) = rest.split_once('<') else { continue };
        let Some((path, rest)) = rest.split_once('>') else { continue };
        let path = String::from_utf8_lossy(&bytes(path)).into_owned();
        let name_of = path.rsplit('/').next().unwrap_or_default();
        let log = name_of == format!("{file}-wal");
        match name {
            "write" if fd == "1" => events.push(Event::Said(String::from_utf8_lossy(&quoted(rest)).into_owned())),
            _ if !log && name_of != file => {}
            "pwrite64" => {
                let numbers: Vec<usize> = numbers(rest.rsplit_once('"').unwrap().1);
                events.push(Event::Write { log, at: numbers[1], bytes: quoted(rest) });
            }
            "ftruncate" => events.push(Event::Cut { log, length: numbers(rest)[0] }),
            "fdatasync" | "fsync" if rest.contains("unfinished") => waiting.push((pid, log)),
            "fdatasync" | "fsync" => events.push(Event::Flushed { log }),
            _ => {}
        }
    }
    events
}

/// `\x41\x42` → bytes.
fn bytes(hex: &str) -> Vec<u8> {
    hex.split("\\x").skip(1).map(|byte| u8::from_str_radix(&byte[..2], 16).unwrap()).collect()
}

fn quoted(text: &str) -> Vec<u8> {
    text.split('"').nth(1).map(bytes).unwrap_or_default()
}

fn numbers(text: &str) -> Vec<usize> {
    let text = text.split(['=', '<']).next().unwrap_or_default();
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

/// A disk with what is on it, and what is only on its way.
pub struct Disk {
    kept: [Vec<u8>; 2],
    on_the_way: Vec<(bool, Change)>,
    flushes: bool,
}

enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

impl Disk {
    pub fn new(base: &[u8], flushes: bool) -> Self {
        Self { kept: [base.to_vec(), Vec::new()], on_the_way: Vec::new(), flushes }
    }

    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Said(_) => {}
            Event::Write { log, at, bytes } => self.on_the_way.push((*log, Change::Write(*at, bytes.clone()))),
            Event::Cut { log, length } => self.on_the_way.push((*log, Change::Cut(*length))),
            Event::Flushed { log } if self.flushes => {
                let (here, other) = self.on_the_way.drain(..).partition(|(of, _)| of == log);
                self.on_the_way = other;
                self.keep(here);
            }
            Event::Flushed { .. } => {}
        }
    }

    fn keep(&mut self, changes: Vec<(bool, Change)>) {
        for (log, change) in changes {
            let file = &mut self.kept[usize::from(log)];
            match change {
                Change::Cut(length) => file.resize(length, 0),
                Change::Write(at, bytes) => {
                    let end = at + bytes.len();
                    file.resize(file.len().max(end), 0);
                    file[at..end].copy_from_slice(&bytes);
                }
            }
        }
    }

    /// The file and its log when the power comes back: of what was on its way, about a third arrived, in any order.
    /// On a disk that never flushes nothing of the log did.
    pub fn after_the_cut(mut self, chance: u64) -> (Vec<u8>, Vec<u8>) {
        let mut chance = chance.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut arrives = || {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            chance.is_multiple_of(3)
        };
        let flushes = self.flushes;
        let arrived = self.on_the_way.drain(..).filter(|_| flushes && arrives()).collect();
        self.keep(arrived);
        let [main, log] = self.kept;
        (main, log)
    }
}
