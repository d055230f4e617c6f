// SPDX-License-Identifier: EUPL-1.2
//! Papers on their way out. A paper stands at an address; the same address with `/pdf` behind it is the paper as a
//! tagged PDF, made of the same sheet.

use super::Oops;
use app::{Failure, StoreError};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

/// Papers made at once; the others wait their turn.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// A paper, shown under this name. Typesetting keeps a core busy: it runs beside the requests, two at a time.
///
/// # Errors
/// [`Failure::Broken`], if it could not be typeset.
pub async fn pressed<F>(name: &str, make: F) -> Result<Response, Oops>
where
    F: FnOnce() -> Result<Vec<u8>, documents::DocumentError> + Send + 'static,
{
    let broken = |words: String| Oops::from(Failure::Broken(StoreError::Inconsistent("paper", words)));
    let turn = PRESSES.acquire().await;
    let made = tokio::task::spawn_blocking(make).await;
    drop(turn);
    let bytes = made.map_err(|error| broken(error.to_string()))?.map_err(|error| broken(error.to_string()))?;
    let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign == '.' { sign } else { '-' };
    let shown = format!("inline; filename=\"{}\"", name.chars().map(plain).collect::<String>());
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, shown)], bytes).into_response())
}
