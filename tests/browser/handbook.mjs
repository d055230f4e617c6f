// SPDX-License-Identifier: EUPL-1.2
// node tests/browser/handbook.mjs ADDRESS — the pictures of docs/handbuch, made anew from the demo town.

import { statSync } from "node:fs";
import { join } from "node:path";
import { launch, openWindow, signIn } from "./lib.mjs";

const FOLDER = join(import.meta.dirname, "../../docs/handbuch");
const MOST_BYTES = 150_000;
const USER = "finanzen-1";

// What to show: a page, and the part of it that matters.
const PICTURES = [
  { name: "budget", path: "/budget", part: ".app-main", height: 900 },
  { name: "bericht", path: "/budget/bericht", part: ".app-main", height: 1000 },
  { name: "geldfluss", path: "/budget/geldfluss", part: ".card" },
  { name: "prognose", path: "/budget/prognose", part: ".app-main", height: 900 },
  { name: "verteilung", path: "/budget/verteilung", follow: ".data-table tbody th a", part: ".app-main", height: 900 },
];

const [address] = process.argv.slice(2);
if (!address) {
  console.error("node tests/browser/handbook.mjs ADDRESS");
  process.exit(2);
}

const browser = await launch();
const { page } = await openWindow(browser, { address, width: 1160 });
await signIn(page, USER);
for (const { name, path, follow, part, height } of PICTURES) {
  await page.goto(path);
  if (follow) await page.goto(await page.locator(follow).first().getAttribute("href"));
  const box = await page.locator(part).first().boundingBox();
  const clip = { x: box.x, y: box.y, width: box.width, height: Math.min(box.height, height ?? box.height) };
  const file = join(FOLDER, `finanzen-${name}.png`);
  await page.screenshot({ path: file, clip, fullPage: true });
  const { size } = statSync(file);
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, more than ${MOST_BYTES}`);
  console.log(`${file}: ${size} bytes`);
}
await browser.close();
