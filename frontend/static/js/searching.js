// @ts-check
// Offers answers under the search box while one types, as a list that the arrows walk through; Ctrl+K goes to the box.
// Without this module the box is a plain form.

const WAIT = 150;
const SHORTEST = 2;

/** @param {HTMLInputElement} box @param {HTMLElement} list */
function start(box, list) {
  let timer = 0;
  let asking = new AbortController();

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector('[aria-selected="true"]');

  const close = () => {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    list.replaceChildren(); // two boxes of one page never name the same options
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  /** @param {Element | undefined} option nothing: back to the box */
  const choose = (option) => {
    active()?.removeAttribute("aria-selected");
    box.removeAttribute("aria-activedescendant");
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };

  /** @param {Element | null} option */
  const go = (option) => {
    if (option instanceof HTMLElement && option.dataset.href) location.assign(option.dataset.href);
  };

  const ask = async () => {
    const q = box.value.trim();
    asking.abort();
    if (q.length < SHORTEST) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${box.dataset.suggestions}?${new URLSearchParams({ q })}`, { signal });
      const html = answer.ok ? await answer.text() : "";
      if (signal.aborted) return undefined;
      list.innerHTML = html; // our own fragment: texts in it are escaped
    } catch {
      return undefined; // a newer request is under way, or the network is away: Enter still works
    }
    const first = options()[0];
    if (!(first instanceof HTMLElement)) return close();
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.removeAttribute("aria-activedescendant");
    const status = document.getElementById("status");
    if (status) status.textContent = first.dataset.said ?? "";
    return undefined;
  };

  /** @param {number} step */
  const walk = (step) => {
    const all = options();
    const stops = all.length + 1; // the box is one of them
    const here = all.findIndex((option) => option === active());
    choose(all[(here + 1 + step + stops) % stops - 1]);
  };

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) walk(event.key === "ArrowDown" ? 1 : -1);
      else void ask();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the first closes the list, the next empties the box
      close();
    } else if (event.key === "Enter" && isOpen && active()) {
      event.preventDefault();
      go(active());
    }
  };

  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    box.setAttribute(name, value);
  }
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => event.target instanceof Element && go(event.target.closest("[role=option]")));
}

/** @param {KeyboardEvent} event */
function focusOnCtrlK(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
  const boxes = [...document.querySelectorAll("input[data-search-box]")];
  const box = boxes.at(-1); // the page's own, where there is one
  if (!(box instanceof HTMLInputElement)) return;
  event.preventDefault();
  box.focus();
  box.select();
}

for (const box of document.querySelectorAll("input[data-suggestions]")) {
  const list = box.parentElement?.querySelector("[role=listbox]");
  if (box instanceof HTMLInputElement && list instanceof HTMLElement) start(box, list);
}
for (const box of document.querySelectorAll("input[data-search-box]")) {
  if (!(box instanceof HTMLInputElement)) continue;
  box.setAttribute("aria-keyshortcuts", "Control+K");
  if (matchMedia("(pointer: fine) and (min-width: 30rem)").matches) box.placeholder += " (Ctrl+K)";
}
document.addEventListener("keydown", focusOnCtrlK);
export {}; // a module: its names are its own
