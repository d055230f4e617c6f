// SPDX-License-Identifier: EUPL-1.2
// Pages beyond the side navigation, which is walked by itself.
//   user    key of a demo user (data-demo-user), or null for somebody not signed in
//   path    where to start
//   follow  selectors of links to follow from there, for pages whose address the demo decides
//           { user: "…", path: "/faelle", follow: [".data-table a"] }
//   onto    what to put behind the address found
//   again   look at it although somebody else has seen this address
//   maybe   leave it out where the demo has no such page
//   status  what the server answers, if not 200

const RUNNING = "tr:has(.badge--ok) th a";
const tab = (name) => ({ user: "asd-nord-1", path: "/faelle", follow: [RUNNING, `.sub-nav a[href$="/${name}"]`] });

export const PAGES = [
  { user: null, path: "/anmelden" },
  { user: null, path: "/hilfe" },
  { user: null, path: "/barrierefreiheit" },
  { user: "asd-nord-1", path: "/faelle", follow: [RUNNING] },
  { user: "asd-nord-1", path: "/faelle", follow: ["tr.is-alarm th a"] },
  { user: "asd-nord-1", path: "/faelle", follow: [RUNNING, '.sub-nav a[href$="/hilfeplan"]', 'main a[href$="/ziele"]'] },
  tab("wille"), tab("beratung"), tab("hilfeplan"), tab("leistungen"),
  { user: "asd-nord-1", path: "/faelle", follow: ["tr:has(.badge--warn) th a"], onto: "/leistungen", maybe: true },
  { user: "asd-nord-1", path: "/faelle", follow: [RUNNING, '.sub-nav a[href$="/hilfeplan"]', ".data-table tbody th a"] },
  { user: "asd-nord-1", path: "/kinderschutz", follow: [".data-table tbody th a"] },
  { user: "asd-nord-1", path: "/kinderschutz", follow: [".data-table tbody td a"] },
  { user: "asd-nord-1", path: "/kinderschutz", follow: [".data-table tbody td a", '.sub-nav a[href$="/fristen"]'] },
  { user: "asd-nord-1", path: "/fristen?wessen=team" },
  { user: "asd-nord-1", path: "/vertretung" },
  { user: "asd-nord-1", path: "/kalender" },
  { user: "asd-nord-1", path: "/kinderschutz/beratung" },
  { user: "traeger-1-leitung", path: "/kinderschutz/traeger" },
  { user: "verwaltung-1", path: "/verwaltung/kalender" },
  { user: "asd-nord-1", path: "/faelle?wessen=team" },
  { user: "asd-nord-1", path: "/suche?q=a" },
  { user: "asd-nord-1", path: "/suche?q=ka" },
  { user: "asd-nord-1", path: "/eingang/neu" },
  { user: "asd-nord-1", path: "/eingang", follow: [".board-card a"] },
  { user: "asd-nord-1", path: "/eingang", follow: [".board-card a"], onto: "/aufgenommen" },
  { user: "asd-nord-1", path: "/teams", follow: [".data-table tbody a"] },
  { user: "asd-nord-1", path: "/ressourcen?q=sport" },
  { user: "asd-nord-1", path: "/ressourcen?q=gibtesnicht" },
  { user: "asd-nord-1", path: "/sozialraeume", follow: ['main a[href^="/sozialraeume/"]'] },
  { user: "asd-nord-1", path: "/hier-gibt-es-nichts", status: 404 },
  { user: "sitz-1", path: "/teams", follow: [".data-table tbody a"], again: true },
  { user: "koordination-nord", path: "/ressourcen/neu" },
  { user: "finanzen-1", path: "/budget", follow: ['a[href*="decken="]'], maybe: true },
  { user: "finanzen-1", path: "/budget/verteilung", follow: [".data-table tbody tr:has(.badge--info) th a"] },
  { user: "finanzen-1", path: "/budget/verteilung", follow: [".data-table tbody tr:has(.badge--ok) th a"], onto: "?alles=1" },
  { user: "finanzen-1", path: "/budget/verteilung/neu" },
  { user: "finanzen-1", path: "/budget?mittel=C&konto=drawn" },
  { user: "finanzen-1", path: "/budget", follow: ['a[href^="/budget/buchungen/"]'] },
  { user: "finanzen-1", path: "/budget/zusagen" },
  { user: "finanzen-1", path: "/budget/zusagen", follow: ['.data-table tbody a'] },
  { user: "finanzen-1", path: "/budget/umbuchungen" },
  { user: "finanzen-2", path: "/budget/umbuchungen" },
  { user: "finanzen-1", path: "/budget/jahre/2026" },
  { user: "finanzen-1", path: "/budget/geldfluss" },
  { user: "finanzen-1", path: "/budget/bericht" },
  { user: "finanzen-1", path: "/budget/uebergaben" },
  { user: "ausschuss-1", path: "/budget/geldfluss", again: true },
  { user: "ausschuss-1", path: "/budget/bericht", again: true },
  { user: "traeger-1-leitung", path: "/auftraege", follow: [".data-table tbody a"] },
  { user: "traeger-1-leitung", path: "/auftraege", follow: [".data-table tbody a"], onto: "/stunden" },
  { user: "finanzen-1", path: "/vereinbarungen", follow: ['.data-table tbody tr:has(.badge--warn) a'] },
  { user: "finanzen-1", path: "/vereinbarungen", follow: ['.data-table tbody tr:first-child a'] },
  { user: "finanzen-1", path: "/vereinbarungen/neu" },
  { user: "finanzen-1", path: "/fachleistungsstunde?fachkraft=60.000&leitung=13.500&sachkosten=8.000&brutto=1.600&allgemein=400" },
  { user: "finanzen-1", path: "/fachleistungsstunde?fachkraft=x&brutto=0" },
  { user: "finanzen-1", path: "/rechnungen/neu" },
  { user: "finanzen-1", path: "/rechnungen", follow: ['.data-table tbody tr:has(.badge--info) a'] },
  { user: "finanzen-1", path: "/rechnungen", follow: ['.data-table tbody tr:has(.badge--ok) a'] },
  { user: "finanzen-1", path: "/budget/prognose?mehr=3&verlaengern=30" },
  { user: "ausschuss-1", path: "/budget/prognose", again: true },
  { user: "verwaltung-1", path: "/verwaltung/menschen" },
  { user: "datenschutz-1", path: "/verwaltung/protokoll" },
  { user: "datenschutz-1", path: "/verwaltung/protokoll/pruefen" },
];
