// @ts-check
// Offers people's names while one types « @… » in a box, as a list that the arrows walk through. Without this module the
// handle is typed by hand: it stands on each person's page.

const WAIT = 120;
const BEGUN = /(?<=^|[\s(«"'])@([\p{L}\p{N}][\p{L}\p{N}-]{0,39})$/u;

/** @typedef {{id: number, name: string, handle: string, institution: string | null}} Person */

/** @param {HTMLTextAreaElement} box @param {HTMLElement} list */
function start(box, list) {
  /** @type {Person[]} */ let people = [];
  let chosen = 0;
  let timer = 0;
  let asking = new AbortController();

  /** The « @… » before the caret. @returns {RegExpExecArray | null} */
  const begun = () => BEGUN.exec(box.value.slice(0, box.selectionStart));

  const close = () => {
    clearTimeout(timer);
    asking.abort();
    people = [];
    list.hidden = true;
    list.replaceChildren();
    // Closed, it is a text box of many lines again, and not a combobox.
    for (const name of ["role", "aria-expanded", "aria-activedescendant", "aria-controls", "aria-autocomplete"]) box.removeAttribute(name);
  };

  const show = () => {
    [...list.children].forEach((option, number) => {
      option.toggleAttribute("aria-selected", false);
      if (number === chosen) option.setAttribute("aria-selected", "true");
    });
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", `mention-${chosen}`);
  };

  /** @param {Person} person @param {number} number */
  const option = (person, number) => {
    const row = document.createElement("li");
    row.id = `mention-${number}`;
    row.setAttribute("role", "option");
    const name = document.createElement("span");
    name.textContent = person.name;
    const handle = document.createElement("span");
    handle.className = "meta";
    handle.textContent = `@${person.handle}`;
    row.append(name, handle);
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps the focus
      take(person);
    });
    return row;
  };

  const open = () => {
    chosen = 0;
    list.replaceChildren(...people.map(option));
    list.hidden = false;
    const states = { role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(states)) box.setAttribute(name, value);
    const status = document.getElementById("status");
    if (status) status.textContent = `${people.length} ${list.dataset.said ?? ""}`;
    show();
  };

  const ask = async () => {
    const q = begun()?.[1];
    asking.abort();
    if (!q) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const space = box.form?.elements.namedItem("space");
      const asked = new URLSearchParams({ q });
      if (space instanceof HTMLSelectElement) asked.set("space", space.value);
      const answer = await fetch(`${box.dataset.people}?${asked}`, { signal });
      const told = answer.ok ? await answer.json() : { results: [] };
      if (signal.aborted) return undefined;
      people = told.results;
    } catch {
      return undefined; // a newer question is under way, or the network is away
    }
    if (!people.length) return close();
    return open();
  };

  /** @param {Person} person */
  const take = (person) => {
    const found = begun();
    close();
    if (!found) return;
    box.setRangeText(`@${person.handle} `, found.index, box.selectionStart, "end");
    box.dispatchEvent(new Event("input", { bubbles: true })); // the draft is kept
  };

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const person = people[chosen];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + people.length) % people.length;
      show();
    } else if ((event.key === "Enter" || event.key === "Tab") && person) take(person);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (!begun()) return close();
    timer = setTimeout(ask, WAIT);
    return undefined;
  });
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
}

for (const box of document.querySelectorAll("textarea[data-people]")) {
  const list = box.closest(".talk-box")?.querySelector("[role=listbox]");
  if (box instanceof HTMLTextAreaElement && list instanceof HTMLElement) start(box, list);
}
export {}; // a module: its names are its own
