// SPDX-License-Identifier: EUPL-1.2
//! Where the database is. The only file that reads the environment, so that a password in a database
//! address need not stand on the command line where every process can see it.

use crate::ending::Ending;
use std::path::{Path, PathBuf};

const DATA: &str = "SOZIALRAUM_DATA";
const DATABASE: &str = "SOZIALRAUM_DATABASE";
/// The office's one file in its data directory.
const FILE: &str = "office.sqlite";

const SMTP: &str = "SOZIALRAUM_SMTP";
const MAIL_FROM: &str = "SOZIALRAUM_MAIL_FROM";
const ADDRESS: &str = "SOZIALRAUM_ADDRESS";

/// Over which server reminders go, from whom, and the address of the pages that they name. Without all three no mail
/// is ever sent.
#[derive(Clone, PartialEq, Eq)]
pub struct MailPlace {
    /// `smtps://name:password@server`, `smtp://server:587?tls=required`.
    pub server: String,
    /// Who sends.
    pub from: String,
    /// The address of the pages.
    pub address: String,
}

impl MailPlace {
    /// From the environment: a password of a mail server stands on no command line.
    pub fn find() -> Result<Option<Self>, Ending> {
        Self::choose(variable(SMTP), variable(MAIL_FROM), variable(ADDRESS))
    }

    fn choose(server: Option<String>, from: Option<String>, address: Option<String>) -> Result<Option<Self>, Ending> {
        match (server, from, address) {
            (Some(server), Some(from), Some(address)) => Ok(Some(Self { server, from, address })),
            (None, None, _) => Ok(None),
            _ => Err(Ending::usage(
                "Für Erinnerungen per Mail bitte SOZIALRAUM_SMTP, SOZIALRAUM_MAIL_FROM und SOZIALRAUM_ADDRESS setzen, oder keines davon.",
            )),
        }
    }
}

/// Where an office is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this SQLite file.
    File(PathBuf),
    /// In PostgreSQL, at this address.
    Server(String),
}

impl Place {
    /// From the command line, else from the environment.
    pub fn find(data: Option<PathBuf>, database: Option<String>) -> Result<Self, Ending> {
        match (data, database) {
            (None, None) => Self::choose(variable(DATA).map(PathBuf::from), variable(DATABASE)),
            given => Self::choose(given.0, given.1),
        }
    }

    /// The data directory, where there is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::File(file) => file.parent(),
            Self::Server(_) => None,
        }
    }

    fn choose(data: Option<PathBuf>, database: Option<String>) -> Result<Self, Ending> {
        match (data, database) {
            (Some(dir), None) => Ok(Self::File(dir.join(FILE))),
            (None, Some(url)) => Ok(Self::Server(url)),
            (None, None) => Err(Ending::usage("Bitte --data VERZEICHNIS oder --database ADRESSE angeben.")),
            (Some(_), Some(_)) => {
                Err(Ending::usage("Bitte nur eines von beiden angeben: --data VERZEICHNIS oder --database ADRESSE."))
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_off_unless_all_is_said() {
        let some = |text: &str| Some(text.to_owned());
        assert!(matches!(MailPlace::choose(None, None, None), Ok(None)));
        assert!(matches!(MailPlace::choose(None, None, some("https://amt.example")), Ok(None)));
        assert!(MailPlace::choose(some("smtp://x"), None, some("https://amt.example")).is_err());
        assert!(matches!(MailPlace::choose(some("smtp://x"), some("a@b.example"), some("https://x")), Ok(Some(_))));
    }

    #[test]
    fn exactly_one_place_is_chosen() {
        let dir = || Some(PathBuf::from("d"));
        let url = || Some("postgres://x".to_owned());
        assert_eq!(Place::choose(dir(), None), Ok(Place::File(PathBuf::from("d/office.sqlite"))));
        assert_eq!(Place::choose(None, url()), Ok(Place::Server("postgres://x".into())));
        assert!(Place::choose(None, None).is_err() && Place::choose(dir(), url()).is_err());
    }
}
