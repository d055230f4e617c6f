// SPDX-License-Identifier: EUPL-1.2
//! What a letter tells of: the decision or the ending, the children, and whether an act may reach its reader.

use super::{letter_for, values};
use crate::core::{App, Failure, Key};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::PersonRole;
use domain::kernel::{CaseId, Day, LetterId, PersonId, Refusal};
use domain::letters::{
    About, Held, LETTER_ABOUT_OTHER, LETTER_ABOUT_UNCLEAR, LETTER_CHILDREN_UNCLEAR, LETTER_FIXED,
    LETTER_NO_CONTRIBUTION, LETTER_RECIPIENT_MISSING, LetterKind, Receiver, Told, Young, can_tell, choices, chosen,
    may_receive,
};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::endings::{self, EndingView};
use store::casework::{legal, plans};
use store::letters::about;
use store::letters::papers::{self, LetterView, Recipient};

/// What a letter may tell of, and what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// What may be chosen.
    pub choices: Vec<Told>,
    /// What is told; nothing while it is unclear.
    pub told: Option<Told>,
    /// The young people of the case: who, name.
    pub young: Vec<(PersonId, String)>,
    /// Those whom the letter concerns; nothing while it is unclear.
    pub children: Vec<PersonId>,
    /// What keeps it from being released.
    pub obstacles: Vec<Refusal>,
}

/// Is this a child, a young person or a young adult of the case?
#[must_use]
pub const fn is_young(role: PersonRole) -> bool {
    matches!(role, PersonRole::Child | PersonRole::Youth | PersonRole::YoungAdult)
}

/// Decisions, and ends of helps that were not taken back; the newest first.
pub(crate) fn all_told(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<Told>, Failure> {
    let mut all = Vec::new();
    for one in endings::endings(tx, case)?.into_iter().filter(EndingView::is_in_force) {
        all.push(Told {
            about: About::Ending(one.id),
            help: one.help,
            granted: true,
            from: one.ended_on,
            until: Some(one.ended_on),
            decided_on: one.ended_on,
        });
    }
    all.extend(plans::versions(tx, case)?.into_iter().map(|line| Told {
        about: About::Plan(line.id),
        help: line.help,
        granted: line.granted,
        from: line.from,
        until: line.until,
        decided_on: line.fixed_at.day(),
    }));
    Ok(all)
}

/// Checks what somebody chose, or what the kind allows at all.
pub(crate) fn check(
    tx: &ReadTx<'_>,
    case: CaseId,
    kind: LetterKind,
    (about, children): (Option<About>, &[PersonId]),
) -> Result<Option<Told>, Failure> {
    let all = all_told(tx, case)?;
    let granted = all.iter().any(|told| told.granted && matches!(told.about, About::Plan(_)));
    if kind == LetterKind::Contribution && granted && choices(kind, &all).is_empty() {
        return Err(LETTER_NO_CONTRIBUTION.broken_at("kind").into());
    }
    if let Some(about) = about
        && !all.iter().any(|told| told.about == about && can_tell(kind, told))
    {
        return Err(LETTER_ABOUT_OTHER.broken_at("about").into());
    }
    let people = cases::people(tx, case)?;
    if children.iter().any(|id| !people.iter().any(|one| one.id == *id && is_young(one.role))) {
        return Err(LETTER_ABOUT_OTHER.broken_at("children").into());
    }
    Ok(chosen(kind, &all, about))
}

/// Those whom the letter concerns: as chosen, else its young reader, else the only child there is.
fn concerned(chosen: Vec<PersonId>, young: &[PersonId], to: &Recipient) -> Vec<PersonId> {
    match to {
        _ if !chosen.is_empty() => chosen,
        Recipient::Person(reader) if young.contains(reader) => vec![*reader],
        _ if young.len() == 1 => young.to_vec(),
        _ => Vec::new(),
    }
}

/// What a letter tells of now.
pub(crate) fn bound(
    tx: &ReadTx<'_>,
    case: CaseId,
    (letter, people): (&LetterView, &[PersonView]),
    on: Day,
) -> Result<Bound, Failure> {
    let all = all_told(tx, case)?;
    let told = chosen(letter.kind, &all, letter.about);
    let choices = choices(letter.kind, &all);
    let young: Vec<(PersonId, String)> =
        people.iter().filter(|one| is_young(one.role)).map(|one| (one.id, one.name.clone())).collect();
    let ids: Vec<PersonId> = young.iter().map(|(id, _)| *id).collect();
    let children = concerned(about::children(tx, letter.id)?, &ids, &letter.to);
    let mut obstacles = Vec::new();
    if letter.kind.needs_plan() && told.is_none() && !choices.is_empty() {
        obstacles.push(LETTER_ABOUT_UNCLEAR.broken_at("about"));
    }
    if letter.kind.is_act() {
        if children.is_empty() && !young.is_empty() {
            obstacles.push(LETTER_CHILDREN_UNCLEAR.broken_at("children"));
        } else if let Err(no) = reaches(tx, case, (people, children.as_slice()), (&letter.to, told.as_ref()), on)? {
            obstacles.push(no);
        }
    }
    Ok(Bound { choices, told, young, children, obstacles })
}

/// Custodians and others with a role in law.
pub(crate) fn held(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<Held>, Failure> {
    let held = |one: legal::RoleView| Held { role: one.role, person: one.holder_id, name: one.holder };
    Ok(legal::of_case(tx, case)?.into_iter().map(held).collect())
}

/// May an act about these children go there?
pub(crate) fn reaches(
    tx: &ReadTx<'_>,
    case: CaseId,
    (people, children): (&[PersonView], &[PersonId]),
    (to, told): (&Recipient, Option<&Told>),
    on: Day,
) -> Result<Result<(), Refusal>, Failure> {
    let counts = |one: &&PersonView| is_young(one.role) && (children.is_empty() || children.contains(&one.id));
    let young: Vec<Young> = people
        .iter()
        .filter(counts)
        .map(|one| Young { id: one.id, born: one.born, grown: one.role == PersonRole::YoungAdult })
        .collect();
    let receiver = match to {
        Recipient::Person(person) => Receiver::Person(*person),
        Recipient::Outside(name, _) => Receiver::Named(name),
        Recipient::Reporter(_) | Recipient::File => return Ok(Err(LETTER_RECIPIENT_MISSING.broken_at("to"))),
    };
    let held = held(tx, case)?;
    Ok(may_receive(receiver, told.map(|told| told.help), (young.as_slice(), held.as_slice()), on))
}

/// Says what a draft tells of, and whom it concerns.
///
/// # Errors
/// [`LETTER_ABOUT_OTHER`], [`LETTER_FIXED`], [`Failure::Denied`].
pub async fn tell_of(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: LetterId,
    (about_what, children): (Option<About>, Vec<PersonId>),
) -> Result<LetterId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (letter, case, grant): (_, CaseView, _) = letter_for(&tx, &who, Action::WorkOnCase, id)?;
        if !matches!(letter.state.as_str(), "draft" | "offered") {
            return Err(LETTER_FIXED.broken().into());
        }
        let told = check(&tx, case.id, letter.kind, (about_what, children.as_slice()))?;
        // What the file says of the decision is proposed where nothing was answered yet.
        let mut answers = values::proposed(&tx, &case, letter.kind, told.as_ref())?;
        answers.extend(letter.answers.clone());
        let tx = tx.allow(grant);
        about::set(&tx, id, about_what, &children)?;
        // Whoever read it before has not read this.
        if !papers::change(&tx, (id, letter.rev), &letter.body, &answers)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::in_case(DeedKind::LetterChanged, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}
