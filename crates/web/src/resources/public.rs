// SPDX-License-Identifier: EUPL-1.2
//! For everybody, without signing in: find an offer, look at it, tell an error.

use super::ask::Question;
use super::list::Results;
use super::tongues::{self, Tongue, asked_for};
use super::view::{CardView, View};
use crate::kit::answer::{attempt, refused};
use crate::kit::messages::speaking;
use crate::kit::parse::Parser;
use crate::kit::{FormData, FormView, Id, Oops, Plain, Web, filters, link, page, redirect};
use app::resources;
use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::kernel::CardId;
use domain::resources::{Language, Viewer};
use serde::Deserialize;

const PATH: &str = "/angebote";

/// Was something told just now?
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Told {
    danke: String,
    lang: String,
}

/// What is stale or closed is asked for inside only.
pub(super) fn outside(asked: Question) -> Question {
    Question { alt: String::new(), beendet: String::new(), ..asked }
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn list(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    speaking(&asked.lang.clone(), async {
        let mut results = Results::of(&web, Viewer::public(), (outside(asked), PATH), View::Public).await?;
        let tongues = std::mem::take(&mut results.tongues);
        Ok(page(&PublicList { plain: Plain::new(&web), results, tongues }))
    })
    .await
}

/// Names for what is being typed.
pub async fn complete(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Json<Vec<String>>, Oops> {
    let question = asked.asked(web.app.now(), None);
    Ok(Json(resources::complete(&web.app, Viewer::public(), question).await?))
}

pub async fn show(State(web): State<Web>, Id(id): Id<CardId>, Query(told): Query<Told>) -> Result<Response, Oops> {
    let form = FormView::new("card-error", web.app.fresh());
    let language = asked_for(&told.lang);
    speaking(&told.lang, async {
        let mut shown = PublicCard::load(&web, id, form, !told.danke.is_empty()).await?;
        let texts = resources::texts_of(&web.app, Viewer::public(), id).await?;
        shown.tongues = tongues::choice_of(&texts, language, &format!("{PATH}/{id}"));
        if language != Language::German {
            shown.card.speak(texts.iter().find(|text| text.language == language));
        }
        Ok(page(&shown))
    })
    .await
}

pub async fn report(State(web): State<Web>, Id(id): Id<CardId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let words = read.note("words");
    let told =
        attempt(read.finish(words), |words| resources::report(&web.app, Viewer::public(), Some(key), (id, words)));
    match told.await? {
        Ok(_) => Ok(redirect(&format!("{}#danke", link(&format!("{PATH}/{id}"), &[("danke", "1")])))),
        Err(wrong) => {
            let view = FormView::new("card-error", key.id).refused(&form, &wrong);
            Ok(refused(&PublicCard::load(&web, id, view, false).await?))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "resources/public_list.html")]
struct PublicList {
    plain: Plain,
    results: Results,
    tongues: Vec<Tongue>,
}

#[derive(Template)]
#[template(path = "resources/public_card.html")]
struct PublicCard {
    plain: Plain,
    card: CardView,
    form: FormView,
    told: bool,
    tongues: Vec<Tongue>,
}

impl PublicCard {
    async fn load(web: &Web, id: CardId, form: FormView, told: bool) -> Result<Self, Oops> {
        let row = resources::one(&web.app, Viewer::public(), id).await?;
        let card = CardView::of(&row, View::Public, web.app.today());
        Ok(Self { plain: Plain::new(web), card, form, told, tongues: Vec::new() })
    }
}
