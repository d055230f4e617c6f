// SPDX-License-Identifier: EUPL-1.2
//! Signing in and out, people and their posts, drafts, founding an office.

mod drafts;
mod founding;
mod password;
mod people;
mod release;
mod rules;
mod sign_in;
mod throttle;

pub use drafts::{DRAFT_TOO_LONG, DRAFTS_TOO_MANY, drafts, keep_draft, open_drafts};
pub use founding::{found, offices, operator};
pub use people::{
    EMAIL_TAKEN, NewPerson, POST_FOR_ONESELF, POST_MISPLACED, POST_WITHOUT_SEAT, PostPlace, add_person, end_post,
    give_post, people,
};
pub use release::{release_post, waiting_posts};
pub use rules::{house_rules, set_house_rule};
pub use sign_in::{
    SIGN_IN_NO_POST, SIGN_IN_TOO_MANY, SIGN_IN_WRONG, Token, demo_people, office_name, sign_in, sign_in_demo, sign_out,
    signed_in,
};
pub(crate) use throttle::Throttle;

pub use store::access::release::Waiting as WaitingPost;
pub use store::access::{DemoAccount, PersonLine, Signed};

use crate::core::Failure;
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::kernel::Refusal;
use store::StoreError;

/// One's own: session, drafts.
pub(crate) fn own(actor: &Actor) -> Result<Grant, Failure> {
    Ok(permit(actor, Action::KeepOwn, Standing::Person(actor.user))?)
}

/// A uniqueness rule of the schema, said as a rule of the trade.
pub(crate) fn taken(error: StoreError, refusal: Refusal) -> Failure {
    match error {
        StoreError::Duplicate(_) => refusal.into(),
        other => other.into(),
    }
}
