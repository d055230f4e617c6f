// SPDX-License-Identifier: EUPL-1.2
//! What a private person agreed to, and who may see a card. Both are asked whenever a card is read, so that a consent
//! ends on its day and not when some job has run.

use super::words::{ConsentForm, Visibility};
use crate::access::{Action, Actor, Standing, permit, sight};
use crate::kernel::{Day, Refusal, Rule, TeamId, UserId};

/// It ends before it begins.
pub const CONSENT_BACKWARDS: Rule = Rule::new("card.consent_backwards", "§ 67b SGB X, Art. 7 DSGVO");
/// Longer than people remember what they agreed to (own rule: three years).
pub const CONSENT_TOO_LONG: Rule = Rule::new("card.consent_too_long", "Art. 5(1)(e) DSGVO");

/// Longest consent, in months.
const LONGEST_MONTHS: i32 = 36;

/// What a private person agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Einwilligung")]
pub struct Consent {
    /// On this day.
    pub given_on: Day,
    /// The last day on which it holds.
    pub until: Day,
    /// To be shown no more widely than this.
    pub scope: Visibility,
    /// How.
    pub form: ConsentForm,
    /// From this day on it no longer holds.
    pub revoked_on: Option<Day>,
}

impl Consent {
    /// Can it be such?
    ///
    /// # Errors
    /// [`CONSENT_BACKWARDS`], [`CONSENT_TOO_LONG`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.until < self.given_on {
            return Err(CONSENT_BACKWARDS.broken());
        }
        if self.until > self.given_on.plus_months(LONGEST_MONTHS) {
            return Err(CONSENT_TOO_LONG.broken());
        }
        Ok(())
    }

    /// Does it hold on this day?
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.given_on <= day && day <= self.until && self.revoked_on.is_none_or(|revoked| day < revoked)
    }
}

/// Whoever looks at the directory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Betrachtende Person")]
pub struct Viewer {
    /// The account; nobody's for the public.
    pub user: Option<UserId>,
    /// Works for the office or an agency with a post that carries [`Action::SeeProfessionalCards`].
    pub professional: bool,
    /// Sees the cards of all teams.
    pub all_teams: bool,
    /// Sees the cards of these teams.
    pub teams: Vec<TeamId>,
}

impl Viewer {
    /// Everybody, without signing in.
    #[must_use]
    pub fn public() -> Self {
        Self::default()
    }

    /// What the policy gives somebody.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let teams = sight(actor, Action::SeeTeamCards);
        Self {
            user: Some(actor.user),
            professional: permit(actor, Action::SeeProfessionalCards, Standing::Office).is_ok(),
            all_teams: teams.office,
            teams: teams.teams,
        }
    }
}

/// What decides who may see a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Sichtbarkeit einer Karte")]
pub struct Seen {
    /// To whom it is meant to be visible.
    pub visibility: Visibility,
    /// Who keeps it.
    pub keeper: UserId,
    /// The keeper's team.
    pub team: Option<TeamId>,
    /// What the person it is about agreed to.
    pub consent: Option<Consent>,
    /// It is about a private person.
    pub of_person: bool,
    /// Closed, from this day on.
    pub ended_on: Option<Day>,
}

impl Seen {
    /// May this viewer see the card today? The keeper always; without a valid consent nobody else.
    #[must_use]
    pub fn by(&self, viewer: &Viewer, today: Day) -> bool {
        if viewer.user == Some(self.keeper) {
            return true;
        }
        let agreed =
            self.consent.map_or(!self.of_person, |consent| consent.holds(today) && self.visibility <= consent.scope);
        agreed
            && match self.visibility {
                Visibility::Public => viewer.professional || !self.is_closed(today),
                Visibility::Professionals => viewer.professional,
                Visibility::Team => viewer.all_teams || self.team.is_some_and(|team| viewer.teams.contains(&team)),
                Visibility::Owner => false,
            }
    }

    /// Is it closed?
    #[must_use]
    pub fn is_closed(&self, today: Day) -> bool {
        self.ended_on.is_some_and(|day| day <= today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn consent() -> Consent {
        let (given_on, until) = (day("2026-01-01"), day("2026-11-22"));
        Consent { given_on, until, scope: Visibility::Public, form: ConsentForm::Written, revoked_on: None }
    }

    #[test]
    fn a_consent_ends_on_its_day() {
        assert!(consent().holds(day("2026-11-22")) && !consent().holds(day("2026-11-23")));
        let revoked = Consent { revoked_on: Some(day("2026-05-05")), ..consent() };
        assert!(revoked.holds(day("2026-05-04")) && !revoked.holds(day("2026-05-05")));
    }

    #[test]
    fn without_consent_only_the_keeper_sees_a_person() {
        let id = |n| Uuid::from_u128(n);
        let keeper = UserId(id(1));
        let everybody =
            Viewer { user: Some(UserId(id(2))), professional: true, all_teams: true, teams: vec![TeamId(id(3))] };
        for visibility in Visibility::ALL {
            for consent in [None, Some(consent()), Some(Consent { scope: Visibility::Owner, ..consent() })] {
                let (visibility, team) = (*visibility, Some(TeamId(id(3))));
                let seen = Seen { visibility, keeper, team, consent, of_person: true, ended_on: None };
                assert!(!seen.by(&everybody, day("2026-11-23")) && !seen.by(&Viewer::public(), day("2026-11-23")));
                assert!(seen.by(&Viewer { user: Some(keeper), ..Viewer::public() }, day("2026-11-23")));
            }
        }
        let seen = Seen {
            visibility: Visibility::Public,
            keeper,
            team: None,
            consent: Some(consent()),
            of_person: true,
            ended_on: None,
        };
        assert!(seen.by(&Viewer::public(), day("2026-11-22")));
    }
}
