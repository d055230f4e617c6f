// SPDX-License-Identifier: EUPL-1.2
//! Money in whole cents.

use super::refusal::{Refusal, Rule};

/// An amount that is nothing or less where money has to move.
pub const AMOUNT_NOT_POSITIVE: Rule = Rule::new("amount.not_positive", "Kassenrecht");
/// An amount with a minus: taking back has its own way.
pub const AMOUNT_NEGATIVE: Rule = Rule::new("amount.negative", "Kassenrecht: Storno statt Minusbetrag");
/// An amount that cannot be read.
pub const AMOUNT_UNREADABLE: Rule = Rule::new("amount.unreadable", "DIN 5008");
/// A dot where Germans write a comma: it is asked about instead of guessed.
pub const AMOUNT_DOUBTFUL: Rule = Rule::new("amount.doubtful", "DIN 5008");
/// Parts of a cent.
pub const AMOUNT_TOO_FINE: Rule = Rule::new("amount.too_fine", "DIN 5008");
/// More than may be typed into one field; a slip of the keys.
pub const AMOUNT_TOO_LARGE: Rule = Rule::new("amount.too_large", "Plausibilität: höchstens 100 Mio. Euro");
/// Much more than is usual in one field: must be sent once more.
pub const AMOUNT_UNUSUAL: Rule = Rule::new("amount.unusual", "Plausibilität: ab 50 Mio. Euro nachfragen");

/// The largest amount that is typed or sent, in cents.
const LARGEST_TYPED: i64 = 10_000_000_000;
/// From here on an amount is asked about, in cents.
const UNUSUAL: i64 = 5_000_000_000;
/// The largest amount that sums and differences make, in cents.
const LARGEST: i64 = 1_000_000_000_000;

/// Money that moves: always more than nothing, in whole cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Betrag")]
pub struct Amount(i64);

/// A sum or a difference of amounts in whole cents; may be nothing or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[doc(alias = "Saldo")]
pub struct Balance(i64);

impl Amount {
    /// So many cents.
    ///
    /// # Errors
    /// [`AMOUNT_NOT_POSITIVE`], [`AMOUNT_TOO_LARGE`].
    pub const fn from_cents(cents: i64) -> Result<Self, Refusal> {
        if cents <= 0 {
            return Err(AMOUNT_NOT_POSITIVE.broken());
        }
        if cents > LARGEST {
            return Err(AMOUNT_TOO_LARGE.broken());
        }
        Ok(Self(cents))
    }

    /// Reads euros as Germans type them: `4.800`, `4800,50`, `4.800,5 €`, `1 500,00`.
    ///
    /// A dot is only ever a thousands separator with three digits behind it, so that `12.50` is asked
    /// about instead of being taken for 1,250 euros.
    ///
    /// # Errors
    /// [`AMOUNT_UNREADABLE`], [`AMOUNT_DOUBTFUL`], [`AMOUNT_TOO_FINE`], [`AMOUNT_NEGATIVE`], [`AMOUNT_NOT_POSITIVE`],
    /// [`AMOUNT_TOO_LARGE`].
    pub fn parse_euro(text: &str) -> Result<Self, Refusal> {
        let text = plain(text);
        if let Some(rest) = text.strip_prefix(['-', '−']) {
            let is_amount = euros(rest).is_ok_and(|cents| cents > 0) && !rest.starts_with('+');
            return Err(if is_amount { AMOUNT_NEGATIVE.broken() } else { AMOUNT_UNREADABLE.broken() });
        }
        euros(&text).and_then(Self::typed)
    }

    /// So many cents as somebody typed or sent them.
    ///
    /// # Errors
    /// [`AMOUNT_NEGATIVE`], [`AMOUNT_NOT_POSITIVE`], [`AMOUNT_TOO_LARGE`].
    pub const fn typed(cents: i64) -> Result<Self, Refusal> {
        match cents {
            ..0 => Err(AMOUNT_NEGATIVE.broken()),
            cents if cents > LARGEST_TYPED => Err(AMOUNT_TOO_LARGE.broken()),
            _ => Self::from_cents(cents),
        }
    }

    /// So much that it is asked about?
    #[must_use]
    pub const fn is_unusual(self) -> bool {
        self.0 >= UNUSUAL
    }

    /// In whole cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// As a balance.
    #[must_use]
    pub const fn balance(self) -> Balance {
        Balance(self.0)
    }
}

impl Balance {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// In whole cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Less than nothing?
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// As Germans write it: `-4.800,50 €` (with the true minus sign).
    #[must_use]
    pub fn german(self) -> String {
        let cents = self.0.unsigned_abs();
        let digits = (cents / 100).to_string();
        let mut euros = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                euros.push('.');
            }
            euros.push(digit);
        }
        let sign = if self.0 < 0 { "−" } else { "" };
        format!("{sign}{euros},{:02} €", cents % 100)
    }
}

impl std::ops::Add for Balance {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Balance {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Balance {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, std::ops::Add::add)
    }
}

/// Without blanks of any kind, marks that nobody sees, and the sign of the currency.
fn plain(text: &str) -> String {
    let unseen = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    let mut kept: String = text.chars().filter(|c| !unseen(*c)).collect();
    for sign in ["€", "EUR"] {
        kept = kept.strip_suffix(sign).or(kept.strip_prefix(sign)).unwrap_or(&kept).to_owned();
    }
    kept
}

/// Cents out of plain text without a minus.
fn euros(text: &str) -> Result<i64, Refusal> {
    let unreadable = AMOUNT_UNREADABLE.broken();
    let text = text.strip_prefix('+').unwrap_or(text);
    let (whole, cents) = text.split_once(',').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(cents) || (whole.is_empty() && !text.starts_with(',')) {
        return Err(unreadable);
    }
    let groups: Vec<&str> = whole.split('.').collect();
    if let [euros, parts] = groups.as_slice()
        && digits(euros)
        && digits(parts)
        && parts.len() == 2
        && !text.contains(',')
    {
        // Read as `12,50`, for the question.
        let meant = format!("{euros}{parts}").parse().or(Err(unreadable))?;
        return Err(AMOUNT_DOUBTFUL.broken().saying(meant));
    }
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !grouped || !(whole.is_empty() || groups.iter().all(|group| digits(group))) {
        return Err(unreadable);
    }
    if cents.len() > 2 {
        return Err(AMOUNT_TOO_FINE.broken());
    }
    let number = format!("{}{cents:0<2}", groups.concat());
    // Too many digits for a number are too large for a budget, too.
    number.parse().or(Err(AMOUNT_TOO_LARGE.broken()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of the catalogue of bad input, kind `geld`: what is taken as it stands or put right.
    #[test]
    fn euros_are_read_as_typed() {
        let rows = [
            ("GEL-006", "1", 100),
            ("GEL-007", "1,5", 150),
            ("GEL-008", "1,50", 150),
            ("GEL-010", "1.500", 150_000),
            ("GEL-015", "1 500,00", 150_000),
            ("GEL-016", "1\u{a0}500,00", 150_000),
            ("GEL-017", "1\u{202f}500,00", 150_000),
            ("GEL-018", "1500,00 €", 150_000),
            ("GEL-019", "€ 1500", 150_000),
            ("GEL-028", ",50", 50),
            ("GEL-047", "1.234.567,89", 123_456_789),
            ("GEL-048", "99.999.999,99", 9_999_999_999),
            ("GEL-056", "+5", 500),
            ("GEL-060", "5 ,00", 500),
            ("GEL-061", "5, 00", 500),
            ("GEL-063", "5,00\u{200b}", 500),
            ("", "4800 EUR", 480_000),
        ];
        for (row, text, cents) in rows {
            assert_eq!(Amount::parse_euro(text).map(Amount::cents), Ok(cents), "{row} {text}");
        }
        assert!(Amount::parse_euro("99.999.999,99").unwrap().is_unusual(), "GEL-048 is asked about");
        assert!(!Amount::parse_euro("1.234.567,89").unwrap().is_unusual());
    }

    /// What is refused, and with which sentence.
    #[test]
    fn doubtful_euros_are_asked_about() {
        let rows = [
            (AMOUNT_NOT_POSITIVE, &["0", "0,00"][..]),
            (AMOUNT_NEGATIVE, &["-0,01", "-5", "−5", "- 5 €"]),
            (AMOUNT_TOO_FINE, &["1,500", "0,001", "1,999"]),
            (AMOUNT_TOO_LARGE, &["999.999.999,99", "92233720368547758,07", "92233720368547758,08"]),
            (AMOUNT_TOO_LARGE, &["99999999999999999999999999999999999999999999999999"]),
            (
                AMOUNT_UNREADABLE,
                &[
                    "",
                    "abc",
                    "1'500,00",
                    "15.00,00",
                    "1.5000,00",
                    ".50",
                    "1e3",
                    "1E3",
                    "0x10",
                    "1/3",
                    "1+1",
                    "Infinity",
                    "NaN",
                    "\u{661}\u{662}\u{663}",
                    "½",
                    "1,2,3",
                    "1..2",
                    "--5",
                    "5-",
                    "1,234.56",
                    "4.8000",
                    "-",
                    "+",
                    ",",
                    "-+5",
                    "€",
                    "1,",
                ],
            ),
        ];
        for (rule, texts) in rows {
            for text in texts {
                assert_eq!(Amount::parse_euro(text), Err(rule.broken()), "{text}");
            }
        }
        assert_eq!(Amount::parse_euro("1.50"), Err(AMOUNT_DOUBTFUL.broken().saying(150)), "GEL-009: meant 1,50?");
        assert_eq!(Amount::typed(-1), Err(AMOUNT_NEGATIVE.broken()));
    }

    #[test]
    fn balances_are_written_in_german() {
        assert_eq!(Balance::from_cents(-123_456_789).german(), "−1.234.567,89 €");
        assert_eq!(Balance::from_cents(5).german(), "0,05 €");
        assert_eq!(Balance::from_cents(100_000).german(), "1.000,00 €");
    }
}
