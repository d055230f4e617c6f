// SPDX-License-Identifier: EUPL-1.2
//! Several forms on one page: each with its own key and texts, one of them refused.

use super::answer::{redirect, refused};
use super::form::FormData;
use super::{FormView, Oops, Web};
use askama::Template;
use axum::response::Response;
use domain::kernel::Refusals;
use uuid::Uuid;

/// The forms of a page, by the prefix of their messages.
pub struct Forms {
    all: Vec<(&'static str, FormView)>,
    none: FormView,
}

impl Default for Forms {
    /// None at all.
    fn default() -> Self {
        Self { all: Vec::new(), none: FormView::new("none", Uuid::nil()) }
    }
}

impl Forms {
    /// Empty forms.
    #[must_use]
    pub fn blank(web: &Web, names: &[&'static str]) -> Self {
        let all = names.iter().map(|name| (*name, FormView::new(name, web.app.fresh()))).collect();
        Self { all, ..Self::default() }
    }

    /// With a form as it is to be shown.
    pub fn put(&mut self, name: &'static str, form: FormView) {
        self.all.retain(|(known, _)| *known != name);
        self.all.push((name, form));
    }

    /// One form.
    #[must_use]
    pub fn of(&self, name: &str) -> &FormView {
        self.all.iter().find(|(known, _)| *known == name).map_or(&self.none, |(_, form)| form)
    }

    /// The page again with one form as it was sent and what is wrong with it; its texts go on being saved
    /// while somebody types.
    ///
    /// # Errors
    /// A form without its key.
    pub fn refuse(&mut self, name: &'static str, sent: &FormData, wrong: &Refusals) -> Result<(), Oops> {
        let mut form = FormView::new(name, sent.key()?.id);
        form.draft = self.of(name).draft.clone();
        self.put(name, form.refused(sent, wrong));
        Ok(())
    }
}

/// A page with several forms.
pub trait ManyForms: Template {
    /// Its forms.
    fn forms(&mut self) -> &mut Forms;
}

/// After one of several forms was sent: on to `path` when it was done, else the page again with what is wrong.
///
/// # Errors
/// What the page cannot show.
pub async fn back<T, P, F>(
    done: Result<T, Refusals>,
    path: &str,
    form: (&'static str, &FormData),
    page: impl FnOnce() -> F,
) -> Result<Response, Oops>
where
    P: ManyForms,
    F: Future<Output = Result<P, Oops>>,
{
    onward(done, |_| path.to_owned(), form, page).await
}

/// As [`back`], where the way on is known only by what was done.
///
/// # Errors
/// What the page cannot show.
pub async fn onward<T, P, F>(
    done: Result<T, Refusals>,
    path: impl FnOnce(T) -> String,
    (name, sent): (&'static str, &FormData),
    page: impl FnOnce() -> F,
) -> Result<Response, Oops>
where
    P: ManyForms,
    F: Future<Output = Result<P, Oops>>,
{
    match done {
        Ok(made) => Ok(redirect(&path(made))),
        Err(wrong) => {
            let mut page = page().await?;
            page.forms().refuse(name, sent, &wrong)?;
            Ok(refused(&page))
        }
    }
}
