// SPDX-License-Identifier: EUPL-1.2
//! What a letter tells of: one decision or one ending, certain children, and somebody whom it may reach. A case can run
//! two helps for three children; a letter that guesses tells the wrong one.

use super::kind::LetterKind;
use crate::casework::{HelpKind, LegalRole, in_force};
use crate::kernel::{Day, EndingId, PersonId, PlanId, Refusal, Rule};

/// Several decisions could be meant.
pub const LETTER_ABOUT_UNCLEAR: Rule = Rule::new("letter.about_unclear", "§ 33(1) SGB X");
/// Several children could be meant.
pub const LETTER_CHILDREN_UNCLEAR: Rule = Rule::new("letter.children_unclear", "§ 33(1) SGB X");
/// A decision, an ending or a child of another case, or one of which this kind of letter cannot tell.
pub const LETTER_ABOUT_OTHER: Rule = Rule::new("letter.about_other", "§ 33(1) SGB X");
/// An act is announced to the one for whom it is meant: custodians, the young adult, the party.
pub const LETTER_NOT_HOLDER: Rule = Rule::new("letter.not_holder", "§ 37(1), § 39(1) SGB X");
/// Nobody has recorded who has custody.
pub const LETTER_HOLDER_UNKNOWN: Rule = Rule::new("letter.holder_unknown", "§ 37(1) SGB X, § 7(1) Nr. 5 SGB VIII");
/// Parents have no share in the costs of help that a family gets at home.
pub const LETTER_NO_CONTRIBUTION: Rule = Rule::new("letter.no_contribution", "§ 91 SGB VIII");

/// Age from which a young person acts as a party (§ 36 SGB I).
const PARTY_AGE: i16 = 15;
/// Of age (§ 2 BGB).
const OF_AGE: i16 = 18;

/// The act of the office that a letter tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Gegenstand des Briefs")]
pub enum About {
    /// A decision, by the plan that was fixed with it.
    Plan(PlanId),
    /// The end of a help.
    Ending(EndingId),
}

/// A decision or an ending of the case, as far as the choice needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Möglicher Gegenstand")]
pub struct Told {
    /// Which one.
    pub about: About,
    /// Which help.
    pub help: HelpKind,
    /// Was it granted? An ending is of what was granted.
    pub granted: bool,
    /// Since.
    pub from: Day,
    /// Its last day, if it is known.
    pub until: Option<Day>,
    /// When it was decided, or recorded as ended.
    pub decided_on: Day,
}

/// Can a letter of this kind tell of it?
#[must_use]
pub fn can_tell(kind: LetterKind, told: &Told) -> bool {
    match (kind, told.about) {
        (LetterKind::Refusal, About::Plan(_)) => !told.granted,
        (LetterKind::End | LetterKind::Aftercare, About::Ending(_)) => true,
        (LetterKind::Contribution, About::Plan(_)) => told.granted && shares_costs(told.help),
        (_, About::Plan(_)) => told.granted,
        (_, About::Ending(_)) => false,
    }
}

/// What a letter of this kind may be about. Once a help ended, the letter that ends it tells of an ending alone.
#[must_use]
pub fn choices(kind: LetterKind, all: &[Told]) -> Vec<Told> {
    let mut fit: Vec<Told> = all.iter().filter(|told| can_tell(kind, told)).copied().collect();
    let ended = |told: &Told| matches!(told.about, About::Ending(_));
    if kind == LetterKind::End && fit.iter().any(ended) {
        fit.retain(ended);
    }
    fit
}

/// What is told: what somebody chose, else the only one there is.
#[must_use]
pub fn chosen(kind: LetterKind, all: &[Told], choice: Option<About>) -> Option<Told> {
    let fit = choices(kind, all);
    match choice {
        Some(about) => all.iter().find(|told| told.about == about).copied(),
        None if fit.len() == 1 => fit.first().copied(),
        None => None,
    }
}

/// Do parents share the costs of this help (§ 91(1), (2) SGB VIII)? Not of help that a family gets at home.
#[must_use]
pub const fn shares_costs(help: HelpKind) -> bool {
    !matches!(help, HelpKind::Counselling | HelpKind::GroupWork | HelpKind::SocialAssistant | HelpKind::FamilySupport)
}

/// A young person of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Junger Mensch")]
pub struct Young {
    /// Who.
    pub id: PersonId,
    /// Birthday.
    pub born: Option<Day>,
    /// Recorded as a young adult, where the birthday is not known.
    pub grown: bool,
}

impl Young {
    fn is_of_age(&self, on: Day) -> bool {
        self.born.map_or(self.grown, |born| on.age_of(born) >= OF_AGE)
    }

    fn is_party(&self, on: Day) -> bool {
        self.born.is_some_and(|born| on.age_of(born) >= PARTY_AGE)
    }
}

/// Somebody with a role in law, as the letter finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Inhaber der Rolle")]
pub struct Held {
    /// The role.
    pub role: LegalRole,
    /// Who holds it, if somebody of the case.
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
}

/// To whom an act would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Bekanntgabeadressat")]
pub enum Receiver<'a> {
    /// Somebody of the case.
    Person(PersonId),
    /// A guardian or curator who is not in the case.
    Named(&'a str),
}

/// May an act about these young people go there?
///
/// # Errors
/// [`LETTER_NOT_HOLDER`]; [`LETTER_HOLDER_UNKNOWN`] where an adult may have custody and nobody has recorded it.
pub fn may_receive(
    to: Receiver<'_>,
    help: Option<HelpKind>,
    (young, roles): (&[Young], &[Held]),
    on: Day,
) -> Result<(), Refusal> {
    let itself = |one: &Young| to == Receiver::Person(one.id);
    if let Some(one) = young.iter().find(|one| itself(one)) {
        // Participation is the young person's own claim (§ 35a), and whoever is 15 acts for it (§ 36 SGB I).
        let own = help == Some(HelpKind::Inclusion) && one.is_party(on);
        return if one.is_of_age(on) || own { Ok(()) } else { Err(LETTER_NOT_HOLDER.broken_at("to")) };
    }
    let minors: Vec<&Young> = young.iter().filter(|one| !one.is_of_age(on)).collect();
    if minors.is_empty() && !young.is_empty() {
        return Err(LETTER_NOT_HOLDER.broken_at("to"));
    }
    let holds = |held: &&Held| {
        let child = minors.iter().find(|one| one.id == held.role.child);
        child.is_some_and(|child| held.role.kind.has_custody() && in_force(&held.role, child.born, on))
    };
    let mut any = false;
    for held in roles.iter().filter(holds) {
        any = true;
        let same = match to {
            Receiver::Person(id) => held.person == Some(id),
            Receiver::Named(name) => held.person.is_none() && held.name == name.trim(),
        };
        if same {
            return Ok(());
        }
    }
    let unknown = !any && matches!(to, Receiver::Person(_));
    Err(if unknown { LETTER_HOLDER_UNKNOWN } else { LETTER_NOT_HOLDER }.broken_at("to"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::{LegalKind, Proof};
    use crate::kernel::LegalRoleId;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn plan(n: u128, help: HelpKind, granted: bool) -> Told {
        let about = About::Plan(PlanId(Uuid::from_u128(n)));
        let on = day("2026-11-01");
        Told { about, help, granted, from: on, until: None, decided_on: on }
    }

    #[test]
    fn of_two_helps_none_is_guessed() {
        let (home, group) = (plan(1, HelpKind::FamilySupport, true), plan(2, HelpKind::GroupWork, true));
        let ended = Told { about: About::Ending(EndingId(Uuid::from_u128(9))), ..home };
        let check = |kind, all: &[Told], choice, expected: Option<Told>| {
            assert_eq!(chosen(kind, all, choice), expected, "{kind:?}");
        };
        check(LetterKind::Grant, &[home], None, Some(home));
        check(LetterKind::Grant, &[home, group], None, None);
        check(LetterKind::Grant, &[home, group], Some(home.about), Some(home));
        check(
            LetterKind::Refusal,
            &[home, plan(3, HelpKind::Residential, false)],
            None,
            Some(plan(3, HelpKind::Residential, false)),
        );
        check(LetterKind::End, &[home], None, Some(home));
        check(LetterKind::End, &[home, group, ended], None, Some(ended));
        check(LetterKind::Grant, &[], None, None);
    }

    #[test]
    fn parents_have_no_share_in_help_at_home() {
        for help in HelpKind::ALL {
            let at_home =
                matches!(help.paragraph(), "§ 28 SGB VIII" | "§ 29 SGB VIII" | "§ 30 SGB VIII" | "§ 31 SGB VIII");
            assert_eq!(shares_costs(*help), !at_home, "{}", help.paragraph());
            assert_eq!(can_tell(LetterKind::Contribution, &plan(1, *help, true)), !at_home);
        }
    }

    fn id(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn held(child: u128, person: Option<u128>, kind: LegalKind) -> Held {
        let role = LegalRole {
            id: LegalRoleId(Uuid::nil()),
            child: id(child),
            kind,
            from: None,
            until: None,
            proof: Proof::Told,
        };
        Held { role, person: person.map(id), name: "Amt Muster".into() }
    }

    #[test]
    fn an_act_reaches_those_who_decide_for_the_child() {
        let on = day("2026-11-23");
        let young = |born: &str| [Young { id: id(1), born: Some(day(born)), grown: false }];
        let mother = [held(1, Some(2), LegalKind::Custody), held(1, Some(3), LegalKind::ParentWithoutCustody)];
        let check = |to, help, young: &[Young], roles: &[Held], expected: Option<Rule>| {
            assert_eq!(may_receive(to, help, (young, roles), on).err().map(|no| no.rule), expected, "{to:?}");
        };
        let (child, support) = (young("2017-04-02"), Some(HelpKind::FamilySupport));
        check(Receiver::Person(id(2)), support, &child, &mother, None);
        check(Receiver::Person(id(3)), support, &child, &mother, Some(LETTER_NOT_HOLDER));
        check(Receiver::Person(id(4)), support, &child, &mother, Some(LETTER_NOT_HOLDER));
        check(Receiver::Person(id(1)), support, &child, &mother, Some(LETTER_NOT_HOLDER));
        check(Receiver::Person(id(2)), support, &child, &[], Some(LETTER_HOLDER_UNKNOWN));
        // Fifteen: a party where the claim is its own, and nowhere else.
        let fifteen = young("2011-11-23");
        check(Receiver::Person(id(1)), Some(HelpKind::Inclusion), &fifteen, &mother, None);
        check(
            Receiver::Person(id(1)),
            Some(HelpKind::Inclusion),
            &young("2011-11-24"),
            &mother,
            Some(LETTER_NOT_HOLDER),
        );
        check(Receiver::Person(id(1)), Some(HelpKind::Residential), &fifteen, &mother, Some(LETTER_NOT_HOLDER));
        // Of age: alone.
        let adult = young("2008-11-23");
        check(Receiver::Person(id(1)), Some(HelpKind::YoungAdults), &adult, &mother, None);
        check(Receiver::Person(id(2)), Some(HelpKind::YoungAdults), &adult, &mother, Some(LETTER_NOT_HOLDER));
        // A guardian who is nobody of the case is reached by name.
        let office = [held(1, None, LegalKind::Guardian)];
        check(Receiver::Named("Amt Muster "), support, &child, &office, None);
        check(Receiver::Named("Amt Anders"), support, &child, &office, Some(LETTER_NOT_HOLDER));
        check(Receiver::Person(id(2)), support, &child, &office, Some(LETTER_NOT_HOLDER));
    }
}
