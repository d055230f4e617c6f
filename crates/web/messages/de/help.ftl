# SPDX-License-Identifier: EUPL-1.2
# Help, accessibility, security.txt.
help-lead = Kurz erklärt: die Seiten, die Tasten und die Begriffe.
help-contents = Inhalt
help-screens = Die Seiten
help-screens-lead = Sie sehen nur die Seiten, die zu Ihrer Aufgabe gehören.
help-keys = Tasten
help-terms = Begriffe

help-nav-start = Oben steht, was heute zu tun ist. Gefährdungen kommen immer zuerst. Angefangene Texte finden Sie hier wieder.
help-nav-intake = Hier kommen Meldungen an. Fünf Angaben genügen. Ist die Adresse bekannt, findet das Programm Sozialraum und Team. Sonst wartet die Meldung unter „Ohne Zuordnung“, bis jemand sie zuordnet.
help-nav-cases = Ihre Fälle, die zuletzt bewegten zuerst. In jedem Fall finden Sie Wille und Ressourcen, Beratung, Hilfeplan und Leistungen.
help-nav-mandates = Aufträge, die das Jugendamt Ihrem Träger übermittelt hat. Bitte bestätigen Sie den Eingang.
help-nav-spaces = Karte und Liste aller Sozialräume. Geben Sie eine Adresse ein, um Sozialraum und Team zu finden.
help-nav-resources = Was es im Sozialraum gibt: Angebote, Orte, Gruppen, Menschen, Räume, Dinge zum Leihen. Nach sechs oder zwölf Monaten bittet eine Karte um Prüfung. Stimmt sie noch, genügt ein Klick. Karten von Privatpersonen gibt es nur mit Einwilligung; läuft sie ab, sieht die Karte nur noch, wer sie pflegt.
help-nav-teams = Die Tagesordnung Ihres Teams. Fälle stehen dort ohne Namen. Das Team berät und sammelt Ideen, es entscheidet nicht über Hilfen. Das tut der ASD.
help-nav-budget = Plan, Bindungen und freie Mittel je Region und Jahr. Eine Hilfe, auf die ein Anspruch besteht, wird auch über den Plan hinaus bewilligt.
help-nav-agencies = Alle Träger in der Reihenfolge ihrer Namen, mit ihren Sitzen in den Teams.
help-nav-people = Wer Zugang hat und mit welcher Aufgabe. Endet eine Aufgabe, endet der Zugang sofort.
help-nav-audit = Wer wann was geändert hat. Die Siegel zeigen, ob nachträglich etwas verändert wurde.

help-key-search = in das Suchfeld springen
help-key-help = diese Hilfe öffnen
help-key-switch = Einzelne Tasten können stören, etwa bei Spracheingabe. Dieser Browser merkt sich, ob Sie sie ausgeschaltet haben. Tab und Esc gehen immer.
help-keys-on = Tastenkürzel einschalten
help-keys-off = Tastenkürzel ausschalten
help-key-escape = ein offenes Menü schließen
help-key-tab = zum nächsten Link oder Feld; der erste Schritt führt zu „Zum Inhalt springen“

term-mandate = Auftrag
term-mandate-means = Was die Familie ausdrücklich möchte, dass jemand tut. Auch: der Auftrag des Jugendamts an einen Träger, mit Hilfeplan.
term-need = Bedarf
term-need-means = Was aus fachlicher Sicht nötig ist. Er ersetzt nicht den Willen der Familie.
term-consultation = Beratung im Team
term-consultation-means = Das Sozialraumteam sammelt Ideen zu einem Fall ohne Namen. Es entscheidet nicht.
term-goal = Grobziel
term-goal-means = Wohin die Familie will, in ihren Worten. Daraus werden kleine, überprüfbare Handlungsziele.
term-help-plan = Hilfeplan
term-help-plan-means = Was mit der Familie vereinbart ist (§ 36 SGB VIII): Bedarf, Art der Hilfe, Ziele, nächste Überprüfung.
term-plan-meeting = Hilfeplangespräch
term-plan-meeting-means = Das Treffen, in dem Familie, ASD und Träger den Hilfeplan besprechen und überprüfen.
term-top-up = Nachsteuerung
term-top-up-means = Zusätzliches Geld, wenn Ansprüche über den Plan hinausgehen. Die Hilfe wartet nicht darauf.
term-resource = Ressource
term-resource-means = Was einer Person hilft: eigene Stärken, Menschen, Dinge und das, was der Sozialraum bietet.
term-resource-card = Ressourcenkarte
term-resource-card-means = Ein Eintrag im Verzeichnis: Angebot, Ort, Gruppe, Organisation oder Ding zum Leihen.
term-space = Sozialraum
term-space-means = Das Gebiet, für das ein Team zuständig ist. Und der Ort, an dem Menschen ihren Alltag leben.
term-team = Sozialraumteam
term-team-means = Fachkräfte des Jugendamts und der Träger, die gemeinsam in einem Sozialraum arbeiten und beraten.
term-agency = Träger
term-agency-means = Wer Hilfen leistet: freie, privatgewerbliche oder öffentliche Träger der Jugendhilfe.
term-top-slice = Vorwegabzug
term-top-slice-means = Der Teil des Budgets, der vorab für Arbeit ohne Einzelfall zurückgelegt wird.
term-will = Wille
term-will-means = Was ein Mensch selbst erreichen will und wofür er etwas tut. Er steht hier wörtlich.
term-wish = Wunsch
term-wish-means = Was jemand gern hätte, ohne es selbst herbeiführen zu können oder zu wollen.

a11y-title = Erklärung zur Barrierefreiheit
a11y-lead = Diese Erklärung gilt für die Anwendung „Sozialraum“, betrieben von: { $x }.
a11y-state = Stand der Vereinbarkeit
a11y-state-text = Ziel sind die Anforderungen der BITV 2.0 und der Norm EN 301 549 mit WCAG 2.2, Stufe AA. Die Anwendung ist damit teilweise vereinbar. Eine Prüfung durch eine unabhängige Stelle steht aus.
a11y-how = Wie diese Erklärung entstanden ist
a11y-how-text = Sie beruht auf einer Selbstbewertung der Entwicklung. Eine Prüfung mit Menschen, die auf Hilfsmittel angewiesen sind, gibt es noch nicht.
a11y-gaps = Was noch nicht barrierefrei ist
a11y-gap-map = Karten sind Bilder. Neben jeder Karte steht dieselbe Auskunft als Liste.
a11y-gap-pdf = Schriftstücke als PDF sind noch nicht von unabhängiger Seite auf Barrierefreiheit geprüft.
a11y-gap-easy = Texte in Leichter Sprache und Videos in Deutscher Gebärdensprache fehlen noch.
a11y-gap-test = Vorlesehilfen wurden noch nicht auf allen Seiten erprobt.
a11y-feedback = Barriere melden
a11y-feedback-text = Haben Sie eine Barriere gefunden? Wenden Sie sich an { $x }. Die Anschrift steht im Impressum des Amts.
a11y-enforcement = Schlichtung
a11y-enforcement-text = Hilft die Antwort nicht weiter, können Sie sich an die Schlichtungs- oder Durchsetzungsstelle für Barrierefreiheit Ihres Landes wenden. Das Verfahren kostet nichts.
a11y-operator = Hinweis für das Amt
a11y-operator-text = Ergänzen Sie vor dem Betrieb Anschrift, Schlichtungsstelle Ihres Landes und das Datum Ihrer eigenen Prüfung.

security-txt =
    # Diese Installation betreibt: { $office }
    # Eine Schwachstelle in dieser Installation melden Sie bitte dem Amt selbst; die Anschrift steht im Impressum.
    # Hinweis für das Amt: Ergänzen Sie hier vor dem Betrieb Ihre Adresse als Zeile „Contact: mailto:…“.
    # Eine Schwachstelle in der Software melden Sie bitte so, wie es die Datei SECURITY.md im Quelltext beschreibt:
    # vertraulich, ohne öffentlichen Eintrag und ohne Daten echter Menschen.
    Preferred-Languages: de, en
    Expires: { $expires }T00:00:00Z
