// SPDX-License-Identifier: EUPL-1.2
//! Lists of cases: whose, at which stage, in which area.

use super::cases::{After, CaseLine, line};
use super::stage::Stage;
use crate::db::{ReadTx, StoreError, Value};
use crate::sight::RowSight;
use domain::casework::Area;
use domain::kernel::UserId;

/// Cases in sight that were not joined into another, at a stage and in an area as asked. Whoever looks for danger sees
/// every case with its mark, whatever area was recorded last.
macro_rules! among {
    ($what:literal, $stage:literal, $area:literal, $rest:literal) => {
        concat!(
            $what,
            " WHERE c.office_id = $1 AND c.team_id {sight} AND c.joined_into IS NULL
                AND (c.stage = ",
            $stage,
            " OR ",
            $stage,
            " = 'all' OR (",
            $stage,
            " = 'open' AND c.stage <> 'ended'))
                AND (",
            $area,
            " = '' OR (",
            $area,
            " = 'danger' AND c.danger_since IS NOT NULL) OR ",
            $area,
            " = (SELECT x.area FROM case_area x WHERE x.office_id = c.office_id AND x.case_id = c.id ORDER BY x.id DESC LIMIT 1))",
            $rest
        )
    };
}

/// A page of such cases.
macro_rules! page {
    ($rest:literal) => {
        among!(
            "SELECT c.id, c.number, c.family, CASE WHEN c.sealed_since IS NULL THEN s.name END, a.name, c.opened_on, c.danger_since, c.moved_at, c.stage, c.sealed_since
            FROM case_file c JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
            LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id",
            "$4",
            "$5",
            $rest
        )
    };
}

crate::statement! {
    LIST = page!(" AND (c.moved_at, c.id) < ($2, $3) ORDER BY c.moved_at DESC, c.id DESC LIMIT $6");
    LIST_OF_WORKER = page!(" AND (c.moved_at, c.id) < ($2, $3) AND c.worker_id = $6 ORDER BY c.moved_at DESC, c.id DESC LIMIT $7");
    COUNT = among!("SELECT COUNT(*) FROM case_file c", "$2", "$3", "");
    COUNT_OF_WORKER = among!("SELECT COUNT(*) FROM case_file c", "$2", "$3", " AND c.worker_id = $4");
}

/// Whose cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// All in sight.
    Teams,
    /// One worker's.
    Of(UserId),
}

/// Cases at which stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtStage {
    /// All but those that ended.
    Open,
    /// At this one.
    One(Stage),
    /// At any.
    All,
}

impl AtStage {
    /// As asked and as message names: a stage's code, `open`, `all`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::All => "all",
            Self::One(stage) => stage.code(),
        }
    }

    /// By its code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "open" => Some(Self::Open),
            "all" => Some(Self::All),
            stage => Stage::from_code(stage).map(Self::One),
        }
    }
}

/// Which cases a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// Whose.
    pub whose: Whose,
    /// At which stage.
    pub stage: AtStage,
    /// In which area; all if none.
    pub area: Option<Area>,
}

impl Which {
    /// All of somebody, those that ended too.
    #[must_use]
    pub const fn all(whose: Whose) -> Self {
        Self { whose, stage: AtStage::All, area: None }
    }

    /// What runs.
    #[must_use]
    pub const fn open(whose: Whose) -> Self {
        Self { whose, stage: AtStage::Open, area: None }
    }

    fn asked(self) -> (Value, Value) {
        (self.stage.code().into(), self.area.map_or("", Area::code).into())
    }
}

/// Cases in sight, latest moved first.
///
/// # Errors
/// When the engine fails.
pub fn list(
    tx: &ReadTx<'_>,
    sight: &RowSight,
    which: Which,
    after: After,
    limit: i64,
) -> Result<Vec<CaseLine>, StoreError> {
    let (moved, id, limit) = (after.0.into(), after.1.into(), limit.into());
    let (stage, area) = which.asked();
    let rows = match which.whose {
        Whose::Teams => tx.rows_in_sight(&LIST, &[moved, id, stage, area, limit], sight)?,
        Whose::Of(worker) => {
            tx.rows_in_sight(&LIST_OF_WORKER, &[moved, id, stage, area, worker.into(), limit], sight)?
        }
    };
    rows.into_iter().map(line).collect()
}

/// How many such cases are in sight.
///
/// # Errors
/// When the engine fails.
pub fn count(tx: &ReadTx<'_>, sight: &RowSight, which: Which) -> Result<i64, StoreError> {
    let (stage, area) = which.asked();
    let rows = match which.whose {
        Whose::Teams => tx.rows_in_sight(&COUNT, &[stage, area], sight)?,
        Whose::Of(worker) => tx.rows_in_sight(&COUNT_OF_WORKER, &[stage, area, worker.into()], sight)?,
    };
    rows.into_iter().next().map_or(Ok(0), |row| row.read("case_file").int())
}
