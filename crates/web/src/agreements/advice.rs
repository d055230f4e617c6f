// SPDX-License-Identifier: EUPL-1.2
//! The payment advice: what is paid for which line, and why it is not what was asked for. As PDF and as CSV.

use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Web, t, t_with};
use app::agreements::invoices::InvoicePage;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use documents::{AdviceLine, AdviceSheet, payment_advice};
use domain::budget::{Checked, Claim, Finding};

/// A finding as a German sentence.
pub(crate) fn sentence(finding: &Finding) -> String {
    t_with(&format!("finding-{}", finding.kind.code()), &[("x", &finding.amount.german())])
}

fn sentences(checked: &Checked) -> Vec<String> {
    checked.findings.iter().map(sentence).collect()
}

fn sheet(office: &str, shown: &InvoicePage) -> AdviceSheet {
    let lines = shown.lines.iter().map(|(claim, checked)| AdviceLine {
        case_number: claim.case_number.clone(),
        month: claim.month.german_month(),
        quantity: claim.quantity.german(),
        price: claim.price.balance().german(),
        asked: claim.asked().german(),
        paid: checked.payable.german(),
        findings: sentences(checked),
    });
    AdviceSheet {
        office: office.to_owned(),
        agency: shown.invoice.agency_name.clone(),
        number: shown.invoice.number.clone(),
        dated_on: shown.invoice.dated_on,
        paid_on: shown.invoice.paid_on,
        lines: lines.collect(),
        asked: shown.asked().german(),
        paid: shown.payable().german(),
    }
}

/// The advice as a tagged PDF.
pub async fn pdf(web: &Web, shown: InvoicePage) -> Response {
    let sheet = sheet(&web.office, &shown);
    let name = format!("zahlungsavis-{}.pdf", shown.invoice.id);
    // Typesetting takes a moment; the server goes on meanwhile.
    match tokio::task::spawn_blocking(move || payment_advice(&sheet)).await {
        Ok(Ok(bytes)) => file(bytes, "application/pdf", &name),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The advice as a table for a spreadsheet.
pub fn table(shown: &InvoicePage, wanted: &str) -> Response {
    let head = ["case-number", "month", "quantity", "price", "asked", "paid", "findings"];
    let row = |(claim, checked): &(Claim, Checked)| {
        vec![
            Cell::from(claim.case_number.as_str()),
            claim.month.german_month().into(),
            claim.quantity.german().replace('.', "").into(),
            claim.price.balance().into(),
            claim.asked().into(),
            checked.payable.into(),
            sentences(checked).join(" ").into(),
        ]
    };
    let head = head.map(|column| t(&format!("advice-{column}"))).to_vec();
    let sheet = Sheet { head, rows: shown.lines.iter().map(row).collect() };
    sheet.file(&format!("zahlungsavis-{}", shown.invoice.id), wanted)
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
