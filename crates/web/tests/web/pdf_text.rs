// SPDX-License-Identifier: EUPL-1.2
//! What a screen reader would read aloud of a PDF: the words in the order of its tag tree, a piece for each paragraph,
//! heading or cell. Reads the bytes of the file alone and knows nothing of the typesetter that made them.

use std::collections::BTreeMap;
use std::io::Read;

/// A value as it stands in a file or in the commands of a page.
#[derive(Clone, Debug)]
enum Thing {
    Word(String),
    Name(String),
    Text(Vec<u8>),
    List(Vec<Thing>),
    Map(BTreeMap<String, Thing>),
    To(u32),
}

impl Thing {
    fn get(&self, key: &str) -> Option<&Thing> {
        if let Self::Map(map) = self { map.get(key) } else { None }
    }

    fn number(&self) -> Option<u32> {
        if let Self::Word(word) = self { word.parse().ok() } else { None }
    }

    fn name(&self) -> &str {
        if let Self::Name(name) = self { name } else { "" }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
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
    fn next(&mut self) -> Option<Thing> {
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

struct File {
    things: BTreeMap<u32, Thing>,
    streams: BTreeMap<u32, Vec<u8>>,
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| at + from)
}

impl File {
    fn read(pdf: &[u8]) -> Self {
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

    fn follow<'a>(&'a self, thing: Option<&'a Thing>) -> Option<&'a Thing> {
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

fn utf16(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(&[0xfe, 0xff]).unwrap_or(bytes);
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// What each code of a font means.
type Letters = BTreeMap<Vec<u8>, String>;

fn letters(cmap: &[u8]) -> Letters {
    let (mut reader, mut kept, mut letters) = (Reader { bytes: cmap, at: 0 }, Vec::new(), Letters::new());
    while reader.at < cmap.len() {
        let Some(thing) = reader.next() else {
            reader.at += 1;
            continue;
        };
        let Thing::Word(word) = &thing else {
            kept.push(thing);
            continue;
        };
        match word.as_str() {
            "endbfchar" => {
                for pair in kept.chunks_exact(2) {
                    if let [Thing::Text(code), Thing::Text(means)] = pair {
                        letters.insert(code.clone(), utf16(means));
                    }
                }
            }
            "endbfrange" => kept.chunks_exact(3).for_each(|row| range(row, &mut letters)),
            _ => {}
        }
        kept.clear();
    }
    letters
}

fn range(row: &[Thing], letters: &mut Letters) {
    let [Thing::Text(first), Thing::Text(last), to] = row else { return };
    let value = |code: &[u8]| code.iter().fold(0_u32, |sum, byte| sum * 256 + u32::from(*byte));
    for (step, code) in (value(first)..=value(last)).enumerate() {
        let means = match to {
            Thing::Text(base) => {
                let mut base = base.clone();
                if let Some(last) = base.last_mut() {
                    *last = last.wrapping_add(u8::try_from(step).unwrap());
                }
                utf16(&base)
            }
            Thing::List(all) => match all.get(step) {
                Some(Thing::Text(means)) => utf16(means),
                _ => continue,
            },
            _ => continue,
        };
        let whole = code.to_be_bytes();
        letters.insert(whole[4 - first.len()..].to_vec(), means);
    }
}

/// Marked content by page and number.
type Marked = BTreeMap<(u32, u32), String>;

struct Page<'a> {
    number: u32,
    fonts: BTreeMap<&'a str, Letters>,
    font: String,
    /// For each open mark: its number, and whether other words stand for what is inside.
    open: Vec<(Option<u32>, bool)>,
}

impl Page<'_> {
    fn say(&self, words: &str, marked: &mut Marked) {
        if let Some(id) = self.open.iter().rev().find_map(|(id, _)| *id) {
            marked.entry((self.number, id)).or_default().push_str(words);
        }
    }

    fn show(&self, codes: &[u8], marked: &mut Marked) {
        if self.open.iter().any(|(_, replaced)| *replaced) {
            return;
        }
        let Some(letters) = self.fonts.get(self.font.as_str()) else { return };
        let width = letters.keys().next().map_or(2, Vec::len);
        let words: String = codes.chunks(width).filter_map(|code| letters.get(code)).map(String::as_str).collect();
        self.say(&words, marked);
    }

    fn run(&mut self, commands: &[u8], marked: &mut Marked) {
        let (mut reader, mut kept) = (Reader { bytes: commands, at: 0 }, Vec::new());
        while reader.at < commands.len() {
            let Some(thing) = reader.next() else {
                reader.at += 1;
                continue;
            };
            let Thing::Word(word) = &thing else {
                kept.push(thing);
                continue;
            };
            if word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
                kept.push(thing);
                continue;
            }
            self.obey(word, &kept, marked);
            kept.clear();
        }
    }

    fn obey(&mut self, command: &str, with: &[Thing], marked: &mut Marked) {
        match (command, with) {
            ("BMC", _) => self.open.push((None, false)),
            ("BDC", [.., marks]) => {
                let instead = marks.get("ActualText");
                self.open.push((marks.get("MCID").and_then(Thing::number), instead.is_some()));
                if let Some(Thing::Text(words)) = instead {
                    self.say(&utf16(words), marked);
                }
            }
            ("EMC", _) => {
                self.open.pop();
            }
            ("Tf", [font, _]) => font.name().clone_into(&mut self.font),
            ("Tj" | "'" | "\"", [.., Thing::Text(codes)]) => self.show(codes, marked),
            ("TJ", [Thing::List(parts)]) => {
                for part in parts {
                    if let Thing::Text(codes) = part {
                        self.show(codes, marked);
                    }
                }
            }
            _ => {}
        }
    }
}

fn marked(file: &File) -> Marked {
    let mut marked = Marked::new();
    for (number, page) in &file.things {
        if page.get("Type").map(Thing::name) != Some("Page") {
            continue;
        }
        let resources = file.follow(page.get("Resources"));
        let mut fonts = BTreeMap::new();
        if let Some(Thing::Map(map)) = resources.and_then(|all| file.follow(all.get("Font"))) {
            for (name, font) in map {
                let cmap = file.follow(Some(font)).and_then(|font| font.get("ToUnicode"));
                if let Some(Thing::To(cmap)) = cmap {
                    fonts.insert(name.as_str(), letters(&file.streams[cmap]));
                }
            }
        }
        let mut page_reader = Page { number: *number, fonts, font: String::new(), open: Vec::new() };
        let parts = match page.get("Contents") {
            Some(Thing::List(parts)) => parts.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        for part in parts {
            if let Thing::To(part) = part {
                page_reader.run(&file.streams[&part], &mut marked);
            }
        }
    }
    marked
}

/// Stands in a line; all else begins a new piece.
const INLINE: &[&str] = &["Span", "Link", "Em", "Strong", "Code", "Quote", "Reference"];

struct Aloud<'a> {
    file: &'a File,
    marked: Marked,
    pieces: Vec<String>,
}

impl Aloud<'_> {
    fn say(&mut self, words: &str) {
        self.pieces.last_mut().unwrap().push_str(words);
    }

    fn element(&mut self, element: &Thing, page: u32) {
        let page = if let Some(Thing::To(page)) = element.get("Pg") { *page } else { page };
        let kind = element.get("S").map(Thing::name).unwrap_or_default();
        // The mark of a point in a list is none of its words.
        if kind == "Lbl" {
            return;
        }
        let block = !INLINE.contains(&kind);
        if block {
            self.pieces.push(String::new());
        }
        match element.get("ActualText") {
            Some(Thing::Text(words)) => self.say(&utf16(words)),
            _ => self.children(element.get("K"), page),
        }
        if block {
            self.pieces.push(String::new());
        }
    }

    fn children(&mut self, children: Option<&Thing>, page: u32) {
        match children {
            Some(Thing::List(all)) => all.iter().for_each(|one| self.children(Some(one), page)),
            Some(Thing::To(number)) => {
                if let Some(child) = self.file.things.get(number) {
                    self.element(child, page);
                }
            }
            Some(content @ Thing::Map(_)) if content.get("MCID").is_some() => {
                let page = if let Some(Thing::To(page)) = content.get("Pg") { *page } else { page };
                self.children(content.get("MCID"), page);
            }
            Some(Thing::Word(_)) => {
                let id = children.and_then(Thing::number).unwrap();
                let words = self.marked.remove(&(page, id)).unwrap_or_default();
                self.say(&words);
            }
            _ => {}
        }
    }
}

/// The pieces of a file in the order in which they are read aloud.
#[must_use]
pub fn pieces(pdf: &[u8]) -> Vec<String> {
    let file = File::read(pdf);
    let root = file.things.values().find(|thing| thing.get("Type").map(Thing::name) == Some("StructTreeRoot"));
    let mut aloud = Aloud { file: &file, marked: marked(&file), pieces: vec![String::new()] };
    aloud.children(root.and_then(|root| root.get("K")), 0);
    aloud.pieces.retain(|piece| !piece.trim().is_empty());
    aloud.pieces
}
