// SPDX-License-Identifier: EUPL-1.2
//! The second pair of eyes over posts.

use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor, release};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{PostId, ProposalId};
use store::access::release::{self as kept, Waiting};
use store::access::{self, NewPost};

/// Posts that wait for a second person, oldest first.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn waiting_posts(app: &App, actor: &Actor) -> Result<Vec<Waiting>, Failure> {
    in_office(actor, Action::ReleasePosts)?;
    app.read(move |tx| Ok(kept::open(tx)?)).await
}

/// Releases a post, or declines it; released it holds from today on.
///
/// # Errors
/// [`domain::access::RELEASED_BY_ONESELF`], [`domain::access::SETTLED_ALREADY`], [`Failure::Denied`].
pub async fn release_post(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProposalId,
    released: bool,
) -> Result<ProposalId, Failure> {
    let grant = in_office(actor, Action::ReleasePosts)?;
    let (user, today) = (actor.user, app.today());
    let write = move |tx: store::ReadTx<'_>| {
        let asked = found(kept::one(&tx, id)?)?;
        // Whoever proposed it may take it back; to release it takes another.
        let refusal = release(asked.by, asked.user, asked.settled, user);
        if released || asked.settled {
            refusal?;
        }
        let tx = tx.allow(grant);
        if !kept::settle(&tx, id, released)? {
            return Err(Failure::Stale);
        }
        if !released {
            return Ok(tx.commit(Deed::new(DeedKind::PostDeclined, id), id)?);
        }
        let (role, region, team) = (asked.role, asked.region, asked.team);
        let post = NewPost { id: PostId(id.0), user: asked.user, role, region, team, from: today };
        access::insert_post(&tx, &post)?;
        Ok(tx.commit(Deed::new(DeedKind::PostGiven, post.id), id)?)
    };
    app.change(actor, key, write).await
}
