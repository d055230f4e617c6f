// SPDX-License-Identifier: EUPL-1.2
//! What a reader of JSON passes over in silence: a field that is there twice, of which it takes the last, and numbers
//! longer than any coordinate. Looked for in the plain text, before it is read.

use super::findings::{FIELD_TWICE, Finding, NUMBER_TOO_LONG};
use std::collections::BTreeSet;

/// No coordinate and no figure of a file has more digits.
const LONGEST_NUMBER: usize = 100;

/// An open bracket.
enum Open<'a> {
    Object(BTreeSet<&'a str>),
    /// With the number of its elements so far, where it is the list of objects.
    List(Option<usize>),
}

/// The first thing that is wrong with the text as such.
pub(super) fn check(text: &str) -> Result<(), Finding> {
    let bytes = text.as_bytes();
    let (mut at, mut open, mut lines): (usize, Vec<Open<'_>>, usize) = (0, Vec::new(), 1);
    let mut field = "";
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = end_of_string(bytes, at);
                let word = text.get(at + 1..end).unwrap_or_default();
                at = end;
                if is_field(bytes, end + 1) {
                    field = word;
                    note(&mut open, word)?;
                }
            }
            b'{' => {
                count(&mut open);
                open.push(Open::Object(BTreeSet::new()));
            }
            b'[' => {
                count(&mut open);
                open.push(Open::List((field == "features").then_some(0)));
                field = "";
            }
            b'}' | b']' => drop(open.pop()),
            b'\n' => lines += 1,
            b'0'..=b'9' | b'-' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let length =
                    rest.iter().take_while(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')).count();
                if length > LONGEST_NUMBER {
                    return Err(NUMBER_TOO_LONG.whole(&[&lines]));
                }
                at += length.saturating_sub(1);
            }
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// Where the string that begins here ends.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

fn is_field(bytes: &[u8], after: usize) -> bool {
    let rest = bytes.get(after..).unwrap_or_default();
    rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

/// One more object in the list of objects.
fn count(open: &mut [Open<'_>]) {
    if let Some(Open::List(Some(number))) = open.last_mut() {
        *number += 1;
    }
}

fn note<'a>(open: &mut [Open<'a>], field: &'a str) -> Result<(), Finding> {
    let inside = open.iter().find_map(|one| if let Open::List(Some(number)) = one { Some(*number) } else { None });
    let Some(Open::Object(fields)) = open.last_mut() else { return Ok(()) };
    if fields.insert(field) {
        return Ok(());
    }
    let place = inside.map_or_else(String::new, |number| format!("Objekt {number}"));
    Err(FIELD_TWICE.at(place, &[&field.chars().take(40).collect::<String>()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        check(text).map_or_else(|finding| finding.german(), |()| String::new())
    }

    #[test]
    fn what_would_be_passed_over_is_told() {
        let twice = r#"{"features":[{"properties":{"name":"A"}},{"properties":{"name":"B","name":"C"}}]}"#;
        assert!(said(twice).starts_with("Objekt 2: Das Feld „name“ kommt doppelt vor."), "{}", said(twice));
        assert!(said("{\"a\":1,\"a\":2}").starts_with("Das Feld „a“"));
        for fine in [r#"{"a":{"a":[{"a":"a"},{"a":"a\",\"a\":"}]}}"#, "[1.25,-3e5]", "", "{\"x\":\"", "[[[", "]}"] {
            assert_eq!(said(fine), "", "{fine}");
        }
        let long = format!("[\n1.{}]", "0".repeat(500));
        assert!(said(&long).contains("zu lang (Zeile 2)"), "{}", said(&long));
        assert_eq!(said(&format!("[\"{}\"]", "0".repeat(500))), "");
    }
}
