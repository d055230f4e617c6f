// SPDX-License-Identifier: EUPL-1.2
//! Help, accessibility statement, and where to report a weakness. Open to all.

use crate::kit::{Asks, Plain, Routes, Web, filters, page, t_with};
use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/hilfe", Asks::Nobody, help).get("/barrierefreiheit", Asks::Nobody, accessibility).get(
        "/.well-known/security.txt",
        Asks::Nobody,
        security,
    )
}

/// Screens with a short help: the message of the name; `help-<name>` is the text.
const SCREENS: &[&str] = &[
    "nav-start",
    "nav-intake",
    "nav-cases",
    "nav-mandates",
    "nav-spaces",
    "nav-resources",
    "trade-nav",
    "nav-teams",
    "nav-budget",
    "nav-agencies",
    "nav-people",
    "nav-audit",
];

/// Terms explained, in alphabetical order: `term-<code>` and `term-<code>-means`.
const TERMS: &[&str] = &[
    "mandate",
    "need",
    "consultation",
    "goal",
    "help-plan",
    "plan-meeting",
    "top-up",
    "resource",
    "resource-card",
    "space",
    "team",
    "agency",
    "top-slice",
    "will",
    "wish",
];

// Handlers --------------------------------------------------------------------------------------------

async fn help(State(web): State<Web>) -> Response {
    page(&HelpPage { plain: Plain::new(&web), screens: SCREENS, terms: TERMS })
}

async fn accessibility(State(web): State<Web>) -> Response {
    page(&AccessibilityPage { plain: Plain::new(&web) })
}

async fn security(State(web): State<Web>) -> Response {
    let expires = web.app.today().plus_days(180).to_string();
    let text = t_with("security-txt", &[("office", &web.office), ("expires", &expires)]);
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text + "\n").into_response()
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "help/help.html")]
struct HelpPage {
    plain: Plain,
    screens: &'static [&'static str],
    terms: &'static [&'static str],
}

#[derive(Template)]
#[template(path = "help/accessibility.html")]
struct AccessibilityPage {
    plain: Plain,
}

#[cfg(test)]
mod tests {
    use super::{SCREENS, TERMS};
    use crate::kit::messages::{has, t};

    #[test]
    fn every_screen_and_term_is_explained() {
        let screens = SCREENS.iter().map(|name| format!("help-{name}"));
        let terms = TERMS.iter().flat_map(|code| [format!("term-{code}"), format!("term-{code}-means")]);
        let missing: Vec<String> = screens.chain(terms).filter(|key| !has(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let words: Vec<String> = TERMS.iter().map(|code| t(&format!("term-{code}")).to_lowercase()).collect();
        assert!(words.is_sorted(), "{words:?}");
    }
}
