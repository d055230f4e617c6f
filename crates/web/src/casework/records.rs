// SPDX-License-Identifier: EUPL-1.2
//! Pages that go on paper as well: the hand-over sheet, the minutes of a meeting, the record of taking into care (D20).
//! Each paper says what its page says.

use super::meeting::by_kind;
use super::plan::pressed;
use crate::deadlines::DueLine;
use crate::kit::{Asks, Id, Oops, Routes, SignedIn, Web, t, t_with};
use app::access::office_name;
use app::casework::handover_sheet::{self, Sheet};
use app::casework::meetings::{self, MeetingItem, MeetingPage};
use app::casework::protection::{self, CarePage};
use axum::extract::State;
use axum::response::Response;
use documents::{RecordSection, RecordSheet, record};
use domain::access::Action;
use domain::kernel::{CareId, CaseId, Day, MeetingId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/uebergabeblatt/pdf", Asks::For(Action::SeeCase), handed_over)
        .get("/teams/sitzungen/{id}/protokoll/pdf", Asks::For(Action::SeeConsultation), minutes)
        .get("/inobhutnahmen/{id}/protokoll", Asks::For(Action::SeeProtection), care)
}

async fn handed_over(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let mut shown = handover_sheet::sheet(&web.app, &who.actor, case).await?;
    let (office, today) = (office_name(&web.app).await?, web.app.today());
    let next = std::mem::take(&mut shown.next).into_iter();
    let next: Vec<DueLine> = next.map(|one| DueLine::new(one, today, who.actor.user)).collect();
    let sheet = of_handover(office, &shown, &next);
    pressed("uebergabeblatt.pdf", move || record(&sheet, today)).await
}

async fn minutes(State(web): State<Web>, who: SignedIn, Id(id): Id<MeetingId>) -> Result<Response, Oops> {
    let shown = meetings::meeting(&web.app, &who.actor, id).await?;
    let (office, today) = (office_name(&web.app).await?, web.app.today());
    let sheet = of_meeting(office, &shown);
    pressed("protokoll.pdf", move || record(&sheet, today)).await
}

async fn care(State(web): State<Web>, who: SignedIn, Id(id): Id<CareId>) -> Result<Response, Oops> {
    let (number, shown) = protection::care_record(&web.app, &who.actor, id).await?;
    let (office, today) = (office_name(&web.app).await?, web.app.today());
    let sheet = of_care(office, number, &shown, today);
    pressed("inobhutnahme.pdf", move || record(&sheet, today)).await
}

fn section(heading: String, lines: Vec<String>) -> RecordSection {
    let none = || vec![t("handover-sheet-none")];
    RecordSection { heading, lines: if lines.is_empty() { none() } else { lines } }
}

fn of_handover(office: String, shown: &Sheet, next: &[DueLine]) -> RecordSheet {
    let mut sections = Vec::new();
    if let Some(one) = &shown.handover {
        sections.push(section(t("handover-promised"), one.promised.iter().cloned().collect()));
        sections.push(section(t("handover-remember"), one.remember.iter().cloned().collect()));
    }
    let will = |one: &app::casework::handover_sheet::StatementView| match &one.speaker {
        Some(speaker) => format!("„{}“ {speaker}, {}", one.words, one.said_on.german()),
        None => format!("„{}“", one.words),
    };
    sections.push(section(t("handover-sheet-wills"), shown.wills.iter().map(will).collect()));
    let goal = |(goal, rated): &(handover_sheet::Rung, Option<handover_sheet::RatingView>)| {
        let how = rated.as_ref().map_or_else(
            || t("handover-sheet-unrated"),
            |one| {
                let (rater, level) = (one.rater.code(), one.level.code());
                format!("{}: {}, {}", t(&format!("rater-{rater}")), t(&format!("level-{level}")), one.said_on.german())
            },
        );
        format!("{} ({}; {how})", goal.words, goal.owner)
    };
    sections.push(section(t("handover-sheet-goals"), shown.goals.iter().map(goal).collect()));
    let help = |one: &handover_sheet::CommissionView| {
        let until = one.until.map(|until| format!(" – {}", until.german())).unwrap_or_default();
        format!("{}, {}: {}{until}", one.help.paragraph(), one.agency, one.from.german())
    };
    sections.push(section(t("handover-sheet-helps"), shown.helps.iter().map(help).collect()));
    let due = |one: &DueLine| format!("{}: {}", one.what, one.due.map_or_else(|| t("due-at-once"), Day::german));
    sections.push(section(t("handover-sheet-next"), next.iter().map(due).collect()));
    RecordSheet {
        office,
        title: t("handover-sheet-title"),
        about: format!("{} {}", t_with("handover-sheet-as-of", &[("x", &shown.on.german())]), t("handover-sheet-lead")),
        dated_on: shown.on,
        facts: vec![
            (t("case"), shown.case.number.clone()),
            (t("records-family"), super::head::family(&shown.case.family)),
            (t("records-worker"), shown.case.worker_name.clone()),
        ],
        sections,
        signatures: Vec::new(),
    }
}

fn of_meeting(office: String, shown: &MeetingPage) -> RecordSheet {
    let meeting = &shown.meeting;
    let seat = |one: &domain::casework::Present| {
        format!("{}, {}", t(&format!("seat-{}", one.role.code())), one.organisation.as_str())
    };
    let present: Vec<String> = shown.present.iter().map(seat).collect();
    let present = if present.is_empty() { t("team-present-none") } else { present.join("; ") };
    let clock = t_with("team-clock", &[("x", &meeting.starts_at.german())]);
    RecordSheet {
        office,
        title: t_with("team-minutes-of", &[("x", &meeting.meets_on.german())]),
        about: t("team-advises"),
        dated_on: meeting.meets_on,
        facts: vec![
            (t("team"), meeting.team_name.clone()),
            (t("team-when"), format!("{}, {clock}", meeting.meets_on.german())),
            (t("team-call-place"), meeting.place.clone()),
            (t("team-call-kind"), t(&format!("meeting-kind-{}", meeting.kind.code()))),
            (t("team-present-title"), present),
        ],
        sections: shown.items.iter().map(item).collect(),
        signatures: Vec::new(),
    }
}

fn item(one: &MeetingItem) -> RecordSection {
    let mut lines = vec![format!("{}: {}", t("item-question"), one.item.question)];
    if one.ideas.is_empty() {
        lines.push(t("team-no-ideas"));
    }
    for (kind, ideas) in by_kind(&one.ideas) {
        let kind = t(&format!("idea-{kind}"));
        lines.extend(ideas.into_iter().map(|idea| format!("{kind}: {} ({})", idea.words, idea.by)));
    }
    let minutes = one.item.minutes.iter().filter(|words| !words.is_empty());
    lines.extend(minutes.map(|words| format!("{}: {words}", t("minutes-title"))));
    let pattern = |one: &domain::network::Pattern| {
        format!("{} {}", t_with("team-pattern", &[("x", &one.cases.to_string())]), one.word)
    };
    lines.extend(one.patterns.iter().map(pattern));
    RecordSection { heading: one.item.label.clone(), lines }
}

fn of_care(office: String, number: String, shown: &CarePage, today: Day) -> RecordSheet {
    let care = &shown.care;
    let fact = |one: &protection::FactView| {
        let kind = t(&format!("care-fact-kind-{}", one.kind.code()));
        format!("{}: {kind}: {} ({})", one.at.german(), one.words, one.writer)
    };
    let mut sections = vec![
        section(t("records-care-why"), vec![care.words.clone()]),
        section(t("records-care-facts"), shown.facts.iter().map(fact).collect()),
    ];
    if !shown.warnings.is_empty() {
        let open = |one: &domain::casework::protection::CareWarning| {
            format!("{} ({})", t(&format!("care-warning-{}", one.code())), one.source())
        };
        sections.push(section(t("care-open"), shown.warnings.iter().map(open).collect()));
    }
    RecordSheet {
        office,
        title: t("records-care"),
        about: t("records-care-about"),
        dated_on: today,
        facts: vec![
            (t("paper-child"), care.child_name.clone()),
            (t("case-number"), number),
            (t("records-care-began"), care.began.german()),
            (
                t("records-care-ground"),
                format!("{} {}", t(&format!("care-ground-{}", care.ground.code())), care.ground.source()),
            ),
            (
                t("records-care-place"),
                format!("{}: {}", t(&format!("placement-{}", care.placement.code())), care.place),
            ),
        ],
        sections,
        signatures: vec![care.by.clone()],
    }
}
