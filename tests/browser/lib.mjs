// SPDX-License-Identifier: EUPL-1.2
// What the browser tests share: the browser, signing in, finding pages, counting.

import { chromium } from "playwright-core";
import { PAGES } from "./pages.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
}

/** A window of its own: own cookies, own theme, own width. */
export async function openWindow(browser, { address, theme = "light", width = 1360, bypassCSP = false }) {
  const context = await browser.newContext({
    baseURL: address, locale: "de-DE", colorScheme: theme, bypassCSP, viewport: { width, height: 860 },
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

/**
 * The pages to look at, by user: what pages.mjs names, and every page the side navigation offers
 * (each path once, with the first demo user who may see it). `null` is somebody not signed in.
 */
export async function pagesByUser(browser, address) {
  const { page, context } = await openWindow(browser, { address });
  const users = await demoUsers(page);
  const found = new Map([[null, []], ...users.map((user) => [user, []])]);
  const seen = new Set();
  const add = (user, path) => {
    if (seen.has(path)) return;
    seen.add(path);
    found.get(user).push(path);
  };
  for (const user of found.keys()) {
    await context.clearCookies();
    if (user) {
      await signIn(page, user);
      const links = await page.locator(".side-nav__link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      links.filter((href) => href?.startsWith("/")).forEach((href) => add(user, href));
    }
    for (const entry of PAGES.filter((entry) => entry.user === user)) add(user, await resolve(page, entry));
  }
  await context.close();
  for (const entry of PAGES) {
    if (!found.has(entry.user)) throw new Error(`pages.mjs: there is no demo user '${entry.user}' (there are: ${users.join(", ")})`);
  }
  return found;
}

/** A page that has no fixed address is found by following links from one that has. */
async function resolve(page, { path, follow = [] }) {
  if (follow.length === 0) return path;
  await page.goto(path);
  for (const selector of follow) {
    const href = await page.locator(selector).first().getAttribute("href");
    await page.goto(href);
  }
  const url = new URL(page.url());
  return url.pathname + url.search;
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
