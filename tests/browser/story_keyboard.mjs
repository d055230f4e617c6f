// SPDX-License-Identifier: EUPL-1.2
// The intake with the keyboard alone: at most five facts must be given, none of them invented; opening the form and
// leaving it makes no row; a place nobody knows goes to the queue that somebody owns. "?" leads to the shortcuts.

const MOST_FACTS = 5;

/** Goes on with the Tab key until the field with this label has the focus. */
async function tabTo(page, wanted) {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      return [at?.name ?? "", at?.value ?? "", at?.textContent?.trim() ?? "", at?.tagName].join("|");
    });
    if (wanted(here)) return;
  }
  throw new Error(`the Tab key never came to ${wanted}`);
}

export default async function keyboard({ page, signIn, expect }) {
  await signIn("bereitschaft-1");
  await page.goto("/eingang");
  const before = await page.locator(".board-card").count();
  await page.goto("/eingang/neu");
  await page.goto("/eingang");
  expect((await page.locator(".board-card").count()) === before, "opening the form made a row");
  await page.goto("/eingang/neu");
  const must = await page.locator("main form [required]").evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
  expect(must.length <= MOST_FACTS, `${must.length} facts are asked for: ${must.join(", ")}`);
  const place = `Nur Tasten ${Date.now()}`;
  const field = (name) => (here) => here.startsWith(`${name}|`);
  await tabTo(page, field("channel"));
  await page.keyboard.press("T");
  if ((await page.locator("[name=channel]").inputValue()) === "") await page.keyboard.press("ArrowDown");
  await tabTo(page, field("said"));
  await page.keyboard.type("Ein Kind ist oft allein.");
  await tabTo(page, field("place"));
  await page.keyboard.type(place);
  await tabTo(page, field("danger"));
  await page.keyboard.press("Space");
  const danger = await page.locator("[name=danger]:checked").getAttribute("value");
  expect(danger !== null, "a radio button cannot be chosen by the keyboard");
  await tabTo(page, (here) => here.includes("Meldung aufnehmen") && here.endsWith("BUTTON"));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Meldung aufgenommen" }).waitFor();
  await page.goto("/eingang");
  const card = page.locator(".board-card", { hasText: place }).first();
  expect((await card.count()) === 1, "the report is not on the board");
  await page.locator("body").focus();
  await page.keyboard.press("?");
  await page.waitForURL(/hilfe/);
}
