// SPDX-License-Identifier: EUPL-1.2
//! New cuts of the spaces: hand files in, look at everything that would change, plan, withdraw.

use super::map::{self, Drawing};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::sheet::Sheet;
use crate::kit::{
    Asks, FormData, FormView, Frame, Id, LARGE, Oops, Routes, SignedIn, Uploaded, Web, filters, page, redirect, t,
};
use app::territory::{self, Draft, NewRecut, Preview, RecutLine, Upload};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{Line, RecutId, Refusals, SpaceId};
use domain::territory::{Boundary, RecutState, StreetMove, Whereabouts, is_importable};

/// Rows of a long list on the page; the file has all of them.
const SHOWN: usize = 200;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let (see, manage) = (Asks::For(Action::SeeDirectory), Asks::For(Action::ManageTerritory));
    Routes::default()
        .get("/sozialraeume/neuzuschnitt", see, list)
        .post("/sozialraeume/neuzuschnitt", manage, hand_in)
        .get("/sozialraeume/neuzuschnitt/{id}", see, show)
        .get("/sozialraeume/neuzuschnitt/{id}/adressen", manage, addresses)
        .post("/sozialraeume/neuzuschnitt/{id}/planen", manage, plan)
        .post("/sozialraeume/neuzuschnitt/{id}/uebergaben", manage, list_handovers)
        .post("/sozialraeume/neuzuschnitt/{id}/namen", manage, adopt_names)
        .post("/sozialraeume/neuzuschnitt/{id}/zuruecknehmen", manage, withdraw)
}

// Forms -----------------------------------------------------------------------------------------------

fn upload(sent: &Uploaded<LARGE>, field: &str) -> Option<Upload> {
    sent.file(field).map(|file| Upload { name: file.name.clone(), bytes: file.bytes.clone() })
}

fn parse(sent: &Uploaded<LARGE>) -> Result<Draft, Refusals> {
    let mut read = Parser::new(&sent.form);
    let (title, valid_from) = (read.line("title"), read.day("valid_from"));
    let (key_field, name_field) = (read.line("key_field"), read.line("name_field"));
    let region_field = read.maybe_line("region_field");
    let spaces = upload(sent, "spaces");
    if spaces.is_none() {
        read.note_all(vec![territory::RECUT_FILE_MISSING.broken_at("spaces")]);
    }
    let streets = match (upload(sent, "zu"), upload(sent, "ra")) {
        (None, None) => None,
        (Some(zu), Some(ra)) => Some((zu, ra)),
        (None, _) => {
            read.note_all(vec![territory::RECUT_FILE_MISSING.broken_at("zu")]);
            None
        }
        (_, None) => {
            read.note_all(vec![territory::RECUT_FILE_MISSING.broken_at("ra")]);
            None
        }
    };
    let points = upload(sent, "points");
    let text = |line: Line| line.as_str().to_owned();
    let value = (|| {
        let (key_field, name_field) = (text(key_field?), text(name_field?));
        let region_field = region_field?.map(text);
        let new = NewRecut { title: title?, valid_from: valid_from?, key_field, name_field, region_field };
        Some(Draft { new, spaces: spaces?, streets, points })
    })();
    read.finish(value)
}

fn blank(web: &Web) -> FormView {
    let form = FormView::new("recut-new", web.app.fresh());
    form.with("key_field", "schluessel").with("name_field", "name").with("region_field", "region")
}

// Handlers --------------------------------------------------------------------------------------------

async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<ListPage, Oops> {
    let recuts = territory::recuts(&web.app, &who.actor).await?;
    let may_manage = who.may(Action::ManageTerritory);
    Ok(ListPage { frame: Frame::new(web, who, "nav-spaces"), recuts, form, may_manage })
}

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let form = blank(&web);
    Ok(page(&load(&web, &who, form).await?))
}

async fn hand_in(State(web): State<Web>, who: SignedIn, sent: Uploaded<LARGE>) -> Result<Response, Oops> {
    who.must(Action::ManageTerritory)?;
    let key = sent.form.key()?;
    match attempt(parse(&sent), |new| territory::draft(&web.app, &who.actor, Some(key), new)).await? {
        Ok(id) => Ok(redirect(&format!("/sozialraeume/neuzuschnitt/{id}"))),
        Err(wrong) => {
            let form = FormView::new("recut-new", key.id).refused(&sent.form, &wrong);
            Ok(refused(&load(&web, &who, form).await?))
        }
    }
}

async fn view(web: &Web, who: &SignedIn, id: RecutId) -> Result<PreviewPage, Oops> {
    let seen = territory::preview(&web.app, &who.actor, id).await?;
    Ok(PreviewPage::new(web, who, seen))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<RecutId>) -> Result<Response, Oops> {
    Ok(page(&view(&web, &who, id).await?))
}

async fn addresses(State(web): State<Web>, who: SignedIn, Id(id): Id<RecutId>) -> Result<Response, Oops> {
    let changed = territory::changed_addresses(&web.app, &who.actor, id).await?;
    let head = ["recut-address", "recut-from", "recut-to"].map(t).into();
    let rows = changed.into_iter().map(|row| row.map(Into::into).into()).collect();
    Ok(Sheet { head, rows }.file("neuzuschnitt-adressen", "csv"))
}

/// A step without fields: back to the page, or the page with what is wrong.
async fn step(web: &Web, who: &SignedIn, id: RecutId, done: Result<RecutId, app::Failure>) -> Result<Response, Oops> {
    match crate::kit::answer::for_form(done)? {
        Ok(id) => Ok(redirect(&format!("/sozialraeume/neuzuschnitt/{id}"))),
        Err(wrong) => {
            let mut shown = view(web, who, id).await?;
            shown.act = FormView::new("recut-act", web.app.fresh()).refused(&FormData::default(), &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn plan(State(web): State<Web>, who: SignedIn, Id(id): Id<RecutId>, form: FormData) -> Result<Response, Oops> {
    let done = territory::plan(&web.app, &who.actor, Some(form.key()?), id).await;
    step(&web, &who, id, done).await
}

async fn list_handovers(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<RecutId>,
    form: FormData,
) -> Result<Response, Oops> {
    let done = territory::list_handovers(&web.app, &who.actor, Some(form.key()?), id).await;
    step(&web, &who, id, done).await
}

async fn adopt_names(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<RecutId>,
    form: FormData,
) -> Result<Response, Oops> {
    let done = territory::adopt_names(&web.app, &who.actor, Some(form.key()?), id).await;
    step(&web, &who, id, done).await
}

async fn withdraw(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<RecutId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let why = read.note("why");
    let done = attempt(read.finish(why), |why| territory::withdraw(&web.app, &who.actor, Some(key), id, why)).await?;
    match done {
        Ok(id) => Ok(redirect(&format!("/sozialraeume/neuzuschnitt/{id}"))),
        Err(wrong) => {
            let mut shown = view(&web, &who, id).await?;
            // What concerns no field is said above, as the form may not be there any more.
            shown.act = FormView::new("recut-act", web.app.fresh()).refused(&form, &wrong);
            shown.back = FormView::new("recut-back", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "territory/recuts.html")]
struct ListPage {
    frame: Frame,
    recuts: Vec<RecutLine>,
    form: FormView,
    may_manage: bool,
}

/// A space on one of both maps.
struct Area {
    name: String,
    path: String,
    x: i64,
    y: i64,
    named: bool,
    /// 3 where its area changes, else 0.
    shade: usize,
}

type Shapes = [(SpaceId, Boundary)];

fn areas(drawing: &Drawing, seen: &Preview, (mine, other): (&Shapes, &Shapes)) -> Vec<Area> {
    let name = |space: SpaceId| seen.names.get(&space).map_or("", String::as_str);
    let of = |all: &'_ Shapes, space: SpaceId| {
        all.iter().filter(|(id, _)| *id == space).map(|(_, boundary)| boundary.clone()).collect::<Vec<_>>()
    };
    let named = map::named(drawing, name);
    let area = |(drawn, named): (&map::Drawn, bool)| {
        let changed = of(mine, drawn.space) != of(other, drawn.space);
        let (x, y) = drawn.label;
        let (name, path) = (name(drawn.space).to_owned(), drawn.path.clone());
        Area { name, path, x, y, named, shade: if changed { 3 } else { 0 } }
    };
    drawing.spaces.iter().zip(named).map(area).collect()
}

#[derive(Template)]
#[template(path = "territory/recut.html")]
struct PreviewPage {
    frame: Frame,
    seen: Preview,
    /// The map before, and after, with their common height.
    maps: [(&'static str, Vec<Area>); 2],
    height: i64,
    act: FormView,
    back: FormView,
}

impl PreviewPage {
    fn new(web: &Web, who: &SignedIn, seen: Preview) -> Self {
        let (old, new) = &seen.shapes;
        let both: Vec<(SpaceId, Boundary)> = old.iter().chain(new).cloned().collect();
        let (before, after) = (map::draw_in(old, &both), map::draw_in(new, &both));
        let maps =
            [("recut-before", areas(&before, &seen, (old, new))), ("recut-after", areas(&after, &seen, (new, old)))];
        let form = |prefix| FormView::new(prefix, web.app.fresh());
        let (act, back) = (form("recut-act"), form("recut-back"));
        Self {
            frame: Frame::new(web, who, "nav-spaces"),
            height: after.height.max(before.height),
            maps,
            seen,
            act,
            back,
        }
    }

    fn width(&self) -> i64 {
        map::WIDTH
    }

    fn is_sound(&self) -> bool {
        is_importable(&self.seen.findings)
    }

    fn is_draft(&self) -> bool {
        self.seen.recut.state == RecutState::Draft
    }

    fn is_planned(&self) -> bool {
        self.seen.recut.state == RecutState::Planned
    }

    fn may_withdraw(&self) -> bool {
        self.seen.may_manage && self.seen.recut.state != RecutState::Withdrawn && !self.seen.in_force
    }

    fn place(&self, whereabouts: &Whereabouts) -> String {
        match whereabouts {
            Whereabouts::In(space) => self.space(Some(space)),
            Whereabouts::Ambiguous => t("recut-ambiguous"),
            Whereabouts::Outside => t("recut-outside"),
            Whereabouts::Unknown => t("recut-unknown"),
        }
    }

    fn space(&self, space: Option<&SpaceId>) -> String {
        space.and_then(|space| self.seen.names.get(space).cloned()).unwrap_or_else(|| t("recut-nobody"))
    }

    fn streets(&self) -> impl Iterator<Item = &StreetMove> {
        self.seen.streets.iter().take(SHOWN)
    }

    fn more_streets(&self) -> usize {
        self.seen.streets.len().saturating_sub(SHOWN)
    }

    fn numbers(&self, one: &StreetMove) -> String {
        let side = t(if one.odd { "recut-odd" } else { "recut-even" });
        match one.last {
            Some(last) if last == one.first => format!("{} ({side})", one.first),
            Some(last) => format!("{}–{last} ({side})", one.first),
            None => format!("{} {} ({side})", t("recut-from-number"), one.first),
        }
    }
}
