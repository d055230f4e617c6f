// SPDX-License-Identifier: EUPL-1.2
//! Applications for participation and what was done with them. Only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{Application, ApplicationStep, NewApplication, NewStepTaken};
use domain::kernel::{ApplicationId, CaseId, Day, Line, Note};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO application (office_id, id, case_id, received_on, words, passed_on_by, competence_until, recorded_by, recorded_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CASE_OF = "SELECT case_id FROM application WHERE office_id = $1 AND id = $2";
    OF_CASE = "SELECT p.id, p.received_on, p.words, p.passed_on_by, p.competence_until, a.name FROM application p
               JOIN account a ON a.office_id = p.office_id AND a.id = p.recorded_by
               WHERE p.office_id = $1 AND p.case_id = $2 ORDER BY p.id DESC";
    INSERT_STEP = "INSERT INTO application_step (office_id, id, case_id, application_id, step, on_day, words, recorded_by)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    STEPS = "SELECT s.application_id, s.step, s.on_day, s.words, a.name FROM application_step s
             JOIN account a ON a.office_id = s.office_id AND a.id = s.recorded_by
             WHERE s.office_id = $1 AND s.case_id = $2 ORDER BY s.id";
}

/// Keeps an application, with the last day of its competence check if it has one.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: ApplicationId,
    case: CaseId,
    new: &NewApplication,
    competence_until: Option<Day>,
) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        case.into(),
        new.received_on.into(),
        new.words.as_str().into(),
        new.passed_on_by.as_ref().map(Line::as_str).into(),
        competence_until.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// The case of an application.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: ApplicationId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF, &[id.into()])?.map(|row| row.read("application").id()).transpose()
}

/// An application as shown.
#[derive(Debug, Clone)]
pub struct ApplicationView {
    /// Id.
    pub id: ApplicationId,
    /// It came in.
    pub received_on: Day,
    /// What was applied for.
    pub words: String,
    /// Who passed it on to this office.
    pub passed_on_by: Option<String>,
    /// The last day of the competence check.
    pub competence_until: Option<Day>,
    /// Who wrote it down.
    pub by: String,
    /// What was done, in order.
    pub steps: Vec<StepView>,
}

/// A step as shown.
#[derive(Debug, Clone)]
pub struct StepView {
    /// What.
    pub step: ApplicationStep,
    /// When.
    pub on: Day,
    /// To whom, by whom, what.
    pub words: Option<String>,
    /// Who wrote it down.
    pub by: String,
}

impl ApplicationView {
    /// As the domain sees it.
    #[must_use]
    pub fn state(&self) -> Application {
        Application {
            received_on: self.received_on,
            is_passed_on: self.passed_on_by.is_some(),
            competence_until: self.competence_until,
            steps: self.steps.iter().map(|taken| taken.step).collect(),
        }
    }

    /// Who was asked for an opinion (§ 35a(1a) SGB VIII).
    pub fn assessors(&self) -> impl Iterator<Item = &str> {
        let asked = self.steps.iter().filter(|taken| taken.step == ApplicationStep::OpinionOrdered);
        asked.filter_map(|taken| taken.words.as_deref())
    }

    /// Was it passed on after the two weeks, so that the office is competent all the same (§ 14(2) SGB IX)?
    #[must_use]
    pub fn is_forwarded_late(&self) -> bool {
        self.steps.iter().any(|taken| taken.step == ApplicationStep::ForwardedLate)
    }

    /// Is it still in the office's hands?
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.steps.iter().any(|taken| taken.step.closes())
    }
}

/// The applications of a case with their steps, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ApplicationView>, StoreError> {
    let mut all = Vec::new();
    for row in tx.rows(&OF_CASE, &[case.into()])? {
        let mut row = row.read("application");
        all.push(ApplicationView {
            id: row.id()?,
            received_on: row.day()?,
            words: row.text()?,
            passed_on_by: row.maybe_text()?,
            competence_until: row.maybe_day()?,
            by: row.text()?,
            steps: Vec::new(),
        });
    }
    for row in tx.rows(&STEPS, &[case.into()])? {
        let mut row = row.read("application_step");
        let of: ApplicationId = row.id()?;
        let step = row.code(ApplicationStep::from_code)?;
        let taken = StepView { step, on: row.day()?, words: row.maybe_text()?, by: row.text()? };
        if let Some(one) = all.iter_mut().find(|one| one.id == of) {
            one.steps.push(taken);
        }
    }
    Ok(all)
}

/// Keeps a step.
///
/// # Errors
/// When the engine fails.
pub fn insert_step(
    tx: &WriteTx<'_>,
    id: Uuid,
    (case, application): (CaseId, ApplicationId),
    taken: &NewStepTaken,
) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        case.into(),
        application.into(),
        taken.step.code().into(),
        taken.on.into(),
        taken.words.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_STEP, &params).map(|_| ())
}
