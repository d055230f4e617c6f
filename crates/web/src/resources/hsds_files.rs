// SPDX-License-Identifier: EUPL-1.2
//! Answers of HSDS that are asked again and again: each has a tag by the last change of a card and the day, whoever
//! knows it is told so in a line, and a file of all cards is made once, one at a time, a step of cards after another.

use super::ask::Question;
use super::hsds::{STEP, hits, writer};
use crate::kit::form::fingerprint;
use crate::kit::{Oops, Web};
use app::resources::{self, CardRow, HsdsPacker};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::resources::Viewer;
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Arc;

/// More cards than any office has: a file is whole.
const ALL: usize = 10_000_000;
/// Longer questions are answered, but not kept.
const LONGEST: usize = 500;
/// A list of tags is read this far.
const TAGS: usize = 20;

/// What was asked, and what the asker knows already.
pub struct Asker {
    question: String,
    known: Vec<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let question = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        Ok(Self { question, known: known(&parts.headers) })
    }
}

/// Tags as RFC 9110 § 13.1.2 has them; whether they are weak does not matter here.
fn known(headers: &HeaderMap) -> Vec<String> {
    let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let tags = lists.flat_map(|list| list.split(',')).take(TAGS);
    tags.map(|tag| tag.trim().trim_start_matches("W/").to_owned()).collect()
}

impl Asker {
    /// A tag: up to which change, for which day, what was asked of whom, told by which version of the program.
    fn tag(&self, web: &Web, (change, day): resources::Edition) -> String {
        let asked = [&*self.question, &*web.office, env!("CARGO_PKG_VERSION")].join("\n");
        format!("\"{change}-{day}-{}\"", fingerprint("hsds", asked.as_bytes()).simple())
    }

    /// An answer in JSON. `volatile`: what is true for a minute has no tag and is not kept.
    ///
    /// # Errors
    /// Those of making it.
    pub async fn json(
        self,
        web: &Web,
        volatile: bool,
        make: impl Future<Output = Result<Json<Value>, Oops>> + Send,
    ) -> Result<Response, Oops> {
        if volatile {
            return Ok(make.await?.into_response());
        }
        let bytes = async { Ok(serde_json::to_vec(&make.await?.0).unwrap_or_default()) };
        self.answer(web, "application/json", bytes).await
    }

    async fn answer(
        self,
        web: &Web,
        kind: &'static str,
        make: impl Future<Output = Result<Vec<u8>, Oops>> + Send,
    ) -> Result<Response, Oops> {
        let edition = resources::edition(&web.app).await?;
        let tag = self.tag(web, edition);
        // Whoever keeps it asks each time whether it is still true.
        let head = [(ETAG, format!("W/{tag}")), (CACHE_CONTROL, "no-cache".to_owned())];
        if self.known.iter().any(|known| *known == tag || known == "*") {
            return Ok((StatusCode::NOT_MODIFIED, head).into_response());
        }
        let bytes = match resources::kept_answer(&web.app, edition, &self.question) {
            Some(bytes) => bytes,
            None if self.question.len() > LONGEST => make.await?.into(),
            None => resources::keep_answer(&web.app, edition, &self.question, make.await?),
        };
        Ok((head, [(CONTENT_TYPE, kind)], whole(bytes)).into_response())
    }
}

fn whole(bytes: Arc<[u8]>) -> Body {
    Body::from(Bytes::from_owner(bytes))
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn dataset(State(web): State<Web>, asker: Asker, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let asked = Question { offen: String::new(), ..asked };
    let file = asker.answer(&web.clone(), "application/json", async move { dataset_of(&web, asked).await }).await?;
    Ok(([(CONTENT_DISPOSITION, "attachment; filename=\"hsds.json\"")], file).into_response())
}

pub async fn package(State(web): State<Web>, asker: Asker, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let asked = Question { offen: String::new(), ..asked };
    let file = asker.answer(&web.clone(), "application/zip", async move { package_of(&web, asked).await }).await?;
    Ok(([(CONTENT_DISPOSITION, "attachment; filename=\"hsds-datapackage.zip\"")], file).into_response())
}

/// Gives all public cards to something that grows, a step at a time, beside the threads that answer.
pub(super) async fn grown<T: Send + 'static>(
    web: &Web,
    asked: Question,
    mut thing: T,
    grow: fn(&Web, &mut T, Vec<CardRow>) -> std::io::Result<()>,
) -> Result<T, Oops> {
    let (_, ids) = hits(web, asked, (0, ALL)).await?;
    for step in ids.chunks(STEP) {
        let rows = resources::cards(&web.app, Viewer::public(), step).await?;
        let own = web.clone();
        let grown = tokio::task::spawn_blocking(move || grow(&own, &mut thing, rows).map(|()| thing)).await;
        thing = grown.map_err(broken)?.map_err(broken)?;
    }
    Ok(thing)
}

fn broken(error: impl std::fmt::Display) -> Oops {
    Oops::from(app::Failure::Broken(app::StoreError::Engine(format!("a file of cards could not be made: {error}"))))
}

/// Where the services stand in the file; nothing else in it can look like this.
const SERVICES: &str = "\"services\":[";

async fn dataset_of(web: &Web, asked: Question) -> Result<Vec<u8>, Oops> {
    let _making = resources::one_at_a_time(&web.app).await;
    let frame = writer(web).dataset(&[]).to_string();
    let (before, after) = frame.split_once(SERVICES).ok_or_else(|| broken("no services in it"))?;
    let begun = [before.as_bytes(), SERVICES.as_bytes()].concat();
    let mut file = grown(web, asked, begun, |web, file, rows| {
        for row in &rows {
            if !file.ends_with(b"[") {
                file.push(b',');
            }
            serde_json::to_writer(&mut *file, &writer(web).service(row))?;
        }
        Ok(())
    })
    .await?;
    file.extend_from_slice(after.as_bytes());
    Ok(file)
}

async fn package_of(web: &Web, asked: Question) -> Result<Vec<u8>, Oops> {
    let _making = resources::one_at_a_time(&web.app).await;
    let packer = grown(web, asked, HsdsPacker::default(), |web, packer, rows| {
        rows.iter().try_for_each(|row| packer.add(&writer(web).service(row)))
    })
    .await?;
    let own = web.clone();
    let packed = tokio::task::spawn_blocking(move || packer.finish(&writer(&own).taxonomy(), &own.office)).await;
    packed.map_err(broken)?.map_err(broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn tags_are_read_as_lists() {
        let mut headers = HeaderMap::new();
        headers.append(IF_NONE_MATCH, HeaderValue::from_static("W/\"a\", \"b\""));
        headers.append(IF_NONE_MATCH, HeaderValue::from_static("*"));
        assert_eq!(known(&headers), ["\"a\"", "\"b\"", "*"]);
    }
}
