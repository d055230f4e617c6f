# SPDX-License-Identifier: EUPL-1.2
guard-left-out-gone = Die ausgelassenen Zeilen wurden nach 30 Tagen gelöscht.
rule-card-keeper-stays = Diese Person pflegt ihre Karten noch selbst. Bitte sie, die Karten zu übergeben; sonst geht es, sobald ihre Aufgabe endet.
