// SPDX-License-Identifier: EUPL-1.2
//! Meetings of the social-space teams. They advise: nothing here decides on help, and no use case takes a meeting for a
//! decision (N3). Agencies see of a meeting what was sent to them (N1).

use crate::casework::case_for;
use crate::casework::consultation::{agency_of, codes_of, item_for};
use crate::casework::seals::{keeps_quiet, redacted};
use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor, Grant, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    MEETING_KNOWN, NewIdeaAnswer, NewMeeting, Phase, Present, Slot, TimeOfDay, agenda_order, members_may_read,
    note_present, pseudonymise,
};
use domain::kernel::{AgendaItemId, CaseId, Day, IdeaId, Line, MeetingId, Moment, TeamId};
use domain::network::{Pattern, Said, patterns_of};
use store::access::rules;
use store::casework::consultations::{self, IdeaView, ItemView};
use store::casework::meetings;
use store::sight::RowSight;
use store::{ReadTx, StoreError, access, agencies, network, territory};

pub use store::casework::meetings::{IdeaAnswerView, MeetingView};

/// Meetings on one page.
const PAGE: i64 = 60;
/// Past meetings stay on the list for so many days.
const PAST_DAYS: i32 = 92;
/// So many months of consultations are looked through for what several families lack.
const MONTHS: i32 = 12;

/// The meetings of the teams in sight.
#[derive(Debug, Clone)]
pub struct MeetingsPage {
    /// Meetings, earliest first.
    pub meetings: Vec<MeetingView>,
    /// Teams whose meetings the reader may call.
    pub callable: Vec<(TeamId, String)>,
}

/// The meetings of the teams in sight.
///
/// # Errors
/// Hidden for people without a team.
pub async fn list(app: &App, actor: &Actor) -> Result<MeetingsPage, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeConsultation)?);
    let (actor, since) = (actor.clone(), app.today().plus_days(-PAST_DAYS));
    app.read(move |tx| {
        let may = |team: TeamId| permit(&actor, Action::HoldConsultation, Standing::Team(team)).is_ok();
        let teams = territory::teams(tx)?.into_iter().filter(|team| may(team.id));
        Ok(MeetingsPage {
            meetings: meetings::list(tx, &sight, since, PAGE)?,
            callable: teams.map(|team| (team.id, team.name)).collect(),
        })
    })
    .await
}

/// Calls a meeting of a team.
///
/// # Errors
/// The rules of [`NewMeeting::check`], [`MEETING_KNOWN`], [`Failure::Denied`].
pub async fn call(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    team: TeamId,
    new: NewMeeting,
) -> Result<MeetingId, Failure> {
    let grant = permit(actor, Action::HoldConsultation, Standing::Team(team))?;
    new.check()?;
    let id = app.fresh::<MeetingId>();
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        meetings::insert(&tx, id, team, &new).map_err(known)?;
        Ok(tx.commit(Deed::new(DeedKind::MeetingCalled, id), id)?)
    };
    app.change(actor, key, write).await
}

fn known(error: StoreError) -> Failure {
    match error {
        StoreError::Duplicate(_) => MEETING_KNOWN.broken_at("meets_on").into(),
        other => other.into(),
    }
}

/// A case on the agenda of a meeting.
#[derive(Debug, Clone)]
pub struct MeetingItem {
    /// The item.
    pub item: ItemView,
    /// Its time and place.
    pub slot: Slot,
    /// When it is planned to begin.
    pub starts_at: TimeOfDay,
    /// The phase it is in, and since when.
    pub phase: Option<(Phase, Moment)>,
    /// Ideas, in the order they came.
    pub ideas: Vec<IdeaView>,
    /// What this family lacks together with at least two others; for the office alone.
    pub patterns: Vec<Pattern>,
    /// The case behind it, for those who may see it.
    pub case: Option<CaseId>,
}

/// A meeting with its agenda.
#[derive(Debug, Clone)]
pub struct MeetingPage {
    /// The meeting.
    pub meeting: MeetingView,
    /// Who was there.
    pub present: Vec<Present>,
    /// The agenda in its order.
    pub items: Vec<MeetingItem>,
    /// Organisations with a seat, to choose from: the office first.
    pub organisations: Vec<String>,
    /// Until when people of other houses read the sheets; said to all, so that nobody is surprised.
    pub readable_until: Day,
    /// May the reader moderate?
    pub may_hold: bool,
    /// May the reader add ideas?
    pub may_advise: bool,
}

impl MeetingPage {
    /// Minutes of all items.
    #[must_use]
    pub fn planned(&self) -> i64 {
        self.items.iter().map(|item| item.slot.minutes).sum()
    }

    /// The item that is on: the one whose phase began last and that is not held, else the first open one.
    #[must_use]
    pub fn current(&self) -> Option<&MeetingItem> {
        let open = || self.items.iter().filter(|one| one.item.held_on.is_none());
        let begun = open().filter(|one| one.phase.is_some()).max_by_key(|one| one.phase.map(|(_, at)| at.0));
        begun.or_else(|| open().next())
    }
}

fn meeting_for(tx: &ReadTx<'_>, actor: &Actor, action: Action, id: MeetingId) -> Result<(MeetingView, Grant), Failure> {
    let meeting = found(meetings::one(tx, id)?)?;
    let grant = permit(actor, action, Standing::Team(meeting.team))?;
    Ok((meeting, grant))
}

/// One meeting with its agenda. People of other houses see the items that were sent to them, as long as they may be read.
///
/// # Errors
/// Hidden for other teams.
pub async fn meeting(app: &App, actor: &Actor, id: MeetingId) -> Result<MeetingPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (meeting, _) = meeting_for(tx, &actor, Action::SeeConsultation, id)?;
        let may = |action| permit(&actor, action, Standing::Team(meeting.team)).is_ok();
        let days = rules::value(tx, HouseRule::SheetDays)?;
        let mut organisations = vec![access::office_name(tx)?.unwrap_or_default()];
        let seats = agencies::seats(tx, meeting.team)?;
        let seated = agencies::all(tx)?.into_iter().filter(|one| seats.contains(&one.id));
        organisations.extend(seated.map(|one| one.name.as_str().to_owned()));
        Ok(MeetingPage {
            present: meetings::present(tx, id)?,
            items: items(tx, &actor, &meeting, (today, days))?,
            organisations,
            readable_until: meeting.meets_on.plus_days(i32::try_from(days).unwrap_or_default()),
            may_hold: may(Action::HoldConsultation),
            may_advise: may(Action::AdviseInTeam),
            meeting,
        })
    })
    .await
}

fn items(
    tx: &ReadTx<'_>,
    actor: &Actor,
    meeting: &MeetingView,
    (today, days): (Day, i64),
) -> Result<Vec<MeetingItem>, Failure> {
    let (team, on) = (meeting.team, meeting.meets_on);
    let mut shown = consultations::of_day(tx, team, on)?;
    if let Some(agency) = agency_of(actor) {
        let sent = consultations::sent_of_day(tx, team, on, agency)?;
        shown.retain(|item| sent.contains(&item.id) && members_may_read(item.state(), days, today));
    }
    let (slots, phases, ideas) =
        (meetings::slots(tx, team, on)?, meetings::phases(tx, team, on)?, consultations::ideas_of_day(tx, team, on)?);
    let said = said(tx, actor, today, (&shown, &ideas))?;
    let sees_case = permit(actor, Action::SeeCase, Standing::Team(team)).is_ok();
    let mut all: Vec<MeetingItem> = shown
        .into_iter()
        .map(|item| MeetingItem {
            slot: slots.iter().find(|(id, _)| *id == item.id).map_or_else(meetings::no_slot, |(_, slot)| slot.clone()),
            starts_at: meeting.starts_at,
            phase: phases.iter().rev().find(|(id, ..)| *id == item.id).map(|(_, phase, at)| (*phase, *at)),
            ideas: ideas.iter().filter(|(id, _)| *id == item.id).map(|(_, idea)| idea.clone()).collect(),
            patterns: patterns_of(&said, item.case),
            case: sees_case.then_some(item.case),
            item,
        })
        .collect();
    agenda_order(&mut all, |one| &one.slot);
    let mut at = meeting.starts_at;
    for one in &mut all {
        one.starts_at = at;
        at = at.plus(one.slot.minutes);
    }
    Ok(all)
}

/// What teams in sight said in a year, with what is being said now; nothing for other controllers.
fn said(
    tx: &ReadTx<'_>,
    actor: &Actor,
    today: Day,
    (shown, ideas): (&[ItemView], &[(AgendaItemId, IdeaView)]),
) -> Result<Vec<Said>, Failure> {
    if agency_of(actor).is_some() {
        return Ok(Vec::new());
    }
    let mine = |team| permit(actor, Action::SeeConsultation, Standing::Team(team)).is_ok();
    let held = network::said_since(tx, today.plus_months(-MONTHS))?.into_iter().filter(|one| mine(one.team));
    let mut all: Vec<Said> = held.map(|one| Said { case: one.case, words: one.words }).collect();
    for item in shown.iter().filter(|item| item.held_on.is_none()) {
        let words: Vec<&str> =
            ideas.iter().filter(|(id, _)| *id == item.id).map(|(_, idea)| idea.words.as_str()).collect();
        all.push(Said { case: item.case, words: words.join(".\n") });
    }
    Ok(all)
}

/// Writes down who was there: roles and organisations, in place of what was written before.
///
/// # Errors
/// [`domain::casework::PRESENT_IN_FUTURE`], [`Failure::Denied`].
pub async fn keep_present(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: MeetingId,
    all: Vec<Present>,
) -> Result<MeetingId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (meeting, grant) = meeting_for(&tx, &who, Action::HoldConsultation, id)?;
        note_present(meeting.meets_on, today)?;
        let tx = tx.allow(grant);
        meetings::keep_present(&tx, id, &all)?;
        Ok(tx.commit(Deed::new(DeedKind::PresenceNoted, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Gives a case on the agenda its time and place. Why it is urgent is kept without names.
///
/// # Errors
/// The rules of [`Slot::check`], [`Failure::Denied`].
pub async fn keep_slot(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: AgendaItemId,
    slot: Slot,
) -> Result<AgendaItemId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (item, grant) = item_for(&tx, &who, Action::HoldConsultation, (id, today))?;
        slot.check()?;
        let urgent = match &slot.urgent {
            Some(why) => {
                let words = pseudonymise(why.as_str(), &codes_of(&tx, item.case)?);
                Line::optional(&redacted(&tx, item.case, &words)?)?
            }
            None => None,
        };
        let tx = tx.allow(grant);
        meetings::keep_slot(&tx, id, &Slot { urgent, ..slot.clone() })?;
        Ok(tx.commit(Deed::in_case(DeedKind::SlotGiven, id, item.case), id)?)
    };
    app.change(actor, key, write).await
}

/// A phase of a consultation begins.
///
/// # Errors
/// [`domain::casework::CONSULTATION_CLOSED`], [`Failure::Denied`].
pub async fn begin_phase(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: AgendaItemId,
    phase: Phase,
) -> Result<AgendaItemId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (item, grant) = item_for(&tx, &who, Action::HoldConsultation, (id, now.day()))?;
        domain::casework::advise(item.state())?;
        let tx = tx.allow(grant);
        meetings::begin_phase(&tx, fresh_at(now), id, phase)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PhaseBegun, id, item.case), id)?)
    };
    app.change(actor, key, write).await
}

/// What the family of a case said to ideas, oldest first.
///
/// # Errors
/// Hidden for other teams.
pub async fn answers(app: &App, actor: &Actor, case: CaseId) -> Result<Vec<IdeaAnswerView>, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        case_for(tx, &actor, Action::SeeCase, case)?;
        let mut all = meetings::answers(tx, case)?;
        for one in &mut all {
            let words = one.words.as_deref().map(|words| redacted(tx, case, words)).transpose()?;
            one.words = words;
        }
        Ok(all)
    })
    .await
}

/// Keeps what the family said to an idea. The worker of the case writes it down; the team does not.
///
/// # Errors
/// The rules of [`domain::casework::answer_idea`], [`Failure::Denied`].
pub async fn answer_idea(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    idea: IdeaId,
    new: NewIdeaAnswer,
) -> Result<IdeaId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (item, kind) = found(meetings::idea(&tx, idea)?)?;
        let item = found(consultations::one(&tx, item)?)?;
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, item.case)?;
        domain::casework::answer_idea(&new, kind, item.state(), now.day())?;
        if let Some(words) = &new.words {
            keeps_quiet(&tx, case.id, &[(words.as_str(), "words")])?;
        }
        let tx = tx.allow(grant);
        meetings::insert_answer(&tx, fresh_at(now), (case.id, item.id, idea), &new)?;
        Ok(tx.commit(Deed::in_case(DeedKind::IdeaAnswered, idea, case.id), idea)?)
    };
    app.change(actor, key, write).await
}
