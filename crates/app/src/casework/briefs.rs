// SPDX-License-Identifier: EUPL-1.2
//! A case in short, for whoever stands in. Several people write on it, and nobody writes over somebody else.

use crate::casework::case_for;
use crate::casework::exploration::stale;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{BRIEF_BASE_UNKNOWN, NewBrief, Saving, save_brief};
use domain::kernel::{BriefId, CaseId, Merge, Moment, UserId};
use store::access;
use store::casework::briefs::{self, NewVersion};
use store::casework::cases::{self, CaseView, PersonView};
use store::{ReadTx, WriteTx};

pub use store::casework::briefs::BriefView;

/// Versions on the page.
const SHOWN: i64 = 30;

/// The key of the form, for its drafts. The version one began from is part of it: a draft that waited while somebody
/// else saved must not write over them.
#[must_use]
pub fn form(case: CaseId, based_on: i64) -> String {
    format!("ueberblick/{case}/{based_on}")
}

/// A case in short, on its page.
#[derive(Debug, Clone)]
pub struct BriefPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Versions, newest first.
    pub versions: Vec<BriefView>,
    /// What the reader had begun to write, and from which version on.
    pub begun: Option<(i64, String)>,
    /// May the reader write?
    pub may_work: bool,
}

/// A case in short.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<BriefPage, Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let mut versions = briefs::versions(tx, id, SHOWN)?;
        versions.iter_mut().for_each(|one| quiet.text(&mut one.words));
        Ok(BriefPage {
            people: cases::people(tx, id)?,
            versions,
            begun: begun(tx, actor.user, id, now)?,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// What somebody had begun to write, and from which version on.
fn begun(tx: &ReadTx<'_>, user: UserId, id: CaseId, now: Moment) -> Result<Option<(i64, String)>, Failure> {
    let since = now.plus_minutes(-access::rules::value(tx, HouseRule::DraftDays)? * 24 * 60);
    let Some((_, based_on)) = begun_keys(tx, user, id, since)?.into_iter().next() else { return Ok(None) };
    let fields = access::drafts::drafts(tx, user, &form(id, based_on), since)?;
    Ok(fields.into_iter().find(|(field, ..)| field == "words").map(|(_, words, _)| (based_on, words)))
}

/// The drafts of a case in short that somebody has open, the newest first: key, and version it began from.
fn begun_keys(tx: &ReadTx<'_>, user: UserId, id: CaseId, since: Moment) -> Result<Vec<(String, i64)>, Failure> {
    let of_case = format!("ueberblick/{id}/");
    let open = access::drafts::open_drafts(tx, user, since)?.into_iter();
    let based_on = |key: &str| key.strip_prefix(&of_case)?.parse().ok();
    Ok(open.filter_map(|(key, _)| based_on(&key).map(|based_on| (key, based_on))).collect())
}

/// The newest version, for the overview of the case.
pub(crate) fn newest(tx: &ReadTx<'_>, case: &CaseView) -> Result<Option<BriefView>, Failure> {
    let Some(mut newest) = briefs::versions(tx, case.id, 1)?.into_iter().next() else { return Ok(None) };
    Quiet::of(tx, case)?.text(&mut newest.words);
    Ok(Some(newest))
}

/// Newest version, its text, and the text of the version the writer had before their eyes.
fn around(tx: &ReadTx<'_>, case: CaseId, based_on: i64) -> Result<(i64, String, String), Failure> {
    let newest = briefs::versions(tx, case, 1)?.into_iter().next();
    let (number, latest) = newest.map_or((0, String::new()), |one| (one.number, one.words));
    let base = match based_on {
        0 => String::new(),
        known => briefs::one(tx, case, known)?.ok_or(BRIEF_BASE_UNKNOWN.broken_at("words"))?.words,
    };
    Ok((number, latest, base))
}

/// What came together when two wrote at once, to be read and decided.
#[derive(Debug, Clone)]
pub struct Met {
    /// The newest version.
    pub newest: BriefView,
    /// What each of the two changed.
    pub merge: Merge,
}

/// What a text would meet, if it was begun from a version that is no longer the newest.
///
/// # Errors
/// [`BRIEF_BASE_UNKNOWN`], hidden for other teams.
pub async fn meet(
    app: &App,
    actor: &Actor,
    id: CaseId,
    (based_on, words): (i64, String),
) -> Result<Option<Met>, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let (number, mut latest, mut base) = around(tx, id, based_on)?;
        if number == based_on {
            return Ok(None);
        }
        let quiet = Quiet::of(tx, &case)?;
        quiet.text(&mut latest);
        quiet.text(&mut base);
        let newest = found(newest(tx, &case)?)?;
        Ok(Some(Met { newest, merge: Merge::of(&base, &words, &latest) }))
    })
    .await
}

/// Keeps a text as the newest version. If somebody saved in the meantime and both changed different sentences, the
/// texts are put together; if both changed the same one, nothing is kept and people decide.
///
/// # Errors
/// The rules of [`save_brief`], [`BRIEF_BASE_UNKNOWN`], [`Failure::Stale`] when people have to decide,
/// [`Failure::Denied`].
pub async fn write(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewBrief,
) -> Result<BriefId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<BriefId>());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        keeps_quiet(&tx, case, &[(new.words.as_str(), "words")])?;
        let (number, latest, base) = around(&tx, case, new.based_on)?;
        let (words, merged) = match save_brief(&new, (number, &latest), &base)? {
            Saving::AsTyped => (new.words.as_str().to_owned(), false),
            Saving::Together(words) => (words, true),
            Saving::Ask(_) => return Err(Failure::Stale),
        };
        let tx = tx.allow(grant);
        let version = NewVersion { id, number: number + 1, words: &words, based_on: new.based_on, merged };
        briefs::insert(&tx, case, &version).map_err(stale)?;
        drop_begun(&tx, who.user, case)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::BriefWritten, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// What was begun is sent, from whatever version it began.
fn drop_begun(tx: &WriteTx<'_>, user: UserId, case: CaseId) -> Result<(), Failure> {
    for (key, _) in begun_keys(tx, user, case, Moment(0))? {
        access::drafts::drop_drafts(tx, &key)?;
    }
    Ok(())
}
