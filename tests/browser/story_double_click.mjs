// SPDX-License-Identifier: EUPL-1.2
// A double click makes one report, with the script's guard and without it.
// An address nobody knows goes to the duty desk.

import { fillIntake } from "./steps.mjs";

export default async function doubleClick({ window, signIn, expect }) {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await window({ javaScriptEnabled });
    await signIn("bereitschaft-1", page);
    const place = `Doppelt ${Date.now()} ${javaScriptEnabled}`;
    await fillIntake(page, { said: "Zweimal geklickt.", place });
    await page.getByRole("button", { name: "Meldung aufnehmen" }).dblclick();
    await page.getByRole("heading", { name: "Meldung aufgenommen" }).waitFor();
    await page.goto("/eingang");
    const cards = await page.locator(".board-card", { hasText: place }).count();
    expect(cards === 1, `${cards} reports instead of one (script: ${javaScriptEnabled})`);
  }
}
