// @ts-check
// The sheet's form saves itself: to the server while one writes, and to this browser until the server has answered.
// Without this module the form is an ordinary one.

import { keep, kept } from "./keeping.js";

const WAIT = 1500;
const RETRY = 8000;

/** @typedef {{errors: Record<string, string[]>, theirs: string[], starts: Record<string, {base: number, was: string}>, lacks: string}} Answer */

/** Rows are numbered without gaps, as the server keeps them. @param {HTMLFormElement} form @returns {Array<[string, string]>} what is typed */
function typed(form) {
  /** @type {Array<[string, string]>} */
  const pairs = [];
  /** @type {Record<string, string[]>} */
  const rows = {};
  const dense = (/** @type {string} */ _, /** @type {string} */ list, /** @type {string} */ number) => {
    const known = (rows[list] ??= []);
    if (!known.includes(number)) known.push(number);
    return `${list}.${known.indexOf(number)}.`;
  };
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || /^(csrfmiddlewaretoken|revision|(base|was|settle)\..*)$/.test(name)) continue;
    if (value.trim()) pairs.push([name.replace(/^(.*?)\.(\d+)\./, dense), value.trim()]);
  }
  return pairs;
}

/** @param {HTMLFormElement} form @returns {Array<[string, string]>} the revision and the mark each field starts from */
function starts(form) {
  return [...new FormData(form)].flatMap(([name, value]) => (/^(base|was)\./.test(name) ? [[name, String(value)]] : []));
}

/** What says the same stays as it is: a link that has the focus keeps it. @param {Element} place @param {string} html */
function replace(place, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (fresh.innerHTML.trim() !== place.innerHTML.trim()) place.replaceChildren(fresh.content);
}

/** Says beside each field what the server refused. @param {HTMLFormElement} form @param {Record<string, string[]>} errors */
function showErrors(form, errors) {
  for (const said of form.querySelectorAll("[data-said]")) said.remove();
  for (const [path, messages] of Object.entries(errors)) {
    const box = form.querySelector(`#${CSS.escape(path)}`);
    const said = Object.assign(document.createElement("p"), { className: "errorlist", textContent: messages.join(" ") });
    said.dataset.said = path;
    if (box instanceof HTMLFieldSetElement) box.firstElementChild?.after(said);
    else box?.before(said);
  }
}

/** @param {any} box a form control; some (buttons, fieldsets) have no default to differ from */
const isTyped = (box) => {
  if (["checkbox", "radio"].includes(box.type)) return box.checked !== box.defaultChecked;
  return box.type !== "hidden" && box.defaultValue !== undefined && box.value !== box.defaultValue;
};

/** @param {HTMLFormElement} form */
function start(form) {
  const key = `draft.${form.dataset.autosave}`;
  const said = document.querySelector("[data-saved]");
  let timer = 0;
  const early = [...form.elements].some(isTyped); // before this module was there
  let saved = early ? "" : JSON.stringify(typed(form));

  /** @param {"saving" | "done" | "failed" | "wrong" | "collided"} what */
  const say = (what) => {
    if (said instanceof HTMLElement) said.textContent = said.dataset[what] ?? "";
  };

  const later = (/** @type {number} */ wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  /** A field that was saved starts from the text now on the server; one that was not keeps its start. @param {Answer} answer */
  const take = (answer) => {
    for (const [code, start] of Object.entries(answer.starts)) {
      const asked = form.querySelector(`[data-settle="${CSS.escape(code)}"]`);
      if (asked?.contains(document.activeElement)) document.getElementById(code)?.focus(); // never to the top of the page
      asked?.remove();
      for (const [name, value] of Object.entries(start)) {
        const box = form.elements.namedItem(`${name}.${code}`);
        if (box instanceof HTMLInputElement) box.value = String(value);
      }
    }
    for (const lacks of document.querySelectorAll("[data-lacks]")) replace(lacks, answer.lacks);
    showErrors(form, answer.errors);
  };

  const save = async () => {
    const text = JSON.stringify(typed(form));
    if (text === saved) return;
    say("saving");
    try {
      const body = new FormData(form);
      const response = await fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1" } });
      if (response.status !== 200 && response.status !== 409) throw new Error(String(response.status));
      const answer = /** @type {Answer} */ (await response.json());
      take(answer);
      saved = text;
      const isWhole = !answer.theirs.length && !Object.keys(answer.errors).length;
      if (isWhole && JSON.stringify(typed(form)) === text) keep(key, null);
      say(answer.theirs.length ? "collided" : isWhole ? "done" : "wrong");
    } catch {
      say("failed");
      later(RETRY);
    }
  };

  const change = () => {
    keep(key, JSON.stringify({ starts: starts(form), pairs: typed(form) }));
    later(WAIT);
  };

  offer(form, key, saved, change);
  form.addEventListener("input", change);
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("online", () => later(0));
  if (early) change();
}

/** @param {HTMLFormElement} form @param {string} key @param {string} saved @param {() => void} change */
function offer(form, key, saved, change) {
  const notice = form.querySelector("[data-kept]");
  const copy = /** @type {{starts: unknown, pairs: Array<[string, string]>} | null} */ (JSON.parse(kept(key) ?? "null"));
  if (!(notice instanceof HTMLElement) || !copy) return;
  if (JSON.stringify(copy.pairs) === saved) return keep(key, null);
  notice.hidden = false;
  notice.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    const isRestored = "restore" in event.target.dataset;
    if (!isRestored && !("forget" in event.target.dataset)) return;
    notice.hidden = true;
    if (!isRestored) return keep(key, null);
    form.dispatchEvent(new CustomEvent("draft:restore", { detail: copy }));
    return change();
  });
}

document.querySelectorAll("form[data-autosave]").forEach((form) => form instanceof HTMLFormElement && start(form));
