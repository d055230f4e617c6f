// SPDX-License-Identifier: EUPL-1.2
//! Protected addresses (§ 51 BMG, § 41 SGB X by analogy). Their words live in an object of their own; what would tell
//! them elsewhere is refused, and nothing opens them by itself.

use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule, fold};
use crate::territory::Address;

/// A block is reviewed, at the latest after two years (§ 51(4) BMG).
pub const REVIEW_TOO_LATE: Rule = Rule::new("seal.review_too_late", "§ 51(4) BMG: zwei Jahre");
/// A review in the past reminds nobody.
pub const REVIEW_IN_PAST: Rule = Rule::new("seal.review_in_past", "Kalender");
/// The person has a protected address already.
pub const SEALED_ALREADY: Rule = Rule::new("seal.already", "§ 51 BMG");
/// An open address beside a protected one.
pub const ADDRESS_IS_SEALED: Rule = Rule::new("seal.address_is_sealed", "§ 51 BMG");
/// Whoever looks says why.
pub const SEAL_REASON_MISSING: Rule = Rule::new("seal.reason_missing", "§ 35(1) SGB I");
/// A text that others will read tells a protected address.
pub const TELLS_SEALED: Rule = Rule::new("seal.told", "§ 51 BMG, § 35(1) SGB I");

/// Months after which a block is reviewed at the latest.
const LONGEST: i32 = 24;
/// Words that the name of a street has at most.
const LONGEST_NAME: usize = 6;
/// What stands where a protected address was.
const TAKEN_OUT: &str = "[geschützt] ";
/// A name of a street shorter than this would be found in too many words.
const SHORTEST_STREET: usize = 4;

codes! {
    /// Why an address is protected.
    #[doc(alias = "Grund der Auskunftssperre")]
    SealReason {
        /// Block of information in the register (§ 51 BMG).
        Register = "register",
        /// Conditional block note (§ 52 BMG): shelters and homes.
        Shelter = "shelter",
        /// Order of a court, as under the GewSchG.
        Court = "court",
        /// As the office assesses.
        Office = "office",
    }
}

/// A protected address as recorded.
#[derive(Clone, PartialEq)]
#[doc(alias = "Geschützte Anschrift")]
pub struct NewSeal {
    /// The address.
    pub place: Line,
    /// Why it is protected.
    pub reason: SealReason,
    /// In words, without the address.
    pub why: Note,
    /// When somebody looks whether it is still needed.
    pub review_on: Day,
}

/// A protected address never reaches a log line.
impl std::fmt::Debug for NewSeal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewSeal(…)")
    }
}

impl NewSeal {
    /// Checks a protected address before it is kept.
    ///
    /// # Errors
    /// [`REVIEW_IN_PAST`], [`REVIEW_TOO_LATE`], [`TELLS_SEALED`] when the reason repeats the address.
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.review_on < today {
            return Err(REVIEW_IN_PAST.broken_at("review_on"));
        }
        if self.review_on > today.plus_months(LONGEST) {
            return Err(REVIEW_TOO_LATE.broken_at("review_on"));
        }
        if tells(self.why.as_str(), &[street_key(self.place.as_str())]) {
            return Err(TELLS_SEALED.broken_at("why"));
        }
        Ok(())
    }
}

/// By what a protected address is recognised in other texts: its street, without the number, as one word.
#[must_use]
#[doc(alias = "Straßenschlüssel")]
pub fn street_key(place: &str) -> String {
    let address = Address::read(place);
    let street = address.street.as_ref().map_or(place, Line::as_str);
    let words = fold(street);
    let words: Vec<&str> =
        words.split(' ').take_while(|word| !word.starts_with(|c: char| c.is_ascii_digit())).collect();
    joined(&words.concat())
}

/// Blanks and the many spellings of "Straße" do not tell streets apart.
fn joined(words: &str) -> String {
    let whole = words.replace(' ', "");
    let base = whole.strip_suffix("strasse").or(whole.strip_suffix("str")).map(|base| format!("{base}str"));
    base.unwrap_or(whole)
}

/// Does a text tell one of these protected streets?
#[must_use]
pub fn tells(text: &str, streets: &[String]) -> bool {
    let plain = fold(text).replace(' ', "").replace("strasse", "str");
    streets.iter().any(|street| street.len() >= SHORTEST_STREET && plain.contains(street.as_str()))
}

/// A text in which these protected streets, with the number behind them, are taken out: for what was written before.
#[must_use]
pub fn redact(text: &str, streets: &[String]) -> String {
    if !tells(text, streets) {
        return text.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut after = false;
    for word in text.split_inclusive(char::is_whitespace) {
        // The number of a house goes with its street.
        if after && word.trim().starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        after = false;
        kept.push(word);
        let most = kept.len().min(LONGEST_NAME);
        let told = (1..=most).find(|n| tells(&kept[kept.len() - n..].concat(), streets));
        if let Some(n) = told {
            kept.truncate(kept.len() - n);
            kept.push(TAKEN_OUT);
            after = true;
        }
    }
    kept.concat().trim_end().to_owned()
}

/// Refuses a text that others will read if it tells a protected address.
///
/// # Errors
/// [`TELLS_SEALED`] at the field.
pub fn tells_nothing(text: &str, streets: &[String], field: &'static str) -> Result<(), Refusal> {
    if tells(text, streets) { Err(TELLS_SEALED.broken_at(field)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(place: &str, text: &str, told: bool) {
        assert_eq!(tells(text, &[street_key(place)]), told, "{place} in {text}: {}", street_key(place));
    }

    #[test]
    fn a_street_is_recognised_however_it_is_written() {
        check("Ginsterweg 7, 22844 Musterhafen", "Sie wohnt jetzt am ginsterweg.", true);
        check("Hintere Straße 3", "Umzug in die Hintere Str. 3", true);
        check("Hintere Str. 3", "HINTERE STRASSE", true);
        check("Müllerstraße 12a", "in der Muellerstr.", true);
        check("Am Deich 4", "am  Deich", true);
        check("Ginsterweg 7", "Lindenweg 7", false);
        check("Ginsterweg 7", "", false);
    }

    #[test]
    fn what_was_written_before_loses_its_street_and_number() {
        let streets = [street_key("Hintere Straße 3")];
        let check = |text: &str, left: &str| assert_eq!(redact(text, &streets), left);
        check("Sie wohnt in der Hinteren Straße.", "Sie wohnt in der Hinteren Straße.");
        check("Umzug in die Hintere Straße 3 im Mai", "Umzug in die [geschützt] im Mai");
        check("Hintere Str. 3a, zweiter Stock", "[geschützt] zweiter Stock");
        check("Nichts davon.", "Nichts davon.");
        assert!(!tells(&redact("hintere strasse und HINTERE STR.", &streets), &streets));
    }

    #[test]
    fn a_block_is_reviewed_and_its_reason_does_not_tell() {
        let today = Day::parse("2026-11-20").unwrap();
        let new = |why: &str, review: &str| NewSeal {
            place: Line::parse("Ginsterweg 7").unwrap(),
            reason: SealReason::Register,
            why: Note::parse(why).unwrap(),
            review_on: Day::parse(review).unwrap(),
        };
        assert!(new("Bedrohung durch den früheren Partner.", "2028-11-20").check(today).is_ok());
        assert_eq!(new("Weil.", "2028-11-21").check(today), Err(REVIEW_TOO_LATE.broken_at("review_on")));
        assert_eq!(new("Weil.", "2026-11-19").check(today), Err(REVIEW_IN_PAST.broken_at("review_on")));
        assert_eq!(new("Zog in den Ginsterweg.", "2027-11-20").check(today), Err(TELLS_SEALED.broken_at("why")));
        assert!(!format!("{:?}", new("Weil.", "2027-01-01")).contains("Ginster"));
    }
}
