// SPDX-License-Identifier: EUPL-1.2
// The intake without any script: first with a gap, then complete.

import { fillIntake, press } from "./steps.mjs";

const SAID = "Die Schule schreibt: „Jannis fehlt seit zwei Wochen.“";

export default async function withoutScript({ window, signIn, expect }) {
  const { page } = await window({ javaScriptEnabled: false });
  await signIn("asd-nord-1", page);
  await fillIntake(page, { said: SAID, place: "" });
  await page.getByRole("button", { name: "Meldung aufnehmen" }).click();
  await page.locator(".error-summary").waitFor();
  expect(await page.getByLabel("Was wurde gesagt?").inputValue() === SAID, "the text is gone after a refused form");
  await page.getByLabel("Wo lebt die Familie?").fill("unbekannt");
  await press(page.locator("main"), "Meldung aufnehmen");
  await page.getByRole("heading", { name: "Meldung aufgenommen" }).waitFor();
}
