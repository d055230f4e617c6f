// SPDX-License-Identifier: EUPL-1.2
//! In which Land the office is.

use crate::core::{App, Failure, Key, fresh_at, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::deadlines::Calendar;
use store::ReadTx;
use store::deadlines::calendars;
use uuid::Uuid;

/// The office's calendar.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn calendar(app: &App, actor: &Actor) -> Result<Calendar, Failure> {
    in_office(actor, Action::ManageTerritory)?;
    app.read(|tx| Ok(calendars::current(tx)?)).await
}

/// Sets the office's calendar. Days that were worked out before keep the calendar that they were worked out in.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn set_calendar(app: &App, actor: &Actor, key: Option<Key>, new: Calendar) -> Result<Uuid, Failure> {
    let grant = in_office(actor, Action::ManageTerritory)?;
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let (tx, id) = (tx.allow(grant), fresh_at(now));
        calendars::set(&tx, id, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::CalendarSet, id), id)?)
    };
    app.change(actor, key, write).await
}
