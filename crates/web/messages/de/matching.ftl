# SPDX-License-Identifier: EUPL-1.2
# Matching from a case to the quarter, lived space, care of cards: erasing, handing over, "is it there already?".
match-title = Was gibt es dafür im Quartier?
match-lead = Zuerst das eigene Netz, dann Nachbarschaft, Gruppen, Angebote und zuletzt Hilfen, die das Amt bezahlt. Wer eine Karte pflegt und zu welchem Träger sie gehört, spielt keine Rolle.
match-private = Was Sie hier suchen, bleibt in diesem Amt: Es wird nirgendwo gespeichert, gezählt oder protokolliert.
match-link = Was gibt es dafür im Quartier?
match-link-about = Was gibt es im Quartier für: { $x }
match-words = Was wird gesucht?
match-words-hint = Wenige Worte genügen, zum Beispiel „schwimmen“ oder „Betreuung abends“. Namen braucht es nicht.
match-goal = Für welches Ziel?
match-goals = Zu einem Ziel suchen
match-person = Für wen?
match-topic = Thema
match-kind = Art
match-age = Alter
match-language = Sprache
match-space = Sozialraum
match-metres = Wie weit?
match-from = Entfernung ab
match-from-home = ab zu Hause
match-time = Wann?
match-flags = Nur
match-flag-no-steps = ohne Stufen
match-flag-free-places = mit freien Plätzen
match-flag-only-reach = in Reichweite des Kindes
match-any = alle
match-anybody = für die Familie
match-anywhere = überall
match-anytime = jederzeit
match-more = Mehr Filter
match-submit = Suchen
match-time-evening = abends ab 17 Uhr
match-time-weekend = am Wochenende
match-origin-sealed = Eine Anschrift in diesem Fall ist geschützt. Darum gibt es hier keine Entfernungen und keinen vorgewählten Sozialraum.
match-origin-unknown = Es ist keine Anschrift bekannt. Darum gibt es hier keine Entfernungen.
match-origin-address = Entfernungen ab der Anschrift der Familie, als Luftlinie.
match-origin-middle = Entfernungen ab der Mitte von { $x }, weil zur Anschrift kein Punkt bekannt ist.
match-origin-place = Entfernungen ab: { $x }.
match-reach = { $x } darf allein bis { $y } m weit gehen
match-reach-home = ab zu Hause
match-reach-place = ab: { $x }
match-reach-none = Wie weit ein Kind allein kommt, ist noch nicht eingetragen.
match-reach-link = Lebenswelt ansehen
match-own = Aus dem eigenen Netz
match-own-none = In Ressourcencheck und Netzwerkkarte steht noch nichts Eigenes.
match-own-check = Ressourcencheck
match-own-network = Netzwerkkarte
match-own-fits = passt zu Ihren Worten
match-step-neighbours = Nachbarschaft und Ehrenamt
match-step-groups = Gruppen und Orte
match-step-offers = Angebote für alle
match-step-paid = Hilfen, die das Amt bezahlt
match-step-paid-note = Nur nach einer Entscheidung; die Reihenfolge ist keine Empfehlung.
match-found = { $x ->
    [0] Im Quartier ist dazu nichts eingetragen.
    [one] Eine Karte passt.
   *[other] { $x } Karten passen.
  }
match-none-do = Fehlt es mehreren Familien, wird daraus vielleicht ein Projekt: Sagen Sie es im Sozialraumteam.
match-begin = Sagen Sie in ein paar Worten, was gesucht wird, oder wählen Sie ein Thema.
match-order = Warum diese Reihenfolge?
match-more-cards = { $x ->
    [one] Eine weitere Karte
   *[other] { $x } weitere Karten
  }
match-why = Passt, weil
match-fit-word = „{ $x }“
match-fit-language = spricht { $x }
match-fit-age = für { $x } Jahre
match-fit-walk = { $x ->
    [one] 1 Minute
   *[other] { $x } Minuten
  } zu Fuß (ca. { $y } m Luftlinie)
match-fit-reach = in Reichweite von { $x }
match-fit-beyond = auch hinter der Grenze des Sozialraums
match-fit-free-places = { $x ->
    [one] 1 freier Platz
   *[other] { $x } freie Plätze
  }
match-fit-waiting = { $x ->
    [one] eine Familie wartet
   *[other] { $x } warten
  }
match-fit-no-steps = ohne Stufen
match-fit-free = kostet nichts
match-fit-confirmed = zuletzt bestätigt { $x }
match-fit-stale = lange nicht bestätigt, zuletzt { $x }: bitte vorher anrufen
match-ago-today = heute
match-ago-days = { $x ->
    [one] gestern
   *[other] vor { $x } Tagen
  }
match-ago-weeks = { $x ->
    [one] vor einer Woche
   *[other] vor { $x } Wochen
  }
match-ago-months = { $x ->
    [one] vor einem Monat
   *[other] vor { $x } Monaten
  }
match-choose = Übernehmen oder ablehnen
match-card = Karte ansehen
match-refused = Abgelehnt
match-refused-by = { $x }: „{ $y }“
match-refused-person = Eine Person aus der Nachbarschaft
match-reconsider = Doch noch einmal vorschlagen
match-back = Zurück zur Suche
match-taken = Übernommen. Es steht jetzt als geplant im Ressourcencheck.
match-take-title = In den Fall übernehmen
match-take-lead = In den Fall kommen nur Ihre Worte. Gezählt wird ohne Namen, dass diese Karte von Nutzen war.
match-take-words = Was soll im Fall stehen?
match-take-words-hint = Bei Privatpersonen ohne Namen; der Weg zu ihnen führt über die Karte.
match-take-person = Jemand aus der Nachbarschaft: { $x }
match-take-submit = Als Ressource vormerken
match-step-title = Als Schritt zu einem Ziel
match-step-under = Zu welchem Richtungsziel?
match-step-words = Welcher Schritt?
match-step-owner = Wer geht ihn?
match-step-due-on = Bis wann?
match-step-submit = Als Schritt aufnehmen
match-step-prefill = Wir sehen uns an: { $x }
match-refuse-title = Passt nicht
match-refuse-why = Warum nicht?
match-refuse-why-hint = In den Worten der Familie. Die Karte wird ihr dann nicht mehr vorgeschlagen.
match-refuse-submit = Ablehnen
match-uses = Nutzung
match-uses-lead = Wie oft Familien in den letzten zwölf abgeschlossenen Monaten etwas daraus mitgenommen haben. Ohne Namen; Zahlen unter fünf werden nicht gezeigt.
match-uses-total = insgesamt
match-uses-few = weniger als 5
match-uses-hidden = nicht gezeigt
match-uses-nowhere = ohne Sozialraum

lived-title = Lebenswelt
lived-lead = Wo ein Kind seine Tage verbringt, wie es dorthin kommt und wie weit es allein gehen darf. Die Grenze eines Sozialraums ist für die Verwaltung da, nicht für das Kind.
lived-tells = Schule oder Kita lassen auf den Wohnort schließen – auch sperren? Wer den Namen nicht braucht, schreibt nur „Schule“ oder „Kita“.
lived-sealed = Eine Anschrift in diesem Fall ist geschützt. Orte stehen hier nur mit Namen, ohne Anschrift, Punkt und Karte: Drei Wege würden verraten, wo der vierte beginnt.
lived-places = Orte
lived-places-none = Noch ist kein Ort eingetragen. Fragen Sie: Wo bist du gern? Wer ist dort? Wie kommst du hin?
lived-past = Früher
lived-map = Karte der Orte
lived-map-lead = Dieselben Orte wie in der Liste, mit denselben Nummern. Gestrichelt: so weit geht es allein.
lived-map-without = { $x ->
    [one] Ein Ort hat keinen Punkt und steht nur in der Liste.
   *[other] { $x } Orte haben keinen Punkt und stehen nur in der Liste.
  }
lived-new = Ort eintragen
lived-person = Wessen Ort?
lived-kind = Was für ein Ort?
lived-name = Wie heißt er?
lived-name-hint = So, wie das Kind ihn nennt.
lived-place = Anschrift
lived-point = Punkt auf der Karte
lived-point-hint = Breite und Länge, zum Beispiel 53.6051, 9.9123. Damit lässt sich sagen, was in Reichweite liegt.
lived-way = Wie kommt es hin?
lived-company = Allein?
lived-by-whom = Wer kommt mit?
lived-minutes = Wie viele Minuten?
lived-told-on = Erzählt am
lived-submit = Ort eintragen
lived-end = Beenden
lived-whose = Von wem
lived-how = Weg
lived-minutes-n = { $x } Minuten
lived-until = bis { $x }
lived-with = mit { $x }
lived-reach = Wie weit allein?
lived-reach-lead = Was die Sorgeberechtigten sagen, gilt um zu Hause und um jeden Ort, zu dem das Kind allein geht.
lived-reach-none = Noch ist nicht eingetragen, wie weit jemand allein gehen darf.
lived-reach-line = { $x }: bis { $y } m allein
lived-reach-nowhere = { $x }: nirgends allein
lived-reach-person = Wer?
lived-reach-metres = Wie viele Meter?
lived-reach-metres-hint = 0 heißt: nirgends allein. 500 m sind etwa acht Minuten zu Fuß.
lived-reach-words = Was gilt dabei?
lived-reach-words-hint = Zum Beispiel: nicht über die Hauptstraße.
lived-reach-said-on = Gesagt am
lived-reach-submit = Festhalten
lived-number = Nr.
lived-kind-school = Schule
lived-kind-day-care = Kita
lived-kind-friends = Freunde
lived-kind-kin = Großeltern, Verwandte, anderer Elternteil
lived-kind-club = Verein, Gruppe
lived-kind-outdoors = Spielplatz, Park, Treffpunkt
lived-kind-health = Arzt, Therapie
lived-kind-work = Arbeit, Ausbildung
lived-kind-faith = Gemeinde
lived-kind-other = etwas anderes
lived-way-foot = zu Fuß
lived-way-bike = mit Rad oder Roller
lived-way-transit = mit Bus oder Bahn
lived-way-car = mit dem Auto
lived-company-alone = allein
lived-company-with = in Begleitung
lived-company-not-yet = würde gern, kommt noch nicht hin

nav-keepers = Kartenpflege übergeben
keepers-lead = Wenn jemand geht, gehen seine Karten an jemand anderen, und mit ihnen, was dazu gemeldet wurde. Auch Karten, die nur die pflegende Person sieht. Wer bleibt, übergibt seine Karten selbst.
keepers-none = Niemand pflegt Karten.
keepers-name = Wer pflegt
keepers-cards = Karten
keepers-tasks = Offene Hinweise
keepers-gone = darf keine Karten mehr pflegen
keepers-hand = Übergeben
keeper-from = Von wem?
keeper-to = An wen?
keeper-submit = Karten übergeben
erase-title = Karte löschen
erase-lead = Alles, was auf dieser Karte steht, wird unwiderruflich gelöscht: auch Hinweise, Pflegelinks, Zusammenführungen und Zählungen. Es bleibt nur, dass es die Karte gab.
erase-elsewhere = Wurde der Name anderswo von Hand notiert, etwa im Kontaktlog, löschen Sie ihn dort bitte auch.
erase-ground = Warum?
erase-ground-request = Die Person verlangt es
erase-ground-withdrawal = Die Einwilligung ist widerrufen
erase-ground-purpose = Die Karte wird nicht mehr gebraucht
erase-submit = Unwiderruflich löschen
erased-title = Diese Karte ist gelöscht
erased-lead = Gelöscht am { $x }. Grund: { $y }. Mehr ist nicht aufbewahrt.
alike-title = Gibt es das schon?
alike-lead = Diese Karten sehen ähnlich aus. Ist es eine davon, bestätigen oder ändern Sie bitte sie. Was Sie getippt haben, steht noch unten.
alike-despite = Es ist etwas anderes: trotzdem eintragen

deed-card-erased = hat eine Ressourcenkarte gelöscht
deed-cards-handed-over = hat die Pflege von Ressourcenkarten übergeben
deed-lived-space-recorded = hat etwas zur Lebenswelt eingetragen
deed-match-refused = hat festgehalten, was eine Familie ablehnt
rule-match-order = Zuerst steht, was dem Alltag nah ist: Nachbarschaft, Gruppen, Angebote für alle, dann Hilfen, die das Amt bezahlt. Innerhalb davon: was zu den Worten passt, was in Reichweite liegt, was frisch bestätigt ist, was nah ist. Wer eine Karte pflegt, zählt nie.
rule-match-without-name = Der Name einer Privatperson gehört nicht in den Fall. Schreiben Sie, was sie tut; der Weg zu ihr führt über die Karte.
rule-match-why-missing = Bitte schreiben Sie, warum es nicht passt.
rule-lived-sealed = In diesem Fall ist eine Anschrift geschützt. Tragen Sie nur den Namen des Ortes ein, ohne Anschrift und Punkt.
rule-lived-in-the-future = Dieser Tag liegt in der Zukunft. Bitte tragen Sie ein, wann es erzählt wurde.
rule-lived-too-far = Das ist zu viel. Möglich sind bis zu 300 Minuten und bis zu 50.000 Meter.
rule-lived-by-whom = Bitte schreiben Sie, wer mitkommt, oder wählen Sie „allein“.
rule-lived-full = In diesem Fall stehen schon 60 Orte. Beenden Sie zuerst einen, der nicht mehr gilt.
rule-card-in-another = Diese Karte ging in einer anderen auf. Löschen Sie die andere, oder trennen Sie beide zuerst.
rule-card-keeper-same = Das ist zweimal dieselbe Person. Bitte wählen Sie jemand anderen.
rule-card-keeper-unfit = Diese Person darf keine Karten pflegen. Bitte wählen Sie jemand anderen.
rule-card-alike = Etwas Ähnliches steht schon im Verzeichnis. Bitte sehen Sie nach.
