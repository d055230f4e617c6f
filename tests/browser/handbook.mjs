// SPDX-License-Identifier: EUPL-1.2
// node tests/browser/handbook.mjs ADDRESS [sheet] — the pictures of docs/handbuch and of README, made anew from the demo town.

import { statSync } from "node:fs";
import { join } from "node:path";
import { launch, openWindow, signIn } from "./lib.mjs";

const FOLDER = join(import.meta.dirname, "../../docs/handbuch");
const MOST_BYTES = 150_000;
const CASE = ["tr:has(.badge--ok) th a"];
const MAIN = ".app-main";

// For each sheet who looks, in a window how wide, and its pictures: a page, links to follow from it, what to put behind the address, and the part
// of the page that matters, cut off at a height.
const SHEETS = {
  readme: {
    user: "asd-nord-1",
    width: 1360,
    pictures: [{ name: "case", path: "/faelle", follow: CASE, part: "body", height: 800, file: "../screenshot.png" }],
  },
  finanzen: {
    user: "finanzen-1",
    pictures: [
      { name: "budget", path: "/budget", height: 900 },
      { name: "bericht", path: "/budget/bericht", height: 1000 },
      { name: "geldfluss", path: "/budget/geldfluss", part: ".card" },
      { name: "prognose", path: "/budget/prognose", height: 900 },
      { name: "verteilung", path: "/budget/verteilung", follow: [".data-table tbody th a"], height: 900 },
    ],
  },
  freiwillig: {
    user: "asd-nord-1",
    width: 1360,
    pictures: [
      { name: "eingang", path: "/eingang", height: 700 },
      { name: "fall", path: "/faelle", follow: CASE, height: 800 },
      { name: "wille", path: "/faelle", follow: CASE, onto: "/wille", height: 760 },
      { name: "beratung", path: "/faelle", follow: CASE, onto: "/beratung", height: 700 },
      { name: "hilfeplan", path: "/faelle", follow: CASE, onto: "/hilfeplan", height: 800 },
      { name: "leistungen", path: "/faelle", follow: CASE, onto: "/leistungen", height: 700 },
      { name: "fristen", path: "/fristen", height: 700 },
      { name: "ende", path: "/faelle", follow: ["tr:has(.badge--plain) th a"], onto: "/ende", height: 700 },
    ],
  },
  koordination: {
    user: "koordination-nord",
    pictures: [
      { name: "pflege", path: "/ressourcen/pflege", height: 900 },
      { name: "luecken", path: "/ressourcen/luecken", height: 800 },
      { name: "netzwerk", path: "/netzwerk", height: 900 },
      { name: "projekte", path: "/projekte", height: 800 },
      {
        name: "passendes", user: "asd-nord-1", path: "/faelle",
        follow: [...CASE, '.sub-nav a[href$="/hilfeplan"]', 'main a[href$="/ziele"]', 'main a[href*="passendes?ziel="]'],
        height: 1100,
      },
    ],
  },
};

const [address, only] = process.argv.slice(2);
if (!address || (only && !SHEETS[only])) {
  console.error(`node tests/browser/handbook.mjs ADDRESS [${Object.keys(SHEETS).join(" | ")}]`);
  process.exit(2);
}

const browser = await launch();
for (const [sheet, { user, width = 1160, pictures }] of Object.entries(SHEETS).filter(([name]) => !only || name === only)) {
  for (const picture of pictures) await take(sheet, { user, width, ...picture });
}
await browser.close();

async function take(sheet, { user, width, name, path, follow = [], onto = "", part = MAIN, height, file }) {
  const { page, context } = await openWindow(browser, { address, width });
  await signIn(page, user);
  await page.goto(path);
  for (const link of follow) await page.goto(await page.locator(link).first().getAttribute("href"));
  if (onto) await page.goto(new URL(page.url()).pathname + onto);
  const box = await page.locator(part).first().boundingBox();
  const clip = { x: box.x, y: box.y, width: box.width, height: Math.min(box.height, height ?? box.height) };
  const picture = join(FOLDER, file ?? `${sheet}-${name}.png`);
  await page.screenshot({ path: picture, clip, fullPage: true });
  await context.close();
  const { size } = statSync(picture);
  if (size > MOST_BYTES) throw new Error(`${picture} has ${size} bytes, more than ${MOST_BYTES}`);
  console.log(`${picture}: ${size} bytes`);
}
