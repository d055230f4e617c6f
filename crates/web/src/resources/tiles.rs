// SPDX-License-Identifier: EUPL-1.2
//! The base map that an operator may put beside the data: one file at one place, given out piece by piece. No part of
//! the address names a file, so that nobody can ask for another one.

use crate::kit::{Oops, Web};
use app::Failure;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, RANGE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::access::Denied;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// The largest piece given out at once. Directories and tiles are far smaller.
const PIECE: u64 = 4 * 1024 * 1024;

/// A piece of the file, and what is to be said about the whole.
struct Piece {
    bytes: Vec<u8>,
    from: u64,
    whole: u64,
    tag: String,
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn basemap(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Oops> {
    let nothing = || Oops::from(Failure::Denied(Denied::Hidden));
    let path = web.site.basemap.clone().ok_or_else(nothing)?;
    let asked = headers.get(RANGE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let read = tokio::task::spawn_blocking(move || piece(&path, asked.as_deref())).await;
    // The operator may have taken the file away.
    let piece = read.ok().and_then(Result::ok).ok_or_else(nothing)?;
    Ok(answer(piece))
}

// Answers ---------------------------------------------------------------------------------------------

/// The first and the last byte of `bytes=a-b`, `bytes=a-` and `bytes=-n`, cut to [`PIECE`]. Several ranges at once are
/// answered as if none had been asked for, as RFC 9110 allows.
fn range(asked: &str, whole: u64) -> Option<(u64, u64)> {
    let (from, to) = asked.strip_prefix("bytes=").filter(|rest| !rest.contains(','))?.split_once('-')?;
    let last = whole.checked_sub(1)?;
    let (from, to) = match (from.trim().parse::<u64>(), to.trim()) {
        (Ok(from), "") => (from, last),
        (Ok(from), to) => (from, to.parse::<u64>().ok()?.min(last)),
        (Err(_), to) if from.trim().is_empty() => (whole.saturating_sub(to.parse().ok()?), last),
        _ => return None,
    };
    (from <= to).then(|| (from, to.min(from.saturating_add(PIECE - 1))))
}

fn piece(path: &Path, asked: Option<&str>) -> io::Result<Option<Piece>> {
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    let whole = about.len();
    let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    // Somebody who asks for all of it gets its beginning: a base map has gigabytes, and no reader wants them.
    let Some((from, to)) = range(asked.unwrap_or("bytes=0-"), whole) else { return Ok(None) };
    let mut bytes = vec![0; usize::try_from(to - from + 1).unwrap_or(0)];
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(&mut bytes)?;
    Ok(Some(Piece { bytes, from, whole, tag: format!("\"{changed:x}-{whole:x}\"") }))
}

fn answer(piece: Option<Piece>) -> Response {
    let Some(Piece { bytes, from, whole, tag }) = piece else {
        return StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    };
    let to = from + u64::try_from(bytes.len()).unwrap_or(0).saturating_sub(1);
    let text = |text: String| HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/vnd.pmtiles")),
        (CONTENT_RANGE, text(format!("bytes {from}-{to}/{whole}"))),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        // Offsets are of the bytes in the file: a pressed piece would be of no use.
        (CONTENT_ENCODING, HeaderValue::from_static("identity")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (ETAG, text(tag)),
    ];
    (StatusCode::PARTIAL_CONTENT, headers, Body::from(bytes)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (asked, expected) in [
            ("bytes=0-15", Some((0, 15))),
            ("bytes=90-", Some((90, 99))),
            ("bytes=-10", Some((90, 99))),
            ("bytes=-1000", Some((0, 99))),
            ("bytes=50-1000", Some((50, 99))),
            ("bytes=100-", None),
            ("bytes=9-3", None),
            ("bytes=-0", None),
            ("bytes=a-b", None),
            ("bytes=0-1,5-6", None),
            ("ranges=0-1", None),
        ] {
            assert_eq!(range(asked, 100), expected, "{asked}");
        }
        assert_eq!(range("bytes=0-", 10 * PIECE), Some((0, PIECE - 1)));
        assert_eq!(range("bytes=0-", 0), None);
    }
}
