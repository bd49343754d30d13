// @ts-check
// Shows the time left in the current step, by the server's clock; says aloud the last minute and the end.

const EVERY = 1000;
let ahead = 0;
let told = "";

/** Learns how far this machine's clock is from the server's. @param {string} now */
export function setClock(now) {
  ahead = Date.parse(now) - Date.now();
}

/** @param {number} seconds */
const words = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** @param {HTMLElement} room */
function tick(room) {
  const timer = document.querySelector("#deroule [data-until]");
  if (!(timer instanceof HTMLElement)) return;
  const until = timer.dataset.until ?? "";
  const left = Math.round((Date.parse(until) - Date.now() - ahead) / 1000);
  timer.textContent = left >= 0 ? `${words(left)} ${room.dataset.left}` : `${words(-left)} ${room.dataset.over}`;
  timer.classList.toggle("is-over", left < 0);
  const say = left <= 0 && left > -3 ? room.dataset.time : left <= 60 && left > 57 ? room.dataset.minute : "";
  const status = document.getElementById("status");
  if (say && status && told !== until + say) {
    told = until + say;
    status.textContent = say;
  }
}

/** @param {HTMLElement} room */
export function startClock(room) {
  tick(room);
  setInterval(() => tick(room), EVERY);
}
