// SPDX-License-Identifier: EUPL-1.2
//! Says what to do when the third-party styles and fonts have not been fetched yet.

use std::path::Path;

const NEEDED: &[&str] = &["kern.min.css", "fonts.css", "fira-sans-latin-400-normal.woff2"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets");
    let vendor = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/vendor");
    if let Some(missing) = NEEDED.iter().find(|file| !vendor.join(file).is_file()) {
        println!(
            "cargo::error=crates/web/assets/vendor/{missing} is missing. Run `cargo xtask assets` once; it needs Node.js 20 with npm."
        );
    }
}
