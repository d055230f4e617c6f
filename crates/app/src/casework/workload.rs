// SPDX-License-Identifier: EUPL-1.2
//! What a team carries today, for sharing out new cases and standing in. Whoever sees the team's cases sees this too:
//! it says nothing that its lists do not say.

use crate::core::{App, Failure, reach};
use crate::deadlines::teams_of;
use domain::access::{Action, Actor};
use domain::casework::{Carried, Counted, Load, loads};
use domain::deadlines::is_overdue;
use store::access;
use store::casework::workload::{self as kept, Tally};
use store::deadlines::absences::{self, AbsenceView};
use store::sight::RowSight;

/// Absences that are looked through.
const AWAY: i64 = 200;

/// What the teams in sight carry.
#[derive(Debug, Clone)]
pub struct TeamLoad {
    /// Who carries what, by name.
    pub loads: Vec<Load>,
    /// Who is away today.
    pub away: Vec<AbsenceView>,
}

/// What the teams in sight carry today.
///
/// # Errors
/// Hidden for people without cases.
pub async fn of_teams(app: &App, actor: &Actor) -> Result<TeamLoad, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let mut colleagues = Vec::new();
        for team in teams_of(tx, &actor)? {
            colleagues.extend(access::colleagues(tx, team, today)?);
        }
        colleagues.sort_by_key(|(user, _)| user.0);
        colleagues.dedup();
        let mut counted: Vec<Counted> = Vec::new();
        let stage = |decided: &bool| if *decided { Carried::Helped } else { Carried::Clarifying };
        counted.extend(kept::cases(tx, &sight)?.into_iter().map(|tally| told(tally, stage)));
        counted.extend(kept::procedures(tx, &sight)?.into_iter().map(|tally| told(tally, |()| Carried::Protecting)));
        let late = |day: &Option<_>| if is_overdue(*day, today) { Carried::Overdue } else { Carried::Due };
        counted.extend(kept::dues(tx, &sight)?.into_iter().map(|tally| told(tally, late)));
        let people = RowSight::Only(colleagues.iter().map(|(user, _)| user.0).collect());
        let mut away = absences::coming(tx, &people, today, AWAY)?;
        away.retain(|absence| absence.from <= today);
        Ok(TeamLoad { loads: loads(&colleagues, &counted), away })
    })
    .await
}

fn told<T>((worker, name, by, number): Tally<T>, what: impl Fn(&T) -> Carried) -> Counted {
    Counted { worker, name, what: what(&by), number }
}
