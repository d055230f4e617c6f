// SPDX-License-Identifier: EUPL-1.2
//! What a project says, and what it said before it was changed.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::projects::{ProjectView, insert_costs};
use domain::kernel::{Day, ProjectId};
use domain::network::{Minutes, Revision, Version};

crate::statement! {
    // What stands there is left behind as it is, before it is changed.
    LEAVE = "INSERT INTO project_version (office_id, project_id, number, title, found_in, need, goals, help_link, terms, planned_minutes, left_by, left_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CHANGE = "UPDATE project SET version = $4, title = $5, found_in = $6, need = $7, goals = $8, help_link = $9, terms = $10, planned_minutes = $11
              WHERE office_id = $1 AND id = $2 AND COALESCE(version, 1) = $3";
    FORMER = "SELECT v.number, v.title, v.found_in, v.need, v.goals, v.help_link, v.terms, v.planned_minutes, a.name, v.left_on FROM project_version v
              JOIN account a ON a.office_id = v.office_id AND a.id = v.left_by
              WHERE v.office_id = $1 AND v.project_id = $2 ORDER BY v.number DESC";
}

/// Changes a project and keeps what it said; `false` if somebody else was quicker.
///
/// # Errors
/// When the engine fails.
pub fn change(tx: &WriteTx<'_>, was: &ProjectView, to: Version, new: &Revision) -> Result<bool, StoreError> {
    let id = was.id;
    let left: [Value; 11] = [
        id.into(),
        was.version.number().into(),
        was.title.as_str().into(),
        was.found_in.as_str().into(),
        was.need.as_str().into(),
        was.goals.as_str().into(),
        was.help_link.as_str().into(),
        was.terms.as_str().into(),
        was.hours.map(Minutes::minutes).into(),
        tx.grant().user().into(),
        tx.now().day().into(),
    ];
    tx.run(&LEAVE, &left)?;
    let params: [Value; 10] = [
        id.into(),
        new.of.number().into(),
        to.number().into(),
        new.title.as_str().into(),
        new.found_in.as_str().into(),
        new.need.as_str().into(),
        new.goals.as_str().into(),
        new.help_link.as_str().into(),
        new.terms.as_str().into(),
        new.hours.map(Minutes::minutes).into(),
    ];
    let changed = tx.run(&CHANGE, &params)? == 1;
    insert_costs(tx, id, to, &new.costs)?;
    Ok(changed)
}

/// What a project said before.
#[derive(Debug, Clone)]
pub struct FormerView {
    /// Which version.
    pub version: Version,
    /// What it was called.
    pub title: String,
    /// 1. In which body the need was found.
    pub found_in: String,
    /// 1. The need.
    pub need: String,
    /// 2. Goals.
    pub goals: String,
    /// 3. Connection with help planning.
    pub help_link: String,
    /// 4. Who, on what terms.
    pub terms: String,
    /// 4. With how much time.
    pub hours: Option<Minutes>,
    /// Who changed it.
    pub by: String,
    /// When.
    pub on: Day,
}

/// Former versions of a project, newest first.
///
/// # Errors
/// When the engine fails.
pub fn former(tx: &ReadTx<'_>, project: ProjectId) -> Result<Vec<FormerView>, StoreError> {
    tx.rows(&FORMER, &[project.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("project_version");
            Ok(FormerView {
                version: Version::kept(row.maybe_int()?),
                title: row.text()?,
                found_in: row.text()?,
                need: row.text()?,
                goals: row.text()?,
                help_link: row.text()?,
                terms: row.text()?,
                hours: row.maybe_int()?.map(Minutes::new),
                by: row.text()?,
                on: row.day()?,
            })
        })
        .collect()
}
