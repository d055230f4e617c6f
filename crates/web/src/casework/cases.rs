// SPDX-License-Identifier: EUPL-1.2
//! cases

pub use super::head::CaseHead;
use crate::kit::Routes;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
}
