// SPDX-License-Identifier: EUPL-1.2
//! Personal links to plan versions, and what families said over them. Answers are only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::access::LinkFacts;
use domain::casework::{FamilyVerdict, GoalLevel, NewFamilyAnswer};
use domain::kernel::{CaseId, FamilyAnswerId, FamilyLinkId, Line, Moment, Note, PlanId, UserId};

crate::statement! {
    INSERT = "INSERT INTO family_link (office_id, id, case_id, plan_id, token_hash, given_to, language, ends_at, made_at, made_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BY_TOKEN = "SELECT id, case_id, plan_id, language, ends_at, revoked_at FROM family_link WHERE office_id = $1 AND token_hash = $2";
    CASE_OF = "SELECT case_id FROM family_link WHERE office_id = $1 AND id = $2";
    REVOKE = "UPDATE family_link SET revoked_at = $3, revoked_by = $4 WHERE office_id = $1 AND id = $2 AND revoked_at IS NULL";
    OF_CASE = "SELECT l.id, l.plan_id, v.number, l.given_to, l.language, l.ends_at, l.made_at, a.name, l.revoked_at
               FROM family_link l JOIN plan_version v ON v.office_id = l.office_id AND v.id = l.plan_id
               JOIN account a ON a.office_id = l.office_id AND a.id = l.made_by
               WHERE l.office_id = $1 AND l.case_id = $2 ORDER BY l.id DESC LIMIT 50";
    ANSWER = "INSERT INTO family_answer (office_id, id, case_id, plan_id, link_id, verdict, who, words, said_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    RATE = "INSERT INTO family_rating (office_id, case_id, answer_id, seq, goal, level) VALUES ($1, $2, $3, $4, $5, $6)";
    COUNT = "SELECT COUNT(*) FROM family_answer WHERE office_id = $1 AND link_id = $2";
    ANSWERS = "SELECT f.id, f.plan_id, v.number, l.given_to, f.verdict, f.who, f.words, f.said_at, a.name, k.seen_at
               FROM family_answer f JOIN plan_version v ON v.office_id = f.office_id AND v.id = f.plan_id
               JOIN family_link l ON l.office_id = f.office_id AND l.id = f.link_id
               LEFT JOIN family_answer_look k ON k.office_id = f.office_id AND k.answer_id = f.id
               LEFT JOIN account a ON a.office_id = k.office_id AND a.id = k.seen_by
               WHERE f.office_id = $1 AND f.case_id = $2 ORDER BY f.id DESC LIMIT 100";
    RATINGS = "SELECT answer_id, goal, level FROM family_rating WHERE office_id = $1 AND case_id = $2 ORDER BY answer_id, seq";
    ANSWER_CASE = "SELECT case_id FROM family_answer WHERE office_id = $1 AND id = $2";
    LOOK = "INSERT INTO family_answer_look (office_id, answer_id, seen_by, seen_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (office_id, answer_id) DO NOTHING";
    UNSEEN = "SELECT o.id, o.number, o.family, o.waiting FROM (
                SELECT c.id, c.number, c.family, c.moved_at,
                  (SELECT COUNT(*) FROM family_answer f
                   LEFT JOIN family_answer_look k ON k.office_id = f.office_id AND k.answer_id = f.id
                   WHERE f.office_id = c.office_id AND f.case_id = c.id AND k.answer_id IS NULL) AS waiting
                FROM case_file c WHERE c.office_id = $1 AND c.worker_id = $2) o
              WHERE o.waiting > 0 ORDER BY o.moved_at DESC, o.id LIMIT 20";
}

/// A link on its way in.
#[derive(Debug, Clone)]
pub struct NewLink<'a> {
    /// Id.
    pub id: FamilyLinkId,
    /// Of which case.
    pub case: CaseId,
    /// To which version.
    pub plan: PlanId,
    /// Digest of the token.
    pub token_hash: &'a str,
    /// To whom it is given.
    pub given_to: &'a Line,
    /// Code of a language.
    pub language: &'a str,
    /// It holds until then.
    pub ends_at: Moment,
}

/// Keeps a link.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, new: &NewLink<'_>) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        new.id.into(),
        new.case.into(),
        new.plan.into(),
        new.token_hash.into(),
        new.given_to.as_str().into(),
        new.language.into(),
        new.ends_at.into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A link that was opened.
#[derive(Debug, Clone)]
pub struct OpenedLink {
    /// Id.
    pub id: FamilyLinkId,
    /// Of which case.
    pub case: CaseId,
    /// To which version.
    pub plan: PlanId,
    /// Code of a language.
    pub language: String,
    /// Until when it holds.
    pub facts: LinkFacts,
}

/// The link of a token, whether it holds or not.
///
/// # Errors
/// When the engine fails.
pub fn by_token(tx: &ReadTx<'_>, token_hash: &str) -> Result<Option<OpenedLink>, StoreError> {
    let Some(row) = tx.one(&BY_TOKEN, &[token_hash.into()])? else { return Ok(None) };
    let mut row = row.read("family_link");
    let id: FamilyLinkId = row.id()?;
    let (case, plan, language) = (row.id()?, row.id()?, row.text()?);
    let facts = LinkFacts { id: id.into(), ends_at: row.moment()?, revoked_at: row.maybe_moment()? };
    Ok(Some(OpenedLink { id, case, plan, language, facts }))
}

/// The case of a link.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: FamilyLinkId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF, &[id.into()])?.map(|row| row.read("family_link").id()).transpose()
}

/// Takes a link back. A second time does nothing.
///
/// # Errors
/// When the engine fails.
pub fn revoke(tx: &WriteTx<'_>, id: FamilyLinkId) -> Result<(), StoreError> {
    tx.run(&REVOKE, &[id.into(), tx.now().into(), tx.grant().user().into()]).map(|_| ())
}

/// A link as the office sees it.
#[derive(Debug, Clone)]
pub struct LinkView {
    /// Id.
    pub id: FamilyLinkId,
    /// To which version.
    pub plan: PlanId,
    /// Its number.
    pub version: i64,
    /// To whom it was given.
    pub given_to: String,
    /// Code of a language.
    pub language: String,
    /// It holds until then.
    pub ends_at: Moment,
    /// Made at.
    pub made_at: Moment,
    /// By.
    pub made_by: String,
    /// Taken back at.
    pub revoked_at: Option<Moment>,
}

/// The links of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<LinkView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("family_link");
            Ok(LinkView {
                id: row.id()?,
                plan: row.id()?,
                version: row.int()?,
                given_to: row.text()?,
                language: row.text()?,
                ends_at: row.moment()?,
                made_at: row.moment()?,
                made_by: row.text()?,
                revoked_at: row.maybe_moment()?,
            })
        })
        .collect()
}

/// Keeps what a family said; `goals` are the words of the goals it rated.
///
/// # Errors
/// When the engine fails.
pub fn insert_answer(
    tx: &WriteTx<'_>,
    id: FamilyAnswerId,
    link: &OpenedLink,
    new: &NewFamilyAnswer,
    goals: &[String],
) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        link.case.into(),
        link.plan.into(),
        link.id.into(),
        new.verdict.map(FamilyVerdict::code).into(),
        new.who.as_ref().map(Line::as_str).into(),
        new.words.as_ref().map(Note::as_str).into(),
        tx.now().into(),
    ];
    tx.run(&ANSWER, &params)?;
    for (seq, (goal, level)) in (1_i64..).zip(&new.ratings) {
        let words = goals.get(*goal).map(String::as_str).unwrap_or_default();
        tx.run(&RATE, &[link.case.into(), id.into(), seq.into(), words.into(), level.code().into()])?;
    }
    Ok(())
}

/// How many answers came over a link.
///
/// # Errors
/// When the engine fails.
pub fn count_answers(tx: &ReadTx<'_>, link: FamilyLinkId) -> Result<i64, StoreError> {
    tx.one(&COUNT, &[link.into()])?.map_or(Ok(0), |row| row.read("family_answer").int())
}

/// An answer as the office reads it.
#[derive(Debug, Clone)]
pub struct AnswerView {
    /// Id.
    pub id: FamilyAnswerId,
    /// To which version.
    pub plan: PlanId,
    /// Its number.
    pub version: i64,
    /// To whom the link was given.
    pub given_to: String,
    /// Right as written?
    pub verdict: Option<FamilyVerdict>,
    /// Who answered, as they call themselves.
    pub who: Option<String>,
    /// In their words.
    pub words: Option<String>,
    /// When.
    pub said_at: Moment,
    /// Who took note of it, and when.
    pub seen: Option<(String, Moment)>,
    /// Goals and how far they are.
    pub ratings: Vec<(String, GoalLevel)>,
}

/// The answers of a case's family, newest first.
///
/// # Errors
/// When the engine fails.
pub fn answers(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<AnswerView>, StoreError> {
    let mut ratings = Vec::new();
    for row in tx.rows(&RATINGS, &[case.into()])? {
        let mut row = row.read("family_rating");
        ratings.push((row.id::<FamilyAnswerId>()?, (row.text()?, row.code(GoalLevel::from_code)?)));
    }
    tx.rows(&ANSWERS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("family_answer");
            let id: FamilyAnswerId = row.id()?;
            Ok(AnswerView {
                id,
                plan: row.id()?,
                version: row.int()?,
                given_to: row.text()?,
                verdict: row.maybe_text()?.as_deref().and_then(FamilyVerdict::from_code),
                who: row.maybe_text()?,
                words: row.maybe_text()?,
                said_at: row.moment()?,
                seen: row.maybe_text()?.zip(row.maybe_moment()?),
                ratings: ratings.iter().filter(|(of, _)| *of == id).map(|(_, rating)| rating.clone()).collect(),
            })
        })
        .collect()
}

/// The case of an answer.
///
/// # Errors
/// When the engine fails.
pub fn answer_case(tx: &ReadTx<'_>, id: FamilyAnswerId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&ANSWER_CASE, &[id.into()])?.map(|row| row.read("family_answer").id()).transpose()
}

/// Somebody took note of an answer; the first one counts.
///
/// # Errors
/// When the engine fails.
pub fn look(tx: &WriteTx<'_>, id: FamilyAnswerId) -> Result<(), StoreError> {
    tx.run(&LOOK, &[id.into(), tx.grant().user().into(), tx.now().into()]).map(|_| ())
}

/// A case whose family said something nobody took note of yet.
#[derive(Debug, Clone)]
pub struct UnseenAnswers {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The family.
    pub family: String,
    /// How many answers.
    pub count: i64,
}

/// Answers that wait for a worker.
///
/// # Errors
/// When the engine fails.
pub fn unseen(tx: &ReadTx<'_>, worker: UserId) -> Result<Vec<UnseenAnswers>, StoreError> {
    tx.rows(&UNSEEN, &[worker.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("family_answer");
            Ok(UnseenAnswers { case: row.id()?, number: row.text()?, family: row.text()?, count: row.int()? })
        })
        .collect()
}
