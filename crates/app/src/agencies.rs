// SPDX-License-Identifier: EUPL-1.2
//! Agencies and their seats in teams.

use crate::access::taken;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::agencies::{Agency, AgencyKind};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{AgencyId, Line, Rule, TeamId};
use store::agencies;

/// There is an agency of this name already.
pub const AGENCY_KNOWN: Rule = Rule::new("agency.known", "Eindeutigkeit");

/// An agency with the teams it has a seat in.
#[derive(Debug, Clone)]
pub struct AgencyLine {
    /// The agency.
    pub agency: Agency,
    /// Names of teams.
    pub seats: Vec<String>,
}

/// All agencies, in the neutral order of their names (N5).
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn all(app: &App, actor: &Actor) -> Result<Vec<AgencyLine>, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    app.read(|tx| {
        let seats = agencies::all_seats(tx)?;
        let of =
            |id: AgencyId| seats.iter().filter(|(agency, _)| *agency == id).map(|(_, team)| team.clone()).collect();
        Ok(agencies::all(tx)?.into_iter().map(|agency| AgencyLine { seats: of(agency.id), agency }).collect())
    })
    .await
}

/// Adds an agency.
///
/// # Errors
/// [`AGENCY_KNOWN`], [`Failure::Denied`].
pub async fn add(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    new: (Line, AgencyKind, Option<Line>),
) -> Result<AgencyId, Failure> {
    let grant = in_office(actor, Action::ManageAgencies)?;
    let (name, kind, contact) = new;
    let agency = Agency { id: app.fresh(), name, kind, contact };
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        agencies::insert(&tx, &agency).map_err(|error| taken(error, AGENCY_KNOWN.broken_at("name")))?;
        Ok(tx.commit(Deed::new(DeedKind::AgencyAdded, agency.id), agency.id)?)
    };
    app.change(actor, key, write).await
}

/// Gives an agency a seat in a social-space team.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn give_seat(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    agency: AgencyId,
    team: TeamId,
) -> Result<AgencyId, Failure> {
    let grant = in_office(actor, Action::ManageAgencies)?;
    let write = move |tx: store::ReadTx<'_>| {
        found(agencies::one(&tx, agency)?)?;
        let tx = tx.allow(grant);
        agencies::give_seat(&tx, team, agency)?;
        Ok(tx.commit(Deed::new(DeedKind::SeatGiven, agency), agency)?)
    };
    app.change(actor, key, write).await
}
