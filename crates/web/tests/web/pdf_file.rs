// SPDX-License-Identifier: EUPL-1.2
//! The values a PDF is made of, read from its bytes.

use std::collections::BTreeMap;
use std::io::Read;

/// A value as it stands in a file or in the commands of a page.
#[derive(Clone, Debug)]
pub enum Thing {
    Word(String),
    Name(String),
    Text(Vec<u8>),
    List(Vec<Thing>),
    Map(BTreeMap<String, Thing>),
    To(u32),
}

impl Thing {
    pub fn get(&self, key: &str) -> Option<&Thing> {
        if let Self::Map(map) = self { map.get(key) } else { None }
    }

    pub fn number(&self) -> Option<u32> {
        if let Self::Word(word) = self { word.parse().ok() } else { None }
    }

    pub fn name(&self) -> &str {
        if let Self::Name(name) = self { name } else { "" }
    }
}

pub struct Reader<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

const ENDS: &[u8] = b" \t\r\n\x0c\0()<>[]{}/%";

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n') {
                    self.at += 1;
                }
            } else if !byte.is_ascii_whitespace() && byte != 0 {
                return;
            } else {
                self.at += 1;
            }
        }
    }

    fn word(&mut self) -> String {
        let from = self.at;
        while self.peek().is_some_and(|byte| !ENDS.contains(&byte)) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.bytes[from..self.at]).into_owned()
    }

    /// The next value; nothing at the end of the bytes or of what it stands in.
    pub fn next(&mut self) -> Option<Thing> {
        self.skip();
        let two = self.bytes.get(self.at..self.at + 2).unwrap_or_default();
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Thing::Name(self.word()))
            }
            b'(' => Some(Thing::Text(self.literal())),
            b'[' => {
                self.at += 1;
                Some(Thing::List(self.until_closed(1)))
            }
            b'<' if two == b"<<" => {
                self.at += 2;
                let all = self.until_closed(2);
                let pairs = all.chunks_exact(2).map(|pair| (pair[0].name().to_owned(), pair[1].clone()));
                Some(Thing::Map(pairs.collect()))
            }
            b'<' => Some(Thing::Text(self.hex())),
            b']' | b'>' | b')' | b'{' | b'}' => None,
            _ => Some(Thing::Word(self.word())),
        }
    }

    /// All values up to a closing mark of this length; `5 0 R` becomes one of them.
    fn until_closed(&mut self, mark: usize) -> Vec<Thing> {
        let mut all = Vec::new();
        while let Some(thing) = self.next() {
            let to = match all.as_slice() {
                [.., number, _] if matches!(&thing, Thing::Word(word) if word == "R") => Thing::number(number),
                _ => None,
            };
            match to {
                Some(number) => {
                    all.truncate(all.len() - 2);
                    all.push(Thing::To(number));
                }
                None => all.push(thing),
            }
        }
        self.at += mark;
        all
    }

    fn literal(&mut self) -> Vec<u8> {
        let (mut text, mut depth) = (Vec::new(), 0);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            match byte {
                b'(' if depth == 1 => {}
                b')' if depth == 0 => break,
                b'\\' => text.extend(self.escaped()),
                _ => text.push(byte),
            }
        }
        text
    }

    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\n' => None,
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|byte| (b'0'..=b'7').contains(byte)) else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                u8::try_from(value).ok()
            }
            other => Some(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let from = self.at;
        while self.peek().is_some_and(|byte| byte != b'>') {
            self.at += 1;
        }
        let digits: Vec<u8> = self.bytes[from..self.at].iter().copied().filter(u8::is_ascii_hexdigit).collect();
        self.at += 1;
        let value = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        digits.chunks_exact(2).map(value).collect()
    }
}

pub struct File {
    pub things: BTreeMap<u32, Thing>,
    pub streams: BTreeMap<u32, Vec<u8>>,
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| at + from)
}

impl File {
    pub fn read(pdf: &[u8]) -> Self {
        let mut file = Self { things: BTreeMap::new(), streams: BTreeMap::new() };
        let mut from = 0;
        while let Some(at) = find(pdf, b" 0 obj", from) {
            let digits = pdf[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            let number = std::str::from_utf8(&pdf[at - digits..at]).unwrap().parse().unwrap_or_default();
            let mut reader = Reader { bytes: pdf, at: at + b" 0 obj".len() };
            let thing = reader.next();
            reader.skip();
            from = reader.at;
            let Some(thing) = thing else { continue };
            if pdf[from..].starts_with(b"stream") {
                let begins = find(pdf, b"\n", from).unwrap() + 1;
                let length = thing.get("Length").and_then(Thing::number).unwrap() as usize;
                let raw = &pdf[begins..begins + length];
                file.streams.insert(number, inflated(raw, thing.get("Filter").is_some()));
                from = begins + length;
            }
            file.things.insert(number, thing);
        }
        file
    }

    pub fn follow<'a>(&'a self, thing: Option<&'a Thing>) -> Option<&'a Thing> {
        match thing? {
            Thing::To(number) => self.things.get(number),
            other => Some(other),
        }
    }
}

fn inflated(raw: &[u8], packed: bool) -> Vec<u8> {
    let mut out = Vec::new();
    if packed && flate2::read::ZlibDecoder::new(raw).read_to_end(&mut out).is_ok() { out } else { raw.to_vec() }
}
