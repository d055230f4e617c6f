// SPDX-License-Identifier: EUPL-1.2
//! Who is what to a child in law. A mother is not always one who has custody; each role has its days and its proof
//! (§ 7(1) Nr. 5, 6 SGB VIII, §§ 1626 ff., 1773 ff. BGB).

use crate::access::codes;
use crate::kernel::{Day, LegalRoleId, Line, Period, PersonId, PersonName, Refusal, Rule};

/// Part of the custody, or a curator, without saying for what.
pub const SCOPE_MISSING: Rule = Rule::new("legal_role.scope_missing", "§ 1809 BGB: Wirkungskreis");
/// Neither a person of the case nor a name.
pub const HOLDER_MISSING: Rule = Rule::new("legal_role.holder_missing", "§ 7(1) Nr. 5 SGB VIII");
/// A child has no custody of itself.
pub const HOLDER_IS_CHILD: Rule = Rule::new("legal_role.holder_is_child", "§ 1626 BGB");
/// A proof that was not seen cannot have a day.
pub const PROOF_DAY_MISSING: Rule = Rule::new("legal_role.proof_day_missing", "Aktenwahrheit");
/// The role ended before it began.
pub const ENDED_BEFORE_BEGIN: Rule = Rule::new("legal_role.ended_before_begin", "Kalender");
/// The role ended already.
pub const ENDED_ALREADY: Rule = Rule::new("legal_role.ended_already", "Aktenwahrheit");

codes! {
    /// A role in law towards a child.
    #[doc(alias = "Rechtliche Rolle")]
    LegalKind {
        /// Whole custody (§ 1626 BGB).
        Custody = "custody",
        /// Part of it.
        PartOfCustody = "part-of-custody",
        /// A parent without custody (§ 36(5) SGB VIII).
        ParentWithoutCustody = "parent-without-custody",
        /// Cares for the child beside those with custody (§ 7(1) Nr. 6).
        Upbringing = "upbringing",
        /// Guardian (§ 1773 BGB).
        Guardian = "guardian",
        /// Curator for some matters (§ 1809 BGB).
        Curator = "curator",
        /// Foster carer (§ 1688 BGB).
        FosterCarer = "foster-carer",
        /// Somebody the child trusts (§ 10a(1), § 42(2) SGB VIII).
        Trusted = "trusted",
        /// Assistant or proxy (§ 13 SGB X).
        Proxy = "proxy",
        /// Advocate of the child in court (§ 158 FamFG).
        CourtAdvocate = "court-advocate",
    }
}

impl LegalKind {
    /// Does it say nothing without its matters?
    #[must_use]
    pub const fn needs_scope(self) -> bool {
        matches!(self, Self::PartOfCustody | Self::Curator)
    }

    /// May the holder decide for the child, wholly or in part (§ 7(1) Nr. 5 SGB VIII)?
    #[must_use]
    pub const fn has_custody(self) -> bool {
        matches!(self, Self::Custody | Self::PartOfCustody | Self::Guardian | Self::Curator)
    }

    /// Does it end with the child's 18th birthday at the latest (§ 2 BGB)?
    #[must_use]
    pub const fn ends_at_majority(self) -> bool {
        !matches!(self, Self::Trusted | Self::Proxy)
    }
}

codes! {
    /// What a role rests on.
    #[doc(alias = "Nachweis")]
    Proof {
        /// As somebody told; seen was nothing.
        Told = "told",
        /// Marriage or birth certificate.
        Certificate = "certificate",
        /// Declaration of custody (§ 1626a BGB).
        Declaration = "declaration",
        /// That there is no declaration (§ 58 SGB VIII).
        Negative = "negative",
        /// Order of a court.
        CourtOrder = "court-order",
        /// Letter of appointment.
        Appointment = "appointment",
        /// Power of attorney.
        Authority = "authority",
    }
}

/// Who holds a role.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Inhaber der Rolle")]
pub enum Holder {
    /// A person of the case.
    Person(PersonId),
    /// Somebody else, such as a guardian of the office.
    Named(PersonName),
}

impl Holder {
    /// Reads who holds a role out of two fields.
    ///
    /// # Errors
    /// [`HOLDER_MISSING`] if both or none are filled.
    pub fn read(person: Option<PersonId>, name: Option<PersonName>) -> Result<Self, Refusal> {
        match (person, name) {
            (Some(person), None) => Ok(Self::Person(person)),
            (None, Some(name)) => Ok(Self::Named(name)),
            _ => Err(HOLDER_MISSING.broken_at("holder")),
        }
    }
}

/// A role in law as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Rechtliche Rolle")]
pub struct NewLegalRole {
    /// Towards whom.
    pub child: PersonId,
    /// Who.
    pub holder: Holder,
    /// What.
    pub kind: LegalKind,
    /// For which matters.
    pub scope: Option<Line>,
    /// Since; unknown is not invented.
    pub from: Option<Day>,
    /// Until, if it is known already.
    pub until: Option<Day>,
    /// What it rests on.
    pub proof: Proof,
    /// The day of the document.
    pub proof_of: Option<Day>,
    /// Which document, of whom.
    pub proof_words: Option<Line>,
}

impl NewLegalRole {
    /// Checks a role before it is recorded.
    ///
    /// # Errors
    /// [`SCOPE_MISSING`], [`HOLDER_IS_CHILD`], [`PROOF_DAY_MISSING`], a reversed period.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.kind.needs_scope() && self.scope.is_none() {
            return Err(SCOPE_MISSING.broken_at("scope"));
        }
        if self.holder == Holder::Person(self.child) {
            return Err(HOLDER_IS_CHILD.broken_at("holder"));
        }
        if self.proof != Proof::Told && self.proof_of.is_none() {
            return Err(PROOF_DAY_MISSING.broken_at("proof_of"));
        }
        if let Some(from) = self.from {
            Period::new(from, self.until).map_err(|refusal| refusal.at("until"))?;
        }
        Ok(())
    }
}

/// A role, as far as the rules need it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Rechtliche Rolle")]
pub struct LegalRole {
    /// Which one.
    pub id: LegalRoleId,
    /// Towards whom.
    pub child: PersonId,
    /// What.
    pub kind: LegalKind,
    /// Since.
    pub from: Option<Day>,
    /// Until; the end that was added later counts.
    pub until: Option<Day>,
    /// What it rests on.
    pub proof: Proof,
}

/// Does a role hold on a day? One whose beginning nobody knows holds until it ends.
#[must_use]
pub fn in_force(role: &LegalRole, born: Option<Day>, on: Day) -> bool {
    let begun = role.from.is_none_or(|from| from <= on);
    let ended = role.until.is_some_and(|until| until < on);
    let grown = role.kind.ends_at_majority() && born.is_some_and(|born| on.age_of(born) >= 18);
    begun && !ended && !grown
}

codes! {
    /// What is missing about a child's custody. It warns and keeps nobody from working.
    #[doc(alias = "Offene Sorgerechtsfrage")]
    CustodyDoubt {
        /// Nobody with custody is recorded for a minor.
        Nobody = "nobody",
        /// Custody rests on what was told alone.
        OnlyTold = "only-told",
    }
}

/// What is open about a child's custody on a day; nothing for those of age.
#[must_use]
pub fn custody_doubt(child: PersonId, born: Option<Day>, roles: &[LegalRole], on: Day) -> Option<CustodyDoubt> {
    if born.is_some_and(|born| on.age_of(born) >= 18) {
        return None;
    }
    let holds = |role: &&LegalRole| role.child == child && role.kind.has_custody() && in_force(role, born, on);
    let mut holding = roles.iter().filter(holds).peekable();
    if holding.peek().is_none() {
        return Some(CustodyDoubt::Nobody);
    }
    holding.all(|role| role.proof == Proof::Told).then_some(CustodyDoubt::OnlyTold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn id(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn new() -> NewLegalRole {
        NewLegalRole {
            child: id(1),
            holder: Holder::Person(id(2)),
            kind: LegalKind::Custody,
            scope: None,
            from: Some(day("2020-01-01")),
            until: None,
            proof: Proof::Told,
            proof_of: None,
            proof_words: None,
        }
    }

    #[test]
    fn a_role_says_for_what_since_when_and_by_which_proof() {
        assert_eq!(new().check(), Ok(()));
        let curator = NewLegalRole { kind: LegalKind::Curator, ..new() };
        assert_eq!(curator.check(), Err(SCOPE_MISSING.broken_at("scope")));
        let itself = NewLegalRole { holder: Holder::Person(id(1)), ..new() };
        assert_eq!(itself.check(), Err(HOLDER_IS_CHILD.broken_at("holder")));
        let order = NewLegalRole { proof: Proof::CourtOrder, ..new() };
        assert_eq!(order.check(), Err(PROOF_DAY_MISSING.broken_at("proof_of")));
        assert_eq!(NewLegalRole { until: Some(day("2019-12-31")), ..new() }.check().unwrap_err().field, "until");
        let name = PersonName::parse("Amt Muster").ok();
        assert_eq!(Holder::read(Some(id(2)), name), Err(HOLDER_MISSING.broken_at("holder")));
        assert_eq!(Holder::read(None, None), Err(HOLDER_MISSING.broken_at("holder")));
    }

    #[test]
    fn custody_ends_with_its_day_and_with_the_18th_birthday() {
        let role = LegalRole {
            id: LegalRoleId(Uuid::nil()),
            child: id(1),
            kind: LegalKind::Custody,
            from: Some(day("2020-01-01")),
            until: Some(day("2026-06-30")),
            proof: Proof::Told,
        };
        let born = Some(day("2008-02-29"));
        let check = |on: &str, holds: bool| assert_eq!(in_force(&role, born, day(on)), holds, "{on}");
        check("2019-12-31", false);
        check("2020-01-01", true);
        check("2026-02-28", true);
        check("2026-03-01", false);
        let younger = Some(day("2015-05-05"));
        assert!(in_force(&role, younger, day("2026-06-30")) && !in_force(&role, younger, day("2026-07-01")));
        let trusted = LegalRole { kind: LegalKind::Trusted, until: None, ..role.clone() };
        assert!(in_force(&trusted, born, day("2027-01-01")));
        let doubt = |on: &str| custody_doubt(id(1), younger, std::slice::from_ref(&role), day(on));
        assert_eq!(doubt("2026-06-30"), Some(CustodyDoubt::OnlyTold));
        assert_eq!(doubt("2026-07-01"), Some(CustodyDoubt::Nobody));
        let shown = LegalRole { proof: Proof::CourtOrder, ..role.clone() };
        assert_eq!(custody_doubt(id(1), younger, &[shown], day("2026-06-30")), None);
        assert_eq!(custody_doubt(id(1), born, &[], day("2026-11-20")), None);
    }
}
