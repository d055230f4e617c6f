// SPDX-License-Identifier: EUPL-1.2
//! Places of everyday life and how far somebody may go alone. Where a protected address is in the case, addresses and
//! points are not read: three ways would tell where the fourth begins.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::{Company, LivedKind, Mobility, NewLivedPlace, Way};
use domain::kernel::{CaseId, Day, Line, LivedPlaceId, PersonId};

crate::statement! {
    INSERT = "INSERT INTO lived_place (office_id, id, case_id, person_id, kind, name, place, point, way, company, by_whom, minutes,
                told_on, recorded_by, recorded_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    END = "UPDATE lived_place SET ended_on = $4 WHERE office_id = $1 AND id = $2 AND case_id = $3 AND ended_on IS NULL";
    CASE_OF = "SELECT case_id FROM lived_place WHERE office_id = $1 AND id = $2";
    PLACES = "SELECT l.id, COALESCE(k.id, p.id), COALESCE(k.name, p.name), l.kind, l.name,
                CASE WHEN c.sealed_since IS NULL THEN l.place END, CASE WHEN c.sealed_since IS NULL THEN l.point END,
                l.way, l.company, l.by_whom, l.minutes, l.told_on, l.ended_on, a.name
              FROM lived_place l JOIN case_file c ON c.office_id = l.office_id AND c.id = l.case_id
              JOIN person p ON p.office_id = l.office_id AND p.id = l.person_id
              LEFT JOIN person k ON k.office_id = p.office_id AND k.id = p.merged_into
              JOIN account a ON a.office_id = l.office_id AND a.id = l.recorded_by
              WHERE l.office_id = $1 AND l.case_id = $2 ORDER BY l.id LIMIT 200";
    SAY_REACH = "INSERT INTO lived_reach (office_id, case_id, person_id, metres, words, said_on, recorded_by, recorded_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (office_id, case_id, person_id) DO UPDATE SET metres = $4, words = $5, said_on = $6, recorded_by = $7, recorded_at = $8";
    REACHES = "SELECT COALESCE(k.id, p.id), r.metres, r.words, r.said_on FROM lived_reach r
               JOIN person p ON p.office_id = r.office_id AND p.id = r.person_id
               LEFT JOIN person k ON k.office_id = p.office_id AND k.id = p.merged_into
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.person_id";
}

/// A place as it stands.
#[derive(Clone)]
pub struct LivedPlaceView {
    /// Id.
    pub id: LivedPlaceId,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// Kind.
    pub kind: LivedKind,
    /// What they call it.
    pub name: String,
    /// The address; never beside a protected one.
    pub place: Option<String>,
    /// The point; never beside a protected address.
    pub point: Option<String>,
    /// How they get there.
    pub way: Way,
    /// With whom.
    pub company: Company,
    /// By whom they are accompanied.
    pub by_whom: Option<String>,
    /// Minutes.
    pub minutes: Option<i64>,
    /// Told on.
    pub told_on: Day,
    /// No longer, from this day on.
    pub ended_on: Option<Day>,
    /// Who wrote it down.
    pub recorded_by: String,
}

/// Where a family's days take place never reaches a log line.
impl std::fmt::Debug for LivedPlaceView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LivedPlaceView({}, {:?})", self.id, self.kind)
    }
}

/// Keeps a place.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: LivedPlaceId, case: CaseId, new: &NewLivedPlace) -> Result<(), StoreError> {
    let params: [Value; 14] = [
        id.into(),
        case.into(),
        new.person.into(),
        new.kind.code().into(),
        new.name.as_str().into(),
        new.place.as_ref().map(Line::as_str).into(),
        new.point.as_ref().map(Line::as_str).into(),
        new.way.code().into(),
        new.company.code().into(),
        new.by_whom.as_ref().map(Line::as_str).into(),
        new.minutes.into(),
        new.told_on.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Ends a place; answers whether it was one of the case's and not ended yet.
///
/// # Errors
/// When the engine fails.
pub fn end(tx: &WriteTx<'_>, id: LivedPlaceId, case: CaseId) -> Result<bool, StoreError> {
    Ok(tx.run(&END, &[id.into(), case.into(), tx.now().day().into()])? == 1)
}

/// The case of a place.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: LivedPlaceId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF, &[id.into()])?.map(|row| row.read("lived_place").id()).transpose()
}

/// The places of a case, as they were told.
///
/// # Errors
/// When the engine fails.
pub fn places(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<LivedPlaceView>, StoreError> {
    let place = |row: Row| {
        let mut row = row.read("lived_place");
        Ok(LivedPlaceView {
            id: row.id()?,
            person: row.id()?,
            person_name: row.text()?,
            kind: row.code(LivedKind::from_code)?,
            name: row.text()?,
            place: row.maybe_text()?,
            point: row.maybe_text()?,
            way: row.code(Way::from_code)?,
            company: row.code(Company::from_code)?,
            by_whom: row.maybe_text()?,
            minutes: row.maybe_int()?,
            told_on: row.day()?,
            ended_on: row.maybe_day()?,
            recorded_by: row.text()?,
        })
    };
    tx.rows(&PLACES, &[case.into()])?.into_iter().map(place).collect()
}

/// Keeps how far somebody may go alone; what was said before no longer holds.
///
/// # Errors
/// When the engine fails.
pub fn say_reach(tx: &WriteTx<'_>, (case, person): (CaseId, PersonId), new: &Mobility) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        case.into(),
        person.into(),
        new.metres.into(),
        new.words.as_ref().map(Line::as_str).into(),
        new.said_on.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&SAY_REACH, &params).map(|_| ())
}

/// How far the people of a case may go alone.
///
/// # Errors
/// When the engine fails.
pub fn reaches(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<(PersonId, Mobility)>, StoreError> {
    let reach = |row: Row| {
        let mut row = row.read("lived_reach");
        let (person, metres, words) = (row.id()?, row.int()?, row.maybe_text()?);
        let words = words.and_then(|words| Line::parse(&words).ok());
        Ok((person, Mobility { metres, words, said_on: row.day()? }))
    };
    tx.rows(&REACHES, &[case.into()])?.into_iter().map(reach).collect()
}
