// SPDX-License-Identifier: EUPL-1.2
//! The money of a region: what its book says, and everything that is booked.

mod correct;
mod deliveries;
mod give_back;
mod overview;
mod plan;
mod promises;
mod published;
mod topups;
mod transfers;
mod years;

pub use correct::{BookingPage, Correction, PotName, booking, counter};
pub use deliveries::{deliver, deliveries, delivery};
pub use give_back::give_back;
pub use overview::{KindTotal, Overview, book_lines, overview};
pub use plan::{NewIncome, Plan, TOP_SLICE_TOO_LARGE, book_income, plan, use_income};
pub use promises::{
    CLAIM_NEEDS_COMMISSION, Claim, FLOW_MISPLACED, NewMoney, Payment, PromisePage, PromisesPage, Step, bind, book_step,
    end, pay, promise_money, promise_page, promises, settle,
};
pub use published::PotView;
pub use topups::{Covering, TOP_UP_COVERED, cover_top_up};
pub use transfers::{
    NewTransfer, TRANSFER_DECIDED, TransferPlace, TransfersPage, approve_transfer, propose_transfer, transfers,
    withdraw_transfer,
};
pub use years::{Carry, YearPage, carry_over, close_year, open_year, year_page};

pub use store::budget::deliveries::{Delivery, DeliveryLine};
pub use store::budget::lists::{BookLine, BookingView, PromiseLine};
pub use store::budget::promises::PromiseView;
pub use store::budget::topups::{CoverLine, TopUpLine};
pub use store::budget::transfers::TransferView;
pub use store::budget::years::YearActLine;

use crate::core::{App, Failure, found, reach};
use domain::access::{Action, Actor, Sight, Standing, permit, sight};
use domain::budget::{Account, EntryKind, MoneyKind, YearState};
use domain::kernel::{Day, PotId, RegionId};
use published::Glass;
use store::budget::lists::{FROM_NEWEST, Wanted};
use store::budget::{self, lists, years as kept_years};
use store::sight::RowSight;
use store::{ReadTx, StoreError};

/// Entries on one page.
const PAGE: i64 = 12;

/// Which part of a region's book is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Kind of money; left out: individual claims.
    pub kind: Option<MoneyKind>,
    /// Only lines that touch this account.
    pub account: Option<Account>,
    /// Lines before this running number.
    pub before: Option<i64>,
    /// As of the end of this day.
    pub on: Option<Day>,
}

/// A region's page.
#[derive(Debug, Clone)]
pub struct BudgetPage {
    /// Regions to choose from.
    pub regions: Vec<(RegionId, String)>,
    /// The region shown.
    pub region: RegionId,
    /// The year shown.
    pub year: i16,
    /// Where the year stands.
    pub state: YearState,
    /// The kind of money shown.
    pub kind: MoneyKind,
    /// The pot shown.
    pub pot: PotView,
    /// The pots of all kinds.
    pub kinds: Vec<PotView>,
    /// Its newest entries; cases are named only to those who may see commissions of that team.
    pub entries: Vec<BookLine>,
    /// Top-ups; only for those who see single bookings: each is one claim.
    pub top_ups: Vec<(TopUpLine, Vec<CoverLine>)>,
    /// May the reader plan?
    pub may_plan: bool,
    /// May the reader book?
    pub may_book: bool,
    /// May the reader see single bookings?
    pub may_see_bookings: bool,
    /// May the reader see the money of the whole office: transfers, the year?
    pub may_see_office: bool,
    /// Where the next page of entries begins.
    pub next: Option<i64>,
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
    filter: Option<Filter>,
) -> Result<BudgetPage, Failure> {
    let seen = RowSight::regions(&reach(actor, Action::SeeBudget)?);
    let year = year.unwrap_or_else(|| app.today().year());
    let (actor, filter, today) = (actor.clone(), filter.unwrap_or_default(), app.today());
    app.read(move |tx| {
        let regions = budget::regions(tx, &seen)?;
        let region = found(region.or_else(|| regions.first().map(|(id, _)| *id)))?;
        permit(&actor, Action::SeeBudget, Standing::Region(region))?;
        let (_, name) = found(regions.iter().find(|(id, _)| *id == region))?;
        let may = |action| permit(&actor, action, Standing::Region(region)).is_ok();
        let kind = filter.kind.unwrap_or(MoneyKind::IndividualClaim);
        let glass = Glass::new(tx, &actor, year, (filter.on, today))?;
        let mut kinds = Vec::new();
        for kind in MoneyKind::ALL {
            kinds.push(glass.see(tx, (region, name.clone(), *kind), budget::find_pot(tx, region, year, *kind)?)?);
        }
        let pot = found(kinds.iter().find(|pot| pot.kind == kind))?.clone();
        let commissions = sight(&actor, Action::SeeCommission);
        // A single booking, a top-up or its reason is one family (N10).
        let may_see_bookings = glass.is_clear(region);
        let shown = budget::find_pot(tx, region, year, kind)?.filter(|_| may_see_bookings);
        let (entries, next) =
            shown.map_or(Ok((Vec::new(), None)), |pot| lines(tx, pot, &filter, &commissions, PAGE))?;
        let mut top_ups = Vec::new();
        for line in shown.map_or(Ok(Vec::new()), |pot| budget::topups::top_ups(tx, pot))? {
            let covers = budget::topups::covers(tx, line.id)?;
            top_ups.push((line, covers));
        }
        let state = kept_years::state(tx, year)?;
        let (may_plan, may_book) = (may(Action::PlanBudget), may(Action::BookBudget));
        let may_see_office = permit(&actor, Action::SeeBudget, Standing::Office).is_ok();
        Ok(BudgetPage {
            regions: regions.clone(),
            region,
            year,
            state,
            kind,
            pot,
            kinds,
            entries,
            top_ups,
            may_plan,
            may_book,
            may_see_bookings,
            may_see_office,
            next,
        })
    })
    .await
}

/// One page of a book's lines, and where the next begins.
fn lines(
    tx: &ReadTx<'_>,
    pot: PotId,
    filter: &Filter,
    commissions: &Sight,
    most: i64,
) -> Result<(Vec<BookLine>, Option<i64>), StoreError> {
    let (before, until) = (filter.before.unwrap_or(FROM_NEWEST), filter.on);
    let wanted = Wanted { before, until, account: filter.account, limit: most + 1 };
    let mut entries = lists::entries(tx, pot, &wanted)?;
    let most = usize::try_from(most).unwrap_or_default();
    let more = entries.len() > most;
    entries.truncate(most);
    let next = entries.last().filter(|_| more).map(|line| line.seq);
    for line in &mut entries {
        if !sees(commissions, line.team) {
            line.case_number = None;
            line.agency = None;
            line.by.clear();
        }
    }
    Ok((entries, next))
}

/// Other teams see sums, not cases (N10). What has no case behind it is seen with the region.
fn sees(commissions: &Sight, team: Option<domain::kernel::TeamId>) -> bool {
    commissions.office || team.is_none_or(|team| commissions.teams.contains(&team))
}

/// May this be booked into the year as it stands?
fn admitted(tx: &ReadTx<'_>, year: i16, kind: EntryKind, by_decision: bool) -> Result<(), Failure> {
    Ok(kept_years::state(tx, year)?.admits(kind, by_decision)?)
}
