// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::access::{Controller, Place, Post};
use crate::kernel::{TeamId, UserId};
use proptest::prelude::*;

const BODY: Secrecy = Secrecy { fewest: FEWEST_OUTSIDE };
const INSIDE: Secrecy = Secrecy { fewest: FEWEST_INSIDE };

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn hidden(secrecy: Secrecy, sums: &[Behind]) -> Vec<bool> {
    secrecy.shield(sums).into_iter().map(|one| one == Shown::Hidden).collect()
}

const fn behind(cases: usize, largest: i64, sum: i64) -> Behind {
    Behind { cases, largest, sum }
}

#[test]
fn few_cases_and_one_agency_are_hidden_and_never_alone() {
    let of = |sums: &[Behind]| hidden(INSIDE, sums);
    assert_eq!(of(&[behind(9, 40, 100), behind(7, 50, 100)]), [false, false]);
    assert_eq!(of(&[behind(2, 40, 100), behind(7, 50, 100), behind(9, 50, 100)]), [true, true, false]);
    assert_eq!(of(&[behind(1, 40, 100), behind(1, 50, 100), behind(9, 50, 100)]), [true, true, true]);
    assert_eq!(of(&[behind(9, 85, 100), behind(7, 50, 100)]), [false, false], "85 % are not more than 85 %");
    assert_eq!(of(&[behind(9, 86, 100), behind(7, 50, 100), behind(8, 1, 100)]), [true, true, false]);
    assert_eq!(of(&[behind(0, 0, 0), behind(4, 30, 100)]), [false, false]);
    assert_eq!(of(&[behind(0, 100, 100)]), [true], "a grant to one agency has no case");
    assert_eq!(hidden(BODY, &[behind(4, 30, 100), behind(9, 30, 100)]), [true, true], "outside, five");
    assert!(behind(9, i64::MAX, i64::MAX).is_dominated());
}

fn post(role: Role, place: Place) -> Post {
    Post { role, place }
}

fn actor(posts: Vec<Post>) -> Actor {
    Actor { user: UserId(Uuid::nil()), controller: Controller::Office, posts }
}

#[test]
fn who_sees_sums_only_and_of_how_many() {
    let (nord, sued) = (RegionId(Uuid::from_u128(1)), RegionId(Uuid::from_u128(2)));
    let team = || Place::Team(TeamId(Uuid::from_u128(3)), nord);
    let of = |posts: Vec<Post>, region| secrecy(&actor(posts), region).map(|one| one.fewest);
    let member = || post(Role::CommitteeMember, Place::Office);
    assert_eq!(of(vec![post(Role::Finance, Place::Office)], None), None);
    assert_eq!(of(vec![member()], Some(nord)), Some(FEWEST_OUTSIDE));
    assert_eq!(of(vec![post(Role::Planner, Place::Office)], None), Some(FEWEST_INSIDE));
    assert_eq!(of(vec![post(Role::Coordinator, Place::Region(nord, vec![]))], Some(nord)), Some(FEWEST_INSIDE));
    assert_eq!(of(vec![post(Role::CaseWorker, team())], Some(nord)), None);
    assert_eq!(of(vec![post(Role::CaseWorker, team())], None), None, "all they see is their own region");
    // A case worker in a committee knows the own region, and no other better than the committee does.
    let both = || vec![post(Role::CaseWorker, team()), member()];
    assert_eq!((of(both(), Some(nord)), of(both(), Some(sued)), of(both(), None)), (None, Some(3), Some(3)));
    assert_eq!(of(vec![], None), Some(FEWEST_OUTSIDE));
}

#[test]
fn quarters_close_at_their_end() {
    for (today, closed) in [
        ("2026-11-20", "2026-09-30"),
        ("2026-09-30", "2026-06-30"),
        ("2026-10-01", "2026-09-30"),
        ("2026-01-01", "2025-12-31"),
        ("2028-03-31", "2027-12-31"),
    ] {
        assert_eq!(closed_quarter(day(today)), day(closed), "{today}");
    }
    let ends: Vec<Day> = quarter_ends(day("2025-11-30"), day("2026-06-30")).collect();
    assert_eq!(ends, ["2025-12-31", "2026-03-31", "2026-06-30"].map(day));
}

const PROMISED: (Account, Account) = (Account::Available, Account::Committed);
const DRAWN: (Account, Account) = (Account::Committed, Account::Drawn);

fn trace(on: &str, way: (Account, Account), person: u128, cents: i64) -> Trace {
    let agency = Some(AgencyId(Uuid::from_u128(person % 3)));
    Trace { on: day(on), way, agency, person: Some(Uuid::from_u128(person)), cents }
}

fn crowd(on: &str, way: (Account, Account), people: std::ops::Range<u128>) -> Vec<Trace> {
    people.map(|person| trace(on, way, person, 100)).collect()
}

#[test]
fn a_pot_moves_on_when_what_happened_in_between_tells_of_nobody() {
    let until = day("2026-09-30");
    assert_eq!(BODY.published(&[], until), Published::AsOf(until));
    let mut book = crowd("2026-02-28", PROMISED, 0..6);
    assert_eq!(BODY.published(&book, until), Published::AsOf(until));
    // One more family in the second quarter: the book stays at the first until enough have come.
    book.push(trace("2026-05-31", PROMISED, 9, 480_000));
    assert_eq!(BODY.published(&book, until), Published::AsOf(day("2026-03-31")));
    book.extend(crowd("2026-08-31", PROMISED, 10..19));
    assert_eq!(BODY.published(&book, until), Published::AsOf(day("2026-03-31")), "99 % are one family's");
    book[6].cents = 120;
    assert_eq!(BODY.published(&book, until), Published::AsOf(until));
    assert_eq!(BODY.published(&book, day("2026-06-30")), Published::AsOf(day("2026-03-31")));
    // One payment is one payment, however many were promised in the same quarter.
    book.push(trace("2026-08-31", DRAWN, 3, 90));
    assert_eq!(BODY.published(&book, until), Published::AsOf(day("2026-03-31")));
}

#[test]
fn few_from_the_beginning_are_not_seen_at_all() {
    let until = day("2026-09-30");
    assert_eq!(BODY.published(&crowd("2026-02-28", PROMISED, 0..4), until), Published::Hidden);
    assert_ne!(INSIDE.published(&crowd("2026-02-28", PROMISED, 0..4), until), Published::Hidden);
    assert_eq!(BODY.published(&crowd("2026-11-30", PROMISED, 0..4), until), Published::AsOf(until), "not yet");
    // One agency with a grant is hidden, money of the office itself is not; plans are decided in public.
    let grant = |agency| Trace { agency, person: None, ..trace("2026-02-28", PROMISED, 1, 100) };
    assert_eq!(BODY.published(&[grant(Some(AgencyId(Uuid::nil())))], until), Published::Hidden);
    assert_eq!(BODY.published(&[grant(None)], until), Published::AsOf(until));
    let plan = trace("2026-02-28", (Account::Plan, Account::Available), 1, 100);
    assert_eq!(BODY.published(&[plan], until), Published::AsOf(until));
}

#[test]
fn what_is_hidden_keeps_its_plan_only() {
    let euros = Balance::from_cents;
    let book =
        Book { planned: euros(9), top_sliced: euros(1), bound: euros(4), topped_up: euros(2), ..Book::default() };
    assert_eq!(covered(&book, None), Book { planned: euros(9), top_sliced: euros(1), ..Book::default() });
    let old = Book { planned: euros(5), bound: euros(3), ..Book::default() };
    assert_eq!(covered(&book, Some(&old)).free(), euros(9 - 1 - 3));
}

#[test]
fn cells_are_hidden_by_cases_not_by_commissions() {
    let mut cells = Cells::default();
    for (key, cases) in [("a", 0..6_u128), ("b", 10..18), ("c", 20..30)] {
        for case in cases {
            cells.add(key, (AgencyId(Uuid::from_u128(case % 3)), Uuid::from_u128(case)), Balance::from_cents(7));
        }
    }
    assert!(cells.hidden(BODY).is_empty());
    for _ in 0..9 {
        cells.add("d", (AgencyId(Uuid::nil()), Uuid::from_u128(99)), Balance::from_cents(7));
    }
    assert_eq!(cells.hidden(BODY), BTreeSet::from(["a", "d"]), "nine helps of one family, and the next smallest");
}

/// What somebody learns who asks on every day of two years and takes each answer from the one before.
fn differences(book: &[Trace]) -> Vec<Vec<Trace>> {
    let mut answers: Vec<Day> = Vec::new();
    for month in 0..24 {
        let today = day("2026-01-15").plus_months(month);
        if let Published::AsOf(end) = BODY.published(book, closed_quarter(today)) {
            answers.push(end);
        }
    }
    answers.dedup();
    let mut learned = Vec::new();
    for (at, to) in answers.iter().enumerate() {
        for from in &answers[..at] {
            learned.push(book.iter().filter(|one| *from < one.on && one.on <= *to).copied().collect());
        }
        learned.push(book.iter().filter(|one| one.on <= *to).copied().collect());
    }
    learned
}

proptest! {
    #[test]
    fn nothing_telling_is_shown(sums in prop::collection::vec((0..9usize, 0..100i64, 0..100i64), 0..10)) {
        let sums: Vec<Behind> = sums.into_iter().map(|(cases, one, rest)| behind(cases, one, one + rest)).collect();
        let hidden = hidden(BODY, &sums);
        for (one, hidden) in sums.iter().zip(&hidden) {
            prop_assert!(!BODY.hides(one) || *hidden);
        }
        // The total less what is shown is what is hidden: enough of it, or all there is.
        let open = sums.iter().zip(&hidden).any(|(one, hidden)| !hidden && (one.cases > 0 || one.sum > 0));
        let together = together(&sums, &hidden);
        prop_assert!(!hidden.contains(&true) || !open || !BODY.hides(&together), "{sums:?} {hidden:?}");
    }

    #[test]
    fn no_two_days_tell_of_fewer_than_five(
        book in prop::collection::vec((0..20i32, 0..3usize, 0..9u128, 1..50i64), 0..60),
    ) {
        let way = |at: usize| [PROMISED, DRAWN, (Account::Committed, Account::Available)][at];
        let month = |n: i32| day("2026-01-31").plus_months(n).month_end().to_string();
        let book: Vec<Trace> = book.into_iter().map(|(n, at, who, cents)| trace(&month(n), way(at), who, cents)).collect();
        for learned in differences(&book) {
            for wanted in [PROMISED, DRAWN] {
                let of = |one: &&Trace| one.signed().0 == wanted;
                let people: BTreeSet<Uuid> = learned.iter().filter(of).filter_map(|one| one.person).collect();
                prop_assert!(people.is_empty() || people.len() >= FEWEST_OUTSIDE, "{people:?}");
            }
        }
    }
}
