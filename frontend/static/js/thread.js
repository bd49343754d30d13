// @ts-check
// Makes a thread's page live: joins the line, the list, the people and the reply box. The page works without it.

import { Log } from "./thread-log.js";
import { showPresence, stopsWriting, tellWhenWriting, writes } from "./thread-people.js";
import { call, quote, react, startReply } from "./thread-reply.js";
import { Wire } from "./wire.js";

const READ_AFTER = 1500;

/** @param {HTMLElement} journal */
function start(journal) {
  const log = new Log(journal);
  const { thread = "", me = "" } = log.posts.dataset;
  const wire = new Wire(`threads/${thread}`, Number(log.posts.dataset.last), {
    apply: (frame) => {
      if (frame.type === "post.added" && frame.post) stopsWriting(authorOf(frame));
      log.apply(frame);
      readLater();
    },
    told: (frame) => {
      if (frame.type === "presence") showPresence(frame.people ?? [], me);
      if (frame.type === "typing" && frame.person) writes(frame.person, me);
    },
    reload: () => log.reload(),
    say: (what) => {
      const line = document.getElementById("wire");
      if (line && line.textContent !== line.dataset[what]) line.textContent = line.dataset[what] ?? "";
    },
  });

  let read = Number(log.posts.dataset.read);
  let timer = 0;
  /** Moves the reader's pointer to what is on the screen, a moment after it came there. */
  const readLater = () => {
    clearTimeout(timer);
    if (me) timer = setTimeout(tellRead, READ_AFTER);
  };
  const tellRead = () => {
    if (document.visibilityState !== "visible" || log.isPaused) return;
    const seqs = [...log.posts.querySelectorAll(".post")].filter((post) => post.getBoundingClientRect().top < innerHeight);
    const shown = seqs.at(-1);
    if (!(shown instanceof HTMLElement)) return;
    const isLast = "end" in log.posts.dataset && shown === log.posts.querySelector(".post:last-child");
    const reached = isLast ? wire.last : Number(shown.dataset.seq);
    if (reached <= read) return;
    read = reached;
    void call(`${thread}/reads/`, "PUT", { seq: reached }).catch(() => (read = 0));
    const button = document.querySelector("[data-mark-read]");
    if (isLast && !button?.contains(document.activeElement)) button?.remove(); // not under somebody's finger
  };

  const form = document.querySelector("form[data-reply]");
  if (form instanceof HTMLFormElement) {
    startReply(form, thread, (post) => (post.state === "held" ? void log.reload() : void wire.catchUp()));
    const box = form.elements.namedItem("body");
    if (box instanceof HTMLTextAreaElement) tellWhenWriting(box, () => wire.send({ type: "typing" }));
  }
  startPause(log);
  journal.addEventListener("click", (event) => onClick(event, log, form));
  journal.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target instanceof HTMLAnchorElement && event.target.getAttribute("role") === "button") {
      event.preventDefault();
      event.target.click();
    }
  });
  addEventListener("scroll", readLater, { passive: true });
  addEventListener("online", () => wire.wake());
  addEventListener("pageshow", (event) => event.persisted && wire.wake());
  addEventListener("pagehide", () => wire.rest());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    wire.wake();
    readLater();
  });
  wire.open();
  readLater();
}

/** @param {import("./wire-events.js").Frame} frame @returns {number} */
const authorOf = (frame) => /** @type {any} */ (frame.post)?.author?.id ?? 0;

/** @param {Log} log */
function startPause(log) {
  const button = document.getElementById("pause");
  if (!(button instanceof HTMLButtonElement)) return;
  const count = button.querySelector(".count");
  log.counted = (waiting) => {
    if (count) count.textContent = waiting ? `${button.dataset.waiting} ${waiting}` : "";
  };
  button.addEventListener("click", () => {
    if (log.isPaused) log.resume();
    else log.isPaused = true;
    button.setAttribute("aria-pressed", String(log.isPaused));
  });
}

/** @param {MouseEvent} event @param {Log} log @param {Element | null} form */
function onClick(event, log, form) {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-react], a[data-quote]");
  const post = link?.closest(".post");
  if (!(link instanceof HTMLAnchorElement) || !(post instanceof HTMLElement)) return;
  if (link.dataset.react !== undefined && link.getAttribute("role") === "button") {
    event.preventDefault();
    void react(log.posts, post, link).catch(() => location.assign(link.href));
  } else if (link.dataset.quote !== undefined && form instanceof HTMLFormElement) {
    event.preventDefault();
    quote(form, post);
  }
}

const journal = document.getElementById("journal");
if (journal) start(journal);
