// SPDX-License-Identifier: EUPL-1.2
// A family finds help on a telephone, without signing in and without script, and tells an error.

import { press } from "./steps.mjs";

export default async function family({ window, expect }) {
  const { page } = await window({ javaScriptEnabled: false, width: 360 });
  await page.goto("/angebote");
  await page.getByLabel("Was suchen Sie?").fill("Schwimkurs");
  await page.locator("summary", { hasText: "Genauer suchen" }).click();
  await page.getByLabel("Für welches Alter?").fill("7");
  await press(page.locator("main"), "Suchen");
  const first = page.locator(".card-hits h2 a").first();
  expect((await first.textContent()).includes("Kinderschwimmen"), "the swimming course is not the first hit");
  const count = Number((await page.locator("#treffer strong").textContent()).match(/\d+/)?.[0] ?? 1);
  const circles = await page.locator(".map-hit").evaluateAll((all) => all.map((one) => Number(one.dataset.cards)));
  expect(circles.reduce((sum, one) => sum + one, 0) === count, "the map shows other hits than the list");
  await first.click();
  await page.getByText("Sa 10–12 Uhr").waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(!wide, "the page scrolls sideways on a telephone");
  await page.getByLabel("Was stimmt nicht?").fill("Am Samstag war geschlossen.");
  await press(page.locator("main"), "Fehler melden");
  await page.getByText("Wer die Karte pflegt, sieht Ihre Meldung.").waitFor();
}
