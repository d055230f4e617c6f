// SPDX-License-Identifier: EUPL-1.2
//! The help plan (Hilfeplan, § 36 (2) SGB VIII).

use crate::press::{self, Template};
use crate::printable::printable;
use crate::sheet::PlanSheet;
use crate::{DocumentError, values};
use std::sync::LazyLock;
use typst::foundations::{Dict, IntoValue, Value};
use typst_layout::PagedDocument;

static TEMPLATE: LazyLock<Result<Template, DocumentError>> =
    LazyLock::new(|| Template::new("help_plan.typ", include_str!("help_plan.typ")));

/// The help plan as a PDF that is PDF/UA-1 and PDF/A-2a, dated with the day of the decision.
///
/// The family's words stand first and unchanged. The same sheet always makes the same bytes.
///
/// # Errors
/// [`DocumentError`], if the sheet cannot be laid out or the result would not conform. What
/// people wrote should never lead there: a character without a printable shape is replaced by its Unicode number.
#[doc(alias = "Hilfeplan")]
pub fn help_plan(sheet: &PlanSheet) -> Result<Vec<u8>, DocumentError> {
    press::write(&pages(sheet)?, fingerprint(sheet), sheet.decided_on)
}

/// SHA-256 of everything that stands on the sheet; printed at the foot of every page.
///
/// It lets a paper copy be matched to the version in the records.
#[must_use]
#[doc(alias = "Prüfsumme")]
pub fn fingerprint(sheet: &PlanSheet) -> String {
    values::sha256(&values::of(sheet))
}

/// The laid-out pages.
pub(crate) fn pages(sheet: &PlanSheet) -> Result<PagedDocument, DocumentError> {
    let template = TEMPLATE.as_ref().map_err(|error| *error)?;
    press::lay_out(template, inputs(sheet))
}

/// What the template reads: the values of the sheet in printable form, and the fingerprint of the unchanged ones.
fn inputs(sheet: &PlanSheet) -> Dict {
    let raw = values::of(sheet);
    let sum = values::sha256(&raw);
    let shown = values::map_texts(Value::Dict(raw), &|text| printable(text));
    let mut inputs = Dict::new();
    inputs.insert("sheet".into(), shown);
    inputs.insert("sum".into(), sum.into_value());
    inputs
}
