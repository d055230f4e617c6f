// SPDX-License-Identifier: EUPL-1.2
// The live map with the policy on: it asks nobody but this server, shows what the list counts, works with the keyboard,
// in frames, and gives way to the drawn map where the machine cannot draw it.

import { AxeBuilder } from "@axe-core/playwright";

const STATE = () => ["shown", "drawn"].includes(document.querySelector("figure[data-map]")?.dataset.state);
const figure = "figure[data-map]";

/** Opens a page and waits for its map; notes every request to another host. */
async function opened(window, address, path, options = {}) {
  const { page, complaints } = await window(options);
  const foreign = [];
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && url.origin !== new URL(address).origin) {
      foreign.push(url.href);
      return route.abort();
    }
    return route.continue();
  });
  await page.goto(path);
  await page.locator(figure).scrollIntoViewIfNeeded();
  await page.waitForFunction(STATE, null, { timeout: 40_000 });
  return { page, complaints, foreign };
}

const here = (page) => page.locator(figure).evaluate((one) => Number(one.dataset.here));
const counted = async (page) => Number((await page.locator("#treffer strong").textContent()).match(/\d+/)?.[0] ?? 1);

export default async function map({ address, window, expect }) {
  const { page, complaints, foreign } = await opened(window, address, "/angebote");
  expect((await page.locator(figure).getAttribute("data-state")) === "shown", "the live map does not run");
  expect((await here(page)) === (await counted(page)), "the live map counts otherwise than the list");
  // The keyboard: nearer, and to the side; fewer cards, then named as links.
  await page.locator(".live-map canvas").focus();
  for (let step = 0; step < 14 && (await page.locator(".live-map__links a").count()) === 0; step += 1) {
    const before = await page.locator(figure).evaluate((one) => { one.dataset.state = "asked"; return one.dataset.here; });
    await page.keyboard.press(Number(before) === 0 ? "ArrowUp" : "Equal");
    await page.waitForFunction(STATE, null, { timeout: 20_000 });
  }
  const first = page.locator(".live-map__links a").first();
  const name = (await first.textContent()).trim();
  await first.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name }).waitFor();
  expect(complaints.length === 0, complaints.join("\n"));
  expect(foreign.length === 0, `the map asked elsewhere: ${foreign.join(", ")}`);

  // Accessible with the map running; axe has to get past the policy for that.
  const free = await opened(window, address, "/angebote?q=sport", { bypassCSP: true });
  const { violations } = await new AxeBuilder({ page: free.page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.length === 0, violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`).join("\n"));

  // A machine that cannot draw it, and one without script: the drawn map.
  const weak = await window({});
  await weak.page.addInitScript(() => {
    const real = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      return kind.startsWith("webgl") ? null : real.call(this, kind, ...more);
    };
  });
  await weak.page.goto("/angebote");
  await weak.page.locator(figure).scrollIntoViewIfNeeded();
  await weak.page.waitForFunction(STATE);
  expect(await weak.page.locator(`${figure} > svg`).isVisible(), "without WebGL there is no map");
  const plain = await window({ javaScriptEnabled: false });
  await plain.page.goto("/angebote/einbetten?lang=ar");
  expect(await plain.page.locator(`${figure} > svg`).isVisible(), "without script there is no map");
  expect((await plain.page.context().cookies()).length === 0, "the frame sets a cookie");
}
