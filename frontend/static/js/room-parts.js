// @ts-check
// Owns the parts of a room's page: puts the server's own partials in their place, marks what is the reader's own.

/** @param {string} id @returns {HTMLElement} */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Puts new content into a part; the focus stays on the same button when it is still there. @param {HTMLElement} place @param {string} html */
function fill(place, html) {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  const name = held instanceof HTMLButtonElement ? [held.formAction, held.name, held.value].join() : "";
  place.innerHTML = html; // the server's own partial: texts in it are escaped or sanitised
  if (!held) return;
  const same = [...place.querySelectorAll("button")].find((one) => [one.formAction, one.name, one.value].join() === name);
  (same ?? place).focus({ preventScroll: true });
}

export class Parts {
  /** @type {Set<string>} */ voted = new Set();
  #timer = 0;

  /** @param {HTMLElement} room */
  constructor(room) {
    this.room = room;
    for (const button of part("questions").querySelectorAll("[data-vote][value=off]")) this.#vote(button);
    this.mark();
  }

  /** @param {Element} button */
  #vote(button) {
    const pk = button.closest("[data-question]")?.getAttribute("data-question");
    if (pk) this.voted.add(pk);
  }

  /** @param {Record<string, string>} html by the id of the element */
  apply(html) {
    for (const [id, text] of Object.entries(html)) {
      if (id.startsWith("bloc-")) placeBlock(id, text);
      else if (id === "sondages" && part(id).querySelector("[data-mine]")) this.readPolls(1500 * Math.random());
      else fill(part(id), text);
    }
    this.mark();
  }

  /** Reads the polls again as this reader sees them, who has answered some: a frame is everybody's. @param {number} wait */
  readPolls(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read("sondages").catch(() => {}), wait);
  }

  /** @param {string} id */
  async read(id) {
    const answer = await fetch(location.pathname, { headers: { "HX-Request": "true", "HX-Target": id } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    fill(part(id), await answer.text());
    this.mark();
  }

  /** Marks one's own hand and turn, and the questions that have one's voice; gives the forms of a frame one's key. */
  mark() {
    const key = document.querySelector("#gestes [name=csrfmiddlewaretoken]");
    for (const form of document.querySelectorAll("#blocs form")) {
      if (key && !form.querySelector("[name=csrfmiddlewaretoken]")) form.append(key.cloneNode());
    }
    const me = this.room.dataset.me ?? "";
    for (const row of document.querySelectorAll("[data-person]")) row.classList.toggle("is-own", row.getAttribute("data-person") === me);
    const isUp = part("file").querySelector(`[data-hand][data-person="${me}"]`) !== null;
    part("lever").hidden = isUp;
    part("main-levee").hidden = !isUp;
    for (const button of document.querySelectorAll("[data-vote]")) {
      if (!(button instanceof HTMLButtonElement)) continue;
      const isMine = this.voted.has(button.closest("[data-question]")?.getAttribute("data-question") ?? "");
      const word = button.querySelector("[data-word]");
      button.value = isMine ? "off" : "on";
      if (word) word.textContent = (isMine ? button.dataset.off : button.dataset.on) ?? "";
    }
  }
}

/** Puts a block of the minutes in its place. A box that somebody writes in stays under their hand. @param {string} id @param {string} html */
function placeBlock(id, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.firstElementChild?.matches("article") ? holder.content.firstElementChild : holder.content.querySelector("article");
  const old = document.getElementById(id);
  if (!fresh) return void old?.remove();
  if (!old) return void part("blocs").append(fresh);
  const open = old.querySelector("details[open]");
  if (!(open instanceof HTMLDetailsElement)) return void old.replaceWith(fresh);
  renew(open, fresh);
  for (const one of [...old.children]) if (one !== open) one.remove();
  for (const one of [...fresh.children]) if (one.tagName !== "DETAILS") open.before(one);
  return undefined;
}

/** Brings the new text into a box that nobody has touched; a touched one keeps its text and the revision it began from. @param {HTMLDetailsElement} open @param {Element} fresh */
function renew(open, fresh) {
  const [box, text] = [open.querySelector("textarea"), fresh.querySelector("textarea")];
  const [from, to] = [open.querySelector("[name=revision]"), fresh.querySelector("[name=revision]")];
  if (!box || !text || box.value !== box.defaultValue) return;
  box.defaultValue = box.value = text.value;
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) from.value = to.value;
}
