// SPDX-License-Identifier: EUPL-1.2
// Which pages of the program were looked at. A page nobody looked at is a page nobody knows to be accessible.

import { readFile } from "node:fs/promises";

/** What a browser does not show as a page: files, answers for scripts, redirects; each with the reason. */
const NO_PAGE = new Map([
  ["/angebote/vorschlag", "suggestions, JSON"],
  ["/ressourcen/vorschlag", "suggestions, JSON"],
  ["/eingang/dubletten", "the part of the form for a report that a script fetches"],
  ["/teams/sitzungen/{id}/live/stand", "what the live page asks for, JSON"],
  ["/faelle/{id}/familienantworten", "leads to the family's version of the plan"],
  ["/faelle/{id}/netzwerk/easynwk", "a file"],
  ["/budget/bericht/datei", "a table"],
  ["/budget/buchungsliste", "a table"],
  ["/budget/jahre/{id}/statistik", "a table"],
  ["/budget/jahre/{id}/uebersicht", "a table"],
  ["/budget/verteilung/{id}/anteile", "a table"],
  ["/budget/uebergaben/{id}", "a file for the payment system"],
  ["/sozialraeume/kennzahlen/vorlage", "a table"],
  ["/sozialraeume/neuzuschnitt/{id}/adressen", "a table"],
  ["/netzwerk/kontakte/datei", "a table"],
]);

/** Pages the demo has nothing for, made of a template that is looked at elsewhere. */
const RECORD = "a record, in the template of the hand-over sheet";
const ALIKE = new Map([
  ["/gerichtsauszuege/{id}", RECORD],
  ["/inobhutnahmen/{id}/protokoll", RECORD],
  ["/schutz/{id}/anrufung", RECORD],
  ["/schutz/{id}/rueckmeldung", RECORD],
  ["/schutz/{id}/schutzplan", RECORD],
  ["/uebergaenge/{id}", RECORD],
  ["/projekte/{id}/aendern", "the fields of a new project"],
  ["/netzwerk/kontakte/{id}", "the fields of the log"],
]);

/** JSON, files by their name, and papers. */
const FILES = /^\/(api|hsds|assets)(\/|$)|\.[\w]+$|\/pdf$/;

/** The pages of docs/routes.txt that are in none of these addresses, and reasons that hold for nothing. */
export async function unseen(addresses) {
  const text = await readFile(new URL("../../docs/routes.txt", import.meta.url), "utf8");
  const routes = text.split("\n").filter((line) => line.startsWith("GET ")).map((line) => line.split(/\s+/)[1]);
  return faults(routes, addresses);
}

/** The rule itself, apart from the file, so that it can be tried. */
export function faults(routes, addresses) {
  const fixed = new Set(routes.filter((route) => !route.includes("{")));
  const paths = addresses.map((address) => address.split(/[?#]/)[0]);
  const meets = (route) => {
    if (fixed.has(route)) return (path) => path === route;
    const form = new RegExp(`^${route.replaceAll(".", "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`);
    return (path) => form.test(path) && !fixed.has(path);
  };
  const pages = routes.filter((route) => !FILES.test(route) && !NO_PAGE.has(route) && !ALIKE.has(route));
  const never = pages.filter((route) => !paths.some(meets(route))).map((route) => `nobody looked at ${route}`);
  const stale = [...NO_PAGE.keys(), ...ALIKE.keys()].filter((route) => !routes.includes(route)).map((route) => `there is no ${route}`);
  return [...never, ...stale];
}
