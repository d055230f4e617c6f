// SPDX-License-Identifier: EUPL-1.2
//! What both engines say of reviews, ends, what comes after, and applications for participation.

use crate::alike::say_all;
use crate::town::{Fault, id, line, note, today};
use domain::agencies::Quantity;
use domain::casework::{
    Aftercare, ApplicationStep, AskLater, ComingBack, Conversation, EndReason, EndingHint, FamilyStand, HelpAfter,
    Lasting, NewApplication, NewEnding, NewFollowUp, NewReview, NewStepTaken, ReviewOutcome, StayAfter, StepDown,
};
use domain::kernel::{Balance, CaseId, CommissionId};
use store::casework::endings::{self, Ended};
use store::casework::{aftercare, applications, reviews};
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

const CASE: u128 = 1 << 32;

pub fn ending(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (case, commission): (CaseId, CommissionId) = (id(CASE), id(CASE | 0x20));
    let review = NewReview {
        held_on: today(),
        with_whom: line("Alle"),
        outcome: ReviewOutcome::Continue,
        words: note("Es trägt"),
        changed_will: None,
        help: Some(commission),
        next_on: Some(today().plus_months(6)),
    };
    reviews::insert_review(tx, Uuid::from_u128(1), (case, id(CASE | 0x10), None), &review)?;
    let new = NewEnding {
        ended_on: today().plus_days(9),
        reason: EndReason::AsPlanned,
        stay: StayAfter::Parents,
        next: HelpAfter::None,
        talk: Conversation { held_on: Some(today()), with_whom: Some(line("Alle")), ..Conversation::default() },
        words: note("Erreicht"),
        remains: Some(note("Tante")),
        still_due: Balance::from_cents(0),
        aftercare: Some(Aftercare { until: today().plus_months(12), form: note("Anruf"), every_months: 2 }),
        continued_on: Some(today()),
        stand: Some(FamilyStand::Against),
        heard: Some(note("Zu früh, sagt die Mutter")),
        asks: Some(AskLater::Wanted),
        gaps_reason: Some(note("Eilt")),
    };
    endings::set_end(tx, commission, Some(new.ended_on))?;
    let (released, gaps) = (Balance::from_cents(5_000_000_000), EndingHint::ALL.to_vec());
    let of = Ended { case, commission, granted_until: None, released, gaps };
    endings::insert_ending(tx, id(1), &of, &new)?;
    endings::insert_ending(tx, id(2), &of, &new)?;
    endings::insert_ending(tx, id(3), &of, &new)?;
    endings::take_effect(tx, id(3))?;
    reviews::insert_step_down(tx, case, (commission, commission), &less())?;
    let seen = NewFollowUp {
        held_on: today(),
        with_whom: Some(line("Mutter")),
        lasting: Lasting::Partly,
        carries: Some(note("Tante")),
        next_on: Some(today().plus_months(2)),
    };
    aftercare::insert_follow_up(tx, id(1), (case, id(1)), &seen)?;
    assert!(endings::take_back(tx, id(1), &note("Doch noch"))? && !endings::take_back(tx, id(1), &note("Doch noch"))?);
    aftercare::insert_return(tx, Uuid::from_u128(1), case, ComingBack::YoungAdult)?;
    let new = NewApplication { received_on: today(), words: note("Schulbegleitung"), passed_on_by: None };
    applications::insert(tx, id(1), case, &new, Some(today().plus_days(14)))?;
    let new = NewApplication { passed_on_by: Some(line("Krankenkasse")), ..new };
    applications::insert(tx, id(2), case, &new, None)?;
    let taken = NewStepTaken { step: ApplicationStep::Competent, on: today(), words: Some(note("§ 86")) };
    Ok(applications::insert_step(tx, Uuid::from_u128(1), (case, id(1)), &taken)?)
}

fn less() -> StepDown {
    StepDown {
        from: today(),
        quantity: Quantity::parse("3").unwrap(),
        reasons: note("Reicht"),
        professionals: Vec::new(),
        alternatives: Vec::new(),
        rights_told_on: None,
        attendance: Vec::new(),
        child_heard: None,
        stand: Some(FamilyStand::Against),
        hearing: Some(note("Zu früh, sagt die Mutter")),
        wish_answer: None,
        wish: None,
        wish_why: None,
        review_on: today(),
        still_due: Balance::from_cents(0),
        sections: Vec::new(),
        gaps_reason: None,
    }
}

pub fn ending_says(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let case: CaseId = id(CASE);
    say_all!(
        out,
        endings::running(tx, id(CASE | 0x20)),
        reviews::reviews(tx, case),
        reviews::step_downs(tx, case),
        store::casework::plans::review_months(tx, id(CASE | 0x10)),
        endings::announced(tx, today().plus_days(10)),
        endings::endings(tx, case),
        endings::case_of(tx, id(1)),
        aftercare::follow_ups(tx, case),
        aftercare::returns(tx, case),
        applications::case_of(tx, id(2)),
        applications::of_case(tx, case),
    );
    Ok(())
}
