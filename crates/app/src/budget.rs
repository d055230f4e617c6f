// SPDX-License-Identifier: EUPL-1.2
//! The money of a region.

use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor, Sight, Standing, permit, sight};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Book, Entry, EntryKind, MoneyKind, cover};
use domain::kernel::{Amount, EntryId, Line, Moment, PotId, RegionId, Rule};
use store::budget::{self, Booking};
use store::sight::RowSight;
use uuid::Uuid;

pub use store::budget::{BookLine, TopUpLine};

/// More is taken off in advance than is planned.
pub const TOP_SLICE_TOO_LARGE: Rule = Rule::new("budget.top_slice_too_large", "§ 80(1) Nr. 3 SGB VIII");
/// The top-up is covered already.
pub const TOP_UP_COVERED: Rule = Rule::new("budget.top_up_covered", "§ 83 GO");

/// Entries on one page.
const PAGE: i64 = 25;

/// A region's page.
#[derive(Debug, Clone)]
pub struct BudgetPage {
    /// Regions to choose from.
    pub regions: Vec<(RegionId, String)>,
    /// The region shown.
    pub region: RegionId,
    /// The year shown.
    pub year: i16,
    /// What its book says.
    pub book: Book,
    /// Its newest entries; cases are named only to those who may see commissions of that team.
    pub entries: Vec<BookLine>,
    /// Top-ups.
    pub top_ups: Vec<TopUpLine>,
    /// May the reader plan?
    pub may_plan: bool,
    /// Where the next page of entries begins.
    pub next: Option<(Moment, Uuid)>,
}

/// The money of a region in a year.
///
/// # Errors
/// Hidden for people without sight of any region, or of this one.
pub async fn page(
    app: &App,
    actor: &Actor,
    region: Option<RegionId>,
    year: Option<i16>,
    after: Option<(Moment, Uuid)>,
) -> Result<BudgetPage, Failure> {
    let seen = RowSight::regions(&reach(actor, Action::SeeBudget)?);
    let year = year.unwrap_or_else(|| app.today().year());
    let actor = actor.clone();
    app.read(move |tx| {
        let regions = budget::regions(tx, &seen)?;
        let region = found(region.or_else(|| regions.first().map(|(id, _)| *id)))?;
        permit(&actor, Action::SeeBudget, Standing::Region(region))?;
        found(regions.iter().find(|(id, _)| *id == region))?;
        let pot = budget::find_pot(tx, region, year, MoneyKind::IndividualClaim)?;
        let book = pot.map_or(Ok(Book::default()), |pot| budget::book(tx, pot))?;
        let mut entries = pot.map_or(Ok(Vec::new()), |pot| {
            budget::entries(tx, pot, after.unwrap_or(store::casework::cases::FROM_NEWEST), PAGE + 1)
        })?;
        let more = entries.len() > PAGE as usize;
        entries.truncate(PAGE as usize);
        let next = entries.last().filter(|_| more).map(|line| (line.at, line.id.0));
        let commissions = sight(&actor, Action::SeeCommission);
        hide_cases(&mut entries, &commissions);
        let mut top_ups = pot.map_or(Ok(Vec::new()), |pot| budget::top_ups(tx, pot))?;
        // Bodies and planning see sums; a single booking or a reason is one family (N10).
        if commissions.is_nothing() {
            entries.clear();
            top_ups.iter_mut().for_each(|line| line.reason.clear());
        }
        let may_plan = permit(&actor, Action::PlanBudget, Standing::Region(region)).is_ok();
        Ok(BudgetPage { regions: regions.clone(), region, year, book, entries, top_ups, may_plan, next })
    })
    .await
}

/// Bodies and other teams see sums, not cases (N10).
fn hide_cases(entries: &mut [BookLine], sight: &Sight) {
    for line in entries {
        let seen = sight.office || line.team.is_some_and(|team| sight.teams.contains(&team));
        if !seen {
            line.case_number = None;
            line.agency = None;
            line.by.clear();
        }
    }
}

/// A year's plan for a region.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Region.
    pub region: RegionId,
    /// Year.
    pub year: i16,
    /// Planned.
    pub planned: Amount,
    /// Taken off in advance for the unforeseen.
    pub top_slice: Option<Amount>,
    /// Resolution or other note.
    pub note: Line,
}

/// Plans money of kind A: plan and top-slice are entries like all others; a later plan adds to an earlier.
///
/// # Errors
/// [`TOP_SLICE_TOO_LARGE`], [`Failure::Denied`].
pub async fn plan(app: &App, actor: &Actor, key: Option<Key>, plan: Plan) -> Result<PotId, Failure> {
    let grant = permit(actor, Action::PlanBudget, Standing::Region(plan.region))?;
    if plan.top_slice.is_some_and(|slice| slice >= plan.planned) {
        return Err(TOP_SLICE_TOO_LARGE.broken_at("top_slice").into());
    }
    let now = app.now();
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        let pot = budget::pot(&tx, PotId(fresh_at(now)), plan.region, plan.year, MoneyKind::IndividualClaim)?;
        let planned = [(EntryKind::Planned, Some(plan.planned)), (EntryKind::TopSliced, plan.top_slice)];
        for (kind, amount) in planned.into_iter().filter_map(|(kind, amount)| Some((kind, amount?))) {
            let entry = Entry { kind, amount };
            let id = EntryId(fresh_at(now));
            budget::append(
                &tx,
                pot,
                &Booking { id, entry, commission: None, note: plan.note.as_str(), on: now.day() },
            )?;
        }
        Ok(tx.commit(Deed::new(DeedKind::MoneyPlanned, pot), pot)?)
    };
    app.change(actor, key, write).await
}

/// Covers a top-up by a resolution: the money comes into the pot, the help has long been running.
///
/// # Errors
/// [`TOP_UP_COVERED`], [`Failure::Denied`].
pub async fn cover_top_up(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: Uuid,
    resolution: Line,
) -> Result<PotId, Failure> {
    let who = actor.clone();
    let now = app.now();
    let write = move |tx: store::ReadTx<'_>| {
        reach(&who, Action::PlanBudget)?;
        let open = budget::open_top_up_of(&tx, id)?;
        let (pot, region, missing) = open.ok_or(Failure::from(TOP_UP_COVERED.broken()))?;
        let grant = permit(&who, Action::PlanBudget, Standing::Region(region))?;
        let tx = tx.allow(grant);
        if !budget::cover(&tx, id, now.day(), resolution.as_str())? {
            return Err(TOP_UP_COVERED.broken().into());
        }
        let booking = Booking {
            id: EntryId(fresh_at(now)),
            entry: cover(missing),
            commission: None,
            note: resolution.as_str(),
            on: now.day(),
        };
        budget::append(&tx, pot, &booking)?;
        Ok(tx.commit(Deed::new(DeedKind::TopUpCovered, id), pot)?)
    };
    app.change(actor, key, write).await
}
