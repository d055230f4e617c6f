// SPDX-License-Identifier: EUPL-1.2
//! Four eyes over posts: those who give rights cannot give them to each other unseen.

use super::actor::Role;
use crate::kernel::{Refusal, Rule, UserId};

/// The one who proposed a post, or who is to hold it, releases it.
pub const RELEASED_BY_ONESELF: Rule = Rule::new("post.released_by_oneself", "§ 35(1) SGB I; Vier-Augen-Prinzip");
/// Settled already.
pub const SETTLED_ALREADY: Rule = Rule::new("post.settled_already", "Aktenwahrheit");

/// Does a post wait for a second person? Whoever gives posts gains nothing by giving one to another who gives posts,
/// and nobody makes a second giver of posts alone.
#[must_use]
#[doc(alias = "Freigabepflicht")]
pub fn needs_release(receiver_gives_posts: bool, role: Role) -> bool {
    receiver_gives_posts || role == Role::Administrator
}

/// May this person release a post that another proposed?
///
/// # Errors
/// [`SETTLED_ALREADY`], [`RELEASED_BY_ONESELF`].
pub fn release(proposed_by: UserId, receiver: UserId, settled: bool, releasing: UserId) -> Result<(), Refusal> {
    if settled {
        return Err(SETTLED_ALREADY.broken());
    }
    if releasing == proposed_by || releasing == receiver { Err(RELEASED_BY_ONESELF.broken()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn two_administrators_cannot_help_each_other_alone() {
        let [anton, berta, dora] = [1, 2, 3].map(|n| UserId(Uuid::from_u128(n)));
        assert!(needs_release(true, Role::CaseWorker) && needs_release(false, Role::Administrator));
        assert!(!needs_release(false, Role::CaseWorker));
        assert_eq!(release(anton, berta, false, anton), Err(RELEASED_BY_ONESELF.broken()));
        assert_eq!(release(anton, berta, false, berta), Err(RELEASED_BY_ONESELF.broken()));
        assert_eq!(release(anton, berta, false, dora), Ok(()));
        assert_eq!(release(anton, berta, true, dora), Err(SETTLED_ALREADY.broken()));
    }
}
