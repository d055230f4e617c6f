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
save = Speichern
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
nav-care = Karten pflegen
nav-gaps = Lücken
nav-doubles = Doppelte Karten
nav-teams = Teams und Beratung
nav-steering = Steuerung
nav-budget = Budget
nav-allocation = Verteilung
nav-agencies = Träger
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

# Problems of the JSON API (RFC 9457).
problem-signed-out = Nicht angemeldet
problem-signed-out-do = Melden Sie sich über /api/v1/sessions an und senden Sie das Token im Kopffeld Authorization mit.
problem-key-missing = Der Schlüssel der Anfrage fehlt
problem-key-missing-do = Senden Sie im Kopffeld Idempotency-Key eine UUID mit, für jede Handlung eine neue. Es wurde nichts verändert.
problem-unreadable = Die Anfrage war nicht lesbar
problem-unreadable-do = Prüfen Sie die Anfrage gegen /api/openapi.json. Es wurde nichts verändert.
problem-too-large = Die Anfrage ist zu groß
problem-too-large-do = Kürzen Sie die Texte und senden Sie die Anfrage noch einmal. Es wurde nichts verändert.
problem-too-slow = Die Verbindung war zu langsam
problem-too-slow-do = Senden Sie die Anfrage noch einmal, mit demselben Schlüssel. Es wurde nichts verändert.
problem-not-found = Hier gibt es nichts
problem-not-found-do = Das Gesuchte gibt es nicht, oder es gehört nicht zu Ihrer Aufgabe.
problem-wrong-method = Diese Methode gibt es hier nicht
problem-wrong-method-do = Welche Methode eine Adresse kennt, steht in /api/openapi.json. Es wurde nichts verändert.
problem-forbidden = Das dürfen Sie nicht
problem-forbidden-do = Ihre Aufgabe umfasst diese Handlung nicht. Es wurde nichts verändert.
problem-refused = So geht es nicht
problem-refused-do = Beachten Sie die Sätze unter errors. Es wurde nichts verändert.
problem-stale = Jemand war schneller
problem-stale-do = Der Stand hat sich inzwischen geändert. Lesen Sie ihn neu und entscheiden Sie dann.
problem-key-reused = Dieser Schlüssel wurde schon mit anderen Angaben benutzt
problem-key-reused-do = Nehmen Sie für eine andere Handlung einen neuen Schlüssel. Das erste Absenden gilt.
problem-broken = Das hat nicht geklappt
problem-broken-do = Es liegt nicht an Ihnen, und es wurde nichts halb gespeichert. Versuchen Sie es in einer Minute noch einmal, mit demselben Schlüssel.

date-hint = TT.MM.JJJJ, zum Beispiel 30.11.2026
moment-hint = TT.MM.JJJJ, Uhrzeit, zum Beispiel 30.11.2026, 14:05
back = Zurück
