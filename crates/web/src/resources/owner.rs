// SPDX-License-Identifier: EUPL-1.2
//! The link of an owner: made by the keeper, used without an account, for one card only.

use super::view::{CardView, View};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{FormData, FormView, Frame, Id, Oops, Plain, SignedIn, Web, filters, page, redirect};
use app::Key;
use app::access::Token;
use app::resources::{self, OwnerCard};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::Response;
use domain::kernel::{CardId, CardLinkId, Note, Refusals};
use serde::Deserialize;

/// Fields of the proposal, in the order of the page.
const FIELDS: [&str; 8] = ["about", "place", "contact", "web", "times", "cost_note", "free_places", "waiting"];

/// What was done just now.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Done {
    getan: String,
}

type Proposed = (Vec<(String, String)>, Option<Note>);

fn parse(form: &FormData) -> Result<Proposed, Refusals> {
    let mut read = Parser::new(form);
    let words = read.maybe_note("words");
    let fields = FIELDS.iter().map(|name| ((*name).to_owned(), form.value(name).to_owned())).collect();
    read.finish(words.map(|words| (fields, words)))
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn make(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    headers: HeaderMap,
    form: FormData,
) -> Result<Response, Oops> {
    let made = resources::make_link(&web.app, &who.actor, Some(form.key()?), id).await?;
    let card = resources::page(&web.app, &who.actor, id).await?.card.content.name.as_str().to_owned();
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let link = made.token.map(|token| format!("https://{host}/pflege/{}", token.expose()));
    let ends = made.ends_at.day().german();
    Ok(page(&MadePage { frame: Frame::new(&web, &who, "nav-resources"), id, card, link, ends }))
}

pub async fn revoke(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    let mut read = Parser::new(&form);
    let link = read.id::<CardLinkId>("link");
    let link = read.finish(link).map_err(app::Failure::from)?;
    resources::revoke_link(&web.app, &who.actor, Some(form.key()?), (id, link)).await?;
    Ok(redirect(&format!("/ressourcen/{id}#pflege")))
}

pub async fn show(State(web): State<Web>, Id(token): Id<String>, Query(done): Query<Done>) -> Result<Response, Oops> {
    if done.getan == "beendet" {
        return Ok(page(&ThanksPage { plain: Plain::new(&web) }));
    }
    let owned = resources::owner_card(&web.app, Token::from_client(&token)).await?;
    let form = blank(&web, &owned);
    Ok(page(&OwnerPage::new(&web, owned, (token, done.getan), form)))
}

pub async fn confirm(State(web): State<Web>, Id(token): Id<String>, form: FormData) -> Result<Response, Oops> {
    resources::confirm_by_owner(&web.app, Some(form.key()?), Token::from_client(&token)).await?;
    Ok(redirect(&format!("/pflege/{token}?getan=bestaetigt")))
}

pub async fn close(State(web): State<Web>, Id(token): Id<String>, form: FormData) -> Result<Response, Oops> {
    resources::close_by_owner(&web.app, Some(form.key()?), Token::from_client(&token)).await?;
    Ok(redirect(&format!("/pflege/{token}?getan=beendet")))
}

pub async fn propose(State(web): State<Web>, Id(token): Id<String>, form: FormData) -> Result<Response, Oops> {
    let key: Key = form.key()?;
    let secret = Token::from_client(&token);
    let told =
        attempt(parse(&form), |new| resources::propose_by_owner(&web.app, Some(key), secret.clone(), new)).await?;
    match told {
        Ok(_) => Ok(redirect(&format!("/pflege/{token}?getan=vorgeschlagen"))),
        Err(wrong) => {
            let owned = resources::owner_card(&web.app, secret).await?;
            let view = FormView::new("card-own", key.id).refused(&form, &wrong);
            Ok(refused(&OwnerPage::new(&web, owned, (token, String::new()), view)))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

/// The form with what stands on the card.
fn blank(web: &Web, owned: &OwnerCard) -> FormView {
    let fields = owned.card.content.fields();
    let known = fields.iter().filter(|(name, _)| FIELDS.contains(name));
    known.fold(FormView::new("card-own", web.app.fresh()), |form, (name, value)| form.with(name, value))
}

#[derive(Template)]
#[template(path = "resources/link_made.html")]
struct MadePage {
    frame: Frame,
    id: CardId,
    card: String,
    link: Option<String>,
    ends: String,
}

#[derive(Template)]
#[template(path = "resources/owner.html")]
struct OwnerPage {
    plain: Plain,
    token: String,
    done: String,
    card: CardView,
    ends: String,
    form: FormView,
    keys: [uuid::Uuid; 2],
}

impl OwnerPage {
    fn new(web: &Web, owned: OwnerCard, (token, done): (String, String), form: FormView) -> Self {
        let card = CardView::of(&owned.card, View::Public, web.app.today());
        let (ends, keys) = (owned.ends_at.day().german(), [web.app.fresh(), web.app.fresh()]);
        Self { plain: Plain::new(web), token, done, card, ends, form, keys }
    }
}

#[derive(Template)]
#[template(path = "resources/owner_thanks.html")]
struct ThanksPage {
    plain: Plain,
}
