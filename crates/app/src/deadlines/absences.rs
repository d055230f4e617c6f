// SPDX-License-Identifier: EUPL-1.2
//! Who is away and who stands in: while it lasts, what is due stands on the deputy's list too.

use crate::core::{App, Failure, Key, fresh_at, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::deadlines::Absence;
use domain::kernel::{Day, Rule, TeamId, UserId};
use store::deadlines::absences::{self as kept, AbsenceView};
use store::sight::RowSight;
use store::{ReadTx, access, territory};
use uuid::Uuid;

/// Whoever stands in is of the same team: somebody else could not see the cases.
pub const NOT_OF_YOUR_TEAM: Rule = Rule::new("absence.not_of_your_team", "§ 35(1) SGB I");

/// Absences on the page.
const SHOWN: i64 = 100;

/// Absences, and who can be named.
#[derive(Debug, Clone)]
pub struct AbsencePage {
    /// Absences that are not over.
    pub coming: Vec<AbsenceView>,
    /// Colleagues of the teams in sight.
    pub colleagues: Vec<(UserId, String)>,
}

/// Absences of the own teams.
///
/// # Errors
/// Hidden for people without a team.
pub async fn absences(app: &App, actor: &Actor) -> Result<AbsencePage, Failure> {
    reach(actor, Action::ArrangeDeputy)?;
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let mut colleagues = Vec::new();
        for team in teams_of(tx, &actor)? {
            colleagues.extend(access::colleagues(tx, team, today)?);
        }
        colleagues.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        colleagues.dedup();
        let people = RowSight::Only(colleagues.iter().map(|(user, _)| user.0).collect());
        Ok(AbsencePage { coming: kept::coming(tx, &people, today, SHOWN)?, colleagues })
    })
    .await
}

/// The teams in which somebody works; for whoever sees the whole office, all.
pub(crate) fn teams_of(tx: &ReadTx<'_>, actor: &Actor) -> Result<Vec<TeamId>, Failure> {
    let sight = reach(actor, Action::ArrangeDeputy)?;
    if !sight.office {
        return Ok(sight.teams);
    }
    Ok(territory::teams(tx)?.into_iter().map(|team| team.id).collect())
}

/// The team in which both work, if there is one.
fn common_team(tx: &ReadTx<'_>, actor: &Actor, new: &Absence, today: Day) -> Result<Option<TeamId>, Failure> {
    for team in teams_of(tx, actor)? {
        let colleagues = access::colleagues(tx, team, today)?;
        let works = |user: UserId| colleagues.iter().any(|(id, _)| *id == user);
        if works(new.absent) && new.deputy.is_none_or(works) {
            return Ok(Some(team));
        }
    }
    Ok(None)
}

/// Keeps an absence; without a deputy it is kept too, and warned about.
///
/// # Errors
/// The rules of [`Absence::check`], [`NOT_OF_YOUR_TEAM`], [`Failure::Denied`].
pub async fn keep_absence(app: &App, actor: &Actor, key: Option<Key>, new: Absence) -> Result<Uuid, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        new.check()?;
        let team = common_team(&tx, &who, &new, now.day())?.ok_or(NOT_OF_YOUR_TEAM.broken_at("deputy"))?;
        let grant = permit(&who, Action::ArrangeDeputy, Standing::Team(team))?;
        let (tx, id) = (tx.allow(grant), fresh_at(now));
        kept::insert(&tx, id, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::AbsenceKept, id), id)?)
    };
    app.change(actor, key, write).await
}
