// SPDX-License-Identifier: EUPL-1.2
//! A record on the screen: the same sheet that its PDF is made of, and the way to it.

use super::head::CaseHead;
use crate::kit::{Frame, Nav, SignedIn, Web, filters};
use askama::Template;
use documents::RecordSheet;

/// The page of a record. With a case's head its title is the second heading, else the first.
#[derive(Template)]
#[template(path = "casework/record.html")]
pub(super) struct RecordPage {
    frame: Frame,
    head: Option<CaseHead>,
    crumbs: Vec<(String, String)>,
    /// What may be a name and should not stand there.
    names: Vec<String>,
    pdf: String,
    paper: RecordSheet,
}

impl RecordPage {
    /// A record at this address, in this part of the house.
    pub(super) fn new(web: &Web, who: &SignedIn, (part, at): (Nav, &str), paper: RecordSheet) -> Self {
        let frame = Frame::new(web, who, part);
        Self { frame, head: None, crumbs: Vec::new(), names: Vec::new(), pdf: format!("{at}/pdf"), paper }
    }

    /// Whose paper is asked for with these words behind the question mark.
    pub(super) fn asking(self, query: &str) -> Self {
        Self { pdf: format!("{}?{query}", self.pdf), ..self }
    }

    /// As a page of this case.
    pub(super) fn of_case(self, head: CaseHead) -> Self {
        Self { head: Some(head), ..self }
    }

    /// Under these pages: their addresses and names.
    pub(super) fn under(self, crumbs: Vec<(String, String)>) -> Self {
        Self { crumbs, ..self }
    }

    /// With a warning of these names.
    pub(super) fn warns_of(self, names: Vec<String>) -> Self {
        Self { names, ..self }
    }

    const fn level(&self) -> u8 {
        if self.head.is_some() { 2 } else { 1 }
    }
}
