// SPDX-License-Identifier: EUPL-1.2
//! An agency's own procedure (§ 8a(4) SGB VIII), in the agency's own room; and its notice, which is a report and a
//! case of the office the moment it is sent.

use super::{AssessmentView, SentNotice};
use crate::casework::case_for;
use crate::casework::intake::{TakeIn, enter};
use crate::core::{App, Failure, Key, found, reach};
use crate::deadlines::{self, meet};
use domain::access::{Action, Actor, Controller, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::{NewAgencyAssessment, NewNotice};
use domain::casework::{Channel, Danger, NewReport, Reporter, ReporterKind};
use domain::deadlines::{DueKind, Duty, NewDue, PromptDuty, Promptly};
use domain::kernel::{AgencyId, NoticeId};
use domain::territory::Address;
use store::ReadTx;
use store::casework::cases;
use store::casework::protection::agencies;
use store::deadlines::At;
use store::sight::RowSight;
use uuid::Uuid;

/// Rows on the agency's page.
const SHOWN: i64 = 100;

/// What an agency sees of its own procedures.
#[derive(Debug, Clone)]
pub struct AgencyPage {
    /// Its own assessments.
    pub assessments: Vec<AssessmentView>,
    /// What it told the office.
    pub sent: Vec<SentNotice>,
}

/// An agency's own page.
///
/// # Errors
/// Hidden for everybody else, the office too.
pub async fn own_page(app: &App, actor: &Actor) -> Result<AgencyPage, Failure> {
    let own = RowSight::agencies(&reach(actor, Action::GuardAsAgency)?);
    app.read(move |tx| {
        Ok(AgencyPage { assessments: agencies::assessments(tx, &own, SHOWN)?, sent: agencies::sent(tx, &own, SHOWN)? })
    })
    .await
}

fn as_agency(actor: &Actor) -> Result<(AgencyId, Grant), Failure> {
    let Controller::Agency(own) = actor.controller else {
        return Err(Failure::Denied(domain::access::Denied::Hidden));
    };
    Ok((own, permit(actor, Action::GuardAsAgency, Standing::Agency(own))?))
}

/// Keeps an agency's own assessment. Nothing of it reaches the office.
///
/// # Errors
/// [`Failure::Denied`] for everybody but staff of an agency.
pub async fn assess_as_agency(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    new: NewAgencyAssessment,
) -> Result<Uuid, Failure> {
    let ((agency, grant), id) = (as_agency(actor)?, app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        agencies::insert(&tx, id, agency, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::AgencyAssessed, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Informs the office. The notice takes the way of every report with signs of danger: a case stands in the same
/// transaction, with a team and a worker, and an acknowledgement is due at once.
///
/// # Errors
/// The rules of intake, [`Failure::Denied`] for everybody but staff of an agency.
pub async fn inform_office(app: &App, actor: &Actor, key: Option<Key>, new: NewNotice) -> Result<NoticeId, Failure> {
    let ((agency, grant), id, now) = (as_agency(actor)?, app.fresh::<NoticeId>(), app.now());
    let house = app.clone();
    let write = move |tx: ReadTx<'_>| {
        let report = NewReport {
            received: now,
            channel: Channel::Electronic,
            said: new.words.clone(),
            place: new.place.clone(),
            danger: Danger::SignsOrUnsure,
            family: new.family.clone(),
        };
        let take_in = TakeIn {
            report,
            address: Address::read(new.place.as_str()),
            reporter: Reporter::new(ReporterKind::Authority, None, None),
        };
        let (tx, report, case) = enter(&house, tx, grant, &take_in)?;
        let case = found(case)?;
        agencies::insert_notice(&tx, id, agency, (report, case), &new)?;
        let opened = found(cases::one(&tx, case)?)?;
        let at = At { case, team: opened.team, owner: opened.worker };
        let duty = Duty::Prompt(Promptly::new(PromptDuty::AgencyNotice, now.day()));
        deadlines::raise(&tx, at, &NewDue { duty, from: DueKind::Notice, subject: Some(id.0) })?;
        Ok(tx.commit(Deed::in_case(DeedKind::OfficeInformed, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// The office acknowledges a notice; the agency sees that, and nothing of what the office does.
///
/// # Errors
/// [`Failure::Stale`] when somebody had, hidden for other teams.
pub async fn acknowledge(app: &App, actor: &Actor, key: Option<Key>, id: NoticeId) -> Result<NoticeId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let case = found(agencies::case_of(&tx, id)?)?;
        let (case, _) = case_for(&tx, &who, Action::SeeCase, case)?;
        let grant = permit(&who, Action::WorkOnProtection, Standing::Team(case.team))?;
        let tx = tx.allow(grant);
        if !agencies::acknowledge(&tx, id)? {
            return Err(Failure::Stale);
        }
        meet(&tx, id.0, &[PromptDuty::AgencyNotice.code()])?;
        Ok(tx.commit(Deed::in_case(DeedKind::NoticeAcknowledged, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}
