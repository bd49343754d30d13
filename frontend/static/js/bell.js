// @ts-check
// Owns the bell: its number, and the page's title, follow what the server says; without a socket they wait for a page.

const bell = document.querySelector("[data-bell]");
const QUIETLY = 5 * 60_000;
let [tries, timer] = [0, 0];
/** @type {WebSocket | null} */
let socket = null;

/** @param {number} unread */
function show(unread) {
  if (!(bell instanceof HTMLElement)) return;
  const before = Number(bell.dataset.count);
  const words = unread ? `${bell.dataset.bell} (${unread})` : (bell.dataset.bell ?? "");
  bell.dataset.count = String(unread);
  bell.setAttribute("aria-label", words);
  document.title = (unread ? `(${unread}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  const status = document.getElementById("status");
  if (status && unread > before) status.textContent = words;
}

function open() {
  clearTimeout(timer);
  if (socket) return;
  const mine = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/notices/`);
  socket = mine;
  mine.onmessage = (event) => {
    tries = 0;
    const frame = JSON.parse(event.data);
    if (frame.type === "notices") show(frame.unread);
  };
  mine.onclose = (event) => {
    if (socket !== mine) return;
    socket = null;
    if (event.code !== 4404) timer = setTimeout(open, Math.min(QUIETLY, 1000 * 2 ** tries++) * (0.5 + Math.random()));
  };
}

/** Lets go, so that the browser may keep the page for the way back. */
function rest() {
  clearTimeout(timer);
  const mine = socket;
  socket = null;
  mine?.close();
}

if (bell) {
  open();
  addEventListener("pagehide", rest);
  addEventListener("pageshow", open);
}
