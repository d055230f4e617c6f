// SPDX-License-Identifier: EUPL-1.2
//! The support package of a case.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::team::ShareOut;
use super::words::{
    Date, HelpCode, HelpSourceCode, Ident, LayerCode, Made, PackageHintCode, RaterCode, ReallyCode, Reference,
    WeighingCode, done,
};
use crate::kit::{Asks, Web};
use app::casework::package::{self, Help, PackagePage, UseView, UsedHelp};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{HelpSource, NewHelp, NewUse, Rater, Really, Weighing};
use domain::kernel::{CaseId, Day, HelpId, Line, Note, Period, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/package", see, "The support package of a case", show)
        .post("/api/v1/cases/{id}/package", work, "Writes down a help that is taken up or was weighed", keep)
        .post("/api/v1/package-helps/{id}/end", work, "Ends a help", end)
        .post("/api/v1/cases/{id}/package/uses", work, "Keeps whether a help was really used", keep_use)
}

// In --------------------------------------------------------------------------------------------------

/// A help. Paid help comes from its commission.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HelpIn {
    #[serde(default)]
    #[schema(required = true, value_type = HelpSourceCode)]
    source: String,
    #[serde(default)]
    #[schema(required = true, value_type = WeighingCode)]
    weighing: String,
    #[serde(default)]
    #[schema(required = true)]
    who: String,
    #[serde(default)]
    #[schema(required = true)]
    what: String,
    extent: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
    /// Why it was not taken up.
    why: Option<String>,
}

impl HelpIn {
    fn read(&self) -> Result<NewHelp, Refusals> {
        let mut wrong = Refusals::default();
        let source = wrong.take("source", code(&self.source, HelpSource::from_code));
        let weighing = wrong.take("weighing", code(&self.weighing, Weighing::from_code));
        let who = wrong.take("who", Line::parse(&self.who));
        let what = wrong.take("what", Line::parse(&self.what));
        let extent = wrong.take("extent", maybe(self.extent.as_deref(), Line::parse));
        let from = wrong.take("from", Day::parse(&self.from));
        let until = wrong.take("until", maybe(self.until.as_deref(), Day::parse));
        let period = from.zip(until).and_then(|(from, until)| wrong.take("until", Period::new(from, until)));
        let why = wrong.take("why", maybe(self.why.as_deref(), Note::parse));
        let value = (|| {
            let (source, weighing, who, what) = (source?, weighing?, who?, what?);
            Some(NewHelp { source, weighing, who, what, extent: extent?, period: period?, why: why? })
        })();
        wrong.finish(value)
    }
}

/// The end of a help.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndIn {
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    until: String,
}

/// What was said about the use of a help of the package or of a commission.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UseIn {
    /// A help of the package.
    #[schema(value_type = Option<Ident>)]
    help: Option<String>,
    /// Or a commission.
    #[schema(value_type = Option<Ident>)]
    commission: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = ReallyCode)]
    used: String,
    #[serde(default)]
    #[schema(required = true, value_type = RaterCode)]
    rater: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    said_on: String,
    words: Option<String>,
}

impl UseIn {
    fn read(&self) -> Result<(UsedHelp, NewUse), Refusals> {
        let mut wrong = Refusals::default();
        let help = match &self.commission {
            Some(commission) => wrong.take("commission", id(commission)).map(UsedHelp::Paid),
            None => wrong.take("help", id(self.help.as_deref().unwrap_or_default())).map(UsedHelp::Help),
        };
        let used = wrong.take("used", code(&self.used, Really::from_code));
        let rater = wrong.take("rater", code(&self.rater, Rater::from_code));
        let said_on = wrong.take("said_on", Day::parse(&self.said_on));
        let words = wrong.take("words", maybe(self.words.as_deref(), Note::parse));
        let value = (|| Some((help?, NewUse { used: used?, said_on: said_on?, rater: rater?, words: words? })))();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<PackageOut>, ApiOops> {
    Ok(Json(package::page(&web.app, &who.actor, case).await?.into()))
}

async fn keep(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<HelpIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(package::keep(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn end(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(help): ApiId<HelpId>,
    sent: ApiJson<EndIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let until = wrong.take("until", Day::parse(&sent.body.until));
    let until = wrong.finish(until)?;
    Ok(done(package::end(&web.app, &who.actor, Some(sent.key), help, until).await?))
}

async fn keep_use(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<UseIn>,
) -> Result<Made, ApiOops> {
    let (help, new) = sent.body.read()?;
    Ok(Made::new(package::keep_use(&web.app, &who.actor, Some(sent.key), (case, help), new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The package: own first, paid last.
#[derive(Serialize, ToSchema)]
struct PackageOut {
    helps: Vec<HelpOut>,
    /// What may be missing; advice only.
    #[schema(value_type = Vec<PackageHintCode>)]
    hints: Vec<&'static str>,
    /// Used helps that are informal, out of all used.
    used: ShareOut,
    /// Alternatives that the newest decision weighed.
    alternatives: Vec<String>,
}

impl From<PackagePage> for PackageOut {
    fn from(shown: PackagePage) -> Self {
        Self {
            helps: shown.helps.into_iter().map(HelpOut::from).collect(),
            hints: shown.hints.into_iter().map(|hint| hint.code()).collect(),
            used: shown.used.into(),
            alternatives: shown.alternatives,
        }
    }
}

/// A help.
#[derive(Serialize, ToSchema)]
struct HelpOut {
    /// A help of the package.
    help: Option<Ident>,
    /// Or a commission.
    commission: Option<Ident>,
    #[schema(value_type = LayerCode)]
    layer: &'static str,
    #[schema(value_type = HelpSourceCode)]
    source: &'static str,
    #[schema(value_type = WeighingCode)]
    weighing: &'static str,
    who: String,
    what: String,
    /// The kind of a commissioned help.
    #[schema(value_type = Option<HelpCode>)]
    kind: Option<&'static str>,
    extent: Option<String>,
    from: Date,
    until: Option<Date>,
    why: Option<String>,
    uses: Vec<UseOut>,
}

impl From<Help> for HelpOut {
    fn from(one: Help) -> Self {
        let (help, commission) = match one.id {
            UsedHelp::Help(id) => (Some(id.into()), None),
            UsedHelp::Paid(id) => (None, Some(id.into())),
        };
        Self {
            help,
            commission,
            layer: one.source.layer().code(),
            source: one.source.code(),
            weighing: one.weighing.code(),
            who: one.who,
            what: one.what,
            kind: one.paid.map(|kind| kind.code()),
            extent: one.extent,
            from: one.from.into(),
            until: one.until.map(Date::from),
            why: one.why,
            uses: one.uses.into_iter().map(UseOut::from).collect(),
        }
    }
}

/// What was said about use.
#[derive(Serialize, ToSchema)]
struct UseOut {
    #[schema(value_type = ReallyCode)]
    used: &'static str,
    #[schema(value_type = RaterCode)]
    rater: &'static str,
    said_on: Date,
    words: Option<String>,
}

impl From<UseView> for UseOut {
    fn from(one: UseView) -> Self {
        Self { used: one.used.code(), rater: one.rater.code(), said_on: one.said_on.into(), words: one.words }
    }
}
