// SPDX-License-Identifier: EUPL-1.2
// From the call to the agency's receipt, as everybody in between sees it.

import { day, fillIntake, press, section } from "./steps.mjs";

const WORDS = {
  said: "Die Nachbarin ruft an: „Die Mutter schafft es morgens nicht mehr allein.“",
  will: "Ich will morgens ohne Streit aus dem Haus kommen.",
  own: "Ich stelle den Wecker und packe abends die Taschen.",
  wish: "Jemand soll nachmittags mit Mia lesen.",
  goal: "Wir gehen morgens in Ruhe los.",
  strength: "Oma Inge wohnt um die Ecke.",
  question: "Was hilft der Familie am Morgen?",
  idea: "Ein Laufbus mit anderen Kindern aus der Straße",
};

export default async function mainJob({ page, complaints, signIn, window, expect }) {
  await signIn("asd-nord-1");
  const found = await intake(page, expect);
  await openCase(page);
  const path = new URL(page.url()).pathname;
  await will(page, path);
  await expectText(page, path, [WORDS.will, WORDS.goal, WORDS.strength]);
  const item = await ontoAgenda(page, path);
  await ideaFromTheTeam(await window(), item, signIn);
  await minutes(page, item);
  await decide(page, path, expect);
  const number = await commission(page, path);
  await page.getByRole("link", { name: "Buchung im Budget der Region ansehen" }).click();
  await page.locator("#buchungen + .table-wrap tr", { hasText: number }).first().waitFor();
  await receiptOfTheAgency(await window(), number, signIn);
  await page.goto(`${path}/leistungen`);
  await section(page, "Was an andere Stellen ging").getByText("Eingang bestätigt").first().waitFor({ state: "attached" });
  expect(found > 0, "no similar case was shown");
  // A browser reports the answer that points at names itself; that is no complaint about the page.
  const about = complaints.filter((text) => !text.includes("422 (Unprocessable Entity)"));
  expect(about.length === 0, about.join("\n"));
}

async function expectText(page, path, texts) {
  await page.goto(path);
  for (const text of texts) await page.locator("main").getByText(text).first().waitFor();
}

/** Somebody calls about a family at an address that the street directory knows. */
async function intake(page, expect) {
  await page.goto("/faelle");
  const known = (await page.locator(".data-table tbody th a").first().textContent()).replace("Familie ", "").trim();
  await page.goto("/eingang");
  const place = await page.locator(".board-card h3 a", { hasText: /\d, 43017/ }).first().textContent();
  await fillIntake(page, { said: WORDS.said, place });
  await page.getByLabel("Name der Familie").pressSequentially(known);
  const similar = page.locator("[data-duplicates-target]");
  await similar.getByText("Gibt es diese Familie schon?").waitFor();
  const found = await similar.locator("li").count();
  await page.getByLabel("Wer meldet?").selectOption("private");
  await page.getByLabel("Name", { exact: false }).and(page.locator("#intake-reporter-name")).fill("Frau Beispiel");
  await press(page.locator("main"), "Meldung aufnehmen");
  await page.getByRole("heading", { name: "Meldung aufgenommen" }).waitFor();
  expect(await page.locator(".notice--ok").count() === 1, `no space was found for ${place}`);
  return found;
}

async function openCase(page) {
  await page.getByRole("link", { name: "Meldung ansehen" }).click();
  const reporter = section(page, "Meldende Person");
  await reporter.getByLabel("Wozu müssen Sie wissen, wer gemeldet hat?").fill("Rückfrage zur Uhrzeit.");
  await press(reporter, "Meldeperson anzeigen");
  await page.locator("main").getByText("Frau Beispiel").waitFor();
  await press(page.locator("main"), "Fall eröffnen");
  await page.getByRole("heading", { name: "Als Nächstes" }).waitFor();
}

async function will(page, path) {
  await page.goto(`${path}/wille`);
  const people = section(page, "Personen");
  await people.getByLabel("Name", { exact: true }).fill("Anke Muster");
  await people.getByLabel("Rolle in der Familie").selectOption("mother");
  await press(people, "Person hinzufügen");
  await say(page, "Wille", WORDS.will, WORDS.own);
  await say(page, "Wunsch", WORDS.wish);
  const goals = section(page, "Ziele der Familie");
  await goals.getByLabel("Ziel in den Worten der Familie").fill(WORDS.goal);
  await goals.getByLabel("Wessen Ziel ist es?").selectOption({ index: 1 });
  await press(goals, "Ziel festhalten");
  const strengths = section(page, "Ressourcen der Familie");
  await strengths.getByLabel("Ressource", { exact: true }).fill(WORDS.strength);
  await strengths.getByLabel("Feld").selectOption("social");
  await press(strengths, "Ressource festhalten");
}

async function say(page, kind, words, own) {
  const form = section(page, "Aussage festhalten");
  await form.getByLabel(kind, { exact: true }).check();
  await form.getByLabel("Wer hat es gesagt?").selectOption({ index: 1 });
  await form.getByLabel("Was wurde gesagt?").fill(words);
  if (own) await form.getByLabel("Was tue ich selbst dafür?").fill(own);
  await press(form, "Aussage festhalten");
  await page.locator(".will-card", { hasText: words }).waitFor();
}

async function ontoAgenda(page, path) {
  await page.goto(`${path}/beratung`);
  const form = section(page, "Auf die Tagesordnung setzen");
  await form.getByLabel("Ihre Frage an das Team").fill(WORDS.question);
  await form.getByLabel("Wann tagt das Team?").fill(day(0));
  await form.getByRole("button", { name: "Auf die Tagesordnung setzen", exact: true }).click();
  // The grandmother's name still stands in the sheet: it is pointed at, and the worker says that it may stay.
  await page.locator(".badge", { hasText: "Oma Inge" }).waitFor();
  const again = section(page, "Auf die Tagesordnung setzen");
  await again.getByLabel("Ich habe es durchgelesen").check();
  await press(again, "Auf die Tagesordnung setzen");
  await page.getByRole("heading", { name: "Frage an das Team" }).waitFor();
  return new URL(page.url()).pathname;
}

async function ideaFromTheTeam({ page }, item, signIn) {
  await signIn("sitz-1", page);
  await page.goto(item);
  const form = section(page, "Idee hinzufügen");
  await form.getByLabel("Idee", { exact: true }).fill(WORDS.idea);
  await form.getByRole("radio").first().check();
  await press(form, "Idee hinzufügen");
  await section(page, "Ideen").getByText(WORDS.idea).waitFor();
}

async function minutes(page, item) {
  await page.goto(item);
  await page.getByText(WORDS.idea).waitFor();
  const form = section(page, "Beratung abschließen");
  await form.getByLabel("Protokoll").fill("Die Fachkraft spricht bis Freitag mit der Mutter.");
  await press(form, "Beratung abschließen");
  await page.getByRole("heading", { name: "Protokoll" }).waitFor();
}

async function decide(page, path, expect) {
  await page.goto(`${path}/hilfeplan`);
  const form = section(page, "Entscheiden");
  await form.getByLabel("Bewilligen").check();
  await form.getByLabel("Art der Hilfe").selectOption("31");
  await form.getByLabel("Beginn").fill(day(0));
  await form.getByLabel("Ende").fill(day(28));
  await form.getByLabel("Begründung").fill("Die Mutter will die Morgen ändern und braucht dafür Begleitung.");
  await form.locator("summary", { hasText: "Schritt 2" }).click();
  await form.getByLabel("Welche Alternativen haben Sie abgewogen?").fill("Nur der Laufbus: reicht am Anfang nicht.");
  await form.getByLabel("Wann wird der Plan überprüft?").fill(day(21));
  await press(form, "Entscheiden und Hilfeplan festschreiben");
  // What is missing is said, with everything typed still there; then it is added, or decided all the same.
  await page.getByRole("heading", { name: "Bitte noch einmal hinsehen" }).waitFor();
  await form.getByLabel("Wann haben Sie die Familie über ihre Rechte informiert?").fill(day(0));
  await press(form, "Trotzdem entscheiden");
  const pdf = await section(page, "Fassungen").getByRole("link", { name: "PDF" }).first().getAttribute("href");
  const answer = await page.request.get(pdf);
  expect(answer.headers()["content-type"] === "application/pdf", `the plan came as ${answer.headers()["content-type"]}`);
}

async function commission(page, path) {
  await page.goto(`${path}/leistungen`);
  const form = section(page, "Träger beauftragen");
  const agencies = form.getByLabel("Träger", { exact: true });
  await agencies.selectOption(await agencies.locator("option", { hasText: "Lotsenhaus" }).getAttribute("value"));
  await form.getByLabel("Beginn").fill(day(0));
  await form.getByLabel("Ende").fill(day(28));
  await form.getByLabel("Höchstens wie viel Euro?").fill("480,50");
  await form.getByLabel("Ja, der Wunsch wird erfüllt").check();
  await form.getByLabel("Was hat die Familie sich gewünscht?").fill("Einen Träger in der Nähe.");
  await form.getByLabel("Grund, falls der Plan überschritten wird").fill("Der Anspruch besteht.");
  await press(form, "Träger beauftragen");
  await page.getByText("Der Träger ist beauftragt.").waitFor();
  return page.locator(".identity-bar .num").first().textContent();
}

async function receiptOfTheAgency({ page }, number, signIn) {
  await signIn("traeger-1-leitung", page);
  await page.goto("/auftraege");
  await page.locator(".data-table tbody a").first().click();
  await page.locator("main").getByText(number).first().waitFor();
  await press(page.locator("main"), "Eingang bestätigen");
  await page.getByRole("status").waitFor();
}
