// SPDX-License-Identifier: EUPL-1.2
//! A story: what happened with one family, step by step. Nothing here touches the database; it is written
//! down first and lived through afterwards.

use super::family::Family;
use domain::casework::{
    Channel, Confidence, Danger, Field, GoalLevel, HelpKind, IdeaKind, PlanPart, Rater, ReporterKind, StatementKind,
};
use domain::kernel::{Day, Moment, Period};

/// A family's story in a team.
#[derive(Debug, Clone)]
pub struct Story {
    /// Which team.
    pub team: usize,
    /// Which of its workers.
    pub worker: usize,
    pub family: Family,
    /// In the order of time.
    pub steps: Vec<Step>,
}

/// Something done at a moment.
#[derive(Debug, Clone)]
pub struct Step {
    pub at: Moment,
    pub deed: Deed,
}

/// What was done.
#[derive(Debug, Clone)]
pub enum Deed {
    TakeIn(TakenIn),
    Open,
    /// The family's person of this number joins the case.
    Person(usize),
    Say(Said),
    Goal {
        owner: usize,
        words: String,
    },
    /// A note about the family's first person.
    Note {
        words: String,
        confidence: Confidence,
    },
    /// Resource check, network map and genogram; who stands on the map, in parts.
    Explore {
        told: Vec<Vec<String>>,
    },
    /// The family answers its plan over a link.
    FamilyAnswers {
        words: String,
    },
    /// An action goal under the first direction goal.
    Step {
        owner: usize,
        words: String,
        due_on: Day,
    },
    /// What one side holds of the newest action goal.
    Rate {
        rater: Rater,
        level: GoalLevel,
        words: String,
    },
    Strength {
        field: Field,
        words: String,
    },
    PutOnAgenda {
        question: String,
        meets_on: Day,
    },
    Idea {
        adviser: usize,
        kind: IdeaKind,
        words: String,
    },
    Hold {
        minutes: String,
    },
    Decide(Decided),
    Commission(Ordered),
    Acknowledge {
        agency: usize,
    },
}

/// A report.
#[derive(Debug, Clone)]
pub struct TakenIn {
    pub channel: Channel,
    pub reporter: ReporterKind,
    pub said: String,
    pub place: String,
    pub danger: Danger,
    /// Somebody of the duty desk took it in, not the team itself.
    pub by_duty: bool,
}

/// A statement.
#[derive(Debug, Clone)]
pub struct Said {
    pub kind: StatementKind,
    pub speaker: Option<usize>,
    pub words: String,
    pub own_part: String,
}

/// A decision.
#[derive(Debug, Clone)]
pub struct Decided {
    pub granted: bool,
    pub kind: HelpKind,
    pub period: Period,
    pub reasons: String,
    pub alternatives: Vec<String>,
    pub details: Detailed,
}

/// What a plan says besides.
#[derive(Debug, Clone)]
pub struct Detailed {
    /// Services in words, amount, unit.
    pub services: Vec<String>,
    /// Parts of the plan: code and words.
    pub parts: Vec<(PlanPart, String)>,
    /// Why something is missing.
    pub gaps_reason: String,
}

/// A commission.
#[derive(Debug, Clone)]
pub struct Ordered {
    pub agency: usize,
    pub kind: HelpKind,
    pub period: Period,
    pub euros: i64,
    /// What became of the family's wish, the wish, why it was not followed.
    pub choice: Vec<String>,
    pub over_plan: String,
}

impl Deed {
    /// Steps of the same turn happen strictly one after another: case numbers count up, and a pot's order
    /// decides which promise of a region goes over plan.
    pub const fn turn(&self, region: usize) -> Option<Turn> {
        match self {
            Self::Open | Self::TakeIn(TakenIn { danger: Danger::SignsOrUnsure, .. }) => Some(Turn::Number),
            Self::Commission(_) => Some(Turn::Money(region)),
            _ => None,
        }
    }
}

/// What only one may take at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Number,
    /// Of a region.
    Money(usize),
}
