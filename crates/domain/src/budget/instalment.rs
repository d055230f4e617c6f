// SPDX-License-Identifier: EUPL-1.2
//! Paying a contract in instalments, sharing it in a consortium, settling it at the end. Only contracts on direct
//! access (B) and grants (C) are settled backwards; prices of §§ 78a–g never are (§ 78d(1); N20).

use super::pot::MoneyKind;
use crate::agencies::AgreementKind;
use crate::kernel::{Amount, Balance, Day, Refusal, Rule};

/// Prices of §§ 78a–g and § 77 are paid for what is rendered; nothing is settled, given back or rewarded afterwards.
pub const NO_SETTLING_BACKWARDS: Rule = Rule::new("instalment.no_settling_backwards", "§ 78d(1) SGB VIII");
/// A sum in no instalments at all, or in more than there are cents.
pub const INSTALMENTS_NONE: Rule = Rule::new("instalment.none", "Ratenplan");
/// A sum shared among nobody.
pub const SHARES_NONE: Rule = Rule::new("instalment.shares_none", "Trägeranteil");
/// A bonus of more than all that was not needed.
pub const BONUS_SHARE_TOO_LARGE: Rule = Rule::new("instalment.bonus_share_too_large", "höchstens 100 %");

/// One payment that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Rate")]
#[doc(alias = "Abschlag")]
pub struct Instalment {
    /// When.
    pub due: Day,
    /// How much.
    pub amount: Amount,
}

/// The kind of money that an agreement is paid from.
#[must_use]
pub const fn money_of(kind: AgreementKind) -> MoneyKind {
    match kind {
        AgreementKind::Services | AgreementKind::Facility => MoneyKind::IndividualClaim,
        AgreementKind::DirectAccess => MoneyKind::DirectAccess,
        AgreementKind::Grant => MoneyKind::Grant,
    }
}

/// A contract that may be paid ahead and settled afterwards: B and C.
fn settles(kind: MoneyKind) -> Result<(), Refusal> {
    match kind {
        MoneyKind::DirectAccess | MoneyKind::Grant => Ok(()),
        MoneyKind::IndividualClaim | MoneyKind::TopSlice => Err(NO_SETTLING_BACKWARDS.broken_at("kind")),
    }
}

/// Shares a sum by weights to the cent, by the largest remainder; of equal remainders the first one gets the cent.
///
/// # Errors
/// [`SHARES_NONE`] when the weights are nothing together or one is below nothing.
pub fn share_out(total: Balance, weights: &[i64]) -> Result<Vec<Balance>, Refusal> {
    let all: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if all <= 0 || weights.iter().any(|weight| *weight < 0) {
        return Err(SHARES_NONE.broken_at("members"));
    }
    let exact = |weight: &i64| i128::from(total.cents()) * i128::from(*weight);
    let mut shares: Vec<i64> =
        weights.iter().map(|weight| i64::try_from(exact(weight).div_euclid(all)).unwrap_or_default()).collect();
    let mut order: Vec<(i128, usize)> =
        weights.iter().enumerate().map(|(at, weight)| (-exact(weight).rem_euclid(all), at)).collect();
    order.sort_unstable();
    let missing = total.cents() - shares.iter().sum::<i64>();
    for (_, at) in order.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
        if let Some(share) = shares.get_mut(at) {
            *share += 1;
        }
    }
    Ok(shares.into_iter().map(Balance::from_cents).collect())
}

/// The 15th of the middle month of each quarter: 15 February, May, August, November (Celle).
///
/// # Errors
/// When the calendar lacks the year.
pub fn mid_quarters(year: i16) -> Result<Vec<Day>, Refusal> {
    [2, 5, 8, 11].into_iter().map(|month| Day::new(year, month, 15)).collect()
}

impl Instalment {
    /// A sum in equal instalments on these days; a cent that cannot be shared goes to the first ones.
    ///
    /// # Errors
    /// [`INSTALMENTS_NONE`]; [`NO_SETTLING_BACKWARDS`] for individual claims, which are paid for what was rendered.
    pub fn plan(kind: MoneyKind, total: Amount, days: &[Day]) -> Result<Vec<Self>, Refusal> {
        settles(kind)?;
        let shares = share_out(total.balance(), &vec![1; days.len()]).or(Err(INSTALMENTS_NONE.broken_at("total")))?;
        let amount = |share: Balance| Amount::from_cents(share.cents()).or(Err(INSTALMENTS_NONE.broken_at("total")));
        days.iter().zip(shares).map(|(due, share)| Ok(Self { due: *due, amount: amount(share)? })).collect()
    }
}

/// What is owed at the end of the year: what was proven less what was paid; below nothing it comes back.
///
/// # Errors
/// [`NO_SETTLING_BACKWARDS`].
pub fn settle(kind: MoneyKind, proven: Balance, paid: Balance) -> Result<Balance, Refusal> {
    settles(kind)?;
    Ok(proven - paid)
}

/// What settling a contract books: of what was paid in advance, so much was earned; so much comes back; so much is
/// still owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Abrechnung")]
pub struct Settlement {
    /// Of the instalments, earned.
    pub proven: Balance,
    /// Of the instalments, to be paid back.
    pub repaid: Balance,
    /// Beyond the instalments, still owed.
    pub drawn: Balance,
}

impl Settlement {
    /// Of what an agency is entitled to, bonus included, and what it was paid.
    #[must_use]
    pub fn of(entitled: Balance, paid: Balance) -> Self {
        let (proven, zero) = (entitled.min(paid), Balance::ZERO);
        Self { proven, repaid: (paid - entitled).max(zero), drawn: (entitled - paid).max(zero) }
    }
}

/// A share of what was not needed, as a contract of kind B or C may promise it (Bruck-Mürzzuschlag: 10 %), rounded down.
///
/// # Errors
/// [`NO_SETTLING_BACKWARDS`]; [`BONUS_SHARE_TOO_LARGE`].
pub fn bonus(kind: MoneyKind, unspent: Balance, percent: i64) -> Result<Balance, Refusal> {
    settles(kind)?;
    if !(0..=100).contains(&percent) {
        return Err(BONUS_SHARE_TOO_LARGE.broken_at("percent"));
    }
    let cents = i128::from(unspent.cents().max(0)) * i128::from(percent) / 100;
    Ok(Balance::from_cents(i64::try_from(cents).unwrap_or_default()))
}

/// A contract over most of a fund, with the promise to serve some more cases than it pays for (Bergedorf).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Überlastquote")]
pub struct Overload {
    /// Contracted.
    pub contracted: Balance,
    /// Left with the office.
    pub remaining: Balance,
    /// Cases that must be served; beyond them the office looks elsewhere. It is no limit to any claim.
    pub must_serve: i64,
}

/// Contracts so many hundredths of a fund, with so many hundredths of cases on top of the capacity.
#[must_use]
pub fn overload(fund: Balance, contracted_percent: i64, capacity: i64, overload_percent: i64) -> Overload {
    let part =
        |whole: i64, percent: i64| i64::try_from(i128::from(whole) * i128::from(percent) / 100).unwrap_or_default();
    let contracted = Balance::from_cents(part(fund.cents(), contracted_percent.clamp(0, 100)));
    let must_serve = part(capacity.max(0), 100 + overload_percent.max(0));
    Overload { contracted, remaining: fund - contracted, must_serve }
}

/// When the use of a grant is to be proven: at the end of the sixth month after the time it was given for (ANBest-P 6.1).
#[must_use]
pub fn proof_of_use_due(until: Day) -> Day {
    until.month_start().plus_months(6).month_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }
    fn amount(euros: i64) -> Amount {
        Amount::from_cents(euros * 100).unwrap()
    }

    #[test]
    fn tv01_and_tv02_celle() {
        let split = share_out(euros(2_000_000), &[20, 70, 10]).unwrap();
        assert_eq!(split, [euros(400_000), euros(1_400_000), euros(200_000)]);
        let days = mid_quarters(2026).unwrap();
        let plan = Instalment::plan(MoneyKind::DirectAccess, amount(2_000_000), &days).unwrap();
        assert!(plan.iter().all(|one| one.amount == amount(500_000)));
        let due: Vec<_> = plan.iter().map(|one| one.due.german()).collect();
        assert_eq!(due, ["15.02.2026", "15.05.2026", "15.08.2026", "15.11.2026"]);
    }

    #[test]
    fn tv14_largest_remainder() {
        let shares = share_out(euros(1_000_000), &[133, 85, 104, 95, 50]).unwrap();
        let cents: Vec<_> = shares.iter().map(|share| share.cents()).collect();
        assert_eq!(cents, [28_479_657, 18_201_285, 22_269_807, 20_342_613, 10_706_638]);
    }

    #[test]
    fn tv12_a_bonus_only_by_contract() {
        for kind in [MoneyKind::DirectAccess, MoneyKind::Grant] {
            assert_eq!(bonus(kind, euros(3_200_000), 10), Ok(euros(320_000)));
        }
        let refused = bonus(money_of(AgreementKind::Facility), euros(3_200_000), 10);
        assert_eq!(refused, Err(NO_SETTLING_BACKWARDS.broken_at("kind")));
        assert_eq!(NO_SETTLING_BACKWARDS.source(), "§ 78d(1) SGB VIII");
        assert_eq!(bonus(MoneyKind::Grant, euros(1), 101), Err(BONUS_SHARE_TOO_LARGE.broken_at("percent")));
        assert_eq!(bonus(MoneyKind::Grant, euros(-5), 10), Ok(Balance::ZERO));
    }

    #[test]
    fn tv17_overload_quota() {
        let quota = overload(euros(1_000_000), 90, 120, 10);
        assert_eq!((quota.contracted, quota.remaining, quota.must_serve), (euros(900_000), euros(100_000), 132));
    }

    #[test]
    fn n20_prices_are_never_settled_backwards() {
        for kind in [AgreementKind::Services, AgreementKind::Facility] {
            assert_eq!(settle(money_of(kind), euros(1), euros(2)), Err(NO_SETTLING_BACKWARDS.broken_at("kind")));
            assert!(Instalment::plan(money_of(kind), amount(1), &mid_quarters(2026).unwrap()).is_err());
        }
        assert_eq!(settle(MoneyKind::Grant, euros(90), euros(100)), Ok(euros(-10)));
    }

    #[test]
    fn the_use_of_a_grant_is_proven_half_a_year_later() {
        assert_eq!(proof_of_use_due(Day::parse("2026-12-31").unwrap()).german(), "30.06.2027");
        assert_eq!(proof_of_use_due(Day::parse("2026-08-31").unwrap()).german(), "28.02.2027");
    }

    #[test]
    fn nothing_cannot_be_shared() {
        assert!(share_out(euros(1), &[]).is_err() && share_out(euros(1), &[0, 0]).is_err());
        assert!(share_out(euros(1), &[2, -1]).is_err());
        assert!(Instalment::plan(MoneyKind::Grant, amount(1), &[]).is_err());
    }

    proptest! {
        #[test]
        fn shares_are_the_whole(cents in -1_000_000_000_000..1_000_000_000_000i64, weights in prop::collection::vec(0..10_000i64, 1..40)) {
            prop_assume!(weights.iter().sum::<i64>() > 0);
            let shares = share_out(Balance::from_cents(cents), &weights).unwrap();
            prop_assert_eq!(shares.iter().copied().sum::<Balance>().cents(), cents);
            for (share, weight) in shares.iter().zip(&weights) {
                let all: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
                let off = i128::from(share.cents()) * all - i128::from(cents) * i128::from(*weight);
                prop_assert!(off.abs() < all);
            }
        }

        #[test]
        fn instalments_are_the_whole(cents in 100..1_000_000_000_000i64, count in 1..24i32) {
            let first = Day::new(2026, 1, 15).unwrap();
            let days: Vec<Day> = (0..count).map(|n| first.plus_months(n)).collect();
            let plan = Instalment::plan(MoneyKind::Grant, Amount::from_cents(cents).unwrap(), &days).unwrap();
            prop_assert_eq!(plan.iter().map(|one| one.amount.cents()).sum::<i64>(), cents);
            let (least, most) = (plan.iter().map(|one| one.amount).min(), plan.iter().map(|one| one.amount).max());
            prop_assert!(most.unwrap().cents() - least.unwrap().cents() <= 1);
        }
    }
}
