// SPDX-License-Identifier: EUPL-1.2
//! Where: locating addresses as of a day; bringing in boundaries and streets.
//!
//! German words: Sozialraum, Straßenverzeichnis, Gebietsstand. An import takes over all of a file or
//! nothing of it, in one transaction. Read `import.rs` first.

mod figures;
mod import;
mod locate;
mod map;
mod points;
mod preview;
mod recut;
mod redraw;
mod streets;
mod table;

pub use figures::{FiguresReport, SpaceProfile, import_figures, profile, profile_as_of};
pub use import::{Progress, SpacesImport, SpacesReport, import_spaces};
pub(crate) use locate::{Territories, territory_on};
pub use locate::{find_space, spaces, teams};
pub(crate) use map::shapes_on;
pub use map::{Shapes, public_shapes, shapes, shapes_as_of};
pub use points::{Asking, PointsFailure, PointsFile, PointsReport, locate_points};
pub use preview::{
    AddressesSeen, Family, Preview, RegionSeen, SpaceShapes, changed_addresses, compare, preview, preview_files,
};
pub use recut::{
    Draft, RECUT_FAULTY, RECUT_FILE_MISSING, RECUT_FILE_UNREADABLE, RecutLine, Upload, adopt_names, draft,
    list_handovers, plan, planned_days, recuts, withdraw,
};
pub use redraw::{Border, Drawn, NewBorder, border, draw_border};
pub use store::recut::{NewRecut, RecutView};
pub use store::territory::{SpaceLine, TeamLine};
pub use streets::{StreetsImport, StreetsReport, check_streets, import_streets};
pub(crate) use table::rows as table_rows;
pub use table::{Decoded, decode, safe_cell};
