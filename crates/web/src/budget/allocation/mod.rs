// SPDX-License-Identifier: EUPL-1.2
pub mod say;
