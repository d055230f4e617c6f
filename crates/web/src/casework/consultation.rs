// SPDX-License-Identifier: EUPL-1.2
//! Collegial consultation: a case's way to the team, the team's agenda, ideas and minutes. The team gives
//! ideas; no page here approves anything.

use super::head::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t,
};
use app::access::drafts;
use app::casework::consultation::{self, IdeaView, ItemPage, ItemView, SheetLine};
use app::casework::meetings::{self, IdeaAnswerView, MeetingView};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{IdeaAnswer, IdeaKind, NewIdea, Question};
use domain::kernel::{AgendaItemId, CaseId, Day, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/beratung", Asks::For(Action::SeeCase), of_case)
        .post("/faelle/{id}/beratung", Asks::For(Action::WorkOnCase), put_on_agenda)
        .get("/teams", Asks::For(Action::SeeConsultation), agenda)
        .get("/teams/{item}", Asks::For(Action::SeeConsultation), item)
        .post("/teams/{item}/ideen", Asks::For(Action::AdviseInTeam), note_idea)
        .post("/teams/{item}/abschluss", Asks::For(Action::HoldConsultation), close)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_question(form: &FormData) -> Result<Question, Refusals> {
    let mut read = Parser::new(form);
    let (question, sheet, meets_on) = (read.note("question"), read.note("sheet"), read.day("meets_on"));
    let read_over = form.value("read_over") == "1";
    let value = (|| Some(Question { question: question?, sheet: sheet?, meets_on: meets_on?, read_over }))();
    read.finish(value)
}

fn parse_idea(form: &FormData) -> Result<NewIdea, Refusals> {
    let mut read = Parser::new(form);
    let (kind, words) = (read.code("kind", IdeaKind::from_code), read.line("words"));
    read.finish(kind.zip(words).map(|(kind, words)| NewIdea { kind, words }))
}

/// The proposed sheet as text: German headings, one line each.
fn sheet_text(lines: &[SheetLine]) -> String {
    let mut text = String::new();
    let mut heading = "";
    for (code, words) in lines {
        if *code != heading {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n", t(&format!("sheet-{code}"))));
            heading = code;
        }
        text.push_str(&format!("- {words}\n"));
    }
    text
}

// Handlers --------------------------------------------------------------------------------------------

async fn of_case(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&case_page(&web, &who, case, None, None).await?))
}

/// The page of a case's consultations, with a form as it was sent.
pub(super) async fn case_page(
    web: &Web,
    who: &SignedIn,
    case: CaseId,
    agenda: Option<(FormView, Vec<String>)>,
    answer: Option<FormView>,
) -> Result<CasePage, Oops> {
    let proposal = consultation::propose(&web.app, &who.actor, case).await?;
    let answers = meetings::answers(&web.app, &who.actor, case).await?;
    let (form, names) = match agenda {
        Some(sent) => sent,
        None => {
            let key = consultation::form(case);
            let typed = drafts(&web.app, &who.actor, &key).await?;
            let form = FormView::new("agenda", web.app.fresh()).with_drafts(key, typed);
            (form.with("sheet", sheet_text(&proposal.sheet)), Vec::new())
        }
    };
    let today = web.app.today();
    let answer = answer.unwrap_or_else(|| FormView::new("team-answer", web.app.fresh()).with("said_on", today));
    let head = CaseHead::new(&proposal.case, &proposal.people, today, "consultation");
    Ok(CasePage::new(Frame::new(web, who, "nav-cases"), head, (proposal.items, answers), (form, names, answer)))
}

async fn put_on_agenda(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done =
        attempt(parse_question(&form), |new| consultation::put_on_agenda(&web.app, &who.actor, Some(key), case, new))
            .await?;
    match done {
        Ok(item) => Ok(redirect(&format!("/teams/{item}"))),
        Err(wrong) => {
            let texts = ["question", "sheet"].map(|field| form.value(field).to_owned());
            let names = consultation::look_for_names(&web.app, &who.actor, case, texts).await?;
            let view = FormView::new("agenda", key.id).with_drafts(consultation::form(case), Vec::new());
            Ok(refused(&case_page(&web, &who, case, Some((view.refused(&form, &wrong), names)), None).await?))
        }
    }
}

async fn agenda(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let items = consultation::agenda(&web.app, &who.actor).await?;
    let meetings = meetings::list(&web.app, &who.actor).await?.meetings;
    Ok(page(&AgendaPage::new(Frame::new(&web, &who, "nav-teams"), items, meetings)))
}

async fn item(State(web): State<Web>, who: SignedIn, Id(id): Id<AgendaItemId>) -> Result<Response, Oops> {
    Ok(page(&ItemTemplate::load(&web, &who, id).await?))
}

async fn note_idea(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgendaItemId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_idea(&form), |new| consultation::note_idea(&web.app, &who.actor, key, id, new)).await?;
    let path = format!("/teams/{id}#ideen");
    back(done, &path, ("idea-form", &form), || ItemTemplate::load(&web, &who, id)).await
}

async fn close(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgendaItemId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let minutes = read.maybe_note("minutes");
    let done = attempt(read.finish(minutes), |minutes| consultation::hold(&web.app, &who.actor, key, id, minutes));
    let path = format!("/teams/{id}");
    back(done.await?, &path, ("minutes", &form), || ItemTemplate::load(&web, &who, id)).await
}

// Pages -----------------------------------------------------------------------------------------------

/// Ideas by kind: own strength first, paid help last, dissent apart.
#[derive(Template)]
#[template(path = "casework/ideas.html")]
struct Ideas<'a> {
    groups: Vec<(&'static str, Vec<&'a IdeaView>)>,
    /// How deep the headings are.
    level: u8,
    /// What the family said, for those who see its case.
    answers: &'a [IdeaAnswerView],
}

impl HtmlSafe for Ideas<'_> {}

impl<'a> Ideas<'a> {
    fn of(ideas: &'a [IdeaView], level: u8) -> Self {
        let of_kind = |kind: &IdeaKind| (kind.code(), ideas.iter().filter(|idea| idea.kind == *kind).collect());
        let groups = IdeaKind::ALL.iter().map(of_kind).filter(|(_, ideas): &(_, Vec<_>)| !ideas.is_empty());
        Self { groups: groups.collect(), level, answers: &[] }
    }

    /// The last that the family said to an idea.
    fn answer(&self, idea: &IdeaView) -> Option<&IdeaAnswerView> {
        self.answers.iter().rev().find(|answer| answer.idea == idea.id)
    }
}

#[derive(Template)]
#[template(path = "casework/case_consultation.html")]
pub(super) struct CasePage {
    frame: Frame,
    head: CaseHead,
    items: Items,
    answers: Vec<IdeaAnswerView>,
    form: FormView,
    /// What may be a name in what was typed.
    names: Vec<String>,
    read_over: Vec<Choice>,
    answer: FormView,
    ideas: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// Consultations with their ideas.
type Items = Vec<(ItemView, Vec<IdeaView>)>;

impl CasePage {
    fn new(
        frame: Frame,
        head: CaseHead,
        (items, answers): (Items, Vec<IdeaAnswerView>),
        (form, names, answer): (FormView, Vec<String>, FormView),
    ) -> Self {
        let codes: Vec<_> = IdeaAnswer::ALL.iter().map(|answer| answer.code()).collect();
        let told = items.iter().filter(|(item, _)| item.held_on.is_some()).flat_map(|(_, ideas)| ideas);
        let told = told.filter(|idea| idea.kind != IdeaKind::Dissent);
        Self {
            ideas: told.map(|idea| Choice::new(idea.id, idea.words.clone())).collect(),
            kinds: Choice::words("idea-answer", &codes),
            read_over: vec![Choice::new("1", t("agenda-read-over-yes"))],
            frame,
            head,
            items,
            answers,
            form,
            names,
            answer,
        }
    }

    fn ideas<'a>(&'a self, ideas: &'a [IdeaView]) -> Ideas<'a> {
        Ideas { answers: &self.answers, ..Ideas::of(ideas, 4) }
    }
}

/// Items by day.
type Days = Vec<(Day, Vec<ItemView>)>;

#[derive(Template)]
#[template(path = "casework/agenda.html")]
struct AgendaPage {
    frame: Frame,
    /// Still to come, next first.
    open: Days,
    /// Held, latest first.
    held: Days,
    meetings: Vec<MeetingView>,
}

impl AgendaPage {
    fn new(frame: Frame, items: Vec<ItemView>, meetings: Vec<MeetingView>) -> Self {
        let (held, open): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.held_on.is_some());
        let mut held = by_day(held, |item| item.held_on.unwrap_or(item.meets_on));
        held.reverse();
        Self { frame, open: by_day(open, |item| item.meets_on), held, meetings }
    }

    /// Meetings of a day.
    fn on(&self, day: &Day) -> Vec<&MeetingView> {
        self.meetings.iter().filter(|one| one.meets_on == *day).collect()
    }
}

fn by_day(mut items: Vec<ItemView>, day: fn(&ItemView) -> Day) -> Days {
    items.sort_by_key(day);
    let mut days: Days = Vec::new();
    for item in items {
        match days.last_mut() {
            Some((last, of_day)) if *last == day(&item) => of_day.push(item),
            _ => days.push((day(&item), vec![item])),
        }
    }
    days
}

#[derive(Template)]
#[template(path = "casework/item.html")]
struct ItemTemplate {
    frame: Frame,
    shown: ItemPage,
    forms: Forms,
    kinds: Vec<Choice>,
}

impl ManyForms for ItemTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ItemTemplate {
    async fn load(web: &Web, who: &SignedIn, id: AgendaItemId) -> Result<Self, Oops> {
        let shown = consultation::item(&web.app, &who.actor, id).await?;
        let key = consultation::minutes_form(id);
        let typed = drafts(&web.app, &who.actor, &key).await?;
        let mut forms = Forms::blank(web, &["idea-form"]);
        forms.put("minutes", FormView::new("minutes", web.app.fresh()).with_drafts(key, typed));
        Ok(Self::new(Frame::new(web, who, "nav-teams"), shown, forms))
    }

    fn new(frame: Frame, shown: ItemPage, forms: Forms) -> Self {
        let codes: Vec<_> = IdeaKind::ALL.iter().map(|kind| kind.code()).collect();
        Self { frame, shown, forms, kinds: Choice::words("idea", &codes) }
    }

    fn ideas(&self) -> Ideas<'_> {
        Ideas::of(&self.shown.ideas, 3)
    }
}

#[cfg(test)]
#[path = "consultation_tests.rs"]
mod tests;
