// SPDX-License-Identifier: EUPL-1.2
//! Keeping the directory fresh: the keeper's desk, gaps, doubles.

use super::view::{CardView, View};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{FormData, FormView, Frame, Id, Oops, SignedIn, Web, filters, page, redirect, t};
use crate::territory::map::{WIDTH, draw};
use app::resources::{self, CareField, CareMap, Double, TaskRow};
use app::territory;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::kernel::{CardId, CardMergeId, CardTaskId, SpaceId};
use domain::resources::{Proposed, Topic};
use uuid::Uuid;

// Handlers --------------------------------------------------------------------------------------------

pub async fn desk(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&DeskPage::load(&web, &who, None).await?))
}

pub async fn settle(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardTaskId>,
    form: FormData,
) -> Result<Response, Oops> {
    let take = form.value("was") == "nehmen";
    let key = form.key()?;
    match attempt(Ok(()), |()| resources::settle(&web.app, &who.actor, Some(key), (id, take))).await? {
        Ok(_) => Ok(redirect("/ressourcen/pflege#hinweise")),
        Err(wrong) => {
            let view = FormView::new("task", key.id).refused(&form, &wrong);
            Ok(refused(&DeskPage::load(&web, &who, Some((id, view))).await?))
        }
    }
}

pub async fn gaps(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let fields = resources::care_map(&web.app, &who.actor).await?;
    let spaces = territory::spaces(&web.app, &who.actor).await?;
    let shapes = territory::shapes(&web.app, &who.actor).await?;
    let drawing = draw(&shapes);
    let lines: Vec<GapLine> = spaces.into_iter().map(|space| GapLine::of(space.id, space.name, &fields)).collect();
    let heat = |drawn: &crate::territory::map::Drawn| {
        let line = lines.iter().find(|line| line.id == drawn.space)?;
        Some(Heat { path: drawn.path.clone(), name: line.name.clone(), shade: line.shade(), old: line.share() })
    };
    let areas = drawing.spaces.iter().filter_map(heat).collect();
    Ok(page(&GapPage { frame: Frame::new(&web, &who, "nav-gaps"), areas, height: drawing.height, lines }))
}

pub async fn doubles(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let (all, today) = (resources::doubles(&web.app, &who.actor).await?, web.app.today());
    let pair = |double: &Double| {
        let view = |row| CardView::of(row, View::Inside, today);
        Pair {
            first: view(&double.first),
            second: view(&double.second),
            like: double.like.code(),
            keys: [web.app.fresh(), web.app.fresh()],
        }
    };
    let pairs = all.pairs.iter().map(pair).collect();
    Ok(page(&DoublesPage { frame: Frame::new(&web, &who, "nav-doubles"), pairs, more: all.more }))
}

pub async fn join(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let mut read = Parser::new(&form);
    let (kept, gone) = (read.id::<CardId>("kept"), read.id::<CardId>("gone"));
    let both = read.finish(kept.zip(gone)).map_err(app::Failure::from)?;
    let kept = resources::join(&web.app, &who.actor, Some(form.key()?), both).await?;
    Ok(redirect(&format!("/ressourcen/{kept}#verbunden")))
}

pub async fn part(State(web): State<Web>, who: SignedIn, Id(id): Id<CardId>, form: FormData) -> Result<Response, Oops> {
    let mut read = Parser::new(&form);
    let merge = read.id::<CardMergeId>("merge");
    let merge = read.finish(merge).map_err(app::Failure::from)?;
    resources::part(&web.app, &who.actor, Some(form.key()?), (id, merge)).await?;
    Ok(redirect(&format!("/ressourcen/{id}")))
}

// Pages -----------------------------------------------------------------------------------------------

/// Something that was told.
struct Task {
    row: TaskRow,
    fields: Vec<TaskField>,
    keys: [Uuid; 2],
    /// What is wrong with taking it.
    wrong: Option<FormView>,
}

/// A field that is proposed.
struct TaskField {
    /// Where what is wrong with it points to.
    id: String,
    label: String,
    value: String,
    /// What stands there by now, if it was changed since it was proposed.
    now: Option<String>,
}

impl TaskField {
    fn of((proposed, now): (Proposed, String)) -> Self {
        let name = proposed.field.replace('_', "-");
        let changed = now != proposed.stood && now != proposed.value;
        Self {
            id: format!("task-{name}"),
            label: t(&format!("card-{name}")),
            value: proposed.value,
            now: changed.then_some(if now.is_empty() { t("task-empty") } else { now }),
        }
    }
}

#[derive(Template)]
#[template(path = "resources/desk.html")]
struct DeskPage {
    frame: Frame,
    due: Vec<(CardView, Uuid)>,
    tasks: Vec<Task>,
}

impl DeskPage {
    /// The desk, perhaps with what is wrong with a task that was taken.
    async fn load(web: &Web, who: &SignedIn, mut wrong: Option<(CardTaskId, FormView)>) -> Result<Self, Oops> {
        let (desk, today) = (resources::desk(&web.app, &who.actor).await?, web.app.today());
        let due = desk.due.iter().map(|row| (CardView::of(row, View::Inside, today), web.app.fresh())).collect();
        let task = |(row, told): (TaskRow, resources::OwnerTask)| Task {
            fields: told.fields.into_iter().map(TaskField::of).collect(),
            keys: [web.app.fresh(), web.app.fresh()],
            wrong: wrong.take_if(|(id, _)| *id == row.id).map(|(_, view)| view),
            row,
        };
        let tasks = desk.tasks.into_iter().map(task).collect();
        Ok(Self { frame: Frame::new(web, who, "nav-care"), due, tasks })
    }
}

/// A space with its numbers by topic.
struct GapLine {
    id: SpaceId,
    name: String,
    whole: CareField,
    fields: Vec<CareField>,
}

impl GapLine {
    fn of(id: SpaceId, name: String, all: &CareMap) -> Self {
        let field = |topic: Option<Topic>| all.get(&(id, topic)).copied().unwrap_or_default();
        let fields = Topic::ALL.iter().map(|topic| field(Some(*topic))).collect();
        Self { id, name, whole: field(None), fields }
    }

    /// Share of old cards in percent; all of them where there are none.
    fn share(&self) -> usize {
        (self.whole.stale * 100).checked_div(self.whole.cards).unwrap_or(100)
    }

    fn shade(&self) -> usize {
        match self.share() {
            0..10 => 0,
            10..25 => 1,
            25..50 => 2,
            50..75 => 3,
            _ => 4,
        }
    }

    /// Topics without any card.
    fn missing(&self) -> String {
        let none = Topic::ALL.iter().zip(&self.fields).filter(|(_, field)| field.cards == 0);
        none.map(|(topic, _)| t(&format!("topic-{}", topic.code()))).collect::<Vec<_>>().join(", ")
    }
}

/// A space on the map.
struct Heat {
    path: String,
    name: String,
    shade: usize,
    old: usize,
}

#[derive(Template)]
#[template(path = "resources/gaps.html")]
struct GapPage {
    frame: Frame,
    areas: Vec<Heat>,
    height: i64,
    lines: Vec<GapLine>,
}

impl GapPage {
    fn width(&self) -> i64 {
        WIDTH
    }
}

/// Two cards that may be of the same thing.
struct Pair {
    first: CardView,
    second: CardView,
    like: &'static str,
    keys: [Uuid; 2],
}

#[derive(Template)]
#[template(path = "resources/doubles.html")]
struct DoublesPage {
    frame: Frame,
    pairs: Vec<Pair>,
    /// So many more were found.
    more: usize,
}
