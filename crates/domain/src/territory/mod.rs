// SPDX-License-Identifier: EUPL-1.2
//! Where: regions, social spaces, boundaries, the street directory.
use crate::kernel::SpaceId;
/// stub
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// x
    In {
        /// x
        space: SpaceId,
        /// x
        how: How,
    },
    /// x
    Ambiguous(Vec<SpaceId>),
    /// x
    OutsideDistrict,
    /// x
    Unknown,
}
/// stub
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// x
    Street,
    /// x
    Inside,
    /// x
    Border,
}
