// SPDX-License-Identifier: EUPL-1.2
//! How often one help is looked at (§ 36(2) S. 2 SGB VIII: "regelmäßig"). Several helps of one case each have a rhythm of
//! their own; the law names no number, so the most is the office's.

use crate::kernel::{Day, Note, Refusal, Rule};

/// Less often than the office allows.
pub const RHYTHM_TOO_LONG: Rule = Rule::new("review.rhythm_too_long", "§ 36(2) S. 2 SGB VIII");
/// A rhythm counts whole months, one at least.
pub const RHYTHM_UNREADABLE: Rule = Rule::new("review.rhythm_unreadable", "§ 36(2) S. 2 SGB VIII");
/// Several helps run: which one was looked at?
pub const REVIEW_WHICH_HELP: Rule = Rule::new("review.which_help", "§ 36(2) S. 2 SGB VIII");
/// A help that runs no more has no rhythm.
pub const RHYTHM_OF_ENDED: Rule = Rule::new("review.rhythm_of_ended", "Aktenwahrheit");

/// A rhythm that somebody sets for one help, and why.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Überprüfungsrhythmus")]
pub struct NewRhythm {
    /// Every so many months.
    pub months: i32,
    /// Why this help is looked at more or less often.
    pub why: Note,
}

impl NewRhythm {
    /// # Errors
    /// [`RHYTHM_UNREADABLE`], [`RHYTHM_TOO_LONG`] beyond the `most` months of the office.
    pub fn check(&self, most: i32) -> Result<(), Refusal> {
        within_most(self.months, most).map_err(|refusal| refusal.at("months"))
    }
}

/// Are so many months a rhythm that the office allows?
///
/// # Errors
/// [`RHYTHM_UNREADABLE`], [`RHYTHM_TOO_LONG`].
pub fn within_most(months: i32, most: i32) -> Result<(), Refusal> {
    match months {
        ..=0 => Err(RHYTHM_UNREADABLE.broken()),
        months if months > most => Err(RHYTHM_TOO_LONG.broken()),
        _ => Ok(()),
    }
}

/// May the next review be on this day, so many months at most after this one?
///
/// # Errors
/// [`RHYTHM_TOO_LONG`] at its field.
pub fn next_within(held_on: Day, next: Option<Day>, most: i32) -> Result<(), Refusal> {
    let late = next.is_some_and(|next| next > held_on.plus_months(most));
    if late { Err(RHYTHM_TOO_LONG.broken_at("next_on")) } else { Ok(()) }
}

/// What is known of a help's rhythm, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Herkunft des Rhythmus")]
pub struct Rhythms {
    /// Set for this help alone.
    pub own: Option<i32>,
    /// As its plan says.
    pub plan: Option<i32>,
    /// As the office wants it for this kind of help.
    pub kind: Option<i32>,
    /// As the office wants it for every help.
    pub office: i32,
}

impl Rhythms {
    /// The one that holds: the nearest that says something, and never more than the office allows.
    #[must_use]
    pub fn months(self, most: i32) -> i32 {
        self.own.or(self.plan).or(self.kind).unwrap_or(self.office).clamp(1, most.max(1))
    }
}

/// The next review by a new rhythm: counted from the last look, and never a day that is over.
#[must_use]
pub fn next_review(last_look: Day, months: i32, today: Day) -> Day {
    last_look.plus_months(months).max(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rhythm_holds_within_the_offices_most() {
        let all = Rhythms { own: Some(2), plan: Some(3), kind: Some(4), office: 6 };
        assert_eq!(all.months(12), 2);
        assert_eq!(Rhythms { own: None, ..all }.months(12), 3);
        assert_eq!(Rhythms { own: None, plan: None, ..all }.months(12), 4);
        assert_eq!(Rhythms { office: 6, ..Rhythms::default() }.months(12), 6);
        assert_eq!(Rhythms { own: Some(24), ..all }.months(12), 12);
    }

    #[test]
    fn nobody_looks_less_often_than_the_office_wants() {
        let rhythm = |months| NewRhythm { months, why: Note::parse("Kind ist zwei").unwrap() }.check(12);
        assert_eq!((rhythm(1), rhythm(12)), (Ok(()), Ok(())));
        assert_eq!(rhythm(13), Err(RHYTHM_TOO_LONG.broken_at("months")));
        assert_eq!(rhythm(0), Err(RHYTHM_UNREADABLE.broken_at("months")));
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(next_within(day("2026-11-30"), Some(day("2027-02-28")), 3), Ok(()));
        assert!(next_within(day("2026-11-30"), Some(day("2027-03-01")), 3).is_err());
        assert_eq!(next_within(day("2026-11-30"), None, 3), Ok(()));
    }

    #[test]
    fn a_new_rhythm_counts_from_the_last_look() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(next_review(day("2026-12-01"), 3, day("2027-01-15")), day("2027-03-01"));
        assert_eq!(next_review(day("2026-12-01"), 1, day("2027-01-15")), day("2027-01-15"));
    }
}
