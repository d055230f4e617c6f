// SPDX-License-Identifier: EUPL-1.2
//! Cards in other languages: written by who keeps a card, read by who sees it. The words around them are there in
//! German and English.

use super::view::CardView;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Choice, FormData, FormView, Frame, Id, Oops, SignedIn, Web, filters, link, page, redirect, t};
use app::resources;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::kernel::{CardId, Refusals};
use domain::resources::{CardText, Language, Viewer};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The language that is asked for in an address; German if it is none.
pub fn asked_for(code: &str) -> Language {
    Language::from_code(code).filter(|language| language.is_foreign_text()).unwrap_or(Language::German)
}

/// A link to the same page in another language.
pub struct Tongue {
    pub tag: &'static str,
    pub direction: &'static str,
    /// Its name, in itself.
    pub name: String,
    pub address: String,
    pub current: bool,
}

/// The languages to choose from, by a function that writes their addresses.
pub fn choice(current: Language, address: impl Fn(&str) -> String) -> Vec<Tongue> {
    let shown = Language::ALL.iter().filter(|language| **language == Language::German || language.is_foreign_text());
    let tongue = |language: &Language| Tongue {
        tag: language.tag(),
        direction: language.direction(),
        name: t(&format!("map-tongue-{}", language.code())),
        address: address(if *language == Language::German { "" } else { language.code() }),
        current: *language == current,
    };
    shown.map(tongue).collect()
}

/// The same page of a card in other languages, of those it has texts in.
pub fn choice_of(texts: &[CardText], current: Language, path: &str) -> Vec<Tongue> {
    let has = |tongue: &Tongue| {
        tongue.current || tongue.address == path || texts.iter().any(|text| text.language.tag() == tongue.tag)
    };
    let all = choice(current, |code| link(path, &[("lang", code)]));
    let english = |tongue: &Tongue| tongue.tag == "en";
    all.into_iter().filter(|tongue| has(tongue) || english(tongue)).collect()
}

/// Puts the words of a language on cards, and says of all others that they are German.
pub async fn say(web: &Web, viewer: Viewer, cards: &mut [CardView], language: Language) -> Result<(), Oops> {
    if language == Language::German {
        return Ok(());
    }
    let ids = cards.iter().map(|card| card.id).collect();
    let texts: BTreeMap<CardId, CardText> = resources::texts_in(&web.app, viewer, ids, language).await?;
    cards.iter_mut().for_each(|card| card.speak(texts.get(&card.id)));
    Ok(())
}

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData, id: CardId) -> Result<(CardId, CardText), Refusals> {
    let mut read = Parser::new(form);
    let language = read.code("language", |code| Language::from_code(code).filter(|one| one.is_foreign_text()));
    let (name, about, conditions) = (read.line("name"), read.note("about"), read.maybe_line("conditions"));
    let value = (|| {
        let conditions = conditions?;
        Some((id, CardText { language: language?, name: name?, about: about?, conditions }))
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<CardId>) -> Result<Response, Oops> {
    let form = FormView::new("map-text", web.app.fresh());
    Ok(page(&TextsPage::load(&web, &who, id, form).await?))
}

pub async fn write(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let written = attempt(parse(&form, id), |new| resources::write_text(&web.app, &who.actor, Some(key), new));
    match written.await? {
        Ok(_) => Ok(redirect(&format!("/ressourcen/{id}/sprachen"))),
        Err(wrong) => {
            let view = FormView::new("map-text", key.id).refused(&form, &wrong);
            Ok(refused(&TextsPage::load(&web, &who, id, view).await?))
        }
    }
}

pub async fn forget(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    let language = asked_for(form.value("language"));
    resources::drop_text(&web.app, &who.actor, Some(form.key()?), (id, language)).await?;
    Ok(redirect(&format!("/ressourcen/{id}/sprachen")))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "resources/texts.html")]
struct TextsPage {
    frame: Frame,
    id: CardId,
    name: String,
    texts: Vec<CardText>,
    languages: Vec<Choice>,
    form: FormView,
    key: Uuid,
}

impl TextsPage {
    async fn load(web: &Web, who: &SignedIn, id: CardId, form: FormView) -> Result<Self, Oops> {
        let shown = resources::page(&web.app, &who.actor, id).await?;
        if !shown.may_tend {
            return Err(app::Failure::Denied(domain::access::Denied::Forbidden).into());
        }
        let written = Language::ALL.iter().filter(|language| language.is_foreign_text());
        let name = |language: &Language| Choice::new(language.code(), t(&format!("lang-{}", language.code())));
        Ok(Self {
            frame: Frame::new(web, who, "nav-resources"),
            id,
            name: shown.card.content.name.as_str().to_owned(),
            texts: resources::texts_of(&web.app, Viewer::of(&who.actor), id).await?,
            languages: written.map(name).collect(),
            form,
            key: web.app.fresh(),
        })
    }
}
