// SPDX-License-Identifier: EUPL-1.2
//! "Was gibt es dafür im Quartier?" What is asked travels in the body, never in an address: addresses stand in
//! histories and in the logs of whatever is in front of this program.

use super::head::CaseHead;
use super::matching_view::{MatchCard, metres, sections};
use crate::kit::answer::attempt;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t, t_with};
use crate::resources::choices;
use app::casework::matching::{self, MatchAsked, MatchPage, Origin};
use app::casework::taking;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CardId, CaseId};
use domain::resources::{CardKind, Language, Topic, Want, WantedTime};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/faelle/{id}/passendes", see, begin)
        .post("/faelle/{id}/passendes", see, look)
        .post("/faelle/{id}/passendes/doch", work, reconsider)
        .and(super::taking::routes())
}

/// Where in the case the question begins.
#[derive(Deserialize)]
struct Begun {
    #[serde(default)]
    ziel: String,
    #[serde(default)]
    eintrag: String,
    #[serde(default)]
    person: String,
}

/// Cards of a step that are shown at once.
const FIRST: usize = 4;
/// Codes of the boxes.
const FLAGS: [&str; 3] = ["no-steps", "free-places", "only-reach"];

/// The question; what cannot be read narrows nothing.
fn asked(form: &FormData) -> MatchAsked {
    let flag = |code: &str| form.values("flags").any(|value| value == code);
    let want = Want {
        words: form.value("words").chars().take(300).collect(),
        topic: Topic::from_code(form.value("topic")),
        kind: CardKind::from_code(form.value("kind")),
        age: form.value("age").trim().parse().ok().filter(|age| (0..=120).contains(age)),
        language: Language::from_code(form.value("language")),
        time: WantedTime::from_code(form.value("time")),
        space: form.value("space").parse().ok(),
        metres: form.value("metres").parse().ok().filter(|metres| (100..=50_000).contains(metres)),
        no_steps: flag("no-steps"),
        free_places: flag("free-places"),
        only_reach: flag("only-reach"),
        ..Want::default()
    };
    let (person, from) = (form.value("person").parse().ok(), form.value("from").parse().ok());
    MatchAsked { want, person, from, typed: true, ..MatchAsked::default() }
}

// Handlers --------------------------------------------------------------------------------------------

async fn begin(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Query(begun): Query<Begun>,
) -> Result<Response, Oops> {
    let (goal, entry, person) = (begun.ziel.parse().ok(), begun.eintrag.parse().ok(), begun.person.parse().ok());
    let asked = MatchAsked { goal, entry, person, ..MatchAsked::default() };
    let form = FormData::default();
    Ok(page(&MatchTemplate::load(&web, &who, (case, asked), &form).await?))
}

async fn look(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    form.key()?;
    Ok(page(&MatchTemplate::load(&web, &who, (case, asked(&form)), &form).await?))
}

async fn reconsider(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let card: CardId = form.value("card").parse().or(Err(Oops::Unreadable))?;
    let again = |()| taking::reconsider(&web.app, &who.actor, form.key().ok(), (case, card));
    form.key()?;
    attempt(Ok(()), again).await?.or(Err(Oops::Unreadable))?;
    Ok(crate::kit::redirect(&format!("/faelle/{case}/passendes")))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/matching.html")]
struct MatchTemplate {
    frame: Frame,
    head: CaseHead,
    form: FormView,
    shown: MatchPage,
    topics: Vec<Choice>,
    kinds: Vec<Choice>,
    people: Vec<Choice>,
    languages: Vec<Choice>,
    spaces: Vec<Choice>,
    times: Vec<Choice>,
    distances: Vec<Choice>,
    places: Vec<Choice>,
    flags: Vec<Choice>,
    /// Is one of the filters behind "more" in use?
    narrows: bool,
    /// Steps with their cards.
    sections: Vec<(&'static str, Vec<MatchCard>)>,
    /// Keys of the forms of one button.
    keys: Vec<Uuid>,
}

impl MatchTemplate {
    async fn load(
        web: &Web,
        who: &SignedIn,
        (case, asked): (CaseId, MatchAsked),
        sent: &FormData,
    ) -> Result<Self, Oops> {
        let person = asked.person;
        let shown = matching::look(&web.app, &who.actor, case, asked).await?;
        let spaces = app::resources::public_spaces(&web.app).await?;
        let form = FormView::new("match", web.app.fresh());
        let form = FILTERS.iter().fold(form, |form, field| form.with(field, sent.value(field)));
        let form = form.with_each("flags", &sent.values("flags").collect::<Vec<_>>());
        let form =
            form.with("words", &shown.want.words).with("person", person.map(|id| id.to_string()).unwrap_or_default());
        let narrows = FILTERS.iter().chain(&["flags"]).any(|field| !sent.value(field).is_empty());
        let code_words = |kind, codes: &[&str]| Choice::words(kind, codes);
        Ok(Self {
            head: CaseHead::new(&shown.case, &shown.people, web.app.today(), "will"),
            frame: Frame::new(web, who, "nav-cases"),
            topics: choices!("topic", Topic),
            kinds: choices!("card-kind", CardKind),
            languages: choices!("lang", Language),
            times: choices!("match-time", WantedTime),
            flags: code_words("match-flag", if shown.reaches.is_empty() { &FLAGS[..2] } else { &FLAGS }),
            people: shown.people.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            places: shown.places.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            spaces: spaces.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
            distances: [500, 1_000, 2_000, 5_000].map(|far| Choice::new(far, metres(far))).into(),
            keys: shown.refused.iter().map(|_| web.app.fresh()).collect(),
            sections: sections(&shown, web.app.today(), || web.app.fresh()),
            narrows,
            form,
            shown,
        })
    }

    fn origin(&self) -> String {
        match &self.shown.origin {
            Origin::Sealed => t("match-origin-sealed"),
            Origin::Unknown => t("match-origin-unknown"),
            Origin::Address => t("match-origin-address"),
            Origin::Middle(space) => t_with("match-origin-middle", &[("x", space)]),
            Origin::Place(name) => t_with("match-origin-place", &[("x", name)]),
        }
    }

    fn reaches(&self) -> Vec<String> {
        let one = |reach: &matching::ReachView| {
            let from = reach.place.as_ref();
            let from = from.map_or_else(|| t("match-reach-home"), |name| t_with("match-reach-place", &[("x", name)]));
            let far = t_with("match-reach", &[("x", &reach.person), ("y", &reach.metres.to_string())]);
            format!("{far} ({from})")
        };
        self.shown.reaches.iter().map(one).collect()
    }

    fn refused(&self) -> Vec<(CardId, String, Uuid)> {
        let keys = self.keys.iter();
        let line = |one: &matching::RefusalView| {
            let name = if one.of_person { t("match-refused-person") } else { one.card_name.clone() };
            t_with("match-refused-by", &[("x", &name), ("y", &one.why)])
        };
        self.shown.refused.iter().zip(keys).map(|(one, key)| (one.card, line(one), *key)).collect()
    }
}

/// Fields of the form beside words and boxes.
const FILTERS: [&str; 8] = ["topic", "kind", "age", "language", "space", "metres", "from", "time"];
