// SPDX-License-Identifier: EUPL-1.2
//! Public cards as the HSDS 3.1 API names them (Open Referral), read only, and everything in one file. The same search
//! as the page; what it does not show is not here either.

use super::ask::{self, Question};
use super::hsds_files::Asker;
use crate::kit::{Id, Oops, Web, t};
use app::resources::{self, CardRow, HSDS_VERSION, HsdsWriter};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::kernel::CardId;
use domain::resources::Viewer;
use serde::Deserialize;
use serde_json::{Value, json};

/// Cards in one file.
pub(super) const MOST: usize = 100_000;
/// Cards that are held at once.
pub(super) const STEP: usize = 500;
/// Things on a page, if nothing is said, and at most.
const PAGE: (usize, usize) = (50, 500);

/// Does this field of a card stay inside the office?
pub(super) fn is_inside(field: &str) -> bool {
    matches!(field, "key_person" | "second_person" | "skills" | "likes" | "visibility") || field.starts_with("consent")
}

/// The parameters of HSDS, beside those of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Paging {
    search: String,
    page: String,
    per_page: String,
    full: String,
    minimal: String,
    taxonomy_term_id: String,
    organization_id: String,
}

impl Paging {
    /// How many to leave out, and how many to give.
    fn window(&self) -> (usize, usize) {
        let size = self.per_page.parse().unwrap_or(PAGE.0).clamp(1, PAGE.1);
        let page: usize = self.page.parse().unwrap_or(1).clamp(1, MOST);
        ((page - 1) * size, size)
    }

    fn wants(flag: &str) -> bool {
        matches!(flag, "true" | "1")
    }

    /// The question with what HSDS calls differently; nothing for a term that nobody knows.
    fn question(&self, writer: &HsdsWriter<'_>, mut asked: Question) -> Option<Question> {
        if !self.search.is_empty() {
            asked.q.clone_from(&self.search);
        }
        if self.taxonomy_term_id.is_empty() {
            return Some(asked);
        }
        let terms = writer.terms();
        let term = terms.iter().find(|term| term["id"] == self.taxonomy_term_id.as_str())?;
        let (list, code) = term["code"].as_str()?.split_once(':')?;
        match list {
            "topic" => code.clone_into(&mut asked.thema),
            "kind" => code.clone_into(&mut asked.art),
            "sgb8" => code.clone_into(&mut asked.grundlage),
            _ => return None,
        }
        Some(asked)
    }
}

pub(crate) fn writer(web: &Web) -> HsdsWriter<'_> {
    HsdsWriter { office: web.app.office().0, name: &web.office, word: &t }
}

/// A page as HSDS describes it.
fn paged(total: usize, (skip, size): (usize, usize), contents: Vec<Value>) -> Json<Value> {
    let (pages, number) = (total.div_ceil(size).max(1), skip / size + 1);
    Json(json!({
        "total_items": total, "total_pages": pages, "page_number": number, "size": contents.len(),
        "first_page": number == 1, "last_page": number >= pages, "empty": contents.is_empty(), "contents": contents
    }))
}

/// Ids of a window of the public hits, and how many hits there are.
pub(super) async fn hits(web: &Web, asked: Question, window: (usize, usize)) -> Result<(usize, Vec<CardId>), Oops> {
    let asked = Question { alt: String::new(), beendet: String::new(), ..asked };
    let (question, _) = ask::read(web, asked, ("/angebote", false)).await?;
    Ok(resources::ids(&web.app, Viewer::public(), question, window).await?)
}

/// Cards of a window of the hits, and how many hits there are.
async fn some(web: &Web, asked: Question, window: (usize, usize)) -> Result<(usize, Vec<CardRow>), Oops> {
    let (total, ids) = hits(web, asked, window).await?;
    Ok((total, resources::cards(&web.app, Viewer::public(), &ids).await?))
}

/// What a window shows of the things that cards become, and how many there are: cards come and go a step at a time, and
/// only the window stays.
async fn sifted<T>(
    web: &Web,
    asked: Question,
    (skip, size): (usize, usize),
    thing: impl Fn(&CardRow) -> Option<T>,
) -> Result<(usize, Vec<T>), Oops> {
    let (_, ids) = hits(web, asked, (0, MOST)).await?;
    let (mut total, mut window) = (0, Vec::new());
    for step in ids.chunks(STEP) {
        for row in resources::cards(&web.app, Viewer::public(), step).await? {
            let Some(thing) = thing(&row) else { continue };
            if total >= skip && window.len() < size {
                window.push(thing);
            }
            total += 1;
        }
    }
    Ok((total, window))
}

fn nothing() -> Oops {
    Oops::from(app::Failure::Denied(domain::access::Denied::Hidden))
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn about(State(web): State<Web>) -> Json<Value> {
    Json(json!({
        "version": HSDS_VERSION, "profile": "https://example.org/sozialraum/docs/hsds-profil.md",
        "description": t("trade-hsds-publisher"), "publisher": { "name": &*web.office }
    }))
}

pub async fn services(
    State(web): State<Web>,
    asker: Asker,
    Query(asked): Query<Question>,
    Query(paging): Query<Paging>,
) -> Result<Response, Oops> {
    let volatile = !asked.offen.is_empty();
    asker.json(&web.clone(), volatile, async move { services_of(&web, asked, &paging).await }).await
}

async fn services_of(web: &Web, asked: Question, paging: &Paging) -> Result<Json<Value>, Oops> {
    let (writer, window) = (writer(web), paging.window());
    let Some(asked) = paging.question(&writer, asked) else { return Ok(paged(0, window, Vec::new())) };
    let service = |row: &CardRow| match (Paging::wants(&paging.minimal), Paging::wants(&paging.full)) {
        (true, _) => json!({ "id": row.id.to_string() }),
        (_, true) => writer.service(row),
        _ => {
            let mut basic = writer.basic(row);
            basic.insert("organization".to_owned(), writer.provider(row));
            basic.into()
        }
    };
    let organization = paging.organization_id.as_str();
    if organization.is_empty() {
        let (total, rows) = some(web, asked, window).await?;
        return Ok(paged(total, window, rows.iter().map(service).collect()));
    }
    let of = |row: &CardRow| (writer.provider(row)["id"] == organization).then(|| service(row));
    let (total, found) = sifted(web, asked, window, of).await?;
    Ok(paged(total, window, found))
}

pub async fn service(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Json<Value>, Oops> {
    let row = resources::one(&web.app, Viewer::public(), id).await?;
    Ok(Json(writer(&web).service(&row)))
}

pub async fn organizations(
    State(web): State<Web>,
    asker: Asker,
    Query(asked): Query<Question>,
    Query(paging): Query<Paging>,
) -> Result<Response, Oops> {
    let volatile = !asked.offen.is_empty();
    asker.json(&web.clone(), volatile, async move { organizations_of(&web, asked, &paging).await }).await
}

async fn organizations_of(web: &Web, asked: Question, paging: &Paging) -> Result<Json<Value>, Oops> {
    let writer = writer(web);
    let asked = Question { art: "organisation".to_owned(), q: paging.search.clone(), ..asked };
    let (skip, size) = paging.window();
    // The office comes first, and after it those that stand for themselves.
    let window = (skip.saturating_sub(1), if skip == 0 { size - 1 } else { size });
    let (total, rows) = some(web, asked, window).await?;
    let office = (skip == 0).then(|| writer.publisher());
    let contents = office.into_iter().chain(rows.iter().map(|row| writer.provider(row))).collect();
    Ok(paged(total + 1, (skip, size), contents))
}

pub async fn organization(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Json<Value>, Oops> {
    let writer = writer(&web);
    if id.0 == web.app.office().0 {
        return Ok(Json(writer.publisher()));
    }
    let row = resources::one(&web.app, Viewer::public(), id).await?;
    if row.content.kind != domain::resources::CardKind::Organisation {
        return Err(nothing());
    }
    Ok(Json(writer.provider(&row)))
}

pub async fn places(
    State(web): State<Web>,
    asker: Asker,
    Query(asked): Query<Question>,
    Query(paging): Query<Paging>,
) -> Result<Response, Oops> {
    let volatile = !asked.offen.is_empty();
    asker.json(&web.clone(), volatile, async move { places_of(&web, asked, &paging).await }).await
}

async fn places_of(web: &Web, asked: Question, paging: &Paging) -> Result<Json<Value>, Oops> {
    let (writer, window) = (writer(web), paging.window());
    let Some(asked) = paging.question(&writer, asked) else { return Ok(paged(0, window, Vec::new())) };
    let (total, found) = sifted(web, asked, window, |row| writer.place(row)).await?;
    Ok(paged(total, window, found))
}

pub async fn place(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Json<Value>, Oops> {
    let row = resources::one(&web.app, Viewer::public(), id).await?;
    writer(&web).place(&row).map(Json).ok_or_else(nothing)
}

pub async fn taxonomies(State(web): State<Web>, Query(paging): Query<Paging>) -> Json<Value> {
    paged(1, paging.window(), vec![writer(&web).taxonomy()])
}

pub async fn taxonomy(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Json<Value>, Oops> {
    Some(writer(&web).taxonomy()).filter(|one| one["id"] == id.to_string()).map(Json).ok_or_else(nothing)
}

pub async fn terms(State(web): State<Web>, Query(paging): Query<Paging>) -> Json<Value> {
    let all = writer(&web).terms();
    let (skip, size) = paging.window();
    paged(all.len(), (skip, size), all.into_iter().skip(skip).take(size).collect())
}

pub async fn term(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Json<Value>, Oops> {
    let found = writer(&web).terms().into_iter().find(|one| one["id"] == id.to_string());
    found.map(Json).ok_or_else(nothing)
}
