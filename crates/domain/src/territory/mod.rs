// SPDX-License-Identifier: EUPL-1.2
//! Where: regions, social spaces, boundaries, the street directory.
mod boundary;
mod coverage;
mod features;
mod findings;
mod import;
mod locate;
mod planar;
mod projection;
mod rings;
mod space;
#[cfg(test)]
mod testing;
pub use boundary::{Boundary, Polygon, Ring};
pub use findings::{Finding, Severity, is_importable};
pub use import::{ReadOptions, SpaceFeature, SpacesRead, read_spaces};
pub use locate::{Found, Locator};
pub use projection::Point;
pub use space::{Region, SocialSpace, SpaceKey};
