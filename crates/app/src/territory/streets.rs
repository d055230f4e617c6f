// SPDX-License-Identifier: EUPL-1.2
//! Bringing in the street directory, the pair of tables `-zu` and `-ra`.

use super::import::Progress;
use super::table;
use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Day, EditionId};
use domain::territory::{Finding, StreetRange, StreetsRead, compare_streets, is_importable, read_streets};
use std::sync::Arc;
use store::WriteTx;
use store::territory::{self, EditionKind};

/// A street directory and how it is to be brought in.
#[derive(Clone)]
pub struct StreetsImport {
    /// The table of units, as it lies on disk.
    pub zu: Vec<u8>,
    /// The table of street ranges, as it lies on disk.
    pub ra: Vec<u8>,
    /// The first day of the new edition.
    pub valid_from: Day,
    /// Only look, write nothing.
    pub dry_run: bool,
    /// Whom to tell.
    pub progress: Progress,
}

/// What came of it. Without an edition nothing was written.
#[derive(Debug, Clone, Default)]
pub struct StreetsReport {
    /// Everything there is to say, the gravest first.
    pub findings: Vec<Finding>,
    /// Units in the first table.
    pub districts: usize,
    /// Rows of the second table.
    pub ranges: usize,
    /// The new edition.
    pub edition: Option<EditionId>,
}

/// Reads both tables without asking which spaces the office has.
#[must_use]
pub fn check_streets(zu: &[u8], ra: &[u8]) -> StreetsRead {
    let mut findings = Vec::new();
    let (zu, ra) = (table::rows("-zu", zu, &mut findings), table::rows("-ra", ra, &mut findings));
    // A table that could not be read would only be called empty once more.
    let (Some(zu), Some(ra)) = (zu, ra) else { return StreetsRead { findings, ..StreetsRead::default() } };
    let mut read = read_streets(&zu, &ra);
    read.findings.extend(findings);
    read
}

/// Brings in a street directory: all of it, or nothing if one finding is an error.
///
/// # Errors
/// [`Failure::Denied`] without the right to manage the territory; [`Failure::Stale`] when the spaces
/// changed meanwhile so that no street would lead anywhere; [`Failure::Broken`].
pub async fn import_streets(app: &App, actor: &Actor, import: StreetsImport) -> Result<StreetsReport, Failure> {
    in_office(actor, Action::ManageTerritory)?;
    let read = check_streets(&import.zu, &import.ra);
    let ranges = Arc::new(read.ranges);
    let mut report =
        StreetsReport { findings: read.findings, districts: read.districts.len(), ranges: ranges.len(), edition: None };
    let spaces = app.read(|tx| Ok(territory::spaces(tx)?)).await?;
    report.findings.extend(compare_streets(spaces, &ranges)?);
    report.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    if import.dry_run || !is_importable(&report.findings) {
        return Ok(report);
    }
    let (house, who) = (app.clone(), actor.clone());
    let edition = app
        .change(actor, None, move |tx| {
            let lost = compare_streets(territory::spaces(&tx)?, &ranges)?;
            if !is_importable(lost.as_slice()) {
                return Err(Failure::Stale);
            }
            let tx = tx.allow(in_office(&who, Action::ManageTerritory)?);
            let edition = house.fresh();
            write(edition, &tx, &ranges, &import)?;
            Ok(tx.commit(Deed::new(DeedKind::StreetsImported, edition), edition)?)
        })
        .await?;
    report.edition = Some(edition);
    Ok(report)
}

pub(super) fn write(
    edition: EditionId,
    tx: &WriteTx<'_>,
    ranges: &[StreetRange],
    import: &StreetsImport,
) -> Result<(), Failure> {
    territory::insert_edition(tx, edition, EditionKind::Streets, import.valid_from)?;
    for (number, range) in (1..).zip(ranges) {
        territory::insert_range(tx, edition, i64::try_from(range.row).unwrap_or_default(), range)?;
        import.progress.tell(number, ranges.len());
    }
    Ok(())
}
