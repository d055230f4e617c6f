// SPDX-License-Identifier: EUPL-1.2
//! Public cards as the HSDS 3.1 API names them (Open Referral), read only, and everything in one file. The same search
//! as the page; what it does not show is not here either.

use super::ask::{self, Question};
use super::files::all;
use crate::kit::{Id, Oops, Web, t};
use app::resources::{self, CardRow, HSDS_VERSION, HsdsWriter};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::kernel::CardId;
use domain::resources::Viewer;
use domain::resources::search::Asked;
use serde::Deserialize;
use serde_json::{Value, json};

/// Cards in one file.
const MOST: usize = 100_000;
/// Things on a page, if nothing is said, and at most.
const PAGE: (usize, usize) = (50, 500);

/// Does this field of a card stay inside the office?
pub(super) fn is_inside(field: &str) -> bool {
    matches!(field, "key_person" | "second_person" | "visibility") || field.starts_with("consent")
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

/// Cards of a window of the hits, and how many hits there are.
async fn some(web: &Web, asked: Question, (skip, size): (usize, usize)) -> Result<(usize, Vec<CardRow>), Oops> {
    let asked = Question { alt: String::new(), beendet: String::new(), ..asked };
    let (mut question, _) = ask::read(web, asked, ("/angebote", false)).await?;
    let (mut rows, mut left) = (Vec::new(), skip);
    loop {
        let limit = (left + size - rows.len()).min(500);
        let step = Asked { limit, ..question.clone() };
        let found = resources::search(&web.app, Viewer::public(), step).await?;
        for listed in found.cards {
            if left > 0 {
                left -= 1;
            } else {
                rows.push(listed.into_row());
            }
        }
        match found.next {
            Some(next) if rows.len() < size => question.after = Some(next),
            _ => return Ok((found.total, rows)),
        }
    }
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
    Query(asked): Query<Question>,
    Query(paging): Query<Paging>,
) -> Result<Json<Value>, Oops> {
    let writer = writer(&web);
    let window = paging.window();
    let Some(asked) = paging.question(&writer, asked) else { return Ok(paged(0, window, Vec::new())) };
    let (total, rows) = match paging.organization_id.as_str() {
        "" => some(&web, asked, window).await?,
        organization => {
            let mut rows = all(&web, asked, (MOST, false)).await?;
            rows.retain(|row| writer.provider(row)["id"] == organization);
            (rows.len(), rows.into_iter().skip(window.0).take(window.1).collect())
        }
    };
    let service = |row: &CardRow| match (Paging::wants(&paging.minimal), Paging::wants(&paging.full)) {
        (true, _) => json!({ "id": row.id.to_string() }),
        (_, true) => writer.service(row),
        _ => {
            let mut basic = writer.basic(row);
            basic.insert("organization".to_owned(), writer.provider(row));
            basic.into()
        }
    };
    Ok(paged(total, window, rows.iter().map(service).collect()))
}

pub async fn service(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Json<Value>, Oops> {
    let row = resources::one(&web.app, Viewer::public(), id).await?;
    Ok(Json(writer(&web).service(&row)))
}

pub async fn organizations(
    State(web): State<Web>,
    Query(asked): Query<Question>,
    Query(paging): Query<Paging>,
) -> Result<Json<Value>, Oops> {
    let writer = writer(&web);
    let asked = Question { art: "organisation".to_owned(), q: paging.search.clone(), ..asked };
    let (skip, size) = paging.window();
    // The office comes first, and after it those that stand for themselves.
    let window = (skip.saturating_sub(1), if skip == 0 { size - 1 } else { size });
    let (total, rows) = some(&web, asked, (window.0, window.1.max(1))).await?;
    let office = (skip == 0).then(|| writer.publisher());
    let contents = office.into_iter().chain(rows.iter().map(|row| writer.provider(row))).take(size).collect();
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
    Query(asked): Query<Question>,
    Query(paging): Query<Paging>,
) -> Result<Json<Value>, Oops> {
    let writer = writer(&web);
    let (skip, size) = paging.window();
    let Some(asked) = paging.question(&writer, asked) else { return Ok(paged(0, (skip, size), Vec::new())) };
    let rows = all(&web, asked, (MOST, false)).await?;
    let found: Vec<Value> = rows.iter().filter_map(|row| writer.place(row)).collect();
    Ok(paged(found.len(), (skip, size), found.into_iter().skip(skip).take(size).collect()))
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

pub async fn dataset(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let rows = all(&web, asked, (MOST, false)).await?;
    let name = (CONTENT_DISPOSITION, "attachment; filename=\"hsds.json\"");
    Ok(([name], Json(writer(&web).dataset(&rows))).into_response())
}

pub async fn package(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let rows = all(&web, asked, (MOST, false)).await?;
    let writer = writer(&web);
    let services: Vec<Value> = rows.iter().map(|row| writer.service(row)).collect();
    let Ok(bytes) = resources::pack_hsds(&services, &writer.taxonomy(), &web.office) else {
        return Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let head =
        [(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, "attachment; filename=\"hsds-datapackage.zip\"")];
    Ok((head, bytes).into_response())
}
