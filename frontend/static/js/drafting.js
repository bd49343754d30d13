// @ts-check
// Keeps what one writes: in this browser at every key, on the server a moment later. A copy is thrown away only once
// the text was sent. Without this module the server keeps it at each preview and each refusal.

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

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement | HTMLTextAreaElement | null} */
function boxOf(form, name) {
  const box = form.elements.namedItem(name);
  return box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement ? box : null;
}

/** @param {HTMLFormElement} form @returns {{title: string, body: string}} */
const typed = (form) => ({ title: boxOf(form, "title")?.value ?? "", body: boxOf(form, "body")?.value ?? "" });

/** @type {WeakMap<HTMLFormElement, number>} */
const timers = new WeakMap();

/** Throws the copy of this browser away: the text was sent. @param {HTMLFormElement} form */
export function forget(form) {
  clearTimeout(timers.get(form));
  quietly(() => localStorage.removeItem(keyOf(form)));
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
      quietly(() => localStorage.removeItem(keyOf(form)));
    }
  } catch {
    say(form, "local");
    timers.set(form, setTimeout(() => save(form), 8 * WAIT));
  }
}

/** @param {HTMLFormElement} form */
function restore(form) {
  quietly(() => {
    const kept = localStorage.getItem(keyOf(form));
    if (!kept) return;
    for (const [name, text] of Object.entries(JSON.parse(kept))) {
      const box = boxOf(form, name);
      if (box && typeof text === "string" && text.length > box.value.length) box.value = text;
    }
    say(form, "local");
  });
}

/** @param {HTMLFormElement} form */
function start(form) {
  restore(form);
  form.addEventListener("input", () => {
    quietly(() => localStorage.setItem(keyOf(form), JSON.stringify(typed(form))));
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), WAIT));
  });
  form.addEventListener("submit", (event) => {
    const asked = event.submitter;
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
    if (!(again instanceof HTMLFormElement) || !typed(again).body) localStorage.removeItem(key);
  });
}

forgetSent();
for (const form of document.querySelectorAll("form[data-draft]")) {
  if (form instanceof HTMLFormElement) start(form);
}
