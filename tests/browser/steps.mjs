// SPDX-License-Identifier: EUPL-1.2
// Steps that several stories take.

/** Opens the intake and fills the five fields it asks for. */
export async function fillIntake(page, { said, place = "unbekannt" }) {
  await page.goto("/eingang/neu");
  await page.getByLabel("Auf welchem Weg?").selectOption("phone");
  await page.getByLabel("Was wurde gesagt?").fill(said);
  await page.getByLabel("Wo lebt die Familie?").fill(place);
  await page.locator("[name=danger][value=none]").check();
}

/** Presses a button by its name and waits until the answer is shown. */
export async function press(scope, name) {
  const button = scope.getByRole("button", { name, exact: true });
  const page = button.page();
  const [answer] = await Promise.all([
    page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() < 300),
    button.click(),
  ]);
  await page.waitForLoadState();
  return answer;
}

/** The section of a page with this heading. */
export function section(page, heading) {
  return page.locator("main section", { has: page.getByRole("heading", { name: heading, exact: true }) }).last();
}

/** A day as a date field wants it, so many days from today. */
export function day(ahead) {
  const date = new Date(Date.now() + ahead * 86_400_000);
  return date.toLocaleDateString("sv-SE", { timeZone: "Europe/Berlin" });
}
