// SPDX-License-Identifier: EUPL-1.2
//! One open procedure of child protection, invented, at the point where assessing comes next; and the town's Land.

use super::staff::{Cast, Person};
use app::access::operator;
use app::casework::cases::{self, Overview, Whose};
use app::casework::protection::{self, KeptStep, OpenDraft};
use app::{App, Failure, deadlines};
use domain::casework::protection::{CameFrom, StepKind, StepParts};
use domain::deadlines::{Calendar, Change, Outcome};
use domain::kernel::{CaseId, Day, Line, Moment, Note, PersonName, ProtectionId};

/// Musterhafen lies in Niedersachsen, as its streets do.
const LAND: &str = "NI";

/// Says in which Land the town is, before the first day is worked out.
pub async fn land(house: &App) -> Result<(), Failure> {
    let calendar = Calendar::from_code(LAND).unwrap_or_default();
    deadlines::set_calendar(house, &operator(), None, calendar).await.map(|_| ())
}

/// Begins a procedure in the first team's newest case with signs of danger, and goes half the way.
pub async fn live(house: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let Some(worker) = cast.teams.first().and_then(|team| team.workers.first()) else { return Ok(()) };
    let now = house.at(end.plus_minutes(-90));
    let Some(case) = newest_in_danger(&now, worker).await? else { return Ok(()) };
    let shown = cases::overview(&now, &worker.actor, case).await?;
    let id = begin(&now, worker, &shown, end).await?;
    let second = cast.teams.first().and_then(|team| team.workers.get(1)).map_or("Kollegin im Team", |one| &one.name);
    for (kind, parts) in steps((&worker.name, second), end)? {
        protection::keep_step(&now, &worker.actor, None, id, KeptStep { kind, parts }).await?;
    }
    Ok(())
}

/// What was due long ago was done, as in an office that keeps its days; the last weeks are left as they are.
pub async fn keep_days(house: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let (now, long_ago) = (house.at(end), end.day().plus_days(-21));
    for worker in cast.teams.iter().flat_map(|team| &team.workers) {
        loop {
            let open = deadlines::page(&now, &worker.actor, deadlines::Whose::Mine, None).await?;
            let old: Vec<_> = open.dated.iter().filter(|one| one.due_on.is_some_and(|day| day < long_ago)).collect();
            if old.is_empty() {
                break;
            }
            for one in old {
                let done = Change { outcome: Outcome::Done, to: None, reason: Some(Note::parse("Besprochen.")?) };
                deadlines::change(&now, &worker.actor, None, one.id, done).await?;
            }
        }
    }
    Ok(())
}

async fn newest_in_danger(house: &App, worker: &Person) -> Result<Option<CaseId>, Failure> {
    let page = cases::list(house, &worker.actor, Whose::Teams, None).await?;
    Ok(page.cases.iter().find(|case| case.danger_since.is_some()).map(|case| case.id))
}

/// The family's children, or one whose name is invented.
async fn begin(house: &App, worker: &Person, shown: &Overview, end: Moment) -> Result<ProtectionId, Failure> {
    let today = end.day();
    let is_child =
        |born: Option<Day>, role: &str| born.map_or(matches!(role, "child" | "youth"), |born| today.age_of(born) < 18);
    let children = shown.people.iter().filter(|one| is_child(one.born, one.role.code()));
    let children: Vec<_> = children.map(|one| one.id).collect();
    let child_name = children.is_empty().then(|| PersonName::parse("Mio, Nachname noch nicht bekannt")).transpose()?;
    let seen = StepParts {
        code: Some("hearsay".to_owned()),
        words: Some(Note::parse("Nachts lautes Weinen, mehrmals in dieser Woche.")?),
        source: Some(Line::parse("aus der Nachbarschaft")?),
        ..StepParts::at(end.plus_minutes(-180))
    };
    let draft = OpenDraft { children, child_name, from: CameFrom::Report, seen };
    protection::open(house, &worker.actor, None, shown.case.id, draft).await
}

fn steps((first, second): (&str, &str), end: Moment) -> Result<Vec<(StepKind, StepParts)>, Failure> {
    let at = |code: &str, words: &str| -> Result<StepParts, Failure> {
        let code = Some(code.to_owned()).filter(|code| !code.is_empty());
        Ok(StepParts { code, words: Some(Note::parse(words)?), ..StepParts::at(end.plus_minutes(-120)) })
    };
    let names = vec![Line::parse(first)?, Line::parse(second)?];
    let check = StepParts { names: names.clone(), ..at("yes", "Mehrere Nächte, ein kleines Kind, niemand öffnet.")? };
    let visit = StepParts {
        names,
        marks: vec!["child".to_owned(), "sleeping-place".to_owned()],
        ..at("home-visit", "Das Kind ist wach und sucht Nähe. Das Bett ist bezogen, im Kühlschrank wenig.")?
    };
    let seen =
        StepParts { source: Some(Line::parse(first)?), ..at("fact", "Die Wohnung ist warm, das Kind hat gegessen.")? };
    let plan = StepParts {
        names: vec![Line::parse("Großmutter")?],
        due: Some(end.day().plus_days(2)),
        ..at("", "Die Großmutter übernachtet bis zum nächsten Gespräch bei der Familie.")?
    };
    Ok(vec![
        (StepKind::FirstCheck, check),
        (StepKind::Contact, at("not-reached", "Morgens geklingelt, niemand öffnet.")?),
        (StepKind::Impression, visit),
        (StepKind::Observation, seen),
        (StepKind::PlanStep, plan),
    ])
}
