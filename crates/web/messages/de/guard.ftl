# SPDX-License-Identifier: EUPL-1.2
guard-left-out-gone = { $x ->
    [one] Eine Zeile wurde ausgelassen; sie wurde nach 30 Tagen gelöscht.
   *[other] { $x } Zeilen wurden ausgelassen; sie wurden nach 30 Tagen gelöscht.
}
guard-rest = { $x ->
    [one] noch etwa eine Sekunde
   *[other] noch etwa { $x } Sekunden
}
guard-stop = Abbrechen
rule-trade-import-stopped = Das Einspielen wurde abgebrochen. Nichts wurde übernommen; Sie können es noch einmal versuchen.
rule-card-keeper-stays = Diese Person pflegt ihre Karten noch selbst. Bitte sie, die Karten zu übergeben; sonst geht es, sobald ihre Aufgabe endet.
