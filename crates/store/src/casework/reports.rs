// SPDX-License-Identifier: EUPL-1.2
//! Reports on the intake board, and who reported, kept apart.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::{Channel, Danger, NewReport, Reporter, ReporterKind, Route};
use domain::kernel::{CaseId, Line, Moment, PersonName, ReportId, SpaceId, TeamId, UserId, fold, phonetic};

crate::statement! {
    INSERT = "INSERT INTO report (office_id, id, received_at, channel, said, place, danger, family, family_key, family_sound, found,
                                  team_id, space_id, case_id, taken_by, taken_at, stage)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    INSERT_REPORTER = "INSERT INTO reporter (office_id, report_id, kind, name, contact) VALUES ($1, $2, $3, $4, $5)";
    REPORTER = "SELECT kind, name, contact FROM reporter WHERE office_id = $1 AND report_id = $2";
    ONE = "SELECT r.id, r.received_at, r.channel, r.said, r.place, r.danger, r.family, r.found, r.team_id, t.name, CASE WHEN c.sealed_since IS NULL THEN s.name END,
                  r.assigned_reason, r.case_id, c.number, a.name, r.taken_at, r.stage
           FROM report r JOIN team t ON t.office_id = r.office_id AND t.id = r.team_id
           JOIN account a ON a.office_id = r.office_id AND a.id = r.taken_by
           LEFT JOIN social_space s ON s.office_id = r.office_id AND s.id = r.space_id
           LEFT JOIN case_file c ON c.office_id = r.office_id AND c.id = r.case_id
           WHERE r.office_id = $1 AND r.id = $2";
    COUNT = "SELECT COUNT(*) FROM report r WHERE r.office_id = $1 AND r.stage = $2 AND r.team_id {sight}";
    ASSIGN = "UPDATE report SET team_id = $3, space_id = $4, assigned_reason = $5, stage = $6 WHERE office_id = $1 AND id = $2 AND stage = 'unassigned'";
    OPENED = "UPDATE report SET case_id = $3, stage = 'case' WHERE office_id = $1 AND id = $2 AND case_id IS NULL";
    TAKEN_BY = "SELECT id FROM report WHERE office_id = $1 AND id = $2 AND taken_by = $3";
    SPACE_OF = "SELECT space_id FROM report WHERE office_id = $1 AND id = $2";
    SIMILAR = "SELECT c.number, c.family, t.name, c.family_key, c.family_sound
               FROM case_file c JOIN team t ON t.office_id = c.office_id AND t.id = c.team_id
               WHERE c.office_id = $1 AND c.family_sound = $2
               UNION ALL
               SELECT c.number, c.family, t.name, c.family_key, c.family_sound
               FROM case_file c JOIN team t ON t.office_id = c.office_id AND t.id = c.team_id
               WHERE c.office_id = $1 AND c.family_key >= $3 AND c.family_key < $4 AND c.family_sound <> $2
               LIMIT $5";
}

/// Where a report is on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody's space yet: queue "Ohne Zuordnung" of the duty desk.
    Unassigned,
    /// With its team, to be looked at.
    New,
    /// A case was opened.
    Case,
}

impl Stage {
    /// As kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::New => "new",
            Self::Case => "case",
        }
    }
    fn from_code(code: &str) -> Option<Self> {
        [Self::Unassigned, Self::New, Self::Case].into_iter().find(|stage| stage.code() == code)
    }
}

/// A report as shown.
#[derive(Debug, Clone)]
pub struct ReportView {
    /// Id.
    pub id: ReportId,
    /// When it came.
    pub received: Moment,
    /// How it came.
    pub channel: Channel,
    /// Verbatim.
    pub said: String,
    /// Where, as told; empty where it is a protected address.
    pub place: String,
    /// Signs of danger.
    pub danger: Danger,
    /// The family's name, if told.
    pub family: Option<String>,
    /// How the place was found: code of what `locate` answered.
    pub found: String,
    /// The team that owns it.
    pub team: TeamId,
    /// Its name.
    pub team_name: String,
    /// Its space.
    pub space_name: Option<String>,
    /// Why a person assigned it.
    pub assigned_reason: Option<String>,
    /// Its case.
    pub case: Option<CaseId>,
    /// Its number.
    pub case_number: Option<String>,
    /// Who took it in.
    pub taken_by: String,
    /// When it was written down.
    pub taken_at: Moment,
    /// Where it is on the board.
    pub stage: Stage,
}

fn view(row: Row) -> Result<ReportView, StoreError> {
    let mut row = row.read("report");
    Ok(ReportView {
        id: row.id()?,
        received: row.moment()?,
        channel: row.code(Channel::from_code)?,
        said: row.text()?,
        place: row.text()?,
        danger: row.code(Danger::from_code)?,
        family: row.maybe_text()?,
        found: row.text()?,
        team: row.id()?,
        team_name: row.text()?,
        space_name: row.maybe_text()?,
        assigned_reason: row.maybe_text()?,
        case: row.maybe_id()?,
        case_number: row.maybe_text()?,
        taken_by: row.text()?,
        taken_at: row.moment()?,
        stage: row.code(Stage::from_code)?,
    })
}

/// A report with where it goes.
#[derive(Debug, Clone)]
pub struct Routed<'a> {
    /// Id.
    pub id: ReportId,
    /// The report.
    pub report: &'a NewReport,
    /// Where it goes.
    pub route: Route,
    /// How the place was found.
    pub found: &'a str,
    /// The case opened at once.
    pub case: Option<CaseId>,
}

/// Writes a report down.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, new: &Routed<'_>) -> Result<(), StoreError> {
    let report = new.report;
    let family = report.family.as_ref().map(PersonName::as_str);
    let stage = match (new.route.space(), new.case) {
        (None, _) => Stage::Unassigned,
        (_, Some(_)) => Stage::Case,
        _ => Stage::New,
    };
    let params: [Value; 16] = [
        new.id.into(),
        report.received.into(),
        report.channel.code().into(),
        report.said.as_str().into(),
        report.place.as_str().into(),
        report.danger.code().into(),
        family.into(),
        family.map(fold).into(),
        family.map(phonetic).into(),
        new.found.into(),
        new.route.team().into(),
        new.route.space().into(),
        new.case.into(),
        tx.grant().user().into(),
        tx.now().into(),
        stage.code().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Keeps who reported, apart from the report.
///
/// # Errors
/// When the engine fails.
pub fn insert_reporter(tx: &WriteTx<'_>, report: ReportId, reporter: &Reporter) -> Result<(), StoreError> {
    let name = reporter.name.as_ref().map(PersonName::as_str);
    let contact = reporter.contact.as_ref().map(Line::as_str);
    tx.run(&INSERT_REPORTER, &[report.into(), reporter.kind.code().into(), name.into(), contact.into()]).map(|_| ())
}

/// Who reported.
///
/// # Errors
/// When the engine fails.
pub fn reporter(tx: &ReadTx<'_>, report: ReportId) -> Result<Option<Reporter>, StoreError> {
    let Some(row) = tx.one(&REPORTER, &[report.into()])? else { return Ok(None) };
    let mut row = row.read("reporter");
    let kind = row.code(ReporterKind::from_code)?;
    let name = row.maybe_parsed(PersonName::parse)?;
    let contact = row.maybe_parsed(Line::parse)?;
    Ok(Some(Reporter { kind, name, contact }))
}

/// One report.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: ReportId) -> Result<Option<ReportView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Did this person take the report in?
///
/// # Errors
/// When the engine fails.
pub fn taken_by(tx: &ReadTx<'_>, id: ReportId, user: UserId) -> Result<bool, StoreError> {
    Ok(tx.one(&TAKEN_BY, &[id.into(), user.into()])?.is_some())
}

/// The social space of a report, if it has one.
///
/// # Errors
/// When the engine fails.
pub fn space_of(tx: &ReadTx<'_>, id: ReportId) -> Result<Option<SpaceId>, StoreError> {
    tx.one(&SPACE_OF, &[id.into()])?.map_or(Ok(None), |row| row.read("report").maybe_id())
}

/// How many reports of a stage are in sight.
///
/// # Errors
/// When the engine fails.
pub fn count(tx: &ReadTx<'_>, stage: Stage, sight: &RowSight) -> Result<i64, StoreError> {
    match tx.rows_in_sight(&COUNT, &[stage.code().into()], sight)?.into_iter().next() {
        Some(row) => row.read("report").int(),
        None => Ok(0),
    }
}

/// Gives a report of the queue its space; answers whether it was still waiting.
///
/// # Errors
/// When the engine fails.
pub fn assign(tx: &WriteTx<'_>, id: ReportId, route: Route, reason: &str, stage: Stage) -> Result<bool, StoreError> {
    let params = [id.into(), route.team().into(), route.space().into(), reason.into(), stage.code().into()];
    Ok(tx.run(&ASSIGN, &params)? == 1)
}

/// Ties a report to the case opened from it; answers whether it had none yet.
///
/// # Errors
/// When the engine fails.
pub fn opened(tx: &WriteTx<'_>, id: ReportId, case: CaseId) -> Result<bool, StoreError> {
    Ok(tx.run(&OPENED, &[id.into(), case.into()])? == 1)
}

/// A case that may be the same family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Case number.
    pub number: String,
    /// The family's name.
    pub family: String,
    /// The team to ask.
    pub team: String,
}

/// Cases whose family name sounds like this or begins like this.
///
/// # Errors
/// When the engine fails.
pub fn similar(tx: &ReadTx<'_>, family: &str, limit: i64) -> Result<Vec<Similar>, StoreError> {
    let key = fold(family);
    if key.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let params = [phonetic(family).into(), (&key).into(), crate::after_prefix(&key).into(), limit.into()];
    let read = |row: Row| {
        let mut row = row.read("case_file");
        Ok(Similar { number: row.text()?, family: row.text()?, team: row.text()? })
    };
    let mut found = tx.rows(&SIMILAR, &params)?.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
    // Newest first, and alike on both engines: cases of one name have no order of their own.
    found.sort_by(|one, other| other.number.cmp(&one.number));
    Ok(found)
}
