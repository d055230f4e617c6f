// SPDX-License-Identifier: EUPL-1.2
//! Days, periods and moments.

use super::refusal::{Refusal, Rule};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::sync::LazyLock;

/// German time, looked up once.
static BERLIN: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC));

/// A date could not be read.
pub const DAY_UNREADABLE: Rule = Rule::new("day.unreadable", "DIN 5008");
/// A day of the calendar that does not exist, such as 31 February.
pub const DAY_MISSING: Rule = Rule::new("day.missing", "Kalender");
/// A day far outside of what a case can mean.
pub const DAY_OUT_OF_RANGE: Rule = Rule::new("day.out_of_range", "Plausibilität 1900 bis 2200");
/// A period that ends before it begins.
pub const PERIOD_REVERSED: Rule = Rule::new("period.reversed", "Kalender");

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// What hands type, with points between: blanks dropped, commas as points, eight digits parted, months as numbers.
fn as_typed(text: &str) -> String {
    let text: String = text.trim().chars().map(|c| if c == ',' { '.' } else { c }).collect();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}.{}.{}", &text[..2], &text[2..4], &text[4..]);
    }
    let lower = text.to_lowercase();
    for (n, name) in (1..).zip(MONTHS) {
        let ways = [name, &name.replace('ä', "ae")];
        if let Some(way) = ways.iter().find(|way| lower.contains(**way)) {
            let parts = lower.split(*way).map(|part| part.trim_matches(['.', ' '])).collect::<Vec<_>>();
            if let [day, year] = parts[..] {
                return format!("{day}.{n}.{year}");
            }
        }
    }
    if text.contains('.') { text.split_whitespace().collect() } else { text }
}

/// A calendar day in Germany.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Tag")]
pub struct Day(Date);

impl Day {
    /// The day of these numbers, if the calendar has it and it lies between 1900 and 2200.
    ///
    /// # Errors
    /// [`DAY_MISSING`], [`DAY_OUT_OF_RANGE`].
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, Refusal> {
        let date = Date::new(year, month, day).or(Err(DAY_MISSING.broken()))?;
        if !(1900..=2200).contains(&year) {
            return Err(DAY_OUT_OF_RANGE.broken());
        }
        Ok(Self(date))
    }

    /// Reads `2026-11-30` (browser date fields, the store) or what is typed by hand: `30.11.2026`, `30. 11. 2026`,
    /// `30,11,2026`, `30112026`, `30. November 2026`.
    ///
    /// # Errors
    /// [`DAY_UNREADABLE`], [`DAY_MISSING`], [`DAY_OUT_OF_RANGE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let typed = as_typed(text);
        let text = typed.as_str();
        let (parts, german): (Vec<&str>, bool) =
            if text.contains('.') { (text.split('.').collect(), true) } else { (text.split('-').collect(), false) };
        let [a, b, c] = parts[..] else { return Err(DAY_UNREADABLE.broken()) };
        let (year, month, day) = if german { (c, b, a) } else { (a, b, c) };
        let plain = |s: &str, max: usize| !s.is_empty() && s.len() <= max && s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !plain(year, 4) || !plain(month, 2) || !plain(day, 2) {
            return Err(DAY_UNREADABLE.broken());
        }
        let number = |s: &str| s.parse::<i16>().or(Err(DAY_UNREADABLE.broken()));
        let small = |s: &str| s.parse::<i8>().or(Err(DAY_UNREADABLE.broken()));
        Self::new(number(year)?, small(month)?, small(day)?)
    }

    /// This day as Germans write it: `30.11.2026`.
    #[must_use]
    pub fn german(self) -> String {
        self.0.strftime("%d.%m.%Y").to_string()
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The first day of this day's calendar year.
    #[must_use]
    pub fn year_start(self) -> Self {
        Self(self.0.first_of_year())
    }

    /// The last day of this day's calendar year.
    #[must_use]
    pub fn year_end(self) -> Self {
        Self(self.0.last_of_year())
    }

    /// So many days later (earlier if negative); stays at the calendar's edge.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days.days()))
    }

    /// So many months later; 31 January plus one month is the last of February.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months.months()))
    }

    /// Whole days from `earlier` to this day.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        earlier.0.until(self.0).map_or(0, |span| span.get_days())
    }

    /// Days since 1 January 1970; for arithmetic over many thousand periods.
    #[must_use]
    pub fn number(self) -> i32 {
        self.days_since(Self(Date::constant(1970, 1, 1)))
    }

    /// The calendar month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn of_month(self) -> i8 {
        self.0.day()
    }

    /// Monday is 1, Sunday is 7.
    #[must_use]
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// The first day of this day's calendar month.
    #[must_use]
    pub fn month_start(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The last day of this day's calendar month.
    #[must_use]
    pub fn month_end(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// This day's month as Germans write it: `11/2026`.
    #[must_use]
    pub fn german_month(self) -> String {
        self.0.strftime("%m/%Y").to_string()
    }

    /// Reads a month, `2026-11` (browser fields, programs) or `11/2026` and `11.2026` (typed by hand), as its first day.
    ///
    /// # Errors
    /// [`DAY_UNREADABLE`], [`DAY_MISSING`], [`DAY_OUT_OF_RANGE`].
    pub fn parse_month(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        match text.split_once(['/', '.']) {
            Some((month, year)) => Self::parse(&format!("1.{month}.{year}")),
            None => Self::parse(&format!("{text}-01")),
        }
    }

    /// Full years from `born` to this day.
    #[must_use]
    pub fn age_of(self, born: Self) -> i16 {
        let years = self.0.year() - born.0.year();
        let had_birthday = (self.0.month(), self.0.day()) >= (born.0.month(), born.0.day());
        if had_birthday { years } else { years - 1 }
    }
}

impl std::fmt::Display for Day {
    /// ISO 8601, as the store keeps it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A period of days, both ends included; without an end it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Zeitraum")]
pub struct Period {
    from: Day,
    until: Option<Day>,
}

impl Period {
    /// From a day until a later or the same day.
    ///
    /// # Errors
    /// [`PERIOD_REVERSED`].
    pub fn new(from: Day, until: Option<Day>) -> Result<Self, Refusal> {
        match until {
            Some(until) if until < from => Err(PERIOD_REVERSED.broken()),
            _ => Ok(Self { from, until }),
        }
    }

    /// First day.
    #[must_use]
    pub fn from(self) -> Day {
        self.from
    }

    /// Last day, if there is one.
    #[must_use]
    pub fn until(self) -> Option<Day> {
        self.until
    }

    /// Does the period hold this day?
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A moment in milliseconds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Zeitpunkt")]
pub struct Moment(pub i64);

impl Moment {
    fn berlin(self) -> jiff::Zoned {
        let zone = BERLIN.clone();
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone)
    }

    /// The German calendar day of this moment.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.berlin().date())
    }

    /// `30.11.2026, 14:05 Uhr`.
    #[must_use]
    pub fn german(self) -> String {
        self.berlin().strftime("%d.%m.%Y, %H:%M Uhr").to_string()
    }

    /// `14:05`.
    #[must_use]
    pub fn clock(self) -> String {
        self.berlin().strftime("%H:%M").to_string()
    }

    /// `2026-11-30T14:05`, as a browser's date-and-time field writes it.
    #[must_use]
    pub fn local_input(self) -> String {
        self.berlin().strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// As computers write it, in UTC: `2026-11-30T08:15:00Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
    }

    /// Reads what a program sends: a moment with its offset (RFC 3339), or German local time to the minute,
    /// `2026-11-30T09:15`. Anything between the two is asked about, not guessed.
    ///
    /// # Errors
    /// Those of [`Day::parse`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let Ok(timestamp) = text.parse::<Timestamp>() else {
            return if text.len() == "2026-11-30T09:15".len() {
                Self::parse_local(text)
            } else {
                Err(DAY_UNREADABLE.broken())
            };
        };
        let moment = Self(timestamp.as_millisecond());
        Day::parse(&moment.day().to_string()).map(|_| moment)
    }

    /// Reads a browser's date-and-time field (`2026-11-30T14:05`) or `30.11.2026 14:05` as German time.
    ///
    /// # Errors
    /// [`DAY_UNREADABLE`] and the refusals of [`Day::parse`].
    pub fn parse_local(text: &str) -> Result<Self, Refusal> {
        let (day, clock) = text.trim().rsplit_once(['T', ' ']).ok_or(DAY_UNREADABLE.broken())?;
        let day = Day::parse(day.trim_end_matches(','))?;
        let (hour, minute) = clock.trim().split_once(':').ok_or(DAY_UNREADABLE.broken())?;
        let number = |s: &str| s.trim().parse::<i8>().or(Err(DAY_UNREADABLE.broken()));
        let (hour, minute) = (number(hour)?, number(minute.get(..2).unwrap_or(minute))?);
        if !(0..24).contains(&hour) || !(0..60).contains(&minute) {
            return Err(DAY_UNREADABLE.broken());
        }
        let zone = BERLIN.clone();
        let zoned = day.0.at(hour, minute, 0, 0).to_zoned(zone).or(Err(DAY_UNREADABLE.broken()))?;
        Ok(Self(zoned.timestamp().as_millisecond()))
    }

    /// The beginning of a German day plus so many minutes.
    #[must_use]
    pub fn on(day: Day, minutes: i32) -> Self {
        let zone = BERLIN.clone();
        let start = day.0.to_zoned(zone).map_or(0, |zoned| zoned.timestamp().as_millisecond());
        Self(start + i64::from(minutes) * 60_000)
    }

    /// So many minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * 60_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_typed_and_as_sent() {
        let day = Day::new(2026, 11, 30).unwrap();
        assert_eq!(Day::parse("30.11.2026"), Ok(day));
        assert_eq!(Day::parse(" 2026-11-30 "), Ok(day));
        for typed in
            ["30. 11. 2026", "30,11,2026", "30112026", "30. November 2026", "30.november.2026", "30 . 11 . 2026"]
        {
            assert_eq!(Day::parse(typed), Ok(day), "{typed}");
        }
        assert_eq!(Day::parse("5.März.2026"), Day::new(2026, 3, 5));
        assert_eq!(Day::parse("5. Maerz 2026"), Day::new(2026, 3, 5));
        assert_eq!(Moment::parse_local("30. November 2026, 14:05"), Moment::parse_local("2026-11-30T14:05"));
        assert_eq!(day.german(), "30.11.2026");
        assert_eq!(day.to_string(), "2026-11-30");
    }

    #[test]
    fn days_that_do_not_exist_are_named() {
        assert_eq!(Day::parse("31.02.2026"), Err(DAY_MISSING.broken()));
        assert_eq!(Day::parse("29.02.2100"), Err(DAY_MISSING.broken()));
        assert_eq!(Day::parse("01.01.0001"), Err(DAY_OUT_OF_RANGE.broken()));
        for text in ["45000", "", "30.11.26", "x.y.zzzz", "1.1.1.1"] {
            assert_eq!(Day::parse(text), Err(DAY_UNREADABLE.broken()), "{text}");
        }
    }

    #[test]
    fn summer_time_does_not_shift_days() {
        let day = Day::new(2026, 3, 29).unwrap();
        assert_eq!(Moment::on(day, 0).day(), day);
        assert_eq!(Moment::on(day, 0).plus_minutes(-1).day(), day.plus_days(-1));
        assert_eq!(Moment::parse_local("2026-03-29T12:30").unwrap().clock(), "12:30");
    }

    #[test]
    fn programs_send_moments_with_an_offset_or_german_time() {
        let moment = Moment::parse("2026-11-30T09:15").unwrap();
        assert_eq!(moment.rfc3339(), "2026-11-30T08:15:00Z");
        assert_eq!(Moment::parse("2026-11-30T08:15:00Z"), Ok(moment));
        assert_eq!(Moment::parse("2026-11-30T09:15:00+01:00"), Ok(moment));
        for text in ["2026-11-30T08:15Y", "2026-11-30T09:15:00", "2026-11-30", ""] {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
        assert_eq!(Moment::parse("0001-01-01T00:00:00Z"), Err(DAY_OUT_OF_RANGE.broken()));
    }

    #[test]
    fn ages_turn_on_the_birthday() {
        let born = Day::new(2016, 2, 29).unwrap();
        assert_eq!(Day::new(2026, 2, 28).unwrap().age_of(born), 9);
        assert_eq!(Day::new(2026, 3, 1).unwrap().age_of(born), 10);
    }
}
