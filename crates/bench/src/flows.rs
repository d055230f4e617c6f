// SPDX-License-Identifier: EUPL-1.2
//! From intake to commission through the use cases, in a town that stands already; and locating points.

use crate::Outcome;
use crate::load::{Round, spread};
use app::access::{sign_in_demo, signed_in};
use app::casework::commission::Order;
use app::casework::intake::TakeIn;
use app::casework::{board, commission, consultation, intake, plan, statements};
use app::territory::{Asking, PointsFile, Progress, locate_points, shapes};
use app::{App, Clock, Db, Failure, agencies};
use domain::access::Actor;
use domain::casework::{
    Channel, CommissionOrder, Danger, DecisionDraft, HelpKind, IdeaKind, NewGoal, NewIdea, NewPerson, NewReport,
    NewStatement, Occasion, PersonRole, PlanDetails, PlanSection, Question, Reporter, ReporterKind, StatementKind,
    WishAndChoice,
};
use domain::kernel::{AgencyId, AgendaItemId, Amount, CaseId, Line, Note, Period, PersonName};
use domain::territory::{Address, Point};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Changes in a flow, each a durable commit with its audit entry.
pub const CHANGES: usize = 10;
/// The worker whose key the pages use as well.
pub const WORKER: &str = "asd-nord-1";
const MODERATOR: &str = "koordination-nord";

/// The house and those who act in it.
#[derive(Clone)]
pub struct Stage {
    pub app: App,
    worker: Actor,
    moderator: Actor,
    agency: AgencyId,
    /// An address in the worker's space.
    pub place: String,
}

fn said(what: &'static str) -> impl Fn(Failure) -> String {
    move |failure| format!("{what}: {failure:?}")
}

impl Stage {
    /// The town in a data directory.
    pub async fn open(data: &Path) -> Outcome<Self> {
        let db = Db::open_sqlite(&data.join("office.sqlite")).map_err(|e| e.to_string())?;
        let offices = app::access::offices(&db).await.map_err(said("offices"))?;
        let (id, _) = offices.first().ok_or("no office")?;
        let app = App::new(db, *id, Clock::System);
        let (worker, moderator) = (actor(&app, WORKER).await?, actor(&app, MODERATOR).await?);
        let agencies = agencies::all(&app, &worker).await.map_err(said("agencies"))?;
        let agency = agencies.first().ok_or("no agency")?.agency.id;
        let board = board::board(&app, &worker).await.map_err(said("board"))?;
        let first = board.cards().find(|card| !card.card.unplaced).ok_or("no report on the board")?;
        let place = first.card.place.clone();
        Ok(Self { app, worker, moderator, agency, place })
    }

    /// Flows side by side for some time.
    pub async fn flows(&self, abreast: usize, time: Duration) -> Outcome<Round> {
        let start = Instant::now();
        let mut running = JoinSet::new();
        for _ in 0..abreast {
            let stage = Arc::new(self.clone());
            running.spawn(async move {
                let mut times = Vec::new();
                while start.elapsed() < time {
                    let begin = Instant::now();
                    stage.flow().await.map_err(said("a flow"))?;
                    times.push(begin.elapsed());
                }
                Ok::<_, String>(times)
            });
        }
        let mut times = Vec::new();
        while let Some(ended) = running.join_next().await {
            times.extend(ended.map_err(|e| e.to_string())??);
        }
        let per_second = times.len() as f64 / start.elapsed().as_secs_f64();
        Ok(Round { per_second, ..spread(times) })
    }

    async fn flow(&self) -> Result<(), Failure> {
        let (app, actor) = (&self.app, &self.worker);
        let family = PersonName::parse("Familie Probelauf")?;
        let report = NewReport {
            received: app.now().plus_minutes(-4),
            channel: Channel::Phone,
            said: Note::parse("Die Mutter bittet um Unterstützung im Alltag mit drei Kindern.")?,
            place: Line::parse(&self.place)?,
            danger: Danger::NoSigns,
            family: Some(family.clone()),
        };
        let reporter = Reporter::new(ReporterKind::Anonymous, None, None);
        let new = TakeIn { report, address: Address::read(&self.place), reporter };
        let report = intake::take_in_report(app, actor, None, new).await?;
        let case = intake::open_case(app, actor, None, report, family).await?;
        let new = NewPerson { name: PersonName::parse("Mara Probelauf")?, role: PersonRole::Mother, born: None };
        let person = statements::add_person(app, actor, None, case, new).await?;
        let will = NewStatement {
            kind: StatementKind::Will,
            words: Note::parse("Ich will morgens ohne Streit aus dem Haus kommen.")?,
            own_part: Note::optional("Ich stehe eine halbe Stunde früher auf.")?,
            speaker: Some(person),
            said_on: app.today(),
        };
        statements::record(app, actor, None, case, will).await?;
        let words = Note::parse("Die Kinder sind an vier von fünf Tagen pünktlich in der Schule.")?;
        let goal = NewGoal { words, owner: person, agreed_on: app.today() };
        statements::record_goal(app, actor, None, case, goal).await?;
        self.consult(case).await?;
        self.decide(case).await
    }

    async fn consult(&self, case: CaseId) -> Result<AgendaItemId, Failure> {
        let (app, actor) = (&self.app, &self.worker);
        let question = Question {
            question: Note::parse("Was hilft der Familie am Morgen?")?,
            sheet: Note::parse("Wille: morgens ohne Streit aus dem Haus kommen")?,
            meets_on: app.today(),
            read_over: true,
        };
        let item = consultation::put_on_agenda(app, actor, None, case, question).await?;
        let idea = NewIdea { kind: IdeaKind::SocialSpace, words: Line::parse("Frühstück im Nachbarschaftshaus")? };
        consultation::note_idea(app, &self.moderator, None, item, idea).await?;
        consultation::hold(app, &self.moderator, None, item, None).await
    }

    async fn decide(&self, case: CaseId) -> Result<(), Failure> {
        let (app, actor) = (&self.app, &self.worker);
        let today = app.today();
        let period = Period::new(today, Some(today.plus_months(6)))?;
        let lines = |texts: &[&str]| texts.iter().map(|text| Line::parse(text)).collect::<Result<Vec<_>, _>>();
        let draft = DecisionDraft {
            granted: true,
            kind: HelpKind::FamilySupport,
            period,
            reasons: Note::optional("Geeignet und notwendig, weil die Familie den Morgen allein nicht ordnen kann.")?,
            professionals: lines(&["Jella Marquardt", "Anke Probe", "Ole Probe"])?,
            alternatives: lines(&["Frühstück im Nachbarschaftshaus", "Patenfamilie"])?,
            rights_told_on: Some(today.plus_days(-7)),
            review_on: today.plus_months(4),
            details: PlanDetails::default(),
            gaps_reason: None,
            occasion: Occasion::default(),
        };
        let decision = plan::decide_on_help(app, actor, None, case, draft).await?;
        let wish = WishAndChoice::not_voiced(Some(today));
        let order = CommissionOrder { period, ceiling: Amount::from_cents(120_000)?, wish };
        let over_plan_reason = Note::optional("Rechtsanspruch; die Hilfe ist nicht aufschiebbar.")?;
        let new = Order {
            case,
            decision,
            agency: self.agency,
            order,
            plan: None,
            over_plan_reason,
            anyway: None,
            sections: PlanSection::PROPOSED.to_vec(),
        };
        commission::place(app, actor, None, new).await.map(|_| ())
    }

    /// Points a second of a file of so many, spread over the town; and the share that lies in a space.
    pub async fn locate(&self, points: usize) -> Outcome<(f64, f64)> {
        let shapes = shapes(&self.app, &self.worker).await.map_err(said("shapes"))?;
        let corners = shapes.iter().flat_map(|(_, boundary)| <[Point; 2]>::from(boundary.bounds()));
        let corners: Vec<(f64, f64)> = corners.map(Point::to_wgs84).collect();
        let least = corners.iter().copied().reduce(|a, b| (a.0.min(b.0), a.1.min(b.1))).ok_or("no spaces")?;
        let most = corners.iter().copied().reduce(|a, b| (a.0.max(b.0), a.1.max(b.1))).ok_or("no spaces")?;
        let mut text = String::from("id;lat;lon\n");
        for number in 0..points {
            // Two irrational steps fill a square evenly.
            let part = |step: f64| (number as f64 * step).fract();
            let lat = least.0 + (most.0 - least.0) * part(0.754_877_666);
            let lon = least.1 + (most.1 - least.1) * part(0.569_840_291);
            text.push_str(&format!("{number};{lat:.6};{lon:.6}\n"));
        }
        let start = Instant::now();
        let file = PointsFile::read("points.csv", text.as_bytes()).map_err(|findings| format!("{findings:?}"))?;
        let asking = Asking { day: self.app.today(), progress: Progress::default() };
        let located = locate_points(&self.app, &self.worker, &file, &asking, Vec::new()).await;
        let located = located.map_err(|failure| format!("{failure:?}"))?;
        let seconds = start.elapsed().as_secs_f64();
        Ok((located.lines as f64 / seconds, located.located as f64 / located.lines.max(1) as f64))
    }
}

async fn actor(app: &App, key: &str) -> Outcome<Actor> {
    let token = sign_in_demo(app, key).await.map_err(said("sign-in"))?;
    let signed = signed_in(app, &token).await.map_err(said("sign-in"))?;
    signed.map(|signed| signed.actor).ok_or(format!("{key} has no post"))
}
