// SPDX-License-Identifier: EUPL-1.2
//! The methods A to K: from a table to each area's part of the whole, every step kept.

use super::plan::{Fault, Method, Part, Weighted};
use super::ratio::Ratio;
use super::rules::{COLUMN_MISSING, NO_WEIGHT, NOT_A_WHOLE, VALUE_MISSING};
use super::step::{How, Step, Unit, Word};
use super::table::Table;

/// Steps over all areas, each worked out once.
#[derive(Debug, Default)]
pub(super) struct Sums(pub(super) Vec<Step>);

impl Sums {
    /// Keeps a step and gives what refers to it.
    pub(super) fn keep(&mut self, step: Step) -> Step {
        let known = Step::known(&step);
        if self.find(step.word, &step.about).is_none() {
            self.0.push(step);
        }
        known
    }

    /// What refers to a step that was worked out before.
    fn find(&self, word: Word, about: &str) -> Option<Step> {
        self.0.iter().find(|step| step.word == word && step.about == about).map(Step::known)
    }
}

/// One method over a table.
struct Worker<'a> {
    part: &'a Part,
    table: &'a Table,
    sums: &'a mut Sums,
    /// What its sums are called: the letter, and a number if the key has several parts.
    name: &'a str,
}

const NUMBER: Unit = Unit::Number;

fn constant(number: i64) -> Step {
    Step::given(Word::Constant, NUMBER, Ratio::whole(number))
}

fn product(word: Word, parts: Vec<Step>) -> Step {
    Step::made(word, NUMBER, How::Product, parts)
}

fn quotient(word: Word, over: Step, under: Step) -> Step {
    Step::made(word, NUMBER, How::Quotient, vec![over, under])
}

/// Each area's part of what is distributed, by one method. Parts add up to one, but for I and J.
pub(super) fn fractions(part: &Part, name: &str, table: &Table, sums: &mut Sums) -> Result<Vec<Step>, Vec<Fault>> {
    let mut worker = Worker { part, table, sums, name };
    let areas = 0..table.areas.len();
    let weights: Vec<Result<Step, Fault>> = areas.map(|area| worker.weight(area)).collect();
    let faults: Vec<Fault> = weights.iter().filter_map(|weight| weight.as_ref().err().cloned()).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let weights: Vec<Step> = weights.into_iter().flatten().collect();
    if part.method == Method::Quota { worker.quotas(weights) } else { worker.by_weight(weights) }
        .map_err(|fault| vec![fault])
}

impl Worker<'_> {
    /// An area's weight in the method.
    fn weight(&mut self, area: usize) -> Result<Step, Fault> {
        let name = self.table.areas[area].name.clone();
        let weight = match self.part.method {
            Method::MarketShare | Method::Cases | Method::Contingent | Method::Quota | Method::Contracted => {
                self.plain(area)?
            }
            Method::Equal => constant(1),
            Method::Indicators => self.indicators(area)?,
            Method::YouthValue => self.youth_value(area)?,
            Method::PerThousand => self.per_thousand(area)?,
            Method::MeanLoad => self.mean_load(area)?,
            Method::Graded => self.graded(area)?,
        };
        // A bare value gets a name of its own, so that the sum can point at it.
        let parts = vec![weight];
        Ok(Step::made(Word::AreaWeight, NUMBER, How::Sum, parts).about(format!("{name} ({})", self.name)))
    }

    fn columns(&self) -> Result<&[Weighted], Fault> {
        let missing = Fault::at(COLUMN_MISSING, "indicators").about(self.part.method.letter());
        if self.part.columns.is_empty() { Err(missing) } else { Ok(&self.part.columns) }
    }

    fn cell(&self, area: usize, column: usize) -> Option<Step> {
        let from = &self.table.columns[column];
        let value = from.values[area].clone()?;
        Some(Step::given(Word::Value, NUMBER, value).about(&from.name).from(&from.origin))
    }

    fn value(&self, area: usize, column: usize) -> Result<Step, Fault> {
        let missing = || {
            let line = self.table.areas[area].line;
            Fault::at(VALUE_MISSING, "table").line(line).about(&self.table.columns[column].name)
        };
        self.cell(area, column).ok_or_else(missing)
    }

    fn population(&self, area: usize) -> Result<Step, Fault> {
        let missing = || Fault::at(COLUMN_MISSING, "population").about(self.part.method.letter());
        self.value(area, self.part.population.ok_or_else(missing)?)
    }

    fn each(
        &mut self,
        mut of: impl FnMut(&mut Self, &Weighted) -> Result<Step, Fault>,
    ) -> Result<Vec<(Step, Step)>, Fault> {
        let columns = self.columns()?.to_vec();
        let weight = |weighted: &Weighted, table: &Table| {
            let name = &table.columns[weighted.column].name;
            Step::given(Word::Weight, NUMBER, weighted.weight.clone()).about(name)
        };
        columns.iter().map(|weighted| Ok((weight(weighted, self.table), of(self, weighted)?))).collect()
    }

    /// A, G, K and the weights of J: the values themselves, added.
    fn plain(&mut self, area: usize) -> Result<Step, Fault> {
        let values = self.columns()?.iter().map(|weighted| self.value(area, weighted.column));
        let values: Vec<Step> = values.collect::<Result<_, _>>()?;
        Ok(if values.len() == 1 { values[0].clone() } else { Step::made(Word::Weighted, NUMBER, How::Sum, values) })
    }

    /// B: Σ weight · value / sum of the column.
    fn indicators(&mut self, area: usize) -> Result<Step, Fault> {
        let parts = self.each(|worker, weighted| {
            let value = worker.value(area, weighted.column)?;
            let sum = worker.over_column(weighted.column, Word::ColumnSum, How::Sum)?;
            worker.never_nothing(&sum, weighted.column)?;
            Ok(quotient(Word::Fraction, value, sum))
        })?;
        Ok(weighted_sum(parts))
    }

    /// C: N · (1 + points / 100), points = Σ w/Σw · 100 · (q − min) / (max − min).
    fn youth_value(&mut self, area: usize) -> Result<Step, Fault> {
        let inhabitants = self.population(area)?;
        let parts = self.each(|worker, weighted| worker.points(area, weighted.column))?;
        let points = mean_of(Word::SocialPoints, parts);
        let factor = quotient(Word::Fraction, points, constant(100));
        let factor = Step::made(Word::Factor, NUMBER, How::Sum, vec![constant(1), factor]);
        let parts = vec![inhabitants, factor];
        if !self.part.whole {
            return Ok(product(Word::YouthValue, parts));
        }
        Ok(Step::made(Word::YouthValue, NUMBER, How::HalfUp, vec![product(Word::Exact, parts)]))
    }

    fn points(&mut self, area: usize, column: usize) -> Result<Step, Fault> {
        let name = self.table.columns[column].name.clone();
        let value = self.value(area, column)?;
        let smallest = self.over_column(column, Word::Smallest, How::Least)?;
        let largest = self.over_column(column, Word::Largest, How::Greatest)?;
        let span = Step::made(Word::Span, NUMBER, How::Difference, vec![largest, smallest.clone()]).about(&name);
        let span = self.sums.keep(span);
        if span.value.is_zero() {
            // All areas alike: nobody has points.
            return Ok(Step::given(Word::Points, NUMBER, Ratio::zero()).about(name));
        }
        let above = Step::made(Word::Above, NUMBER, How::Difference, vec![value, smallest]).about(&name);
        Ok(product(Word::Points, vec![constant(100), quotient(Word::Fraction, above, span)]).about(name))
    }

    /// D: Σ weight · 1000 · value / inhabitants.
    fn per_thousand(&mut self, area: usize) -> Result<Step, Fault> {
        let inhabitants = self.population(area)?;
        if inhabitants.value.is_zero() {
            return Err(Fault::at(NO_WEIGHT, "table").line(self.table.areas[area].line).about(inhabitants.about));
        }
        let parts = self.each(|worker, weighted| {
            let value = worker.value(area, weighted.column)?;
            let name = value.about.clone();
            let part = quotient(Word::Fraction, value, inhabitants.clone());
            Ok(product(Word::PerThousand, vec![constant(1000), part]).about(name))
        })?;
        Ok(weighted_sum(parts))
    }

    /// E: inhabitants · mean of the load factors; a factor that is missing takes no part.
    fn mean_load(&mut self, area: usize) -> Result<Step, Fault> {
        let inhabitants = self.population(area)?;
        let columns = self.columns()?.to_vec();
        let there = columns.iter().filter_map(|weighted| {
            let value = self.cell(area, weighted.column)?;
            let weight = Step::given(Word::Weight, NUMBER, weighted.weight.clone()).about(&value.about);
            Some((weight, value))
        });
        let parts: Vec<(Step, Step)> = there.collect();
        if parts.is_empty() {
            self.value(area, columns[0].column)?;
        }
        Ok(product(Word::AreaWeight, vec![inhabitants, mean_of(Word::MeanLoad, parts)]))
    }

    /// F: weighted mean of indices with the region as 100; times inhabitants where they are given.
    fn graded(&mut self, area: usize) -> Result<Step, Fault> {
        let parts = self.each(|worker, weighted| {
            let value = worker.value(area, weighted.column)?;
            let region = worker.region_value(weighted.column)?;
            let name = value.about.clone();
            Ok(product(Word::Index, vec![constant(100), quotient(Word::Fraction, value, region)]).about(name))
        })?;
        let points = mean_of(Word::Points, parts);
        match self.part.population {
            Some(_) => Ok(product(Word::AreaWeight, vec![self.population(area)?, points])),
            None => Ok(points),
        }
    }

    /// The region's own value is no mean of means (TV07): inhabitants count, where they are given.
    fn region_value(&mut self, column: usize) -> Result<Step, Fault> {
        let about = format!("{} ({})", self.table.columns[column].name, self.name);
        if let Some(known) = self.sums.find(Word::RegionValue, &about) {
            return Ok(known);
        }
        let areas = 0..self.table.areas.len();
        let values: Vec<Step> = areas.clone().map(|area| self.value(area, column)).collect::<Result<_, _>>()?;
        let value = if self.part.population.is_some() {
            let heads: Vec<Step> = areas.map(|area| self.population(area)).collect::<Result<_, _>>()?;
            let all = heads.iter().zip(values).map(|(n, value)| product(Word::Weighted, vec![value, n.clone()]));
            let over = Step::made(Word::ColumnSum, NUMBER, How::Sum, all.collect());
            quotient(Word::RegionValue, over, Step::made(Word::ColumnSum, NUMBER, How::Sum, heads))
        } else {
            let count = constant(i64::try_from(values.len()).unwrap_or_default());
            quotient(Word::RegionValue, Step::made(Word::ColumnSum, NUMBER, How::Sum, values), count)
        };
        self.never_nothing(&value, column)?;
        Ok(self.sums.keep(value.about(about)))
    }

    fn over_column(&mut self, column: usize, word: Word, how: How) -> Result<Step, Fault> {
        if let Some(known) = self.sums.find(word, &self.table.columns[column].name) {
            return Ok(known);
        }
        let areas = 0..self.table.areas.len();
        let values: Vec<Step> = areas
            .map(|area| Ok(self.value(area, column)?.about(&self.table.areas[area].name)))
            .collect::<Result<_, Fault>>()?;
        Ok(self.sums.keep(Step::made(word, NUMBER, how, values).about(&self.table.columns[column].name)))
    }

    fn never_nothing(&self, step: &Step, column: usize) -> Result<(), Fault> {
        let fault = || Fault::at(NO_WEIGHT, "table").about(&self.table.columns[column].name);
        if step.value.is_zero() { Err(fault()) } else { Ok(()) }
    }

    /// I: each area's own percentage; together at most a hundred.
    fn quotas(&mut self, weights: Vec<Step>) -> Result<Vec<Step>, Fault> {
        let sum: Ratio = weights.iter().map(|weight| weight.value.clone()).sum();
        if sum > Ratio::whole(100) {
            return Err(Fault::at(NOT_A_WHOLE, "table").about(sum.german(2).0));
        }
        if sum.is_zero() {
            return Err(Fault::at(NO_WEIGHT, "table").about(self.name));
        }
        let part = |weight: Step| part_of(vec![weight, constant(100)], How::Quotient);
        Ok(weights.into_iter().map(part).collect())
    }

    /// All others: the weight over the sum of weights; J only for the part that is contracted.
    fn by_weight(&mut self, weights: Vec<Step>) -> Result<Vec<Step>, Fault> {
        let sum = Step::made(Word::WeightSum, NUMBER, How::Sum, weights.iter().map(Step::known).collect());
        let sum = self.sums.keep(sum.about(self.name));
        if sum.value.is_zero() {
            return Err(Fault::at(NO_WEIGHT, "table").about(self.name));
        }
        let part = |weight: Step| part_of(vec![weight, sum.clone()], How::Quotient);
        let parts = weights.into_iter().map(part);
        let Some(contracted) = self.part.contracted.as_ref().filter(|_| self.part.method == Method::Contracted) else {
            return Ok(parts.collect());
        };
        let contracted = &(contracted * &Ratio::of(1, 100));
        let all = Step::given(Word::Percent, Unit::Part, contracted.clone()).about(self.name);
        Ok(parts.map(|part| part_of(vec![all.clone(), part], How::Product)).collect())
    }
}

fn part_of(parts: Vec<Step>, how: How) -> Step {
    Step::made(Word::Fraction, Unit::Part, how, parts)
}

fn weighted_sum(parts: Vec<(Step, Step)>) -> Step {
    let parts = parts.into_iter().map(|(weight, value)| product(Word::Weighted, vec![weight, value]));
    Step::made(Word::Weighted, NUMBER, How::Sum, parts.collect())
}

/// The weighted mean; of one alone, itself.
fn mean_of(word: Word, parts: Vec<(Step, Step)>) -> Step {
    if parts.len() == 1 {
        return Step::made(word, NUMBER, How::Sum, parts.into_iter().map(|(_, value)| value).collect());
    }
    let weights = parts.iter().map(|(weight, _)| weight.clone()).collect();
    quotient(word, weighted_sum(parts), Step::made(Word::Weight, NUMBER, How::Sum, weights))
}
