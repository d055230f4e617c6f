// SPDX-License-Identifier: EUPL-1.2
//! Letters of a case: drafts, which change, and releases and dispatches, which do not.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Reading;
use domain::kernel::{CaseId, Day, LetterId, Moment, PersonId, ReportId, UserId};
use domain::letters::{About, Block, Dispatch, LetterField, LetterKind, Paper, Values, Way};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

crate::statement! {
    INSERT = "INSERT INTO letter (office_id, id, case_id, kind, person_id, report_id, to_name, to_address, body, answers, rev, state, written_by, written_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 'draft', $11, $12)";
    ONE = "SELECT l.id, l.case_id, l.kind, l.person_id, l.report_id, l.to_name, l.to_address, l.body, l.answers, l.rev, l.state, l.written_by, a.name,
                  l.written_at, b.plan_id, b.ending_id
           FROM letter l JOIN account a ON a.office_id = l.office_id AND a.id = l.written_by
           LEFT JOIN letter_about b ON b.office_id = l.office_id AND b.letter_id = l.id WHERE l.office_id = $1 AND l.id = $2";
    OF_CASE = "SELECT l.id, l.kind, l.state, p.name, l.to_name, a.name, l.written_at, d.sent_on, d.known_on, d.remedy_until
               FROM letter l JOIN account a ON a.office_id = l.office_id AND a.id = l.written_by
               LEFT JOIN person p ON p.office_id = l.office_id AND p.id = l.person_id
               LEFT JOIN letter_dispatch d ON d.office_id = l.office_id AND d.letter_id = l.id
               WHERE l.office_id = $1 AND l.case_id = $2 ORDER BY l.id DESC LIMIT 100";
    CHANGE = "UPDATE letter SET body = $4, answers = $5, rev = rev + 1, state = 'draft', written_by = $6, written_at = $7
              WHERE office_id = $1 AND id = $2 AND rev = $3 AND state IN ('draft', 'offered')";
    MOVE = "UPDATE letter SET state = $4 WHERE office_id = $1 AND id = $2 AND state = $3";
    DROP = "DELETE FROM letter WHERE office_id = $1 AND id = $2 AND state IN ('draft', 'offered')";
    RELEASE = "INSERT INTO letter_release (office_id, letter_id, paper, head, worker, to_name, to_address, digest, released_by, released_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    RELEASED = "SELECT r.paper, r.head, r.worker, r.to_name, r.to_address, r.digest, a.name, r.released_at FROM letter_release r
                JOIN account a ON a.office_id = r.office_id AND a.id = r.released_by WHERE r.office_id = $1 AND r.letter_id = $2";
    SEND = "INSERT INTO letter_dispatch (office_id, letter_id, sent_on, way, known_on, remedy_until, noted_by, noted_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SENT = "SELECT d.sent_on, d.way, d.known_on, d.remedy_until, a.name FROM letter_dispatch d
            JOIN account a ON a.office_id = d.office_id AND a.id = d.noted_by WHERE d.office_id = $1 AND d.letter_id = $2";
    REPORTS = "SELECT r.id, r.received_at, o.kind FROM report r JOIN reporter o ON o.office_id = r.office_id AND o.report_id = r.id
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.received_at DESC, r.id DESC LIMIT 50";
}

/// To whom a letter goes.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Empfänger")]
pub enum Recipient {
    /// A person of the case; the address is looked up.
    Person(PersonId),
    /// Whoever reported; name and address stay with the report.
    Reporter(ReportId),
    /// Another body: name and address as typed.
    Outside(String, String),
    /// Nobody: it stays in the file.
    File,
}

/// A letter as it is written.
#[derive(Clone)]
pub struct LetterView {
    /// Id.
    pub id: LetterId,
    /// Its case.
    pub case: CaseId,
    /// What it is about.
    pub kind: LetterKind,
    /// To whom.
    pub to: Recipient,
    /// Its text, with placeholders.
    pub body: String,
    /// What the worker answered.
    pub answers: Values,
    /// Counts changes.
    pub rev: i64,
    /// `draft`, `offered`, `released`, `sent`.
    pub state: String,
    /// Who wrote it last.
    pub writer: UserId,
    /// Their name.
    pub writer_name: String,
    /// When.
    pub written_at: Moment,
    /// The decision or ending it tells, if somebody chose.
    pub about: Option<About>,
}

/// What a letter says never reaches a log line.
impl std::fmt::Debug for LetterView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LetterView({}, {}, rev {})", self.id, self.state, self.rev)
    }
}

fn answers_text(answers: &Values) -> String {
    let all: Map<String, Json> = answers.iter().map(|(field, words)| (field.code().to_owned(), json!(words))).collect();
    Json::Object(all).to_string()
}

pub(super) fn answers_of(text: &str) -> Values {
    let all: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    all.iter().filter_map(|(code, words)| Some((LetterField::from_code(code)?, words.as_str()?.to_owned()))).collect()
}

/// Begins a letter.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: LetterId,
    (case, kind): (CaseId, LetterKind),
    to: &Recipient,
    (body, answers): (&str, &Values),
) -> Result<(), StoreError> {
    let none = Value::Null;
    let [person, report, name, address] = match to {
        Recipient::Person(person) => [(*person).into(), none.clone(), none.clone(), none],
        Recipient::Reporter(report) => [none.clone(), (*report).into(), none.clone(), none],
        Recipient::Outside(name, address) => [none.clone(), none, name.into(), address.into()],
        Recipient::File => [none.clone(), none.clone(), "".into(), none],
    };
    let params: [Value; 11] = [
        id.into(),
        case.into(),
        kind.code().into(),
        person,
        report,
        name,
        address,
        body.into(),
        answers_text(answers).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// One letter.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: LetterId) -> Result<Option<LetterView>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("letter");
    let (id, case, kind) = (row.id()?, row.id()?, row.code(LetterKind::from_code)?);
    let (person, report): (Option<PersonId>, Option<ReportId>) = (row.maybe_id()?, row.maybe_id()?);
    let (name, address) = (row.maybe_text()?.unwrap_or_default(), row.maybe_text()?.unwrap_or_default());
    let to = match (person, report) {
        (Some(person), _) => Recipient::Person(person),
        (None, Some(report)) => Recipient::Reporter(report),
        (None, None) if name.is_empty() => Recipient::File,
        (None, None) => Recipient::Outside(name, address),
    };
    Ok(Some(LetterView {
        id,
        case,
        kind,
        to,
        body: row.text()?,
        answers: answers_of(&row.text()?),
        rev: row.int()?,
        state: row.text()?,
        writer: row.id()?,
        writer_name: row.text()?,
        written_at: row.moment()?,
        about: super::about::read(&mut row)?,
    }))
}

/// A line of the letters of a case.
#[derive(Debug, Clone)]
pub struct LetterLine {
    /// Id.
    pub id: LetterId,
    /// What it is about.
    pub kind: LetterKind,
    /// `draft`, `offered`, `released`, `sent`.
    pub state: String,
    /// To whom; nothing for a reporter.
    pub to: Option<String>,
    /// Who wrote it.
    pub writer: String,
    /// When.
    pub written_at: Moment,
    /// When it left.
    pub sent_on: Option<Day>,
    /// When it counts as known.
    pub known_on: Option<Day>,
    /// Until when there is a remedy.
    pub remedy_until: Option<Day>,
}

/// The letters of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<LetterLine>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("letter");
            let (id, kind, state) = (row.id()?, row.code(LetterKind::from_code)?, row.text()?);
            let (person, body) = (row.maybe_text()?, row.maybe_text()?);
            Ok(LetterLine {
                id,
                kind,
                state,
                to: person.or(body),
                writer: row.text()?,
                written_at: row.moment()?,
                sent_on: row.maybe_day()?,
                known_on: row.maybe_day()?,
                remedy_until: row.maybe_day()?,
            })
        })
        .collect()
}

/// Changes a draft, if nobody did meanwhile; it has to be offered anew.
///
/// # Errors
/// When the engine fails.
pub fn change(tx: &WriteTx<'_>, (id, rev): (LetterId, i64), body: &str, answers: &Values) -> Result<bool, StoreError> {
    let params =
        [id.into(), rev.into(), body.into(), answers_text(answers).into(), tx.grant().user().into(), tx.now().into()];
    Ok(tx.run(&CHANGE, &params)? == 1)
}

/// From one state to the next; answers whether it was in the first.
///
/// # Errors
/// When the engine fails.
pub fn move_on(tx: &WriteTx<'_>, id: LetterId, (from, to): (&str, &str)) -> Result<bool, StoreError> {
    Ok(tx.run(&MOVE, &[id.into(), from.into(), to.into()])? == 1)
}

/// Throws a draft away.
///
/// # Errors
/// When the engine fails.
pub fn drop_draft(tx: &WriteTx<'_>, id: LetterId) -> Result<bool, StoreError> {
    super::about::forget(tx, id)?;
    Ok(tx.run(&DROP, &[id.into()])? == 1)
}

/// A letter as it was released.
#[derive(Debug, Clone)]
pub struct Released {
    /// What it says.
    pub paper: Paper,
    /// What stands above it: the office and how to reach it, a line each.
    pub head: Vec<String>,
    /// The responsible worker.
    pub worker: String,
    /// To whom; nothing for a reporter.
    pub to_name: Option<String>,
    /// Where; nothing for a reporter and for a protected address.
    pub to_address: Option<String>,
    /// Over all its words.
    pub digest: String,
    /// Who released it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// What is kept of a release.
#[derive(Clone)]
pub struct NewRelease {
    /// What the letter says.
    pub paper: Paper,
    /// What stands above it.
    pub head: Vec<String>,
    /// The responsible worker.
    pub worker: String,
    /// To whom.
    pub to_name: Option<String>,
    /// Where.
    pub to_address: Option<String>,
}

fn paper_text(paper: &Paper) -> String {
    let block = |block: &Block| match block {
        Block::Heading(text) => json!({ "h": text }),
        Block::Paragraph(text) => json!({ "p": text }),
        Block::Points(points) => json!({ "l": points }),
    };
    json!({ "subject": paper.subject, "blocks": paper.blocks.iter().map(block).collect::<Vec<_>>() }).to_string()
}

fn paper_of(text: &str) -> Option<Paper> {
    let json: Json = serde_json::from_str(text).ok()?;
    let words = |json: &Json| json.as_str().map(str::to_owned);
    let block = |json: &Json| {
        let (kind, content) = json.as_object()?.iter().next()?;
        Some(match kind.as_str() {
            "h" => Block::Heading(words(content)?),
            "p" => Block::Paragraph(words(content)?),
            _ => Block::Points(content.as_array()?.iter().map(words).collect::<Option<_>>()?),
        })
    };
    let blocks = json.get("blocks")?.as_array()?.iter().map(block).collect::<Option<_>>()?;
    Some(Paper { subject: words(json.get("subject")?)?, blocks })
}

/// Keeps a letter as it was released.
///
/// # Errors
/// When the engine fails.
pub fn release(tx: &WriteTx<'_>, id: LetterId, new: &NewRelease) -> Result<(), StoreError> {
    let paper = paper_text(&new.paper);
    let digest: String = Sha256::digest(&paper).iter().map(|byte| format!("{byte:02x}")).collect();
    let params: [Value; 9] = [
        id.into(),
        paper.into(),
        new.head.join("\n").into(),
        (&new.worker).into(),
        new.to_name.as_ref().into(),
        new.to_address.as_ref().into(),
        digest.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&RELEASE, &params).map(|_| ())
}

/// A letter as it was released, if it was.
///
/// # Errors
/// When the engine fails, or the words are not what was released.
pub fn released(tx: &ReadTx<'_>, id: LetterId) -> Result<Option<Released>, StoreError> {
    let Some(row) = tx.one(&RELEASED, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("letter_release");
    let text = row.text()?;
    let spoilt = || StoreError::Engine("letter_release.paper is not what was released".to_owned());
    let released = Released {
        paper: paper_of(&text).ok_or_else(spoilt)?,
        head: row.text()?.lines().map(str::to_owned).collect(),
        worker: row.text()?,
        to_name: row.maybe_text()?,
        to_address: row.maybe_text()?,
        digest: row.text()?,
        by: row.text()?,
        at: row.moment()?,
    };
    let digest: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    if digest == released.digest { Ok(Some(released)) } else { Err(spoilt()) }
}

/// Keeps when a letter left.
///
/// # Errors
/// When the engine fails.
pub fn send(tx: &WriteTx<'_>, id: LetterId, dispatch: Dispatch, remedy_until: Option<Day>) -> Result<(), StoreError> {
    let params = [
        id.into(),
        dispatch.sent_on.into(),
        dispatch.way.code().into(),
        dispatch.known_on().into(),
        remedy_until.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&SEND, &params).map(|_| ())
}

/// When a letter left.
#[derive(Debug, Clone)]
pub struct Sent {
    /// On which day.
    pub sent_on: Day,
    /// How.
    pub way: Way,
    /// When it counts as known.
    pub known_on: Day,
    /// Until when there is a remedy.
    pub remedy_until: Option<Day>,
    /// Who noted it.
    pub by: String,
}

/// When a letter left, if it did.
///
/// # Errors
/// When the engine fails.
pub fn sent(tx: &ReadTx<'_>, id: LetterId) -> Result<Option<Sent>, StoreError> {
    let Some(row) = tx.one(&SENT, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("letter_dispatch");
    Ok(Some(Sent {
        sent_on: row.day()?,
        way: row.code(Way::from_code)?,
        known_on: row.day()?,
        remedy_until: row.maybe_day()?,
        by: row.text()?,
    }))
}

/// The reports of a case that have a reporter: which, when, by what kind of reporter.
///
/// # Errors
/// When the engine fails.
pub fn reports(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<(ReportId, Moment, String)>, StoreError> {
    let line = |row: &mut Reading| Ok((row.id()?, row.moment()?, row.text()?));
    tx.rows(&REPORTS, &[case.into()])?.into_iter().map(|row| line(&mut row.read("report"))).collect()
}
