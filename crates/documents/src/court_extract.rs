// SPDX-License-Identifier: EUPL-1.2
//! The extract of a plan for a family court: its three contents and nothing else (§ 50(2) Satz 3 SGB VIII).

use crate::press::{self, Template};
use crate::printable::printable;
use crate::{DocumentError, values};
use domain::kernel::Day;
use std::sync::LazyLock;
use typst::foundations::{Array, Dict, IntoValue, Value, dict};

static TEMPLATE: LazyLock<Result<Template, DocumentError>> =
    LazyLock::new(|| Template::new("court_extract.typ", include_str!("court_extract.typ")));

/// All that is printed on an extract. There is no place for anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Auszug nach § 50 Abs. 2 SGB VIII")]
pub struct ExtractSheet {
    /// The office.
    pub office: String,
    /// The court.
    pub court: String,
    /// The court's file number; may be empty.
    pub file_number: String,
    /// The office's number of the case.
    pub case_number: String,
    /// The family, so that the court knows whom it concerns.
    pub family: String,
    /// The proceeding, as it is read.
    pub matter: String,
    /// Made on; it also dates the file.
    pub made_on: Day,
    /// 1. The result of the finding of need.
    pub need: Vec<String>,
    /// 2. The agreed kind of help with the necessary services.
    pub help: Vec<String>,
    /// 3. The results of reviews.
    pub reviews: Vec<String>,
}

fn of(sheet: &ExtractSheet) -> Dict {
    let text = |text: &str| text.into_value();
    let list = |all: &[String]| all.iter().map(|one| one.as_str().into_value()).collect::<Array>();
    dict! {
        "office" => text(&sheet.office),
        "court" => text(&sheet.court),
        "file_number" => text(&sheet.file_number),
        "case_number" => text(&sheet.case_number),
        "family" => text(&sheet.family),
        "matter" => text(&sheet.matter),
        "made_on" => sheet.made_on.german(),
        "need" => list(&sheet.need),
        "help" => list(&sheet.help),
        "reviews" => list(&sheet.reviews),
    }
}

/// The extract as a PDF that is PDF/UA-1 and PDF/A-2a. The same sheet always makes the same bytes.
///
/// # Errors
/// [`DocumentError`], if the sheet cannot be laid out or the result would not conform.
#[doc(alias = "Auszug nach § 50 Abs. 2 SGB VIII")]
pub fn court_extract(sheet: &ExtractSheet) -> Result<Vec<u8>, DocumentError> {
    let template = TEMPLATE.as_ref().map_err(|error| *error)?;
    let raw = of(sheet);
    let sum = values::sha256(&raw);
    let mut inputs = Dict::new();
    inputs.insert("sheet".into(), values::map_texts(Value::Dict(raw), &|text| printable(text)));
    press::write(&press::lay_out(template, inputs)?, sum, sheet.made_on)
}
