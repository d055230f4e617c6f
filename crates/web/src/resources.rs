// SPDX-License-Identifier: EUPL-1.2
//! The resource directory: search, list, add, confirm.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, link, page, redirect,
};
use app::resources::{self, CardView};
use app::territory;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CardId, Refusals};
use domain::resources::{CardKind, NewCard, is_fresh};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/ressourcen", Asks::For(Action::SeeDirectory), list)
        .get("/ressourcen/neu", Asks::For(Action::TendResources), blank)
        .post("/ressourcen/neu", Asks::For(Action::TendResources), add)
        .post("/ressourcen/{id}/bestaetigen", Asks::For(Action::TendResources), confirm)
}

const PATH: &str = "/ressourcen";

// Forms -----------------------------------------------------------------------------------------------

/// What is looked for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    raum: String,
    #[serde(default)]
    nach: String,
}

/// `<id>:<name>`, where a page of the list begins.
fn place_in_list(text: &str) -> Option<(String, CardId)> {
    let (id, name) = text.split_once(':')?;
    Some((name.to_owned(), id.parse().ok()?))
}

fn parse_card(form: &FormData) -> Result<NewCard, Refusals> {
    let mut read = Parser::new(form);
    let (name, kind) = (read.line("name"), read.code("kind", CardKind::from_code));
    let (topic, about) = (read.line("topic"), read.note("about"));
    let (space, place, contact) = (read.maybe_id("space"), read.maybe_line("place"), read.maybe_line("contact"));
    let value = (|| {
        Some(NewCard {
            name: name?,
            kind: kind?,
            topic: topic?,
            about: about?,
            space: space?,
            place: place?,
            contact: contact?,
        })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let (space, after) = (asked.raum.parse().ok(), place_in_list(&asked.nach));
    let found = resources::list(&web.app, &who.actor, asked.q.clone(), space, after).await?;
    let next = found.next.map(|(name, id)| {
        let after = format!("{id}:{name}");
        link(PATH, &[("q", &asked.q), ("raum", &asked.raum), ("nach", &after)])
    });
    let today = web.app.today();
    let card = |card: CardView| Card { fresh: is_fresh(card.confirmed_on, today), key: web.app.fresh(), card };
    let cards = found.cards.into_iter().map(card).collect();
    let spaces = spaces(&web, &who).await?;
    let may_tend = who.may(Action::TendResources);
    Ok(page(&ListPage { frame: Frame::new(&web, &who, "nav-resources"), asked, cards, spaces, next, may_tend }))
}

async fn blank(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    who.must(Action::TendResources)?;
    let form = FormView::new("card-new", web.app.fresh());
    Ok(page(&NewPage::load(&web, &who, form).await?))
}

async fn add(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::TendResources)?;
    let key = form.key()?;
    let added = attempt(parse_card(&form), |new| resources::add(&web.app, &who.actor, Some(key), new)).await?;
    match added {
        Ok(_) => Ok(redirect(&link(PATH, &[("q", form.value("name"))]))),
        Err(wrong) => {
            let view = FormView::new("card-new", key.id).refused(&form, &wrong);
            Ok(refused(&NewPage::load(&web, &who, view).await?))
        }
    }
}

async fn confirm(State(web): State<Web>, who: SignedIn, Id(id): Id<CardId>, form: FormData) -> Result<Response, Oops> {
    resources::confirm(&web.app, &who.actor, Some(form.key()?), id).await?;
    let back = link(PATH, &[("q", form.value("q")), ("raum", form.value("raum")), ("nach", form.value("nach"))]);
    Ok(redirect(&format!("{back}#karte-{id}")))
}

// Pages -----------------------------------------------------------------------------------------------

async fn spaces(web: &Web, who: &SignedIn) -> Result<Vec<Choice>, Oops> {
    let spaces = territory::spaces(&web.app, &who.actor).await?;
    Ok(spaces.into_iter().map(|space| Choice::new(space.id, space.name)).collect())
}

/// A card in the list.
struct Card {
    card: CardView,
    fresh: bool,
    /// For the form that confirms it.
    key: Uuid,
}

#[derive(Template)]
#[template(path = "resources/list.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    cards: Vec<Card>,
    spaces: Vec<Choice>,
    next: Option<String>,
    may_tend: bool,
}

#[derive(Template)]
#[template(path = "resources/new.html")]
struct NewPage {
    frame: Frame,
    form: FormView,
    kinds: Vec<Choice>,
    spaces: Vec<Choice>,
}

impl NewPage {
    async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<Self, Oops> {
        let codes: Vec<&str> = CardKind::ALL.iter().map(|kind| kind.code()).collect();
        let (kinds, spaces) = (Choice::words("card", &codes), spaces(web, who).await?);
        Ok(Self { frame: Frame::new(web, who, "nav-resources"), form, kinds, spaces })
    }
}
