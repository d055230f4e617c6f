// SPDX-License-Identifier: EUPL-1.2
//! Reviews of helps, their ends, what comes after, and the way back.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Reference, done};
use crate::kit::{Asks, Web};
use app::casework::ending::{self, EndingView, FollowUpView};
use app::casework::{aftercare, review};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{
    Aftercare, AskLater, ChangedWill, Conversation, EndReason, FamilyPart, FamilyStand, HelpAfter, Lasting, NewEnding,
    NewFollowUp, NewReview, ReviewOutcome, StayAfter,
};
use domain::kernel::{Balance, CaseId, CommissionId, Day, EndingId, Line, Note, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    let decide = Asks::For(Action::DecideOnCase);
    Doors::default()
        .post("/api/v1/cases/{id}/reviews", work, "Records a review of a help", record_review)
        .get("/api/v1/cases/{id}/endings", see, "Helps that ended, and what was asked since", endings)
        .post("/api/v1/commissions/{id}/ending", decide, "Ends a help; unused money comes back", end)
        .post("/api/v1/endings/{id}/reopening", decide, "Takes an ending back within thirty days", take_back)
        .post("/api/v1/endings/{id}/follow-ups", work, "Records a look after the end", follow_up)
        .post("/api/v1/cases/{id}/return", work, "Somebody comes back after the end of a help", come_back)
}

// In --------------------------------------------------------------------------------------------------

/// A review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewIn {
    #[schema(value_type = Date)]
    held_on: String,
    with_whom: String,
    /// `continue`, `step-down`, `change`, `end`.
    outcome: String,
    words: String,
    /// What somebody of the family wills by now; it becomes a statement of its own.
    changed_will: Option<ChangedWillIn>,
    #[schema(value_type = Option<Date>)]
    next_on: Option<String>,
    /// Which help; asked for where several run.
    #[schema(value_type = Option<Ident>)]
    commission: Option<String>,
}

/// A will that changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangedWillIn {
    words: String,
    /// What the speaker does for it; without it, it is kept as a wish.
    own_part: Option<String>,
    /// A person of the case.
    #[schema(value_type = Ident)]
    speaker: String,
}

impl ChangedWillIn {
    fn read(&self, wrong: &mut Refusals) -> Option<ChangedWill> {
        let words = wrong.take("changed_will", Note::parse(&self.words));
        let own_part = wrong.take("will_own_part", maybe(self.own_part.as_deref(), Note::parse));
        let speaker = wrong.take("will_speaker", id(&self.speaker));
        Some(ChangedWill { words: words?, own_part: own_part?, speaker: speaker.map(Some)? })
    }
}

impl ReviewIn {
    fn read(&self) -> Result<NewReview, Refusals> {
        let mut wrong = Refusals::default();
        let held_on = wrong.take("held_on", Day::parse(&self.held_on));
        let with_whom = wrong.take("with_whom", Line::parse(&self.with_whom));
        let outcome = wrong.take("outcome", code(&self.outcome, ReviewOutcome::from_code));
        let words = wrong.take("words", Note::parse(&self.words));
        let changed_will = self.changed_will.as_ref().map_or(Some(None), |will| will.read(&mut wrong).map(Some));
        let next_on = wrong.take("next_on", maybe(self.next_on.as_deref(), Day::parse));
        let help = wrong.take("commission", self.commission.as_deref().map(id).transpose());
        let value = (|| {
            let (held_on, with_whom, outcome, words) = (held_on?, with_whom?, outcome?, words?);
            let (changed_will, help, next_on) = (changed_will?, help?, next_on?);
            Some(NewReview { held_on, with_whom, outcome, words, changed_will, help, next_on })
        })();
        wrong.finish(value)
    }
}

/// The end of a help; codes of the official statistics.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndingIn {
    #[schema(value_type = Date)]
    ended_on: String,
    /// `10`, `20`, `21`, `22`, `30`, `40`, `50`.
    reason: String,
    /// `01` to `11`.
    stay: String,
    /// `1` to `6`.
    next: String,
    words: String,
    remains: Option<String>,
    #[schema(value_type = Option<Date>)]
    talk_on: Option<String>,
    talk_with: Option<String>,
    /// `present` or `declined`.
    family: Option<String>,
    no_talk_why: Option<String>,
    still_due_cents: i64,
    aftercare: Option<AftercareIn>,
    /// With reason `40`: since when the other office goes on (§ 86c(1) SGB VIII).
    #[schema(value_type = Option<Date>)]
    continued_on: Option<String>,
    /// `agrees` or `against`; there is no default.
    stand: Option<String>,
    /// How the family was heard before (§ 24(1) SGB X).
    heard: Option<String>,
    /// `wanted` or `not-wanted`: may the office ask later whether it lasts? There is no default.
    asks: Option<String>,
    /// Why something is missing. What is missing is kept with the end; it never keeps anybody from ending.
    gaps_reason: Option<String>,
}

/// After-care (§ 41a SGB VIII).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AftercareIn {
    #[schema(value_type = Date)]
    until: String,
    form: String,
    every_months: i32,
}

impl EndingIn {
    fn read(&self) -> Result<NewEnding, Refusals> {
        let mut wrong = Refusals::default();
        let ended_on = wrong.take("ended_on", Day::parse(&self.ended_on));
        let reason = wrong.take("reason", code(&self.reason, EndReason::from_code));
        let stay = wrong.take("stay", code(&self.stay, StayAfter::from_code));
        let next = wrong.take("next", code(&self.next, HelpAfter::from_code));
        let words = wrong.take("words", Note::parse(&self.words));
        let remains = wrong.take("remains", maybe(self.remains.as_deref(), Note::parse));
        let (talk, aftercare) = (self.talk(&mut wrong), self.aftercare(&mut wrong));
        let continued_on = wrong.take("continued_on", maybe(self.continued_on.as_deref(), Day::parse));
        let stand = wrong.take("stand", maybe(self.stand.as_deref(), |text| code(text, FamilyStand::from_code)));
        let heard = wrong.take("heard", maybe(self.heard.as_deref(), Note::parse));
        let asks = wrong.take("asks", maybe(self.asks.as_deref(), |text| code(text, AskLater::from_code)));
        let gaps_reason = wrong.take("gaps_reason", maybe(self.gaps_reason.as_deref(), Note::parse));
        let value = (|| {
            Some(NewEnding {
                ended_on: ended_on?,
                reason: reason?,
                stay: stay?,
                next: next?,
                talk: talk?,
                words: words?,
                remains: remains?,
                still_due: Balance::from_cents(self.still_due_cents.max(0)),
                aftercare: aftercare?,
                continued_on: continued_on?,
                stand: stand?,
                heard: heard?,
                asks: asks?,
                gaps_reason: gaps_reason?,
            })
        })();
        wrong.finish(value)
    }

    fn talk(&self, wrong: &mut Refusals) -> Option<Conversation> {
        let held_on = wrong.take("talk_on", maybe(self.talk_on.as_deref(), Day::parse));
        let with_whom = wrong.take("talk_with", maybe(self.talk_with.as_deref(), Line::parse));
        let part = |text: &str| code(text, FamilyPart::from_code);
        let family = wrong.take("family", maybe(self.family.as_deref(), part));
        let no_talk_why = wrong.take("no_talk_why", maybe(self.no_talk_why.as_deref(), Note::parse));
        let (held_on, with_whom, family) = (held_on?, with_whom?, family?);
        Some(Conversation { held_on, with_whom, family, words: None, no_talk_why: no_talk_why? })
    }

    #[expect(clippy::option_option, reason = "the outer one says that something was wrong")]
    fn aftercare(&self, wrong: &mut Refusals) -> Option<Option<Aftercare>> {
        let Some(care) = &self.aftercare else { return Some(None) };
        let until = wrong.take("aftercare_until", Day::parse(&care.until));
        let form = wrong.take("aftercare_form", Note::parse(&care.form));
        let in_range = (1..=24).contains(&care.every_months);
        let every = if in_range { Ok(care.every_months) } else { Err(domain::casework::AFTERCARE_HALF.broken()) };
        let every = wrong.take("aftercare_months", every);
        Some(Some(Aftercare { until: until?, form: form?, every_months: every? }))
    }
}

/// A look after the end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FollowUpIn {
    #[schema(value_type = Date)]
    held_on: String,
    with_whom: Option<String>,
    /// `yes`, `partly`, `no`, `not-reached`.
    lasting: String,
    carries: Option<String>,
    #[schema(value_type = Option<Date>)]
    next_on: Option<String>,
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReopeningIn {
    why: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn record_review(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<ReviewIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(review::record(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn end(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(commission): ApiId<CommissionId>,
    sent: ApiJson<EndingIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(ending::end(&web.app, &who.actor, Some(sent.key), commission, new).await?))
}

async fn take_back(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(ended): ApiId<EndingId>,
    sent: ApiJson<ReopeningIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let why = wrong.finish(why)?;
    Ok(done(ending::take_back(&web.app, &who.actor, Some(sent.key), ended, why).await?))
}

async fn follow_up(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(ended): ApiId<EndingId>,
    sent: ApiJson<FollowUpIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let held_on = wrong.take("held_on", Day::parse(&body.held_on));
    let with_whom = wrong.take("with_whom", maybe(body.with_whom.as_deref(), Line::parse));
    let lasting = wrong.take("lasting", code(&body.lasting, Lasting::from_code));
    let carries = wrong.take("carries", maybe(body.carries.as_deref(), Note::parse));
    let next_on = wrong.take("next_on", maybe(body.next_on.as_deref(), Day::parse));
    let new = (|| {
        let (held_on, with_whom, lasting) = (held_on?, with_whom?, lasting?);
        Some(NewFollowUp { held_on, with_whom, lasting, carries: carries?, next_on: next_on? })
    })();
    let new = wrong.finish(new)?;
    Ok(done(aftercare::follow_up(&web.app, &who.actor, Some(sent.key), ended, new).await?))
}

async fn come_back(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(aftercare::come_back(&web.app, &who.actor, Some(sent.key), case).await?))
}

async fn endings(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Endings>, ApiOops> {
    let seen = ending::page(&web.app, &who.actor, case).await?;
    let out = seen.endings.iter().map(|one| EndingOut::new(one, &seen.follow_ups));
    Ok(Json(Endings { endings: out.collect() }))
}

// Out -------------------------------------------------------------------------------------------------

/// Helps that ended.
#[derive(Serialize, ToSchema)]
struct Endings {
    endings: Vec<EndingOut>,
}

/// A help that ended.
#[derive(Serialize, ToSchema)]
struct EndingOut {
    id: Ident,
    commission: Ident,
    ended_on: Date,
    reason: &'static str,
    stay: &'static str,
    next: &'static str,
    released_cents: i64,
    taken_back: bool,
    /// Announced ahead, the help runs until its last day.
    in_effect: bool,
    /// What was missing.
    gaps: Vec<&'static str>,
    follow_ups: Vec<FollowUpOut>,
}

impl EndingOut {
    fn new(one: &EndingView, asked: &[FollowUpView]) -> Self {
        let own = asked.iter().filter(|seen| seen.ending == one.id);
        let follow_ups = own.map(|seen| FollowUpOut {
            held_on: seen.held_on.into(),
            lasting: seen.lasting.code(),
            carries: seen.carries.clone(),
        });
        Self {
            id: one.id.into(),
            commission: one.commission.into(),
            ended_on: one.ended_on.into(),
            reason: one.reason.code(),
            stay: one.stay.code(),
            next: one.next.code(),
            released_cents: one.released.cents(),
            taken_back: !one.is_in_force(),
            in_effect: one.in_effect_since.is_some(),
            gaps: one.gaps.iter().map(|gap| gap.code()).collect(),
            follow_ups: follow_ups.collect(),
        }
    }
}

/// A look after the end.
#[derive(Serialize, ToSchema)]
struct FollowUpOut {
    held_on: Date,
    lasting: &'static str,
    carries: Option<String>,
}
