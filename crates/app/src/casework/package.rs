// SPDX-License-Identifier: EUPL-1.2
//! The support package of a case: what the family does itself, who and what is near, what is paid, side by side; what
//! was weighed; what was really used.

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    HelpKind, HelpSource, Layer, NewHelp, NewUse, PackageHint, PackageLine, Share, TakenAway, UseSaid, Weighing,
    end_help, hints, note_use, really_used,
};
use domain::kernel::{CaseId, Day, HelpId, Rule, TakenAwayId};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::packages::{self, HelpView};
use store::casework::plans::{self, CommissionView};
use store::casework::undos::{self, Ended};
use uuid::Uuid;

pub use store::casework::packages::{UseView, UsedHelp};

/// What is commissioned comes from its commission and is not typed into a package.
pub const PAID_IS_COMMISSIONED: Rule = Rule::new("package.paid_is_commissioned", "§ 36a(1) SGB VIII");

/// A help of the package, whatever it comes from.
#[derive(Debug, Clone)]
pub struct Help {
    /// Which.
    pub id: UsedHelp,
    /// Where it comes from.
    pub source: HelpSource,
    /// Taken up, or weighed.
    pub weighing: Weighing,
    /// Who helps.
    pub who: String,
    /// What they do; for a commissioned help its kind says it.
    pub what: String,
    /// The kind of a commissioned help.
    pub paid: Option<HelpKind>,
    /// How much.
    pub extent: Option<String>,
    /// From.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// Why it was not taken up.
    pub why: Option<String>,
    /// What was said about its use, oldest first.
    pub uses: Vec<UseView>,
}

impl Help {
    /// As the rules see it.
    #[must_use]
    pub fn line(&self) -> PackageLine {
        let (source, weighing) = (self.source, self.weighing);
        let used = self.uses.last().map(|said| UseSaid { used: said.used, on: said.said_on });
        PackageLine { source, weighing, from: self.from, until: self.until, used }
    }

    fn typed(help: HelpView, quiet: &Quiet) -> Self {
        let mut own = Self {
            id: UsedHelp::Help(help.id),
            source: help.source,
            weighing: help.weighing,
            who: help.who,
            what: help.what,
            paid: None,
            extent: help.extent,
            from: help.from,
            until: help.until,
            why: help.why,
            uses: Vec::new(),
        };
        quiet.text(&mut own.who);
        quiet.text(&mut own.what);
        quiet.maybe(&mut own.extent);
        quiet.maybe(&mut own.why);
        own
    }

    fn commissioned(placed: CommissionView) -> Self {
        Self {
            id: UsedHelp::Paid(placed.id),
            source: HelpSource::Paid,
            weighing: Weighing::Taken,
            who: placed.agency,
            what: String::new(),
            paid: Some(placed.help),
            extent: None,
            from: placed.from,
            until: placed.until,
            why: None,
            uses: Vec::new(),
        }
    }

    fn uuid(&self) -> Uuid {
        match self.id {
            UsedHelp::Help(id) => id.into(),
            UsedHelp::Paid(id) => id.into(),
        }
    }
}

/// The package of a case.
#[derive(Debug, Clone)]
pub struct PackagePage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Helps: own first, paid last; within that as they began.
    pub helps: Vec<Help>,
    /// What may be missing.
    pub hints: Vec<PackageHint>,
    /// Used helps that are informal, out of all used.
    pub used: Share,
    /// Alternatives that the newest decision weighed.
    pub alternatives: Vec<String>,
    /// May the reader write?
    pub may_work: bool,
    /// May the reader send an agency its own line?
    pub may_decide: bool,
}

/// The package of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<PackagePage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let helps = helps(tx, &case)?;
        let lines: Vec<PackageLine> = helps.iter().map(Help::line).collect();
        let newest = plans::versions(tx, id)?.into_iter().next();
        let newest = newest.map(|line| plans::version(tx, line.id)).transpose()?.flatten();
        let alternatives = newest.map(|version| version.content.alternatives).unwrap_or_default();
        Ok(PackagePage {
            people: cases::people(tx, id)?,
            hints: hints(&lines, alternatives.len(), today),
            used: really_used(&lines),
            helps,
            alternatives,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            may_decide: permit(&actor, Action::DecideOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// All helps of a case with what was said about their use.
fn helps(tx: &ReadTx<'_>, case: &CaseView) -> Result<Vec<Help>, Failure> {
    let quiet = Quiet::of(tx, case)?;
    let typed = packages::of_case(tx, case.id)?.into_iter().map(|help| Help::typed(help, &quiet));
    let paid = plans::commissions(tx, case.id)?.into_iter().map(Help::commissioned);
    let mut all: Vec<Help> = typed.chain(paid).collect();
    for mut said in packages::uses(tx, case.id)? {
        quiet.maybe(&mut said.words);
        if let Some(help) = all.iter_mut().find(|help| help.uuid() == said.help) {
            help.uses.push(said);
        }
    }
    let place = |help: &Help| Layer::ALL.iter().position(|layer| *layer == help.source.layer());
    all.sort_by_key(|help| (place(help), help.from));
    Ok(all)
}

/// The package as a plan's version keeps it: one part for each layer, one line for each help that was taken up and has
/// not ended. What is commissioned stands in the plan itself.
pub(crate) fn frozen(tx: &ReadTx<'_>, case: &CaseView, today: Day) -> Result<Vec<(String, String)>, Failure> {
    let running = |help: &&Help| {
        help.weighing == Weighing::Taken && help.paid.is_none() && help.until.is_none_or(|until| until >= today)
    };
    let helps = helps(tx, case)?;
    let mut parts = Vec::new();
    for layer in Layer::ALL {
        let of_layer = helps.iter().filter(running).filter(|help| help.source.layer() == *layer);
        let lines: Vec<String> = of_layer
            .map(|help| {
                let extent = help.extent.as_ref().map(|extent| format!(" ({extent})")).unwrap_or_default();
                format!("{}: {}{extent}", help.who, help.what)
            })
            .collect();
        if !lines.is_empty() {
            parts.push((layer.part(), lines.join("\n")));
        }
    }
    Ok(parts)
}

/// Writes down a help that is taken up, or was weighed.
///
/// # Errors
/// The rules of [`NewHelp::check`], [`PAID_IS_COMMISSIONED`], [`Failure::Denied`].
pub async fn keep(app: &App, actor: &Actor, key: Option<Key>, case: CaseId, new: NewHelp) -> Result<HelpId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<HelpId>());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        if new.source == HelpSource::Paid {
            return Err(PAID_IS_COMMISSIONED.broken_at("source").into());
        }
        new.check()?;
        let mut typed = vec![(new.who.as_str(), "who"), (new.what.as_str(), "what")];
        typed.extend(new.extent.iter().map(|extent| (extent.as_str(), "extent")));
        typed.extend(new.why.iter().map(|why| (why.as_str(), "why")));
        keeps_quiet(&tx, case, &typed)?;
        let tx = tx.allow(grant);
        packages::insert(&tx, id, case, &new)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PackageHelpKept, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// A help ends on a day; what was said about it stays.
///
/// # Errors
/// [`domain::casework::HELP_ENDS_BEFORE`], [`Failure::Denied`].
pub async fn end(app: &App, actor: &Actor, key: Option<Key>, id: HelpId, until: Day) -> Result<HelpId, Failure> {
    let (who, ended) = (actor.clone(), app.fresh::<TakenAwayId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, _, from) = found(packages::one(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        end_help(from, until)?;
        let tx = tx.allow(grant);
        let (words, before) = found(undos::help_words(&tx, id.0)?)?;
        undos::remember(&tx, &Ended { id: ended, case, kind: TakenAway::PackageHelp, object: id.0, words: &words })?;
        undos::remember_until(&tx, ended, before)?;
        packages::end(&tx, id, until)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PackageHelpEnded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Keeps whether a help was really used. Earlier words stay.
///
/// # Errors
/// The rules of [`domain::casework::note_use`], [`Failure::Denied`].
pub async fn keep_use(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, help): (CaseId, UsedHelp),
    new: NewUse,
) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let (of, weighing, from) = match help {
            UsedHelp::Help(id) => found(packages::one(&tx, id)?)?,
            UsedHelp::Paid(id) => found(packages::paid(&tx, id)?).map(|(of, from)| (of, Weighing::Taken, from))?,
        };
        found((of == case).then_some(()))?;
        note_use(&new, weighing, from, now.day())?;
        if let Some(words) = &new.words {
            keeps_quiet(&tx, case, &[(words.as_str(), "words")])?;
        }
        let tx = tx.allow(grant);
        let id: Uuid = fresh_at(now);
        packages::insert_use(&tx, id, (case, help), &new)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PackageUseKept, id, case), case)?)
    };
    app.change(actor, key, write).await
}
