// SPDX-License-Identifier: EUPL-1.2
//! Steps of procedures; only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::ReporterKind;
use domain::casework::protection::{Step, StepKind};
use domain::kernel::{CaseId, Day, Line, Moment, ProtectionId, ReportId, TeamId, fold};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO protection_step (office_id, id, protection_id, kind, happened_at, code, words, reason, source, names, person_id, marks,
                                           due_on, corrects_id, report_id, written_by, written_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    OF_PROCEDURE = "SELECT s.id, s.kind, s.happened_at, s.code, s.words, s.reason, s.source, s.names, n.id, n.name, n.role, s.marks, s.due_on,
                           s.corrects_id, s.report_id, a.name, s.written_at
                    FROM protection_step s JOIN account a ON a.office_id = s.office_id AND a.id = s.written_by
                    LEFT JOIN person n ON n.office_id = s.office_id AND n.id = s.person_id
                    WHERE s.office_id = $1 AND s.protection_id = $2 ORDER BY s.id";
    REPORTS = "SELECT r.id, r.received_at, r.taken_at, w.kind, (SELECT COUNT(*) FROM protection_step s WHERE s.office_id = r.office_id AND s.report_id = r.id)
               FROM report r LEFT JOIN reporter w ON w.office_id = r.office_id AND w.report_id = r.id
               WHERE r.office_id = $1 AND r.case_id = $2";
    // Reports of other cases that joined one of this case's procedures.
    JOINED = "SELECT r.id, r.received_at, r.taken_at, w.kind, 1
              FROM protection p CROSS JOIN protection_step j JOIN report r ON r.office_id = j.office_id AND r.id = j.report_id
              LEFT JOIN reporter w ON w.office_id = r.office_id AND w.report_id = r.id
              WHERE p.office_id = $1 AND p.case_id = $2 AND j.office_id = p.office_id AND j.protection_id = p.id AND (r.case_id IS NULL OR r.case_id <> $2)";
    OF_FAMILY = "SELECT r.id, r.received_at, r.taken_at, w.kind, (SELECT COUNT(*) FROM protection_step s WHERE s.office_id = r.office_id AND s.report_id = r.id)
                 FROM report r LEFT JOIN reporter w ON w.office_id = r.office_id AND w.report_id = r.id
                 WHERE r.office_id = $1 AND r.family_key = $2 AND r.team_id = $3 AND (r.case_id IS NULL OR r.case_id <> $4)
                 ORDER BY r.received_at + 0, r.id LIMIT $5";
}

/// Keeps a step; with the report that joins, if one does.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: Uuid,
    procedure: ProtectionId,
    step: &Step,
    report: Option<ReportId>,
) -> Result<(), StoreError> {
    let parts = step.parts();
    let params: [Value; 16] = [
        id.into(),
        procedure.into(),
        step.kind().code().into(),
        parts.happened.into(),
        parts.code.as_ref().into(),
        parts.words.as_ref().map(|words| words.as_str()).into(),
        parts.reason.as_ref().map(|reason| reason.as_str()).into(),
        parts.source.as_ref().map(|source| source.as_str()).into(),
        lines(&parts.names).into(),
        parts.person.into(),
        parts.marks.join("\n").into(),
        parts.due.into(),
        parts.corrects.into(),
        report.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

fn lines(names: &[Line]) -> String {
    names.iter().map(Line::as_str).collect::<Vec<_>>().join("\n")
}

fn split(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// A step as it was kept.
#[derive(Debug, Clone)]
pub struct StepView {
    /// Id.
    pub id: Uuid,
    /// What.
    pub kind: StepKind,
    /// When.
    pub happened: Moment,
    /// The choice that belongs to the kind.
    pub code: Option<String>,
    /// What happened.
    pub words: Option<String>,
    /// Why not, dissent, what follows if not.
    pub reason: Option<String>,
    /// Who saw or told it, from whom, which body.
    pub source: Option<String>,
    /// Who took part.
    pub names: Vec<String>,
    /// Whom it is about: id, name, role in the family.
    pub person: Option<(Uuid, String, String)>,
    /// Several choices.
    pub marks: Vec<String>,
    /// Until when.
    pub due: Option<Day>,
    /// The step that was wrong.
    pub corrects: Option<Uuid>,
    /// The report that joined.
    pub report: Option<ReportId>,
    /// Who wrote it.
    pub writer: String,
    /// When it was written.
    pub written_at: Moment,
}

/// The steps of a procedure, in the order in which they were written.
///
/// # Errors
/// When the engine fails.
pub fn of_procedure(tx: &ReadTx<'_>, procedure: ProtectionId) -> Result<Vec<StepView>, StoreError> {
    tx.rows(&OF_PROCEDURE, &[procedure.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("protection_step");
            Ok(StepView {
                id: row.uuid()?,
                kind: row.code(StepKind::from_code)?,
                happened: row.moment()?,
                code: row.maybe_text()?,
                words: row.maybe_text()?,
                reason: row.maybe_text()?,
                source: row.maybe_text()?,
                names: split(&row.text()?),
                person: match (row.maybe_id()?, row.maybe_text()?, row.maybe_text()?) {
                    (Some(id), Some(name), Some(role)) => Some((id, name, role)),
                    _ => None,
                },
                marks: split(&row.text()?),
                due: row.maybe_day()?,
                corrects: row.maybe_id()?,
                report: row.maybe_id()?,
                writer: row.text()?,
                written_at: row.moment()?,
            })
        })
        .collect()
}

/// A report of a case: when it came, from what kind of reporter, and whether it joined a procedure.
#[derive(Debug, Clone, Copy)]
pub struct ReportLine {
    /// Id.
    pub id: ReportId,
    /// When it came.
    pub received: Moment,
    /// When it was taken in.
    pub taken: Moment,
    /// From what kind of reporter; never who.
    pub reporter: Option<ReporterKind>,
    /// Joined?
    pub joined: bool,
}

/// The reports of a case, and those that joined one of its procedures.
///
/// # Errors
/// When the engine fails.
pub fn reports(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ReportLine>, StoreError> {
    let own = tx.rows(&REPORTS, &[case.into()])?.into_iter().chain(tx.rows(&JOINED, &[case.into()])?);
    let mut all = own.map(report).collect::<Result<Vec<_>, StoreError>>()?;
    // One report may have joined the procedures of several children.
    all.sort_by_key(|one| (one.received, one.id));
    all.dedup_by_key(|one| one.id);
    Ok(all)
}

/// Reports to a team of a family of the same name that are not of this case.
///
/// # Errors
/// When the engine fails.
pub fn of_family(
    tx: &ReadTx<'_>,
    family: &str,
    team: TeamId,
    but: CaseId,
    limit: i64,
) -> Result<Vec<ReportLine>, StoreError> {
    let params = [fold(family).into(), team.into(), but.into(), limit.into()];
    tx.rows(&OF_FAMILY, &params)?.into_iter().map(report).collect()
}

fn report(row: Row) -> Result<ReportLine, StoreError> {
    let mut row = row.read("report");
    Ok(ReportLine {
        id: row.id()?,
        received: row.moment()?,
        taken: row.moment()?,
        reporter: row.maybe_text()?.as_deref().and_then(ReporterKind::from_code),
        joined: row.int()? > 0,
    })
}
