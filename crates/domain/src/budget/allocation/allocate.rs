// SPDX-License-Identifier: EUPL-1.2
//! From the whole to the shares.

use super::damping;
use super::key::{Sums, fractions};
use super::outcome::{Outcome, Share};
use super::plan::{Fault, Method, Plan, Portion};
use super::ratio::Ratio;
use super::rules::{CLAIMS_STAY, MINIMUM_TOO_HIGH, NO_PLACEMENT, NOT_A_WHOLE, NOTHING_LEFT};
use super::split::{Claim, extra_cents, instalments, split};
use super::step::{How, Step, Unit, Word};
use super::validate::validate;

const CENTS: Unit = Unit::Cents;

fn cents(word: Word, how: How, parts: Vec<Step>) -> Step {
    Step::made(word, CENTS, how, parts)
}

pub(super) fn amount(word: Word, cents: i64) -> Step {
    Step::given(word, CENTS, Ratio::whole(cents))
}

/// Percent as a part of one.
pub(super) fn hundredth(word: Word, percent: &Ratio) -> Step {
    let percent = Step::given(word, Unit::Percent, percent.clone());
    let hundred = Step::given(Word::Constant, Unit::Number, Ratio::whole(100));
    Step::made(word, Unit::Part, How::Quotient, vec![percent, hundred])
}

/// Works a plan out. The same plan always gives the same outcome, in whatever order its lines stand.
///
/// # Errors
/// Every fault, with its field, line and name.
pub fn allocate(plan: &Plan) -> Result<Outcome, Vec<Fault>> {
    validate(plan)?;
    let money = money(plan)?;
    let mut sums = Sums::default();
    sums.keep(money.whole.clone());
    let fractions = mixed(plan, &mut sums)?;
    let pool = pool(plan, &money, &fractions, &mut sums);
    let minima = minima(plan, money.distributed);
    let exact = exact_shares(&pool, &fractions, &minima, &mut sums)?;
    let by_key = rounded(plan, exact, &fractions, pool.cents());
    let softened = damping::soften(plan, &by_key, &minima, money.top_slice, &mut sums)?;
    let rest = money.distributed - pool.cents();
    let shares = plan.table.areas.iter().zip(by_key).zip(softened.shares);
    let shares = shares.enumerate().map(|(at, ((area, by_key), why))| Share {
        area: area.name.clone(),
        cents: why.cents(),
        by_key: by_key.cents(),
        previous: area.previous,
        purposes: by_purpose(plan, why.cents()),
        agencies: by_agency(plan, at, why.cents()),
        instalments: instalments(why.cents(), plan.instalments),
        figures: figures(plan, at, &why),
        why,
    });
    Ok(Outcome {
        total: plan.total,
        left_out: money.left_out,
        top_slice: money.top_slice - softened.from_reserve,
        distributed: money.distributed,
        rest,
        extra: softened.extra,
        shares: shares.collect(),
        sums: sums.0,
        said: said(plan),
        whole: money.whole,
    })
}

/// From the whole to what is distributed.
struct Money {
    whole: Step,
    left_out: i64,
    top_slice: i64,
    distributed: i64,
}

fn money(plan: &Plan) -> Result<Money, Vec<Fault>> {
    let outside = plan.scope.iter().filter(|line| !line.inside);
    let outside: Vec<Step> = outside.map(|line| amount(Word::LeftOut, line.cents).about(&line.paragraph)).collect();
    let left_out = outside.iter().map(Step::cents).sum();
    let base = cents(Word::Base, How::Difference, [vec![amount(Word::Whole, plan.total)], outside].concat());
    if base.value.is_negative() {
        return Err(vec![Fault::at(NOTHING_LEFT, "scope")]);
    }
    let slice = match &plan.top_slice {
        None => amount(Word::TopSlice, 0),
        Some(Portion::Cents(cents)) => amount(Word::TopSlice, *cents),
        Some(Portion::Percent(percent)) => {
            let parts = vec![Step::known(&base), hundredth(Word::Percent, percent)];
            let exact = cents(Word::Exact, How::Product, parts);
            cents(Word::TopSlice, How::HalfUp, vec![exact])
        }
    };
    let top_slice = slice.cents();
    let whole = cents(Word::Distributed, How::Difference, vec![base, slice]);
    if whole.value.is_negative() {
        return Err(vec![Fault::at(NOTHING_LEFT, "top_slice")]);
    }
    Ok(Money { left_out, top_slice, distributed: whole.cents(), whole })
}

/// Each area's part of the whole, over all methods of the key.
fn mixed(plan: &Plan, sums: &mut Sums) -> Result<Vec<Step>, Vec<Fault>> {
    let mut by_part = Vec::new();
    for (at, part) in plan.parts.iter().enumerate() {
        let letter = part.method.letter();
        let name = if plan.parts.len() == 1 { letter.to_owned() } else { format!("{letter}{}", at + 1) };
        by_part.push((name.clone(), &part.percent, fractions(part, &name, &plan.table, sums)?));
    }
    let area = |at: usize| {
        let name = &plan.table.areas[at].name;
        if let [(_, _, alone)] = by_part.as_slice() {
            return alone[at].clone().about(name);
        }
        let parts = by_part.iter().map(|(part, percent, fractions)| {
            let percent = hundredth(Word::Percent, percent).about(part);
            Step::made(Word::Mixed, Unit::Part, How::Product, vec![percent, fractions[at].clone()]).about(part)
        });
        Step::made(Word::Fraction, Unit::Part, How::Sum, parts.collect()).about(name)
    };
    Ok((0..plan.table.areas.len()).map(area).collect())
}

/// What the areas get together: everything, or less where a method leaves a rest.
fn pool(plan: &Plan, money: &Money, fractions: &[Step], sums: &mut Sums) -> Step {
    let all = Step::known(&money.whole);
    if !plan.parts.iter().any(|part| part.method.leaves_a_rest()) {
        return all;
    }
    let parts = Step::made(Word::WeightSum, Unit::Part, How::Sum, fractions.iter().map(Step::known).collect());
    let exact = cents(Word::Exact, How::Product, vec![all, parts]);
    sums.keep(cents(Word::Distributed, How::HalfUp, vec![exact]).about("I, J"))
}

fn minima(plan: &Plan, distributed: i64) -> Vec<Step> {
    let each = match &plan.minimum {
        None => 0,
        Some(Portion::Cents(cents)) => *cents,
        Some(Portion::Percent(percent)) => super::split::percent_of(distributed, percent),
    };
    plan.table.areas.iter().map(|area| amount(Word::Minimum, each.max(area.minimum)).about(&area.name)).collect()
}

/// Exact shares. Whoever would fall below the minimum gets it; the others share what is left by the same key.
fn exact_shares(pool: &Step, fractions: &[Step], minima: &[Step], sums: &mut Sums) -> Result<Vec<Step>, Vec<Fault>> {
    let needed: i64 = minima.iter().map(Step::cents).sum();
    if needed > pool.cents() {
        return Err(vec![Fault::at(MINIMUM_TOO_HIGH, "minimum")]);
    }
    let fixed = at_their_minimum(pool, fractions, minima);
    let total: Ratio = fractions.iter().map(|fraction| fraction.value.clone()).sum();
    if !fixed.contains(&true) && total == Ratio::whole(1) {
        let exact = |fraction: &Step| cents(Word::Exact, How::Product, vec![pool.clone(), fraction.clone()]);
        return Ok(fractions.iter().map(exact).collect());
    }
    let held: Vec<Step> = minima.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(min, _)| min.clone()).collect();
    let free = fractions.iter().zip(&fixed).filter(|(_, fixed)| !**fixed).map(|(fraction, _)| Step::known(fraction));
    let free = sums.keep(Step::made(Word::FreeSum, Unit::Part, How::Sum, free.collect()));
    let left = match held.is_empty() {
        true => pool.clone(),
        false => {
            let held = cents(Word::FixedSum, How::Sum, held);
            sums.keep(cents(Word::FreeMoney, How::Difference, vec![pool.clone(), held]))
        }
    };
    let exact = |(fraction, minimum): (&Step, &Step)| {
        let part = Step::made(Word::Fraction, Unit::Part, How::Quotient, vec![fraction.clone(), free.clone()]);
        let exact = cents(Word::Exact, How::Product, vec![left.clone(), part]);
        if minimum.value.is_zero() { exact } else { cents(Word::Raised, How::Greatest, vec![exact, minimum.clone()]) }
    };
    Ok(fractions.iter().zip(minima).map(exact).collect())
}

/// Who is held at the minimum. Each round can only lower what is left for the others, so it ends.
fn at_their_minimum(pool: &Step, fractions: &[Step], minima: &[Step]) -> Vec<bool> {
    let mut fixed = vec![false; fractions.len()];
    loop {
        let of = |steps: &[Step], wanted: bool| -> Ratio {
            let chosen = steps.iter().zip(&fixed).filter(|(_, fixed)| **fixed == wanted);
            chosen.map(|(step, _)| step.value.clone()).sum()
        };
        let rate = (&pool.value - &of(minima, true)).over(&of(fractions, false));
        let rate = rate.unwrap_or_else(Ratio::zero);
        let below: Vec<usize> = (0..fractions.len())
            .filter(|at| !fixed[*at] && &rate * &fractions[*at].value < minima[*at].value)
            .collect();
        if below.is_empty() {
            return fixed;
        }
        below.into_iter().for_each(|at| fixed[at] = true);
    }
}

fn rounded(plan: &Plan, exact: Vec<Step>, fractions: &[Step], total: i64) -> Vec<Step> {
    let named = plan.table.areas.iter().zip(&exact).zip(fractions);
    let claims: Vec<Claim<'_>> = named
        .map(|((area, exact), fraction)| Claim {
            exact: exact.value.clone(),
            weight: &fraction.value,
            name: &area.name,
        })
        .collect();
    let extra = extra_cents(&claims, total);
    let share = |((area, exact), extra): ((&super::table::Area, Step), bool)| {
        let down = cents(Word::Down, How::Floor, vec![exact]);
        cents(Word::Share, How::Sum, vec![down, amount(Word::Cent, i64::from(extra))]).about(&area.name)
    };
    plan.table.areas.iter().zip(exact.clone()).zip(extra).map(share).collect()
}

fn by_purpose(plan: &Plan, cents: i64) -> Vec<(String, i64)> {
    let weights: Vec<(&str, Ratio)> = plan.purposes.iter().map(|(name, part)| (name.as_str(), part.clone())).collect();
    let parts = split(cents, &weights).unwrap_or_default();
    weights.iter().map(|(name, _)| (*name).to_owned()).zip(parts).collect()
}

fn by_agency(plan: &Plan, area: usize, cents: i64) -> Vec<(String, i64)> {
    let seats = plan.agencies.iter().filter(|seat| seat.area == area);
    let weights: Vec<(&str, Ratio)> = seats.map(|seat| (seat.agency.as_str(), seat.weight.clone())).collect();
    let parts = split(cents, &weights).unwrap_or_default();
    weights.iter().map(|(name, _)| (*name).to_owned()).zip(parts).collect()
}

/// What methods J and K say besides money.
fn figures(plan: &Plan, area: usize, share: &Step) -> Vec<Step> {
    let cell = |column: usize, word: Word| {
        let from = &plan.table.columns[column];
        let value = from.values[area].clone()?;
        Some(Step::given(word, Unit::Number, value).about(&from.name).from(&from.origin))
    };
    let mut figures = Vec::new();
    for part in &plan.parts {
        if part.method == Method::Contracted
            && let Some(room) = part.capacity.and_then(|column| cell(column, Word::Capacity))
        {
            let over = part.overload.clone().unwrap_or_else(Ratio::zero);
            let one = Step::given(Word::Constant, Unit::Number, Ratio::whole(1));
            let factor = Step::made(Word::Factor, Unit::Number, How::Sum, vec![one, hundredth(Word::Percent, &over)]);
            let exact = Step::made(Word::Exact, Unit::Number, How::Product, vec![room, factor]);
            figures.push(Step::made(Word::Overload, Unit::Number, How::Floor, vec![exact]));
        }
        let hours = part.columns.first().and_then(|weighted| cell(weighted.column, Word::Value));
        if let (Method::Contingent, Some(hours)) = (part.method, hours.filter(|hours| !hours.value.is_zero())) {
            figures.push(cents(Word::PerHour, How::Quotient, vec![Step::known(share), hours.clone()]));
            if let Some(per_post) = &part.per_post {
                let per_post = Step::given(Word::PerPost, Unit::Number, per_post.clone());
                let exact = Step::made(Word::Exact, Unit::Number, How::Quotient, vec![hours, per_post]);
                figures.push(Step::made(Word::Posts, Unit::Number, How::HalfUpTwo, vec![exact]));
            }
        }
    }
    figures
}

fn said(plan: &Plan) -> Vec<crate::kernel::Rule> {
    let stopped = plan.parts.iter().any(|part| part.method.was_stopped());
    if stopped { vec![CLAIMS_STAY, NO_PLACEMENT] } else { vec![CLAIMS_STAY] }
}

/// Percentages that have to make a hundred.
pub(super) fn whole<'a>(percents: impl Iterator<Item = &'a Ratio>, field: &'static str) -> Option<Fault> {
    let sum: Ratio = percents.cloned().sum();
    (sum != Ratio::whole(100)).then(|| Fault::at(NOT_A_WHOLE, field).about(sum.german(4).0))
}
