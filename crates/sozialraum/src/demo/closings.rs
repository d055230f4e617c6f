// SPDX-License-Identifier: EUPL-1.2
//! How helps of the first team came to their end, what was asked afterwards, when danger was over, and two helps of the
//! first worker that are on their way: one that becomes less, one that was applied for under § 35a SGB VIII. All of it is
//! invented.

use super::staff::{Cast, Person};
use app::casework::cases::{self, CaseLine, Stage, Which, Whose};
use app::casework::{aftercare, areas, commission, ending, integration_help, review, step_down};
use app::{App, Failure};
use domain::agencies::Quantity;
use domain::casework::{
    Aftercare, ApplicationStep, Area, AskLater, ChangedWill, Conversation, EndReason, FamilyPart, FamilyStand,
    HelpAfter, HelpKind, Lasting, NewApplication, NewArea, NewEnding, NewFollowUp, NewReview, NewStepTaken, PersonRole,
    PlanSection, ReviewOutcome, StayAfter, StepDown, WishAnswer,
};
use domain::kernel::{Balance, CaseId, CommissionId, Day, EndingId, Line, Moment, Note};

/// Why, where the young person lives then, what follows, what was said, what remains.
type Told = (EndReason, StayAfter, HelpAfter, &'static str, &'static str);

const TOLD: [Told; 5] = [
    (
        EndReason::AsPlanned,
        StayAfter::Parents,
        HelpAfter::None,
        "Die Ziele sind erreicht. Die Familie sagt: „Jetzt schaffen wir das allein.“",
        "Die Großmutter holt dienstags ab, der Fußballverein fährt zu den Spielen.",
    ),
    (
        EndReason::AsPlanned,
        StayAfter::Parents,
        HelpAfter::Counselling,
        "Zwei von drei Zielen sind erreicht; für das dritte geht die Familie in die Erziehungsberatung.",
        "Frau Öztürk aus dem zweiten Stock, das Elterncafé am Donnerstag.",
    ),
    (
        EndReason::ByFamily,
        StayAfter::Parents,
        HelpAfter::None,
        "Die Familie wollte die Hilfe nicht weiter. Sie weiß, dass sie jederzeit wieder fragen kann.",
        "",
    ),
    (
        EndReason::AsPlanned,
        StayAfter::Relatives,
        HelpAfter::None,
        "Das Kind lebt jetzt bei Tante und Onkel und möchte dort bleiben. Alle sind einverstanden.",
        "Tante und Onkel, die alte Klasse, Besuch bei Papa jedes zweite Wochenende.",
    ),
    (
        EndReason::ByProvider,
        StayAfter::Parents,
        HelpAfter::OtherHelp,
        "Der Träger hat keine Fachkraft mehr frei. Ein anderer macht weiter.",
        "Die Nachbarin bleibt bei den Hausaufgaben dabei.",
    ),
];

/// A help that is over waits so many days until somebody writes down how it ended.
const WAITS: i32 = 6;
/// After so many days nobody waits with asking whether it lasts.
const ASKED: i32 = 12;
/// So many days after a report two professionals said that the danger was over.
const SETTLED: i32 = 60;

/// Ends what is over, and goes on with what is on its way.
pub async fn live(house: &App, cast: &Cast, end: Moment) -> Result<(), Failure> {
    let Some(team) = cast.teams.first() else { return Ok(()) };
    let names = team.workers.iter().take(2).map(|one| Line::parse(&one.name)).collect::<Result<Vec<_>, _>>()?;
    for worker in &team.workers {
        for (number, case) in own(&house.at(end), worker).await?.iter().enumerate() {
            over(house, worker, (case, number), end).await?;
        }
        for case in all(&house.at(end), worker).await? {
            settled(house, worker, (&case, &names)).await?;
        }
    }
    let Some(first) = team.workers.first() else { return Ok(()) };
    step_down(&house.at(end.plus_minutes(-150)), first).await?;
    apply(house, first, end).await
}

async fn all(house: &App, worker: &Person) -> Result<Vec<CaseLine>, Failure> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = cases::list(house, &worker.actor, Which::all(Whose::Mine), after).await?;
        all.extend(page.cases);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

async fn own(house: &App, worker: &Person) -> Result<Vec<CaseLine>, Failure> {
    let all = all(house, worker).await?;
    Ok(all.into_iter().filter(|case| case.stage == Stage::Running).collect())
}

/// Signs of danger of long ago: two professionals looked and said in what area the case is now.
async fn settled(house: &App, worker: &Person, (case, names): (&CaseLine, &[Line])) -> Result<(), Failure> {
    // Written down after what was written last, so that the list keeps its order.
    let then = house.at(case.moved_at.plus_minutes(20));
    let Some(since) = case.danger_since.filter(|since| since.plus_days(SETTLED) < then.today()) else { return Ok(()) };
    for (days, area, facts) in [
        (1, Area::Danger, "Beim Besuch war das Kind nachts allein; die Mutter kam erst gegen Morgen."),
        (SETTLED - 20, Area::Service, "Dreimal unangemeldet besucht: Immer war jemand da, das Kind schläft durch."),
    ] {
        let new = NewArea {
            area,
            since: since.plus_days(days),
            facts: Note::parse(facts)?,
            reading: None,
            professionals: names.to_vec(),
            questions: Vec::new(),
            due_on: None,
        };
        areas::change(&then, &worker.actor, None, case.id, new).await?;
    }
    Ok(())
}

/// Ends a case's help on its last day, if that has passed.
async fn over(house: &App, worker: &Person, (case, number): (&CaseLine, usize), end: Moment) -> Result<(), Failure> {
    let helps = commission::page(&house.at(end), &worker.actor, case.id).await?.commissions;
    let Some(last) = helps.iter().filter_map(|help| help.until).max() else { return Ok(()) };
    if last.plus_days(WAITS) > end.day() || helps.iter().any(|help| help.until.is_none()) {
        return Ok(());
    }
    let then = house.at(Moment::on(last, 15 * 60));
    let told = TOLD.get(number % TOLD.len()).copied().unwrap_or(TOLD[0]);
    for help in ending::page(&then, &worker.actor, case.id).await?.running {
        let kind = help.commission.help;
        let new = how(told, kind, (last, help.proposed))?;
        let id = ending::end(&then, &worker.actor, None, help.commission.id, new).await?;
        ask(house, worker, (id, kind), (last, number, end)).await?;
    }
    Ok(())
}

fn how(
    (reason, stay, next, words, remains): Told,
    kind: HelpKind,
    (ended_on, still_due): (Day, Balance),
) -> Result<NewEnding, Failure> {
    let young = kind == HelpKind::YoungAdults;
    let talk = Conversation {
        held_on: Some(ended_on.plus_days(-4)),
        with_whom: Some(Line::parse("Familie, Fachkraft des Trägers, ASD")?),
        family: Some(FamilyPart::Present),
        words: Note::optional("Gemeinsam auf den ersten Tag zurückgeschaut.")?,
        no_talk_why: None,
    };
    let aftercare = Aftercare {
        until: ended_on.plus_months(12),
        form: Note::parse("Ein Anruf alle drei Monate; bei Post vom Amt ein Treffen.")?,
        every_months: 3,
    };
    Ok(NewEnding {
        ended_on,
        reason,
        stay: if young { StayAfter::OwnHome } else { stay },
        next,
        talk,
        words: Note::parse(words)?,
        remains: Note::optional(remains)?,
        still_due,
        aftercare: young.then_some(aftercare),
        continued_on: None,
        stand: Some(FamilyStand::Agrees),
        heard: None,
        asks: (!young).then_some(AskLater::Wanted),
        gaps_reason: Note::optional("Beim Abschluss nachgetragen.")?,
    })
}

/// After six months, within after-care after three, somebody asks whether it lasts; what is due these days still waits.
async fn ask(
    house: &App,
    worker: &Person,
    (id, kind): (EndingId, HelpKind),
    (last, number, end): (Day, usize, Moment),
) -> Result<(), Failure> {
    let asked_on = last.plus_months(if kind == HelpKind::YoungAdults { 3 } else { 6 });
    if asked_on.plus_days(ASKED) > end.day() {
        return Ok(());
    }
    let reached = number % 6 != 5;
    let new = NewFollowUp {
        held_on: asked_on,
        with_whom: Line::optional(if reached { "Mutter, am Telefon" } else { "" })?,
        lasting: match number % 6 {
            3 => Lasting::Partly,
            5 => Lasting::NotReached,
            _ => Lasting::Yes,
        },
        carries: Note::optional(if reached { "Großmutter, Verein und die Nachbarin sind noch da." } else { "" })?,
        next_on: None,
    };
    let then = house.at(Moment::on(asked_on, 10 * 60));
    aftercare::follow_up(&then, &worker.actor, None, id, new).await.map(|_| ())
}

/// The first help with an hourly price that goes on long enough becomes half of it, after a review.
async fn step_down(house: &App, worker: &Person) -> Result<(), Failure> {
    let from = house.today().plus_days(10);
    for case in own(house, worker).await?.iter().rev() {
        let page = review::page(house, &worker.actor, case.id).await?;
        let help = page.running.into_iter().find_map(|(help, plan)| {
            let is_long = help.from < from && help.until.is_none_or(|until| until > from.plus_days(60));
            plan.filter(|plan| is_long && plan.rate.is_some()).map(|plan| (help.id, plan.quantity))
        });
        if let Some((id, quantity)) = help {
            reviewed(house, worker, case.id).await?;
            return halve(house, worker, (id, quantity, from), page.colleagues).await;
        }
    }
    Ok(())
}

async fn reviewed(house: &App, worker: &Person, case: CaseId) -> Result<(), Failure> {
    let people = cases::overview(house, &worker.actor, case).await?.people;
    let young = |role| matches!(role, PersonRole::Youth | PersonRole::Child | PersonRole::YoungAdult);
    let speaker = people.iter().find(|person| young(person.role)).or(people.first()).map(|person| person.id);
    let new = NewReview {
        held_on: house.today().plus_days(-1),
        with_whom: Line::parse("Jugendliche, Mutter, Familienhelferin, ASD")?,
        outcome: ReviewOutcome::StepDown,
        words: Note::parse("Die Woche trägt. Ein Termin genügt; der zweite kostet alle mehr, als er bringt.")?,
        changed_will: Some(ChangedWill {
            words: Note::parse("Ich will jetzt selbst zum Amt gehen und nur anrufen, wenn ich festhänge.")?,
            own_part: Note::optional("Ich schreibe mir vorher auf, was ich fragen will.")?,
            speaker,
        }),
        help: None,
        next_on: Some(house.today().plus_months(3)),
    };
    review::record(house, &worker.actor, None, case, new).await.map(|_| ())
}

async fn halve(
    house: &App,
    worker: &Person,
    (id, quantity, from): (CommissionId, Quantity, Day),
    colleagues: Vec<String>,
) -> Result<(), Failure> {
    let mut professionals = Vec::new();
    for name in colleagues.iter().take(2) {
        professionals.push(Line::parse(name)?);
    }
    let new = StepDown {
        from,
        quantity: Quantity::from_hundredths((quantity.hundredths() / 2).max(25))?,
        reasons: Note::parse("Zwei Ziele sind erreicht; für das dritte genügt die Hälfte der Stunden.")?,
        professionals,
        alternatives: Vec::new(),
        rights_told_on: Some(house.today().plus_days(-1)),
        attendance: Vec::new(),
        child_heard: Note::optional("Im Gespräch: „Ein Termin reicht mir.“")?,
        stand: Some(FamilyStand::Agrees),
        hearing: None,
        wish_answer: Some(WishAnswer::NotVoiced),
        wish: None,
        wish_why: None,
        review_on: from.plus_months(3),
        still_due: Balance::from_cents(0),
        sections: vec![PlanSection::Goals],
        gaps_reason: Note::optional("Der neue Plan wird im nächsten Gespräch ergänzt.")?,
    };
    step_down::step_down(house, &worker.actor, None, id, new).await.map(|_| ())
}

/// An application for help at school: it came in two weeks ago, the opinion was ordered, its clock runs.
async fn apply(house: &App, worker: &Person, end: Moment) -> Result<(), Failure> {
    let Some(case) = at_school(&house.at(end), worker).await? else { return Ok(()) };
    let received_on = end.day().plus_days(-15);
    let at = |days: i32| house.at(Moment::on(received_on.plus_days(days), 11 * 60));
    let words = Note::parse("Antrag der Mutter auf Schulbegleitung in der Grundschule am Deich, 20 Stunden je Woche.")?;
    let new = NewApplication { received_on, words, passed_on_by: None };
    let id = integration_help::receive(&at(0), &worker.actor, None, case, new).await?;
    let practice = "Praxis für Kinder- und Jugendpsychiatrie Dr. Brückner-Śliwińska";
    for (days, step, words) in [
        (6, ApplicationStep::Competent, ""),
        (7, ApplicationStep::OpinionOrdered, practice),
        (12, ApplicationStep::Conference, "Am runden Tisch mit Schule und Praxis, Donnerstag 14 Uhr."),
    ] {
        let taken = NewStepTaken { step, on: received_on.plus_days(days), words: Note::optional(words)? };
        integration_help::take_step(&at(days), &worker.actor, None, id, taken).await?;
    }
    Ok(())
}

/// A case of the worker with a child of school age, and help for it where there is one.
async fn at_school(house: &App, worker: &Person) -> Result<Option<CaseId>, Failure> {
    let today = house.today();
    let mut found = None;
    for case in own(house, worker).await? {
        let helps = commission::page(house, &worker.actor, case.id).await?;
        let at_school = |born: Option<Day>| born.is_some_and(|born| (7..13).contains(&today.age_of(born)));
        if !helps.people.iter().any(|one| at_school(one.born)) {
            continue;
        }
        if helps.commissions.iter().any(|help| help.help == HelpKind::Inclusion) {
            return Ok(Some(case.id));
        }
        found = found.or(Some(case.id));
    }
    Ok(found)
}
