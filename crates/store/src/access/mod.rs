// SPDX-License-Identifier: EUPL-1.2
//! Offices, accounts, posts, sessions, drafts.

pub mod drafts;
pub mod release;
pub mod rules;

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::access::{Actor, Controller, Email, Place, Post, Role};
use domain::kernel::{AgencyId, Day, Line, Moment, PostId, RegionId, TeamId, UserId};
use uuid::Uuid;

crate::statement! {
    OFFICE = "SELECT name FROM office WHERE office_id = $1";
    FOUND_OFFICE = "INSERT INTO office (office_id, name, founded_at, case_year, case_count) VALUES ($1, $2, $3, 0, 0)";
    ACCOUNT = "SELECT id, name, agency_id, password_hash FROM account WHERE office_id = $1 AND email = $2";
    DEMO_ACCOUNTS = "SELECT a.id, a.name, a.demo_key, COALESCE(g.name, ''),
                       COALESCE((SELECT MIN(p.role) FROM post p WHERE p.office_id = a.office_id AND p.user_id = a.id), ''),
                       COALESCE((SELECT MIN(t.name) FROM post p JOIN team t ON t.office_id = p.office_id AND t.id = p.team_id
                                 WHERE p.office_id = a.office_id AND p.user_id = a.id), '')
                     FROM account a LEFT JOIN agency g ON g.office_id = a.office_id AND g.id = a.agency_id
                     WHERE a.office_id = $1 AND a.demo_key IS NOT NULL ORDER BY a.demo_key";
    INSERT_ACCOUNT = "INSERT INTO account (office_id, id, name, email, agency_id, password_hash, demo_key)
                      VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_POST = "INSERT INTO post (office_id, id, user_id, role, region_id, team_id, valid_from, valid_until)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    END_POST = "UPDATE post SET valid_until = $3 WHERE office_id = $1 AND id = $2 AND valid_until IS NULL";
    PEOPLE = "SELECT a.id, a.name, a.email, COALESCE(g.name, ''), p.id, p.role, COALESCE(t.name, r.name, ''), p.valid_from, p.valid_until
              FROM account a
              LEFT JOIN agency g ON g.office_id = a.office_id AND g.id = a.agency_id
              LEFT JOIN post p ON p.office_id = a.office_id AND p.user_id = a.id
              LEFT JOIN team t ON t.office_id = p.office_id AND t.id = p.team_id
              LEFT JOIN region r ON r.office_id = p.office_id AND r.id = p.region_id
              WHERE a.office_id = $1 AND a.name >= $2 ORDER BY a.name, a.id, p.valid_from LIMIT $3";
    POSTS = "SELECT p.role, p.team_id, t.region_id, p.region_id
             FROM post p LEFT JOIN team t ON t.office_id = p.office_id AND t.id = p.team_id
             WHERE p.office_id = $1 AND p.user_id = $2 AND p.valid_from <= $3 AND (p.valid_until IS NULL OR p.valid_until >= $3)";
    TEAMS_OF_REGION = "SELECT id FROM team WHERE office_id = $1 AND region_id = $2";
    SESSION = "SELECT s.user_id, a.name, a.agency_id, COALESCE(s.seen_at, s.started_at) FROM session s
               JOIN account a ON a.office_id = s.office_id AND a.id = s.user_id
               WHERE s.office_id = $1 AND s.token_hash = $2 AND s.ends_at > $3 AND COALESCE(s.seen_at, s.started_at) > $4";
    PERSON = "SELECT name, agency_id FROM account WHERE office_id = $1 AND id = $2";
    START_SESSION = "INSERT INTO session (office_id, token_hash, id, user_id, started_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)";
    SEE_SESSION = "UPDATE session SET seen_at = $3 WHERE office_id = $1 AND token_hash = $2";
    /// Ends one session.
    pub END_SESSION = "DELETE FROM session WHERE office_id = $1 AND token_hash = $2";
    COLLEAGUES = "SELECT DISTINCT a.id, a.name FROM post p JOIN account a ON a.office_id = p.office_id AND a.id = p.user_id
                  WHERE p.office_id = $1 AND p.team_id = $2 AND p.role IN ('case-worker', 'team-lead')
                    AND p.valid_from <= $3 AND (p.valid_until IS NULL OR p.valid_until >= $3) ORDER BY a.name";
}

/// The office's name.
///
/// # Errors
/// When the engine fails.
pub fn office_name(tx: &ReadTx<'_>) -> Result<Option<String>, StoreError> {
    tx.one(&OFFICE, &[])?.map(|row| row.read("office").text()).transpose()
}

/// Founds the office of this database.
///
/// # Errors
/// When the engine fails.
pub fn found_office(tx: &WriteTx<'_>, name: &Line) -> Result<(), StoreError> {
    tx.run(&FOUND_OFFICE, &[name.as_str().into(), tx.now().into()]).map(|_| ())
}

/// An account on its way to a session.
#[derive(Debug, Clone)]
pub struct Account {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Whose staff.
    pub controller: Controller,
    /// argon2id, if there is a password.
    pub password_hash: Option<String>,
}

fn controller(agency: Option<AgencyId>) -> Controller {
    agency.map_or(Controller::Office, Controller::Agency)
}

/// The account of a mail address.
///
/// # Errors
/// When the engine fails.
pub fn account(tx: &ReadTx<'_>, email: &Email) -> Result<Option<Account>, StoreError> {
    let Some(row) = tx.one(&ACCOUNT, &[email.as_str().into()])? else { return Ok(None) };
    let mut row = row.read("account");
    Ok(Some(Account {
        id: row.id()?,
        name: row.text()?,
        controller: controller(row.maybe_id()?),
        password_hash: row.maybe_text()?,
    }))
}

/// An account for the demo's one-click sign-in.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Key of its button.
    pub key: String,
    /// Its agency, or empty.
    pub agency: String,
    /// One of its roles.
    pub role: String,
    /// One of its teams, or empty.
    pub team: String,
}

/// The accounts with a demo button.
///
/// # Errors
/// When the engine fails.
pub fn demo_accounts(tx: &ReadTx<'_>) -> Result<Vec<DemoAccount>, StoreError> {
    tx.rows(&DEMO_ACCOUNTS, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("account");
            Ok(DemoAccount {
                id: row.id()?,
                name: row.text()?,
                key: row.text()?,
                agency: row.text()?,
                role: row.text()?,
                team: row.text()?,
            })
        })
        .collect()
}

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: Line,
    /// Mail address to sign in with.
    pub email: Email,
    /// Agency, unless of the office.
    pub agency: Option<AgencyId>,
    /// argon2id.
    pub password_hash: Option<String>,
    /// Button in demo mode.
    pub demo_key: Option<String>,
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Duplicate`] when the address is taken.
pub fn insert_account(tx: &WriteTx<'_>, new: &NewAccount) -> Result<(), StoreError> {
    let params: [Value; 6] = [
        new.id.into(),
        new.name.as_str().into(),
        new.email.as_str().into(),
        new.agency.into(),
        new.password_hash.clone().into(),
        new.demo_key.clone().into(),
    ];
    tx.run(&INSERT_ACCOUNT, &params).map(|_| ())
}

/// A new post.
#[derive(Debug, Clone, Copy)]
pub struct NewPost {
    /// Id.
    pub id: PostId,
    /// Whose.
    pub user: UserId,
    /// What.
    pub role: Role,
    /// In a region.
    pub region: Option<RegionId>,
    /// In a team.
    pub team: Option<TeamId>,
    /// From.
    pub from: Day,
}

/// Gives a post.
///
/// # Errors
/// When the engine fails.
pub fn insert_post(tx: &WriteTx<'_>, new: &NewPost) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        new.id.into(),
        new.user.into(),
        new.role.code().into(),
        new.region.into(),
        new.team.into(),
        new.from.into(),
        Value::Null,
    ];
    tx.run(&INSERT_POST, &params).map(|_| ())
}

/// Ends a post; answers whether it was still running.
///
/// # Errors
/// When the engine fails.
pub fn end_post(tx: &WriteTx<'_>, post: PostId, until: Day) -> Result<bool, StoreError> {
    Ok(tx.run(&END_POST, &[post.into(), until.into()])? == 1)
}

/// One line of the list of people: an account with one of its posts.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// Account.
    pub user: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Agency, or empty.
    pub agency: String,
    /// The post, if there is one: id, role code, place, from, until.
    pub post: Option<(PostId, String, String, String, Option<String>)>,
}

/// Accounts with their posts, by name, from `from_name` on.
///
/// # Errors
/// When the engine fails.
pub fn people(tx: &ReadTx<'_>, from_name: &str, limit: i64) -> Result<Vec<PersonLine>, StoreError> {
    tx.rows(&PEOPLE, &[from_name.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("account");
            let (user, name, email, agency) = (row.id()?, row.text()?, row.text()?, row.text()?);
            let post: Option<PostId> = row.maybe_id()?;
            let role = row.maybe_text()?.unwrap_or_default();
            let place = row.text()?;
            let from = row.maybe_text()?.unwrap_or_default();
            let until = row.maybe_text()?;
            Ok(PersonLine { user, name, email, agency, post: post.map(|id| (id, role, place, from, until)) })
        })
        .collect()
}

fn posts(tx: &ReadTx<'_>, user: UserId, controller: Controller, today: Day) -> Result<Vec<Post>, StoreError> {
    let mut posts = Vec::new();
    for row in tx.rows(&POSTS, &[user.into(), today.into()])? {
        let mut row = row.read("post");
        let role = row.code(Role::from_code)?;
        let team: Option<TeamId> = row.maybe_id()?;
        let team_region: Option<RegionId> = row.maybe_id()?;
        let region: Option<RegionId> = row.maybe_id()?;
        let place = match (team, team_region, region, controller) {
            (Some(team), Some(region), _, _) => Place::Team(team, region),
            (_, _, Some(region), _) => Place::Region(region, teams_of_region(tx, region)?),
            (_, _, _, Controller::Agency(agency)) => Place::Agency(agency),
            _ => Place::Office,
        };
        posts.push(Post { role, place });
    }
    Ok(posts)
}

fn teams_of_region(tx: &ReadTx<'_>, region: RegionId) -> Result<Vec<TeamId>, StoreError> {
    tx.rows(&TEAMS_OF_REGION, &[region.into()])?.into_iter().map(|row| row.read("team").id()).collect()
}

/// A person at work: name and rights of today.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Rights.
    pub actor: Actor,
    /// Name.
    pub name: String,
}

/// Who a session token belongs to that was used after `idle_since`, with the posts in force today and when it was
/// used last; nothing of it is ever cached.
///
/// # Errors
/// When the engine fails.
pub fn session(
    tx: &ReadTx<'_>,
    token_hash: &str,
    now: Moment,
    idle_since: Moment,
) -> Result<Option<(Signed, Moment)>, StoreError> {
    let Some(row) = tx.one(&SESSION, &[token_hash.into(), now.into(), idle_since.into()])? else { return Ok(None) };
    let mut row = row.read("session");
    let (user, name, controller) = (row.id()?, row.text()?, controller(row.maybe_id()?));
    let seen = row.moment()?;
    let posts = posts(tx, user, controller, now.day())?;
    Ok(Some((Signed { actor: Actor { user, controller, posts }, name }, seen)))
}

/// Notes that a session is in use.
///
/// # Errors
/// When the engine fails.
pub fn see_session(tx: &WriteTx<'_>, token_hash: &str) -> Result<(), StoreError> {
    tx.run(&SEE_SESSION, &[token_hash.into(), tx.now().into()]).map(|_| ())
}

/// An account's person with the rights of a day.
///
/// # Errors
/// When the engine fails.
pub fn actor(tx: &ReadTx<'_>, user: UserId, today: Day) -> Result<Option<Signed>, StoreError> {
    let Some(row) = tx.one(&PERSON, &[user.into()])? else { return Ok(None) };
    let mut row = row.read("account");
    let (name, controller) = (row.text()?, controller(row.maybe_id()?));
    let posts = posts(tx, user, controller, today)?;
    Ok(Some(Signed { actor: Actor { user, controller, posts }, name }))
}

/// Starts a session.
///
/// # Errors
/// When the engine fails.
pub fn start_session(tx: &WriteTx<'_>, token_hash: &str, id: Uuid, ends: Moment) -> Result<(), StoreError> {
    let user = tx.grant().user();
    let params: [Value; 5] = [token_hash.into(), id.into(), user.into(), tx.now().into(), ends.into()];
    tx.run(&START_SESSION, &params).map(|_| ())
}

/// Ends a session.
///
/// # Errors
/// When the engine fails.
pub fn end_session(tx: &WriteTx<'_>, token_hash: &str) -> Result<(), StoreError> {
    tx.run(&END_SESSION, &[token_hash.into()]).map(|_| ())
}

/// The ASD staff of a team today, by name.
///
/// # Errors
/// When the engine fails.
pub fn colleagues(tx: &ReadTx<'_>, team: TeamId, today: Day) -> Result<Vec<(UserId, String)>, StoreError> {
    tx.rows(&COLLEAGUES, &[team.into(), today.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("account");
            Ok((row.id()?, row.text()?))
        })
        .collect()
}
