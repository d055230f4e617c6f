// SPDX-License-Identifier: EUPL-1.2
//! Deadlines and child protection, for the comparison of both engines.

use crate::alike::{CASE, say_all};
use crate::town::{CLERK, Fault, NOW, agency_ids, id, line, note, teams, today};
use domain::access::{Action, Actor, Controller, Place, Post, Role, Standing, permit};
use domain::casework::protection::{
    AgencyDecision, CameFrom, CareGround, CloseDraft, FactKind, Institution, NewAgencyAssessment, NewCare, NewCounsel,
    NewFact, NewNotice, NoticeTold, Placement, Step, StepKind, StepParts, Weighty, close,
};
use domain::casework::{NewPerson, PersonRole};
use domain::deadlines::{
    Absence, Calendar, DeadlineRule, DueKind, Duty, InternalTarget, NewDue, Outcome, PromptDuty, Promptly,
};
use domain::kernel::{CaseId, PersonId, PersonName, ProtectionId, TeamId};
use store::casework::protection::{self, NewProtection, agencies, cares, counsels, steps};
use store::casework::{cases, workload};
use store::deadlines::{self, At, NewChange, absences, calendars};
use store::sight::RowSight;
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

/// Something due of each nature, one done, one moved; an absence; a calendar and its address.
pub fn dues(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (case, team): (CaseId, TeamId) = (id(CASE), teams()[0].0);
    let at = At { case, team, owner: CLERK };
    let calendar = Calendar::from_code("NI").unwrap();
    calendars::set(tx, Uuid::from_u128(1), &calendar)?;
    calendars::insert_feed(tx, Uuid::from_u128(1), "digest")?;
    let own = |words, is_agreed| Duty::Own(InternalTarget { words: line(words), due: today().plus_days(9), is_agreed });
    let duties = [
        Duty::Legal(DeadlineRule::Competence, today()),
        Duty::Prompt(Promptly::new(PromptDuty::InformChild, today())),
        own("Überprüfen", true),
        own("Anrufen", false),
    ];
    for (n, duty) in (1..).zip(duties) {
        let day = match &duty {
            Duty::Prompt(_) => None,
            _ => Some(today().plus_days(14 - n)),
        };
        let new = NewDue { duty, from: DueKind::ByHand, subject: Some(Uuid::from_u128(9)) };
        deadlines::insert(tx, id(u128::from(n.unsigned_abs())), at, &new, (day, "NI"))?;
    }
    let done = NewChange { outcome: Outcome::Done, reason: None, from: Some(today()), to: None };
    deadlines::change(tx, Uuid::from_u128(1), id(4), &done)?;
    let moved = NewChange {
        outcome: Outcome::Moved,
        reason: Some("krank"),
        from: Some(today()),
        to: Some(today().plus_days(3)),
    };
    deadlines::change(tx, Uuid::from_u128(2), id(3), &moved)?;
    let (from, until) = (today(), today().plus_days(5));
    let absence = Absence { absent: CLERK, deputy: Some(id(0x4001)), from, until };
    Ok(absences::insert(tx, Uuid::from_u128(1), &absence)?)
}

fn step(kind: StepKind, code: Option<&str>) -> Step {
    let parts = StepParts {
        code: code.map(str::to_owned),
        words: Some(note("Gesehen")),
        source: Some(line("Kita")),
        names: vec![line("Zora"), line("Ärger")],
        person: Some(id(1)),
        due: Some(today()),
        ..StepParts::at(NOW)
    };
    Step::new(kind, parts, NOW).unwrap()
}

/// Two procedures, one closed; a child in care; an agency's own, its notice; a counselling.
pub fn protected(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (case, team): (CaseId, TeamId) = (id(CASE), teams()[0].0);
    for n in [21, 22] {
        let child: PersonId = id(n);
        let new = NewPerson { name: PersonName::parse("Leyla Demir")?, role: PersonRole::Child, born: Some(today()) };
        cases::insert_person(tx, child, case, &new)?;
        protection::insert(tx, &NewProtection { id: id(n), case, team, child, from: CameFrom::Report })?;
    }
    steps::insert(tx, Uuid::from_u128(1), id(21), &step(StepKind::Observation, Some("fact")), None)?;
    steps::insert(tx, Uuid::from_u128(2), id(21), &step(StepKind::JoinedReport, None), Some(id(1)))?;
    let actor = Actor {
        user: CLERK,
        controller: Controller::Office,
        posts: vec![Post { role: Role::CaseWorker, place: Place::Office }],
    };
    let by = permit(&actor, Action::DecideOnCase, Standing::Team(team)).unwrap().deciding().unwrap();
    let draft = CloseDraft {
        weighty: Some(Weighty::No),
        result: None,
        warnings: Vec::new(),
        reason: Some(note("Weil")),
        words: note("Ende"),
    };
    assert!(protection::close(tx, id(22), &close(by, draft)?)?);
    let care = NewCare {
        child: id(21),
        began: NOW,
        ground: CareGround::Request,
        words: note("Bat darum"),
        place: Some(line("Heim")),
        placement: Placement::Facility,
    };
    cares::insert(tx, id(1), case, &care)?;
    let fact = NewFact { kind: FactKind::ChildInformed, at: NOW, words: Some(note("Erklärt")) };
    cares::insert_fact(tx, Uuid::from_u128(1), id(1), &fact)?;
    agency_and_counsel(tx, case)
}

fn agency_and_counsel(tx: &WriteTx<'_>, case: CaseId) -> Result<(), Fault> {
    let own = NewAgencyAssessment {
        sign: line("K 7"),
        occasion: note("Anlass"),
        professionals: vec![line("Öl"), line("ß")],
        adviser: line("Kinderschutzfachkraft"),
        inclusion: note("Gespräch"),
        help: note("Beratung"),
        decision: AgencyDecision::Inform,
    };
    agencies::insert(tx, Uuid::from_u128(1), agency_ids()[0], &own)?;
    let notice =
        NewNotice { family: None, place: line("Lindenweg 1"), words: note("Sorge"), told: NoticeTold::WouldEndanger };
    agencies::insert_notice(tx, id(1), agency_ids()[0], (id(1), case), &notice)?;
    assert!(agencies::acknowledge(tx, id(1))?);
    let counsel = NewCounsel {
        counselled_on: today(),
        institution: Institution::School,
        question: note("Frage"),
        advice: note("Rat"),
        minutes: 45,
    };
    Ok(counsels::insert(tx, Uuid::from_u128(1), &counsel)?)
}

pub fn protection_says(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (all, case, owners) = (&RowSight::Everything, id(CASE), &RowSight::Only(vec![CLERK.0]));
    let (own_agency, procedure): (_, ProtectionId) = (&RowSight::Only(vec![agency_ids()[0].0]), id(21));
    let (from_first, from_newest) = ((None, Uuid::nil()), cases::FROM_NEWEST);
    say_all!(
        out,
        deadlines::one(tx, id(1)),
        deadlines::of_case(tx, case, "open", 10).map(|mut all| {
            all.sort_by_key(|one| one.id);
            all
        }),
        deadlines::of_case(tx, case, "done", 10),
        deadlines::of_owners(tx, owners, from_first, 10),
        deadlines::of_owners(tx, owners, (Some(today().plus_days(3)), Uuid::max()), 10),
        deadlines::of_teams(tx, all, from_first, 10),
        workload::dues(tx, all),
        deadlines::prompt_of_owners(tx, owners, 10),
        deadlines::prompt_of_teams(tx, all, 10),
        deadlines::of_subject(tx, Uuid::from_u128(9)),
        deadlines::changes(tx, case),
        absences::stands_in_for(tx, id(0x4001), today()),
        absences::on_day(tx, CLERK, today()),
        absences::coming(tx, owners, today(), 10),
        calendars::current(tx),
        calendars::feed_owner(tx, "digest"),
        calendars::feed_since(tx, CLERK),
        protection::one(tx, procedure),
        protection::of_case(tx, case),
        protection::open(tx, all, from_newest, 10),
        workload::procedures(tx, all),
        steps::of_procedure(tx, procedure),
        steps::reports(tx, case),
        steps::of_family(tx, "Demir", teams()[0].0, id(0xfff), 10),
        cares::one(tx, id(1)),
        cares::of_case(tx, case),
        cares::facts(tx, id(1)),
        agencies::assessments(tx, own_agency, 10),
        agencies::sent(tx, own_agency, 10),
        agencies::of_case(tx, case),
        agencies::case_of(tx, id(1)),
        counsels::list(tx, None, 10),
    );
    Ok(())
}
