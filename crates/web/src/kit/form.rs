// SPDX-License-Identifier: EUPL-1.2
//! Forms as they come in: fields, and the key that makes a second click harmless.

use super::answer::Oops;
use app::Key;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

/// A form is no larger than this.
const LARGEST: usize = 1024 * 1024;
/// A client that sends slower than this is cut off.
const PATIENCE: Duration = Duration::from_secs(20);
/// Name of the hidden field with the idempotency key.
pub const KEY_FIELD: &str = "_key";

/// A form that was sent.
#[derive(Debug, Clone, Default)]
pub struct FormData {
    fields: Vec<(String, String)>,
    fingerprint: Uuid,
}

impl FormData {
    /// The first value of a field, or nothing at all.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The fields of an address, `a=1&b=2`: a form that only asks.
    ///
    /// # Errors
    /// [`Oops::Unreadable`].
    pub fn of_query(query: &str) -> Result<Self, Oops> {
        let fields = serde_html_form::from_str(query).or(Err(Oops::Unreadable))?;
        Ok(Self { fields, fingerprint: Uuid::nil() })
    }

    /// A form whose fields were read elsewhere.
    pub(super) const fn of_fields(fields: Vec<(String, String)>, fingerprint: Uuid) -> Self {
        Self { fields, fingerprint }
    }

    /// A form with these fields, for tests of the rooms.
    #[cfg(test)]
    #[must_use]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        let fields = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { fields, fingerprint: Uuid::nil() }
    }

    /// All values of a field.
    pub fn values<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// All fields.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The key that was made when the form was shown.
    ///
    /// # Errors
    /// When the form has none: it was not made by this program.
    pub fn key(&self) -> Result<Key, Oops> {
        let id = Uuid::parse_str(self.value(KEY_FIELD)).or(Err(Oops::KeyMissing))?;
        Ok(Key { id, fingerprint: self.fingerprint })
    }
}

/// A digest of where and what was sent.
#[must_use]
pub fn fingerprint(path: &str, body: &[u8]) -> Uuid {
    let digest = Sha256::new().chain_update(path).chain_update([0]).chain_update(body).finalize();
    let mut first = [0_u8; 16];
    first.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(first)
}

/// Reads a body with a limit in size and time.
///
/// # Errors
/// [`Oops::TooLarge`], [`Oops::TooSlow`].
pub async fn body_of(request: Request<Body>) -> Result<Vec<u8>, Oops> {
    let reading = axum::body::to_bytes(request.into_body(), LARGEST);
    match tokio::time::timeout(PATIENCE, reading).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(_)) => Err(Oops::TooLarge),
        Err(_) => Err(Oops::TooSlow),
    }
}

impl<S: Send + Sync> FromRequest<S> for FormData {
    type Rejection = Oops;

    async fn from_request(request: Request, _: &S) -> Result<Self, Oops> {
        let path = request.uri().path().to_owned();
        let body = body_of(request).await?;
        let fields = serde_html_form::from_bytes(&body).or(Err(Oops::Unreadable))?;
        Ok(Self { fields, fingerprint: fingerprint(&path, &body) })
    }
}
