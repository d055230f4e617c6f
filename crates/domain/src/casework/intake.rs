// SPDX-License-Identifier: EUPL-1.2
//! Intake: what follows from a report.

use crate::access::codes;
use crate::kernel::{Day, Line, Moment, Note, PersonName, Refusal, Rule, SpaceId, TeamId, UserId};
use crate::territory::Located;

/// A report cannot have come in tomorrow.
pub const FROM_THE_FUTURE: Rule = Rule::new("report.from_the_future", "Aktenwahrheit");
/// Who overrules the territory says why.
pub const REASON_NEEDED: Rule = Rule::new("report.reason_needed", "§ 35 SGB X");

/// Whoever is not the case's worker says why they must know who reported.
pub const REPORTER_REASON_MISSING: Rule = Rule::new("reporter.reason_missing", "§ 65, § 64(1) SGB VIII");

/// May somebody be told who reported? The worker of the case always, all others with a reason; each look is on
/// record (N17).
///
/// # Errors
/// [`REPORTER_REASON_MISSING`].
pub fn look_at_reporter(asking: UserId, worker: Option<UserId>, reason: Option<&Note>) -> Result<(), Refusal> {
    if worker == Some(asking) || reason.is_some() {
        Ok(())
    } else {
        Err(REPORTER_REASON_MISSING.broken_at("reporter_reason"))
    }
}

codes! {
    /// How a report came.
    #[doc(alias = "Meldeweg")]
    Channel {
        /// In person.
        InPerson = "in-person",
        /// By telephone.
        Phone = "phone",
        /// In writing.
        Letter = "letter",
        /// By mail or form.
        Electronic = "electronic",
        /// By the police or another authority.
        Authority = "authority",
    }
}

codes! {
    /// Who reported, as far as it is known.
    #[doc(alias = "Meldende Person")]
    ReporterKind {
        /// The family itself.
        Family = "family",
        /// Neighbours, relatives, friends.
        Private = "private",
        /// Day care or school.
        School = "school",
        /// Health professions.
        Health = "health",
        /// Counsellors, psychologists, social workers (§ 4(1) Nr. 2 to 6 KKG).
        Counselling = "counselling",
        /// Police, court, another authority.
        Authority = "authority",
        /// Somebody who does not want to be known.
        Anonymous = "anonymous",
    }
}

codes! {
    /// Signs of danger. There are two answers on purpose: whoever is unsure, says so, and that counts as yes.
    /// It is a human answer, never computed (N6).
    #[doc(alias = "Anhaltspunkte für Gefährdung")]
    Danger {
        /// Yes, or unsure.
        SignsOrUnsure = "signs",
        /// No signs.
        NoSigns = "none",
    }
}

/// What came in, in the reporter's words.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Meldung")]
pub struct NewReport {
    /// When it came.
    pub received: Moment,
    /// How it came.
    pub channel: Channel,
    /// Verbatim.
    pub said: Note,
    /// Where, as told.
    pub place: Line,
    /// Signs of danger, as the one who took it in judged.
    pub danger: Danger,
    /// The family's name, if it was told.
    pub family: Option<PersonName>,
}

/// Who reported; kept apart from the report and seen by few.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Meldende Person")]
pub struct Reporter {
    /// As far as it is known.
    pub kind: ReporterKind,
    /// Name, if given; never with [`ReporterKind::Anonymous`].
    pub name: Option<PersonName>,
    /// How to reach them.
    pub contact: Option<Line>,
}

impl Reporter {
    /// Whoever does not want to be known is not known: a name typed before is not kept.
    #[must_use]
    pub fn new(kind: ReporterKind, name: Option<PersonName>, contact: Option<Line>) -> Self {
        if kind == ReporterKind::Anonymous {
            return Self { kind, name: None, contact: None };
        }
        Self { kind, name, contact }
    }
}

/// What stands in a case's head until the family's name is known.
pub const NAME_NOT_KNOWN: &str = "Name noch nicht bekannt";

/// Where a report goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Zuordnung")]
pub enum Route {
    /// To the team of a social space.
    Team(SpaceId, TeamId),
    /// To the queue "Ohne Zuordnung", owned by the duty desk.
    DutyDesk(TeamId),
}

impl Route {
    /// The team that now owns it. There always is one.
    #[must_use]
    pub const fn team(self) -> TeamId {
        match self {
            Self::Team(_, team) | Self::DutyDesk(team) => team,
        }
    }

    /// The social space, if it is known.
    #[must_use]
    pub const fn space(self) -> Option<SpaceId> {
        match self {
            Self::Team(space, _) => Some(space),
            Self::DutyDesk(_) => None,
        }
    }
}

/// What follows from a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Falleingang")]
pub enum Intake {
    /// Signs of danger: a case is opened at once, wherever the family lives (§ 8a SGB VIII).
    OpensCase(Route),
    /// On the board of the team, for a first look by people.
    OnBoard(Route),
}

impl Intake {
    /// Where it goes.
    #[must_use]
    pub const fn route(self) -> Route {
        match self {
            Self::OpensCase(route) | Self::OnBoard(route) => route,
        }
    }
}

/// Decides what follows from a report.
///
/// Signs of danger open a case wherever the family lives and however unclear the address is: protection
/// comes before competence. Everything else goes to the team of its social space, or, where the address is
/// unclear, unknown or outside, to the duty desk; never nowhere.
///
/// # Errors
/// [`FROM_THE_FUTURE`].
pub fn take_in(
    report: &NewReport,
    at: &Located,
    team_of: impl Fn(SpaceId) -> Option<TeamId>,
    duty_desk: TeamId,
    today: Day,
) -> Result<Intake, Refusal> {
    if report.received.day() > today {
        return Err(FROM_THE_FUTURE.broken_at("received"));
    }
    let route = match at {
        Located::In { space, .. } => {
            team_of(*space).map_or(Route::DutyDesk(duty_desk), |team| Route::Team(*space, team))
        }
        _ => Route::DutyDesk(duty_desk),
    };
    Ok(match report.danger {
        Danger::SignsOrUnsure => Intake::OpensCase(route),
        Danger::NoSigns => Intake::OnBoard(route),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::territory::How;
    use uuid::Uuid;

    fn space() -> SpaceId {
        SpaceId(Uuid::from_u128(1))
    }

    fn check(danger: Danger, at: &Located, expected: Intake) {
        let report = NewReport {
            received: Moment::parse_local("2026-11-20T10:00").unwrap(),
            channel: Channel::Phone,
            said: Note::parse("Das Kind ist oft allein.").unwrap(),
            place: Line::parse("Lindenweg 12").unwrap(),
            danger,
            family: None,
        };
        let team_of = |_| Some(TeamId(Uuid::from_u128(2)));
        let outcome = take_in(&report, at, team_of, TeamId(Uuid::from_u128(9)), Day::parse("2026-11-20").unwrap());
        assert_eq!(outcome, Ok(expected));
        let early = take_in(&report, at, team_of, TeamId(Uuid::from_u128(9)), Day::parse("2026-11-19").unwrap());
        assert_eq!(early, Err(FROM_THE_FUTURE.broken_at("received")));
    }

    #[test]
    fn only_the_worker_of_the_case_is_told_without_a_reason() {
        let (own, other) = (UserId(uuid::Uuid::from_u128(1)), UserId(uuid::Uuid::from_u128(2)));
        let why = Note::parse("Rückfrage zur Uhrzeit").unwrap();
        assert!(look_at_reporter(own, Some(own), None).is_ok());
        for worker in [None, Some(other)] {
            assert_eq!(look_at_reporter(own, worker, None), Err(REPORTER_REASON_MISSING.broken_at("reporter_reason")));
            assert!(look_at_reporter(own, worker, Some(&why)).is_ok());
        }
    }

    #[test]
    fn danger_is_never_passed_on_and_never_waits_for_an_address() {
        let desk = Route::DutyDesk(TeamId(Uuid::from_u128(9)));
        check(Danger::SignsOrUnsure, &Located::OutsideDistrict, Intake::OpensCase(desk));
        check(Danger::SignsOrUnsure, &Located::Ambiguous(vec![]), Intake::OpensCase(desk));
        check(Danger::SignsOrUnsure, &Located::Unknown, Intake::OpensCase(desk));
        check(Danger::NoSigns, &Located::Unknown, Intake::OnBoard(desk));
    }

    #[test]
    fn a_known_address_reaches_its_team() {
        let team = Route::Team(space(), TeamId(Uuid::from_u128(2)));
        let at = Located::In { space: space(), how: How::Street };
        check(Danger::SignsOrUnsure, &at, Intake::OpensCase(team));
        check(Danger::NoSigns, &at, Intake::OnBoard(team));
    }

    #[test]
    fn an_anonymous_reporter_has_no_name() {
        let name = PersonName::parse("Erna Beispiel").unwrap();
        assert_eq!(Reporter::new(ReporterKind::Anonymous, Some(name), None).name, None);
    }
}
