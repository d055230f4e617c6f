// SPDX-License-Identifier: EUPL-1.2
//! A small town for stories: two regions, two spaces each, agencies, people of all roles. Made through the
//! use cases, with a fixed clock, on embedded SQLite or PostgreSQL.

use crate::client::Client;
use app::access::{NewPerson, PostPlace, add_person, found, give_post, operator};
use app::budget::{Plan, plan};
use app::territory::{Progress, SpacesImport, StreetsImport, import_spaces, import_streets};
use app::{App, Clock, Db};
use domain::access::{Actor, Controller, Email, Place, Post, Role};
use domain::agencies::AgencyKind;
use domain::budget::MoneyKind;
use domain::kernel::{AgencyId, Amount, Day, Line, Moment, RegionId, TeamId, UserId};
use domain::territory::ReadOptions;
use std::path::PathBuf;
use web::{Web, router};

/// Which engine a story runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Stories on both engines: `name: story;` makes a module with a test for each engine; `story, sqlite, postgres;` names
/// the two tests.
macro_rules! both {
    ($($name:ident: $story:ident;)*) => {$(
        mod $name {
            use super::*;

            $crate::town::both! { $story, on_sqlite, on_postgres; }
        }
    )*};
    ($($story:ident, $sqlite:ident, $postgres:ident;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $sqlite() {
            $story($crate::town::Engine::Sqlite).await;
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $postgres() {
            $story($crate::town::Engine::Postgres).await;
        }
    )*};
}
pub(crate) use both;

pub struct Town {
    pub web: Web,
    pub app: App,
    pub lotse: AgencyId,
    pub anker: AgencyId,
    home: Home,
}

/// A folder that goes when the story ends.
struct Home(PathBuf);

impl Drop for Home {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The day on which all stories play.
pub fn today() -> Day {
    Day::parse("2026-11-20").unwrap()
}

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

async fn database(engine: Engine, home: &Home) -> Db {
    match engine {
        Engine::Sqlite => Db::open_sqlite(&home.0.join("office.sqlite")).unwrap(),
        Engine::Postgres => {
            let server = std::env::var_os("SOZIALRAUM_TEST_POSTGRES").and_then(|value| value.into_string().ok());
            let server = server.expect("no PostgreSQL: run the tests with `cargo xtask test`, which starts one");
            let name = format!("story_{}", crate::client::chance().simple());
            let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
            Db::open_postgres(&format!("{server} dbname={name}")).await.unwrap()
        }
    }
}

impl Town {
    pub async fn new(engine: Engine) -> Self {
        let home = Home(std::env::temp_dir().join(format!("sozialraum-story-{}", crate::client::chance().simple())));
        std::fs::create_dir_all(&home.0).unwrap();
        let db = database(engine, &home).await;
        let clock = Clock::Fixed(Moment::on(today(), 10 * 60));
        let app = found(&db, line("Jugendamt Musterhafen"), clock).await.unwrap();
        spaces(&app).await;
        let lotse = agency(&app, "Lotse Jugendhilfe gGmbH").await;
        let anker = agency(&app, "Anker e. V.").await;
        let web =
            Web { app: app.clone(), demo: true, office: "Jugendamt Musterhafen".into(), site: web::Site::default() };
        let town = Self { web, app, lotse, anker, home };
        town.people().await;
        town
    }

    /// Somebody signs in with one click.
    pub async fn as_(&self, key: &str) -> Client {
        Client::sign_in(router(self.web.clone()), key).await
    }

    /// Somebody signs in at another moment.
    pub async fn later(&self, key: &str, moment: &str) -> Client {
        let app = self.app.at(Moment::parse_local(moment).unwrap());
        Client::sign_in(router(Web { app, ..self.web.clone() }), key).await
    }

    /// A session that goes on at another moment.
    pub fn same(&self, client: &Client, moment: &str) -> Client {
        let app = self.app.at(Moment::parse_local(moment).unwrap());
        client.at(router(Web { app, ..self.web.clone() }))
    }

    /// Nobody yet.
    pub fn stranger(&self) -> Client {
        Client::stranger(router(self.web.clone()))
    }

    /// Nobody yet, at another moment.
    pub fn stranger_at(&self, moment: &str) -> Client {
        let app = self.app.at(Moment::parse_local(moment).unwrap());
        Client::stranger(router(Web { app, ..self.web.clone() }))
    }

    /// All files of the town's folder, with what is in them.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let files = std::fs::read_dir(&self.home.0).unwrap().map(|file| file.unwrap());
        files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())).collect()
    }

    /// Every byte of the town's files.
    pub fn all_bytes(&self) -> Vec<u8> {
        self.files().into_iter().flat_map(|(_, bytes)| bytes).collect()
    }

    pub async fn team(&self, name: &str) -> TeamId {
        let teams = app::territory::teams(&self.app, &operator()).await.unwrap();
        teams.iter().find(|team| team.name == name).map(|team| team.id).unwrap()
    }

    pub async fn region(&self, name: &str) -> RegionId {
        let teams = app::territory::teams(&self.app, &operator()).await.unwrap();
        teams.iter().find(|team| team.region_name == name).map(|team| team.region).unwrap()
    }

    async fn people(&self) {
        let west = self.team("Team Hafen").await;
        let east = self.team("Team Heide").await;
        let desk = self.team("Bereitschaft").await;
        let region = self.region("Nord").await;
        use PostPlace as P;
        let office: [(&str, Role, P); 12] = [
            ("marta", Role::CaseWorker, P::Team(west)),
            ("malik", Role::CaseWorker, P::Team(west)),
            ("heike", Role::CaseWorker, P::Team(east)),
            ("dana", Role::CaseWorker, P::Team(desk)),
            ("lena", Role::TeamLead, P::Region(region)),
            ("fiona", Role::Finance, P::House),
            ("felix", Role::Finance, P::House),
            ("paul", Role::Planner, P::House),
            ("konrad", Role::Coordinator, P::Region(region)),
            ("greta", Role::CommitteeMember, P::House),
            ("anton", Role::Administrator, P::House),
            ("dora", Role::DataProtectionOfficer, P::House),
        ];
        for (key, role, place) in office {
            let user = self.person(key, None).await;
            self.post(user, role, place).await;
        }
        app::agencies::give_seat(&self.app, &operator(), None, self.anker, west).await.unwrap();
        for (key, agency, role, place) in [
            ("lotse", self.lotse, Role::AgencyLead, P::House),
            ("anker", self.anker, Role::AgencyWorker, P::House),
            ("ankerteam", self.anker, Role::TeamMember, P::Team(west)),
        ] {
            let user = self.person(key, Some(agency)).await;
            self.post(user, role, place).await;
        }
        // Somebody with an account and no post at all.
        self.person("niemand", None).await;
    }

    pub async fn person(&self, key: &str, agency: Option<AgencyId>) -> UserId {
        let new = NewPerson {
            name: line(&format!("{}{} Beispiel", key[..1].to_uppercase(), &key[1..])),
            email: Email::parse(&format!("{key}@musterhafen.example")).unwrap(),
            agency,
            password: None,
            demo_key: Some(key.to_owned()),
        };
        add_person(&self.app, &operator(), None, new).await.unwrap()
    }

    pub async fn post(&self, user: UserId, role: Role, place: PostPlace) {
        give_post(&self.app, &operator(), None, user, (role, place)).await.unwrap();
    }

    /// Plans a year's money for a region, in euros.
    pub async fn plans(&self, region: &str, planned: i64, top_slice: i64) {
        let euros = |euros: i64| Amount::from_cents(euros * 100).ok();
        let new = Plan {
            region: self.region(region).await,
            year: 2026,
            kind: MoneyKind::IndividualClaim,
            planned: euros(planned).unwrap(),
            top_slice: euros(top_slice),
            note: line("Beschluss 1/2026"),
        };
        plan(&self.app, &finance(), None, new).await.unwrap();
    }

    /// The log's lines of deeds, oldest first.
    pub async fn deeds(&self) -> Vec<String> {
        let lines = app::audit::log(&self.app, &officer(), None).await.unwrap();
        lines.into_iter().rev().map(|line| format!("{} {} {}", line.who, line.action, line.deed)).collect()
    }

    pub async fn chain(&self) -> app::audit::Chain {
        app::audit::verify(&self.app, &officer()).await.unwrap()
    }

    /// The rights of one of the town's people, as a request of theirs finds them.
    pub async fn actor(&self, key: &str) -> Actor {
        let token = app::access::sign_in_demo(&self.app, key).await.unwrap();
        app::access::signed_in(&self.app, &token).await.unwrap().unwrap().actor
    }
}

fn office_actor(role: Role) -> Actor {
    Actor { user: operator().user, controller: Controller::Office, posts: vec![Post { role, place: Place::Office }] }
}

pub fn finance() -> Actor {
    office_actor(Role::Finance)
}

pub fn officer() -> Actor {
    office_actor(Role::DataProtectionOfficer)
}

async fn agency(app: &App, name: &str) -> AgencyId {
    let new = (line(name), AgencyKind::Independent, None);
    app::agencies::add(app, &operator(), None, new).await.unwrap()
}

/// Four squares of about 1 km beside each other, in the order west to east.
async fn spaces(app: &App) {
    let spaces = [
        ("100100000", "Hafen", "Nord"),
        ("100200000", "Altstadt", "Nord"),
        ("200100000", "Heide", "Süd"),
        ("200200000", "Moor", "Süd"),
    ];
    let features: Vec<String> =
        (0..).zip(spaces).map(|(i, (key, name, region))| feature(i, key, name, region)).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let options = ReadOptions {
        key_prop: "key".into(),
        name_prop: "name".into(),
        region_prop: Some("region".into()),
        ..ReadOptions::default()
    };
    let valid_from = Day::parse("2020-01-01").unwrap();
    let import = SpacesImport { options, valid_from, dry_run: false, progress: Progress::default() };
    let report = import_spaces(app, &operator(), &text, import).await.unwrap();
    assert_eq!(report.new_spaces, 4, "{:?}", report.findings);
    let zu =
        "1;100100000;Hafen;1000\n1;100200000;Altstadt;1000\n1;200100000;Heide;1000\n1;200200000;Moor;1000\n".to_owned();
    let ra = "1;22844;Musterhafen;Lindenweg;1;;997;;2;;998;;100100000\n1;22844;Musterhafen;Heideweg;1;;997;;2;;998;;200100000\n\
              1;22844;Musterhafen;Grenzallee;1;;99;;;;;;100100000\n1;22844;Musterhafen;Grenzallee;;;;;2;;98;;100200000\n";
    let import = StreetsImport {
        zu: zu.into_bytes(),
        ra: ra.as_bytes().to_vec(),
        valid_from,
        dry_run: false,
        progress: Progress::default(),
    };
    let report = import_streets(app, &operator(), import).await.unwrap();
    assert!(report.edition.is_some(), "{:?}", report.findings);
}

fn feature(i: i32, key: &str, name: &str, region: &str) -> String {
    let (west, east) = (9.90 + f64::from(i) * 0.015, 9.90 + f64::from(i + 1) * 0.015);
    let (south, north) = (53.60, 53.61);
    format!(
        r#"{{"type":"Feature","properties":{{"key":"{key}","name":"{name}","region":"{region}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
    )
}
