// SPDX-License-Identifier: EUPL-1.2
//! Where everybody stands in the drawing: generations one below the other, couples side by side, children under
//! their parents. Whole numbers and a fixed order: the same genogram is always drawn alike.

use super::Genogram;

/// Between the middles of two neighbours.
const ACROSS: i64 = 130;
/// Between two generations.
const DOWN: i64 = 170;
/// Around the drawing.
const MARGIN: i64 = 80;
/// How often neighbours are moved towards where their relatives stand.
const ROUNDS: usize = 12;

/// A household as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Haushalt im Genogramm")]
pub struct Household {
    /// Its number.
    pub number: u8,
    /// Who lives in it, as numbers of the genogram.
    pub members: Vec<u32>,
    /// Left, top, right, bottom of a line around all of them; nothing if it would close somebody else in.
    pub outline: Option<(i64, i64, i64, i64)>,
}

/// A genogram laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zeichnung des Genogramms")]
pub struct GenogramLayout {
    /// Middle of each person, in the order of the people.
    pub places: Vec<(i64, i64)>,
    /// Households.
    pub households: Vec<Household>,
    /// Width of the drawing.
    pub width: i64,
    /// Height of the drawing.
    pub height: i64,
}

/// Lays a genogram out.
#[must_use]
pub fn lay_out(drawn: &Genogram) -> GenogramLayout {
    let depth = drawn.generations();
    let rows = rows(drawn, &depth);
    let mut across = vec![0; drawn.people.len()];
    for row in &rows {
        for (place, who) in (0..).zip(row) {
            across[*who] = place * ACROSS;
        }
    }
    for round in 0..ROUNDS {
        // Down and up in turn: parents draw their children, children their parents.
        let order: Vec<&Vec<usize>> = if round % 2 == 0 { rows.iter().collect() } else { rows.iter().rev().collect() };
        for row in order {
            settle(drawn, row, round % 2 == 0, &mut across);
        }
    }
    let left = across.iter().min().copied().unwrap_or_default();
    let place = |who: usize| {
        let down = i64::try_from(depth[who]).unwrap_or_default();
        (across[who] - left + MARGIN, down * DOWN + MARGIN)
    };
    let places: Vec<(i64, i64)> = (0..drawn.people.len()).map(place).collect();
    let right = places.iter().map(|(x, _)| *x).max().unwrap_or_default();
    let bottom = places.iter().map(|(_, y)| *y).max().unwrap_or_default();
    GenogramLayout { households: households(drawn, &places), places, width: right + MARGIN, height: bottom + MARGIN }
}

/// Who stands in which generation, from left to right.
fn rows(drawn: &Genogram, depth: &[usize]) -> Vec<Vec<usize>> {
    let at = |id: u32| drawn.people.iter().position(|kin| kin.id == id);
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for level in 0..=depth.iter().max().copied().unwrap_or_default() {
        let members: Vec<usize> = (0..drawn.people.len()).filter(|who| depth[*who] == level).collect();
        let above = rows.last().cloned().unwrap_or_default();
        let rank = |who: usize| {
            let id = drawn.people[who].id;
            let parents = drawn.descents.iter().filter(|one| one.child == id).flat_map(super::Descent::parents);
            let ranks: Vec<usize> =
                parents.filter_map(at).filter_map(|parent| above.iter().position(|one| *one == parent)).collect();
            // Twice the mean, so that it stays whole; who has no parents in the row above has no wish.
            (!ranks.is_empty()).then(|| 2 * ranks.iter().sum::<usize>() / ranks.len())
        };
        rows.push(in_couples(drawn, &members, &rank));
    }
    rows
}

/// Puts partners side by side and sorts the groups by where their parents stand.
fn in_couples(drawn: &Genogram, members: &[usize], rank: &dyn Fn(usize) -> Option<usize>) -> Vec<usize> {
    let at = |id: u32| members.iter().copied().find(|who| drawn.people[*who].id == id);
    let mut groups: Vec<Vec<usize>> = members.iter().map(|who| vec![*who]).collect();
    for union in &drawn.unions {
        let (Some(a), Some(b)) = (at(union.a), at(union.b)) else { continue };
        let find = |who: usize, groups: &[Vec<usize>]| groups.iter().position(|group| group.contains(&who));
        let (Some(one), Some(other)) = (find(a, &groups), find(b, &groups)) else { continue };
        if one == other {
            continue;
        }
        let (first, second) = (one.min(other), one.max(other));
        let (joining, joins_first) = (groups.remove(second), first == one);
        let (near, newcomer) = if joins_first { (a, b) } else { (b, a) };
        attach(&mut groups[first], joining, (near, newcomer));
    }
    let key = |group: &Vec<usize>| group.iter().filter_map(|who| rank(*who)).min();
    let orphans = |group: &Vec<usize>| (key(group).is_none(), key(group), group.first().copied());
    groups.sort_by_key(orphans);
    for group in &mut groups {
        turn(group, rank);
    }
    groups.concat()
}

/// A couple whose parents stand the other way round changes sides, so that lines do not cross.
fn turn(group: &mut [usize], rank: &dyn Fn(usize) -> Option<usize>) {
    let ends = group.first().zip(group.last()).map(|(first, last)| (rank(*first), rank(*last)));
    if let Some((Some(first), Some(last))) = ends
        && first > last
    {
        group.reverse();
    }
}

/// Puts a group at that end of another where the partner stands.
fn attach(group: &mut Vec<usize>, mut joining: Vec<usize>, (near, newcomer): (usize, usize)) {
    if group.first() == Some(&near) && group.len() > 1 {
        if joining.last() != Some(&newcomer) {
            joining.reverse();
        }
        joining.append(group);
        *group = joining;
    } else {
        if joining.first() != Some(&newcomer) {
            joining.reverse();
        }
        group.append(&mut joining);
    }
}

/// Moves a row towards where its relatives above (or below) stand, keeping order and distance.
fn settle(drawn: &Genogram, row: &[usize], from_above: bool, across: &mut [i64]) {
    let at = |id: u32| drawn.people.iter().position(|kin| kin.id == id);
    let mean = |places: Vec<i64>| {
        let count = i64::try_from(places.len()).unwrap_or(1);
        (count > 0).then(|| places.iter().sum::<i64>() / count.max(1))
    };
    let wish = |who: usize| {
        let id = drawn.people[who].id;
        let lines = drawn.descents.iter();
        let relatives: Vec<i64> = if from_above {
            let own = lines.filter(|one| one.child == id).flat_map(super::Descent::parents);
            own.filter_map(at).map(|parent| across[parent]).collect()
        } else {
            let own = lines.filter(|one| one.parents().any(|parent| parent == id));
            own.filter_map(|one| at(one.child)).map(|child| across[child]).collect()
        };
        mean(relatives).unwrap_or(across[who])
    };
    let wishes: Vec<i64> = row.iter().map(|who| wish(*who)).collect();
    let (mut from_left, mut from_right) = (wishes.clone(), wishes);
    for place in 1..row.len() {
        from_left[place] = from_left[place].max(from_left[place - 1] + ACROSS);
    }
    for place in (1..row.len()).rev() {
        from_right[place - 1] = from_right[place - 1].min(from_right[place] - ACROSS);
    }
    // Both keep the distance, and so does what lies between them.
    for ((who, left), right) in row.iter().zip(from_left).zip(from_right) {
        across[*who] = (left + right).div_euclid(2);
    }
    for pair in row.windows(2) {
        across[pair[1]] = across[pair[1]].max(across[pair[0]] + ACROSS);
    }
}

fn households(drawn: &Genogram, places: &[(i64, i64)]) -> Vec<Household> {
    let mut numbers: Vec<u8> = drawn.people.iter().filter_map(|kin| kin.household).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let lives = |number: u8| move |kin: &super::Kin| kin.household == Some(number);
    let outline = |number: u8| {
        let of = |inside: bool| {
            let people = drawn.people.iter().zip(places);
            people.filter(move |(kin, _)| lives(number)(kin) == inside).map(|(_, place)| *place)
        };
        let (left, right) = (of(true).map(|(x, _)| x).min()?, of(true).map(|(x, _)| x).max()?);
        let (top, bottom) = (of(true).map(|(_, y)| y).min()?, of(true).map(|(_, y)| y).max()?);
        let within = |(x, y): (i64, i64)| (left..=right).contains(&x) && (top..=bottom).contains(&y);
        (!of(false).any(within)).then_some((left - 58, top - 44, right + 58, bottom + 62))
    };
    let members = |number: u8| drawn.people.iter().filter(|kin| lives(number)(kin)).map(|kin| kin.id).collect();
    numbers.into_iter().map(|number| Household { number, members: members(number), outline: outline(number) }).collect()
}
