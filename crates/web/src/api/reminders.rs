// SPDX-License-Identifier: EUPL-1.2
//! One's own reminders by mail, and who is away.

use super::kit::{ApiJson, ApiOops, ApiUser, id as read_id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::deadlines;
use app::letters::mails;
use axum::Json;
use axum::extract::State;
use domain::access::{Action, Email};
use domain::deadlines::Absence;
use domain::kernel::{Day, Refusals, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (own, deputy) = (Asks::For(Action::KeepOwn), Asks::For(Action::ArrangeDeputy));
    Doors::default()
        .get("/api/v1/reminder", own, "Whether one is reminded by mail", reminder)
        .post("/api/v1/reminder", own, "Wishes to be reminded by mail; without address not any more", wish)
        .get("/api/v1/absences", deputy, "Who is away, and who stands in", absences)
        .post("/api/v1/absences", deputy, "Says who is away and who stands in", keep_absence)
}

// In --------------------------------------------------------------------------------------------------

/// Where to be reminded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WishIn {
    /// Without one there are no reminders.
    to: Option<String>,
}

/// Somebody is away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AbsenceIn {
    #[serde(default)]
    #[schema(required = true)]
    absent: String,
    deputy: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    until: String,
}

impl AbsenceIn {
    fn read(&self) -> Result<Absence, Refusals> {
        let mut wrong = Refusals::default();
        let absent = wrong.take("absent", read_id::<UserId>(&self.absent));
        let deputy = wrong.take("deputy", maybe(self.deputy.as_deref(), read_id::<UserId>));
        let (from, until) = (wrong.take("from", Day::parse(&self.from)), wrong.take("until", Day::parse(&self.until)));
        let value = (|| Some(Absence { absent: absent?, deputy: deputy?, from: from?, until: until? }))();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn reminder(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<ReminderOut>, ApiOops> {
    let mine = mails::mine(&web.app, &who.actor).await?;
    let (to, since) = mine.wish.map_or((None, None), |(to, since)| (Some(to), Some(since.into())));
    Ok(Json(ReminderOut { to, since }))
}

async fn wish(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<WishIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let to = wrong.take("to", maybe(sent.body.to.as_deref(), Email::parse));
    let key = Some(sent.key);
    Ok(done(match wrong.finish(to)? {
        Some(to) => mails::wish(&web.app, &who.actor, key, to).await?,
        None => mails::unwish(&web.app, &who.actor, key).await?,
    }))
}

async fn absences(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<AbsencesOut>, ApiOops> {
    let shown = deadlines::absences(&web.app, &who.actor).await?;
    let line = |one: deadlines::AbsenceView| AbsenceOut {
        absent: one.absent,
        deputy: one.deputy,
        from: one.from.into(),
        until: one.until.into(),
    };
    let colleague = |(id, name): (UserId, String)| ColleagueOut { id: id.into(), name };
    Ok(Json(AbsencesOut {
        coming: shown.coming.into_iter().map(line).collect(),
        colleagues: shown.colleagues.into_iter().map(colleague).collect(),
    }))
}

async fn keep_absence(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<AbsenceIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(deadlines::keep_absence(&web.app, &who.actor, Some(sent.key), new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// One's reminders.
#[derive(Serialize, ToSchema)]
struct ReminderOut {
    to: Option<String>,
    since: Option<Instant>,
}

/// Absences.
#[derive(Serialize, ToSchema)]
struct AbsencesOut {
    coming: Vec<AbsenceOut>,
    /// Who can be away or stand in.
    colleagues: Vec<ColleagueOut>,
}

/// Somebody is away.
#[derive(Serialize, ToSchema)]
struct AbsenceOut {
    absent: String,
    deputy: Option<String>,
    from: Date,
    until: Date,
}

/// A colleague.
#[derive(Serialize, ToSchema)]
struct ColleagueOut {
    id: Ident,
    name: String,
}
