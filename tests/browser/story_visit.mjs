// SPDX-License-Identifier: EUPL-1.2
// A visit where there is no line: prepared, sealed by a PIN, read, two notes, brought back once. What lies on the device
// is searched for every word that was taken along. Wrong PINs, the end of the day, a call back, somebody who worked on
// the case meanwhile.

import { AxeBuilder } from "@axe-core/playwright";
import { day, press } from "./steps.mjs";

const PIN = "481516";
const WAY = "/besuch/unterwegs/";

/** Everything this origin keeps in the browser, as bytes in a string; objects that are no plain data are named. */
function kept(page) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((ok, no) => {
      request.onsuccess = () => ok(request.result);
      request.onerror = () => no(request.error);
    });
    const out = [];
    const bytes = (some) => {
      let line = "";
      for (const byte of new Uint8Array(some)) line += String.fromCharCode(byte);
      out.push(line);
    };
    const tell = (value) => {
      if (value instanceof ArrayBuffer) bytes(value);
      else if (ArrayBuffer.isView(value)) bytes(value.buffer);
      else if (typeof value === "string") bytes(new TextEncoder().encode(value));
      else if (value && value.constructor !== Object && typeof value === "object" && !Array.isArray(value)) out.push(`[${value.constructor.name}]`);
      else if (value && typeof value === "object") for (const [name, inner] of Object.entries(value)) { tell(name); tell(inner); }
      else out.push(String(value));
    };
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store);
        for (const one of [...await done(all.getAllKeys()), ...await done(db.transaction(store).objectStore(store).getAll())]) tell(one);
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) { tell(request.url); bytes(await (await cache.match(request)).arrayBuffer()); }
    }
    for (const storage of [localStorage, sessionStorage]) tell({ ...storage });
    return out.join("\n");
  });
}

const holds = (stored, words) => stored.includes(Buffer.from(words, "utf8").toString("latin1"));

/** Puts something readable beside the sealed records, or takes it away: the search must be able to fail. */
function plant(page, words) {
  return page.evaluate((planted) => new Promise((ok, no) => {
    const request = indexedDB.open("sozialraum-besuch", 1);
    request.onsuccess = () => {
      const change = request.result.transaction("vault", "readwrite");
      if (planted) change.objectStore("vault").put({ words: planted }, "planted");
      else change.objectStore("vault").delete("planted");
      change.oncomplete = () => { request.result.close(); ok(); };
      change.onerror = no;
    };
  }), words);
}

/** The keys of what a store holds. */
function stores(page, name) {
  return page.evaluate((store) => new Promise((ok) => {
    indexedDB.open("sozialraum-besuch", 1).onsuccess = ({ target: { result: db } }) => {
      db.transaction(store).objectStore(store).getAllKeys().onsuccess = (all) => { db.close(); ok(all.target.result); };
    };
  }), name);
}

/** All texts of an answer. */
function texts(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(texts) : [];
}

async function prepare(page) {
  await page.goto("/besuch");
  await page.locator("[name=cases]").first().check();
  await press(page.locator("main"), "Vorbereiten");
  return new URL(page.url()).pathname.split("/").pop();
}

async function take(page, pin) {
  await page.getByLabel("PIN", { exact: true }).fill(pin);
  await page.getByLabel("PIN noch einmal").fill(pin);
  await page.getByRole("button", { name: "Verschlüsseln und mitnehmen" }).click();
}

async function unlock(page, pin) {
  await page.getByLabel("PIN", { exact: true }).fill(pin);
  await page.getByRole("button", { name: "Öffnen", exact: true }).click();
}

const said = (page, words) => page.locator("[data-visit-said]", { hasText: words }).waitFor();

async function writes(page, words) {
  await page.getByLabel("Was ist geschehen, was wurde gesagt?").fill(words);
  await page.getByLabel("Für die Akte, das Team liest mit").check();
  await page.getByRole("button", { name: "Auf dem Gerät sichern" }).click();
  await page.locator("[data-visit-note-said]", { hasText: "gesichert um" }).waitFor();
}

async function counted(page, path, words) {
  await page.goto(path);
  return page.locator("main .timeline p", { hasText: words }).count();
}

async function switchOn(page) {
  await page.goto("/verwaltung/hausregeln");
  await page.getByText("Warum das von sich aus ausgeschaltet ist").waitFor();
  await page.locator("select[name=rule]").selectOption("visit-mode");
  await page.locator("[name=value]").fill("1");
  await page.locator("main form button").click();
  await page.waitForLoadState();
}

/** Reads and writes without a line; nothing that was taken along can be read out of what is stored. */
async function onTheWay({ page, context, expect }, packed, notes) {
  await context.setOffline(true);
  await page.reload();
  await unlock(page, "999999");
  await said(page, "Noch 4 Versuche");
  expect(!(await page.locator("[data-visit-open]").isVisible()), "what is locked shows its form");
  await unlock(page, PIN);
  await page.locator("[data-visit-cases] summary").first().click();
  const shown = await page.locator("[data-visit-cases]").innerText();
  expect(shown.includes(packed.cases[0].number), "the case is not there without a line");
  for (const words of notes) await writes(page, words);
  const all = [...texts(packed.cases).filter((text) => text.length > 5 && !/^\d{4}-\d\d-\d\d$/.test(text)), ...notes];
  expect(all.length > 6, `only ${all.length} texts went along`);
  const stored = await kept(page);
  for (const words of all) expect(!holds(stored, words), `'${words}' lies readable on the device`);
  expect(!stored.includes("[CryptoKey]"), "a key is stored");
  await plant(page, all[0]);
  expect(holds(await kept(page), all[0]), "the search finds nothing that lies there");
  await plant(page, null);
}

/** After its day the cases are gone, and a note is not. */
async function afterItsDay({ page, context, expect }, until, words) {
  await writes(page, words);
  await page.clock.setFixedTime(new Date(Date.parse(until) + 60_000));
  await page.reload();
  await said(page, "Die Zeit dieses Besuchs ist um");
  const left = await stores(page, "vault");
  expect(!left.includes("pack"), `what is over still lies there: ${left}`);
  await unlock(page, PIN);
  await page.getByText(words).waitFor();
  await context.setOffline(false);
  await said(page, "Eine Notiz übertragen");
}

async function wrongPins({ page, expect }) {
  await prepare(page);
  await take(page, PIN);
  await page.waitForURL(`**${WAY}`);
  for (const words of ["Noch 4", "Noch 3", "Noch 2", "Nach dem nächsten falschen", "Alles auf diesem Gerät ist gelöscht"]) {
    await unlock(page, "777111");
    await said(page, words);
  }
  await page.reload();
  await page.getByText("Auf diesem Gerät ist kein Besuch.").waitFor();
  expect((await stores(page, "vault")).length === 0 && (await stores(page, "notes")).length === 0, "something is left after five wrong tries");
}

/** On a phone, in the dark: usable, accessible, nothing sideways. */
async function onAPhone({ window, signIn, expect, look }, admin) {
  const { page } = await window({ width: 320, theme: "dark", bypassCSP: true });
  await signIn("asd-nord-1", page);
  await prepare(page);
  await look(page);
  await take(page, PIN);
  await page.waitForURL(`**${WAY}`);
  await unlock(page, PIN);
  await page.locator("[data-visit-cases] summary").first().click();
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.length === 0, violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`).join("\n"));
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider <= 0, `the page is ${wider} px wider than the phone`);
  await admin.goto("/verwaltung/besuche");
  await admin.locator("main table form button").first().click();
  await admin.waitForLoadState();
  await page.reload();
  await said(page, "Dieser Besuch wurde zurückgerufen");
}

/** Somebody worked on the case meanwhile: the note waits for its writer, who looks and hands it in. */
async function meanwhile({ page, context, window, signIn, expect, look }, path, stamp) {
  await prepare(page);
  await take(page, PIN);
  await page.waitForURL(`**${WAY}`);
  await unlock(page, PIN);
  await page.locator("[data-visit-open]").waitFor();
  await context.setOffline(true);
  await writes(page, `Wartet ${stamp}`);
  const other = await window();
  await signIn("asd-nord-2", other.page);
  await other.page.goto(path);
  await other.page.getByLabel("Was ist geschehen, was wurde gesagt?").fill("Inzwischen angerufen.");
  await other.page.locator("[name=confidence][value=file]").check();
  await other.page.locator("[name=noted_on]").fill(day(0));
  await press(other.page.locator("main"), "Notiz speichern");
  await context.setOffline(false);
  await said(page, "wartet auf Sie");
  expect((await counted(page, path, `Wartet ${stamp}`)) === 0, "a note went past its writer's look");
  await page.goto("/besuch");
  await page.getByRole("link", { name: "Notiz vom" }).first().click();
  await page.getByText("hat sich seit der Vorbereitung geändert").waitFor();
  const free = await window({ bypassCSP: true, storageState: await context.storageState() });
  await free.page.goto(page.url());
  await look(free.page);
  await press(page.locator("main"), "In den Fall übernehmen");
  expect((await counted(page, path, `Wartet ${stamp}`)) === 1, "the note is not in the file");
}

export default async function visit(story) {
  const { window, signIn, expect, look } = story;
  const admin = await window();
  await signIn("verwaltung-1", admin.page);
  await switchOn(admin.page);
  const worker = await window();
  const t = { ...worker, window, signIn, expect, look };
  const { page } = worker;
  await signIn("asd-nord-1", page);
  const id = await prepare(page);
  const packed = await page.evaluate(async (visit) => (await fetch(`/api/v1/visits/${visit}/pack`)).json(), id);
  const path = `/faelle/${packed.cases[0].id}/notizen`;
  await take(page, "123456");
  await said(page, "zu leicht zu erraten");
  await take(page, PIN);
  await page.waitForURL(`**${WAY}`);
  const stamp = Date.now();
  const notes = [`Erste Notiz ${stamp}`, `Zweite Notiz ${stamp}`];
  await onTheWay(t, packed, notes);
  await worker.context.setOffline(false);
  await said(page, "2 Notizen übertragen");
  await page.reload();
  await unlock(page, PIN);
  await page.getByRole("button", { name: "Jetzt übertragen" }).click();
  for (const words of notes) expect((await counted(page, path, words)) === 1, `'${words}' is not there once`);
  await page.goto(WAY);
  await unlock(page, PIN);
  await page.locator("[data-visit-open]").waitFor();
  await worker.context.setOffline(true);
  await afterItsDay(t, packed.ends_at, `Nach der Zeit ${stamp}`);
  expect((await counted(page, path, `Nach der Zeit ${stamp}`)) === 1, "the late note is lost");
  await page.clock.setFixedTime(new Date());
  await wrongPins(t);
  await meanwhile(t, path, stamp);
  await onAPhone(t, admin.page);
  const policy = worker.complaints.filter((text) => text.includes("Content Security Policy"));
  expect(policy.length === 0, policy.join("\n"));
}
