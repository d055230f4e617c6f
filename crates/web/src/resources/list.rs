// SPDX-License-Identifier: EUPL-1.2
//! The list for staff, with its map.

use super::ask::{self, AskForm, Question};
use super::live_map::LiveMap;
use super::map::HitMap;
use super::tongues::{self, Tongue};
use super::view::{CardView, View};
use crate::kit::{Frame, Oops, SignedIn, Web, filters, page};
use app::resources::{self, CardsFound, viewer_of};
use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::resources::Viewer;
use domain::resources::search::Asked;

const PATH: &str = "/ressourcen";

// Handlers --------------------------------------------------------------------------------------------

pub async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let viewer = viewer_of(&who.actor)?;
    let view = if viewer.professional { View::Inside } else { View::Public };
    let results = Results::of(&web, viewer, (asked, PATH), view).await?;
    let may_tend = who.may(Action::TendResources);
    Ok(page(&ListPage { frame: Frame::new(&web, &who, "nav-resources"), results, may_tend }))
}

/// Names for what is being typed.
pub async fn complete(
    State(web): State<Web>,
    who: SignedIn,
    Query(asked): Query<Question>,
) -> Result<Json<Vec<String>>, Oops> {
    let question = asked.asked(web.app.now(), None);
    Ok(Json(resources::complete(&web.app, viewer_of(&who.actor)?, question).await?))
}

// Pages -----------------------------------------------------------------------------------------------

/// Question, hits, map.
pub struct Results {
    pub ask: AskForm,
    pub total: usize,
    pub cards: Vec<CardView>,
    pub next: Option<String>,
    pub map: HitMap,
    pub live: LiveMap,
    pub tongues: Vec<Tongue>,
}

impl Results {
    /// Asks and draws.
    ///
    /// # Errors
    /// When the house fails.
    pub async fn of(
        web: &Web,
        viewer: Viewer,
        (asked, path): (Question, &'static str),
        view: View,
    ) -> Result<Self, Oops> {
        let today = web.app.today();
        let reader = viewer.clone();
        let (question, ask) = ask::read(web, asked, (path, view == View::Inside)).await?;
        let question = Asked { places: true, ..question };
        let CardsFound { total, cards, next, spots } = resources::search(&web.app, viewer, question).await?;
        let next = next.map(|next| ask.asked.link(path, Some(&next)));
        let mut cards: Vec<CardView> = cards.iter().map(|one| CardView::hit(one, view, today)).collect();
        let language = tongues::asked_for(&ask.asked.lang);
        tongues::say(web, reader, &mut cards, language).await?;
        let tongues = tongues::choice(language, |code| ask.asked.in_language(code).link(path, None));
        let live = LiveMap::new(web, &ask.asked, path);
        Ok(Self { map: HitMap::of(web, &spots).await?, live, tongues, ask, total, cards, next })
    }

    /// The address of the same question as a file.
    pub fn file(&self, path: &str) -> String {
        self.ask.asked.link(path, None)
    }
}

#[derive(Template)]
#[template(path = "resources/list.html")]
struct ListPage {
    frame: Frame,
    results: Results,
    may_tend: bool,
}
