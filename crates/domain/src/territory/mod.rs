// SPDX-License-Identifier: EUPL-1.2
//! Where: regions, social spaces, boundaries, the street directory.
mod boundary;
mod locate;
mod planar;
mod projection;
mod space;
#[cfg(test)]
mod testing;
pub use boundary::{Boundary, Polygon, Ring};
pub use locate::{Found, Locator};
pub use projection::Point;
pub use space::{Region, SocialSpace, SpaceKey};
