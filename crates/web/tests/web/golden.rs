// SPDX-License-Identifier: EUPL-1.2
//! Golden files: what people agreed on, compared word by word. `SOZIALRAUM_BLESS=1` writes them anew.

use std::path::Path;

/// Compares a text with the golden file of this name (below the repository).
pub fn compare(name: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    if std::env::var_os("SOZIALRAUM_BLESS").is_some() {
        std::fs::write(&file, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = expected.lines().zip(actual.lines()).find(|(a, b)| a != b);
    assert!(
        expected == actual,
        "{name} differs; if that is meant, run the test with SOZIALRAUM_BLESS=1 and review the diff.\nfirst: {differs:?}"
    );
}
