// SPDX-License-Identifier: EUPL-1.2
//! People and their posts.

use super::{operator, password, taken};
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor, Controller, Email, Password, Role, needs_release};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{AgencyId, Line, PostId, RegionId, Rule, TeamId, UserId};
use store::access::{self, NewAccount, NewPost, PersonLine, release};
use store::agencies;

/// The address is taken.
pub const EMAIL_TAKEN: Rule = Rule::new("account.email_taken", "Eindeutigkeit");
/// The post does not fit the person's house or lacks its place.
pub const POST_MISPLACED: Rule = Rule::new("post.misplaced", "§ 35(1) SGB I, § 67(4) SGB X");

/// Nobody gives posts to themselves.
pub const POST_FOR_ONESELF: Rule = Rule::new("post.for_oneself", "§ 35(1) SGB I: Trennung von Betrieb und Fachaufgabe");
/// The agency has no seat in this team.
pub const POST_WITHOUT_SEAT: Rule = Rule::new("post.without_seat", "§ 64(2a) SGB VIII");

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
        Some(secret) => Some(password::hash(secret).await?),
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

/// Gives a person a post from today on. One that would let those who give posts help each other waits for a second
/// person; it has its id already.
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
    if user == actor.user {
        return Err(POST_FOR_ONESELF.broken_at("role").into());
    }
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
        // Whoever sits in a team does so for an agency that has a seat there; to others nothing is sent.
        if let (PostPlace::Team(team), Controller::Agency(agency)) = (place, person.actor.controller)
            && !agencies::seats(&tx, team)?.contains(&agency)
        {
            return Err(POST_WITHOUT_SEAT.broken_at("role").into());
        }
        // The command line founds the office; there is nobody else yet.
        let waits = needs_release(person.actor.is(Role::Administrator), role) && grant.user() != operator().user;
        let tx = tx.allow(grant);
        if waits {
            release::insert(&tx, new.id.0.into(), &new)?;
            return Ok(tx.commit(Deed::new(DeedKind::PostProposed, new.id), new.id)?);
        }
        access::insert_post(&tx, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::PostGiven, new.id), new.id)?)
    };
    app.change(actor, key, write).await
}

/// Posts of the office are for its staff, posts of agencies for theirs; work in the ASD has a place.
fn fits(role: Role, place: PostPlace, controller: Controller) -> bool {
    let same_house = role.of_office() == (controller == Controller::Office);
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
