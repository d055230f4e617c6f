// SPDX-License-Identifier: EUPL-1.2
//! What is behind the sums of a year: how many cases, and how much of it is one agency's.

use crate::db::{ReadTx, StoreError};
use domain::budget::Behind;
use domain::kernel::{AgencyId, CaseId, Day, PotId};
use std::collections::{BTreeMap, BTreeSet};

crate::statement! {
    BEHIND = "SELECT r.pot_id, r.agency_id, c.case_id, CAST(SUM(r.promised - r.returned) AS BIGINT) FROM promise r
              LEFT JOIN commission c ON c.office_id = r.office_id AND c.id = r.commission_id
              WHERE r.office_id = $1 AND r.pot_id IN (SELECT id FROM pot WHERE office_id = $1 AND year = $2) AND r.promised_on <= $3
              GROUP BY r.pot_id, r.agency_id, c.case_id";
}

/// Cases and agencies behind each pot of a year, as far as they were promised something until this day.
///
/// # Errors
/// When the engine fails.
pub fn behind(tx: &ReadTx<'_>, year: i16, until: Day) -> Result<BTreeMap<PotId, Behind>, StoreError> {
    let mut cases: BTreeMap<PotId, BTreeSet<CaseId>> = BTreeMap::new();
    let mut agencies: BTreeMap<PotId, BTreeMap<Option<AgencyId>, i64>> = BTreeMap::new();
    for row in tx.rows(&BEHIND, &[year.into(), until.into()])? {
        let mut row = row.read("promise");
        let (pot, agency, case, cents): (PotId, Option<AgencyId>, Option<CaseId>, i64) =
            (row.id()?, row.maybe_id()?, row.maybe_id()?, row.int()?);
        cases.entry(pot).or_default().extend(case);
        *agencies.entry(pot).or_default().entry(agency).or_default() += cents;
    }
    let of = |(pot, by): (PotId, BTreeMap<Option<AgencyId>, i64>)| {
        // What has no agency behind it is the office's own.
        let largest = by.iter().filter(|(agency, _)| agency.is_some()).map(|(_, cents)| *cents).max();
        let cases = cases.get(&pot).map_or(0, BTreeSet::len);
        (pot, Behind { cases, largest: largest.unwrap_or_default(), sum: by.values().sum() })
    };
    Ok(agencies.into_iter().map(of).collect())
}
