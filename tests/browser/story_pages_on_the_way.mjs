// SPDX-License-Identifier: EUPL-1.2
// Pages that stand at no fixed address: links given to families and keepers, forms that were refused, papers begun.
// Each is accessible in every theme and width, as it stands.

import { day, press } from "./steps.mjs";

const free = { bypassCSP: true };
const main = (page) => page.locator("main");

/** Follows links, each the first that its selector finds. */
async function follow(page, path, ...selectors) {
  await page.goto(path);
  for (const selector of selectors) {
    const href = await page.locator(selector).first().getAttribute("href");
    await page.goto(href);
  }
}

/** Sends a form and stays on the answer, whether it is refused or not. */
async function send(page, form) {
  await Promise.all([page.waitForEvent("load"), form.locator("button[type=submit]").first().click()]);
}

async function refused({ page, look }, path) {
  await page.goto(path);
  await send(page, page.locator("main form[method=post]").first());
  await page.locator(".error-summary").waitFor();
  await look(page);
}

/** What a family reads and answers through its link. */
async function familyLink({ page, look, window, expect }) {
  const running = "tr:has(.badge--ok) th a";
  await follow(page, "/faelle", running, '.sub-nav a[href$="/hilfeplan"]', ".data-table tbody th a", 'a[href$="/familie"]');
  const form = page.locator('form[action$="/familie/links"]');
  await form.locator("[name=given_to]").fill("Mutter, beim Gespräch");
  await form.locator("[name=ends_on]").fill(day(10));
  await send(page, form);
  await look(page);
  const link = (await main(page).innerText()).match(/\S*\/familie\/\S+/)?.[0];
  expect(link, "no link is shown");
  const family = await window(free);
  await family.page.goto(new URL(link, page.url()).pathname);
  await look(family.page);
}

/** What an owner of a card sees without an account. */
async function ownerLink({ page, look, window, expect }) {
  await follow(page, "/ressourcen/pflege", ".file-list a");
  await press(main(page), "Link erstellen");
  await look(page);
  const link = (await page.locator(".typed").innerText()).trim();
  expect(link.includes("/pflege/"), `no link: ${link}`);
  const owner = await window(free);
  await owner.page.goto(new URL(link, page.url()).pathname);
  await look(owner.page);
}

/** A table that is looked at before it is taken, with a person whom nobody may show yet. */
async function imported({ page, look }) {
  const table =
    `Name;Art;Sichtbarkeit;Beschreibung;Einverstanden bis\nFrau Wartend;Privatperson;für alle;Liest vor;${day(200)}\nLeseclub am Anleger;Gruppe;für alle;Liest auch;\n`;
  await page.goto("/ressourcen/importe");
  await page.locator("input[type=file]").setInputFiles({ name: "leute.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await send(page, page.locator("form:has(input[type=file])"));
  await look(page);
  await page.getByRole("button", { name: "Mit dieser Zuordnung ansehen" }).click();
  await page.getByRole("button", { name: /Zeilen? übernehmen/ }).click();
  await page.getByRole("heading", { name: /übernommen/ }).waitFor();
  await follow(page, "/ressourcen/importe", 'main a[href^="/ressourcen/wartende/"]');
  await look(page);
}

/** A card that was made by mistake and erased. */
async function erased({ page, look }) {
  await follow(page, "/ressourcen/pflege", ".file-list a");
  const form = page.locator('form[action$="/loeschen"]').last();
  await page.locator("details:has(form[action$='/loeschen']) summary").last().click();
  await form.locator("[name=ground]").first().check();
  await send(page, form);
  await page.waitForURL("**/geloescht");
  await look(page);
}

/** A child that is counselled without its parents' knowledge. */
async function counselled({ page, look }) {
  await page.goto("/vertraulich");
  const form = page.locator("main form").last();
  await form.locator("[name=child]").fill("Nika");
  await form.locator("[name=begun_on]").fill(day(0));
  await form.locator("[name=why_silent]").fill("Sie fürchtet den Streit zu Hause.");
  await form.locator("[name=words]").fill("Ich möchte erst allein reden.");
  await send(page, form);
  await follow(page, "/vertraulich", 'main a[href^="/vertraulich/"]');
  await look(page);
}

/** A case that goes to another colleague, and the page on which its hand-over is arranged. */
async function handedOver({ page, look, expect }) {
  await follow(page, "/faelle", "tr:has(.badge--ok) th a");
  await page.goto(`${new URL(page.url()).pathname}/uebergabe`);
  const form = page.locator('form[action$="/uebergabe/fachkraft"]');
  await page.locator("details:has(form[action$='/uebergabe/fachkraft']) summary").click();
  await form.locator("[name=worker]").selectOption({ index: 1 });
  await form.locator("[name=why]").fill("Elternzeit der Fachkraft.");
  await form.locator("[name=due_on]").fill(day(7));
  await send(page, form);
  await look(page);
  await page.goto(await page.locator('main .notice a[href^="/uebergaben/"]').first().getAttribute("href"));
  expect(/\/uebergaben\/[\w-]+$/.test(new URL(page.url()).pathname), `no hand-over began: ${page.url()}`);
  await look(page);
}

/** The helps that run in the cases of a team, from the JSON of the same use cases. */
async function commissions({ page }) {
  await page.goto("/faelle?wessen=team");
  const cases = await page.locator("tr:has(.badge--ok) th a").evaluateAll((all) => all.map((link) => link.getAttribute("href").slice("/faelle/".length)));
  return page.evaluate(async (ids) => {
    const asked = ids.map(async (id) => (await fetch(`/api/v1/cases/${id}/commissions`)).json());
    return (await Promise.all(asked)).flatMap((answer) => answer.commissions.map((one) => one.id));
  }, cases);
}

/** What a contribution to the costs is told with. */
async function contribution({ page, look, expect }, helps) {
  for (const help of helps) {
    await page.goto(`/kostenbeitraege/${help}`);
    const form = page.locator('form[action^="/kostenbeitraege/"]');
    if ((await form.locator("[name=to] option").count()) < 2) continue;
    await look(page);
    await form.locator("[name=to]").selectOption({ index: 1 });
    if ((await form.locator("[type=checkbox]").count()) > 0) await form.locator("[type=checkbox]").first().check();
    await send(page, form);
    await page.waitForURL("**/kostenbriefe/*");
    await look(page);
    return;
  }
  expect(false, `none of ${helps.length} helps has a contribution to its costs`);
}

export default async function pagesOnTheWay({ window, signIn, expect, look }) {
  const as = async (user) => {
    const { page } = await window(free);
    await signIn(user, page);
    return { page, look, window, expect };
  };
  const worker = await as("asd-nord-1");
  await familyLink(worker);
  await refused(worker, "/eingang/neu");
  await counselled(worker);
  await handedOver(worker);
  const keeper = await as("koordination-nord");
  await ownerLink(keeper);
  await refused(keeper, "/ressourcen/neu");
  await refused(keeper, "/projekte/neu");
  await imported(keeper);
  await erased(keeper);
  const finance = await as("finanzen-1");
  await refused(finance, "/vereinbarungen/neu");
  await contribution(finance, await commissions(worker));
}
