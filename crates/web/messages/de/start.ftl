# SPDX-License-Identifier: EUPL-1.2
# Start page.
greeting-morning = Guten Morgen, { $x }
greeting-day = Guten Tag, { $x }
greeting-evening = Guten Abend, { $x }

today-title = Was ist heute zu tun
today-danger = Anzeichen für eine Gefährdung: zuerst ansehen
today-unassigned = { $x ->
    [one] Eine Meldung wartet auf ihren Sozialraum
   *[other] { $x } Meldungen warten auf ihren Sozialraum
  }
today-mandates = { $x ->
    [one] Ein neuer Auftrag
   *[other] { $x } neue Aufträge
  }
today-drafts = Sie haben angefangene Texte
today-nothing = Im Moment wartet nichts Dringendes auf Sie.

tile-cases = Eigene Fälle
tile-cases-note = alle ansehen
tile-reports = Neue Meldungen
tile-reports-note = im Eingang Ihres Teams
tile-meeting = Nächste Teamsitzung
tile-meeting-note = Tagesordnung ansehen

draft-report = Meldung aufnehmen
draft-will = Wille
draft-consultation = Beratung im Team
draft-decision = Entscheidung und Hilfeplan
draft-commission = Auftrag an einen Träger

start-cases = Meine zuletzt bewegten Fälle
start-cases-empty = Sie haben zurzeit keinen eigenen Fall.
start-family = Familie
start-stage = Stand
start-moved = Zuletzt bewegt
start-money = Freie Mittel nach Region
start-money-free = noch frei in diesem Jahr
start-money-over = über dem Plan
start-ways = Hier geht es weiter
