// SPDX-License-Identifier: EUPL-1.2
//! An invented family.

use super::chance::Chance;
use super::words::{Theme, Words};
use domain::casework::PersonRole;
use domain::kernel::Day;

/// A family: first the young person, then the grown-up, then others.
#[derive(Debug, Clone)]
pub struct Family {
    pub name: String,
    pub people: Vec<Relative>,
}

/// Somebody in it.
#[derive(Debug, Clone)]
pub struct Relative {
    pub name: String,
    pub role: PersonRole,
    pub born: Day,
}

/// The number of the young person.
pub const YOUNG: usize = 0;
/// The number of the grown-up.
pub const ADULT: usize = 1;

impl Family {
    /// A family whose young person has the age that the theme tells.
    pub fn invent(chance: &mut Chance, words: &Words, theme: &Theme, today: Day) -> Self {
        let surname = chance.pick(&words.surnames).copied().unwrap_or_default();
        let (least, most) = ages(theme);
        let age = chance.between(least, most);
        let named = |first: Option<&&str>| format!("{} {surname}", first.copied().unwrap_or_default());
        let born = |chance: &mut Chance, age: i32| today.plus_months(-12 * age).plus_days(-chance.between(1, 360));
        let young = chance.some(&words.first_names, 3);
        let mother = chance.percent(70);
        let older = chance.between(20, 34);
        let mut people = vec![
            Relative { name: named(young.first()), role: young_role(age), born: born(chance, age) },
            Relative {
                name: named(chance.pick(&grown_ups(words, mother))),
                role: if mother { PersonRole::Mother } else { PersonRole::Father },
                born: born(chance, (age + older).min(52)),
            },
        ];
        if age < 18 && chance.percent(50) {
            let sibling = chance.between(1, 13);
            people.push(Relative { name: named(young.get(1)), role: young_role(sibling), born: born(chance, sibling) });
        }
        if chance.percent(45) {
            let role = if mother { PersonRole::Father } else { PersonRole::Mother };
            let name = named(chance.pick(&grown_ups(words, !mother)));
            let older = chance.between(21, 36);
            people.push(Relative { name, role, born: born(chance, (age + older).min(55)) });
        }
        Self { name: surname.to_owned(), people }
    }

    /// Puts the family's names into a sentence.
    pub fn fill(&self, sentence: &str) -> String {
        let name = |number: usize| self.people.get(number).map_or("", |person| person.name.as_str());
        let first = name(YOUNG).split(' ').next().unwrap_or_default();
        let called =
            if self.people.get(ADULT).is_some_and(|one| one.role == PersonRole::Father) { "Papa" } else { "Mama" };
        sentence.replace("{K}", first).replace("{E}", name(ADULT)).replace("{Mama}", called)
    }
}

/// Mothers and fathers alternate in the list.
fn grown_ups(words: &Words, mothers: bool) -> Vec<&'static str> {
    words.adult_names.iter().skip(usize::from(!mothers)).step_by(2).copied().collect()
}

fn ages(theme: &Theme) -> (i32, i32) {
    let number = |at: usize| theme.of("age").first().and_then(|parts| parts.get(at)?.parse().ok());
    (number(0).unwrap_or(6), number(1).unwrap_or(12))
}

const fn young_role(age: i32) -> PersonRole {
    match age {
        ..14 => PersonRole::Child,
        14..18 => PersonRole::Youth,
        _ => PersonRole::YoungAdult,
    }
}
