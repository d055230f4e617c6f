// SPDX-License-Identifier: EUPL-1.2
//! From what people wrote to a plan, with every fault at its place.

use super::sheet::{MethodLine, Sheet, Typed};
use domain::budget::allocation::rules::{
    AREA_UNKNOWN, INSIDE_MISSING, METHOD_MISSING, NAME_UNFIT, PERCENT_BELOW, YEAR_UNFIT, YES_OR_NO,
};
use domain::budget::allocation::{
    Borne, Damping, Fault, Method, Origin, Part, Plan, Portion, Ratio, Scope, Seat, Table, Weighted,
};
use domain::kernel::{Amount, Day, Line, Refusal};

/// Words for weights, as planners say them (SAGS).
const GRADES: [(&str, i64); 4] = [("sehr hoch", 4), ("hoch", 3), ("mittel", 2), ("gering", 1)];
/// The words with which a rounding is asked for, and refused.
const YES: [&str; 3] = ["", "ja", "yes"];
const NO: [&str; 2] = ["nein", "no"];

/// Reads a sheet.
///
/// # Errors
/// Every fault that can be seen before anything is worked out.
pub fn read(sheet: &Sheet) -> Result<Plan, Vec<Fault>> {
    let mut reader = Reader::default();
    let title = reader.take("title", Line::parse(&sheet.title));
    let year = reader.year(&sheet.year, Fault::at(YEAR_UNFIT, "year"));
    let total = reader.take("total", Amount::parse_euro(&sheet.total.0));
    let table = reader.table(sheet);
    let scope = reader.scope(sheet);
    let top_slice = reader.portion("top_slice", &sheet.top_slice);
    let minimum = reader.portion("minimum", &sheet.minimum);
    let damping = reader.damping(sheet);
    let purposes = reader.purposes(sheet);
    let instalments = match sheet.instalments.0.trim() {
        "" => 1,
        text => text.parse().unwrap_or_default(),
    };
    let (parts, agencies) = match &table {
        Some(table) => (reader.parts(sheet, table), reader.agencies(sheet, table)),
        None => (Vec::new(), Vec::new()),
    };
    match (title, year, total, table) {
        (Some(title), Some(year), Some(total), Some(table)) if reader.faults.is_empty() => Ok(Plan {
            title,
            year,
            total: total.cents(),
            scope,
            top_slice,
            table,
            parts,
            minimum,
            damping,
            purposes,
            agencies,
            instalments,
        }),
        _ => Err(reader.faults),
    }
}

#[derive(Default)]
struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    fn note<T>(&mut self, fault: Fault) -> Option<T> {
        self.faults.push(fault);
        None
    }

    fn take<T>(&mut self, field: &'static str, outcome: Result<T, Refusal>) -> Option<T> {
        outcome.map_or_else(|refusal| self.note(Fault::at(refusal.rule, field).refused(refusal)), Some)
    }

    fn year(&mut self, text: &Typed, fault: Fault) -> Option<i16> {
        text.0.trim().parse().map_or_else(|_| self.note(fault), Some)
    }

    /// A number at least nothing, with or without a percent sign.
    fn number(&mut self, text: &str, place: Fault) -> Option<Ratio> {
        let bare = text.trim().trim_end_matches('%').trim();
        if bare.starts_with(['-', '−']) {
            return self.note(Fault { rule: PERCENT_BELOW, ..place });
        }
        Ratio::parse(bare).map_or_else(|refusal| self.note(place.refused(refusal)), Some)
    }

    fn maybe_number(&mut self, text: &Typed, field: &'static str) -> Option<Ratio> {
        let place = Fault::at(METHOD_MISSING, field);
        if text.0.trim().is_empty() { None } else { self.number(&text.0, place) }
    }

    /// Euros; nothing written and `0` are nothing.
    fn euros(&mut self, text: &Typed, place: Fault) -> i64 {
        if matches!(text.0.trim(), "" | "0" | "0,00") {
            return 0;
        }
        let read = Amount::parse_euro(&text.0);
        let cents = read.map_or_else(|refusal| self.note(place.refused(refusal)), Some);
        cents.map_or(0, Amount::cents)
    }

    fn portion(&mut self, field: &'static str, text: &Typed) -> Option<Portion> {
        let place = Fault::at(METHOD_MISSING, field);
        match text.0.trim() {
            "" => None,
            percent if percent.ends_with('%') => self.number(percent, place).map(Portion::Percent),
            _ => Some(Portion::Cents(self.euros(text, place))),
        }
    }

    fn table(&mut self, sheet: &Sheet) -> Option<Table> {
        let mut table = Table::parse(&sheet.table).map_err(|faults| self.faults.extend(faults)).ok()?;
        for (at, line) in sheet.sources.iter().enumerate() {
            let column = table.column(&line.column, "sources").map_err(|fault| self.faults.push(fault.line(at + 1)));
            let as_of = match line.as_of.trim() {
                "" => None,
                text => self.take("sources", Day::parse(text)),
            };
            if let Ok(column) = column {
                table.columns[column].origin = Origin { source: line.source.trim().to_owned(), as_of };
            }
        }
        Some(table)
    }

    fn scope(&mut self, sheet: &Sheet) -> Vec<Scope> {
        let lines = sheet.scope.iter().zip(1..);
        lines
            .map(|(line, number)| {
                let place = Fault::at(NAME_UNFIT, "scope").line(number).about(&line.paragraph);
                if Line::parse(&line.paragraph).is_err() {
                    self.faults.push(place.clone());
                }
                if line.inside.is_none() {
                    self.faults.push(Fault { rule: INSIDE_MISSING, ..place.clone() });
                }
                let inside = line.inside.unwrap_or_default();
                Scope { paragraph: line.paragraph.clone(), inside, cents: self.euros(&line.amount, place) }
            })
            .collect()
    }

    fn damping(&mut self, sheet: &Sheet) -> Option<Damping> {
        if sheet.damping.is_empty() {
            return None;
        }
        let borne = Borne::from_code(sheet.damping_borne.trim());
        let borne = borne.or_else(|| self.note(Fault::at(METHOD_MISSING, "damping_borne")))?;
        let mut years = Vec::new();
        for (line, number) in sheet.damping.iter().zip(1..) {
            let place = Fault::at(YEAR_UNFIT, "damping").line(number);
            let year = self.year(&line.year, place.clone());
            years.extend(year.zip(self.number(&line.percent.0, place)));
        }
        Some(Damping { years, borne })
    }

    fn purposes(&mut self, sheet: &Sheet) -> Vec<(String, Ratio)> {
        let mut purposes = Vec::new();
        for (line, number) in sheet.purposes.iter().zip(1..) {
            let place = Fault::at(NAME_UNFIT, "purposes").line(number).about(&line.name);
            if Line::parse(&line.name).is_err() {
                self.faults.push(place.clone());
            }
            purposes.extend(self.number(&line.percent.0, place).map(|percent| (line.name.trim().to_owned(), percent)));
        }
        purposes
    }

    fn agencies(&mut self, sheet: &Sheet, table: &Table) -> Vec<Seat> {
        let mut seats = Vec::new();
        for (line, number) in sheet.agencies.iter().zip(1..) {
            let place = Fault::at(AREA_UNKNOWN, "agencies").line(number).about(&line.area);
            let area = table.area(&line.area).or_else(|| self.note(place.clone()));
            if Line::parse(&line.agency).is_err() {
                self.faults.push(Fault { rule: NAME_UNFIT, ..place.clone() });
            }
            let weight = self.number(&line.weight.0, place.about(&line.agency));
            let agency = line.agency.trim().to_owned();
            seats.extend(area.zip(weight).map(|(area, weight)| Seat { area, agency, weight }));
        }
        seats
    }

    fn parts(&mut self, sheet: &Sheet, table: &Table) -> Vec<Part> {
        sheet.methods.iter().zip(1..).filter_map(|(line, number)| self.part(line, number, table)).collect()
    }

    fn part(&mut self, line: &MethodLine, number: usize, table: &Table) -> Option<Part> {
        let code = line.method.trim();
        let lettered = |method: &&Method| method.letter().eq_ignore_ascii_case(code);
        let method = Method::from_code(code).or_else(|| Method::ALL.iter().find(lettered).copied());
        let place = Fault::at(METHOD_MISSING, "method").line(number).about(code);
        let method = method.or_else(|| self.note(place.clone()))?;
        let mut part = Part::new(method);
        if !line.percent.0.trim().is_empty() {
            part.percent = self.number(&line.percent.0, place.clone())?;
        }
        part.population = self.column(&line.population, "population", table);
        part.capacity = self.column(&line.capacity, "capacity", table);
        for indicator in &line.indicators {
            let column = self.column(&indicator.column, "indicators", table);
            let weight = self.weight(&indicator.weight, &indicator.column);
            part.columns.extend(column.zip(weight).map(|(column, weight)| Weighted { column, weight }));
        }
        if !YES.contains(&line.whole.trim()) && !NO.contains(&line.whole.trim()) {
            self.faults.push(Fault { rule: YES_OR_NO, ..place });
        }
        part.whole = part.whole && !NO.contains(&line.whole.trim());
        part.contracted = self.maybe_number(&line.contracted, "contracted");
        part.overload = self.maybe_number(&line.overload, "overload");
        part.per_post = self.maybe_number(&line.per_post, "per_post");
        Some(part)
    }

    fn column(&mut self, name: &str, field: &'static str, table: &Table) -> Option<usize> {
        if name.trim().is_empty() {
            return None;
        }
        table.column(name, field).map_or_else(|fault| self.note(fault), Some)
    }

    fn weight(&mut self, text: &Typed, column: &str) -> Option<Ratio> {
        let text = text.0.trim().to_lowercase();
        if text.is_empty() {
            return Some(Ratio::whole(1));
        }
        let grade = GRADES.iter().find(|(word, _)| *word == text).map(|(_, weight)| Ratio::whole(*weight));
        grade.or_else(|| self.number(&text, Fault::at(METHOD_MISSING, "indicators").about(column)))
    }
}
