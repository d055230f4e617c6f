// SPDX-License-Identifier: EUPL-1.2
// A table of cards without any script: hand in, look, take, take back.

const TABLE = "Name;Beschreibung;Strasse;Lieblingsfarbe\nFundkiste am Kai;Bücher zum Mitnehmen;Kaiweg 1;rot\n;ohne Namen;Kaiweg 2;blau\n";

export default async function trade({ window, signIn, expect }) {
  const { page } = await window({ javaScriptEnabled: false });
  await signIn("koordination-nord", page);
  await page.goto("/ressourcen/importe");
  await page.locator("input[type=file]").setInputFiles({ name: "kisten.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
  await page.getByRole("button", { name: "Datei prüfen" }).click();
  await page.getByRole("heading", { name: "kisten.csv" }).waitFor();
  expect(await page.getByLabel("Strasse").inputValue() === "street", "the column of streets is not known");
  await page.getByRole("button", { name: "Mit dieser Zuordnung ansehen" }).click();
  await page.getByText("Bitte füllen Sie dieses Feld aus.").first().waitFor();
  await page.getByRole("button", { name: "Eine Zeile übernehmen" }).click();
  await page.locator(".error-summary").waitFor();
  await page.getByLabel(/Ohne die fehlerhaften Zeilen/).check();
  await page.getByRole("button", { name: "Eine Zeile übernehmen" }).click();
  await page.getByRole("heading", { name: "Eine Zeile wurde übernommen." }).waitFor();
  await page.getByRole("button", { name: "Einspielen zurücknehmen" }).click();
  await page.getByText("Alle Karten wurden beendet.").waitFor();
}
