// SPDX-License-Identifier: EUPL-1.2
//! The payment advice: what is paid for which line, and why it is not what was asked for. As PDF and as CSV.

use crate::kit::{Web, t, t_with};
use app::agreements::invoices::InvoicePage;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use documents::{AdviceLine, AdviceSheet, payment_advice};
use domain::budget::{Checked, Finding};

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

/// The advice as CSV for a spreadsheet.
pub fn csv(shown: &InvoicePage) -> Response {
    let head = ["case-number", "month", "quantity", "price", "asked", "paid", "findings"];
    let mut rows = vec![head.map(|column| t(&format!("advice-{column}"))).to_vec()];
    let money = |text: String| text.trim_end_matches(" €").replace('.', "").replace('−', "-");
    for (claim, checked) in &shown.lines {
        rows.push(vec![
            claim.case_number.clone(),
            claim.month.german_month(),
            claim.quantity.german().replace('.', ""),
            money(claim.price.balance().german()),
            money(claim.asked().german()),
            money(checked.payable.german()),
            sentences(checked).join(" "),
        ]);
    }
    let text: String =
        rows.iter().map(|row| row.iter().map(|cell| cell_of(cell)).collect::<Vec<_>>().join(";") + "\r\n").collect();
    let name = format!("zahlungsavis-{}.csv", shown.invoice.id);
    // The mark at the beginning tells spreadsheets that it is UTF-8.
    file(format!("\u{feff}{text}").into_bytes(), "text/csv; charset=utf-8", &name)
}

/// A cell in quotes. One that a spreadsheet would take for a formula begins with an apostrophe, unless it is a number.
fn cell_of(text: &str) -> String {
    let number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-'));
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']);
    let guard = if formula && !number { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::cell_of;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("=1+1", "\"'=1+1\""),
            ("+49 40", "\"'+49 40\""),
            ("-cmd", "\"'-cmd\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("-12,50", "\"-12,50\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("2026-0001", "\"2026-0001\""),
        ] {
            assert_eq!(cell_of(text), cell);
        }
    }
}
