// SPDX-License-Identifier: EUPL-1.2
//! Lives through a story: every step is the use case that a person would use.

use super::agreements::plan_of;
use super::explore;
use super::family::Family;
use super::staff::{Cast, Person, Team};
use super::story::{Decided, Deed, Detailed, Ordered, Said, Step, TakenIn};
use super::team;
use app::casework::commission::Order;
use app::casework::intake::TakeIn;
use app::casework::{board, commission, consultation, goals, intake, notes, plan, statements};
use app::{App, Failure, exchange};
use domain::casework::{
    Attendance, CommissionOrder, DecisionDraft, Extent, ExtentUnit, NewGoal, NewIdea, NewMove, NewNote, NewPerson,
    NewRating, NewReport, NewStatement, NewStep, NewStrength, NewWish, Occasion, Outcome, PlanDetails, PlanSection,
    Presence, Question, Reporter, Step as BoardStep, WishAndChoice, WishAnswer, choose,
};
use domain::kernel::{
    AgendaItemId, Amount, CaseId, DecisionId, GoalId, Line, Note, PersonId, PersonName, Refusal, ReportId, Rule,
};
use domain::territory::Address;

/// A step came before the one it needs; a fault of the town's script.
const OUT_OF_ORDER: Rule = Rule::new("demo.out_of_order", "Drehbuch der Musterstadt");

/// What a story has come to so far.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    report: Option<ReportId>,
    pub(super) case: Option<CaseId>,
    pub(super) people: Vec<PersonId>,
    goals: Vec<GoalId>,
    steps: Vec<GoalId>,
    pub(super) item: Option<AgendaItemId>,
    decision: Option<DecisionId>,
}

/// Who acts in a story.
pub struct Scene<'a> {
    pub cast: &'a Cast,
    pub team: &'a Team,
    pub worker: &'a Person,
    pub family: &'a Family,
}

pub(super) fn there<T>(thing: Option<T>) -> Result<T, Failure> {
    thing.ok_or(OUT_OF_ORDER.broken().into())
}

/// Does one step at its moment.
pub async fn act(app: &App, scene: &Scene<'_>, step: &Step, so_far: &mut Progress) -> Result<(), Failure> {
    let house = app.at(step.at);
    let actor = &scene.worker.actor;
    match &step.deed {
        Deed::TakeIn(report) => take_in(&house, scene, report, so_far).await?,
        Deed::Open => {
            let family = PersonName::parse(&scene.family.name)?;
            so_far.case = Some(intake::open_case(&house, actor, None, there(so_far.report)?, family).await?);
        }
        Deed::Person(number) => {
            let person = there(scene.family.people.get(*number))?;
            let new = NewPerson { name: PersonName::parse(&person.name)?, role: person.role, born: Some(person.born) };
            so_far.people.push(statements::add_person(&house, actor, None, there(so_far.case)?, new).await?);
        }
        Deed::Say(said) => say(&house, scene, said, so_far).await?,
        Deed::Goal { owner, words } => {
            let owner = there(so_far.people.get(*owner).copied())?;
            let new = NewGoal { words: Note::parse(words)?, owner, agreed_on: house.today() };
            so_far.goals.push(statements::record_goal(&house, actor, None, there(so_far.case)?, new).await?);
        }
        Deed::Note { words, confidence } => {
            let people = so_far.people.first().copied().into_iter().collect();
            let new = NewNote { words: Note::parse(words)?, noted_on: house.today(), people, confidence: *confidence };
            notes::write(&house, actor, None, there(so_far.case)?, new).await?;
        }
        Deed::Explore { told } => explore::explore(&house, scene, told, so_far).await?,
        Deed::FamilyAnswers { words } => explore::answer(&house, scene, words, so_far).await?,
        Deed::Step { .. } | Deed::Rate { .. } => climb(&house, scene, &step.deed, so_far).await?,
        Deed::Strength { field, words } => {
            let new = NewStrength { field: *field, words: Line::parse(words)?, owner: None };
            statements::record_strength(&house, actor, None, there(so_far.case)?, new).await?;
        }
        Deed::PutOnAgenda { .. } | Deed::Idea { .. } | Deed::Hold { .. } => {
            consult(&house, scene, &step.deed, so_far).await?;
        }
        Deed::Decide(decided) => {
            decide(&house, scene, decided, so_far).await?;
            close_report(&house, scene, so_far).await?;
        }
        Deed::Commission(ordered) => order(&house, scene, ordered, so_far).await?,
        Deed::Acknowledge { agency } => acknowledge(&house, scene, *agency, so_far).await?,
    }
    Ok(())
}

async fn take_in(house: &App, scene: &Scene<'_>, taken: &TakenIn, so_far: &mut Progress) -> Result<(), Failure> {
    let duty = scene.cast.duty.get(scene.family.people.len() % scene.cast.duty.len().max(1));
    let by = duty.filter(|_| taken.by_duty).unwrap_or(scene.worker);
    let lost = Address::read(&taken.place).number.is_none();
    let report = NewReport {
        received: house.now().plus_minutes(-4),
        channel: taken.channel,
        said: Note::parse(&taken.said)?,
        place: Line::parse(&taken.place)?,
        danger: taken.danger,
        family: if lost { None } else { Some(PersonName::parse(&scene.family.name)?) },
    };
    let new =
        TakeIn { report, address: Address::read(&taken.place), reporter: Reporter::new(taken.reporter, None, None) };
    let id = intake::take_in_report(house, &by.actor, None, new).await?;
    so_far.report = Some(id);
    if taken.danger == domain::casework::Danger::SignsOrUnsure {
        so_far.case = intake::report(house, &scene.worker.actor, id).await?.report.case;
    }
    Ok(())
}

/// What was decided in the case was decided about its report, too: its worker takes it off the board.
async fn close_report(house: &App, scene: &Scene<'_>, so_far: &Progress) -> Result<(), Failure> {
    let (actor, id) = (&scene.worker.actor, there(so_far.report)?);
    let Ok(shown) = intake::report(house, actor, id).await else { return Ok(()) };
    if shown.desk.at.step != BoardStep::New {
        return Ok(());
    }
    for step in [BoardStep::Decision, BoardStep::Closed] {
        let why = Some(Note::parse("Hilfe wurde entschieden, der Fall läuft.")?);
        let urgency = shown.desk.at.urgency;
        let new = NewMove { step, urgency, owner: None, outcome: Some(Outcome::Case), why };
        board::move_on(house, actor, None, id, new).await?;
    }
    Ok(())
}

async fn say(house: &App, scene: &Scene<'_>, said: &Said, so_far: &Progress) -> Result<(), Failure> {
    let speaker = match said.speaker {
        Some(number) => Some(there(so_far.people.get(number).copied())?),
        None => None,
    };
    let new = NewStatement {
        kind: said.kind,
        words: Note::parse(&said.words)?,
        own_part: Note::optional(&said.own_part)?,
        speaker,
        said_on: house.today(),
    };
    statements::record(house, &scene.worker.actor, None, there(so_far.case)?, new).await.map(|_| ())
}

async fn climb(house: &App, scene: &Scene<'_>, deed: &Deed, so_far: &mut Progress) -> Result<(), Failure> {
    let (actor, today) = (&scene.worker.actor, house.today());
    match deed {
        Deed::Step { owner, words, due_on } => {
            // A family without a direction takes no step.
            let Some(under) = so_far.goals.first().copied() else { return Ok(()) };
            let owner = there(so_far.people.get(*owner).copied())?;
            let new = NewStep { words: Note::parse(words)?, owner, agreed_on: today, due_on: Some(*due_on) };
            so_far.steps.push(goals::record_step(house, actor, None, under, new).await?);
        }
        Deed::Rate { rater, level, words } => {
            let Some(step) = so_far.steps.last().copied() else { return Ok(()) };
            let new = NewRating { rater: *rater, level: *level, said_on: today, words: Note::optional(words)? };
            goals::record_rating(house, actor, None, step, new).await?;
            team::used(house, scene, *rater, so_far).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn consult(house: &App, scene: &Scene<'_>, deed: &Deed, so_far: &mut Progress) -> Result<(), Failure> {
    let actor = &scene.worker.actor;
    match deed {
        Deed::PutOnAgenda { question, meets_on } => {
            let case = there(so_far.case)?;
            team::call(house, scene, *meets_on).await?;
            let new = Question {
                question: Note::parse(question)?,
                sheet: sheet(house, scene, case).await?,
                meets_on: *meets_on,
                read_over: true,
            };
            so_far.item = Some(consultation::put_on_agenda(house, actor, None, case, new).await?);
        }
        Deed::Idea { adviser, kind, words } => {
            let others: Vec<&Person> = scene.team.advisers.iter().chain(&scene.team.workers).collect();
            let by = there(others.get(adviser % others.len().max(1)))?;
            let new = NewIdea { kind: *kind, words: Line::parse(words)? };
            consultation::note_idea(house, &by.actor, None, there(so_far.item)?, new).await?;
        }
        Deed::Hold { minutes } => {
            let moderator = scene.cast.coordinators.get(scene.team.region).unwrap_or(scene.worker);
            let minutes = Note::optional(minutes)?;
            consultation::hold(house, &moderator.actor, None, there(so_far.item)?, minutes).await?;
            team::answered(house, scene, moderator, so_far).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The sheet as the house proposes it.
async fn sheet(house: &App, scene: &Scene<'_>, case: CaseId) -> Result<Note, Failure> {
    let proposed = consultation::propose(house, &scene.worker.actor, case).await?;
    let word = |code: &str| match code {
        "person" => "Person",
        "will" => "Wille",
        "wish" => "Wunsch",
        "need" => "Bedarf",
        "mandate" => "Auftrag",
        "goal" => "Ziel",
        _ => "Ressource",
    };
    let lines: Vec<String> = proposed.sheet.iter().map(|(code, words)| format!("{}: {words}", word(code))).collect();
    Ok(Note::parse(&lines.join("\n"))?)
}

async fn decide(house: &App, scene: &Scene<'_>, decided: &Decided, so_far: &mut Progress) -> Result<(), Failure> {
    let colleague = scene.team.workers.iter().find(|one| one.name != scene.worker.name).unwrap_or(scene.worker);
    let lead = scene.cast.leads.get(scene.team.region).unwrap_or(colleague);
    let names = [&scene.worker.name, &colleague.name, &lead.name];
    let lines = |texts: &[String]| texts.iter().map(|text| Line::parse(text)).collect::<Result<Vec<_>, _>>();
    let until = decided.period.until().unwrap_or(decided.period.from());
    let draft = DecisionDraft {
        granted: decided.granted,
        kind: decided.kind,
        period: decided.period,
        reasons: Note::optional(&decided.reasons)?,
        professionals: lines(&names.map(Clone::clone))?,
        alternatives: lines(&decided.alternatives)?,
        rights_told_on: Some(house.today().plus_days(-7)),
        review_on: decided.period.from().plus_months(4).min(until),
        details: details(scene, &decided.details)?,
        gaps_reason: Note::optional(&decided.details.gaps_reason)?,
        occasion: Occasion::default(),
    };
    let case = there(so_far.case)?;
    so_far.decision = Some(plan::decide_on_help(house, &scene.worker.actor, None, case, draft).await?);
    Ok(())
}

fn details(scene: &Scene<'_>, told: &Detailed) -> Result<PlanDetails, Refusal> {
    let part = |at: usize| told.services.get(at).map_or("", String::as_str);
    let there = |name: &str| Attendance::read(name, Presence::Present);
    let family = scene.family.people.iter().map(|person| there(&person.name));
    let parts = told.parts.iter().map(|(part, words)| Ok((*part, Note::parse(words)?)));
    Ok(PlanDetails {
        services: Note::optional(part(0))?,
        extent: Extent::read(part(1), ExtentUnit::from_code(part(2)))?,
        attendance: family.chain(Some(there(&scene.worker.name))).collect::<Result<_, _>>()?,
        review_months: None,
        parts: parts.collect::<Result<_, _>>()?,
    })
}

async fn order(house: &App, scene: &Scene<'_>, ordered: &Ordered, so_far: &Progress) -> Result<(), Failure> {
    let (agency, _) = there(scene.cast.agencies.get(ordered.agency))?;
    let order = CommissionOrder {
        period: ordered.period,
        ceiling: Amount::from_cents(ordered.euros * 100)?,
        wish: wish(house, &ordered.choice)?,
    };
    let over_plan_reason = Note::optional(&ordered.over_plan)?;
    let (case, decision) = (there(so_far.case)?, there(so_far.decision)?);
    let plan = plan_of(scene.cast, *agency, ordered.kind, (ordered.period, ordered.euros, house.today()));
    let sections = PlanSection::PROPOSED.to_vec();
    let new = Order { case, decision, agency: *agency, order, plan, over_plan_reason, anyway: None, sections };
    commission::place(house, &scene.worker.actor, None, new).await.map(|_| ())
}

fn wish(house: &App, told: &[String]) -> Result<WishAndChoice, Failure> {
    let part = |at: usize| told.get(at).map_or("", String::as_str);
    let new = NewWish {
        told_on: Some(house.today().plus_days(-7)),
        answer: WishAnswer::from_code(part(0)),
        words: Note::optional(part(1))?,
        why: Note::optional(part(2))?,
    };
    Ok(choose(new, house.today())?)
}

async fn acknowledge(house: &App, scene: &Scene<'_>, agency: usize, so_far: &Progress) -> Result<(), Failure> {
    let (_, clerk) = there(scene.cast.agencies.get(agency))?;
    let page = commission::page(house, &scene.worker.actor, there(so_far.case)?).await?;
    let sent = page.sent.iter().find(|sent| sent.kind == "commission" && sent.acknowledged_at.is_none());
    exchange::acknowledge(house, &clerk.actor, None, there(sent)?.id).await.map(|_| ())
}
