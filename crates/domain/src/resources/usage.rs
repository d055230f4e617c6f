// SPDX-License-Identifier: EUPL-1.2
//! How often cards were of use, counted without names: a number for each card, month and space, and nothing from which
//! one could get back to a case. What is shown are closed months, and no number so small that it could be one family.

use crate::kernel::Day;
use std::collections::BTreeMap;

/// No number below this is shown (§ 64(3), § 103 SGB VIII; own rule, like the figures for bodies).
pub const FEWEST_USES: i64 = 5;
/// So many closed months are counted together.
pub const USE_MONTHS: i32 = 12;

/// The uses of one card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Nutzung einer Karte")]
pub struct Uses {
    /// All of them; nothing if there are few.
    pub total: Option<i64>,
    /// By space; nothing where there are few, or where the total would tell.
    pub by_space: BTreeMap<String, Option<i64>>,
}

/// The closed months that are counted: the first day of the first, and the first day after the last.
#[must_use]
pub fn counted_months(today: Day) -> (Day, Day) {
    let end = today.month_start();
    (end.plus_months(-USE_MONTHS), end)
}

/// Numbers as they may be shown. A space with few is hidden, and with it the next larger one, so that the total does not
/// tell; where nothing can stand beside it, the total is hidden.
#[must_use]
pub fn shown_uses(counts: &BTreeMap<String, i64>) -> Uses {
    let sum: i64 = counts.values().sum();
    let mut by_size: Vec<(&String, i64)> = counts.iter().map(|(space, count)| (space, *count)).collect();
    by_size.sort_by_key(|(space, count)| (*count, (*space).clone()));
    let mut hidden = by_size.iter().filter(|(_, count)| (1..FEWEST_USES).contains(count)).count();
    let behind: i64 = by_size.iter().take(hidden).map(|(_, count)| count).sum();
    if hidden == 1 || (hidden > 0 && behind < FEWEST_USES) {
        hidden += 1;
    }
    let alone = hidden > by_size.len();
    let cell = |(at, (space, count)): (usize, &(&String, i64))| ((*space).clone(), (at >= hidden).then_some(*count));
    Uses {
        total: (sum >= FEWEST_USES && !alone).then_some(sum),
        by_space: by_size.iter().enumerate().map(cell).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(counts: &[(&str, i64)]) -> (Option<i64>, Vec<Option<i64>>) {
        let uses = shown_uses(&counts.iter().map(|(space, count)| ((*space).to_owned(), *count)).collect());
        (uses.total, uses.by_space.into_values().collect())
    }

    #[test]
    fn no_small_number_is_shown_nor_can_be_worked_out() {
        assert_eq!(shown(&[]), (None, vec![]));
        assert_eq!(shown(&[("a", 4)]), (None, vec![None]));
        assert_eq!(shown(&[("a", 5)]), (Some(5), vec![Some(5)]));
        assert_eq!(shown(&[("a", 9), ("b", 1)]), (Some(10), vec![None, None]), "10 - 9 would tell");
        assert_eq!(shown(&[("a", 9), ("b", 1), ("c", 7)]), (Some(17), vec![Some(9), None, None]));
        assert_eq!(shown(&[("a", 9), ("b", 2), ("c", 2)]), (Some(13), vec![None, None, None]), "four are still few");
        assert_eq!(shown(&[("a", 9), ("b", 3), ("c", 4)]), (Some(16), vec![Some(9), None, None]));
    }

    fn never_tells(counts: [i64; 3]) {
        let (total, cells) = shown(&[("a", counts[0]), ("b", counts[1]), ("c", counts[2])]);
        let open: i64 = cells.iter().flatten().sum();
        let hidden = cells.iter().filter(|cell| cell.is_none()).count();
        assert!(cells.iter().flatten().all(|count| *count >= FEWEST_USES));
        let behind = total.map_or(FEWEST_USES, |total| total - open);
        assert!(total.is_none() || (hidden != 1 && (hidden == 0 || behind >= FEWEST_USES)), "{counts:?}");
    }

    /// Whatever the counts: the hidden ones together are never few.
    #[test]
    fn a_difference_never_tells() {
        let all = (0..7 * 7 * 7).map(|n| [1 + n % 7, 1 + n / 7 % 7, 1 + n / 49]);
        all.for_each(never_tells);
    }

    #[test]
    fn the_present_month_is_not_counted() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(counted_months(day("2026-11-20")), (day("2025-11-01"), day("2026-11-01")));
    }
}
