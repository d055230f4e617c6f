// SPDX-License-Identifier: EUPL-1.2
//! The money of a region: what its book says, and everything that is booked.

mod correct;
mod deliveries;
mod overview;
mod plan;
mod promises;
mod topups;
mod transfers;
mod years;

pub use correct::{BookingPage, Correction, PotName, booking, counter};
pub use deliveries::{deliver, deliveries, delivery};
pub use overview::{Overview, PotView, book_lines, overview};
pub use plan::{NewIncome, Plan, TOP_SLICE_TOO_LARGE, book_income, plan, use_income};
pub use promises::{
    CLAIM_NEEDS_COMMISSION, Claim, FLOW_MISPLACED, NewMoney, Payment, PromisePage, PromisesPage, Step, bind, book_step,
    end, pay, promise_money, promise_page, promises, settle,
};
pub use topups::{Covering, TOP_UP_COVERED, cover_top_up};
pub use transfers::{
    NewTransfer, TRANSFER_DECIDED, TransferPlace, TransfersPage, approve_transfer, propose_transfer, transfers,
    withdraw_transfer,
};
pub use years::{Carry, YearPage, YearPot, carry_over, close_year, open_year, year_page};

pub use store::budget::deliveries::{Delivery, DeliveryLine};
pub use store::budget::lists::{BookLine, BookingView, PromiseLine};
pub use store::budget::promises::PromiseView;
pub use store::budget::topups::{CoverLine, TopUpLine};
pub use store::budget::transfers::TransferView;
pub use store::budget::years::YearActLine;

use crate::core::{App, Failure, found, reach};
use domain::access::{Action, Actor, Sight, Standing, permit, sight};
use domain::budget::{Account, Book, EntryKind, MoneyKind, YearState};
use domain::kernel::{Day, PotId, RegionId};
use store::budget::lists::{FROM_NEWEST, Wanted};
use store::budget::{self, lists, years as kept_years};
use store::sight::RowSight;
use store::{ReadTx, StoreError};

/// Entries on one page.
const PAGE: i64 = 25;

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
    /// What its book says.
    pub book: Book,
    /// What the books of all kinds say.
    pub kinds: Vec<(MoneyKind, Book)>,
    /// Its newest entries; cases are named only to those who may see commissions of that team.
    pub entries: Vec<BookLine>,
    /// Top-ups.
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
    let (actor, filter) = (actor.clone(), filter.unwrap_or_default());
    app.read(move |tx| {
        let regions = budget::regions(tx, &seen)?;
        let region = found(region.or_else(|| regions.first().map(|(id, _)| *id)))?;
        permit(&actor, Action::SeeBudget, Standing::Region(region))?;
        found(regions.iter().find(|(id, _)| *id == region))?;
        let may = |action| permit(&actor, action, Standing::Region(region)).is_ok();
        let kind = filter.kind.unwrap_or(MoneyKind::IndividualClaim);
        let kinds = books(tx, region, year, filter.on)?;
        let book = kinds.iter().find(|(of, _)| *of == kind).map(|(_, book)| *book).unwrap_or_default();
        let commissions = sight(&actor, Action::SeeCommission);
        let pot = budget::find_pot(tx, region, year, kind)?;
        // Bodies and planning see sums; a single booking or a reason is one family (N10).
        let may_see_bookings = !commissions.is_nothing();
        let shown = pot.filter(|_| may_see_bookings);
        let (entries, next) =
            shown.map_or(Ok((Vec::new(), None)), |pot| lines(tx, pot, &filter, &commissions, PAGE))?;
        let mut top_ups = Vec::new();
        for mut line in pot.map_or(Ok(Vec::new()), |pot| budget::topups::top_ups(tx, pot))? {
            if !may_see_bookings {
                line.reason.clear();
            }
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
            book,
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

/// What the books of a region say, kind by kind.
fn books(tx: &ReadTx<'_>, region: RegionId, year: i16, on: Option<Day>) -> Result<Vec<(MoneyKind, Book)>, StoreError> {
    let mut books = Vec::new();
    for kind in MoneyKind::ALL {
        let book = match (budget::find_pot(tx, region, year, *kind)?, on) {
            (None, _) => Book::default(),
            (Some(pot), None) => budget::book(tx, pot)?,
            (Some(pot), Some(day)) => budget::book_on(tx, pot, day)?,
        };
        books.push((*kind, book));
    }
    Ok(books)
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
