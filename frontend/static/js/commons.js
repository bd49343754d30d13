// @ts-check
// What every page shares: the theme switch, menus that close, counters, embeds on click, copy, print.
// Each is an enhancement of something that works without it.

/** @returns {"light" | "dark"} the theme now shown */
function shownTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** @param {"light" | "dark"} theme */
function keepTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage refused: the choice lasts for this page.
  }
}

function startThemeSwitches() {
  for (const button of document.querySelectorAll("button[data-theme-switch]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const say = () => button.setAttribute("aria-pressed", String(shownTheme() === "dark"));
    button.hidden = false;
    say();
    button.addEventListener("click", () => {
      keepTheme(shownTheme() === "dark" ? "light" : "dark");
      say();
    });
  }
}

function showScripted() {
  for (const element of document.querySelectorAll("[data-scripted]")) {
    if (element instanceof HTMLElement) element.hidden = false;
  }
}

/** @param {EventTarget | null} target */
function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!(target instanceof Node && menu.contains(target))) menu.removeAttribute("open");
  }
}

/** @param {KeyboardEvent} event */
function closeMenuOnEscape(event) {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!(menu instanceof HTMLDetailsElement)) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** @param {Event} event */
function countCharacters(event) {
  const box = event.target;
  if (!(box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement)) return;
  const counter = document.getElementById(`${box.id}_counter`);
  const limit = Number(counter?.dataset.limit);
  if (!counter || !limit) return;
  const length = box.value.length;
  counter.textContent = `${length} / ${limit}`;
  counter.classList.toggle("counter-over", length > limit);
}

/** Replaces the button by the player only now: no third-party request before the click. @param {HTMLElement} button */
function loadEmbed(button) {
  const frame = document.createElement("iframe");
  frame.src = button.dataset.embed ?? "";
  frame.title = button.dataset.title ?? "";
  frame.allow = "fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  button.replaceWith(frame);
  frame.focus();
}

/** @param {HTMLElement} button */
async function copyText(button) {
  const source = document.getElementById(button.dataset.copy ?? "");
  if (!source) return;
  await navigator.clipboard.writeText(source.textContent?.trim() ?? "");
  const status = document.getElementById("status");
  if (status) status.textContent = button.dataset.done ?? "";
}

/** @param {MouseEvent} event */
function onClick(event) {
  closeMenus(event.target);
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest("button[data-embed], button[data-copy], button[data-print]");
  if (!(button instanceof HTMLElement)) return;
  if (button.dataset.embed !== undefined) loadEmbed(button);
  else if (button.dataset.copy) void copyText(button);
  else window.print();
}

startThemeSwitches();
showScripted();
document.addEventListener("click", onClick);
document.addEventListener("keydown", closeMenuOnEscape);
document.addEventListener("input", countCharacters);
document.addEventListener("htmx:after:swap", showScripted);
