// SPDX-License-Identifier: EUPL-1.2
//! What the operator decided about the pages: a base map, and who may show the offers in a frame.

use axum::http::HeaderValue;
use std::path::Path;
use std::sync::Arc;

/// The operator's decisions. Without any: no base map, and nobody may frame.
#[derive(Clone, Default)]
pub struct Site {
    /// The base map, if a file was put there.
    pub basemap: Option<Arc<Path>>,
    /// Who may show the offers in a frame.
    pub framers: Framers,
}

/// The addresses of sites that may show the offers in a frame: `https://www.stadt.example`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Framers(Arc<[String]>);

impl Framers {
    /// Sites by their addresses. The first that is none comes back.
    ///
    /// # Errors
    /// The address that cannot be read.
    pub fn read(addresses: &[String]) -> Result<Self, String> {
        let wrong = addresses.iter().find(|address| !is_origin(address));
        match wrong {
            Some(wrong) => Err(wrong.clone()),
            None => Ok(Self(addresses.iter().map(|one| one.trim_end_matches('/').to_owned()).collect())),
        }
    }

    /// Is there one?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sites.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The policy's list, `'none'` without any.
    #[must_use]
    pub fn policy(&self) -> String {
        if self.0.is_empty() { "'none'".to_owned() } else { self.0.join(" ") }
    }
}

/// Scheme, host, perhaps a port; nothing that could end the policy's list or begin another one. Without encryption only
/// one's own machine, to try it out.
fn is_origin(address: &str) -> bool {
    let (secure, rest) = match address.split_once("://") {
        Some(("https", rest)) => (true, rest),
        Some(("http", rest)) => (false, rest),
        _ => return false,
    };
    let (name, port) = rest.trim_end_matches('/').split_once(':').unwrap_or((rest.trim_end_matches('/'), "443"));
    let label = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    digits && name.split('.').all(label) && (secure || name == "localhost")
}

/// Put on an answer that others may show in a frame.
#[derive(Debug, Clone)]
pub struct Framed(pub HeaderValue);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sites_may_frame() {
        let read = |text: &str| Framers::read(&[text.to_owned()]);
        for good in ["https://www.stadt.example", "https://stadt.example:8443/", "http://localhost:4000"] {
            assert!(read(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "*",
            "http://stadt.example",
            "https://",
            "https://a b",
            "https://x; script-src *",
            "https://x/y",
            "https://*.x",
        ] {
            assert_eq!(read(bad), Err(bad.to_owned()), "{bad}");
        }
        assert_eq!(Framers::default().policy(), "'none'");
        assert_eq!(read("https://a.example/").unwrap().policy(), "https://a.example");
    }
}
