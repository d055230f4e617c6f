// SPDX-License-Identifier: EUPL-1.2
//! Templates of letters as an office changes them, and what stands on all of its letters.

use super::template_text;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor, sight};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Day, Note};
use domain::letters::{Fault, Filled, House, LetterKind, TEMPLATE_BACKDATED, Template, faults, fill, invented};
use store::ReadTx;
use store::letters as kept;
use uuid::Uuid;

pub use store::letters::TemplateVersion;

/// A kind in the list of templates.
#[derive(Debug, Clone, Copy)]
pub struct TemplateLine {
    /// The kind.
    pub kind: LetterKind,
    /// Since when the office's own text holds; nothing for ours.
    pub own_since: Option<Day>,
}

/// Whoever writes letters may read the templates.
fn reads(actor: &Actor) -> Result<(), Failure> {
    let writes = !sight(actor, Action::WorkOnCase).is_nothing();
    if writes { Ok(()) } else { in_office(actor, Action::KeepTemplates).map(drop) }
}

/// All kinds, and what stands on all letters.
///
/// # Errors
/// Hidden for whoever neither writes letters nor keeps templates.
pub async fn list(app: &App, actor: &Actor) -> Result<(Vec<TemplateLine>, Option<House>), Failure> {
    reads(actor)?;
    let today = app.today();
    app.read(move |tx| {
        let line = |kind: &LetterKind| {
            let version = kept::in_force(tx, *kind, today)?.filter(|version| version.text.is_some());
            Ok(TemplateLine { kind: *kind, own_since: version.map(|version| version.valid_from) })
        };
        let lines = LetterKind::ALL.iter().map(line).collect::<Result<_, Failure>>()?;
        Ok((lines, kept::house(tx)?))
    })
    .await
}

/// A template with its versions.
#[derive(Debug, Clone)]
pub struct TemplatePage {
    /// The kind.
    pub kind: LetterKind,
    /// The text that holds today.
    pub text: String,
    /// Its versions, the latest first.
    pub versions: Vec<TemplateVersion>,
}

/// One template.
///
/// # Errors
/// Hidden for whoever neither writes letters nor keeps templates.
pub async fn one(app: &App, actor: &Actor, kind: LetterKind) -> Result<TemplatePage, Failure> {
    reads(actor)?;
    let now = app.now();
    app.read(move |tx| {
        Ok(TemplatePage { kind, text: template_text(tx, kind, now)?, versions: kept::versions(tx, kind)? })
    })
    .await
}

/// A text tried out: what is wrong with it, and what it would say to an invented family. Without asking anybody.
#[must_use]
pub fn try_out(kind: LetterKind, text: &str) -> (Vec<Fault>, Option<Filled>) {
    let filled = Template::parse(kind, text).ok().map(|template| fill(&template, &invented()));
    (faults(kind, text), filled)
}

/// Keeps a version from a day on; without a text ours holds again.
///
/// # Errors
/// The faults of [`Template::parse`] at `text`, [`TEMPLATE_BACKDATED`], [`Failure::Denied`].
pub async fn keep(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    kind: LetterKind,
    (text, from): (Option<Note>, Day),
) -> Result<Uuid, Failure> {
    let (grant, today, id) = (in_office(actor, Action::KeepTemplates)?, app.today(), app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        if from < today {
            return Err(TEMPLATE_BACKDATED.broken_at("valid_from").into());
        }
        if let Some(text) = &text {
            Template::parse(kind, text.as_str())?;
        }
        let tx = tx.allow(grant);
        kept::insert_template(&tx, id, kind, (text.as_ref().map(Note::as_str), from))?;
        Ok(tx.commit(Deed::new(DeedKind::TemplateKept, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Sets what stands on all letters.
///
/// # Errors
/// The rule of [`House::check`], [`Failure::Denied`].
pub async fn set_house(app: &App, actor: &Actor, key: Option<Key>, new: House) -> Result<Uuid, Failure> {
    let (grant, id) = (in_office(actor, Action::KeepTemplates)?, app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        new.check()?;
        let tx = tx.allow(grant);
        kept::set_house(&tx, id, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::LetterHouseSet, id), id)?)
    };
    app.change(actor, key, write).await
}

/// What stands on all letters.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn house(app: &App, actor: &Actor) -> Result<Option<House>, Failure> {
    in_office(actor, Action::KeepTemplates)?;
    app.read(move |tx| Ok(kept::house(tx)?)).await
}

/// A kind by its code, as it stands in an address.
///
/// # Errors
/// Hidden for a kind that does not exist.
pub fn kind_of(code: &str) -> Result<LetterKind, Failure> {
    found(LetterKind::from_code(code))
}
