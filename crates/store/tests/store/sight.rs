// SPDX-License-Identifier: EUPL-1.2
//! A list shows exactly what the policy would show one by one: for thousands of random people, random things in
//! random teams, and several offices that use the same ids in one database.

use crate::fresh::Fresh;
use crate::town::{
    Fault, NOW, agency_ids, change_in, found_in, frame, id, insert_case, line, note, regions, space_of, teams, today,
    workers,
};
use domain::access::{Action, Actor, Controller, Place, Post, Role, Standing, permit, sight};
use domain::audit::DeedKind;
use domain::casework::{Channel, Danger, NewPerson, NewReport, PersonRole, Question, Route, Step};
use domain::exchange::TransmissionKind;
use domain::kernel::{
    AgencyId, CaseId, Moment, OfficeId, PersonName, RegionId, ReportId, TeamId, TransmissionId, UserId, fold,
    name_words, phonetic,
};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof};
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::fmt::Debug;
use store::casework::case_list::{self, Which, Whose};
use store::casework::desk::{self, NewOnBoard};
use store::casework::{cases, consultations, reports, search, workload};
use store::exchange::{self, NewTransmission};
use store::sight::RowSight;
use store::{Db, Frame, ReadTx, StoreError, WriteTx, budget};
use uuid::Uuid;

on_both_engines!(lists_show_what_single_looks_would);

const OFFICES: u128 = 5;
const FAMILIES: &[&str] = &["Demir", "Demirel", "Özil", "Oezil", "Schmidt", "Schmitt", "Ng"];
const PEOPLE: &[&str] = &["Ayşe Nachtigall", "Jörg Demir", "Nele Ng"];
const SEARCHES: &[&str] = &["demir", "Özil", "Schmidt", "Ayşe", "N", "2026-000", "niemand"];

/// One case with all that hangs on it: a report, an agenda item, a transmission.
#[derive(Debug, Clone)]
struct Thing {
    n: u128,
    team: TeamId,
    worker: UserId,
    family: &'static str,
    person: Option<&'static str>,
    stage: reports::Stage,
    agency: AgencyId,
    kind: TransmissionKind,
}

impl Thing {
    /// Ids in another order than that of their making.
    fn id<T: From<Uuid>>(&self) -> T {
        id((self.n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))
    }
}

fn things() -> impl Strategy<Value = Vec<Thing>> {
    let thing = (
        (select(teams()), select(workers().to_vec()), select(FAMILIES), proptest::option::of(select(PEOPLE))),
        select(vec![reports::Stage::Unassigned, reports::Stage::New, reports::Stage::Case]),
        select(agency_ids()),
        select(TransmissionKind::ALL),
    );
    let thing = thing.prop_map(|(((team, _), worker, family, person), stage, agency, kind)| Thing {
        n: 0,
        team,
        worker,
        family,
        person,
        stage,
        agency,
        kind,
    });
    vec(thing, 15..45).prop_map(|things| (0..).zip(things).map(|(n, thing)| Thing { n, ..thing }).collect())
}

fn actors() -> impl Strategy<Value = Actor> {
    let controller = prop_oneof![Just(Controller::Office), select(agency_ids()).prop_map(Controller::Agency)];
    let region = |region| Place::Region(region, teams().iter().filter(|t| t.1 == region).map(|t| t.0).collect());
    let place = prop_oneof![
        1 => Just(Place::Office),
        3 => select(regions()).prop_map(region),
        6 => select(teams()).prop_map(|(team, region)| Place::Team(team, region)),
        4 => select(agency_ids()).prop_map(Place::Agency),
    ];
    let post = (select(Role::ALL), place).prop_map(|(role, place)| Post { role, place });
    (controller, vec(post, 0..4), any::<u64>()).prop_map(|(controller, posts, n)| Actor {
        user: id(n.into()),
        controller,
        posts,
    })
}

fn insert(tx: &WriteTx<'_>, thing: &Thing) -> Result<(), Fault> {
    let case: CaseId = thing.id();
    insert_case(tx, case, thing.team, thing.family)?;
    if let Some(name) = thing.person {
        let person = NewPerson { name: PersonName::parse(name)?, role: PersonRole::Child, born: None };
        cases::insert_person(tx, thing.id(), case, &person)?;
    }
    let report = NewReport {
        received: NOW,
        channel: Channel::Phone,
        said: note("Gesagtes"),
        place: line("Lindenweg 12"),
        danger: Danger::NoSigns,
        family: None,
    };
    let route = match thing.stage {
        reports::Stage::Unassigned => Route::DutyDesk(thing.team),
        _ => Route::Team(space_of(thing.team), thing.team),
    };
    let opened = (thing.stage == reports::Stage::Case).then_some(case);
    let routed = reports::Routed { id: thing.id(), report: &report, route, found: "street", case: opened };
    reports::insert(tx, &routed)?;
    let on_board = NewOnBoard { report: thing.id(), owner: None, danger: Danger::NoSigns, feedback_due: false };
    desk::insert(tx, on_board)?;
    let question = Question { question: note("Frage"), sheet: note("Bogen"), meets_on: today(), read_over: true };
    consultations::insert(tx, thing.id(), case, thing.team, &question)?;
    let (subject, content) = ("Betreff".to_owned(), "Inhalt".to_owned());
    let copy = NewTransmission {
        id: thing.id(),
        agency: thing.agency,
        case,
        kind: thing.kind,
        object: Uuid::from_u128(9),
        subject,
        content,
        sections: Vec::new(),
    };
    Ok(exchange::send(tx, &copy)?)
}

/// A list must hold what the policy would show of each single thing, and no others.
struct Looks<'a> {
    actor: &'a Actor,
    things: &'a [Thing],
    faults: RefCell<Vec<String>>,
}

impl Looks<'_> {
    fn may(&self, action: Action, standing: Standing) -> bool {
        permit(self.actor, action, standing).is_ok()
    }

    fn seen<T: From<Uuid> + Ord>(&self, action: Action, also: impl Fn(&Thing) -> bool) -> Vec<T> {
        let standing = |thing: &Thing| match action {
            Action::SeeMandate => Standing::Agency(thing.agency),
            _ => Standing::Team(thing.team),
        };
        let seen = self.things.iter().filter(|thing| self.may(action, standing(thing)) && also(thing));
        let mut ids: Vec<T> = seen.map(Thing::id).collect();
        ids.sort_unstable();
        ids
    }

    fn same<T: Ord + Debug>(&self, what: &str, mut listed: Vec<T>, seen: Vec<T>) {
        listed.sort_unstable();
        if listed != seen {
            self.faults.borrow_mut().push(format!("{what}: listed {listed:?}, but may see {seen:?}"));
        }
    }

    fn counted<T>(&self, what: &str, count: i64, seen: &[T]) {
        if usize::try_from(count) != Ok(seen.len()) {
            self.faults.borrow_mut().push(format!("{what}: {count} counted, but may see {}", seen.len()));
        }
    }
}

fn ids(lines: Vec<cases::CaseLine>) -> Vec<CaseId> {
    lines.into_iter().map(|line| line.id).collect()
}

fn check_cases(tx: &ReadTx<'_>, looks: &Looks<'_>, in_sight: &RowSight) -> Result<(), StoreError> {
    let seen = |also: &dyn Fn(&Thing) -> bool| looks.seen::<CaseId>(Action::SeeCase, also);
    let all = seen(&|_| true);
    let listed = ids(case_list::list(tx, in_sight, Which::all(Whose::Teams), cases::FROM_NEWEST, 1_000)?);
    assert!(listed.is_sorted_by(|a, b| a > b), "all moved at once, so the order is that of the ids");
    looks.same("all cases", listed, all.clone());
    looks.same("cases page by page", paged(tx, in_sight)?, all.clone());
    looks.same("cases in danger", ids(cases::in_danger(tx, in_sight, 1_000)?), all.clone());
    looks.counted("count of cases", case_list::count(tx, in_sight, Which::all(Whose::Teams))?, &all);
    for worker in workers() {
        let own = seen(&|thing| thing.worker == worker);
        let listed = ids(case_list::list(tx, in_sight, Which::all(Whose::Of(worker)), cases::FROM_NEWEST, 1_000)?);
        looks.counted(
            "count of a worker's cases",
            case_list::count(tx, in_sight, Which::all(Whose::Of(worker)))?,
            &own,
        );
        looks.same("cases of a worker", listed, own.clone());
        let open = Which::open(Whose::Of(worker));
        let listed = ids(case_list::list(tx, in_sight, open, cases::FROM_NEWEST, 1_000)?);
        looks.counted("count of a worker's open cases", case_list::count(tx, in_sight, open)?, &own);
        looks.same("open cases of a worker", listed, own.clone());
        let carried = workload::cases(tx, in_sight)?;
        let carried: i64 = carried.iter().filter(|tally| tally.0 == worker).map(|tally| tally.3).sum();
        looks.counted("what a worker carries", carried, &own);
    }
    for words in SEARCHES {
        let hits = seen(&|thing| thing.is_found_by(words));
        looks.same(words, ids(search::find(tx, in_sight, words, 1_000)?), hits);
    }
    Ok(())
}

impl Thing {
    /// The slow way: every word of every name, one after the other.
    fn is_found_by(&self, words: &str) -> bool {
        if words == "2026-000" {
            return self.n_of_year() < 10;
        }
        let heard = fold(words);
        let mut asked: Vec<(String, &str)> = name_words(words).into_iter().zip(heard.split(' ')).collect();
        asked.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let names: Vec<&str> = std::iter::once(self.family).chain(self.person).collect();
        let begins = |asked: &str| {
            let same = |word: &String| if asked.len() < 3 { word == asked } else { word.starts_with(asked) };
            names.iter().any(|name| name_words(name).iter().any(same))
        };
        let Some((first, heard)) = asked.first() else { return false };
        let sound = phonetic(heard);
        let alike = sound.len() > 1 && names.iter().any(|name| phonetic(name).split(' ').any(|one| one == sound));
        (begins(first) || alike) && asked.get(1).is_none_or(|(second, _)| begins(second))
    }

    /// Cases are numbered in the order of their making.
    fn n_of_year(&self) -> u128 {
        self.n + 1
    }
}

fn paged(tx: &ReadTx<'_>, in_sight: &RowSight) -> Result<Vec<CaseId>, StoreError> {
    let (mut all, mut after) = (Vec::new(), cases::FROM_NEWEST);
    loop {
        let page = case_list::list(tx, in_sight, Which::all(Whose::Teams), after, 7)?;
        let Some(last) = page.last() else { return Ok(all) };
        after = (last.moved_at, last.id.0);
        all.extend(ids(page));
    }
}

fn check_others(tx: &ReadTx<'_>, looks: &Looks<'_>) -> Result<(), StoreError> {
    let in_sight = RowSight::teams(&sight(looks.actor, Action::SeeReport));
    for stage in [reports::Stage::Unassigned, reports::Stage::New, reports::Stage::Case] {
        let seen = looks.seen::<ReportId>(Action::SeeReport, |thing| thing.stage == stage);
        looks.counted("count of reports", reports::count(tx, stage, &in_sight)?, &seen);
    }
    let seen = looks.seen::<ReportId>(Action::SeeReport, |_| true);
    let listed = desk::board(tx, Step::New, &in_sight, today(), 1_000)?;
    looks.same("intake board", listed.into_iter().map(|card| card.id).collect(), seen);
    let in_sight = RowSight::teams(&sight(looks.actor, Action::SeeConsultation));
    let listed = consultations::agenda(tx, &in_sight, today(), 1_000)?;
    let seen = looks.seen(Action::SeeConsultation, |_| true);
    looks.same("agenda", listed.into_iter().map(|item| item.id).collect(), seen);

    let in_sight = RowSight::agencies(&sight(looks.actor, Action::SeeMandate));
    let from_newest: (Moment, TransmissionId) = (Moment(i64::MAX), TransmissionId(Uuid::max()));
    for kind in TransmissionKind::ALL {
        let listed = exchange::for_agencies(tx, &in_sight, *kind, from_newest, 1_000)?;
        let seen = looks.seen(Action::SeeMandate, |thing| thing.kind == *kind);
        looks.same("transmissions", listed.into_iter().map(|received| received.id).collect(), seen);
    }
    let in_sight = RowSight::regions(&sight(looks.actor, Action::SeeBudget));
    let listed: Vec<RegionId> = budget::regions(tx, &in_sight)?.into_iter().map(|(region, _)| region).collect();
    let may = |region: &RegionId| looks.may(Action::SeeBudget, Standing::Region(*region));
    looks.same("regions", listed, regions().into_iter().filter(may).collect());
    Ok(())
}

async fn build(db: &Db, office: OfficeId, things: &[Thing]) {
    found_in(db, office).await;
    for thing in things.iter().cloned() {
        let frame = Frame { office, user: thing.worker, ..frame(None) };
        change_in(db, frame, (DeedKind::CaseOpened, thing.id()), move |tx| insert(tx, &thing)).await.unwrap();
    }
}

/// Over all offices: 2,500 people on SQLite, 250 on PostgreSQL, each asking 29 questions.
async fn lists_show_what_single_looks_would(fresh: &Fresh) {
    let cases = if fresh.is_sqlite() { 500 } else { 50 };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let db = fresh.db().await;
    let offices: Vec<OfficeId> = (1..=OFFICES).map(|n| id(0x0ff1_ce00 + n)).collect();
    let towns: Vec<Vec<Thing>> = offices.iter().map(|_| things().new_tree(&mut runner).unwrap().current()).collect();
    for (office, things) in offices.iter().zip(&towns) {
        build(&db, *office, things).await;
    }
    for (office, things) in offices.iter().zip(towns) {
        let check = |actor: Actor| {
            let things = things.clone();
            let reading = db.read::<_, StoreError, _>(*office, move |tx| {
                let looks = Looks { actor: &actor, things: &things, faults: RefCell::default() };
                check_cases(tx, &looks, &RowSight::teams(&sight(&actor, Action::SeeCase)))?;
                check_others(tx, &looks)?;
                Ok(looks.faults.take())
            });
            let faults = tokio::runtime::Handle::current().block_on(reading).unwrap();
            prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
            Ok(())
        };
        tokio::task::block_in_place(|| runner.run(&actors(), check)).unwrap_or_else(|failure| panic!("{failure}"));
    }
}

/// A list that shows too much is found, and so is one that shows too little.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_out_of_step_with_the_policy_is_found() {
    let fresh = Fresh::sqlite();
    let (db, office) = (fresh.db().await, id(0x0ff1_ce01));
    let mut things = things().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    (things[0].team, things[1].team) = (teams()[0].0, teams()[1].0);
    build(&db, office, &things).await;
    let (team, region) = teams()[0];
    let posts = vec![Post { role: Role::CaseWorker, place: Place::Team(team, region) }];
    let actor = Actor { user: id(7), controller: Controller::Office, posts };
    for (in_sight, faulty) in
        [(RowSight::Everything, true), (RowSight::Only(vec![]), true), (RowSight::Only(vec![team.0]), false)]
    {
        let (actor, things) = (actor.clone(), things.clone());
        let reading = db.read::<_, StoreError, _>(office, move |tx| {
            let looks = Looks { actor: &actor, things: &things, faults: RefCell::default() };
            check_cases(tx, &looks, &in_sight)?;
            Ok(looks.faults.take())
        });
        let faults = reading.await.unwrap();
        assert_eq!(!faults.is_empty(), faulty, "{faults:?}");
    }
}
