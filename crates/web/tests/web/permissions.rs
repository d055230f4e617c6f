// SPDX-License-Identifier: EUPL-1.2
//! The golden table of the policy: role × action × standing, as a lawyer can sign it.

use domain::access::{Action, Actor, Controller, Denied, Place, Post, Role, Standing, permit, permit_visitor};
use domain::kernel::{AgencyId, RegionId, TeamId, UserId};
use std::fmt::Write;
use uuid::Uuid;

const HEAD: &str = "\
The policy: what each role may do with things of its own place, and of another one.

  J  may                 n  sees it, but may not (403)        -  is told that there is nothing (404)

A cell is own/other: own team, region or agency, and another one. Things of the whole office (reports being
taken in, the directory, people, the log) and one's own session and drafts have no other place: there the
second sign is somebody else's session.

";

fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

fn actor(role: Role) -> Actor {
    let place = match role {
        Role::CaseWorker | Role::TeamMember => Place::Team(id(1), id(1)),
        Role::TeamLead | Role::Coordinator => Place::Region(id(1), vec![id(1)]),
        Role::AgencyWorker | Role::AgencyLead => Place::Agency(id(1)),
        _ => Place::Office,
    };
    let controller = if role.of_office() { Controller::Office } else { Controller::Agency(id(1)) };
    Actor { user: id(1), controller, posts: vec![Post { role, place }] }
}

/// The things an action is about: where they stand for place n.
fn standing(role: Role, action: Action, n: u128) -> Standing {
    use Action as A;
    match action {
        // The office sees all of them, an agency its own.
        A::SeeAgreement | A::CountContacts if !role.of_office() => Standing::Agency(id::<AgencyId>(n)),
        A::KeepOwn | A::CounselChild => Standing::Person(id::<UserId>(n)),
        A::SeeMandate | A::AnswerMandate => Standing::Agency(id::<AgencyId>(n)),
        A::SeeBudget | A::PlanBudget | A::DecideProject => Standing::Region(id::<RegionId>(n)),
        A::MoveReport | A::SeeSealedAddress => Standing::Team(id::<TeamId>(n)),
        A::SeeReport | A::SeeReporter | A::AssignReport | A::SeeCase | A::WorkOnCase | A::DecideOnCase => {
            Standing::Team(id::<TeamId>(n))
        }
        A::SeeTeamCards | A::SeeConsultation | A::AdviseInTeam | A::HoldConsultation | A::SeeCommission => {
            Standing::Team(id::<TeamId>(n))
        }
        _ => Standing::Office,
    }
}

fn sign(role: Role, action: Action, n: u128) -> char {
    match permit(&actor(role), action, standing(role, action, n)) {
        Ok(_) => 'J',
        Err(Denied::Forbidden) => 'n',
        Err(Denied::Hidden) => '-',
    }
}

#[test]
fn the_policy_is_what_was_agreed() {
    let mut table = HEAD.to_owned();
    for (n, role) in (1..).zip(Role::ALL) {
        writeln!(table, "{n:>3}  {}", role.code()).unwrap();
    }
    write!(table, "\n{:<20}", "").unwrap();
    for n in 1..=Role::ALL.len() {
        write!(table, "{n:>5}").unwrap();
    }
    table.push('\n');
    for action in Action::ALL {
        write!(table, "{:<20}", action.code()).unwrap();
        for role in Role::ALL {
            write!(table, "  {}/{}", sign(*role, *action, 1), sign(*role, *action, 2)).unwrap();
        }
        table.push('\n');
    }
    let open = Action::ALL.iter().filter(|action| permit_visitor(**action).is_ok()).map(|action| action.code());
    writeln!(table, "\nWithout signing in, for one card each: {}", open.collect::<Vec<_>>().join(", ")).unwrap();
    crate::golden::compare("docs/permissions.txt", &table);
}

#[test]
fn no_action_lets_a_team_approve() {
    assert!(Action::ALL.iter().all(|action| !action.code().contains("approve")), "the team advises (N3)");
    for role in Role::ALL.iter().filter(|role| !role.of_asd()) {
        assert_ne!(sign(*role, Action::DecideOnCase, 1), 'J', "{role:?} decides on help");
    }
}
