// @ts-check
// Owns what is written into the minutes and not yet with the server: kept in this browser, sent in order, once.
// The same `client_id` or revision goes with every try: the server knows a repetition.

/** @typedef {{key: string, method: string, path: string, body: Record<string, unknown>, text: string, refusal?: string}} Kept */

const AGAIN = 3000;

export class Outbox {
  #isSending = false; #timer = 0;

  /** @param {string} place as `occurrences/ID` @param {string} me the person: nobody sends another’s text @param {() => void} sent */
  constructor(place, me, sent) {
    this.place = place;
    this.slot = `outbox.${place}.${me}`;
    this.sent = sent;
    /** @type {Kept[]} */
    this.kept = [];
    try {
      this.kept = JSON.parse(localStorage.getItem(this.slot) ?? "[]");
    } catch {
      // Storage refused: what waits lasts for this page.
    }
    this.#show();
  }

  /** @param {Omit<Kept, "key">} one */
  add(one) {
    this.kept.push({ ...one, key: crypto.randomUUID() });
    this.#store();
    void this.send();
  }

  /** Sends what waits, the oldest first; what is refused stays to be read and copied. */
  async send() {
    if (this.#isSending) return;
    this.#isSending = true;
    clearTimeout(this.#timer);
    try {
      for (let one = this.#next(); one; one = this.#next()) await this.#sendOne(one);
    } catch {
      this.#show();
      this.#timer = setTimeout(() => void this.send(), AGAIN); // the network or the server is away
    } finally {
      this.#isSending = false;
    }
  }

  #next() {
    return this.kept.find((one) => !one.refusal);
  }

  /** @param {Kept} one */
  async #sendOne(one) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    const answer = await fetch(`/api/v1/${this.place}/${one.path}`, {
      method: one.method,
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang, "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "" },
      body: JSON.stringify(one.body),
    });
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`);
    if (answer.ok) this.#drop(one);
    else {
      const told = await answer.json();
      one.refusal = (told.errors ?? []).map((/** @type {{detail: string}} */ error) => error.detail).join(" ") || told.detail || `${answer.status}`;
      this.#store();
    }
    this.sent();
  }

  /** @param {Kept} one */
  #drop(one) {
    this.kept = this.kept.filter((other) => other.key !== one.key);
    this.#store();
  }

  #store() {
    try {
      localStorage.setItem(this.slot, JSON.stringify(this.kept));
    } catch {
      // Storage refused: kept in this page.
    }
    this.#show();
  }

  /** Shows what waits, below the blocks. */
  #show() {
    const list = document.getElementById("attente");
    if (!list) return;
    list.replaceChildren(
      ...this.kept.map((one) => {
        const line = document.createElement("div");
        line.className = "notice";
        const words = document.createElement("p");
        words.textContent = `${one.refusal ? `${list.dataset.refused} ${one.refusal}` : list.dataset.kept} ${one.text}`;
        line.append(words);
        if (one.refusal) line.append(this.#dropButton(one, list.dataset.drop ?? ""));
        return line;
      }),
    );
  }

  /** @param {Kept} one @param {string} label */
  #dropButton(one, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-small";
    button.textContent = label;
    button.addEventListener("click", () => this.#drop(one));
    return button;
  }
}
