// SPDX-License-Identifier: EUPL-1.2
//! The profile of a space: figures with source and day, its team, the agencies with a seat there, bodies. And the
//! import of figures: rows that cannot be read are told, all others are taken.

use super::table::rows;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor, sight};
use domain::agencies::Agency;
use domain::audit::{Deed, DeedKind};
use domain::budget::Secrecy;
use domain::kernel::{Day, SpaceId, fold};
use domain::network::PartnerKind;
use domain::territory::{Finding, SpaceKey, read_figures};
use std::collections::{BTreeMap, BTreeSet};
use store::figures::{self, FigureView};
use store::network::{self, PartnerView};
use store::territory::{self, EditionKind, SpaceLine};
use store::{ReadTx, access, agencies};
use uuid::Uuid;

/// The profile of a space.
#[derive(Debug, Clone)]
pub struct SpaceProfile {
    /// The space.
    pub space: SpaceLine,
    /// Has it an area today?
    pub in_force: bool,
    /// From which day on it has one, if that is still to come.
    pub comes_on: Option<Day>,
    /// Figures: the latest of each, and whether it must stay hidden.
    pub figures: Vec<(FigureView, bool)>,
    /// Who works in the team of the space; for staff of the office.
    pub colleagues: Vec<String>,
    /// Agencies with a seat in the team, in neutral order.
    pub seats: Vec<Agency>,
    /// Bodies and partners of the space; for those who see the network.
    pub partners: Vec<PartnerView>,
    /// Has the space a body?
    pub has_body: bool,
    /// May the reader import figures?
    pub may_import: bool,
}

/// The profile of a space, small numbers protected.
///
/// # Errors
/// Hidden for spaces that are not there, [`Failure::Denied`].
pub async fn profile(app: &App, actor: &Actor, id: SpaceId) -> Result<SpaceProfile, Failure> {
    profile_as_of(app, actor, id, app.today()).await
}

/// The profile of a space as it was on a day: its border, its figures, who worked there.
///
/// # Errors
/// Hidden for spaces that are not there, [`Failure::Denied`].
pub async fn profile_as_of(app: &App, actor: &Actor, id: SpaceId, today: Day) -> Result<SpaceProfile, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    let network = !sight(actor, Action::SeeNetwork).is_nothing();
    let secrecy = Secrecy::at_least(actor);
    let staff = actor.controller == domain::access::Controller::Office;
    let may_import = in_office(actor, Action::ManageTerritory).is_ok();
    app.read(move |tx| {
        let space = found(territory::overview(tx)?.into_iter().find(|line| line.id == id))?;
        let seated = agencies::seats(tx, space.team)?;
        let partners: Vec<PartnerView> =
            network::partners(tx)?.into_iter().filter(|one| one.space == Some(id) && one.ended_on.is_none()).collect();
        let colleagues = if staff { access::colleagues(tx, space.team, today)? } else { Vec::new() };
        let mut figures = figures::of_space(tx, id)?;
        // What was counted later was not known then.
        figures.retain(|figure| figure.as_of <= today);
        // In order of name, the latest first: of each name the first stays.
        figures.dedup_by(|later, kept| later.name == kept.name);
        let hidden = hidden(&figures, secrecy);
        Ok(SpaceProfile {
            in_force: drawn_on(tx, id, today)?,
            comes_on: comes_on(tx, id, today)?,
            figures: figures.into_iter().zip(hidden).collect(),
            colleagues: colleagues.into_iter().map(|(_, name)| name).collect(),
            seats: agencies::all(tx)?.into_iter().filter(|agency| seated.contains(&agency.id)).collect(),
            has_body: partners.iter().any(|partner| partner.kind == PartnerKind::Body),
            partners: if network { partners } else { Vec::new() },
            may_import,
            space,
        })
    })
    .await
}

/// Which figures must stay hidden: counts of so few people that it could be somebody, those by which one could be worked
/// out from a total and its other parts, and the parts of what is hidden.
fn hidden(figures: &[FigureView], secrecy: Secrecy) -> Vec<bool> {
    let people: Vec<usize> = figures.iter().map(|one| one.value.people(one.kind).unwrap_or_default()).collect();
    let whole = |one: &FigureView| one.part_of.as_deref().map(fold);
    let mut hidden: Vec<bool> = people.iter().map(|count| (1..secrecy.fewest).contains(count)).collect();
    let wholes: BTreeSet<String> = figures.iter().filter_map(whole).collect();
    // A part may be a whole itself: what hides in one round may uncover nothing in the next.
    for _ in 0..=wholes.len() {
        for name in &wholes {
            let is_part = |at: &usize| people[*at] > 0 && whole(&figures[*at]).as_ref() == Some(name);
            let mut parts: Vec<usize> = (0..figures.len()).filter(is_part).collect();
            let gone = figures.iter().zip(&hidden).any(|(one, hidden)| *hidden && fold(&one.name) == *name);
            // Hidden ones first, then the smallest: they go along until the rest of the total is nobody.
            parts.sort_by_key(|at| (!hidden[*at], people[*at]));
            let (mut count, mut sum) = (0, 0);
            for at in parts {
                let tells = count > 0 && (count < 2 || sum < secrecy.fewest);
                if gone || hidden[at] || tells {
                    hidden[at] = true;
                    (count, sum) = (count + 1, sum + people[at]);
                }
            }
        }
    }
    hidden
}

/// Has the space an area on this day? Without any edition of boundaries every space counts.
fn drawn_on(tx: &ReadTx<'_>, id: SpaceId, day: Day) -> Result<bool, Failure> {
    let Some(edition) = territory::edition_on(tx, EditionKind::Boundaries, day)? else { return Ok(true) };
    Ok(territory::boundaries(tx, edition)?.iter().any(|(space, _)| *space == id))
}

fn comes_on(tx: &ReadTx<'_>, id: SpaceId, today: Day) -> Result<Option<Day>, Failure> {
    if drawn_on(tx, id, today)? {
        return Ok(None);
    }
    for day in store::recut::days(tx)?.into_iter().filter(|day| *day > today) {
        if drawn_on(tx, id, day)? {
            return Ok(Some(day));
        }
    }
    Ok(None)
}

/// What came of an import of figures.
#[derive(Debug, Clone, Default)]
pub struct FiguresReport {
    /// Rows that were taken, or would be.
    pub taken: usize,
    /// Rows that were left out, and why; or why nothing can be read.
    pub findings: Vec<Finding>,
    /// Was something written?
    pub written: bool,
}

/// Imports figures from a table; a dry run only looks.
///
/// # Errors
/// [`Failure::Denied`] without the right to manage the territory.
pub async fn import_figures(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (name, bytes): (&str, &[u8]),
    dry_run: bool,
) -> Result<FiguresReport, Failure> {
    let grant = in_office(actor, Action::ManageTerritory)?;
    let mut findings = Vec::new();
    let table = rows(name, bytes, &mut findings);
    let spaces = app.read(|tx| Ok(territory::spaces(tx)?)).await?;
    let known: BTreeSet<SpaceKey> = spaces.iter().map(|space| space.key.clone()).collect();
    let read = table.map(|table| read_figures(&table, &known)).unwrap_or_default();
    findings.extend(read.findings);
    let report = FiguresReport { taken: read.figures.len(), findings, written: false };
    if dry_run || read.figures.is_empty() {
        return Ok(report);
    }
    let ids: BTreeMap<SpaceKey, SpaceId> = spaces.into_iter().map(|space| (space.key, space.id)).collect();
    let act = app.fresh::<Uuid>();
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        for figure in &read.figures {
            figures::keep(&tx, *found(ids.get(&figure.key))?, figure)?;
        }
        Ok(tx.commit(Deed::new(DeedKind::FiguresImported, act), act)?)
    };
    app.change(actor, key, write).await?;
    Ok(FiguresReport { written: true, ..report })
}
