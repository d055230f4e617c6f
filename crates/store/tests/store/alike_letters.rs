// SPDX-License-Identifier: EUPL-1.2
//! What both engines say of letters, templates and reminders.

use crate::alike::{CASE, say_all};
use crate::town::{CLERK, Fault, NOW, id, line, note, today};
use domain::kernel::{LetterId, PersonId};
use domain::letters::{Block, Dispatch, FourEyes, House, LetterField, LetterKind, Paper, Remedy, Values, Way};
use store::letters::papers::{NewRelease, Recipient};
use store::letters::{self, mails, papers};
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

pub fn letters(tx: &WriteTx<'_>) -> Result<(), Fault> {
    for (n, text, day) in [(1, Some("Öl"), today()), (2, None, today()), (3, Some("Ähre"), today().plus_days(9))] {
        letters::insert_template(tx, Uuid::from_u128(0x9100 + n), LetterKind::Invitation, (text, day))?;
    }
    for (n, eyes) in [(1, FourEyes::All), (2, FourEyes::Acts)] {
        let house = House {
            contact: note("Rathaus\nTelefon"),
            remedy: Remedy::Either,
            objection_at: Some(line("Stadt")),
            action_at: Some(line("Gericht")),
            ombuds: None,
            officer: None,
            eyes,
        };
        letters::set_house(tx, Uuid::from_u128(0x9200 + n), &house)?;
    }
    let person: PersonId = id(1);
    let answers = Values::from([(LetterField::Reasons, "Weil \"so\"\nist es".to_owned())]);
    let all: [LetterId; 3] = [id(0x9301), id(0x9302), id(0x9303)];
    let to =
        [Recipient::Person(person), Recipient::Reporter(id(1)), Recipient::Outside("Klinik".into(), "Kai 1".into())];
    for (letter, to) in all.iter().zip(&to) {
        papers::insert(tx, *letter, (id(CASE), LetterKind::Grant), to, ("Betreff: x", &answers))?;
    }
    assert!(papers::change(tx, (all[0], 1), "Betreff: y", &answers)?);
    assert!(!papers::change(tx, (all[0], 1), "Betreff: z", &answers)?, "somebody was quicker");
    assert!(papers::move_on(tx, all[0], ("draft", "released"))?);
    assert!(!papers::change(tx, (all[0], 2), "Betreff: z", &answers)?, "released is fixed");
    assert!(!papers::drop_draft(tx, all[0])? && papers::drop_draft(tx, all[2])?);
    let blocks =
        vec![Block::Heading("Ü".into()), Block::Paragraph("a\nb".into()), Block::Points(vec!["1".into(), "2".into()])];
    let new = NewRelease {
        paper: Paper { subject: "y".into(), blocks: blocks.clone() },
        head: vec!["Amt".into(), "Rathaus".into()],
        worker: "Robin".into(),
        to_name: Some("Ayşe".into()),
        to_address: None,
    };
    papers::release(tx, all[0], &new)?;
    let kept = papers::released(tx, all[0])?;
    assert!(kept.is_some_and(|kept| kept.paper.blocks == blocks && kept.head.len() == 2));
    let dispatch = Dispatch { sent_on: today(), way: Way::Post };
    papers::send(tx, all[0], dispatch, Some(today().plus_days(30)))?;
    mails::wish(tx, "p1@amt.example")?;
    for day in [today(), today(), today().plus_days(1)] {
        mails::plan(
            tx,
            Uuid::from_u128(0x9400 + u128::from(day.of_month().unsigned_abs())),
            (CLERK, "p1@amt.example"),
            day,
        )?;
    }
    Ok(())
}

pub fn letters_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (kind, one): (LetterKind, LetterId) = (LetterKind::Invitation, id(0x9301));
    say_all!(
        out,
        letters::in_force(tx, kind, today()),
        letters::in_force(tx, kind, today().plus_days(9)),
        letters::versions(tx, kind),
        letters::house(tx),
        papers::one(tx, one),
        papers::of_case(tx, id(CASE)),
        papers::released(tx, one),
        papers::sent(tx, one),
        papers::reports(tx, id(CASE)),
        mails::of_user(tx, CLERK),
        mails::wishes(tx),
        mails::last(tx, CLERK),
        mails::ready(tx, NOW),
        mails::recent(tx, CLERK),
    );
    Ok(())
}
