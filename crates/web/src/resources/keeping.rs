// SPDX-License-Identifier: EUPL-1.2
//! Cards that go: erased for good, or handed to another keeper.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Choice, FormData, FormView, Frame, Id, Oops, SignedIn, Web, filters, page, redirect, t};
use app::resources::{self, KeepersPage};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CardId, Refusals, UserId};
use domain::resources::ErasureGround;
use serde::Deserialize;

/// Who is to hand over.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    von: String,
}

fn parse(form: &FormData) -> Result<(UserId, UserId), Refusals> {
    let mut read = Parser::new(form);
    let (from, to) = (read.id("from"), read.id("to"));
    read.finish(from.zip(to))
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn keepers(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let form = FormView::new("keeper", web.app.fresh()).with("from", asked.von);
    Ok(page(&KeepersTemplate::load(&web, &who, form).await?))
}

pub async fn hand_over(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    match attempt(parse(&form), |both| resources::hand_over(&web.app, &who.actor, Some(key), both)).await? {
        Ok(_) => {
            Ok(redirect(if who.may(Action::CurateResources) { "/ressourcen/uebergabe" } else { "/ressourcen/pflege" }))
        }
        Err(wrong) => {
            let view = FormView::new("keeper", key.id).refused(&form, &wrong);
            Ok(refused(&KeepersTemplate::load(&web, &who, view).await?))
        }
    }
}

pub async fn erase(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let ground = read.code("ground", ErasureGround::from_code);
    let erase = |ground| resources::erase(&web.app, &who.actor, Some(key), (id, ground));
    match attempt(read.finish(ground), erase).await? {
        Ok(_) => Ok(redirect(&format!("/ressourcen/{id}/geloescht"))),
        Err(wrong) => {
            let view = FormView::new("erase", key.id).refused(&form, &wrong);
            super::card::again(&web, &who, id, view).await
        }
    }
}

pub async fn erased(State(web): State<Web>, who: SignedIn, Id(id): Id<CardId>) -> Result<Response, Oops> {
    let (ground, on) = resources::tombstone(&web.app, &who.actor, id).await?;
    let ground = t(&format!("erase-ground-{}", ground.code()));
    Ok(page(&ErasedTemplate { frame: Frame::new(&web, &who, "nav-resources"), on: on.german(), ground }))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "resources/keepers.html")]
struct KeepersTemplate {
    frame: Frame,
    shown: KeepersPage,
    from: Vec<Choice>,
    to: Vec<Choice>,
    form: FormView,
}

impl KeepersTemplate {
    /// May this reader give these cards away?
    fn gives(&self, keeper: &resources::KeeperView) -> bool {
        self.from.iter().any(|one| one.value == keeper.id.to_string())
    }

    async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<Self, Oops> {
        who.must(Action::CurateResources)?;
        let shown = resources::keepers(&web.app, &who.actor).await?;
        Ok(Self {
            frame: Frame::new(web, who, "nav-keepers"),
            from: shown
                .keepers
                .iter()
                .filter(|one| !one.stays || one.id == who.actor.user)
                .map(|one| Choice::new(one.id, one.name.clone()))
                .collect(),
            to: shown.people.iter().map(|(id, name)| Choice::new(id, name.clone())).collect(),
            shown,
            form,
        })
    }
}

#[derive(Template)]
#[template(path = "resources/erased.html")]
struct ErasedTemplate {
    frame: Frame,
    on: String,
    ground: String,
}

impl ErasedTemplate {
    fn words(&self) -> String {
        crate::kit::t_with("erased-lead", &[("x", &self.on), ("y", &self.ground)])
    }
}
