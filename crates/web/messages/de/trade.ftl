# SPDX-License-Identifier: EUPL-1.2
# Cards in and out: imports, their findings, HSDS.
trade-nav = Karten einspielen
trade-lead = Viele Ressourcenkarten auf einmal aus einer Datei. Sie sehen erst, was daraus würde; übernommen wird nichts, bevor Sie es sagen.
trade-hand-in = Datei einreichen
trade-kinds = Gelesen werden Tabellen (CSV, XLSX), Punkte (GeoJSON), HSDS (JSON oder Datenpaket als ZIP) und Kalender (iCalendar). Höchstens 50 MB und 100.000 Zeilen.
trade-template-xlsx = Vorlage als Excel-Datei
trade-template-csv = Vorlage als CSV-Datei
trade-in-file = Datei
trade-in-sheet = Tabellenblatt
trade-in-sheet-hint = Nur bei mehreren Blättern: Name des Blatts. Sonst wird das erste gelesen.
trade-check = Datei prüfen
trade-unreadable = Die Datei kann nicht gelesen werden
trade-waiting = Privatpersonen ohne Einwilligung
trade-waiting-lead = Keine Datei sagt, womit jemand einverstanden ist. Diese Personen sehen nur Sie, bis Sie ihre Einwilligung festgehalten haben.
trade-gone-on = Wird am { $x } gelöscht, wenn bis dahin keine Einwilligung festgehalten ist.
trade-before = Bisherige Dateien
trade-none = Noch wurde keine Datei eingereicht.
trade-file = Datei
trade-at = Eingereicht
trade-by = Von
trade-state = Stand
trade-taken = Übernommen
trade-left-out = Ausgelassen
trade-state-draft = geprüft, nicht übernommen
trade-state-done = übernommen
trade-state-undone = zurückgenommen
trade-state-dropped = verworfen
trade-running = Die Karten werden eingespielt
trade-of = von
trade-refresh = Stand neu laden
trade-rows = Zeilen
trade-would-take = Würden übernommen
trade-would-leave = Mit Fehlern
trade-warnings = Warnungen
trade-columns = Was die Spalten bedeuten
trade-columns-lead = Prüfen Sie die Zuordnung. Spalten ohne Bedeutung werden nicht gelesen.
trade-in-the-file = In der Datei
trade-sample = Beispiel
trade-means = Bedeutet
trade-default-kind = Art, wo keine steht
trade-default-topic = Thema, wo keines steht
trade-default-visibility = Sichtbar, wo nichts steht
trade-look-again = Mit dieser Zuordnung ansehen
trade-findings = Befunde
trade-line = Zeile
trade-column = Spalte
trade-grave = Schwere
trade-sentence = Was ist und was zu tun ist
trade-value = Dort steht
trade-reason = Was zu tun ist
trade-line-then = Zeile in der alten Datei
trade-more = { $x ->
    [one] Ein weiterer Befund steht in der vollständigen Liste.
   *[other] { $x } weitere Befunde stehen in der vollständigen Liste.
}
trade-all-findings = Vollständige Liste der Befunde (CSV)
trade-take = Übernehmen
trade-take-lead = Alles oder nichts: Bricht das Einspielen ab, ist keine Karte angelegt, und Sie können es wiederholen. Privatpersonen werden nie öffentlich, sondern warten auf ihre Einwilligung.
trade-take-without_faulty = Zeilen mit Fehlern
trade-take-without = Ohne die fehlerhaften Zeilen übernehmen; sie stehen danach als Datei bereit
trade-take-cards = { $x ->
    [one] Eine Zeile übernehmen
   *[other] { $x } Zeilen übernehmen
}
trade-nothing = So lässt sich nichts übernehmen. Bitte die Zuordnung ändern oder die Datei berichtigen und neu einreichen.
trade-drop = Datei verwerfen
trade-done = { $x ->
    [one] Eine Zeile wurde übernommen.
   *[other] { $x } Zeilen wurden übernommen.
}
trade-done-left-out = { $x ->
    [one] Eine Zeile wurde ausgelassen. Sie können sie berichtigen und neu einreichen:
   *[other] { $x } Zeilen wurden ausgelassen. Sie können sie berichtigen und neu einreichen:
}
trade-rejects-xlsx = Ausgelassene Zeilen (Excel)
trade-rejects-csv = Ausgelassene Zeilen (CSV)
trade-undo = Einspielen zurücknehmen
trade-undo-lead = Die Karten werden beendet und nur noch für Sie sichtbar. Karten, die seither jemand geändert hat, bleiben.
trade-changed = Seither geändert und deshalb nicht betroffen:
trade-undone = Das Einspielen wurde zurückgenommen
trade-nothing-kept = Alle Karten wurden beendet.
trade-kept = Diese Karten wurden inzwischen geändert und sind geblieben:
trade-consent-lead = Diese Person stand in einer Datei. Erst mit ihrer Einwilligung gibt es eine Karte.
trade-consent-consent_on = Einverstanden seit
trade-consent-consent_until = Einverstanden bis
trade-consent-consent_scope = Höchstens sichtbar
trade-consent-consent_form = Wie gesagt
trade-consent-visibility = Sichtbar
trade-agree = Einwilligung festhalten und Karte anlegen
trade-forget = Nicht einverstanden: löschen

# The row of the template that shows how it goes.
trade-example-name = Beispiel: Kinderturnen am Hafen
trade-example-topics = Sport und Bewegung; Treffpunkt
trade-example-about = Turnen für Kinder. Diese Zeile zeigt nur, wie es geht, und wird nicht übernommen.
trade-example-street = Hafenstraße
trade-example-number = 12a
trade-example-postcode = 22844
trade-example-town = Norderstedt
trade-example-times = Mo, Mi 15–17 Uhr

# Columns.
trade-column-none = (nicht lesen)
trade-column-id = Kennung
trade-column-name = Name
trade-column-kind = Art
trade-column-topics = Themen
trade-column-about = Beschreibung
trade-column-keywords = Weitere Suchworte
trade-column-place = Adresse
trade-column-street = Straße
trade-column-number = Hausnummer
trade-column-postcode = PLZ
trade-column-town = Ort
trade-column-country = Land
trade-column-lat = Breite
trade-column-lon = Länge
trade-column-point = Koordinaten
trade-column-contact = Kontakt
trade-column-phone = Telefon
trade-column-email = E-Mail
trade-column-web = Webseite
trade-column-conditions = Voraussetzungen
trade-column-cost = Kosten
trade-column-cost_note = Kosten genauer
trade-column-languages = Sprachen
trade-column-barriers = Barrierefrei
trade-column-age_from = Alter von
trade-column-age_to = Alter bis
trade-column-times = Zeiten
trade-column-free_places = Freie Plätze
trade-column-waiting = Warteliste
trade-column-basis = Rechtsgrundlage
trade-column-visibility = Sichtbarkeit
trade-column-confirmed_on = Bestätigt am
trade-column-space = Sozialraum

# What is said about a file and its rows.
trade-said-empty = Die Datei ist leer. Bitte eine Datei mit Inhalt auswählen.
trade-said-only-head = Keine Zeilen – nichts importiert. Bitte unter der Kopfzeile Zeilen ergänzen.
trade-said-no-known-column = Keine Spalte wurde erkannt. Gefunden: { $x }. Bitte eine Kopfzeile mit Namen wie „Name“, „Straße“, „PLZ“ ergänzen.
trade-said-column-twice = Spalte „{ $x }“ kommt zweimal vor. Bitte eine davon löschen oder umbenennen.
trade-said-too-many-columns = Zu viele Spalten. Höchstens { $x } werden gelesen; bitte die übrigen löschen.
trade-said-too-many-rows = Höchstens 100.000 Zeilen je Datei. Bitte aufteilen.
trade-said-not-read = { $x } wird nicht importiert. Bitte als CSV, XLSX, GeoJSON, HSDS oder iCalendar einreichen.
trade-said-broken = Die Datei ist beschädigt. Bitte neu speichern und noch einmal einreichen.
trade-said-too-much-inside = Entpackt ist die Datei größer als { $x } MB. Bitte aufteilen.
trade-said-too-much-text = In den Zellen steht mehr als { $x } MB Text. Bitte aufteilen oder lange Texte kürzen.
trade-said-too-many-cells = Die Tabelle hat mehr als 4.000.000 Zellen. Bitte aufteilen oder leere Spalten löschen.
trade-said-too-many-parts = Die Datei hat mehr als 4.000.000 Einträge. Bitte aufteilen.
trade-said-id-erased = Die Karte mit dieser Kennung wurde am { $x } gelöscht und kommt über einen Import nicht zurück. Bitte die Zeile löschen.
trade-said-erased-like = Eine Karte wie diese wurde am { $x } gelöscht, weil die Person es wollte; sie kommt über einen Import nicht zurück. Bitte die Zeile löschen. Ist die Person wieder einverstanden, legen Sie die Karte von Hand an.
trade-said-joined-cells = Verbundene Zellen. Nur die erste hat einen Inhalt; bitte die Verbindung aufheben.
trade-said-hidden-rows = { $x ->
    [one] Eine ausgeblendete Zeile wird mit importiert. Bitte löschen, wenn sie nicht dazugehört.
   *[other] { $x } ausgeblendete Zeilen werden mit importiert. Bitte löschen, wenn sie nicht dazugehören.
}
trade-said-several-sheets = Gelesen wurde das Blatt „{ $x }“. Welches Blatt? Es gibt: { $y }. Für ein anderes die Datei mit dem Namen des Blatts neu einreichen.
trade-said-no-such-sheet = Dieses Blatt gibt es nicht. Es gibt: { $x }.
trade-said-not-json = Das ist kein lesbares JSON (Zeile { $x }, Spalte { $y }). Bitte die Datei neu ausgeben.
trade-said-json-unknown = Das ist weder GeoJSON noch HSDS. Bitte die Datei prüfen.
trade-said-hsds-version = Version { $x } unbekannt. Gelesen werden HSDS 3.0 bis 3.2.
trade-said-hsds-missing = { $x } fehlt. Bitte ergänzen.
trade-said-hsds-wrong = { $x } ist nicht so, wie HSDS es verlangt. Bitte berichtigen.
trade-said-hsds-twice = { $x } ist doppelt. Bitte eine der beiden ändern.
trade-said-hsds-over = { $x } ist beendet und wird nicht übernommen.
trade-said-more-places = { $x } hat mehrere Orte. Übernommen wird der erste; bitte die anderen als eigene Karten anlegen.
trade-said-hsds-no-service = Die Datei enthält keine Angebote (services).
trade-said-not-calendar = Der Kalender ist unvollständig. Bitte neu ausgeben.
trade-said-too-many-events = Höchstens 2.000 Termine je Datei. Bitte aufteilen.
trade-said-rhythm-unknown = Der Rhythmus kann nicht übernommen werden; nur der erste Termin wird eingetragen. Bitte die Zeiten prüfen.
trade-said-no-point = „{ $x }“ ist kein Punkt. Die Karte bekommt keine Stelle auf dem Plan.
trade-said-example-row = Die Beispielzeile der Vorlage wird nicht übernommen.
trade-said-id-zero = Kennung 0 ist keine Kennung und wird nicht beachtet.
trade-said-id-twice = Die Kennung steht schon in Zeile { $y }. Bitte eine der beiden Zeilen löschen oder ändern.
trade-said-id-known = Diese Karte gibt es schon. Bitte die Zeile löschen; geändert wird eine Karte auf ihrer Seite.
trade-said-place-missing = Straße oder Adresse fehlt. Die Karte wird ohne Ort angelegt; bitte prüfen.
trade-said-about-from-name = Die Beschreibung fehlt; der Name wird eingesetzt.
trade-said-axes-turned = Länge und Breite waren vertauscht und wurden getauscht. Bitte prüfen.
trade-said-from-metres = Die Koordinaten stehen in Metern (UTM) und wurden umgerechnet.
trade-said-point-zero = 0/0 ist kein Ort in Deutschland. Die Karte bekommt keine Stelle auf dem Plan.
trade-said-point-half = Es ist nur eine von zwei Koordinaten angegeben. Bitte ergänzen oder beide löschen.
trade-said-blank-before-number = Vor der Hausnummer wurde ein Leerzeichen ergänzt.
trade-said-line-end-in-cell = Der Zeilenumbruch wurde durch ein Leerzeichen ersetzt.
trade-said-house-zero = Hausnummer 0? Bitte prüfen.
trade-said-house-unreadable = Bitte Straße und Hausnummer angeben.
trade-said-post-box = Postfach ist kein Ort, an den man gehen kann. Bitte prüfen.
trade-said-parcel-machine = Packstation ist kein Ort für eine Karte. Bitte die Adresse angeben.
trade-said-postcode-missing = Bitte PLZ angeben.
trade-said-postcode-digits = Die PLZ hat fünf Ziffern und nur Ziffern. Bitte berichtigen.
trade-said-postcode-zero = Die führende Null der PLZ wurde ergänzt. Bitte prüfen.
trade-said-town-other = PLZ und Ort passen nicht zusammen. Bitte prüfen, was davon stimmt.
trade-said-town-unsure = Mehrere Orte heißen so. Bitte die PLZ ergänzen.
trade-said-brackets = Eine Adresse hat keine spitzen Klammern. Bitte berichtigen.
trade-said-formula = Eine Adresse darf nicht mit = beginnen. Bitte berichtigen.
trade-said-pictures = Eine Adresse hat keine Bildzeichen. Bitte berichtigen.
trade-said-mail-sign = Die E-Mail-Adresse enthält ein unzulässiges Zeichen. Bitte berichtigen.
trade-said-emergency = Notruf ist keine Erreichbarkeit. Bitte die eigene Nummer angeben.
trade-said-inner-address = Interne Adresse nicht erlaubt. Bitte die öffentliche Seite angeben.
trade-said-word-unknown = Das steht nicht zur Auswahl. Bitte ein Wort aus der Liste nehmen oder die Spalte nicht lesen lassen.
trade-said-person-waits = Privatperson: wird als Entwurf nur für Sie angelegt, bis die Einwilligung festgehalten ist.
trade-said-person-without-point = Privatpersonen stehen nicht auf dem Plan; die Koordinaten werden nicht übernommen.
trade-said-like-above = Wohl dasselbe wie in Zeile { $x }. Bitte prüfen.
trade-said-like-card = Wohl dasselbe wie die Karte „{ $x }“. Bitte prüfen.
trade-said-space-unknown = Den Sozialraum „{ $x }“ gibt es nicht; er wird aus der Adresse bestimmt.

# Rules.
rule-trade-draft-waits = Ohne Einwilligung wird der Entwurf nach 30 Tagen gelöscht.
rule-trade-rows-faulty = Die Datei enthält Zeilen mit Fehlern. Bitte berichtigen, oder ausdrücklich ohne diese Zeilen übernehmen. Es wurde nichts übernommen.
rule-trade-file-missing = Bitte eine Datei auswählen.
rule-trade-file-unreadable = Die Datei kann nicht gelesen werden. Was zu tun ist, steht oben.
rule-trade-column-twice = Zwei Spalten haben dieselbe Bedeutung. Bitte eine davon ändern.
rule-trade-name-column-missing = Keine Spalte ist als „Name“ zugeordnet. Bitte die Spalte mit den Namen wählen.
rule-trade-nothing-to-take = Es gibt keine Zeile, die übernommen werden kann. Bitte die Befunde ansehen.

# HSDS.
trade-hsds-publisher = Jugendamt, das das Ressourcenverzeichnis führt
trade-unit-places = Plätze
trade-taxonomy = Begriffe des Ressourcenverzeichnisses: Art, Thema, Rechtsgrundlage, Kosten, Sichtbarkeit und Felder ohne eigenen Platz in HSDS
trade-list-kind = Art der Ressource
trade-list-topic = Thema
trade-list-sgb8 = Rechtsgrundlage im SGB VIII
trade-list-cost = Kosten
trade-list-visibility = Wer die Karte sieht
trade-list-field = Feld ohne eigenen Platz in HSDS
help-trade-nav = Reichen Sie eine Tabelle, Punkte oder einen Kalender ein und ordnen Sie die Spalten zu. Die Befunde nennen Zeile, Spalte und was zu tun ist. Übernommen wird alles oder nichts; fehlerhafte Zeilen können Sie ausdrücklich auslassen, als Datei berichtigen und neu einreichen. Ein ganzes Einspielen lässt sich zurücknehmen.
