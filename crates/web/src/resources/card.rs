// SPDX-License-Identifier: EUPL-1.2
//! One card for staff: look, write, confirm, close, open again.

use super::choices;
use super::met::{MetView, meet};
use super::view::{CardView, View};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Choice, FormData, FormView, Frame, Id, Oops, SignedIn, Web, filters, page, redirect, t};
use app::Failure;
use app::resources::{self, CardPage, Certified};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CardId, Refusals, SpaceId};
use domain::resources::{
    Barrier, Basis, CARD_ALIKE, CardContent, CardKind, Certificate, ConsentForm, CostKind, ErasureGround, Finding,
    Language, Topic, Uses, Viewer, Visibility,
};
use uuid::Uuid;

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData) -> Result<(CardContent, Option<SpaceId>), Refusals> {
    let mut read = Parser::new(form);
    let space = read.maybe_id("space");
    let card = match CardContent::read(form) {
        Ok(card) => Some(card),
        Err(wrong) => {
            read.note_all(wrong.list().to_vec());
            None
        }
    };
    read.finish(card.zip(space))
}

fn parse_certificate(form: &FormData, card: CardId) -> Result<Certified, Refusals> {
    let mut read = Parser::new(form);
    let (inspected_on, dated_on) = (read.day("inspected_on"), read.day("dated_on"));
    let (finding, ended) = (read.code("finding", Finding::from_code), read.maybe_day("activity_ended_on"));
    let value = (|| {
        let activity_ended_on = ended?;
        let certificate =
            Certificate { inspected_on: inspected_on?, dated_on: dated_on?, finding: finding?, activity_ended_on };
        Some(Certified { card, certificate })
    })();
    read.finish(value)
}

/// Fields with several values.
const MANY: [&str; 4] = ["topics", "languages", "barriers", "basis"];

/// The form of a card as it is. What it says goes along unseen: should somebody else save meanwhile, both changes are
/// told apart by it.
pub(super) fn filled(key: Uuid, page: &CardPage) -> FormView {
    let fields = page.card.content.fields();
    let before = serde_html_form::to_string(&fields).unwrap_or_default();
    let form = FormView::new("card", key).with("seen", page.card.changed).with("before", before);
    let form = with_fields(form, fields);
    form.with("space", page.card.space.map(|space| space.to_string()).unwrap_or_default())
}

/// A form with these fields of a card.
pub(super) fn with_fields(mut form: FormView, fields: Vec<(&'static str, String)>) -> FormView {
    for (name, value) in fields {
        form = match MANY.contains(&name) {
            true => form.with_each(name, &value.split(' ').collect::<Vec<_>>()),
            false => form.with(name, value),
        };
    }
    form
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<CardId>) -> Result<Response, Oops> {
    let form = FormView::new("certificate", web.app.fresh());
    Ok(page(&CardTemplate::load(&web, &who, id, form).await?))
}

pub async fn blank(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    who.must(Action::TendResources)?;
    let form = FormView::new("card", web.app.fresh());
    Ok(page(&FormPage::load(&web, &who, None, form).await?))
}

pub async fn add(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::TendResources)?;
    let key = form.key()?;
    let parsed = parse(&form);
    let alike = alike_to(&web, &who, &form, &parsed).await?;
    if !alike.is_empty() {
        let view = FormView::new("card", key.id).refused(&form, &CARD_ALIKE.broken_at("name").into());
        return Ok(refused(&FormPage { alike, ..FormPage::load(&web, &who, None, view).await? }));
    }
    match attempt(parsed, |new| resources::add(&web.app, &who.actor, Some(key), new)).await? {
        Ok(id) => Ok(redirect(&format!("/ressourcen/{id}"))),
        Err(wrong) => {
            let view = FormView::new("card", key.id).refused(&form, &wrong);
            Ok(refused(&FormPage::load(&web, &who, None, view).await?))
        }
    }
}

/// Cards of perhaps the same thing, unless whoever adds one has looked at them.
async fn alike_to(
    web: &Web,
    who: &SignedIn,
    form: &FormData,
    parsed: &Result<(CardContent, Option<SpaceId>), Refusals>,
) -> Result<Vec<(CardView, &'static str)>, Oops> {
    let Some((new, _)) = parsed.as_ref().ok().filter(|_| form.value("despite").is_empty()) else {
        return Ok(Vec::new());
    };
    let alike = resources::alike(&web.app, &who.actor, new.clone()).await?;
    let view = if Viewer::of(&who.actor).professional { View::Inside } else { View::Public };
    Ok(alike.iter().map(|one| (CardView::of(&one.card, view, web.app.today()), one.like.code())).collect())
}

/// The card's page again with the form that was refused.
pub async fn again(web: &Web, who: &SignedIn, id: CardId, form: FormView) -> Result<Response, Oops> {
    Ok(refused(&CardTemplate::load(web, who, id, form).await?))
}

pub async fn edit(State(web): State<Web>, who: SignedIn, Id(id): Id<CardId>) -> Result<Response, Oops> {
    let shown = resources::page(&web.app, &who.actor, id).await?;
    if !shown.may_tend {
        return Err(Failure::Denied(domain::access::Denied::Forbidden).into());
    }
    let form = filled(web.app.fresh(), &shown);
    Ok(page(&FormPage::load(&web, &who, Some(id), form).await?))
}

pub async fn change(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, seen) = (form.key()?, form.value("seen").parse::<i64>().ok());
    let new = parse(&form);
    let mine = new.as_ref().ok().map(|(card, _)| card.clone());
    let done = attempt(new, |new| resources::change(&web.app, &who.actor, Some(key), (id, seen), new)).await;
    let (view, met) = match (done, mine) {
        (Ok(Ok(_)), _) => return Ok(redirect(&format!("/ressourcen/{id}"))),
        (Ok(Err(wrong)), _) => (FormView::new("card", key.id).refused(&form, &wrong), None),
        (Err(Oops::Failed(Failure::Stale)), Some(mine)) => meet(&web, &who, id, (&form, &mine)).await?,
        (Err(other), _) => return Err(other),
    };
    Ok(refused(&FormPage { met, ..FormPage::load(&web, &who, Some(id), view).await? }))
}

pub async fn confirm(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    resources::confirm(&web.app, &who.actor, Some(form.key()?), id).await?;
    let back =
        if form.value("zurueck") == "pflege" { "/ressourcen/pflege".to_owned() } else { format!("/ressourcen/{id}") };
    Ok(redirect(&back))
}

pub async fn close(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    resources::close(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(&format!("/ressourcen/{id}")))
}

pub async fn reopen(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    resources::reopen(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(&format!("/ressourcen/{id}")))
}

pub async fn revoke_consent(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    resources::revoke_consent(&web.app, &who.actor, Some(form.key()?), id).await?;
    // Only the keeper still sees the card.
    let seen = resources::page(&web.app, &who.actor, id).await.is_ok();
    Ok(redirect(&if seen { format!("/ressourcen/{id}") } else { "/ressourcen".to_owned() }))
}

pub async fn certify(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let noted =
        attempt(parse_certificate(&form, id), |new| resources::note_certificate(&web.app, &who.actor, Some(key), new));
    match noted.await? {
        Ok(_) => Ok(redirect(&format!("/ressourcen/{id}#zeugnis"))),
        Err(wrong) => {
            let view = FormView::new("certificate", key.id).refused(&form, &wrong);
            Ok(refused(&CardTemplate::load(&web, &who, id, view).await?))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "resources/card.html")]
struct CardTemplate {
    frame: Frame,
    card: CardView,
    shown: CardPage,
    form: FormView,
    erase: FormView,
    grounds: Vec<Choice>,
    /// How often it was of use, by space, the total last; nothing if that is not told.
    uses: Vec<(String, String)>,
    findings: Vec<Choice>,
    consent: Option<String>,
    /// The consent holds no longer: only the keeper sees the card.
    silent: bool,
    may_curate: bool,
    /// Keys for the forms of one button.
    keys: [Uuid; 6],
}

impl CardTemplate {
    async fn load(web: &Web, who: &SignedIn, id: CardId, form: FormView) -> Result<Self, Oops> {
        let shown = resources::page(&web.app, &who.actor, id).await?;
        let inside = Viewer::of(&who.actor).professional || shown.may_tend;
        let view = if inside { View::Inside } else { View::Public };
        let blank = |prefix| FormView::new(prefix, web.app.fresh());
        let (form, erase) = if form.is_for("erase") { (blank("certificate"), form) } else { (form, blank("erase")) };
        let professional = Viewer::of(&who.actor).professional;
        let uses = if professional { resources::uses_of(&web.app, &who.actor, id).await? } else { Uses::default() };
        Ok(Self {
            frame: Frame::new(web, who, "nav-resources"),
            uses: used(&uses),
            grounds: choices!("erase-ground", ErasureGround),
            erase,
            card: CardView::of(&shown.card, view, web.app.today()),
            consent: shown.card.seen.consent.map(|consent| consent.until.german()),
            silent: shown.card.seen.consent.is_some_and(|consent| !consent.holds(web.app.today())),
            shown,
            form,
            findings: choices!("finding", Finding),
            may_curate: who.may(Action::CurateResources),
            keys: std::array::from_fn(|_| web.app.fresh()),
        })
    }
}

/// Uses as they are shown, the total last.
fn used(uses: &Uses) -> Vec<(String, String)> {
    if uses.by_space.is_empty() {
        return Vec::new();
    }
    let number = |count: Option<i64>, hidden: &str| count.map_or_else(|| t(hidden), |count| count.to_string());
    let space = |name: &String| if name.is_empty() { t("match-uses-nowhere") } else { name.clone() };
    let spaces = uses.by_space.iter().map(|(name, count)| (space(name), number(*count, "match-uses-hidden")));
    let total = (t("match-uses-total"), number(uses.total, "match-uses-few"));
    spaces.filter(|_| uses.total.is_some()).chain([total]).collect()
}

#[derive(Template)]
#[template(path = "resources/form.html")]
struct FormPage {
    frame: Frame,
    form: FormView,
    id: Option<CardId>,
    path: String,
    kinds: Vec<Choice>,
    topics: Vec<Choice>,
    languages: Vec<Choice>,
    barriers: Vec<Choice>,
    costs: Vec<Choice>,
    bases: Vec<Choice>,
    visibilities: Vec<Choice>,
    consent_forms: Vec<Choice>,
    spaces: Vec<Choice>,
    /// Cards of perhaps the same thing, and why.
    alike: Vec<(CardView, &'static str)>,
    /// What somebody else saved meanwhile.
    met: Option<MetView>,
}

impl FormPage {
    async fn load(web: &Web, who: &SignedIn, id: Option<CardId>, form: FormView) -> Result<Self, Oops> {
        let basis = |basis: &Basis| Choice::new(basis.code(), format!("§ {}", basis.code()));
        Ok(Self {
            frame: Frame::new(web, who, "nav-resources"),
            form,
            path: id.map_or("/ressourcen/neu".to_owned(), |id| format!("/ressourcen/{id}/aendern")),
            id,
            kinds: choices!("card-kind", CardKind),
            topics: choices!("topic", Topic),
            languages: choices!("lang", Language),
            barriers: choices!("barrier", Barrier),
            costs: choices!("cost", CostKind),
            bases: Basis::ALL.iter().map(basis).collect(),
            visibilities: choices!("visibility", Visibility),
            consent_forms: choices!("consent-form", ConsentForm),
            spaces: super::spaces(web).await?,
            alike: Vec::new(),
            met: None,
        })
    }
}
