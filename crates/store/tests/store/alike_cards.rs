// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources, written and read on both engines.

use crate::alike::say_all;
use crate::town::{CLERK, Fault, NOW, id, space_of, teams, today};
use domain::kernel::{CardId, Line, Note};
use domain::resources::{CardContent, CardText, Certificate, Finding, Language, Proposed, due_on};
use store::resources::{NewStanding, cards, joins, tasks, texts};
use store::{ReadTx, StoreError, WriteTx};

fn content(name: &str, person: bool) -> CardContent {
    let mut fields = vec![
        ("name", name),
        ("kind", if person { "person" } else { "offer" }),
        ("topics", "sport early"),
        ("about", "Für alle, auch für Größere"),
        ("keywords", "Fußball"),
        ("place", "Straße 1"),
        ("contact", "am Tor"),
        ("web", "https://a.example"),
        ("key_person", "Öz"),
        ("second_person", "Łódź"),
        ("conditions", "keine"),
        ("cost", "free"),
        ("cost_note", "0"),
        ("languages", "de ar"),
        ("barriers", "no-steps"),
        ("age_from", "3"),
        ("age_to", "9"),
        ("times", "Mo 10–12 Uhr\n12.12.2026 10–12 Uhr"),
        ("free_places", "2"),
        ("waiting", "0"),
        ("basis", "16 28"),
        ("visibility", "public"),
    ];
    if person {
        fields.extend([
            ("consent_on", "2026-11-01"),
            ("consent_until", "2027-10-31"),
            ("consent_scope", "public"),
            ("consent_form", "written"),
            ("skills", "näht"),
            ("likes", "Kuchen"),
        ]);
    } else {
        fields.push(("point", "53.6051, 9.9123"));
    }
    CardContent::read(fields.as_slice()).unwrap()
}

fn card(n: u128) -> CardId {
    id(0x7000 + n)
}

fn text(language: Language) -> Result<CardText, Fault> {
    let conditions = Some(Line::parse("with a towel")?);
    Ok(CardText { language, name: Line::parse("Swimming")?, about: Note::parse("By the water")?, conditions })
}

/// Cards with everything on them, links, tasks, a joining, a certificate.
pub fn cards(tx: &WriteTx<'_>, names: &[&str]) -> Result<(), Fault> {
    for (n, name) in (1..).zip(names) {
        let new = content(name, n % 3 == 0);
        let space = (n % 2 == 0).then(|| space_of(teams()[0].0));
        let day = today().plus_months(-8);
        let standing = NewStanding {
            keeper: CLERK,
            team: Some(teams()[0].0),
            space,
            confirmed_on: day,
            due_on: due_on(new.kind, day),
        };
        cards::insert(tx, card(n), &new, &standing)?;
    }
    cards::replace(tx, card(1), &content("Anders", false), today())?;
    cards::set_space(tx, card(1), Some(space_of(teams()[1].0)))?;
    cards::confirm(tx, card(2), (today(), Some(CLERK)), today().plus_months(6))?;
    cards::confirm(tx, card(4), (today(), None), today().plus_months(6))?;
    tasks::insert_link(tx, id(1), card(1), "digest", NOW.plus_minutes(5))?;
    tasks::insert_link(tx, id(2), card(1), "gone", NOW.plus_minutes(5))?;
    assert!(tasks::revoke(tx, id(2), card(1))? && !tasks::revoke(tx, id(2), card(1))?);
    let (field, value, stood) = ("about".to_owned(), "Neu".to_owned(), "Alt".to_owned());
    let fields = vec![Proposed { field, value, stood }];
    let words = Some("Stimmt nicht".to_owned());
    for n in [1, 2] {
        let (words, fields) = (words.clone(), fields.clone());
        tasks::insert_task(tx, &tasks::NewTask { id: id(n), card: card(1), kind: "proposal", words, fields })?;
    }
    assert!(tasks::finish(tx, id(2), CLERK, "taken")? && !tasks::finish(tx, id(2), CLERK, "taken")?);
    for (language, name) in
        [(Language::Turkish, "Yüzme"), (Language::Arabic, "سباحة"), (Language::Turkish, "Yüzme kursu")]
    {
        let (name, about) = (Line::parse(name)?, Note::parse("Su kenarında")?);
        texts::keep(tx, card(1), &CardText { language, name, about, conditions: None })?;
    }
    texts::keep(tx, card(2), &text(Language::English)?)?;
    texts::forget(tx, card(2), Language::English)?;
    joins::insert_merge(tx, id(1), (card(2), card(7)), &content("Zora", false).fields())?;
    cards::end(tx, card(7), Some(today()), Some(card(2)))?;
    joins::insert_merge(tx, id(2), (card(2), card(8)), &[])?;
    assert!(joins::undo_merge(tx, id(2))? && !joins::undo_merge(tx, id(2))?);
    for (n, ended) in [(1, None), (2, Some(today())), (4, Some(today().plus_months(-7)))] {
        let (inspected_on, dated_on) = (today().plus_months(-12), today().plus_months(-13));
        let seen = Certificate { inspected_on, dated_on, finding: Finding::Nothing, activity_ended_on: ended };
        joins::note_certificate(tx, card(n), &seen)?;
    }
    joins::note_certificate(
        tx,
        card(5),
        &Certificate { inspected_on: today(), dated_on: today(), finding: Finding::Listed, activity_ended_on: None },
    )?;
    Ok(joins::forget_certificate(tx, card(5))?)
}

/// What was written is read.
pub fn cards_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    say_all!(
        out,
        cards::head(tx),
        cards::one(tx, card(1)),
        cards::one(tx, card(3)),
        cards::some(tx, &[card(4), card(2), card(2)]),
        cards::changed_since(tx, 3, 100),
        cards::due(tx, CLERK, today(), 100),
        tasks::link_of(tx, "digest"),
        tasks::links(tx, card(1)),
        tasks::tasks_of_card(tx, card(1)),
        tasks::tasks_of_keeper(tx, CLERK),
        tasks::task_of(tx, id(1)),
        tasks::proposal(tx, id(1)),
        tasks::open_tasks(tx, card(1), "proposal"),
        texts::of_card(tx, card(1)),
        texts::of_changed(tx, (0, i64::MAX)),
        joins::merges(tx, card(2)),
        joins::fields_taken(tx, id(1)),
        joins::certificate(tx, card(1), today()),
        joins::forgettable(tx, today()),
    );
    assert_eq!(cards::one(tx, card(1))?.unwrap().content, content("Anders", false));
    assert_eq!(texts::of_card(tx, card(1))?.len(), 2, "one text a language");
    assert_eq!(texts::of_card(tx, card(2))?, []);
    assert_eq!(joins::certificate(tx, card(4), today())?, None, "over for seven months");
    assert_eq!(joins::certificate(tx, card(5), today())?, None);
    assert_eq!(joins::forgettable(tx, today())?, [card(4)]);
    Ok(())
}
