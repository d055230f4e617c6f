// SPDX-License-Identifier: EUPL-1.2
//! A new cut of the spaces: handed in as files, looked at as a draft, planned for a day to come, withdrawn until
//! then. Planning writes the editions of that day and lists the cases whose hand-over needs a conversation; it moves
//! none of them.

use super::import::{Ground, Progress, SpacesImport};
use super::locate::territory_on;
use super::preview::way;
use super::streets::{self, StreetsImport, check_streets};
use super::table::{Decoded, decode};
use crate::core::{App, Failure, Key, found, fresh_at, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Day, EditionId, HandoverId, Moment, Note, RecutId, Rule};
use domain::territory::{
    FileFault, Finding, ReadOptions, SpaceFeature, StreetRange, compare_streets, is_importable, read_spaces,
};
use std::sync::{Arc, Mutex, PoisonError};
use store::casework::handovers;
use store::recut::{self, NewRecut, RecutFile, RecutView};
use store::{ReadTx, WriteTx, territory};
use uuid::Uuid;

/// A new cut without a file of boundaries.
pub const RECUT_FILE_MISSING: Rule = Rule::new("recut.file_missing", "Pflichtangabe");
/// A file that is no text.
pub const RECUT_FILE_UNREADABLE: Rule = Rule::new("recut.file_unreadable", "RFC 7946; CSV");
/// Planned with errors in its files.
pub const RECUT_FAULTY: Rule = Rule::new("recut.faulty", "Import: ganz oder gar nicht");

/// So many days after the day of the new cut a conversation is due, unless somebody says otherwise.
const DUE_DAYS: i32 = 28;
/// Cases read at a time.
const PAGE: i64 = 1_000;

/// A file as it was handed in.
#[derive(Clone)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// As it lay on disk.
    pub bytes: Vec<u8>,
}

/// A new cut as handed in.
#[derive(Clone)]
pub struct Draft {
    /// Title, day, names of fields.
    pub new: NewRecut,
    /// The boundaries.
    pub spaces: Upload,
    /// Both tables of the street directory, if it changes too.
    pub streets: Option<(Upload, Upload)>,
    /// Addresses to try it with.
    pub points: Option<Upload>,
}

impl Draft {
    fn files(&self) -> Result<Vec<RecutFile>, Failure> {
        let mut files = vec![file("spaces", &self.spaces)?];
        if let Some((zu, ra)) = &self.streets {
            files.extend([file("zu", zu)?, file("ra", ra)?]);
        }
        files.extend(self.points.as_ref().map(|points| file("points", points)).transpose()?);
        Ok(files)
    }
}

/// Stands behind the name of a file whose letters had to be guessed, where people see it too.
const GUESSED: &str = " (nicht in UTF-8)";

fn file(kind: &'static str, upload: &Upload) -> Result<RecutFile, Failure> {
    let Decoded { text: content, guessed } = decode(&upload.bytes);
    if content.trim().is_empty() {
        return Err(RECUT_FILE_MISSING.broken_at(kind).into());
    }
    if content.contains('\0') {
        return Err(RECUT_FILE_UNREADABLE.broken_at(kind).into());
    }
    let mut name: String = upload.name.chars().filter(|c| !c.is_control()).take(120).collect();
    if guessed {
        name += GUESSED;
    }
    Ok(RecutFile { kind: kind.to_owned(), name, content })
}

/// What the files of a new cut say.
pub(super) struct Read {
    pub(super) features: Vec<SpaceFeature>,
    pub(super) ranges: Option<Vec<StreetRange>>,
    pub(super) points: Option<RecutFile>,
    pub(super) findings: Vec<Finding>,
}

/// The files read last; they never change.
#[derive(Default)]
pub(crate) struct LastRead(Mutex<Option<(RecutId, Arc<Read>)>>);

/// Reads the files of a new cut; twice the same costs nothing.
pub(super) fn read(app: &App, tx: &ReadTx<'_>, view: &RecutView) -> Result<Arc<Read>, Failure> {
    let last = || app.territories.recut.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, read)) = last().as_ref().filter(|(known, _)| *known == view.id) {
        return Ok(Arc::clone(read));
    }
    let read = Arc::new(read_files(view, &recut::files(tx, view.id)?));
    *last() = Some((view.id, Arc::clone(&read)));
    Ok(read)
}

/// Reads files that are kept nowhere.
fn read_files(view: &RecutView, files: &[RecutFile]) -> Read {
    let of = |kind: &str| files.iter().find(|file| file.kind == kind);
    let options = ReadOptions {
        key_prop: view.key_field.clone(),
        name_prop: view.name_field.clone(),
        region_prop: view.region_field.clone(),
        ..ReadOptions::default()
    };
    let spaces = read_spaces(of("spaces").map_or("", |file| &file.content), &options);
    let mut findings = spaces.findings;
    if of("spaces").is_some_and(|file| file.name.ends_with(GUESSED)) {
        findings.push(FileFault::UmlautsUnsure.finding(""));
    }
    let mut ranges = None;
    if let (Some(zu), Some(ra)) = (of("zu"), of("ra")) {
        let streets = check_streets(zu.content.as_bytes(), ra.content.as_bytes());
        findings.extend(streets.findings);
        ranges = Some(streets.ranges);
    }
    let points = of("points").cloned();
    Read { features: spaces.features, ranges, points, findings }
}

/// A new cut that is only looked at: nothing of it is kept.
///
/// # Errors
/// [`RECUT_FILE_MISSING`], [`RECUT_FILE_UNREADABLE`].
pub(super) fn unkept(app: &App, draft: &Draft) -> Result<(RecutView, Read), Failure> {
    let new = draft.new.clone();
    let view = RecutView {
        id: app.fresh(),
        title: new.title.as_str().to_owned(),
        valid_from: new.valid_from,
        key_field: new.key_field,
        name_field: new.name_field,
        region_field: new.region_field,
        state: domain::territory::RecutState::Draft,
        drafted_at: app.now(),
        withdrawn_why: None,
    };
    let read = read_files(&view, &draft.files()?);
    Ok((view, read))
}

/// Keeps a new cut as a draft. Faults of its files are told on its page; nothing follows from a draft.
///
/// # Errors
/// [`RECUT_FILE_MISSING`], [`RECUT_FILE_UNREADABLE`], [`domain::territory::DAY_NOT_AHEAD`], [`Failure::Denied`].
pub async fn draft(app: &App, actor: &Actor, key: Option<Key>, new: Draft) -> Result<RecutId, Failure> {
    let grant = in_office(actor, Action::ManageTerritory)?;
    domain::territory::RecutState::Draft.plan(new.new.valid_from, app.today())?;
    let (id, files) = (app.fresh::<RecutId>(), new.files()?);
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        recut::insert(&tx, id, &new.new, &files)?;
        Ok(tx.commit(Deed::new(DeedKind::RecutDrafted, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Everything there is to say about the files, also beside what the office has, the gravest first.
pub(super) fn findings(tx: &ReadTx<'_>, read: &Read) -> Result<Vec<Finding>, Failure> {
    let mut all = read.findings.clone();
    let ground = Ground::load(tx)?;
    all.extend(ground.report(&read.features).findings);
    if let Some(ranges) = &read.ranges {
        // Streets may lead to spaces that this very cut makes.
        let mut spaces = territory::spaces(tx)?;
        spaces.extend(super::preview::new_spaces(&spaces, &read.features));
        all.extend(compare_streets(spaces, ranges)?);
    }
    if let Some(points) = &read.points
        && let Err(faults) = super::points::PointsFile::read(&points.name, points.content.as_bytes())
    {
        all.extend(faults);
    }
    all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(all)
}

/// Plans a draft: writes the editions of its day, and lists the cases whose hand-over needs a conversation. Until its
/// day nothing changes; on it no case does.
///
/// # Errors
/// [`RECUT_FAULTY`], the rules of [`domain::territory::RecutState::plan`], [`Failure::Denied`].
pub async fn plan(app: &App, actor: &Actor, key: Option<Key>, id: RecutId) -> Result<RecutId, Failure> {
    let grant = in_office(actor, Action::ManageTerritory)?;
    let house = app.clone();
    let write = move |tx: ReadTx<'_>| {
        let view = found(recut::one(&tx, id)?)?;
        view.state.plan(view.valid_from, house.today())?;
        let read = read(&house, &tx, &view)?;
        if !is_importable(&findings(&tx, &read)?) {
            return Err(RECUT_FAULTY.broken().into());
        }
        let tx = tx.allow(grant);
        let editions = editions(&house, &tx, &view, &read)?;
        if !recut::plan(&tx, id, &editions)? {
            return Err(Failure::Stale);
        }
        list_cases(&house, &tx, &view)?;
        Ok(tx.commit(Deed::new(DeedKind::RecutPlanned, id), id)?)
    };
    app.change(actor, key, write).await
}

fn editions(house: &App, tx: &WriteTx<'_>, view: &RecutView, read: &Read) -> Result<Vec<EditionId>, Failure> {
    let import = SpacesImport {
        options: ReadOptions::default(),
        valid_from: view.valid_from,
        dry_run: false,
        progress: Progress::default(),
    };
    let mut editions = vec![Ground::load(tx)?.write(house, tx, &read.features, &import)?];
    if let Some(ranges) = &read.ranges {
        let edition = house.fresh();
        let import = StreetsImport {
            zu: Vec::new(),
            ra: Vec::new(),
            valid_from: view.valid_from,
            dry_run: false,
            progress: Progress::default(),
        };
        streets::write(edition, tx, ranges, &import)?;
        editions.push(edition);
    }
    Ok(editions)
}

/// Lists every case that lives elsewhere by the new cut, once.
fn list_cases(house: &App, tx: &WriteTx<'_>, view: &RecutView) -> Result<usize, Failure> {
    let before = territory_on(house, tx, view.valid_from.plus_days(-1))?;
    let after = territory_on(house, tx, view.valid_from)?;
    let mut listed = 0;
    for place in all_places(tx)? {
        let Some(space) = way(&place, &before, &after).and_then(|(_, to)| to.space()) else { continue };
        let Some(team) = after.space(space).map(|space| space.team) else { continue };
        let way = handovers::Way { case: place.case, from: place.team, to: team, space };
        let id = HandoverId(fresh_at(tx.now()));
        listed += usize::from(handovers::list_case(tx, id, view.id, way, view.valid_from.plus_days(DUE_DAYS))?);
    }
    Ok(listed)
}

/// All cases with their addresses.
pub(super) fn all_places(tx: &ReadTx<'_>) -> Result<Vec<recut::CasePlace>, Failure> {
    let (mut all, mut after) = (Vec::new(), (Moment(i64::MAX), Uuid::max()));
    loop {
        let page = recut::case_places(tx, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(all) };
        after = last.mark;
        all.extend(page);
    }
}

/// Lists cases that came since the new cut was planned.
///
/// # Errors
/// [`domain::territory::RECUT_WITHDRAWN`], [`domain::territory::RECUT_NOT_DRAFT`] for a draft, [`Failure::Denied`].
pub async fn list_handovers(app: &App, actor: &Actor, key: Option<Key>, id: RecutId) -> Result<RecutId, Failure> {
    let grant = in_office(actor, Action::ManageTerritory)?;
    let house = app.clone();
    let write = move |tx: ReadTx<'_>| {
        let view = planned(&tx, id)?;
        let tx = tx.allow(grant);
        list_cases(&house, &tx, &view)?;
        Ok(tx.commit(Deed::new(DeedKind::HandoversListed, id), id)?)
    };
    app.change(actor, key, write).await
}

fn planned(tx: &ReadTx<'_>, id: RecutId) -> Result<RecutView, Failure> {
    use domain::territory::{RECUT_NOT_DRAFT, RECUT_WITHDRAWN, RecutState};
    let view = found(recut::one(tx, id)?)?;
    match view.state {
        RecutState::Planned => Ok(view),
        RecutState::Draft => Err(RECUT_NOT_DRAFT.broken().into()),
        RecutState::Withdrawn => Err(RECUT_WITHDRAWN.broken().into()),
    }
}

/// Takes a draft or a plan back, with a reason. Its editions never count; hand-overs that nobody held fall away.
///
/// # Errors
/// The rules of [`domain::territory::RecutState::withdraw`], [`Failure::Denied`].
pub async fn withdraw(app: &App, actor: &Actor, key: Option<Key>, id: RecutId, why: Note) -> Result<RecutId, Failure> {
    let grant = in_office(actor, Action::ManageTerritory)?;
    let today = app.today();
    let write = move |tx: ReadTx<'_>| {
        let view = found(recut::one(&tx, id)?)?;
        view.state.withdraw(view.valid_from, today)?;
        let tx = tx.allow(grant);
        if !recut::withdraw(&tx, id, &why)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::new(DeedKind::RecutWithdrawn, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Gives spaces the names of a cut that is in force.
///
/// # Errors
/// [`domain::territory::DAY_NOT_AHEAD`] is never broken here: before its day there is nothing to adopt
/// ([`domain::territory::HANDOVER_TOO_EARLY`]); [`Failure::Denied`].
pub async fn adopt_names(app: &App, actor: &Actor, key: Option<Key>, id: RecutId) -> Result<RecutId, Failure> {
    let grant = in_office(actor, Action::ManageTerritory)?;
    let house = app.clone();
    let write = move |tx: ReadTx<'_>| {
        let view = planned(&tx, id)?;
        if !view.state.is_in_force(view.valid_from, house.today()) {
            return Err(domain::territory::HANDOVER_TOO_EARLY.broken().into());
        }
        let read = read(&house, &tx, &view)?;
        let ground = Ground::load(&tx)?;
        let tx = tx.allow(grant);
        read.features.iter().try_for_each(|feature| ground.rename(&tx, feature))?;
        Ok(tx.commit(Deed::new(DeedKind::SpacesImported, id), id)?)
    };
    app.change(actor, key, write).await
}

/// A new cut in the list.
#[derive(Debug, Clone)]
pub struct RecutLine {
    /// As kept.
    pub recut: RecutView,
    /// Is it in force today?
    pub in_force: bool,
}

/// All new cuts, the latest day first. Drafts are seen by those who plan.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn recuts(app: &App, actor: &Actor) -> Result<Vec<RecutLine>, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    let (plans, today) = (in_office(actor, Action::ManageTerritory).is_ok(), app.today());
    app.read(move |tx| {
        let seen = |view: &RecutView| plans || view.state == domain::territory::RecutState::Planned;
        let all = recut::list(tx)?.into_iter().filter(seen);
        Ok(all.map(|recut| RecutLine { in_force: recut.state.is_in_force(recut.valid_from, today), recut }).collect())
    })
    .await
}

/// The days from which boundaries count, for questions about the past.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn planned_days(app: &App, actor: &Actor) -> Result<Vec<Day>, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    app.read(|tx| Ok(recut::days(tx)?)).await
}
