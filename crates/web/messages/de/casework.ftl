# SPDX-License-Identifier: EUPL-1.2
# Intake.
intake-title = Meldung aufnehmen
intake-lead = Fünf Angaben genügen. Alles andere kann später dazukommen.
intake-received = Wann kam die Meldung?
intake-channel = Auf welchem Weg?
intake-said = Was wurde gesagt?
intake-said-hint = Bitte wörtlich. Was Sie vermuten, gehört nicht hierher.
intake-place = Wo lebt die Familie?
intake-place-hint = Straße und Hausnummer, zum Beispiel Lindenweg 12, oder ein Punkt wie 53.6051, 9.9123. Ist nichts bekannt, schreiben Sie „unbekannt“.
intake-danger = Gibt es Anzeichen für eine Gefährdung?
intake-danger-hint = Bei „Ja oder unsicher“ wird sofort ein Fall eröffnet.
intake-more = Wenn Sie es wissen
intake-family = Name der Familie
intake-family-hint = Beim Tippen sehen Sie, ob es schon einen Fall gibt.
intake-reporter = Wer meldet?
intake-reporter-legend = Meldende Person
intake-reporter-note = Diese Angaben werden getrennt aufbewahrt. Nur das zuständige Team sieht sie.
intake-reporter-name = Name
intake-reporter-contact = Erreichbar unter
intake-submit = Meldung aufnehmen

similar-title = Gibt es diese Familie schon?
similar-do = Fragen Sie im genannten Team nach, bevor Sie einen neuen Fall eröffnen. Die Meldung nehmen Sie in jedem Fall auf.

board-danger = Anzeichen für eine Gefährdung: zuerst ansehen
board-unassigned = Ohne Zuordnung
board-unassigned-empty = Keine Meldung wartet auf eine Zuordnung.
board-new = Neu
board-new-empty = Keine neue Meldung.

receipt-title = Meldung aufgenommen
receipt-lead = Die Meldung ist gespeichert und hat ein zuständiges Team.
receipt-how = Zuordnung
receipt-case = { $x } wurde sofort eröffnet
receipt-open = Meldung ansehen
receipt-board = Zum Eingang

report-title = Meldung
report-said = Was gesagt wurde
report-taken = Aufgenommen von
report-where = Zuständigkeit
report-reporter = Meldende Person
report-reporter-show = Meldeperson anzeigen
report-reporter-reason = Wozu müssen Sie wissen, wer gemeldet hat?
report-reporter-note = Wer gemeldet hat, ist geschützt. Jedes Anzeigen wird mit Tag und Grund festgehalten.
report-reporter-looks = Wer es sich hat zeigen lassen
report-to-case = Zum Fall

assign-title = Sozialraum zuordnen
assign-lead = Bitte klären Sie, wo die Familie lebt, und ordnen Sie die Meldung zu.
assign-space = Sozialraum
assign-reason = Begründung
assign-submit = Zuordnen

open-case-family = Name der Familie
open-case-submit = Fall eröffnen
