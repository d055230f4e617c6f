# SPDX-License-Identifier: EUPL-1.2
# The directory of resources: cards, search, care, links for owners.
card-confirmed = bestätigt am { $x }
card-stale = zuletzt bestätigt am { $x }, bitte prüfen
card-confirm = Stimmt noch
card-edit = Karte ändern
card-edit-title = Karte ändern
card-close = Gibt es nicht mehr
card-reopen = Gibt es wieder
card-is-closed = beendet
card-silent = Die Einwilligung gilt nicht mehr. Diese Karte sehen nur noch Sie.
card-new-title = Ressource eintragen
card-new-lead = Was es im Sozialraum gibt und Familien hilft. Bitte keine Angaben über einzelne Familien. Wer in einem Fall genannt wird, steht nicht hier, außer er oder sie will es selbst.
card-new-submit = Ressource eintragen
card-form-more = Weitere Angaben
card-consent = Einwilligung (nur bei Privatpersonen)
card-consent-hint = Die Person entscheidet selbst und kann jederzeit widerrufen. Nach dem letzten Tag sieht die Karte nur noch, wer sie pflegt.

card-name = Name
card-kind = Was ist es?
card-topics = Themen
card-about = Was gibt es dort?
card-visibility = Wer soll die Karte sehen?
card-space = Sozialraum
card-space-hint = Leer lassen: Er folgt aus der Adresse.
card-place = Wo?
card-place-hint = Straße und Hausnummer
card-point = Punkt auf der Karte
card-point-hint = Breite und Länge, zum Beispiel 53.6051, 9.9123
card-contact = Erreichbar unter
card-web = Seite im Netz
card-times = Wann?
card-times-hint = Je Zeile eine Zeit, zum Beispiel: Di, Do 15–17 Uhr · jeden 2. Mo im Monat ab 18 Uhr · 12.12.2026 10–12 Uhr
card-age-from = Alter von
card-age-to = Alter bis
card-ages = Alter
card-free-places = Freie Plätze
card-waiting = Wartende
card-cost = Kosten
card-cost-note = Wie viel?
card-languages = Sprachen
card-barriers = Ohne Barrieren
card-conditions = Bedingungen
card-conditions-hint = Für wen, Anmeldung, was mitzubringen ist
card-skills = Das kann die Person
card-skills-hint = Zum Beispiel: näht, spricht Farsi, repariert Fahrräder
card-likes = Das bekommt sie gern
card-likes-hint = Womit man ihr eine Freude macht; nur für Fachkräfte sichtbar
card-keywords = Suchwörter
card-keywords-hint = Andere Wörter, unter denen Menschen es suchen
card-key-person = Schlüsselperson
card-key-person-hint = Nur für Fachkräfte sichtbar
card-second-person = Zweite Schlüsselperson
card-keeper = Gepflegt von
card-basis = Rechtsgrundlage (SGB VIII)
card-confirmed-on = Bestätigt am
card-consent-on = Eingewilligt am
card-consent-until = Gilt bis
card-consent-scope = Gezeigt werden darf die Karte
card-consent-form = Wie wurde eingewilligt?

card-kind-organisation = Organisation
card-kind-offer = Angebot
card-kind-place = Ort
card-kind-person = Privatperson
card-kind-group = Gruppe
card-kind-event = Veranstaltung
card-kind-room = Raum
card-kind-thing = Ding zum Leihen

topic-meeting = Treffpunkt
topic-advice = Beratung
topic-learning = Lernen
topic-sport = Sport und Bewegung
topic-culture = Kultur und Musik
topic-health = Gesundheit
topic-early = Kleine Kinder
topic-care = Betreuung und Entlastung
topic-youth = Jugend
topic-housing = Wohnen
topic-money = Geld und Schulden
topic-work = Arbeit und Ausbildung
topic-arriving = Ankommen und Sprache
topic-mobility = Unterwegs
topic-supplies = Kleidung, Essen, Dinge
topic-neighbours = Nachbarschaft und Ehrenamt
topic-faith = Religion und Gemeinschaft
topic-crisis = Krise
topic-inclusion = Inklusion

lang-de = Deutsch
lang-de-leicht = Leichte Sprache
lang-dgs = Gebärdensprache
lang-en = Englisch
lang-tr = Türkisch
lang-ar = Arabisch
lang-uk = Ukrainisch
lang-ru = Russisch
lang-fa = Persisch, Dari
lang-ku = Kurdisch
lang-pl = Polnisch
lang-ro = Rumänisch
lang-bg = Bulgarisch
lang-ti = Tigrinya
lang-vi = Vietnamesisch
lang-fr = Französisch
lang-es = Spanisch

barrier-no-steps = ohne Stufen
barrier-toilet = Toilette für Rollstühle
barrier-parking = Parkplatz
barrier-hearing = Hilfen beim Hören
barrier-seeing = Hilfen beim Sehen

cost-free = kostenlos
cost-donation = Spende
cost-fee = kostet etwas
cost-depends = je nachdem

visibility-owner = nur für mich
visibility-team = für mein Team
visibility-professionals = für Fachkräfte
visibility-public = für alle

consent-form-written = schriftlich
consent-form-electronic = elektronisch
consent-form-spoken = mündlich, von mir notiert
consent-title = Einwilligung
consent-until = Die Einwilligung gilt bis zum { $x }.
consent-revoke = Einwilligung widerrufen

ages-between = { $x } bis { $y } Jahre
ages-from = ab { $x } Jahren
ages-to = bis { $x } Jahre

cards-search = Was suchen Sie?
cards-topic = Thema
cards-all-topics = Alle Themen
cards-all-spaces = Alle Sozialräume
cards-submit = Suchen
cards-more-filters = Genauer suchen
cards-age = Für welches Alter?
cards-language = Sprache
cards-kind = Was ist es?
cards-basis = Rechtsgrundlage
cards-any = egal
cards-near = In der Nähe von
cards-distance = Umkreis
cards-only = Nur zeigen, was
cards-no-steps = ohne Stufen erreichbar ist
cards-free = freie Plätze hat
cards-open = jetzt geöffnet ist
cards-stale = lange nicht bestätigt wurde
cards-closed = auch beendet ist
cards-near-point = Gesucht wird um den angegebenen Punkt.
cards-near-middle = Gesucht wird ab der Mitte von { $x }, denn zur Adresse ist kein Punkt bekannt.
cards-near-unknown = „{ $x }“ ist im Straßenverzeichnis nicht bekannt. Gezeigt wird alles, ohne Umkreis.
cards-found = { $x ->
    [0] Nichts gefunden
    [one] Ein Treffer
   *[other] { $x } Treffer
  }
cards-empty = Dazu ist nichts eingetragen. Suchen Sie mit einem anderen Wort oder mit weniger Angaben.
cards-to-map = Zur Karte
cards-to-list = Zur Liste
cards-map = Die Treffer auf der Karte
cards-map-lead = { $x ->
    [one] Ein Treffer, derselbe wie in der Liste.
   *[other] { $x } Treffer, dieselben wie in der Liste. Eine Zahl im Kreis zählt mehrere am selben Ort.
  }
cards-map-elsewhere = { $x ->
    [one] Davon einer ohne Ort.
   *[other] Davon { $x } ohne Ort.
  }
cards-away = { $x } entfernt
cards-why = Gefunden:
cards-public-view = Diese Suche, wie sie alle sehen

why-word = „{ $y }“ steht { $z }
why-longer = „{ $y }“ steht { $z }
why-part = „{ $y }“ gehört zu „{ $x }“ und steht { $z }
why-synonym = „{ $y }“ bedeutet Ähnliches wie „{ $x }“ und steht { $z }
why-slip = „{ $y }“ klingt wie „{ $x }“ und steht { $z }
why-place = „{ $x }“ passt { $z }
found-in-key = bei den Schlüsselpersonen
found-in-about = in der Beschreibung
found-in-where = bei Ort oder Sozialraum
found-in-facts = bei den Angaben
found-in-topic = beim Thema
found-in-basis = bei der Rechtsgrundlage
found-in-keywords = bei den Suchwörtern
found-in-name = im Namen
found-in-told = im Text in einer anderen Sprache
found-in-called = im Namen in einer anderen Sprache

public-title = Angebote in Ihrer Nähe
public-lead = Was es für Kinder, Jugendliche und Familien gibt. Sie müssen sich nicht anmelden, und niemand erfährt, was Sie suchen.
public-files = Zum Mitnehmen:
public-calendar = Kalender
public-calendar-one = In den Kalender übernehmen
public-feed = Neues als Feed

card-error-title = Stimmt etwas nicht?
card-error-words = Was stimmt nicht?
card-error-words-hint = Bitte schreiben Sie nichts über einzelne Menschen.
card-error-submit = Fehler melden
card-error-thanks = Danke. Wer die Karte pflegt, sieht Ihre Meldung.

own-title = { $x }: stimmt das noch?
own-lead = Das steht über Ihr Angebot im Verzeichnis. Dieser Link gilt bis zum { $x } und nur für diese Karte.
own-confirm = Ja, das stimmt noch
own-close = Das gibt es nicht mehr
own-change = Etwas hat sich geändert
own-propose = Änderung vorschlagen
own-confirmed = Danke. Ihr Angebot gilt als bestätigt.
own-proposed = Danke. Ihr Vorschlag ist angekommen; das Jugendamt sieht ihn an und übernimmt ihn.
own-thanks = Danke
own-closed = Ihr Angebot wird nicht mehr gezeigt. Gibt es das Angebot wieder, genügt ein Anruf beim Jugendamt.
card-own-about = Was gibt es dort?
card-own-place = Wo?
card-own-contact = Erreichbar unter
card-own-times = Wann?
card-own-times-hint = Je Zeile eine Zeit, zum Beispiel: Di, Do 15–17 Uhr · 12.12.2026 10–12 Uhr
card-own-web = Seite im Netz
card-own-cost-note = Was kostet es?
card-own-free-places = Freie Plätze
card-own-waiting = Wartende
card-own-words = Möchten Sie noch etwas sagen?

link-title = Link für den Anbieter
link-lead = Mit dem Link kann der Anbieter diese eine Karte bestätigen, Änderungen vorschlagen oder sie beenden. Er braucht dafür kein Konto.
link-make = Link erstellen
link-revoke = Zurücknehmen
link-revoked = Ein Link wurde zurückgenommen.
link-until = Der Link gilt bis zum { $x }.
link-once = Geben Sie diesen Link an den Anbieter weiter. Er wird nur jetzt gezeigt.
link-shown = Dieser Link wurde schon gezeigt. Erstellen Sie einen neuen, wenn er verloren ging.
link-back = Zurück zur Karte

tasks-title = Hinweise zu Ihren Karten
tasks-none = Im Moment hat niemand etwas gemeldet.
tasks-to-desk = Hinweise bearbeiten
task-error = Fehler gemeldet
task-proposal = Vorschlag des Anbieters
task-closing = Der Anbieter hat die Karte beendet
task-take = Vorschlag übernehmen
task-done = Erledigt, nichts übernehmen
task-empty = (leer)
task-now = Steht jetzt da: { $x }
care-lead = Was Menschen zu Ihren Karten gemeldet haben, und was Sie wieder einmal prüfen sollten.
care-due = Zu bestätigen
desk-none = Alle Ihre Karten sind frisch.

care-gaps-lead = Wo wurde lange nichts angesehen? Wo fehlt etwas? Gezählt sind die Karten, die Sie sehen dürfen.
care-gaps-map = Alte Karten je Sozialraum
care-gaps-share = { $x } % alt oder leer
care-gaps-legend = Je dunkler, desto mehr Karten wurden lange nicht bestätigt. Am dunkelsten ist es, wo es keine gibt.
care-gaps-cards = Karten
care-gaps-stale = davon zu prüfen
care-gaps-missing = Themen ohne Karte

doubles-lead = Karten, die vielleicht dasselbe meinen. Die behaltene Karte bekommt, was ihr fehlt, wenn es schon alle sehen durften; aus engeren Karten und aus Karten von Privatpersonen wird nichts übernommen. Die andere Karte wird beendet. Beim Trennen geht zurück, was seither niemand geändert hat.
doubles-none = Es fällt nichts auf. Beim Eintragen einer neuen Karte wird wieder geprüft.
doubles-more = { $x ->
    [one] Ein weiteres Paar wird gezeigt, wenn oben eines verbunden ist.
   *[other] { $x } weitere Paare werden gezeigt, wenn oben welche verbunden sind.
 }
doubles-keep = Diese behalten
like-name = Die Namen klingen gleich.
like-address = Gleiche Adresse und ein gemeinsames Wort im Namen.
joined-title = Verbundene Karten
joined-part = Wieder trennen

certificate-title = Führungszeugnis (§ 72a)
certificate-lead = Gespeichert werden nur Einsicht, Datum und Befund, nie das Zeugnis. Sechs Monate nach der letzten Tätigkeit wird der Vermerk gelöscht, sofort, wenn sie nicht aufgenommen wird.
certificate-note = Einsicht vermerken
certificate-inspected-on = Eingesehen am
certificate-dated-on = Datum des Zeugnisses
certificate-finding = Befund
certificate-activity-ended-on = Letzter Tag der Tätigkeit
certificate-activity-ended-on-hint = Wird die Tätigkeit nicht aufgenommen: Tag der Einsicht
certificate-gone = Wird gelöscht am
finding-nothing = kein Eintrag, der zählt
finding-listed = verurteilt wegen einer Tat nach § 72a Abs. 1
finding-unsuitable = verurteilt wegen einer anderen Tat, die ungeeignet macht
