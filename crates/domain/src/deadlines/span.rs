// SPDX-License-Identifier: EUPL-1.2
//! How long a period is, and what happens where it ends.

use crate::access::codes;

/// The length of a period, as a law names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Fristdauer")]
pub enum Span {
    /// Calendar days (§ 188(1) BGB).
    Days(u16),
    /// Weeks (§ 188(2) BGB).
    Weeks(u16),
    /// Months (§ 188(2), (3) BGB); a year is twelve, half a year six, a quarter three (§ 189(1) BGB).
    Months(u16),
    /// Months that begin with the day after the last day of something (§§ 187(2), 188(2) second case BGB).
    MonthsAfterLastDay(u16),
    /// Monday to Friday without public holidays (§ 7(4) SGB VIII).
    Workdays(u16),
    /// So many months before something; counted back, so nothing moves the end (§§ 187, 188 BGB alike).
    MonthsBefore(u16),
    /// Until the end of the day after (§ 42(5) SGB VIII).
    NextDay,
}

codes! {
    /// What happens if the end falls on a Saturday, Sunday or public holiday.
    #[doc(alias = "Fristende")]
    AtEnd {
        /// It moves to the next working day (§ 26(3) S. 1 SGB X, § 193 BGB).
        Moves = "moves",
        /// It stays: the person concerned was told this very day, with the hint (§ 26(3) S. 2 SGB X).
        Told = "told",
        /// It stays: a benefit for a time ends with its last day (§ 26(4) SGB X).
        Benefit = "benefit",
        /// It stays: an appointment that an authority made (§ 26(5) SGB X).
        Appointment = "appointment",
        /// It stays: liberty is not taken for longer because of a weekend (§ 42(5) SGB VIII, Art. 104(2) GG).
        Liberty = "liberty",
        /// It stays: counted back from something, a move would shorten the time that the law wants.
        Backwards = "backwards",
    }
}

impl AtEnd {
    /// Where that stands.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Moves => "§ 26 Abs. 3 S. 1 SGB X, § 193 BGB",
            Self::Told => "§ 26 Abs. 3 S. 2 SGB X",
            Self::Benefit => "§ 26 Abs. 4 SGB X",
            Self::Appointment => "§ 26 Abs. 5 SGB X",
            Self::Liberty => "§ 42 Abs. 5 SGB VIII, Art. 104 Abs. 2 GG",
            Self::Backwards => "§§ 187, 188 BGB entsprechend",
        }
    }
}
