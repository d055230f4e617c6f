// SPDX-License-Identifier: EUPL-1.2
//! What can be said about a plan before anything is worked out.

use super::allocate::whole;
use super::plan::{Fault, Method, Part, Plan, Portion};
use super::ratio::Ratio;
use super::rules::{
    AREA_UNKNOWN, COLUMN_MISSING, INSTALMENTS_UNFIT, METHOD_MISSING, NAME_TWICE, NO_AREA, NO_WEIGHT, PERCENT_ABOVE,
    SOURCE_MISSING, TABLE_TOO_LARGE, YEAR_UNFIT,
};

const MOST_INSTALMENTS: u8 = 12;
const MOST_PARTS: usize = 5;
/// Areas times indicators; explanations of more would be longer than anybody reads.
const MOST_VALUES: usize = 1_000;

pub(super) fn validate(plan: &Plan) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    if !(1990..=2100).contains(&plan.year) {
        faults.push(Fault::at(YEAR_UNFIT, "year"));
    }
    if plan.table.areas.is_empty() {
        faults.push(Fault::at(NO_AREA, "table"));
    }
    if plan.parts.is_empty() {
        faults.push(Fault::at(METHOD_MISSING, "method"));
    } else if plan.parts.len() > MOST_PARTS {
        faults.push(Fault::at(TABLE_TOO_LARGE, "method"));
    } else {
        faults.extend(whole(plan.parts.iter().map(|part| &part.percent), "method"));
    }
    let indicators: usize = plan.parts.iter().map(|part| part.columns.len()).sum();
    if indicators * plan.table.areas.len() > MOST_VALUES {
        faults.push(Fault::at(TABLE_TOO_LARGE, "indicators"));
    }
    plan.parts.iter().for_each(|part| part_faults(part, plan, &mut faults));
    for (portion, field) in [(&plan.top_slice, "top_slice"), (&plan.minimum, "minimum")] {
        if let Some(Portion::Percent(percent)) = portion {
            faults.extend(above(percent, field));
        }
    }
    if let Some(damping) = &plan.damping {
        faults.extend(damping.years.iter().filter_map(|(_, percent)| above(percent, "damping")));
    }
    if !plan.purposes.is_empty() {
        faults.extend(whole(plan.purposes.iter().map(|(_, percent)| percent), "purposes"));
    }
    if !(1..=MOST_INSTALMENTS).contains(&plan.instalments) {
        faults.push(Fault::at(INSTALMENTS_UNFIT, "instalments"));
    }
    names(plan, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn above(percent: &Ratio, field: &'static str) -> Option<Fault> {
    (*percent > Ratio::whole(100)).then(|| Fault::at(PERCENT_ABOVE, field))
}

fn part_faults(part: &Part, plan: &Plan, faults: &mut Vec<Fault>) {
    let letter = part.method.letter();
    if part.method.needs_population() && part.population.is_none() {
        faults.push(Fault::at(COLUMN_MISSING, "population").about(letter));
    }
    if part.method != Method::Equal && part.columns.is_empty() {
        faults.push(Fault::at(COLUMN_MISSING, "indicators").about(letter));
    }
    for weighted in part.columns.iter().filter(|weighted| weighted.weight.is_zero()) {
        faults.push(Fault::at(NO_WEIGHT, "indicators").about(&plan.table.columns[weighted.column].name));
    }
    for (percent, field) in [(&part.contracted, "contracted"), (&part.overload, "overload")] {
        faults.extend(percent.iter().filter_map(|percent| above(percent, field)));
    }
    if part.per_post.as_ref().is_some_and(Ratio::is_zero) {
        faults.push(Fault::at(NO_WEIGHT, "per_post"));
    }
    let used = part.columns.iter().map(|weighted| weighted.column).chain(part.population).chain(part.capacity);
    for column in used.map(|at| &plan.table.columns[at]) {
        let told = !column.origin.source.is_empty() && column.origin.as_of.is_some();
        if !told && !faults.iter().any(|fault| fault.rule == SOURCE_MISSING && fault.about == column.name) {
            faults.push(Fault::at(SOURCE_MISSING, "sources").about(&column.name));
        }
    }
}

fn names(plan: &Plan, faults: &mut Vec<Fault>) {
    for (at, (name, _)) in plan.purposes.iter().enumerate() {
        if plan.purposes[..at].iter().any(|(other, _)| other == name) {
            faults.push(Fault::at(NAME_TWICE, "purposes").line(at + 1).about(name));
        }
    }
    for (at, seat) in plan.agencies.iter().enumerate() {
        if seat.area >= plan.table.areas.len() {
            faults.push(Fault::at(AREA_UNKNOWN, "agencies").line(at + 1).about(&seat.agency));
        }
        if plan.agencies[..at].iter().any(|other| (other.area, &other.agency) == (seat.area, &seat.agency)) {
            faults.push(Fault::at(NAME_TWICE, "agencies").line(at + 1).about(&seat.agency));
        }
        let mates = plan.agencies.iter().filter(|other| other.area == seat.area);
        if mates.map(|other| other.weight.clone()).sum::<Ratio>().is_zero() {
            faults.push(Fault::at(NO_WEIGHT, "agencies").line(at + 1).about(&seat.agency));
        }
    }
    if let Some(damping) = &plan.damping {
        for (at, (year, _)) in damping.years.iter().enumerate() {
            if damping.years[..at].iter().any(|(other, _)| other == year) {
                faults.push(Fault::at(NAME_TWICE, "damping").line(at + 1).about(year.to_string()));
            }
        }
    }
}
