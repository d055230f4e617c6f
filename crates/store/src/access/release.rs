// SPDX-License-Identifier: EUPL-1.2
//! Posts that wait for a second person.

use super::NewPost;
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::access::Role;
use domain::kernel::{Moment, ProposalId, RegionId, TeamId, UserId};

crate::statement! {
    INSERT = "INSERT INTO post_proposal (office_id, id, user_id, role, region_id, team_id, proposed_by, proposed_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ONE = "SELECT user_id, role, region_id, team_id, proposed_by, settled FROM post_proposal WHERE office_id = $1 AND id = $2";
    OPEN = "SELECT p.id, u.name, p.role, COALESCE(t.name, r.name, ''), a.name, p.proposed_at, p.proposed_by, p.user_id FROM post_proposal p
            JOIN account u ON u.office_id = p.office_id AND u.id = p.user_id
            JOIN account a ON a.office_id = p.office_id AND a.id = p.proposed_by
            LEFT JOIN team t ON t.office_id = p.office_id AND t.id = p.team_id
            LEFT JOIN region r ON r.office_id = p.office_id AND r.id = p.region_id
            WHERE p.office_id = $1 AND p.settled IS NULL ORDER BY p.id LIMIT 100";
    SETTLE = "UPDATE post_proposal SET settled = $3, settled_by = $4, settled_at = $5 WHERE office_id = $1 AND id = $2 AND settled IS NULL";
}

/// Keeps a post that waits.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: ProposalId, new: &NewPost) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        new.user.into(),
        new.role.code().into(),
        new.region.into(),
        new.team.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A post that waits.
#[derive(Debug, Clone, Copy)]
pub struct Proposal {
    /// For whom.
    pub user: UserId,
    /// What.
    pub role: Role,
    /// In which region.
    pub region: Option<RegionId>,
    /// In which team.
    pub team: Option<TeamId>,
    /// Who proposed it.
    pub by: UserId,
    /// It was settled.
    pub settled: bool,
}

/// One proposal.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("post_proposal");
    Ok(Some(Proposal {
        user: row.id()?,
        role: row.code(Role::from_code)?,
        region: row.maybe_id()?,
        team: row.maybe_id()?,
        by: row.id()?,
        settled: row.maybe_text()?.is_some(),
    }))
}

/// A waiting post as shown.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Id.
    pub id: ProposalId,
    /// For whom.
    pub name: String,
    /// What.
    pub role: Role,
    /// Where.
    pub place: String,
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// The one who proposed and the one who is to hold it: they cannot release.
    pub bound: [UserId; 2],
}

/// Posts that wait, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn open(tx: &ReadTx<'_>) -> Result<Vec<Waiting>, StoreError> {
    tx.rows(&OPEN, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("post_proposal");
            Ok(Waiting {
                id: row.id()?,
                name: row.text()?,
                role: row.code(Role::from_code)?,
                place: row.text()?,
                by: row.text()?,
                at: row.moment()?,
                bound: [row.id()?, row.id()?],
            })
        })
        .collect()
}

/// Settles a proposal; answers whether it waited.
///
/// # Errors
/// When the engine fails.
pub fn settle(tx: &WriteTx<'_>, id: ProposalId, released: bool) -> Result<bool, StoreError> {
    let how = if released { "released" } else { "declined" };
    let params = [id.into(), how.into(), tx.grant().user().into(), tx.now().into()];
    Ok(tx.run(&SETTLE, &params)? == 1)
}
