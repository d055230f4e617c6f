// SPDX-License-Identifier: EUPL-1.2
//! What can go wrong below the rules.

/// The store failed; never the user's fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// The engine said no; its words, without any row content.
    Engine(String),
    /// A uniqueness rule of the schema was hit, with the constraint's or columns' names.
    Duplicate(String),
    /// The transaction must be tried again (serialization, lost connection).
    Retry(String),
    /// A row does not say what it must: table and what is wrong.
    Inconsistent(&'static str, String),
    /// An idempotency key came back with another content.
    KeyReused,
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Engine(words) => write!(f, "engine: {words}"),
            Self::Duplicate(what) => write!(f, "duplicate: {what}"),
            Self::Retry(words) => write!(f, "try again: {words}"),
            Self::Inconsistent(table, what) => write!(f, "inconsistent row in {table}: {what}"),
            Self::KeyReused => f.write_str("idempotency key reused with another content"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::SqliteFailure(code, words) = &error {
            let words = words.clone().unwrap_or_default();
            return match code.code {
                rusqlite::ErrorCode::ConstraintViolation if words.starts_with("UNIQUE") => Self::Duplicate(words),
                rusqlite::ErrorCode::DatabaseBusy => Self::Retry(words),
                _ => Self::Engine(words),
            };
        }
        Self::Engine(error.to_string())
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            return if error.is_closed() {
                Self::Retry("connection closed".into())
            } else {
                Self::Engine(error.to_string())
            };
        };
        let words = format!("{} ({})", db.message(), db.code().code());
        match db.code().code() {
            "23505" => Self::Duplicate(db.constraint().unwrap_or_default().to_owned()),
            "40001" | "40P01" | "57P01" | "57P02" | "57P03" | "25006" => Self::Retry(words),
            code if code.starts_with("08") => Self::Retry(words),
            _ => Self::Engine(words),
        }
    }
}
