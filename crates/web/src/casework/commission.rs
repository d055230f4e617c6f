// SPDX-License-Identifier: EUPL-1.2
//! Services and costs: the decision, commissions, what left for agencies, and a new commission.

use super::cases::CaseHead;
use crate::agreements::definition;
use crate::kit::answer::{attempt, for_form, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t,
};
use app::access::drafts;
use app::casework::commission::{self, Order, ServicesPage, VersionLine};
use app::casework::performance::{self, PlanOfWork};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::{Caution, Quantity, Unit};
use domain::budget::{Pause, Performance};
use domain::casework::{CommissionOrder, NewWish, PlanSection, WishAndChoice, WishAnswer, choose};
use domain::kernel::{Amount, CaseId, CommissionId, Day, Note, Period, Refusal, Refusals};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/faelle/{id}/leistungen", Asks::For(Action::SeeCase), services).post(
        "/faelle/{id}/auftraege",
        Asks::For(Action::DecideOnCase),
        place,
    )
}

// Forms -----------------------------------------------------------------------------------------------

/// The field that is needed when the plan of the region does not suffice.
const OVER_PLAN: &str = "over_plan_reason";
/// Field of the reason although something warns.
const ANYWAY: &str = "anyway";

/// Weeks of a year, or days: a whole number or nothing.
fn whole(text: &str) -> Result<i64, Refusal> {
    text.trim().parse().ok().filter(|number| (0..=366).contains(number)).ok_or(CHOICE_MISSING.broken())
}

/// How much at which price; without a price there is no plan.
fn parse_plan(read: &mut Parser<'_>) -> Option<Option<PlanOfWork>> {
    let rate = read.maybe_id("rate")?;
    let Some(rate) = rate else { return Some(None) };
    let quantity = read.with("quantity", Quantity::parse);
    let (weeks_off, longer_days) = (read.maybe("weeks_off", whole), read.maybe("longer_days", whole));
    let pause = read.maybe("pause", |text| Pause::from_code(text).ok_or(CHOICE_MISSING.broken()));
    let (weeks_off, pause) = (weeks_off?.unwrap_or_default(), pause?.unwrap_or(Pause::Never));
    Some(Some(PlanOfWork { rate, quantity: quantity?, weeks_off, pause, longer_days: longer_days? }))
}

/// The order, and the ceiling if one was typed: it may be worked out from price, quantity and weeks.
fn parse_order(case: CaseId, form: &FormData, (worked_out, today): (Option<Amount>, Day)) -> Result<Order, Refusals> {
    let mut read = Parser::new(form);
    let decision = read.id("decision");
    let agency = read.id("agency");
    let (from, until) = (read.day("from"), read.maybe_day("until"));
    let period = from.zip(until).and_then(|(from, until)| read.with("until", |_| Period::new(from, until)));
    let plan = parse_plan(&mut read);
    let ceiling = match worked_out.filter(|_| form.value("ceiling").trim().is_empty()) {
        Some(amount) => Some(amount),
        None => read.euro("ceiling"),
    };
    let wish = read_wish(&mut read, today);
    let sections = form.values("sections").map(PlanSection::from_code).collect::<Option<Vec<_>>>();
    let sections = sections.and_then(|all| read.with("sections", |_| Ok(all.clone())));
    let (reason, anyway) = (read.maybe_note(OVER_PLAN), read.maybe_note(ANYWAY));
    let value = (|| {
        Some(Order {
            case,
            decision: decision?,
            agency: agency?,
            order: CommissionOrder { period: period?, ceiling: ceiling?, wish: wish? },
            plan: plan?,
            over_plan_reason: reason?,
            anyway: anyway?,
            sections: sections?,
        })
    })();
    read.finish(value)
}

/// Wish and choice; what is wrong with it stands at its fields.
fn read_wish(read: &mut Parser<'_>, today: Day) -> Option<WishAndChoice> {
    let told_on = read.maybe_day("wish_told_on");
    let (answer, words, why) = read_wish_parts(read)?;
    let new = NewWish { told_on: told_on?, answer, words, why };
    choose(new, today).map_err(|refusals| read.note_all(refusals)).ok()
}

/// What became of a wish, its words, and why it is not followed; nothing of it has a default.
pub(super) fn read_wish_parts(read: &mut Parser<'_>) -> Option<(Option<WishAnswer>, Option<Note>, Option<Note>)> {
    let (words, why) = (read.maybe_note("wish"), read.maybe_note("wish_why"));
    let answer = read.maybe("wish_answer", |code| WishAnswer::from_code(code).ok_or(CHOICE_MISSING.broken()));
    Some((answer?, words?, why?))
}

/// What the plan in the form comes to, if it has one and no ceiling was typed.
async fn work_out(web: &Web, who: &SignedIn, form: &FormData) -> Result<Result<Option<Amount>, Refusals>, Oops> {
    let mut read = Parser::new(form);
    let (from, until) = (read.day("from"), read.maybe_day("until"));
    let plan = parse_plan(&mut read).flatten();
    let period = from.zip(until).and_then(|(from, until)| Period::new(from, until).ok());
    let (Some(plan), Some(period)) = (plan, period) else { return Ok(Ok(None)) };
    if !form.value("ceiling").trim().is_empty() {
        return Ok(Ok(None));
    }
    Ok(for_form(performance::propose(&web.app, &who.actor, plan, period).await)?.map(Some))
}

/// The form begins with what was decided.
fn with_decided(form: FormView, latest: Option<&VersionLine>) -> FormView {
    let Some(latest) = latest else { return form };
    let until = latest.until.map(|day| day.to_string()).unwrap_or_default();
    let proposed: Vec<&str> = PlanSection::PROPOSED.iter().map(|section| section.code()).collect();
    let form = form.with("decision", latest.decision).with("from", latest.from).with("until", until);
    form.with_each("sections", &proposed)
}

// Handlers --------------------------------------------------------------------------------------------

/// What was just done.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    beauftragt: String,
}

async fn services(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CaseId>,
    Query(done): Query<Done>,
) -> Result<Response, Oops> {
    let shown = commission::page(&web.app, &who.actor, id).await?;
    let key = commission::form(id);
    let drafts = drafts(&web.app, &who.actor, &key).await?;
    let form = FormView::new("commission", web.app.fresh()).with_drafts(key, drafts);
    let form = with_decided(form, shown.latest.as_ref());
    let mut template = ServicesTemplate::new(Frame::new(&web, &who, "nav-cases"), shown, form, web.app.today());
    template.placed = !done.beauftragt.is_empty();
    Ok(page(&template))
}

async fn place(State(web): State<Web>, who: SignedIn, Id(id): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let worked_out = work_out(&web, &who, &form).await?;
    let read = worked_out.and_then(|ceiling| parse_order(id, &form, (ceiling, web.app.today())));
    let placed = attempt(read, |order| commission::place(&web.app, &who.actor, Some(key), order)).await?;
    match placed {
        Ok(_) => Ok(redirect(&format!("/faelle/{id}/leistungen?beauftragt=1"))),
        Err(wrong) => {
            let shown = commission::page(&web.app, &who.actor, id).await?;
            let view = FormView::new("commission", key.id).with_drafts(commission::form(id), Vec::new());
            let frame = Frame::new(&web, &who, "nav-cases");
            let mut template = ServicesTemplate::new(frame, shown, view.refused(&form, &wrong), web.app.today());
            template.warns = wrong.list().iter().any(|refusal| refusal.field == ANYWAY);
            template.over_plan = wrong.list().iter().any(|refusal| refusal.field == OVER_PLAN);
            Ok(refused(&template))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/services.html")]
struct ServicesTemplate {
    frame: Frame,
    head: CaseHead,
    shown: ServicesPage,
    form: FormView,
    agencies: Vec<Choice>,
    rates: Vec<Choice>,
    pauses: Vec<Choice>,
    answers: Vec<Choice>,
    sections: Vec<Choice>,
    year: i16,
    placed: bool,
    over_plan: bool,
    warns: bool,
}

impl ServicesTemplate {
    fn new(frame: Frame, shown: ServicesPage, form: FormView, today: Day) -> Self {
        let label = |agency: &domain::agencies::Agency| {
            format!("{} ({})", agency.name.as_str(), t(&format!("agency-{}", agency.kind.code())))
        };
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "services"),
            agencies: shown.agencies.iter().map(|agency| Choice::new(Uuid::from(agency.id), label(agency))).collect(),
            rates: rates(&shown),
            pauses: Choice::words("pause", &Pause::ALL.iter().map(|pause| pause.code()).collect::<Vec<_>>()),
            answers: Choice::words("wish-answer", &WishAnswer::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
            sections: Choice::words("section", &PlanSection::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
            frame,
            shown,
            form,
            year: today.year(),
            placed: false,
            over_plan: false,
            warns: false,
        }
    }

    /// The money of the newest commission stands in the book of the year in which the help begins.
    fn budget_year(&self) -> i16 {
        self.shown.commissions.first().map_or(self.year, |newest| newest.from.year())
    }

    fn budget_path(&self) -> String {
        format!("/budget?region={}&jahr={}", self.shown.region, self.budget_year())
    }

    /// What to know about agencies before one is chosen, in the neutral order of names (W23, N5).
    fn cautions(&self) -> Vec<(&str, &[Caution])> {
        let name = |id| self.shown.agencies.iter().find(|agency| agency.id == id).map(|agency| agency.name.as_str());
        let all = self.shown.agreed.cautions.iter();
        all.filter_map(|(id, cautions)| Some((name(*id)?, cautions.as_slice()))).collect()
    }

    /// `5 Std./Woche × 66,00 €`.
    fn extent(&self, id: &CommissionId) -> Option<String> {
        let (_, plan) = self.shown.agreed.plans.iter().find(|(commission, _)| commission == id)?;
        Some(extent(plan))
    }

    /// The latest decision, if it grants something that can be commissioned.
    fn granted(&self) -> Option<&VersionLine> {
        self.shown.latest.as_ref().filter(|latest| latest.granted)
    }
}

pub(super) fn extent(plan: &Performance) -> String {
    let unit = match plan.unit {
        Unit::Hour => "commission-per-hour",
        Unit::Day => "commission-per-day",
        Unit::Place => "commission-per-place",
        Unit::Month => "commission-per-month",
    };
    format!("{} {} × {}", plan.quantity.german(), t(unit), plan.price.balance().german())
}

/// Prices in force for the decided help, with the agencies that agreed on them.
fn rates(shown: &ServicesPage) -> Vec<Choice> {
    let label = |choice: &performance::RateChoice| {
        let names: Vec<&str> = choice.agencies.iter().map(|(_, name)| name.as_str()).collect();
        let price = choice.rate.terms.price.balance().german();
        format!("{}: {price}, {}", names.join(", "), definition(&choice.rate.terms))
    };
    shown.agreed.rates.iter().map(|choice| Choice::new(choice.rate.id, label(choice))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::parse("2026-11-20").unwrap()
    }

    #[test]
    fn an_empty_form_names_every_gap() {
        let wrong = parse_order(CaseId(uuid::Uuid::nil()), &FormData::of(&[]), (None, today())).unwrap_err();
        let fields: Vec<_> = wrong.list().iter().map(|refusal| refusal.field).collect();
        assert_eq!(fields, ["decision", "agency", "from", "ceiling", "wish_answer"]);
    }

    #[test]
    fn a_reason_is_left_to_the_rules() {
        let id = Uuid::from_u128(7).to_string();
        let typed = [
            ("decision", id.as_str()),
            ("agency", id.as_str()),
            ("from", "2026-12-01"),
            ("ceiling", "4.800,50"),
            ("wish_answer", "followed"),
            ("wish", "Nah bei der Schule."),
            ("sections", "goals"),
            ("sections", "need"),
        ];
        let order =
            parse_order(CaseId(uuid::Uuid::nil()), &FormData::of(&typed), (Amount::from_cents(1).ok(), today()))
                .unwrap();
        assert_eq!(order.order.ceiling.cents(), 480_050);
        assert!(order.over_plan_reason.is_none());
        assert_eq!(order.sections, [PlanSection::Goals, PlanSection::Need]);
    }
}
