// SPDX-License-Identifier: EUPL-1.2
//! How long a card is trusted, how long a link to it is open, and how long a certificate of conduct is remembered.

use super::words::{CardKind, Finding};
use crate::kernel::{Day, Moment, Refusal, Rule};

/// Offers, groups, events and people change faster than houses (practice: 6 to 12 months).
pub const CARD_REVIEW: Rule = Rule::new("card.review", "§ 10a(2) Nr. 6 SGB VIII");
/// A link to one card is open for so many days.
pub const LINK_DAYS: i32 = 30;
/// The link is over, was taken back, or never was.
pub const LINK_OVER: Rule = Rule::new("card.link_over", "Art. 32 DSGVO");
/// A certificate from after the day on which it was looked at, or a look in the future.
pub const CERTIFICATE_DAYS: Rule = Rule::new("card.certificate_days", "§ 72a(5) SGB VIII");
/// More than an error report a minute is no report.
pub const TOO_MANY_REPORTS: Rule = Rule::new("card.too_many_reports", "Schutz vor Missbrauch");
/// A card is not a duplicate of itself.
pub const SAME_CARD: Rule = Rule::new("card.same_card", "Eindeutigkeit");

/// § 72a(5): deleted six months after the last activity at the latest.
const CERTIFICATE_MONTHS: i32 = 6;

/// So many months a card is trusted after it was confirmed.
#[must_use]
pub const fn fresh_months(kind: CardKind) -> i32 {
    match kind {
        CardKind::Organisation | CardKind::Place | CardKind::Room | CardKind::Thing => 12,
        CardKind::Offer | CardKind::Person | CardKind::Group | CardKind::Event => 6,
    }
}

/// The last day on which a card is trusted.
#[must_use]
pub fn due_on(kind: CardKind, confirmed_on: Day) -> Day {
    confirmed_on.plus_months(fresh_months(kind))
}

/// Is a card still trusted today?
#[must_use]
pub fn is_fresh(kind: CardKind, confirmed_on: Day, today: Day) -> bool {
    due_on(kind, confirmed_on) >= today
}

/// A way for the owner of an offer to its card, without an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Pflegelink")]
pub struct LinkState {
    /// Open until then.
    pub ends_at: Moment,
    /// Taken back.
    pub revoked_at: Option<Moment>,
}

impl LinkState {
    /// Is it open?
    ///
    /// # Errors
    /// [`LINK_OVER`].
    pub fn check(&self, now: Moment) -> Result<(), Refusal> {
        if self.revoked_at.is_none() && now < self.ends_at { Ok(()) } else { Err(LINK_OVER.broken()) }
    }
}

/// All that may be remembered of a certificate of conduct (§ 72a(5) SGB VIII); there is no field for the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Einsicht in das Führungszeugnis")]
pub struct Certificate {
    /// It was looked at on this day.
    pub inspected_on: Day,
    /// Its date.
    pub dated_on: Day,
    /// What it says, as far as it may be kept.
    pub finding: Finding,
    /// The last day of the activity; the day of inspection, if it was never taken up.
    pub activity_ended_on: Option<Day>,
}

impl Certificate {
    /// Can it be such?
    ///
    /// # Errors
    /// [`CERTIFICATE_DAYS`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        let right = self.dated_on <= self.inspected_on && self.inspected_on <= today;
        if right { Ok(()) } else { Err(CERTIFICATE_DAYS.broken_at("inspected_on")) }
    }

    /// From this day on it must be gone: at once if the activity was never taken up, else six months after it ended.
    #[must_use]
    pub fn gone_on(&self) -> Option<Day> {
        let ended = self.activity_ended_on?;
        Some(if ended <= self.inspected_on { ended } else { ended.plus_months(CERTIFICATE_MONTHS) })
    }

    /// May it still be shown?
    #[must_use]
    pub fn is_kept(&self, today: Day) -> bool {
        self.gone_on().is_none_or(|gone| today < gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn cards_grow_old_by_their_kind() {
        for (kind, last) in [(CardKind::Offer, "2026-11-30"), (CardKind::Place, "2027-05-31")] {
            let confirmed = day("2026-05-31");
            assert!(is_fresh(kind, confirmed, day(last)) && !is_fresh(kind, confirmed, day(last).plus_days(1)));
        }
    }

    #[test]
    fn links_end() {
        let link = LinkState { ends_at: Moment(10), revoked_at: None };
        assert!(link.check(Moment(9)).is_ok() && link.check(Moment(10)).is_err());
        assert!(LinkState { revoked_at: Some(Moment(3)), ..link }.check(Moment(4)).is_err());
    }

    #[test]
    fn a_certificate_is_gone_six_months_after_the_last_activity() {
        let seen = |ended: Option<&str>| Certificate {
            inspected_on: day("2026-01-10"),
            dated_on: day("2026-01-02"),
            finding: Finding::Nothing,
            activity_ended_on: ended.map(day),
        };
        assert!(seen(None).is_kept(day("2036-01-01")));
        assert!(
            seen(Some("2026-05-31")).is_kept(day("2026-11-29")) && !seen(Some("2026-05-31")).is_kept(day("2026-11-30"))
        );
        assert!(!seen(Some("2026-01-10")).is_kept(day("2026-01-10")), "never taken up: gone at once");
        assert!(seen(None).check(day("2026-01-09")).is_err() && seen(None).check(day("2026-01-10")).is_ok());
    }
}
