// SPDX-License-Identifier: EUPL-1.2
//! What an import has to say about a file, and its German sentences, all in one table.

use crate::kernel::Rule;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Schwere")]
pub enum Severity {
    /// Was put right or is only worth knowing.
    Notice,
    /// Should be looked at; the import goes on.
    Warning,
    /// Nothing of the file is taken over.
    Error,
}

impl Severity {
    /// As a list shows it.
    #[must_use]
    pub const fn german(self) -> &'static str {
        match self {
            Self::Notice => "Hinweis",
            Self::Warning => "Warnung",
            Self::Error => "Fehler",
        }
    }
}

/// One thing found in a file that is to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Befund")]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// Where: an object or a line of the file, in German; empty for the whole file.
    pub place: String,
    /// The rule's code.
    pub code: &'static str,
    /// What the sentence needs to know.
    pub params: Vec<String>,
}

/// A kind of finding: its rule, its severity and its sentence with numbered gaps.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) rule: Rule,
    severity: Severity,
    sentence: &'static str,
}

macro_rules! kinds {
    ($($name:ident $severity:ident $code:literal $source:literal $sentence:literal;)*) => {
        $(pub(super) const $name: Kind = Kind {
            rule: Rule::new(concat!("territory.", $code), $source),
            severity: Severity::$severity,
            sentence: $sentence,
        };)*
        /// Every kind of finding.
        const KINDS: &[Kind] = &[$($name),*];
    };
}

kinds! {
    // The file as a whole.
    FILE_EMPTY Error "file_empty" "Pflichtangabe" "Die Datei ist leer. Bitte eine Datei mit Inhalt auswählen.";
    FILE_TOO_LARGE Error "file_too_large" "Grenzwert 20 MB" "Die Datei ist größer als 20 MB. Bitte die Grenzen vereinfachen und neu ausgeben.";
    FILE_CUT_OFF Error "file_cut_off" "RFC 8259" "Die Datei endet unerwartet (Zeile {0}). Bitte die Datei vollständig neu ausgeben.";
    NOT_JSON Error "not_json" "RFC 8259" "Das ist kein lesbares GeoJSON (Zeile {0}, Spalte {1}). Bitte die Grenzen als GeoJSON ausgeben.";
    NUMBER_TOO_LARGE Error "number_too_large" "RFC 8259" "Eine Zahl ist zu groß (Zeile {0}). Bitte die Datei neu ausgeben.";
    TOO_DEEP Error "too_deep" "RFC 8259 Abschnitt 9" "Die Datei ist zu tief verschachtelt (Zeile {0}). Bitte als einfache FeatureCollection ausgeben.";
    NUMBER_TOO_LONG Error "number_too_long" "RFC 8259 Abschnitt 6" "Eine Zahl ist zu lang (Zeile {0}). Bitte mit höchstens zehn Nachkommastellen ausgeben.";
    FIELD_TWICE Error "field_twice" "RFC 8259 Abschnitt 4" "Das Feld „{0}“ kommt doppelt vor. Bitte eines davon löschen.";
    NOT_GEOJSON Error "not_geojson" "RFC 7946" "Das ist kein GeoJSON: „type“ fehlt oder ist unbekannt. Bitte als FeatureCollection ausgeben.";
    NO_FEATURES Error "no_features" "RFC 7946" "Die Datei enthält keine Objekte. Bitte prüfen, ob die richtige Ebene ausgegeben wurde.";
    TOO_MANY_POINTS Error "too_many_points" "Grenzwert" "Die Datei hat {0} Ecken, höchstens {1} sind möglich. Bitte die Grenzen vereinfachen.";
    UNKNOWN_SYSTEM Error "unknown_system" "RFC 7946 Abschnitt 4" "Die Koordinaten liegen nicht in Grad, und das Koordinatensystem {0} wird nicht gelesen. Bitte in WGS 84 (EPSG:4326) oder ETRS89/UTM 32 (EPSG:25832) ausgeben.";
    CONVERTED Notice "converted" "RFC 7946 Abschnitt 4" "Die Koordinaten stehen in {0} und wurden umgerechnet.";
    HEIGHT_DROPPED Notice "height_dropped" "RFC 7946 Abschnitt 3.1.1" "Höhenangaben wurden nicht übernommen.";
    RINGS_TURNED Notice "rings_turned" "RFC 7946 Abschnitt 3.1.6" "Bei {0} Ringen wurde die Laufrichtung berichtigt.";
    CORNERS_DROPPED Notice "corners_dropped" "RFC 7946 Abschnitt 3.1.6" "{0} doppelte Ecken wurden weggelassen.";
    ZERO_RESTORED Notice "zero_restored" "Amtlicher Gemeindeschlüssel" "Bei {0} Schlüsseln wurde die führende Null ergänzt, zum Beispiel {1}. Bitte prüfen.";
    // One object.
    KEY_MISSING Error "key_missing" "Pflichtangabe" "Der Schlüssel (Feld „{0}“) fehlt. Bitte ergänzen oder ein anderes Feld als Schlüssel wählen.";
    KEY_UNUSABLE Error "key_unusable" "Feldlänge" "„{0}“ ist kein brauchbarer Schlüssel. Erlaubt sind 1 bis 20 Buchstaben, Ziffern, Punkte und Striche.";
    NAME_MISSING Error "name_missing" "Pflichtangabe" "Der Name (Feld „{0}“) fehlt. Bitte ergänzen oder ein anderes Feld als Namen wählen.";
    NAME_UNUSABLE Error "name_unusable" "Feldlänge" "Der Name im Feld „{0}“ ist zu lang oder enthält unzulässige Zeichen. Bitte kürzen oder berichtigen.";
    NAME_GARBLED Warning "name_garbled" "UTF-8" "Der Name „{0}“ enthält ein unlesbares Zeichen. Bitte Umlaute prüfen: Die Datei ist wohl nicht in UTF-8 gespeichert.";
    KEY_WITH_TWO_NAMES Error "key_with_two_names" "Eindeutigkeit" "Der Schlüssel kommt zweimal vor, einmal als „{0}“ und einmal als „{1}“. Bitte einen der beiden ändern.";
    KEY_WITH_TWO_REGIONS Error "key_with_two_regions" "Eindeutigkeit" "Der Schlüssel kommt mit verschiedenen Regionen vor: {0} und {1}. Bitte berichtigen.";
    NAME_TWICE Error "name_twice" "Eindeutigkeit" "Der Name „{0}“ kommt auch bei Schlüssel {1} vor. Bitte einen der beiden ändern.";
    JOINED Notice "joined" "RFC 7946 Abschnitt 3.1.7" "Der Schlüssel kommt {0}-mal vor; die Flächen wurden zu einem Sozialraum verbunden.";
    NO_AREA_GIVEN Warning "no_area_given" "RFC 7946 Abschnitt 3.2" "Das Objekt hat keine Fläche und wird nicht übernommen. Bitte prüfen, ob die Grenze fehlt.";
    WRONG_GEOMETRY Error "wrong_geometry" "RFC 7946 Abschnitt 3.1" "Die Geometrie ist ungültig: „{0}“ ist keine Fläche. Bitte nur Polygon oder MultiPolygon ausgeben.";
    BAD_POSITION Error "bad_position" "RFC 7946 Abschnitt 3.1.1" "Die Geometrie ist ungültig: Ein Punkt braucht zwei Werte. Bitte die Grenze neu ausgeben.";
    NUMBER_EXPECTED Error "number_expected" "RFC 7946 Abschnitt 3.1.1" "Die Geometrie ist ungültig: Statt {0} wird eine Zahl erwartet. Bitte die Grenze neu ausgeben.";
    NO_SUCH_DEGREE Error "no_such_degree" "RFC 7946 Abschnitt 4" "Die Geometrie ist ungültig: {0} gibt es nicht. Bitte berichtigen.";
    AXES_SWAPPED Error "axes_swapped" "RFC 7946 Abschnitt 3.1.1" "Länge und Breite sind vertauscht ({0}). Bitte zuerst die Länge (Ost), dann die Breite (Nord) ausgeben.";
    OUTSIDE_GERMANY Error "outside_germany" "Plausibilität" "Die Stelle {0} liegt außerhalb Deutschlands. Bitte Grenze und Koordinatensystem prüfen.";
    RING_OPEN Warning "ring_open" "RFC 7946 Abschnitt 3.1.6" "Eine Grenzlinie war nicht geschlossen; sie wurde bei {0} geschlossen. Bitte auf der Karte prüfen.";
    RING_TOO_SHORT Error "ring_too_short" "RFC 7946 Abschnitt 3.1.6" "Die Geometrie ist ungültig: Eine Fläche braucht mindestens 3 verschiedene Ecken. Bitte die Grenze neu zeichnen.";
    RING_FLAT Error "ring_flat" "RFC 7946 Abschnitt 3.1.6" "Die Geometrie ist ungültig: Eine Grenzlinie schließt keine Fläche ein (Fläche 0, bei {0}). Bitte löschen oder neu zeichnen.";
    CROSSES_ITSELF Error "crosses_itself" "OGC 06-103r4" "Die Geometrie ist ungültig: Die Grenze schneidet sich bei {0}. Bitte dort berichtigen.";
    HOLE_OUTSIDE Error "hole_outside" "OGC 06-103r4" "Die Geometrie ist ungültig: Ein Loch liegt außerhalb der Fläche (bei {0}). Bitte löschen oder verschieben.";
    SLIVER Warning "sliver" "Plausibilität" "Eine Teilfläche ist nur {0} m² groß oder sehr schmal (bei {1}). Bitte prüfen, ob es ein Splitter ist.";
    // A list of corners, typed or moved.
    NO_CORNERS Error "no_corners" "Pflichtangabe" "Es ist keine Ecke angegeben. Bitte je Zeile eine Ecke angeben, zum Beispiel 53,60512 / 9,91234.";
    CORNER_UNREADABLE Error "corner_unreadable" "RFC 7946 Abschnitt 3.1.1" "„{0}“ ist kein Punkt. Bitte Breite und Länge in Grad angeben, zum Beispiel 53,60512 / 9,91234.";
    AXES_SWAPPED_LISTED Error "axes_swapped_listed" "Reihenfolge Breite, Länge" "Breite und Länge sind vertauscht ({0}). Bitte zuerst die Breite (Nord), dann die Länge (Ost) angeben.";
    HOLE_WITHOUT_AREA Error "hole_without_area" "OGC 06-103r4" "Vor einem Loch muss die Fläche stehen, in der es liegt. Bitte die Reihenfolge ändern.";
    UNCHANGED Error "unchanged" "Pflichtangabe" "Die Grenze ist dieselbe wie bisher. Bitte eine Ecke verschieben, einfügen oder löschen.";
    // Between objects.
    PARTS_OVERLAP Error "parts_overlap" "OGC 06-103r4" "Teile des Sozialraums überlappen sich selbst um {0} (bei {1}). Bitte zu einer Fläche verbinden.";
    OVERLAP Error "overlap" "Eindeutige Zuständigkeit" "„{0}“ und „{1}“ überlappen um {2} (bei {3}). Bitte die gemeinsame Grenze berichtigen.";
    OVERLAP_SMALL Warning "overlap_small" "Eindeutige Zuständigkeit" "„{0}“ und „{1}“ überlappen ein wenig, um {2} (bei {3}). Adressen dort müssen von Hand zugeordnet werden.";
    OVERLAP_TINY Notice "overlap_tiny" "Rundung" "An {0} Stellen überlappen Grenzen um weniger als 1 m² (Rundung). Es ist nichts zu tun.";
    GAP Warning "gap" "Lückenlose Zuständigkeit" "Zwischen „{0}“ und „{1}“ ist eine Lücke von {2} (bei {3}). Adressen dort gehören zu keinem Sozialraum. Bitte prüfen.";
    GAP_WITHIN Warning "gap_within" "Lückenlose Zuständigkeit" "In „{0}“ ist ein Loch von {1} (bei {2}), das zu keinem Sozialraum gehört. Bitte prüfen.";
    GAP_TINY Notice "gap_tiny" "Rundung" "An {0} Stellen bleiben zwischen Grenzen weniger als 1 m² frei (Rundung). Es ist nichts zu tun.";
    TOO_COMPLEX Warning "too_complex" "Rechenzeit" "Die Grenzen sind zu verwickelt, um sie ganz auf Lücken und Überschneidungen zu prüfen. Bitte vereinfachen oder auf der Karte prüfen.";
    // The street directory.
    TABLE_EMPTY Error "table_empty" "Straßenraster der BA" "Die Datei {0} enthält keine Zeilen. Bitte die vollständige Datei auswählen.";
    TABLE_TOO_LONG Error "table_too_long" "Grenzwert 100.000 Zeilen" "Die Datei {0} hat mehr als 100.000 Zeilen. Bitte aufteilen.";
    COLUMNS_MISSING Error "columns_missing" "Straßenraster der BA" "Die Datei {0} hat nicht die erwarteten Spalten. Es fehlen: {1}. Bitte eine Kopfzeile mit diesen Namen ergänzen.";
    DISTRICT_KEY Error "district_key" "Straßenraster der BA" "„{0}“ ist kein neunstelliger Schlüssel. Bitte berichtigen.";
    DISTRICT_TWICE Error "district_twice" "Eindeutigkeit" "Der Schlüssel {0} kommt zweimal vor. Bitte eine Zeile löschen.";
    STREET_MISSING Error "street_missing" "Pflichtangabe" "Der Straßenname fehlt oder ist nicht lesbar. Bitte ergänzen.";
    POSTCODE_WRONG Error "postcode_wrong" "Deutsche Post" "„{0}“ ist keine Postleitzahl. Sie hat fünf Ziffern. Bitte berichtigen.";
    POSTCODE_ZERO Notice "postcode_zero" "Deutsche Post" "Bei {0} Postleitzahlen wurde die führende Null ergänzt.";
    RANGE_EMPTY Error "range_empty" "Straßenraster der BA" "Der Hausnummernbereich ist leer. Bitte von–bis angeben; für „bis zum Ende“ steht 997 (ungerade) oder 998 (gerade).";
    RANGE_UNREADABLE Error "range_unreadable" "Straßenraster der BA" "„{0}“ ist keine Hausnummer. Bitte nur Ziffern, den Zusatz in der Spalte daneben angeben.";
    RANGE_WRONG_SIDE Error "range_wrong_side" "Straßenraster der BA" "Die Hausnummer {0} steht in der Spalte für {1} Nummern. Bitte in die andere Spalte setzen.";
    RANGE_REVERSED Error "range_reversed" "Straßenraster der BA" "Der Hausnummernbereich {0} bis {1} läuft rückwärts. Bitte umdrehen.";
    RANGES_OVERLAP Warning "ranges_overlap" "Eindeutige Zuständigkeit" "{0}: Hausnummern stehen auch in Zeile {1}, dort mit Schlüssel {2} statt {3}. Bitte berichtigen; bis dahin wird nachgefragt.";
    DISTRICT_UNKNOWN Error "district_unknown" "Straßenraster der BA" "Der Schlüssel {0} steht nicht in der Zuordnungsdatei. Bitte dort ergänzen.";
    DISTRICT_UNUSED Warning "district_unused" "Straßenraster der BA" "Zu „{0}“ ({1}) gehört keine einzige Straße. Bitte prüfen.";
    COLUMN_TWICE Error "column_twice" "Eindeutigkeit" "In der Datei {0} kommt die Spalte „{1}“ zweimal vor. Bitte eine davon löschen oder umbenennen.";
    // Between a file and what the office already has.
    SPACE_NOT_IN_FILE Warning "space_not_in_file" "Lückenlose Zuständigkeit" "Der Sozialraum „{0}“ fehlt in der Datei. Er bleibt bestehen, hat im neuen Stand aber keine Grenze. Bitte prüfen.";
    SPACE_RENAMED Notice "space_renamed" "Eindeutigkeit" "Der Sozialraum „{0}“ heißt künftig „{1}“.";
    REGION_KEPT Warning "region_kept" "Zuständigkeit der Teams" "„{0}“ gehört im Haus zur Region {1}, in der Datei zu {2}. Die bisherige Region bleibt. Bitte prüfen.";
    KEYS_UNANSWERED Error "keys_unanswered" "Straßenraster der BA" "Zu keinem Schlüssel der Straßen gibt es einen Sozialraum: {0}. Bitte zuerst die Sozialräume importieren oder die Schlüssel angleichen.";
    SOME_KEYS_UNANSWERED Warning "some_keys_unanswered" "Straßenraster der BA" "Zu {0} Schlüsseln der Straßen gibt es keinen Sozialraum: {1}. Adressen dort werden nicht über die Straße gefunden.";
    // Before anything is understood: bytes and cells.
    DECODED Notice "decoded" "UTF-8" "Die Datei {0} ist nicht in UTF-8 gespeichert und wurde als Windows-1252 (ISO-8859-1) gelesen.";
    UMLAUTS_UNSURE Warning "umlauts_unsure" "RFC 8259 Abschnitt 8.1" "Die Datei ist nicht in UTF-8 gespeichert und wurde als Windows-1252 gelesen. Bitte Umlaute prüfen.";
    NOT_A_TABLE Error "not_a_table" "RFC 4180" "Die Datei {0} ist keine CSV-Datei. Bitte die Tabelle als CSV speichern.";
    SEPARATOR_UNKNOWN Error "separator_unknown" "RFC 4180" "Die Datei {0} hat ein unbekanntes Trennzeichen. Bitte ; oder , verwenden.";
    QUOTE_OPEN Error "quote_open" "RFC 4180" "Ein Anführungszeichen wird nicht geschlossen. Bitte ergänzen.";
    CHARACTER_FORBIDDEN Error "character_forbidden" "RFC 4180" "Die Zeile enthält ein unzulässiges Zeichen. Bitte die Datei neu ausgeben.";
    TABLE_TOO_LARGE Error "table_too_large" "Grenzwert" "Die Datei {0} ist größer als {1} MB. Bitte aufteilen.";
    // Figures of spaces: a row that cannot be read is left out, the others are taken.
    FIGURE_KEY Warning "figure_key" "Pflichtangabe" "„{0}“ ist kein Schlüssel eines Sozialraums. Die Zeile wurde ausgelassen; bitte berichtigen.";
    FIGURE_KEY_UNKNOWN Warning "figure_key_unknown" "Eindeutige Zuständigkeit" "Den Sozialraum {0} gibt es nicht. Die Zeile wurde ausgelassen; bitte den Schlüssel prüfen.";
    FIGURE_NAME Warning "figure_name" "Pflichtangabe" "Das Merkmal fehlt oder ist zu lang. Die Zeile wurde ausgelassen; bitte ergänzen.";
    FIGURE_VALUE Warning "figure_value" "Zahl mit höchstens zwei Nachkommastellen" "„{0}“ ist keine Zahl wie 6.200 oder 12,5. Die Zeile wurde ausgelassen; bitte berichtigen.";
    FIGURE_SOURCE Warning "figure_source" "Pflichtangabe" "Die Quelle fehlt. Die Zeile wurde ausgelassen; bitte ergänzen, woher die Zahl stammt.";
    FIGURE_DAY Warning "figure_day" "Pflichtangabe" "„{0}“ ist kein Stand wie 31.12.2025. Die Zeile wurde ausgelassen; bitte berichtigen.";
    FIGURE_KIND Warning "figure_kind" "N10; § 64(3) SGB VIII" "„{0}“ ist keine Art. Möglich sind Menschen, Anteil, Geld und Fläche. Die Zeile wurde ausgelassen; bitte berichtigen.";
    FIGURE_TWICE Warning "figure_twice" "Eindeutigkeit" "„{0}“ steht für diesen Sozialraum und Stand schon weiter oben. Die Zeile wurde ausgelassen; bitte eine löschen.";
    STREETS_LEFT_BEHIND Warning "streets_left_behind" "Eindeutige Zuständigkeit" "Das Straßenverzeichnis führt noch zu Sozialräumen, die es im neuen Zuschnitt nicht gibt: {0}. Adressen dort bleiben zugeordnet wie bisher; bitte auch die Straßen neu einreichen.";
    SPACE_BEYOND_REGION Warning "space_beyond_region" "Eindeutige Zuständigkeit" "„{0}“ liegt zu {1} % außerhalb dessen, was die Region „{2}“ bisher umfasst. Bitte prüfen, ob das so gewollt ist; Budget und Team folgen der Region.";
    POINT_COLUMNS_MISSING Error "point_columns_missing" "Pflichtangabe" "Die Datei braucht die Spalten „id“ und dazu „lat“ und „lon“ oder „street“. Gefunden: {0}. Bitte eine Kopfzeile mit diesen Namen ergänzen.";
}

impl Kind {
    /// The finding of this kind at this place.
    pub(super) fn at(&self, place: impl Into<String>, params: &[&dyn std::fmt::Display]) -> Finding {
        Finding {
            severity: self.severity,
            place: place.into(),
            code: self.rule.code(),
            params: params.iter().map(ToString::to_string).collect(),
        }
    }

    /// The finding of this kind about the whole file.
    pub(super) fn whole(&self, params: &[&dyn std::fmt::Display]) -> Finding {
        self.at("", params)
    }
}

impl Finding {
    /// The whole sentence: where, what is wrong, what to do.
    #[must_use]
    pub fn german(&self) -> String {
        if self.place.is_empty() { self.sentence() } else { format!("{}: {}", self.place, self.sentence()) }
    }

    /// What is wrong and what to do, without the place; for lists that show the place beside it.
    #[must_use]
    pub fn sentence(&self) -> String {
        let sentence = KINDS.iter().find(|kind| kind.rule.code() == self.code).map_or("", |kind| kind.sentence);
        let mut text = String::with_capacity(sentence.len() + 40);
        // Gap by gap, so that a name which itself looks like a gap is never filled.
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (number, after) = after.split_once('}').unwrap_or(("", after));
            let param = number.parse().ok().and_then(|at: usize| self.params.get(at));
            text.push_str(param.map_or("…", String::as_str));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

/// May the file be imported? Errors refuse all of it; warnings and notices do not.
#[must_use]
pub fn is_importable(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.severity != Severity::Error)
}

/// An area as people say it: `12 m²`, `3,4 ha`, `1,2 km²`.
pub(super) fn area_in_german(square_metres: f64) -> String {
    let text = match square_metres {
        small if small < 10_000.0 => format!("{small:.0} m²"),
        middle if middle < 1_000_000.0 => format!("{:.1} ha", middle / 10_000.0),
        large => format!("{:.1} km²", large / 1_000_000.0),
    };
    text.replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_code_and_a_whole_sentence() {
        let mut codes: Vec<_> = KINDS.iter().map(|kind| kind.rule.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), KINDS.len());
        for kind in KINDS {
            assert!(kind.sentence.ends_with('.'), "{}", kind.sentence);
            let gaps = kind.sentence.matches('{').count();
            assert!((0..gaps).all(|gap| kind.sentence.contains(&format!("{{{gap}}}"))), "{}", kind.sentence);
        }
    }

    #[test]
    fn sentences_are_filled_once() {
        let finding = OVERLAP.at("Schlüssel 7", &[&"{1}", &"Süd", &area_in_german(1_200_000.0), &"x"]);
        assert_eq!(
            finding.german(),
            "Schlüssel 7: „{1}“ und „Süd“ überlappen um 1,2 km² (bei x). Bitte die gemeinsame Grenze berichtigen."
        );
        assert_eq!(area_in_german(512.4), "512 m²");
        assert_eq!(area_in_german(34_000.0), "3,4 ha");
    }
}
