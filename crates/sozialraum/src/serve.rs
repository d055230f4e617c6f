// SPDX-License-Identifier: EUPL-1.2
//! `serve`: the pages for the browser, until somebody says stop.

use crate::cli::PlaceArgs;
use crate::config::MailPlace;
use crate::ending::Ending;
use crate::mail::Postman;
use crate::{german, office};
use app::App;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use web::{Framers, Limits, Site, Web, router};

const LISTEN: &str = "127.0.0.1:8080";
/// The base map in the data directory.
const BASEMAP: &str = "basemap.pmtiles";
/// How often is deleted what nobody may keep any longer.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Args)]
#[command(next_help_heading = german::OPTIONS)]
pub struct ServeArgs {
    /// Adresse und Port, auf denen die Seiten angeboten werden; Port 0 wählt einen freien.
    #[arg(long, value_name = "ADRESSE:PORT", default_value = LISTEN, hide_default_value = true, value_parser = address)]
    listen: SocketAddr,
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    place: PlaceArgs,
}

/// What the operator decides about the pages.
#[derive(Args, Default)]
#[command(next_help_heading = german::OPTIONS)]
pub struct SiteArgs {
    /// Grundkarte (PMTiles), die unter den Sozialräumen liegt; ohne Angabe basemap.pmtiles im Datenverzeichnis, falls vorhanden.
    #[arg(long, value_name = "DATEI.pmtiles")]
    basemap: Option<PathBuf>,
    /// Seite, die die Angebote in einem Rahmen zeigen darf, zum Beispiel https://www.stadt.example; mehrfach möglich, ohne Angabe keine.
    #[arg(long = "frame-host", value_name = "ADRESSE")]
    frame_hosts: Vec<String>,
}

impl SiteArgs {
    /// A file that was named must be there; one in the data directory may be.
    pub fn site(&self, data: Option<&Path>) -> Result<Site, Ending> {
        let framers = Framers::read(&self.frame_hosts).map_err(|wrong| {
            Ending::usage(format!("„{wrong}“ ist keine Adresse wie https://www.stadt.example (ohne Pfad)."))
        })?;
        let basemap = match &self.basemap {
            Some(file) if !file.is_file() => {
                return Err(Ending::usage(format!("Die Grundkarte {} gibt es nicht.", file.display())));
            }
            Some(file) => Some(file.clone()),
            None => data.map(|data| data.join(BASEMAP)).filter(|file| file.is_file()),
        };
        Ok(Site { basemap: basemap.map(Arc::from), framers })
    }
}

#[derive(Args)]
#[command(next_help_heading = german::OPTIONS)]
pub struct DemoArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// Verzeichnis, in dem die Stadt bleibt; ohne Angabe verschwindet sie am Ende.
    #[arg(long, value_name = "VERZEICHNIS")]
    pub data: Option<PathBuf>,
    /// Adresse und Port, auf denen die Seiten angeboten werden; Port 0 wählt einen freien.
    #[arg(long, value_name = "ADRESSE:PORT", default_value = LISTEN, hide_default_value = true, value_parser = address)]
    pub listen: SocketAddr,
    /// Wie groß die Stadt wird: town (rund 400 Fälle) oder city (rund 10.000 Fälle).
    #[arg(long, value_name = "GRÖSSE", default_value = "town", hide_default_value = true, hide_possible_values = true)]
    pub size: CitySize,
}

/// How large the invented town is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CitySize {
    Town,
    City,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().ok().ok_or_else(|| "Bitte Adresse und Port angeben, zum Beispiel 127.0.0.1:8080".to_owned())
}

/// Serves an office; a new database gets one.
pub async fn serve(args: ServeArgs) -> Result<(), Ending> {
    let place = args.place.place()?;
    let site = args.site.site(place.folder())?;
    let db = office::open(&place).await?;
    let app = office::open_or_found(&db, args.place.office.as_deref()).await?;
    if app::access::people(&app, &app::access::operator(), String::new()).await?.len() <= 1 {
        eprintln!("Es gibt noch kein Konto. Das erste legt „sozialraum person add“ an.");
    }
    offer(app, args.listen, false, site).await
}

/// Offers the pages of an office, says where, and returns when told to stop.
pub async fn offer(app: App, listen: SocketAddr, demo: bool, site: Site) -> Result<(), Ending> {
    log_warnings();
    let taken = |error: std::io::Error| Ending::usage(format!("Auf {listen} kann nicht gelauscht werden ({error})."));
    let listener = TcpListener::bind(listen).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    let stop = told_to_stop().map_err(taken)?;
    eprintln!("Datenbank: {}", app.settings());
    let office = Arc::from(app::access::office_name(&app).await?);
    // A demo town sends nothing, whatever the environment says.
    let postman = MailPlace::find()?.filter(|_| !demo).map(|place| Postman::new(&place)).transpose()?;
    let carrying = postman.map(|postman| tokio::spawn(postman.carry(app.clone())));
    // Done before anybody can ask; then once a day.
    forget(&app).await;
    let keeping = tokio::spawn(forget_every(app.clone(), DAY));
    let house = app.clone();
    // Meanwhile all other pages answer; a search waits for what is left of it.
    let warming = tokio::spawn(async move { app::resources::warm(&house).await });
    let pages = router(Web { app, demo, office, site });
    announce(address);
    web::serve(listener, pages, Limits::default(), stop).await;
    keeping.abort();
    warming.abort();
    carrying.iter().for_each(tokio::task::JoinHandle::abort);
    eprintln!("Beendet.");
    Ok(())
}

/// What its day brings: announced ends of helps take effect. And deletes what nobody may keep: certificates past their day (§ 72a(5) SGB VIII; hidden from that day on), drafts of
/// imports, what was counselled in confidence once its day has come (N14), and the record of visits of long ago.
async fn forget(app: &App) {
    if app::resources::forget_certificates(app).await.is_err() {
        tracing::warn!("certificates past their day could not be deleted; tried again tomorrow");
    }
    if app::resources::forget_imports(app).await.is_err() {
        tracing::warn!("drafts of imports past their day could not be deleted; tried again tomorrow");
    }
    if app::casework::ending::take_effect(app).await.is_err() {
        tracing::warn!("ends of helps whose day has come could not be put into effect; tried again tomorrow");
    }
    if app::network::forget_words(app).await.is_err() {
        tracing::warn!("words of contacts past their day could not be deleted; tried again tomorrow");
    }
    if app::casework::counsel::forget_ended(app).await.is_err() {
        tracing::warn!("counselling past its day could not be deleted; tried again tomorrow");
    }
    if app::casework::visit_keeping::forget_old(app).await.is_err() {
        tracing::warn!("records of visits past their day could not be deleted; tried again tomorrow");
    }
}

/// Deletes it again and again, for the first time when so much time has passed.
async fn forget_every(app: App, time: Duration) {
    let mut times = tokio::time::interval_at(tokio::time::Instant::now() + time, time);
    loop {
        times.tick().await;
        forget(&app).await;
    }
}

/// Scripts wait for this line. Nobody reading along is no reason to stop.
fn announce(address: SocketAddr) {
    let mut out = std::io::stdout();
    drop(writeln!(out, "http://{address}").and_then(|()| out.flush()));
}

/// Comes true at Ctrl-C, or when the service manager ends the program.
pub fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

fn log_warnings() {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN);
    // Set already is set.
    drop(log.try_init());
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::access::{found, operator};
    use app::resources::{Certified, add, certificate, note_certificate};
    use app::{Clock, Db};
    use domain::access::{Actor, Controller, Place, Post, Role};
    use domain::kernel::{CardId, Line, Moment};
    use domain::resources::{CardContent, Certificate, Finding};

    /// A card with a certificate of an activity that ended then.
    async fn noted(then: &App, keeper: &Actor, name: &str) -> CardId {
        let fields = [("name", name), ("kind", "offer"), ("topics", "sport"), ("about", "x"), ("visibility", "public")];
        let card = add(then, keeper, None, (CardContent::read(&fields[..]).unwrap(), None)).await.unwrap();
        let (ended, before) = (Some(then.today()), then.today().plus_days(-30));
        let seen =
            Certificate { inspected_on: before, dated_on: before, finding: Finding::Nothing, activity_ended_on: ended };
        note_certificate(then, keeper, None, Certified { card, certificate: seen }).await.unwrap();
        card
    }

    /// A certificate that expires while the program runs is deleted without a new start.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn it_is_deleted_again_and_again() {
        let dir = std::env::temp_dir().join(format!("sozialraum-forgets-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let db = Db::open_sqlite(&dir.join("office.sqlite")).unwrap();
        let app = found(&db, Line::parse("Jugendamt").unwrap(), Clock::System).await.unwrap();
        let posts = vec![Post { role: Role::Coordinator, place: Place::Office }];
        let keeper = Actor { user: operator().user, controller: Controller::Office, posts };
        let then = app.at(Moment(app.now().0 - 300 * 24 * 60 * 60 * 1_000));
        let kept = async |card| certificate(&then, &keeper, card).await.unwrap().is_some();
        let first = noted(&then, &keeper, "Eins").await;
        assert!(kept(first).await, "as of that day it is shown as long as it is there at all");
        let keeping = tokio::spawn(forget_every(app.clone(), Duration::from_millis(5)));
        let forgotten = async |card| {
            while kept(card).await {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        forgotten(first).await;
        forgotten(noted(&then, &keeper, "Zwei").await).await;
        keeping.abort();
        drop(std::fs::remove_dir_all(&dir));
    }
}
