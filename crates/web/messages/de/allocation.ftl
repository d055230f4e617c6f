# SPDX-License-Identifier: EUPL-1.2
# How money is distributed: the workbench, its steps and its faults.

# Steps: $x is what the step is about; it may be empty.
step-whole = Gesamtansatz
step-left-out = Nicht im Budget: { $x }
step-base = Ansatz im Budget
step-percent = Prozentsatz { $x }
step-top-slice = Vorwegabzug
step-distributed = Zu verteilen { $x }
step-value = { $x }
step-weight = Gewicht { $x }
step-constant = feste Zahl der Formel
step-weighted = gewichtet { $x }
step-column-sum = Summe aller Gebiete: { $x }
step-smallest = kleinster Wert: { $x }
step-largest = größter Wert: { $x }
step-span = Spanne vom kleinsten zum größten Wert: { $x }
step-above = Abstand vom kleinsten Wert: { $x }
step-points = Punkte { $x }
step-social-points = Sozialpunkte
step-factor = Faktor
step-youth-value = Jugendeinwohnerwert
step-per-thousand = je 1.000 Einwohner: { $x }
step-mean-load = mittlerer Belastungsfaktor
step-region-value = Wert der ganzen Region: { $x }
step-index = Index, Region = 100: { $x }
step-area-weight = Gewicht im Schlüssel { $x }
step-weight-sum = Summe der Gewichte { $x }
step-fraction = Teil am Ganzen { $x }
step-mixed = Teil nach Verfahren { $x }
step-free-sum = Teile der Gebiete, die mehr als ihr Minimum bekommen
step-fixed-sum = Summe der Mindestanteile
step-free-money = Rest nach den Mindestanteilen
step-exact = Betrag vor der Rundung
step-minimum = Mindestanteil { $x }
step-raised = mindestens der Mindestanteil
step-down = auf ganze Cent abgerundet
step-cent = Restcent nach größtem Rest
step-share = Anteil nach Schlüssel { $x }
step-previous = Bisher { $x }
step-loss = Verlust gegenüber bisher: { $x }
step-gain = Gewinn gegenüber bisher: { $x }
step-damping-percent = Ausgleich im Jahr { $x }
step-compensation = Ausgleich für { $x }
step-compensation-sum = Ausgleich für alle
step-gain-sum = Gewinne aller
step-contribution = Beitrag zum Ausgleich von { $x }
step-contribution-exact = Beitrag vor der Rundung { $x }
step-final = Anteil mit Ausgleich { $x }
step-capacity = Plätze laut { $x }
step-overload = Fälle, die mit der Mehrlastquote versorgt werden müssen
step-per-post = Stunden je Stelle
step-posts = Stellen
step-per-hour = Betrag je Stunde oder Kontakt

# How a value comes out of its parts: $x is the parts.
how-given = eingegeben
how-known = für alle Gebiete gleich, siehe „Summen über alle Gebiete“
how-sum = Summe: { $x }
how-product = Produkt: { $x }
how-quotient = Quotient: { $x }
how-difference = Differenz: { $x }
how-greatest = größter Wert aus { $x }
how-least = kleinster Wert aus { $x }
how-floor = abgerundet aus { $x }
how-half-up = kaufmännisch gerundet aus { $x }
how-half-up-two = auf zwei Stellen kaufmännisch gerundet aus { $x }
how-many = { $x } Werten
allocation-from = Quelle: { $source }, Stand { $day }
allocation-from-undated = Quelle: { $source }
allocation-about = rund { $x }

method-market-share = A · Historischer Anteil (Umsatz der Basisjahre)
method-indicators = B · Bedarfs- und Leistungsindikatoren
method-youth-value = C · Jugendeinwohnerwert (Min-Max-Punkte)
method-per-thousand = D · Gewichtet je 1.000 Einwohner
method-mean-load = E · Bevölkerung × mittlere Belastung
method-graded = F · Abgestufte Gewichte, Region = 100
method-cases = G · Fallzahlen
method-equal = H · Gleicher Betrag für alle
method-quota = I · Feste Quote je Verbund
method-contracted = J · Gebundener Teil mit Mehrlastquote
method-contingent = K · Kontingent in Stunden oder Stellen

borne-gainers = die Gebiete, die gewinnen
borne-reserve = der Vorwegabzug
borne-extra = zusätzliches Geld

majority-simple = einfache Mehrheit
majority-two-thirds = Zweidrittelmehrheit
majority-unanimous = Einstimmigkeit

# Where a fault is.
fault-line = { $field }, Zeile { $line }: { $sentence }
fault-line-about = { $field }, Zeile { $line }, „{ $about }“: { $sentence }
fault-about = { $field }, „{ $about }“: { $sentence }
fault-plain = { $field }: { $sentence }

# Files.
allocation-file-not-text = Die Datei ist kein Text in UTF-8. Bitte speichern Sie sie als Text.
allocation-file-faulty = { $file }: nichts gerechnet.
allocation-file-place = Zeile { $line }, Spalte { $column }: { $sentence }
allocation-file-unknown-field = Das Feld „{ $x }“ gibt es hier nicht. Bitte prüfen Sie die Schreibweise.
allocation-file-missing-field = Das Feld „{ $x }“ fehlt. Bitte ergänzen Sie es.
allocation-file-twice = Dieses Feld steht zweimal da. Bitte streichen Sie eines.
allocation-file-decimal = Kommazahlen gehören in Anführungszeichen, zum Beispiel "12,5".
allocation-file-kind = Hier steht etwas anderes als erwartet. Bitte vergleichen Sie mit den Beispielen unter docs/examples.
allocation-file-not-toml = Das ist kein gültiges TOML. Bitte prüfen Sie Anführungszeichen, Klammern und Gleichheitszeichen.

# Words of the result.
allocation-why = Warum?
allocation-sums = Summen über alle Gebiete
allocation-said = Hinweise
allocation-left-out = Nicht im Budget
allocation-distributed = Zu verteilen
allocation-rest = Bleibt beim Jugendamt
allocation-extra = Zusätzlich für den Ausgleich

# Fields.
allocation-title = Titel
allocation-year = Haushaltsjahr
allocation-total = Gesamtansatz
allocation-scope = Was ist im Budget, was nicht?
allocation-top-slice = Vorwegabzug
allocation-method = Verfahren
allocation-base = Sockel
allocation-population = Spalte mit Einwohnern
allocation-indicators = Indikatoren und Gewichte
allocation-sources = Quellen der Spalten
allocation-table = Tabelle
allocation-minimum = Mindestanteil
allocation-damping = Übergangsausgleich
allocation-damping-borne = Wer bezahlt den Ausgleich?
allocation-purposes = Zwecke
allocation-agencies = Trägeranteile
allocation-instalments = Abschläge
allocation-contracted = Gebundener Teil
allocation-overload = Mehrlastquote
allocation-capacity = Spalte mit Plätzen
allocation-per-post = Stunden je Stelle
