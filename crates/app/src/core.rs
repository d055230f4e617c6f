// SPDX-License-Identifier: EUPL-1.2
//! [`App`]: the database, the clock, the office. [`Failure`]: the four ways a use case can end badly.

use crate::access::Throttle;
use crate::resources::Shelf;
use crate::territory::Territories;
use domain::access::{Action, Actor, Denied, Grant, Sight, Standing, VISITOR, permit, sight};
use domain::kernel::{Day, Moment, OfficeId, PromiseId, Refusal, Refusals};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Db, Done, Frame, ReadTx, StoreError};
use uuid::Uuid;

pub use store::Key;

/// What time it is.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same moment: tests, and the demo town's past.
    Fixed(Moment),
}

/// Everything a use case stands on. Cheap to clone.
#[derive(Clone)]
pub struct App {
    db: Db,
    office: OfficeId,
    clock: Clock,
    pub(crate) territories: Arc<Territories>,
    pub(crate) throttle: Arc<Throttle>,
    pub(crate) shelf: Arc<Shelf>,
}

/// How a use case ended badly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Rules say no; each with its field.
    Refused(Refusals),
    /// The policy says no.
    Denied(Denied),
    /// Somebody else was quicker; look again.
    Stale,
    /// The same form was sent with another content.
    KeyReused,
    /// The store failed; nothing was changed.
    Broken(StoreError),
}

impl Failure {
    /// The same refusals, pointing at a field of the form.
    pub(crate) fn at(self, field: &'static str) -> Self {
        match self {
            Self::Refused(refusals) => {
                Self::from(refusals.list().iter().map(|refusal| refusal.at(field)).collect::<Vec<_>>())
            }
            other => other,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::KeyReused => Self::KeyReused,
            other => Self::Broken(other),
        }
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<Refusals> for Failure {
    fn from(refusals: Refusals) -> Self {
        Self::Refused(refusals)
    }
}

impl From<Vec<Refusal>> for Failure {
    fn from(list: Vec<Refusal>) -> Self {
        let mut refusals = Refusals::default();
        list.into_iter().for_each(|refusal| refusals.note(refusal));
        Self::Refused(refusals)
    }
}

/// Unknown and forbidden look alike: there is nothing here.
pub(crate) fn found<T>(thing: Option<T>) -> Result<T, Failure> {
    thing.ok_or(Failure::Denied(Denied::Hidden))
}

impl App {
    /// The house on a database, for one office.
    #[must_use]
    pub fn new(db: Db, office: OfficeId, clock: Clock) -> Self {
        Self { db, office, clock, territories: Arc::default(), throttle: Arc::default(), shelf: Arc::default() }
    }

    /// The same house at another moment.
    #[must_use]
    pub fn at(&self, moment: Moment) -> Self {
        Self { clock: Clock::Fixed(moment), ..self.clone() }
    }

    /// Now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    pub fn now(&self) -> Moment {
        match self.clock {
            Clock::Fixed(moment) => moment,
            Clock::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                Moment(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
            }
        }
    }

    /// Today in Germany.
    #[must_use]
    pub fn today(&self) -> Day {
        self.now().day()
    }

    /// The office.
    #[must_use]
    pub fn office(&self) -> OfficeId {
        self.office
    }

    /// The engine's durability settings, read back at start.
    #[must_use]
    pub fn settings(&self) -> String {
        self.db.settings()
    }

    /// A new id. Ids carry the moment of the house's clock, so that they sort as things happened.
    #[must_use]
    pub fn fresh<T: From<Uuid>>(&self) -> T {
        T::from(fresh_at(self.now()))
    }

    /// Reads in one snapshot.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, Failure> + Send + 'static,
    {
        self.db.read(self.office, read).await
    }

    /// Reads a few rows by key: what every request begins with.
    pub(crate) async fn glance<T, F>(&self, read: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, Failure> + Send + 'static,
    {
        self.db.glance(self.office, read).await
    }

    /// After something was erased: leaves no earlier state of it behind.
    pub(crate) async fn settle(&self) -> Result<(), Failure> {
        Ok(self.db.settle().await?)
    }

    /// Changes something for an actor, under the key of the form that asks for it.
    pub(crate) async fn change<T, F>(&self, actor: &Actor, key: Option<Key>, act: F) -> Result<T, Failure>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, Failure> + Send + 'static,
    {
        let frame = Frame { office: self.office, user: actor.user, now: self.now(), key };
        self.db.change(frame, act).await
    }

    /// Changes something for somebody who is not signed in; the policy's grant says what.
    pub(crate) async fn change_as_visitor<T, F>(&self, key: Option<Key>, act: F) -> Result<T, Failure>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, Failure> + Send + 'static,
    {
        let frame = Frame { office: self.office, user: VISITOR, now: self.now(), key };
        self.db.change(frame, act).await
    }

    /// Changes something that touches a pot: bookings of an office are written in turn, many in one transaction.
    pub(crate) async fn book<T, F>(&self, actor: &Actor, key: Option<Key>, act: F) -> Result<T, Failure>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, Failure> + Send + 'static,
    {
        let frame = Frame { office: self.office, user: actor.user, now: self.now(), key };
        self.db.change_together(frame, Vec::new(), act).await
    }

    /// Books out of a promise, which is read together with those of all others who book at this moment.
    pub(crate) async fn book_ahead<T, F>(
        &self,
        actor: &Actor,
        key: Option<Key>,
        promise: PromiseId,
        act: F,
    ) -> Result<T, Failure>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, Failure> + Send + 'static,
    {
        let frame = Frame { office: self.office, user: actor.user, now: self.now(), key };
        self.db.change_together(frame, vec![promise], act).await
    }
}

/// A UUIDv7 of a moment. A running number behind the millisecond keeps ids of one program in the order in
/// which they were made, also where many are made at once or the clock stands still.
pub(crate) fn fresh_at(now: Moment) -> Uuid {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let millis = u64::try_from(now.0).unwrap_or_default();
    let mut rest = [0_u8; 10];
    // Without chance there are no ids; the operating system always has it after boot.
    if getrandom::fill(&mut rest[4..]).is_err() {
        std::process::abort();
    }
    // 26 bits, around those that version and variant take.
    let [a, b, c, d] = MADE.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let number = u32::from_be_bytes([a & 0x03, b, c, d]);
    let byte = |shift: u32, mask: u32| u8::try_from(number >> shift & mask).unwrap_or_default();
    rest[..4].copy_from_slice(&[byte(22, 0x0f), byte(14, 0xff), byte(8, 0x3f), byte(0, 0xff)]);
    uuid::Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}

/// Asks whether an actor may do this in the office as a whole.
pub(crate) fn in_office(actor: &Actor, action: Action) -> Result<Grant, Failure> {
    Ok(permit(actor, action, Standing::Office)?)
}

/// What an actor reaches; nothing at all is "there is nothing here".
pub(crate) fn reach(actor: &Actor, action: Action) -> Result<Sight, Failure> {
    let sight = sight(actor, action);
    if sight.is_nothing() { Err(Failure::Denied(Denied::Hidden)) } else { Ok(sight) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_they_were_made() {
        let ids: Vec<Uuid> = (0..5_000).map(|_| fresh_at(Moment(1_700_000_000_000))).collect();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.get_version_num() == 7));
        assert!(ids.last() < Some(&fresh_at(Moment(1_700_000_000_001))));
    }
}
