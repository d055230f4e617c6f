// SPDX-License-Identifier: EUPL-1.2
//! People in a case, and the case's number.

use crate::access::codes;
use crate::kernel::{Day, PersonName};

codes! {
    /// Who somebody is in the family.
    #[doc(alias = "Rolle in der Familie")]
    PersonRole {
        /// A child under 14 (§ 7(1) Nr. 1 SGB VIII).
        Child = "child",
        /// A young person of 14 to 17 (§ 7(1) Nr. 2).
        Youth = "youth",
        /// A young adult (§ 7(1) Nr. 3).
        YoungAdult = "young-adult",
        /// Mother.
        Mother = "mother",
        /// Father.
        Father = "father",
        /// Another relative.
        Relative = "relative",
        /// Somebody else who matters.
        Other = "other",
    }
}

/// A person to be added to a case.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Person")]
pub struct NewPerson {
    /// Name.
    pub name: PersonName,
    /// In the family.
    pub role: PersonRole,
    /// Birthday, if it is known.
    pub born: Option<Day>,
}

/// `2026-0417`: the year and a running number.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Aktenzeichen")]
pub struct CaseNumber(String);

impl CaseNumber {
    /// The n-th case of a year.
    #[must_use]
    pub fn new(year: i16, n: i64) -> Self {
        Self(format!("{year}-{n:04}"))
    }

    /// As shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
