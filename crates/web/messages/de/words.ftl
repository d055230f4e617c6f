# SPDX-License-Identifier: EUPL-1.2
# Words for codes: message <kind>-<code>.
channel-in-person = persönlich
channel-phone = telefonisch
channel-letter = schriftlich
channel-electronic = E-Mail oder Formular
channel-authority = durch Polizei oder eine andere Stelle

danger-signs = Ja oder unsicher
danger-none = Nein
danger-signs-short = Anzeichen für eine Gefährdung

reporter-family = Familie selbst
reporter-private = Nachbarschaft, Verwandte, Bekannte
reporter-school = Kita oder Schule
reporter-health = Arztpraxis, Klinik, Hebamme
reporter-authority = Polizei, Gericht, andere Behörde
reporter-anonymous = möchte nicht genannt werden

found-street = Gefunden über das Straßenverzeichnis.
found-inside = Gefunden über die Lage auf der Karte.
found-border = Die Adresse liegt genau auf einer Grenze; die Grenzregel hat entschieden.
found-ambiguous = Die Adresse passt zu mehreren Sozialräumen.
found-outside = Die Adresse liegt außerhalb des Gebiets.
found-unknown = Die Adresse ist im Straßenverzeichnis nicht bekannt.

role-case-worker = Fachkraft ASD
role-team-lead = Teamleitung ASD
role-finance = Wirtschaftliche Jugendhilfe
role-planner = Jugendhilfeplanung
role-coordinator = Sozialraumkoordination
role-committee-member = Mitglied Steuerungsgruppe
role-administrator = Fachadministration
role-data-protection-officer = Datenschutz
role-agency-worker = Fachkraft freier Träger
role-agency-lead = Leitung freier Träger
role-team-member = Mitglied Sozialraumteam

person-child = Kind
person-youth = Jugendliche Person
person-young-adult = Junge volljährige Person
person-mother = Mutter
person-father = Vater
person-relative = Angehörige Person
person-other = Andere wichtige Person

statement-will = Wille
statement-wish = Wunsch
statement-need = Bedarf
statement-mandate = Auftrag

field-personal = Persönliche Ressourcen
field-social = Soziale Ressourcen
field-material = Materielle Ressourcen
field-social-space = Ressourcen im Sozialraum

idea-own = Eigene Kraft
idea-social = Soziales Netz
idea-social-space = Sozialraum
idea-professional = Professionelle Hilfe
idea-dissent = Abweichende Meinung

stage-opened = Erkundung
stage-consultation = Beratung
stage-decided = entschieden
stage-running = Hilfe läuft

help-27-2 = Flexible Hilfe (§ 27 Abs. 2)
help-28 = Erziehungsberatung (§ 28)
help-29 = Soziale Gruppenarbeit (§ 29)
help-30 = Erziehungsbeistand (§ 30)
help-31 = Sozialpädagogische Familienhilfe (§ 31)
help-32 = Tagesgruppe (§ 32)
help-33 = Vollzeitpflege (§ 33)
help-34 = Heimerziehung, betreutes Wohnen (§ 34)
help-35 = Intensive Einzelbetreuung (§ 35)
help-35a = Eingliederungshilfe (§ 35a)
help-41 = Hilfe für junge Volljährige (§ 41)

agency-independent = anerkannter freier Träger
agency-commercial = privatgewerblicher Träger
agency-public = öffentlicher Träger

entry-planned = Plan
entry-top-sliced = Vorwegabzug
entry-topped-up = Nachsteuerung
entry-committed = Bindung
entry-drawn = Auszahlung
entry-released = Freigabe

card-offer = Angebot
card-place = Ort oder Raum
card-group = Gruppe
card-organisation = Organisation
card-thing = Ding zum Leihen

transmission-commission = Auftrag mit Hilfeplan
transmission-consultation-sheet = Beratungsblatt (pseudonymisiert)

# The log: "Mira Albers …".
deed-report-taken-in = hat eine Meldung aufgenommen
deed-report-assigned = hat eine Meldung einem Sozialraum zugeordnet
deed-reporter-seen = hat sich zeigen lassen, wer gemeldet hat
deed-case-opened = hat einen Fall eröffnet
deed-family-named = hat den Namen der Familie festgehalten
deed-person-added = hat eine Person zum Fall hinzugefügt
deed-statement-recorded = hat eine Äußerung der Familie festgehalten
deed-goal-recorded = hat ein Ziel festgehalten
deed-step-recorded = hat ein Handlungsziel festgehalten
deed-goal-rated = hat eine Bewertung eines Ziels festgehalten
deed-note-written = hat eine Notiz geschrieben
deed-entrusted-passed-on = hat Anvertrautes weitergegeben
deed-strength-recorded = hat eine Ressource der Familie festgehalten
deed-put-on-agenda = hat einen Fall auf die Tagesordnung gesetzt
deed-idea-noted = hat eine Idee oder abweichende Meinung notiert
deed-consultation-held = hat eine Beratung abgeschlossen
deed-help-decided = hat über eine Hilfe entschieden
deed-plan-fixed = hat eine Fassung des Hilfeplans festgeschrieben
deed-commissioned = hat einen Träger beauftragt
deed-top-up-opened = hat eine Nachsteuerung ausgelöst
deed-top-up-covered = hat eine Nachsteuerung gedeckt
deed-money-planned = hat Mittel geplant
deed-allocation-drafted = hat eine Verteilung entworfen
deed-allocation-decided = hat den Beschluss über eine Verteilung eingetragen
deed-transmitted = hat Daten an eine andere Stelle übermittelt
deed-acknowledged = hat den Eingang einer Übermittlung bestätigt
deed-card-added = hat eine Ressourcenkarte eingetragen
deed-card-confirmed = hat eine Ressourcenkarte bestätigt
deed-agency-added = hat einen Träger eingetragen
deed-seat-given = hat einem Träger einen Sitz im Team gegeben
deed-spaces-imported = hat Sozialräume und Grenzen eingespielt
deed-streets-imported = hat ein Straßenverzeichnis eingespielt
deed-office-founded = hat das Amt eingerichtet
deed-account-added = hat eine Person aufgenommen
deed-post-given = hat eine Aufgabe vergeben
deed-post-ended = hat eine Aufgabe beendet
deed-signed-in = hat sich angemeldet
deed-signed-out = hat sich abgemeldet
deed-draft-kept = hat einen Entwurf gespeichert

action-take-in-report = Meldungen aufnehmen
action-find-duplicates = Ähnliche Fälle finden
action-see-report = Meldungen sehen
action-see-reporter = Meldende Person sehen
action-assign-report = Meldungen zuordnen
action-see-case = Fälle sehen
action-work-on-case = An Fällen arbeiten
action-see-consultation = Beratungen sehen
action-advise-in-team = Im Team beraten
action-hold-consultation = Beratungen leiten
action-decide-on-case = Über Hilfen entscheiden
action-see-commission = Aufträge und Kosten sehen
action-see-budget = Budget sehen
action-plan-budget = Budget planen
action-draft-allocation = Verteilungen entwerfen
action-decide-allocation = Beschlüsse über Verteilungen eintragen
action-see-mandate = Eigene Aufträge sehen
action-answer-mandate = Eigene Aufträge bestätigen
action-see-directory = Verzeichnisse sehen
action-tend-resources = Ressourcen pflegen
action-manage-agencies = Träger verwalten
action-manage-territory = Sozialräume verwalten
action-manage-people = Menschen und Rechte verwalten
action-see-audit = Protokoll sehen
action-keep-own = Eigene Sitzung und Entwürfe
