// SPDX-License-Identifier: EUPL-1.2
//! Letters of a case: begun from a template, filled with what is known, edited, released, sent. Templates and what
//! stands on all letters are in `templates.rs`, reminders by mail in `mails.rs`.

pub mod mails;
mod post;
pub mod templates;
mod values;

pub use post::{LetterPaper, dispatch, offer, paper, print_address, release, take_back};
pub use store::letters::papers::{LetterLine, LetterView, Recipient, Released, Sent};
pub use values::{Said, Say};

use crate::casework::case_for;
use crate::casework::seals::keeps_quiet;
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::FEEDBACK_NOT_DUE;
use domain::kernel::{CaseId, LetterId, Moment, ReportId};
use domain::letters::{
    Addressee, Filled, House, LETTER_FACTS_MISSING, LETTER_FIXED, LETTER_RECIPIENT_MISSING, LETTER_WORDS_FIXED,
    LetterField, LetterKind, Template, Values, fill,
};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::{desk, reports};
use store::letters::{self as kept, papers};

/// The letters of a case.
#[derive(Debug, Clone)]
pub struct LettersPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Its letters, newest first.
    pub letters: Vec<LetterLine>,
    /// Reports whose reporter may be written to: which, when.
    pub reports: Vec<(ReportId, Moment)>,
    /// Has the office said what stands on its letters?
    pub house_known: bool,
    /// May the reader write?
    pub may_work: bool,
}

/// The letters of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn of_case(app: &App, actor: &Actor, id: CaseId) -> Result<LettersPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let professional = |(id, at, kind): (ReportId, Moment, String)| {
            domain::casework::ReporterKind::from_code(&kind).filter(|kind| kind.is_professional()).map(|_| (id, at))
        };
        Ok(LettersPage {
            people: cases::people(tx, id)?,
            letters: papers::of_case(tx, id)?,
            reports: papers::reports(tx, id)?.into_iter().filter_map(professional).collect(),
            house_known: kept::house(tx)?.is_some(),
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// The text that holds today: the office's, else ours.
pub(crate) fn template_text(tx: &ReadTx<'_>, kind: LetterKind, now: Moment) -> Result<String, Failure> {
    let version = kept::in_force(tx, kind, now.day())?.and_then(|version| version.text);
    Ok(version.unwrap_or_else(|| domain::letters::shipped(kind).to_owned()))
}

fn suits(tx: &ReadTx<'_>, case: CaseId, kind: LetterKind, to: &Recipient) -> Result<(), Failure> {
    let missing = LETTER_RECIPIENT_MISSING.broken_at("to");
    match (kind.addressee(), to) {
        (Addressee::Person, Recipient::Person(person)) => {
            let known = cases::people(tx, case)?.iter().any(|one| one.id == *person);
            if known { Ok(()) } else { Err(missing.into()) }
        }
        (Addressee::Reporter, Recipient::Reporter(report)) => {
            if !papers::reports(tx, case)?.iter().any(|(id, ..)| id == report) {
                return Err(missing.into());
            }
            let reporter = found(reports::reporter(tx, *report)?)?;
            if !reporter.kind.is_professional() {
                return Err(FEEDBACK_NOT_DUE.broken_at("to").into());
            }
            if desk::feedback(tx, *report)?.is_empty() {
                Err(LETTER_FACTS_MISSING.broken_at("to").into())
            } else {
                Ok(())
            }
        }
        (Addressee::Outside, Recipient::Outside(name, _)) if !name.trim().is_empty() => Ok(()),
        (Addressee::Outside, Recipient::Outside(..)) => Err(LETTER_RECIPIENT_MISSING.broken_at("to_name").into()),
        _ => Err(missing.into()),
    }
}

/// Begins a letter from the template that holds today.
///
/// # Errors
/// [`LETTER_RECIPIENT_MISSING`], [`FEEDBACK_NOT_DUE`], [`LETTER_FACTS_MISSING`], [`Failure::Denied`].
pub async fn begin(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    (kind, to): (LetterKind, Recipient),
) -> Result<LetterId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<LetterId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        suits(&tx, case.id, kind, &to)?;
        let text = template_text(&tx, kind, now)?;
        let answers = values::proposed(&tx, &case, kind)?;
        let tx = tx.allow(grant);
        papers::insert(&tx, id, (case.id, kind), &to, (&text, &answers))?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LetterBegun, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// A letter as its writer sees it.
#[derive(Debug, Clone)]
pub struct LetterPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// The letter.
    pub letter: LetterView,
    /// What it says, with what is missing; of a released letter what was released.
    pub filled: Filled,
    /// What the worker is asked, in the order of the text.
    pub asked: Vec<LetterField>,
    /// What stands above, to whom and where it goes.
    pub said: Said,
    /// Was it released?
    pub released: Option<Released>,
    /// Has it left?
    pub sent: Option<Sent>,
    /// What stands on all letters.
    pub house: Option<House>,
    /// May the reader write?
    pub may_work: bool,
    /// Is the reader the second person whom this letter needs?
    pub may_release: bool,
}

/// What the letter says now.
pub(crate) fn filled(
    tx: &ReadTx<'_>,
    case: &CaseView,
    letter: &LetterView,
    (say, now): (Say, Moment),
) -> Result<(Filled, Vec<LetterField>, Said), Failure> {
    let template = Template::parse(letter.kind, &letter.body)?;
    let (mut values, said) = values::known(tx, case, letter, (say, now))?;
    values.extend(letter.answers.clone());
    let asked = template.uses().into_iter().filter(|field| field.ask().is_some()).collect();
    Ok((fill(&template, &values), asked, said))
}

pub(crate) fn letter_for(
    tx: &ReadTx<'_>,
    actor: &Actor,
    action: Action,
    id: LetterId,
) -> Result<(LetterView, CaseView, Grant), Failure> {
    let letter = found(papers::one(tx, id)?)?;
    let (case, grant) = case_for(tx, actor, action, letter.case)?;
    Ok((letter, case, grant))
}

/// One letter.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: LetterId, say: Say) -> Result<LetterPage, Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.read(move |tx| {
        let (letter, case, _) = letter_for(tx, &actor, Action::SeeCase, id)?;
        let (mut filled, asked, mut said) = filled(tx, &case, &letter, (say, now))?;
        let (released, house) = (papers::released(tx, id)?, kept::house(tx)?);
        if let Some(released) = &released {
            filled = Filled { paper: released.paper.clone(), missing: Vec::new() };
            said = values::as_released(said, released);
        }
        let may = |action| permit(&actor, action, Standing::Team(case.team)).is_ok();
        let decides = may(release_needs(letter.kind));
        let two = house.as_ref().map_or(letter.kind.is_act(), |house| house.wants_two(letter.kind));
        Ok(LetterPage {
            people: cases::people(tx, case.id)?,
            sent: papers::sent(tx, id)?,
            may_work: may(Action::WorkOnCase),
            may_release: decides && (!two || letter.writer != actor.user),
            released,
            house,
            filled,
            asked,
            said,
            letter,
            case,
        })
    })
    .await
}

/// An act of the office is released by whoever may decide.
pub(crate) const fn release_needs(kind: LetterKind) -> Action {
    if kind.is_act() { Action::DecideOnCase } else { Action::WorkOnCase }
}

/// Changes a draft: its text with placeholders, and the answers.
///
/// # Errors
/// The faults of [`Template::parse`] at `text`, [`LETTER_WORDS_FIXED`], [`LETTER_FIXED`], a protected address in the
/// words, [`Failure::Stale`] when somebody was quicker.
pub async fn change(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, rev): (LetterId, i64),
    (text, answers): (String, Values),
) -> Result<LetterId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (letter, case, grant) = letter_for(&tx, &who, Action::WorkOnCase, id)?;
        if !matches!(letter.state.as_str(), "draft" | "offered") {
            return Err(LETTER_FIXED.broken().into());
        }
        let text = text.replace("\r\n", "\n");
        if letter.kind.is_fixed() && text.trim() != letter.body.trim() {
            return Err(LETTER_WORDS_FIXED.broken_at("text").into());
        }
        let asked = Template::parse(letter.kind, &text)?.uses();
        let words: String = answers.values().map(|words| format!("{words}\n")).collect();
        keeps_quiet(&tx, case.id, &[(&text, "text"), (&words, "text")])?;
        // An answer that nothing asks for any more would stay unseen in the file.
        let answers = answers.clone().into_iter().filter(|(field, _)| asked.contains(field)).collect();
        let tx = tx.allow(grant);
        if !papers::change(&tx, (id, rev), &text, &answers)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::in_case(DeedKind::LetterChanged, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}
