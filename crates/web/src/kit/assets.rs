// SPDX-License-Identifier: EUPL-1.2
//! Styles, scripts, fonts: embedded, served from here, never from a foreign host. Addresses carry a digest
//! of the content, so that browsers may keep them for good.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

static DIGESTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let digest = |name: &str| {
        let hash = Assets::get(name)?.metadata.sha256_hash();
        Some(hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect())
    };
    Assets::iter().filter_map(|name| Some((name.to_string(), digest(&name)?))).collect()
});

/// The address of an asset: `/assets/app.css?v=…`.
#[must_use]
pub fn address(name: &str) -> String {
    match DIGESTS.get(name) {
        Some(digest) => format!("/assets/{name}?v={digest}"),
        None => format!("/assets/{name}"),
    }
}

/// A script that the browser must ask for anew each time, because it cannot be told by its address.
#[must_use]
pub fn unkept(name: &str) -> Option<Response> {
    let file = Assets::get(name)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Some((headers, file.data).into_response())
}

/// Serves an asset.
pub async fn asset(Path(name): Path<String>) -> Response {
    let Some(file) = Assets::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CACHE_CONTROL, kept)], file.data).into_response()
}
