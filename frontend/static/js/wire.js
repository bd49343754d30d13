// @ts-check
// Owns the line to a thread or a room: the socket, the long poll where sockets are refused, and catching up by number.
// The database is the truth and a frame is a hint: whatever was missed is asked for again, in order.

import { changesAfter } from "./wire-events.js";

/** @typedef {import("./wire-events.js").Frame} Frame */
/** @typedef {{apply: (frame: Frame) => void, told: (frame: Frame) => void, reload: () => Promise<number>, say: (what: "live" | "polling" | "lost" | "gone") => void}} Hooks */

const CHANGE = /^(?!post\.kept$)[a-z]+\.[a-z]+$/; // what has no dot is about people and the line itself
const [SILENCE, SLOWEST, SOCKET_AGAIN] = [75_000, 30_000, 300_000]; // two heartbeats missed: the line is dead

export class Wire {
  /** @type {WebSocket | null} */ #socket = null;
  #isCatchingUp = false; #isBehind = false; #isPolling = false; #isOver = false;
  #tries = 0; #refused = 0; #timer = 0; #watch = 0;

  /** @param {string} place as `threads/ID` @param {number} last @param {Hooks} hooks */
  constructor(place, last, hooks) {
    this.place = place;
    this.last = last;
    this.hooks = hooks;
  }

  open() {
    if (this.#isOver || this.#isPolling || this.#socket) return;
    clearTimeout(this.#timer);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/${this.place}/?lang=${document.documentElement.lang}`);
    let wasOpen = false;
    this.#socket = socket;
    socket.onopen = () => {
      wasOpen = true;
      this.#tries = this.#refused = 0;
      this.hooks.say("live");
      this.#listen();
    };
    socket.onmessage = (event) => this.#take(JSON.parse(event.data));
    socket.onclose = (event) => this.#socket === socket && this.#closed(wasOpen, event.code);
  }

  /** @param {object} command */
  send(command) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(command));
  }

  /** Comes back: from a hidden tab, the back/forward cache, a network that was away. */
  wake() {
    this.open();
    void this.catchUp();
  }

  /** Lets go, so that the browser may keep the page for the way back. */
  rest() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    const socket = this.#socket;
    this.#socket = null; // so that its closing is nobody's business
    socket?.close();
  }

  #listen() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => (this.rest(), this.wake()), SILENCE);
  }

  /** @param {Frame} frame */
  #take(frame) {
    this.#listen();
    if (frame.last_seq !== undefined) {
      this.hooks.told(frame);
      if (frame.last_seq !== this.last) void this.catchUp();
    } else if (!CHANGE.test(frame.type)) {
      this.hooks.told(frame);
    } else if (frame.seq === this.last + 1 && !this.#isCatchingUp) {
      this.#apply(frame);
    } else if (frame.seq > this.last) void this.catchUp();
  }

  /** @param {Frame} frame */
  #apply(frame) {
    this.last = frame.seq;
    this.hooks.apply(frame);
  }

  /** @param {boolean} wasOpen @param {number} code */
  #closed(wasOpen, code) {
    this.#socket = null;
    clearTimeout(this.#watch);
    if (code === 4404) return this.#end();
    this.#refused += wasOpen ? 0 : 1;
    if (this.#refused > 1) return void this.#poll();
    this.hooks.say("lost");
    // 1012: the server restarts and sent everybody away at once, so let us not all come back at once.
    const wait = code === 1012 ? 4000 * Math.random() : Math.min(SLOWEST, 500 * 2 ** this.#tries++) * (0.5 + Math.random());
    this.#timer = setTimeout(() => this.wake(), wait);
    return undefined;
  }

  #end() {
    this.#isOver = true;
    this.rest();
    this.hooks.say("gone");
  }

  /** Asks until nothing is missing; one at a time. */
  async catchUp() {
    this.#isBehind = true;
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    try {
      while (this.#isBehind) {
        this.#isBehind = false;
        while (await this.#ask(0));
      }
    } catch {
      setTimeout(() => this.wake(), 3000); // the network or the server is away
    } finally {
      this.#isCatchingUp = false;
    }
  }

  /** @param {number} wait seconds @returns {Promise<boolean>} whether there is more to ask */
  async #ask(wait) {
    if (this.#isOver) return false;
    const told = await changesAfter(this.place, this.last, wait);
    if (told === "reload") return (this.last = await this.hooks.reload()), false;
    if (told === "gone") return this.#end(), false;
    for (const frame of told.events) {
      if (frame.seq === this.last + 1) this.#apply(frame);
    }
    return told.events.length > 0 && this.last < told.last_seq;
  }

  async #poll() {
    this.#isPolling = true;
    for (const until = Date.now() + SOCKET_AGAIN; Date.now() < until && !this.#isOver; ) {
      try {
        this.hooks.say("polling");
        while (await this.#ask(25));
      } catch {
        this.hooks.say("lost");
        await new Promise((done) => setTimeout(done, 3000));
      }
    }
    this.#isPolling = false;
    this.#refused = 0;
    this.open();
  }
}
