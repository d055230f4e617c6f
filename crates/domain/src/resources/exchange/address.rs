// SPDX-License-Identifier: EUPL-1.2
//! Addresses of tables: street, number, postcode and town in their own columns or in one, as public lists have them.

use super::{Column, Fault, Said};
use crate::kernel::Line;
use crate::territory::{HouseNumber, Postcode, Severity};

/// Towns of which there are several; with a postcode it is plain which one is meant.
const UNSURE: &[&str] = &["halle", "neustadt", "frankfurt", "mülheim", "münster"];
/// Ways to say that a house has no number.
const WITHOUT_NUMBER: &[&str] = &["o.nr.", "o. nr.", "ohne nummer", "ohne nr.", "s/n"];

/// The cells that make an address.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    pub(super) place: &'a str,
    pub(super) street: &'a str,
    pub(super) number: &'a str,
    pub(super) postcode: &'a str,
    pub(super) town: &'a str,
    pub(super) country: &'a str,
    /// Is there a column of postcodes?
    pub(super) asks_postcode: bool,
    /// Numbers have lost their zeros.
    pub(super) workbook: bool,
}

/// Collects what is said while an address is read.
struct Reader {
    line: usize,
    said: Vec<Said>,
}

impl Reader {
    fn say(&mut self, severity: Severity, fault: Fault, (column, value): (Column, &str)) {
        self.said.push(Said::file(severity, fault, &[value]).on(self.line).at(column, value));
    }

    /// Blanks for line ends; what no address has is refused.
    fn words(&mut self, column: Column, cell: &str) -> String {
        if cell.trim().contains(['\n', '\r']) {
            self.say(Severity::Notice, Fault::LineEndInCell, (column, cell));
        }
        let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let picture = |c: char| matches!(u32::from(c), 0x2600..=0x27bf | 0x1f000..=0x1faff);
        for (wrong, fault) in [
            (text.contains(['<', '>']), Fault::Brackets),
            (text.starts_with(['=', '@']), Fault::Formula),
            (text.chars().any(picture), Fault::Pictures),
        ] {
            if wrong {
                self.say(Severity::Error, fault, (column, &text));
            }
        }
        let low = text.to_lowercase();
        if low.starts_with("packstation") {
            self.say(Severity::Error, Fault::ParcelMachine, (column, &text));
        } else if low.starts_with("postfach") {
            self.say(Severity::Warning, Fault::PostBox, (column, &text));
        }
        text
    }

    /// `Musterstraße1` → `Musterstraße 1`.
    fn apart(&mut self, column: Column, text: String) -> String {
        let (street, rest) = text.split_once(',').map_or((text.as_str(), ""), |(street, rest)| (street, rest));
        let Some(at) = street.find(|c: char| c.is_ascii_digit()) else { return text };
        let before: Vec<char> = street[..at].chars().collect();
        let glued = before.len() > 3 && before.last().is_some_and(|c| c.is_lowercase() || *c == '.');
        if !glued || HouseNumber::parse(&street[at..]).is_err() {
            return text;
        }
        let rest = if rest.is_empty() { String::new() } else { format!(",{rest}") };
        let parted = format!("{} {}{rest}", &street[..at], &street[at..]);
        self.say(Severity::Notice, Fault::BlankBeforeNumber, (column, &parted));
        parted
    }

    fn number(&mut self, cell: &str) -> String {
        let number = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if number.is_empty() || WITHOUT_NUMBER.contains(&number.to_lowercase().as_str()) {
            return number;
        }
        let first: String = number.chars().take_while(char::is_ascii_digit).collect();
        if first.parse::<u64>() == Ok(0) {
            self.say(Severity::Warning, Fault::HouseZero, (Column::Number, &number));
        } else if HouseNumber::parse(&number).is_err() {
            self.say(Severity::Error, Fault::HouseUnreadable, (Column::Number, &number));
        }
        number
    }

    fn postcode(&mut self, cells: &Cells<'_>, street: &str) -> String {
        let code = cells.postcode.trim().to_owned();
        let abroad =
            !matches!(cells.country.trim().to_lowercase().as_str(), "" | "de" | "deutschland" | "germany" | "d");
        if abroad {
            return code;
        }
        if code.is_empty() {
            if cells.asks_postcode && !street.is_empty() {
                self.say(Severity::Error, Fault::PostcodeMissing, (Column::Postcode, &code));
            }
            return code;
        }
        if Postcode::parse(&code).is_ok() {
            return code;
        }
        let padded = format!("0{code}");
        if cells.workbook && code.len() == 4 && Postcode::parse(&padded).is_ok() {
            self.say(Severity::Warning, Fault::PostcodeZero, (Column::Postcode, &padded));
            return padded;
        }
        self.say(Severity::Error, Fault::PostcodeDigits, (Column::Postcode, &code));
        code
    }
}

/// The address in one line, and what is said about it.
pub(super) fn address(cells: &Cells<'_>, line: usize) -> (Option<String>, Vec<Said>) {
    let mut read = Reader { line, said: Vec::new() };
    let whole = read.words(Column::Place, cells.place);
    let street = read.words(Column::Street, cells.street);
    let town = read.words(Column::Town, cells.town);
    let street = read.apart(Column::Street, street);
    let number = read.number(cells.number);
    let code = read.postcode(cells, &street);
    if code.is_empty() && UNSURE.contains(&town.to_lowercase().as_str()) {
        read.say(Severity::Warning, Fault::TownUnsure, (Column::Town, &town));
    }
    let joined = |parts: &[&str], between: &str| {
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(between)
    };
    let parts = joined(&[&joined(&[&street, &number], " "), &joined(&[&code, &town], " "), cells.country.trim()], ", ");
    let address = if whole.is_empty() { parts } else { read.apart(Column::Place, whole) };
    if let Err(refusal) = Line::optional(&address) {
        let column = if cells.place.is_empty() { Column::Street } else { Column::Place };
        read.said.push(Said::rule(line, refusal.rule).at(column, &address));
        return (None, read.said);
    }
    (Some(address).filter(|address| !address.is_empty()), read.said)
}
