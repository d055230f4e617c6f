// SPDX-License-Identifier: EUPL-1.2
// The line goes while somebody types, and the browser dies: what was typed is there again.

const WORDS = "Anruf der Tante, mitten im Satz ";

export default async function lostLine({ window, signIn, expect }) {
  const first = await window();
  await signIn("asd-nord-1", first.page);
  await first.page.goto("/faelle");
  const path = `${await first.page.locator(".data-table tbody th a").nth(1).getAttribute("href")}/notizen`;
  await first.page.goto(path);
  const field = first.page.getByLabel("Was ist geschehen, was wurde gesagt?");
  await first.context.setOffline(true);
  const words = `${WORDS}${Date.now()}`;
  await field.fill(words);
  await first.page.getByText("Keine Verbindung. Ihr Text ist noch nicht gespeichert").waitFor();
  await first.context.setOffline(false);
  await first.page.getByText("Entwurf gespeichert um").waitFor();
  // The browser dies: no page is left that could send anything.
  await first.context.close();
  const second = await window();
  await signIn("asd-nord-1", second.page);
  await second.page.goto(path);
  const kept = await second.page.getByLabel("Was ist geschehen, was wurde gesagt?").inputValue();
  expect(kept === words, `'${kept}' is not '${words}'`);
  await second.page.getByLabel("Was ist geschehen, was wurde gesagt?").fill("");
  await second.page.getByLabel("Für die Akte").focus();
}
