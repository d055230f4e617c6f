// SPDX-License-Identifier: EUPL-1.2
//! Cases: lists, search, the overview page.

use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::core::{App, Failure, reach};
use domain::access::{Action, Actor};
use domain::casework::Area;
use domain::kernel::{CaseId, UserId};
use store::casework::case_list::{self, Whose as Kept};
use store::casework::{cases, search, statements, timeline};
use store::sight::RowSight;

pub use store::casework::case_list::AtStage;
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
    /// Those of one worker.
    Of(UserId),
}

/// Which cases a list shows. What runs is asked for by whose it is alone; what ended by its stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Fallliste")]
pub struct Which {
    /// Whose.
    pub whose: Whose,
    /// At which stage.
    pub stage: AtStage,
    /// In which area; all if none.
    pub area: Option<Area>,
}

impl Which {
    /// All of somebody, those that ended too.
    #[must_use]
    pub const fn all(whose: Whose) -> Self {
        Self { whose, stage: AtStage::All, area: None }
    }
}

impl From<Whose> for Which {
    fn from(whose: Whose) -> Self {
        Self { whose, stage: AtStage::Open, area: None }
    }
}

/// Cases in sight, latest moved first.
///
/// # Errors
/// Hidden for people without cases.
pub async fn list(
    app: &App,
    actor: &Actor,
    which: impl Into<Which>,
    after: Option<After>,
) -> Result<CasePage, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    let Which { whose, stage, area } = which.into();
    let whose = match whose {
        Whose::Mine => Kept::Of(actor.user),
        Whose::Teams => Kept::Teams,
        Whose::Of(worker) => Kept::Of(worker),
    };
    let which = case_list::Which { whose, stage, area };
    app.read(move |tx| {
        let mut found = case_list::list(tx, &sight, which, after.unwrap_or(cases::FROM_NEWEST), PAGE + 1)?;
        let more = found.len() > PAGE as usize;
        found.truncate(PAGE as usize);
        let next = found.last().filter(|_| more).map(|line| (line.moved_at, line.id.0));
        Ok(CasePage { cases: found, total: case_list::count(tx, &sight, which)?, next })
    })
    .await
}

/// The beginning of a name has as many letters; fewer are a whole name, like Ng.
pub const FEWEST_LETTERS: usize = 3;

/// Was more than a whole name of one or two letters looked for?
#[must_use]
pub fn finds_beginnings(words: &str) -> bool {
    words.chars().filter(|letter| letter.is_alphanumeric()).count() >= FEWEST_LETTERS
}

/// Cases in sight by three letters of anybody in it, by sound, by telephone, or by number.
///
/// # Errors
/// Hidden for people without cases.
pub async fn find(app: &App, actor: &Actor, words: String) -> Result<Vec<CaseLine>, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    if words.trim().is_empty() {
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
