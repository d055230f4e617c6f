// SPDX-License-Identifier: EUPL-1.2
//! What comes after the end of a help: does it last, and the way back (§ 41(1) S. 3, § 41a SGB VIII).

use crate::casework::case_for;
use crate::casework::ending::{ASK, KEEP_IN_TOUCH, ask, known};
use crate::casework::seals::keeps_quiet;
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{ComingBack, HelpKind, NewFollowUp, RETURN_NOT_ENDED};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{CaseId, EndingId, FollowUpId, Line};
use store::ReadTx;
use store::casework::aftercare;
use store::casework::cases::{self, Stage};
use store::casework::endings::{self, EndingView};
use store::deadlines::At;

/// What is due when somebody comes back.
const WELCOME: &str = "Rückkehr: miteinander sprechen";
/// Days in which the office means to talk to somebody who came back; its own target, no law's.
const WELCOME_DAYS: i32 = 7;

/// Records a look after the end; within agreed after-care the next one is due by itself.
///
/// # Errors
/// The rules of [`NewFollowUp::check`], [`Failure::Denied`].
pub async fn follow_up(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: EndingId,
    new: NewFollowUp,
) -> Result<FollowUpId, Failure> {
    let (who, now, seen) = (actor.clone(), app.now(), app.fresh::<FollowUpId>());
    let write = move |tx: ReadTx<'_>| {
        let case = found(endings::case_of(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        new.check(now.day())?;
        let typed: Vec<_> = new.carries.iter().map(|words| (words.as_str(), "carries")).collect();
        keeps_quiet(&tx, case.id, &typed)?;
        let ended = known(&tx, id)?;
        let tx = tx.allow(grant);
        aftercare::insert_follow_up(&tx, seen, (case.id, id), &new)?;
        deadlines::meet_from(&tx, id.0, DueKind::Aftercare)?;
        let agreed = ended.aftercare.as_ref().map(|(until, _, months)| (*until, i32::try_from(*months).unwrap_or(6)));
        let by_plan = agreed.map(|(until, months)| (new.held_on.plus_months(months), until));
        let by_plan = by_plan.filter(|(next, until)| next <= until).map(|(next, _)| next);
        if let Some(next) = new.next_on.or(by_plan) {
            let words = if agreed.is_some() { KEEP_IN_TOUCH } else { ASK };
            ask(&tx, &case, id, (words, next, agreed.is_some()))?;
        }
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::FollowedUp, seen, case.id), seen)?)
    };
    app.change(actor, key, write).await
}

/// Somebody whose help had ended comes back: one click, and the case is open again with everything that is in it. A young
/// adult does so by right (§ 41(1) S. 3).
///
/// # Errors
/// [`RETURN_NOT_ENDED`], [`Failure::Denied`].
pub async fn come_back(app: &App, actor: &Actor, key: Option<Key>, id: CaseId) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        if case.stage != Stage::Ended {
            return Err(RETURN_NOT_ENDED.broken().into());
        }
        let last = endings::endings(&tx, id)?.into_iter().find(EndingView::is_in_force);
        let young = last.is_some_and(|one| one.help == HelpKind::YoungAdults);
        let kind = if young { ComingBack::YoungAdult } else { ComingBack::Family };
        let tx = tx.allow(grant);
        let back = fresh_at(now);
        aftercare::insert_return(&tx, back, id, kind)?;
        cases::move_to(&tx, id, Stage::Opened)?;
        let target =
            InternalTarget { words: Line::parse(WELCOME)?, due: now.day().plus_days(WELCOME_DAYS), is_agreed: false };
        let at = At { case: id, team: case.team, owner: case.worker };
        let new = NewDue { duty: Duty::Own(target), from: DueKind::Aftercare, subject: Some(back) };
        deadlines::raise(&tx, at, &new)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CameBack, back, id), id)?)
    };
    app.change(actor, key, write).await
}
