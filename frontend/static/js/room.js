// @ts-check
// Makes a room's page live: joins the line, the parts, the outbox, the clock. The page works without it.

import { setClock, startClock } from "./room-clock.js";
import { addBlock, saveBlock, sendGesture } from "./room-forms.js";
import { Outbox } from "./room-outbox.js";
import { Parts } from "./room-parts.js";
import { showPresence } from "./thread-people.js";
import { Wire } from "./wire.js";

/** @typedef {{type: string, seq: number, said: string, html?: Record<string, string>, removed?: {blocks?: number[]}}} Change */

const PARTS = ["deroule", "file", "sondages", "questions", "blocs"];
const LINES = 50;

/** @param {HTMLElement} room */
function start(room) {
  const parts = new Parts(room);
  const { place = "", me = "" } = room.dataset;
  /** @type {Change[]} */
  const waiting = [];
  let isPaused = false;

  /** @param {Change} change */
  const show = (change) => {
    if (change.type === "room.opened" || change.type === "room.closed") room.dataset.state = change.type.slice(5) === "opened" ? "open" : "closed";
    parts.apply(change.html ?? {});
    say(change.said);
  };
  const wire = new Wire(place, Number(room.dataset.last), {
    apply: (frame) => {
      const change = /** @type {Change} */ (/** @type {unknown} */ (frame));
      if (!isPaused) return show(change);
      waiting.push(change);
      return counted();
    },
    told: (frame) => {
      if (frame.now) setClock(frame.now);
      if (frame.type === "presence") showPresence(frame.people ?? [], me);
    },
    reload: async () => {
      const whole = await (await fetch(`/api/v1/${place}/room/`)).json();
      for (const id of PARTS) await parts.read(id);
      room.dataset.state = whole.state;
      return whole.last_seq;
    },
    say: (what) => {
      const line = document.getElementById("wire");
      if (line && line.textContent !== line.dataset[what]) line.textContent = line.dataset[what] ?? "";
    },
  });

  const pause = /** @type {HTMLButtonElement} */ (document.getElementById("pause"));
  const counted = () => {
    const count = pause.querySelector(".count");
    if (count) count.textContent = waiting.length ? `${pause.dataset.waiting} ${waiting.length}` : "";
  };
  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.setAttribute("aria-pressed", String(isPaused));
    if (!isPaused) for (const change of waiting.splice(0)) show(change);
    counted();
  });

  const outbox = new Outbox(place, me, () => void wire.catchUp());
  document.addEventListener("submit", (event) => void submitted(event, room, parts, outbox, wire));
  addEventListener("online", () => (wire.wake(), void outbox.send()));
  addEventListener("pageshow", (event) => event.persisted && wire.wake());
  addEventListener("pagehide", () => wire.rest());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wire.wake());
  for (const one of document.querySelectorAll("[data-unscripted]")) one.remove();
  startClock(room);
  wire.open();
  void outbox.send();
}

/** @param {SubmitEvent} event @param {HTMLElement} room @param {Parts} parts @param {Outbox} outbox @param {Wire} wire */
async function submitted(event, room, parts, outbox, wire) {
  const [form, button] = [event.target, event.submitter];
  if (!(form instanceof HTMLFormElement) || (button instanceof HTMLButtonElement && button.name === "sheet")) return;
  if ("add" in form.dataset) return event.preventDefault(), addBlock(form, outbox);
  if ("edit" in form.dataset) return event.preventDefault(), saveBlock(form, button, outbox);
  if (!("gesture" in form.dataset)) return undefined;
  event.preventDefault();
  const isTaken = await sendGesture(form, button, room.dataset.offline ?? "");
  if (!isTaken) return undefined;
  if (button instanceof HTMLButtonElement && "vote" in button.dataset) {
    const pk = button.closest("[data-question]")?.getAttribute("data-question") ?? "";
    if (button.value === "on") parts.voted.add(pk);
    else parts.voted.delete(pk);
    parts.mark();
  }
  if (button instanceof HTMLButtonElement && button.name === "option") parts.readPolls(0);
  return wire.catchUp();
}

/** Adds a line to the log, which screen readers say. @param {string} text */
function say(text) {
  const log = document.getElementById("fil");
  if (!log || !text) return;
  const line = document.createElement("p");
  line.textContent = text;
  log.prepend(line);
  while (log.children.length > LINES) log.lastElementChild?.remove();
}

const room = document.getElementById("salle");
if (room) start(room);
