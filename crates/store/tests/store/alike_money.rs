// SPDX-License-Identifier: EUPL-1.2
//! What both engines say of the book and of allocations.

use crate::alike::say_all;
use crate::town::{Fault, agency_ids, id, line, note, regions, today};
use domain::budget::allocation::{Majority, Votes};
use domain::budget::{Account, Booking, CoverSource, Flow, Form, MoneyKind, Paragraph, Purpose, Side, TopUp, YearAct};
use domain::kernel::{Amount, Balance, CommissionId, PotId};
use store::budget::{Slip, deliveries, lists, promises, statistics, topups, transfers, verify, years};
use store::budget_allocation::{self, Decision, Snapshot};
use store::{ReadTx, StoreError, WriteTx, budget};
use uuid::Uuid;

pub fn money(tx: &WriteTx<'_>, commission: CommissionId) -> Result<(), Fault> {
    let (pot, reserve) = (
        budget::pot(tx, id(1), regions()[0], 2026, MoneyKind::IndividualClaim)?,
        budget::pot(tx, id(2), regions()[0], 2026, MoneyKind::TopSlice)?,
    );
    let amount = Amount::from_cents(i64::from(u32::MAX))?;
    let purpose = Purpose::new(Paragraph::FamilySupport, Form::Single, Side::Independent, Flow::Benefits);
    let (subject, agency) = (line("Mittelbindung"), Some(agency_ids()[0]));
    let new = promises::NewPromise {
        id: id(1),
        pot,
        commission: Some(commission),
        agency,
        subject,
        purpose,
        amount,
        on: today(),
    };
    promises::insert(tx, &new)?;
    let drawn = Amount::from_cents(7)?;
    let bookings = [
        Booking::planned(pot, amount),
        Booking::top_sliced(pot, reserve, drawn),
        Booking::committed(pot, amount),
        Booking::drawn(pot, drawn),
        Booking::topped_up(pot, drawn),
    ];
    for (n, booking) in (1..).zip(&bookings) {
        let slip = Slip::new(id(n), booking, today(), "für 2026");
        let promise = (3..5).contains(&n).then(|| id(1));
        let (commission, purpose) = (promise.map(|_| commission), promise.map(|_| purpose));
        budget::post(tx, &Slip { promise, commission, agency, purpose, ..slip })?;
    }
    let booked = domain::budget::State { promised: amount.balance(), drawn: drawn.balance(), ..Default::default() };
    let Some(promise) = promises::one(tx, id(1))? else { panic!("the promise was just made") };
    promises::keep(tx, &promise, &booked, None)?;
    budget::open_top_up(tx, Uuid::from_u128(1), pot, commission, &TopUp { missing: amount, reason: note("Anspruch") })?;
    let (top_up, resolution) = (Uuid::from_u128(1), "Rat 7/2026");
    let cover = (CoverSource::OwnLines, Some("Personal"));
    let cover =
        topups::NewCover { top_up, booking: id(5), source: cover.0, cents: 7, line: cover.1, resolution, on: today() };
    topups::note_cover(tx, &cover)?;
    let (reason, resolution) = (line("Ausgleich"), line("Rat 7/2026"));
    transfers::propose(
        tx,
        &transfers::NewTransfer {
            id: id(1),
            from: reserve,
            to: pot,
            amount: drawn,
            reason,
            resolution,
            top_up: Some(top_up),
        },
    )?;
    deliveries::insert(tx, 1, "product,amount", (1, 4))?;
    Ok(years::decide(tx, Uuid::from_u128(1), (2026, YearAct::Opened), "Rat 1/2026", "Region;Mittelart\n")?)
}

pub fn allocations(tx: &WriteTx<'_>) -> Result<(), Fault> {
    for n in 1..=3 {
        let kept = |text: &str| format!("{text} {n}");
        let snapshot = Snapshot { inputs: kept("{}"), result: kept("[]"), sha256: kept("ab") };
        let distributed = Balance::from_cents(i64::from(u32::MAX));
        budget_allocation::insert(tx, id(n), (&line(&kept("Größte Verteilung")), 2026, distributed), &snapshot)?;
    }
    for n in 1..=2 {
        let votes = Votes { yes: 6, no: 2, abstained: 1 };
        let (body, resolution) = (line("Kreistag"), line("Vorlage 88"));
        let decision = Decision { body, on: today(), resolution, majority: Majority::TwoThirds, votes };
        assert!(budget_allocation::decide(tx, id(n), &decision)?);
        assert!(!budget_allocation::decide(tx, id(n), &decision)?, "a decision is recorded once");
    }
    assert!(budget_allocation::book(tx, id(1), 2026)?);
    assert!(!budget_allocation::book(tx, id(2), 2026)?, "a year has one plan");
    Ok(())
}

pub fn ledger_says(tx: &ReadTx<'_>, pot: PotId, out: &mut Vec<String>) -> Result<(), StoreError> {
    let all = lists::Wanted { before: lists::FROM_NEWEST, until: None, account: None, limit: 10 };
    let some = lists::Wanted { account: Some(Account::Drawn), until: Some(today()), ..all.clone() };
    say_all!(
        out,
        budget::find_pot(tx, regions()[0], 2026, MoneyKind::IndividualClaim),
        budget::pots(tx, 2026),
        budget::one_pot(tx, pot),
        budget::book(tx, pot),
        budget::book_on(tx, pot, today()),
        lists::entries(tx, pot, &all),
        lists::entries(tx, pot, &some),
        lists::one(tx, id(3)),
        lists::of_promise(tx, id(1)),
        promises::one(tx, id(1)),
        promises::of_pot(tx, pot, promises::FROM_NEWEST, 10),
        promises::of_commission(tx, id(1 << 32 | 0x20)),
        statistics::sums(tx, 2026),
        store::budget::behind::traces(tx, 2026, domain::budget::quarter_end(today())),
        deliveries::list(tx),
        deliveries::one(tx, 1),
        deliveries::head(tx),
        deliveries::lines(tx, (1, 100)),
        topups::top_ups(tx, pot),
        topups::open_top_up_of(tx, Uuid::from_u128(1)),
        topups::covers(tx, Uuid::from_u128(1)),
        transfers::one(tx, id(1)),
        transfers::list(tx, "waiting", transfers::FROM_NEWEST, 10),
        transfers::waiting(tx, 2026),
        verify::verify(tx),
        years::acts(tx, 2026),
        years::state(tx, 2026),
        years::open_promises(tx, 2026),
        years::pots_of(tx, 2026),
    );
    assert_eq!(verify::verify(tx)?.faults, []);
    Ok(())
}
