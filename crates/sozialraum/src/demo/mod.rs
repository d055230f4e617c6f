// SPDX-License-Identifier: EUPL-1.2
//! The invented town „Musterhafen“: made through the use cases, the same every time. Names, streets and
//! stories are invented; their words stand in `words/`. Read `town.rs` first.

mod act;
mod agreements;
mod allocation;
mod cards;
mod chance;
mod closings;
mod explore;
mod family;
mod files;
mod letters;
mod lived;
mod map;
mod money;
mod pen;
mod projects;
mod protection;
mod quarter;
mod size;
mod staff;
mod story;
mod team;
#[cfg(test)]
mod tests;
mod town;
mod words;

use crate::config::Place;
use crate::ending::Ending;
use crate::office;
use crate::progress::teller;
use crate::serve::{DemoArgs, offer, told_to_stop};
use app::{App, Clock, Db};
use domain::kernel::OfficeId;
use std::path::{Path, PathBuf};
use std::time::Instant;
use uuid::Uuid;

/// Makes the town if it is not there, and shows it.
pub async fn show(args: DemoArgs) -> Result<(), Ending> {
    let site = args.site.site(args.data.as_deref())?;
    let temporary = if args.data.is_none() { Some(Temporary::new()?) } else { None };
    let dir = args.data.as_deref().or(temporary.as_ref().map(|dir| dir.0.as_path())).unwrap_or(Path::new("."));
    let db = office::open(&Place::find(Some(dir.to_owned()), None)?).await?;
    let app = match office::find(&db, None).await? {
        Some(app) => known(app, dir).await?,
        None => new(&db, args.size.into()).await?,
    };
    welcome(&app).await?;
    offer(app, args.listen, true, site).await
}

/// Makes the town, unless somebody says stop before it is finished.
async fn new(db: &Db, size: size::Size) -> Result<App, Ending> {
    eprintln!("Musterhafen entsteht …");
    let start = Instant::now();
    let nowhere = App::new(db.clone(), OfficeId(Uuid::nil()), Clock::System);
    let stop = told_to_stop().map_err(|error| Ending::file(Path::new("Signal"), &error))?;
    let tell = teller("Schritte");
    let app = tokio::select! {
        made = town::make(db, size, nowhere.now(), &tell) => made?,
        () = stop => return Err(Ending::faulty("Abgebrochen, bevor die Stadt fertig war.")),
    };
    let seconds = format!("{:.1}", start.elapsed().as_secs_f64()).replace('.', ",");
    eprintln!("Musterhafen ist fertig ({seconds} s).");
    Ok(app)
}

/// A town that is finished; never an office where people work.
async fn known(app: App, dir: &Path) -> Result<App, Ending> {
    let people = app::access::demo_people(&app).await?;
    if people.is_empty() {
        return Err(Ending::usage(format!("In {} liegt ein Jugendamt, das keine Musterstadt ist.", dir.display())));
    }
    if !people.iter().any(|person| person.key == staff::LAST_KEY) {
        return Err(Ending::faulty(format!(
            "Die Musterstadt in {} ist nicht fertig geworden. Bitte löschen.",
            dir.display()
        )));
    }
    Ok(app)
}

async fn welcome(app: &App) -> Result<(), Ending> {
    let people = app::access::demo_people(app).await?;
    let name = |key: &str| people.iter().find(|one| one.key == key).map_or("", |one| one.name.as_str());
    eprintln!("Anmelden ohne Passwort: Auf der Startseite einen von {} Menschen wählen, zum Beispiel", people.len());
    eprintln!("  {} (Fachkraft im ASD, asd-nord-1) oder", name("asd-nord-1"));
    eprintln!("  {} (Wirtschaftliche Jugendhilfe, finanzen-1).", name("finanzen-1"));
    Ok(())
}

/// A directory that is gone when the town is.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Self, Ending> {
        let dir = std::env::temp_dir().join(format!("musterhafen-{}", std::process::id()));
        std::fs::create_dir(&dir).map_err(|error| Ending::file(&dir, &error))?;
        Ok(Self(dir))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
