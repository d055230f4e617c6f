// SPDX-License-Identifier: EUPL-1.2
//! What an office sets for each kind of help: the tasks before a talk, and how often a help is looked at.

use crate::core::{App, Failure, Key, in_office};
use domain::access::{Action, Actor, HouseRule};
use domain::audit::{Deed, DeedKind};
use domain::casework::{HelpKind, read_talk_tasks, shipped_talk_tasks, within_most};
use domain::kernel::Note;
use store::casework::plan_talks;
use store::{ReadTx, access};
use uuid::Uuid;

pub use store::casework::plan_talks::SettingView;

/// What holds for a kind of help.
#[derive(Debug, Clone)]
pub struct HelpSetting {
    /// Which.
    pub help: HelpKind,
    /// The tasks before a talk, as a template.
    pub tasks: String,
    /// Are they ours?
    pub ours: bool,
    /// Every how many months it is looked at, where the office says so for this kind.
    pub review_months: Option<i32>,
    /// Who set it, and when.
    pub set: Option<SettingView>,
}

/// The most months between two reviews.
pub(crate) fn most_months(tx: &ReadTx<'_>) -> Result<i32, Failure> {
    Ok(i32::try_from(access::rules::value(tx, HouseRule::MostReviewMonths)?).unwrap_or(12))
}

/// What holds for every kind of help, and the most months between two reviews.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn list(app: &App, actor: &Actor) -> Result<(Vec<HelpSetting>, i32), Failure> {
    in_office(actor, Action::KeepTemplates)?;
    app.read(move |tx| {
        let all = HelpKind::ALL.iter().map(|help| {
            let set = plan_talks::setting(tx, *help)?;
            let own = set.as_ref().and_then(|set| set.tasks.clone());
            Ok(HelpSetting {
                help: *help,
                ours: own.is_none(),
                tasks: own.unwrap_or_else(|| shipped_talk_tasks(*help)),
                review_months: set.as_ref().and_then(|set| set.review_months),
                set,
            })
        });
        Ok((all.collect::<Result<_, Failure>>()?, most_months(tx)?))
    })
    .await
}

/// Sets both for a kind of help; without tasks ours hold, without months the rule for every help. What was set before
/// stays on record, and talks that are set already keep their tasks.
///
/// # Errors
/// The rules of [`read_talk_tasks`] and [`within_most`], [`Failure::Denied`].
pub async fn set(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    help: HelpKind,
    (tasks, months): (Option<Note>, Option<i32>),
) -> Result<Uuid, Failure> {
    let (grant, id) = (in_office(actor, Action::KeepTemplates)?, app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        if let Some(tasks) = &tasks {
            read_talk_tasks(tasks.as_str()).map_err(|wrong| wrong.at("tasks"))?;
        }
        if let Some(months) = months {
            within_most(months, most_months(&tx)?).map_err(|wrong| wrong.at("months"))?;
        }
        let tx = tx.allow(grant);
        // Our own words, sent back as they were shown, stay ours: they follow us when we change them.
        let own = tasks.as_ref().map(Note::as_str).filter(|text| !same(text, &shipped_talk_tasks(help)));
        plan_talks::set(&tx, id, help, (own, months))?;
        Ok(tx.commit(Deed::new(DeedKind::HelpSettingKept, id), id)?)
    };
    app.change(actor, key, write).await
}

fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
