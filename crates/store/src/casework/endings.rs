// SPDX-License-Identifier: EUPL-1.2
//! Reviews of helps, their ends, and what comes after. Only added to; an ending is closed by taking it back.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{
    ComingBack, EndReason, HelpAfter, HelpKind, Lasting, NewEnding, NewFollowUp, NewReview, ReviewOutcome, StayAfter,
};
use domain::kernel::{AgencyId, Balance, CaseId, CommissionId, Day, EndingId, FollowUpId, Line, Moment, Note, PlanId};
use uuid::Uuid;

crate::statement! {
    RUNNING = "SELECT c.case_id, c.agency_id, g.name, c.help, c.valid_from, c.valid_until, c.plan_id FROM commission c
               JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
               WHERE c.office_id = $1 AND c.id = $2";
    // What was granted stands in the ending; readers of running helps see one end alone.
    SHORTEN = "UPDATE commission SET valid_until = $3 WHERE office_id = $1 AND id = $2";
    INSERT_REVIEW = "INSERT INTO review (office_id, id, case_id, plan_id, held_on, with_whom, outcome, words, changed_will, next_on, recorded_by,
                                         recorded_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    REVIEWS = "SELECT r.held_on, r.with_whom, r.outcome, r.words, r.changed_will, r.next_on, v.number, a.name FROM review r
               JOIN plan_version v ON v.office_id = r.office_id AND v.id = r.plan_id
               JOIN account a ON a.office_id = r.office_id AND a.id = r.recorded_by
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.held_on DESC, r.id DESC";
    INSERT_ENDING = "INSERT INTO help_ending (office_id, id, case_id, commission_id, ended_on, granted_until, reason, stay_after, help_after, talk_on,
                                              talk_with, family, no_talk_why, words, remains, released, care_until, care_form, care_months, ended_by,
                                              ended_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
    ENDINGS = "SELECT e.id, e.commission_id, g.name, c.help, e.ended_on, e.granted_until, e.reason, e.stay_after, e.help_after, e.talk_on, e.talk_with,
                      e.no_talk_why, e.words, e.remains, e.released, e.care_until, e.care_form, e.care_months, a.name, e.reopened_at, e.reopened_why
               FROM help_ending e JOIN commission c ON c.office_id = e.office_id AND c.id = e.commission_id
               JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
               JOIN account a ON a.office_id = e.office_id AND a.id = e.ended_by
               WHERE e.office_id = $1 AND e.case_id = $2 ORDER BY e.id DESC";
    CASE_OF = "SELECT case_id FROM help_ending WHERE office_id = $1 AND id = $2";
    TAKE_BACK = "UPDATE help_ending SET reopened_by = $3, reopened_at = $4, reopened_why = $5
                 WHERE office_id = $1 AND id = $2 AND reopened_by IS NULL";
    INSERT_FOLLOW_UP = "INSERT INTO follow_up (office_id, id, case_id, ending_id, held_on, with_whom, lasting, carries, next_on, recorded_by)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FOLLOW_UPS = "SELECT f.ending_id, f.held_on, f.with_whom, f.lasting, f.carries, f.next_on, a.name FROM follow_up f
                  JOIN account a ON a.office_id = f.office_id AND a.id = f.recorded_by
                  WHERE f.office_id = $1 AND f.case_id = $2 ORDER BY f.held_on DESC, f.id DESC";
    INSERT_RETURN = "INSERT INTO case_return (office_id, id, case_id, kind, came_on, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)";
    RETURNS = "SELECT r.kind, r.came_on, a.name FROM case_return r JOIN account a ON a.office_id = r.office_id AND a.id = r.recorded_by
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.id DESC";
}

/// A commission as far as its end needs it.
#[derive(Debug, Clone)]
pub struct Running {
    /// Its case.
    pub case: CaseId,
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// What.
    pub help: HelpKind,
    /// Since.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// The plan it rests on.
    pub plan: PlanId,
}

/// A commission as far as its end needs it.
///
/// # Errors
/// When the engine fails.
pub fn running(tx: &ReadTx<'_>, id: CommissionId) -> Result<Option<Running>, StoreError> {
    let Some(row) = tx.one(&RUNNING, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("commission");
    Ok(Some(Running {
        case: row.id()?,
        agency: row.id()?,
        agency_name: row.text()?,
        help: row.code(HelpKind::from_code)?,
        from: row.day()?,
        until: row.maybe_day()?,
        plan: row.id()?,
    }))
}

/// A commission ends on a day, or gets back the one that was granted.
///
/// # Errors
/// When the engine fails.
pub fn set_end(tx: &WriteTx<'_>, id: CommissionId, until: Option<Day>) -> Result<(), StoreError> {
    tx.run(&SHORTEN, &[id.into(), until.into()]).map(|_| ())
}

/// Keeps a review of a plan version.
///
/// # Errors
/// When the engine fails.
pub fn insert_review(
    tx: &WriteTx<'_>,
    id: Uuid,
    (case, plan): (CaseId, PlanId),
    new: &NewReview,
) -> Result<(), StoreError> {
    let params: [Value; 11] = [
        id.into(),
        case.into(),
        plan.into(),
        new.held_on.into(),
        new.with_whom.as_str().into(),
        new.outcome.code().into(),
        new.words.as_str().into(),
        new.changed_will.as_ref().map(Note::as_str).into(),
        new.next_on.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_REVIEW, &params).map(|_| ())
}

/// A review as shown.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// When.
    pub held_on: Day,
    /// Who took part.
    pub with_whom: String,
    /// What follows.
    pub outcome: ReviewOutcome,
    /// Why.
    pub words: String,
    /// What the family wills by now.
    pub changed_will: Option<String>,
    /// The next one.
    pub next_on: Option<Day>,
    /// Number of the plan version that was reviewed.
    pub version: i64,
    /// Who wrote it down.
    pub by: String,
}

/// The reviews of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn reviews(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ReviewView>, StoreError> {
    let rows = tx.rows(&REVIEWS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("review");
        Ok(ReviewView {
            held_on: row.day()?,
            with_whom: row.text()?,
            outcome: row.code(ReviewOutcome::from_code)?,
            words: row.text()?,
            changed_will: row.maybe_text()?,
            next_on: row.maybe_day()?,
            version: row.int()?,
            by: row.text()?,
        })
    })
    .collect()
}

/// What ended, and what that did.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// The case.
    pub case: CaseId,
    /// The commission.
    pub commission: CommissionId,
    /// Until when it was granted.
    pub granted_until: Option<Day>,
    /// Money that came back.
    pub released: Balance,
}

/// Keeps the end of a help.
///
/// # Errors
/// When the engine fails.
pub fn insert_ending(tx: &WriteTx<'_>, id: EndingId, of: Ended, new: &NewEnding) -> Result<(), StoreError> {
    let (talk, care) = (&new.talk, new.aftercare.as_ref());
    let params: [Value; 20] = [
        id.into(),
        of.case.into(),
        of.commission.into(),
        new.ended_on.into(),
        of.granted_until.into(),
        new.reason.code().into(),
        new.stay.code().into(),
        new.next.code().into(),
        talk.held_on.into(),
        talk.with_whom.as_ref().map(Line::as_str).into(),
        talk.family.map(domain::casework::FamilyPart::code).into(),
        talk.no_talk_why.as_ref().map(Note::as_str).into(),
        new.words.as_str().into(),
        new.remains.as_ref().map(Note::as_str).into(),
        of.released.cents().into(),
        care.map(|care| care.until).into(),
        care.map(|care| care.form.as_str()).into(),
        care.map(|care| i64::from(care.every_months)).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_ENDING, &params).map(|_| ())
}

/// The end of a help as shown.
#[derive(Debug, Clone)]
pub struct EndingView {
    /// Id.
    pub id: EndingId,
    /// Which commission ended.
    pub commission: CommissionId,
    /// Whose.
    pub agency: String,
    /// What.
    pub help: HelpKind,
    /// When.
    pub ended_on: Day,
    /// Until when it had been granted.
    pub granted_until: Option<Day>,
    /// Why.
    pub reason: EndReason,
    /// Where the young person lives then.
    pub stay: StayAfter,
    /// What follows.
    pub next: HelpAfter,
    /// The closing conversation.
    pub talk_on: Option<Day>,
    /// Who took part.
    pub talk_with: Option<String>,
    /// Why there was none.
    pub no_talk_why: Option<String>,
    /// What was reached.
    pub words: String,
    /// What remains.
    pub remains: Option<String>,
    /// Money that came back.
    pub released: Balance,
    /// After-care as agreed: until, form, every so many months.
    pub aftercare: Option<(Day, String, i64)>,
    /// Who ended it.
    pub by: String,
    /// When and why it was taken back.
    pub taken_back: Option<(Moment, String)>,
}

/// The endings of a case's helps, newest first.
///
/// # Errors
/// When the engine fails.
pub fn endings(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<EndingView>, StoreError> {
    tx.rows(&ENDINGS, &[case.into()])?.into_iter().map(ending).collect()
}

fn ending(row: crate::row::Row) -> Result<EndingView, StoreError> {
    let mut row = row.read("help_ending");
    Ok(EndingView {
        id: row.id()?,
        commission: row.id()?,
        agency: row.text()?,
        help: row.code(HelpKind::from_code)?,
        ended_on: row.day()?,
        granted_until: row.maybe_day()?,
        reason: row.code(EndReason::from_code)?,
        stay: row.code(StayAfter::from_code)?,
        next: row.code(HelpAfter::from_code)?,
        talk_on: row.maybe_day()?,
        talk_with: row.maybe_text()?,
        no_talk_why: row.maybe_text()?,
        words: row.text()?,
        remains: row.maybe_text()?,
        released: row.balance()?,
        aftercare: {
            let (until, form, months) = (row.maybe_day()?, row.maybe_text()?, row.maybe_int()?);
            until.zip(form).zip(months).map(|((until, form), months)| (until, form, months))
        },
        by: row.text()?,
        taken_back: row.maybe_moment()?.zip(row.maybe_text()?),
    })
}

/// The case of an ending.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: EndingId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF, &[id.into()])?.map(|row| row.read("help_ending").id()).transpose()
}

/// Takes an ending back; `false` if it was before.
///
/// # Errors
/// When the engine fails.
pub fn take_back(tx: &WriteTx<'_>, id: EndingId, why: &Note) -> Result<bool, StoreError> {
    let params = [id.into(), tx.grant().user().into(), tx.now().into(), why.as_str().into()];
    Ok(tx.run(&TAKE_BACK, &params)? == 1)
}

/// Keeps a look after the end.
///
/// # Errors
/// When the engine fails.
pub fn insert_follow_up(
    tx: &WriteTx<'_>,
    id: FollowUpId,
    (case, ending): (CaseId, EndingId),
    new: &NewFollowUp,
) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        id.into(),
        case.into(),
        ending.into(),
        new.held_on.into(),
        new.with_whom.as_ref().map(Line::as_str).into(),
        new.lasting.code().into(),
        new.carries.as_ref().map(Note::as_str).into(),
        new.next_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_FOLLOW_UP, &params).map(|_| ())
}

/// A look after the end as shown.
#[derive(Debug, Clone)]
pub struct FollowUpView {
    /// After which ending.
    pub ending: EndingId,
    /// When.
    pub held_on: Day,
    /// With whom.
    pub with_whom: Option<String>,
    /// Does it last?
    pub lasting: Lasting,
    /// Which own resources carry.
    pub carries: Option<String>,
    /// When to ask again.
    pub next_on: Option<Day>,
    /// Who wrote it down.
    pub by: String,
}

/// The looks after the ends of a case's helps, newest first.
///
/// # Errors
/// When the engine fails.
pub fn follow_ups(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<FollowUpView>, StoreError> {
    let rows = tx.rows(&FOLLOW_UPS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("follow_up");
        Ok(FollowUpView {
            ending: row.id()?,
            held_on: row.day()?,
            with_whom: row.maybe_text()?,
            lasting: row.code(Lasting::from_code)?,
            carries: row.maybe_text()?,
            next_on: row.maybe_day()?,
            by: row.text()?,
        })
    })
    .collect()
}

/// Keeps that somebody came back.
///
/// # Errors
/// When the engine fails.
pub fn insert_return(tx: &WriteTx<'_>, id: Uuid, case: CaseId, kind: ComingBack) -> Result<(), StoreError> {
    let params = [id.into(), case.into(), kind.code().into(), tx.now().day().into(), tx.grant().user().into()];
    tx.run(&INSERT_RETURN, &params).map(|_| ())
}

/// Who came back, when, and who wrote it down; newest first.
///
/// # Errors
/// When the engine fails.
pub fn returns(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<(ComingBack, Day, String)>, StoreError> {
    let rows = tx.rows(&RETURNS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("case_return");
        Ok((row.code(ComingBack::from_code)?, row.day()?, row.text()?))
    })
    .collect()
}

impl EndingView {
    /// Was it not taken back?
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        self.taken_back.is_none()
    }
}
