// SPDX-License-Identifier: EUPL-1.2
//! "Belegung": what the team carries today, each number with its list.

use crate::kit::{Asks, Frame, Oops, Routes, SignedIn, Web, filters, page};
use app::casework::workload::{self, TeamLoad};
use app::deadlines::AbsenceView;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Carried, Load};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/belegung", Asks::For(Action::SeeCase), show)
}

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let shown = workload::of_teams(&web.app, &who.actor).await?;
    Ok(page(&LoadPage { frame: Frame::new(&web, &who, "nav-cases"), shown }))
}

#[derive(Template)]
#[template(path = "casework/workload.html")]
struct LoadPage {
    frame: Frame,
    shown: TeamLoad,
}

impl LoadPage {
    /// Those in the team, and those who left it and still stand in open cases.
    fn parts(&self) -> [(&'static str, Vec<&Load>); 2] {
        let (here, left) = self.shown.loads.iter().partition(|load| load.in_team);
        [("here", here), ("left", left)]
    }

    fn away(&self, load: &Load) -> Option<&AbsenceView> {
        self.shown.away.iter().find(|absence| absence.who == load.worker)
    }

    /// What is counted of somebody, and the list that shows it.
    fn counts(&self, load: &Load) -> Vec<(&'static str, i64, String)> {
        let list = |what| match what {
            Carried::Clarifying | Carried::Helped => format!("/faelle?wer={}", load.worker),
            Carried::Protecting => "/kinderschutz".to_owned(),
            Carried::Due | Carried::Overdue => format!("/fristen?wer={}", load.worker),
        };
        Carried::ALL.iter().map(|what| (what.code(), load.of(*what), list(*what))).collect()
    }

    /// The names of what is counted.
    fn columns(&self) -> Vec<&'static str> {
        Carried::ALL.iter().map(|what| what.code()).collect()
    }
}
