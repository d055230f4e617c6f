# SPDX-License-Identifier: EUPL-1.2
# The live map, embedding, texts in other languages, the editor of boundaries.
map-live-title = Karte mit Angeboten. Pfeiltasten verschieben, Plus und Minus vergrößern. Dieselben Angebote stehen in der Liste.
map-live-near = Vergrößern
map-live-far = Verkleinern
map-live-north = Nach Norden ausrichten
map-live-several = { "{" }n{ "}" } Angebote an dieser Stelle
map-live-here = Im Ausschnitt
map-live-none = In diesem Ausschnitt liegt kein Angebot.
map-live-of = { "{" }n{ "}" } von { "{" }m{ "}" }
map-live-list = Angebote im Kartenausschnitt
map-live-middle = ohne genaue Adresse, in der Mitte des Sozialraums gezeigt
map-live-close = Schließen
map-live-whole = Alles zeigen
