// SPDX-License-Identifier: EUPL-1.2
// A border is drawn anew in the picture: with the mouse, with the keyboard, and the list says the same.

export default async function border({ page, complaints, signIn, expect }) {
  await signIn("planung-1");
  await page.goto("/sozialraeume");
  await page.locator('main a[href^="/sozialraeume/"]:not([href*="neuzuschnitt"]):not([href*="kennzahlen"])').first().click();
  await page.getByRole("link", { name: "Grenze neu ziehen" }).click();
  const list = page.getByLabel("Ecken");
  const before = await list.inputValue();
  const corners = page.locator(".border-corner");
  expect((await corners.count()) === before.split("\n").filter((line) => line.includes("/")).length, "other corners in the picture than in the list");
  const box = await corners.first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 14, box.y + 12, { steps: 4 });
  await page.mouse.up();
  const moved = await list.inputValue();
  expect(moved !== before && moved.split("\n").length === before.split("\n").length, "the mouse moved nothing");
  await page.keyboard.press("ArrowRight");
  expect((await list.inputValue()) !== moved, "the keyboard moved nothing");
  await page.keyboard.press("Insert");
  expect((await list.inputValue()).split("\n").length === before.split("\n").length + 1, "no corner was added");
  await page.keyboard.press("Delete");
  await page.getByLabel("Name des Neuzuschnitts").fill("Ein Eck weiter");
  await page.getByLabel("Gilt ab").fill("2027-08-01");
  await page.getByRole("button", { name: "Als Entwurf ansehen" }).click();
  await page.getByRole("heading", { level: 1, name: "Ein Eck weiter" }).waitFor();
  expect(complaints.length === 0, complaints.join("\n"));
}
