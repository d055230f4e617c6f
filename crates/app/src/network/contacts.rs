// SPDX-License-Identifier: EUPL-1.2
//! The log of contacts: who reads its words, how they are put right, and how they go.

use crate::access::operator;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{ContactId, Day, PartnerId, Rule, SpaceId};
use domain::network::{Correction, NewContact, reads_words, tends_words, words_since};
use store::contacts::{self, ContactView, FROM_NEWEST, Wanted};
use store::{ReadTx, network, projects, territory};

/// A period that ends before it begins.
pub const LOG_REVERSED: Rule = Rule::new("network.log_reversed", "Kalender");

/// Contacts on one page.
const PAGE: usize = 50;
/// One more, to know whether there is a next page.
const AND_NEXT: i64 = 51;
/// Contacts in one file.
const FILE: i64 = 20_000;
/// Before anything was logged.
const EVER: i32 = -100 * 12;

/// Logs a contact. For a project whoever works on projects may do it; else it is the network's.
///
/// # Errors
/// Those of [`NewContact::check`], [`domain::network::PROJECT_NOT_RUNNING`], [`Failure::Denied`].
pub async fn log_contact(app: &App, actor: &Actor, key: Option<Key>, new: NewContact) -> Result<ContactId, Failure> {
    let action = if new.project.is_some() { Action::ProposeProject } else { Action::TendNetwork };
    let grant = in_office(actor, action)?;
    new.check(app.today())?;
    let id = app.fresh::<ContactId>();
    let write = move |tx: ReadTx<'_>| {
        if let Some(project) = new.project
            && !found(projects::one(&tx, project)?)?.state.is_open()
        {
            return Err(domain::network::PROJECT_NOT_RUNNING.broken_at("project").into());
        }
        let tx = tx.allow(grant);
        contacts::insert(&tx, id, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::ContactLogged, id), id)?)
    };
    app.change(actor, key, write).await
}

/// What is looked for in the log.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogFilter {
    /// From this day; left out: from the beginning.
    pub from: Option<Day>,
    /// To this day; left out: to today.
    pub until: Option<Day>,
    /// With this partner only.
    pub partner: Option<PartnerId>,
    /// In this space only.
    pub space: Option<SpaceId>,
    /// Behind this contact, with which the page before ended.
    pub after: Option<(Day, ContactId)>,
}

impl LogFilter {
    fn wanted(&self, today: Day) -> Result<Wanted, Failure> {
        let (from, until) = (self.from.unwrap_or(today.plus_months(EVER)), self.until.unwrap_or(today).min(today));
        if self.from.zip(self.until).is_some_and(|(from, until)| until < from) {
            return Err(LOG_REVERSED.broken_at("until").into());
        }
        let (until, before) = self.after.filter(|(day, _)| *day <= until).unwrap_or((until, FROM_NEWEST));
        Ok(Wanted { from, until, before, partner: self.partner, space: self.space })
    }
}

/// A page of the log.
#[derive(Debug, Clone)]
pub struct LogPage {
    /// Contacts, newest first.
    pub contacts: Vec<ContactView>,
    /// Behind which contact the next page begins, if there is one.
    pub next: Option<(Day, ContactId)>,
    /// Partners to choose from, also those one works with no more.
    pub partners: Vec<(PartnerId, String)>,
    /// Spaces to choose from.
    pub spaces: Vec<(SpaceId, String)>,
    /// May the reader put words right?
    pub may_tend: bool,
}

/// The log of contacts, page by page.
///
/// # Errors
/// Hidden for people who have no part in the network; [`LOG_REVERSED`].
pub async fn log(app: &App, actor: &Actor, filter: LogFilter) -> Result<LogPage, Failure> {
    in_office(actor, Action::SeeNetwork)?;
    let may_tend = in_office(actor, Action::TendNetwork).is_ok();
    let wanted = filter.wanted(app.today())?;
    app.read(move |tx| {
        let mut all = contacts::log(tx, &wanted, AND_NEXT)?;
        let more = all.len() > PAGE;
        all.truncate(PAGE);
        Ok(LogPage {
            next: all.last().filter(|_| more).map(|last| (last.on, last.id)),
            contacts: all,
            partners: network::partners(tx)?.into_iter().map(|one| (one.id, one.name)).collect(),
            spaces: territory::overview(tx)?.into_iter().map(|one| (one.id, one.name)).collect(),
            may_tend,
        })
    })
    .await
}

/// The whole log as filtered, for a file.
///
/// # Errors
/// Hidden for people who have no part in the network; [`LOG_REVERSED`].
pub async fn whole_log(app: &App, actor: &Actor, filter: LogFilter) -> Result<Vec<ContactView>, Failure> {
    in_office(actor, Action::SeeNetwork)?;
    let wanted = LogFilter { after: None, ..filter }.wanted(app.today())?;
    app.read(move |tx| Ok(contacts::log(tx, &wanted, FILE)?)).await
}

/// A contact as this reader may see it.
pub(super) fn as_seen(reader: &Actor, contact: ContactView) -> ContactView {
    if reads_words(reader, contact.author) { contact } else { contact.without_words() }
}

/// One contact, for whoever may put its words right.
///
/// # Errors
/// Hidden for everybody else.
pub async fn contact(app: &App, actor: &Actor, id: ContactId) -> Result<ContactView, Failure> {
    in_office(actor, Action::ProposeProject)?;
    let who = actor.clone();
    app.read(move |tx| tended(tx, &who, id)).await
}

fn tended(tx: &ReadTx<'_>, who: &Actor, id: ContactId) -> Result<ContactView, Failure> {
    found(contacts::one(tx, id)?.filter(|contact| tends_words(who, contact.author)))
}

/// Puts the words of a contact right; what they were is gone (Art. 16 GDPR).
///
/// # Errors
/// Those of [`Correction::check`], [`Failure::Denied`].
pub async fn correct(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ContactId,
    right: Correction,
) -> Result<ContactId, Failure> {
    let (grant, who) = (in_office(actor, Action::ProposeProject)?, actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let contact = tended(&tx, &who, id)?;
        right.check(contact.on, contact.erased_on)?;
        let tx = tx.allow(grant);
        contacts::correct(&tx, id, &right)?;
        Ok(tx.commit(Deed::new(DeedKind::ContactCorrected, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Erases the words of a contact; day, kind and hours stay (Art. 17 GDPR).
///
/// # Errors
/// [`domain::network::WORDS_GONE`], [`Failure::Denied`].
pub async fn erase_words(app: &App, actor: &Actor, key: Option<Key>, id: ContactId) -> Result<ContactId, Failure> {
    let (grant, who) = (in_office(actor, Action::ProposeProject)?, actor.clone());
    let write = move |tx: ReadTx<'_>| {
        tended(&tx, &who, id)?;
        let tx = tx.allow(grant);
        if !contacts::erase(&tx, id)? {
            return Err(domain::network::WORDS_GONE.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::ContactErased, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Lets the words go whose day has come; answers of how many contacts.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn forget_words(app: &App) -> Result<usize, Failure> {
    let (since, nobody) = (words_since(app.today()), operator());
    let mut gone = 0;
    loop {
        let some = app.read(move |tx| Ok(contacts::over(tx, since)?)).await?;
        let Some(first) = some.first().copied() else { return Ok(gone) };
        gone += some.len();
        let grant = permit(&nobody, Action::ManagePeople, Standing::Office)?;
        let write = move |tx: ReadTx<'_>| {
            let tx = tx.allow(grant);
            for id in &some {
                contacts::erase(&tx, *id)?;
            }
            Ok(tx.commit(Deed::new(DeedKind::ContactsForgotten, first), first)?)
        };
        app.change(&nobody, None, write).await?;
    }
}
