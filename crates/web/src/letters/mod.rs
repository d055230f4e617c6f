// SPDX-License-Identifier: EUPL-1.2
//! "Briefe": letters of a case from draft to dispatch. Page and PDF are made of the same words.

mod case;
mod mails;
mod say;
mod templates;

pub use say::{field_name, kind_name, say, sheet};

use crate::kit::Routes;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    case::routes().and(templates::routes()).and(mails::routes())
}
