// @ts-check
// Keeps what one writes in a message, a trial, a proposal: in this browser at every key, on the server a moment later. A copy is thrown away only once
// the text was sent. Without this module the server keeps it at each preview and each refusal.

import { keep, kept } from "./keeping.js";
import { fill } from "./restoring.js";

const WAIT = 1500;
const SENT = "draft-sent";

/** @param {() => void} attempt storage may be refused: then the server's copy is the only one */
function quietly(attempt) {
  try {
    attempt();
  } catch {
    // nothing to do
  }
}

/** @param {HTMLFormElement} form @returns {string} */
const keyOf = (form) => `draft.${form.dataset.draft}`;

/** @param {HTMLFormElement} form @returns {Array<[string, string]>} what a person filled in */
function typed(form) {
  const hidden = new Set([...form.querySelectorAll("input[type=hidden]")].map((box) => box.getAttribute("name")));
  const filled = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value.trim() && !hidden.has(name));
  return /** @type {Array<[string, string]>} */ (filled);
}

/** @param {Array<[string, string]>} pairs @returns {number} how much was written */
const sizeOf = (pairs) => pairs.reduce((size, [, value]) => size + value.length, 0);

/** @type {WeakMap<HTMLFormElement, number>} */
const timers = new WeakMap();

/** Throws the copy of this browser away: the text was sent. @param {HTMLFormElement} form */
export function forget(form) {
  clearTimeout(timers.get(form));
  keep(keyOf(form), null);
  const said = form.querySelector("[data-draft-said]");
  if (said) said.textContent = "";
}

/** @param {HTMLFormElement} form @param {"saved" | "local"} what */
function say(form, what) {
  const said = form.querySelector("[data-draft-said]");
  if (said instanceof HTMLElement) said.textContent = said.dataset[what] ?? "";
}

/** @param {HTMLFormElement} form */
async function save(form) {
  const before = JSON.stringify(typed(form));
  try {
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    if (before === JSON.stringify(typed(form))) {
      say(form, "saved");
      keep(keyOf(form), null);
    }
  } catch {
    say(form, "local");
    timers.set(form, setTimeout(() => save(form), 8 * WAIT));
  }
}

/** @param {HTMLFormElement} form */
function restore(form) {
  const pairs = /** @type {Array<[string, string]>} */ (JSON.parse(kept(keyOf(form)) ?? "[]"));
  if (sizeOf(pairs) <= sizeOf(typed(form))) return; // the server has as much, or more from elsewhere
  fill(form, pairs);
  say(form, "local");
  timers.set(form, setTimeout(() => save(form), WAIT));
}

/** @param {HTMLFormElement} form */
function start(form) {
  restore(form);
  form.addEventListener("input", () => {
    keep(keyOf(form), JSON.stringify(typed(form)));
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), WAIT));
  });
  form.addEventListener("submit", (event) => {
    const asked = event.submitter;
    if (asked instanceof HTMLButtonElement && asked.name === "forget") return forget(form);
    if (event.defaultPrevented || (asked instanceof HTMLButtonElement && asked.name)) return;
    clearTimeout(timers.get(form));
    quietly(() => sessionStorage.setItem(SENT, keyOf(form)));
  });
}

/** What was sent by an ordinary form is thrown away on the page after it, unless that is the form again, refused. */
function forgetSent() {
  quietly(() => {
    const key = sessionStorage.getItem(SENT);
    if (!key) return;
    sessionStorage.removeItem(SENT);
    const again = [...document.querySelectorAll("form[data-draft]")].find((f) => f instanceof HTMLFormElement && keyOf(f) === key);
    if (!(again instanceof HTMLFormElement) || !typed(again).length) keep(key, null);
  });
}

forgetSent();
for (const form of document.querySelectorAll("form[data-draft]")) {
  if (form instanceof HTMLFormElement) start(form);
}
