// SPDX-License-Identifier: EUPL-1.2
// Visits without a line: seals what the server gives for a visit, shows it, keeps notes, brings them back.
//
//   What is kept, and how it is sealed, is in visit-vault.js; the service worker is visit-service.js. While the page is
//   unlocked its key is in this page's memory alone.
//
//   <section data-visit-take="VISIT" hidden>  on the page where a visit is put onto this device
//   <main data-visit-way>                     on the page that works without a line
//   <template data-say="key">words</template> what is said; "{$x}" is put in
//   <script data-vault="…">                   the address of visit-vault.js

const { drop, get, keyOf, keys, MOST_WRONG, put, ROUNDS, seal, unseal, weak, wipeAll } = await import(
  document.querySelector("[data-vault]").dataset.vault);

const SCOPE = "/besuch/unterwegs/";
const SERVICE = `${SCOPE}dienst.js`;
const CLOCK_SLACK = 10 * 60_000;
const IDLE = 5 * 60_000;
const DRAFT_AFTER = 1000;

const one = (selector, root = document) => root.querySelector(selector);
const words = (key, x = "") => one(`[data-say="${key}"]`).content.textContent.replace("{$x}", x);
const german = (moment) => new Date(moment).toLocaleString("de-DE", { dateStyle: "short", timeStyle: "short" });
const germanDay = (day) => day.split("-").reverse().join(".");
const localDay = () => new Date().toLocaleDateString("sv-SE");

// ── Talking to the house ────────────────────────────────────────────────
async function ask(path, body, id) {
  const how = { credentials: "same-origin", redirect: "error", cache: "no-store" };
  const headers = { Accept: "application/json" };
  if (body) Object.assign(how, { method: "POST", body: JSON.stringify(body), headers: { ...headers, "Content-Type": "application/json", "Idempotency-Key": id } });
  try {
    const answer = await fetch(path, { headers, ...how });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

// ── Taking along ────────────────────────────────────────────────────────
const taking = one("[data-visit-take]");
if (taking && crypto.subtle && navigator.serviceWorker) {
  taking.hidden = false;
  one("[data-visit-plain]").hidden = true;
  const said = one("[data-visit-said]", taking);
  const [pin, again] = taking.querySelectorAll("input");
  one("form", taking).addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = weak(pin.value) ?? (pin.value === again.value ? null : "differ");
    said.textContent = wrong ? words(wrong) : "";
    if (wrong) return pin.focus();
    try {
      const problem = await take(taking.dataset.visitTake, pin.value);
      if (!problem) return location.assign(SCOPE);
      said.textContent = words(problem);
    } catch {
      said.textContent = words("failed");
    }
  });
}

async function take(visit, pin) {
  if ((await keys("notes")).length > 0) return "unsent";
  const answer = await ask(`/api/v1/visits/${visit}/pack`);
  if (answer.status === 422) return "over";
  if (answer.status !== 200) return "failed";
  await serviceReady();
  const meta = {
    visit, salt: crypto.getRandomValues(new Uint8Array(16)), rounds: ROUNDS, wrong: 0, seen: Date.now(),
    from: Date.parse(answer.body.prepared_at), until: Date.parse(answer.body.ends_at),
  };
  const key = await keyOf(pin, meta);
  await wipeAll();
  await put("vault", "proof", await seal(key, "proof", visit));
  await put("vault", "pack", await seal(key, "pack", answer.body));
  await put("vault", "meta", meta);
  return null;
}

async function serviceReady() {
  const registered = await navigator.serviceWorker.register(SERVICE, { scope: SCOPE });
  const service = registered.installing ?? registered.waiting ?? registered.active;
  if (service.state === "activated") return;
  await new Promise((done, failed) => service.addEventListener("statechange", () => {
    if (service.state === "activated") done();
    if (service.state === "redundant") failed(new Error("the service did not start"));
  }));
}

// ── On the way ──────────────────────────────────────────────────────────
const way = one("[data-visit-way]");
const part = (name) => one(`[data-visit-${name}]`, way);
let key = null; // while unlocked
let editing = null; // the id of the note being written
let idle = 0;
let draftTimer = 0;
let sending = null;

const say = (message) => { part("said").textContent = message; };
const show = (name) => ["none", "locked", "open"].forEach((each) => { part(each).hidden = each !== name; });

if (way && crypto.subtle) {
  part("plain").hidden = true;
  begin().catch(() => say(words("failed")));
}

async function begin() {
  one("#visit-day", way).value = localDay();
  part("unlock").addEventListener("submit", (event) => { event.preventDefault(); unlock(); });
  part("note").addEventListener("submit", (event) => { event.preventDefault(); keepNote(); });
  part("note").addEventListener("input", () => {
    clearTimeout(draftTimer);
    draftTimer = setTimeout(keepDraft, DRAFT_AFTER);
  });
  part("send").addEventListener("click", () => send());
  part("lock").addEventListener("click", () => lock(words("locked")));
  addEventListener("online", () => (key ? send() : contact()));
  ["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, rest));
  show((await keepTime()) || (await keys("notes")).length > 0 ? "locked" : "none");
  await contact();
}

/** Deletes what is over. Answers whether there is still something to read. */
async function keepTime() {
  const meta = await get("vault", "meta");
  if (!meta) return false;
  const now = Date.now();
  // A clock that was put back does not give a day more.
  if (now < meta.until && now > meta.seen - CLOCK_SLACK && now > meta.from - CLOCK_SLACK) {
    await put("vault", "meta", { ...meta, seen: Math.max(now, meta.seen) });
    return Boolean(await get("vault", "pack"));
  }
  if (await get("vault", "pack")) await forget("over");
  return false;
}

async function forget(why) {
  await drop("vault", "pack");
  part("cases").replaceChildren();
  part("until").textContent = "";
  // A note that is being written can still be ended: its case is known by its number alone.
  for (const option of one("#visit-case", way).options) option.textContent = option.dataset.number;
  say(words(why));
  if (!key) show((await keys("notes")).length > 0 ? "locked" : "none");
}

/** Asks the house whether what is here may still be read. Answers whether notes can be sent. */
async function contact() {
  const meta = await get("vault", "meta");
  if (!meta) return false;
  const { status, body } = await ask(`/api/v1/visits/${meta.visit}`);
  const packed = Boolean(await get("vault", "pack"));
  part("sign-in").hidden = status !== 401;
  if (status === 401 && key) say(words("sign-in"));
  if (status === 404 && packed) await forget("not-yours");
  if (status === 200 && body.state !== "open" && packed) await forget(body.state);
  return status === 200;
}

async function unlock() {
  const field = one("#visit-pin", way);
  const pin = field.value;
  field.value = "";
  await keepTime();
  const meta = await get("vault", "meta");
  // Counted before it is tried: taking the page away in between saves no try.
  await put("vault", "meta", { ...meta, wrong: meta.wrong + 1 });
  try {
    const tried = await keyOf(pin, meta);
    await unseal(tried, "proof", await get("vault", "proof"));
    key = tried;
  } catch {
    return wrongPin(meta.wrong + 1);
  }
  await put("vault", "meta", { ...(await get("vault", "meta")), wrong: 0 });
  say("");
  await open();
  rest();
  await send();
}

async function wrongPin(wrong) {
  const left = MOST_WRONG - wrong;
  if (left > 0) return say(left === 1 ? words("wrong-last") : words("wrong", left));
  await wipeAll();
  show("none");
  say(words("wiped"));
}

async function open() {
  const [pack, meta] = [await get("vault", "pack"), await get("vault", "meta")];
  const cases = pack ? (await unseal(key, "pack", pack)).cases : [];
  part("until").textContent = pack ? words("until", german(meta.until)) : "";
  part("cases").replaceChildren(...cases.map(caseCard));
  one("#visit-case", way).replaceChildren(...cases.map((each) => choice(each, `${each.family} (${each.number})`)));
  await listNotes();
  part("note").closest("section").hidden = one("#visit-case", way).options.length === 0;
  show("open");
}

function lock(message) {
  key = null;
  editing = null;
  part("cases").replaceChildren();
  part("notes").replaceChildren();
  one("#visit-case", way).replaceChildren();
  blank();
  show("locked");
  say(message);
}

function rest() {
  clearTimeout(idle);
  if (key) idle = setTimeout(() => keepDraft().then(() => lock(words("locked"))), IDLE);
}

// ── What is read ────────────────────────────────────────────────────────
function element(name, content = "", className = "") {
  const made = document.createElement(name);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}

function list(title, lines) {
  const items = lines.map((line) => element("li", line));
  const all = element("ul");
  all.append(...items);
  return [element("h3", words(title)), items.length > 0 ? all : element("p", words("none"), "muted")];
}

const joined = (...parts) => parts.filter(Boolean).join(" · ");
const person = (each) => joined(
  each.name, each.role, each.age === null ? "" : words("age", each.age), each.language, each.interpreter, ...each.contacts, each.place);
const saying = (each) => joined(
  `${each.kind}, ${each.speaker ?? ""} ${germanDay(each.said_on)}: „${each.words}“`, each.own_part && `${words("own-part")} ${each.own_part}`);
const task = (each) => joined(each.what, each.due_on && words("at", germanDay(each.due_on)), each.is_late && words("late"));

function caseCard(each) {
  const card = element("details", "", "card");
  card.append(element("summary", `${each.family} (${each.number})`),
    ...list("people", each.people.map(person)), ...list("said", each.said.map(saying)), ...list("goals", each.goals),
    ...list("resources", each.resources), ...list("tasks", each.tasks.map(task)),
    ...(each.plan.length > 0 ? list("plan", each.plan.map(task)) : []));
  return card;
}

// ── What is written ─────────────────────────────────────────────────────
const field = (name) => one(`#visit-${name}`, way);
const confidence = () => one("[name=confidence]:checked", part("note"))?.value ?? "";
const saidOfNote = (message) => { part("note-said").textContent = message; };

function choice(each, label) {
  const made = Object.assign(element("option", label), { value: each.id });
  made.dataset.number = each.number;
  return made;
}

function blank() {
  part("note").reset();
  field("day").value = localDay();
  editing = null;
}

function typed(draft) {
  const chosen = field("case").selectedOptions[0];
  return {
    case: chosen?.value ?? "", number: chosen?.dataset.number ?? "", words: field("words").value,
    noted_on: field("day").value, confidence: confidence(), draft, problem: "",
  };
}

async function keep(note) {
  editing ??= crypto.randomUUID();
  await put("notes", editing, await seal(key, editing, note));
}

/** While typing: what was written is not lost when the battery is. */
async function keepDraft() {
  clearTimeout(draftTimer);
  if (!key || field("words").value.trim() === "") return;
  await keep(typed(true));
  saidOfNote(words("saved", new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" })));
}

async function keepNote() {
  clearTimeout(draftTimer);
  if (field("words").value.trim() === "") return saidOfNote(words("empty"));
  if (confidence() === "") return saidOfNote(words("no-confidence"));
  await keep(typed(false));
  blank();
  saidOfNote(words("saved", new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" })));
  await listNotes();
  await send();
}

async function notes() {
  const all = [];
  for (const id of await keys("notes")) all.push({ id, ...(await unseal(key, id, await get("notes", id))) });
  return all;
}

async function listNotes() {
  const all = await notes();
  const begun = all.find((each) => each.draft);
  if (begun && !editing) fill(begun.id, begun);
  part("notes").replaceChildren(...all.filter((each) => !each.draft).map(noteLine));
}

function fill(id, note) {
  const options = field("case");
  if (![...options.options].some((option) => option.value === note.case)) options.append(choice({ id: note.case, number: note.number }, note.number));
  options.value = note.case;
  field("words").value = note.words;
  field("day").value = note.noted_on;
  const chosen = one(`[name=confidence][value="${note.confidence}"]`, part("note"));
  if (chosen) chosen.checked = true;
  editing = id;
}

function noteLine(note) {
  const line = element("li", `${note.number}: ${note.words.slice(0, 120)}`);
  if (note.problem) line.append(element("p", `${words("kept-here")} ${note.problem}`, "kern-error"));
  const button = element("button", "", "kern-btn kern-btn--x-small kern-btn--secondary");
  button.type = "button";
  button.append(element("span", words("edit"), "kern-label"));
  // Other words are another note: should the first have arrived unheard, both stand in the file and none is lost.
  button.addEventListener("click", async () => {
    await keepDraft();
    editing = null;
    fill(crypto.randomUUID(), note);
    await keep(typed(true));
    await drop("notes", note.id);
    await listNotes();
    part("note").closest("section").hidden = false;
    field("words").focus();
  });
  line.append(button);
  return line;
}

// ── Bringing back ───────────────────────────────────────────────────────
function send() {
  sending ??= sendAll().finally(() => { sending = null; });
  return sending;
}

async function sendAll() {
  const waiting = (await notes()).filter((each) => !each.draft);
  const isThere = await contact();
  if (!isThere) {
    if (waiting.length > 0 && part("sign-in").hidden) say(words("offline"));
    return;
  }
  const meta = await get("vault", "meta");
  const told = { kept: 0, waits: 0 };
  for (const note of waiting) {
    if (!key || !(await sendOne(meta.visit, note, told))) break;
  }
  if (!key) return;
  await listNotes();
  report(told, waiting.length);
  if ((await keys("notes")).length === 0 && !(await get("vault", "pack"))) {
    await wipeAll();
    lock(part("said").textContent);
    show("none");
  }
}

/** Answers whether the next may be tried. */
async function sendOne(visit, { id, case: of, words: said, noted_on, confidence: whose, ...note }, told) {
  const body = { id, case: of, words: said, noted_on, confidence: whose };
  const answer = await ask(`/api/v1/visits/${visit}/notes`, body, id);
  if (answer.status === 200) {
    await drop("notes", id);
    told[answer.body.state] += 1;
    return true;
  }
  if (answer.status === 0 || answer.status === 401) {
    part("sign-in").hidden = answer.status !== 401;
    say(words(answer.status === 401 ? "sign-in" : "offline"));
    return false;
  }
  const problem = answer.body?.errors?.[0]?.message ?? answer.body?.title ?? words("failed");
  await put("notes", id, await seal(key, id, { ...note, ...body, problem }));
  return true;
}

const counted = (n) => (n === 1 ? words("note-one") : words("note-many", n));
function report({ kept, waits }, waiting) {
  const parts = [kept > 0 && words("sent", counted(kept)), waits > 0 && words("waits", counted(waits))].filter(Boolean);
  if (parts.length > 0) say(parts.join(" "));
  else if (waiting === 0 && part("said").textContent === "") say("");
}
