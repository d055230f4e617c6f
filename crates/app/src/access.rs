// SPDX-License-Identifier: EUPL-1.2
//! Signing in and out, people and their posts, drafts.

use crate::core::{App, Failure, Key, found, in_office};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use domain::access::{Action, Actor, Email, Password, Role, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{AgencyId, DraftId, Line, Moment, PostId, Refusal, RegionId, Rule, TeamId, UserId};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use store::StoreError;
use store::access::{self, NewAccount, NewPost};
use tokio::sync::Semaphore;
use uuid::Uuid;

pub use store::access::{DemoAccount, PersonLine, Signed};

/// Wrong address or password; which of them is never told.
pub const SIGN_IN_WRONG: Rule = Rule::new("sign_in.wrong", "Art. 32 DSGVO");
/// Too many wrong passwords in a quarter of an hour.
pub const SIGN_IN_TOO_MANY: Rule = Rule::new("sign_in.too_many", "BSI: höchstens 10 Fehlversuche");
/// No post in force today.
pub const SIGN_IN_NO_POST: Rule = Rule::new("sign_in.no_post", "§ 35(1) SGB I");
/// The address is taken.
pub const EMAIL_TAKEN: Rule = Rule::new("account.email_taken", "Eindeutigkeit");
/// The post does not fit the person's house or lacks its place.
pub const POST_MISPLACED: Rule = Rule::new("post.misplaced", "§ 35(1) SGB I, § 67(4) SGB X");
/// The text is longer than a draft can be.
pub const DRAFT_TOO_LONG: Rule = Rule::new("draft.too_long", "Feldlänge");

/// A session ends after so many hours, whatever happens.
const SESSION_HOURS: i64 = 12;
const MOST_FAILURES: i64 = 10;
const FAILURE_MINUTES: i64 = 15;
/// Each hash takes 19 MiB for a moment; more at once would be a way to fill the machine.
static HASHING: Semaphore = Semaphore::const_new(4);

/// What the browser keeps; the store knows only its digest.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// From a cookie or header.
    #[must_use]
    pub fn from_client(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// For the cookie.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    fn fresh() -> Self {
        let mut chance = [0_u8; 32];
        if getrandom::fill(&mut chance).is_err() {
            std::process::abort();
        }
        Self(hex(&chance))
    }

    fn digest(&self) -> String {
        hex(&Sha256::digest(&self.0))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn own(actor: &Actor) -> Result<domain::access::Grant, Failure> {
    Ok(permit(actor, Action::KeepOwn, Standing::Person(actor.user))?)
}

/// Who holds a token.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn signed_in(app: &App, token: &Token) -> Result<Option<Signed>, Failure> {
    let (digest, now) = (token.digest(), app.now());
    app.read(move |tx| Ok(access::session(tx, &digest, now)?)).await
}

/// The office's name.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn office_name(app: &App) -> Result<String, Failure> {
    app.read(|tx| Ok(access::office_name(tx)?.unwrap_or_default())).await
}

/// Signs in with a password.
///
/// # Errors
/// [`SIGN_IN_WRONG`], [`SIGN_IN_TOO_MANY`], [`SIGN_IN_NO_POST`].
pub async fn sign_in(app: &App, email: Email, password: String) -> Result<Token, Failure> {
    let since = app.now().plus_minutes(-FAILURE_MINUTES);
    let asked = email.clone();
    let (account, failures) =
        app.read(move |tx| Ok((access::account(tx, &asked)?, access::failures(tx, &asked, since)?))).await?;
    if failures >= MOST_FAILURES {
        return Err(SIGN_IN_TOO_MANY.broken().into());
    }
    // Unknown addresses cost the same work, so that the answer's time tells nothing.
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = verify(hash, password).await?;
    let account = account.ok_or(Failure::from(SIGN_IN_WRONG.broken()))?;
    if !right {
        note_failure(app, account.id, email).await?;
        return Err(SIGN_IN_WRONG.broken().into());
    }
    start(app, account.id).await
}

async fn note_failure(app: &App, user: UserId, email: Email) -> Result<(), Failure> {
    let (today, id) = (app.today(), app.fresh::<Uuid>());
    let Some(signed) = app.read(move |tx| Ok(access::actor(tx, user, today)?)).await? else { return Ok(()) };
    let Ok(grant) = own(&signed.actor) else { return Ok(()) };
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        access::note_failure(&tx, id, &email)?;
        Ok(tx.commit_own(id)?)
    };
    app.change(&signed.actor, None, write).await.map(|_| ())
}

/// Signs in as one of the demo's people; only for accounts that were made for it.
///
/// # Errors
/// Hidden, when there is no such demo account.
pub async fn sign_in_demo(app: &App, key: &str) -> Result<Token, Failure> {
    let people = demo_people(app).await?;
    let account = found(people.into_iter().find(|account| account.key == key))?;
    start(app, account.id).await
}

/// The accounts with a demo button.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn demo_people(app: &App) -> Result<Vec<DemoAccount>, Failure> {
    app.read(|tx| Ok(access::demo_accounts(tx)?)).await
}

async fn start(app: &App, user: UserId) -> Result<Token, Failure> {
    let today = app.today();
    let signed = found(app.read(move |tx| Ok(access::actor(tx, user, today)?)).await?)?;
    let grant = own(&signed.actor).or(Err(Failure::from(SIGN_IN_NO_POST.broken())))?;
    let (token, id) = (Token::fresh(), app.fresh::<Uuid>());
    let (digest, ends) = (token.digest(), app.now().plus_minutes(SESSION_HOURS * 60));
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        access::start_session(&tx, &digest, id, ends)?;
        Ok(tx.commit(Deed::new(DeedKind::SignedIn, user), id)?)
    };
    app.change(&signed.actor, None, write).await?;
    Ok(token)
}

/// Signs out.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn sign_out(app: &App, actor: &Actor, token: &Token) -> Result<(), Failure> {
    let (grant, digest, user) = (own(actor)?, token.digest(), actor.user);
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        access::end_session(&tx, &digest)?;
        Ok(tx.commit(Deed::new(DeedKind::SignedOut, user), user)?)
    };
    app.change(actor, None, write).await.map(|_| ())
}

async fn verify(hash: Option<String>, password: String) -> Result<bool, Failure> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let _place = HASHING.acquire().await.map_err(broken)?;
    let task = tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.get_or_init(|| hash_now("niemand").unwrap_or_default()).clone());
        let right = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    });
    task.await.map_err(broken)
}

fn hash_now(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

async fn hash(password: Password) -> Result<String, Failure> {
    let _place = HASHING.acquire().await.map_err(broken)?;
    let hashed = tokio::task::spawn_blocking(move || hash_now(password.expose())).await.map_err(broken)?;
    hashed.ok_or_else(|| broken("password hash"))
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Broken(StoreError::Engine(error.to_string()))
}

/// A person to be given an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Name.
    pub name: Line,
    /// Address to sign in with.
    pub email: Email,
    /// Agency, unless of the office.
    pub agency: Option<AgencyId>,
    /// First password, if any.
    pub password: Option<Password>,
    /// Button in demo mode.
    pub demo_key: Option<String>,
}

/// Adds an account.
///
/// # Errors
/// [`EMAIL_TAKEN`], [`Failure::Denied`].
pub async fn add_person(app: &App, actor: &Actor, key: Option<Key>, new: NewPerson) -> Result<UserId, Failure> {
    let grant = in_office(actor, Action::ManagePeople)?;
    let password_hash = match new.password {
        Some(password) => Some(hash(password).await?),
        None => None,
    };
    let account = NewAccount {
        id: app.fresh(),
        name: new.name,
        email: new.email,
        agency: new.agency,
        password_hash,
        demo_key: new.demo_key,
    };
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        access::insert_account(&tx, &account).map_err(|error| taken(error, EMAIL_TAKEN.broken_at("email")))?;
        Ok(tx.commit(Deed::new(DeedKind::AccountAdded, account.id), account.id)?)
    };
    app.change(actor, key, write).await
}

/// A uniqueness rule of the schema, said as a rule of the trade.
pub(crate) fn taken(error: StoreError, refusal: Refusal) -> Failure {
    match error {
        StoreError::Duplicate(_) => refusal.into(),
        other => other.into(),
    }
}

/// Where a post is to be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostPlace {
    /// The whole house of the person: the office, or the agency.
    House,
    /// A region.
    Region(RegionId),
    /// A team.
    Team(TeamId),
}

/// Gives a person a post from today on.
///
/// # Errors
/// [`POST_MISPLACED`], [`Failure::Denied`].
pub async fn give_post(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    user: UserId,
    post: (Role, PostPlace),
) -> Result<PostId, Failure> {
    let grant = in_office(actor, Action::ManagePeople)?;
    let (role, place) = post;
    let (region, team) = match place {
        PostPlace::House => (None, None),
        PostPlace::Region(region) => (Some(region), None),
        PostPlace::Team(team) => (None, Some(team)),
    };
    let new = NewPost { id: app.fresh(), user, role, region, team, from: app.today() };
    let write = move |tx: store::ReadTx<'_>| {
        let person = found(access::actor(&tx, user, new.from)?)?;
        if !fits(role, place, person.actor.controller) {
            return Err(POST_MISPLACED.broken_at("role").into());
        }
        let tx = tx.allow(grant);
        access::insert_post(&tx, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::PostGiven, new.id), new.id)?)
    };
    app.change(actor, key, write).await
}

/// Posts of the office are for its staff, posts of agencies for theirs; work in the ASD has a place.
fn fits(role: Role, place: PostPlace, controller: domain::access::Controller) -> bool {
    let same_house = role.of_office() == (controller == domain::access::Controller::Office);
    let placed = match role {
        Role::CaseWorker | Role::TeamMember => matches!(place, PostPlace::Team(_)),
        Role::TeamLead | Role::Coordinator => !matches!(place, PostPlace::House),
        _ => matches!(place, PostPlace::House),
    };
    same_house && placed
}

/// Ends a post yesterday, so that it is gone at the very next request.
///
/// # Errors
/// Hidden, when it is not running.
pub async fn end_post(app: &App, actor: &Actor, key: Option<Key>, post: PostId) -> Result<PostId, Failure> {
    let grant = in_office(actor, Action::ManagePeople)?;
    let until = app.today().plus_days(-1);
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        found(access::end_post(&tx, post, until)?.then_some(()))?;
        Ok(tx.commit(Deed::new(DeedKind::PostEnded, post), post)?)
    };
    app.change(actor, key, write).await
}

/// People and their posts, by name from `from_name` on.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn people(app: &App, actor: &Actor, from_name: String) -> Result<Vec<PersonLine>, Failure> {
    in_office(actor, Action::ManagePeople)?;
    app.read(move |tx| Ok(access::people(tx, &from_name, 200)?)).await
}

/// Keeps a field of a form as it is being typed.
///
/// # Errors
/// [`DRAFT_TOO_LONG`].
pub async fn keep_draft(
    app: &App,
    actor: &Actor,
    form: String,
    field: String,
    words: String,
) -> Result<Moment, Failure> {
    let grant = own(actor)?;
    if form.len() > 120 || field.len() > 60 || words.len() > 100_000 {
        return Err(DRAFT_TOO_LONG.broken().into());
    }
    let (id, now) = (app.fresh::<DraftId>(), app.now());
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        access::keep_draft(&tx, &form, &field, &words)?;
        Ok(tx.commit_own(id)?)
    };
    app.change(actor, None, write).await?;
    Ok(now)
}

/// What was typed into a form before: field and text, and when.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn drafts(app: &App, actor: &Actor, form: &str) -> Result<Vec<store::access::DraftField>, Failure> {
    own(actor)?;
    let (user, form) = (actor.user, form.to_owned());
    app.read(move |tx| Ok(access::drafts(tx, user, &form)?)).await
}

/// Forms with unsaved texts, newest first.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn open_drafts(app: &App, actor: &Actor) -> Result<Vec<(String, Moment)>, Failure> {
    own(actor)?;
    let user = actor.user;
    app.read(move |tx| Ok(access::open_drafts(tx, user)?)).await
}
