// SPDX-License-Identifier: EUPL-1.2
//! Pages that go on paper as well: the hand-over sheet, the minutes of a meeting, the sheet of a consultation, the
//! record of taking into care (D20). Page and paper are made of one sheet.

use super::head::CaseHead;
use super::meeting::by_kind;
use super::record_page::RecordPage;
use crate::deadlines::DueLine;
use crate::kit::{Asks, Id, Oops, Routes, SignedIn, Web, page, pressed, t, t_with};
use app::access::office_name;
use app::casework::consultation;
use app::casework::handover_sheet::{self, Sheet};
use app::casework::meetings::{self, MeetingItem, MeetingPage};
use app::casework::protection::{self, CarePage};
use axum::extract::State;
use axum::response::Response;
use documents::{RecordSection, RecordSheet, record};
use domain::access::Action;
use domain::casework::name_hints;
use domain::kernel::{AgendaItemId, CareId, CaseId, Day, MeetingId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let team = Asks::For(Action::SeeConsultation);
    Routes::default()
        .get("/faelle/{id}/uebergabeblatt", Asks::For(Action::SeeCase), handed_over)
        .get("/faelle/{id}/uebergabeblatt/pdf", Asks::For(Action::SeeCase), handed_over_pdf)
        .get("/teams/sitzungen/{id}/protokoll", team, minutes)
        .get("/teams/sitzungen/{id}/protokoll/pdf", team, minutes_pdf)
        .get("/teams/{item}/blatt", team, consulted)
        .get("/teams/{item}/blatt/pdf", team, consulted_pdf)
        .get("/inobhutnahmen/{id}/protokoll", Asks::For(Action::SeeProtection), care)
        .get("/inobhutnahmen/{id}/protokoll/pdf", Asks::For(Action::SeeProtection), care_pdf)
}

// Handlers --------------------------------------------------------------------------------------------

async fn handed_over(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let (shown, sheet) = handover(&web, &who, case).await?;
    let head = CaseHead::new(&shown.case, &shown.people, web.app.today(), "area");
    let at = format!("/faelle/{case}/uebergabeblatt");
    Ok(page(&RecordPage::new(&web, &who, ("nav-cases", &at), sheet).of_case(head)))
}

async fn handed_over_pdf(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let (_, sheet) = handover(&web, &who, case).await?;
    pressed_on(&web, "uebergabeblatt.pdf", sheet).await
}

async fn minutes(State(web): State<Web>, who: SignedIn, Id(id): Id<MeetingId>) -> Result<Response, Oops> {
    let shown = meetings::meeting(&web.app, &who.actor, id).await?;
    let held = t_with("team-meeting-of", &[("x", &shown.meeting.meets_on.german())]);
    let way = vec![("/teams".to_owned(), t("nav-teams")), (format!("/teams/sitzungen/{id}"), held)];
    let sheet = of_meeting(office_name(&web.app).await?, &shown);
    let at = format!("/teams/sitzungen/{id}/protokoll");
    Ok(page(&RecordPage::new(&web, &who, ("nav-meetings", &at), sheet).under(way)))
}

async fn minutes_pdf(State(web): State<Web>, who: SignedIn, Id(id): Id<MeetingId>) -> Result<Response, Oops> {
    let shown = meetings::meeting(&web.app, &who.actor, id).await?;
    let sheet = of_meeting(office_name(&web.app).await?, &shown);
    pressed_on(&web, "protokoll.pdf", sheet).await
}

/// What the program takes for a name is shown beside the sheet, not on it.
async fn consulted(State(web): State<Web>, who: SignedIn, Id(id): Id<AgendaItemId>) -> Result<Response, Oops> {
    let item = consultation::item(&web.app, &who.actor, id).await?.item;
    let way = vec![("/teams".to_owned(), t("nav-teams")), (format!("/teams/{id}"), item.label.clone())];
    let mut names = [&item.question, &item.sheet].map(|text| name_hints(text)).concat();
    names.dedup();
    let sheet = of_consultation(office_name(&web.app).await?, &item);
    let shown = RecordPage::new(&web, &who, ("nav-teams", &format!("/teams/{id}/blatt")), sheet);
    Ok(page(&shown.under(way).warns_of(names)))
}

async fn consulted_pdf(State(web): State<Web>, who: SignedIn, Id(id): Id<AgendaItemId>) -> Result<Response, Oops> {
    let item = consultation::item(&web.app, &who.actor, id).await?.item;
    let sheet = of_consultation(office_name(&web.app).await?, &item);
    pressed_on(&web, "beratungsblatt.pdf", sheet).await
}

async fn care(State(web): State<Web>, who: SignedIn, Id(id): Id<CareId>) -> Result<Response, Oops> {
    let (number, shown) = protection::care_record(&web.app, &who.actor, id).await?;
    let case = shown.care.case;
    let way = vec![(format!("/faelle/{case}"), number.clone()), (format!("/faelle/{case}/schutz"), t("care-title"))];
    let sheet = of_care(office_name(&web.app).await?, number, &shown, web.app.today());
    let at = format!("/inobhutnahmen/{id}/protokoll");
    Ok(page(&RecordPage::new(&web, &who, ("nav-cases", &at), sheet).under(way)))
}

async fn care_pdf(State(web): State<Web>, who: SignedIn, Id(id): Id<CareId>) -> Result<Response, Oops> {
    let (number, shown) = protection::care_record(&web.app, &who.actor, id).await?;
    let sheet = of_care(office_name(&web.app).await?, number, &shown, web.app.today());
    pressed_on(&web, "inobhutnahme.pdf", sheet).await
}

/// Dated with today.
async fn pressed_on(web: &Web, name: &str, sheet: RecordSheet) -> Result<Response, Oops> {
    let today = web.app.today();
    pressed(name, move || record(&sheet, today)).await
}

// Sheets ----------------------------------------------------------------------------------------------

async fn handover(web: &Web, who: &SignedIn, case: CaseId) -> Result<(Sheet, RecordSheet), Oops> {
    let mut shown = handover_sheet::sheet(&web.app, &who.actor, case).await?;
    let next = std::mem::take(&mut shown.next).into_iter();
    let next: Vec<DueLine> = next.map(|one| DueLine::new(one, web.app.today(), who.actor.user)).collect();
    let sheet = of_handover(office_name(&web.app).await?, &shown, &next);
    Ok((shown, sheet))
}

/// The question and the sheet as the team has it: names are out, and no more of the case is on it. A line with points
/// below it is their heading.
fn of_consultation(office: String, item: &consultation::ItemView) -> RecordSheet {
    let mut sections = vec![section(t("item-question"), vec![item.question.clone()])];
    let lines: Vec<&str> = item.sheet.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for (at, line) in lines.iter().enumerate() {
        let has_points = lines.get(at + 1).is_some_and(|next| next.starts_with("- "));
        if has_points && !line.starts_with("- ") {
            sections.push(RecordSection { heading: (*line).to_owned(), lines: Vec::new() });
            continue;
        }
        if sections.len() == 1 {
            sections.push(RecordSection { heading: t("sheet-title"), lines: Vec::new() });
        }
        if let Some(last) = sections.last_mut() {
            last.lines.push(line.strip_prefix("- ").unwrap_or(line).to_owned());
        }
    }
    RecordSheet {
        office,
        title: t("sheet-title"),
        about: t("sheet-note"),
        dated_on: item.meets_on,
        facts: vec![(t("item-label"), item.label.clone()), (t("team"), item.team_name.clone())],
        sections,
        signatures: Vec::new(),
    }
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
