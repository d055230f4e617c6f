// SPDX-License-Identifier: EUPL-1.2
//! What a team carries today. Counts of what is open, each of which leads to its list: for sharing out new cases and
//! for whoever stands in. Nobody is compared: the order is that of names, and nothing of the past is counted.

use crate::access::codes;
use crate::kernel::UserId;

codes! {
    /// What is counted.
    #[doc(alias = "Zählgröße der Belegung")]
    Carried {
        /// Cases before a help was decided.
        Clarifying = "clarifying",
        /// Cases with a help decided or running.
        Helped = "helped",
        /// Open procedures of child protection.
        Protecting = "protecting",
        /// Things to do whose day has not gone by, and those to be done at once.
        Due = "due",
        /// Things to do whose day has gone by.
        Overdue = "overdue",
    }
}

/// One count of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zählwert der Belegung")]
pub struct Counted {
    /// Whose.
    pub worker: UserId,
    /// The name.
    pub name: String,
    /// Of what.
    pub what: Carried,
    /// How many.
    pub number: i64,
}

/// What somebody carries today.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Belegung")]
pub struct Load {
    /// Who.
    pub worker: UserId,
    /// The name.
    pub name: String,
    /// Does this person hold a post in the team today? Cases of somebody who left need a new worker.
    pub in_team: bool,
    numbers: [i64; Carried::ALL.len()],
}

impl Load {
    fn nothing(worker: UserId, name: &str, in_team: bool) -> Self {
        Self { worker, name: name.to_owned(), in_team, numbers: [0; Carried::ALL.len()] }
    }

    /// How many of this.
    #[must_use]
    pub const fn of(&self, what: Carried) -> i64 {
        self.numbers[what as usize]
    }
}

/// What each carries: colleagues by name, also those who carry nothing; after them whoever left and still stands in
/// open cases.
#[must_use]
pub fn loads(colleagues: &[(UserId, String)], counted: &[Counted]) -> Vec<Load> {
    let mut all: Vec<Load> = colleagues.iter().map(|(id, name)| Load::nothing(*id, name, true)).collect();
    for one in counted {
        let place = all.iter().position(|load| load.worker == one.worker).unwrap_or_else(|| {
            all.push(Load::nothing(one.worker, &one.name, false));
            all.len() - 1
        });
        all[place].numbers[one.what as usize] += one.number;
    }
    all.sort_by(|a, b| (!a.in_team, &a.name, a.worker.0).cmp(&(!b.in_team, &b.name, b.worker.0)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn counted(worker: u128, name: &str, what: Carried, number: i64) -> Counted {
        Counted { worker: UserId(Uuid::from_u128(worker)), name: name.to_owned(), what, number }
    }

    #[test]
    fn names_decide_the_order_and_nobody_is_forgotten() {
        let team = [(UserId(Uuid::from_u128(2)), "Zoe".to_owned()), (UserId(Uuid::from_u128(1)), "Ada".to_owned())];
        let all = loads(
            &team,
            &[
                counted(2, "Zoe", Carried::Helped, 30),
                counted(2, "Zoe", Carried::Helped, 1),
                counted(3, "Bea", Carried::Clarifying, 2),
            ],
        );
        let seen: Vec<_> = all.iter().map(|load| (load.name.as_str(), load.in_team)).collect();
        assert_eq!(seen, [("Ada", true), ("Zoe", true), ("Bea", false)]);
        assert_eq!((all[0].of(Carried::Helped), all[1].of(Carried::Helped)), (0, 31));
        assert_eq!((all[2].of(Carried::Clarifying), all[2].of(Carried::Overdue)), (2, 0));
    }
}
