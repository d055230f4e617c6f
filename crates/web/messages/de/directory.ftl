# SPDX-License-Identifier: EUPL-1.2
# Social spaces, resources, agencies, log.
map-title = Karte
map-to-list = Alle Sozialräume als Liste
map-empty = Es gibt noch keine Grenzen. Die Fachadministration kann sie einspielen.
map-legend = Regionen
spaces-list = Liste
spaces-key = Schlüssel
spaces-empty = Es gibt noch keine Sozialräume. Die Fachadministration kann sie einspielen.
which-space-adresse = Welcher Sozialraum? Adresse eingeben
which-space-adresse-hint = Zum Beispiel Lindenweg 12
which-space-submit = Suchen
which-space-none = Prüfen Sie die Schreibweise oder wählen Sie den Sozialraum in der Liste.

space-cards = Was es hier gibt
space-cards-empty = Für diesen Sozialraum ist noch nichts eingetragen.
space-cards-more = Alle Ressourcen dieses Sozialraums
space-cards-search = In den Ressourcen suchen
card-confirmed = bestätigt am { $x }
card-stale = zuletzt bestätigt am { $x }, bitte prüfen
