// SPDX-License-Identifier: EUPL-1.2
//! Letters of a case: begun from a template, filled with what is known, edited, released, sent. Templates and what
//! stands on all letters are in `templates.rs`, reminders by mail in `mails.rs`.

mod about;
pub mod consents;
pub mod contribution;
pub mod mails;
mod post;
pub mod templates;
mod values;

pub use about::{Bound, is_young, tell_of};
pub use post::{LetterPaper, Release, dispatch, offer, paper, print_address, recall, release, take_back};
pub use store::letters::papers::{LetterLine, LetterView, Recipient, Released, Sent};
pub use values::{Said, Say};

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor, Grant, Standing, permit, sight};
use domain::audit::{Deed, DeedKind};
use domain::casework::FEEDBACK_NOT_DUE;
use domain::kernel::{CaseId, LetterId, Moment, PersonId, ReportId};
use domain::letters::{
    About, Addressee, Filled, House, LETTER_FACTS_MISSING, LETTER_FIXED, LETTER_HOLDER_UNKNOWN,
    LETTER_RECIPIENT_MISSING, LETTER_WORDS_FIXED, LetterField, LetterKind, LetterWarning, Template, Told, Values, fill,
};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::{desk, reports};
use store::letters::withdrawn::{self, Recalled};
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
    /// What a letter may tell of.
    pub told: Vec<Told>,
    /// Guardians and curators who are nobody of the case.
    pub guardians: Vec<String>,
    /// Has the office said what stands on its letters?
    pub house_known: bool,
    /// May the reader write?
    pub may_work: bool,
}

/// A letter to begin.
#[derive(Clone)]
pub struct NewLetter {
    /// What it is about.
    pub kind: LetterKind,
    /// To whom.
    pub to: Recipient,
    /// The decision or ending it tells; without one, the only one there is.
    pub about: Option<About>,
    /// The children whom it concerns; without any, the only one there is.
    pub children: Vec<PersonId>,
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
        let (quiet, mut letters) = (Quiet::of(tx, &case)?, papers::of_case(tx, id)?);
        letters.iter_mut().for_each(|one| quiet.maybe(&mut one.to));
        let named =
            |one: domain::letters::Held| (one.person.is_none() && one.role.kind.has_custody()).then_some(one.name);
        Ok(LettersPage {
            people: cases::people(tx, id)?,
            letters,
            told: about::all_told(tx, id)?,
            guardians: about::held(tx, id)?.into_iter().filter_map(named).collect(),
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
        // A guardian who is nobody of the case is reached at an address that is typed.
        (Addressee::Person, Recipient::Outside(name, _)) => {
            let guards = |one: &domain::letters::Held| one.person.is_none() && one.name == name.trim();
            if about::held(tx, case)?.iter().any(guards) { Ok(()) } else { Err(missing.into()) }
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
        (Addressee::File, Recipient::File) => Ok(()),
        (Addressee::Outside, Recipient::Outside(name, _)) if !name.trim().is_empty() => Ok(()),
        (Addressee::Outside, Recipient::Outside(..)) => Err(LETTER_RECIPIENT_MISSING.broken_at("to_name").into()),
        _ => Err(missing.into()),
    }
}

/// Begins a letter from the template that holds today.
///
/// # Errors
/// [`LETTER_RECIPIENT_MISSING`], [`FEEDBACK_NOT_DUE`], [`LETTER_FACTS_MISSING`], [`LETTER_NOT_HOLDER`],
/// [`LETTER_ABOUT_OTHER`], [`LETTER_NO_CONTRIBUTION`], a protected address in the words, [`Failure::Denied`].
///
/// [`LETTER_NOT_HOLDER`]: domain::letters::LETTER_NOT_HOLDER
/// [`LETTER_ABOUT_OTHER`]: domain::letters::LETTER_ABOUT_OTHER
/// [`LETTER_NO_CONTRIBUTION`]: domain::letters::LETTER_NO_CONTRIBUTION
pub async fn begin(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewLetter,
) -> Result<LetterId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<LetterId>());
    let write = move |tx: ReadTx<'_>| {
        let action = if new.kind == LetterKind::Contribution { Action::WriteContribution } else { Action::WorkOnCase };
        let (case, grant) = case_for(&tx, &who, action, case)?;
        let NewLetter { kind, ref to, about: about_what, ref children } = new;
        suits(&tx, case.id, kind, to)?;
        if let Recipient::Outside(name, address) = to {
            keeps_quiet(&tx, case.id, &[(name, "to_name"), (address, "to_address")])?;
        }
        let told = about::check(&tx, case.id, kind, (about_what, children.as_slice()))?;
        reaches_somebody(&tx, case.id, (kind, to), (told.as_ref(), children.as_slice()), now)?;
        let text = template_text(&tx, kind, now)?;
        let answers = values::proposed(&tx, &case, kind, told.as_ref())?;
        let tx = tx.allow(grant);
        papers::insert(&tx, id, (case.id, kind), to, (&text, &answers))?;
        store::letters::about::set(&tx, id, about_what.or(told.map(|told| told.about)), children)?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LetterBegun, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Refuses an act to somebody who surely has no custody. Where nobody recorded it, it may be drafted, and its release
/// asks for the record.
fn reaches_somebody(
    tx: &ReadTx<'_>,
    case: CaseId,
    (kind, to): (LetterKind, &Recipient),
    (told, children): (Option<&Told>, &[PersonId]),
    now: Moment,
) -> Result<(), Failure> {
    if !kind.is_act() {
        return Ok(());
    }
    let people = cases::people(tx, case)?;
    if let Err(no) = about::reaches(tx, case, (people.as_slice(), children), (to, told), now.day())?
        && no.rule != LETTER_HOLDER_UNKNOWN
    {
        return Err(no.into());
    }
    Ok(())
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
    /// What it tells of, and what keeps it from being released.
    pub bound: Bound,
    /// What should not be, before it is released.
    pub warnings: Vec<LetterWarning>,
    /// With what it was released all the same, and why.
    pub kept_warnings: Vec<(LetterWarning, String)>,
    /// Why it was withdrawn, by whom, when.
    pub recalled: Option<Recalled>,
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
pub(crate) struct Now {
    pub filled: Filled,
    pub asked: Vec<LetterField>,
    pub said: Said,
    pub bound: Bound,
}

/// What the letter says now. A street that was protected since it was written is not said.
pub(crate) fn filled(
    tx: &ReadTx<'_>,
    case: &CaseView,
    letter: &LetterView,
    (say, now): (Say, Moment),
) -> Result<Now, Failure> {
    let template = Template::parse(letter.kind, &letter.body)?;
    let people = cases::people(tx, case.id)?;
    let bound = about::bound(tx, case.id, (letter, &people), now.day())?;
    let (mut values, said) = values::known(tx, case, (letter, &bound), (say, now))?;
    values.extend(letter.answers.clone());
    let asked = template.uses().into_iter().filter(|field| field.ask().is_some()).collect();
    let mut filled = fill(&template, &values);
    values::hush(&Quiet::of(tx, case)?, &mut filled.paper);
    Ok(Now { filled, asked, said, bound })
}

pub(crate) fn letter_for(
    tx: &ReadTx<'_>,
    actor: &Actor,
    action: Action,
    id: LetterId,
) -> Result<(LetterView, CaseView, Grant), Failure> {
    let letter = found(papers::one(tx, id)?)?;
    let (case, grant) = case_for(tx, actor, needed(actor, &letter, action), letter.case)?;
    Ok((letter, case, grant))
}

/// What finance writes, finance alone changes and sends; the team of the case may read it.
fn needed(actor: &Actor, letter: &LetterView, action: Action) -> Action {
    let reads = action == Action::SeeCase && !sight(actor, Action::SeeCase).is_nothing();
    if letter.kind == LetterKind::Contribution && !reads { Action::WriteContribution } else { action }
}

/// One letter.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: LetterId, say: Say) -> Result<LetterPage, Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.read(move |tx| {
        let (mut letter, case, _) = letter_for(tx, &actor, Action::SeeCase, id)?;
        let Now { mut filled, asked, mut said, bound } = filled(tx, &case, &letter, (say, now))?;
        let (mut released, house) = (papers::released(tx, id)?, kept::house(tx)?);
        let quiet = Quiet::of(tx, &case)?;
        quiet.text(&mut letter.body);
        letter.answers.values_mut().for_each(|words| quiet.text(words));
        if let Some(released) = &mut released {
            values::hush(&quiet, &mut released.paper);
            quiet.maybe(&mut released.to_address);
            filled = Filled { paper: released.paper.clone(), missing: Vec::new() };
            said = values::as_released(said, released);
        }
        let may = |action| permit(&actor, needed(&actor, &letter, action), Standing::Team(case.team)).is_ok();
        let decides = may(release_needs(letter.kind));
        let two = house.as_ref().map_or(letter.kind.is_act(), |house| house.wants_two(letter.kind));
        Ok(LetterPage {
            people: cases::people(tx, case.id)?,
            warnings: consents::warnings(tx, &letter, now.day())?,
            kept_warnings: withdrawn::warnings(tx, id)?,
            recalled: withdrawn::recalled(tx, id)?,
            sent: papers::sent(tx, id)?,
            may_work: may(Action::WorkOnCase),
            may_release: decides && (!two || letter.writer != actor.user),
            released,
            house,
            filled,
            asked,
            said,
            bound,
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
