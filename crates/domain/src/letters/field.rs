// SPDX-License-Identifier: EUPL-1.2
//! Placeholders: what a template may say in braces, and where the words for it come from.

use crate::access::codes;

codes! {
    /// A placeholder. Its code is the German word that stands in the braces.
    #[doc(alias = "Platzhalter")]
    LetterField {
        /// Name of the office.
        Office = "jugendamt",
        /// `Guten Tag Ayşe Demir,`: no guess at anybody's gender.
        Salutation = "anrede",
        /// Day of the letter.
        Date = "datum",
        /// Who to turn to: worker, telephone, mail.
        Contact = "kontakt",
        /// File number.
        Number = "aktenzeichen",
        /// The responsible worker.
        Worker = "fachkraft",
        /// `Familie Demir`.
        Family = "familie",
        /// The children and young people of the case.
        Children = "kinder",
        /// Kind of the help that was decided on.
        Help = "hilfe",
        /// Its paragraph.
        HelpParagraph = "hilfe.paragraph",
        /// Since when.
        HelpFrom = "hilfe.beginn",
        /// Until when, if limited.
        HelpUntil = "hilfe.ende",
        /// Its necessary services.
        HelpServices = "hilfe.leistungen",
        /// Its extent.
        HelpExtent = "hilfe.umfang",
        /// Day of the decision.
        DecidedOn = "entscheidung.tag",
        /// When it is looked at again.
        ReviewOn = "pruefung.tag",
        /// When a reporter reported.
        ReportedOn = "meldung.tag",
        /// Were the signs confirmed?
        Confirmed = "meldung.bestaetigt",
        /// Did the office become active?
        Active = "meldung.taetig",
        /// Is it still?
        StillActive = "meldung.noch_taetig",
        /// The instruction about legal remedies.
        Remedy = "rechtsbehelf",
        /// Where an objection is lodged, with its seat.
        ObjectionAt = "widerspruch.stelle",
        /// Where an action is brought, with its seat.
        ActionAt = "klage.stelle",
        /// How to reach the ombuds office.
        OmbudsAt = "ombudsstelle.adresse",
        /// How to reach the data protection officer.
        OfficerAt = "datenschutz.adresse",
        /// Data protection.
        Privacy = "datenschutz",
        /// The independent ombuds office.
        Ombuds = "ombudsstelle",
        /// Right of wish and choice.
        Choice = "wunsch_und_wahl",
        /// Somebody may come along.
        Company = "begleitung",
        /// Plain words, translation, signs.
        Language = "sprache",
        /// Limits of the duty to cooperate.
        Limits = "grenzen_der_mitwirkung",
        /// Effects on maintenance.
        Maintenance = "unterhalt",
        /// Right to refuse information.
        RefuseToTell = "auskunft_verweigern",
        /// The child may tell somebody it trusts.
        Trusted = "vertrauensperson",
        /// Parents may object.
        Objection = "widerspruch_inobhutnahme",
        /// The way back into help.
        Return = "rueckkehr",
        /// The help goes on meanwhile.
        Continues = "hilfe_laeuft_weiter",
        /// The talk in which a case is handed over.
        Talk = "uebergabegespraech",
        /// Consent can be taken back.
        Revoke = "widerruf",
        /// Consent is free, and what follows without.
        Voluntary = "freiwillig",
        /// What is not shown, and why.
        Withheld = "nicht_gezeigt",
        /// Reasons.
        Reasons = "gruende",
        /// What it is about, in the worker's words.
        Content = "inhalt",
        /// What the office found.
        Findings = "feststellung",
        /// How the young person and the family see it.
        Views = "sicht",
        /// Who took part.
        Present = "beteiligte",
        /// What was agreed.
        Agreement = "vereinbarung",
        /// What comes next, and when.
        Next = "naechste_schritte",
        /// What is not granted.
        NotGranted = "nicht_bewilligt",
        /// What follows.
        Consequence = "folgen",
        /// Another body.
        Body = "stelle",
        /// Which data.
        Data = "daten",
        /// For what.
        Purpose = "zweck",
        /// What they consented to, and when.
        Consented = "einwilligung",
        /// When one meets.
        Meeting = "termin",
        /// Where one meets.
        Place = "ort",
        /// What to bring along.
        Bring = "mitbringen",
        /// Until when.
        Until = "frist",
        /// From when.
        From = "ab",
        /// On which day.
        On = "tag",
        /// When an application arrived.
        ArrivedOn = "eingang",
        /// An amount.
        Amount = "betrag",
    }
}

/// Where the words of a placeholder come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Herkunft")]
pub enum Origin {
    /// From the case and the office: nobody types it.
    Known,
    /// A part with fixed words that a law asks for.
    Part,
    /// From the worker who writes the letter.
    Asked(Ask),
}

/// How a worker answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Eingabeart")]
pub enum Ask {
    /// A line.
    Line,
    /// Several sentences.
    Note,
    /// A day.
    Day,
    /// An amount in euro.
    Euro,
}

impl LetterField {
    /// Where its words come from.
    #[must_use]
    pub const fn origin(self) -> Origin {
        match self {
            Self::Remedy | Self::Privacy | Self::Ombuds | Self::Choice | Self::Company | Self::Language => Origin::Part,
            Self::Limits | Self::Maintenance | Self::RefuseToTell | Self::Trusted | Self::Objection => Origin::Part,
            Self::Return | Self::Continues | Self::Talk | Self::Revoke | Self::Voluntary => Origin::Part,
            Self::Withheld => Origin::Part,
            Self::Reasons | Self::Content | Self::NotGranted | Self::Consequence => Origin::Asked(Ask::Note),
            Self::Data | Self::Consented | Self::Findings | Self::Views => Origin::Asked(Ask::Note),
            Self::Present | Self::Agreement | Self::Next => Origin::Asked(Ask::Note),
            Self::Body | Self::Purpose | Self::Meeting | Self::Place | Self::Bring => Origin::Asked(Ask::Line),
            Self::Until | Self::From | Self::On | Self::ArrivedOn => Origin::Asked(Ask::Day),
            Self::Amount => Origin::Asked(Ask::Euro),
            _ => Origin::Known,
        }
    }

    /// How the worker answers, if it is asked for.
    #[must_use]
    pub const fn ask(self) -> Option<Ask> {
        match self.origin() {
            Origin::Asked(ask) => Some(ask),
            _ => None,
        }
    }
}
