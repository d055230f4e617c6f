// SPDX-License-Identifier: EUPL-1.2
//! Opening the database and finding the office in it, and the operator who acts on the command line.

use crate::config::Place;
use crate::ending::Ending;
use app::{App, Clock, Db, Failure};
use domain::access::{Action, Actor, Controller, Email, Place as PostPlace, Post, Role, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Line, OfficeId, UserId};
use store::Frame;
use store::access::{NewAccount, found_office, insert_account};
use uuid::Uuid;

/// Whoever may run the program on the machine. The same id in every office, so that the log always shows
/// such deeds as the operator's.
const OPERATOR: UserId = UserId(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));
const OPERATOR_NAME: &str = "Betrieb (Kommandozeile)";
/// The top-level domain is reserved (RFC 2606), and the account has no password: nobody can sign in.
const OPERATOR_MAIL: &str = "betrieb@sozialraum.invalid";

/// The operator, with the rights of the command line only: spaces and accounts, no case.
pub fn operator() -> Actor {
    let posts = vec![Post { role: Role::Administrator, place: PostPlace::Office }];
    Actor { user: OPERATOR, controller: Controller::Office, posts }
}

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
    let offices = db.read(OfficeId(Uuid::nil()), store::offices::all).await.map_err(Ending::from)?;
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

/// The office, founded if the database has none. Founding belongs to the room access and moves there.
pub async fn open_or_found(db: &Db, name: Option<&str>) -> Result<App, Ending> {
    let app = match find(db, name).await? {
        Some(app) => app,
        None => found(db, name.unwrap_or("Jugendamt"), Clock::System).await?,
    };
    introduce_operator(db, &app).await?;
    Ok(app)
}

/// A new office, founded when the clock says; the house returned keeps that clock.
pub async fn found_with_operator(db: &Db, name: &str, clock: Clock) -> Result<App, Ending> {
    let app = found(db, name, clock).await?;
    introduce_operator(db, &app).await?;
    Ok(app)
}

async fn found(db: &Db, name: &str, clock: Clock) -> Result<App, Ending> {
    let name = Line::parse(name).ok().ok_or_else(|| Ending::usage("Der Name des Jugendamts ist leer oder zu lang."))?;
    let nowhere = App::new(db.clone(), OfficeId(Uuid::nil()), clock);
    let office: OfficeId = nowhere.fresh();
    let frame = Frame { office, user: OPERATOR, now: nowhere.now(), key: None };
    db.change(frame, move |tx| {
        let tx = tx.allow(permit(&operator(), Action::ManagePeople, Standing::Office)?);
        found_office(&tx, &name)?;
        store::audit::open_chain(&tx)?;
        Ok::<_, Failure>(tx.commit(Deed::new(DeedKind::OfficeFounded, office), office)?)
    })
    .await?;
    Ok(App::new(db.clone(), office, clock))
}

/// Gives the operator a name in the log, once.
async fn introduce_operator(db: &Db, app: &App) -> Result<(), Ending> {
    let today = app.today();
    let known = db.read(app.office(), move |tx| store::access::actor(tx, OPERATOR, today)).await;
    if known.map_err(Ending::from)?.is_some() {
        return Ok(());
    }
    let frame = Frame { office: app.office(), user: OPERATOR, now: app.now(), key: None };
    db.change(frame, |tx| {
        let tx = tx.allow(permit(&operator(), Action::ManagePeople, Standing::Office)?);
        let (name, email) = (Line::parse(OPERATOR_NAME)?, Email::parse(OPERATOR_MAIL)?);
        let new = NewAccount { id: OPERATOR, name, email, agency: None, password_hash: None, demo_key: None };
        insert_account(&tx, &new)?;
        Ok::<_, Failure>(tx.commit(Deed::new(DeedKind::AccountAdded, OPERATOR), OPERATOR)?)
    })
    .await?;
    Ok(())
}
