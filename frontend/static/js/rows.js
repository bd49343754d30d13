// @ts-check
// Adds a row to a list of records in place. Without this module the button saves the form, which brings two more rows.

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function rowsOf(list) {
  return [...list.children].filter((child) => child instanceof HTMLFieldSetElement);
}

/** Writes a row's number wherever the names of its inputs say it. @param {HTMLElement} row @param {string} from @param {string} to */
function rename(row, from, to) {
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of ["id", "name", "for", "aria-describedby", "value", "hx-target"]) {
      const text = element.getAttribute(attribute);
      if (text && (attribute !== "value" || element instanceof HTMLButtonElement)) {
        element.setAttribute(attribute, text.replace(from, to).replace(dashed(from), dashed(to)));
      }
    }
  }
}

/** @param {string} path @returns {string} the path as the ids of previews write it */
function dashed(path) {
  return `preview-${path.replaceAll(".", "")}`;
}

/** @param {HTMLElement} row */
function empty(row) {
  for (const box of row.querySelectorAll("input, textarea, select")) {
    if (box instanceof HTMLInputElement && (box.type === "checkbox" || box.type === "radio")) box.checked = false;
    else if (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) box.value = "";
    else if (box instanceof HTMLSelectElement) box.selectedIndex = 0;
    box.removeAttribute("aria-invalid");
  }
  for (const said of row.querySelectorAll(".errorlist, .notice")) said.remove();
}

/** @param {HTMLElement} list @param {HTMLButtonElement} button */
function add(list, button) {
  const rows = rowsOf(list);
  const last = rows.at(-1);
  if (!last || rows.length >= Number(list.dataset.rows)) return;
  const row = last.cloneNode(true);
  if (!(row instanceof HTMLElement)) return;
  rename(row, `${list.id}.${rows.length - 1}`, `${list.id}.${rows.length}`);
  empty(row);
  const legend = row.querySelector("legend");
  if (legend) legend.textContent = String(rows.length + 1);
  last.after(row);
  button.hidden = rows.length + 1 >= Number(list.dataset.rows);
  /** @type {HTMLElement | null} */ (row.querySelector("input, textarea, select"))?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-more]") : null;
  const list = button?.closest("[data-rows]");
  if (!(button instanceof HTMLButtonElement) || !(list instanceof HTMLElement)) return;
  event.preventDefault();
  add(list, button);
});
