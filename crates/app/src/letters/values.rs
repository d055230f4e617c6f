// SPDX-License-Identifier: EUPL-1.2
//! What is known of a case, as words for placeholders. The German around codes comes from above: see [`Say`].

use super::about::Bound;
use crate::casework::seals::{Quiet, redacted};
use crate::core::{Failure, found};
use domain::casework::{HelpKind, PlanContent, YesNo};
use domain::kernel::{Line, Moment, PersonId, ReportId, SealId};
use domain::letters::{About, Block, House, LetterField as F, LetterKind, Paper, Remedy, Told, Values};
use store::ReadTx;
use store::access;
use store::casework::cases::CaseView;
use store::casework::endings::{self, EndingView};
use store::casework::{desk, persons, plans, seals};
use store::letters as kept;
use store::letters::papers::{self, LetterView, Recipient, Released};

/// Words for a code: the key of a message, and what stands in it.
pub type Say = fn(&str, &str) -> String;

/// What stands around the text of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The office and how to reach it, a line each.
    pub head: Vec<String>,
    /// The responsible worker.
    pub worker: String,
    /// To whom; nothing for a reporter.
    pub to_name: Option<String>,
    /// Where; nothing where it is protected, with the report, or not known.
    pub to_address: Option<String>,
    /// The protected address under which it is kept.
    pub sealed: Option<SealId>,
}

/// A released letter shows what was released, also of its address.
pub(crate) fn as_released(now: Said, then: &Released) -> Said {
    Said {
        head: then.head.clone(),
        worker: then.worker.clone(),
        to_name: then.to_name.clone(),
        // What was protected since is not shown any more, though it was printed then.
        to_address: then.to_address.clone().filter(|_| now.sealed.is_none()),
        sealed: now.sealed,
    }
}

/// The plan of what is told: of an ending, the plan on which the help rested.
fn plan(tx: &ReadTx<'_>, case: &CaseView, told: &Told) -> Result<Option<PlanContent>, Failure> {
    let id = match told.about {
        About::Plan(id) => Some(id),
        About::Ending(id) => {
            let ended = endings::endings(tx, case.id)?.into_iter().find(|one| one.id == id);
            let of = |one: EndingView| {
                Ok::<_, Failure>(plans::commissions(tx, case.id)?.into_iter().find(|with| with.id == one.commission))
            };
            ended.map(of).transpose()?.flatten().map(|with| with.plan)
        }
    };
    Ok(id.map(|id| plans::version(tx, id)).transpose()?.flatten().map(|version| version.content))
}

/// Answers that the file proposes: the reasons of the decision or of the end, which the worker may put more simply.
pub(crate) fn proposed(
    tx: &ReadTx<'_>,
    case: &CaseView,
    kind: LetterKind,
    told: Option<&Told>,
) -> Result<Values, Failure> {
    let mut values = Values::new();
    let Some(told) = told else { return Ok(values) };
    if let About::Ending(id) = told.about {
        if let Some(ended) = endings::endings(tx, case.id)?.into_iter().find(|one| one.id == id) {
            values = of_ending(kind, &ended);
        }
    // Why a help was granted is no reason why it ends.
    } else if kind.needs_plan()
        && kind != LetterKind::End
        && let Some(plan) = plan(tx, case, told)?
        && kind.demands().iter().any(|(field, _)| *field == F::Reasons)
    {
        values.insert(F::Reasons, plan.reasons);
    }
    for words in values.values_mut() {
        *words = redacted(tx, case.id, words)?;
    }
    values.retain(|_, words| !words.trim().is_empty());
    Ok(values)
}

/// What was recorded with the end: its day and its words, and the after-care that was agreed (§ 41a(2) SGB VIII).
fn of_ending(kind: LetterKind, ended: &EndingView) -> Values {
    match (kind, &ended.aftercare) {
        (LetterKind::Aftercare, Some((until, form, _))) => {
            Values::from([(F::Until, until.german()), (F::Content, form.clone())])
        }
        (LetterKind::Aftercare, None) => Values::new(),
        _ => Values::from([(F::From, ended.ended_on.german()), (F::Reasons, ended.words.clone())]),
    }
}

/// Takes protected addresses out of what a letter says.
pub(crate) fn hush(quiet: &Quiet, paper: &mut Paper) {
    quiet.text(&mut paper.subject);
    for block in &mut paper.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => quiet.text(text),
            Block::Points(points) => points.iter_mut().for_each(|point| quiet.text(point)),
        }
    }
}

/// Everything that is known, and what stands around the text.
pub(crate) fn known(
    tx: &ReadTx<'_>,
    case: &CaseView,
    (letter, bound): (&LetterView, &Bound),
    (say, now): (Say, Moment),
) -> Result<(Values, Said), Failure> {
    let (house, office) = (kept::house(tx)?, access::office_name(tx)?.unwrap_or_default());
    let said = around(tx, case, letter, (&office, house.as_ref()))?;
    let concerned = |(id, _): &&(PersonId, String)| bound.children.contains(id);
    let children: Vec<&str> = bound.young.iter().filter(concerned).map(|(_, name)| name.as_str()).collect();
    let greeting = match (&letter.to, &said.to_name) {
        (Recipient::Person(_), Some(name)) => say("letter-say-hello", name),
        _ => say("letter-say-hello-all", ""),
    };
    let contact = house.as_ref().map(|house| house.contact.as_str().replace('\n', ", ")).unwrap_or_default();
    let contact =
        if contact.is_empty() { case.worker_name.clone() } else { format!("{}, {contact}", case.worker_name) };
    let mut values = Values::from([
        (F::Office, office),
        (F::Salutation, greeting),
        (F::Date, now.day().german()),
        (F::Contact, contact),
        (F::Number, case.number.clone()),
        (F::Worker, case.worker_name.clone()),
        (F::Family, say("letter-say-family", &case.family)),
        (F::Children, children.join(", ")),
    ]);
    values.extend(house.map(|house| of_house(&house)).unwrap_or_default());
    if let Recipient::Reporter(report) = letter.to {
        values.extend(facts(tx, (case, report), say)?);
    } else if let Some(told) = &bound.told
        && let Some(plan) = plan(tx, case, told)?
    {
        values.extend(of_plan(tx, case, &plan, say)?);
    }
    values.retain(|field, words| letter.kind.allows(*field) && !words.trim().is_empty());
    Ok((values, said))
}

fn around(
    tx: &ReadTx<'_>,
    case: &CaseView,
    letter: &LetterView,
    (office, house): (&str, Option<&House>),
) -> Result<Said, Failure> {
    let mut head = vec![office.to_owned()];
    head.extend(house.iter().flat_map(|house| house.contact.as_str().lines().map(str::to_owned)));
    let (to_name, to_address, sealed) = match &letter.to {
        Recipient::Reporter(_) | Recipient::File => (None, None, None),
        Recipient::Outside(name, address) => {
            let quiet = Quiet::of(tx, case)?;
            let (mut name, mut address) = (name.clone(), address.clone());
            quiet.text(&mut name);
            quiet.text(&mut address);
            (Some(name), Some(address), None)
        }
        Recipient::Person(person) => of_person(tx, case, *person)?,
    };
    let to_address = to_address.filter(|address| !address.trim().is_empty());
    Ok(Said { head, worker: case.worker_name.clone(), to_name, to_address, sealed })
}

type Address = (Option<String>, Option<String>, Option<SealId>);

/// A protected address is not looked up here: whoever prints it says why, and that stays on record.
fn of_person(tx: &ReadTx<'_>, case: &CaseView, person: PersonId) -> Result<Address, Failure> {
    let entry = found(persons::entry(tx, person)?)?.entry;
    let name = Some(entry.name);
    if seals::is_sealed(tx, entry.human)? {
        let open =
            seals::of_case(tx, case.id)?.into_iter().find(|seal| seal.person == person && seal.lifted_on.is_none());
        return Ok((name, None, open.map(|seal| seal.id)));
    }
    let homes = persons::residences(tx, case.id)?;
    let home = homes.into_iter().find(|home| home.person == person && home.until.is_none());
    Ok((name, home.map(|home| home.place), None))
}

fn of_house(house: &House) -> Values {
    let mut values = Values::new();
    let mut put = |field, line: &Option<Line>| {
        if let Some(line) = line {
            values.insert(field, line.as_str().to_owned());
        }
    };
    if house.remedy != Remedy::Action {
        put(F::ObjectionAt, &house.objection_at);
    }
    if house.remedy != Remedy::Objection {
        put(F::ActionAt, &house.action_at);
    }
    put(F::OmbudsAt, &house.ombuds);
    put(F::OfficerAt, &house.officer);
    values
}

fn facts(tx: &ReadTx<'_>, (case, report): (&CaseView, ReportId), say: Say) -> Result<Values, Failure> {
    let mut values = Values::new();
    // A report that went home with its case is none of this case's business.
    if !papers::reports(tx, case.id)?.iter().any(|(id, ..)| *id == report) {
        return Ok(values);
    }
    if let Some(at) = store::casework::reports::one(tx, report)?.map(|report| report.received) {
        values.insert(F::ReportedOn, at.day().german());
    }
    if let Some((facts, _)) = desk::feedback(tx, report)?.into_iter().next() {
        let word = |answer: YesNo| say(if answer == YesNo::Yes { "letter-say-yes" } else { "letter-say-no" }, "");
        values.insert(F::Confirmed, word(facts.confirmed));
        values.insert(F::Active, word(facts.became_active));
        values.insert(F::StillActive, word(facts.still_active));
    }
    Ok(values)
}

fn of_plan(tx: &ReadTx<'_>, case: &CaseView, plan: &PlanContent, say: Say) -> Result<Values, Failure> {
    let kind = HelpKind::from_code(&plan.help);
    let paragraph = kind.map(HelpKind::paragraph).unwrap_or_default();
    // §§ 28 to 35 say how; that there is a claim says § 27(1). §§ 35a and 41 say both themselves.
    let own = matches!(kind, None | Some(HelpKind::Flexible | HelpKind::Inclusion | HelpKind::YoungAdults));
    let paragraph = if own { paragraph.to_owned() } else { format!("§ 27 Abs. 1, {paragraph}") };
    let mut values = Values::from([
        (F::Help, say("letter-say-help", &plan.help)),
        (F::HelpParagraph, paragraph),
        (F::HelpFrom, plan.from.german()),
        (F::HelpServices, redacted(tx, case.id, &plan.services)?),
        (F::DecidedOn, plan.decided_on.german()),
        (F::ReviewOn, plan.review_on.german()),
    ]);
    if let Some(until) = plan.until {
        values.insert(F::HelpUntil, until.german());
    }
    if let Some(extent) = plan.extent {
        values.insert(F::HelpExtent, say(&format!("extent-{}", extent.unit().code()), &extent.german()));
    }
    Ok(values)
}
