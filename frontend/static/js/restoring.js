// @ts-check
// Puts a text that this browser kept back into its form, rows and boxes included; writing.js and drafting.js ask for it.
// Each field goes back to what that text started from: what others changed since collides, and is shown.

/** @param {HTMLFormElement} form @param {string} name @returns {Element[]} */
function boxesOf(form, name) {
  const find = () => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const list = form.querySelector(`[data-rows]#${CSS.escape(name.replace(/\.\d+\..*$/, ""))}`);
  const more = list?.querySelector("button[data-more]");
  for (let n = 0; n < 30 && !find().length && more instanceof HTMLButtonElement && !more.hidden; n++) more.click();
  return find();
}

/** @param {HTMLFormElement} form @param {Array<[string, string]>} pairs */
export function fill(form, pairs) {
  for (const box of form.querySelectorAll("input:not([type=hidden], [type=radio]), textarea, select")) {
    if (box instanceof HTMLInputElement && box.type === "checkbox") box.checked = false;
    else if (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) box.value = "";
    else if (box instanceof HTMLSelectElement) box.value = "";
  }
  /** @type {Record<string, number>} */
  const seen = {};
  for (const [name, value] of pairs) {
    const boxes = boxesOf(form, name);
    const place = (seen[name] = (seen[name] ?? -1) + 1);
    for (const [n, box] of boxes.entries()) {
      if (box instanceof HTMLInputElement && /^(checkbox|radio)$/.test(box.type)) box.checked ||= box.value === value;
      else if (n !== Math.min(place, boxes.length - 1)) continue;
      else if (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) box.value = value;
      else if (box instanceof HTMLSelectElement) box.value = value;
    }
  }
}

document.addEventListener(
  "draft:restore",
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !(event instanceof CustomEvent)) return;
    for (const [name, value] of event.detail.starts) {
      const start = form.elements.namedItem(name);
      if (start instanceof HTMLInputElement) start.value = value;
    }
    fill(form, event.detail.pairs);
  },
  { capture: true },
);
