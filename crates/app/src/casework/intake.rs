// SPDX-License-Identifier: EUPL-1.2
//! Intake: a report comes in, reaches its team, and is never lost.

use super::board::Desk;
use super::seals::redacted;
use crate::core::{App, Failure, Key, found, fresh_at, in_office};
use crate::territory::territory_on;
use domain::access::{Action, Actor, Grant, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    Danger, Intake, NAME_NOT_KNOWN, NewMove, NewReport, Outcome, REASON_NEEDED, Reporter, Route, Step, feedback_due,
    look_at_reporter, take_in,
};
use domain::kernel::{CaseId, Day, Moment, Note, PersonName, ReportId, Rule, SpaceId, TeamId, UserId};
use domain::territory::{Address, How, Located, locate};
use store::access::drafts::DraftField;
use store::casework::cases::{self, NewCase};
use store::casework::desk::{self, NewOnBoard};
use store::casework::reporters;
use store::casework::reports::{self, Routed};
use store::{ReadTx, WriteTx, access, territory};

pub use store::casework::reporters::Look;
pub use store::casework::reports::{ReportView, Similar, Stage};

/// No team holds the duty desk, so there is nobody to own what has no place yet.
pub const NO_DUTY_DESK: Rule = Rule::new("report.no_duty_desk", "§ 8a SGB VIII: keine Meldung geht verloren");
/// The report was assigned or opened already.
pub const ALREADY_HANDLED: Rule = Rule::new("report.already_handled", "Aktenwahrheit");

/// Similar cases shown while typing.
const SIMILAR: i64 = 6;

/// What is taken in: the report, where it is, who told it.
#[derive(Debug, Clone)]
pub struct TakeIn {
    /// The report.
    pub report: NewReport,
    /// Its place, as far as it could be read.
    pub address: Address,
    /// Who told it.
    pub reporter: Reporter,
}

/// Takes a report in. With signs of danger a case stands in the same transaction.
///
/// # Errors
/// [`NO_DUTY_DESK`], the rules of [`domain::casework::take_in`], [`Failure::Denied`].
pub async fn take_in_report(app: &App, actor: &Actor, key: Option<Key>, new: TakeIn) -> Result<ReportId, Failure> {
    let (grant, house) = (in_office(actor, Action::TakeInReport)?, app.clone());
    let write = move |tx: ReadTx<'_>| {
        let (tx, id, case) = enter(&house, tx, grant, &new)?;
        access::drafts::drop_drafts(&tx, FORM)?;
        Ok(tx.commit(Deed { kind: DeedKind::ReportTakenIn, object: id.into(), case }, id)?)
    };
    app.change(actor, key, write).await
}

/// Lets a report in on a grant: it reaches its team, and with signs of danger a case stands beside it.
pub(crate) fn enter<'a>(
    house: &App,
    tx: ReadTx<'a>,
    grant: Grant,
    new: &TakeIn,
) -> Result<(WriteTx<'a>, ReportId, Option<CaseId>), Failure> {
    let (id, now) = (house.fresh::<ReportId>(), house.now());
    let day = new.report.received.day();
    let desk = territory::duty_desk(&tx)?.ok_or(Failure::from(NO_DUTY_DESK.broken()))?;
    let at = locate(&new.address, &*territory_on(house, &tx, day)?);
    let team = match &at {
        Located::In { space, .. } => territory::team_of(&tx, *space)?,
        _ => None,
    };
    let intake = take_in(&new.report, &at, |_| team, desk, now.day())?;
    let tx = tx.allow(grant);
    let (mut case, mut owner) = (None, None);
    if let Intake::OpensCase(route) = intake {
        let danger_since = danger_since(new.report.danger, new.report.received);
        case = Some(open(&tx, route, &Opening { family: new.report.family.as_ref(), danger_since }, now)?);
        owner = Some(responsible(&tx, route.team(), tx.grant().user(), now)?);
    }
    let routed = Routed { id, report: &new.report, route: intake.route(), found: found_code(&at), case };
    if let Some(case) = case {
        tx.also(Deed::in_case(DeedKind::CaseOpened, case, case));
    }
    reports::insert(&tx, &routed)?;
    reports::insert_reporter(&tx, id, &new.reporter)?;
    let (danger, feedback_due) = (new.report.danger, feedback_due(new.reporter.kind, new.report.danger));
    desk::insert(&tx, NewOnBoard { report: id, owner, danger, feedback_due })?;
    Ok((tx, id, case))
}

/// The key of the intake form's drafts.
pub const FORM: &str = "meldung";

/// What was typed into the intake form before, for those who may send it.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn begun(app: &App, actor: &Actor) -> Result<Vec<DraftField>, Failure> {
    in_office(actor, Action::TakeInReport)?;
    let (user, now) = (actor.user, app.now());
    app.read(move |tx| {
        let days = access::rules::value(tx, HouseRule::DraftDays)?;
        Ok(access::drafts::drafts(tx, user, FORM, now.plus_minutes(-days * 24 * 60))?)
    })
    .await
}

/// How a place was found, as kept with the report.
const fn found_code(at: &Located) -> &'static str {
    match at {
        Located::In { how: How::Street, .. } => "street",
        Located::In { how: How::Inside, .. } => "inside",
        Located::In { how: How::Border, .. } => "border",
        Located::Ambiguous(_) => "ambiguous",
        Located::OutsideDistrict => "outside",
        Located::Unknown => "unknown",
    }
}

/// What a case is opened with.
struct Opening<'a> {
    family: Option<&'a PersonName>,
    danger_since: Option<Day>,
}

fn danger_since(danger: Danger, received: Moment) -> Option<Day> {
    (danger == Danger::SignsOrUnsure).then(|| received.day())
}

fn open(tx: &WriteTx<'_>, route: Route, opening: &Opening<'_>, now: Moment) -> Result<CaseId, Failure> {
    let unnamed = PersonName::parse(NAME_NOT_KNOWN)?;
    let family = opening.family.unwrap_or(&unnamed);
    let worker = responsible(tx, route.team(), tx.grant().user(), now)?;
    let number = cases::next_number(tx, now.day().year())?;
    let id = CaseId(fresh_at(now));
    let (team, space, danger_since) = (route.team(), route.space(), opening.danger_since);
    cases::insert(tx, &NewCase { id, number: &number, family, team, space, worker, danger_since })?;
    Ok(id)
}

/// Whoever took the report in, if they work in the team; else the first of its staff. Never nobody.
pub(crate) fn responsible(tx: &ReadTx<'_>, team: TeamId, user: UserId, now: Moment) -> Result<UserId, Failure> {
    let staff = access::colleagues(tx, team, now.day())?;
    let own = staff.iter().find(|(id, _)| *id == user);
    Ok(own.or(staff.first()).map_or(user, |(id, _)| *id))
}

/// Similar cases anywhere in the office, so that no family is taken in twice; only number, name, team.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn similar(app: &App, actor: &Actor, family: String) -> Result<Vec<Similar>, Failure> {
    in_office(actor, Action::FindDuplicates)?;
    app.read(move |tx| Ok(reports::similar(tx, &family, SIMILAR)?)).await
}

/// What the one who took a report in is told: where it went. The report itself belongs to that team.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The report, without its words if it is another team's.
    pub team: String,
    /// Its space.
    pub space: Option<String>,
    /// How the place was found.
    pub found: String,
    /// Number of the case opened at once.
    pub case_number: Option<String>,
    /// May the reader open the report?
    pub may_see: bool,
}

/// Where a report went, for the one who took it in just now.
///
/// # Errors
/// Hidden for everybody else.
pub async fn receipt(app: &App, actor: &Actor, id: ReportId) -> Result<Receipt, Failure> {
    in_office(actor, Action::TakeInReport)?;
    let actor = actor.clone();
    app.read(move |tx| {
        let report = found(reports::one(tx, id)?)?;
        let may_see = permit(&actor, Action::SeeReport, Standing::Team(report.team)).is_ok();
        let own = reports::taken_by(tx, id, actor.user)?;
        found((may_see || own).then_some(()))?;
        Ok(Receipt {
            team: report.team_name,
            space: report.space_name,
            found: report.found,
            case_number: report.case_number,
            may_see,
        })
    })
    .await
}

/// A report. Who reported it is shown only by [`show_reporter`].
#[derive(Debug, Clone)]
pub struct ReportPage {
    /// The report.
    pub report: ReportView,
    /// Somebody is named or described as the reporter, and the reader may ask who.
    pub may_ask_who: bool,
    /// The reader is the worker of its case and need not say why.
    pub is_own: bool,
    /// Who looked at it so far.
    pub looks: Vec<Look>,
    /// Spaces to assign it to.
    pub spaces: Vec<territory::SpaceLine>,
    /// Where it stands on the board.
    pub desk: Desk,
}

/// One report.
///
/// # Errors
/// Hidden for other teams.
pub async fn report(app: &App, actor: &Actor, id: ReportId) -> Result<ReportPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let mut report = found(reports::one(tx, id)?)?;
        if let Some(case) = report.case {
            report.said = redacted(tx, case, &report.said)?;
        }
        let standing = Standing::Team(report.team);
        permit(&actor, Action::SeeReport, standing)?;
        let may_know = permit(&actor, Action::SeeReporter, standing).is_ok();
        let looks = if may_know { reporters::looks(tx, id)? } else { Vec::new() };
        Ok(ReportPage {
            may_ask_who: may_know && reports::reporter(tx, id)?.is_some(),
            is_own: worker_of(tx, &report)? == Some(actor.user),
            looks,
            desk: super::board::desk_of(tx, &report, today)?,
            report,
            spaces: territory::overview(tx)?,
        })
    })
    .await
}

fn worker_of(tx: &ReadTx<'_>, report: &ReportView) -> Result<Option<UserId>, Failure> {
    let case = report.case.map(|case| cases::one(tx, case)).transpose()?;
    Ok(case.flatten().map(|case| case.worker))
}

/// Who made a report. Each look leaves a line in the log and a reason beside the report (N17).
///
/// # Errors
/// [`domain::casework::REPORTER_REASON_MISSING`], hidden for other teams.
pub async fn show_reporter(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ReportId,
    reason: Option<Note>,
) -> Result<Reporter, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (report, grant) = report_for(&tx, &who, Action::SeeReporter, id)?;
        found(reports::reporter(&tx, id)?)?;
        look_at_reporter(who.user, worker_of(&tx, &report)?, reason.as_ref())?;
        let tx = tx.allow(grant);
        reporters::keep_look(&tx, fresh_at(now), id, reason.as_ref())?;
        Ok(tx.commit(Deed { kind: DeedKind::ReporterSeen, object: id.into(), case: report.case }, id)?)
    };
    // A key answers for its own person only; the right is asked again where it is read.
    let seen = app.change(actor, key, write).await?;
    let actor = actor.clone();
    app.read(move |tx| {
        report_for(tx, &actor, Action::SeeReporter, seen)?;
        found(reports::reporter(tx, seen)?)
    })
    .await
}

/// Opening a case is what was decided about a report: nobody has to say it twice.
fn close_with_case(tx: &WriteTx<'_>, id: ReportId, now: Moment) -> Result<(), Failure> {
    let (at, _) = found(desk::one(tx, id)?)?;
    let (outcome, owner) = (Some(Outcome::Case), at.owner.or(Some(tx.grant().user())));
    let closed = NewMove { step: Step::Closed, urgency: at.urgency, owner, outcome, why: None };
    if at.step != Step::Closed {
        desk::move_to(tx, fresh_at(now), id, (&closed, owner, now))?;
    }
    Ok(())
}

pub(crate) fn report_for(
    tx: &ReadTx<'_>,
    actor: &Actor,
    action: Action,
    id: ReportId,
) -> Result<(ReportView, Grant), Failure> {
    let report = found(reports::one(tx, id)?)?;
    let grant = permit(actor, action, Standing::Team(report.team))?;
    Ok((report, grant))
}

/// Gives a report of the queue its social space, with a reason; its case, if there is one, goes along.
///
/// # Errors
/// [`REASON_NEEDED`], [`ALREADY_HANDLED`], [`Failure::Denied`].
pub async fn assign(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ReportId,
    to: (SpaceId, Option<Note>),
) -> Result<ReportId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let (space, reason) = to;
    let write = move |tx: ReadTx<'_>| {
        let (report, grant) = report_for(&tx, &who, Action::AssignReport, id)?;
        let reason = reason.as_ref().ok_or(REASON_NEEDED.broken_at("reason"))?;
        let team = found(territory::team_of(&tx, space)?)?;
        let tx = tx.allow(grant);
        let stage = if report.case.is_some() { Stage::Case } else { Stage::New };
        if !reports::assign(&tx, id, Route::Team(space, team), reason.as_str(), stage)? {
            return Err(ALREADY_HANDLED.broken().into());
        }
        if let Some(case) = report.case {
            let worker = responsible(&tx, team, who.user, now)?;
            cases::reassign(&tx, case, (team, space), worker)?;
            store::deadlines::follow_case(&tx, case, team, worker)?;
            store::casework::protection::follow_case(&tx, case, team)?;
            desk::own(&tx, id, worker)?;
        }
        Ok(tx.commit(Deed { kind: DeedKind::ReportAssigned, object: id.into(), case: report.case }, id)?)
    };
    app.change(actor, key, write).await
}

/// Opens a case from a report of the own team.
///
/// # Errors
/// [`ALREADY_HANDLED`], [`Failure::Denied`].
pub async fn open_case(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ReportId,
    family: PersonName,
) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (report, _) = report_for(&tx, &who, Action::SeeReport, id)?;
        let grant = permit(&who, Action::WorkOnCase, Standing::Team(report.team))?;
        let space = reports::space_of(&tx, id)?;
        let route = space.map_or(Route::DutyDesk(report.team), |space| Route::Team(space, report.team));
        let tx = tx.allow(grant);
        let case = open(
            &tx,
            route,
            &Opening { family: Some(&family), danger_since: danger_since(report.danger, report.received) },
            now,
        )?;
        if !reports::opened(&tx, id, case)? {
            return Err(ALREADY_HANDLED.broken().into());
        }
        close_with_case(&tx, id, now)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CaseOpened, case, case), case)?)
    };
    app.change(actor, key, write).await
}
