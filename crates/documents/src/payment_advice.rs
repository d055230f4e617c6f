// SPDX-License-Identifier: EUPL-1.2
//! The payment advice (Zahlungsavis): what an agency is paid for each line, and why it is not what was asked for.

use crate::press::{self, Template};
use crate::printable::printable;
use crate::{DocumentError, values};
use domain::kernel::Day;
use std::sync::LazyLock;
use typst::foundations::{Array, Dict, IntoValue, Value, dict};

static TEMPLATE: LazyLock<Result<Template, DocumentError>> =
    LazyLock::new(|| Template::new("payment_advice.typ", include_str!("payment_advice.typ")));

/// All that is printed on a payment advice. It names cases by their number, never a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zahlungsavis")]
pub struct AdviceSheet {
    /// The youth welfare office that pays.
    pub office: String,
    /// The agency that is paid.
    pub agency: String,
    /// The agency's number of the invoice.
    pub number: String,
    /// The invoice's day.
    pub dated_on: Day,
    /// The day of payment; it also dates the file.
    pub paid_on: Option<Day>,
    /// Its lines.
    pub lines: Vec<AdviceLine>,
    /// All that was asked for, as it is read.
    pub asked: String,
    /// All that is paid, as it is read.
    pub paid: String,
}

/// One line, as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Zeile des Zahlungsavis")]
pub struct AdviceLine {
    /// Number of the case.
    pub case_number: String,
    /// Month of the service.
    pub month: String,
    /// How many.
    pub quantity: String,
    /// For one.
    pub price: String,
    /// What was asked for.
    pub asked: String,
    /// What is paid.
    pub paid: String,
    /// What was found.
    pub findings: Vec<String>,
}

fn text(text: &str) -> Value {
    text.into_value()
}

fn line(line: &AdviceLine) -> Dict {
    let findings: Array = line.findings.iter().map(|finding| text(finding)).collect();
    dict! {
        "case_number" => text(&line.case_number),
        "month" => text(&line.month),
        "quantity" => text(&line.quantity),
        "price" => text(&line.price),
        "asked" => text(&line.asked),
        "paid" => text(&line.paid),
        "findings" => findings,
    }
}

fn of(sheet: &AdviceSheet) -> Dict {
    let lines: Array = sheet.lines.iter().map(|one| line(one).into_value()).collect();
    dict! {
        "office" => text(&sheet.office),
        "agency" => text(&sheet.agency),
        "number" => text(&sheet.number),
        "dated_on" => sheet.dated_on.german(),
        "paid_on" => sheet.paid_on.map_or(Value::None, |day| day.german().into_value()),
        "lines" => lines,
        "asked" => text(&sheet.asked),
        "paid" => text(&sheet.paid),
    }
}

/// The payment advice as a PDF that is PDF/UA-1 and PDF/A-2a. The same sheet always makes the same bytes.
///
/// # Errors
/// [`DocumentError`], if the sheet cannot be laid out or the result would not conform.
#[doc(alias = "Zahlungsavis")]
pub fn payment_advice(sheet: &AdviceSheet) -> Result<Vec<u8>, DocumentError> {
    let template = TEMPLATE.as_ref().map_err(|error| *error)?;
    let raw = of(sheet);
    let sum = values::sha256(&raw);
    let mut inputs = Dict::new();
    inputs.insert("sheet".into(), values::map_texts(Value::Dict(raw), &|text| printable(text)));
    let pages = press::lay_out(template, inputs)?;
    press::write(&pages, sum, sheet.paid_on.unwrap_or(sheet.dated_on))
}
