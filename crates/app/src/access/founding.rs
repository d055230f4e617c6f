// SPDX-License-Identifier: EUPL-1.2
//! Founding an office, and the operator who acts on the command line.

use crate::core::{App, Clock, Failure, fresh_at};
use domain::access::{Action, Actor, Controller, Email, Place, Post, Role, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Line, OfficeId, UserId};
use store::access::{self, NewAccount};
use store::{Db, Frame, ReadTx, audit};
use uuid::Uuid;

/// Whoever may run the program on the machine. The same id in every office, so that the log always shows
/// such deeds as the operator's.
const OPERATOR: UserId = UserId(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));
const OPERATOR_NAME: &str = "Betrieb (Kommandozeile)";
/// The top-level domain is reserved (RFC 2606), and the account has no password: nobody can sign in.
const OPERATOR_MAIL: &str = "betrieb@sozialraum.invalid";

/// The operator, with the rights of the command line only: spaces, agencies and accounts, no case.
#[must_use]
pub fn operator() -> Actor {
    let posts = vec![Post { role: Role::Administrator, place: Place::Office }];
    Actor { user: OPERATOR, controller: Controller::Office, posts }
}

/// Founds an office in a database: its name, its log, and the operator's name in it.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn found(db: &Db, name: Line, clock: Clock) -> Result<App, Failure> {
    let nowhere = App::new(db.clone(), OfficeId(Uuid::nil()), clock);
    let now = nowhere.now();
    let office = OfficeId(fresh_at(now));
    let frame = Frame { office, user: OPERATOR, now, key: None };
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(permit(&operator(), Action::ManagePeople, Standing::Office)?);
        access::found_office(&tx, &name)?;
        audit::open_chain(&tx)?;
        let (name, email) = (Line::parse(OPERATOR_NAME)?, Email::parse(OPERATOR_MAIL)?);
        access::insert_account(
            &tx,
            &NewAccount { id: OPERATOR, name, email, agency: None, password_hash: None, demo_key: None },
        )?;
        Ok::<_, Failure>(tx.commit(Deed::new(DeedKind::OfficeFounded, office), office)?)
    };
    db.change(frame, write).await?;
    Ok(App::new(db.clone(), office, clock))
}

/// The offices of a database: their ids and names.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn offices(db: &Db) -> Result<Vec<(OfficeId, String)>, Failure> {
    Ok(db.read(OfficeId(Uuid::nil()), store::offices::all).await?)
}
