// SPDX-License-Identifier: EUPL-1.2
//! Partners of the network and bodies: what ties them to the office, what was agreed, how often one speaks.

use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule, SpaceId};

/// A rhythm that is no number of weeks.
pub const RHYTHM_UNREADABLE: Rule = Rule::new("network.rhythm_unreadable", "Kontaktpflege");
/// An agreement that ends before it begins.
pub const AGREEMENT_REVERSED: Rule = Rule::new("network.agreement_reversed", "§ 81 SGB VIII");
/// One works with this partner no more, or still does.
pub const PARTNER_ENDED: Rule = Rule::new("network.partner_ended", "Kontaktpflege");

/// Without a rhythm of its own a contact asks for care after half a year, in weeks.
pub const USUAL_WEEKS: i32 = 26;

codes! {
    /// The list of § 81 SGB VIII, and those beyond it.
    #[doc(alias = "Partnerart")]
    PartnerKind {
        /// Schule, Schulverwaltung.
        School = "school",
        /// Kindertageseinrichtung, Tagespflege.
        DayCare = "day-care",
        /// Gesundheitsdienst, Praxis, Klinik, Frühe Hilfen.
        Health = "health",
        /// Polizei, Ordnungsbehörde.
        Police = "police",
        /// Familien- und Jugendgericht, Staatsanwaltschaft, Vollzug.
        Justice = "justice",
        /// Agentur für Arbeit, Jobcenter.
        Employment = "employment",
        /// Sozialleistungsträger, Beratungsstelle.
        Counselling = "counselling",
        /// Wohnungswirtschaft, Stadtplanung.
        Housing = "housing",
        /// Verein, Initiative.
        Association = "association",
        /// Glaubensgemeinschaft.
        Faith = "faith",
        /// Betrieb, Geschäft.
        Business = "business",
        /// Nachbarschaft, Selbsthilfe.
        Citizens = "citizens",
        /// Gremium: Stadtteilrunde, Forum, Arbeitsgemeinschaft § 78.
        Body = "body",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// What ties a partner to the office, from loose to tight.
    #[doc(alias = "Art der Verbindung")]
    Tie {
        /// One tells each other.
        Information = "information",
        /// One settles who does what.
        Coordination = "coordination",
        /// One does it together.
        CoProduction = "co-production",
        /// One pays it together.
        JointBudget = "joint-budget",
    }
}

/// Every so many weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Rhythmus")]
pub struct Rhythm(i32);

impl Rhythm {
    /// So many weeks, 1 to 104.
    ///
    /// # Errors
    /// [`RHYTHM_UNREADABLE`].
    pub fn new(weeks: i64) -> Result<Self, Refusal> {
        let weeks = i32::try_from(weeks).ok().filter(|weeks| (1..=104).contains(weeks));
        weeks.map(Self).ok_or(RHYTHM_UNREADABLE.broken())
    }

    /// Reads a number of weeks.
    ///
    /// # Errors
    /// [`RHYTHM_UNREADABLE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        text.trim().parse().or(Err(RHYTHM_UNREADABLE.broken())).and_then(Self::new)
    }

    /// The weeks.
    #[must_use]
    pub const fn weeks(self) -> i32 {
        self.0
    }
}

/// A partner to be entered, or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Netzwerkpartner")]
pub struct NewPartner {
    /// What it is called.
    pub name: Line,
    /// What it is.
    pub kind: PartnerKind,
    /// What ties it to the office.
    pub tie: Tie,
    /// In which space, if in one.
    pub space: Option<SpaceId>,
    /// Whom to ask for there, and how: of the institution, nobody's private address.
    pub contact: Option<Line>,
    /// About what.
    pub topics: Option<Line>,
    /// How often one means to speak.
    pub rhythm: Option<Rhythm>,
    /// What was agreed.
    pub agreement: Option<Note>,
    /// Since when.
    pub agreed_from: Option<Day>,
    /// Until when.
    pub agreed_until: Option<Day>,
}

impl NewPartner {
    /// Do the days of the agreement go together?
    ///
    /// # Errors
    /// [`AGREEMENT_REVERSED`].
    pub fn check(&self) -> Result<(), Refusal> {
        let reversed = self.agreed_from.zip(self.agreed_until).is_some_and(|(from, until)| until < from);
        if reversed { Err(AGREEMENT_REVERSED.broken_at("agreed_until")) } else { Ok(()) }
    }
}

/// For how many days one should have spoken again; `None` if it is not yet time.
#[must_use]
pub fn days_silent(last: Option<Day>, known_since: Day, rhythm: Option<Rhythm>, today: Day) -> Option<i32> {
    let weeks = rhythm.map_or(USUAL_WEEKS, Rhythm::weeks);
    let due = last.unwrap_or(known_since).plus_days(weeks * 7);
    (due < today).then(|| today.days_since(due))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_not_spoken_to_for_long_is_told() {
        let day = |text: &str| Day::parse(text).unwrap();
        let (today, known) = (day("2026-11-23"), day("2025-01-01"));
        let monthly = Rhythm::parse(" 4 ").ok();
        assert_eq!(days_silent(Some(day("2026-10-26")), known, monthly, today), None);
        assert_eq!(days_silent(Some(day("2026-10-25")), known, monthly, today), Some(1));
        assert_eq!(days_silent(None, day("2026-06-01"), None, today), None);
        assert_eq!(days_silent(None, known, None, today), Some(today.days_since(known) - 26 * 7));
        for text in ["", "0", "105", "oft", "-3"] {
            assert_eq!(Rhythm::parse(text), Err(RHYTHM_UNREADABLE.broken()), "{text}");
        }
    }
}
