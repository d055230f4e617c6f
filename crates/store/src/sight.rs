// SPDX-License-Identifier: EUPL-1.2
//! The policy's answer as a row predicate: what holds for one object holds for lists, counts, searches.
//!
//! A statement writes `c.team_id {sight}`. Everything becomes `IS NOT NULL`, nothing becomes `IS NULL AND
//! 1 = 0`, places become `IN ($n, …)` with a few fixed widths, so that statements can be prepared once.

use crate::db::Value;
use domain::access::Sight;
use uuid::Uuid;

/// Widths of the `IN` list; the last place is repeated to fill one up.
const WIDTHS: [usize; 6] = [1, 2, 4, 8, 32, 128];

/// A predicate over one id column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowSight {
    /// All rows.
    Everything,
    /// Rows whose column is one of these; none if empty.
    Only(Vec<Uuid>),
}

impl RowSight {
    /// Rows of teams.
    #[must_use]
    pub fn teams(sight: &Sight) -> Self {
        Self::of(sight, sight.teams.iter().map(|team| team.0).collect())
    }

    /// Rows of regions.
    #[must_use]
    pub fn regions(sight: &Sight) -> Self {
        Self::of(sight, sight.regions.iter().map(|region| region.0).collect())
    }

    /// Rows in agencies' data rooms. They are never part of "the whole office" (N1), as the policy says of one.
    #[must_use]
    pub fn agencies(sight: &Sight) -> Self {
        Self::Only(sight.agencies.iter().map(|agency| agency.0).collect())
    }

    fn of(sight: &Sight, places: Vec<Uuid>) -> Self {
        if sight.office { Self::Everything } else { Self::Only(places) }
    }

    /// Puts the predicate where the text says `{sight}` and its values behind the parameters.
    #[must_use]
    pub fn put_into(&self, text: &str, params: &mut Vec<Value>) -> String {
        let predicate = match self {
            Self::Everything => "IS NOT NULL".to_owned(),
            Self::Only(places) => match places.last() {
                None => "IS NULL AND 1 = 0".to_owned(),
                Some(last) => {
                    let width = WIDTHS.iter().copied().find(|width| *width >= places.len()).unwrap_or(places.len());
                    let first = params.len() + 1;
                    params.extend((0..width).map(|i| Value::Id(*places.get(i).unwrap_or(last))));
                    let marks: Vec<String> = (first..first + width).map(|n| format!("${n}")).collect();
                    format!("IN ({})", marks.join(", "))
                }
            },
        };
        text.replace("{sight}", &predicate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_hide_by_default() {
        let put = |sight: &RowSight| {
            let mut params = vec![Value::Null];
            (sight.put_into("t.team_id {sight}", &mut params), params.len())
        };
        assert_eq!(put(&RowSight::Only(vec![])), ("t.team_id IS NULL AND 1 = 0".into(), 1));
        assert_eq!(put(&RowSight::Everything), ("t.team_id IS NOT NULL".into(), 1));
        assert_eq!(put(&RowSight::Only(vec![Uuid::nil(); 3])), ("t.team_id IN ($2, $3, $4, $5)".into(), 5));
    }
}
