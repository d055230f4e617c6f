// SPDX-License-Identifier: EUPL-1.2
//! After a help has ended: does it last, which own resources carry, and the way back (§ 41(1) S. 3, § 41a SGB VIII).

use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// Nobody asked tomorrow.
pub const FOLLOWED_IN_FUTURE: Rule = Rule::new("aftercare.in_future", "Aktenwahrheit");
/// Whoever was reached said something.
pub const FOLLOWED_WITHOUT_WORDS: Rule = Rule::new("aftercare.without_answer", "§ 41a(2) SGB VIII");
/// The next contact before this one.
pub const FOLLOWED_BACKWARDS: Rule = Rule::new("aftercare.next_too_early", "§ 41a(2) S. 3 SGB VIII");

codes! {
    /// Does what was reached last?
    #[doc(alias = "Hält es?")]
    Lasting {
        /// It lasts.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// It does not.
        No = "no",
        /// Nobody was reached, or wanted to talk; both are free to.
        NotReached = "not-reached",
    }
}

codes! {
    /// Who comes back.
    #[doc(alias = "Rückkehr")]
    ComingBack {
        /// A young adult, by right (§ 41(1) S. 3).
        YoungAdult = "young-adult",
        /// A family whose help had ended.
        Family = "family",
    }
}

/// A look after the end.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Nachschau")]
pub struct NewFollowUp {
    /// When.
    pub held_on: Day,
    /// With whom; nobody if nobody was reached.
    pub with_whom: Option<Line>,
    /// Does it last?
    pub lasting: Lasting,
    /// Which own resources carry.
    pub carries: Option<Note>,
    /// When to ask again.
    pub next_on: Option<Day>,
}

impl NewFollowUp {
    /// # Errors
    /// [`FOLLOWED_IN_FUTURE`], [`FOLLOWED_WITHOUT_WORDS`], [`FOLLOWED_BACKWARDS`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.held_on > today {
            return Err(FOLLOWED_IN_FUTURE.broken_at("held_on"));
        }
        if self.lasting != Lasting::NotReached && self.with_whom.is_none() {
            return Err(FOLLOWED_WITHOUT_WORDS.broken_at("with_whom"));
        }
        if self.next_on.is_some_and(|next| next <= self.held_on) {
            return Err(FOLLOWED_BACKWARDS.broken_at("next_on"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_reached_is_named() {
        let today = Day::parse("2027-05-20").unwrap();
        let asked = NewFollowUp {
            held_on: today,
            with_whom: None,
            lasting: Lasting::NotReached,
            carries: None,
            next_on: Some(today.plus_days(60)),
        };
        assert_eq!(asked.check(today), Ok(()));
        let reached = NewFollowUp { lasting: Lasting::Partly, ..asked.clone() };
        assert_eq!(reached.check(today), Err(FOLLOWED_WITHOUT_WORDS.broken_at("with_whom")));
        let back = NewFollowUp { next_on: Some(today), ..asked.clone() };
        assert_eq!(back.check(today), Err(FOLLOWED_BACKWARDS.broken_at("next_on")));
        let early = asked.check(today.plus_days(-1));
        assert_eq!(early, Err(FOLLOWED_IN_FUTURE.broken_at("held_on")));
    }
}
