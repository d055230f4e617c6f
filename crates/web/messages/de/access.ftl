# SPDX-License-Identifier: EUPL-1.2
# Signing in, people and posts.
sign-in-title = Anmelden
sign-in-password-title = Mit E-Mail-Adresse und Passwort
sign-in-email = E-Mail-Adresse
sign-in-password = Passwort
sign-in-submit = Anmelden
sign-in-help = Sie kommen nicht hinein? Wenden Sie sich an die Fachadministration Ihres Amts.

demo-title = Mit einer Demo-Person anmelden
demo-lead = Alle Personen sind erfunden. Ein Klick genügt.
demo-office = Jugendamt

people-caption = Personen und ihre Aufgaben
people-from = Liste ab Name
people-show = Anzeigen
people-list-empty = Ab diesem Namen gibt es niemanden. Leeren Sie das Feld, um von vorn zu beginnen.
people-name = Name
people-house = Haus
people-posts = Aufgaben
people-do = Aktion
people-no-post = keine Aufgabe, kein Zugang

person-add-title = Person aufnehmen
person-add-name = Vor- und Nachname
person-add-email = E-Mail-Adresse
person-add-email-hint = Damit meldet sich die Person an.
person-add-agency = Träger
person-add-agency-hint = Bei Beschäftigten des Jugendamts leer lassen.
person-add-password = Erstes Passwort
person-add-password-hint = Mindestens 12 Zeichen. Geben Sie es persönlich weiter.
person-add-submit = Person aufnehmen

post-title = Neue Aufgabe für { $x }
post-role = Aufgabe
post-place = Wo?
post-house = ganzes Haus
post-submit = Aufgabe geben
post-give = Aufgabe geben
post-from = seit { $x }
post-until = bis { $x }
post-end = Beenden
post-end-ask = Diese Aufgabe beenden? Der Zugang endet sofort.
