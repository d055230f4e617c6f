// SPDX-License-Identifier: EUPL-1.2
//! Worked cases (testvectors.json, process.md 2.6) through the public functions, and properties.

use super::rules::*;
use super::*;
use crate::kernel::{Day, Line, Rule};
use proptest::prelude::*;

fn pct(percent: i64) -> Ratio {
    Ratio::whole(percent)
}

fn plan(total: i64, method: Method, table: &str) -> Plan {
    let mut table = Table::parse(table).unwrap();
    let origin = Origin { source: "Amt für Statistik".into(), as_of: Day::parse("2025-12-31").ok() };
    table.columns.iter_mut().for_each(|column| column.origin = origin.clone());
    let mut part = Part::new(method);
    let weighted = |column| Weighted { column, weight: Ratio::whole(1) };
    part.columns = (usize::from(method.needs_population())..table.columns.len()).map(weighted).collect();
    part.population = method.needs_population().then_some(0);
    Plan {
        title: Line::parse("Probe").unwrap(),
        year: 2026,
        total,
        scope: Vec::new(),
        top_slice: None,
        table,
        parts: vec![part],
        minimum: None,
        damping: None,
        purposes: Vec::new(),
        agencies: Vec::new(),
        instalments: 1,
    }
}

/// Works a plan out and checks what holds for every outcome.
#[track_caller]
fn run(plan: &Plan) -> Outcome {
    let outcome = allocate(plan).unwrap();
    assert!(outcome.is_conserved(), "{outcome:?}");
    assert!(outcome.explains_itself(), "{:?}", outcome.shares);
    assert_eq!(allocate(plan).unwrap(), outcome, "the same plan, the same outcome");
    outcome
}

#[track_caller]
fn shares(plan: &Plan) -> Vec<i64> {
    run(plan).shares.iter().map(|share| share.cents).collect()
}

#[track_caller]
fn refused(plan: &Plan) -> Vec<(Rule, &'static str, String)> {
    allocate(plan).unwrap_err().into_iter().map(|fault| (fault.rule, fault.field, fault.about)).collect()
}

/// T1, TV01, TV02: Celle.
#[test]
fn celle_is_split_by_purpose_and_paid_in_four() {
    let mut celle = plan(200_000_000, Method::Equal, "Gebiet\nCelle");
    celle.purposes =
        [("fallunspezifisch", 20), ("ambulant", 70), ("teilstationär", 10)].map(|(n, p)| (n.to_owned(), pct(p))).into();
    celle.instalments = 4;
    let share = &run(&celle).shares[0];
    let sums: Vec<i64> = share.purposes.iter().map(|(_, cents)| *cents).collect();
    assert_eq!(sums, [40_000_000, 140_000_000, 20_000_000]);
    assert_eq!(share.instalments, [50_000_000; 4]);
}

/// T2: weighted youth population.
#[test]
fn the_youth_population_is_met_to_the_digit() {
    let hamburg = plan(70_000, Method::YouthValue, "Gebiet;Jugend;Quote\nA;1.000;10,00\nB;2.000;12,00\nC;1.500;14,00");
    let outcome = run(&hamburg);
    let weight = |name: &str| outcome.find(Word::AreaWeight, &format!("{name} (C)")).unwrap().value.clone();
    assert_eq!(["A", "B", "C"].map(weight), [1000, 3000, 3000].map(Ratio::whole));
    let parts: Vec<String> =
        ["A", "B", "C"].map(|name| (&outcome.find(Word::Fraction, name).unwrap().value * &pct(100)).german(2).0).into();
    assert_eq!(parts, ["14,29", "42,86", "42,86"]);
    assert_eq!(outcome.shares.iter().map(|share| share.cents).collect::<Vec<_>>(), [10_000, 30_000, 30_000]);
}

/// T2 with a quotient that is not whole: half goes up.
#[test]
fn weighted_inhabitants_are_rounded_half_up() {
    let odd = plan(1, Method::YouthValue, "G;N;q\nA;1;0\nB;3;0,5\nC;10;1");
    let outcome = run(&odd);
    // 3 · 1,5 = 4,5 → 5
    assert_eq!(outcome.find(Word::AreaWeight, "B (C)").unwrap().value, Ratio::whole(5));
    let mut exact = odd;
    exact.parts[0].whole = false;
    assert_eq!(run(&exact).find(Word::AreaWeight, "B (C)").unwrap().value, Ratio::of(9, 2));
}

/// Hamburg-Nord 2004: four indices of a quarter each; the points are their mean.
#[test]
fn several_indices_have_weights() {
    let mut four = plan(100, Method::YouthValue, "G;N;a;b\nX;100;0;0\nY;100;5;20\nZ;100;10;10");
    four.parts[0].columns[0].weight = Ratio::whole(3);
    let outcome = run(&four);
    // Y: (3·50 + 1·100)/4 = 62,5 → 162,5 → 163; Z: (3·100 + 1·50)/4 = 87,5 → 187,5 → 188
    let weight = |name: &str| outcome.find(Word::AreaWeight, &format!("{name} (C)")).unwrap().value.clone();
    assert_eq!(["X", "Y", "Z"].map(weight), [100, 163, 188].map(Ratio::whole));
}

/// T7, TV17: Bergedorf, 90 % contracted, 10 % overload.
#[test]
fn bergedorf_contracts_ninety_percent_and_serves_up_to_132() {
    let mut bergedorf = plan(100_000_000, Method::Contracted, "Träger;Anteil;Plätze\nVerbund;1;120");
    bergedorf.parts[0].columns.truncate(1);
    bergedorf.parts[0].contracted = Some(pct(90));
    bergedorf.parts[0].overload = Some(pct(10));
    bergedorf.parts[0].capacity = Some(1);
    let outcome = run(&bergedorf);
    assert_eq!((outcome.shares[0].cents, outcome.rest), (90_000_000, 10_000_000));
    assert_eq!(outcome.shares[0].figures[0].value, Ratio::whole(132));
    assert!(outcome.said.contains(&NO_PLACEMENT) && outcome.said.contains(&CLAIMS_STAY));
}

/// I: two times 40 % (Friedrichshain-Kreuzberg). A fifth stays with the office; courts are quoted.
#[test]
fn quotas_divide_money_and_steer_nobody() {
    let mut quota = plan(100_001, Method::Quota, "Verbund;Quote\nA;40\nB;40");
    let outcome = run(&quota);
    assert_eq!(outcome.shares.iter().map(|share| share.cents).collect::<Vec<_>>(), [40_001, 40_000]);
    assert_eq!(outcome.rest, 20_000);
    assert!(outcome.said.contains(&NO_PLACEMENT));
    quota.table = plan(1, Method::Quota, "Verbund;Quote\nA;60\nB;40,01").table;
    assert_eq!(refused(&quota), [(NOT_A_WHOLE, "table", "100,01".into())]);
    let plain = run(&plan(100, Method::Equal, "G\nA"));
    assert_eq!(plain.said, [CLAIMS_STAY]);
}

/// T8, TV22: Lüneburg's table; who gains pays.
#[test]
fn losses_melt_over_the_years() {
    let table = "Gebiet;Kinder;bisher\nA;1;600.000\nB;1;400.000";
    let mut lueneburg = plan(100_000_000, Method::Cases, table);
    let years = [(2026, 100), (2027, 75), (2028, 50), (2029, 25), (2030, 0)];
    let years: Vec<(i16, Ratio)> = years.map(|(year, percent)| (year, pct(percent))).into();
    for (year, kept) in [(2026, 100_000), (2027, 75_000), (2028, 50_000), (2029, 25_000), (2030, 0), (2031, 0)] {
        lueneburg.year = year;
        lueneburg.damping = Some(Damping { years: years.clone(), borne: Borne::Gainers });
        assert_eq!(shares(&lueneburg), [50_000_000 + kept * 100, 50_000_000 - kept * 100], "{year}");
        lueneburg.damping = Some(Damping { years: years.clone(), borne: Borne::Extra });
        assert_eq!(run(&lueneburg).extra, kept * 100);
    }
    lueneburg.year = 2026;
    lueneburg.top_slice = Some(Portion::Cents(1_000));
    lueneburg.damping = Some(Damping { years, borne: Borne::Reserve });
    assert_eq!(refused(&lueneburg), [(DAMPING_UNCOVERED, "damping", String::new())]);
    // 60 million are distributed, 30 each: the reserve of 40 makes good 30 and 10.
    lueneburg.top_slice = Some(Portion::Percent(pct(40)));
    let outcome = run(&lueneburg);
    assert_eq!((outcome.shares[0].cents, outcome.top_slice, outcome.shared()), (60_000_000, 0, 100_000_000));
}

/// T9, TV14: Nordfriesland's cases through a whole plan.
#[test]
fn nordfriesland_is_exact_to_the_cent() {
    let table = "Sozialraum;Fälle\nHusum;133\nNiebüll;85\nTönning;104\nSylt;95\nFöhr;50";
    let out = shares(&plan(100_000_000, Method::Cases, table));
    assert_eq!(out, [28_479_657, 18_201_285, 22_269_807, 20_342_613, 10_706_638]);
}

/// TV20: Berlin's Flexibudget 2021, twelve districts alike; offers by paragraph are a hundred.
#[test]
fn flexibudget_is_the_same_for_all() {
    let table: String = (1..=12).fold("Bezirk".to_owned(), |text, n| format!("{text}\nBezirk {n}"));
    let mut berlin = plan(720_000_000, Method::Equal, &table);
    let offers = [("§ 16", 55), ("§ 18", 15), ("§ 17", 13), ("§ 13", 11), ("§ 14", 5), ("Regionale Teams", 1)];
    berlin.purposes = offers.map(|(name, percent)| (name.to_owned(), pct(percent))).into();
    assert_eq!(shares(&berlin), [60_000_000; 12]);
    assert_eq!(run(&berlin).shares[0].purposes[0].1, 33_000_000);
}

/// K, Hamburg 1999: 472,910 hours are 290.95 posts; T10: 320 contacts for 25,000 € are 78.125 € each.
#[test]
fn hours_are_posts_and_prices() {
    let mut hamburg = plan(100_000_000, Method::Contingent, "G;FLS\nHamburg;472.910");
    hamburg.parts[0].per_post = Ratio::parse("1625,40").ok();
    assert_eq!(run(&hamburg).shares[0].figures[1].value.german(2).0, "290,95");
    let norderstedt = run(&plan(2_500_000, Method::Contingent, "G;Kontakte\nNorderstedt;320"));
    assert_eq!(norderstedt.shares[0].figures[0].value, Ratio::of(78_125, 10));
}

#[test]
fn the_other_methods_follow_their_formulas() {
    // A: turnover of two base years; the fourth agency has 10 of 100.
    assert_eq!(
        shares(&plan(1000, Method::MarketShare, "T;1999;2000\nA;10;20\nB;15;15\nC;20;10\nD;5;5")),
        [300, 300, 300, 100]
    );
    // B: half by cases, half by children.
    assert_eq!(shares(&plan(1000, Method::Indicators, "G;Fälle;Kinder\nA;10;300\nB;30;100")), [500, 500]);
    // D: 100 of 1,000 and 100 of 2,000 are 100 and 50 per thousand.
    assert_eq!(shares(&plan(900, Method::PerThousand, "G;N;x\nA;1.000;100\nB;2.000;100")), [600, 300]);
    // E: 1000 · (1 + 2)/2 = 1500 and 1000 · 0,5; a missing factor takes no part.
    assert_eq!(shares(&plan(2000, Method::MeanLoad, "G;N;f;g\nA;1000;1;2\nB;1000;0,5;")), [1500, 500]);
    // F: the region is 100; twice the mean is 200/100 of it.
    assert_eq!(shares(&plan(400, Method::Graded, "G;q\nA;30\nB;10")), [300, 100]);
    let mut weighted = plan(400, Method::Graded, "G;N;q\nA;1000;30\nB;3000;10");
    weighted.parts[0].population = Some(0);
    weighted.parts[0].columns.remove(0);
    let outcome = run(&weighted);
    // (30 · 1000 + 10 · 3000) / 4000 = 15, not the mean of means 20 (TV07).
    assert_eq!(outcome.find(Word::RegionValue, "q (F)").unwrap().value, Ratio::whole(15));
    assert_eq!(outcome.shares.iter().map(|share| share.cents).collect::<Vec<_>>(), [200, 200]);
}

/// TV07: Ulm's own value, with the inhabitants that the areas have.
#[test]
fn the_regions_value_is_no_mean_of_means() {
    let table = "G;N;q\nMitte;100;33,15\nWest;300;25,30\nNord;300;24,73\nOst;200;26,64\nSüd;100;28,75";
    let mut ulm = plan(1, Method::Graded, table);
    ulm.parts[0].population = Some(0);
    ulm.parts[0].columns.remove(0);
    let value = run(&ulm).find(Word::RegionValue, "q (F)").unwrap().value.half_up(2);
    let means = [3315, 2530, 2473, 2664, 2875].map(|n| (Some(Ratio::of(n, 100)), Ratio::whole(1)));
    assert_eq!(mean(&means).unwrap().half_up(2), Ratio::of(2771, 100));
    assert!(value < Ratio::of(2771, 100));
}

#[test]
fn keys_can_be_mixed() {
    let mut mix = plan(1000, Method::Cases, "G;Fälle\nA;3\nB;1");
    mix.parts[0].percent = pct(60);
    mix.parts.push(Part { percent: pct(40), ..Part::new(Method::Equal) });
    assert_eq!(shares(&mix), [650, 350]);
    mix.parts[1].percent = Ratio::of(3999, 100);
    assert_eq!(refused(&mix), [(NOT_A_WHOLE, "method", "99,99".into())]);
}

#[test]
fn scope_and_top_slice_come_first() {
    let mut some = plan(100_000, Method::Equal, "G\nA\nB");
    let line = |paragraph: &str, inside, cents| Scope { paragraph: paragraph.into(), inside, cents };
    some.scope = vec![line("§ 31", true, 60_000), line("§ 34", false, 30_000), line("§ 42", false, 10_000)];
    some.top_slice = Some(Portion::Percent(pct(5)));
    let outcome = run(&some);
    assert_eq!((outcome.left_out, outcome.top_slice, outcome.distributed), (40_000, 3_000, 57_000));
    // GEL-077
    some.scope.clear();
    some.total = 10_000;
    some.top_slice = Some(Portion::Percent(Ratio::of(33_333, 1000)));
    let outcome = run(&some);
    assert_eq!((outcome.top_slice, outcome.shared()), (3_333, 6_667));
    assert_eq!(outcome.shares.iter().map(|share| share.cents).collect::<Vec<_>>(), [3_334, 3_333]);
    // GEL-075
    some.top_slice = Some(Portion::Percent(Ratio::of(10_001, 100)));
    assert_eq!(refused(&some), [(PERCENT_ABOVE, "top_slice", String::new())]);
    some.top_slice = Some(Portion::Cents(10_001));
    assert_eq!(refused(&some), [(NOTHING_LEFT, "top_slice", String::new())]);
    some.scope = vec![line("§ 34", false, 10_001)];
    assert_eq!(refused(&some), [(NOTHING_LEFT, "scope", String::new())]);
}

/// GEL-078: three times 33,33 %.
#[test]
fn purposes_must_make_a_hundred() {
    let mut thirds = plan(100, Method::Equal, "G\nA");
    thirds.purposes = ["a", "b", "c"].map(|name| (name.to_owned(), Ratio::of(3333, 100))).into();
    assert_eq!(refused(&thirds), [(NOT_A_WHOLE, "purposes", "99,99".into())]);
}

#[test]
fn minimum_shares_are_kept() {
    let mut small = plan(100_000, Method::Cases, "G;Fälle;mindestens\nA;98;0\nB;1;100\nC;1;0");
    assert_eq!(shares(&small), [89_091, 10_000, 909]);
    small.minimum = Some(Portion::Percent(pct(20)));
    assert_eq!(shares(&small), [60_000, 20_000, 20_000]);
    small.minimum = Some(Portion::Cents(33_334));
    assert_eq!(refused(&small), [(MINIMUM_TOO_HIGH, "minimum", String::new())]);
}

#[test]
fn agencies_have_their_parts_of_an_area() {
    let mut seats = plan(1_001, Method::Equal, "G\nA");
    let seat = |agency: &str, weight| Seat { area: 0, agency: agency.into(), weight: Ratio::whole(weight) };
    seats.agencies = vec![seat("Lotse", 1), seat("Anker", 1), seat("Brücke", 2)];
    let parts = run(&seats).shares[0].agencies.clone();
    assert_eq!(parts.iter().map(|(_, cents)| *cents).collect::<Vec<_>>(), [250, 250, 501]);
    seats.agencies.push(seat("Lotse", 1));
    assert_eq!(refused(&seats)[0].0, NAME_TWICE);
    seats.agencies = vec![seat("Lotse", 0)];
    assert_eq!(refused(&seats)[0].0, NO_WEIGHT);
}

#[test]
fn what_is_missing_is_named() {
    let gap = plan(100, Method::Cases, "G;Fälle\nA;\nB;3\nC;");
    let faults = allocate(&gap).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [Some(2), Some(4)]);
    assert!(faults.iter().all(|fault| fault.rule == VALUE_MISSING && fault.about == "Fälle"));
    assert_eq!(refused(&plan(100, Method::Cases, "G;Fälle\nA;0"))[0].0, NO_WEIGHT);
    assert_eq!(refused(&plan(100, Method::Quota, "V;Quote\nA;0"))[0].0, NO_WEIGHT);
    assert_eq!(refused(&plan(100, Method::Cases, "G\nA"))[0].0, COLUMN_MISSING);
    let mut unsourced = plan(100, Method::Cases, "G;Fälle\nA;1");
    unsourced.table.columns[0].origin = Origin::default();
    assert_eq!(refused(&unsourced), [(SOURCE_MISSING, "sources", "Fälle".into())]);
    let mut nobody = unsourced;
    nobody.parts.clear();
    nobody.table = Table::default();
    nobody.instalments = 0;
    nobody.year = 1989;
    assert_eq!(
        refused(&nobody).iter().map(|(rule, ..)| *rule).collect::<Vec<_>>(),
        [YEAR_UNFIT, NO_AREA, METHOD_MISSING, INSTALMENTS_UNFIT]
    );
    assert_eq!(refusals(&allocate(&nobody).unwrap_err()).list().len(), 4);
}

#[test]
fn an_explanation_that_was_tampered_with_does_not_meet() {
    let mut outcome = run(&plan(1000, Method::Cases, "G;Fälle\nA;3\nB;1"));
    let mut leaf = &mut outcome.shares[0].why;
    while !leaf.parts.is_empty() {
        leaf = &mut leaf.parts[0];
    }
    assert_eq!(leaf.how, How::Known);
    outcome.whole.parts[0].parts[0].value = Ratio::whole(999);
    assert!(!outcome.explains_itself());
}

fn table_of(rows: &[(i64, i64, i64)]) -> String {
    let line = |(n, (people, cases, before)): (usize, &(i64, i64, i64))| format!("\nR{n:02};{people};{cases};{before}");
    rows.iter().enumerate().map(line).fold("G;N;x;bisher".to_owned(), |text, line| text + &line)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn whatever_the_key_sums_are_conserved_and_reasons_meet(
        rows in prop::collection::vec((1..5_000i64, 1..900i64, 0..5_000i64), 1..9),
        total in 0..9_000_000i64,
        method in 0..Method::ALL.len(),
        minimum in 0..12i64,
        year in 2026..2029i16,
        turn in 0..9usize,
    ) {
        let method = Method::ALL[method];
        let mut rows = rows;
        if method == Method::Quota {
            rows.iter_mut().for_each(|row| { row.0 = row.0 % 6 + 1; row.1 = row.1 % 6 + 1; });
        }
        let mut any = Plan { year, ..plan(total, method, &table_of(&rows)) };
        any.parts[0].contracted = (method == Method::Contracted).then(|| pct(90));
        any.minimum = (!method.leaves_a_rest()).then(|| Portion::Percent(pct(minimum)));
        let years = vec![(2026, pct(100)), (2027, Ratio::of(667, 10))];
        any.damping = Some(Damping { years, borne: Borne::Extra });
        let outcome = allocate(&any).unwrap();
        prop_assert!(outcome.is_conserved() && outcome.explains_itself());
        let least = outcome.distributed * minimum / 100;
        prop_assert!(method.leaves_a_rest() || outcome.shares.iter().all(|share| share.by_key >= least));
        // In another order everybody gets the same.
        let by = turn % rows.len();
        let mut turned = any.clone();
        turned.table.areas.rotate_left(by);
        turned.table.columns.iter_mut().for_each(|column| column.values.rotate_left(by));
        let mut other: Vec<i64> = allocate(&turned).unwrap().shares.iter().map(|share| share.cents).collect();
        other.rotate_right(by);
        prop_assert_eq!(other, outcome.shares.iter().map(|share| share.cents).collect::<Vec<_>>());
    }

    #[test]
    fn more_weight_never_means_less_money(
        rows in prop::collection::vec((1..50i64, 1..90i64, 0..1i64), 2..7), more in 1..40i64, total in 1..2_000i64,
    ) {
        let before = plan(total, Method::Cases, &table_of(&rows));
        let mut rows = rows;
        rows[0].1 += more;
        let after = plan(total, Method::Cases, &table_of(&rows));
        prop_assert!(shares(&after)[0] >= shares(&before)[0]);
    }

    #[test]
    fn gainers_pay_and_nobody_falls_below_before(
        rows in prop::collection::vec((1..50i64, 1..90i64, 1..200i64), 2..7), percent in 1..=100i64,
    ) {
        let total = rows.iter().map(|row| row.2).sum::<i64>() * 100;
        let mut softened = plan(total, Method::Cases, &table_of(&rows));
        softened.damping = Some(Damping { years: vec![(2026, pct(percent))], borne: Borne::Gainers });
        let outcome = run(&softened);
        prop_assert_eq!(outcome.shared(), total);
        for share in &outcome.shares {
            let previous = share.previous.unwrap();
            prop_assert!(share.cents >= previous.min(share.by_key));
        }
    }
}
