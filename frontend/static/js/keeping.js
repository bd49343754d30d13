// @ts-check
// What this browser keeps by itself. Storage may be refused or full: then the server's copy is the only one.

/** @param {string} key @param {string | null} text what to keep, or null to forget it */
export function keep(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // nothing to do
  }
}

/** @param {string} key @returns {string | null} */
export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
