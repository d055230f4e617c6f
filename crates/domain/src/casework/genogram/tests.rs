// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::kernel::Refusal;

fn kin(name: &str, symbol: Symbol) -> GenogramEdit {
    GenogramEdit::Put(None, Box::new(new(name, symbol)))
}

fn new(name: &str, symbol: Symbol) -> NewKin {
    NewKin {
        person: None,
        name: Line::parse(name).unwrap(),
        symbol,
        born: None,
        died: None,
        deceased: false,
        index: false,
        household: None,
    }
}

fn child(child: u32, parent: u32, other: Option<u32>) -> GenogramEdit {
    GenogramEdit::Descend(Descent { child, parent, other, bond: ChildBond::Birth })
}

fn done(edits: impl IntoIterator<Item = GenogramEdit>) -> Genogram {
    edits.into_iter().try_fold(Genogram::default(), |drawn, edit| edit.apply(drawn)).unwrap()
}

/// 1 Oma, 2 Opa; 3 Mama, 4 Papa, 5 neuer Partner; 6 Leyla, 7 Can (foster child of 3 and 5).
fn family() -> Genogram {
    let people = ["Oma", "Opa", "Mama", "Papa", "Neu", "Leyla", "Can"].map(|name| kin(name, Symbol::Unknown));
    let lines = [
        GenogramEdit::Join(1, 2, UnionKind::Marriage),
        child(3, 1, Some(2)),
        GenogramEdit::Join(3, 4, UnionKind::Divorced),
        GenogramEdit::Join(5, 3, UnionKind::Partnership),
        child(6, 3, Some(4)),
        GenogramEdit::Descend(Descent { child: 7, parent: 3, other: Some(5), bond: ChildBond::Foster }),
    ];
    done(people.into_iter().chain(lines))
}

#[test]
fn partners_stand_in_one_generation_and_children_below() {
    assert_eq!(family().generations(), [0, 0, 1, 1, 1, 2, 2]);
    // The other grandmother, told last and without anybody above her, stands beside the first.
    let later = [kin("Oma 2", Symbol::Female), child(4, 8, None)];
    let drawn = later.into_iter().try_fold(family(), |drawn, edit| edit.apply(drawn)).unwrap();
    assert_eq!(drawn.generations(), [0, 0, 1, 1, 1, 2, 2, 0]);
    // A great-aunt's only child comes down to where its partner stands.
    let late = done([kin("A", Symbol::Male), kin("B", Symbol::Female), kin("C", Symbol::Male), child(3, 1, Some(2))]);
    assert_eq!(late.generations(), [0, 0, 1]);
}

#[test]
fn nobody_stands_on_somebody_and_couples_stand_side_by_side() {
    let drawn = family();
    let laid = lay_out(&drawn);
    for (a, place) in laid.places.iter().enumerate() {
        for other in &laid.places[a + 1..] {
            assert!(place.1 != other.1 || (place.0 - other.0).abs() >= 130, "{:?}", laid.places);
        }
    }
    let x = |id: u32| laid.places[drawn.people.iter().position(|kin| kin.id == id).unwrap()].0;
    assert_eq!((x(1) - x(2)).abs(), 130);
    // Both partners of the mother stand beside her.
    let between = x(4).min(x(5))..x(4).max(x(5));
    assert!(between.contains(&x(3)), "{:?}", laid.places);
    assert!(laid.width >= 290 && laid.height == 80 + 2 * 170 + 80);
    assert_eq!(lay_out(&drawn), laid);
}

#[test]
fn a_wide_family_keeps_its_distances() {
    let mut edits = vec![kin("Oma", Symbol::Female), kin("Opa", Symbol::Male)];
    edits.push(GenogramEdit::Join(1, 2, UnionKind::Marriage));
    for n in 0..8 {
        edits.push(kin("Kind", Symbol::Diverse));
        edits.push(child(3 + n, 1, Some(2)));
    }
    let laid = lay_out(&done(edits));
    let mut row: Vec<i64> = laid.places.iter().filter(|(_, y)| *y == 250).map(|(x, _)| *x).collect();
    row.sort_unstable();
    assert!(row.len() == 8 && row.windows(2).all(|pair| pair[1] - pair[0] >= 130), "{row:?}");
    let middle = laid.places[..2].iter().map(|(x, _)| *x).sum::<i64>() / 2;
    assert!((row[0]..row[7]).contains(&middle), "the parents stand over their children");
}

#[test]
fn a_line_around_a_household_closes_nobody_else_in() {
    let lives = |drawn: Genogram, id: u32, number: u8| {
        let known = drawn.kin(id).unwrap().clone();
        let told = NewKin { household: Some(number), ..new(known.name.as_str(), known.symbol) };
        GenogramEdit::Put(Some(id), Box::new(told)).apply(drawn).unwrap()
    };
    let drawn = lives(lives(family(), 3, 1), 6, 1);
    let laid = lay_out(&drawn);
    assert_eq!(laid.households[0].members, [3, 6]);
    let row = done(["A", "B", "C"].map(|name| kin(name, Symbol::Male)));
    let apart = lay_out(&lives(lives(row.clone(), 1, 2), 3, 2));
    assert_eq!((apart.households[0].number, apart.households[0].outline), (2, None));
    let together = lay_out(&lives(lives(row, 1, 2), 2, 2));
    assert!(together.households[0].outline.is_some());
}

#[test]
fn what_cannot_be_is_refused() {
    let check = |edit: GenogramEdit, expected: Refusal| assert_eq!(edit.apply(family()), Err(expected));
    check(GenogramEdit::Join(3, 3, UnionKind::Marriage), GENOGRAM_PARTNER_SELF.broken_at("b"));
    check(GenogramEdit::Join(3, 99, UnionKind::Marriage), GENOGRAM_PERSON_GONE.broken_at("b"));
    check(child(1, 6, None), GENOGRAM_CIRCLE.broken_at("child"));
    check(child(3, 3, None), GENOGRAM_CIRCLE.broken_at("child"));
    check(child(7, 4, Some(4)), GENOGRAM_CIRCLE.broken_at("child"));
    check(GenogramEdit::Remove(99), GENOGRAM_PERSON_GONE.broken());
    let backwards = NewKin { born: Some(1990), died: Some(1980), ..new("X", Symbol::Male) };
    check(GenogramEdit::Put(None, Box::new(backwards)), GENOGRAM_BORN_AFTER_DEATH.broken_at("died"));
    for (text, is_year) in
        [("1850", true), ("2026", true), ("2027", false), ("1849", false), ("64", false), ("", false)]
    {
        assert_eq!(check_year(text, 2026).is_ok(), is_year, "{text}");
    }
    let many = (0..40).map(|_| kin("X", Symbol::Male));
    assert_eq!(kin("Y", Symbol::Male).apply(done(many)), Err(GENOGRAM_FULL.broken()));
}

#[test]
fn there_is_one_index_person_and_whoever_leaves_takes_the_lines_along() {
    let index = |id| GenogramEdit::Put(Some(id), Box::new(NewKin { index: true, ..new("X", Symbol::Male) }));
    let drawn = index(6).apply(index(7).apply(family()).unwrap()).unwrap();
    assert_eq!(drawn.people.iter().filter(|kin| kin.index).map(|kin| kin.id).collect::<Vec<_>>(), [6]);
    let without = GenogramEdit::Remove(3).apply(drawn.clone()).unwrap();
    assert_eq!((without.unions.len(), without.descents.len()), (1, 0));
    // A whole genogram is checked like a typed one.
    assert_eq!(GenogramEdit::Whole(Box::new(drawn.clone())).apply(Genogram::default()), Ok(drawn.clone()));
    let mut twice = drawn;
    twice.people.push(twice.people[0].clone());
    let refused = GenogramEdit::Whole(Box::new(twice)).apply(Genogram::default());
    assert_eq!(refused, Err(GENOGRAM_UNREADABLE.broken()));
    // A second word about a couple replaces the first.
    let again = GenogramEdit::Join(2, 1, UnionKind::Separated).apply(family()).unwrap();
    assert_eq!((again.unions.len(), again.unions[0].kind), (3, UnionKind::Separated));
}
