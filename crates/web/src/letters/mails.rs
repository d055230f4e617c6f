// SPDX-License-Identifier: EUPL-1.2
//! "Erinnerung per Mail": whether and where one wants to be reminded. A mail says that there is something to do.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::letters::mails::{self, MailPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Action, Email};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let own = Asks::For(Action::KeepOwn);
    Routes::default().get("/erinnerung", own, show).post("/erinnerung", own, wish).post("/erinnerung/aus", own, unwish)
}

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let form = FormView::new("mail", web.app.fresh());
    Ok(page(&MailTemplate::load(&web, &who, form).await?))
}

async fn wish(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let to = read.with("to", Email::parse);
    match attempt(read.finish(to), |to| mails::wish(&web.app, &who.actor, Some(key), to)).await? {
        Ok(_) => Ok(redirect("/erinnerung")),
        Err(wrong) => {
            let view = FormView::new("mail", key.id).refused(&form, &wrong);
            Ok(refused(&MailTemplate::load(&web, &who, view).await?))
        }
    }
}

async fn unwish(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    mails::unwish(&web.app, &who.actor, Some(form.key()?)).await?;
    Ok(redirect("/erinnerung"))
}

#[derive(Template)]
#[template(path = "letters/mails.html")]
struct MailTemplate {
    frame: Frame,
    shown: MailPage,
    form: FormView,
    off: FormView,
}

impl MailTemplate {
    async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<Self, Oops> {
        let shown = mails::mine(&web.app, &who.actor).await?;
        let now = shown.wish.as_ref().map(|(to, _)| to.clone()).unwrap_or_default();
        Ok(Self {
            frame: Frame::new(web, who, "nav-deadlines"),
            form: form.with("to", now),
            off: FormView::new("mail-off", web.app.fresh()),
            shown,
        })
    }
}
