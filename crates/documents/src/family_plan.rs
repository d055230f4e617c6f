// SPDX-License-Identifier: EUPL-1.2
//! The plan for its family (Fassung für die Familie): plain titles, large type, the family's words unchanged.

use crate::press::{self, Template};
use crate::printable::printable;
use crate::{DocumentError, Voice, values};
use domain::kernel::Day;
use std::sync::LazyLock;
use typst::foundations::{Array, Dict, IntoValue, Value, dict};

static TEMPLATE: LazyLock<Result<Template, DocumentError>> =
    LazyLock::new(|| Template::new("family_plan.typ", include_str!("family_plan.typ")));

/// All that is printed for a family.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fassung für die Familie")]
pub struct FamilySheet {
    /// The office.
    pub office: String,
    /// Number of the case.
    pub case_number: String,
    /// Number of the version.
    pub version: i64,
    /// `Unser Hilfeplan`.
    pub title: String,
    /// For whom.
    pub family: String,
    /// What this paper is.
    pub lead: String,
    /// Day of the decision; it also dates the file.
    pub decided_on: Day,
    /// A language and a sentence in it, such as where to ask for a translation.
    pub language: Option<(String, String)>,
    /// The sections in the order of reading.
    pub sections: Vec<FamilySection>,
}

/// A section with a plain title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Abschnitt der Fassung für die Familie")]
pub struct FamilySection {
    /// Its title.
    pub title: String,
    /// What stands in it; the owner may be empty.
    pub entries: Vec<Voice>,
}

fn text(text: &str) -> Value {
    text.into_value()
}

fn of(sheet: &FamilySheet) -> Dict {
    let entry = |one: &Voice| dict! { "owner" => text(&one.owner), "words" => text(&one.words) }.into_value();
    let section = |one: &FamilySection| {
        let entries: Array = one.entries.iter().map(entry).collect();
        dict! { "title" => text(&one.title), "entries" => entries }.into_value()
    };
    let sections: Array = sheet.sections.iter().map(section).collect();
    let (language, sentence) = sheet.language.clone().unwrap_or_default();
    dict! {
        "office" => text(&sheet.office),
        "case_number" => text(&sheet.case_number),
        "version" => sheet.version.to_string(),
        "title" => text(&sheet.title),
        "family" => text(&sheet.family),
        "lead" => text(&sheet.lead),
        "decided_on" => sheet.decided_on.german(),
        "language" => text(&language),
        "sentence" => text(&sentence),
        "sections" => sections,
    }
}

/// The family's version as a PDF that is PDF/UA-1 and PDF/A-2a. The same sheet always makes the same bytes.
///
/// # Errors
/// [`DocumentError`], if the sheet cannot be laid out or the result would not conform.
#[doc(alias = "Fassung für die Familie")]
pub fn family_plan(sheet: &FamilySheet) -> Result<Vec<u8>, DocumentError> {
    let template = TEMPLATE.as_ref().map_err(|error| *error)?;
    let raw = of(sheet);
    let sum = values::sha256(&raw);
    let mut inputs = Dict::new();
    inputs.insert("sheet".into(), values::map_texts(Value::Dict(raw), &|text| printable(text)));
    press::write(&press::lay_out(template, inputs)?, sum, sheet.decided_on)
}
