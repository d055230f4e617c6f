# SPDX-License-Identifier: EUPL-1.2
# Social spaces, resources, agencies, log.
map-title = Karte
map-to-list = Alle Sozialräume als Liste
map-empty = Es gibt noch keine Grenzen. Die Fachadministration kann sie einspielen.
map-legend = Regionen
spaces-list = Liste
spaces-key = Schlüssel
spaces-empty = Es gibt noch keine Sozialräume. Die Fachadministration kann sie einspielen.
which-space-adresse = Adresse
which-space-adresse-hint = Zum Beispiel Lindenweg 12
which-space-submit = Welcher Sozialraum?
which-space-none = Prüfen Sie die Schreibweise oder wählen Sie den Sozialraum in der Liste.

space-cards = Was es hier gibt
space-cards-empty = Für diesen Sozialraum ist noch nichts eingetragen. Kennen Sie etwas? „Ressource eintragen“ unter „Ressourcen“.
space-cards-more = Alle Ressourcen dieses Sozialraums
space-cards-search = In den Ressourcen suchen


agencies-order = Die Reihenfolge richtet sich allein nach dem Namen. Sie ist keine Empfehlung.
agencies-empty = Noch ist kein Träger eingetragen.
agencies-seats = Sitz in Teams
agency-new-title = Träger eintragen
agency-new-name = Name
agency-new-kind = Art
agency-new-contact = Erreichbar unter
seat-title = Sitz im Sozialraumteam für { $x }
seat-team = Team
seat-submit = Sitz geben

audit-lead = Jede Änderung steht hier mit Person, Zeit und Recht. Einträge lassen sich nicht ändern.
audit-empty = Noch ist nichts protokolliert.
audit-number = Nr.
audit-when = Wann
audit-what = Was
audit-right = Recht
audit-program = Das Programm
audit-case = Fall { $x }
audit-older = Ältere Einträge
chain-title = Siegel prüfen
chain-lead = Jeder Eintrag trägt ein Siegel über sich und den Eintrag davor. Eine nachträgliche Änderung fällt auf.
chain-whole = { $x ->
    [0] Noch gibt es keinen Eintrag.
    [one] Ein Eintrag geprüft. Das Siegel passt.
   *[other] { $x } Einträge geprüft. Alle Siegel passen.
  }
chain-broken = Das Siegel von Eintrag Nr. { $x } passt nicht.
chain-broken-do = Ändern Sie nichts. Sichern Sie die Datenbank und informieren Sie die IT und die Leitung.
chain-at = Geprüft am { $x }
chain-back = Zurück zum Protokoll
