// SPDX-License-Identifier: EUPL-1.2
//! People, protected addresses, the board, areas, hand-over and counselling, said alike on both engines.

use crate::alike::{CASE, say_all};
use crate::town::{CLERK, Fault, NOW, id, line, note, space_of, teams, today};
use domain::access::{HouseRule, Role};
use domain::casework::{
    Area, ConditionGround, ConditionResult, Confidence, Contact, Conversation, Danger, FamilyTold, Feedback, Holder,
    Home, Interpreter, LegalKind, NewArea, NewCaseJoin, NewCheck, NewCondition, NewCounsel, NewHandover, NewJoin,
    NewLegalRole, NewMove, NewNote, NewPerson, NewResidence, NewSeal, NewVisitNote, PersonRole, Proof, Receiver,
    SealReason, Speech, Step, TakenAway, Urgency, WaitReason, YesNo,
};
use domain::kernel::{CaseId, HumanId, Moment, PersonId, PersonName};
use store::access::{NewPost, release, rules};
use store::casework::briefs::NewVersion;
use store::casework::cases::NewCase;
use store::casework::handovers::Ways;
use store::casework::seals::{Sealed, SealedPlace};
use store::casework::undos::Ended;
use store::casework::visits::Went;
use store::casework::{
    areas, briefs, case_joins, cases, counsels, desk, handovers, legal, persons, seals, undos, visits,
};
use store::sight::RowSight;
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

const CHILD: u128 = 0x9001;

pub fn people(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (case, mother): (CaseId, PersonId) = (id(CASE), id(1));
    for (n, name) in [(CHILD, "Leyla Demir"), (0x9002, "Ayse Demir"), (0x9003, "Ayşe Demir")] {
        let new = NewPerson { name: PersonName::parse(name)?, role: PersonRole::Child, born: None };
        cases::insert_person(tx, id(n), case, &new)?;
    }
    let speech = Speech { language: Some(line("Türkisch")), interpreter: Some(Interpreter::Spoken) };
    persons::describe(tx, mother, &speech)?;
    persons::insert_contact(tx, id(1), (case, mother), &Contact::read("040 12-345")?)?;
    persons::insert_contact(tx, id(2), (case, mother), &Contact::read("ayse@post.example")?)?;
    persons::end_contact(tx, id(2), case)?;
    let (from, until) = (today(), None);
    let stay = |person, place: &str| NewResidence {
        person,
        place: line(place),
        home: Home::Without,
        with_whom: None,
        from,
        until,
    };
    persons::insert_residence(tx, id(1), case, &stay(mother, "Lindenweg 12"))?;
    persons::insert_residence(tx, id(2), case, &stay(id(CHILD), "Ginsterweg 7"))?;
    let role = NewLegalRole {
        child: id(CHILD),
        holder: Holder::Person(mother),
        kind: LegalKind::Custody,
        scope: None,
        from: Some(today()),
        until: None,
        proof: Proof::CourtOrder,
        proof_of: Some(today()),
        proof_words: Some(line("AG Musterhafen")),
    };
    legal::insert(tx, id(1), case, &role)?;
    let named = Holder::Named(PersonName::parse("Vera Vormund")?);
    legal::insert(tx, id(2), case, &NewLegalRole { holder: named, kind: LegalKind::Guardian, ..role })?;
    legal::end(tx, id(2), today(), &line("Aufgehoben"))?;
    let seal = NewSeal {
        place: line("Ginsterweg 7"),
        reason: SealReason::Register,
        why: note("Bedrohung"),
        review_on: today(),
    };
    let of = Sealed { case, person: id(CHILD), human: id(CHILD) };
    seals::insert(tx, id(1), of, &seal)?;
    let typed = SealedPlace { place: "Ginsterweg 7".into(), origin: "typed".into(), from: Some(today()), until: None };
    seals::insert_place(tx, Uuid::from_u128(1), id(1), &typed)?;
    for (n, place) in (2..).zip(seals::take_residences(tx, id(CHILD))?) {
        seals::insert_place(tx, Uuid::from_u128(n), id(1), &place)?;
    }
    seals::keep_look(tx, Uuid::from_u128(1), id(1), &note("Hausbesuch"))?;
    joins(tx)?;
    board(tx)?;
    area(tx, case)?;
    rest(tx, case)
}

fn joins(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let entry = |n: u128| persons::entry(tx, id(n)).map(|entry| entry.unwrap());
    let new = |joined: u128| NewJoin { kept: id(1), joined: id(joined), why: note("Geburtsurkunde") };
    persons::join(tx, id(1), &new(0x9002), (&entry(1)?, &entry(0x9002)?))?;
    persons::join(tx, id(2), &new(0x9003), (&entry(1)?, &entry(0x9003)?))?;
    assert!(persons::undo_join(tx, id(2), id(0x9003))? && !persons::undo_join(tx, id(2), id(0x9003))?);
    Ok(())
}

fn board(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let new = desk::NewOnBoard { report: id(1), owner: Some(CLERK), danger: Danger::SignsOrUnsure, feedback_due: true };
    desk::insert(tx, new)?;
    let (step, urgency, outcome, why) = (Step::Clarification, Urgency::AtOnce, None, Some(note("Weil")));
    let moved = NewMove { step, urgency, owner: None, outcome, why };
    desk::move_to(tx, Uuid::from_u128(1), id(1), (&moved, Some(CLERK), NOW))?;
    desk::own(tx, id(1), CLERK)?;
    Ok(())
}

fn area(tx: &WriteTx<'_>, case: CaseId) -> Result<(), Fault> {
    let new = NewArea {
        area: Area::Clarification,
        since: today(),
        facts: note("Gesehen"),
        reading: Some(note("Vielleicht")),
        professionals: vec![line("A"), line("B")],
        questions: vec![line("Wer ist abends da?")],
        due_on: Some(today()),
    };
    areas::insert(tx, id(1), case, &new)?;
    areas::open_clarification(tx, id(1), (case, id(1)), (today().plus_days(-1), &[(id(1), line("Wer?"))]))?;
    areas::answer(tx, id(1), &note("Die Tante"))?;
    let condition = NewCondition {
        words: note("Nicht allein"),
        evidence: line("Besuch"),
        ground: ConditionGround::Court,
        set_on: today(),
        check_on: today(),
    };
    areas::insert_condition(tx, id(1), case, &condition)?;
    let check = NewCheck {
        result: ConditionResult::Partly,
        seen: note("Licht an"),
        checked_on: today(),
        next_on: Some(today()),
    };
    areas::insert_check(tx, Uuid::from_u128(1), id(1), &check)?;
    assert!(areas::lift(tx, id(1), &line("Beschluss"))? && !areas::lift(tx, id(1), &line("Beschluss"))?);
    Ok(areas::danger_since(tx, case, Some(today()))?)
}

/// What several write on, what can be taken back, two cases of one family.
fn shared(tx: &WriteTx<'_>, case: CaseId) -> Result<(), Fault> {
    let version =
        |n: u128, number, words| NewVersion { id: id(n), number, words, based_on: number - 1, merged: n == 2 };
    briefs::insert(tx, case, &version(1, 1, "Erst."))?;
    briefs::insert(tx, case, &version(2, 2, "Dann."))?;
    let kind = TakenAway::Contact;
    undos::remember(tx, &Ended { id: id(1), case, kind, object: Uuid::from_u128(2), words: "ayse@post.example" })?;
    undos::remember_until(tx, id(1), Some(today()))?;
    visited(tx, case)?;
    let other: CaseId = id(0x9100);
    let (number, family) = (cases::next_number(tx, 2026)?, PersonName::parse("Demir")?);
    let (team, danger_since) = (teams()[0].0, None);
    let space = Some(space_of(team));
    cases::insert(
        tx,
        &NewCase { id: other, number: &number, family: &family, team, space, worker: CLERK, danger_since },
    )?;
    let third: CaseId = id(0x9101);
    let number = cases::next_number(tx, 2026)?;
    cases::insert(
        tx,
        &NewCase { id: third, number: &number, family: &family, team, space, worker: CLERK, danger_since },
    )?;
    let new = NewCaseJoin { kept: case, joined: other, why: line("Dieselbe Adresse") };
    Ok(case_joins::join(tx, id(1), &new, Some(today()))?)
}

/// A visit that was called back, one that is open, a note in the file and one that waits.
fn visited(tx: &WriteTx<'_>, case: CaseId) -> Result<(), Fault> {
    let ends = NOW.plus_minutes(24 * 60);
    visits::insert(tx, id(1), ends, &[(case, NOW)])?;
    visits::insert(tx, id(2), ends, &[(case, NOW)])?;
    assert!(!visits::call_back(tx, id(1))?, "the later one called it back");
    let new = |words: &str| NewVisitNote {
        case,
        note: NewNote { words: note(words), noted_on: today(), people: Vec::new(), confidence: Confidence::Entrusted },
    };
    visits::insert_note(tx, id(1), id(2), &new("Steht"), Went::Kept(id(1)))?;
    visits::insert_note(tx, id(2), id(2), &new("Wartet"), Went::Waits(WaitReason::CaseChanged))?;
    visits::insert_note(tx, id(3), id(2), &new("Kommt an"), Went::Waits(WaitReason::RightGone))?;
    assert!(visits::hand_in(tx, id(3), id(1))? && !visits::hand_in(tx, id(3), id(1))?, "handed in once");
    Ok(visits::know(tx, id(2), case)?)
}

fn rest(tx: &WriteTx<'_>, case: CaseId) -> Result<(), Fault> {
    let to = (teams()[1].0, space_of(teams()[1].0));
    let ways = Ways { from: teams()[0].0, worker: CLERK, to: Some(to) };
    let words = || Some(note("Jeden Freitag anrufen"));
    let told = Conversation { held_on: Some(today()), with_whom: Some(line("Mutter")), ..Conversation::default() };
    let new = NewHandover {
        to: Receiver::Space(to.1),
        why: note("Umzug"),
        promised: words(),
        remember: words(),
        due_on: None,
        told: None,
    };
    shared(tx, case)?;
    handovers::insert(tx, id(2), case, ways, &new)?;
    assert!(handovers::hold(tx, id(2), (CLERK, Some(CLERK)), &told)?);
    assert!(!handovers::keep(tx, id(2), &note("zu spät"))?, "closed once");
    handovers::entrust(tx, case, CLERK)?;
    let child = PersonName::parse("Mo")?;
    let new = NewCounsel { child, begun_on: today(), why_silent: note("Angst"), words: note("Erzählt") };
    counsels::insert(tx, id(1), &new)?;
    counsels::insert_entry(tx, Uuid::from_u128(1), id(1), today(), &note("Erzählt"))?;
    counsels::end(tx, id(1), today(), today())?;
    let post = |n: u128| NewPost {
        id: id(n),
        user: id(0x4001),
        role: Role::Administrator,
        region: None,
        team: None,
        from: today(),
    };
    release::insert(tx, id(1), &post(1))?;
    release::insert(tx, id(2), &post(2))?;
    assert!(release::settle(tx, id(2), false)? && !release::settle(tx, id(2), true)?);
    Ok(rules::set(tx, HouseRule::SheetDays, 7)?)
}

pub fn people_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (all, case): (_, CaseId) = (&RowSight::Everything, id(CASE));
    say_all!(
        out,
        persons::contacts(tx, case),
        persons::residences(tx, case),
        persons::entry(tx, id(0x9002)),
        persons::sounding_like(tx, "Demir Ayse", 10),
        persons::of_human(tx, HumanId(Uuid::from_u128(1))),
        persons::joining(tx, id(1)),
        persons::joins(tx, case),
        legal::of_case(tx, case),
        legal::case_of(tx, id(2)),
        seals::one(tx, id(1)),
        seals::of_case(tx, case),
        seals::is_sealed(tx, id(CHILD)),
        seals::any_in_case(tx, case),
        seals::places(tx, id(1)).map(|places| places.len()),
        seals::streets(tx, case),
        seals::looks(tx, id(1)),
        desk::board(tx, Step::Clarification, all, today(), 10),
        desk::feedback_due(tx, all, 10),
        desk::one(tx, id(1)),
        desk::steps(tx, id(1)),
        areas::of_case(tx, case),
        areas::questions(tx, case),
        areas::case_of_question(tx, id(1)),
        areas::unclear(tx, all, 10),
        areas::conditions(tx, case),
        areas::case_of_condition(tx, id(1)),
        handovers::of_case(tx, case),
        counsels::of_worker(tx, CLERK, 10),
        counsels::one(tx, id(1), CLERK),
        counsels::entries(tx, id(1), CLERK),
        counsels::over(tx, today()),
        briefs::versions(tx, case, 10),
        briefs::one(tx, case, 1),
        visits::one(tx, id(1)),
        visits::open_of(tx, CLERK, NOW),
        visits::open(tx, NOW, 10),
        visits::cases(tx, id(2)),
        visits::old(tx, NOW.plus_minutes(100_000)),
        visits::moved_at(tx, case),
        visits::known_at(tx, id(2), case),
        visits::note(tx, id(1), CLERK),
        visits::waiting(tx, CLERK),
        undos::of_case(tx, case, Moment(0)),
        undos::one(tx, id(1)),
        undos::contact_words(tx, Uuid::from_u128(1)),
        undos::condition_words(tx, Uuid::from_u128(1)),
        undos::lived_name(tx, Uuid::from_u128(1)),
        undos::help_words(tx, Uuid::from_u128(1)),
        case_joins::one(tx, id(1)),
        case_joins::around(tx, case),
        case_joins::same_name(tx, id(0x9100), teams()[0].0),
    );
    assert_eq!(cases::people(tx, case)?.len(), 5, "one of six entries was joined");
    assert_eq!(persons::residences(tx, case)?.len(), 1, "what is protected stands open nowhere");
    Ok(())
}

/// Told once, then given: apart from the others, as it changes what is due.
pub fn told(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let facts = Feedback {
        confirmed: YesNo::Yes,
        became_active: YesNo::Yes,
        still_active: YesNo::No,
        family_told: FamilyTold::Told,
        told_on: today(),
    };
    Ok(desk::tell(tx, Uuid::from_u128(1), id(1), &facts)?)
}

pub fn told_say(tx: &ReadTx<'_>) -> Result<Vec<String>, StoreError> {
    let mut out = Vec::new();
    let said = &mut out;
    say_all!(said, desk::feedback(tx, id(1)), desk::one(tx, id(1)));
    Ok(out)
}
