// SPDX-License-Identifier: EUPL-1.2
//! A proposal as people write it: the form of pages, files and the API, and what is kept forever.
//!
//! Every number is text as typed, so that none ever passes through a floating point. Field names are English
//! in JSON; files may use the German ones.

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Text, or a whole number written without quotes. A number with a decimal point is refused: it would be a
/// floating point before anybody could read its digits.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Words;
    impl Visitor<'_> for Words {
        type Value = String;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text or a whole number")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }
        fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
        fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    deserializer.deserialize_any(Words)
}

macro_rules! sheets {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident | $german:literal: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name { $($(#[$fdoc])* #[serde(alias = $german)] pub $field: $kind),* }
    )*};
}

/// Text that may be written as a whole number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Typed(pub String);

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        words(deserializer).map(Self)
    }
}

impl<T: Into<String>> From<T> for Typed {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

sheets! {
    /// A whole proposal.
    Sheet {
        /// What it is called.
        title | "titel": String,
        /// Budget year.
        year | "jahr": Typed,
        /// The whole, in euros.
        total | "gesamt": Typed,
        /// Which paragraphs are in and out.
        scope | "umfang": Vec<ScopeLine>,
        /// Taken off in advance: `5 %` or euros.
        top_slice | "vorwegabzug": Typed,
        /// The key.
        methods | "verfahren": Vec<MethodLine>,
        /// Where the columns' values come from.
        sources | "quellen": Vec<SourceLine>,
        /// Areas and indicators: a head and a line for each area, cells apart by semicolons or tabs.
        table | "tabelle": String,
        /// What each area gets at least: `5 %` or euros.
        minimum | "mindestanteil": Typed,
        /// How losses are softened.
        damping | "ausgleich": Vec<DampingLine>,
        /// Who pays for that: `gainers`, `reserve`, `extra`.
        damping_borne | "ausgleich_aus": String,
        /// Purposes in percent of each share.
        purposes | "zwecke": Vec<PurposeLine>,
        /// Agencies in the areas.
        agencies | "traeger": Vec<AgencyLine>,
        /// In how many instalments shares are paid; left out: one.
        instalments | "abschlaege": Typed,
    }
    /// A paragraph in the budget or out of it.
    ScopeLine {
        /// `§ 34`.
        paragraph | "paragraf": String,
        /// Is it part of the budget? Has no default: people answer it.
        inside | "enthalten": Option<bool>,
        /// Euros planned for it.
        amount | "betrag": Typed,
    }
    /// One method of the key.
    MethodLine {
        /// Letter A to K, or the method's code.
        method | "art": String,
        /// Percent of the money that goes by it; left out: all.
        percent | "anteil": Typed,
        /// Column of inhabitants.
        population | "einwohner": String,
        /// Columns with their weights.
        indicators | "indikatoren": Vec<IndicatorLine>,
        /// C: `ja` or `nein`, is the weighted population rounded to whole inhabitants? Left out: yes.
        whole | "gerundet": String,
        /// J: percent contracted.
        contracted | "gebunden": Typed,
        /// J: percent of overload.
        overload | "mehrlast": Typed,
        /// J: column of cases there is room for.
        capacity | "plaetze": String,
        /// K: hours for one post.
        per_post | "stunden_je_stelle": Typed,
    }
    /// A column with its weight.
    IndicatorLine {
        /// Head of the column.
        column | "spalte": String,
        /// Its weight: a number, or `sehr hoch`, `hoch`, `mittel`, `gering`; left out: 1.
        weight | "gewicht": Typed,
    }
    /// Where a column's values come from.
    SourceLine {
        /// Head of the column.
        column | "spalte": String,
        /// Who says so.
        source | "quelle": String,
        /// Date of the data.
        as_of | "stand": String,
    }
    /// A year of softened losses.
    DampingLine {
        /// Year.
        year | "jahr": Typed,
        /// Percent of the loss made good.
        percent | "prozent": Typed,
    }
    /// A purpose.
    PurposeLine {
        /// Name.
        name | "zweck": String,
        /// Percent of the share.
        percent | "prozent": Typed,
    }
    /// An agency's part of an area.
    AgencyLine {
        /// Area.
        area | "gebiet": String,
        /// Agency.
        agency | "name": String,
        /// Its weight.
        weight | "gewicht": Typed,
    }
}
