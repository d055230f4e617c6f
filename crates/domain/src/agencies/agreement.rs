// SPDX-License-Identifier: EUPL-1.2
//! Agreements with agencies: §§ 77, 78a–g, 36a(2) SGB VIII, and grants of § 74. They look forward only (N20), and
//! none is needed to be chosen: a missing one is said, nothing is blocked (§ 78b(3); W23, N5).

use crate::access::codes;
use crate::casework::HelpKind;
use crate::kernel::{AgencyId, AgreementId, Day, Line, Note, Period, Refusal, Rule, SpaceId};

/// An agreement that is to hold for days before it was made.
pub const AGREEMENT_BACK_DATED: Rule = Rule::new("agreement.back_dated", "§ 78d(1) SGB VIII");
/// An agreement of a day that has not come.
pub const AGREED_IN_THE_FUTURE: Rule = Rule::new("agreement.in_the_future", "§ 78d(1) SGB VIII");
/// A share of a consortium that is nothing or less.
pub const SHARE_NOT_POSITIVE: Rule = Rule::new("agreement.share_not_positive", "Trägeranteil");

/// An agreement that ends within so many days is about to expire (W23); offices need two months for a new one, as the
/// arbitration board may be called six weeks after the call for talks (§ 78g(2)).
const EXPIRES_WITHIN_DAYS: i32 = 60;

codes! {
    /// On which paragraph an agreement stands.
    #[doc(alias = "Vereinbarungsart")]
    AgreementKind {
        /// Agreement on services of ambulatory help.
        Services = "77",
        /// Agreement on services, prices and quality of (semi-)residential help.
        Facility = "78b",
        /// Agreement on direct access.
        DirectAccess = "36a-2",
        /// A grant by administrative act.
        Grant = "74",
    }
}

impl AgreementKind {
    /// The paragraph.
    #[must_use]
    pub const fn paragraph(self) -> &'static str {
        match self {
            Self::Services => "§ 77 SGB VIII",
            Self::Facility => "§§ 78a–78g SGB VIII",
            Self::DirectAccess => "§ 36a Abs. 2 SGB VIII",
            Self::Grant => "§ 74 SGB VIII",
        }
    }
}

codes! {
    /// What an agreement says something about (§ 77(1) SGB VIII).
    #[doc(alias = "Regelungspunkt")]
    TermKind {
        /// What it costs.
        Cost = "cost",
        /// What is rendered.
        Content = "content",
        /// How much.
        Extent = "extent",
        /// How good, and how that is developed.
        Quality = "quality",
        /// How young people are protected from violence.
        ViolenceProtection = "violence-protection",
        /// How everybody can take part.
        Inclusion = "inclusion",
        /// Taking part in the analyses of § 79a(2).
        Cooperation = "cooperation",
    }
}

/// What is to be agreed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Vereinbarungsentwurf")]
pub struct AgreementDraft {
    /// On which paragraph.
    pub kind: AgreementKind,
    /// Under which title.
    pub title: Line,
    /// With whom, and each one's share; one agency alone has any share. Several are a consortium (Trägerverbund).
    pub members: Vec<(AgencyId, i64)>,
    /// From – until.
    pub period: Period,
    /// On which day it was agreed.
    pub agreed_on: Day,
    /// For which helps; none means all.
    pub helps: Vec<HelpKind>,
    /// For which spaces; none means all.
    pub spaces: Vec<SpaceId>,
    /// What it says.
    pub terms: Vec<(TermKind, Note)>,
    /// Has it the clause on protecting children (§ 8a(4))?
    pub child_protection: bool,
    /// Has it the clause on certificates of conduct (§ 72a)?
    pub record_checks: bool,
    /// The agreement that this one follows.
    pub supersedes: Option<AgreementId>,
}

/// An agreement. Only [`agree`] makes one.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Vereinbarung")]
#[doc(alias = "Leistungsvereinbarung")]
pub struct Agreement(AgreementDraft);

impl Agreement {
    /// What was agreed.
    #[must_use]
    pub fn content(&self) -> &AgreementDraft {
        &self.0
    }
}

/// Makes an agreement. It holds from the day on which it was agreed, or later; it is never changed, only followed by
/// another one.
///
/// # Errors
/// The rules of this file that are broken.
pub fn agree(draft: AgreementDraft, today: Day) -> Result<Agreement, Vec<Refusal>> {
    let mut wrong = Vec::new();
    if draft.agreed_on > today {
        wrong.push(AGREED_IN_THE_FUTURE.broken_at("agreed_on"));
    }
    if draft.period.from() < draft.agreed_on {
        wrong.push(AGREEMENT_BACK_DATED.broken_at("from"));
    }
    if draft.members.is_empty() || draft.members.iter().any(|(_, share)| *share <= 0) {
        wrong.push(SHARE_NOT_POSITIVE.broken_at("members"));
    }
    if wrong.is_empty() { Ok(Agreement(draft)) } else { Err(wrong) }
}

/// An agreement as far as somebody needs it who is about to commission.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Bestehende Vereinbarung")]
pub struct Held {
    /// For which helps; none means all.
    pub helps: Vec<HelpKind>,
    /// First day.
    pub from: Day,
    /// Last day, also where a later agreement takes over.
    pub until: Option<Day>,
    /// Clause of § 8a(4)?
    pub child_protection: bool,
    /// Clause of § 72a?
    pub record_checks: bool,
}

/// What to know before an agency is commissioned (W23). Nothing here stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Hinweis zur Vereinbarung")]
pub enum Caution {
    /// There is no agreement in force.
    NoAgreement,
    /// It ends on this day.
    Expires(Day),
    /// The clause of § 8a(4) is missing.
    NoChildProtection,
    /// The clause of § 72a is missing.
    NoRecordChecks,
    /// It gave the opinion on which the help rests (§ 35a(1a) S. 4 SGB VIII, W7).
    Assessed,
}

impl Caution {
    /// The name of its sentence.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAgreement => "no-agreement",
            Self::Expires(_) => "expires",
            Self::NoChildProtection => "no-child-protection",
            Self::NoRecordChecks => "no-record-checks",
            Self::Assessed => "assessed",
        }
    }
}

/// What to know about an agency's agreements on a day, for a help or for any.
#[must_use]
pub fn cautions(held: &[Held], help: Option<HelpKind>, on: Day) -> Vec<Caution> {
    let fits = |one: &&Held| {
        let for_help = help.is_none_or(|help| one.helps.is_empty() || one.helps.contains(&help));
        for_help && one.from <= on && one.until.is_none_or(|until| on <= until)
    };
    let valid: Vec<&Held> = held.iter().filter(fits).collect();
    if valid.is_empty() {
        return vec![Caution::NoAgreement];
    }
    let mut cautions = Vec::new();
    let last = valid.iter().map(|one| one.until).reduce(|one, other| one.zip(other).map(|(a, b)| a.max(b))).flatten();
    // A follower that is agreed already takes the worry away.
    let followed =
        |until: Day| held.iter().any(|one| one.from <= until.plus_days(1) && one.until.is_none_or(|end| end > until));
    if let Some(until) = last.filter(|until| until.days_since(on) <= EXPIRES_WITHIN_DAYS && !followed(*until)) {
        cautions.push(Caution::Expires(until));
    }
    if !valid.iter().any(|one| one.child_protection) {
        cautions.push(Caution::NoChildProtection);
    }
    if !valid.iter().any(|one| one.record_checks) {
        cautions.push(Caution::NoRecordChecks);
    }
    cautions
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn draft(agreed_on: &str, from: &str) -> AgreementDraft {
        AgreementDraft {
            kind: AgreementKind::Facility,
            title: Line::parse("Wohngruppe").unwrap(),
            members: vec![(AgencyId(Uuid::nil()), 1)],
            period: Period::new(day(from), None).unwrap(),
            agreed_on: day(agreed_on),
            helps: Vec::new(),
            spaces: Vec::new(),
            terms: Vec::new(),
            child_protection: true,
            record_checks: true,
            supersedes: None,
        }
    }

    fn check(agreed_on: &str, from: &str, expected: &[&str]) {
        let wrong = agree(draft(agreed_on, from), day("2026-11-20")).err().unwrap_or_default();
        assert_eq!(wrong.iter().map(|refusal| refusal.rule.code()).collect::<Vec<_>>(), expected, "{agreed_on} {from}");
    }

    #[test]
    fn n20_an_agreement_looks_forward_only() {
        check("2026-11-20", "2026-11-20", &[]);
        check("2026-11-20", "2027-01-01", &[]);
        check("2026-11-20", "2026-11-19", &["agreement.back_dated"]);
        check("2026-11-20", "2026-01-01", &["agreement.back_dated"]);
        check("2026-11-21", "2026-11-21", &["agreement.in_the_future"]);
    }

    #[test]
    fn a_share_is_more_than_nothing() {
        let mut without = draft("2026-11-20", "2027-01-01");
        without.members = vec![(AgencyId(Uuid::nil()), 0)];
        assert_eq!(agree(without, day("2026-11-20")).unwrap_err(), [SHARE_NOT_POSITIVE.broken_at("members")]);
    }

    #[test]
    fn what_to_know_is_said_and_nothing_more() {
        let held = |from: &str, until: &str, clauses: bool| Held {
            helps: vec![HelpKind::FamilySupport],
            from: day(from),
            until: Day::parse(until).ok(),
            child_protection: clauses,
            record_checks: clauses,
        };
        let on = day("2026-11-20");
        let help = Some(HelpKind::FamilySupport);
        assert_eq!(cautions(&[], help, on), [Caution::NoAgreement]);
        assert_eq!(cautions(&[held("2026-01-01", "", true)], Some(HelpKind::Residential), on), [Caution::NoAgreement]);
        assert_eq!(cautions(&[held("2026-01-01", "", true)], help, on), []);
        let ending = held("2026-01-01", "2026-12-31", true);
        assert_eq!(cautions(std::slice::from_ref(&ending), help, on), [Caution::Expires(day("2026-12-31"))]);
        assert_eq!(cautions(&[ending, held("2027-01-01", "2028-12-31", true)], help, on), []);
        let bare = held("2026-01-01", "2028-12-31", false);
        assert_eq!(cautions(&[bare], None, on), [Caution::NoChildProtection, Caution::NoRecordChecks]);
    }
}
