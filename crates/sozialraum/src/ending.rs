// SPDX-License-Identifier: EUPL-1.2
//! How a run ends: the exit code tells scripts, the sentence tells people.

use app::{Failure, StoreError};
use std::path::Path;
use std::process::ExitCode;

/// Why a run ended without doing what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    code: u8,
    sentence: String,
}

/// Faults in the input; nothing was imported.
const FAULTY: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// A file is not there, cannot be read or cannot be written.
const FILE: u8 = 3;
/// The database cannot be used.
const DATABASE: u8 = 4;

impl Ending {
    pub fn faulty(sentence: impl Into<String>) -> Self {
        Self { code: FAULTY, sentence: sentence.into() }
    }

    pub fn usage(sentence: impl Into<String>) -> Self {
        Self { code: USAGE, sentence: format!("{}\nHilfe zeigt --help.", sentence.into()) }
    }

    pub fn file(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let what = match error.kind() {
            ErrorKind::NotFound => "gibt es nicht",
            ErrorKind::PermissionDenied => "darf nicht gelesen oder geschrieben werden",
            ErrorKind::IsADirectory => "ist ein Verzeichnis und keine Datei",
            ErrorKind::StorageFull => "kann nicht geschrieben werden: Der Speicher ist voll",
            _ => "kann nicht gelesen oder geschrieben werden",
        };
        Self { code: FILE, sentence: format!("Die Datei {} {what}.", path.display()) }
    }

    pub fn database(sentence: impl Into<String>) -> Self {
        Self { code: DATABASE, sentence: sentence.into() }
    }

    pub fn tell(&self) -> ExitCode {
        eprintln!("{}", self.sentence);
        ExitCode::from(self.code)
    }
}

impl From<StoreError> for Ending {
    fn from(error: StoreError) -> Self {
        Self::database(format!(
            "Die Datenbank ist nicht erreichbar oder gehört zu einer anderen Programmversion ({error})."
        ))
    }
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Broken(error) => {
                Self::database(format!("Die Datenbank hat versagt; es wurde nichts geändert ({error})."))
            }
            Failure::Stale | Failure::KeyReused => {
                Self::database("Jemand anderes hat gleichzeitig geändert. Bitte noch einmal versuchen.")
            }
            Failure::Denied(_) => Self::database("Das ist hier nicht erlaubt."),
            Failure::Refused(refusals) => {
                let codes: Vec<&str> = refusals.list().iter().map(|refusal| refusal.rule.code()).collect();
                Self::faulty(format!("Das ist nicht möglich ({}).", codes.join(", ")))
            }
        }
    }
}
