// SPDX-License-Identifier: EUPL-1.2
// node tests/browser/run.mjs ADDRESS [only-this-story]
// Every page in two themes and two widths: accessible, within the policy, all texts there, no sideways scrolling. Then the stories.

import { readdir } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { Count, expect, launch, openWindow, pagesByUser, signIn } from "./lib.mjs";
import { faults, unseen } from "./looked.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NARROW = 320;
const VARIANTS = ["light", "dark"].flatMap((theme) => [1360, NARROW].map((width) => ({ theme, width })));

const [address, only] = process.argv.slice(2);
if (!address) {
  console.error("node tests/browser/run.mjs ADDRESS [only-this-story]");
  process.exit(2);
}

/** Addresses at which axe found nothing. */
const looked = [];

/** axe has to put its script into the page, which our policy forbids: so this window ignores the policy. */
async function accessible(page, place) {
  await visit(page, place);
  await clean(page);
  if (place.status === 200) looked.push(place.path);
}

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const faults = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n${nodes.slice(0, 5).map((node) => `  ${node.target.join(" ")}`).join("\n")}`);
  expect(faults.length === 0, faults.join("\n"));
}

/** And this one obeys it. */
async function withinThePolicy(page, complaints, place, width) {
  complaints.length = 0;
  await visit(page, place);
  // A browser reports the answer 404 itself; that is not a complaint about the page.
  const about = complaints.filter((text) => place.status === 200 || !text.startsWith("Failed to load resource"));
  expect(about.length === 0, about.join("\n"));
  // A text that is in no file of messages stands there as «key».
  const unsaid = (await page.content()).match(/«[\w-]+»/g) ?? [];
  expect(unsaid.length === 0, `without words: ${unsaid.join(", ")}`);
  if (width > NARROW) return;
  await fits(page);
}

async function fits(page) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider <= 0, `${page.url()} is ${wider} px wider than the window`);
}

/** What only a story can reach – a link shown once, a refused form – as it stands, in every theme and width. */
async function look(page) {
  const before = page.viewportSize();
  for (const { theme, width } of VARIANTS) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ ...before, width });
    await clean(page).catch((error) => { throw new Error(`${page.url()}, ${theme}, ${width}\n${error.message}`); });
    if (width === NARROW) await fits(page);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  looked.push(new URL(page.url()).pathname);
}

async function visit(page, { path, status }) {
  const answer = await page.goto(path);
  expect(answer?.status() === status, `the server answered ${answer?.status()}`);
}

async function lookAtPages(browser, count) {
  const found = await pagesByUser(browser, address);
  for (const { theme, width } of VARIANTS) {
    for (const { user, session, pages } of found) {
      const look = { address, theme, width, storageState: session };
      const free = await openWindow(browser, { ...look, bypassCSP: true });
      const strict = await openWindow(browser, look);
      for (const place of pages) {
        const where = `${place.path} (${user ?? "nobody"}, ${theme}, ${width})`;
        await Promise.all([
          count.test(`accessible: ${where}`, () => accessible(free.page, place)),
          count.test(`policy: ${where}`, () => withinThePolicy(strict.page, strict.complaints, place, width)),
        ]);
      }
      await Promise.all([free.context.close(), strict.context.close()]);
    }
  }
}

/** A story gets its own window and `t`: address, browser, page, context, complaints, signIn(user), window(options), expect, look(page). */
async function tell(browser, count, file) {
  const story = (await import(`./${file}`)).default;
  await count.test(file.replace(/^story_|\.mjs$/g, "").replaceAll("_", " "), async () => {
    const main = await openWindow(browser, { address });
    const others = [];
    const window = async (options = {}) => {
      const other = await openWindow(browser, { address, ...options });
      others.push(other);
      return other;
    };
    try {
      await story({ address, browser, ...main, signIn: (user, page = main.page) => signIn(page, user), window, expect, look });
    } finally {
      await Promise.all([main, ...others].map(({ context }) => context.close()));
    }
  });
}

const count = new Count();
const browser = await launch();
try {
  if (!only) await lookAtPages(browser, count).catch((error) => count.fail("finding and visiting the pages", error));
  const files = (await readdir(new URL(".", import.meta.url))).filter((file) => /^story_.*\.mjs$/.test(file)).sort();
  for (const file of files.filter((file) => !only || file.includes(only))) await tell(browser, count, file);
  if (!only) await count.test("every page was looked at", async () => {
    expect(faults(["/never", "/seen/{id}"], ["/seen/1"]).includes("nobody looked at /never"), "a page left out is not noticed");
    const left = await unseen(looked);
    expect(left.length === 0, left.join("\n"));
  });
} finally {
  await browser.close();
}
count.report();
