// SPDX-License-Identifier: EUPL-1.2
//! What is sent to decide on help and to commission an agency.

use super::agreements::WorkIn;
use super::kit::{code, given, id, lines, maybe};
use super::words::{Date, ExtentUnitCode, HelpCode, Ident, PlanPartCode, PresenceCode, SectionCode, WishAnswerCode};
use crate::kit::parse::CHOICE_MISSING;
use app::casework::commission::Order;
use domain::casework::{
    Attendance, CommissionOrder, DecisionDraft, Extent, ExtentUnit, HelpKind, NewWish, Occasion, PlanDetails, PlanPart,
    PlanSection, Presence, WishAndChoice, WishAnswer, choose, read_cadence,
};
use domain::kernel::{Amount, CaseId, Day, Line, Note, Period, Refusal, Refusals};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to be decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionIn {
    /// There is no default.
    #[serde(default)]
    #[schema(required = true, value_type = bool)]
    granted: Option<bool>,
    #[serde(default)]
    #[schema(required = true, value_type = HelpCode)]
    help: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
    #[serde(default)]
    #[schema(required = true)]
    reasons: String,
    /// At least two for longer help (§ 36(2) SGB VIII).
    #[serde(default)]
    professionals: Vec<String>,
    /// What was weighed.
    #[serde(default)]
    alternatives: Vec<String>,
    /// When the family was told of its rights.
    #[schema(value_type = Option<Date>)]
    rights_told_on: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    review_on: String,
    /// Every how many months this help wants to be looked at, from 1 to 24; without it the rule of the office holds.
    review_months: Option<i32>,
    /// The necessary services, in words.
    services: Option<String>,
    /// Their extent.
    extent: Option<ExtentIn>,
    /// Who took part in the talk about the plan, and who did not.
    #[serde(default)]
    attendance: Vec<AttendanceIn>,
    /// Parts with a title of their own, each once. What is missing is a gap and is kept with the version; it
    /// never keeps anybody from deciding.
    #[serde(default)]
    parts: Vec<PartIn>,
    /// Why something is missing.
    gaps_reason: Option<String>,
    /// The application for participation that it decides; no other one is decided by it.
    #[schema(value_type = Option<Ident>)]
    application: Option<String>,
}

/// How much of a service.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExtentIn {
    /// In hundredths of the unit.
    hundredths: i64,
    #[schema(value_type = ExtentUnitCode)]
    unit: String,
}

/// Somebody at the talk, or why not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceIn {
    name: String,
    #[schema(value_type = PresenceCode)]
    presence: String,
    why: Option<String>,
}

/// A part of the plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PartIn {
    #[schema(value_type = PlanPartCode)]
    part: String,
    words: String,
}

impl AttendanceIn {
    /// As somebody at the talk.
    ///
    /// # Errors
    /// Unknown words, empty names.
    pub fn read(&self) -> Result<Attendance, Refusal> {
        let presence = code(&self.presence, Presence::from_code)?;
        let why = maybe(self.why.as_deref(), Line::parse)?;
        Ok(Attendance { name: Line::parse(&self.name)?, presence, why })
    }
}

fn period(wrong: &mut Refusals, from: &str, until: Option<&str>) -> Option<Period> {
    let from = wrong.take("from", Day::parse(from));
    let until = wrong.take("until", maybe(until, Day::parse));
    let (from, until) = from.zip(until)?;
    wrong.take("until", Period::new(from, until))
}

impl DecisionIn {
    /// As a draft.
    ///
    /// # Errors
    /// All mistakes.
    pub fn read(&self) -> Result<DecisionDraft, Refusals> {
        let mut wrong = Refusals::default();
        let granted = wrong.take("granted", given(self.granted));
        let kind = wrong.take("help", code(&self.help, HelpKind::from_code));
        let period = period(&mut wrong, &self.from, self.until.as_deref());
        let reasons = wrong.take("reasons", Note::optional(&self.reasons));
        let professionals = wrong.take("professionals", lines(&self.professionals));
        let alternatives = wrong.take("alternatives", lines(&self.alternatives));
        let rights_told_on = wrong.take("rights_told_on", maybe(self.rights_told_on.as_deref(), Day::parse));
        let review_on = wrong.take("review_on", Day::parse(&self.review_on));
        let details = self.details(&mut wrong);
        let gaps_reason = wrong.take("gaps_reason", maybe(self.gaps_reason.as_deref(), Note::parse));
        let application = wrong.take("application", maybe(self.application.as_deref(), id));
        let value = (|| {
            Some(DecisionDraft {
                granted: granted?,
                kind: kind?,
                period: period?,
                reasons: reasons?,
                professionals: professionals?,
                alternatives: alternatives?,
                rights_told_on: rights_told_on?,
                review_on: review_on?,
                details: details?,
                gaps_reason: gaps_reason?,
                occasion: Occasion { application: application?, burdens: false },
            })
        })();
        wrong.finish(value)
    }

    fn details(&self, wrong: &mut Refusals) -> Option<PlanDetails> {
        let services = wrong.take("services", maybe(self.services.as_deref(), Note::parse));
        let extent = self.extent.as_ref().map(|extent| {
            let unit = code(&extent.unit, ExtentUnit::from_code)?;
            Extent::new(extent.hundredths, unit)
        });
        let extent = wrong.take("extent", extent.transpose());
        let attendance = self.attendance.iter().map(AttendanceIn::read).collect();
        let attendance = wrong.take("attendance", attendance);
        let part = |one: &PartIn| Ok((code(&one.part, PlanPart::from_code)?, Note::parse(&one.words)?));
        let mut parts = wrong.take("parts", self.parts.iter().map(part).collect::<Result<Vec<_>, Refusal>>())?;
        parts.sort_by_key(|(part, _)| *part);
        if parts.windows(2).any(|two| matches!(two, [(one, _), (other, _)] if one == other)) {
            wrong.note(CHOICE_MISSING.broken_at("parts"));
        }
        let review_months = self.review_months.map(|months| read_cadence(&months.to_string())).transpose();
        let review_months = wrong.take("review_months", review_months)?;
        Some(PlanDetails { services: services?, extent: extent?, attendance: attendance?, review_months, parts })
    }
}

/// What is ordered of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommissionIn {
    /// A decision of this case.
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    decision: String,
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    agency: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[schema(value_type = Option<Date>)]
    until: Option<String>,
    /// In cents.
    #[serde(default)]
    #[schema(required = true)]
    ceiling_cents: i64,
    /// When the family was told that it may choose (§ 5 SGB VIII).
    #[schema(value_type = Option<Date>)]
    wish_told_on: Option<String>,
    /// What became of its wish; there is no default.
    #[serde(default)]
    #[schema(required = true, value_type = WishAnswerCode)]
    wish_answer: String,
    /// The wish in the family's own words, if one was voiced.
    wish: Option<String>,
    /// Why it is not followed; for costs, the comparison.
    wish_why: Option<String>,
    /// The sections of the plan that go along; without this field goals, services and contact (§ 64(2) SGB VIII).
    #[schema(value_type = Option<Vec<SectionCode>>)]
    sections: Option<Vec<String>>,
    /// How much at which price of the rate table, if that is known.
    plan: Option<WorkIn>,
    /// Why it goes over plan, if it does.
    over_plan_reason: Option<String>,
    /// Why although something warns: the agency gave the opinion of § 35a(1a), or the consent towards it ended.
    anyway: Option<String>,
}

impl CommissionIn {
    /// As an order.
    ///
    /// # Errors
    /// All mistakes.
    pub fn read(&self, case: CaseId, today: Day) -> Result<Order, Refusals> {
        let mut wrong = Refusals::default();
        let decision = wrong.take("decision", id(&self.decision));
        let agency = wrong.take("agency", id(&self.agency));
        let period = period(&mut wrong, &self.from, self.until.as_deref());
        let ceiling = wrong.take("ceiling_cents", Amount::from_cents(self.ceiling_cents));
        let wish = self.wish(&mut wrong, today);
        let section = |one: &String| code(one, PlanSection::from_code);
        let sections = self.sections.as_ref().map(|all| all.iter().map(section).collect::<Result<Vec<_>, Refusal>>());
        let sections = wrong.take("sections", sections.transpose());
        let reason = wrong.take("over_plan_reason", maybe(self.over_plan_reason.as_deref(), Note::parse));
        let anyway = wrong.take("anyway", maybe(self.anyway.as_deref(), Note::parse));
        let plan = self.plan.as_ref().map_or(Some(None), |plan| plan.read(&mut wrong).map(Some));
        let value = (|| {
            let plan = plan?;
            let sections = sections?.unwrap_or_else(|| PlanSection::PROPOSED.to_vec());
            let order = CommissionOrder { period: period?, ceiling: ceiling?, wish: wish? };
            let (decision, agency, over_plan_reason, anyway) = (decision?, agency?, reason?, anyway?);
            Some(Order { case, decision, agency, order, plan, over_plan_reason, anyway, sections })
        })();
        wrong.finish(value)
    }

    fn wish(&self, wrong: &mut Refusals, today: Day) -> Option<WishAndChoice> {
        let told_on = wrong.take("wish_told_on", maybe(self.wish_told_on.as_deref(), Day::parse));
        let answer = if self.wish_answer.is_empty() {
            Some(None)
        } else {
            wrong.take("wish_answer", code(&self.wish_answer, WishAnswer::from_code).map(Some))
        };
        let words = wrong.take("wish", maybe(self.wish.as_deref(), Note::parse));
        let why = wrong.take("wish_why", maybe(self.wish_why.as_deref(), Note::parse));
        let new = NewWish { told_on: told_on?, answer: answer?, words: words?, why: why? };
        choose(new, today).map_err(|refusals| refusals.into_iter().for_each(|one| wrong.note(one))).ok()
    }
}
