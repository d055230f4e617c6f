// SPDX-License-Identifier: EUPL-1.2
//! Agreements and what follows from them, written and read on both engines; see `alike.rs`.

use crate::alike::{CASE, say_all};
use crate::town::{Fault, agency_ids, id, line, note, regions, space_of, teams, today};
use domain::agencies::{
    AgreementDraft, AgreementKind, HourBasis, Qualification, Quantity, RateDraft, RateTerms, TermKind, Travel, Unit,
    agree, price,
};
use domain::budget::{Claim, ContingentUnit, Instalment, MoneyKind, Pause, Performance, check, mid_quarters};
use domain::casework::HelpKind;
use domain::exchange::TransmissionKind;
use domain::kernel::{AgencyId, Amount, Balance, Day, Period, Refusal};
use store::casework::cases;
use store::contracts::{NewContingent, NewPlan, Settlement};
use store::exchange::NewTransmission;
use store::invoices::NewInvoice;
use store::sight::RowSight;
use store::{ReadTx, StoreError, WriteTx, agreements, contracts, exchange, forecast, invoices};

fn first<T>(made: Result<T, Vec<Refusal>>) -> Result<T, Fault> {
    made.map_err(|mut wrong| Fault::Refused(wrong.remove(0)))
}

/// An agreement with price, plan of performance, proof, invoice, payment, instalment, settlement and contingent.
pub fn agreed(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (agency, day) = (agency_ids()[0], today());
    let draft = AgreementDraft {
        kind: AgreementKind::DirectAccess,
        title: line("Verbund Ärger"),
        members: vec![(agency, 40), (agency_ids()[1], 60)],
        period: Period::new(day, None)?,
        agreed_on: day,
        helps: vec![HelpKind::FamilySupport, HelpKind::DayGroup],
        spaces: vec![space_of(teams()[0].0)],
        terms: vec![(TermKind::Quality, note("Fachberatung"))],
        child_protection: true,
        record_checks: false,
        supersedes: None,
    };
    agreements::insert(tx, id(1), &first(agree(draft.clone(), day))?)?;
    let next = AgreementDraft { supersedes: Some(id(1)), period: Period::new(day.plus_days(30), None)?, ..draft };
    agreements::insert(tx, id(2), &first(agree(next, day))?)?;
    let (unit, hour, travel) = (Unit::Hour, HourBasis::Direct, Travel::Separate);
    let terms =
        RateTerms { unit, hour, travel, qualification: Qualification::Assistant, price: Amount::from_cents(6_600)? };
    let draft = RateDraft { help: HelpKind::FamilySupport, terms, period: Period::new(day, None)?, agreed_on: day };
    agreements::insert_rate(tx, id(1), id(1), &first(price(draft, Period::new(day, None)?, day))?)?;
    let (quantity, pause) = (Quantity::from_hundredths(550)?, Pause::SchoolHolidays);
    let plan = Performance {
        unit,
        price: terms.price,
        quantity,
        weeks_off: 6,
        pause,
        longer_days: Some(30),
        rate: Some(id(1)),
    };
    agreements::insert_plan(tx, id(CASE | 0x20), &plan, &terms)?;
    paid(tx, (agency, day))
}

fn paid(tx: &WriteTx<'_>, (agency, day): (AgencyId, Day)) -> Result<(), Fault> {
    let kind = TransmissionKind::Commission;
    let (subject, content) = ("Auftrag".to_owned(), "Inhalt".to_owned());
    let sent = NewTransmission {
        id: id(2),
        agency,
        case: id(CASE),
        kind,
        object: id(CASE | 0x20),
        subject,
        content,
        sections: vec!["goals"],
    };
    exchange::send(tx, &sent)?;
    let quantity = Quantity::from_hundredths(1_250)?;
    invoices::insert_proof(tx, id(1), id(2), (day, quantity))?;
    invoices::insert_proof(tx, id(2), id(2), (day.plus_months(-1), quantity))?;
    let claim = claim(day)?;
    let number = "R-1".to_owned();
    invoices::insert(
        tx,
        &NewInvoice { id: id(1), agency, number, dated_on: day, exception: None, lines: vec![claim.clone()] },
    )?;
    let (_, granted) = invoices::granted(tx, agency, &claim)?.remove(0);
    let checked = check(&claim, Some(&granted), false);
    assert_eq!(checked.payable.cents(), 82_500, "{checked:?}");
    invoices::pay(tx, id(1), Some("Anspruch"))?;
    invoices::insert_payment(tx, (id(1), 1), Some((id(CASE | 0x20), teams()[0].1)), (day, &checked))?;
    let instalments = Instalment::plan(MoneyKind::DirectAccess, Amount::from_cents(1_000_001)?, &mid_quarters(2026)?)?;
    let shares = vec![(agency, id(1), instalments)];
    let (region, total) = (regions()[0], Amount::from_cents(1_000_001)?);
    contracts::insert_plan(tx, &NewPlan { id: id(1), agreement: id(1), region, year: 2026, total, shares })?;
    contracts::pay(tx, id(1), agency, mid_quarters(2026)?[0])?;
    let (proven, paid, bonus) = (Balance::from_cents(5), Balance::from_cents(7), Balance::ZERO);
    let settled = Settlement { agency, name: String::new(), proven, paid, bonus, note: "Nachweis".into(), on: day };
    contracts::insert_settlement(tx, id(1), &settled)?;
    let (unit, span) = (ContingentUnit::Contacts, (day, day.plus_days(90)));
    let new = NewContingent {
        id: id(1),
        agreement: id(1),
        agency,
        unit,
        agreed: 320,
        price: Amount::from_cents(2_500_000)?,
        span,
    };
    contracts::insert_contingent(tx, &new)?;
    contracts::insert_use(tx, id(1), id(1), (day, 7))?;
    let fund = Amount::from_cents(100_000_000)?;
    let terms = domain::budget::OverloadTerms { fund, contracted_percent: 90, capacity: 120, overload_percent: 10 };
    contracts::insert_overload(tx, id(1), &terms)?;
    forecast::insert_holiday(tx, (day, day.plus_days(7)), &line("Ferien"))?;
    Ok(forecast::keep(tx, regions()[0], Balance::from_cents(9))?)
}

fn claim(day: Day) -> Result<Claim, Fault> {
    let (quantity, price) = (Quantity::from_hundredths(1_250)?, Amount::from_cents(6_600)?);
    Ok(Claim { case_number: "2026-0001".into(), month: day.month_start(), quantity, price })
}

/// What every reading function of these rooms says.
pub fn agreements_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (all, agency, from_newest) = (&RowSight::Everything, agency_ids()[0], cases::FROM_NEWEST);
    let own = &RowSight::Only(vec![agency.0]);
    let claim = claim(today()).or(Err(StoreError::KeyReused))?;
    say_all!(
        out,
        agreements::all(tx, all),
        agreements::all(tx, own),
        agreements::one(tx, id(1)),
        agreements::members(tx),
        agreements::helps(tx),
        agreements::spaces(tx, id(1)),
        agreements::terms(tx, id(1)),
        agreements::rates(tx, id(1)),
        agreements::all_rates(tx),
        agreements::rate(tx, id(1)),
        agreements::plans(tx, id(CASE)),
        contracts::plans(tx, id(1)),
        contracts::plan(tx, id(1)),
        contracts::instalments(tx, id(1)),
        contracts::settlements(tx, id(1)),
        contracts::contingents(tx, own),
        contracts::overload(tx, id(1)),
        invoices::proofs(tx, id(2)),
        invoices::unpaid(tx, agency, 10),
        invoices::granted(tx, agency, &claim),
        invoices::latest(tx, from_newest, 10),
        invoices::one(tx, id(1)),
        invoices::lines(tx, id(1)),
        invoices::payments(tx, id(1)),
        forecast::commitments(tx, all, today(), false),
        forecast::commitments(tx, all, today(), true),
        forecast::paid_by_month(tx, all, today()),
        forecast::paid_by_month_then(tx, all, today()),
        forecast::paid_by_year(tx, all, today().plus_months(-120)),
        forecast::kept(tx, all),
        forecast::holidays(tx),
    );
    Ok(())
}
