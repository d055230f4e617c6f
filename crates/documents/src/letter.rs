// SPDX-License-Identifier: EUPL-1.2
//! A letter: who writes, to whom, about what, and the words. The page beside it is made of the same words.

use crate::press::{self, Template};
use crate::printable::printable;
use crate::{DocumentError, values};
use domain::kernel::Day;
use domain::letters::{Block, Paper};
use std::sync::LazyLock;
use typst::foundations::{Array, Dict, IntoValue, Value, dict};

static TEMPLATE: LazyLock<Result<Template, DocumentError>> =
    LazyLock::new(|| Template::new("letter.typ", include_str!("letter.typ")));

/// All that is printed on a letter.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Brief")]
pub struct LetterSheet {
    /// The office and how to reach it, a line each; the first is its name.
    pub head: Vec<String>,
    /// To whom, a line each; empty where the address is not printed here.
    pub to: Vec<String>,
    /// What stands where no address is: that it is protected, or kept with the report.
    pub to_note: String,
    /// Labels and values at the side: file number, who writes, the day.
    pub facts: Vec<(String, String)>,
    /// The words.
    pub paper: Paper,
    /// Who signs.
    pub signature: String,
    /// `Entwurf`, while it may still be changed; else empty.
    pub draft: String,
    /// Of which day.
    pub dated_on: Day,
}

fn text(text: &str) -> Value {
    text.into_value()
}

fn list(all: &[String]) -> Array {
    all.iter().map(|one| text(one)).collect()
}

fn of(sheet: &LetterSheet) -> Dict {
    let block = |block: &Block| match block {
        Block::Heading(words) => dict! { "kind" => "heading", "lines" => list(std::slice::from_ref(words)) },
        Block::Paragraph(words) => {
            let lines: Vec<String> = words.lines().map(|line| line.trim().to_owned()).collect();
            dict! { "kind" => "paragraph", "lines" => list(&lines) }
        }
        Block::Points(points) => dict! { "kind" => "points", "lines" => list(points) },
    };
    let blocks: Array = sheet.paper.blocks.iter().map(|one| block(one).into_value()).collect();
    let facts: Array = sheet
        .facts
        .iter()
        .map(|(label, value)| dict! { "label" => text(label), "value" => text(value) }.into_value())
        .collect();
    dict! {
        "head" => list(&sheet.head),
        "to" => list(&sheet.to),
        "to_note" => text(&sheet.to_note),
        "facts" => facts,
        "subject" => text(&sheet.paper.subject),
        "blocks" => blocks,
        "signature" => text(&sheet.signature),
        "draft" => text(&sheet.draft),
    }
}

/// The letter as a PDF that is PDF/UA-1 and PDF/A-2a. The same sheet always makes the same bytes.
///
/// # Errors
/// [`DocumentError`], if the sheet cannot be laid out or the result would not conform.
#[doc(alias = "Brief")]
pub fn letter(sheet: &LetterSheet) -> Result<Vec<u8>, DocumentError> {
    let template = TEMPLATE.as_ref().map_err(|error| *error)?;
    let raw = of(sheet);
    let sum = values::sha256(&raw);
    let mut inputs = Dict::new();
    inputs.insert("sheet".into(), values::map_texts(Value::Dict(raw), &|text| printable(text)));
    press::write(&press::lay_out(template, inputs)?, sum, sheet.dated_on)
}
