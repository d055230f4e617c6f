// SPDX-License-Identifier: EUPL-1.2
//! Consents and releases from secrecy: who releases whom towards whom, about what, until when; and what was asked of
//! others instead of the person concerned. Both warn where something leaves, or came, without a ground (W31, W32).

use crate::access::codes;
use crate::kernel::{Day, Line, Note, PersonId, Refusal, Rule};

/// Given tomorrow.
pub const CONSENT_FUTURE: Rule = Rule::new("consent.future", "Aktenwahrheit");
/// Ended before it was given.
pub const CONSENT_BACKWARDS: Rule = Rule::new("consent.backwards", "Kalender");
/// Said and not written, without the circumstances for it.
pub const CONSENT_ORAL_WHY: Rule = Rule::new("consent.oral_why", "§ 67b(2) S. 3 SGB X");
/// Taken back before.
pub const CONSENT_REVOKED: Rule = Rule::new("consent.revoked", "Art. 7(3) DSGVO");
/// Nobody of the case.
pub const CONSENT_GIVER: Rule = Rule::new("consent.giver", "§ 67b(2) SGB X");
/// Collected elsewhere, and nobody said on which ground, nor why there is none (W32).
pub const COLLECTED_WITHOUT_GROUND: Rule = Rule::new("collected.without_ground", "§ 62(3) SGB VIII");
/// The person was told, or it is said why not; never both.
pub const COLLECTED_TOLD_TWICE: Rule = Rule::new("collected.told_twice", "§ 82a SGB X, Art. 14 DSGVO");

codes! {
    /// How a consent was given.
    #[doc(alias = "Form der Einwilligung")]
    ConsentForm {
        /// Signed.
        Written = "written",
        /// Electronically.
        Electronic = "electronic",
        /// Said, for special circumstances.
        Oral = "oral",
    }
}

/// A consent as recorded. None of it is given beforehand by the form (N24).
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Schweigepflichtentbindung")]
pub struct NewCaseConsent {
    /// Who consents.
    pub giver: PersonId,
    /// Who may speak.
    pub released: Line,
    /// To whom.
    pub towards: Line,
    /// About what.
    pub data: Note,
    /// For what.
    pub purpose: Line,
    /// Since.
    pub given_on: Day,
    /// Until; it ends by itself.
    pub until: Day,
    /// How it was given.
    pub form: ConsentForm,
    /// Why it was only said.
    pub oral_why: Option<Note>,
}

impl NewCaseConsent {
    /// Checks a consent.
    ///
    /// # Errors
    /// [`CONSENT_FUTURE`], [`CONSENT_BACKWARDS`], [`CONSENT_ORAL_WHY`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.given_on > today {
            return Err(CONSENT_FUTURE.broken_at("given_on"));
        }
        if self.until < self.given_on {
            return Err(CONSENT_BACKWARDS.broken_at("until"));
        }
        if (self.form == ConsentForm::Oral) != self.oral_why.is_some() {
            return Err(CONSENT_ORAL_WHY.broken_at("oral_why"));
        }
        Ok(())
    }
}

/// A consent as far as the rules need it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Einwilligung")]
pub struct CaseConsent {
    /// Who may speak.
    pub released: String,
    /// To whom.
    pub towards: String,
    /// Since.
    pub given_on: Day,
    /// Until.
    pub until: Day,
    /// Taken back.
    pub revoked_on: Option<Day>,
}

codes! {
    /// How a consent stands.
    #[doc(alias = "Stand der Einwilligung")]
    ConsentState {
        /// It holds.
        Holds = "holds",
        /// Its time is over.
        Ended = "ended",
        /// It was taken back.
        Revoked = "revoked",
    }
}

impl CaseConsent {
    /// How it stands on a day. Taken back holds from that very day (Art. 7(3) DSGVO).
    #[must_use]
    pub fn state(&self, on: Day) -> ConsentState {
        if self.revoked_on.is_some_and(|day| day <= on) {
            ConsentState::Revoked
        } else if self.until < on {
            ConsentState::Ended
        } else {
            ConsentState::Holds
        }
    }

    fn names(&self, body: &str) -> bool {
        let same = |name: &str| name.trim().to_lowercase() == body.trim().to_lowercase();
        same(&self.towards) || same(&self.released)
    }
}

/// Whether something may go to a body with a consent: how the best one of them stands, nothing if there is none.
#[must_use]
pub fn consent_towards(consents: &[CaseConsent], body: &str, on: Day) -> Option<ConsentState> {
    let states: Vec<ConsentState> = consents.iter().filter(|one| one.names(body)).map(|one| one.state(on)).collect();
    let holds = states.iter().find(|state| **state == ConsentState::Holds);
    holds.or(states.last()).copied()
}

codes! {
    /// Why something was asked of others (§ 62(3) SGB VIII).
    #[doc(alias = "Erhebungsgrund")]
    CollectGround {
        /// A law says so (Nr. 1).
        Law = "law",
        /// Not possible otherwise, and needed for a benefit (Nr. 2a).
        Benefit = "benefit",
        /// … for claiming a benefit back (Nr. 2b).
        Reclaim = "reclaim",
        /// … for taking into care, permits, proceedings of young people (Nr. 2c).
        OtherTask = "other-task",
        /// … for protecting a child (Nr. 2d).
        Danger = "danger",
        /// It would take out of proportion, and nobody is harmed (Nr. 3).
        Effort = "effort",
        /// Asking would bar the way to help (Nr. 4).
        Access = "access",
    }
}

impl CollectGround {
    /// Where it stands.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Law => "§ 62 Abs. 3 Nr. 1 SGB VIII",
            Self::Benefit => "§ 62 Abs. 3 Nr. 2 lit. a SGB VIII",
            Self::Reclaim => "§ 62 Abs. 3 Nr. 2 lit. b SGB VIII",
            Self::OtherTask => "§ 62 Abs. 3 Nr. 2 lit. c SGB VIII",
            Self::Danger => "§ 62 Abs. 3 Nr. 2 lit. d SGB VIII",
            Self::Effort => "§ 62 Abs. 3 Nr. 3 SGB VIII",
            Self::Access => "§ 62 Abs. 3 Nr. 4 SGB VIII",
        }
    }
}

/// Something that was collected elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Dritterhebung")]
pub struct NewCollection {
    /// About whom.
    pub person: PersonId,
    /// Of whom it was asked.
    pub source: Line,
    /// What.
    pub data: Note,
    /// For what.
    pub purpose: Line,
    /// When.
    pub collected_on: Day,
    /// On which ground.
    pub ground: Option<CollectGround>,
    /// Why it happened without a ground.
    pub no_ground_why: Option<Note>,
}

impl NewCollection {
    /// Checks it. Without a ground it is kept all the same, with the reason, and stays a warning.
    ///
    /// # Errors
    /// [`CONSENT_FUTURE`], [`COLLECTED_WITHOUT_GROUND`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.collected_on > today {
            return Err(CONSENT_FUTURE.broken_at("collected_on"));
        }
        if self.ground.is_none() && self.no_ground_why.is_none() {
            return Err(COLLECTED_WITHOUT_GROUND.broken_at("ground"));
        }
        Ok(())
    }
}

codes! {
    /// What should not be: it warns, takes a reason where a letter leaves, and stays with it.
    #[doc(alias = "Warnung zum Brief")]
    LetterWarning {
        /// Help is refused for lack of cooperation, and no written notice went before (W30).
        NoNotice = "no-notice",
        /// The notice was sent, its period is not over (W30).
        NoticeRuns = "notice-runs",
        /// Nobody consented to this body (W31).
        ConsentMissing = "consent-missing",
        /// The consent ended or was taken back (W31).
        ConsentEnded = "consent-ended",
    }
}

/// What a written notice of § 66(3) SGB I lacks: each one that left, with the last day it set.
#[must_use]
pub fn notice_warning(notices: &[Option<Day>], today: Day) -> Option<LetterWarning> {
    if notices.is_empty() {
        return Some(LetterWarning::NoNotice);
    }
    let over = notices.iter().any(|until| until.is_some_and(|until| until < today));
    (!over).then_some(LetterWarning::NoticeRuns)
}

/// What the consent for a body lacks.
#[must_use]
pub const fn consent_warning(state: Option<ConsentState>) -> Option<LetterWarning> {
    match state {
        Some(ConsentState::Holds) => None,
        Some(ConsentState::Ended | ConsentState::Revoked) => Some(LetterWarning::ConsentEnded),
        None => Some(LetterWarning::ConsentMissing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn consent(until: &str, revoked: Option<&str>) -> CaseConsent {
        CaseConsent {
            released: "Jugendamt".into(),
            towards: "Klinik am Hafen".into(),
            given_on: day("2026-01-01"),
            until: day(until),
            revoked_on: revoked.map(day),
        }
    }

    #[test]
    fn w31_a_consent_ends_by_itself_and_by_a_word() {
        let today = day("2026-11-23");
        let check = |all: &[CaseConsent], body: &str, expected| {
            assert_eq!(consent_warning(consent_towards(all, body, today)), expected);
        };
        check(&[consent("2026-11-23", None)], "klinik am hafen ", None);
        check(&[consent("2026-11-22", None)], "Klinik am Hafen", Some(LetterWarning::ConsentEnded));
        check(&[consent("2027-01-01", Some("2026-11-23"))], "Klinik am Hafen", Some(LetterWarning::ConsentEnded));
        check(&[consent("2027-01-01", Some("2026-11-24"))], "Klinik am Hafen", None);
        check(&[consent("2026-11-22", None), consent("2027-01-01", None)], "Klinik am Hafen", None);
        check(&[consent("2027-01-01", None)], "Praxis", Some(LetterWarning::ConsentMissing));
    }

    #[test]
    fn w30_a_notice_was_sent_and_its_period_is_over() {
        let today = day("2026-11-23");
        assert_eq!(notice_warning(&[], today), Some(LetterWarning::NoNotice));
        assert_eq!(notice_warning(&[None], today), Some(LetterWarning::NoticeRuns));
        assert_eq!(notice_warning(&[Some(today)], today), Some(LetterWarning::NoticeRuns));
        assert_eq!(notice_warning(&[Some(day("2026-11-22")), Some(today)], today), None);
    }

    fn new() -> NewCaseConsent {
        NewCaseConsent {
            giver: PersonId(Uuid::nil()),
            released: Line::parse("Jugendamt").unwrap(),
            towards: Line::parse("Schule").unwrap(),
            data: Note::parse("Anwesenheit").unwrap(),
            purpose: Line::parse("Hilfeplan").unwrap(),
            given_on: day("2026-11-20"),
            until: day("2027-05-20"),
            form: ConsentForm::Written,
            oral_why: None,
        }
    }

    #[test]
    fn a_consent_has_its_days_and_its_form() {
        let today = day("2026-11-23");
        assert_eq!(new().check(today), Ok(()));
        let late = NewCaseConsent { given_on: day("2026-11-24"), ..new() };
        assert_eq!(late.check(today), Err(CONSENT_FUTURE.broken_at("given_on")));
        let back = NewCaseConsent { until: day("2026-11-19"), ..new() };
        assert_eq!(back.check(today), Err(CONSENT_BACKWARDS.broken_at("until")));
        let said = NewCaseConsent { form: ConsentForm::Oral, ..new() };
        assert_eq!(said.check(today), Err(CONSENT_ORAL_WHY.broken_at("oral_why")));
        let why = Note::parse("Am Unfallort").ok();
        assert_eq!(NewCaseConsent { oral_why: why.clone(), ..said }.check(today), Ok(()));
        assert!(NewCaseConsent { oral_why: why, ..new() }.check(today).is_err());
    }

    #[test]
    fn w32_what_was_asked_of_others_has_a_ground_or_a_reason() {
        let asked = |ground, why| NewCollection {
            person: PersonId(Uuid::nil()),
            source: Line::parse("Schule").unwrap(),
            data: Note::parse("Fehltage").unwrap(),
            purpose: Line::parse("Einschätzung").unwrap(),
            collected_on: day("2026-11-20"),
            ground,
            no_ground_why: why,
        };
        let today = day("2026-11-23");
        assert_eq!(asked(Some(CollectGround::Danger), None).check(today), Ok(()));
        assert_eq!(asked(None, None).check(today), Err(COLLECTED_WITHOUT_GROUND.broken_at("ground")));
        assert_eq!(asked(None, Note::parse("Versehen").ok()).check(today), Ok(()));
        assert!(CollectGround::ALL.iter().all(|ground| ground.source().starts_with("§ 62 Abs. 3 Nr.")));
    }
}
