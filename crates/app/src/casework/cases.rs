// SPDX-License-Identifier: EUPL-1.2
//! Cases: lists, search, the overview page.

use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::core::{App, Failure, reach};
use domain::access::{Action, Actor};
use domain::kernel::{CaseId, UserId};
use store::casework::{cases, search, statements, timeline};
use store::sight::RowSight;

pub use store::casework::cases::{After, CaseLine, CaseView, PersonView, Stage};
pub use store::casework::statements::{GoalView, StatementView, StrengthView};
pub use store::casework::timeline::Happening as Event;

/// Cases on one page.
const PAGE: i64 = 50;
/// Cases found at once.
pub const FOUND: i64 = 30;
/// Things that happened, on the overview; what is older stands on the case's other pages.
const SHOWN: i64 = 60;

/// A page of cases.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// The cases.
    pub cases: Vec<CaseLine>,
    /// How many there are in all.
    pub total: i64,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
}

/// Whose cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One's own.
    Mine,
    /// Those of all teams in sight.
    Teams,
    /// Open ones of one worker.
    OpenOf(UserId),
}

/// Cases in sight, latest moved first.
///
/// # Errors
/// Hidden for people without cases.
pub async fn list(app: &App, actor: &Actor, whose: Whose, after: Option<After>) -> Result<CasePage, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    let whose = match whose {
        Whose::Mine => cases::Whose::Of(actor.user),
        Whose::Teams => cases::Whose::Teams,
        Whose::OpenOf(worker) => cases::Whose::OpenOf(worker),
    };
    app.read(move |tx| {
        let mut found = cases::list(tx, &sight, whose, after.unwrap_or(cases::FROM_NEWEST), PAGE + 1)?;
        let more = found.len() > PAGE as usize;
        found.truncate(PAGE as usize);
        let next = found.last().filter(|_| more).map(|line| (line.moved_at, line.id.0));
        Ok(CasePage { cases: found, total: cases::count(tx, &sight, whose)?, next })
    })
    .await
}

/// Cases in sight by three letters of anybody in it, by sound, or by number.
///
/// # Errors
/// Hidden for people without cases.
pub async fn find(app: &App, actor: &Actor, words: String) -> Result<Vec<CaseLine>, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    if words.trim().chars().count() < 2 {
        return Ok(Vec::new());
    }
    app.read(move |tx| Ok(search::find(tx, &sight, &words, FOUND)?)).await
}

/// The overview of a case.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Will, wish, need, mandate.
    pub statements: Vec<StatementView>,
    /// Goals.
    pub goals: Vec<GoalView>,
    /// Resources of the family.
    pub strengths: Vec<StrengthView>,
    /// What happened, newest first.
    pub events: Vec<Event>,
    /// The case in short.
    pub brief: Option<super::briefs::BriefView>,
}

/// The overview of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn overview(app: &App, actor: &Actor, id: CaseId) -> Result<Overview, Failure> {
    let actor = actor.clone();
    // All by key and bounded, so on the spot: the way to another thread and back was a third of the page's time.
    app.glance(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let said = quiet.said(statements::of_case(tx, id)?);
        let mut events = timeline::of_case(tx, id, SHOWN)?;
        events.extend(said.iter().map(|said| Event {
            day: said.said_on,
            kind: said.kind.code().to_owned(),
            about: said.speaker.clone().unwrap_or_default(),
        }));
        events.sort_by_key(|event| (std::cmp::Reverse(event.day), from_the_end(&event.kind)));
        Ok(Overview {
            brief: super::briefs::newest(tx, &case)?,
            case,
            people: cases::people(tx, id)?,
            statements: said,
            goals: quiet.goals(statements::goals(tx, id)?),
            strengths: quiet.strengths(statements::strengths(tx, id)?),
            events,
        })
    })
    .await
}

/// Of one day, what comes later in the process stands first.
fn from_the_end(kind: &str) -> u8 {
    match kind {
        "commission" => 0,
        "plan" | "refusal" => 1,
        "consultation-held" | "consultation-set" => 2,
        "report" => 4,
        _ => 3,
    }
}
