// SPDX-License-Identifier: EUPL-1.2
//! What an office sets for itself.

use crate::core::{App, Failure, Key, in_office};
use domain::access::{Action, Actor, HouseRule};
use domain::audit::{Deed, DeedKind};
use store::access::rules;
use uuid::Uuid;

/// All numbers with what holds.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn house_rules(app: &App, actor: &Actor) -> Result<Vec<(HouseRule, i64)>, Failure> {
    in_office(actor, Action::SetHouseRules)?;
    app.read(move |tx| HouseRule::ALL.iter().map(|rule| Ok((*rule, rules::value(tx, *rule)?))).collect()).await
}

/// Sets a number.
///
/// # Errors
/// [`domain::access::HOUSE_RULE_OUTSIDE`], [`Failure::Denied`].
pub async fn set_house_rule(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (rule, value): (HouseRule, i64),
) -> Result<Uuid, Failure> {
    let (grant, value, id) = (in_office(actor, Action::SetHouseRules)?, rule.set(value)?, app.fresh::<Uuid>());
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        rules::set(&tx, rule, value)?;
        Ok::<_, Failure>(tx.commit(Deed::new(DeedKind::HouseRuleSet, id), id)?)
    };
    app.change(actor, key, write).await
}
