# SPDX-License-Identifier: EUPL-1.2
# A case: its head, lists, overview.
case-family = Familie { $x }
case-worker = Fallführung: { $x }
case-parts = Teile dieses Falls
case-tab-overview = Überblick
case-tab-will = Wille
case-tab-consultation = Beratung
case-tab-plan = Hilfeplan
case-tab-services = Leistungen

cases-title-mine = Meine Fälle
cases-title-team = Fälle des Teams
cases-title-one = Fälle einer Fachkraft
cases-whose = Wessen Fälle
cases-mine = Meine
cases-team = Team
cases-to-intake = Zum Eingang
cases-total = { $x ->
    [one] Ein Fall, zuletzt bewegte zuerst.
   *[other] { $x } Fälle, zuletzt bewegte zuerst.
  }
cases-empty-mine = Sie haben zurzeit keinen laufenden Fall. Neue Meldungen finden Sie im Eingang.
cases-empty-one = Diese Fachkraft hat zurzeit keinen laufenden Fall in Ihrem Team.
cases-empty-team = Das Team hat zurzeit keinen laufenden Fall. Neue Meldungen stehen im Eingang.
cases-empty-filter = Kein Fall passt zu dieser Auswahl. Wählen Sie einen anderen Stand oder Bereich.
case-filter = Fälle auswählen
case-filter-stand = Stand
case-filter-bereich = Bereich
case-filter-show = Anzeigen
stage-open = alle laufenden
stage-all = alle, auch beendete
area-any = alle Bereiche
cases-pages = Weitere Seiten
cases-first = Von vorn
case-number = Nummer
case-family-name = Familie
case-led-by = Fallführung
case-stage = Stand
case-moved = Zuletzt bewegt

search-title = Fälle suchen
search-words = Name, Telefonnummer oder Fallnummer
search-submit = Suchen
search-how = Sie finden Fälle über den Namen der Familie oder einer Person (die ersten drei Buchstaben genügen), über den Klang des Namens (Maier findet auch Meyer) über drei Ziffern einer Telefonnummer und über die Fallnummer, zum Beispiel 2026-0402 oder 402. Gezeigt werden nur Fälle, die Sie sehen dürfen.
search-found = Treffer
search-short = Bitte geben Sie mindestens drei Buchstaben oder Ziffern ein. Ein oder zwei Buchstaben finden nur ganze Namen wie „Ng“.
search-short-none = Niemand heißt genau „{ $x }“.
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
case-wants-empty = Noch hat niemand gesagt, was die Familie will. Fragen Sie im nächsten Gespräch und halten Sie die Worte unter „Wille“ fest.
case-events = Verlauf
goals-title = Ziele der Familie
strengths-title = Ressourcen der Familie
strengths-none = Noch nichts festgehalten.
strengths-add = Ressource festhalten
nearby-title = Angebote im Sozialraum
nearby-none = Für diesen Sozialraum ist noch nichts eingetragen. Sagen Sie der Koordination, was fehlt.
nearby-all = Alle Ressourcen

event-opened = Fall eröffnet.
event-report = Meldung eingegangen ({ $x }).
event-will = Wille von { $x } festgehalten.
event-will-unnamed = Wille festgehalten.
event-wish = Wunsch von { $x } festgehalten.
event-wish-unnamed = Wunsch festgehalten.
event-need = Fachlicher Bedarf festgehalten, mit Bezug auf { $x }.
event-need-unnamed = Fachlicher Bedarf festgehalten.
event-mandate = Auftrag von Amt oder Gericht festgehalten, mit Bezug auf { $x }.
event-mandate-unnamed = Auftrag von Amt oder Gericht festgehalten.
event-consultation-set = Auf der Tagesordnung: { $x }
event-consultation-held = Beraten im Team: { $x }
event-plan = Hilfe bewilligt, Hilfeplan Fassung { $x }.
event-refusal = Hilfe abgelehnt, Fassung { $x }.
event-commission = Träger beauftragt: { $x }

# Will and resources.
said-own-part = Dafür tue ich selbst: { $x }
will-said = Was gesagt wurde
will-said-empty = Noch ist nichts festgehalten. Fragen Sie: Was wollen Sie ändern? Womit fangen Sie an?
will-office = Fachkräfte, Amt und Gericht
will-people-first = Noch ist niemand aufgenommen. Ein Wille gehört immer einer Person.
will-kept-as-wish = Als Wunsch festgehalten.
will-kept-as-wish-do = Es fehlt, was die Person selbst dafür tut. Fragen Sie nach und halten Sie den Willen dann neu fest; der Wunsch bleibt stehen.
will-kinds = Was ist was?
will-kind-will = Dafür will die Person selbst etwas tun.
will-kind-wish = Dafür sollen andere etwas tun.
will-kind-need = Was Fachkräfte für notwendig halten (§ 36 SGB VIII).
will-kind-mandate = Was Amt oder Gericht verlangen. Auflagen sind keine Ziele der Familie.

say-title = Aussage festhalten
say-kind = Was ist es?
say-speaker = Wer hat es gesagt?
say-speaker-hint = Bei Wille und Wunsch immer nötig.
say-words = Was wurde gesagt?
say-words-hint = Wörtlich, auch in einer anderen Sprache.
say-own-part = Was tue ich selbst dafür?
say-own-part-hint = In den Worten der Person. Bleibt das Feld leer, wird ein Wille als Wunsch festgehalten.
say-said-on = Wann war das Gespräch?
say-submit = Aussage festhalten

goals-empty = Noch ist kein Ziel vereinbart. Es entsteht aus dem Willen, in den Worten der Familie.
goal-title = Ziel festhalten
goal-words = Ziel in den Worten der Familie
goal-words-hint = Ein Satz, der sagt, wohin es gehen soll: „Ich …“ oder „Wir …“, ohne „nicht mehr“. Messbar und mit Termin muss er nicht sein; das kommt später mit dem Träger. Ein bis drei Ziele je Person genügen.
goal-owner = Wessen Ziel ist es?
goal-agreed-on = Vereinbart am
goal-submit = Ziel festhalten

people-title = Personen
case-people-empty = Noch ist niemand aufgenommen. Beginnen Sie mit dem Menschen, der sich gemeldet hat.
person-age = { $x } Jahre
add-person-title = Person hinzufügen
add-person-name = Name
add-person-role = Rolle in der Familie
add-person-born = Geburtsdatum
add-person-submit = Person hinzufügen

strengths-lead = Was kann die Familie, wen kennt sie, was hat sie, was gibt es um sie herum? Beschreiben Sie Stärken. Was hier steht, gehört der Familie und kommt nie von selbst in das Ressourcenverzeichnis.
strength-words = Ressource
strength-words-hint = Zum Beispiel: Die Oma holt Leyla gern von der Schule ab.
strength-field = Feld
strength-owner = Wessen Ressource?

# Consultation in the team.
agenda-title = Auf die Tagesordnung setzen
agenda-names = Die Namen aus diesem Fall nimmt das Programm beim Speichern heraus. Spitznamen, Straßen, Schulen und Namen anderer Menschen erkennt es nicht: Bitte lesen Sie Frage und Blatt noch einmal durch. Träger mit Sitz im Team erhalten das Blatt.
agenda-question = Ihre Frage an das Team
agenda-question-hint = Eine Frage, auf die man mit Ideen antworten kann.
agenda-sheet = Beratungsblatt
agenda-sheet-hint = Vorbereitet aus Wille, Zielen und Ressourcen. Kürzen Sie auf das, was das Team für die Frage braucht.
agenda-meets-on = Wann tagt das Team?
agenda-submit = Auf die Tagesordnung setzen
agenda-of-day = Tagesordnung am { $x }
consultations-title = Beratungen
consultations-empty = Der Fall war noch nicht im Team. Eine Frage genügt, um ihn auf die Tagesordnung zu setzen.
sheet-title = Beratungsblatt
sheet-note = Bekannte Namen werden ersetzt. Träger mit einem Sitz im Team erhalten dieses Blatt als Kopie.
sheet-person = Menschen
sheet-will = Wille
sheet-wish = Wünsche
sheet-need = Fachlicher Bedarf
sheet-mandate = Auftrag von Amt oder Gericht
sheet-goal = Ziele
sheet-strength = Ressourcen

item-label = Beratung
item-question = Frage an das Team
item-open = offen
item-done = beraten
item-held = beraten am { $x }

teams-lead = Hier sammelt das Team Ideen. Über Hilfen entscheidet der ASD mit der Familie.
teams-open = Tagesordnung
teams-open-empty = Nichts steht auf der Tagesordnung. Fälle kommen über „Beratung“ im Fall hierher.
teams-held = In den letzten vier Wochen beraten

ideas-title = Ideen
ideas-empty = Noch keine Idee. Denken Sie zuerst an das, was die Familie und ihr Umfeld können.
idea-form-title = Idee hinzufügen
idea-form-words = Idee
idea-form-words-hint = Kurz und ohne Namen. Auch Ungewöhnliches ist willkommen.
idea-form-kind = Woraus schöpft sie?
idea-form-submit = Idee hinzufügen

minutes-title = Protokoll
minutes-close-title = Beratung abschließen
minutes-close-lead = Danach nimmt dieses Blatt keine Ideen mehr auf. Welche Ideen passen, wählt die Familie.
minutes-minutes = Protokoll
minutes-minutes-hint = Ohne Namen. Zum Beispiel: Wer spricht bis wann mit der Familie?
minutes-submit = Beratung abschließen
name-family-title = Name der Familie festhalten oder berichtigen
name-family-family = Name der Familie
name-family-family-hint = Frühere Fassungen des Hilfeplans bleiben, wie sie sind.
name-family-submit = Name speichern
