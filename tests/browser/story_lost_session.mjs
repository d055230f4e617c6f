// SPDX-License-Identifier: EUPL-1.2
// Somebody types a long text, is signed out meanwhile, signs in again and finds it.

import { fillIntake } from "./steps.mjs";

const TEXT = "Der Hausmeister sagt: „Das Kind sitzt nachmittags oft allein auf der Treppe.“ ".repeat(12).trim();

export default async function lostSession({ page, context, signIn, expect }) {
  await signIn("asd-nord-2");
  await fillIntake(page, { said: TEXT });
  await page.getByText("Entwurf gespeichert").waitFor();
  await context.clearCookies();
  await page.goto("/eingang/neu");
  await page.waitForURL((url) => url.pathname === "/anmelden");
  await Promise.all([page.waitForURL((url) => url.pathname === "/eingang/neu"), page.locator('[data-demo-user="asd-nord-2"]').click()]);
  const kept = await page.getByLabel("Was wurde gesagt?").inputValue();
  expect(kept === TEXT, `of ${TEXT.length} characters there were ${kept.length}`);
}
