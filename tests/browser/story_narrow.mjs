// SPDX-License-Identifier: EUPL-1.2
// On the smallest phone (320 px): a note is written, something due is added and ticked off, the quarter is searched.
// Nothing goes sideways, no field is covered, and what is pressed is large enough for a finger (WCAG 2.2, 2.5.8).

import { day, press, section } from "./steps.mjs";

const FINGER = 24;

/** What is wrong with the page for a phone. */
function faults(page, finger) {
  return page.evaluate((least) => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`${root.scrollWidth - root.clientWidth} px too wide`);
    for (const at of document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea, button)")) {
      if (!at.checkVisibility()) continue;
      const box = at.getBoundingClientRect();
      // A link in a sentence is excepted, a small box counts with its label.
      const label = at.labels?.[0]?.getBoundingClientRect();
      const height = Math.max(box.height, ["radio", "checkbox"].includes(at.type) ? (label?.height ?? 0) : 0);
      if (height < least || box.width < 1) found.push(`${at.name || at.textContent.trim()}: ${Math.round(box.width)}×${Math.round(height)}`);
      if (box.right > root.clientWidth + 1 && !at.closest(".table-wrap, .pic--wide")) found.push(`${at.name} sticks out`);
    }
    return found;
  }, finger);
}

async function fits({ page, expect }, what) {
  const found = await faults(page, FINGER);
  expect(found.length === 0, `${what} at 320 px: ${found.join("; ")}`);
}

async function note(t, path) {
  const { page } = t;
  await page.goto(`${path}/notizen`);
  await fits(t, "notes");
  const words = `Vom Telefon ${Date.now()}`;
  await page.getByLabel("Was ist geschehen, was wurde gesagt?").fill(words);
  await page.getByLabel("Für die Akte").check();
  await press(page.locator("main"), "Notiz speichern");
  await page.locator(".timeline", { hasText: words }).waitFor();
  await fits(t, "notes with one more");
}

async function task(t, path) {
  const { page } = t;
  await page.goto("/fristen");
  await fits(t, "tasks");
  await page.goto(`${path}/fristen`);
  await fits(t, "tasks of a case");
  const words = `Anrufen ${Date.now()}`;
  const add = page.locator("details", { has: page.locator("#neu") });
  await add.locator("summary").click();
  await add.locator("[name=kind]").selectOption("own");
  await add.locator("[name=start]").fill(day(3));
  await add.locator("[name=words]").fill(words);
  await add.locator("button[type=submit]").click();
  await page.locator("main", { hasText: words }).waitFor();
  const change = section(page, "Erledigen oder verschieben");
  const due = change.locator("select[name=due]");
  await due.selectOption(await due.locator("option", { hasText: words }).getAttribute("value"));
  await change.locator("[name=outcome][value=done]").check();
  await press(change, "Festhalten");
  await fits(t, "tasks with one done");
}

async function search(t) {
  const { page, expect } = t;
  await page.goto("/ressourcen");
  await fits(t, "resources");
  await page.locator("[name=q]").last().fill("sport");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=sport/);
  const hits = page.locator('main a[href^="/ressourcen/"]');
  expect((await hits.count()) > 0, "nothing was found");
  await fits(t, "hits");
  await page.locator("main .card-hits a, main article a").first().click();
  await page.waitForLoadState();
  await fits(t, "a card");
}

export default async function narrow({ window, signIn, expect }) {
  const { page, complaints } = await window({ width: 320, isMobile: true, hasTouch: true });
  await signIn("asd-nord-1", page);
  await page.goto("/faelle");
  await page.waitForLoadState();
  const path = await page.locator(".data-table tbody th a").first().getAttribute("href");
  const t = { page, expect };
  await note(t, path);
  await task(t, path);
  await search(t);
  expect(complaints.length === 0, complaints.join("\n"));
}
