# SPDX-License-Identifier: EUPL-1.2
# An agency's mandates.
mandates-empty = Noch kein Auftrag. Sobald ein Jugendamt Sie beauftragt, steht er hier.
mandates-waiting = { $x ->
    [one] Ein Auftrag wartet auf Ihre Eingangsbestätigung.
   *[other] { $x } Aufträge warten auf Ihre Eingangsbestätigung.
  }
mandates-family = Familie
mandates-subject = Auftrag
mandates-sent = Übermittelt
mandates-state = Stand
mandates-open = Auftrag ansehen
mandates-new = neu, noch nicht bestätigt
mandates-acknowledged = Eingang bestätigt
mandate-title = Auftrag
mandate-help = Womit Sie beauftragt sind
mandate-people = Die Familie
mandate-receipt = Eingang
mandate-acknowledge = Eingang bestätigen
mandate-acknowledge-note = Damit weiß das Jugendamt, dass der Auftrag angekommen ist.
mandate-just-acknowledged = Der Eingang ist bestätigt. Das Jugendamt sieht es in seinem Fall.
mandate-ground = Übermittlung
mandate-copy-note = Sie sehen eine Kopie vom Tag der Übermittlung. Nutzen Sie die Daten nur für diesen Auftrag (§ 78 SGB X).
mandate-unreadable = Die Kopie des Hilfeplans ist nicht lesbar. Bitte wenden Sie sich an das Jugendamt.
