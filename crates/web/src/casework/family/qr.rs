// SPDX-License-Identifier: EUPL-1.2
//! A square to be scanned, as SVG: one path of black modules on white, in light and dark alike, for cameras.

use crate::kit::t;
use askama::Template;
use askama::filters::HtmlSafe;
use qrcodegen::{QrCode, QrCodeEcc};

/// White modules around, as the standard asks for.
const QUIET: i32 = 4;

/// The picture.
#[derive(Debug, Template)]
#[template(path = "casework/qr.html")]
pub struct Qr {
    size: i32,
    d: String,
    label: String,
}

impl HtmlSafe for Qr {}

impl Qr {
    /// Of a text; nothing if it is too long for any square.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let mut d = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                d.push_str(&format!("M{} {}h1v1h-1Z", x + QUIET, y + QUIET));
            }
        }
        Some(Self { size: code.size() + 2 * QUIET, d, label: t("family-link-qr") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_and_the_finders_are_drawn() {
        let address = format!("https://sozialraum.musterhafen.example/familie/{}", "a1".repeat(32));
        let qr = Qr::of(&address).unwrap();
        assert!(qr.size > 40 && qr.d.starts_with("M4 4h1v1h-1Z"), "{} {}", qr.size, &qr.d[..24]);
        assert!(Qr::of(&"x".repeat(3_000)).is_none());
    }
}
