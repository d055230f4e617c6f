// SPDX-License-Identifier: EUPL-1.2
//! A plan's content as text: for keeping, for its digest, and for the copy that is sent.

use domain::casework::{Extent, ExtentUnit, PlanAttendance, PlanContent, PlanParty, PlanStatement};
use domain::kernel::Day;
use serde_json::{Value as Json, json};

/// A plan's content as text, for keeping and for sending a copy.
#[must_use]
pub fn to_text(content: &PlanContent) -> String {
    to_json(content).to_string()
}

/// A plan's content from text, if it is one.
#[must_use]
pub fn from_text(text: &str) -> Option<PlanContent> {
    from_json(&serde_json::from_str(text).ok()?)
}

fn to_json(content: &PlanContent) -> Json {
    let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(a, b)| json!([a, b])).collect::<Vec<_>>();
    json!({
        "office": content.office, "case": content.case_number, "family": content.family, "version": content.version,
        "decided_on": content.decided_on.to_string(), "decided_by": content.decided_by, "granted": content.granted,
        "help": content.help, "from": content.from.to_string(), "until": content.until.map(|day| day.to_string()),
        "review_on": content.review_on.to_string(), "reasons": content.reasons,
        "professionals": content.professionals, "alternatives": content.alternatives,
        "people": content.people.iter().map(|party| json!([party.name, party.role])).collect::<Vec<_>>(),
        "statements": content.statements.iter().map(|said| json!({
            "kind": said.kind, "speaker": said.speaker, "said_on": said.said_on.to_string(),
            "words": said.words, "own_part": said.own_part,
        })).collect::<Vec<_>>(),
        "goals": pairs(&content.goals), "steps": pairs(&content.steps), "strengths": pairs(&content.strengths), "ideas": pairs(&content.ideas),
        "rights_told_on": content.rights_told_on.map(|day| day.to_string()), "services": content.services,
        "extent": content.extent.map(|extent| json!([extent.hundredths(), extent.unit().code()])),
        "attendance": content.attendance.iter().map(|one| json!([one.name, one.presence, one.why])).collect::<Vec<_>>(),
        "parts": pairs(&content.parts), "gaps": content.gaps, "gaps_reason": content.gaps_reason,
    })
}

fn from_json(json: &Json) -> Option<PlanContent> {
    let text = |json: &Json, key: &str| json.get(key)?.as_str().map(str::to_owned);
    let day = |json: &Json, key: &str| Day::parse(json.get(key)?.as_str()?).ok();
    let list = |key: &str| json.get(key)?.as_array();
    let texts = |key: &str| list(key)?.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    let pair = |item: &Json| Some((item.get(0)?.as_str()?.to_owned(), item.get(1)?.as_str()?.to_owned()));
    let pairs = |key: &str| list(key)?.iter().map(pair).collect::<Option<Vec<_>>>();
    let statement = |said: &Json| {
        Some(PlanStatement {
            kind: text(said, "kind")?,
            speaker: text(said, "speaker")?,
            said_on: day(said, "said_on")?,
            words: text(said, "words")?,
            own_part: text(said, "own_part")?,
        })
    };
    Some(PlanContent {
        office: text(json, "office")?,
        case_number: text(json, "case")?,
        family: text(json, "family")?,
        version: json.get("version")?.as_i64()?,
        decided_on: day(json, "decided_on")?,
        decided_by: text(json, "decided_by")?,
        granted: json.get("granted")?.as_bool()?,
        help: text(json, "help")?,
        from: day(json, "from")?,
        until: day(json, "until"),
        review_on: day(json, "review_on")?,
        reasons: text(json, "reasons")?,
        professionals: texts("professionals")?,
        alternatives: texts("alternatives")?,
        people: pairs("people")?.into_iter().map(|(name, role)| PlanParty { name, role }).collect(),
        statements: list("statements")?.iter().map(statement).collect::<Option<Vec<_>>>()?,
        goals: pairs("goals")?,
        steps: pairs("steps")?,
        strengths: pairs("strengths")?,
        ideas: pairs("ideas")?,
        rights_told_on: day(json, "rights_told_on"),
        services: text(json, "services")?,
        extent: json.get("extent").and_then(extent),
        attendance: list("attendance")?.iter().map(attendance).collect::<Option<Vec<_>>>()?,
        parts: pairs("parts")?,
        gaps: texts("gaps")?,
        gaps_reason: text(json, "gaps_reason")?,
    })
}

fn extent(json: &Json) -> Option<Extent> {
    Extent::new(json.get(0)?.as_i64()?, ExtentUnit::from_code(json.get(1)?.as_str()?)?).ok()
}

fn attendance(json: &Json) -> Option<PlanAttendance> {
    let part = |at: usize| json.get(at)?.as_str().map(str::to_owned);
    Some(PlanAttendance { name: part(0)?, presence: part(1)?, why: part(2)? })
}
