// SPDX-License-Identifier: EUPL-1.2
// node tests/browser/screens.mjs ADDRESS FOLDER — pictures of every page: light, dark and on a phone.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, openWindow, pagesByUser } from "./lib.mjs";

const LOOKS = [
  { name: "light", theme: "light", width: 1360 },
  { name: "dark", theme: "dark", width: 1360 },
  { name: "phone", theme: "light", width: 360 },
];

const [address, folder] = process.argv.slice(2);
if (!address || !folder) {
  console.error("node tests/browser/screens.mjs ADDRESS FOLDER");
  process.exit(2);
}

await mkdir(folder, { recursive: true });
const browser = await launch();
const found = await pagesByUser(browser, address);
let taken = 0;
for (const { name, theme, width } of LOOKS) {
  for (const { user, session, pages } of found) {
    const { page, context } = await openWindow(browser, { address, theme, width, storageState: session });
    for (const { path } of pages) {
      await page.goto(path);
      const file = path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "start";
      await page.screenshot({ path: join(folder, `${user ?? "nobody"}-${file}-${name}.png`), fullPage: true });
      taken += 1;
    }
    await context.close();
  }
}
await browser.close();
console.log(`${taken} pictures in ${folder}`);
