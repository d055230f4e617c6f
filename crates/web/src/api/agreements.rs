// SPDX-License-Identifier: EUPL-1.2
//! Agreements, the rate table, and the plan of performance on a commission.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, given, id, maybe};
use super::openapi::Doors;
use super::words::{Date, HelpCode, Ident, Made};
use crate::kit::{Asks, Web};
use app::agreements::{self, AgreementLine, RateView};
use app::casework::performance::PlanOfWork;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::agencies::{
    AgreementDraft, AgreementKind, HourBasis, Qualification, Quantity, RateDraft, RateTerms, TermKind, Travel, Unit,
};
use domain::budget::Pause;
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, AgreementId, Amount, Day, Line, Note, Period, Refusals, SpaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, manage) = (Asks::For(Action::SeeAgreement), Asks::For(Action::ManageAgreements));
    Doors::default()
        .get("/api/v1/agreements", see, "Agreements in sight; an agency sees its own", list)
        .post("/api/v1/agreements", manage, "Makes an agreement, never for days before it was made", make)
        .get("/api/v1/agreements/{id}", see, "One agreement with its prices", one)
        .post("/api/v1/agreements/{id}/rates", manage, "Agrees on a price, never for days before", agree_on_rate)
}

/// How much is to be rendered at which price.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkIn {
    /// A line of the rate table.
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    rate: String,
    /// Hours or days a week, places, lump sums a month; in hundredths.
    #[serde(default)]
    #[schema(required = true)]
    quantity_hundredths: i64,
    /// Weeks off in a year.
    #[serde(default)]
    weeks_off: i64,
    /// `never` or `school-holidays`.
    pause: Option<String>,
    /// So many days longer than granted are expected; for the forecast alone.
    longer_days: Option<i64>,
}

impl WorkIn {
    /// Reads it.
    pub fn read(&self, wrong: &mut Refusals) -> Option<PlanOfWork> {
        let rate = wrong.take("plan.rate", id(&self.rate));
        let quantity = wrong.take("plan.quantity_hundredths", Quantity::from_hundredths(self.quantity_hundredths));
        let pause = maybe(self.pause.as_deref(), |text| code(text, Pause::from_code));
        let pause = wrong.take("plan.pause", pause)?.unwrap_or(Pause::Never);
        let (weeks_off, longer_days) = (self.weeks_off, self.longer_days);
        Some(PlanOfWork { rate: rate?, quantity: quantity?, weeks_off, pause, longer_days })
    }
}

/// An agency with its share.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberIn {
    #[schema(value_type = Ident)]
    agency: String,
    /// A weight; of one agency alone it does not matter.
    #[serde(default = "one_share")]
    share: i64,
}

fn one_share() -> i64 {
    1
}

/// What an agreement says about something.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TermIn {
    /// `cost`, `content`, `extent`, `quality`, `violence-protection`, `inclusion`, `cooperation`.
    kind: String,
    words: String,
}

/// An agreement that was made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AgreementIn {
    /// `77`, `78b`, `36a-2`, `74`.
    #[serde(default)]
    #[schema(required = true)]
    kind: String,
    #[serde(default)]
    #[schema(required = true)]
    title: String,
    #[serde(default)]
    #[schema(required = true)]
    members: Vec<MemberIn>,
    /// The day on which it was made.
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    agreed_on: String,
    /// That day, or later.
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
    /// Kinds of help; none means all.
    #[serde(default)]
    helps: Vec<String>,
    /// Ids of spaces; none means all.
    #[serde(default)]
    spaces: Vec<String>,
    #[serde(default)]
    terms: Vec<TermIn>,
    /// Clause of § 8a(4). There is no default.
    #[serde(default)]
    #[schema(required = true, value_type = bool)]
    child_protection: Option<bool>,
    /// Clause of § 72a. There is no default.
    #[serde(default)]
    #[schema(required = true, value_type = bool)]
    record_checks: Option<bool>,
    /// The agreement that this one follows.
    #[schema(value_type = Option<Ident>)]
    supersedes: Option<String>,
}

fn span(wrong: &mut Refusals, from: &str, until: Option<&str>) -> Option<Period> {
    let from = wrong.take("from", Day::parse(from));
    let until = wrong.take("until", maybe(until, Day::parse));
    let (from, until) = from.zip(until)?;
    wrong.take("until", Period::new(from, until))
}

impl AgreementIn {
    fn read(&self) -> Result<AgreementDraft, Refusals> {
        let mut wrong = Refusals::default();
        let kind = wrong.take("kind", code(&self.kind, AgreementKind::from_code));
        let title = wrong.take("title", Line::parse(&self.title));
        let members = self.members.iter().map(|one| Ok((id::<AgencyId>(&one.agency)?, one.share)));
        let members = wrong.take("members", members.collect::<Result<Vec<_>, _>>());
        let agreed_on = wrong.take("agreed_on", Day::parse(&self.agreed_on));
        let period = span(&mut wrong, &self.from, self.until.as_deref());
        let helps = self.helps.iter().map(|text| code(text, HelpKind::from_code));
        let helps = wrong.take("helps", helps.collect::<Result<Vec<_>, _>>());
        let spaces = self.spaces.iter().map(|text| id::<SpaceId>(text));
        let spaces = wrong.take("spaces", spaces.collect::<Result<Vec<_>, _>>());
        let terms = self.terms.iter().map(|one| Ok((code(&one.kind, TermKind::from_code)?, Note::parse(&one.words)?)));
        let terms = wrong.take("terms", terms.collect::<Result<Vec<_>, _>>());
        let child_protection = wrong.take("child_protection", given(self.child_protection));
        let record_checks = wrong.take("record_checks", given(self.record_checks));
        let supersedes = wrong.take("supersedes", maybe(self.supersedes.as_deref(), id));
        let value = (|| {
            Some(AgreementDraft {
                kind: kind?,
                title: title?,
                members: members?,
                period: period?,
                agreed_on: agreed_on?,
                helps: helps?,
                spaces: spaces?,
                terms: terms?,
                child_protection: child_protection?,
                record_checks: record_checks?,
                supersedes: supersedes?,
            })
        })();
        wrong.finish(value)
    }
}

/// A price that was agreed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RateIn {
    #[serde(default)]
    #[schema(required = true, value_type = HelpCode)]
    help: String,
    /// `hour`, `day`, `place`, `month`.
    #[serde(default)]
    #[schema(required = true)]
    unit: String,
    /// `gross` or `direct`.
    #[serde(default)]
    #[schema(required = true)]
    hour: String,
    /// `included` or `separate`.
    #[serde(default)]
    #[schema(required = true)]
    travel: String,
    /// `professional`, `specialist`, `assistant`.
    #[serde(default)]
    #[schema(required = true)]
    qualification: String,
    #[serde(default)]
    #[schema(required = true)]
    price_cents: i64,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    agreed_on: String,
    /// That day, or later.
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
}

impl RateIn {
    fn read(&self) -> Result<RateDraft, Refusals> {
        let mut wrong = Refusals::default();
        let help = wrong.take("help", code(&self.help, HelpKind::from_code));
        let unit = wrong.take("unit", code(&self.unit, Unit::from_code));
        let hour = wrong.take("hour", code(&self.hour, HourBasis::from_code));
        let travel = wrong.take("travel", code(&self.travel, Travel::from_code));
        let qualification = wrong.take("qualification", code(&self.qualification, Qualification::from_code));
        let price = wrong.take("price_cents", Amount::from_cents(self.price_cents));
        let agreed_on = wrong.take("agreed_on", Day::parse(&self.agreed_on));
        let period = span(&mut wrong, &self.from, self.until.as_deref());
        let value = (|| {
            let (unit, hour, travel) = (unit?, hour?, travel?);
            let terms = RateTerms { unit, hour, travel, qualification: qualification?, price: price? };
            Some(RateDraft { help: help?, terms, period: period?, agreed_on: agreed_on? })
        })();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Agreements>, ApiOops> {
    let all = agreements::all(&web.app, &who.actor).await?;
    Ok(Json(Agreements { agreements: all.into_iter().map(AgreementOut::from).collect() }))
}

async fn make(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<AgreementIn>) -> Result<Made, ApiOops> {
    let draft = sent.body.read()?;
    Ok(Made::new(agreements::make(&web.app, &who.actor, Some(sent.key), draft).await?))
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(agreement): ApiId<AgreementId>,
) -> Result<Json<AgreementWhole>, ApiOops> {
    let shown = agreements::one(&web.app, &who.actor, agreement).await?;
    let rates = shown.rates.into_iter().map(|(rate, until)| RateOut::new(&rate, until)).collect();
    Ok(Json(AgreementWhole { agreement: shown.line.into(), rates }))
}

async fn agree_on_rate(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(agreement): ApiId<AgreementId>,
    sent: ApiJson<RateIn>,
) -> Result<Made, ApiOops> {
    let draft = sent.body.read()?;
    Ok(Made::new(agreements::agree_on_rate(&web.app, &who.actor, Some(sent.key), agreement, draft).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Agreements.
#[derive(Serialize, ToSchema)]
struct Agreements {
    agreements: Vec<AgreementOut>,
}

/// An agreement.
#[derive(Serialize, ToSchema)]
struct AgreementOut {
    id: Ident,
    kind: &'static str,
    paragraph: &'static str,
    title: String,
    from: Date,
    /// Its last day, also where another one takes over.
    until: Option<Date>,
    agreed_on: Date,
    members: Vec<MemberOut>,
    /// None means all.
    helps: Vec<&'static str>,
    child_protection: bool,
    record_checks: bool,
}

/// An agency with its share.
#[derive(Serialize, ToSchema)]
struct MemberOut {
    agency: Ident,
    name: String,
    share: i64,
}

impl From<AgreementLine> for AgreementOut {
    fn from(line: AgreementLine) -> Self {
        let view = line.view;
        let members = line.members.into_iter();
        Self {
            id: view.id.into(),
            kind: view.kind.code(),
            paragraph: view.kind.paragraph(),
            until: view.holds_until().map(Date::from),
            title: view.title,
            from: view.from.into(),
            agreed_on: view.agreed_on.into(),
            members: members
                .map(|one| MemberOut { agency: one.agency.into(), name: one.name, share: one.share })
                .collect(),
            helps: line.helps.iter().map(|help| help.code()).collect(),
            child_protection: view.child_protection,
            record_checks: view.record_checks,
        }
    }
}

/// An agreement with its prices, newest first by help.
#[derive(Serialize, ToSchema)]
struct AgreementWhole {
    agreement: AgreementOut,
    rates: Vec<RateOut>,
}

/// A line of the rate table.
#[derive(Serialize, ToSchema)]
struct RateOut {
    id: Ident,
    help: &'static str,
    unit: &'static str,
    hour: &'static str,
    travel: &'static str,
    qualification: &'static str,
    price_cents: i64,
    from: Date,
    until: Option<Date>,
    agreed_on: Date,
}

impl RateOut {
    fn new(rate: &RateView, until: Option<Day>) -> Self {
        Self {
            id: rate.id.into(),
            help: rate.help.code(),
            unit: rate.terms.unit.code(),
            hour: rate.terms.hour.code(),
            travel: rate.terms.travel.code(),
            qualification: rate.terms.qualification.code(),
            price_cents: rate.terms.price.cents(),
            from: rate.from.into(),
            until: until.map(Date::from),
            agreed_on: rate.agreed_on.into(),
        }
    }
}
