// SPDX-License-Identifier: EUPL-1.2
//! From draft to post: offered, released by a second person where the office wants one, printed, sent.

use super::{Now, Recipient, Said, Say, Sent, consents, filled, letter_for, release_needs, suits, values};
use crate::casework::seals as seal_room;
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::SEAL_REASON_MISSING;
use domain::deadlines::{DueKind, Duty, NewDue};
use domain::kernel::{CaseId, Day, LetterId, Note, ReportId};
use domain::letters::{
    Dispatch, LETTER_ANYWAY_MISSING, LETTER_FIXED, LETTER_RECALLED, LETTER_STAYS, LetterKind, Paper, may_release,
};
use store::ReadTx;
use store::casework::{cases, reporters, reports};
use store::deadlines::{At, calendars};
use store::letters as kept;
use store::letters::papers::{self, LetterView, NewRelease};
use store::letters::withdrawn;

/// Gives a letter to the second pair of eyes.
///
/// # Errors
/// [`LETTER_FIXED`], [`Failure::Denied`].
pub async fn offer(app: &App, actor: &Actor, key: Option<Key>, id: LetterId) -> Result<LetterId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (_, case, grant) = letter_for(&tx, &who, Action::WorkOnCase, id)?;
        let tx = tx.allow(grant);
        if !papers::move_on(&tx, id, ("draft", "offered"))? {
            return Err(LETTER_FIXED.broken().into());
        }
        Ok(tx.commit(Deed::in_case(DeedKind::LetterOffered, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Throws a draft away; a released letter stays.
///
/// # Errors
/// [`LETTER_FIXED`], [`Failure::Denied`].
pub async fn take_back(app: &App, actor: &Actor, key: Option<Key>, id: LetterId) -> Result<LetterId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (_, case, grant) = letter_for(&tx, &who, Action::WorkOnCase, id)?;
        let tx = tx.allow(grant);
        if !papers::drop_draft(&tx, id)? {
            return Err(LETTER_FIXED.broken().into());
        }
        Ok(tx.commit(Deed::in_case(DeedKind::LetterDropped, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// What is released.
#[derive(Debug, Clone)]
pub struct Release {
    /// Which letter.
    pub id: LetterId,
    /// As it was read.
    pub rev: i64,
    /// Why it leaves although something should not be so.
    pub anyway: Option<Note>,
}

/// Releases a letter: from now on it stays as it is.
///
/// # Errors
/// The rules of [`may_release`], [`LETTER_ANYWAY_MISSING`], the faults of its text, [`LETTER_FIXED`], [`Failure::Stale`] when it was changed since
/// it was read, [`Failure::Denied`].
pub async fn release(app: &App, actor: &Actor, key: Option<Key>, new: Release, say: Say) -> Result<LetterId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (id, rev) = (new.id, new.rev);
        let kind = found(papers::one(&tx, id)?)?.kind;
        let (letter, case, grant) = letter_for(&tx, &who, release_needs(kind), id)?;
        if letter.rev != rev {
            return Err(Failure::Stale);
        }
        // People, reports and protected addresses may have changed since the draft was begun.
        suits(&tx, case.id, kind, &letter.to)?;
        stays_quiet(&tx, case.id, &letter)?;
        let Now { filled, said, bound, .. } = filled(&tx, &case, &letter, (say, now))?;
        let house = kept::house(&tx)?;
        may_release(kind, &filled.missing, house.as_ref(), (letter.writer, who.user), &bound.obstacles)?;
        let warnings = consents::warnings(&tx, &letter, now.day())?;
        let Said { head, worker, to_name, to_address, .. } = said;
        let tx = tx.allow(grant);
        if !warnings.is_empty() {
            let reason = new.anyway.as_ref().ok_or(LETTER_ANYWAY_MISSING.broken_at("anyway"))?;
            seal_room::keeps_quiet(&tx, case.id, &[(reason.as_str(), "anyway")])?;
            withdrawn::warn(&tx, id, &warnings, reason)?;
        }
        let from = if letter.state == "offered" { "offered" } else { "draft" };
        let told = letter.about.or(bound.told.map(|told| told.about));
        store::letters::about::set(&tx, id, told, &bound.children)?;
        if !papers::move_on(&tx, id, (from, "released"))? {
            return Err(LETTER_FIXED.broken().into());
        }
        papers::release(&tx, id, &NewRelease { paper: filled.paper, head, worker, to_name, to_address })?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LetterReleased, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// What was typed before an address was protected is not printed after.
fn stays_quiet(tx: &ReadTx<'_>, case: CaseId, letter: &LetterView) -> Result<(), Failure> {
    let words: String = letter.answers.values().map(|words| format!("{words}\n")).collect();
    seal_room::keeps_quiet(tx, case, &[(&letter.body, "text"), (&words, "text")])?;
    match &letter.to {
        Recipient::Outside(name, address) => {
            seal_room::keeps_quiet(tx, case, &[(name, "to_name"), (address, "to_address")])
        }
        _ => Ok(()),
    }
}

/// Notes that a letter left. An act's remedy runs from the day on which it counts as known (§ 37(2) SGB X).
///
/// # Errors
/// The rules of [`Dispatch::check`], [`LETTER_FIXED`] where it was not released or left before.
pub async fn dispatch(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: LetterId,
    dispatch: Dispatch,
) -> Result<LetterId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (letter, case, grant) = letter_for(&tx, &who, Action::WorkOnCase, id)?;
        let Some(released) = papers::released(&tx, id)?.filter(|_| letter.state == "released") else {
            return Err(LETTER_FIXED.broken().into());
        };
        leaves(&tx, &letter)?;
        dispatch.check(released.at.day(), now.day())?;
        let calendar = calendars::current(&tx)?;
        let until = letter.kind.has_remedy().then(|| dispatch.remedy_until(&calendar));
        let tx = tx.allow(grant);
        papers::send(&tx, id, dispatch, until)?;
        papers::move_on(&tx, id, ("released", "sent"))?;
        if letter.kind.has_remedy() {
            let at = At { case: case.id, team: case.team, owner: case.worker };
            let duty = Duty::Legal(dispatch.remedy_rule(), dispatch.sent_on);
            deadlines::raise(&tx, at, &NewDue { duty, from: DueKind::Letter, subject: Some(id.0) })?;
        }
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LetterDispatched, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Does it go anywhere at all?
fn leaves(tx: &ReadTx<'_>, letter: &LetterView) -> Result<(), Failure> {
    if letter.to == Recipient::File {
        return Err(LETTER_STAYS.broken().into());
    }
    if withdrawn::recalled(tx, letter.id)?.is_some() {
        return Err(LETTER_RECALLED.broken().into());
    }
    Ok(())
}

/// Withdraws a letter that was released and has not left. It stays in the file, with the reason.
///
/// # Errors
/// [`LETTER_FIXED`] where it left, or was never released; [`LETTER_RECALLED`]; [`Failure::Denied`].
pub async fn recall(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, why): (LetterId, Note),
) -> Result<LetterId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (letter, case, grant) = letter_for(&tx, &who, Action::WorkOnCase, id)?;
        if letter.state != "released" {
            return Err(LETTER_FIXED.broken().into());
        }
        if withdrawn::recalled(&tx, id)?.is_some() {
            return Err(LETTER_RECALLED.broken().into());
        }
        seal_room::keeps_quiet(&tx, case.id, &[(why.as_str(), "why")])?;
        let tx = tx.allow(grant);
        withdrawn::recall(&tx, id, &why)?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LetterRecalled, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// A letter on paper.
#[derive(Debug, Clone)]
pub struct LetterPaper {
    /// What it is about.
    pub kind: LetterKind,
    /// What it says.
    pub paper: Paper,
    /// What stands around it.
    pub said: Said,
    /// The case's number; to a reporter it is not told.
    pub number: Option<String>,
    /// Of which day: the day of the release, today for a draft.
    pub dated_on: Day,
    /// Is it a draft?
    pub is_draft: bool,
    /// When it left.
    pub sent: Option<Sent>,
}

fn paper_of(
    tx: &ReadTx<'_>,
    actor: &Actor,
    id: LetterId,
    (say, now): (Say, domain::kernel::Moment),
) -> Result<LetterPaper, Failure> {
    let (letter, case, _) = letter_for(tx, actor, Action::SeeCase, id)?;
    let Now { filled, said, .. } = filled(tx, &case, &letter, (say, now))?;
    let quiet = seal_room::Quiet::of(tx, &case)?;
    let number = (!letter.kind.is_fixed()).then_some(case.number);
    let (kind, sent) = (letter.kind, papers::sent(tx, id)?);
    Ok(match papers::released(tx, id)? {
        Some(mut released) => {
            values::hush(&quiet, &mut released.paper);
            quiet.maybe(&mut released.to_address);
            LetterPaper {
                said: values::as_released(said, &released),
                dated_on: released.at.day(),
                paper: released.paper,
                is_draft: false,
                kind,
                number,
                sent,
            }
        }
        None => LetterPaper { paper: filled.paper, said, dated_on: now.day(), is_draft: true, kind, number, sent },
    })
}

/// A letter on paper, without protected addresses and without a reporter's name.
///
/// # Errors
/// Hidden for other teams.
pub async fn paper(app: &App, actor: &Actor, id: LetterId, say: Say) -> Result<LetterPaper, Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.read(move |tx| paper_of(tx, &actor, id, (say, now))).await
}

/// A letter with a protected address, or with a reporter's name and address: printed for a reason that stays on
/// record.
///
/// # Errors
/// [`SEAL_REASON_MISSING`], hidden for whoever may not see the address.
pub async fn print_address(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, reason): (LetterId, Option<Note>),
    say: Say,
) -> Result<LetterPaper, Failure> {
    let reader = actor.clone();
    let mut printed = paper(app, actor, id, say).await?;
    let letter = app.read(move |tx| Ok(letter_for(tx, &reader, Action::SeeCase, id)?.0)).await?;
    let reason = reason.ok_or(SEAL_REASON_MISSING.broken_at("seal_reason"))?;
    match (&letter.to, printed.said.sealed) {
        (Recipient::Reporter(report), _) => {
            let (name, address) = reporter(app, actor, key, (letter.case, *report), reason).await?;
            printed.said.to_name = name;
            printed.said.to_address = address;
        }
        (_, Some(seal)) => {
            let places = seal_room::look(app, actor, key, seal, Some(reason)).await?;
            printed.said.to_address = places.into_iter().next().map(|place| place.place);
        }
        _ => {}
    }
    Ok(printed)
}

async fn reporter(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, report): (CaseId, ReportId),
    reason: Note,
) -> Result<(Option<String>, Option<String>), Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = crate::casework::case_for(&tx, &who, Action::SeeReporter, case)?;
        // Two cases that were joined by mistake are apart again, and the report with its reporter went home.
        found(papers::reports(&tx, case.id)?.iter().find(|(id, ..)| *id == report))?;
        let tx = tx.allow(grant);
        reporters::keep_look(&tx, fresh_at(now), report, Some(&reason))?;
        Ok(tx.commit(Deed::in_case(DeedKind::ReporterSeen, report, case.id), report)?)
    };
    app.change(actor, key, write).await?;
    let told = app.read(move |tx| Ok(reports::reporter(tx, report)?)).await?;
    Ok(told.map_or((None, None), |told| {
        let name = told.name.map(|name| name.as_str().to_owned());
        (name, told.contact.map(|contact| contact.as_str().to_owned()))
    }))
}
