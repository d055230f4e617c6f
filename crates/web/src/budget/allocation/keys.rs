// SPDX-License-Identifier: EUPL-1.2
//! The keys of the form: a first one, up to two more with their weights, and a part that all get alike. The first one
//! has what the others leave of a hundred.

use super::form::{cell, lines, typed};
use crate::kit::FormData;
use app::allocation::{IndicatorLine, MethodLine, Sheet};
use domain::budget::allocation::rules::PERCENT_ABOVE;
use domain::budget::allocation::{Fault, Method, Ratio};

/// Fields of a further key: method, percent, population, indicators.
pub const FURTHER: [[&str; 4]; 2] = [
    ["method_2", "percent_2", "population_2", "indicators_2"],
    ["method_3", "percent_3", "population_3", "indicators_3"],
];

fn value(form: &FormData, field: &str) -> String {
    form.value(field).trim().to_owned()
}

fn indicators(form: &FormData, field: &str) -> Vec<IndicatorLine> {
    let line = |line: &Vec<&str>| IndicatorLine { column: cell(line, 0), weight: typed(line, 1) };
    lines(form.value(field)).iter().map(line).collect()
}

/// The keys, and what is wrong with their weights.
pub fn read(form: &FormData) -> (Vec<MethodLine>, Vec<Fault>) {
    let main = MethodLine {
        method: value(form, "method"),
        population: value(form, "population"),
        indicators: indicators(form, "indicators"),
        contracted: value(form, "contracted").into(),
        overload: value(form, "overload").into(),
        capacity: value(form, "capacity"),
        per_post: value(form, "per_post").into(),
        ..MethodLine::default()
    };
    let mut more: Vec<(&'static str, MethodLine)> = Vec::new();
    for [method, percent, population, columns] in FURTHER {
        let method = value(form, method);
        if !method.is_empty() {
            let (population, indicators) = (value(form, population), indicators(form, columns));
            let line = MethodLine {
                method,
                percent: value(form, percent).into(),
                population,
                indicators,
                ..MethodLine::default()
            };
            more.push((percent, line));
        }
    }
    let base = value(form, "base");
    if !base.is_empty() {
        let method = Method::Equal.code().to_owned();
        more.push(("base", MethodLine { method, percent: base.into(), ..MethodLine::default() }));
    }
    weighed(main, more)
}

/// The first key has what the others leave.
fn weighed(main: MethodLine, more: Vec<(&'static str, MethodLine)>) -> (Vec<MethodLine>, Vec<Fault>) {
    if more.is_empty() {
        return (vec![main], Vec::new());
    }
    let (mut rest, mut faults) = (Ratio::whole(100), Vec::new());
    for (field, line) in &more {
        match Ratio::parse(line.percent.0.trim_end_matches('%')) {
            Ok(part) => rest = &rest - &part,
            Err(wrong) => faults.push(Fault::at(wrong.rule, field)),
        }
        if rest.is_negative() && faults.is_empty() {
            faults.push(Fault::at(PERCENT_ABOVE, field));
        }
    }
    if !faults.is_empty() {
        return (vec![main], faults);
    }
    let main = MethodLine { percent: rest.german(15).0.into(), ..main };
    (std::iter::once(main).chain(more.into_iter().map(|(_, line)| line)).collect(), faults)
}

/// What the fields of the keys would hold to say the same; none if the form cannot, because there are more keys, or a
/// further one is of a kind with settings of its own.
pub fn fields(sheet: &Sheet) -> Option<Vec<(&'static str, String)>> {
    let (main, others) = sheet.methods.split_first()?;
    let code = |line: &MethodLine| {
        let known = |method: &&Method| [method.code(), method.letter()].contains(&line.method.as_str());
        Some(Method::ALL.iter().find(known)?.code().to_owned())
    };
    let plain = |line: &MethodLine| {
        let MethodLine { contracted, overload, capacity, per_post, .. } = line;
        [&contracted.0, &overload.0, capacity, &per_post.0].iter().all(|text| text.is_empty())
    };
    let columns = |line: &MethodLine| {
        let of = |one: &IndicatorLine| format!("{}; {}", one.column, one.weight.0);
        line.indicators.iter().map(of).collect::<Vec<_>>().join("\n")
    };
    let (base, further) = match others.split_last() {
        Some((last, before)) if code(last)? == Method::Equal.code() => (Some(last), before),
        _ => (None, others),
    };
    if further.len() > FURTHER.len() || !further.iter().all(plain) {
        return None;
    }
    let mut all = vec![
        ("method", code(main)?),
        ("base", base.map(|line| line.percent.0.clone()).unwrap_or_default()),
        ("population", main.population.clone()),
        ("indicators", columns(main)),
        ("contracted", main.contracted.0.clone()),
        ("overload", main.overload.0.clone()),
        ("capacity", main.capacity.clone()),
        ("per_post", main.per_post.0.clone()),
    ];
    for ([method, percent, population, indicators], line) in FURTHER.into_iter().zip(further) {
        let (part, people) = (line.percent.0.clone(), line.population.clone());
        all.extend([(method, code(line)?), (percent, part), (population, people), (indicators, columns(line))]);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::allocation::form::{fields_of, worked_out};

    const KEYS: [(&str, &str); 12] = [
        ("title", "Gemischt"),
        ("year", "2027"),
        ("total", "1.000"),
        ("method", "cases"),
        ("indicators", "Fälle"),
        ("method_2", "mean-load"),
        ("percent_2", "30"),
        ("population_2", "Kinder"),
        ("indicators_2", "Faktor; 2"),
        ("base", "20 %"),
        ("sources", "Fälle; Akte; 30.06.2026\nKinder; Amt; 30.06.2026\nFaktor; Amt; 30.06.2026"),
        ("table", "Gebiet;Fälle;Kinder;Faktor\nNord;3;100;1\nSüd;1;100;1"),
    ];

    #[test]
    fn several_keys_share_the_money_by_their_weights() {
        let (sheet, paper) = worked_out(&FormData::of(&KEYS)).unwrap();
        let percents: Vec<&str> = sheet.methods.iter().map(|line| &*line.percent.0).collect();
        assert_eq!(percents, ["50", "30", "20 %"]);
        // 500 by cases 3 : 1, 300 by children alike, 200 to all alike.
        assert_eq!(paper.shares.iter().map(|share| share.cents).collect::<Vec<_>>(), [62_500, 37_500]);
        let fields = fields_of(&sheet).unwrap();
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(worked_out(&FormData::of(&pairs)).unwrap().0.methods.len(), 3);
    }

    #[test]
    fn weights_above_a_hundred_are_said_at_their_field() {
        let with =
            |percent| KEYS.map(|(field, value)| if field == "percent_2" { (field, percent) } else { (field, value) });
        let fault = |percent| worked_out(&FormData::of(&with(percent))).unwrap_err();
        assert!(fault("90").contains(&Fault::at(PERCENT_ABOVE, "base")));
        assert!(!fault("viel").is_empty() && !fault("").is_empty());
    }
}
