// SPDX-License-Identifier: EUPL-1.2
//! Where: regions, social spaces, boundaries, the street directory.
//!
//! This room answers one question: which social space does an address belong to? It reads boundaries
//! (*Grenzen*, GeoJSON) and the street directory (*Straßenraster*, two tables), says in German what is
//! wrong with them, and locates an address. All geometry stands on a grid of whole millimetres in
//! ETRS89 / UTM 32 (EPSG:25832), so that a border is decided the same way on every machine and on
//! every day.
//!
//! It must never guess: where two answers are possible it says so ([`Located::Ambiguous`]), and where
//! none is, it says that too.

mod address;
mod boundary;
mod comparison;
mod corners;
mod coverage;
mod directory;
mod export;
mod features;
mod figures;
mod findings;
mod house;
mod import;
mod locate;
mod middle;
mod plain;
mod planar;
mod projection;
mod recut;
mod redraw;
mod rings;
mod space;
mod streets;
#[cfg(test)]
mod testing;

pub use address::{Address, How, Located, Prepared, SPACE_KEY_TWICE, Territory, locate, locate_prepared};
pub use boundary::{BOUNDARY_EMPTY, Boundary, Polygon, RING_WITHOUT_AREA, Ring};
pub use comparison::{FileFault, KnownSpace, compare_spaces, compare_streets};
pub use corners::corner_list;
pub use directory::{StreetAddress, StreetDirectory, StreetFound};
pub use export::write_spaces;
pub use figures::{Figure, FigureKind, FigureValue, FiguresRead, read_figures};
pub use findings::{Finding, Severity, is_importable};
pub use house::{HOUSE_NUMBER_REVERSED, HOUSE_NUMBER_UNREADABLE, HouseNumber, POSTCODE_UNREADABLE, Postcode};
pub use import::{ReadOptions, SpaceFeature, SpacesRead, read_spaces};
pub use locate::{Found, Locator};
pub use projection::{POINT_AXES_SWAPPED, POINT_NO_SUCH_DEGREE, POINT_NOT_A_NUMBER, POINT_OUTSIDE_GERMANY, Point};
pub use recut::{
    AreaMove, DAY_NOT_AHEAD, HANDOVER_TOO_EARLY, OfRegion, RECUT_IN_FORCE, RECUT_NOT_DRAFT, RECUT_WITHDRAWN, Recut,
    RecutState, StreetMove, Whereabouts, area_moves, beyond_regions, left_behind, street_moves,
};
pub use redraw::{BORDER_FAULTY, Redrawn, redraw};
pub use space::{Region, SPACE_KEY_CHARACTERS, SPACE_KEY_LENGTH, SocialSpace, SpaceKey};
pub use streets::{Bound, District, Span, StreetRange, StreetsRead, read_streets};
