// SPDX-License-Identifier: EUPL-1.2
//! What a column can mean, and the words by which it is known.

use crate::access::codes;
use crate::kernel::fold;

codes! {
    /// What a column of a table means.
    #[doc(alias = "Spalte")]
    Column {
        /// The id that the thing has where the file comes from.
        Id = "id",
        /// Name.
        Name = "name",
        /// Kind.
        Kind = "kind",
        /// Topics.
        Topics = "topics",
        /// What there is.
        About = "about",
        /// More words under which people look for it.
        Keywords = "keywords",
        /// The whole address in one cell.
        Place = "place",
        /// Street, perhaps with the number.
        Street = "street",
        /// House number.
        Number = "number",
        /// Postcode.
        Postcode = "postcode",
        /// Town.
        Town = "town",
        /// Country.
        Country = "country",
        /// Latitude, or metres to the north.
        Latitude = "lat",
        /// Longitude, or metres to the east.
        Longitude = "lon",
        /// Both in one cell.
        Point = "point",
        /// How to reach it.
        Contact = "contact",
        /// Telephone.
        Phone = "phone",
        /// Mail.
        Email = "email",
        /// Page in the web.
        Web = "web",
        /// For whom.
        Conditions = "conditions",
        /// What kind of cost.
        Cost = "cost",
        /// How much.
        CostNote = "cost_note",
        /// Languages.
        Languages = "languages",
        /// What is free of barriers.
        Barriers = "barriers",
        /// From this age.
        AgeFrom = "age_from",
        /// To this age.
        AgeTo = "age_to",
        /// When.
        Times = "times",
        /// Free places.
        FreePlaces = "free_places",
        /// Waiting.
        Waiting = "waiting",
        /// Paragraphs.
        Basis = "basis",
        /// Who may see it.
        Visibility = "visibility",
        /// Last confirmed.
        ConfirmedOn = "confirmed_on",
        /// Name of the space.
        Space = "space",
    }
}

/// Heads that mean a column, folded. Its own code is one, too.
const WORDS: &[(Column, &[&str])] = &[
    (Column::Id, &["nr", "kennung", "objectid", "objekt id", "fid", "gml id", "uuid", "lfd nr"]),
    (Column::Name, &["bezeichnung", "titel", "einrichtung", "name der einrichtung", "title", "summary"]),
    (Column::Kind, &["art", "art der ressource", "typ", "type"]),
    (Column::Topics, &["thema", "themen", "kategorie", "kategorien", "category", "rubrik"]),
    (Column::About, &["beschreibung", "was gibt es", "was gibt es dort", "description", "text", "angebot"]),
    (Column::Keywords, &["stichworte", "schlagworte", "suchworte", "weitere suchworte"]),
    (Column::Place, &["adresse", "anschrift", "ort und adresse", "wo", "address", "location"]),
    (Column::Street, &["strasse", "strassenname", "strasse und hausnummer", "str"]),
    (Column::Number, &["hausnummer", "hausnr", "hnr"]),
    (Column::Postcode, &["plz", "postleitzahl", "zip", "postal code"]),
    (Column::Town, &["ort", "stadt", "gemeinde", "city"]),
    (Column::Country, &["land", "staat"]),
    (Column::Latitude, &["latitude", "breite", "breitengrad", "y", "hochwert", "nord", "northing", "geo lat"]),
    (Column::Longitude, &["lng", "long", "longitude", "laenge", "laengengrad", "x", "rechtswert", "ost", "easting"]),
    (Column::Point, &["punkt", "koordinaten", "geo point", "geo", "coordinates"]),
    (Column::Contact, &["kontakt", "erreichbar", "ansprechpartner", "so erreichen sie es"]),
    (Column::Phone, &["telefon", "tel", "telefonnummer", "telephone"]),
    (Column::Email, &["mail", "e mail", "e mail adresse"]),
    (Column::Web, &["webseite", "website", "internet", "homepage", "url", "link"]),
    (Column::Conditions, &["voraussetzungen", "fuer wen", "zielgruppe", "bedingungen"]),
    (Column::Cost, &["kosten", "was es kostet"]),
    (Column::CostNote, &["kosten genauer", "preis", "beitrag", "kosten genau"]),
    (Column::Languages, &["sprachen", "sprache"]),
    (Column::Barriers, &["barrierefrei", "barrierefreiheit"]),
    (Column::AgeFrom, &["alter von", "alter ab", "ab alter", "mindestalter"]),
    (Column::AgeTo, &["alter bis", "bis alter", "hoechstalter"]),
    (Column::Times, &["zeiten", "wann", "oeffnungszeiten", "termine"]),
    (Column::FreePlaces, &["freie plaetze"]),
    (Column::Waiting, &["warteliste", "wartende"]),
    (Column::Basis, &["rechtsgrundlage", "rechtsgrundlagen", "paragraf"]),
    (Column::Visibility, &["sichtbarkeit", "sichtbar", "sichtbar fuer", "wer die karte sieht"]),
    (Column::ConfirmedOn, &["bestaetigt am", "stand", "geprueft am"]),
    (Column::Space, &["sozialraum", "stadtteil", "quartier"]),
];

impl Column {
    /// The column that a head means, if it says so.
    #[must_use]
    pub fn of_head(head: &str) -> Option<Self> {
        let folded = fold(head.trim_start_matches('\u{feff}'));
        let own = || Self::ALL.iter().copied().find(|column| fold(column.code()) == folded);
        WORDS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(column, _)| *column).or_else(own)
    }

    /// The column to which a refusal of a card's field belongs.
    #[must_use]
    pub fn of_field(field: &str) -> Option<Self> {
        Self::from_code(field)
    }

    /// The list of words that its cells are taken from, as messages call it.
    #[must_use]
    pub const fn list(self) -> Option<&'static str> {
        Some(match self {
            Self::Kind => "card-kind",
            Self::Topics => "topic",
            Self::Languages => "lang",
            Self::Barriers => "barrier",
            Self::Cost => "cost",
            Self::Visibility => "visibility",
            Self::Basis => "basis",
            _ => return None,
        })
    }
}
