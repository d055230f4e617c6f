// SPDX-License-Identifier: EUPL-1.2
//! What stands on the town's letters, and a few letters of two families: sent, waiting for the second person, begun,
//! released by a colleague and not sent yet.

use super::staff::{Cast, Person};
use app::access::operator;
use app::casework::cases::{self, Stage, Whose};
use app::casework::people;
use app::letters::{self, NewLetter, Recipient, Release, templates};
use app::{App, Failure};
use domain::casework::{Holder, LegalKind, NewLegalRole, PersonRole, Proof};
use domain::kernel::{CaseId, LetterId, Line, Moment, Note, PersonId};
use domain::letters::{Dispatch, FourEyes, House, LetterField, LetterKind, Remedy, Values, Way};
use web::letters::say;

/// Why help was granted.
const REASONS: &str =
    "Sie haben uns gesagt, was Sie erreichen wollen. Die Hilfe unterstützt Sie dabei, es selbst zu schaffen.";

/// Says what stands on all letters.
pub async fn house(app: &App) -> Result<(), Failure> {
    let new = House {
        contact: Note::parse("Rathausplatz 1, 22844 Musterhafen\nTelefon 04321 1000, Mo–Do 8–16 Uhr, Fr 8–13 Uhr")?,
        remedy: Remedy::Objection,
        objection_at: Line::optional("Stadt Musterhafen, Rathausplatz 1, 22844 Musterhafen")?,
        action_at: None,
        ombuds: Line::optional("Ombudsstelle Musterland, Telefon 04321 9999 (erfunden)")?,
        officer: Line::optional("datenschutz@musterhafen.example")?,
        eyes: FourEyes::Acts,
    };
    templates::set_house(app, &operator(), None, new).await.map(drop)
}

/// Writes the letters.
pub async fn some(app: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let Some(team) = cast.teams.first() else { return Ok(()) };
    let (Some(worker), Some(second)) = (team.workers.first(), team.workers.get(1)) else { return Ok(()) };
    let now = app.at(end.plus_minutes(-60));
    let families = families(&now, worker).await?;
    if let Some(other) = families.get(1) {
        released(&now, (worker, second), *other).await?;
    }
    let Some((case, person)) = families.first().copied() else { return Ok(()) };
    let invitation = write(
        &now,
        worker,
        (case, person),
        LetterKind::Invitation,
        &[
            (LetterField::Meeting, "Donnerstag, 15 Uhr"),
            (LetterField::Place, "Rathausplatz 1, Zimmer 12"),
            (LetterField::Bring, "wer Ihnen guttut"),
        ],
    );
    let invitation = invitation.await?;
    letters::release(&now, &worker.actor, None, Release { id: invitation, rev: 2, anyway: None }, say).await?;
    let sent = Dispatch { sent_on: now.today(), way: Way::Post };
    letters::dispatch(&now, &worker.actor, None, invitation, sent).await?;
    let grant = write(&now, worker, (case, person), LetterKind::Grant, &[(LetterField::Reasons, REASONS)]);
    letters::offer(&now, &worker.actor, None, grant.await?).await?;
    write(&now, worker, (case, person), LetterKind::Review, &[]).await.map(drop)
}

async fn write(
    now: &App,
    worker: &Person,
    (case, person): (CaseId, PersonId),
    kind: LetterKind,
    answers: &[(LetterField, &str)],
) -> Result<LetterId, Failure> {
    let page = letters::of_case(now, &worker.actor, case).await?;
    let young = page.people.iter().filter(|one| letters::is_young(one.role)).map(|one| one.id);
    let fit = domain::letters::choices(kind, &page.told);
    let new = NewLetter {
        kind,
        to: Recipient::Person(person),
        about: fit.first().map(|told| told.about),
        children: young.collect(),
    };
    let id = letters::begin(now, &worker.actor, None, case, new).await?;
    let shown = letters::page(now, &worker.actor, id, say).await?;
    if !answers.is_empty() {
        let answers: Values = answers.iter().map(|(field, words)| (*field, (*words).to_owned())).collect();
        let words = (shown.letter.body.clone(), answers);
        letters::change(now, &worker.actor, None, (id, shown.letter.rev), words).await?;
    }
    Ok(id)
}

/// Who has custody, with the proof: no act leaves before.
async fn custody(now: &App, worker: &Person, (case, person): (CaseId, PersonId)) -> Result<(), Failure> {
    let shown = people::page(now, &worker.actor, case).await?;
    for child in shown.people.iter().filter(|one| matches!(one.role, PersonRole::Child | PersonRole::Youth)) {
        let role = NewLegalRole {
            child: child.id,
            holder: Holder::Person(person),
            kind: LegalKind::Custody,
            scope: None,
            from: child.born,
            until: None,
            proof: Proof::Certificate,
            proof_of: Some(now.today().plus_days(-60)),
            proof_words: Some(Line::parse("Geburtsurkunde, Standesamt Musterhafen")?),
        };
        people::add_role(now, &worker.actor, None, role).await?;
    }
    Ok(())
}

/// A grant that a colleague has read and released; it lies in the tray.
async fn released(now: &App, (worker, second): (&Person, &Person), at: (CaseId, PersonId)) -> Result<(), Failure> {
    custody(now, worker, at).await?;
    let grant = write(now, worker, at, LetterKind::Grant, &[(LetterField::Reasons, REASONS)]).await?;
    letters::offer(now, &worker.actor, None, grant).await?;
    let anyway = Note::optional("Die Anhörung war im Gespräch; der Vermerk liegt bei.")?;
    let release = Release { id: grant, rev: 2, anyway };
    letters::release(now, &second.actor, None, release, say).await.map(drop)
}

/// The newest two cases with a running help, and somebody who brings up a child there.
async fn families(now: &App, worker: &Person) -> Result<Vec<(CaseId, PersonId)>, Failure> {
    let list = cases::list(now, &worker.actor, Whose::Mine, None).await?;
    let mut found = Vec::new();
    for case in list.cases.iter().filter(|case| case.stage == Stage::Running && !case.is_sealed) {
        let people = letters::of_case(now, &worker.actor, case.id).await?.people;
        let adult = people.iter().find(|one| matches!(one.role, PersonRole::Mother | PersonRole::Father));
        let child = people.iter().any(|one| matches!(one.role, PersonRole::Child | PersonRole::Youth));
        found.extend(adult.filter(|_| child).map(|adult| (case.id, adult.id)));
        if found.len() == 2 {
            break;
        }
    }
    Ok(found)
}
