// SPDX-License-Identifier: EUPL-1.2
//! The start page: at most three blocks, the first is always "Was ist heute zu tun". Every use case is
//! asked only of those who reach it.

use crate::budget::or_dash;
use crate::deadlines::DueLine;
use crate::kit::{Asks, Frame, Oops, Routes, SignedIn, Web, filters, page};
use app::access::open_drafts;
use app::casework::cases::{self, CaseLine, Whose};
use app::casework::family_link::{self, UnseenAnswers};
use app::casework::{board, consultation};
use app::exchange::{self, Mandate};
use app::{Failure, budget, deadlines};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::kernel::{Balance, Moment};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/", Asks::For(Action::KeepOwn), start)
}

/// Lines of a list on the start page.
const LINES: usize = 6;
/// Days ahead of which the start page tells.
const SOON: i32 = 7;
/// Regions whose money is shown.
const REGIONS: usize = 12;

// Handlers --------------------------------------------------------------------------------------------

async fn start(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let mut shown = StartPage::blank(&web, &who);
    shown.drafts = open_drafts(&web.app, &who.actor).await?.into_iter().filter_map(DraftLink::of).collect();
    if who.may(Action::SeeReport) && who.may(Action::SeeCase) {
        shown.load_casework(&web, &who).await?;
    }
    if who.may(Action::SeeConsultation) {
        shown.load_next_meeting(&web, &who).await?;
    }
    if who.may(Action::SeeMandate) {
        let all = exchange::mandates(&web.app, &who.actor, None).await?;
        shown.mandates = Some(all.into_iter().filter(|one| one.received.acknowledged_at.is_none()).collect());
    }
    if who.may(Action::SeeBudget) && !who.may(Action::SeeCase) {
        shown.load_money(&web, &who).await?;
    }
    Ok(page(&shown))
}

// Pages -----------------------------------------------------------------------------------------------

/// A number that leads to its list.
struct Tile {
    path: &'static str,
    key: &'static str,
    value: String,
}

/// A text that was begun.
struct DraftLink {
    path: String,
    /// Message key.
    key: &'static str,
    at: Moment,
}

impl DraftLink {
    /// From the key of a form to its page.
    fn of((form, at): (String, Moment)) -> Option<Self> {
        let (kind, id) = form.split_once('/').unwrap_or((&form, ""));
        let of_case = |page: &str| format!("/faelle/{id}/{page}");
        let (path, key) = match kind {
            "meldung" => ("/eingang/neu".to_owned(), "draft-report"),
            "wille" => (of_case("wille"), "draft-will"),
            "beratung" => (of_case("beratung"), "draft-consultation"),
            "entscheidung" => (of_case("hilfeplan"), "draft-decision"),
            "bereich" => (of_case("bereich"), "draft-area"),
            "auftrag" => (of_case("leistungen"), "draft-commission"),
            "notiz" => (of_case("notizen"), "draft-note"),
            "ueberblick" => (format!("/faelle/{}/kurz", id.split('/').next().unwrap_or_default()), "draft-brief"),
            _ => return None,
        };
        Some(Self { path, key, at })
    }
}

/// A region and the money it can still promise.
struct RegionMoney {
    path: String,
    name: String,
    free: String,
    over: bool,
}

#[derive(Template)]
#[template(path = "start/start.html")]
struct StartPage {
    frame: Frame,
    /// Message key.
    greeting: &'static str,
    first_name: String,
    danger: Vec<CaseLine>,
    unassigned: usize,
    /// Reports that are called out to those who lead.
    called_out: usize,
    tiles: Vec<Tile>,
    dues: Vec<DueLine>,
    drafts: Vec<DraftLink>,
    /// Cases whose family answered over a link.
    answers: Vec<UnseenAnswers>,
    cases: Option<Vec<CaseLine>>,
    mandates: Option<Vec<Mandate>>,
    money: Vec<RegionMoney>,
}

impl StartPage {
    fn blank(web: &Web, who: &SignedIn) -> Self {
        Self {
            frame: Frame::new(web, who, "nav-start"),
            greeting: greeting(&web.app.now().clock()),
            first_name: first_name(&who.name).to_owned(),
            danger: Vec::new(),
            unassigned: 0,
            called_out: 0,
            tiles: Vec::new(),
            dues: Vec::new(),
            drafts: Vec::new(),
            answers: Vec::new(),
            cases: None,
            mandates: None,
            money: Vec::new(),
        }
    }

    async fn load_casework(&mut self, web: &Web, who: &SignedIn) -> Result<(), Oops> {
        let board = board::board(&web.app, &who.actor).await?;
        let mut mine = cases::list(&web.app, &who.actor, Whose::Mine, None).await?;
        self.tile("/faelle", "tile-cases", mine.total);
        self.answers = family_link::waiting(&web.app, &who.actor).await?;
        self.tile("/eingang", "tile-reports", board.cards().count());
        self.unassigned = board.cards().filter(|card| card.card.unplaced).count();
        self.called_out = board.cards().filter(|card| card.escalation.is_some()).count();
        self.danger = board.danger;
        let dues = deadlines::page(&web.app, &who.actor, deadlines::Whose::Mine, None).await?;
        let (today, soon) = (web.app.today(), web.app.today().plus_days(SOON));
        let near = dues.dated.into_iter().filter(|one| one.due_on.is_some_and(|day| day <= soon));
        let all = dues.prompt.into_iter().chain(near).take(LINES);
        self.dues = all.map(|one| DueLine::new(one, today, dues.reader)).collect();
        mine.cases.truncate(LINES);
        self.cases = Some(mine.cases);
        Ok(())
    }

    async fn load_next_meeting(&mut self, web: &Web, who: &SignedIn) -> Result<(), Oops> {
        let (agenda, today) = (consultation::agenda(&web.app, &who.actor).await?, web.app.today());
        let open = agenda.iter().filter(|item| item.held_on.is_none());
        match open.map(|item| item.meets_on).filter(|day| *day >= today).min() {
            Some(day) => self.tile("/teams", "tile-meeting", day.german()),
            None => self.tile("/teams", "tile-meeting", "–"),
        }
        Ok(())
    }

    async fn load_money(&mut self, web: &Web, who: &SignedIn) -> Result<(), Oops> {
        let first = match budget::page(&web.app, &who.actor, None, None, None).await {
            Ok(first) => first,
            // An office without regions has no money to show.
            Err(Failure::Denied(Denied::Hidden)) => return Ok(()),
            Err(other) => return Err(other.into()),
        };
        for (id, name) in first.regions.into_iter().take(REGIONS) {
            let shown = budget::page(&web.app, &who.actor, Some(id), None, None).await?;
            let free = shown.pot.open(shown.pot.book.free());
            let path = format!("/budget?region={id}");
            let over = free.is_some_and(Balance::is_negative);
            self.money.push(RegionMoney { path, name, free: or_dash(free), over });
        }
        Ok(())
    }

    fn tile(&mut self, path: &'static str, key: &'static str, value: impl ToString) {
        self.tiles.push(Tile { path, key, value: value.to_string() });
    }

    fn nothing_waits(&self) -> bool {
        let mandates = self.mandates.as_ref().is_some_and(|all| !all.is_empty());
        let board = self.danger.is_empty() && self.unassigned == 0 && self.called_out == 0;
        board && self.dues.is_empty() && self.answers.is_empty() && self.drafts.is_empty() && !mandates
    }
}

fn greeting(clock: &str) -> &'static str {
    match clock {
        early if early < "05:00" => "greeting-evening",
        morning if morning < "11:00" => "greeting-morning",
        day if day < "18:00" => "greeting-day",
        _ => "greeting-evening",
    }
}

/// The first word of a name that is not a title.
fn first_name(name: &str) -> &str {
    name.split_whitespace().find(|word| !word.ends_with('.')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_greeted() {
        assert_eq!(first_name("Dr. Mira Albers"), "Mira");
        for (clock, key) in [("04:59", "evening"), ("08:00", "morning"), ("11:00", "day"), ("18:00", "evening")] {
            assert_eq!(greeting(clock), format!("greeting-{key}"), "{clock}");
        }
    }

    #[test]
    fn drafts_lead_to_their_forms() {
        for (form, path) in [
            ("meldung", Some("/eingang/neu")),
            ("wille/7", Some("/faelle/7/wille")),
            ("entscheidung/7", Some("/faelle/7/hilfeplan")),
            ("auftrag/7", Some("/faelle/7/leistungen")),
            ("anderes/7", None),
        ] {
            let link = DraftLink::of((form.to_owned(), Moment(0)));
            assert_eq!(link.as_ref().map(|link| link.path.as_str()), path, "{form}");
        }
    }
}
