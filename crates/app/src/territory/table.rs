// SPDX-License-Identifier: EUPL-1.2
//! Bytes to text, text to rows. German registers still write tables in Windows-1252, and spreadsheets
//! write whatever the machine's language says; so nothing is assumed and everything is said.

use domain::territory::{FileFault, Finding};

const MEGABYTE: usize = 1024 * 1024;
/// Larger tables are no street directory of a German town.
const LARGEST_TABLE: usize = 50;

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Without a byte-order mark.
    pub text: String,
    /// Whether the bytes were not in Unicode and had to be guessed at.
    pub guessed: bool,
}

/// Reads UTF-8, UTF-16 with a byte-order mark, or else Windows-1252, of which ISO-8859-1 is a part.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().copied().map(read).collect();
        Decoded { text: String::from_utf16_lossy(&units), guessed: false }
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(plain) {
        Ok(text) => Decoded { text: text.to_owned(), guessed: false },
        Err(_) => Decoded { text: plain.iter().copied().map(windows_1252).collect(), guessed: true },
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The text of a table, once it is plain that it is one.
pub(super) fn text_of_table(name: &str, bytes: &[u8], findings: &mut Vec<Finding>) -> Option<String> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"%PDF") || bytes.starts_with(b"MZ") {
        findings.push(FileFault::NotATable.finding(name));
        return None;
    }
    let decoded = decode(bytes);
    if decoded.text.trim().is_empty() {
        findings.push(FileFault::Empty.finding(name));
        return None;
    }
    if let Some(at) = decoded.text.find('\0') {
        let line = decoded.text[..at].matches('\n').count() + 1;
        findings.push(FileFault::Character(line).finding(name));
        return None;
    }
    if decoded.guessed {
        findings.push(FileFault::Decoded.finding(name));
    }
    Some(decoded.text)
}

/// What separates the cells: the sign that the first line has most of. `None` for a sign that nobody
/// would want guessed.
pub(super) fn separator(text: &str) -> Option<u8> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    let best = [b';', b',', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b';'))?;
    (count(best) > 0 || count(b'|') == 0).then_some(best)
}

/// The rows of a table. A row's place in the list is its line in the file: blank lines stay as rows
/// without cells, so that findings name the line that people see.
pub(crate) fn rows(name: &str, bytes: &[u8], findings: &mut Vec<Finding>) -> Option<Vec<Vec<String>>> {
    if bytes.len() > LARGEST_TABLE * MEGABYTE {
        findings.push(FileFault::TooLarge(LARGEST_TABLE).finding(name));
        return None;
    }
    let text = text_of_table(name, bytes, findings)?;
    let Some(separator) = separator(&text) else {
        findings.push(FileFault::Separator.finding(name));
        return None;
    };
    if let Some(line) = open_quote(&text, separator) {
        findings.push(FileFault::QuoteOpen(line).finding(name));
        return None;
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        // The text is Unicode and rows may be of any length, so there is nothing left to fail.
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, |place| line_of(&text, place));
        while !rows.is_empty() && rows.len() + 1 < line {
            rows.push(Vec::new());
        }
        rows.push(record.iter().map(str::to_owned).collect());
    }
    Some(rows)
}

/// The line on which a row stands: its place is told from before the blank lines above it.
fn line_of(text: &str, place: &csv::Position) -> usize {
    let number = |number: u64| usize::try_from(number).unwrap_or_default();
    let rest = text.as_bytes().get(number(place.byte())..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    number(place.line()) + blank
}

/// The line in which a quote is opened that is never closed; it would swallow the rest of the file.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let (mut line, mut opened, mut cell_begins) = (1, None, true);
    for byte in text.bytes() {
        match (byte, opened) {
            (b'"', Some(_)) => opened = None,
            // A doubled quote closes and opens again at once.
            (b'"', None) if cell_begins => opened = Some(line),
            (b'\n', _) => line += 1,
            _ => {}
        }
        let closed = byte == b'"' && opened.is_none();
        cell_begins = opened.is_none() && (closed || byte == separator || byte == b'\n' || byte == b'\r');
    }
    opened
}

/// A cell that no spreadsheet takes for a formula. Numbers stay as they are.
#[must_use]
pub fn safe_cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.replace(',', ".").parse::<f64>().is_err();
    if risky { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_wide_character_sets_are_read() {
        assert_eq!(decode("\u{feff}Süd".as_bytes()), Decoded { text: "Süd".into(), guessed: false });
        assert_eq!(decode(b"S\xfcd \x96 \x80"), Decoded { text: "Süd – €".into(), guessed: true });
        assert_eq!(decode(b"\xff\xfeS\0\xfc\0d\0").text, "Süd");
        assert_eq!(decode(b"\xfe\xff\0S\0\xfc\0d").text, "Süd");
    }

    fn read(text: &str) -> Result<Vec<Vec<String>>, String> {
        let mut findings = Vec::new();
        rows("x", text.as_bytes(), &mut findings).ok_or_else(|| findings[0].german())
    }

    #[test]
    fn separators_and_line_ends_are_found_out() {
        let expected = Ok(vec![vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned(), "d".to_owned()]]);
        for text in ["a;b\nc;d", "a,b\r\nc,d\r\n", "a\tb\rc\td", "\"a\";\"b\"\n\"c\";d\n"] {
            assert_eq!(read(text), expected, "{text:?}");
        }
        let blank = read("a;b\n\nc;d\n\"x\ny\";\"p \"\"q\"\"\"\nlast;1").unwrap();
        assert_eq!(blank.len(), 6, "{blank:?}");
        assert_eq!((blank[3][0].as_str(), blank[3][1].as_str(), blank[5][0].as_str()), ("x\ny", "p \"q\"", "last"));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (text, expected) in [
            ("", "enthält keine Zeilen"),
            ("PK\u{3}\u{4}", "ist keine CSV-Datei"),
            ("a|b\nc|d", "unbekanntes Trennzeichen"),
            ("a;b\nc;\"d\ne;f", "Datei x, Zeile 2: Ein Anführungszeichen"),
            ("a;b\nc;d\0", "Datei x, Zeile 2: Die Zeile enthält"),
        ] {
            let sentence = read(text).unwrap_err();
            assert!(sentence.contains(expected), "{text:?}: {sentence}");
        }
    }

    #[test]
    fn formulas_are_defused_and_numbers_stay() {
        assert_eq!(safe_cell("=cmd|'/C calc'!A0"), "'=cmd|'/C calc'!A0");
        assert_eq!(safe_cell("@SUM(1)"), "'@SUM(1)");
        for text in ["-5", "+49", "-1,5", "Weg", ""] {
            assert_eq!(safe_cell(text), text);
        }
    }
}
