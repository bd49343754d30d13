// @ts-check
// Owns the list of posts on the page: puts what changed at its place by number, and reads the window again.

/** @typedef {import("./wire-events.js").Frame} Frame */

/** Marks a post of the reader's own, and what they said of others': the HTML itself is the same for everybody. @param {HTMLElement} posts @param {Element} post */
export function mark(posts, post) {
  if (!(post instanceof HTMLElement)) return;
  if (posts.dataset.me && post.dataset.author === posts.dataset.me) {
    const more = post.querySelector(".post-actions a:last-child");
    if (more instanceof HTMLAnchorElement && !post.querySelector("[data-own]")) {
      const edit = document.createElement("a");
      edit.className = "link";
      edit.dataset.own = "";
      edit.href = `${more.getAttribute("href")}#modifier`;
      edit.textContent = posts.dataset.edit ?? "";
      more.before(edit);
    }
  }
  if (!posts.dataset.me || post.dataset.author === posts.dataset.me) return;
  const said = (posts.dataset.said ?? "").split(" ");
  for (const link of post.querySelectorAll("a[data-react]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.setAttribute("role", "button");
    link.setAttribute("aria-pressed", String(said.includes(`${post.dataset.post}:${link.dataset.react}`)));
  }
}

const STOPS = "a, button, input";

export class Log {
  /** @type {Frame[]} */ #waiting = [];
  isPaused = false;
  /** Called with how many changes wait. */
  counted = (/** @type {number} */ _count) => {};

  /** @param {HTMLElement} journal */
  constructor(journal) {
    this.journal = journal;
    for (const post of this.posts.querySelectorAll(".post")) mark(this.posts, post);
  }

  get posts() {
    return /** @type {HTMLElement} */ (this.journal.querySelector("#posts"));
  }

  /** @param {Frame} frame */
  apply(frame) {
    if (this.isPaused) {
      this.#waiting.push(frame);
      this.counted(this.#waiting.length);
    } else this.#show(frame);
  }

  resume() {
    this.isPaused = false;
    for (const frame of this.#waiting.splice(0)) this.#show(frame);
    this.counted(0);
  }

  /** @param {Frame} frame */
  #show(frame) {
    for (const pk of frame.removed ?? []) remove(this.posts.querySelector(`[data-post="${pk}"]`));
    if (frame.type === "thread.changed") void this.refreshState();
    if (frame.html && frame.post) this.#place(frame.html, frame.post.id, frame.post.seq, frame.type);
    else if (frame.type === "post.added" && "seesHeld" in this.posts.dataset) void this.reload();
  }

  /** @param {string} html @param {number} pk @param {number} seq @param {string} type */
  #place(html, pk, seq, type) {
    const holder = document.createElement("template");
    holder.innerHTML = html; // the server's own partial: texts in it are escaped or sanitised
    const post = holder.content.querySelector(".post");
    if (!post) return;
    mark(this.posts, post);
    const old = this.posts.querySelector(`[data-post="${pk}"]`);
    if (old) return replace(old, post);
    const all = [...this.posts.querySelectorAll(".post")];
    const next = all.find((one) => one instanceof HTMLElement && Number(one.dataset.seq) > seq);
    if (next) {
      if (next === all[0] && this.journal.querySelector("a[rel=prev]")) return; // before this window
      next.before(post);
    } else if ("end" in this.posts.dataset) this.posts.append(post);
    else if (type === "post.added") this.journal.querySelector("#newer")?.removeAttribute("hidden");
  }

  /** Reads the window again, around what is in view, without moving it. @returns {Promise<number>} the number it is up to */
  async reload() {
    const all = [...this.posts.querySelectorAll(".post")];
    const seen = all.find((post) => post.getBoundingClientRect().bottom > 0);
    const seq = seen instanceof HTMLElement ? seen.dataset.seq : "";
    const top = seen?.getBoundingClientRect().top ?? 0;
    const answer = await fetch(`${location.pathname}?autour=${seq}`, { headers: { "HX-Request": "true", "HX-Target": "journal" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const html = await answer.text();
    this.#waiting.splice(0);
    this.counted(0);
    const held = heldIn(this.journal);
    this.journal.innerHTML = html;
    for (const post of this.posts.querySelectorAll(".post")) mark(this.posts, post);
    held?.(this.posts);
    const again = document.getElementById(`m${seq}`);
    if (again) scrollBy(0, again.getBoundingClientRect().top - top);
    return Number(this.posts.dataset.last);
  }

  /** Reads again what stands above the posts; not under the hand of somebody who is in it. */
  async refreshState() {
    const state = document.getElementById("etat");
    if (!state) return;
    const answer = await fetch(location.pathname, { headers: { "HX-Request": "true", "HX-Target": "etat" } });
    const html = answer.ok ? await answer.text() : "";
    if (!html) return;
    if (!state.contains(document.activeElement)) state.innerHTML = html;
    else state.addEventListener("focusout", () => (state.innerHTML = html), { once: true });
  }
}

/** Puts a post in the place of its former self; the focus stays where it was. @param {Element} old @param {Element} post */
function replace(old, post) {
  const held = heldIn(old);
  old.replaceWith(post);
  held?.(post);
}

/** Takes a post away; who was in it goes on from the next one, or from the one before. @param {Element | null} post */
function remove(post) {
  const near = post?.nextElementSibling ?? post?.previousElementSibling;
  const isHeld = post?.contains(document.activeElement);
  post?.remove();
  if (isHeld) /** @type {HTMLElement | null | undefined} */ (near?.querySelector(STOPS))?.focus({ preventScroll: true });
}

/** Remembers where the focus is in what is about to be replaced. @param {Element} old @returns {((fresh: Element) => void) | null} gives it back */
function heldIn(old) {
  const stop = document.activeElement;
  if (!stop || !old.contains(stop)) return null;
  const place = [...old.querySelectorAll(STOPS)].indexOf(stop);
  const [href, text, id] = [stop.getAttribute("href"), stop.textContent, stop.closest("[id]")?.id];
  return (fresh) => {
    const stops = [...fresh.querySelectorAll(STOPS)];
    const same = stops.filter((one) => one.getAttribute("href") === href && one.textContent === text);
    const again = same.find((one) => one.closest("[id]")?.id === id) ?? same[0] ?? stops[place] ?? stops.at(-1);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };
}
