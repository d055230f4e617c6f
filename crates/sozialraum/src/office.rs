// SPDX-License-Identifier: EUPL-1.2
//! Opening the database and finding the office in it, and the operator who acts on the command line.

use crate::config::Place;
use crate::ending::Ending;
use app::access::{found, offices};
use app::{App, Clock, Db};
use domain::kernel::Line;

/// Does a database exist there? A server's always does.
pub fn exists(place: &Place) -> bool {
    match place {
        Place::File(file) => file.exists(),
        Place::Server(_) => true,
    }
}

/// Opens the database; a data directory is made if it is missing.
pub async fn open(place: &Place) -> Result<Db, Ending> {
    match place {
        Place::File(file) => {
            if let Some(dir) = file.parent() {
                std::fs::create_dir_all(dir).map_err(|error| Ending::file(dir, &error))?;
            }
            Ok(Db::open_sqlite(file)?)
        }
        Place::Server(url) => Ok(Db::open_postgres(url).await?),
    }
}

/// The office of this name; without a name, the only one there is.
pub async fn find(db: &Db, name: Option<&str>) -> Result<Option<App>, Ending> {
    let offices = offices(db).await.map_err(Ending::from)?;
    let named = |wanted: &str| offices.iter().find(|(_, name)| name == wanted);
    let found = match (name, offices.as_slice()) {
        (Some(name), _) => named(name),
        (None, []) => None,
        (None, [office]) => Some(office),
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
            let listed = names.join("“, „");
            return Err(Ending::usage(format!("Bitte mit --office eines der Jugendämter wählen: „{listed}“.")));
        }
    };
    if let (None, Some(name), Some((_, other))) = (found, name, offices.first()) {
        return Err(Ending::usage(format!("Das Jugendamt „{name}“ gibt es hier nicht, wohl aber „{other}“.")));
    }
    Ok(found.map(|(id, _)| App::new(db.clone(), *id, Clock::System)))
}

/// The office, founded if the database has none.
pub async fn open_or_found(db: &Db, name: Option<&str>) -> Result<App, Ending> {
    if let Some(app) = find(db, name).await? {
        return Ok(app);
    }
    let name = Line::parse(name.unwrap_or("Jugendamt")).ok();
    let name = name.ok_or_else(|| Ending::usage("Der Name des Jugendamts ist leer oder zu lang."))?;
    found(db, name, Clock::System).await.map_err(Ending::from)
}
