// SPDX-License-Identifier: EUPL-1.2
//! What a family takes of the quarter, and what it turns down. What is taken over leaves words in the file and one more
//! in a count without names; no number of a card stays with the case, no case with the count.

use super::resource_check;
use super::seals::keeps_quiet;
use super::statements::known;
use crate::casework::case_for;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{CheckEdit, CheckEntry, Field, NewStep, ResourceCheck, ResourceUse, ThirdParty};
use domain::kernel::{CardId, CaseId, Day, GoalId, Line, Note, PersonId};
use domain::resources::search::words;
use domain::resources::{CardContent, CardKind, MATCH_WHY_MISSING, MATCH_WITHOUT_NAME, Viewer};
use store::ReadTx;
use store::casework::{cases, goals, refusals};
use store::resources::{self as cards, CardRow, uses};

/// Where something of the quarter goes in the case.
#[derive(Debug, Clone)]
pub enum TakeInto {
    /// Into the resource check, as planned.
    Resource,
    /// As an action goal under a direction goal.
    Step(GoalId, PersonId, Option<Day>),
}

/// Something of the quarter that a family wants to try.
#[derive(Debug, Clone)]
pub struct NewTake {
    /// Which card. Only counted; its number does not stay in the case.
    pub card: CardId,
    /// The words that stay in the case.
    pub words: Line,
    /// Where.
    pub into: TakeInto,
}

/// Takes something of the quarter into a case, and counts that it was of use. The log says what it says of any entry:
/// that the sheet was written, that a step was recorded.
///
/// # Errors
/// [`MATCH_WITHOUT_NAME`], the rules of [`CheckEdit::apply`] and [`NewStep::check`],
/// [`super::goals::NOT_A_DIRECTION`], hidden, [`Failure::Denied`].
pub async fn take(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, new): (CaseId, NewTake),
) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (view, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let card = card_for(&tx, &who, new.card, now.day())?;
        nameless(&card.content, new.words.as_str())?;
        keeps_quiet(&tx, case, &[(new.words.as_str(), "words")])?;
        let taken = Taken::of(&tx, case, (&new, &card.content), now.day())?;
        let tx = tx.allow(grant);
        uses::count(&tx, card.id, view.space.filter(|_| !view.is_sealed))?;
        cases::touch(&tx, case)?;
        let deed = match taken {
            Taken::Sheet(next) => {
                resource_check::keep(&tx, case, &next)?;
                Deed::in_case(DeedKind::SheetWritten, case, case)
            }
            Taken::Step(under, step) => {
                let id = GoalId(fresh_at(now));
                goals::insert_step(&tx, id, (case, under), &step)?;
                Deed::in_case(DeedKind::StepRecorded, id, case)
            }
        };
        Ok(tx.commit(deed, case)?)
    };
    app.change(actor, key, write).await
}

/// What is written when something is taken over.
enum Taken {
    Sheet(ResourceCheck),
    Step(GoalId, NewStep),
}

impl Taken {
    fn of(tx: &ReadTx<'_>, case: CaseId, (new, card): (&NewTake, &CardContent), today: Day) -> Result<Self, Failure> {
        let TakeInto::Step(under, owner, due_on) = new.into else {
            let edit = CheckEdit::Put(None, planned(card, new.words.clone()));
            return Ok(Self::Sheet(edit.apply(resource_check::now(tx, case)?)?));
        };
        let (of, parent, _) = found(goals::one(tx, under)?)?;
        if of != case || parent.is_some() {
            return Err(super::goals::NOT_A_DIRECTION.broken_at("under").into());
        }
        known(tx, case, Some(owner), "owner")?;
        let step = NewStep { words: Note::parse(new.words.as_str())?, owner, agreed_on: today, due_on };
        step.check()?;
        Ok(Self::Step(under, step))
    }
}

fn card_for(tx: &ReadTx<'_>, actor: &Actor, id: CardId, today: Day) -> Result<CardRow, Failure> {
    found(cards::one(tx, id)?.filter(|card| card.seen.by(&Viewer::of(actor), today)))
}

/// Of a private person's card no word of the name goes into a file: what they agreed to is to stand in the directory.
fn nameless(card: &CardContent, text: &str) -> Result<(), Failure> {
    let said = words(text);
    let named = words(card.name.as_str());
    let tells = named.iter().any(|name| !matches!(name.as_str(), "herr" | "frau") && said.contains(name));
    if card.kind == CardKind::Person && tells {
        return Err(MATCH_WITHOUT_NAME.broken_at("words").into());
    }
    Ok(())
}

fn planned(card: &CardContent, words: Line) -> CheckEntry {
    let person = card.kind == CardKind::Person;
    let field = if person { Field::Social } else { Field::SocialSpace };
    let third = if person { ThirdParty::NotAsked } else { ThirdParty::Nobody };
    CheckEntry { id: 0, field, words, owner: None, used: ResourceUse::Planned, third }
}

/// A family turns something down, and says why; it is not proposed to it again.
///
/// # Errors
/// [`MATCH_WHY_MISSING`], hidden, [`Failure::Denied`].
pub async fn refuse(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, card, why): (CaseId, CardId, Option<Line>),
) -> Result<CaseId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let card = card_for(&tx, &who, card, today)?;
        let why = why.clone().ok_or(MATCH_WHY_MISSING.broken_at("why"))?;
        nameless(&card.content, why.as_str()).map_err(|failure| failure.at("why"))?;
        keeps_quiet(&tx, case, &[(why.as_str(), "why")])?;
        let tx = tx.allow(grant);
        refusals::insert(&tx, case, card.id, &why)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::MatchRefused, case, case), case)?)
    };
    app.change(actor, key, write).await
}

/// The family thinks again.
///
/// # Errors
/// Hidden, where it had not turned the card down; [`Failure::Denied`].
pub async fn reconsider(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, card): (CaseId, CardId),
) -> Result<CaseId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        found(refusals::forget(&tx, case, card)?.then_some(()))?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::MatchRefused, case, case), case)?)
    };
    app.change(actor, key, write).await
}
