// SPDX-License-Identifier: EUPL-1.2
//! "Briefe": letters of a case from draft to dispatch. Page and PDF are made of the same words.

mod about;
mod case;
mod consents;
mod contribution;
mod letter_page;
mod mails;
mod offered;
mod say;
mod templates;

pub(crate) use about::read_about;
pub use offered::{ending_code, offered, plan_code};
pub use say::{field_name, kind_name, say, sheet};

use crate::kit::Routes;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    case::routes().and(consents::routes()).and(contribution::routes()).and(templates::routes()).and(mails::routes())
}
