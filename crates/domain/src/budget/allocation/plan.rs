// SPDX-License-Identifier: EUPL-1.2
//! What somebody proposes: the whole, what is left out or taken off, the key, and what is to be kept.

use super::ratio::Ratio;
use super::table::Table;
use crate::access::codes;
use crate::kernel::{Line, Refusal, Refusals, Rule};

codes! {
    /// The keys found in practice, in the order of their letters A to K.
    #[doc(alias = "Verteilschlüssel")]
    Method {
        /// A: turnover of the base years (Celle).
        MarketShare = "market-share",
        /// B: indicators of need and performance (Segeberg).
        Indicators = "indicators",
        /// C: youth population with min-max points (Hamburg-Nord).
        YouthValue = "youth-value",
        /// D: criteria per thousand inhabitants, weighted (Schwarzwald-Baar).
        PerThousand = "per-thousand",
        /// E: population times mean load (Lüneburg).
        MeanLoad = "mean-load",
        /// F: graded weights, the region as 100 (SAGS).
        Graded = "graded",
        /// G: case numbers (Nordfriesland).
        Cases = "cases",
        /// H: the same for all (Berlin Flexibudget).
        Equal = "equal",
        /// I: a quota for each; stopped by court as a rule of placement (Friedrichshain-Kreuzberg).
        Quota = "quota",
        /// J: a percentage contracted, with an overload quota (Bergedorf); stopped by court as well.
        Contracted = "contracted",
        /// K: hours or posts (Hamburg 1999).
        Contingent = "contingent",
    }
}

impl Method {
    /// Its letter in the papers.
    #[must_use]
    pub fn letter(self) -> &'static str {
        const LETTERS: [&str; 11] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"];
        Self::ALL.iter().position(|method| *method == self).map_or("", |at| LETTERS[at])
    }

    /// Did courts stop it where it steered placements? Here it works out money and room, nothing else.
    #[must_use]
    pub const fn was_stopped(self) -> bool {
        matches!(self, Self::Quota | Self::Contracted)
    }

    /// May a part of the money stay with the office?
    #[must_use]
    pub const fn leaves_a_rest(self) -> bool {
        self.was_stopped()
    }

    /// Does it count inhabitants?
    #[must_use]
    pub const fn needs_population(self) -> bool {
        matches!(self, Self::YouthValue | Self::PerThousand | Self::MeanLoad)
    }
}

/// A column of the table with its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Indikator")]
pub struct Weighted {
    /// Which column.
    pub column: usize,
    /// Its weight; what counts is how the weights stand to each other.
    pub weight: Ratio,
}

/// One method with its inputs; a key may mix several.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Schlüsselteil")]
pub struct Part {
    /// Which method.
    pub method: Method,
    /// Percent of the money that goes by it.
    pub percent: Ratio,
    /// Column of inhabitants.
    pub population: Option<usize>,
    /// Indicators.
    pub columns: Vec<Weighted>,
    /// C: is the weighted youth population rounded to whole inhabitants, as in printed tables?
    pub whole: bool,
    /// J: percent contracted.
    pub contracted: Option<Ratio>,
    /// J: percent of overload that must be served.
    pub overload: Option<Ratio>,
    /// J: column of cases there is room for.
    pub capacity: Option<usize>,
    /// K: hours for one post.
    pub per_post: Option<Ratio>,
}

impl Part {
    /// A method without inputs yet, for all of the money.
    #[must_use]
    pub fn new(method: Method) -> Self {
        Self {
            method,
            percent: Ratio::whole(100),
            population: None,
            columns: Vec::new(),
            whole: matches!(method, Method::YouthValue),
            contracted: None,
            overload: None,
            capacity: None,
            per_post: None,
        }
    }
}

/// A percentage or an amount in cents.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Anteil oder Betrag")]
pub enum Portion {
    /// Percent of the whole in question, 0 to 100.
    Percent(Ratio),
    /// Cents.
    Cents(i64),
}

/// A paragraph, in the budget or out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Budgetumfang")]
pub struct Scope {
    /// `§ 34`, or other words for it.
    pub paragraph: String,
    /// Is it part of the budget?
    pub inside: bool,
    /// Cents planned for it; what is outside is taken off the whole.
    pub cents: i64,
}

codes! {
    /// Who pays for the compensation of losses.
    #[doc(alias = "Träger des Ausgleichs")]
    Borne {
        /// Those who gain, by their gains.
        Gainers = "gainers",
        /// What was taken off in advance.
        Reserve = "reserve",
        /// Money on top.
        Extra = "extra",
    }
}

/// How losses are softened over the years: a table, because linearity is only one reading (TV22).
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Übergangsausgleich")]
pub struct Damping {
    /// Year and percent of the loss made good; years not named make nothing good.
    pub years: Vec<(i16, Ratio)>,
    /// Who pays.
    pub borne: Borne,
}

impl Damping {
    /// Percent of the loss made good in a year.
    #[must_use]
    pub fn percent(&self, year: i16) -> Ratio {
        self.years.iter().find(|(of, _)| *of == year).map_or_else(Ratio::zero, |(_, percent)| percent.clone())
    }
}

/// An agency's part of an area.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Trägeranteil")]
pub struct Seat {
    /// Which area.
    pub area: usize,
    /// Which agency.
    pub agency: String,
    /// Its weight: turnover, percent, hours.
    pub weight: Ratio,
}

/// A proposal, read and checked on its own; whether it comes out is said by [`super::allocate`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Verteilungsvorschlag")]
pub struct Plan {
    /// What it is called.
    pub title: Line,
    /// The budget year.
    pub year: i16,
    /// The whole, in cents.
    pub total: i64,
    /// Which paragraphs are in and out.
    pub scope: Vec<Scope>,
    /// Taken off in advance (§ 80(1) Nr. 3 SGB VIII).
    pub top_slice: Option<Portion>,
    /// Areas and indicators.
    pub table: Table,
    /// The key.
    pub parts: Vec<Part>,
    /// What each area gets at least; an area's own minimum in the table counts if it is higher.
    pub minimum: Option<Portion>,
    /// How losses are softened.
    pub damping: Option<Damping>,
    /// Purposes in percent of each area's share.
    pub purposes: Vec<(String, Ratio)>,
    /// Agencies in the areas.
    pub agencies: Vec<Seat>,
    /// In how many equal instalments shares are paid.
    pub instalments: u8,
}

/// Something wrong, and where: a field, perhaps a line of it, perhaps a name in that line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Eingabefehler")]
pub struct Fault {
    /// Which rule.
    pub rule: Rule,
    /// The field.
    pub field: &'static str,
    /// The line in it, from 1.
    pub line: Option<usize>,
    /// The column, area or other name in question; may be empty.
    pub about: String,
    /// The amount that the sentence names, in cents.
    pub cents: Option<i64>,
}

impl Fault {
    /// In a field.
    #[must_use]
    pub const fn at(rule: Rule, field: &'static str) -> Self {
        Self { rule, field, line: None, about: String::new(), cents: None }
    }

    /// Broken otherwise at the same place.
    #[must_use]
    pub fn refused(self, refusal: Refusal) -> Self {
        Self { rule: refusal.rule, cents: refusal.cents, ..self }
    }

    /// In a line of it.
    #[must_use]
    pub const fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// About something.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }
}

/// Faults as refusals of fields, each only once.
#[must_use]
pub fn refusals(faults: &[Fault]) -> Refusals {
    let mut seen: Vec<Refusal> = Vec::new();
    let mut refusals = Refusals::default();
    for fault in faults {
        let refusal = Refusal { cents: fault.cents, ..fault.rule.broken_at(fault.field) };
        if !seen.contains(&refusal) {
            seen.push(refusal);
            refusals.note(refusal);
        }
    }
    refusals
}
