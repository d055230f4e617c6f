# SPDX-License-Identifier: EUPL-1.2
# Frame, forms, errors.
skip = Zum Inhalt springen
demo-label = Demo
demo-banner = Demo-Instanz mit erfundenen Daten
menu = Menü
menu-close = Menü schließen
help = Hilfe
areas = Bereiche
sign-out = Abmelden
search-label = Fälle suchen
search-placeholder = Fälle und Personen suchen (Taste /)
accessibility = Barrierefreiheit
breadcrumb = Sie sind hier
to-start = Zur Startseite
cancel = Abbrechen
optional = – optional
choose = Bitte wählen
more = Weitere anzeigen
draft-saved = Entwurf gespeichert um { $x } Uhr
since = seit { $x }
team = Team
space = Sozialraum
case = Fall
region = Region

nav-workplace = Mein Arbeitsplatz
nav-start = Start
nav-intake = Eingang
nav-cases = Meine Fälle
nav-mandates = Aufträge
nav-space = Sozialraum
nav-spaces = Sozialräume und Karte
nav-resources = Ressourcen
nav-teams = Teams und Beratung
nav-steering = Steuerung
nav-budget = Budget
nav-agencies = Träger und Verträge
nav-administration = Verwaltung
nav-people = Menschen und Rechte
nav-audit = Protokoll

form-wrong = { $x ->
    [one] Eine Angabe fehlt oder passt nicht
   *[other] { $x } Angaben fehlen oder passen nicht
  }

error-signed-out = Ihre Sitzung ist zu Ende
error-signed-out-do = Melden Sie sich bitte wieder an. Was Sie in lange Textfelder geschrieben haben, ist als Entwurf gespeichert.
error-sign-in = Bitte melden Sie sich an
error-sign-in-do = Diese Seite sehen nur angemeldete Personen.
error-key-missing = Dieses Formular ist nicht vollständig angekommen
error-key-missing-do = Öffnen Sie die Seite bitte neu und senden Sie das Formular noch einmal ab. Es wurde nichts verändert.
error-unreadable = Das Formular war nicht lesbar
error-unreadable-do = Öffnen Sie die Seite bitte neu und versuchen Sie es noch einmal. Es wurde nichts verändert.
error-too-large = Das ist zu viel auf einmal
error-too-large-do = Kürzen Sie bitte den Text und senden Sie das Formular noch einmal ab.
error-too-slow = Die Verbindung war zu langsam
error-too-slow-do = Versuchen Sie es bitte noch einmal. Es wurde nichts verändert.
error-not-found = Hier gibt es nichts
error-not-found-do = Die Seite gibt es nicht, oder sie gehört nicht zu Ihrer Aufgabe. Prüfen Sie bitte die Adresse.
error-forbidden = Das dürfen Sie nicht
error-forbidden-do = Ihre Aufgabe umfasst diese Handlung nicht. Wenden Sie sich an Ihre Teamleitung, wenn das falsch ist.
error-refused = So geht es nicht
error-refused-do = Bitte beachten Sie:
error-stale = Jemand war schneller
error-stale-do = Der Stand hat sich inzwischen geändert. Sehen Sie ihn sich an und entscheiden Sie dann neu.
error-key-reused = Dieses Formular wurde schon mit anderen Angaben abgeschickt
error-key-reused-do = Öffnen Sie die Seite bitte neu, wenn Sie noch etwas ändern wollen. Das erste Absenden gilt.
error-broken = Das hat nicht geklappt
error-broken-do = Es liegt nicht an Ihnen, und es wurde nichts halb gespeichert. Versuchen Sie es bitte in einer Minute noch einmal.
error-number = Fehlernummer für die Betreuung: { $x }
