// SPDX-License-Identifier: EUPL-1.2
//! How much of what teams think of and families use needs no paid help, by space: two counts, and none where it could be
//! one family.

use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::casework::{Really, Share, Shares};
use domain::kernel::{Day, SpaceId};
use std::collections::BTreeMap;
use store::casework::{meetings, packages};
use uuid::Uuid;

/// So many months are counted.
const MONTHS: i32 = 12;

/// A quarter of a year: its year and its number.
pub type Quarter = (i16, i8);

/// Shares of one space: by quarter of consultations, and of helps really used.
#[derive(Debug, Clone)]
pub struct SpaceShares {
    /// The space.
    pub space: SpaceId,
    /// Its name.
    pub name: String,
    /// Ideas that draw on no paid help, out of all; none where it could be one family.
    pub ideas: Vec<(Quarter, Option<Share>)>,
    /// Used helps that are informal, out of all used; none where it could be one family, or nobody said anything.
    pub used: Option<Share>,
}

/// Shares of a year by space.
///
/// # Errors
/// Hidden for people who have no part in the network.
pub async fn shares(app: &App, actor: &Actor) -> Result<Vec<SpaceShares>, Failure> {
    in_office(actor, Action::SeeNetwork)?;
    let since = app.today().plus_months(-MONTHS);
    app.read(move |tx| {
        let mut names: Vec<(SpaceId, String)> = Vec::new();
        let mut name = |space: SpaceId, name: &str| {
            if !names.iter().any(|(known, _)| *known == space) {
                names.push((space, name.to_owned()));
            }
        };
        let mut ideas: Shares<(SpaceId, Quarter)> = Shares::default();
        for one in meetings::ideas_by_space(tx, since)? {
            let Some(informal) = one.kind.informal() else { continue };
            name(one.space, &one.name);
            (0..one.count).for_each(|_| ideas.count((one.space, quarter(one.held_on)), one.case, informal));
        }
        let mut used: Shares<SpaceId> = Shares::default();
        // Only the last word on a help counts.
        let mut last: BTreeMap<Uuid, packages::SpaceUse> = BTreeMap::new();
        last.extend(packages::by_space(tx, since)?.into_iter().map(|one| (one.help, one)));
        for one in last.into_values().filter(|one| one.used != Really::No) {
            name(one.space, &one.name);
            used.count(one.space, one.case, one.source.informal());
        }
        let (ideas, used) = (ideas.shown(), used.shown());
        names.sort_by(|a, b| a.1.cmp(&b.1));
        let of = |(space, name): (SpaceId, String)| SpaceShares {
            ideas: ideas.iter().filter(|((of, _), _)| *of == space).map(|((_, when), share)| (*when, *share)).collect(),
            used: used.iter().find(|(of, _)| *of == space).and_then(|(_, share)| *share),
            space,
            name,
        };
        Ok(names.into_iter().map(of).collect())
    })
    .await
}

fn quarter(day: Day) -> Quarter {
    (day.year(), (day.month() - 1) / 3 + 1)
}
