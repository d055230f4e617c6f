// SPDX-License-Identifier: EUPL-1.2
//! The letters that belong to what happened, offered on the page where it happened.

use super::say::kind_name;
use crate::kit::filters;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::letters::Occasion;
use std::fmt::Display;

/// Links to letters, each begun with what it is about.
#[derive(Debug, Template)]
#[template(path = "letters/offered.html")]
pub struct Offered {
    occasion: &'static str,
    links: Vec<(String, String)>,
}

impl HtmlSafe for Offered {}

/// The letters of an occasion; `about` is `plan:<id>`, `ending:<id>` or nothing.
#[must_use]
pub fn offered(occasion: Occasion, case: impl Display, about: &str) -> Offered {
    let link = |kind: &domain::letters::LetterKind| {
        (format!("/faelle/{case}/briefe?kind={}&about={about}#neu", kind.code()), kind_name(*kind))
    };
    Offered { occasion: occasion.code(), links: occasion.letters().iter().map(link).collect() }
}

/// What a link says of a decision.
#[must_use]
pub fn plan_code(id: impl Display) -> String {
    format!("plan:{id}")
}

/// What a link says of an ending.
#[must_use]
pub fn ending_code(id: impl Display) -> String {
    format!("ending:{id}")
}
