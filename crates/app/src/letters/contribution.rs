// SPDX-License-Identifier: EUPL-1.2
//! What parents share of the costs is told by finance (§ 92(3) SGB VIII): the letter, its help and its readers, and
//! nothing else of the case.

use super::about::{self, is_young};
use super::{LetterLine, NewLetter, Recipient};
use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor};
use domain::casework::HelpKind;
use domain::kernel::{CommissionId, LetterId, PersonId};
use domain::letters::{About, LETTER_NO_CONTRIBUTION, LetterKind, shares_costs};
use store::casework::{cases, endings};
use store::letters::papers;

/// What finance sees of a help whose costs parents may share.
#[derive(Debug, Clone)]
pub struct ContributionPage {
    /// The commission.
    pub commission: CommissionId,
    /// The case's number.
    pub number: String,
    /// The help.
    pub help: HelpKind,
    /// Do parents share its costs (§ 91 SGB VIII)?
    pub shares: bool,
    /// Adults of the case: each parent is told separately.
    pub adults: Vec<(PersonId, String)>,
    /// Children of the case.
    pub young: Vec<(PersonId, String)>,
    /// What was told before, newest first.
    pub letters: Vec<LetterLine>,
}

/// What finance sees of a help whose costs parents may share.
///
/// # Errors
/// Hidden for everybody but finance.
pub async fn page(app: &App, actor: &Actor, commission: CommissionId) -> Result<ContributionPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let help = found(endings::running(tx, commission)?)?;
        let (case, _) = case_for(tx, &actor, Action::WriteContribution, help.case)?;
        let people = cases::people(tx, case.id)?;
        let (young, adults): (Vec<_>, Vec<_>) = people.into_iter().partition(|one| is_young(one.role));
        let (quiet, mut letters) = (Quiet::of(tx, &case)?, papers::of_case(tx, case.id)?);
        letters.retain(|one| one.kind == LetterKind::Contribution);
        letters.iter_mut().for_each(|one| quiet.maybe(&mut one.to));
        Ok(ContributionPage {
            commission,
            number: case.number,
            help: help.help,
            shares: shares_costs(help.help),
            adults: adults.into_iter().map(|one| (one.id, one.name)).collect(),
            young: young.into_iter().map(|one| (one.id, one.name)).collect(),
            letters,
        })
    })
    .await
}

/// Begins the letter to one parent. It tells the decision on which the commission rests.
///
/// # Errors
/// [`LETTER_NO_CONTRIBUTION`], those of [`super::begin`].
pub async fn begin(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    commission: CommissionId,
    (parent, children): (PersonId, Vec<PersonId>),
) -> Result<LetterId, Failure> {
    let who = actor.clone();
    let (case, new) = app
        .read(move |tx| {
            let help = found(endings::running(tx, commission)?)?;
            let (case, _) = case_for(tx, &who, Action::WriteContribution, help.case)?;
            if !shares_costs(help.help) {
                return Err(LETTER_NO_CONTRIBUTION.broken().into());
            }
            let known = about::all_told(tx, case.id)?.iter().any(|told| told.about == About::Plan(help.plan));
            let about = known.then_some(About::Plan(help.plan));
            let to = Recipient::Person(parent);
            Ok((case.id, NewLetter { kind: LetterKind::Contribution, to, about, children: children.clone() }))
        })
        .await?;
    super::begin(app, actor, key, case, new).await
}
