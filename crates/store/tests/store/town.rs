// SPDX-License-Identifier: EUPL-1.2
//! A small town, built through the store alone; every grant comes from the policy.

use domain::access::{Action, Actor, Controller, Email, Grant, Place, Post, Role, Standing, permit};
use domain::agencies::{Agency, AgencyKind};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    CaseFacts, CommissionOrder, Decided, DecisionDraft, Extent, ExtentUnit, HelpKind, Occasion, PlanContent,
    PlanDetails, WishAndChoice, commission, decide,
};
use domain::kernel::{
    AgencyId, Amount, CaseId, CommissionId, Day, DecisionId, Line, Moment, Note, OfficeId, Period, PersonName, PlanId,
    Refusal, RegionId, SpaceId, TeamId, UserId,
};
use domain::territory::{SocialSpace, SpaceKey};
use store::casework::{cases, plans};
use store::{Db, Frame, Key, ReadTx, StoreError, WriteTx, access, agencies, audit, territory};
use uuid::Uuid;

/// The moment at which everything in the town happens.
pub const NOW: Moment = Moment(1_795_000_000_000);
pub const OFFICE: OfficeId = OfficeId(Uuid::from_u128(0x0ff1ce));
/// Holds every post of the office.
pub const CLERK: UserId = UserId(Uuid::from_u128(0xc1e4c));
const COLLEAGUE: UserId = UserId(Uuid::from_u128(0xc011ea6));

const REGIONS: u128 = 3;
const TEAMS: u128 = 6;
const AGENCIES: u128 = 4;

/// Why a change did not happen.
#[derive(Debug, PartialEq)]
pub enum Fault {
    Store(StoreError),
    Refused(Refusal),
    /// The test wanted it so.
    Wanted,
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

pub fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn note(text: &str) -> Note {
    Note::parse(text).unwrap()
}

pub fn today() -> Day {
    NOW.day()
}

pub fn regions() -> Vec<RegionId> {
    (1..=REGIONS).map(|n| id(0x100 + n)).collect()
}

pub fn teams() -> Vec<(TeamId, RegionId)> {
    (1..=TEAMS).map(|n| (id(0x200 + n), id(0x101 + n % REGIONS))).collect()
}

pub fn agency_ids() -> Vec<AgencyId> {
    (1..=AGENCIES).map(|n| id(0x300 + n)).collect()
}

pub fn space_of(team: TeamId) -> SpaceId {
    id(team.0.as_u128() + 0x1000)
}

pub fn workers() -> [UserId; 2] {
    [CLERK, COLLEAGUE]
}

/// A person with every post of the office; what a test needs a grant for is not what it tests.
fn with_every_post(user: UserId) -> Actor {
    let posts = Role::ALL.iter().filter(|role| role.of_office());
    let posts = posts.map(|role| Post { role: *role, place: Place::Office }).collect();
    Actor { user, controller: Controller::Office, posts }
}

pub fn grant(user: UserId, action: Action) -> Grant {
    permit(&with_every_post(user), action, Standing::Office).unwrap()
}

pub fn frame(key: Option<Key>) -> Frame {
    Frame { office: OFFICE, user: CLERK, now: NOW, key }
}

/// Changes something in the town under a grant to work on cases, ending in a deed.
pub async fn change(
    db: &Db,
    key: Option<Key>,
    deed: (DeedKind, Uuid),
    write: impl Fn(&WriteTx<'_>) -> Result<(), Fault> + Send + 'static,
) -> Result<Uuid, Fault> {
    change_in(db, frame(key), deed, write).await
}

/// Changes something in any office, as anybody.
pub async fn change_in(
    db: &Db,
    frame: Frame,
    (deed, object): (DeedKind, Uuid),
    write: impl Fn(&WriteTx<'_>) -> Result<(), Fault> + Send + 'static,
) -> Result<Uuid, Fault> {
    db.change(frame, move |tx| {
        let tx = tx.allow(grant(frame.user, Action::WorkOnCase));
        write(&tx)?;
        Ok(tx.commit(Deed::new(deed, object), object)?)
    })
    .await
}

/// Reads something that must be readable.
pub async fn read<T: Send + 'static>(
    db: &Db,
    read: impl Fn(&ReadTx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    db.read::<T, StoreError, _>(OFFICE, read).await.unwrap()
}

/// Founds the town's office.
pub async fn found(db: &Db) {
    found_in(db, OFFICE).await;
}

/// Founds an office with regions, teams, spaces, agencies and two accounts: one deed.
pub async fn found_in(db: &Db, office: OfficeId) {
    change_in(db, Frame { office, ..frame(None) }, (DeedKind::OfficeFounded, office.0), |tx| {
        audit::open_chain(tx)?;
        access::found_office(tx, &line("Jugendamt Musterhafen"))?;
        for region in regions() {
            territory::insert_region(tx, region, &line(&format!("Region {region}")))?;
        }
        for (team, region) in teams() {
            territory::insert_team(tx, team, region, &format!("Team {team}"), None)?;
            let (key, name) = (SpaceKey::parse(&format!("{}", team.0.as_u128()))?, line("Sozialraum"));
            territory::insert_space(tx, &SocialSpace { id: space_of(team), region, team, key, name })?;
        }
        for agency in agency_ids() {
            insert_agency(tx, agency, &format!("Träger {agency}"))?;
        }
        for user in workers() {
            let name = line("Fachkraft");
            let email = Email::parse(&format!("{user}@amt.example"))?;
            let new = access::NewAccount { id: user, name, email, agency: None, password_hash: None, demo_key: None };
            access::insert_account(tx, &new)?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

/// A change with one row that shows whether it happened.
pub fn insert_agency(tx: &WriteTx<'_>, id: AgencyId, name: &str) -> Result<(), Fault> {
    Ok(agencies::insert(tx, &Agency { id, name: line(name), kind: AgencyKind::Independent, contact: None })?)
}

/// Adds an agency whose name is its id; answers what the change answered.
pub async fn add_agency(db: &Db, key: Option<Key>, id: AgencyId) -> Result<Uuid, Fault> {
    change(db, key, (DeedKind::AgencyAdded, id.0), move |tx| insert_agency(tx, id, &id.to_string())).await
}

/// The agencies beyond those that the town began with.
pub async fn added_agencies(db: &Db) -> Vec<AgencyId> {
    let all = read(db, agencies::all).await;
    all.into_iter().map(|agency| agency.id).filter(|id| !agency_ids().contains(id)).collect()
}

/// Opens a case of a team.
pub fn insert_case(tx: &WriteTx<'_>, id: CaseId, team: TeamId, family: &str) -> Result<(), Fault> {
    let (number, family) = (cases::next_number(tx, today().year())?, PersonName::parse(family)?);
    let new = cases::NewCase {
        id,
        number: &number,
        family: &family,
        team,
        space: Some(space_of(team)),
        worker: tx.grant().user(),
        danger_since: Some(today()),
    };
    Ok(cases::insert(tx, &new)?)
}

pub fn content(version: i64) -> PlanContent {
    PlanContent {
        office: "Jugendamt Musterhafen".into(),
        case_number: "2026-0001".into(),
        family: "Demir".into(),
        version,
        decided_on: today(),
        decided_by: "Fachkraft".into(),
        granted: true,
        help: HelpKind::FamilySupport.code().into(),
        from: today(),
        until: None,
        review_on: today().plus_months(6),
        reasons: "Weil es \"nötig\" ist.".into(),
        professionals: vec!["A".into(), "B".into()],
        alternatives: vec!["Nachbarschaft".into()],
        people: Vec::new(),
        statements: Vec::new(),
        goals: vec![("Mutter".into(), "wieder allein klarkommen".into())],
        steps: Vec::new(),
        strengths: Vec::new(),
        ideas: Vec::new(),
        rights_told_on: Some(today()),
        services: "Gespräche".into(),
        extent: Extent::parse("7,5", ExtentUnit::HoursAWeek).ok(),
        attendance: Vec::new(),
        parts: Vec::new(),
        gaps: Vec::new(),
        gaps_reason: String::new(),
    }
}

/// Decides on help for a case and fixes the first version of its plan.
pub fn insert_plan(tx: &WriteTx<'_>, case: CaseId, plan: PlanId, content: &PlanContent) -> Result<DecisionId, Fault> {
    let decision = id(plan.0.as_u128() + 1);
    let draft = DecisionDraft {
        granted: true,
        kind: HelpKind::FamilySupport,
        period: Period::new(today(), None)?,
        reasons: Some(note("Bedarf")),
        professionals: vec![line("A"), line("B")],
        alternatives: vec![line("Nachbarschaft")],
        rights_told_on: Some(today()),
        review_on: today().plus_months(6),
        details: PlanDetails { review_months: Some(3), ..PlanDetails::default() },
        gaps_reason: None,
        occasion: Occasion::default(),
    };
    let facts = CaseFacts::default();
    let decided = decide(&grant(CLERK, Action::DecideOnCase), draft, &facts, today()).unwrap();
    plans::insert_decision(tx, decision, case, &decided)?;
    plans::insert_version(tx, plan, case, decision, content)?;
    Ok(decision)
}

/// A case with decision, plan and commission; what money hangs on.
pub fn insert_commission(tx: &WriteTx<'_>, n: u128) -> Result<CommissionId, Fault> {
    let (case, plan, commission_id) = (id(n << 32), id(n << 32 | 0x10), id(n << 32 | 0x20));
    insert_case(tx, case, teams()[0].0, "Demir")?;
    let decision = insert_plan(tx, case, plan, &content(1))?;
    let decided = Decided { granted: true, kind: HelpKind::FamilySupport, period: Period::new(today(), None)? };
    let wish = WishAndChoice::not_voiced(Some(today()));
    let order = CommissionOrder { period: Period::new(today(), None)?, ceiling: Amount::from_cents(1)?, wish };
    let commission = commission(&decided, agency_ids()[0], order).unwrap();
    let placed = plans::Placed { id: commission_id, case, decision, plan, commission: &commission };
    plans::insert_commission(tx, &placed)?;
    Ok(commission_id)
}
