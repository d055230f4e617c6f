// SPDX-License-Identifier: EUPL-1.2
//! What is agreed with agencies, and what follows month by month: hours proven, invoices paid, forecasts kept. All but
//! one agency have an agreement; one agreement ends soon; three agencies form a consortium for direct access.

use super::size::Size;
use super::staff::{Cast, Person};
use super::town::broken;
use app::agreements::contracts::{self, Agreed, Plan};
use app::agreements::invoices::{self, Entered};
use app::agreements::proofs;
use app::casework::performance::PlanOfWork;
use app::{App, Failure, agreements, exchange, forecast};
use domain::agencies::{
    AgreementDraft, AgreementKind, HourBasis, Qualification, Quantity, RateDraft, RateTerms, TermKind, Travel, Unit,
};
use domain::budget::{Claim, ContingentUnit, MoneyKind, Paragraph, Pause};
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, AgreementId, Amount, Day, Line, Moment, Note, Period, RateId, TransmissionId};
use tokio::task::JoinSet;

/// Helps with an hourly price.
const HELPS: [HelpKind; 5] = [
    HelpKind::Flexible,
    HelpKind::SocialAssistant,
    HelpKind::FamilySupport,
    HelpKind::Inclusion,
    HelpKind::YoungAdults,
];
/// The first price of an hour in cents; each agency asks a little more than the one before.
const FIRST_PRICE: i64 = 6_150;
/// A larger town shows its last months only: it is made for measuring.
const LARGE: usize = 1_000;

/// A price of the rate table, from a day on.
#[derive(Debug, Clone, Copy)]
pub struct Price {
    agency: AgencyId,
    help: HelpKind,
    from: Day,
    rate: RateId,
    cents: i64,
}

fn draft(
    kind: AgreementKind,
    title: &str,
    members: Vec<(AgencyId, i64)>,
    span: (Day, Option<Day>),
) -> Result<AgreementDraft, Failure> {
    let term = |kind, words: &str| Ok::<_, Failure>((kind, Note::parse(words)?));
    Ok(AgreementDraft {
        kind,
        title: Line::parse(title)?,
        members,
        period: Period::new(span.0, span.1)?,
        agreed_on: span.0,
        helps: Vec::new(),
        spaces: Vec::new(),
        terms: vec![
            term(TermKind::Content, "Aufsuchende Hilfe in Familie und Sozialraum.")?,
            term(TermKind::Quality, "Fachberatung je Quartal, gemeinsamer Qualitätsdialog einmal im Jahr.")?,
            term(TermKind::ViolenceProtection, "Schutzkonzept liegt vor und wird alle zwei Jahre geprüft.")?,
        ],
        child_protection: true,
        record_checks: true,
        supersedes: None,
    })
}

/// Agreements and prices, a year at a time: each autumn the price of the next year.
pub async fn agree(house: &App, cast: &mut Cast, end: Moment) -> Result<(), Failure> {
    let Some(finance) = cast.finance.first().cloned() else { return Ok(()) };
    let agencies: Vec<AgencyId> = cast.agencies.iter().map(|(agency, _)| *agency).collect();
    let with: Vec<AgencyId> = agencies.iter().copied().take(agencies.len().saturating_sub(1)).collect();
    for (number, agency) in with.iter().enumerate() {
        let soon = (number + 1 == with.len()).then(|| end.day().plus_days(38));
        let title = "Leistungsvereinbarung ambulante Hilfen";
        let new = draft(AgreementKind::Services, title, vec![(*agency, 1)], (house.today(), soon))?;
        let agreement = agreements::make(house, &finance.actor, None, new).await?;
        let last = end.day().year() + i16::from(soon.is_none());
        for year in house.today().year()..=last {
            cast.prices.extend(prices(house, &finance, (*agency, agreement), (number, year), end).await?);
        }
    }
    holidays(house, &finance, end).await?;
    consortium(house, cast, &finance, end).await
}

async fn prices(
    house: &App,
    finance: &Person,
    (agency, agreement): (AgencyId, AgreementId),
    (number, year): (usize, i16),
    end: Moment,
) -> Result<Vec<Price>, Failure> {
    let first = year == house.today().year();
    let from = if first { house.today() } else { Day::new(year, 1, 1)? };
    let at = if first { house.now() } else { Moment::on(Day::new(year - 1, 11, 16)?, 10 * 60) };
    if at > end {
        return Ok(Vec::new());
    }
    let passed = i64::from(year - house.today().year());
    let mut made = Vec::new();
    for (more, help) in (0..).zip(HELPS) {
        let cents = FIRST_PRICE + 85 * i64::try_from(number).unwrap_or_default() + 40 * more + 195 * passed;
        let (unit, hour, travel) = (Unit::Hour, HourBasis::Direct, Travel::Included);
        let price = Amount::from_cents(cents)?;
        let terms = RateTerms { unit, hour, travel, qualification: Qualification::Professional, price };
        let new = RateDraft { help, terms, period: Period::new(from, None)?, agreed_on: at.day() };
        let rate = agreements::agree_on_rate(&house.at(at), &finance.actor, None, agreement, new).await?;
        made.push(Price { agency, help, from, rate, cents });
    }
    Ok(made)
}

async fn holidays(house: &App, finance: &Person, end: Moment) -> Result<(), Failure> {
    for year in house.today().year()..=end.day().year() {
        for (name, (from, days)) in
            [("Osterferien", ((3, 30), 11)), ("Sommerferien", ((7, 16), 41)), ("Herbstferien", ((10, 12), 12))]
        {
            let from = Day::new(year, from.0, from.1)?;
            let span = Period::new(from, Some(from.plus_days(days)))?;
            forecast::enter_holidays(house, &finance.actor, None, (span, Line::parse(&format!("{name} {year}"))?))
                .await?;
        }
    }
    Ok(())
}

/// Direct access without names: three agencies, four instalments, a contingent that runs short.
async fn consortium(house: &App, cast: &Cast, finance: &Person, end: Moment) -> Result<(), Failure> {
    let year = end.day().year();
    let begin = house.at(Moment::on(Day::new(year - 1, 12, 1)?, 9 * 60).max(house.now()));
    let three = cast.agencies.iter().take(3).zip([40, 35, 25]).map(|((agency, _), share)| (*agency, share)).collect();
    let span = (begin.today(), Day::new(year + 1, 12, 31).ok());
    let new = draft(AgreementKind::DirectAccess, "Trägerverbund Beratung ohne Anmeldung", three, span)?;
    let agreement = agreements::make(&begin, &finance.actor, None, new).await?;
    let (Some(region), Some((agency, clerk))) = (cast.regions.first(), cast.agencies.first()) else { return Ok(()) };
    let total = Amount::from_cents(12_000_000)?;
    let planned = app::budget::Plan {
        region: *region,
        year,
        kind: MoneyKind::DirectAccess,
        planned: Amount::from_cents(15_000_000)?,
        top_slice: None,
        note: Line::parse("Vertrag über Beratung ohne Anmeldung")?,
    };
    app::budget::plan(&begin, &finance.actor, None, planned).await?;
    let plan = Plan { agreement, region: *region, year, total, paragraph: Paragraph::Counselling };
    let plan = contracts::plan(&begin, &finance.actor, None, plan).await?;
    let page = agreements::one(&begin, &finance.actor, agreement).await?;
    let all = page.plans.iter().flat_map(|year| &year.instalments);
    for one in all.filter(|one| one.due < end.day()) {
        let on = house.at(Moment::on(one.due, 8 * 60));
        contracts::pay(&on, &finance.actor, None, plan, (one.agency, one.due)).await?;
    }
    let span = (Day::new(year, 1, 1)?, Day::new(year, 12, 31)?);
    let (unit, price) = (ContingentUnit::Contacts, Amount::from_cents(2_500_000)?);
    let new = Agreed { agreement, agency: *agency, unit, agreed: 320, price, span };
    let contingent = contracts::agree_on_contingent(&begin, &finance.actor, None, new).await?;
    for week in 0..=end.day().days_since(span.0) / 7 {
        let on = house.at(Moment::on(span.0.plus_days(week * 7), 16 * 60));
        let count = 5 + i64::from(week * 5 % 4);
        contracts::count(&on, &clerk.actor, None, contingent, (on.today(), count)).await?;
    }
    Ok(())
}

/// How much a commission of so many euros orders at the price of its day; none where no hourly price is agreed.
pub fn plan_of(
    cast: &Cast,
    agency: AgencyId,
    help: HelpKind,
    (period, euros, today): (Period, i64, Day),
) -> Option<PlanOfWork> {
    let of_help = cast.prices.iter().filter(|price| price.agency == agency && price.help == help);
    let price = of_help.filter(|price| price.from <= today.max(period.from())).max_by_key(|price| price.from)?;
    let days = i64::from(period.until()?.days_since(period.from())) + 1;
    let quantity = Quantity::from_hundredths(euros * 100 * 700 / (price.cents * days)).ok()?;
    let pause = if help == HelpKind::Inclusion { Pause::SchoolHolidays } else { Pause::Never };
    Some(PlanOfWork { rate: price.rate, quantity, weeks_off: 0, pause, longer_days: None })
}

/// A mandate as its agency reads it.
#[derive(Debug, Clone)]
struct Mandate {
    id: TransmissionId,
    case_number: String,
    from: Day,
    until: Day,
    /// Weekly hours and their price, or the whole sum.
    hours: Option<(Quantity, Amount)>,
    sum: Amount,
}

/// `2026-0012: § 31 SGB VIII ab 01.02.2026 bis 31.07.2026, bis zu 4.800,00 €, 3,5 Std./Woche zu 66,00 €`.
fn read(id: TransmissionId, subject: &str) -> Option<Mandate> {
    let (case_number, rest) = subject.split_once(": ")?;
    let (_, rest) = rest.split_once(" ab ")?;
    let (from, rest) = rest.split_once(" bis ")?;
    let (until, rest) = rest.split_once(", bis zu ")?;
    let (sum, extent) = rest.split_once(", ").map_or((rest, None), |(sum, extent)| {
        // The comma of the cents is followed by digits, the one before the extent by a blank.
        (sum, extent.split_once(" Std./Woche zu "))
    });
    let hours = extent.and_then(|(hours, price)| Quantity::parse(hours).ok().zip(Amount::parse_euro(price).ok()));
    let (from, until) = (Day::parse(from).ok()?, Day::parse(until).ok()?);
    Some(Mandate { id, case_number: case_number.to_owned(), from, until, hours, sum: Amount::parse_euro(sum).ok()? })
}

async fn mandates(house: &App, clerk: &Person) -> Result<Vec<Mandate>, Failure> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = exchange::mandates(house, &clerk.actor, after).await?;
        after = page.last().map(|mandate| (mandate.received.sent_at, mandate.received.id.0));
        all.extend(page.iter().filter_map(|mandate| read(mandate.received.id, &mandate.received.subject)));
        if page.len() < usize::try_from(exchange::PAGE).unwrap_or_default() {
            return Ok(all);
        }
    }
}

impl Mandate {
    /// What is rendered in a month; families are ill, and on holiday, and sometimes need less.
    fn claim(&self, month: Day) -> Option<Claim> {
        let (from, until) = (self.from.max(month), self.until.min(month.month_end()));
        let days = i64::from(until.days_since(from)) + 1;
        let (case_number, one) = (self.case_number.clone(), Quantity::from_hundredths(100).ok()?);
        if days <= 0 {
            return None;
        }
        let Some((weekly, price)) = self.hours else {
            let all = i64::from(self.until.days_since(self.from)) + 1;
            let price = Amount::from_cents(self.sum.cents() * days / all).ok()?;
            return Some(Claim { case_number, month, quantity: one, price });
        };
        let number: i64 = self.case_number.bytes().map(i64::from).sum();
        let luck = 84 + (number * 5 + i64::from(month.month()) * 7) % 17;
        let hundredths = weekly.hundredths() * days * luck / 700;
        Some(Claim { case_number, month, quantity: Quantity::from_hundredths(hundredths).ok()?, price })
    }
}

/// Month by month: the forecast is kept at its end, hours are proven, invoices entered and paid in the next one.
pub async fn live(house: &App, cast: &Cast, size: Size, end: Moment) -> Result<(), Failure> {
    let Some(finance) = cast.finance.first() else { return Ok(()) };
    let mut agencies = Vec::new();
    for (agency, clerk) in &cast.agencies {
        agencies.push((*agency, clerk.clone(), mandates(&house.at(end), clerk).await?));
    }
    let mut month = house.today().month_start();
    if size.cases > LARGE {
        month = month.max(end.day().month_start().plus_months(-2));
    }
    while month.month_end() < end.day() {
        forecast::keep(&house.at(Moment::on(month.month_end(), 17 * 60)), &finance.actor, None).await?;
        for (number, (agency, clerk, mandates)) in agencies.iter().enumerate() {
            let lines: Vec<(TransmissionId, Claim)> =
                mandates.iter().filter_map(|one| Some((one.id, one.claim(month)?))).collect();
            prove(house, clerk, month, &lines).await?;
            let claims = lines.into_iter().map(|(_, claim)| claim).collect();
            bill(house, finance, (*agency, number, month), claims, end).await?;
        }
        month = month.plus_months(1);
    }
    Ok(())
}

/// Everybody proves side by side, so that the database can commit together.
async fn prove(house: &App, clerk: &Person, month: Day, lines: &[(TransmissionId, Claim)]) -> Result<(), Failure> {
    let on = house.at(Moment::on(month.plus_months(1).plus_days(2), 9 * 60));
    let mut running = JoinSet::new();
    for (id, claim) in lines {
        let (app, actor, id, quantity) = (on.clone(), clerk.actor.clone(), *id, claim.quantity);
        running.spawn(async move { proofs::prove(&app, &actor, None, id, (month, quantity)).await });
    }
    while let Some(ended) = running.join_next().await {
        ended.map_err(|error| broken(&error))??;
    }
    Ok(())
}

async fn bill(
    house: &App,
    finance: &Person,
    (agency, number, month): (AgencyId, usize, Day),
    lines: Vec<Claim>,
    end: Moment,
) -> Result<(), Failure> {
    let (entered, paid) = (month.plus_months(1).plus_days(5), month.plus_months(1).plus_days(11));
    if lines.is_empty() || entered > end.day() {
        return Ok(());
    }
    let invoice = Line::parse(&format!("{}-{}", month.german_month().replace('/', "-"), number + 1))?;
    let new = Entered { agency, number: invoice, dated_on: entered, exception: None, lines };
    let id = invoices::enter(&house.at(Moment::on(entered, 11 * 60)), &finance.actor, None, new).await?;
    // The newest invoice of the first agency waits to be looked at.
    let waits = number == 0 && month.plus_months(1).month_end() >= end.day();
    if paid > end.day() || waits {
        return Ok(());
    }
    let reason = Note::parse("Mehr Stunden im Krisenmonat, mit der Fachkraft abgestimmt")?;
    invoices::pay(&house.at(Moment::on(paid, 10 * 60)), &finance.actor, None, id, Some(reason)).await.map(|_| ())
}
