// SPDX-License-Identifier: EUPL-1.2
// What a device keeps of a visit, and how it is sealed.
//
//   Nothing readable is ever kept: IndexedDB holds a salt, counters, ids and sealed records. The key is worked out of the
//   PIN (PBKDF2, SHA-256), is never kept and cannot be taken out of the page that has it. ADR 28 says what that is worth.

const DATABASE = "sozialraum-besuch";
const SHORTEST = 6;
export const ROUNDS = 1_000_000;
export const MOST_WRONG = 5;

const text = (value) => new TextEncoder().encode(value);

// ── What is kept ────────────────────────────────────────────────────────
const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function database() {
  const request = indexedDB.open(DATABASE, 1);
  // The service script makes the same stores; whoever comes first.
  request.onupgradeneeded = () => ["vault", "notes"].forEach((name) => request.result.createObjectStore(name));
  return asked(request);
}

async function store(name, mode, act) {
  const db = await database();
  try {
    const change = db.transaction(name, mode);
    const ended = new Promise((done, failed) => {
      change.oncomplete = done;
      change.onerror = change.onabort = () => failed(change.error);
    });
    const result = await asked(act(change.objectStore(name)));
    await ended;
    return result;
  } finally {
    db.close();
  }
}

export const get = (name, key) => store(name, "readonly", (all) => all.get(key));
export const put = (name, key, value) => store(name, "readwrite", (all) => all.put(value, key));
export const drop = (name, key) => store(name, "readwrite", (all) => all.delete(key));
export const keys = (name) => store(name, "readonly", (all) => all.getAllKeys());
export const wipeAll = async () => {
  await store("vault", "readwrite", (all) => all.clear());
  await store("notes", "readwrite", (all) => all.clear());
};

// ── Sealing ─────────────────────────────────────────────────────────────
export async function keyOf(pin, { salt, rounds }) {
  const typed = await crypto.subtle.importKey("raw", text(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// What a record is for is sealed in with it: none can be put in another's place.
export async function seal(key, purpose, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: text(purpose) };
  return { iv, data: await crypto.subtle.encrypt(how, key, text(JSON.stringify(value))) };
}

export async function unseal(key, purpose, { iv, data }) {
  const how = { name: "AES-GCM", iv, additionalData: text(purpose) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, data)));
}

/** What is wrong with a PIN, as a key of the words; nothing if it will do. */
export function weak(pin) {
  if (pin.length < SHORTEST) return "short";
  const steps = [...pin].slice(1).map((sign, n) => sign.codePointAt(0) - pin.codePointAt(n));
  return [0, 1, -1].some((step) => steps.every((one) => one === step)) ? "plain" : null;
}
