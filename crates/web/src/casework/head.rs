// SPDX-License-Identifier: EUPL-1.2
//! The head of every page of a case: whose case it is, and the way to its other pages.

use crate::kit::{filters, t_with};
use app::casework::cases::{CaseView, PersonView, Stage};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::kernel::{CaseId, Day};

/// Identity bar and tabs. It holds the page's `<h1>`: what follows begins with `<h2>`.
#[derive(Debug, Clone, Template)]
#[template(path = "casework/case_head.html")]
pub struct CaseHead {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// `Familie Demir`.
    pub title: String,
    people: Vec<String>,
    team: String,
    space: Option<String>,
    sealed: bool,
    worker: String,
    stage: &'static str,
    badge: &'static str,
    danger_since: Option<String>,
    /// The case it goes on in.
    joined_into: Option<CaseId>,
    tab: &'static str,
}

impl HtmlSafe for CaseHead {}

impl CaseHead {
    /// The head of a case; `tab` is one of [`Self::tabs`].
    #[must_use]
    pub fn new(case: &CaseView, people: &[PersonView], today: Day, tab: &'static str) -> Self {
        Self {
            id: case.id,
            number: case.number.clone(),
            title: family(&case.family),
            people: people.iter().map(|person| short(person, &case.family, today)).collect(),
            team: case.team_name.clone(),
            space: case.space_name.clone(),
            sealed: case.is_sealed,
            worker: case.worker_name.clone(),
            stage: case.stage.code(),
            badge: badge(case.stage),
            danger_since: case.danger_since.map(Day::german),
            joined_into: case.joined_into,
            tab,
        }
    }

    fn tabs(&self) -> [(&'static str, &'static str); 13] {
        [
            ("overview", ""),
            ("people", "/menschen"),
            ("area", "/bereich"),
            ("will", "/wille"),
            ("consultation", "/beratung"),
            ("plan", "/hilfeplan"),
            ("package", "/hilfepaket"),
            ("services", "/leistungen"),
            ("review", "/ueberpruefung"),
            ("notes", "/notizen"),
            ("letters", "/briefe"),
            ("protection", "/schutz"),
            ("deadlines", "/fristen"),
        ]
    }
}

/// `Familie Demir`.
#[must_use]
pub fn family(name: &str) -> String {
    if name.starts_with("Familie ") { name.to_owned() } else { t_with("case-family", &[("x", name)]) }
}

/// The badge of a stage.
#[must_use]
pub const fn badge(stage: Stage) -> &'static str {
    match stage {
        Stage::Opened | Stage::Consultation => "badge--info",
        Stage::Decided => "badge--warn",
        Stage::Running => "badge--ok",
        Stage::Ended => "badge--plain",
    }
}

/// `Leyla, 9`: the family's name is said already.
fn short(person: &PersonView, family: &str, today: Day) -> String {
    let first = person.name.strip_suffix(family).map(str::trim).filter(|rest| !rest.is_empty());
    let name = first.unwrap_or(&person.name);
    match person.born {
        Some(born) => format!("{name}, {}", today.age_of(born)),
        None => name.to_owned(),
    }
}
