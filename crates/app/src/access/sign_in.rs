// SPDX-License-Identifier: EUPL-1.2
//! Signing in and out.

use super::{own, password};
use crate::core::{App, Failure, found};
use domain::access::{Actor, Email};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Rule, UserId};
use sha2::{Digest, Sha256};
use store::access::{self, DemoAccount, Signed};
use uuid::Uuid;

/// Wrong address or password; which of them is never told.
pub const SIGN_IN_WRONG: Rule = Rule::new("sign_in.wrong", "Art. 32 DSGVO");
/// Too many wrong passwords in a quarter of an hour.
pub const SIGN_IN_TOO_MANY: Rule = Rule::new("sign_in.too_many", "BSI: höchstens 10 Fehlversuche");
/// No post in force today.
pub const SIGN_IN_NO_POST: Rule = Rule::new("sign_in.no_post", "§ 35(1) SGB I");

/// A session ends after so many hours, whatever happens.
const SESSION_HOURS: i64 = 12;
/// It ends as well when nobody used it for so many minutes: a desk that somebody left (BSI: Sperrung bei Inaktivität).
/// What was typed is kept as a draft.
const IDLE_MINUTES: i64 = 30;
/// Its use is written down once in so many minutes.
const SEEN_EVERY: i64 = 2;

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

/// Who holds a token.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn signed_in(app: &App, token: &Token) -> Result<Option<Signed>, Failure> {
    let (digest, now) = (token.digest(), app.now());
    let asked = digest.clone();
    let idle_since = now.plus_minutes(-IDLE_MINUTES);
    let Some((signed, seen)) = app.glance(move |tx| Ok(access::session(tx, &asked, now, idle_since)?)).await? else {
        return Ok(None);
    };
    if now.0 >= seen.plus_minutes(SEEN_EVERY).0
        && let Ok(grant) = own(&signed.actor)
    {
        let id = app.fresh::<Uuid>();
        let write = move |tx: store::ReadTx<'_>| {
            let tx = tx.allow(grant);
            access::see_session(&tx, &digest)?;
            Ok::<_, Failure>(tx.commit_own(id)?)
        };
        app.change(&signed.actor, None, write).await?;
    }
    Ok(Some(signed))
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
pub async fn sign_in(app: &App, email: Email, secret: String) -> Result<Token, Failure> {
    if !app.throttle.admits(&email, app.now()) {
        return Err(SIGN_IN_TOO_MANY.broken().into());
    }
    let asked = email.clone();
    let account = app.read(move |tx| Ok(access::account(tx, &asked)?)).await?;
    // Unknown addresses cost the same work, so that the answer's time tells nothing.
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::verify(hash, secret).await?;
    match account {
        Some(account) if right => {
            app.throttle.forget(&email);
            start(app, account.id).await
        }
        _ => Err(SIGN_IN_WRONG.broken().into()),
    }
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
