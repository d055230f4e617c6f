// SPDX-License-Identifier: EUPL-1.2
//! The genogram of a case: a drawing and a list that say the same, changed by forms, one thing at a time.

mod page;
mod picture;

use self::page::GenogramTemplate;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, page, redirect};
use app::casework::genogram;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::casework::genogram::{ChildBond, Descent, GenogramEdit, Kin, NewKin, UnionKind, check_year};
use domain::casework::network::Symbol;
use domain::kernel::{CaseId, Refusals};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/genogramm", Asks::For(Action::SeeCase), drawing)
        .post("/faelle/{id}/genogramm/menschen", work, put_kin)
        .post("/faelle/{id}/genogramm/paare", work, join)
        .post("/faelle/{id}/genogramm/kinder", work, descend)
        .post("/faelle/{id}/genogramm/weg", work, remove)
        .post("/faelle/{id}/genogramm/festhalten", work, fix)
}

/// What is looked at.
#[derive(Deserialize)]
struct Asked {
    /// Number of a version.
    #[serde(default)]
    fassung: String,
    /// Somebody to be edited.
    #[serde(default)]
    mensch: String,
}

/// The forms of the page.
struct Forms {
    kin: FormView,
    union: FormView,
    descent: FormView,
    fix: FormView,
}

impl Forms {
    fn blank(web: &Web) -> Self {
        Self {
            kin: kin_form(web.app.fresh(), None),
            union: FormView::new("union", web.app.fresh()),
            descent: FormView::new("descent", web.app.fresh()).with("bond", ChildBond::Birth.code()),
            fix: FormView::new("sheet", web.app.fresh()).with("dated_on", web.app.today()),
        }
    }
}

fn kin_form(key: Uuid, known: Option<&Kin>) -> FormView {
    let view = FormView::new("kin", key);
    let Some(one) = known else { return view };
    let number = |value: Option<i16>| value.map_or(String::new(), |value| value.to_string());
    let flags: Vec<&str> = [("index", one.index), ("deceased", one.deceased)]
        .iter()
        .filter(|(_, is)| *is)
        .map(|(code, _)| *code)
        .collect();
    view.with("kin", one.id)
        .with("name", one.name.as_str())
        .with("symbol", one.symbol.code())
        .with("born", number(one.born))
        .with("died", number(one.died))
        .with("household", one.household.map_or(String::new(), |number| number.to_string()))
        .with("person", one.person.map_or(String::new(), |person| person.to_string()))
        .with_each("flags", &flags)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_kin(form: &FormData, this_year: i16) -> Result<(Option<u32>, NewKin), Refusals> {
    let mut read = Parser::new(form);
    let (name, symbol) = (read.line("name"), read.code("symbol", Symbol::from_code));
    let born = read.maybe("born", |text| check_year(text, this_year));
    let died = read.maybe("died", |text| check_year(text, this_year));
    let household = read.maybe("household", |text| text.parse::<u8>().or(Err(CHOICE_MISSING.broken())));
    let person = read.maybe_id("person");
    let flagged = |flag: &str| form.values("flags").any(|value| value == flag);
    let value = (|| {
        let new = NewKin {
            person: person?,
            name: name?,
            symbol: symbol?,
            born: born?,
            died: died?,
            deceased: flagged("deceased"),
            index: flagged("index"),
            household: household?,
        };
        Some((form.value("kin").parse().ok(), new))
    })();
    read.finish(value)
}

fn parse_union(form: &FormData) -> Result<GenogramEdit, Refusals> {
    let mut read = Parser::new(form);
    let (a, b) = (read.code("a", |text| text.parse().ok()), read.code("b", |text| text.parse().ok()));
    let kind = read.code("kind", UnionKind::from_code);
    let value = (|| Some(GenogramEdit::Join(a?, b?, kind?)))();
    read.finish(value)
}

fn parse_descent(form: &FormData) -> Result<GenogramEdit, Refusals> {
    let mut read = Parser::new(form);
    let number = |text: &str| text.parse::<u32>().ok();
    let (child, parent) = (read.code("child", number), read.code("parent", number));
    let other = read.maybe("other", |text| number(text).ok_or(CHOICE_MISSING.broken()));
    let bond = read.code("bond", ChildBond::from_code);
    let value =
        (|| Some(GenogramEdit::Descend(Descent { child: child?, parent: parent?, other: other?, bond: bond? })))();
    read.finish(value)
}

/// What is taken out of the drawing: somebody, a couple, or a child's line.
fn parse_removal(form: &FormData) -> Option<GenogramEdit> {
    let number = |field: &str| form.value(field).parse().ok();
    match form.value("what") {
        "kin" => Some(GenogramEdit::Remove(number("id")?)),
        "union" => Some(GenogramEdit::Part(number("id")?)),
        "descent" => Some(GenogramEdit::Undo(number("id")?, number("parent")?)),
        _ => None,
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn drawing(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let shown = genogram::page(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(&web);
    if let Some(kin) = asked.mensch.parse().ok().and_then(|id| shown.sheets.now.kin(id)) {
        forms.kin = kin_form(web.app.fresh(), Some(kin));
    }
    let frame = Frame::new(&web, &who, "nav-cases");
    Ok(page(&GenogramTemplate::new(frame, &web, shown, (forms, &asked.fassung))))
}

/// The page again with one form refused.
async fn again(web: &Web, who: &SignedIn, case: CaseId, put: impl FnOnce(&mut Forms) + Send) -> Result<Response, Oops> {
    let shown = genogram::page(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(web);
    put(&mut forms);
    Ok(refused(&GenogramTemplate::new(Frame::new(web, who, "nav-cases"), web, shown, (forms, ""))))
}

async fn put_kin(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let put = |(id, new)| genogram::edit(&web.app, &who.actor, Some(key), case, GenogramEdit::Put(id, Box::new(new)));
    match attempt(parse_kin(&form, web.app.today().year()), put).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/genogramm#zeichnung"))),
        Err(wrong) => {
            let view = FormView::new("kin", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.kin = view).await
        }
    }
}

async fn join(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let edit = |edit| genogram::edit(&web.app, &who.actor, Some(key), case, edit);
    match attempt(parse_union(&form), edit).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/genogramm#zeichnung"))),
        Err(wrong) => {
            let view = FormView::new("union", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.union = view).await
        }
    }
}

async fn descend(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let edit = |edit| genogram::edit(&web.app, &who.actor, Some(key), case, edit);
    match attempt(parse_descent(&form), edit).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/genogramm#zeichnung"))),
        Err(wrong) => {
            let view = FormView::new("descent", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.descent = view).await
        }
    }
}

async fn remove(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let edit = parse_removal(&form).ok_or(Oops::Unreadable)?;
    genogram::edit(&web.app, &who.actor, Some(key), case, edit).await?;
    Ok(redirect(&format!("/faelle/{case}/genogramm#liste")))
}

async fn fix(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let day = read.day("dated_on");
    let done = attempt(read.finish(day), |day| genogram::fix(&web.app, &who.actor, Some(key), case, day));
    match done.await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/genogramm#fassungen"))),
        Err(wrong) => {
            let view = FormView::new("sheet", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.fix = view).await
        }
    }
}
