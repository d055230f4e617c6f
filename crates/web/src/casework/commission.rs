// SPDX-License-Identifier: EUPL-1.2
//! commission

use crate::kit::Routes;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
}
