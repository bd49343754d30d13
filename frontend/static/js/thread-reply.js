// @ts-check
// Sends replies and reactions without leaving the page. A text leaves the box only once the server has it; the same
// `client_id` goes with every try, so that none is posted twice. Without this module they are forms and links.

import { forget } from "./drafting.js";

const AGAIN = 4000;

/** @param {string} path @param {string} method @param {object} [body] @returns {Promise<Response>} */
export function call(path, method, body) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  return fetch(`/api/v1/threads/${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": document.documentElement.lang,
      "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "",
    },
    body: body ? JSON.stringify(body) : null,
  });
}

/** @param {HTMLFormElement} form @param {string} text */
function refuse(form, text) {
  const place = form.querySelector("[data-refusal]");
  const said = document.createElement("p");
  said.className = "errorlist";
  said.textContent = text;
  place?.replaceChildren(...(text ? [said] : []));
}

/** @param {string} text */
function say(text) {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
}

/** @param {any} problem @param {Response} answer */
const wordsOf = (problem, answer) =>
  (problem.errors ?? []).map((/** @type {{detail: string}} */ one) => one.detail).join(" ") || problem.detail || `${answer.status}`;

/** @param {HTMLFormElement} form @param {string} thread @param {(post: {seq: number, state: string}) => void} posted */
export function startReply(form, thread, posted) {
  const box = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
  const id = /** @type {HTMLInputElement} */ (form.elements.namedItem("client_id"));
  const parent = /** @type {HTMLInputElement} */ (form.elements.namedItem("parent"));
  let isSending = false;
  let timer = 0;

  /** @param {string} sent */
  const empty = (sent) => {
    if (box.value === sent) box.value = ""; // what was typed meanwhile stays
    else if (box.value.startsWith(sent)) box.value = box.value.slice(sent.length).trimStart();
    id.value = crypto.randomUUID();
    parent.value = "";
    document.getElementById("apercu")?.replaceChildren();
    forget(form);
    refuse(form, "");
  };

  const send = async () => {
    const body = box.value;
    if (isSending || !body.trim()) return;
    clearTimeout(timer);
    isSending = true;
    try {
      const answer = await call(`${thread}/posts/`, "POST", { body, client_id: id.value, parent: Number(parent.value) || null });
      const told = await answer.json();
      if (answer.ok) {
        empty(body);
        say((told.state === "held" ? form.dataset.held : form.dataset.sent) ?? "");
        posted(told);
      } else if (answer.status >= 500) throw new Error(`${answer.status}`);
      else refuse(form, wordsOf(told, answer));
    } catch {
      refuse(form, form.dataset.offline ?? "");
      timer = setTimeout(send, AGAIN); // the same text under the same name
    } finally {
      isSending = false;
    }
  };

  form.addEventListener("submit", (event) => {
    const asked = event.submitter;
    if (asked instanceof HTMLButtonElement && asked.name) return; // the preview
    event.preventDefault();
    void send();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
  });
}

/** Puts a quote of a post, or of what is selected in it, into the box. @param {HTMLFormElement} form @param {HTMLElement} post */
export function quote(form, post) {
  const box = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
  const chosen = getSelection();
  const prose = post.querySelector(".prose");
  const isInside = chosen && !chosen.isCollapsed && prose?.contains(chosen.anchorNode) && prose.contains(chosen.focusNode);
  const text = (isInside ? chosen.toString() : (prose instanceof HTMLElement ? prose.innerText : "")).trim();
  const name = post.querySelector(".post-author a")?.textContent ?? "";
  const lines = [`**${name}**`, "", ...text.split("\n")].map((line) => `> ${line}`.trimEnd());
  box.value = `${box.value ? `${box.value.trimEnd()}\n\n` : ""}${lines.join("\n")}\n\n`;
  const parent = /** @type {HTMLInputElement} */ (form.elements.namedItem("parent"));
  parent.value = post.dataset.post ?? "";
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Says one of the few things, or takes it back. @param {HTMLElement} posts @param {HTMLElement} post @param {HTMLAnchorElement} link */
export async function react(posts, post, link) {
  const name = `${post.dataset.post}:${link.dataset.react}`;
  const said = new Set((posts.dataset.said ?? "").split(" ").filter(Boolean));
  const isOn = !said.has(name);
  const answer = await call(`${posts.dataset.thread}/posts/${post.dataset.post}/reactions/${link.dataset.react}/`, isOn ? "PUT" : "DELETE");
  if (!answer.ok) return location.assign(link.href);
  if (isOn) said.add(name);
  else said.delete(name);
  posts.dataset.said = [...said].join(" ");
  for (const shown of posts.querySelectorAll(`[data-post="${post.dataset.post}"] a[data-react="${link.dataset.react}"]`)) {
    shown.setAttribute("aria-pressed", String(isOn));
  }
  return undefined;
}
