// SPDX-License-Identifier: EUPL-1.2
//! Hand-overs after a new cut of the spaces: a conversation, not a changed field. Until it is recorded the old team
//! is responsible; help, promises and payments run on before and after it (§ 86c SGB VIII by analogy).

use crate::casework::case_for;
use crate::core::{App, Failure, Key, found, reach};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CaseId, Day, HandoverId, Line, Note, Rule, UserId};
use store::casework::cases;
use store::recut_talks::{self, HandoverView, Talk};
use store::sight::RowSight;
use store::{ReadTx, access};

/// The worker named does not work in the team that takes the case.
pub const HANDOVER_WORKER: Rule = Rule::new("handover.worker_not_of_team", "§ 86c(2) SGB VIII entsprechend");

/// Hand-overs on one page.
const PAGE: i64 = 200;

/// Did the family take part?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyPart {
    /// It was there.
    Present,
    /// It was asked and did not want to.
    Declined,
}

impl FamilyPart {
    /// Codes of the form.
    pub const CODES: [&'static str; 2] = ["present", "declined"];

    /// From a form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "present" => Some(Self::Present),
            "declined" => Some(Self::Declined),
            _ => None,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Declined => "declined",
        }
    }
}

/// A conversation as recorded.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// When.
    pub held_on: Day,
    /// Who with whom.
    pub with_whom: Line,
    /// Did the family take part?
    pub family: FamilyPart,
    /// What was said.
    pub words: Option<Note>,
    /// Who works with the family from now on.
    pub worker: UserId,
}

/// Hand-overs of the teams in sight.
#[derive(Debug, Clone)]
pub struct HandoversPage {
    /// Waiting for their conversation, earliest due first.
    pub open: Vec<HandoverView>,
    /// Handed over or kept.
    pub done: Vec<HandoverView>,
}

/// The hand-overs of the reader's teams.
///
/// # Errors
/// Hidden for people who see no case.
pub async fn list(app: &App, actor: &Actor) -> Result<HandoversPage, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    app.read(move |tx| {
        let open = recut_talks::of_teams(tx, &sight, "open", PAGE)?;
        let mut done = recut_talks::of_teams(tx, &sight, "held", PAGE)?;
        done.extend(recut_talks::of_teams(tx, &sight, "kept", PAGE)?);
        Ok(HandoversPage { open, done })
    })
    .await
}

/// One hand-over with what its forms need.
#[derive(Debug, Clone)]
pub struct HandoverPage {
    /// The hand-over.
    pub handover: HandoverView,
    /// Workers of the team that takes the case.
    pub workers: Vec<(UserId, String)>,
    /// May the conversation be recorded today?
    pub in_force: bool,
}

/// One hand-over.
///
/// # Errors
/// Hidden for other teams.
pub async fn one(app: &App, actor: &Actor, id: HandoverId) -> Result<HandoverPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let handover = found(recut_talks::one(tx, id)?)?;
        case_for(tx, &actor, Action::SeeCase, handover.case)?;
        let workers = access::colleagues(tx, handover.to_team, today)?;
        let in_force = handover.recut_state.is_in_force(handover.valid_from, today);
        Ok(HandoverPage { handover, workers, in_force })
    })
    .await
}

fn open(tx: &ReadTx<'_>, who: &Actor, id: HandoverId) -> Result<(HandoverView, Grant), Failure> {
    let handover = found(recut_talks::one(tx, id)?)?;
    let case = found(cases::one(tx, handover.case)?)?;
    // Whoever has the case now hands it over.
    let grant = permit(who, Action::WorkOnCase, Standing::Team(case.team))?;
    handover.state().keep()?;
    Ok((handover, grant))
}

/// Arranges the conversation: by when, who with whom.
///
/// # Errors
/// [`domain::territory::HANDOVER_CLOSED`], [`Failure::Denied`].
pub async fn arrange(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: HandoverId,
    (due_on, with_whom): (Day, Line),
) -> Result<HandoverId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (handover, grant) = open(&tx, &who, id)?;
        let tx = tx.allow(grant);
        if !recut_talks::arrange(&tx, id, due_on, &with_whom)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::in_case(DeedKind::HandoverArranged, id, handover.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records the conversation; with it, and only with it, team, space and worker of the case change, in one deed.
/// Decisions, commissions, promises and payments stay as they are.
///
/// # Errors
/// The rules of [`domain::territory::Handover::hold`], [`HANDOVER_WORKER`], [`Failure::Denied`].
pub async fn hold(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: HandoverId,
    told: Conversation,
) -> Result<CaseId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (handover, grant) = open(&tx, &who, id)?;
        let held = handover.state().hold((handover.to_team, handover.to_space), told.held_on, today)?;
        let workers = access::colleagues(&tx, held.team, today)?;
        if workers.iter().all(|(worker, _)| *worker != told.worker) {
            return Err(HANDOVER_WORKER.broken_at("worker").into());
        }
        let tx = tx.allow(grant);
        let talk = Talk {
            held_on: held.held_on,
            with_whom: &told.with_whom,
            family: told.family.code(),
            words: told.words.as_ref(),
        };
        if !recut_talks::hold(&tx, id, &talk)? {
            return Err(Failure::Stale);
        }
        cases::reassign(&tx, handover.case, (held.team, held.space), told.worker)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CaseHandedOver, id, handover.case), handover.case)?)
    };
    app.change(actor, key, write).await
}

/// The case stays with its team, with a reason: a help that ends soon, a family that asks for it.
///
/// # Errors
/// [`domain::territory::HANDOVER_CLOSED`], [`Failure::Denied`].
pub async fn keep(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: HandoverId,
    why: Note,
) -> Result<HandoverId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (handover, grant) = open(&tx, &who, id)?;
        let tx = tx.allow(grant);
        if !recut_talks::keep(&tx, id, &why)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::in_case(DeedKind::CaseKept, id, handover.case), id)?)
    };
    app.change(actor, key, write).await
}
