// SPDX-License-Identifier: EUPL-1.2
//! What both engines say of meetings, answers to ideas and support packages.

use crate::alike::{CASE, say_all};
use crate::town::{Fault, id, line, note, teams, today};
use domain::casework::{
    HelpSource, IdeaAnswer, MeetingKind, NewHelp, NewIdeaAnswer, NewMeeting, NewUse, Phase, Present, Rater, Really,
    SeatRole, Slot, TimeOfDay, Weighing,
};
use domain::kernel::{AgendaItemId, CaseId, HelpId, IdeaId, MeetingId, Period};
use store::casework::packages::UsedHelp;
use store::casework::{consultations, meetings, packages};
use store::sight::RowSight;
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

pub fn met(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (meeting, case): (MeetingId, CaseId) = (id(1), id(CASE));
    let (item, idea): (AgendaItemId, IdeaId) = (id(1), id(1));
    let new = NewMeeting {
        meets_on: today(),
        starts_at: TimeOfDay::parse("9:30")?,
        minutes: 90,
        place: line("Haus der Jugend"),
        kind: MeetingKind::Both,
    };
    meetings::insert(tx, meeting, teams()[0].0, &new)?;
    filled(tx, meeting, (case, item, idea))
}

fn filled(tx: &WriteTx<'_>, meeting: MeetingId, to: (CaseId, AgendaItemId, IdeaId)) -> Result<(), Fault> {
    for role in [SeatRole::Asd, SeatRole::Agency] {
        meetings::keep_present(tx, meeting, &[Present { role, organisation: line("Ärger e. V.") }])?;
    }
    for place in [7, 2] {
        let slot = Slot { minutes: 30, urgent: Some(line("Umzug")), place };
        meetings::keep_slot(tx, to.1, &slot)?;
    }
    for (n, phase) in (1..).zip([Phase::Presentation, Phase::Ideas]) {
        meetings::begin_phase(tx, Uuid::from_u128(n), to.1, phase)?;
    }
    let answer = NewIdeaAnswer { answer: IdeaAnswer::Refused, words: Some(note("Zu weit")), said_on: today() };
    meetings::insert_answer(tx, Uuid::from_u128(1), to, &answer)?;
    let help = NewHelp {
        source: HelpSource::Neighbour,
        weighing: Weighing::Taken,
        who: line("Frau Öz"),
        what: line("holt ab"),
        extent: Some(line("dienstags")),
        period: Period::new(today(), None)?,
        why: None,
    };
    let help_id: HelpId = id(1);
    packages::insert(tx, help_id, to.0, &help)?;
    packages::end(tx, help_id, today().plus_days(9))?;
    let used = |used| NewUse { used, said_on: today(), rater: Rater::Family, words: Some(note("Klappt")) };
    packages::insert_use(tx, Uuid::from_u128(1), (to.0, UsedHelp::Help(help_id)), &used(Really::Partly))?;
    Ok(packages::insert_use(tx, Uuid::from_u128(2), (to.0, UsedHelp::Paid(id(CASE | 0x20))), &used(Really::Yes))?)
}

pub fn team_says(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let (team, case, on) = (teams()[0].0, id(CASE), today());
    say_all!(
        out,
        meetings::one(tx, id(1)),
        meetings::list(tx, &RowSight::Everything, on, 10),
        meetings::present(tx, id(1)),
        meetings::slots(tx, team, on),
        meetings::phases(tx, team, on),
        meetings::idea(tx, id(1)),
        meetings::answers(tx, case),
        consultations::of_day(tx, team, on),
        consultations::ideas_of_day(tx, team, on),
        consultations::sent_of_day(tx, team, on, crate::town::agency_ids()[0]),
        packages::of_case(tx, case),
        packages::one(tx, id(1)),
        packages::paid(tx, id(CASE | 0x20)),
        packages::uses(tx, case),
        meetings::ideas_by_space(tx, today().plus_days(-400)),
        packages::by_space(tx, today()),
    );
    Ok(())
}
