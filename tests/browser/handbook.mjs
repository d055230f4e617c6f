// SPDX-License-Identifier: EUPL-1.2
// node tests/browser/handbook.mjs ADDRESS [chapter] — the pictures of docs/handbuch, made anew from the demo town.

import { statSync } from "node:fs";
import { join } from "node:path";
import { launch, openWindow, signIn } from "./lib.mjs";

const FOLDER = join(import.meta.dirname, "../../docs/handbuch");
const MOST_BYTES = 150_000;
const RUNNING = "tr:has(.badge--ok) th a";

// What to show: a page, and the part of it that matters.
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

const [address, only] = process.argv.slice(2);
if (!address) {
  console.error("node tests/browser/handbook.mjs ADDRESS [chapter]");
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
}
await browser.close();
