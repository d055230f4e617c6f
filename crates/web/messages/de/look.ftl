# SPDX-License-Identifier: EUPL-1.2
# What helps to find one's way on a page.
look-note = Notiz schreiben
look-step-decision = Schritt 1: Der Bescheid
look-steps = Inhalt
look-steps-lead = Nur Schritt 1 ist nötig. Was Sie tippen, ist gespeichert; Sie können in jedem Schritt aufhören und später weitermachen.
look-language = Sprache · Language
# When something takes place, as domain::resources::Schedule says it in German.
times-day-0 = Mo
times-day-1 = Di
times-day-2 = Mi
times-day-3 = Do
times-day-4 = Fr
times-day-5 = Sa
times-day-6 = So
times-between = { $x }–{ $y } Uhr
times-from = ab { $x } Uhr
times-weeks = alle { $x } Wochen
times-nth-1 = jeden 1. { $x } im Monat
times-nth-2 = jeden 2. { $x } im Monat
times-nth-3 = jeden 3. { $x } im Monat
times-nth-4 = jeden 4. { $x } im Monat
times-nth-last = jeden letzten { $x } im Monat
times-since = seit { $x }
times-until = bis { $x }
look-card-whom = Für wen: Alter, freie Plätze, Kosten, Sprachen, Barrieren
next-do-ended = Ende und Nachschau ansehen
