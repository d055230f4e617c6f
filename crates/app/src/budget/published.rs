// SPDX-License-Identifier: EUPL-1.2
//! A pot as its reader may see it. Every page, file, picture and call reads pots here, so that none shows more than
//! another (N10): finance and the ASD of the region see the book as of any day; bodies, planning and coordination what
//! [`domain::budget::Secrecy`] leaves of it.

use domain::access::Actor;
use domain::budget::{Book, MoneyKind, Published, Trace, closed_quarter, covered, secrecy};
use domain::kernel::{Balance, Day, PotId, RegionId};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use store::budget::behind::traces;
use store::budget::{self, PotLine, topups};
use store::{ReadTx, StoreError};

/// A pot as it may be shown.
#[derive(Debug, Clone)]
pub struct PotView {
    /// Region.
    pub region: RegionId,
    /// Its name.
    pub region_name: String,
    /// Kind of money.
    pub kind: MoneyKind,
    /// Its book; where hidden, nothing is in it of what was promised, spent or received.
    pub book: Book,
    /// Is what was promised and spent hidden?
    pub hidden: bool,
    /// As of the end of this day; plan and top-slice as of the day asked for.
    pub on: Day,
    /// Money looked for because claims go over plan: still open, and covered.
    pub over_plan: (Balance, Balance),
}

impl PotView {
    /// A sum that follows from what was promised or spent, if it may be shown.
    #[must_use]
    pub fn open(&self, sum: impl Borrow<Balance>) -> Option<Balance> {
        (!self.hidden).then_some(*sum.borrow())
    }
}

/// What stands between the book and its reader.
pub(super) struct Glass<'a> {
    actor: &'a Actor,
    /// As of the end of this day, if one was asked for.
    asked: Option<Day>,
    today: Day,
    /// Who is behind the sums; read only for those who do not see everything.
    traces: BTreeMap<PotId, Vec<Trace>>,
}

impl<'a> Glass<'a> {
    /// For this reader and the pots of a year.
    pub(super) fn new(
        tx: &ReadTx<'_>,
        actor: &'a Actor,
        year: i16,
        (asked, today): (Option<Day>, Day),
    ) -> Result<Self, StoreError> {
        let mut glass = Self { actor, asked, today, traces: BTreeMap::new() };
        if secrecy(actor, None).is_some() {
            glass.traces = traces(tx, year, glass.closed())?;
        }
        Ok(glass)
    }

    /// The last end of a quarter that may be looked at.
    fn closed(&self) -> Day {
        let before = self.asked.map_or(self.today, |day| day.plus_days(1).min(self.today));
        closed_quarter(before)
    }

    /// May the reader see single bookings of this region?
    pub(super) fn is_clear(&self, region: RegionId) -> bool {
        secrecy(self.actor, Some(region)).is_none()
    }

    /// A pot that there is.
    pub(super) fn pot(&self, tx: &ReadTx<'_>, line: PotLine) -> Result<PotView, StoreError> {
        let PotLine { id, region, region_name, kind, .. } = line;
        self.see(tx, (region, region_name, kind), Some(id))
    }

    /// The pot of a region, if it was ever opened.
    pub(super) fn see(
        &self,
        tx: &ReadTx<'_>,
        (region, region_name, kind): (RegionId, String, MoneyKind),
        pot: Option<PotId>,
    ) -> Result<PotView, StoreError> {
        let book = |on: Option<Day>| match (pot, on) {
            (None, _) => Ok(Book::default()),
            (Some(pot), None) => budget::book(tx, pot),
            (Some(pot), Some(day)) => budget::book_on(tx, pot, day),
        };
        let decided = book(self.asked)?;
        let view = PotView {
            region,
            region_name,
            kind,
            book: decided,
            hidden: false,
            on: self.asked.unwrap_or(self.today),
            over_plan: Default::default(),
        };
        let Some(secrecy) = secrecy(self.actor, Some(region)) else {
            return Ok(PotView { over_plan: over_plan(tx, pot, view.on)?, ..view });
        };
        let behind = pot.and_then(|pot| self.traces.get(&pot)).map_or(&[][..], Vec::as_slice);
        match secrecy.published(behind, self.closed()) {
            Published::Hidden => Ok(PotView { book: covered(&decided, None), hidden: true, ..view }),
            Published::AsOf(on) => {
                let book = covered(&decided, Some(&book(Some(on))?));
                // A single top-up is a single claim; what the book says of them all is not.
                let open = (Balance::ZERO - book.free()).max(Balance::ZERO);
                Ok(PotView { book, on, over_plan: (open, book.topped_up), ..view })
            }
        }
    }
}

fn over_plan(tx: &ReadTx<'_>, pot: Option<PotId>, on: Day) -> Result<(Balance, Balance), StoreError> {
    let (mut open, mut covered) = (Balance::ZERO, Balance::ZERO);
    let lines = pot.map_or(Ok(Vec::new()), |pot| topups::top_ups(tx, pot))?;
    for line in lines.into_iter().filter(|line| line.opened_on <= on) {
        if line.covered_on.is_some_and(|day| day <= on) {
            covered = covered + line.missing;
        } else {
            open = open + line.missing;
        }
    }
    Ok((open, covered))
}
