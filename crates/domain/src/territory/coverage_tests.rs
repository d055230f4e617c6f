// SPDX-License-Identifier: EUPL-1.2
use super::super::import::{ReadOptions, read_spaces};
use super::super::testing::area;
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

const FIELDS: i64 = 12;
/// A field of the board: ten metres.
const FIELD_MM: i64 = 10_000;

type Rectangle = ((i64, i64), (i64, i64));
type Field = (i64, i64);

fn fields((from, to): Rectangle) -> BTreeSet<Field> {
    (from.0..to.0).flat_map(|x| (from.1..to.1).map(move |y| (x, y))).collect()
}

/// How many groups of free fields cannot be left without crossing a covered one?
fn enclosed(covered: &BTreeSet<Field>) -> usize {
    let mut free: BTreeSet<Field> = fields(((-1, -1), (FIELDS + 1, FIELDS + 1)));
    free.retain(|field| !covered.contains(field));
    let mut groups = 0;
    while let Some(start) = free.pop_first() {
        groups += 1;
        let mut waiting = vec![start];
        while let Some((x, y)) = waiting.pop() {
            waiting.extend([(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)].into_iter().filter(|f| free.remove(f)));
        }
    }
    // One of them is the outside.
    groups - 1
}

fn rectangle() -> impl Strategy<Value = Rectangle> {
    ((0..FIELDS, 0..FIELDS), (1i64..7, 1i64..7))
        .prop_map(|((x, y), (w, h))| ((x, y), ((x + w).min(FIELDS), (y + h).min(FIELDS))))
}

proptest! {
    #[test]
    fn a_board_of_fields_is_counted_right(rectangles in prop::collection::vec(rectangle(), 2..9)) {
        let names: Vec<String> = (0..rectangles.len()).map(|n| format!("R{n}")).collect();
        let areas: Vec<Boundary> = rectangles
            .iter()
            .map(|((a, b), (c, d))| {
                let (a, b, c, d) = (a * FIELD_MM, b * FIELD_MM, c * FIELD_MM, d * FIELD_MM);
                area(&[(a, b), (c, b), (c, d), (a, d)])
            })
            .collect();
        let spaces: Vec<(&str, &Boundary)> = names.iter().map(String::as_str).zip(&areas).collect();
        let mut findings = Vec::new();
        check(&spaces, &mut findings);

        let mut expected = BTreeSet::new();
        for (i, a) in rectangles.iter().enumerate() {
            for (j, b) in rectangles.iter().enumerate().skip(i + 1) {
                let common = fields(*a).intersection(&fields(*b)).count();
                if common > 0 {
                    expected.insert((names[i].clone(), names[j].clone(), area_in_german(common as f64 * 100.0)));
                }
            }
        }
        let found: BTreeSet<(String, String, String)> = findings
            .iter()
            .filter(|finding| finding.code.contains("overlap"))
            .map(|finding| (finding.params[0].clone(), finding.params[1].clone(), finding.params[2].clone()))
            .collect();
        prop_assert_eq!(found, expected);
        let covered: BTreeSet<Field> = rectangles.iter().flat_map(|rectangle| fields(*rectangle)).collect();
        let gaps = findings.iter().filter(|finding| finding.code.contains("gap")).count();
        prop_assert_eq!(gaps, enclosed(&covered), "{:?}", findings);
    }

    /// Whatever is written into a file: it is answered, never answered with a crash.
    #[test]
    fn no_file_can_break_the_import(cut in 0usize..400, put in "[\\[\\]{},:0-9.eE\"a-z-]{0,6}", drop in 0usize..6) {
        let sound = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"schluessel":"0101",
            "name":"A"},"geometry":{"type":"MultiPolygon","coordinates":[[[[10.0,53.7],[10.1,53.7],[10.1,53.8],
            [10.0,53.7]],[[10.05,53.72],[10.06,53.73],[10.06,53.72],[10.05,53.72]]],[[[10.1,53.7],[10.2,53.7],
            [10.15,53.8],[10.1,53.7]]]]}}]}"#;
        let cut = cut.min(sound.len());
        let rest = sound.get((cut + drop).min(sound.len())..).unwrap_or_default();
        let read = read_spaces(&format!("{}{put}{rest}", &sound[..cut]), &ReadOptions::default());
        for finding in &read.findings {
            prop_assert!(finding.german().ends_with('.') && !finding.german().contains('…'), "{finding:?}");
        }
    }
}
