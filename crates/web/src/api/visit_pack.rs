// SPDX-License-Identifier: EUPL-1.2
//! What goes onto a device for a visit, in the words in which it is read there.

use super::words::{Date, Ident, Instant};
use crate::casework::head::family;
use crate::deadlines::DueLine;
use crate::kit::t;
use app::casework::visits::{PackedCase, StepView, VisitView};
use domain::deadlines::is_overdue;
use domain::kernel::{Day, PersonId};
use serde::Serialize;
use utoipa::ToSchema;

/// What a visit needs.
#[derive(Serialize, ToSchema)]
pub struct PackOut {
    visit: Ident,
    prepared_at: Instant,
    /// From then on it is deleted on the device.
    ends_at: Instant,
    cases: Vec<PackedCaseOut>,
}

/// One case.
#[derive(Serialize, ToSchema)]
struct PackedCaseOut {
    id: Ident,
    number: String,
    family: String,
    people: Vec<PackedPersonOut>,
    /// Will and wishes, in own words.
    said: Vec<SaidOut>,
    goals: Vec<String>,
    resources: Vec<String>,
    tasks: Vec<TaskOut>,
    /// Steps and conditions of open protection plans.
    plan: Vec<TaskOut>,
}

/// A person.
#[derive(Serialize, ToSchema)]
struct PackedPersonOut {
    name: String,
    /// In German.
    role: String,
    age: Option<i16>,
    language: Option<String>,
    /// In German.
    interpreter: Option<String>,
    contacts: Vec<String>,
    /// Never a protected address.
    place: Option<String>,
}

/// Something said.
#[derive(Serialize, ToSchema)]
struct SaidOut {
    /// In German.
    kind: String,
    words: String,
    own_part: Option<String>,
    speaker: Option<String>,
    said_on: Date,
}

/// Something to be done.
#[derive(Serialize, ToSchema)]
struct TaskOut {
    what: String,
    due_on: Option<Date>,
    is_late: bool,
}

impl PackOut {
    /// For a device, as of a day.
    #[must_use]
    pub fn new(visit: &VisitView, cases: Vec<PackedCase>, today: Day) -> Self {
        Self {
            visit: visit.id.into(),
            prepared_at: visit.prepared_at.into(),
            ends_at: visit.ends_at.into(),
            cases: cases.into_iter().map(|one| PackedCaseOut::new(one, today)).collect(),
        }
    }
}

impl PackedCaseOut {
    fn new(packed: PackedCase, today: Day) -> Self {
        let people = packed.people.iter().map(|one| person(&packed, one.id, today)).collect();
        let worker = packed.case.worker;
        let task = |due: DueLine| TaskOut { what: due.what, due_on: due.due.map(Date::from), is_late: due.is_late };
        Self {
            id: packed.case.id.into(),
            number: packed.case.number,
            family: family(&packed.case.family),
            people,
            said: packed
                .said
                .into_iter()
                .map(|one| SaidOut {
                    kind: t(&format!("statement-{}", one.kind.code())),
                    words: one.words,
                    own_part: one.own_part,
                    speaker: one.speaker,
                    said_on: one.said_on.into(),
                })
                .collect(),
            goals: packed.goals.into_iter().map(|one| format!("{} ({})", one.words, one.owner)).collect(),
            resources: packed.strengths.into_iter().map(|one| one.words).collect(),
            tasks: packed.dues.into_iter().map(|due| task(DueLine::new(due, today, worker))).collect(),
            plan: packed.plan.into_iter().map(|step| step_out(step, today)).collect(),
        }
    }
}

fn person(packed: &PackedCase, id: PersonId, today: Day) -> PackedPersonOut {
    let contacts = packed.contacts.iter().filter(|one| one.person == id).map(|one| one.shown.clone()).collect();
    let place = packed.places.iter().find(|one| one.person == id).map(|one| one.place.clone());
    let found = packed.people.iter().find(|one| one.id == id);
    PackedPersonOut {
        name: found.map(|one| one.name.clone()).unwrap_or_default(),
        role: found.map(|one| t(&format!("person-{}", one.role.code()))).unwrap_or_default(),
        age: found.and_then(|one| one.born).map(|born| today.age_of(born)),
        language: found.and_then(|one| one.language.clone()),
        interpreter: found.and_then(|one| one.interpreter).map(|one| t(&format!("interpreter-{}", one.code()))),
        contacts,
        place,
    }
}

fn step_out(step: StepView, today: Day) -> TaskOut {
    let who = if step.names.is_empty() { String::new() } else { format!(" ({})", step.names.join(", ")) };
    TaskOut {
        what: format!("{}{who}", step.words.unwrap_or_default()),
        is_late: is_overdue(step.due, today),
        due_on: step.due.map(Date::from),
    }
}
