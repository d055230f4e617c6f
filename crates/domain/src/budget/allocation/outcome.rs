// SPDX-License-Identifier: EUPL-1.2
//! What comes out: the shares, each with its reasons, and what is said beside them.

use super::ratio::Ratio;
use super::step::{How, Step, Word};
use crate::kernel::Rule;

/// One area's share.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Anteil")]
pub struct Share {
    /// Which area.
    pub area: String,
    /// What it gets, in cents.
    pub cents: i64,
    /// What the key alone gives it, before losses were softened.
    pub by_key: i64,
    /// What it had the year before, if the table says so.
    pub previous: Option<i64>,
    /// Why: the calculation down to indicator, source and date.
    pub why: Step,
    /// By purpose.
    pub purposes: Vec<(String, i64)>,
    /// By agency.
    pub agencies: Vec<(String, i64)>,
    /// Instalments.
    pub instalments: Vec<i64>,
    /// Room for cases, posts: what a method says besides money.
    pub figures: Vec<Step>,
}

impl Share {
    /// More or less than the year before.
    #[must_use]
    pub fn change(&self) -> Option<i64> {
        self.previous.map(|previous| self.cents - previous)
    }
}

/// The result of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Verteilungsergebnis")]
pub struct Outcome {
    /// From the whole to what is distributed.
    pub whole: Step,
    /// The whole, in cents.
    pub total: i64,
    /// Left out of the budget.
    pub left_out: i64,
    /// Taken off in advance, less what it bears of losses.
    pub top_slice: i64,
    /// To be distributed.
    pub distributed: i64,
    /// Not given to anybody by methods I and J; stays with the office.
    pub rest: i64,
    /// Money on top that softening losses needs.
    pub extra: i64,
    /// The shares, in the order of the table.
    pub shares: Vec<Share>,
    /// Sums over all areas that explanations refer to.
    pub sums: Vec<Step>,
    /// What is said beside the result: claims stay, quotas steer nobody.
    pub said: Vec<Rule>,
}

impl Outcome {
    /// All shares together, in cents.
    #[must_use]
    pub fn shared(&self) -> i64 {
        self.shares.iter().map(|share| share.cents).sum()
    }

    /// Is every cent where it belongs?
    #[must_use]
    pub fn is_conserved(&self) -> bool {
        self.total + self.extra == self.left_out + self.top_slice + self.shared() + self.rest
    }

    /// Works every share out anew from the leaves of its explanation. True if all of them meet.
    #[must_use]
    pub fn explains_itself(&self) -> bool {
        let meets = |share: &Share| self.recompute(&share.why) == Some(Ratio::whole(share.cents));
        let figures = self.shares.iter().flat_map(|share| &share.figures);
        self.shares.iter().all(meets)
            && figures.chain([&self.whole]).all(|step| self.recompute(step).as_ref() == Some(&step.value))
    }

    /// The value of a step, from its leaves.
    #[must_use]
    pub fn recompute(&self, step: &Step) -> Option<Ratio> {
        step.recompute(&|known| self.recompute(self.find(known.word, &known.about)?))
    }

    /// The step that a reference means.
    #[must_use]
    pub fn find(&self, word: Word, about: &str) -> Option<&Step> {
        let roots = self.sums.iter().chain([&self.whole]).chain(self.shares.iter().map(|share| &share.why));
        roots.into_iter().find_map(|root| find_in(root, word, about))
    }
}

fn find_in<'a>(step: &'a Step, word: Word, about: &str) -> Option<&'a Step> {
    if step.word == word && step.about == about && step.how != How::Known {
        return Some(step);
    }
    step.parts.iter().find_map(|part| find_in(part, word, about))
}
