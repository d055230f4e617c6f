// SPDX-License-Identifier: EUPL-1.2
//! The offers in a frame of somebody else's page: which pages may, the operator decides. No cookie, no script needed.

use super::ask::{Offered, Question};
use super::list::Results;
use super::public::outside;
use super::tongues::Tongue;
use super::view::View;
use crate::kit::guard::framed_by;
use crate::kit::messages::speaking;
use crate::kit::{Frame, Oops, Plain, SignedIn, Web, filters, page};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::Response;
use domain::resources::Viewer;

const PATH: &str = "/angebote/einbetten";

// Handlers --------------------------------------------------------------------------------------------

/// The offers without the frame of our own pages.
pub async fn show(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    speaking(&asked.lang.clone(), async {
        let mut results = Results::of(&web, Viewer::public(), (outside(asked), PATH), View::Public).await?;
        let tongues = std::mem::take(&mut results.tongues);
        let mut response = page(&EmbeddedList { plain: Plain::new(&web), results, tongues });
        response.extensions_mut().insert(framed_by(&web.site.framers));
        Ok(response)
    })
    .await
}

/// The piece of HTML that shows them, to copy.
pub async fn snippet(
    State(web): State<Web>,
    who: SignedIn,
    headers: HeaderMap,
    Query(asked): Query<Question>,
) -> Result<Response, Oops> {
    let (_, form) = super::ask::read(&web, outside(asked), (PATH, false)).await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let address = format!("{}{}", origin(host), form.asked.link(PATH, None));
    let framers = web.site.framers.iter().map(str::to_owned).collect();
    let frame = Frame::new(&web, &who, "nav-resources");
    Ok(page(&SnippetPage { frame, address, framers, topics: form.topics, spaces: form.spaces, asked: form.asked }))
}

/// Whoever tries it on one's own machine has no certificate.
fn origin(host: &str) -> String {
    let own = host.starts_with("localhost") || host.starts_with("127.");
    format!("{}://{host}", if own { "http" } else { "https" })
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "resources/embedded.html")]
struct EmbeddedList {
    plain: Plain,
    results: Results,
    tongues: Vec<Tongue>,
}

#[derive(Template)]
#[template(path = "resources/snippet.html")]
struct SnippetPage {
    frame: Frame,
    address: String,
    framers: Vec<String>,
    topics: Vec<Offered>,
    spaces: Vec<Offered>,
    asked: Question,
}
