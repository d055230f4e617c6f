// SPDX-License-Identifier: EUPL-1.2
//! Passwords: argon2id, a few at a time.

use crate::core::Failure;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use domain::access::Password;
use std::sync::OnceLock;
use store::StoreError;
use tokio::sync::Semaphore;

/// Each hash takes 19 MiB for a moment; more at once would be a way to fill the machine.
static HASHING: Semaphore = Semaphore::const_new(4);

/// Is it the password? Unknown people cost the same work, so that the time tells nothing.
pub(super) async fn verify(hash: Option<String>, password: String) -> Result<bool, Failure> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let _place = HASHING.acquire().await.map_err(broken)?;
    let task = tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.get_or_init(|| hash_now("niemand").unwrap_or_default()).clone());
        let right = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    });
    task.await.map_err(broken)
}

fn hash_now(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

pub(super) async fn hash(password: Password) -> Result<String, Failure> {
    let _place = HASHING.acquire().await.map_err(broken)?;
    let hashed = tokio::task::spawn_blocking(move || hash_now(password.expose())).await.map_err(broken)?;
    hashed.ok_or_else(|| broken("password hash"))
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Broken(StoreError::Engine(error.to_string()))
}
