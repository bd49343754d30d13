// @ts-check
// Says who is here and who writes; both are hints that pass by themselves.

const FADES = 6000;
const TELL_EVERY = 3000;

/** @typedef {{id: number, name: string}} Person */

/** @param {Person[]} people @param {string} me */
export function showPresence(people, me) {
  const line = document.getElementById("presence");
  if (!line) return;
  const names = people.filter((person) => String(person.id) !== me).map((person) => person.name);
  line.textContent = names.length ? `${line.dataset.here} ${names.join(", ")}` : (line.dataset.nobody ?? "");
}

/** @type {Map<number, {name: string, timer: number}>} */
const writing = new Map();

function showWriting() {
  const line = document.getElementById("typing");
  if (!line) return;
  const names = [...writing.values()].map((one) => one.name);
  const verb = names.length > 1 ? line.dataset.many : line.dataset.one;
  line.textContent = names.length ? `${names.join(", ")} ${verb}` : "";
}

/** @param {number} id */
export function stopsWriting(id) {
  clearTimeout(writing.get(id)?.timer);
  if (writing.delete(id)) showWriting();
}

/** @param {Person} person @param {string} me */
export function writes(person, me) {
  if (String(person.id) === me) return;
  clearTimeout(writing.get(person.id)?.timer);
  writing.set(person.id, { name: person.name, timer: setTimeout(() => stopsWriting(person.id), FADES) });
  showWriting();
}

/** Tells the others, now and then, that one writes. @param {HTMLTextAreaElement} box @param {() => void} tell */
export function tellWhenWriting(box, tell) {
  let told = 0;
  box.addEventListener("input", () => {
    if (Date.now() - told < TELL_EVERY || !box.value.trim()) return;
    told = Date.now();
    tell();
  });
}
