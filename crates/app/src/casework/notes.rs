// SPDX-License-Identifier: EUPL-1.2
//! Notes: the team's, and what was entrusted to one person (§ 65 SGB VIII, N2).

use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::casework::statements::known;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{Confidence, NewNote, NewPassing, pass_on};
use domain::kernel::{CaseId, NoteId, Rule, UserId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::notes;
use store::{ReadTx, WriteTx, access};

pub use store::casework::notes::{NoteView, PassingView};

/// Entrusted data are passed on to somebody of the case's own team.
pub const NOT_OF_THE_TEAM: Rule = Rule::new("note.not_of_the_team", "§ 65(1) SGB VIII, § 35(1) SGB I");

/// Notes on the page.
const SHOWN: i64 = 200;

/// The key of the form of notes, for its drafts.
#[must_use]
pub fn form(case: CaseId) -> String {
    format!("notiz/{case}")
}

/// The notes of a case.
#[derive(Debug, Clone)]
pub struct NotesPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Notes that the reader may read, newest first.
    pub notes: Vec<NoteView>,
    /// What the reader passed on or got.
    pub passings: Vec<PassingView>,
    /// To whom something can be passed on.
    pub colleagues: Vec<(UserId, String)>,
    /// May the reader write?
    pub may_work: bool,
}

/// The notes of a case, without what was entrusted to others.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<NotesPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let mut colleagues = access::colleagues(tx, case.team, today)?;
        colleagues.retain(|(user, _)| *user != actor.user);
        let quiet = Quiet::of(tx, &case)?;
        let mut written = notes::of_case(tx, id, actor.user, SHOWN)?;
        written.iter_mut().for_each(|note| quiet.text(&mut note.words));
        Ok(NotesPage {
            people: cases::people(tx, id)?,
            notes: written,
            passings: notes::passings(tx, id, actor.user)?,
            colleagues,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// Writes a note. What is entrusted moves nothing that others could see: neither the case's place in lists nor a
/// log line with its number.
///
/// # Errors
/// [`domain::casework::NOTED_IN_FUTURE`], [`crate::casework::statements::NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn write(app: &App, actor: &Actor, key: Option<Key>, case: CaseId, new: NewNote) -> Result<NoteId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<NoteId>());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        new.check(now.day())?;
        for person in &new.people {
            known(&tx, case, Some(*person), "people")?;
        }
        crate::casework::seals::keeps_quiet(&tx, case, &[(new.words.as_str(), "words")])?;
        let tx = tx.allow(grant);
        access::drafts::drop_drafts(&tx, &form(case))?;
        let deed = keep(&tx, id, case, &new)?;
        Ok(tx.commit(deed, id)?)
    };
    app.change(actor, key, write).await
}

/// Puts a note into its file, wherever it was written.
pub(crate) fn keep(tx: &WriteTx<'_>, id: NoteId, case: CaseId, new: &NewNote) -> Result<Deed, Failure> {
    notes::insert(tx, id, case, new)?;
    if new.confidence == Confidence::Entrusted {
        return Ok(Deed::new(DeedKind::NoteWritten, id));
    }
    cases::touch(tx, case)?;
    Ok(Deed::in_case(DeedKind::NoteWritten, id, case))
}

/// Passes on what was entrusted: the writer, to one colleague of the case's team, for one of the seven reasons.
///
/// # Errors
/// The rules of [`domain::casework::pass_on`], [`NOT_OF_THE_TEAM`], hidden for everybody but the writer.
pub async fn pass(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    note: NoteId,
    new: NewPassing,
) -> Result<NoteId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, confidence) = found(notes::written_by(&tx, note, who.user)?)?;
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        pass_on(confidence, who.user, who.user, new.to)?;
        if !access::colleagues(&tx, case.team, now.day())?.iter().any(|(user, _)| *user == new.to) {
            return Err(NOT_OF_THE_TEAM.broken_at("to").into());
        }
        let tx = tx.allow(grant);
        notes::insert_passing(&tx, fresh_at(now), (case.id, note), &new)?;
        Ok(tx.commit(Deed::new(DeedKind::EntrustedPassedOn, note), note)?)
    };
    app.change(actor, key, write).await
}
