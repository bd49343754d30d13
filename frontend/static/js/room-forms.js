// @ts-check
// Sends the forms of a room without leaving the page; without this module they are forms like others.

/** @param {string} text */
function refuse(text) {
  const place = document.getElementById("refus");
  const said = document.createElement("p");
  said.className = "errorlist";
  said.textContent = text;
  place?.replaceChildren(...(text ? [said] : []));
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} button @param {string} offline @returns {Promise<boolean>} whether it was taken */
export async function sendGesture(form, button, offline) {
  const address = button instanceof HTMLButtonElement && button.hasAttribute("formaction") ? button.formAction : form.action;
  try {
    const answer = await fetch(address, { method: "POST", body: new FormData(form, button), headers: { "HX-Request": "true", "X-CSRFToken": tokenOf(form) } });
    refuse(answer.status === 204 ? "" : answer.headers.get("Content-Type")?.startsWith("text/plain") ? await answer.text() : `${answer.status}`);
    if (answer.status !== 204) return false;
  } catch {
    refuse(offline);
    return false;
  }
  if ("clear" in form.dataset) clear(form);
  return true;
}

/** @param {HTMLFormElement} form */
const tokenOf = (form) => {
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  return token instanceof HTMLInputElement ? token.value : "";
};

/** @param {HTMLFormElement} form */
function clear(form) {
  form.reset();
  const id = form.elements.namedItem("client_id");
  if (id instanceof HTMLInputElement) id.value = crypto.randomUUID();
  const details = form.closest("details");
  if (details) details.open = false;
}

/** Puts a new block into the outbox. @param {HTMLFormElement} form @param {import("./room-outbox.js").Outbox} outbox */
export function addBlock(form, outbox) {
  const body = Object.fromEntries([...new FormData(form)].filter(([name, value]) => value && name !== "csrfmiddlewaretoken" && name !== "room"));
  const text = String(body.text ?? "");
  if (!text.trim()) return;
  outbox.add({ method: "POST", path: "minutes/blocks/", body, text });
  const kind = form.elements.namedItem("kind");
  const chosen = kind instanceof HTMLSelectElement ? kind.value : "";
  clear(form);
  if (kind instanceof HTMLSelectElement) kind.value = chosen;
}

/** Puts a changed block into the outbox, with the revision it began from. @param {HTMLFormElement} form @param {HTMLElement | null} button @param {import("./room-outbox.js").Outbox} outbox */
export function saveBlock(form, button, outbox) {
  const data = new FormData(form);
  const text = String(data.get("text") ?? "");
  const isSettled = button instanceof HTMLButtonElement && button.name === "settle";
  const pk = form.closest("article")?.getAttribute("data-block");
  const box = form.querySelector("textarea");
  outbox.add({ method: "PATCH", path: `minutes/blocks/${pk}/`, body: { revision: Number(data.get("revision")), ...(isSettled ? { is_settled: true } : { text }) }, text });
  if (box && !isSettled) box.defaultValue = text; // it is in the outbox: what comes may take its place
  const details = form.closest("details");
  if (details) details.open = false;
}
