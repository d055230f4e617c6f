// SPDX-License-Identifier: EUPL-1.2
//! Agencies' own assessments, and what they told the office. Assessments are read by agency alone: no statement joins
//! them to a case (N1).

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::sight::RowSight;
use domain::casework::protection::{AgencyDecision, NewAgencyAssessment, NewNotice, NoticeTold};
use domain::kernel::{AgencyId, CaseId, Line, Moment, NoticeId, ReportId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO agency_assessment (office_id, id, agency_id, sign, occasion, professionals, adviser, inclusion, help, decision, written_by,
                                             written_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ASSESSMENTS = "SELECT s.id, s.sign, s.occasion, s.professionals, s.adviser, s.inclusion, s.help, s.decision, a.name, s.written_at
                   FROM agency_assessment s JOIN account a ON a.office_id = s.office_id AND a.id = s.written_by
                   WHERE s.office_id = $1 AND s.agency_id {sight} ORDER BY s.written_at DESC, s.id DESC LIMIT $2";
    INSERT_NOTICE = "INSERT INTO agency_notice (office_id, id, agency_id, report_id, case_id, place, words, told, sent_by, sent_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    SENT = "SELECT id, place, words, told, sent_at, acknowledged_at FROM agency_notice
            WHERE office_id = $1 AND agency_id {sight} ORDER BY sent_at DESC, id DESC LIMIT $2";
    OF_CASE = "SELECT n.id, g.name, n.words, n.told, n.sent_at, n.acknowledged_at FROM agency_notice n
               JOIN agency g ON g.office_id = n.office_id AND g.id = n.agency_id
               WHERE n.office_id = $1 AND n.case_id = $2 ORDER BY n.id";
    CASE_OF = "SELECT case_id FROM agency_notice WHERE office_id = $1 AND id = $2";
    ACKNOWLEDGE = "UPDATE agency_notice SET acknowledged_by = $3, acknowledged_at = $4 WHERE office_id = $1 AND id = $2 AND acknowledged_at IS NULL";
}

/// Keeps an agency's own assessment.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: Uuid, agency: AgencyId, new: &NewAgencyAssessment) -> Result<(), StoreError> {
    let professionals = new.professionals.iter().map(Line::as_str).collect::<Vec<_>>().join("\n");
    let params: [Value; 11] = [
        id.into(),
        agency.into(),
        new.sign.as_str().into(),
        new.occasion.as_str().into(),
        professionals.into(),
        new.adviser.as_str().into(),
        new.inclusion.as_str().into(),
        new.help.as_str().into(),
        new.decision.code().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// An agency's own assessment.
#[derive(Debug, Clone)]
pub struct AssessmentView {
    /// Id.
    pub id: Uuid,
    /// The agency's sign for the child.
    pub sign: String,
    /// What gave rise to it.
    pub occasion: String,
    /// Who took part.
    pub professionals: Vec<String>,
    /// The adviser's qualification.
    pub adviser: String,
    /// How parents and child were included.
    pub inclusion: String,
    /// What help was worked towards.
    pub help: String,
    /// What was decided.
    pub decision: AgencyDecision,
    /// Who wrote it.
    pub writer: String,
    /// When.
    pub at: Moment,
}

/// Assessments of agencies in sight, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn assessments(tx: &ReadTx<'_>, agencies: &RowSight, limit: i64) -> Result<Vec<AssessmentView>, StoreError> {
    tx.rows_in_sight(&ASSESSMENTS, &[limit.into()], agencies)?
        .into_iter()
        .map(|row| {
            let mut row = row.read("agency_assessment");
            Ok(AssessmentView {
                id: row.uuid()?,
                sign: row.text()?,
                occasion: row.text()?,
                professionals: row.text()?.lines().map(str::to_owned).collect(),
                adviser: row.text()?,
                inclusion: row.text()?,
                help: row.text()?,
                decision: row.code(AgencyDecision::from_code)?,
                writer: row.text()?,
                at: row.moment()?,
            })
        })
        .collect()
}

/// Keeps what an agency told the office, with the report and the case that it became.
///
/// # Errors
/// When the engine fails.
pub fn insert_notice(
    tx: &WriteTx<'_>,
    id: NoticeId,
    agency: AgencyId,
    became: (ReportId, CaseId),
    new: &NewNotice,
) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        id.into(),
        agency.into(),
        became.0.into(),
        became.1.into(),
        new.place.as_str().into(),
        new.words.as_str().into(),
        new.told.code().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_NOTICE, &params).map(|_| ())
}

/// A notice as the agency that sent it sees it: nothing of what the office does with it.
#[derive(Debug, Clone)]
pub struct SentNotice {
    /// Id.
    pub id: NoticeId,
    /// Where.
    pub place: String,
    /// What was told.
    pub words: String,
    /// Were those concerned told?
    pub told: NoticeTold,
    /// When.
    pub sent_at: Moment,
    /// When the office acknowledged it.
    pub acknowledged_at: Option<Moment>,
}

/// Notices of agencies in sight, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn sent(tx: &ReadTx<'_>, agencies: &RowSight, limit: i64) -> Result<Vec<SentNotice>, StoreError> {
    tx.rows_in_sight(&SENT, &[limit.into()], agencies)?
        .into_iter()
        .map(|row| {
            let mut row = row.read("agency_notice");
            Ok(SentNotice {
                id: row.id()?,
                place: row.text()?,
                words: row.text()?,
                told: row.code(NoticeTold::from_code)?,
                sent_at: row.moment()?,
                acknowledged_at: row.maybe_moment()?,
            })
        })
        .collect()
}

/// A notice as the office sees it in its case.
#[derive(Debug, Clone)]
pub struct NoticeView {
    /// Id.
    pub id: NoticeId,
    /// Which agency.
    pub agency: String,
    /// What it told.
    pub words: String,
    /// Were those concerned told?
    pub told: NoticeTold,
    /// When.
    pub sent_at: Moment,
    /// When it was acknowledged.
    pub acknowledged_at: Option<Moment>,
}

/// The notices of a case.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<NoticeView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("agency_notice");
            Ok(NoticeView {
                id: row.id()?,
                agency: row.text()?,
                words: row.text()?,
                told: row.code(NoticeTold::from_code)?,
                sent_at: row.moment()?,
                acknowledged_at: row.maybe_moment()?,
            })
        })
        .collect()
}

/// The case that a notice became.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: NoticeId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF, &[id.into()])?.map(|row| row.read("agency_notice").id()).transpose()
}

/// Acknowledges a notice; `false` if somebody had.
///
/// # Errors
/// When the engine fails.
pub fn acknowledge(tx: &WriteTx<'_>, id: NoticeId) -> Result<bool, StoreError> {
    let params = [id.into(), tx.grant().user().into(), tx.now().into()];
    Ok(tx.run(&ACKNOWLEDGE, &params)? > 0)
}
