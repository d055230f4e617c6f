// SPDX-License-Identifier: EUPL-1.2
//! Wrong passwords are counted by what was typed, known or not, so that the answer tells nothing about who
//! has an account. In memory: a restart forgives, and nobody's mistakes are kept.

use domain::access::Email;
use domain::kernel::Moment;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// More wrong passwords than this in [`MINUTES`] are not even looked at.
const MOST: u32 = 10;
const MINUTES: i64 = 15;
/// So many addresses are remembered at most; then all that are over are forgotten.
const REMEMBERED: usize = 10_000;

/// Looks and answers over one personal link in [`MINUTES`] at most.
const MOST_OF_LINK: u32 = 60;

/// Counts of attempts by digest of the address.
#[derive(Default)]
pub(crate) struct Throttle {
    counts: Mutex<HashMap<[u8; 32], (u32, Moment)>>,
}

impl Throttle {
    /// Counts an attempt before it is made; may it be made?
    pub(crate) fn admits(&self, email: &Email, now: Moment) -> bool {
        self.counted(digest(email), now) <= MOST
    }

    /// Counts a look over a link, known or not.
    pub(crate) fn admits_link(&self, token_digest: &str, now: Moment) -> bool {
        self.counted(Sha256::digest(token_digest).into(), now) <= MOST_OF_LINK
    }

    fn counted(&self, what: [u8; 32], now: Moment) -> u32 {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= REMEMBERED {
            counts.retain(|_, (_, since)| since.plus_minutes(MINUTES) > now);
        }
        let (count, since) = counts.entry(what).or_insert((0, now));
        if since.plus_minutes(MINUTES) <= now {
            (*count, *since) = (0, now);
        }
        *count = count.saturating_add(1);
        *count
    }

    /// The right password ends the count.
    pub(crate) fn forget(&self, email: &Email) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(email));
    }
}

fn digest(email: &Email) -> [u8; 32] {
    Sha256::digest(email.as_str()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_a_quarter_of_an_hour() {
        let (throttle, email, now) = (Throttle::default(), Email::parse("a@amt.example").unwrap(), Moment(0));
        assert!((0..10).all(|_| throttle.admits(&email, now)));
        assert!(!throttle.admits(&email, now));
        assert!(throttle.admits(&Email::parse("b@amt.example").unwrap(), now));
        assert!(throttle.admits(&email, now.plus_minutes(MINUTES)));
        throttle.forget(&email);
        assert!((0..10).all(|_| throttle.admits(&email, now.plus_minutes(MINUTES))));
    }
}
