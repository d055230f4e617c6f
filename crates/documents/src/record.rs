// SPDX-License-Identifier: EUPL-1.2
//! A record: a title, facts, sections of lines, signatures. Papers of child protection are made of it.

use crate::press::{self, Template};
use crate::printable::printable;
use crate::{DocumentError, values};
use domain::kernel::Day;
use std::sync::LazyLock;
use typst::foundations::{Array, Dict, IntoValue, Value, dict};

static TEMPLATE: LazyLock<Result<Template, DocumentError>> =
    LazyLock::new(|| Template::new("record.typ", include_str!("record.typ")));

/// All that is printed on a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Vermerk")]
pub struct RecordSheet {
    /// The youth welfare office.
    pub office: String,
    /// What it is.
    pub title: String,
    /// What it is for, and on which ground.
    pub about: String,
    /// Of which day.
    pub dated_on: Day,
    /// Labels with values.
    pub facts: Vec<(String, String)>,
    /// Its sections.
    pub sections: Vec<RecordSection>,
    /// Who signs.
    pub signatures: Vec<String>,
}

/// A section of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Abschnitt")]
pub struct RecordSection {
    /// Its heading.
    pub heading: String,
    /// Its lines.
    pub lines: Vec<String>,
}

fn text(text: &str) -> Value {
    text.into_value()
}

fn of(sheet: &RecordSheet) -> Dict {
    let facts: Array = sheet
        .facts
        .iter()
        .map(|(label, value)| dict! { "label" => text(label), "value" => text(value) }.into_value())
        .collect();
    let section = |one: &RecordSection| {
        let lines: Array = one.lines.iter().map(|line| text(line)).collect();
        dict! { "heading" => text(&one.heading), "lines" => lines }.into_value()
    };
    let sections: Array = sheet.sections.iter().map(section).collect();
    let signatures: Array = sheet.signatures.iter().map(|name| text(name)).collect();
    dict! {
        "office" => text(&sheet.office),
        "title" => text(&sheet.title),
        "about" => text(&sheet.about),
        "dated_on" => sheet.dated_on.german(),
        "facts" => facts,
        "sections" => sections,
        "signatures" => signatures,
    }
}

/// A record as a PDF that is PDF/UA-1 and PDF/A-2a. The same sheet of the same day always makes the same bytes.
///
/// # Errors
/// [`DocumentError`], if the sheet cannot be laid out or the result would not conform.
#[doc(alias = "Vermerk")]
pub fn record(sheet: &RecordSheet, made_on: Day) -> Result<Vec<u8>, DocumentError> {
    let template = TEMPLATE.as_ref().map_err(|error| *error)?;
    let raw = of(sheet);
    let sum = values::sha256(&raw);
    let mut inputs = Dict::new();
    inputs.insert("sheet".into(), values::map_texts(Value::Dict(raw), &|text| printable(text)));
    let pages = press::lay_out(template, inputs)?;
    press::write(&pages, sum, made_on)
}
