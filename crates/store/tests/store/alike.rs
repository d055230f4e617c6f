// SPDX-License-Identifier: EUPL-1.2
//! The same town, read through every reading function, says the same on both engines: same rows, same order.

use crate::fresh::Fresh;
use crate::town::{
    CLERK, Fault, NOW, agency_ids, change, found, id, insert_agency, insert_commission, line, note, read, regions,
    space_of, teams, today,
};
use domain::access::{Email, HouseRule, Role};
use domain::audit::DeedKind;
use domain::budget::MoneyKind;
use domain::casework::{
    Channel, Confidence, Danger, Field, GoalLevel, IdeaKind, NewGoal, NewIdea, NewNote, NewPassing, NewPerson,
    NewRating, NewReport, NewStatement, NewStep, NewStrength, OrderWarning, PassingReason, PersonRole, Question, Rater,
    Reporter, ReporterKind, Route, StatementKind, state,
};
use domain::exchange::TransmissionKind;
use domain::kernel::{CaseId, CommissionId, PersonId, PersonName};
use domain::territory::{Bound, Boundary, Point, Polygon, Postcode, Ring, SpaceKey, Span, StreetRange};
use std::fmt::Debug;
use store::access::{NewAccount, NewPost};
use store::budget_allocation;
use store::casework::case_list::{self, Which, Whose};
use store::casework::{
    cases, consultations, goals, notes, order_warnings, plans, reporters, reports, search, statements, timeline,
    workload,
};
use store::exchange::NewTransmission;
use store::sight::RowSight;
use store::territory::EditionKind;
use store::{Db, ReadTx, StoreError, WriteTx, access, agencies, audit, budget, exchange, offices, territory};
use uuid::Uuid;

pub const CASE: u128 = 1 << 32;
const NAMES: &[&str] = &["Zora", "Ärger", "anna", "Anna", "Öl", "Ofen", "ß", "Łódź", "Ahmad"];

fn people_and_cards(tx: &WriteTx<'_>) -> Result<(), Fault> {
    for (n, name) in (1..).zip(NAMES) {
        let email = Email::parse(&format!("p{n}@amt.example"))?;
        let agency = (n % 3 == 0).then(|| agency_ids()[0]);
        let demo_key = (n % 2 == 0).then(|| format!("{name}-{n}"));
        let password_hash = Some("argon2".to_owned());
        let user = id(0x4000 + n);
        access::insert_account(tx, &NewAccount { id: user, name: line(name), email, agency, password_hash, demo_key })?;
        let (team, region) = if n % 2 == 0 { (Some(teams()[0].0), None) } else { (None, Some(regions()[0])) };
        let from = today();
        access::insert_post(tx, &NewPost { id: id(0x5000 + n), user, role: Role::CaseWorker, region, team, from })?;
        insert_agency(tx, id(0x6000 + n), &format!("Träger {name} {n}"))?;
        agencies::give_seat(tx, teams()[1].0, id(0x6000 + n))?;
    }
    crate::alike_cards::cards(tx, NAMES)?;
    crate::alike_trade::imports(tx)?;
    access::end_post(tx, id(0x5001), today())?;
    access::start_session(tx, "hash", Uuid::from_u128(1), NOW.plus_minutes(60))?;
    access::drafts::keep_draft(tx, "report", "said", "Erst")?;
    Ok(access::drafts::keep_draft(tx, "report", "said", "Dann")?)
}

fn case_and_money(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let commission: CommissionId = insert_commission(tx, 1)?;
    let why = (OrderWarning::ConsentEnded, &note("Rechtsanspruch"));
    order_warnings::insert(tx, Uuid::from_u128(1), (id(CASE), commission), why)?;
    let (case, person): (CaseId, PersonId) = (id(CASE), id(1));
    let new = NewPerson { name: PersonName::parse("Ayşe Demir")?, role: PersonRole::Mother, born: Some(today()) };
    cases::insert_person(tx, person, case, &new)?;
    let (kind, own_part) = (StatementKind::Will, Some(note("Ich gehe hin.")));
    let said = NewStatement { kind, words: note("Ich will."), own_part, speaker: Some(person), said_on: today() };
    statements::insert(tx, id(1), case, &state(said, today())?)?;
    statements::insert_goal(tx, id(1), case, &NewGoal { words: note("Ziel"), owner: person, agreed_on: today() })?;
    let due_on = Some(today().plus_days(60));
    let step = NewStep { words: note("Schritt"), owner: person, agreed_on: today(), due_on };
    goals::insert_step(tx, id(2), (case, id(1)), &step)?;
    let rating =
        NewRating { rater: Rater::Child, level: GoalLevel::Begun, said_on: today(), words: Some(note("Geht")) };
    goals::insert_rating(tx, Uuid::from_u128(3), (case, id(2)), &rating)?;
    for (n, confidence) in [(1, Confidence::File), (2, Confidence::Entrusted)] {
        let new = NewNote { words: note("Gesehen"), noted_on: today(), people: vec![person], confidence };
        notes::insert(tx, id(n), case, &new)?;
    }
    let passing = NewPassing { to: id(0x4001), reason: PassingReason::Consent, why: note("Sie will es") };
    notes::insert_passing(tx, Uuid::from_u128(1), (case, id(2)), &passing)?;
    let strength = NewStrength { field: Field::Social, words: line("Nachbarin"), owner: None };
    statements::insert_strength(tx, id(1), case, &strength)?;
    let report = NewReport {
        received: NOW,
        channel: Channel::Phone,
        said: note("Gesagtes"),
        place: line("Lindenweg 12"),
        danger: Danger::SignsOrUnsure,
        family: Some(PersonName::parse("Demir")?),
    };
    let route = Route::Team(space_of(teams()[0].0), teams()[0].0);
    reports::insert(tx, &reports::Routed { id: id(1), report: &report, route, found: "street", case: Some(case) })?;
    reporters::keep_look(tx, Uuid::from_u128(1), id(1), Some(&note("Rückfrage")))?;
    reports::insert_reporter(tx, id(1), &Reporter::new(ReporterKind::School, None, Some(line("Tel. 1"))))?;
    let question = Question { question: note("Frage"), sheet: note("Bogen"), meets_on: today(), read_over: true };
    consultations::insert(tx, id(1), case, teams()[0].0, &question)?;
    consultations::insert_idea(tx, id(1), id(1), &NewIdea { kind: IdeaKind::Social, words: line("Patin") })?;
    let (agency, kind) = (agency_ids()[0], TransmissionKind::Commission);
    let (subject, content) = ("Betreff".to_owned(), "Inhalt".to_owned());
    exchange::send(
        tx,
        &NewTransmission { id: id(1), agency, case, kind, object: id(1), subject, content, sections: vec!["goals"] },
    )?;
    crate::alike_money::money(tx, commission)
}

fn boundary() -> Boundary {
    let point = |east: i64, north: i64| Point::from_mm(500_000_000 + east, 5_900_000_000 + north).unwrap();
    let square = |from: i64, to: i64| {
        Ring::new(vec![point(from, from), point(to, from), point(to, to), point(from, to)]).unwrap()
    };
    let hollow = Polygon::new(square(0, 900_000), vec![square(100_000, 200_000), square(300_000, 400_000)]);
    Boundary::new(vec![hollow, Polygon::new(square(1_000_000, 2_000_000), Vec::new())]).unwrap()
}

fn ranges() -> Vec<StreetRange> {
    let bound = |number, addition: &str| Bound { number, addition: addition.to_owned() };
    let whole = Span { from: bound(Some(1), ""), to: bound(None, "") };
    let part = Span { from: bound(Some(2), ""), to: bound(Some(12), "a") };
    let key = SpaceKey::parse("001002003").unwrap();
    let street = line("Straße des 17. Juni");
    let postcode = Postcode::parse("01067").ok();
    vec![
        StreetRange {
            row: 1,
            street: street.clone(),
            postcode,
            place: None,
            odd: Some(whole),
            even: None,
            key: key.clone(),
        },
        StreetRange { row: 2, street, postcode: None, place: Some(line("Dorf")), odd: None, even: Some(part), key },
    ]
}

fn ground(tx: &WriteTx<'_>) -> Result<(), Fault> {
    territory::insert_team(tx, id(0x999), regions()[0], "Bereitschaft", Some(today()))?;
    territory::insert_edition(tx, id(1), EditionKind::Boundaries, today())?;
    territory::insert_boundary(tx, id(1), space_of(teams()[0].0), &boundary())?;
    territory::insert_edition(tx, id(2), EditionKind::Streets, today())?;
    for (seq, range) in (1..).zip(ranges()) {
        territory::insert_range(tx, id(2), seq, &range)?;
    }
    Ok(territory::rename_space(tx, space_of(teams()[2].0), &line("Ödland"))?)
}

/// What a reading function says, under its name.
pub fn say(out: &mut Vec<String>, name: &str, said: Result<impl Debug, StoreError>) -> Result<(), StoreError> {
    let said = format!("{:?}", said?);
    assert!(!matches!(said.as_str(), "None" | "[]" | "0" | "false"), "{name} says nothing: {said}");
    out.push(format!("{name}: {said}"));
    Ok(())
}

macro_rules! say_all {
    ($out:ident, $($said:expr),* $(,)?) => { $(crate::alike::say($out, stringify!($said), $said)?;)* };
}
pub(crate) use say_all;

/// Every reading function of the store, with rows for each.
fn everything(tx: &ReadTx<'_>) -> Result<Vec<String>, StoreError> {
    let mut out = Vec::new();
    people_and_money_say(tx, &mut out)?;
    case_says(tx, &mut out)?;
    crate::alike_explored::explored_say(tx, &mut out)?;
    crate::alike_people::people_say(tx, &mut out)?;
    crate::alike_agreements::agreements_say(tx, &mut out)?;
    crate::alike_protection::protection_says(tx, &mut out)?;
    ground_and_cards_say(tx, &mut out)?;
    crate::alike_quarter::quarter_says(tx, &mut out)?;
    crate::alike_letters::letters_say(tx, &mut out)?;
    crate::alike_team::team_says(tx, &mut out)?;
    crate::alike_trade::imports_say(tx, &mut out)?;
    crate::alike_ending::ending_says(tx, &mut out)?;
    crate::alike_talks::talks_say(tx, &mut out)?;
    Ok(out)
}

fn people_and_money_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (all, team) = (&RowSight::Everything, teams()[0].0);
    let email = Email::parse("p1@amt.example").or(Err(StoreError::KeyReused))?;
    let pot = budget::find_pot(tx, regions()[0], 2026, MoneyKind::IndividualClaim)?.ok_or(StoreError::KeyReused)?;
    say_all!(
        out,
        offices::all(tx),
        access::office_name(tx),
        access::account(tx, &email),
        access::demo_accounts(tx),
        access::people(tx, "", 100),
        access::people(tx, "a", 100),
        access::session(tx, "hash", NOW, NOW.plus_minutes(-30)),
        access::release::one(tx, id(1)),
        access::release::open(tx),
        access::rules::value(tx, HouseRule::SheetDays),
        access::rules::value(tx, HouseRule::DraftDays),
        access::actor(tx, id(0x4002), today()),
        access::actor(tx, id(0x4003), today()),
        access::colleagues(tx, team, today()),
        access::drafts::drafts(tx, CLERK, "report", NOW),
        access::drafts::open_drafts(tx, CLERK, NOW),
        access::drafts::count_other_forms(tx, CLERK, "other"),
        agencies::all(tx),
        agencies::one(tx, agency_ids()[0]),
        agencies::seats(tx, teams()[1].0).map(|seats| seats.len()),
        agencies::all_seats(tx).map(|seats| seats.len()),
        audit::latest(tx, i64::MAX, 10),
        audit::verify(tx),
        budget::regions(tx, all),
        budget::region_of_team(tx, team),
        budget_allocation::list(tx, true),
        budget_allocation::list(tx, false),
        budget_allocation::one(tx, id(1)),
        budget_allocation::snapshot(tx, id(3)),
        budget_allocation::in_force(tx, 2027, id(2)),
        budget_allocation::counting(tx, 2026),
        budget_allocation::booked(tx, 2026),
    );
    crate::alike_money::ledger_says(tx, pot, out)
}

fn case_says(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (all, case, from_newest) = (&RowSight::Everything, id(CASE), cases::FROM_NEWEST);
    say_all!(
        out,
        cases::one(tx, case),
        case_list::list(tx, all, Which::all(Whose::Teams), from_newest, 10),
        cases::space_of(tx, case),
        search::find(tx, all, "Ayse", 10),
        search::find(tx, all, "dem ayse", 10),
        search::find(tx, all, "040 12", 10),
        search::find(tx, all, "345", 10),
        cases::people(tx, case),
        case_list::count(tx, all, Which::all(Whose::Teams)),
        case_list::list(tx, all, Which::open(Whose::Of(CLERK)), from_newest, 10),
        case_list::count(tx, all, Which::open(Whose::Of(CLERK))),
        workload::cases(tx, all),
        order_warnings::of_case(tx, case),
        cases::in_danger(tx, all, 10),
        consultations::one(tx, id(1)),
        consultations::of_case(tx, case),
        consultations::agenda(tx, all, today(), 10),
        consultations::agenda_sent_to(tx, all, agency_ids()[0], (today(), 10)),
        consultations::ideas(tx, id(1)),
        exchange::one(tx, id(1)),
        exchange::of_case(tx, case),
        exchange::was_sent(tx, id(1), agency_ids()[0]),
        exchange::for_agencies(tx, all, TransmissionKind::Commission, (NOW.plus_minutes(1), id(1)), 10),
        goals::ladder(tx, case),
        goals::one(tx, id(2)),
        goals::ratings(tx, case),
        notes::of_case(tx, case, CLERK, 10),
        notes::of_case(tx, case, id(0x4001), 10).map(|all| all.len()),
        notes::written_by(tx, id(2), CLERK),
        notes::passings(tx, case, CLERK),
        plans::next_version(tx, case),
        plans::versions(tx, case),
        plans::version(tx, id(CASE | 0x10)),
        plans::decided(tx, id((CASE | 0x10) + 1)),
        plans::commissions(tx, case),
        reporters::looks(tx, id(1)),
        reports::one(tx, id(1)),
        reports::count(tx, reports::Stage::Case, all),
        reports::reporter(tx, id(1)),
        reports::taken_by(tx, id(1), CLERK),
        reports::space_of(tx, id(1)),
        reports::similar(tx, "Demirr", 10),
        statements::of_case(tx, case),
        statements::goals(tx, case),
        statements::strengths(tx, case),
        goals::of_words(tx, case, "Ziel"),
        exchange::case_of(tx, id(1)),
        timeline::of_case(tx, case, 10),
    );
    Ok(())
}

fn ground_and_cards_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    crate::alike_cards::cards_say(tx, out)?;
    crate::alike_match::matched_say(tx, out)?;
    let space = space_of(teams()[0].0);
    say_all!(
        out,
        territory::spaces(tx),
        territory::newest_space(tx),
        territory::team_of(tx, space),
        territory::overview(tx),
        territory::teams(tx),
        territory::duty_desk(tx),
        territory::region_by_name(tx, &line(&format!("Region {}", regions()[1]))),
        territory::edition_on(tx, EditionKind::Boundaries, today()),
        territory::boundaries(tx, id(1)),
        territory::ranges(tx, id(2)),
    );
    assert_eq!(territory::boundaries(tx, id(1))?, [(space, boundary())]);
    assert_eq!(territory::ranges(tx, id(2))?, ranges());
    Ok(())
}

/// An office with a little of everything.
pub async fn fill(db: &Db) {
    found(db).await;
    for write in [
        people_and_cards,
        case_and_money,
        crate::alike_people::people,
        crate::alike_protection::dues,
        crate::alike_protection::protected,
        crate::alike_explored::explored,
        crate::alike_agreements::agreed,
        ground,
        crate::alike_money::allocations,
        crate::alike_quarter::quarter,
        crate::alike_ending::ending,
        crate::alike_letters::letters,
        crate::alike_match::matched,
        crate::alike_team::met,
        crate::alike_talks::talked,
    ] {
        change(db, None, (DeedKind::CaseOpened, Uuid::nil()), write).await.unwrap();
    }
}

async fn said_by(fresh: &Fresh) -> Vec<String> {
    let db = fresh.db().await;
    fill(&db).await;
    let mut said = read(&db, everything).await;
    change(&db, None, (DeedKind::ReporterTold, Uuid::nil()), crate::alike_people::told).await.unwrap();
    said.extend(read(&db, crate::alike_people::told_say).await);
    said
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_say_the_same() {
    let (sqlite, postgres) = (Fresh::sqlite(), Fresh::postgres().await);
    let (ours, theirs) = (said_by(&sqlite).await, said_by(&postgres).await);
    assert_eq!(ours.len(), theirs.len());
    for (a, b) in ours.iter().zip(&theirs) {
        assert_eq!(a, b);
    }
    postgres.remove().await;
}

/// A reading function that nobody added above is found here.
#[test]
fn no_reading_function_is_left_out() {
    // Every file of this test whose name begins with `alike`.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let alike = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("alike");
    let here: String = files.filter(alike).map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let mut count = 0;
    for path in crate::statements::all_sources() {
        let source = std::fs::read_to_string(&path).unwrap();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let room = if stem == "mod" { folder } else { stem };
        for rest in source.split("\npub fn ").skip(1) {
            let (name, arguments) = rest.split_once('(').unwrap();
            if arguments.trim_start().starts_with("tx: &ReadTx") {
                count += 1;
                assert!(here.contains(&format!("{room}::{name}(")), "{room}::{name} is not compared above");
            }
        }
    }
    assert!(count > 50, "only {count} reading functions were found");
}
