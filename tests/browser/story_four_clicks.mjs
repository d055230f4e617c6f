// SPDX-License-Identifier: EUPL-1.2
// A note from anywhere: the case by three letters of a member, at the key "/", and no more than four clicks to the
// note saved. What is typed is on the server within three seconds, and there again after the session was lost.

const WORDS = `Anruf der Tante: Leyla war gestern bei ihr. ${"Ein ruhiger Abend. ".repeat(20)}`.trim();
const SOON = 3_000;

export default async function fourClicks({ page, context, signIn, expect }) {
  await signIn("asd-nord-1");
  await page.goto("/faelle");
  const family = (await page.locator(".data-table tbody th a").first().textContent()).replace("Familie ", "").trim();
  await page.goto("/");
  let clicks = 0;
  const click = async (locator) => {
    clicks += 1;
    await locator.click();
  };
  await page.keyboard.press("/");
  await page.keyboard.type(family.slice(0, 3));
  await page.keyboard.press("Enter");
  await page.waitForURL(/suche/);
  await click(page.locator(".data-table tbody th a").first());
  await click(page.locator(".sub-nav a", { hasText: "Notizen" }));
  const note = page.getByLabel("Was ist geschehen, was wurde gesagt?");
  await note.fill(WORDS);
  await page.getByText("Entwurf gespeichert um").waitFor({ timeout: SOON });
  const place = new URL(page.url()).pathname;
  // The session ends here, and not by a click of hers.
  await context.clearCookies();
  await page.goto(place);
  await page.waitForURL((url) => url.pathname === "/anmelden");
  await Promise.all([page.waitForURL((url) => url.pathname === place), page.locator('[data-demo-user="asd-nord-1"]').click()]);
  expect((await note.inputValue()) === WORDS, "the draft is not whole");
  await click(page.getByLabel("Für die Akte"));
  await click(page.getByRole("button", { name: "Notiz speichern" }));
  await page.locator(".timeline", { hasText: "Anruf der Tante" }).waitFor();
  expect(clicks <= 4, `${clicks} clicks`);
  expect((await note.inputValue()) === "", "the draft outlived the note");
}
