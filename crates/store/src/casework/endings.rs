// SPDX-License-Identifier: EUPL-1.2
//! Ends of helps, and what comes after. Only added to; an ending is closed by taking it back.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{EndReason, EndingHint, FamilyStand, HelpAfter, HelpKind, NewEnding, StayAfter};
use domain::kernel::{AgencyId, Balance, CaseId, CommissionId, Day, EndingId, Line, Moment, Note, PlanId};

crate::statement! {
    RUNNING = "SELECT c.case_id, c.agency_id, g.name, c.help, c.valid_from, c.valid_until, c.plan_id FROM commission c
               JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
               WHERE c.office_id = $1 AND c.id = $2";
    // What was granted stands in the ending; readers of running helps see one end alone.
    SHORTEN = "UPDATE commission SET valid_until = $3 WHERE office_id = $1 AND id = $2";
    INSERT_ENDING = "INSERT INTO help_ending (office_id, id, case_id, commission_id, ended_on, granted_until, reason, stay_after, help_after, talk_on,
                                              talk_with, family, no_talk_why, words, remains, released, care_until, care_form, care_months, ended_by,
                                              ended_at, continued_on, stand, heard, asks, gaps, gaps_reason)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
                             $26, $27)";
    ENDINGS = "SELECT e.id, e.commission_id, g.name, c.help, e.ended_on, e.granted_until, e.reason, e.stay_after, e.help_after, e.talk_on, e.talk_with,
                      e.no_talk_why, e.words, e.remains, e.released, e.care_until, e.care_form, e.care_months, a.name, e.reopened_at, e.reopened_why,
                      e.continued_on, e.stand, e.heard, e.gaps, e.gaps_reason, e.took_effect_on
               FROM help_ending e JOIN commission c ON c.office_id = e.office_id AND c.id = e.commission_id
               JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
               JOIN account a ON a.office_id = e.office_id AND a.id = e.ended_by
               WHERE e.office_id = $1 AND e.case_id = $2 ORDER BY e.id DESC";
    ANNOUNCED = "SELECT id, case_id, ended_on FROM help_ending
                 WHERE office_id = $1 AND took_effect_on IS NULL AND ended_on < $2 AND reopened_by IS NULL ORDER BY ended_on, id LIMIT 100";
    TAKE_EFFECT = "UPDATE help_ending SET took_effect_on = $3 WHERE office_id = $1 AND id = $2 AND took_effect_on IS NULL";
    CASE_OF = "SELECT case_id FROM help_ending WHERE office_id = $1 AND id = $2";
    TAKE_BACK = "UPDATE help_ending SET reopened_by = $3, reopened_at = $4, reopened_why = $5
                 WHERE office_id = $1 AND id = $2 AND reopened_by IS NULL";
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

/// What ended, and what that did.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The case.
    pub case: CaseId,
    /// The commission.
    pub commission: CommissionId,
    /// Until when it was granted.
    pub granted_until: Option<Day>,
    /// Money that came back.
    pub released: Balance,
    /// What was missing.
    pub gaps: Vec<EndingHint>,
}

/// Keeps the end of a help.
///
/// # Errors
/// When the engine fails.
pub fn insert_ending(tx: &WriteTx<'_>, id: EndingId, of: &Ended, new: &NewEnding) -> Result<(), StoreError> {
    let (talk, care) = (&new.talk, new.aftercare.as_ref());
    let gaps: Vec<&str> = of.gaps.iter().map(|gap| gap.code()).collect();
    let params: [Value; 26] = [
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
        new.continued_on.into(),
        new.stand.map(FamilyStand::code).into(),
        new.heard.as_ref().map(Note::as_str).into(),
        new.asks.map(domain::casework::AskLater::code).into(),
        Some(gaps.join(" ")).filter(|gaps| !gaps.is_empty()).into(),
        new.gaps_reason.as_ref().map(Note::as_str).into(),
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
    /// Since when another office went on.
    pub continued_on: Option<Day>,
    /// How the family stood to it.
    pub stand: Option<FamilyStand>,
    /// How it was heard before.
    pub heard: Option<String>,
    /// What was missing.
    pub gaps: Vec<EndingHint>,
    /// Why it was missing.
    pub gaps_reason: Option<String>,
    /// Since when it is in effect; none while it is announced.
    pub in_effect_since: Option<Day>,
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
        continued_on: row.maybe_day()?,
        stand: row.maybe_text()?.and_then(|code| FamilyStand::from_code(&code)),
        heard: row.maybe_text()?,
        gaps: row.maybe_text()?.unwrap_or_default().split(' ').filter_map(EndingHint::from_code).collect(),
        gaps_reason: row.maybe_text()?,
        in_effect_since: row.maybe_day()?,
    })
}

/// Ends whose last day is over and that are not in effect yet, the oldest first.
///
/// # Errors
/// When the engine fails.
pub fn announced(tx: &ReadTx<'_>, today: Day) -> Result<Vec<(EndingId, CaseId, Day)>, StoreError> {
    let rows = tx.rows(&ANNOUNCED, &[today.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("help_ending");
        Ok((row.id()?, row.id()?, row.day()?))
    })
    .collect()
}

/// An end is in effect since today.
///
/// # Errors
/// When the engine fails.
pub fn take_effect(tx: &WriteTx<'_>, id: EndingId) -> Result<(), StoreError> {
    tx.run(&TAKE_EFFECT, &[id.into(), tx.now().day().into()]).map(|_| ())
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

impl EndingView {
    /// Was it not taken back?
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        self.taken_back.is_none()
    }
}
