// SPDX-License-Identifier: EUPL-1.2
//! The review of a help: what was reached, what follows, when to look again.

use crate::casework::case_for;
use crate::casework::help_settings::most_months;
use crate::casework::rhythms::{self, HelpRhythm};
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::casework::statements::known;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::Performance;
use domain::casework::{NewReview, REVIEW_WHICH_HELP, next_within};
use domain::kernel::{CaseId, CommissionId, Day, PlanId, WillId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::{goals, plans, reviews, statements};
use store::{ReadTx, access};

pub use store::casework::goals::{RatingView, Rung};
pub use store::casework::plans::{CommissionView, VersionLine};
pub use store::casework::reviews::{ReviewView, StepDownView};

/// The page of reviews.
#[derive(Debug, Clone)]
pub struct ReviewPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// The plan that stands, if there is one.
    pub latest: Option<VersionLine>,
    /// Goals.
    pub goals: Vec<Rung>,
    /// All ratings, oldest first.
    pub ratings: Vec<RatingView>,
    /// Reviews so far, newest first.
    pub reviews: Vec<ReviewView>,
    /// What became less, newest first.
    pub step_downs: Vec<StepDownView>,
    /// Running helps whose end is not on record, each with its plan of performance.
    pub running: Vec<(CommissionView, Option<Performance>)>,
    /// Running helps, each with its own rhythm.
    pub helps: Vec<HelpRhythm>,
    /// The most months between two reviews.
    pub most_months: i32,
    /// The day of the next review, by the rhythm of the help that has to be looked at first.
    pub next_on: Day,
    /// Staff of the team.
    pub colleagues: Vec<String>,
    /// May the reader decide?
    pub may_decide: bool,
}

/// The page of reviews.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<ReviewPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let (mut ladder, mut ratings, mut reviews) =
            (goals::ladder(tx, id)?, goals::ratings(tx, id)?, reviews::reviews(tx, id)?);
        let mut step_downs = reviews::step_downs(tx, id)?;
        step_downs.iter_mut().for_each(|one| quiet.maybe(&mut one.hearing));
        ladder.iter_mut().for_each(|goal| quiet.text(&mut goal.words));
        ratings.iter_mut().for_each(|rating| quiet.maybe(&mut rating.words));
        for one in &mut reviews {
            quiet.text(&mut one.words);
            quiet.maybe(&mut one.changed_will);
        }
        let latest = plans::versions(tx, id)?.into_iter().next();
        let helps = rhythms::of_case(tx, &case, today)?;
        let first = helps.iter().min_by_key(|help| (help.next_on.is_none(), help.next_on));
        let months = rhythms::months_of(tx, &case, first, reviews.len())?;
        let plans_of = store::agreements::plans(tx, id)?;
        let plan = |id: CommissionId| plans_of.iter().find(|(of, _)| *of == id).map(|(_, plan)| *plan);
        let running = rhythms::running(tx, id, today)?.into_iter();
        Ok(ReviewPage {
            people: cases::people(tx, id)?,
            latest,
            goals: ladder,
            ratings,
            next_on: today.plus_months(months),
            helps,
            most_months: most_months(tx)?,
            reviews,
            step_downs,
            running: running.map(|one| (one.clone(), plan(one.id))).collect(),
            colleagues: access::colleagues(tx, case.team, today)?.into_iter().map(|(_, name)| name).collect(),
            may_decide: permit(&actor, Action::DecideOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// The help that a review looks at: the one that is named, else the only one that runs.
fn help(tx: &ReadTx<'_>, case: CaseId, new: &NewReview, today: Day) -> Result<Option<CommissionView>, Failure> {
    let mut running = rhythms::running(tx, case, today)?;
    match new.help {
        Some(id) => Ok(Some(found(running.into_iter().find(|one| one.id == id))?)),
        None if running.len() > 1 => Err(REVIEW_WHICH_HELP.broken_at("help").into()),
        None => Ok(running.pop()),
    }
}

/// The plan's newest version for this help, as far as anybody can tell them apart: by its kind.
fn newest(tx: &ReadTx<'_>, case: CaseId, help: &CommissionView) -> Option<PlanId> {
    let all = plans::versions(tx, case).ok()?;
    all.into_iter().find(|one| one.granted && one.help == help.help).map(|one| one.id)
}

/// Does a help run, or will it?
pub(super) fn runs(one: &CommissionView, today: Day) -> bool {
    one.until.is_none_or(|until| until >= today)
}

/// Records a review; the next one is due on its day.
///
/// # Errors
/// The rules of [`NewReview::check`], [`Failure::Denied`], hidden for a case without a plan.
pub async fn record(app: &App, actor: &Actor, key: Option<Key>, id: CaseId, new: NewReview) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        let plan = found(plans::versions(&tx, id)?.into_iter().next())?;
        new.check(now.day())?;
        next_within(new.held_on, new.next_on, most_months(&tx)?)?;
        let help = help(&tx, id, &new, now.day())?;
        let mut typed = vec![(new.words.as_str(), "words"), (new.with_whom.as_str(), "with_whom")];
        typed.extend(new.changed_will.iter().map(|will| (will.words.as_str(), "changed_will")));
        typed
            .extend(new.changed_will.iter().flat_map(|will| &will.own_part).map(|own| (own.as_str(), "will_own_part")));
        keeps_quiet(&tx, id, &typed)?;
        let will = new.statement(now.day())?;
        known(&tx, id, will.as_ref().and_then(|will| will.speaker), "will_speaker")?;
        let tx = tx.allow(grant);
        let review = fresh_at(now);
        let said = will.map(|will| (WillId(fresh_at(now)), will));
        if let Some((said, will)) = &said {
            statements::insert(&tx, *said, id, will)?;
            tx.also(Deed::in_case(DeedKind::StatementRecorded, *said, id));
        }
        let plan = help.as_ref().map_or(plan.id, |help| newest(&tx, id, help).unwrap_or(plan.id));
        let looked = NewReview { help: help.as_ref().map(|help| help.id), ..new.clone() };
        reviews::insert_review(&tx, review, (id, plan, said.map(|(said, _)| said)), &looked)?;
        match &help {
            Some(help) => rhythms::due_again(&tx, &case, help, new.next_on)?,
            None => rhythms::plan_due(&tx, &case, plan, new.next_on)?,
        }
        cases::touch(&tx, id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::HelpReviewed, review, id), id)?)
    };
    app.change(actor, key, write).await
}
