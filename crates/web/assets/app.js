// SPDX-License-Identifier: EUPL-1.2
// Enhancement only: every page works without this file.
//
//   <form data-draft="FORM KEY" data-draft-version="3"> … <textarea data-autosave name="…"> … <p data-draft-state aria-live="polite">
//   <form data-duplicates="/eingang/dubletten" data-fields="name,geburtstag"> … <div class="duplicates" data-duplicates-target>
//   <input list="LIST" data-suggest="/angebote/vorschlag"> asks what may be meant and puts it into its datalist
//   <p data-shortcut-switch hidden><button data-on="…" data-off="…"> switches single keys off in this browser, and on again
//   <body data-shortcuts="on|off">, <input data-shortcut="search"> (/), <a data-shortcut="help"> (?)
//   <div data-live="/address"><div data-mark="…"> follows its address; <p data-left="SECONDS"> counts; <p role="status" data-live-say>
//   <a|button data-key="n"> is pressed by this key
//   <form|button data-confirm="Frage?">, <form data-submit-often> switches the guard against double submits off

const DRAFTS = "/entwuerfe";
const AFTER_LAST_KEY = 1500;
const DUPLICATES_AFTER = 300;
const SUGGEST_AFTER = 200;
const SUGGEST_FROM = 3;
const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;
const GUARD = 10000;
const LAST_DRAFT = 3000;

// ── (a) Drafts ──────────────────────────────────────────────────────────
class Draft {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.draft;
    this.state = form.querySelector("[data-draft-state]");
    this.waiting = new Map(); // field name → control
    this.timer = 0;
    this.retry = FIRST_RETRY;
    this.sending = null;
    this.closed = false;
    for (const control of form.querySelectorAll("[data-autosave]")) {
      control.addEventListener("input", () => this.note(control));
      control.addEventListener("blur", () => this.send());
    }
  }

  note(control) {
    this.waiting.set(control.name, control);
    // Once offline, the next try is the one already set: typing must not push it away.
    if (this.state?.dataset.state !== "offline") this.plan(AFTER_LAST_KEY);
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  body(name, control) {
    const version = this.form.dataset.draftVersion ?? "";
    return new URLSearchParams({ form: this.key, field: name, text: control.value, version });
  }

  // One field after the other, so that an older text never overtakes a newer one.
  send() {
    clearTimeout(this.timer);
    this.sending ??= this.sendAll().finally(() => { this.sending = null; });
    return this.sending;
  }

  async sendAll() {
    while (this.waiting.size > 0 && !this.closed) {
      const [name, control] = this.waiting.entries().next().value;
      this.waiting.delete(name);
      const answer = await post(this.body(name, control));
      if (answer?.ok) {
        this.retry = FIRST_RETRY;
        this.say("saved", `Entwurf gespeichert um ${clock()}`);
      } else {
        if (!this.waiting.has(name)) this.waiting.set(name, control);
        this.fail(answer?.status);
        return;
      }
    }
  }

  fail(status) {
    if (status === 401 || status === 403) {
      this.say("offline", "Sie sind abgemeldet. Melden Sie sich in einem neuen Tab an; dann wird der Entwurf hier weiter gespeichert.");
    } else if (status >= 400 && status < 500) {
      this.say("offline", "Der Entwurf konnte nicht gespeichert werden. Bitte speichern Sie das Formular.");
    } else {
      this.say("offline", "Keine Verbindung. Ihr Text ist noch nicht gespeichert; wir versuchen es weiter.");
    }
    this.plan(this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }

  // The page goes: what is left is handed to the browser, which sends it even afterwards.
  flush() {
    for (const [name, control] of this.waiting) {
      if (!navigator.sendBeacon?.(DRAFTS, this.body(name, control))) post(this.body(name, control));
    }
    this.waiting.clear();
  }

  // The form itself is on its way: a late draft must not outlive it.
  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  say(state, text) {
    if (!this.state) return;
    this.state.dataset.state = state;
    if (this.state.textContent !== text) this.state.textContent = text;
  }
}

async function post(body) {
  // With keepalive a request outlives its page; browsers allow that up to 64 KiB.
  const keepalive = body.toString().length < 60000;
  try {
    return await fetch(DRAFTS, { method: "POST", body, keepalive, credentials: "same-origin", redirect: "error" });
  } catch {
    return null;
  }
}

function clock() {
  return new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
}

const drafts = new Map([...document.querySelectorAll("form[data-draft]")].map((form) => [form, new Draft(form)]));
addEventListener("pagehide", () => drafts.forEach((draft) => draft.flush()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") drafts.forEach((draft) => draft.send());
});
addEventListener("online", () => drafts.forEach((draft) => draft.send()));

// ── (b) Duplicates while typing ─────────────────────────────────────────
for (const form of document.querySelectorAll("[data-duplicates]")) {
  const target = form.querySelector("[data-duplicates-target]") ?? document.querySelector("[data-duplicates-target]");
  const names = (form.dataset.fields ?? "").split(",").map((name) => name.trim()).filter(Boolean);
  let timer = 0;
  let asked = null;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams(names.map((name) => [name, form.elements[name]?.value ?? ""]));
    try {
      const answer = await fetch(`${form.dataset.duplicates}?${query}`, {
        signal: asked.signal, credentials: "same-origin", redirect: "error", headers: { Accept: "text/html" },
      });
      // Our own server escaped this fragment; nothing typed is put into it here.
      if (answer.ok) target.innerHTML = await answer.text();
    } catch { /* a newer question overtook this one, or the line is down: the form stays as it is */ }
  };
  if (target) {
    form.addEventListener("input", (event) => {
      if (!names.includes(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, DUPLICATES_AFTER);
    });
  }
}

// ── (b2) A meeting in its room: it follows by itself, and a clock reminds ──
const LOOK_AGAIN = 5000;
const live = document.querySelector("[data-live]");
if (live) {
  const say = document.querySelector("[data-live-say]");
  let ends = 0;
  let told = "";
  const tell = (text) => { if (text && told !== text) say.textContent = told = text; };
  const read = () => {
    const clock = live.querySelector("[data-left]");
    ends = clock ? performance.now() + Number(clock.dataset.left) * 1000 : 0;
    return clock;
  };
  const tick = () => {
    const clock = live.querySelector("[data-left]");
    const shown = clock?.querySelector("[data-clock]");
    if (!shown) return;
    const left = Math.round((ends - performance.now()) / 1000);
    const minutes = Math.floor(Math.abs(left) / 60);
    const seconds = String(Math.abs(left) % 60).padStart(2, "0");
    shown.textContent = `${left < 0 ? "+" : ""}${minutes}:${seconds}`;
    clock.classList.toggle("is-over", left < 0);
    // Said once each, politely; the running numbers are not read out.
    if (left < 0) tell(clock.dataset.over);
    else if (left <= 60) tell(clock.dataset.soon);
  };
  const look = async () => {
    if (document.visibilityState === "hidden") return;
    try {
      const answer = await fetch(live.dataset.live, { credentials: "same-origin", redirect: "error", headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const next = document.createElement("template");
      // Our own server escaped this fragment.
      next.innerHTML = await answer.text();
      const mark = (root) => root.querySelector("[data-mark]")?.dataset.mark;
      if (mark(next.content) === mark(live) || live.contains(document.activeElement)) return;
      const phase = (root) => root.querySelector("[data-begin]")?.dataset.begin;
      const before = phase(live);
      live.replaceChildren(next.content);
      read();
      if (phase(live) !== before) tell(phase(live));
      tick();
    } catch { /* the line is down: the page stays as it is and looks again */ }
  };
  if (read()) tick();
  setInterval(tick, 1000);
  setInterval(look, LOOK_AGAIN);
}

// ── (c) Suggestions while typing ────────────────────────────────────────
for (const field of document.querySelectorAll("input[data-suggest]")) {
  let timer = 0;
  let asked = null;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const query = new URLSearchParams({ q: field.value });
      const answer = await fetch(`${field.dataset.suggest}?${query}`, {
        signal: asked.signal, credentials: "same-origin", redirect: "error", headers: { Accept: "application/json" },
      });
      if (!answer.ok || !field.list) return;
      const words = await answer.json();
      field.list.replaceChildren(...words.map((word) => Object.assign(document.createElement("option"), { value: word })));
    } catch { /* a newer question overtook this one, or the line is down: what was offered before stays */ }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length >= SUGGEST_FROM) timer = setTimeout(ask, SUGGEST_AFTER);
  });
}

// ── (d) Keys ────────────────────────────────────────────────────────────
// Single keys can be switched off (WCAG 2.1.4). It is this browser's matter, so this browser keeps it.
const KEYS_OFF = "sozialraum-tasten-aus";
const keysOff = () => {
  try { return localStorage.getItem(KEYS_OFF) !== null; } catch { return false; /* kept nowhere: then they are on */ }
};
const keySwitch = document.querySelector("[data-shortcut-switch]");
if (keySwitch) {
  const button = keySwitch.querySelector("button");
  const label = () => { button.firstElementChild.textContent = keysOff() ? button.dataset.on : button.dataset.off; };
  button.addEventListener("click", () => {
    if (keysOff()) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
    label();
  });
  label();
  keySwitch.hidden = false;
}
const typing = (element) => element instanceof Element && (element.closest("input, textarea, select") || element.isContentEditable);
document.addEventListener("keydown", (event) => {
  if (document.body.dataset.shortcuts === "off" || keysOff() || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-shortcut=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === "?") {
    document.querySelector("a[data-shortcut=help]")?.click();
  } else if (event.key === "i" && live) {
    event.preventDefault();
    document.getElementById("idea-form-words")?.focus();
  } else if (/^[a-z]$/.test(event.key)) {
    document.querySelector(`[data-key="${event.key}"]`)?.click();
  }
});

// An open person menu closes with Escape and by a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.person-menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.person-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// ── (e, f) Sending a form: the question first, then once only ────────────
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (waitsForDraft(form, event)) return;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (event.defaultPrevented || (question && !window.confirm(question))) {
    event.preventDefault();
    return;
  }
  if (form.method === "get" || form.target === "_blank" || form.hasAttribute("data-submit-often")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  drafts.get(form)?.close();
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), GUARD);
});

// A draft still on its way must not arrive after the form that ends it.
function waitsForDraft(form, event) {
  const draft = drafts.get(form);
  if (!draft?.sending || event.defaultPrevented || form.dataset.sent) return false;
  event.preventDefault();
  draft.close();
  const arrived = Promise.race([draft.sending, new Promise((late) => setTimeout(late, LAST_DRAFT))]);
  const { submitter } = event;
  arrived.finally(() => {
    draft.sending = null;
    if (!form.dataset.sent) form.requestSubmit(submitter);
  });
  return true;
}

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  const draft = drafts.get(form);
  if (draft) draft.closed = false;
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

// The first thing to read after a failed form is what to mend.
document.querySelector(".error-summary[tabindex], .notice[autofocus]")?.focus();

// On a phone the parts of a case are one row that scrolls: the part that is open is in sight.
for (const row of document.querySelectorAll(".sub-nav")) {
  const here = row.querySelector("[aria-current]");
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
