// SPDX-License-Identifier: EUPL-1.2
//! What a screen reader would read aloud of a PDF: the words in the order of its tag tree, a piece for each paragraph,
//! heading or cell. Reads the bytes of the file alone and knows nothing of the typesetter that made them.

use crate::pdf_file::{File, Reader, Thing};
use std::collections::BTreeMap;

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
