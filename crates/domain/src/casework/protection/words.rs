// SPDX-License-Identifier: EUPL-1.2
//! The words of the procedure. Where official statistics have words, these are they (§ 99(6) SGB VIII).

use crate::access::codes;

codes! {
    /// What happened in a procedure.
    #[doc(alias = "Schritt im Schutzauftrag")]
    StepKind {
        /// Something seen, heard or supposed; never mixed.
        Observation = "observation",
        /// Are the signs weighty? (§ 8a(1) S. 1).
        FirstCheck = "first-check",
        /// A parent, guardian or the child was included, or not (§ 8a(1) S. 2).
        Inclusion = "inclusion",
        /// An immediate impression of child and surroundings (§ 8a(1) S. 2 Nr. 1).
        Impression = "impression",
        /// A professional reporter was involved, or not (§ 8a(1) S. 2 Nr. 2).
        ReporterInvolved = "reporter-involved",
        /// Several professionals assessed (§ 8a(1) S. 1).
        Assessment = "assessment",
        /// Help was offered (§ 8a(1) S. 3).
        HelpOffer = "help-offer",
        /// The family court was called (§ 8a(2) S. 1).
        CourtCall = "court-call",
        /// Another body was called in (§ 8a(3)).
        OtherBody = "other-body",
        /// A step of the protection plan.
        PlanStep = "plan-step",
        /// When the protection plan is looked at again, and when it ends.
        PlanReview = "plan-review",
        /// A condition of the office; no goal of the family.
        Condition = "condition",
        /// A contact, also one that failed.
        Contact = "contact",
        /// Another report joined the procedure.
        JoinedReport = "joined-report",
        /// The professional reporter was answered (§ 64(4)).
        Feedback = "feedback",
        /// Handed over to the competent office (§ 8a(6)).
        HandOver = "hand-over",
        /// A step was wrong; it stays, and this says how it was.
        Correction = "correction",
    }
}

impl StepKind {
    /// Where it stands.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Observation => "§ 8a Abs. 1, § 62 SGB VIII",
            Self::FirstCheck | Self::Assessment => "§ 8a Abs. 1 S. 1 SGB VIII",
            Self::Inclusion => "§ 8a Abs. 1 S. 2 SGB VIII",
            Self::Impression => "§ 8a Abs. 1 S. 2 Nr. 1 SGB VIII",
            Self::ReporterInvolved => "§ 8a Abs. 1 S. 2 Nr. 2 SGB VIII",
            Self::HelpOffer => "§ 8a Abs. 1 S. 3 SGB VIII",
            Self::CourtCall => "§ 8a Abs. 2 S. 1 SGB VIII",
            Self::OtherBody => "§ 8a Abs. 3 SGB VIII",
            Self::PlanStep | Self::PlanReview | Self::Contact => "§ 8a Abs. 1 SGB VIII",
            Self::Condition => "§ 8a Abs. 1, 2 SGB VIII, § 1666 BGB",
            Self::JoinedReport => "§ 8a Abs. 1 SGB VIII",
            Self::Feedback => "§ 64 Abs. 4 SGB VIII, § 4 Abs. 4 KKG",
            Self::HandOver => "§ 8a Abs. 6 SGB VIII",
            Self::Correction => "§ 22 Abs. 2 Nr. 2 BDSG",
        }
    }
}

codes! {
    /// Three kinds that are never mixed.
    #[doc(alias = "Beobachtung")]
    ObservationKind {
        /// Somebody saw or heard it themselves.
        Fact = "fact",
        /// Somebody was told it.
        Hearsay = "hearsay",
        /// What somebody makes of it.
        Interpretation = "interpretation",
    }
}

codes! {
    /// Are the signs weighty?
    #[doc(alias = "Gewichtige Anhaltspunkte")]
    Weighty {
        /// Yes: the procedure must go on.
        Yes = "yes",
        /// No; that is written down too.
        No = "no",
    }
}

codes! {
    /// Was somebody included?
    #[doc(alias = "Einbeziehung")]
    Included {
        /// Yes.
        Yes = "yes",
        /// No, for a reason.
        No = "no",
    }
}

codes! {
    /// How the immediate impression was gained.
    #[doc(alias = "Unmittelbarer Eindruck")]
    ImpressionWay {
        /// At home.
        HomeVisit = "home-visit",
        /// At day care or school.
        AtSchool = "at-school",
        /// The family was called in.
        CalledIn = "called-in",
        /// Not necessary in the judgement of the professionals, for a reason.
        NotNeeded = "not-needed",
    }
}

codes! {
    /// What was seen during a visit.
    #[doc(alias = "In Augenschein genommen")]
    Seen {
        /// The child.
        Child = "child",
        /// Where it sleeps.
        SleepingPlace = "sleeping-place",
        /// Its brothers and sisters.
        Siblings = "siblings",
        /// The visit was announced.
        Announced = "announced",
    }
}

codes! {
    /// The four official results. People choose one; nothing derives it (N6).
    #[doc(alias = "Ergebnis der Gefährdungseinschätzung")]
    DangerResult {
        /// Akute Kindeswohlgefährdung.
        Acute = "acute",
        /// Latente Kindeswohlgefährdung.
        Latent = "latent",
        /// Keine Kindeswohlgefährdung, aber Hilfe-/Unterstützungsbedarf.
        NeedsHelp = "needs-help",
        /// Keine Kindeswohlgefährdung und kein (weiterer) Hilfebedarf.
        Nothing = "nothing",
    }
}

impl DangerResult {
    /// Is it one of the two that name danger?
    #[must_use]
    pub const fn is_danger(self) -> bool {
        matches!(self, Self::Acute | Self::Latent)
    }
}

codes! {
    /// Kinds of danger, several at once.
    #[doc(alias = "Art der Kindeswohlgefährdung")]
    DangerKind {
        /// Anzeichen für Vernachlässigung.
        Neglect = "neglect",
        /// Anzeichen für körperliche Misshandlung.
        Physical = "physical",
        /// Anzeichen für psychische Misshandlung.
        Psychological = "psychological",
        /// Anzeichen für sexuelle Gewalt.
        Sexual = "sexual",
    }
}

codes! {
    /// What the family answered to the help offered.
    #[doc(alias = "Antwort auf das Hilfeangebot")]
    HelpAnswer {
        /// They accept it.
        Accepted = "accepted",
        /// They do not.
        Refused = "refused",
        /// They have not answered yet.
        Open = "open",
    }
}

codes! {
    /// Why the court was called.
    #[doc(alias = "Anlass der Anrufung")]
    CourtGround {
        /// The court's action is necessary.
        Needed = "needed",
        /// Parents will not or cannot take part in assessing.
        NoCooperation = "no-cooperation",
    }
}

codes! {
    /// Who else was called in.
    #[doc(alias = "Andere Stelle")]
    OtherBody {
        /// Health care.
        Health = "health",
        /// The police.
        Police = "police",
        /// Another carrier or body.
        Carrier = "carrier",
    }
}

codes! {
    /// Was somebody reached?
    #[doc(alias = "Kontakt")]
    ContactState {
        /// Yes.
        Reached = "reached",
        /// No; tried all the same, and on record.
        NotReached = "not-reached",
    }
}

codes! {
    /// The facts that a professional reporter is told: these three and nothing else (§ 64(4), N7).
    #[doc(alias = "Rückmeldung")]
    FeedbackFact {
        /// The signs were confirmed.
        Confirmed = "confirmed",
        /// The office became active to avert danger.
        BecameActive = "became-active",
        /// It still is.
        StillActive = "still-active",
    }
}
