// @ts-check
// Owns what a change of a thread or of a room looks like, and asking for the changes after a number.

/** @typedef {{type: string, seq: number, last_seq?: number, post: {id: number, seq: number, state: string} | null, html: string, removed?: number[], state?: {title: string}, said?: string, now?: string, people?: {id: number, name: string}[], person?: {id: number, name: string}}} Frame */
/** @typedef {{events: Frame[], last_seq: number}} Told */

/** @param {string} place as `threads/ID` @param {number} after @param {number} wait seconds @returns {Promise<Told | "reload" | "gone">} */
export async function changesAfter(place, after, wait) {
  const address = `/api/v1/${place}/events/?after=${after}${wait ? `&wait=${wait}` : ""}`;
  const answer = await fetch(address, { headers: { "Accept-Language": document.documentElement.lang } });
  if (answer.status === 410) return "reload"; // what changed cannot be told any more
  if (answer.status === 404) return "gone"; // closed to this reader, or deleted
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
