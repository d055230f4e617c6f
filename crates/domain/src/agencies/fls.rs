// SPDX-License-Identifier: EUPL-1.2
//! The Fachleistungsstunde after annex IV of the framework contract of North Rhine-Westphalia: cost by net hours, with
//! its two caps. Whole cents throughout; each step is told.

use crate::access::codes;
use crate::kernel::{Amount, Balance, Quantity, Refusal, Rule, half_up};

/// There are no hours left to divide by.
pub const FLS_NO_HOURS: Rule = Rule::new("fls.no_hours", "Rahmenvertrag NRW, Anlage IV");

/// Leading, administration and costs beside the wages together: at most so many hundredths of the professional's cost.
pub const OVERHEAD_CAP: i64 = 20;
/// Things: at most so many hundredths of all personnel.
pub const MATERIAL_CAP: i64 = 10;

/// What a post costs in a year; what is not there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Kosten der Fachleistungsstunde")]
pub struct FlsCost {
    /// (a) The professional.
    pub professional: Amount,
    /// (b) Leading and counsel.
    pub leading: Balance,
    /// (c) Administration.
    pub administration: Balance,
    /// (d) Costs beside the wages.
    pub beside: Balance,
    /// Things.
    pub material: Balance,
    /// Agreed extras, uncapped.
    pub extra: Balance,
}

/// The hours of a post in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Nettojahresstunden")]
pub struct FlsHours {
    /// By contract.
    pub gross: Quantity,
    /// Less: holidays, leave, illness.
    pub general: Quantity,
    /// Less: team, supervision, training.
    pub professional: Quantity,
    /// Less: writing, ways, networks.
    pub by_case: Quantity,
}

codes! {
    /// A step of the calculation.
    #[doc(alias = "Rechenschritt")]
    StepKind {
        /// (a).
        Professional = "professional",
        /// (b) + (c) + (d).
        Overhead = "overhead",
        /// What of it counts.
        OverheadCapped = "overhead-capped",
        /// (a) and what counts of the rest.
        Personnel = "personnel",
        /// Things.
        Material = "material",
        /// What of them counts.
        MaterialCapped = "material-capped",
        /// Extras.
        Extra = "extra",
        /// All of it.
        Total = "total",
    }
}

/// One step with its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Rechenschritt mit Ergebnis")]
pub struct FlsStep {
    /// Which.
    pub kind: StepKind,
    /// Its outcome.
    pub amount: Balance,
    /// The cap, where there is one, and it was reached or not.
    pub cap: Option<(Balance, bool)>,
}

/// The hour with the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fachleistungsstunde")]
#[doc(alias = "FLS")]
pub struct HourlyRate {
    /// What it comes to, halves up.
    pub rate: Balance,
    /// Net hours.
    pub hours: Quantity,
    /// The steps.
    pub steps: Vec<FlsStep>,
}

/// Hundredths of an amount, cut to whole cents: a cap is never exceeded, not even by rounding.
fn cap_of(amount: Balance, hundredths: i64) -> Balance {
    let cents = i128::from(amount.cents()) * i128::from(hundredths) / 100;
    Balance::from_cents(i64::try_from(cents).unwrap_or(i64::MAX))
}

fn capped(amount: Balance, cap: Balance, kind: StepKind) -> FlsStep {
    FlsStep { kind, amount: amount.min(cap), cap: Some((cap, amount > cap)) }
}

/// Calculates the hour.
///
/// # Errors
/// [`FLS_NO_HOURS`].
pub fn hourly_rate(cost: &FlsCost, hours: &FlsHours) -> Result<HourlyRate, Refusal> {
    let less = hours.general + hours.professional + hours.by_case;
    let net = Quantity::from_hundredths(hours.gross.hundredths() - less.hundredths()).unwrap_or_default();
    if net == Quantity::ZERO {
        return Err(FLS_NO_HOURS.broken_at("gross"));
    }
    let plain = |kind, amount| FlsStep { kind, amount, cap: None };
    let professional = cost.professional.balance();
    let overhead = cost.leading + cost.administration + cost.beside;
    let overhead_counts = capped(overhead, cap_of(professional, OVERHEAD_CAP), StepKind::OverheadCapped);
    let personnel = professional + overhead_counts.amount;
    let material_counts = capped(cost.material, cap_of(personnel, MATERIAL_CAP), StepKind::MaterialCapped);
    let total = personnel + material_counts.amount + cost.extra;
    let rate = Balance::from_cents(half_up(i128::from(total.cents()) * 100, i128::from(net.hundredths())));
    let steps = vec![
        plain(StepKind::Professional, professional),
        plain(StepKind::Overhead, overhead),
        overhead_counts,
        plain(StepKind::Personnel, personnel),
        plain(StepKind::Material, cost.material),
        material_counts,
        plain(StepKind::Extra, cost.extra),
        plain(StepKind::Total, total),
    ];
    Ok(HourlyRate { rate, hours: net, steps })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }
    fn hours(hours: i64) -> Quantity {
        Quantity::from_hundredths(hours * 100).unwrap()
    }
    fn cost(professional: i64, overhead: i64, material: i64) -> FlsCost {
        FlsCost {
            professional: Amount::from_cents(professional * 100).unwrap(),
            leading: euros(overhead),
            administration: Balance::ZERO,
            beside: Balance::ZERO,
            material: euros(material),
            extra: Balance::ZERO,
        }
    }
    fn post(gross: i64, less: i64) -> FlsHours {
        FlsHours { gross: hours(gross), general: hours(less), professional: hours(0), by_case: hours(0) }
    }

    #[test]
    fn the_worked_example_of_process_2_5() {
        let found = hourly_rate(&cost(60_000, 13_500, 8_000), &post(1_600, 400)).unwrap();
        let amounts: Vec<_> = found.steps.iter().map(|step| step.amount.cents() / 100).collect();
        assert_eq!(amounts, [60_000, 13_500, 12_000, 72_000, 8_000, 7_200, 0, 79_200]);
        assert_eq!((found.rate.german().as_str(), found.hours.german().as_str()), ("66,00 €", "1.200"));
        assert_eq!(found.steps[2].cap, Some((euros(12_000), true)));
    }

    #[test]
    fn below_the_caps_nothing_is_cut() {
        let found = hourly_rate(&cost(60_000, 6_000, 1_000), &post(1_000, 0)).unwrap();
        assert_eq!(found.rate, euros(67));
        assert!(found.steps.iter().filter_map(|step| step.cap).all(|(_, reached)| !reached));
    }

    #[test]
    fn no_hours_no_rate() {
        assert_eq!(hourly_rate(&cost(1, 0, 0), &post(400, 400)), Err(FLS_NO_HOURS.broken_at("gross")));
        assert_eq!(hourly_rate(&cost(1, 0, 0), &post(400, 500)), Err(FLS_NO_HOURS.broken_at("gross")));
    }

    proptest! {
        #[test]
        fn the_caps_hold(a in 1..10_000_000i64, b in 0..10_000_000i64, material in 0..10_000_000i64) {
            let found = hourly_rate(&cost(a, b, material), &post(1_600, 400)).unwrap();
            let amount = |kind| found.steps.iter().find(|step| step.kind == kind).unwrap().amount.cents();
            prop_assert!(amount(StepKind::OverheadCapped) * 100 <= amount(StepKind::Professional) * OVERHEAD_CAP);
            prop_assert!(amount(StepKind::MaterialCapped) * 100 <= amount(StepKind::Personnel) * MATERIAL_CAP);
        }
    }
}
