// SPDX-License-Identifier: EUPL-1.2
//! The finished file: its standards, its sameness, and what it withstands.
mod sample;

use documents::{PlanSheet, fingerprint, help_plan};
use sample::{day, sheet};

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn probe() {
    let out = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let pdf = help_plan(&sheet()).unwrap();
    std::fs::write(out.join("plan.pdf"), &pdf).unwrap();
}
