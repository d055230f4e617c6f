// SPDX-License-Identifier: EUPL-1.2
//! How a thing is reached, out of a table: telephone, mail, page in the web.

use super::take::Row;
use super::{Column, Fault, Said};
use crate::access::Email;
use crate::kernel::Phone;
use crate::territory::Severity;

/// Numbers that are for emergencies alone.
const EMERGENCY: [&str; 5] = ["110", "112", "19222", "116117", "115"];

impl Row<'_> {
    pub(super) fn contact(&mut self) {
        let (phone, email) = (self.cell(Column::Phone).to_owned(), self.cell(Column::Email).to_owned());
        let mut ways = vec![self.cell(Column::Contact).to_owned()];
        if !phone.is_empty() {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            if EMERGENCY.contains(&digits.as_str()) {
                self.say(Severity::Error, Fault::Emergency, (Column::Phone, &phone));
            } else if let Err(refusal) = Phone::parse(&phone) {
                self.said.push(Said::rule(self.line, refusal.rule).at(Column::Phone, &phone));
            }
            ways.push(phone.strip_prefix("00").map_or(phone.clone(), |rest| format!("+{rest}")));
        }
        if !email.is_empty() {
            let broken = email.contains(['\n', '\r', '\0']) || !email.is_ascii() && email.contains(char::is_whitespace);
            match Email::parse(&email) {
                Ok(good) if !broken => ways.push(good.as_str().to_owned()),
                Ok(_) => self.say(Severity::Error, Fault::MailSign, (Column::Email, &email)),
                Err(refusal) => self.said.push(Said::rule(self.line, refusal.rule).at(Column::Email, &email)),
            }
        }
        ways.retain(|way| !way.is_empty());
        self.put("contact", ways.join(", "));
    }

    pub(super) fn web(&mut self) {
        let web = self.cell(Column::Web).to_owned();
        let host = web.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
        let host = host.split(['/', '?', '#']).next().unwrap_or_default().rsplit('@').next().unwrap_or_default();
        if is_inner(host) {
            self.say(Severity::Error, Fault::InnerAddress, (Column::Web, &web));
        }
        self.put("web", web);
    }
}

/// A host of somebody's own house: never called, and never shown as a page for others.
fn is_inner(host: &str) -> bool {
    let name = host.trim_matches(['[', ']']).split(':').next().unwrap_or_default().to_lowercase();
    let address = name.parse::<std::net::Ipv4Addr>().ok();
    let inner =
        |ip: std::net::Ipv4Addr| ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified();
    name == "localhost" || name.ends_with(".localhost") || address.is_some_and(inner) || host.starts_with('[')
}
