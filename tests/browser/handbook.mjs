// SPDX-License-Identifier: EUPL-1.2
// node tests/browser/handbook.mjs ADDRESS [chapter, sheet] — the pictures of docs/handbuch, made anew from the demo town.

import { statSync } from "node:fs";
import { join } from "node:path";
import { launch, openWindow, signIn } from "./lib.mjs";

const FOLDER = join(import.meta.dirname, "../../docs/handbuch");
const MOST_BYTES = 150_000;
const RUNNING = "tr:has(.badge--ok) th a";

const CHAPTERS = {
  finanzen: {
    user: "finanzen-1",
    pictures: [
      { name: "budget", path: "/budget", part: ".app-main", height: 900 },
      { name: "bericht", path: "/budget/bericht", part: ".app-main", height: 1000 },
      { name: "geldfluss", path: "/budget/geldfluss", part: ".card" },
      { name: "prognose", path: "/budget/prognose", part: ".app-main", height: 900 },
      { name: "verteilung", path: "/budget/verteilung", follow: ".data-table tbody th a", part: ".app-main", height: 900 },
    ],
  },
  freiwillig: {
    user: "asd-nord-1",
    pictures: [
      { name: "eingang", path: "/eingang", part: ".app-main", height: 700 },
      { name: "fall", path: "/faelle", follow: RUNNING, part: ".app-main", height: 800 },
      { name: "kurz", path: "/faelle", follow: RUNNING, onto: "/kurz", part: ".app-main", height: 700 },
      { name: "hilfeplan", path: "/faelle", follow: RUNNING, onto: "/hilfeplan", part: ".app-main", height: 800 },
      { name: "fristen", path: "/fristen", part: ".app-main", height: 700 },
    ],
  },
};
// For each sheet who looks, a page, and the part of it that matters.
const PICTURES = {
  finanzen: [
    { user: "finanzen-1", name: "budget", path: "/budget", part: ".app-main", height: 900 },
    { user: "finanzen-1", name: "bericht", path: "/budget/bericht", part: ".app-main", height: 1000 },
    { user: "finanzen-1", name: "geldfluss", path: "/budget/geldfluss", part: ".card" },
    { user: "finanzen-1", name: "prognose", path: "/budget/prognose", part: ".app-main", height: 900 },
    { user: "finanzen-1", name: "verteilung", path: "/budget/verteilung", follow: [".data-table tbody th a"], part: ".app-main", height: 900 },
  ],
  koordination: [
    { user: "koordination-nord", name: "pflege", path: "/ressourcen/pflege", part: ".app-main", height: 900 },
    { user: "koordination-nord", name: "luecken", path: "/ressourcen/luecken", part: ".app-main", height: 800 },
    { user: "koordination-nord", name: "netzwerk", path: "/netzwerk", part: ".app-main", height: 900 },
    { user: "koordination-nord", name: "projekte", path: "/projekte", part: ".app-main", height: 800 },
    { user: "asd-nord-1", name: "passendes", path: "/faelle", follow: ["tr:has(.badge--ok) th a", '.sub-nav a[href$="/hilfeplan"]', 'main a[href$="/ziele"]', 'main a[href*="passendes?ziel="]'], part: ".app-main", height: 1100 },
  ],

const [address, only] = process.argv.slice(2);
if (!address) {
  console.error("node tests/browser/handbook.mjs ADDRESS [chapter, sheet]");
  process.exit(2);
}

const browser = await launch();
for (const [chapter, { user, pictures }] of Object.entries(CHAPTERS).filter(([name]) => !only || name === only)) {
  const { page, context } = await openWindow(browser, { address, width: 1160 });
  await signIn(page, user);
  for (const { name, path, follow, onto = "", part, height } of pictures) {
    await page.goto(path);
    if (follow) await page.goto((await page.locator(follow).first().getAttribute("href")) + onto);
    const box = await page.locator(part).first().boundingBox();
    const clip = { x: box.x, y: box.y, width: box.width, height: Math.min(box.height, height ?? box.height) };
    const file = join(FOLDER, `${chapter}-${name}.png`);
    await page.screenshot({ path: file, clip, fullPage: true });
    const { size } = statSync(file);
    if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, more than ${MOST_BYTES}`);
    console.log(`${file}: ${size} bytes`);
  }
  await context.close();
for (const [sheet, pictures] of Object.entries(PICTURES).filter(([sheet]) => !only || sheet === only)) {
  for (const { user, name, path, follow, part, height } of pictures) {
    const { page, context } = await openWindow(browser, { address, width: 1160 });
    await signIn(page, user);
    for (const link of follow ?? []) await page.goto(await page.locator(link).first().getAttribute("href"));
    const file = join(FOLDER, `${sheet}-${name}.png`);
    await context.close();
}
await browser.close();
