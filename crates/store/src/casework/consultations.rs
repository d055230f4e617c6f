// SPDX-License-Identifier: EUPL-1.2
//! Cases on a team's agenda, ideas, minutes. What a team member reads is the pseudonymised sheet alone.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::{AgendaItem, IdeaKind, NewIdea, Question};
use domain::kernel::{AgencyId, AgendaItemId, CaseId, Day, IdeaId, TeamId};

crate::statement! {
    INSERT = "INSERT INTO agenda_item (office_id, id, case_id, team_id, label, question, sheet, meets_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ONE = "SELECT i.id, i.case_id, i.team_id, t.name, i.label, i.question, i.sheet, i.meets_on, i.held_on, i.minutes
           FROM agenda_item i JOIN team t ON t.office_id = i.office_id AND t.id = i.team_id
           WHERE i.office_id = $1 AND i.id = $2";
    OF_CASE = "SELECT i.id, i.case_id, i.team_id, t.name, i.label, i.question, i.sheet, i.meets_on, i.held_on, i.minutes
               FROM agenda_item i JOIN team t ON t.office_id = i.office_id AND t.id = i.team_id
               WHERE i.office_id = $1 AND i.case_id = $2 ORDER BY i.meets_on DESC, i.id DESC LIMIT 20";
    // Two arms: what is open and what was held lately are each a stretch of an index, however long the history is.
    AGENDA = "SELECT i.id, i.case_id, i.team_id, t.name, i.label, i.question, i.sheet, i.meets_on, i.held_on, i.minutes
              FROM agenda_item i JOIN team t ON t.office_id = i.office_id AND t.id = i.team_id
              WHERE i.office_id = $1 AND i.id IN (
                SELECT id FROM agenda_item WHERE office_id = $1 AND held_on IS NULL AND team_id {sight}
                UNION ALL SELECT id FROM agenda_item WHERE office_id = $1 AND held_on >= $2 AND team_id {sight})
              ORDER BY i.meets_on, i.id LIMIT $3";
    AGENDA_SENT = "SELECT i.id, i.case_id, i.team_id, t.name, i.label, i.question, i.sheet, i.meets_on, i.held_on, i.minutes
              FROM agenda_item i JOIN team t ON t.office_id = i.office_id AND t.id = i.team_id
              WHERE i.office_id = $1 AND i.id IN (
                SELECT id FROM agenda_item WHERE office_id = $1 AND held_on IS NULL AND team_id {sight}
                UNION ALL SELECT id FROM agenda_item WHERE office_id = $1 AND held_on >= $2 AND team_id {sight})
              AND EXISTS (SELECT 1 FROM transmission x WHERE x.office_id = i.office_id AND x.object_id = i.id AND x.agency_id = $4)
              ORDER BY i.meets_on, i.id LIMIT $3";
    OF_DAY = "SELECT i.id, i.case_id, i.team_id, t.name, i.label, i.question, i.sheet, i.meets_on, i.held_on, i.minutes
              FROM agenda_item i JOIN team t ON t.office_id = i.office_id AND t.id = i.team_id
              WHERE i.office_id = $1 AND i.team_id = $2 AND i.meets_on = $3 ORDER BY i.id LIMIT 60";
    IDEAS_OF_DAY = "SELECT d.item_id, d.id, d.kind, d.words, COALESCE(g.name, o.name) FROM idea d
             JOIN account a ON a.office_id = d.office_id AND a.id = d.said_by
             JOIN office o ON o.office_id = d.office_id
             LEFT JOIN agency g ON g.office_id = a.office_id AND g.id = a.agency_id
             WHERE d.office_id = $1 AND d.item_id IN
                   (SELECT i.id FROM agenda_item i WHERE i.office_id = $1 AND i.team_id = $2 AND i.meets_on = $3)
             ORDER BY d.item_id, d.id";
    SENT_OF_DAY = "SELECT i.id FROM agenda_item i WHERE i.office_id = $1 AND i.team_id = $2 AND i.meets_on = $3
              AND EXISTS (SELECT 1 FROM transmission x WHERE x.office_id = i.office_id AND x.object_id = i.id AND x.agency_id = $4)
              ORDER BY i.id";
    // Touching the team first makes two who put cases on its agenda at once wait for each other, on both engines.
    LOCK_TEAM = "UPDATE team SET name = name WHERE office_id = $1 AND id = $2";
    LAST_LABEL = "SELECT COUNT(*) FROM agenda_item WHERE office_id = $1 AND team_id = $2 AND meets_on = $3";
    HOLD = "UPDATE agenda_item SET held_on = $3, minutes = $4 WHERE office_id = $1 AND id = $2 AND held_on IS NULL";
    INSERT_IDEA = "INSERT INTO idea (office_id, id, item_id, kind, words, said_by) VALUES ($1, $2, $3, $4, $5, $6)";
    IDEAS = "SELECT d.id, d.kind, d.words, COALESCE(g.name, o.name) FROM idea d
             JOIN account a ON a.office_id = d.office_id AND a.id = d.said_by
             JOIN office o ON o.office_id = d.office_id
             LEFT JOIN agency g ON g.office_id = a.office_id AND g.id = a.agency_id
             WHERE d.office_id = $1 AND d.item_id = $2 ORDER BY d.id";
}

/// An agenda item as shown.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// Id.
    pub id: AgendaItemId,
    /// The case behind it; never shown to people of another controller.
    pub case: CaseId,
    /// Team.
    pub team: TeamId,
    /// Its name.
    pub team_name: String,
    /// `Beratungsfall 3`.
    pub label: String,
    /// The question.
    pub question: String,
    /// The pseudonymised sheet.
    pub sheet: String,
    /// When the team meets.
    pub meets_on: Day,
    /// When it was held.
    pub held_on: Option<Day>,
    /// What was minuted.
    pub minutes: Option<String>,
}

impl ItemView {
    /// As the domain sees it.
    #[must_use]
    pub fn state(&self) -> AgendaItem {
        self.held_on.map_or(AgendaItem::Open { meets_on: self.meets_on }, |on| AgendaItem::Held { on })
    }
}

fn view(row: Row) -> Result<ItemView, StoreError> {
    let mut row = row.read("agenda_item");
    Ok(ItemView {
        id: row.id()?,
        case: row.id()?,
        team: row.id()?,
        team_name: row.text()?,
        label: row.text()?,
        question: row.text()?,
        sheet: row.text()?,
        meets_on: row.day()?,
        held_on: row.maybe_day()?,
        minutes: row.maybe_text()?,
    })
}

/// Puts a case on a team's agenda under a label without names.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: AgendaItemId,
    case: CaseId,
    team: TeamId,
    new: &Question,
) -> Result<String, StoreError> {
    tx.run(&LOCK_TEAM, &[team.into()])?;
    let count =
        tx.one(&LAST_LABEL, &[team.into(), new.meets_on.into()])?.map_or(Ok(0), |row| row.read("agenda_item").int())?;
    let label = format!("Beratungsfall {}", count + 1);
    let params: [Value; 7] = [
        id.into(),
        case.into(),
        team.into(),
        (&label).into(),
        new.question.as_str().into(),
        new.sheet.as_str().into(),
        new.meets_on.into(),
    ];
    tx.run(&INSERT, &params)?;
    Ok(label)
}

/// One item.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: AgendaItemId) -> Result<Option<ItemView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// The items of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ItemView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(view).collect()
}

/// A team's items of one day, as they came.
///
/// # Errors
/// When the engine fails.
pub fn of_day(tx: &ReadTx<'_>, team: TeamId, on: Day) -> Result<Vec<ItemView>, StoreError> {
    tx.rows(&OF_DAY, &[team.into(), on.into()])?.into_iter().map(view).collect()
}

/// Those of a team's items of one day that were sent to an agency.
///
/// # Errors
/// When the engine fails.
pub fn sent_of_day(tx: &ReadTx<'_>, team: TeamId, on: Day, agency: AgencyId) -> Result<Vec<AgendaItemId>, StoreError> {
    let rows = tx.rows(&SENT_OF_DAY, &[team.into(), on.into(), agency.into()])?;
    rows.into_iter().map(|row| row.read("agenda_item").id()).collect()
}

/// The ideas to a team's items of one day, in the order they came.
///
/// # Errors
/// When the engine fails.
pub fn ideas_of_day(tx: &ReadTx<'_>, team: TeamId, on: Day) -> Result<Vec<(AgendaItemId, IdeaView)>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("idea");
        let item = row.id()?;
        let (id, kind) = (row.id()?, row.code(IdeaKind::from_code)?);
        Ok((item, IdeaView { id, kind, words: row.text()?, by: row.text()? }))
    };
    tx.rows(&IDEAS_OF_DAY, &[team.into(), on.into()])?.into_iter().map(read).collect()
}

/// Open items in sight and those held since a day.
///
/// # Errors
/// When the engine fails.
pub fn agenda(tx: &ReadTx<'_>, sight: &RowSight, held_since: Day, limit: i64) -> Result<Vec<ItemView>, StoreError> {
    tx.rows_in_sight(&AGENDA, &[held_since.into(), limit.into()], sight)?.into_iter().map(view).collect()
}

/// The same, of what was sent to an agency.
///
/// # Errors
/// When the engine fails.
pub fn agenda_sent_to(
    tx: &ReadTx<'_>,
    sight: &RowSight,
    agency: AgencyId,
    page: (Day, i64),
) -> Result<Vec<ItemView>, StoreError> {
    let params = [page.0.into(), page.1.into(), agency.into()];
    tx.rows_in_sight(&AGENDA_SENT, &params, sight)?.into_iter().map(view).collect()
}

/// Closes an item; answers whether it was open.
///
/// # Errors
/// When the engine fails.
pub fn hold(tx: &WriteTx<'_>, id: AgendaItemId, on: Day, minutes: &str) -> Result<bool, StoreError> {
    Ok(tx.run(&HOLD, &[id.into(), on.into(), minutes.into()])? == 1)
}

/// Notes an idea or dissent.
///
/// # Errors
/// When the engine fails.
pub fn insert_idea(tx: &WriteTx<'_>, id: IdeaId, item: AgendaItemId, new: &NewIdea) -> Result<(), StoreError> {
    let params = [id.into(), item.into(), new.kind.code().into(), new.words.as_str().into(), tx.grant().user().into()];
    tx.run(&INSERT_IDEA, &params).map(|_| ())
}

/// An idea as shown: by organisation, not by person.
#[derive(Debug, Clone)]
pub struct IdeaView {
    /// Id.
    pub id: IdeaId,
    /// Kind.
    pub kind: IdeaKind,
    /// In short.
    pub words: String,
    /// The organisation it came from.
    pub by: String,
}

/// The ideas of an item, in the order they came.
///
/// # Errors
/// When the engine fails.
pub fn ideas(tx: &ReadTx<'_>, item: AgendaItemId) -> Result<Vec<IdeaView>, StoreError> {
    tx.rows(&IDEAS, &[item.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("idea");
            Ok(IdeaView { id: row.id()?, kind: row.code(IdeaKind::from_code)?, words: row.text()?, by: row.text()? })
        })
        .collect()
}
