// SPDX-License-Identifier: EUPL-1.2
//! A personal link to one plan version, by which a family answers without an account. The token is shown once and
//! kept as a digest; whoever holds it reaches this one version and nothing else.

use crate::access::Token;
use crate::casework::case_for;
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor, Controller};
use domain::audit::{Deed, DeedKind};
use domain::casework::{NewFamilyAnswer, PlanContent, check_link_span};
use domain::kernel::{CaseId, Day, FamilyAnswerId, FamilyLinkId, Line, Moment, PlanId, Rule, UserId};
use store::ReadTx;
use store::casework::cases;
use store::casework::family_links::{self, NewLink, OpenedLink};
use store::casework::plans;

pub use store::casework::family_links::{AnswerView, LinkView, UnseenAnswers};

/// Over a link more was asked in a short time than people ask.
pub const LINK_BUSY: Rule = Rule::new("link.busy", "Art. 32 DSGVO");

/// A link as a worker orders it.
#[derive(Debug, Clone)]
pub struct NewFamilyLink {
    /// To whom it is given.
    pub given_to: Line,
    /// Code of the language they read best.
    pub language: String,
    /// The last day on which it holds.
    pub ends_on: Day,
}

/// A link that was just made, with its token, which nobody can read again.
#[derive(Debug, Clone)]
pub struct MadeLink {
    /// The link.
    pub id: FamilyLinkId,
    /// The token; nothing when the same form was sent twice, for then it was shown already.
    pub token: Option<String>,
}

/// Links and answers of a case.
#[derive(Debug, Clone)]
pub struct FamilySide {
    /// Links, newest first.
    pub links: Vec<LinkView>,
    /// Answers, newest first.
    pub answers: Vec<AnswerView>,
}

/// What is seen over a link.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The version as the family reads it.
    pub plan: PlanContent,
    /// Code of a language.
    pub language: String,
    /// Until when the link holds.
    pub ends_at: Moment,
    /// How many answers came over it.
    pub answers: i64,
}

/// Links to the versions of a case and what came over them.
///
/// # Errors
/// Hidden for other teams.
pub async fn of_case(app: &App, actor: &Actor, case: CaseId) -> Result<FamilySide, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        case_for(tx, &actor, Action::SeeCase, case)?;
        Ok(FamilySide { links: family_links::of_case(tx, case)?, answers: family_links::answers(tx, case)? })
    })
    .await
}

/// Answers that wait for the worker of their case.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<UnseenAnswers>, Failure> {
    let user = actor.user;
    app.glance(move |tx| Ok(family_links::unseen(tx, user)?)).await
}

/// Makes a link to a version.
///
/// # Errors
/// [`domain::casework::LINK_SPAN`], [`Failure::Denied`].
pub async fn make(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    plan: PlanId,
    new: NewFamilyLink,
) -> Result<MadeLink, Failure> {
    let (who, today, token, id) = (actor.clone(), app.today(), Token::fresh(), app.fresh::<FamilyLinkId>());
    let (digest, ends_at) = (token.digest(), Moment::on(new.ends_on.plus_days(1), 0));
    let write = move |tx: ReadTx<'_>| {
        let case = found(plans::version(&tx, plan)?)?.case;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        check_link_span(today, new.ends_on)?;
        let tx = tx.allow(grant);
        let link =
            NewLink { id, case, plan, token_hash: &digest, given_to: &new.given_to, language: &new.language, ends_at };
        family_links::insert(&tx, &link)?;
        Ok(tx.commit(Deed::in_case(DeedKind::FamilyLinkMade, id, case), id)?)
    };
    let made = app.change(actor, key, write).await?;
    Ok(MadeLink { id: made, token: (made == id).then(|| token.expose().to_owned()) })
}

/// Takes a link back. What came over it stays.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn revoke(app: &App, actor: &Actor, key: Option<Key>, id: FamilyLinkId) -> Result<CaseId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let case = found(family_links::case_of(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        family_links::revoke(&tx, id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::FamilyLinkRevoked, id, case), case)?)
    };
    app.change(actor, key, write).await
}

/// Takes note of an answer.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn take_note(app: &App, actor: &Actor, key: Option<Key>, id: FamilyAnswerId) -> Result<CaseId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let case = found(family_links::answer_case(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        family_links::look(&tx, id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::FamilyAnswerSeen, id, case), case)?)
    };
    app.change(actor, key, write).await
}

/// The link of a token that holds. Unknown, ended and taken back all look alike.
fn holding(tx: &ReadTx<'_>, digest: &str, now: Moment) -> Result<OpenedLink, Failure> {
    let link = family_links::by_token(tx, digest)?.filter(|link| link.facts.holds(now));
    found(link)
}

/// What a family sees over its link.
///
/// # Errors
/// Hidden when the token is unknown or the link over, [`LINK_BUSY`].
pub async fn open(app: &App, token: &Token) -> Result<Opened, Failure> {
    let (digest, now) = (token.digest(), app.now());
    if !app.throttle.admits_link(&digest, now) {
        return Err(LINK_BUSY.broken().into());
    }
    app.glance(move |tx| {
        let link = holding(tx, &digest, now)?;
        let plan = found(plans::version(tx, link.plan)?)?.content.for_family();
        let answers = family_links::count_answers(tx, link.id)?;
        Ok(Opened { plan, language: link.language, ends_at: link.facts.ends_at, answers })
    })
    .await
}

/// Keeps what a family says over its link. The version it speaks about is never changed by it.
///
/// # Errors
/// Hidden when the token is unknown or the link over, [`LINK_BUSY`], the rules of [`NewFamilyAnswer::check`].
pub async fn answer(
    app: &App,
    token: &Token,
    key: Option<Key>,
    new: NewFamilyAnswer,
) -> Result<FamilyAnswerId, Failure> {
    let (digest, now, id) = (token.digest(), app.now(), app.fresh::<FamilyAnswerId>());
    if !app.throttle.admits_link(&digest, now) {
        return Err(LINK_BUSY.broken().into());
    }
    let seen = digest.clone();
    let link = app.glance(move |tx| holding(tx, &seen, now)).await?;
    // The change is made in the name of the link, which is no account and holds no post.
    let holder = Actor { user: UserId(link.id.into()), controller: Controller::Office, posts: Vec::new() };
    let write = move |tx: ReadTx<'_>| {
        let link = holding(&tx, &digest, now)?;
        let grant = link.facts.grant(now)?;
        let plan = found(plans::version(&tx, link.plan)?)?.content;
        new.check(&plan, family_links::count_answers(&tx, link.id)?)?;
        let goals: Vec<String> = plan.goals_in_order().into_iter().map(str::to_owned).collect();
        let tx = tx.allow(grant);
        family_links::insert_answer(&tx, id, &link, &new, &goals)?;
        cases::touch(&tx, link.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::FamilyAnswered, id, link.case), id)?)
    };
    app.change(&holder, key, write).await
}
