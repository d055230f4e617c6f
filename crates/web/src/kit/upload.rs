// SPDX-License-Identifier: EUPL-1.2
//! Forms with files (`multipart/form-data`, RFC 7578): the fields as in any form, and the files beside them.

use super::answer::Oops;
use super::form::{FormData, fingerprint};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use std::time::Duration;

/// A form with its files is no larger than this, in megabytes.
pub const SMALL: usize = 2;
/// Where tables of a whole town are brought in.
pub const LARGE: usize = 51;
/// A client that sends slower than this is cut off.
const PATIENCE: Duration = Duration::from_secs(120);
/// RFC 2046 § 5.1.1 allows no longer mark; each place of the body is compared with it.
const LONGEST_MARK: usize = 70;

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct SentFile {
    field: String,
    /// Its name on the sender's disk.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A form that was sent with files, of so many megabytes at most: an import says that it takes [`LARGE`] ones.
#[derive(Debug, Clone, Default)]
pub struct Uploaded<const MEGABYTES: usize = SMALL> {
    /// Its fields.
    pub form: FormData,
    files: Vec<SentFile>,
}

impl<const MEGABYTES: usize> Uploaded<MEGABYTES> {
    /// The file of a field, if one was chosen. A browser sends a nameless one if none was; an empty file has a name, and
    /// whoever chose it is told that it is empty.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&SentFile> {
        self.files.iter().find(|file| file.field == field && !(file.bytes.is_empty() && file.name.is_empty()))
    }

    fn read(kind: &str, path: &str, body: &[u8]) -> Result<Self, Oops> {
        let boundary = parameter(kind, "boundary").filter(|mark| (1..=LONGEST_MARK).contains(&mark.len()));
        let boundary = boundary.ok_or(Oops::Unreadable)?;
        let mark = format!("--{boundary}");
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        // What stands before the first mark and behind the last belongs to nothing.
        for part in split(body, mark.as_bytes()).into_iter().skip(1) {
            if part.starts_with(b"--") {
                break;
            }
            let part = part.strip_prefix(b"\r\n").ok_or(Oops::Unreadable)?;
            let end = position(part, b"\r\n\r\n").ok_or(Oops::Unreadable)?;
            let (head, content) = (&part[..end], &part[end + 4..]);
            let content = content.strip_suffix(b"\r\n").unwrap_or(content);
            let head = std::str::from_utf8(head).or(Err(Oops::Unreadable))?;
            let disposition = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"));
            let disposition = disposition.ok_or(Oops::Unreadable)?;
            let field = parameter(disposition, "name").ok_or(Oops::Unreadable)?;
            match parameter(disposition, "filename") {
                Some(name) => files.push(SentFile { field, name, bytes: content.to_vec() }),
                None => fields.push((field, String::from_utf8(content.to_vec()).or(Err(Oops::Unreadable))?)),
            }
        }
        Ok(Self { form: FormData::of_fields(fields, fingerprint(path, body)), files })
    }
}

/// The value of a parameter, `name="value"` or `name=value`.
fn parameter(line: &str, name: &str) -> Option<String> {
    let mut pieces = line.split(';').skip(1).map(str::trim);
    let value = pieces.find_map(|piece| piece.strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim().trim_matches('"').to_owned())
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// The parts between the marks, the first of which is what comes before any.
fn split<'a>(mut body: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = position(body, mark) {
        parts.push(&body[..at]);
        body = &body[at + mark.len()..];
    }
    parts.push(body);
    parts
}

impl<S: Send + Sync, const MEGABYTES: usize> FromRequest<S> for Uploaded<MEGABYTES> {
    type Rejection = Oops;

    async fn from_request(request: Request, _: &S) -> Result<Self, Oops> {
        let path = request.uri().path().to_owned();
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.to_owned();
        if !kind.starts_with("multipart/form-data") {
            // A form without a file may come in the plain way.
            let form = FormData::from_request(request, &()).await?;
            return Ok(Self { form, files: Vec::new() });
        }
        let reading = axum::body::to_bytes(request.into_body(), MEGABYTES * 1024 * 1024);
        match tokio::time::timeout(PATIENCE, reading).await {
            Ok(Ok(body)) => Self::read(&kind, &path, &body),
            Ok(Err(_)) => Err(Oops::TooLarge),
            Err(_) => Err(Oops::TooSlow),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_files_are_told_apart() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nNeuer\r\nSchnitt\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"spaces\"; filename=\"räume.geojson\"\r\nContent-Type: a/b\r\n\r\n{}\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"ra\"; filename=\"\"\r\n\r\n\r\n--x--\r\n";
        let sent = <Uploaded>::read("multipart/form-data; boundary=x", "/p", body.as_bytes()).unwrap();
        assert_eq!(sent.form.value("title"), "Neuer\r\nSchnitt");
        let file = sent.file("spaces").unwrap();
        assert_eq!((file.name.as_str(), file.bytes.as_slice()), ("räume.geojson", &b"{}"[..]));
        assert!(sent.file("ra").is_none() && sent.file("title").is_none());
        let long = format!("multipart/form-data; boundary={}", "x".repeat(LONGEST_MARK + 1));
        let bad = [("multipart/form-data", body), (&long, body), ("multipart/form-data; boundary=x", "--xnonsense")];
        for (kind, body) in bad {
            assert!(<Uploaded>::read(kind, "/p", body.as_bytes()).is_err(), "{kind}");
        }
    }
}
