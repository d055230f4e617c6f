// SPDX-License-Identifier: EUPL-1.2
//! An office with four regions, a pot of grants in each, and one promise for every client: what the book is measured on.

use crate::Outcome;
use app::access::{found, operator};
use app::budget::{NewMoney, Payment, Plan, Step, open_year, pay, plan, promise_money, promise_page};
use app::territory::{Progress, SpacesImport, import_spaces, teams};
use app::{App, Clock, Db, Failure, Key};
use domain::access::{Actor, Controller, Place, Post, Role};
use domain::budget::{Flow, Form, MoneyKind, Paragraph, Purpose, Side};
use domain::kernel::{Amount, Day, Line, PotId, PromiseId, RegionId};
use domain::territory::ReadOptions;
use std::path::Path;
use uuid::Uuid;

/// Pots that everybody wants at once.
pub const POTS: usize = 4;
/// Clients at most.
pub const CLIENTS: usize = 64;

/// The office, and who books in it.
#[derive(Clone)]
pub struct Book {
    pub app: App,
    pub finance: Actor,
    pub regions: Vec<RegionId>,
    /// One for each client; the n-th is of pot n modulo four.
    pub promises: Vec<PromiseId>,
}

pub fn said(failure: Failure) -> String {
    format!("{failure:?}")
}

fn text(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}

impl Book {
    /// A new office in an empty database.
    pub async fn make(db: &Db) -> Outcome<Self> {
        let line = |text: &str| Line::parse(text).map_err(self::text);
        let app = found(db, line("Jugendamt Probe")?, Clock::System).await.map_err(said)?;
        let posts = vec![Post { role: Role::Finance, place: Place::Office }];
        let finance = Actor { user: operator().user, controller: Controller::Office, posts };
        let valid_from = Day::parse("2020-01-01").map_err(text)?;
        let import = SpacesImport { options: options(), valid_from, dry_run: false, progress: Progress::default() };
        import_spaces(&app, &operator(), &squares(), import).await.map_err(text)?;
        let mut regions: Vec<RegionId> =
            teams(&app, &operator()).await.map_err(said)?.into_iter().map(|team| team.region).collect();
        regions.sort_unstable();
        regions.dedup();
        let year = app.today().year();
        open_year(&app, &finance, None, year, line("Haushaltssatzung")?).await.map_err(said)?;
        let mut book = Self { app, finance, regions, promises: Vec::new() };
        for region in book.regions.clone() {
            let (kind, planned) = (MoneyKind::Grant, Amount::from_cents(900_000_000_000).map_err(text)?);
            let new = Plan { region, year, kind, planned, top_slice: None, note: line("Haushaltsplan")? };
            plan(&book.app, &book.finance, None, new).await.map_err(said)?;
        }
        for client in 0..CLIENTS {
            let purpose = Purpose::new(Paragraph::YouthWork, Form::Group, Side::Independent, Flow::Grants);
            let (region, kind) = (book.regions[client % POTS], MoneyKind::Grant);
            let (subject, amount) = (line("Zuwendung")?, Amount::from_cents(10_000_000_000).map_err(text)?);
            let new = NewMoney { region, year, kind, agency: None, subject, purpose, amount };
            book.promises.push(promise_money(&book.app, &book.finance, None, new).await.map_err(said)?);
        }
        Ok(book)
    }

    /// One payment of one cent out of the client's promise, under a key of its own, as from a form.
    pub async fn post(&self, client: usize) -> Result<(), Failure> {
        self.post_in(&self.app, client).await
    }

    /// The same in the house as it was at another moment.
    pub async fn post_in(&self, app: &App, client: usize) -> Result<(), Failure> {
        let id: Uuid = app.fresh();
        let payment = Payment {
            step: Step::Draw,
            amount: Amount::from_cents(1)?,
            note: Line::parse("Abschlag, laufende Nummer")?,
        };
        let key = Some(Key { id, fingerprint: id });
        pay(app, &self.finance, key, self.promises[client % CLIENTS], payment).await.map(|_| ())
    }
}

impl Book {
    /// The pot of the first region.
    pub async fn pot(&self) -> Outcome<PotId> {
        let page = promise_page(&self.app, &self.finance, self.promises[0]).await.map_err(said)?;
        Ok(page.promise.pot)
    }
}

/// A new SQLite file in a directory.
pub fn sqlite(file: &Path) -> Outcome<Db> {
    Db::open_sqlite(file).map_err(|e| e.to_string())
}

/// How the squares are read.
pub fn options() -> ReadOptions {
    ReadOptions {
        key_prop: "key".into(),
        name_prop: "name".into(),
        region_prop: Some("region".into()),
        ..ReadOptions::default()
    }
}

/// Four squares side by side, each a region of its own.
fn squares() -> String {
    let all: Vec<String> = (1..=POTS).map(|n| square((n, 0), n, &format!("Raum {n}"))).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","))
}

/// A square in a column and a row, of a region of the same number, as GeoJSON.
pub fn square((column, row): (usize, usize), number: usize, name: &str) -> String {
    let (west, south) = (9.90 + column as f64 * 0.015, 53.60 + row as f64 * 0.01);
    let (east, north) = (west + 0.015, south + 0.01);
    format!(
        r#"{{"type":"Feature","properties":{{"key":"{number:03}100000","name":"{name}","region":"Region {number}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west:.4},{south:.4}],[{east:.4},{south:.4}],[{east:.4},{north:.4}],[{west:.4},{north:.4}],[{west:.4},{south:.4}]]]}}}}"#
    )
}
