# SPDX-License-Identifier: EUPL-1.2
# A case: its head, lists, overview.
case-family = Familie { $x }
case-worker = Fallführung: { $x }
case-parts = Teile dieses Falls
case-tab-overview = Überblick
case-tab-will = Wille und Ressourcen
case-tab-consultation = Beratung im Team
case-tab-plan = Ziele und Hilfeplan
case-tab-services = Leistungen und Kosten

cases-title-mine = Meine Fälle
cases-title-team = Fälle des Teams
cases-whose = Wessen Fälle
cases-mine = Meine
cases-team = Team
cases-to-intake = Zum Eingang
cases-total = { $x ->
    [one] Ein Fall, zuletzt bewegte zuerst.
   *[other] { $x } Fälle, zuletzt bewegte zuerst.
  }
cases-empty-mine = Sie haben zurzeit keinen Fall. Neue Meldungen finden Sie im Eingang.
cases-empty-team = Das Team hat zurzeit keinen Fall.
cases-pages = Weitere Seiten
cases-first = Von vorn
case-number = Nummer
case-family-name = Familie
case-led-by = Fallführung
case-stage = Stand
case-moved = Zuletzt bewegt

search-title = Fälle suchen
search-words = Name oder Fallnummer
search-submit = Suchen
search-how = Sie finden Fälle über den Namen der Familie oder einer Person (die ersten Buchstaben genügen), über den Klang des Namens (Maier findet auch Meyer) und über die Fallnummer, zum Beispiel 2026-0402. Gezeigt werden nur Fälle, die Sie sehen dürfen.
search-found = Treffer
search-short = Bitte geben Sie mindestens zwei Zeichen ein.
search-nothing = Kein Fall zu „{ $x }“. Prüfen Sie die Schreibweise, oder geben Sie nur den Anfang des Namens ein.
search-count = { $x ->
    [one] Ein Fall gefunden.
   *[other] { $x } Fälle gefunden.
  }
search-cut = Mehr werden nicht gezeigt; bitte suchen Sie genauer.

case-danger-do = Schätzen Sie die Lage sofort zu zweit ein (§ 8a SGB VIII). Die Beratung im Team ersetzt das nicht, und niemand muss auf sie warten.

next-title = Als Nächstes
next-people = Nehmen Sie die Personen der Familie auf.
next-do-people = Personen aufnehmen
next-will = Fragen Sie die Familie, was sie selbst will, und halten Sie es wörtlich fest.
next-do-will = Wille erfragen
next-agenda = Der Wille ist bekannt. Holen Sie Ideen aus dem Team.
next-do-agenda = Auf die Tagesordnung setzen
next-decide = Der Fall ist im Team. Wählen Sie danach mit der Familie aus den Ideen und entscheiden Sie über die Hilfe.
next-do-decide = Hilfe entscheiden
next-commission = Die Hilfe ist entschieden. Beauftragen Sie einen Träger.
next-do-commission = Träger beauftragen
next-refused = Der Antrag ist abgelehnt. Besprechen Sie mit der Familie, was jetzt trägt.
next-do-refused = Entscheidung ansehen
next-review = Die Hilfe läuft. Sehen Sie nach, ob sie noch passt.
next-do-review = Leistungen ansehen
next-missing = Noch offen: { $x }.
missing-will = der Wille
missing-goals = Ziele
missing-strengths = Ressourcen der Familie

case-wants = Das will die Familie
case-wants-empty = Noch hat niemand gesagt, was die Familie will.
case-events = Verlauf
goals-title = Ziele der Familie
strengths-title = Ressourcen der Familie
strengths-none = Noch nichts festgehalten.
strengths-add = Ressource festhalten
nearby-title = Angebote im Sozialraum
nearby-none = Für diesen Sozialraum ist noch nichts eingetragen.
nearby-all = Alle Ressourcen

event-opened = Fall eröffnet.
event-report = Meldung eingegangen ({ $x }).
event-will = { $x } hat gesagt, was sie oder er will.
event-will-unnamed = Ein Wille ist festgehalten.
event-wish = { $x } hat einen Wunsch geäußert.
event-wish-unnamed = Ein Wunsch ist festgehalten.
event-need = Fachlicher Bedarf festgehalten, mit Bezug auf { $x }.
event-need-unnamed = Fachlicher Bedarf festgehalten.
event-mandate = Auftrag von Amt oder Gericht festgehalten, mit Bezug auf { $x }.
event-mandate-unnamed = Auftrag von Amt oder Gericht festgehalten.
event-consultation-set = Auf der Tagesordnung: { $x }.
event-consultation-held = Beraten im Team: { $x }.
event-plan = Hilfe bewilligt, Hilfeplan Fassung { $x }.
event-refusal = Hilfe abgelehnt, Fassung { $x }.
event-commission = Träger beauftragt: { $x }.
