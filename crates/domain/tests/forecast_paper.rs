// SPDX-License-Identifier: EUPL-1.2
//! The German paper on the hour, on instalments and on the forecast says the numbers that the code says.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use domain::agencies::{FlsCost, FlsHours, MATERIAL_CAP, OVERHEAD_CAP, Quantity, Unit, exact_quotient, hourly_rate};
use domain::budget::{
    DOMINANT_PERCENT, FEWEST_INSIDE, FEWEST_OUTSIDE, FOLLOWS_WITHIN_DAYS, Instalment, LEAST_ENDED, LEAST_PAST,
    MoneyKind, Past, Pause, Performance, SETTLED_AFTER_DAYS, SPREAD_DAYS, WARN_FROM_PERCENT, band, bonus, mid_quarters,
    overload, planned_cost,
};
use domain::kernel::{Amount, Balance, Day, Period};

const PAPER: &str = include_str!("../../../docs/wie-gerechnet-wird.md");

#[track_caller]
fn says(words: &str) {
    let flat = PAPER.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(words), "the paper does not say „{words}“");
}

fn euros(euros: i64) -> Balance {
    Balance::from_cents(euros * 100)
}

fn amount(euros: i64) -> Amount {
    Amount::from_cents(euros * 100).unwrap()
}

#[test]
fn the_hour() {
    let hours = |hours: i64| Quantity::from_hundredths(hours * 100).unwrap();
    let nothing = Balance::ZERO;
    let cost = FlsCost {
        professional: amount(60_000),
        leading: euros(13_500),
        administration: nothing,
        beside: nothing,
        material: euros(8_000),
        extra: nothing,
    };
    let post = FlsHours { gross: hours(1_600), general: hours(400), professional: hours(0), by_case: hours(0) };
    let found = hourly_rate(&cost, &post).unwrap();
    for step in &found.steps {
        says(&format!("| {} |", step.amount.german()));
    }
    says(&format!("**{}**", found.rate.german()));
    says(&format!("höchstens {OVERHEAD_CAP} % von a)"));
    says(&format!("höchstens {MATERIAL_CAP} % der Personalkosten"));
    let price = Amount::from_cents(found.rate.cents()).unwrap();
    let (unit, quantity, pause) = (Unit::Hour, hours(5), Pause::Never);
    let plan = Performance { unit, price, quantity, weeks_off: 0, pause, longer_days: None, rate: None };
    let span = Period::new(Day::new(2026, 12, 1).unwrap(), Day::new(2027, 5, 31).ok()).unwrap();
    let ceiling = planned_cost(&plan, span, &[]).unwrap();
    says(&format!("26 Wochen mit 5 Stunden zu 66,00 € ergeben {}", ceiling.balance().german()));
}

#[test]
fn instalments_and_contingents() {
    let plan = Instalment::plan(MoneyKind::Grant, amount(2_000_000), &mid_quarters(2026).unwrap()).unwrap();
    says(&format!("2.000.000,00 € ergeben viermal {}", plan[3].amount.balance().german()));
    let share = bonus(MoneyKind::Grant, euros(3_200_000), 10).unwrap();
    says(&format!("10 % von 3.200.000,00 € sind {}", share.german()));
    let quota = overload(euros(1_000_000), 90, 120, 10);
    says(&format!("90 % von 1.000.000,00 € sind {}", quota.contracted.german()));
    says(&format!("10 % Zuschlag sind {} (Bergedorf)", quota.must_serve));
    says(&format!("kostet {} je Kontakt", exact_quotient(euros(25_000), 320)));
    says(&format!("Gewarnt wird ab {WARN_FROM_PERCENT} %"));
}

#[test]
fn the_band() {
    let day = |year: i16, month: i8| Day::new(year, month, 28).unwrap();
    let said = [
        (day(2025, 10), 980),
        (day(2024, 10), 1_000),
        (day(2023, 10), 1_010),
        (day(2025, 11), 1_020),
        (day(2024, 11), 1_050),
    ];
    let past = said.map(|(as_of, actual)| Past { as_of, forecast: euros(1_000), actual: euros(actual) });
    let found = band(euros(20_000), Balance::ZERO, day(2026, 11), &past).unwrap();
    says(&format!("der Bereich {} bis {}", found.low.german(), found.high.german()));
    says(&format!("mittlere Abweichung ist {} Promille", found.typical_permille));
    says(&format!("Unter {LEAST_PAST} solchen Prognosen"));
    says(&format!("weniger als {FEWEST_INSIDE} Fällen (Gremien: {FEWEST_OUTSIDE})"));
    says(&format!("mehr als {DOMINANT_PERCENT} % hat"));
    says(&format!("Kam {SETTLED_AFTER_DAYS} Tage nach dem Ende keine Rechnung"));
    says(&format!("die bis {FOLLOWS_WITHIN_DAYS} Tage nach dem Ende beginnt"));
    says(&format!("ab {LEAST_ENDED} beendeten"));
    says(&format!("ohne Ende über {SPREAD_DAYS} Tage"));
}
