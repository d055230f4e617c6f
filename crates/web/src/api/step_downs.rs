// SPDX-License-Identifier: EUPL-1.2
//! Less of a help from a day on.

use super::decision::AttendanceIn;
use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, lines, maybe};
use super::openapi::Doors;
use super::words::{Date, Reference, SectionCode, WishAnswerCode, done};
use crate::kit::{Asks, Web};
use app::casework::step_down;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::agencies::Quantity;
use domain::casework::{FamilyStand, PlanSection, StepDown, WishAnswer};
use domain::kernel::{Balance, CommissionId, Day, Note, Refusal, Refusals};
use serde::Deserialize;
use utoipa::ToSchema;

/// The room's doors.
pub fn doors() -> Doors {
    let decide = Asks::For(Action::DecideOnCase);
    Doors::default().post("/api/v1/commissions/{id}/step-down", decide, "Less of a help from a day on", less)
}

/// Less of a help. What the plan says goes on; what is done for this decision is said anew. What is missing is a gap and
/// is kept with the version.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepDownIn {
    #[schema(value_type = Date)]
    from: String,
    /// In hundredths of the unit of the commission's price.
    quantity_hundredths: i64,
    reasons: String,
    #[serde(default)]
    professionals: Vec<String>,
    #[serde(default)]
    alternatives: Vec<String>,
    #[schema(value_type = Option<Date>)]
    rights_told_on: Option<String>,
    #[serde(default)]
    attendance: Vec<AttendanceIn>,
    child_heard: Option<String>,
    /// `agrees` or `against`; there is no default.
    stand: Option<String>,
    /// How the family was heard before (§ 24(1) SGB X).
    hearing: Option<String>,
    /// What became of a wish; there is no default.
    #[schema(value_type = WishAnswerCode)]
    wish_answer: Option<String>,
    wish: Option<String>,
    wish_why: Option<String>,
    #[schema(value_type = Date)]
    review_on: String,
    /// What may still be invoiced of the time before.
    still_due_cents: i64,
    /// The sections of the plan that go along; there is no default (§ 64(2) SGB VIII).
    #[schema(value_type = Vec<SectionCode>)]
    sections: Vec<String>,
    gaps_reason: Option<String>,
}

impl StepDownIn {
    fn read(&self) -> Result<StepDown, Refusals> {
        let mut wrong = Refusals::default();
        let note =
            |wrong: &mut Refusals, field, text: &Option<String>| wrong.take(field, maybe(text.as_deref(), Note::parse));
        let from = wrong.take("from", Day::parse(&self.from));
        let quantity = wrong.take("quantity", Quantity::from_hundredths(self.quantity_hundredths));
        let reasons = wrong.take("reasons", Note::parse(&self.reasons));
        let professionals = wrong.take("professionals", lines(&self.professionals));
        let alternatives = wrong.take("alternatives", lines(&self.alternatives));
        let rights_told_on = wrong.take("rights_told_on", maybe(self.rights_told_on.as_deref(), Day::parse));
        let attendance = wrong.take("attendance", self.attendance.iter().map(AttendanceIn::read).collect());
        let stand = wrong.take("stand", maybe(self.stand.as_deref(), |text| code(text, FamilyStand::from_code)));
        let answer = |text: &str| code(text, WishAnswer::from_code);
        let wish_answer = wrong.take("wish_answer", maybe(self.wish_answer.as_deref(), answer));
        let review_on = wrong.take("review_on", Day::parse(&self.review_on));
        let section = |one: &String| code(one, PlanSection::from_code);
        let sections = wrong.take("sections", self.sections.iter().map(section).collect::<Result<Vec<_>, Refusal>>());
        let child_heard = note(&mut wrong, "child_heard", &self.child_heard);
        let hearing = note(&mut wrong, "hearing", &self.hearing);
        let (wish, wish_why) = (note(&mut wrong, "wish", &self.wish), note(&mut wrong, "wish_why", &self.wish_why));
        let gaps_reason = note(&mut wrong, "gaps_reason", &self.gaps_reason);
        let value = (|| {
            Some(StepDown {
                from: from?,
                quantity: quantity?,
                reasons: reasons?,
                professionals: professionals?,
                alternatives: alternatives?,
                rights_told_on: rights_told_on?,
                attendance: attendance?,
                child_heard: child_heard?,
                stand: stand?,
                hearing: hearing?,
                wish_answer: wish_answer?,
                wish: wish?,
                wish_why: wish_why?,
                review_on: review_on?,
                still_due: Balance::from_cents(self.still_due_cents.max(0)),
                sections: sections?,
                gaps_reason: gaps_reason?,
            })
        })();
        wrong.finish(value)
    }
}

async fn less(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(commission): ApiId<CommissionId>,
    sent: ApiJson<StepDownIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(step_down::step_down(&web.app, &who.actor, Some(sent.key), commission, new).await?))
}
