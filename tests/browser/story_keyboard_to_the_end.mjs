// SPDX-License-Identifier: EUPL-1.2
// From the call to the end of a help with the keyboard alone: intake, case, will, plan and decision, commission, end.
// No click, no address typed. "?" lists the shortcuts; they can be switched off, and stay off.

import { day } from "./steps.mjs";

const MOST_STEPS = 400;

/** What has the focus. */
const focused = (page) => page.evaluate(() => {
  const at = document.activeElement;
  return {
    tag: at?.tagName ?? "", name: at?.name ?? "", type: at?.type ?? "", href: at?.getAttribute?.("href") ?? "",
    text: at?.textContent?.trim() ?? "", form: at?.closest?.("form")?.getAttribute("action") ?? "",
  };
});

/** Goes on with Tab until something is reached; `on` may do something at each stop. */
async function tab(page, is, what) {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (await is(here)) return;
  }
  throw new Error(`the Tab key never came to ${what} on ${page.url()}`);
}

async function enter(page) {
  const arrived = page.waitForNavigation();
  await page.keyboard.press("Enter");
  await arrived;
  await page.waitForLoadState();
}

/** Follows a link whose address ends like this. */
async function follow(page, ending) {
  await tab(page, (here) => here.tag === "A" && here.href.split("?")[0].endsWith(ending), `a link to ${ending}`);
  await enter(page);
}

const value = (page) => page.evaluate(() => {
  const at = document.activeElement;
  if (at.type === "radio") return [at.checked ? at.value : "", at.labels[0]?.textContent ?? ""];
  return [at.value, at.selectedOptions?.[0]?.textContent ?? ""];
});

/** Chooses with the arrow keys until value or label is the wanted one; `true` is the first there is. */
async function choose(page, wanted, type) {
  const fits = ([code, label]) => (wanted === true ? code !== "" : code === wanted || (code !== "" && label.includes(wanted)));
  if (type === "radio") await page.keyboard.press("Space");
  for (let step = 0; step < MOST_STEPS && !fits(await value(page)); step += 1) await page.keyboard.press("ArrowDown");
  if (!fits(await value(page))) throw new Error(`the arrow keys never came to ${wanted}`);
}

async function type(page, words) {
  await page.keyboard.press("Control+A");
  await page.keyboard.type(words);
}

/** Fills a form on the way through it, and sends it with the button of this name. */
async function fill(page, action, values, button) {
  const left = new Set(Object.keys(values));
  await tab(page, async (here) => {
    if (!here.form.endsWith(action)) return false;
    if (here.tag === "SUMMARY" && left.has(here.text)) {
      left.delete(here.text);
      await page.keyboard.press("Enter");
    } else if (left.has(here.name)) {
      left.delete(here.name);
      if (here.tag === "SELECT" || here.type === "radio") await choose(page, values[here.name], here.type);
      else await type(page, values[here.name]);
    }
    return here.tag === "BUTTON" && here.text === button;
  }, `'${button}' (${action})`);
  if (left.size > 0) throw new Error(`never came to ${[...left].join(", ")} on ${page.url()}`);
  await enter(page);
}

const heading = (page, name) => page.getByRole("heading", { name }).first().waitFor();

async function fromTheCall(page, place) {
  await follow(page, "/eingang");
  await follow(page, "/eingang/neu");
  const report = { channel: "phone", said: "Die Mutter fragt nach Hilfe am Morgen.", place, danger: "none", family: "Tastatur" };
  await fill(page, "/eingang/neu", report, "Meldung aufnehmen");
  await heading(page, "Meldung aufgenommen");
  await tab(page, (here) => here.text === "Meldung ansehen", "the report");
  await enter(page);
  await fill(page, "/fall", {}, "Fall eröffnen");
  await heading(page, "Als Nächstes");
}

async function toThePlan(page) {
  await follow(page, "/wille");
  await fill(page, "/personen", { name: "Tina Tastatur", role: "mother" }, "Person hinzufügen");
  const will = { kind: "will", speaker: true, words: "Ich will morgens in Ruhe los.", own_part: "Ich stelle den Wecker." };
  await fill(page, "/aussagen", will, "Aussage festhalten");
  await fill(page, "/ziele", { words: "Wir gehen morgens in Ruhe los.", owner: true }, "Ziel festhalten");
  await follow(page, "/hilfeplan");
  const decision = {
    granted: "granted", kind: "31", from: day(0), until: day(28), reasons: "Die Mutter will die Morgen ändern.", review_on: day(21),
  };
  await fill(page, "/entscheidung", decision, "Entscheiden und Hilfeplan festschreiben");
  await heading(page, "Bitte noch einmal hinsehen");
  await fill(page, "/entscheidung", { rights_told_on: day(0) }, "Trotzdem entscheiden");
  await heading(page, "Fassungen");
}

async function toTheEnd(page) {
  await follow(page, "/leistungen");
  const order = {
    agency: "Lotsenhaus", from: day(0), until: day(28), ceiling: "480,50", wish_told_on: day(0), wish_answer: "Ja, der Wunsch",
    wish: "In der Nähe.", over_plan_reason: "Der Anspruch besteht.",
  };
  await fill(page, "/auftraege", order, "Träger beauftragen");
  await page.getByText("Der Träger ist beauftragt.").waitFor();
  await follow(page, "/ueberpruefung");
  await follow(page, "/ende");
  const end = {
    commission: true, ended_on: day(0), reason: "10", stay: "01", next: "6", words: "Es geht ohne Hilfe weiter.",
    remains: "Die Oma hilft.", talk_on: day(0), talk_with: "Tina Tastatur", family: "present",
    stand: "agrees",
  };
  await fill(page, "/ende", end, "Hilfe beenden");
}

async function shortcuts(page, expect) {
  await page.keyboard.press("?");
  await page.waitForURL(/hilfe/);
  await heading(page, "Tasten");
  const keys = await page.locator("main kbd").allTextContents();
  expect(["/", "?"].every((key) => keys.includes(key)), `listed: ${keys.join(" ")}`);
  const away = "Tastenkürzel ausschalten";
  await tab(page, (here) => here.text === away, away);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Tastenkürzel einschalten" }).waitFor();
  await follow(page, "/");
  const here = page.url();
  await page.keyboard.press("/");
  expect((await focused(page)).name !== "q", "'/' still jumps into the search");
  await page.keyboard.press("?");
  await page.keyboard.press("Tab");
  expect(page.url() === here, "'?' still leads away");
  await follow(page, "/hilfe");
  await tab(page, (at) => at.text === "Tastenkürzel einschalten", "the switch");
  await page.keyboard.press("Enter");
  await follow(page, "/");
  await page.keyboard.press("/");
  expect((await focused(page)).name === "q", "'/' does not jump into the search again");
}

export default async function keyboardToTheEnd({ page, signIn, expect }) {
  await signIn("asd-nord-1");
  await page.goto("/eingang");
  const place = await page.locator(".board-card h3 a", { hasText: /\d, 43017/ }).first().textContent();
  await page.goto("/");
  let clicks = 0;
  await page.exposeFunction("clicked", () => { clicks += 1; });
  await page.addInitScript(() => addEventListener("pointerdown", () => globalThis.clicked(), true));
  await fromTheCall(page, place);
  await toThePlan(page);
  await toTheEnd(page);
  await page.locator("main", { hasText: "Es geht ohne Hilfe weiter." }).waitFor();
  await heading(page, "Beendete Hilfen");
  await shortcuts(page, expect);
  expect(clicks === 0, `${clicks} clicks`);
}
