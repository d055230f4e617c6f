# SPDX-License-Identifier: EUPL-1.2
# A case: its head, lists, overview.
case-family = Familie { $x }
case-worker = Fallführung: { $x }
case-parts = Teile dieses Falls
case-tab-overview = Überblick
case-tab-will = Wille und Ressourcen
case-tab-consultation = Beratung im Team
case-tab-plan = Ziele und Hilfeplan
case-tab-services = Leistungen und Kosten
