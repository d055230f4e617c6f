// SPDX-License-Identifier: EUPL-1.2
//! A small client for HTTP/1.1 over one connection that stays open. Just enough to load our own server.

use crate::Outcome;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than this no answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection.
pub struct Visitor {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back; the body as it was sent, chunk marks included.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Visitor {
    pub fn connect(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(|e| format!("{address}: {e}"))?;
        stream.set_nodelay(true).and_then(|()| stream.set_read_timeout(Some(PATIENCE))).map_err(|e| e.to_string())?;
        Ok(Self { stream, buffer: Vec::with_capacity(128 * 1024) })
    }

    /// Sends a whole request and reads a whole answer.
    pub fn ask(&mut self, request: &[u8]) -> Outcome<Answer<'_>> {
        self.stream.write_all(request).map_err(|e| e.to_string())?;
        self.buffer.clear();
        let head = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.more()?;
        };
        let text = std::str::from_utf8(self.buffer.get(..head).unwrap_or_default()).map_err(|e| e.to_string())?;
        let status = text.get(9..12).and_then(|digits| digits.parse().ok()).ok_or("an answer without a status")?;
        match header(text, "content-length").map(str::parse::<usize>) {
            Some(Ok(length)) => {
                while self.buffer.len() < head + length {
                    self.more()?;
                }
            }
            Some(Err(_)) => return Err("an answer with an unreadable length".into()),
            None if header(text, "transfer-encoding").is_some() => self.chunks(head)?,
            None => {}
        }
        let (head, body) = self.buffer.split_at_checked(head).ok_or("an answer cut short")?;
        Ok(Answer { status, head: std::str::from_utf8(head).unwrap_or_default(), body })
    }

    fn more(&mut self) -> Outcome {
        let mut piece = [0_u8; 64 * 1024];
        let read = self.stream.read(&mut piece).map_err(|e| format!("no answer: {e}"))?;
        if read == 0 {
            return Err("the server closed the connection".into());
        }
        self.buffer.extend_from_slice(piece.get(..read).unwrap_or_default());
        Ok(())
    }

    /// Reads until the chunk of length zero.
    fn chunks(&mut self, mut at: usize) -> Outcome {
        loop {
            let rest = self.buffer.get(at..).unwrap_or_default();
            let Some(line) = find(rest, b"\r\n") else {
                self.more()?;
                continue;
            };
            let digits = std::str::from_utf8(rest.get(..line).unwrap_or_default()).unwrap_or_default();
            let length = usize::from_str_radix(digits, 16).map_err(|e| format!("a chunk of length {digits}: {e}"))?;
            at += line + 2 + length + 2;
            while self.buffer.len() < at {
                self.more()?;
            }
            if length == 0 {
                return Ok(());
            }
        }
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// The value of a header.
pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A request for a page.
pub fn get(path: &str, extra: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{extra}\r\n").into_bytes()
}

/// A form to be sent.
pub fn post(path: &str, extra: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    let body = body.join("&");
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nHost: bench\r\n{kind}\r\nContent-Length: {length}\r\n{extra}\r\n{body}")
        .into_bytes()
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_headers_are_written_and_read() {
        let request = String::from_utf8(post("/x", "", &[("a", "ä b")])).unwrap();
        assert!(request.contains("Content-Length: 12\r\n") && request.ends_with("\r\n\r\na=%C3%A4%20b"));
        assert_eq!(header("HTTP/1.1 200 OK\r\nSet-Cookie: x=y; Path=/\r\n", "set-cookie"), Some("x=y; Path=/"));
    }
}
