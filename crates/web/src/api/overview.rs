// SPDX-License-Identifier: EUPL-1.2
//! Cases as they are shown.

use super::words::{Date, Ident, Instant, PersonRoleCode, StatementCode, StrengthCode};
use app::casework::cases::{CaseLine, CaseView, Overview};
use serde::Serialize;
use utoipa::ToSchema;

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub struct CaseShort {
    id: Ident,
    number: String,
    family: String,
    space: Option<String>,
    worker: String,
    opened_on: Date,
    danger_since: Option<Date>,
    moved_at: Instant,
    /// `opened`, `consultation`, `decided`, `running`, `ended`.
    stage: &'static str,
}

impl From<CaseLine> for CaseShort {
    fn from(case: CaseLine) -> Self {
        Self {
            id: case.id.into(),
            number: case.number,
            family: case.family,
            space: case.space,
            worker: case.worker,
            opened_on: case.opened_on.into(),
            danger_since: case.danger_since.map(Date::from),
            moved_at: case.moved_at.into(),
            stage: case.stage.code(),
        }
    }
}

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub struct CasePageOut {
    /// The cases.
    pub cases: Vec<CaseShort>,
    /// How many there are in all.
    pub total: i64,
    /// To be sent as `after` for the next page, if there is one.
    pub next: Option<String>,
}

/// Cases that were found.
#[derive(Serialize, ToSchema)]
pub struct CasesFound {
    /// The cases.
    pub cases: Vec<CaseShort>,
}

/// A case.
#[derive(Serialize, ToSchema)]
struct CaseOut {
    id: Ident,
    number: String,
    family: String,
    team: Ident,
    team_name: String,
    space: Option<Ident>,
    space_name: Option<String>,
    worker: Ident,
    worker_name: String,
    opened_on: Date,
    danger_since: Option<Date>,
    /// `opened`, `consultation`, `decided`, `running`, `ended`.
    stage: &'static str,
}

impl From<CaseView> for CaseOut {
    fn from(case: CaseView) -> Self {
        Self {
            id: case.id.into(),
            number: case.number,
            family: case.family,
            team: case.team.into(),
            team_name: case.team_name,
            space: case.space.map(Ident::from),
            space_name: case.space_name,
            worker: case.worker.into(),
            worker_name: case.worker_name,
            opened_on: case.opened_on.into(),
            danger_since: case.danger_since.map(Date::from),
            stage: case.stage.code(),
        }
    }
}

/// A case with all that belongs to it.
#[derive(Serialize, ToSchema)]
pub struct CaseOverview {
    case: CaseOut,
    people: Vec<PersonOut>,
    statements: Vec<StatementOut>,
    goals: Vec<GoalOut>,
    strengths: Vec<StrengthOut>,
    /// What happened, newest first.
    events: Vec<EventOut>,
}

impl From<Overview> for CaseOverview {
    fn from(shown: Overview) -> Self {
        let people = shown.people.into_iter().map(|person| PersonOut {
            id: person.id.into(),
            name: person.name,
            role: person.role.code(),
            born: person.born.map(Date::from),
        });
        let statements = shown.statements.into_iter().map(|said| StatementOut {
            id: said.id.into(),
            kind: said.kind.code(),
            speaker: said.speaker,
            words: said.words,
            own_part: said.own_part,
            said_on: said.said_on.into(),
        });
        let goals = shown.goals.into_iter().map(|goal| GoalOut {
            id: goal.id.into(),
            owner: goal.owner,
            words: goal.words,
            agreed_on: goal.agreed_on.into(),
        });
        let strengths = shown.strengths.into_iter().map(|strength| StrengthOut {
            id: strength.id.into(),
            field: strength.field.code(),
            words: strength.words,
            owner: strength.owner,
        });
        let events = shown.events.into_iter();
        Self {
            case: shown.case.into(),
            people: people.collect(),
            statements: statements.collect(),
            goals: goals.collect(),
            strengths: strengths.collect(),
            events: events
                .map(|event| EventOut { day: event.day.into(), kind: event.kind, about: event.about })
                .collect(),
        }
    }
}

/// A person of a case.
#[derive(Serialize, ToSchema)]
struct PersonOut {
    id: Ident,
    name: String,
    #[schema(value_type = PersonRoleCode)]
    role: &'static str,
    born: Option<Date>,
}

/// Something that was said.
#[derive(Serialize, ToSchema)]
struct StatementOut {
    id: Ident,
    #[schema(value_type = StatementCode)]
    kind: &'static str,
    /// Name.
    speaker: Option<String>,
    words: String,
    own_part: Option<String>,
    said_on: Date,
}

/// A broad goal.
#[derive(Serialize, ToSchema)]
struct GoalOut {
    id: Ident,
    /// Name.
    owner: String,
    words: String,
    agreed_on: Date,
}

/// A resource of the family.
#[derive(Serialize, ToSchema)]
struct StrengthOut {
    id: Ident,
    #[schema(value_type = StrengthCode)]
    field: &'static str,
    words: String,
    /// Name.
    owner: Option<String>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
struct EventOut {
    day: Date,
    /// Code of what happened.
    kind: String,
    about: String,
}
