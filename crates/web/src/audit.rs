// SPDX-License-Identifier: EUPL-1.2
//! The log as sentences, and whether its seals hold.

use crate::kit::{Asks, Frame, Oops, Routes, SignedIn, Web, filters, link, page};
use app::audit::{self, Chain, LogLine};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/verwaltung/protokoll", Asks::For(Action::SeeAudit), log).get(
        "/verwaltung/protokoll/pruefen",
        Asks::For(Action::SeeAudit),
        verify,
    )
}

// Forms -----------------------------------------------------------------------------------------------

/// From where on.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    vor: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn log(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let lines = audit::log(&web.app, &who.actor, asked.vor.parse().ok()).await?;
    let last = lines.last().filter(|line| line.seq > 1);
    let next = last.map(|line| link("/verwaltung/protokoll", &[("vor", &line.seq.to_string())]));
    Ok(page(&LogPage { frame: Frame::new(&web, &who, "nav-audit"), lines, next }))
}

async fn verify(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let chain = audit::verify(&web.app, &who.actor).await?;
    Ok(page(&ChainPage { frame: Frame::new(&web, &who, "nav-audit"), chain, at: web.app.now().german() }))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "audit/log.html")]
struct LogPage {
    frame: Frame,
    lines: Vec<LogLine>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "audit/chain.html")]
struct ChainPage {
    frame: Frame,
    chain: Chain,
    at: String,
}

#[cfg(test)]
mod tests {
    use crate::kit::messages::has;
    use domain::access::Action;
    use domain::audit::DeedKind;

    #[test]
    fn every_code_has_its_words() {
        let deeds = DeedKind::ALL.iter().map(|deed| format!("deed-{}", deed.code()));
        let actions = Action::ALL.iter().map(|action| format!("action-{}", action.code()));
        let missing: Vec<String> = deeds.chain(actions).filter(|key| !has(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
