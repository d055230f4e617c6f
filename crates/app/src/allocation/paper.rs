// SPDX-License-Identifier: EUPL-1.2
//! A result as it is kept and shown: fractions as exact text, amounts in cents, steps by their codes.

use domain::budget::allocation::{Outcome, Ratio, Share, Step};
use serde::{Deserialize, Serialize};

/// One step of a calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLine {
    /// Code of what it is.
    pub word: String,
    /// Of what.
    pub about: String,
    /// Exact value: `3` or `3/7`.
    pub value: String,
    /// Code of what it counts.
    pub unit: String,
    /// Code of how it comes out of its parts.
    pub how: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Date of the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<StepLine>,
}

impl StepLine {
    fn of(step: &Step) -> Self {
        let origin = step.origin.as_ref();
        Self {
            word: step.word.code().to_owned(),
            about: step.about.clone(),
            value: step.value.exact(),
            unit: step.unit.code().to_owned(),
            how: step.how.code().to_owned(),
            source: origin.map(|origin| origin.source.clone()),
            as_of: origin.and_then(|origin| origin.as_of).map(|day| day.to_string()),
            parts: step.parts.iter().map(Self::of).collect(),
        }
    }

    /// The exact value.
    #[must_use]
    pub fn ratio(&self) -> Ratio {
        Ratio::from_exact(&self.value).unwrap_or_else(Ratio::zero)
    }
}

/// A name and an amount in cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Name.
    pub name: String,
    /// Cents.
    pub cents: i64,
}

/// One area's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareLine {
    /// Area.
    pub area: String,
    /// What it gets.
    pub cents: i64,
    /// What the key alone gives it.
    pub by_key: i64,
    /// What it had the year before.
    pub previous: Option<i64>,
    /// Why.
    pub why: StepLine,
    /// By purpose.
    pub purposes: Vec<Named>,
    /// By agency.
    pub agencies: Vec<Named>,
    /// Instalments.
    pub instalments: Vec<i64>,
    /// Room for cases, posts, prices.
    pub figures: Vec<StepLine>,
}

impl ShareLine {
    fn of(share: &Share) -> Self {
        let named = |list: &[(String, i64)]| {
            list.iter().map(|(name, cents)| Named { name: name.clone(), cents: *cents }).collect()
        };
        Self {
            area: share.area.clone(),
            cents: share.cents,
            by_key: share.by_key,
            previous: share.previous,
            why: StepLine::of(&share.why),
            purposes: named(&share.purposes),
            agencies: named(&share.agencies),
            instalments: share.instalments.clone(),
            figures: share.figures.iter().map(StepLine::of).collect(),
        }
    }
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The whole.
    pub total: i64,
    /// Left out.
    pub left_out: i64,
    /// Taken off in advance.
    pub top_slice: i64,
    /// To be distributed.
    pub distributed: i64,
    /// Stays with the office.
    pub rest: i64,
    /// On top for softened losses.
    pub extra: i64,
    /// Shares.
    pub shares: Vec<ShareLine>,
    /// From the whole to what is distributed.
    pub whole: StepLine,
    /// Sums over all areas.
    pub sums: Vec<StepLine>,
    /// Codes of what is said beside the result.
    pub said: Vec<String>,
}

impl From<&Outcome> for Paper {
    fn from(outcome: &Outcome) -> Self {
        Self {
            total: outcome.total,
            left_out: outcome.left_out,
            top_slice: outcome.top_slice,
            distributed: outcome.distributed,
            rest: outcome.rest,
            extra: outcome.extra,
            shares: outcome.shares.iter().map(ShareLine::of).collect(),
            whole: StepLine::of(&outcome.whole),
            sums: outcome.sums.iter().map(StepLine::of).collect(),
            said: outcome.said.iter().map(|rule| rule.code().to_owned()).collect(),
        }
    }
}
