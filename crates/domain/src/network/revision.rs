// SPDX-License-Identifier: EUPL-1.2
//! A project is changed between opinion and decision, as the team advised, or given up before it begins. What it said
//! before is kept; an opinion stands beside the version that the team read.

use super::project::{CostLine, PROJECT_CLOSED, Project};
use crate::kernel::{Line, Note, Refusal, Rule};

/// Somebody else changed it meanwhile.
pub const PROJECT_CHANGED: Rule = Rule::new("project.changed", "Zwei Menschen, ein Text");
/// Money is still promised to what is given up.
pub const PROJECT_HAS_MONEY: Rule = Rule::new("project.has_money", "§ 74 SGB VIII; Haushaltsrecht");

/// Which version of a project; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Fassung")]
pub struct Version(i64);

impl Version {
    /// The first.
    pub const FIRST: Self = Self(1);

    /// As kept; nothing stands for the first.
    #[must_use]
    pub fn kept(number: Option<i64>) -> Self {
        Self(number.unwrap_or(1).max(1))
    }

    /// Reads the version before somebody's eyes.
    ///
    /// # Errors
    /// [`PROJECT_CHANGED`]: what cannot be read is no version that anybody saw.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        text.trim().parse().ok().filter(|number| *number > 0).map(Self).ok_or(PROJECT_CHANGED.broken())
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Questions one to four and the cost plan as they shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Projektänderung")]
pub struct Revision {
    /// The version before the writer's eyes.
    pub of: Version,
    /// What it is called.
    pub title: Line,
    /// 1. Found in which body.
    pub found_in: Line,
    /// 1. What need.
    pub need: Note,
    /// 2. Which goals.
    pub goals: Note,
    /// 3. Which connection with help planning.
    pub help_link: Note,
    /// 4. Who does it, on what terms.
    pub terms: Note,
    /// 4. With how much time.
    pub hours: Option<super::Minutes>,
    /// 4. With how much money; may be none.
    pub costs: Vec<CostLine>,
}

impl Project {
    /// May it still be changed? Once decided on, it is what was decided on.
    ///
    /// # Errors
    /// [`PROJECT_CLOSED`], [`PROJECT_CHANGED`].
    pub fn changed(self, is: Version, seen: Version) -> Result<Version, Refusal> {
        if !matches!(self, Self::Idea | Self::Advised) {
            return Err(PROJECT_CLOSED.broken());
        }
        if is == seen { Ok(is.next()) } else { Err(PROJECT_CHANGED.broken()) }
    }

    /// It is given up before it begins.
    ///
    /// # Errors
    /// [`PROJECT_CLOSED`], [`PROJECT_HAS_MONEY`] as long as a promise of money is open.
    pub fn withdrawn(self, money_is_open: bool) -> Result<Self, Refusal> {
        match self {
            Self::Idea | Self::Advised | Self::Approved if !money_is_open => Ok(Self::Withdrawn),
            Self::Idea | Self::Advised | Self::Approved => Err(PROJECT_HAS_MONEY.broken()),
            _ => Err(PROJECT_CLOSED.broken()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_decided_may_change_and_nobody_writes_over_another() {
        let (first, second) = (Version::FIRST, Version::FIRST.next());
        assert_eq!(Project::Idea.changed(first, first), Ok(second));
        assert_eq!(Project::Advised.changed(second, second).map(Version::number), Ok(3));
        assert_eq!(Project::Advised.changed(second, first), Err(PROJECT_CHANGED.broken()));
        for closed in [Project::Approved, Project::Refused, Project::Running, Project::Withdrawn] {
            assert_eq!(closed.changed(first, first), Err(PROJECT_CLOSED.broken()), "{closed:?}");
        }
        assert_eq!((Version::parse(" 2 "), Version::kept(None)), (Ok(second), first));
        for text in ["", "0", "-1", "eins"] {
            assert_eq!(Version::parse(text), Err(PROJECT_CHANGED.broken()), "{text}");
        }
    }

    #[test]
    fn what_has_not_begun_may_be_given_up() {
        for open in [Project::Idea, Project::Advised, Project::Approved] {
            assert_eq!(open.withdrawn(false), Ok(Project::Withdrawn));
            assert_eq!(open.withdrawn(true), Err(PROJECT_HAS_MONEY.broken()));
        }
        for closed in [Project::Running, Project::Evaluated, Project::Ended, Project::Refused, Project::Withdrawn] {
            assert_eq!(closed.withdrawn(false), Err(PROJECT_CLOSED.broken()), "{closed:?}");
        }
        assert!(!Project::Withdrawn.is_open());
    }
}
