// SPDX-License-Identifier: EUPL-1.2
//! A calculation and its faults in German, for pages and for the command line alike.

use crate::kit::messages::sentence;
use crate::kit::{t, t_with};
use app::allocation::StepLine;
use domain::budget::allocation::{Fault, Ratio};
use domain::kernel::{Balance, Day};

/// Digits behind the comma of numbers that do not end.
const DIGITS: u32 = 4;
/// More parts than this are counted instead of listed.
const LISTED: usize = 6;

/// What a step is.
#[must_use]
pub fn label(step: &StepLine) -> String {
    t_with(&format!("step-{}", step.word), &[("x", &step.about)]).trim().to_owned()
}

fn number(ratio: &Ratio, digits: u32, unit: &str) -> String {
    let (text, exact) = ratio.german(digits);
    let text = format!("{text}{unit}");
    if exact { text } else { t_with("allocation-about", &[("x", &text)]) }
}

/// Its value with its unit.
#[must_use]
pub fn value(step: &StepLine) -> String {
    let ratio = step.ratio();
    match step.unit.as_str() {
        "cents" => match ratio.to_whole() {
            Some(cents) => euros(cents),
            None => number(&(&ratio * &Ratio::of(1, 100)), DIGITS + 2, " €"),
        },
        "part" => number(&(&ratio * &Ratio::whole(100)), DIGITS, " %"),
        "percent" => number(&ratio, DIGITS, " %"),
        _ => number(&ratio, DIGITS, ""),
    }
}

/// Cents as euros.
#[must_use]
pub fn euros(cents: i64) -> String {
    Balance::from_cents(cents).german()
}

/// Percent typed, as a part of one: its calculation is no news.
fn is_percentage(step: &StepLine) -> bool {
    step.how == "quotient" && step.parts.iter().any(|part| part.unit == "percent")
}

/// The parts worth telling: no constants of the formula, no sum of one alone.
#[must_use]
pub fn told(step: &StepLine) -> Vec<&StepLine> {
    if is_percentage(step) {
        return Vec::new();
    }
    let told = step.parts.iter().filter(|part| part.word != "constant");
    told.flat_map(|part| if lone(part) { told_below(part) } else { vec![part] }).collect()
}

/// A step that only repeats its single part.
fn lone(step: &StepLine) -> bool {
    step.how == "sum" && step.parts.len() == 1 && step.word != "area-weight"
}

fn told_below(step: &StepLine) -> Vec<&StepLine> {
    step.parts.iter().collect()
}

/// How it comes out of its parts, or where it comes from.
#[must_use]
pub fn reason(step: &StepLine) -> String {
    match (step.how.as_str(), step.word.as_str()) {
        ("given", "cent") => return t("reason-cent"),
        ("known", "share" | "area-weight" | "fraction" | "base" | "compensation" | "gain") => return t("reason-there"),
        ("known", "distributed") if step.about.is_empty() => return t("reason-above"),
        _ if is_percentage(step) => return t("how-given"),
        _ => {}
    }
    if let Some(source) = step.source.as_ref().filter(|source| !source.is_empty()) {
        let day = step.as_of.as_ref().and_then(|day| Day::parse(day).ok());
        return match day {
            Some(day) => t_with("allocation-from", &[("source", source), ("day", &day.german())]),
            None => t_with("allocation-from-undated", &[("source", source)]),
        };
    }
    let sign = match step.how.as_str() {
        "sum" => " + ",
        "product" => " × ",
        "quotient" => " ÷ ",
        "difference" => " − ",
        _ => "; ",
    };
    let values: Vec<String> = step.parts.iter().map(value).collect();
    let count = || t_with("how-many", &[("x", &values.len().to_string())]);
    let parts = if values.len() > LISTED { count() } else { values.join(sign) };
    t_with(&format!("how-{}", step.how), &[("x", &parts)])
}

/// A share of the whole in percent, two digits.
#[must_use]
pub fn percent(cents: i64, of: i64) -> String {
    let hundredths = &Ratio::of(cents, of.max(1)) * &Ratio::whole(10_000);
    let hundredths = hundredths.half_up(0).to_whole().unwrap_or_default();
    format!("{},{:02} %", hundredths / 100, hundredths % 100)
}

/// What is wrong, where, and what to do.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    let field = t(&format!("allocation-{}", fault.field.replace('_', "-")));
    let sentence = sentence(&fault.rule.broken());
    let line = fault.line.map(|line| line.to_string()).unwrap_or_default();
    let key = match (fault.line, fault.about.is_empty()) {
        (Some(_), true) => "fault-line",
        (Some(_), false) => "fault-line-about",
        (None, false) => "fault-about",
        (None, true) => "fault-plain",
    };
    t_with(key, &[("field", &field), ("line", &line), ("about", &fault.about), ("sentence", &sentence)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::messages::has;
    use domain::budget::allocation::{Borne, How, Majority, Method, Word};

    #[test]
    fn every_code_has_its_german_word() {
        let words = Word::ALL.iter().map(|word| format!("step-{}", word.code()));
        let hows = How::ALL.iter().map(|how| format!("how-{}", how.code()));
        let methods = Method::ALL.iter().map(|method| format!("method-{}", method.code()));
        let borne = Borne::ALL.iter().map(|borne| format!("borne-{}", borne.code()));
        let majorities = Majority::ALL.iter().map(|majority| format!("majority-{}", majority.code()));
        for key in words.chain(hows).chain(methods).chain(borne).chain(majorities) {
            assert!(has(&key), "{key}");
        }
    }

    #[test]
    fn every_field_with_a_fault_has_a_name() {
        let fields = [
            "title",
            "year",
            "total",
            "scope",
            "top_slice",
            "method",
            "base",
            "population",
            "indicators",
            "sources",
            "table",
            "minimum",
            "damping",
            "damping_borne",
            "purposes",
            "agencies",
            "instalments",
            "contracted",
            "overload",
            "capacity",
            "per_post",
        ];
        for field in fields {
            assert!(has(&format!("allocation-{}", field.replace('_', "-"))), "{field}");
        }
    }

    #[test]
    fn parts_of_the_whole_have_two_digits() {
        assert_eq!((&*percent(1, 3), &*percent(2, 3), &*percent(1, 1)), ("33,33 %", "66,67 %", "100,00 %"));
        assert_eq!(percent(0, 0), "0,00 %");
    }
}
