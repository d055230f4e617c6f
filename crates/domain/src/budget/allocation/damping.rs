// SPDX-License-Identifier: EUPL-1.2
//! Losses are softened for some years: from one key to the next nobody falls at once.

use super::allocate::{amount, hundredth};
use super::key::Sums;
use super::plan::{Borne, Damping, Fault, Plan};
use super::ratio::Ratio;
use super::rules::{DAMPING_UNCOVERED, PREVIOUS_MISSING};
use super::split::{Claim, extra_cents};
use super::step::{How, Step, Unit, Word};

/// Shares after losses were softened.
pub(super) struct Softened {
    pub shares: Vec<Step>,
    /// What the reserve bears.
    pub from_reserve: i64,
    /// What comes on top.
    pub extra: i64,
}

fn cents(word: Word, how: How, parts: Vec<Step>) -> Step {
    Step::made(word, Unit::Cents, how, parts)
}

pub(super) fn soften(
    plan: &Plan,
    shares: &[Step],
    minima: &[Step],
    reserve: i64,
    sums: &mut Sums,
) -> Result<Softened, Vec<Fault>> {
    let unchanged = || Softened { shares: shares.to_vec(), from_reserve: 0, extra: 0 };
    let Some(damping) = &plan.damping else { return Ok(unchanged()) };
    let previous = previous(plan)?;
    let made_good = compensations(plan.year, damping, shares, &previous);
    let total = cents(Word::CompensationSum, How::Sum, made_good.iter().flatten().map(Step::known).collect());
    if total.value.is_zero() {
        return Ok(unchanged());
    }
    let uncovered = || vec![Fault::at(DAMPING_UNCOVERED, "damping")];
    let total = sums.keep(total);
    let given = match damping.borne {
        Borne::Gainers => contributions(shares, &previous, minima, (&total, sums)).ok_or_else(uncovered)?,
        Borne::Reserve if total.cents() > reserve => return Err(uncovered()),
        Borne::Reserve | Borne::Extra => vec![None; shares.len()],
    };
    let paid = |borne: Borne| if damping.borne == borne { total.cents() } else { 0 };
    let (from_reserve, extra) = (paid(Borne::Reserve), paid(Borne::Extra));
    let changed = shares.iter().zip(made_good).zip(given).map(|((share, made_good), given)| {
        let name = share.about.clone();
        match (made_good, given) {
            (Some(made_good), _) => cents(Word::Final, How::Sum, vec![share.clone(), made_good]).about(name),
            (None, Some(given)) => cents(Word::Final, How::Difference, vec![share.clone(), given]).about(name),
            (None, None) => share.clone(),
        }
    });
    Ok(Softened { shares: changed.collect(), from_reserve, extra })
}

fn previous(plan: &Plan) -> Result<Vec<Step>, Vec<Fault>> {
    let step = |area: &super::table::Area| {
        let missing = || Fault::at(PREVIOUS_MISSING, "table").line(area.line).about(&area.name);
        Ok(amount(Word::Previous, area.previous.ok_or_else(missing)?).about(&area.name))
    };
    let all: Vec<Result<Step, Fault>> = plan.table.areas.iter().map(step).collect();
    let faults: Vec<Fault> = all.iter().filter_map(|step| step.as_ref().err().cloned()).collect();
    if faults.is_empty() { Ok(all.into_iter().flatten().collect()) } else { Err(faults) }
}

/// What each loser gets back: percent of the loss, rounded half up to the cent.
fn compensations(year: i16, damping: &Damping, shares: &[Step], previous: &[Step]) -> Vec<Option<Step>> {
    let percent = damping.percent(year);
    let one = |(share, previous): (&Step, &Step)| {
        if share.value >= previous.value || percent.is_zero() {
            return None;
        }
        let name = &share.about;
        let loss = cents(Word::Loss, How::Difference, vec![previous.clone(), Step::known(share)]).about(name);
        let part = hundredth(Word::DampingPercent, &percent).about(year.to_string());
        let exact = cents(Word::Exact, How::Product, vec![loss, part]);
        Some(cents(Word::Compensation, How::HalfUp, vec![exact]).about(name))
    };
    shares.iter().zip(previous).map(one).collect()
}

/// What each gainer gives, by its gain; nobody falls below the year before or the minimum. None if all gains
/// together are too small.
fn contributions(
    shares: &[Step],
    previous: &[Step],
    minima: &[Step],
    (total, sums): (&Step, &mut Sums),
) -> Option<Vec<Option<Step>>> {
    let gain = |((share, previous), minimum): ((&Step, &Step), &Step)| {
        let floor = cents(Word::Kept, How::Greatest, vec![previous.clone(), minimum.clone()]);
        let gain = cents(Word::Gain, How::Difference, vec![Step::known(share), floor]).about(&share.about);
        (!gain.value.is_negative()).then_some(gain).filter(|gain| !gain.value.is_zero())
    };
    let gains: Vec<Option<Step>> = shares.iter().zip(previous).zip(minima).map(gain).collect();
    let all = cents(Word::GainSum, How::Sum, gains.iter().flatten().map(Step::known).collect());
    if all.value < total.value {
        return None;
    }
    let all = sums.keep(all);
    let exact = |gain: &Step| {
        let part = Step::made(Word::Fraction, Unit::Part, How::Quotient, vec![gain.clone(), all.clone()]);
        cents(Word::ContributionExact, How::Product, vec![total.clone(), part]).about(&gain.about)
    };
    let exact: Vec<Step> = gains.iter().flatten().map(exact).collect();
    let weights: Vec<&Ratio> = gains.iter().flatten().map(|gain| &gain.value).collect();
    let claims: Vec<Claim<'_>> = exact
        .iter()
        .zip(weights)
        .map(|(step, weight)| Claim { exact: step.value.clone(), weight, name: &step.about })
        .collect();
    let mut extra = extra_cents(&claims, total.cents()).into_iter();
    let mut exact = exact.clone().into_iter();
    let given = gains.iter().map(|gain| {
        let (exact, extra) = gain.as_ref().and_then(|_| exact.next().zip(extra.next()))?;
        let name = exact.about.clone();
        let down = cents(Word::Down, How::Floor, vec![exact]);
        Some(cents(Word::Contribution, How::Sum, vec![down, amount(Word::Cent, i64::from(extra))]).about(name))
    });
    Some(given.collect())
}
