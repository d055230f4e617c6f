// SPDX-License-Identifier: EUPL-1.2
// Serves the one page for the way where there is no line, and what that page is made of. It reaches nothing else: its
// scope is the folder it stands in. No answer with anything about a person goes into its cache. Whenever it runs it
// deletes what is over.

const SHELL = "/besuch/unterwegs/";
const CACHE = "besuch-1";
const DATABASE = "sozialraum-besuch";

self.addEventListener("install", (event) => event.waitUntil(renew().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([deleteOver(), self.clients.claim()])));

/** Fetches the page and all it names. An answer that leads to the sign-in page is not the page. */
async function renew() {
  const answer = await fetch(SHELL, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error("the page for the way is not to be had");
  const cache = await caches.open(CACHE);
  const html = await answer.clone().text();
  const parts = [...html.matchAll(/(?:href|src|data-vault)="(\/assets\/[^"]+)"/g)].map(([, address]) => address);
  await cache.addAll(parts);
  await cache.put(SHELL, answer);
}

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate" && pathname === SHELL) {
    event.waitUntil(deleteOver());
    event.respondWith(shell(event));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(asset(event.request));
  }
});

async function shell(event) {
  const kept = await caches.match(SHELL);
  if (!kept) return fetch(event.request);
  event.waitUntil(renew().catch(() => { /* without a line the page stays as it is */ }));
  return kept;
}

async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

function deleteOver() {
  return new Promise((done) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => ["vault", "notes"].forEach((name) => request.result.createObjectStore(name));
    request.onerror = () => done();
    request.onsuccess = () => {
      const db = request.result;
      const change = db.transaction("vault", "readwrite");
      const vault = change.objectStore("vault");
      vault.get("meta").onsuccess = (event) => {
        const meta = event.target.result;
        if (meta && meta.until <= Date.now()) vault.delete("pack");
      };
      change.oncomplete = change.onabort = () => { db.close(); done(); };
    };
  });
}
