// SPDX-License-Identifier: EUPL-1.2
//! What the table must never allow.

use super::*;
use uuid::Uuid;

fn team(n: u128) -> TeamId {
    TeamId(Uuid::from_u128(n))
}
fn region(n: u128) -> RegionId {
    RegionId(Uuid::from_u128(n))
}
fn agency(n: u128) -> AgencyId {
    AgencyId(Uuid::from_u128(n))
}
fn actor(controller: Controller, role: Role, place: Place) -> Actor {
    Actor { user: UserId(Uuid::from_u128(7)), controller, posts: vec![Post { role, place }] }
}

#[test]
fn agencies_never_decide_even_with_a_mistaken_post() {
    for role in Role::ALL {
        let mistaken = actor(Controller::Agency(agency(1)), *role, Place::Team(team(1), region(1)));
        for action in Action::ALL.iter().filter(|action| action.of_office_only()) {
            let asked = permit(&mistaken, *action, Standing::Team(team(1)));
            assert!(asked.is_err(), "{role:?} of an agency may {action:?}");
        }
    }
}

#[test]
fn only_asd_grants_carry_the_right_to_decide() {
    for role in Role::ALL {
        let person = actor(Controller::Office, *role, Place::Team(team(1), region(1)));
        let deciding = permit(&person, Action::DecideOnCase, Standing::Team(team(1))).ok().and_then(|g| g.deciding());
        assert_eq!(deciding.is_some(), role.of_asd(), "{role:?}");
        let seeing = permit(&person, Action::SeeCase, Standing::Team(team(1))).ok().and_then(|g| g.deciding());
        assert_eq!(seeing, None, "seeing is not deciding");
    }
}

#[test]
fn what_one_may_not_know_of_is_hidden() {
    let worker = actor(Controller::Office, Role::CaseWorker, Place::Team(team(1), region(1)));
    assert_eq!(permit(&worker, Action::SeeCase, Standing::Team(team(2))), Err(Denied::Hidden));
    assert_eq!(permit(&worker, Action::PlanBudget, Standing::Region(region(1))), Err(Denied::Forbidden));
    assert_eq!(permit(&worker, Action::KeepOwn, Standing::Person(UserId(Uuid::from_u128(8)))), Err(Denied::Hidden));
}

#[test]
fn an_agency_reaches_its_own_room_only() {
    let lead = actor(Controller::Agency(agency(1)), Role::AgencyLead, Place::Agency(agency(2)));
    assert!(sight(&lead, Action::SeeMandate).is_nothing());
    let lead = actor(Controller::Agency(agency(1)), Role::AgencyLead, Place::Agency(agency(1)));
    assert!(permit(&lead, Action::SeeMandate, Standing::Agency(agency(1))).is_ok());
    assert_eq!(permit(&lead, Action::SeeMandate, Standing::Agency(agency(2))), Err(Denied::Hidden));
}
