// SPDX-License-Identifier: EUPL-1.2
//! An agency's own line of a support package: its help, and whether it is really used. It is sent, never looked up, and
//! holds nothing of the other lines and no words of anybody (§ 64(1), (2) SGB VIII; N1).

use super::decision::HelpKind;
use super::goal::Rater;
use super::support_package::{Really, UseSaid};
use crate::kernel::Day;

/// What is sent of a package to the agency whose help it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Eigene Zeile des Hilfepakets")]
pub struct OwnLine {
    /// Its help.
    pub help: HelpKind,
    /// Since.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// The last word on its use, and who said so.
    pub used: Option<(UseSaid, Rater)>,
}

impl OwnLine {
    /// As it is sent: one fact a line.
    #[must_use]
    pub fn to_text(&self) -> String {
        let until = self.until.map(|day| format!("\nuntil {day}")).unwrap_or_default();
        let used = self.used.map(|(said, rater)| format!("\nused {} {} {}", said.used.code(), said.on, rater.code()));
        format!("help {}\nfrom {}{until}{}", self.help.code(), self.from, used.unwrap_or_default())
    }

    /// What was sent; nothing if it cannot be read.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let fact = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let used = match fact("used").map(|said| said.split(' ').collect::<Vec<_>>()).as_deref() {
            None => None,
            Some([used, on, rater]) => {
                let said = UseSaid { used: Really::from_code(used)?, on: Day::parse(on).ok()? };
                Some((said, Rater::from_code(rater)?))
            }
            Some(_) => return None,
        };
        Some(Self {
            help: HelpKind::from_code(fact("help")?)?,
            from: Day::parse(fact("from")?).ok()?,
            until: fact("until").map(Day::parse).transpose().ok()?,
            used,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_is_read() {
        let day = |text: &str| Day::parse(text).unwrap();
        let bare = OwnLine { help: HelpKind::FamilySupport, from: day("2026-12-01"), until: None, used: None };
        let used = Some((UseSaid { used: Really::Partly, on: day("2026-12-10") }, Rater::Family));
        for line in [bare, OwnLine { until: Some(day("2027-08-31")), used, ..bare }] {
            assert_eq!(OwnLine::from_text(&line.to_text()), Some(line));
        }
        for odd in ["", "help 99\nfrom 2026-12-01", "help 31", "help 31\nfrom 2026-12-01\nused yes"] {
            assert_eq!(OwnLine::from_text(odd), None, "{odd}");
        }
    }
}
