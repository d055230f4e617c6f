// SPDX-License-Identifier: EUPL-1.2
//! What both engines say of letters, templates and reminders.

use crate::alike::{CASE, say_all};
use crate::town::{CLERK, Fault, NOW, id, line, note, today};
use domain::kernel::{LetterId, PersonId};
use domain::letters::{
    About, Block, CollectGround, ConsentForm, Dispatch, FourEyes, House, LetterField, LetterKind, LetterWarning,
    NewCaseConsent, NewCollection, Paper, Remedy, Values, Way,
};
use store::letters::papers::{NewRelease, Recipient};
use store::letters::{self, about, consents, mails, papers, withdrawn};
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
    about::set(tx, all[1], Some(About::Plan(id(CASE | 0x10))), &[person])?;
    withdrawn::warn(tx, all[1], &[LetterWarning::NoNotice], &note("Er weiß es"))?;
    consents(tx, person)?;
    let dispatch = Dispatch { sent_on: today(), way: Way::Post };
    papers::send(tx, all[0], dispatch, Some(today().plus_days(30)))?;
    notices(tx, (person, &new, dispatch))?;
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

/// A notice of § 66(3) SGB I that left, and a letter that was withdrawn.
fn notices(tx: &WriteTx<'_>, (person, new, dispatch): (PersonId, &NewRelease, Dispatch)) -> Result<(), Fault> {
    let until = Values::from([(LetterField::Until, "24.12.2026".to_owned())]);
    for (letter, kind) in [(id(0x9304), LetterKind::Invitation), (id(0x9305), LetterKind::Cooperation)] {
        papers::insert(tx, letter, (id(CASE), kind), &Recipient::Person(person), ("Betreff: x", &until))?;
        papers::move_on(tx, letter, ("draft", "released"))?;
        papers::release(tx, letter, new)?;
    }
    withdrawn::recall(tx, id(0x9304), &note("Irrtum"))?;
    papers::send(tx, id(0x9305), dispatch, None)?;
    papers::insert(tx, id(0x9306), (id(CASE), LetterKind::Participation), &Recipient::File, ("Betreff: x", &until))?;
    assert!(papers::one(tx, id(0x9306))?.is_some_and(|one| one.to == Recipient::File));
    Ok(())
}

fn consents(tx: &WriteTx<'_>, giver: PersonId) -> Result<(), Fault> {
    let new = NewCaseConsent {
        giver,
        released: line("Praxis Öl"),
        towards: line("Jugendamt"),
        data: note("Befund"),
        purpose: line("Plan"),
        given_on: today(),
        until: today().plus_days(90),
        form: ConsentForm::Oral,
        oral_why: Some(note("Am Telefon")),
    };
    for n in [1, 2] {
        consents::insert(tx, id(0x9500 + n), id(CASE), &new)?;
    }
    assert!(consents::revoke(tx, id(0x9501), today(), Some(&note("Nein")))?);
    assert!(!consents::revoke(tx, id(0x9501), today(), None)?, "once");
    for (n, ground) in [(1, Some(CollectGround::Danger)), (2, None)] {
        let new = NewCollection {
            person: giver,
            source: line("Schule"),
            data: note("Fehltage"),
            purpose: line("Einschätzung"),
            collected_on: today(),
            ground,
            no_ground_why: ground.is_none().then(|| note("Zufall")),
        };
        consents::collect(tx, id(0x9600 + n), id(CASE), &new)?;
    }
    assert!(consents::tell(tx, id(0x9601), Some(today()), None)?);
    assert!(!consents::tell(tx, id(0x9601), None, Some(&note("Nein")))?, "once");
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
        about::children(tx, id(0x9302)),
        papers::one(tx, id(0x9302)),
        withdrawn::warnings(tx, id(0x9302)),
        withdrawn::recalled(tx, id(0x9304)),
        withdrawn::notices(tx, id(CASE), id(1)),
        consents::of_case(tx, id(CASE)),
        consents::case_of(tx, id(0x9501)),
        consents::collected(tx, id(CASE)),
        consents::collected_in(tx, id(0x9601)),
        mails::of_user(tx, CLERK),
        mails::wishes(tx),
        mails::last(tx, CLERK),
        mails::ready(tx, NOW),
        mails::recent(tx, CLERK),
    );
    Ok(())
}
