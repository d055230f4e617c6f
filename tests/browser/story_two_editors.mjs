// SPDX-License-Identifier: EUPL-1.2
// Two people write on the same text of a case. Nobody's words are lost; without script it works alike.

import { press } from "./steps.mjs";

const BASE = "Leyla malt gern. Emil schläft schlecht. Die Oma hilft.";

export default async function twoEditors({ address, window, signIn, expect }) {
  const one = await window();
  const other = await window({ javaScriptEnabled: false });
  await signIn("asd-nord-1", one.page);
  await one.page.goto("/faelle");
  const path = `${await one.page.locator(".data-table tbody th a").first().getAttribute("href")}/kurz`;
  await signIn("asd-nord-2", other.page);
  const writes = async (page, words) => {
    await page.getByLabel("Der Fall in wenigen Sätzen").fill(words);
  };
  await one.page.goto(path);
  await writes(one.page, `${BASE} ${Date.now()}`);
  await press(one.page.locator("main"), "Fassung speichern");
  const base = await one.page.getByLabel("Der Fall in wenigen Sätzen").inputValue();
  // Both have the same version before their eyes and change the same sentence.
  await other.page.goto(path);
  await writes(one.page, base.replace("Emil schläft schlecht.", "Emil schläft wieder gut."));
  await writes(other.page, base.replace("Emil schläft schlecht.", "Emil schläft gar nicht.").replace("hilft", "hilft sonntags"));
  await press(one.page.locator("main"), "Fassung speichern");
  await other.page.getByRole("button", { name: "Fassung speichern" }).click();
  await other.page.getByRole("heading", { name: "Jemand hat gleichzeitig geschrieben" }).waitFor();
  const together = await other.page.getByLabel("Der Fall in wenigen Sätzen").inputValue();
  for (const words of ["Emil schläft wieder gut.", "Emil schläft gar nicht.", "Die Oma hilft sonntags."]) {
    expect(together.includes(words), `'${words}' is lost in '${together}'`);
  }
  await writes(other.page, together.replace("Emil schläft gar nicht. ", ""));
  await press(other.page.locator("main"), "Fassung speichern");
  await one.page.goto(path);
  const now = await one.page.getByLabel("Der Fall in wenigen Sätzen").inputValue();
  expect(now.includes("wieder gut. Die Oma hilft sonntags."), `now: ${now}`);
  expect(one.complaints.length === 0, `${address}: ${one.complaints.join("\n")}`);
}
