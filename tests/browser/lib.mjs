// SPDX-License-Identifier: EUPL-1.2
// What the browser tests share: the browser, signing in, finding pages, counting.

import { chromium } from "playwright-core";
import { PAGES } from "./pages.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  // The live map draws with WebGL, which a machine without a graphics card works out by itself.
  "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
  "--lang=de-DE", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
}

/** A window of its own: own cookies, own theme, own width; what else a browser context can be told, too. */
export async function openWindow(browser, { address, theme = "light", width = 1360, ...more }) {
  const context = await browser.newContext({
    baseURL: address, locale: "de-DE", colorScheme: theme, viewport: { width, height: 860 }, ...more,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, context, complaints };
}

/** Signs in by clicking the button of a demo user; without a key, the first one. */
export async function signIn(page, user) {
  await page.goto("/anmelden");
  const button = user ? page.locator(`[data-demo-user="${user}"]`) : page.locator("[data-demo-user]");
  await Promise.all([page.waitForURL((url) => url.pathname !== "/anmelden"), button.first().click()]);
}

/** The keys of the demo users, in the order of the sign-in page. */
export async function demoUsers(page) {
  await page.goto("/anmelden");
  return page.locator("[data-demo-user]").evaluateAll((buttons) => buttons.map((button) => button.dataset.demoUser));
}

/** One user of each kind of post, and everybody whom pages.mjs names. */
async function usersToAsk(page) {
  await page.goto("/anmelden");
  const first = await page.locator("dl.facts > div").evaluateAll((rows) => {
    const kinds = new Map();
    for (const row of rows) {
      const kind = row.querySelector("dt")?.textContent.trim();
      const user = row.querySelector("[data-demo-user]")?.dataset.demoUser;
      if (user && !kinds.has(kind)) kinds.set(kind, user);
    }
    return [...kinds.values()];
  });
  return [...new Set([...PAGES.map((entry) => entry.user).filter(Boolean), ...first])];
}

/**
 * The pages to look at: what pages.mjs names, and every page the side navigation offers (each address once,
 * with the first user who may see it). Each user signs in once; `session` goes into every later window.
 * A user of `null` is somebody not signed in.
 */
export async function pagesByUser(browser, address) {
  const start = await openWindow(browser, { address });
  const known = await demoUsers(start.page);
  const users = await usersToAsk(start.page);
  await start.context.close();
  const unknown = users.find((user) => !known.includes(user));
  if (unknown) throw new Error(`pages.mjs: there is no demo user '${unknown}' (there are: ${known.join(", ")})`);
  const seen = new Set();
  const found = [];
  for (const user of [null, ...users]) {
    const { page, context } = await openWindow(browser, { address });
    const pages = [];
    const add = (path, { again, status = 200 } = {}) => {
      if (!path || (seen.has(path) && !again)) return;
      seen.add(path);
      pages.push({ path, status });
    };
    if (user) {
      await signIn(page, user);
      // Around a place the navigation shows its parts, so each place is gone to once.
      const links = async () => page.locator(".side-nav__link").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const place of await links()) {
        if (!place?.startsWith("/")) continue;
        add(place);
        await page.goto(place);
        for (const part of await links()) add(part);
      }
    }
    for (const entry of PAGES.filter((entry) => entry.user === user)) add(await resolve(page, entry), entry);
    if (pages.length > 0) found.push({ user, session: await context.storageState(), pages });
    await context.close();
  }
  return found;
}

/** A page that has no fixed address is found by following links from one that has. */
async function resolve(page, { path, where, follow = [], onto = "", maybe = false }) {
  if (follow.length === 0 && !where) return path + onto;
  await page.goto(path);
  if (where && !(await settle(page, where))) {
    if (maybe) return null;
    throw new Error(`pages.mjs: no page of '${where.each}' with ${where.onto} has '${where.has}'`);
  }
  for (const selector of follow) {
    const link = page.locator(selector).first();
    if ((await link.count()) === 0) {
      if (maybe) return null;
      throw new Error(`pages.mjs: '${selector}' is not on ${page.url()}`);
    }
    await page.goto(await link.getAttribute("href"));
  }
  const url = new URL(page.url());
  return url.pathname + onto + url.search;
}

/** Goes to the first of several pages that shows something. */
async function settle(page, { each, onto, has }) {
  const links = await page.locator(each).evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const link of links) {
    await page.goto(link + onto);
    if ((await page.locator(has).count()) > 0) return true;
  }
  return false;
}

/** Counts, and says what failed. */
export class Count {
  passed = 0;
  failed = 0;

  async test(name, work) {
    try {
      await work();
      this.passed += 1;
    } catch (error) {
      this.fail(name, error);
    }
  }

  fail(name, error) {
    this.failed += 1;
    console.log(`FAILED ${name}\n  ${String(error?.message ?? error).replaceAll("\n", "\n  ")}`);
  }

  report() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}
