// SPDX-License-Identifier: EUPL-1.2
//! How much is to be rendered, at which agreed price; and what to know about agencies' agreements before one is
//! commissioned (W23). Nothing here leaves an agency out or puts one first (N5, § 78b(3)).

use crate::core::{App, Failure, found, reach};
use domain::access::{Action, Actor};
use domain::agencies::{Agency, Caution, Held, Quantity, RateTerms, Unit, cautions};
use domain::budget::{Pause, Performance, planned_cost};
use domain::casework::{Commission, HelpKind, assessor_delivers};
use domain::kernel::{AgencyId, Amount, CaseId, CommissionId, Day, Period, RateId, Rule};
use store::ReadTx;
use store::agreements::{self, RateView};
use store::casework::plans::VersionLine;
use store::sight::RowSight;

/// The price belongs to another agency or another help.
pub const RATE_OF_ANOTHER: Rule = Rule::new("commission.rate_of_another", "§ 77(1), § 78b(1) SGB VIII");
/// Without an end nothing can be worked out.
pub const CEILING_NOT_WORKED_OUT: Rule = Rule::new("commission.ceiling_not_worked_out", "Preis × Menge × Wochen");

/// How much is to be rendered, at which price of the rate table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanOfWork {
    /// The line of the rate table.
    pub rate: RateId,
    /// Hours or days a week, places, or lump sums a month.
    pub quantity: Quantity,
    /// Weeks off in a year.
    pub weeks_off: i64,
    /// Does it rest in the school holidays?
    pub pause: Pause,
    /// So many days longer than granted are expected, where somebody says so.
    pub longer_days: Option<i64>,
}

/// A price that can be chosen.
#[derive(Debug, Clone)]
pub struct RateChoice {
    /// The line of the rate table.
    pub rate: RateView,
    /// Agencies that agreed on it, by name.
    pub agencies: Vec<(AgencyId, String)>,
}

/// Agreements as far as a commission needs them.
#[derive(Debug, Clone, Default)]
pub struct Agreed {
    /// What to know about each agency, in the neutral order of names; agencies without a remark are not listed.
    pub cautions: Vec<(AgencyId, Vec<Caution>)>,
    /// Prices in force for the decided help.
    pub rates: Vec<RateChoice>,
    /// Plans of performance of the case's commissions.
    pub plans: Vec<(CommissionId, Performance)>,
}

/// Reads agreements for the page of services; `latest` is the decision that could be commissioned.
pub(super) fn agreed(
    tx: &ReadTx<'_>,
    case: CaseId,
    latest: Option<&VersionLine>,
    today: Day,
) -> Result<Agreed, Failure> {
    let plans = agreements::plans(tx, case)?;
    let Some(latest) = latest else { return Ok(Agreed { plans, ..Agreed::default() }) };
    let (on, help) = (latest.from.max(today), latest.help);
    let held = held(tx)?;
    let applications = store::casework::applications::of_case(tx, case)?;
    let about = |agency: &Agency| {
        let own: Vec<Held> = held.iter().filter(|(id, _)| *id == agency.id).map(|(_, held)| held.clone()).collect();
        let mut all = cautions(&own, Some(help), on);
        let mut assessors = applications.iter().flat_map(|one| one.assessors());
        if assessors.any(|name| assessor_delivers(name, agency.name.as_str())) {
            all.push(Caution::Assessed);
        }
        (agency.id, all)
    };
    let agencies = store::agencies::all(tx)?;
    let cautions = agencies.iter().map(about).filter(|(_, all)| !all.is_empty()).collect();
    Ok(Agreed { cautions, rates: rates(tx, help, on)?, plans })
}

/// Each agency's agreements.
fn held(tx: &ReadTx<'_>) -> Result<Vec<(AgencyId, Held)>, Failure> {
    let (views, helps) = (agreements::all(tx, &RowSight::Everything)?, agreements::helps(tx)?);
    let members = agreements::members(tx)?;
    let held = members.into_iter().filter_map(|member| {
        let view = views.iter().find(|view| view.id == member.agreement)?;
        let of_it = helps.iter().filter(|(id, _)| *id == view.id).map(|(_, help)| *help);
        let held = Held {
            helps: of_it.collect(),
            from: view.from,
            until: view.holds_until(),
            child_protection: view.child_protection,
            record_checks: view.record_checks,
        };
        Some((member.agency, held))
    });
    Ok(held.collect())
}

/// Prices for a help in force on a day: of those that follow each other, the newest.
fn rates(tx: &ReadTx<'_>, help: HelpKind, on: Day) -> Result<Vec<RateChoice>, Failure> {
    let members = agreements::members(tx)?;
    let in_force = |rate: &RateView| rate.help == help && rate.from <= on && rate.until.is_none_or(|until| on <= until);
    let mut chosen: Vec<RateView> = Vec::new();
    for rate in agreements::all_rates(tx)?.into_iter().filter(in_force) {
        chosen.retain(|other| !follows(&rate, other));
        chosen.push(rate);
    }
    let choice = |rate: RateView| {
        let own = members.iter().filter(|member| member.agreement == rate.agreement);
        RateChoice { agencies: own.map(|member| (member.agency, member.name.clone())).collect(), rate }
    };
    Ok(chosen.into_iter().map(choice).collect())
}

/// Is this the same price at a later time?
fn follows(later: &RateView, earlier: &RateView) -> bool {
    let same = |a: &RateTerms, b: &RateTerms| RateTerms { price: a.price, ..*b } == *a;
    later.agreement == earlier.agreement && later.help == earlier.help && same(&later.terms, &earlier.terms)
}

fn performance(plan: &PlanOfWork, terms: &RateTerms) -> Performance {
    Performance {
        unit: terms.unit,
        price: terms.price,
        quantity: plan.quantity,
        weeks_off: plan.weeks_off,
        pause: plan.pause,
        longer_days: plan.longer_days,
        rate: Some(plan.rate),
    }
}

/// The price as it is today, copied onto the commission.
pub(super) fn snapshot(
    tx: &ReadTx<'_>,
    plan: &PlanOfWork,
    ordered: &Commission,
) -> Result<(Performance, RateTerms), Failure> {
    let rate = found(agreements::rate(tx, plan.rate)?)?;
    let of_agency = agreements::members(tx)?
        .iter()
        .any(|member| member.agreement == rate.agreement && member.agency == ordered.agency());
    if !of_agency || rate.help != ordered.kind() {
        return Err(RATE_OF_ANOTHER.broken_at("rate").into());
    }
    Ok((performance(plan, &rate.terms), rate.terms))
}

/// `, 5 Std./Woche zu 66,00 €`: what the agency's copy says about the extent.
pub(super) fn in_words(plan: &Performance) -> String {
    let unit = match plan.unit {
        Unit::Hour => "Std./Woche",
        Unit::Day => "Tage/Woche",
        Unit::Place => "Plätze",
        Unit::Month => "Monatspauschale",
    };
    format!(", {} {unit} zu {}", plan.quantity.german(), plan.price.balance().german())
}

/// What the plan comes to: the ceiling that is proposed.
///
/// # Errors
/// [`CEILING_NOT_WORKED_OUT`] without an end; hidden for people without sight of agreements.
pub async fn propose(app: &App, actor: &Actor, plan: PlanOfWork, period: Period) -> Result<Amount, Failure> {
    reach(actor, Action::SeeAgreement)?;
    app.read(move |tx| {
        let rate = found(agreements::rate(tx, plan.rate)?)?;
        let holidays: Vec<Period> = store::forecast::holidays(tx)?.into_iter().map(|(span, _)| span).collect();
        let cost = planned_cost(&performance(&plan, &rate.terms), period, &holidays);
        cost.ok_or(CEILING_NOT_WORKED_OUT.broken_at("ceiling").into())
    })
    .await
}
