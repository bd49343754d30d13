// @ts-check
// The sheet's form saves itself: to the server while one writes, and to this browser until the server has answered.
// Without this module the form is an ordinary one.

const WAIT = 1500;

/** @typedef {{revision: number, errors: Record<string, string[]>, theirs: Record<string, unknown>}} Answer */

/** @param {HTMLFormElement} form @returns {Array<[string, string]>} what is typed, less the secrets */
function typed(form) {
  /** @type {Array<[string, string]>} */
  const pairs = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "revision") pairs.push([name, value]);
  }
  return pairs;
}

/** @param {string} key @param {string | null} text */
function keep(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Storage refused: the server's copy is the only one.
  }
}

/** @param {string} key */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form @param {Array<[string, string]>} pairs */
function fill(form, pairs) {
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    if (box instanceof HTMLInputElement) box.checked = false;
  }
  for (const [name, value] of pairs) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked ||= field.value === value;
      else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
      else if (field instanceof HTMLSelectElement) field.value = value;
    }
  }
}

/** @param {HTMLFormElement} form */
function start(form) {
  const key = `draft.${form.dataset.autosave}`;
  const said = form.querySelector("[data-saved]");
  const revision = form.elements.namedItem("revision");
  let timer = 0;
  let saved = JSON.stringify(typed(form));

  /** @param {"saving" | "done" | "failed" | "wrong" | "collided"} what */
  const say = (what) => {
    if (said instanceof HTMLElement) said.textContent = said.dataset[what] ?? "";
  };

  /** @param {Answer} answer @param {string} text */
  const take = (answer, text) => {
    if (Object.keys(answer.theirs).length) return say("collided");
    if (revision instanceof HTMLInputElement) revision.value = String(answer.revision);
    if (Object.keys(answer.errors).length) return say("wrong");
    saved = text;
    keep(key, null);
    return say("done");
  };

  const save = async () => {
    const text = JSON.stringify(typed(form));
    if (text === saved) return;
    say("saving");
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1" },
      });
      if (response.status !== 200 && response.status !== 409) throw new Error(String(response.status));
      take(await response.json(), text);
    } catch {
      say("failed");
    }
  };

  const change = () => {
    keep(key, JSON.stringify(typed(form)));
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };

  offer(form, key, saved, change);
  form.addEventListener("input", change);
  form.addEventListener("submit", () => clearTimeout(timer));
}

/** @param {HTMLFormElement} form @param {string} key @param {string} saved @param {() => void} change */
function offer(form, key, saved, change) {
  const notice = form.querySelector("[data-kept]");
  const text = kept(key);
  if (!(notice instanceof HTMLElement) || text === null || text === saved) return;
  notice.hidden = false;
  notice.querySelector("[data-restore]")?.addEventListener("click", () => {
    fill(form, JSON.parse(text));
    notice.hidden = true;
    change();
  });
  notice.querySelector("[data-forget]")?.addEventListener("click", () => {
    keep(key, null);
    notice.hidden = true;
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  if (form instanceof HTMLFormElement) start(form);
}
