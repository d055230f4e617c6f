// SPDX-License-Identifier: EUPL-1.2
//! The one door for people without an account: a link to one thing, for a time, that can be taken back.

use super::policy::Grant;
use crate::kernel::{Moment, Refusal, Rule, UserId};
use uuid::Uuid;

/// The link is over or was taken back.
pub const LINK_OVER: Rule = Rule::new("link.over", "Art. 25, 32 DSGVO");

/// What is known of a link whose token was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Persönlicher Link")]
pub struct LinkFacts {
    /// The link.
    pub id: Uuid,
    /// It holds until then.
    pub ends_at: Moment,
    /// It was taken back at this moment.
    pub revoked_at: Option<Moment>,
}

impl LinkFacts {
    /// Does the link hold?
    #[must_use]
    pub fn holds(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && now < self.ends_at
    }

    /// The right to answer, in the name of the link; nobody who holds one is signed in, and nothing else of the
    /// policy knows the name.
    ///
    /// # Errors
    /// [`LINK_OVER`].
    pub fn grant(&self, now: Moment) -> Result<Grant, Refusal> {
        if self.holds(now) { Ok(Grant::of_link(UserId(self.id))) } else { Err(LINK_OVER.broken()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Action, Role, extent};

    #[test]
    fn a_link_holds_until_it_ends_or_is_taken_back() {
        let link = |ends: i64, revoked: Option<i64>| LinkFacts {
            id: Uuid::from_u128(7),
            ends_at: Moment(ends),
            revoked_at: revoked.map(Moment),
        };
        assert!(link(10, None).grant(Moment(9)).is_ok());
        assert_eq!(link(10, None).grant(Moment(10)), Err(LINK_OVER.broken()));
        assert_eq!(link(10, Some(5)).grant(Moment(9)), Err(LINK_OVER.broken()));
    }

    #[test]
    fn a_link_may_answer_and_nothing_else_and_nobody_else_may() {
        let link = LinkFacts { id: Uuid::from_u128(7), ends_at: Moment(10), revoked_at: None };
        let grant = link.grant(Moment(0)).unwrap();
        assert_eq!((grant.action(), grant.deciding()), (Action::AnswerByLink, None));
        for role in Role::ALL {
            assert_eq!(extent(*role, Action::AnswerByLink), crate::access::Extent::Nowhere);
        }
    }
}
