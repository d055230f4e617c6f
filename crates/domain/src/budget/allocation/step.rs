// SPDX-License-Identifier: EUPL-1.2
//! A calculation that explains itself: what is calculated is the tree that is shown, so the explanation
//! cannot say anything else than what was done.

use super::ratio::Ratio;
use crate::access::codes;
use crate::kernel::Day;

codes! {
    /// What a step is called. The German word stands in the messages under `step-…`.
    #[doc(alias = "Rechenschritt")]
    Word {
        /// All of the budget's positions.
        Whole = "whole",
        /// A paragraph that is not part of the budget.
        LeftOut = "left-out",
        /// What the budget has to do with.
        Base = "base",
        /// A percentage.
        Percent = "percent",
        /// Taken off in advance.
        TopSlice = "top-slice",
        /// What is distributed.
        Distributed = "distributed",
        /// A value of the table.
        Value = "value",
        /// A weight of an indicator.
        Weight = "weight",
        /// A constant of the formula.
        Constant = "constant",
        /// A value times its weight.
        Weighted = "weighted",
        /// An indicator's sum over all areas.
        ColumnSum = "column-sum",
        /// An indicator's smallest value.
        Smallest = "smallest",
        /// An indicator's largest value.
        Largest = "largest",
        /// From the smallest to the largest.
        Span = "span",
        /// How far above the smallest.
        Above = "above",
        /// Social points of one indicator.
        Points = "points",
        /// Social points of all indicators.
        SocialPoints = "social-points",
        /// The factor one plus points of a hundred.
        Factor = "factor",
        /// Youth population, weighted.
        YouthValue = "youth-value",
        /// Per thousand inhabitants.
        PerThousand = "per-thousand",
        /// Mean load.
        MeanLoad = "mean-load",
        /// The region's value, 100 of the index.
        RegionValue = "region-value",
        /// Index with the region as 100.
        Index = "index",
        /// An area's weight in the key.
        AreaWeight = "area-weight",
        /// The weights of all areas.
        WeightSum = "weight-sum",
        /// An area's part of the key.
        Fraction = "fraction",
        /// A method's part times its part of the whole.
        Mixed = "mixed",
        /// Parts of the areas without a minimum.
        FreeSum = "free-sum",
        /// What those at their minimum get.
        FixedSum = "fixed-sum",
        /// What is left for the others.
        FreeMoney = "free-money",
        /// Before rounding.
        Exact = "exact",
        /// The minimum.
        Minimum = "minimum",
        /// Raised to the minimum.
        Raised = "raised",
        /// Down to the whole cent.
        Down = "down",
        /// One cent more out of the remainder.
        Cent = "cent",
        /// The share.
        Share = "share",
        /// The year before.
        Previous = "previous",
        /// Less than the year before.
        Loss = "loss",
        /// Below which giving lets nobody fall.
        Kept = "kept",
        /// More than the year before.
        Gain = "gain",
        /// How much of a loss is made good.
        DampingPercent = "damping-percent",
        /// What is made good.
        Compensation = "compensation",
        /// What is made good altogether.
        CompensationSum = "compensation-sum",
        /// Gains altogether.
        GainSum = "gain-sum",
        /// What is given to those who lose.
        Contribution = "contribution",
        /// Contribution before rounding.
        ContributionExact = "contribution-exact",
        /// The share with what was made good or given.
        Final = "final",
        /// Cases one has room for.
        Capacity = "capacity",
        /// Cases with the overload.
        Overload = "overload",
        /// Hours for one post.
        PerPost = "per-post",
        /// Posts.
        Posts = "posts",
        /// Money for one hour.
        PerHour = "per-hour",
    }
}

codes! {
    /// How a step's value comes out of its parts.
    #[doc(alias = "Rechenart")]
    How {
        /// It was given.
        Given = "given",
        /// It was worked out elsewhere, over all areas.
        Known = "known",
        /// Added.
        Sum = "sum",
        /// Multiplied.
        Product = "product",
        /// The first over the second.
        Quotient = "quotient",
        /// The first less the others.
        Difference = "difference",
        /// The largest.
        Greatest = "greatest",
        /// The smallest.
        Least = "least",
        /// Down to the whole number.
        Floor = "floor",
        /// Rounded to the whole number, half up.
        HalfUp = "half-up",
        /// Rounded to two digits, half up.
        HalfUpTwo = "half-up-two",
    }
}

codes! {
    /// What a value counts.
    #[doc(alias = "Einheit")]
    Unit {
        /// Just a number.
        Number = "number",
        /// Cents, shown as euros.
        Cents = "cents",
        /// A part of one, shown in percent.
        Part = "part",
        /// Percent as typed.
        Percent = "percent",
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Quelle")]
pub struct Origin {
    /// Who says so.
    pub source: String,
    /// Date of the data.
    pub as_of: Option<Day>,
}

/// One step of a calculation, with the steps it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Rechenschritt")]
pub struct Step {
    /// What it is.
    pub word: Word,
    /// Of what: a column, an area, a paragraph; may be empty.
    pub about: String,
    /// Its value.
    pub value: Ratio,
    /// What the value counts.
    pub unit: Unit,
    /// How it comes out of the parts.
    pub how: How,
    /// Where it comes from, if it was given.
    pub origin: Option<Origin>,
    /// What it rests on.
    pub parts: Vec<Step>,
}

impl Step {
    /// A value that was given.
    #[must_use]
    pub fn given(word: Word, unit: Unit, value: Ratio) -> Self {
        Self { word, about: String::new(), value, unit, how: How::Given, origin: None, parts: Vec::new() }
    }

    /// A value worked out over all areas; it stands among the sums of the result.
    #[must_use]
    pub fn known(of: &Self) -> Self {
        Self { how: How::Known, origin: None, parts: Vec::new(), ..of.clone() }
    }

    /// A value that comes out of others. A quotient over nothing is nothing; callers ask before.
    #[must_use]
    pub fn made(word: Word, unit: Unit, how: How, parts: Vec<Self>) -> Self {
        let value = combine(how, &parts.iter().map(|part| part.value.clone()).collect::<Vec<_>>());
        let value = value.unwrap_or_else(Ratio::zero);
        Self { word, about: String::new(), value, unit, how, origin: None, parts }
    }

    /// Of something.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// From somewhere.
    #[must_use]
    pub fn from(mut self, origin: &Origin) -> Self {
        self.origin = Some(origin.clone());
        self
    }

    /// Works the value out anew from the leaves, believing no step between; `known` says what sums over all
    /// areas are.
    #[must_use]
    pub fn recompute(&self, known: &dyn Fn(&Self) -> Option<Ratio>) -> Option<Ratio> {
        match self.how {
            How::Given => Some(self.value.clone()),
            How::Known => known(self),
            how => {
                let parts: Option<Vec<Ratio>> = self.parts.iter().map(|part| part.recompute(known)).collect();
                combine(how, &parts?)
            }
        }
    }

    /// In whole cents; shares are always whole.
    #[must_use]
    pub fn cents(&self) -> i64 {
        self.value.to_whole().unwrap_or_default()
    }

    /// All steps below and itself.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + self.parts.iter().map(Self::count).sum::<usize>()
    }
}

fn combine(how: How, parts: &[Ratio]) -> Option<Ratio> {
    let (first, rest) = parts.split_first()?;
    match how {
        How::Given | How::Known => None,
        How::Sum => Some(parts.iter().cloned().sum()),
        How::Product => Some(rest.iter().fold(first.clone(), |product, next| &product * next)),
        How::Quotient => first.over(rest.first()?),
        How::Difference => Some(rest.iter().fold(first.clone(), |left, next| &left - next)),
        How::Greatest => parts.iter().max().cloned(),
        How::Least => parts.iter().min().cloned(),
        How::Floor => Some(first.floor()),
        How::HalfUp => Some(first.half_up(0)),
        How::HalfUpTwo => Some(first.half_up(2)),
    }
}
