// SPDX-License-Identifier: EUPL-1.2
//! The closed lists of the directory: kinds, topics, languages, barriers, cost, paragraphs.

use crate::access::codes;

codes! {
    /// What kind of resource a card describes.
    #[doc(alias = "Art der Ressource")]
    CardKind {
        /// An organisation.
        Organisation = "organisation",
        /// An offer.
        Offer = "offer",
        /// A place out of doors or a house.
        Place = "place",
        /// A private person who helps, with a consent of one's own.
        Person = "person",
        /// A group.
        Group = "group",
        /// Something with a date.
        Event = "event",
        /// A room to be used.
        Room = "room",
        /// A thing to borrow.
        Thing = "thing",
    }
}

codes! {
    /// What a card is about.
    #[doc(alias = "Thema")]
    Topic {
        /// To meet.
        Meeting = "meeting",
        /// Advice.
        Advice = "advice",
        /// To learn.
        Learning = "learning",
        /// Sport.
        Sport = "sport",
        /// Culture, music.
        Culture = "culture",
        /// Health.
        Health = "health",
        /// Small children.
        Early = "early",
        /// Child care, relief.
        Care = "care",
        /// Youth.
        Youth = "youth",
        /// Housing.
        Housing = "housing",
        /// Money, debts.
        Money = "money",
        /// Work.
        Work = "work",
        /// Language, arriving.
        Arriving = "arriving",
        /// Mobility.
        Mobility = "mobility",
        /// Things, clothes, food.
        Supplies = "supplies",
        /// Neighbourhood, volunteers.
        Neighbours = "neighbours",
        /// Faith, community.
        Faith = "faith",
        /// Crisis.
        Crisis = "crisis",
        /// Inclusion, disability.
        Inclusion = "inclusion",
    }
}

codes! {
    /// A language in which one is understood.
    #[doc(alias = "Sprache")]
    Language {
        /// German.
        German = "de",
        /// Plain German.
        Plain = "de-leicht",
        /// German sign language.
        Signs = "dgs",
        /// English.
        English = "en",
        /// Turkish.
        Turkish = "tr",
        /// Arabic.
        Arabic = "ar",
        /// Ukrainian.
        Ukrainian = "uk",
        /// Russian.
        Russian = "ru",
        /// Persian, Dari.
        Persian = "fa",
        /// Kurdish.
        Kurdish = "ku",
        /// Polish.
        Polish = "pl",
        /// Romanian.
        Romanian = "ro",
        /// Bulgarian.
        Bulgarian = "bg",
        /// Tigrinya.
        Tigrinya = "ti",
        /// Vietnamese.
        Vietnamese = "vi",
        /// French.
        French = "fr",
        /// Spanish.
        Spanish = "es",
    }
}

codes! {
    /// What is free of barriers.
    #[doc(alias = "Barrierefreiheit")]
    Barrier {
        /// No steps.
        NoSteps = "no-steps",
        /// A toilet for wheelchairs.
        Toilet = "toilet",
        /// A parking place.
        Parking = "parking",
        /// Aids for hearing.
        Hearing = "hearing",
        /// Aids for seeing.
        Seeing = "seeing",
    }
}

codes! {
    /// What it costs.
    #[doc(alias = "Kosten")]
    CostKind {
        /// Nothing.
        Free = "free",
        /// What one likes to give.
        Donation = "donation",
        /// A fee.
        Fee = "fee",
        /// Depends.
        Depends = "depends",
    }
}

codes! {
    /// Who may see a card. The order is the order of width.
    #[doc(alias = "Sichtbarkeit")]
    Visibility {
        /// Only who keeps the card.
        Owner = "owner",
        /// The team of who keeps it.
        Team = "team",
        /// All professionals of the office and the agencies.
        Professionals = "professionals",
        /// Everybody, without signing in.
        Public = "public",
    }
}

codes! {
    /// How somebody agreed (§ 67b(2) SGB X: in writing or electronically; spoken with a note).
    #[doc(alias = "Form der Einwilligung")]
    ConsentForm {
        /// In writing.
        Written = "written",
        /// Electronically.
        Electronic = "electronic",
        /// Spoken, noted by who heard it.
        Spoken = "spoken",
    }
}

codes! {
    /// On which paragraph of SGB VIII an offer rests.
    #[doc(alias = "Rechtsgrundlage")]
    Basis {
        /// Youth work.
        P11 = "11",
        /// Youth social work.
        P13 = "13",
        /// School social work.
        P13a = "13a",
        /// Protection in education.
        P14 = "14",
        /// Promotion of families.
        P16 = "16",
        /// Advice in partnership and separation.
        P17 = "17",
        /// Advice on care and access.
        P18 = "18",
        /// Shared housing for parents and children.
        P19 = "19",
        /// Care in an emergency.
        P20 = "20",
        /// Day care.
        P22 = "22",
        /// Childminders.
        P23 = "23",
        /// Self-organised care.
        P25 = "25",
        /// Help for upbringing.
        P27 = "27",
        /// Advice on upbringing.
        P28 = "28",
        /// Social group work.
        P29 = "29",
        /// Adviser.
        P30 = "30",
        /// Family help.
        P31 = "31",
        /// Day group.
        P32 = "32",
        /// Full-time care.
        P33 = "33",
        /// Home.
        P34 = "34",
        /// Integration assistance.
        P35a = "35a",
        /// Young adults.
        P41 = "41",
        /// Taking into care.
        P42 = "42",
    }
}

codes! {
    /// What the certificate of conduct says: § 72a(5) allows to keep no more than this.
    #[doc(alias = "Befund des Führungszeugnisses")]
    Finding {
        /// No entry that matters.
        Nothing = "nothing",
        /// A conviction for an offence named in § 72a(1).
        Listed = "listed",
        /// A conviction for another offence that makes unsuitable.
        Unsuitable = "unsuitable",
    }
}
