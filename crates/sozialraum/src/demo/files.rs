// SPDX-License-Identifier: EUPL-1.2
//! What a few files of the first worker hold besides, so that every page of a case shows something: a case in short
//! that two wrote on, roles in law, how people are reached, areas, a protected address. All of it is invented.

use super::staff::{Cast, Person};
use app::casework::cases::{self, Overview, PersonView, Stage, Whose};
use app::casework::{areas, briefs, people, seals};
use app::{App, Failure};
use domain::casework::{
    Area, Contact, Holder, LegalKind, NewArea, NewBrief, NewLegalRole, NewSeal, PersonRole, Proof, SealReason,
};
use domain::kernel::{Day, Line, Moment, Note};

/// How many running cases of the first worker are told more of.
const FILES: usize = 3;

/// Tells more of some running cases. The fullest is touched last, so that it stands first in the list.
pub async fn live(house: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let Some(team) = cast.teams.first() else { return Ok(()) };
    let (Some(first), Some(second)) = (team.workers.first(), team.workers.get(1)) else { return Ok(()) };
    let listed = cases::list(&house.at(end), &first.actor, Whose::Mine, None).await?.cases;
    let running = listed.iter().filter(|case| case.stage == Stage::Running && case.danger_since.is_none());
    let mut shown = Vec::new();
    for case in running.take(FILES) {
        shown.push(cases::overview(&house.at(end), &first.actor, case.id).await?);
    }
    let at = |minutes| house.at(end.plus_minutes(minutes));
    if let Some(sealed) = shown.get(2) {
        seal(&at(-80), first, sealed).await?;
    }
    if let Some(unclear) = shown.get(1) {
        clarify(&at(-70), (first, second), unclear).await?;
    }
    let Some(full) = shown.first() else { return Ok(()) };
    known(&at(-60), first, full).await?;
    in_short(&at(-50), first, full, (0, "Die Mutter will, dass der Morgen ruhig wird. Hilfe kommt dienstags.")).await?;
    let more = "Die Mutter will, dass der Morgen ruhig wird. Hilfe kommt dienstags und freitags. Die Klassenlehrerin \
                ruft an, wenn etwas fehlt.";
    in_short(&at(-40), second, full, (1, more)).await
}

fn adult(shown: &Overview) -> Option<&PersonView> {
    shown.people.iter().find(|one| matches!(one.role, PersonRole::Mother | PersonRole::Father))
}

fn child(shown: &Overview) -> Option<&PersonView> {
    shown.people.iter().find(|one| matches!(one.role, PersonRole::Child | PersonRole::Youth))
}

async fn in_short(house: &App, by: &Person, shown: &Overview, (based_on, words): (i64, &str)) -> Result<(), Failure> {
    let new = NewBrief { based_on, words: Note::parse(words)? };
    briefs::write(house, &by.actor, None, shown.case.id, new).await.map(|_| ())
}

/// How somebody is reached, a number that was ended, and who has custody.
async fn known(house: &App, by: &Person, shown: &Overview) -> Result<(), Failure> {
    let today = house.today();
    let Some(adult) = adult(shown) else { return Ok(()) };
    people::add_contact(house, &by.actor, None, adult.id, Contact::read("0441 5550123")?).await?;
    let old = people::add_contact(house, &by.actor, None, adult.id, Contact::read("0441 5550199")?).await?;
    people::end_contact(house, &by.actor, None, (shown.case.id, old)).await?;
    if let Some(child) = child(shown) {
        let role = NewLegalRole {
            child: child.id,
            holder: Holder::Person(adult.id),
            kind: LegalKind::Custody,
            scope: None,
            from: child.born,
            until: None,
            proof: Proof::Certificate,
            proof_of: Some(today.plus_days(-90)),
            proof_words: Some(Line::parse("Geburtsurkunde, Standesamt Musterhafen")?),
        };
        people::add_role(house, &by.actor, None, role).await?;
    }
    let area = area(Area::Service, today, "Die Familie hat um Hilfe gebeten und weiß, was sie will.")?;
    areas::change(house, &by.actor, None, shown.case.id, area).await.map(|_| ())
}

fn area(area: Area, since: Day, facts: &str) -> Result<NewArea, Failure> {
    let facts = Note::parse(facts)?;
    Ok(NewArea { area, since, facts, reading: None, professionals: vec![], questions: vec![], due_on: None })
}

async fn clarify(house: &App, (by, second): (&Person, &Person), shown: &Overview) -> Result<(), Failure> {
    let today = house.today();
    let questions =
        vec![Line::parse("Wer ist abends bei den Kindern?")?, Line::parse("Was wollen die Kinder selbst?")?];
    let professionals = vec![Line::parse(&by.name)?, Line::parse(&second.name)?];
    let facts = "Zweimal waren die Kinder nach 20 Uhr allein auf dem Hof.";
    let unclear = area(Area::Clarification, today, facts)?;
    let new = NewArea { questions, professionals, due_on: Some(today.plus_days(14)), ..unclear };
    areas::change(house, &by.actor, None, shown.case.id, new).await.map(|_| ())
}

/// Somebody who is threatened; the street stands nowhere else.
async fn seal(house: &App, by: &Person, shown: &Overview) -> Result<(), Failure> {
    let Some(adult) = adult(shown) else { return Ok(()) };
    let new = NewSeal {
        place: Line::parse("Ginsterstieg 4, 26789 Leer")?,
        reason: SealReason::Register,
        why: Note::parse("Auskunftssperre im Melderegister; der frühere Partner hat gedroht.")?,
        review_on: house.today().plus_days(360),
    };
    seals::seal(house, &by.actor, None, adult.id, new).await.map(|_| ())
}
