// SPDX-License-Identifier: EUPL-1.2
//! The payment advice: what is paid for which line, and why it is not what was asked for. As page, as PDF and as CSV.

use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Frame, Oops, SignedIn, Web, filters, page, pressed, t, t_with};
use app::agreements::invoices::InvoicePage;
use askama::Template;
use axum::response::Response;
use documents::{AdviceLine, AdviceSheet, payment_advice};
use domain::budget::{Checked, Claim, Finding};
use domain::kernel::{Day, InvoiceId};

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

/// The advice as a page.
pub fn read(web: &Web, who: &SignedIn, shown: &InvoicePage) -> Response {
    page(&AdvicePage {
        frame: Frame::new(web, who, "nav-invoices"),
        id: shown.invoice.id,
        sheet: sheet(&web.office, shown),
    })
}

/// The advice as a tagged PDF.
///
/// # Errors
/// If it cannot be typeset.
pub async fn pdf(web: &Web, shown: InvoicePage) -> Result<Response, Oops> {
    let sheet = sheet(&web.office, &shown);
    pressed(&format!("zahlungsavis-{}.pdf", shown.invoice.id), move || payment_advice(&sheet)).await
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

#[derive(Template)]
#[template(path = "agreements/advice.html")]
struct AdvicePage {
    frame: Frame,
    id: InvoiceId,
    sheet: AdviceSheet,
}

impl AdvicePage {
    fn invoice(&self) -> String {
        t_with("advice-invoice", &[("number", &self.sheet.number), ("day", &self.sheet.dated_on.german())])
    }

    fn paid(&self) -> String {
        let (paid, asked) = (self.sheet.paid.as_str(), self.sheet.asked.as_str());
        let words = |day: Day| t_with("advice-paid-on", &[("day", &day.german()), ("paid", paid), ("asked", asked)]);
        self.sheet.paid_on.map_or_else(|| t("advice-not-paid"), words)
    }

    fn found(&self) -> Vec<&AdviceLine> {
        self.sheet.lines.iter().filter(|line| !line.findings.is_empty()).collect()
    }
}
