# SPDX-License-Identifier: EUPL-1.2
load-title = Belegung
load-lead = Wer im Team trägt heute was? Die Zahlen helfen, neue Fälle zu verteilen und Vertretungen zu regeln. Jede führt zu ihrer Liste.
load-rule = Gezählt wird, was heute offen ist, geordnet nach Namen. Nichts davon wird aufgehoben, und niemand wird verglichen: Wie schwer ein Fall wiegt, sagt keine Zahl.
load-empty = In Ihren Teams arbeitet zurzeit niemand.
load-who = Fachkraft
load-part-here = Im Team
load-part-left = Nicht mehr im Team, aber noch zuständig
load-left-do = Diese Menschen haben keine Stelle mehr in Ihrem Team, stehen aber noch an offenen Fällen. Öffnen Sie die Fälle und übergeben Sie sie.
load-clarifying = Klärung
load-helped = Hilfe läuft
load-protecting = Kinderschutz
load-due = Fristen offen
load-overdue = Fristen überschritten
load-away = abwesend bis { $x }
load-deputy = vertreten durch { $x }
load-no-deputy = ohne Vertretung
