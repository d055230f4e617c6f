// SPDX-License-Identifier: EUPL-1.2
//! Consents of a case, and what was asked of others. Only added to; an end and a word of information close a row.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::kernel::{CaseConsentId, CaseId, CollectionId, Day, Note};
use domain::letters::{CaseConsent, CollectGround, ConsentForm, NewCaseConsent, NewCollection};

crate::statement! {
    INSERT = "INSERT INTO case_consent (office_id, id, case_id, giver_id, released, towards, data, purpose, given_on, valid_until, form, oral_why,
                                        recorded_by, recorded_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    OF_CASE = "SELECT c.id, p.name, c.released, c.towards, c.data, c.purpose, c.given_on, c.valid_until, c.form, c.oral_why, c.revoked_on, c.revoked_words,
                      a.name
               FROM case_consent c JOIN person p ON p.office_id = c.office_id AND p.id = c.giver_id
               JOIN account a ON a.office_id = c.office_id AND a.id = c.recorded_by
               WHERE c.office_id = $1 AND c.case_id = $2 ORDER BY c.id DESC LIMIT 200";
    CASE_OF = "SELECT case_id FROM case_consent WHERE office_id = $1 AND id = $2";
    REVOKE = "UPDATE case_consent SET revoked_on = $3, revoked_by = $4, revoked_words = $5 WHERE office_id = $1 AND id = $2 AND revoked_on IS NULL";
    COLLECT = "INSERT INTO case_collection (office_id, id, case_id, person_id, source, data, purpose, collected_on, ground, no_ground_why, recorded_by,
                                            recorded_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    COLLECTED = "SELECT c.id, p.name, c.source, c.data, c.purpose, c.collected_on, c.ground, c.no_ground_why, c.told_on, c.not_told_why, a.name
                 FROM case_collection c JOIN person p ON p.office_id = c.office_id AND p.id = c.person_id
                 JOIN account a ON a.office_id = c.office_id AND a.id = c.recorded_by
                 WHERE c.office_id = $1 AND c.case_id = $2 ORDER BY c.id DESC LIMIT 200";
    COLLECTED_IN = "SELECT case_id, collected_on FROM case_collection WHERE office_id = $1 AND id = $2";
    TELL = "UPDATE case_collection SET told_on = $3, not_told_why = $4, told_by = $5 WHERE office_id = $1 AND id = $2 AND told_by IS NULL";
}

/// A consent as shown.
#[derive(Clone)]
pub struct ConsentView {
    /// Id.
    pub id: CaseConsentId,
    /// Who consented.
    pub giver: String,
    /// Whom, towards whom, since, until, taken back.
    pub consent: CaseConsent,
    /// About what.
    pub data: String,
    /// For what.
    pub purpose: String,
    /// How it was given.
    pub form: ConsentForm,
    /// Why it was only said.
    pub oral_why: Option<String>,
    /// What was said when it was taken back.
    pub revoked_words: Option<String>,
    /// Who recorded it.
    pub by: String,
}

/// What families consent to never reaches a log line.
impl std::fmt::Debug for ConsentView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ConsentView({}, until {})", self.id, self.consent.until)
    }
}

/// Keeps a consent.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: CaseConsentId, case: CaseId, new: &NewCaseConsent) -> Result<(), StoreError> {
    let params: [Value; 13] = [
        id.into(),
        case.into(),
        new.giver.into(),
        new.released.as_str().into(),
        new.towards.as_str().into(),
        new.data.as_str().into(),
        new.purpose.as_str().into(),
        new.given_on.into(),
        new.until.into(),
        new.form.code().into(),
        new.oral_why.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// The consents of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ConsentView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("case_consent");
            let (id, giver, released, towards) = (row.id()?, row.text()?, row.text()?, row.text()?);
            let (data, purpose, given_on, until) = (row.text()?, row.text()?, row.day()?, row.day()?);
            let (form, oral_why) = (row.code(ConsentForm::from_code)?, row.maybe_text()?);
            let (revoked_on, revoked_words, by) = (row.maybe_day()?, row.maybe_text()?, row.text()?);
            let consent = CaseConsent { released, towards, given_on, until, revoked_on };
            Ok(ConsentView { id, giver, consent, data, purpose, form, oral_why, revoked_words, by })
        })
        .collect()
}

/// The case of a consent.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: CaseConsentId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF, &[id.into()])?.map(|row| row.read("case_consent").id()).transpose()
}

/// Takes a consent back; answers whether it was not before.
///
/// # Errors
/// When the engine fails.
pub fn revoke(tx: &WriteTx<'_>, id: CaseConsentId, on: Day, words: Option<&Note>) -> Result<bool, StoreError> {
    let params = [id.into(), on.into(), tx.grant().user().into(), words.map(Note::as_str).into()];
    Ok(tx.run(&REVOKE, &params)? == 1)
}

/// Something collected elsewhere, as shown.
#[derive(Clone)]
pub struct CollectionView {
    /// Id.
    pub id: CollectionId,
    /// About whom.
    pub person: String,
    /// Of whom it was asked.
    pub source: String,
    /// What.
    pub data: String,
    /// For what.
    pub purpose: String,
    /// When.
    pub collected_on: Day,
    /// On which ground.
    pub ground: Option<CollectGround>,
    /// Why without.
    pub no_ground_why: Option<String>,
    /// When the person was told.
    pub told_on: Option<Day>,
    /// Why not.
    pub not_told_why: Option<String>,
    /// Who recorded it.
    pub by: String,
}

impl CollectionView {
    /// Does the person still have to be told (§ 82a SGB X)?
    #[must_use]
    pub fn is_untold(&self) -> bool {
        self.told_on.is_none() && self.not_told_why.is_none()
    }
}

/// What was told about families never reaches a log line.
impl std::fmt::Debug for CollectionView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CollectionView({}, {})", self.id, self.collected_on)
    }
}

/// Keeps what was collected elsewhere.
///
/// # Errors
/// When the engine fails.
pub fn collect(tx: &WriteTx<'_>, id: CollectionId, case: CaseId, new: &NewCollection) -> Result<(), StoreError> {
    let params: [Value; 11] = [
        id.into(),
        case.into(),
        new.person.into(),
        new.source.as_str().into(),
        new.data.as_str().into(),
        new.purpose.as_str().into(),
        new.collected_on.into(),
        new.ground.map(CollectGround::code).into(),
        new.no_ground_why.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&COLLECT, &params).map(|_| ())
}

/// What was collected elsewhere in a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn collected(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<CollectionView>, StoreError> {
    tx.rows(&COLLECTED, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("case_collection");
            Ok(CollectionView {
                id: row.id()?,
                person: row.text()?,
                source: row.text()?,
                data: row.text()?,
                purpose: row.text()?,
                collected_on: row.day()?,
                ground: row.maybe_code(CollectGround::from_code)?,
                no_ground_why: row.maybe_text()?,
                told_on: row.maybe_day()?,
                not_told_why: row.maybe_text()?,
                by: row.text()?,
            })
        })
        .collect()
}

/// The case of something collected, and its day.
///
/// # Errors
/// When the engine fails.
pub fn collected_in(tx: &ReadTx<'_>, id: CollectionId) -> Result<Option<(CaseId, Day)>, StoreError> {
    let Some(row) = tx.one(&COLLECTED_IN, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("case_collection");
    Ok(Some((row.id()?, row.day()?)))
}

/// Keeps that the person was told, or why not; answers whether that was open.
///
/// # Errors
/// When the engine fails.
pub fn tell(tx: &WriteTx<'_>, id: CollectionId, on: Option<Day>, why_not: Option<&Note>) -> Result<bool, StoreError> {
    let params = [id.into(), on.into(), why_not.map(Note::as_str).into(), tx.grant().user().into()];
    Ok(tx.run(&TELL, &params)? == 1)
}
